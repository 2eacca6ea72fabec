"""Every truncation and every bit flip of a small signed file.

Caught is everything but two kinds of change, which these tests list and prove:

* a cut exactly after the warcinfo (verdict ``nothing``) or exactly after a whole capture, which
  without a log shows only in check 8, *not checked: the end is not anchored*;
* bits of the compression that mean nothing (in gzip headers, deflate's padding, and the code
  lengths of symbols that never occur): the decoded bytes are the same.
"""

from __future__ import annotations

import bisect
import gzip

import pytest

from archive.errors import WarcError
from tests.builders import Builder, Member, Page, check, put_together, take_apart

pytestmark = pytest.mark.exhaustive

PARTS = 16


def build() -> list[Member]:
    """Warcinfo, a capture of a tiny page, and one that failed: 1 + 6 + 2 records."""
    builder = Builder()
    page = Page(body=b"a", text=b"a\n", claims=("a",), head=b"HTTP/1.1 200 OK\r\n\r\n")
    first = builder.begin_file()
    return [first, *builder.capture(page=page).members, *builder.failure().members]


MEMBERS = build()
DATA = put_together(MEMBERS)
PLAIN = b"".join(member.to_plain() for member in MEMBERS)
STARTS = [len(put_together(MEMBERS[:index])) for index in range(len(MEMBERS) + 1)]


def test_untouched_file_verifies() -> None:
    """The file that is changed here is good."""
    assert check(DATA, whole=True).verdict == "verified"


def test_every_truncation_is_caught_or_leaves_whole_captures() -> None:
    """A file cut anywhere fails, but exactly after the warcinfo or after a whole capture."""
    harmless = {}
    for size in range(len(DATA)):
        report = check(DATA[:size], whole=True)
        if report.verdict != "failed":
            harmless[size] = report
    assert list(harmless) == [STARTS[1], STARTS[7]]
    after_warcinfo, after_capture = harmless.values()
    assert after_warcinfo.verdict == "nothing"
    assert after_capture.verdict == "verified"
    assert after_capture.captures == 1
    log = after_capture.check("log")
    assert log.result == "not-checked"
    assert "not anchored" in (log.reason or "")


@pytest.mark.parametrize("part", range(PARTS))
def test_every_bit_flip_is_caught_or_means_nothing(part: int) -> None:
    """A flipped bit fails verification, or two inflaters decode the very same bytes.

    Where the reader refuses the one flipped member by itself, the whole verification, which runs
    the same reader, is done for one bit of each byte only; for all others it is always done.
    """
    for place in range(part, len(DATA), PARTS):
        for bit in range(8):
            data = bytearray(DATA)
            data[place] ^= 1 << bit
            if bit != place % 8 and _is_refused(bytes(data), place):
                continue
            if check(bytes(data), whole=True).verdict != "failed":
                assert take_apart(bytes(data)) == MEMBERS, (place, bit)
                assert gzip.decompress(bytes(data)) == PLAIN, (place, bit)


def _is_refused(data: bytes, place: int) -> bool:
    index = bisect.bisect_right(STARTS, place) - 1
    try:
        take_apart(data[STARTS[index] : STARTS[index + 1]])
    except WarcError:
        return True
    return False


@pytest.mark.parametrize("bit", range(8))
def test_flipped_compression_method_is_no_gzip(bit: int) -> None:
    """The helper's reader refuses what verification refuses: the magic bytes and the method."""
    data = bytearray(DATA)
    data[2] ^= 1 << bit
    with pytest.raises(WarcError):
        take_apart(bytes(data))
