"""What other people's programs write, verified: said where it is odd, failed where it is wrong."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable

import pytest

from archive.verification import Report, describe
from tests.builders import Builder, check, put_together, small_file

EMPTY = gzip.compress(b"", mtime=0)
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>story</p>"


def record(
    number: int = 1,
    block: bytes = RESPONSE,
    *more: str,
    version: str = "WARC/1.1",
    type_: str = "response",
) -> bytes:
    """A record as another program writes it."""
    lines = [
        version,
        f"WARC-Type: {type_}",
        f"WARC-Record-ID: <urn:uuid:5f0e7a10-93a7-4b8e-8c0a-{number:012}>",
        "WARC-Date: 2026-01-01T00:00:00Z",
        *([] if type_ == "warcinfo" else ["WARC-Target-URI: https://news.example/"]),
        "Content-Type: application/http; msgtype=response",
        *more,
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


def packed(*records: bytes) -> list[bytes]:
    """Each record in a gzip member."""
    return [gzip.compress(one, mtime=0) for one in records]


def messages(report: Report) -> list[str]:
    """What is wrong."""
    return [finding.message for finding in report.findings]


def joined(parts: Iterable[bytes]) -> bytes:
    """A file of parts."""
    return b"".join(parts)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Content-Length: ", b"Content-Length:\r\n "),
        (b"WARC-Date: ", b"WARC-Date:\r\n\t"),
        (b"WARC-Record-ID: ", b"WARC-Record-ID: \r\n  "),
        (b"application/http; ", b"application/http;\r\n "),
    ],
)
def test_a_folded_value_is_what_it_is_on_one_line(old: bytes, new: bytes) -> None:
    """The blank that stands for a line's end leads no value (ISO 28500, section 4)."""
    data = record()
    assert data.replace(old, new) != data
    report = check(data.replace(old, new))
    assert (report.verdict, messages(report)) == ("unsigned", [])


def test_a_version_in_lower_case_is_said() -> None:
    """Such a header is read by the rules of its version, and no failure; another word is one."""
    bracketed = record(version="warc/1.0").replace(
        b"URI: https://news.example/", b"URI: <https://news.example/>"
    )
    for data in (bracketed, joined(packed(bracketed))):
        report = check(data)
        assert (report.verdict, messages(report)) == ("unsigned", [])
        assert "not in capitals (1)" in (report.check("headers").reason or "")
    assert check(record()).check("headers").reason is None
    assert check(record(version="warp/1.0")).verdict == "failed"


def test_a_digest_of_an_unknown_algorithm_is_not_checked() -> None:
    """Nobody can say that it is wrong; one that we know and that is wrong fails as before."""
    report = check(record(1, RESPONSE, "WARC-Block-Digest: blake3:00"))
    assert (report.verdict, messages(report)) == ("unsigned", [])
    assert "under an unknown algorithm (1)" in (report.check("blocks").reason or "")
    wrong = check(record(1, RESPONSE, "WARC-Block-Digest: sha1:" + "0" * 40))
    assert messages(wrong) == ["block digest is not that of the block"]
    short = check(record(1, RESPONSE, "WARC-Block-Digest: sha1:00"))
    assert messages(short) == ["WARC-Block-Digest is no digest (section 5.8)"]


def test_empty_members_of_others_are_a_note() -> None:
    """Nothing is hidden in them; among our own records none belongs, so that it fails there."""
    one, two = packed(record(1), record(2))
    for data in ((one, EMPTY, two), (EMPTY, one, two), (one, two, EMPTY, EMPTY)):
        report = check(joined(data))
        assert (report.verdict, messages(report)) == ("unsigned", [])
        assert "empty gzip members (" in (report.check("framing").reason or "")
    ours = check(put_together(small_file()) + EMPTY)
    assert (ours.verdict, messages(ours)) == ("failed", ["empty gzip members (1)"])


def test_files_put_one_behind_another_are_said() -> None:
    """That is how `cat` joins them; each record is judged all the same."""
    info = record(9, b"software: other\r\n", type_="warcinfo")
    again = info.replace(b"000000000009", b"000000000008")
    report = check(joined(packed(info, record(1), again, record(2))))
    assert (report.verdict, messages(report)) == ("unsigned", [])
    assert "one behind another" in (report.check("framing").reason or "")
    assert "one behind" not in (
        check(joined(packed(info, record(1)))).check("framing").reason or ""
    )


@pytest.mark.parametrize("payload", [b"<p>story</p>", RESPONSE])
def test_a_payload_behind_informational_heads_is_either(payload: bytes) -> None:
    """Some hash what follows the final head, others what follows the first; nothing else."""
    block = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + RESPONSE
    digest = f"WARC-Payload-Digest: sha256:{hashlib.sha256(payload).hexdigest()}"
    assert messages(check(record(1, block, digest))) == []
    other = digest[:-4] + "0000"
    assert messages(check(record(1, block, other))) == ["payload digest is not that of the payload"]


@pytest.mark.parametrize("harm", ["cut", "changed"])
@pytest.mark.parametrize("at", [1, 2])
def test_a_torn_member_does_not_hide_those_behind_it(at: int, harm: str) -> None:
    """The gap is one finding, with its place; what follows is read and judged."""
    records = [record(number, RESPONSE + bytes(range(256)) * 9) for number in range(1, 5)]
    records[3] = record(4, RESPONSE, "WARC-Block-Digest: sha1:" + "0" * 40)
    members = packed(*records)
    whole = members[at]
    members[at] = whole[:-40] if harm == "cut" else whole[:60] + b"\xff" * 40 + whole[100:]
    report = check(joined(members))
    place = sum(map(len, members[:at]))
    gap, wrong = report.findings
    assert (gap.check, gap.offset) == ("framing", place)
    assert gap.message.endswith(f"read again from byte {place + len(members[at])} on")
    assert (wrong.check, wrong.offset) == ("blocks", len(joined(members[:3])))
    assert report.check("headers").count == 3
    assert "a part of" in (report.check("coverage").reason or "")
    assert report.verdict == "failed"


def test_captures_behind_a_torn_member_are_judged() -> None:
    """In a file of ours the capture that is torn fails, and the one behind it is intact."""
    builder = Builder()
    members = [builder.begin_file(), *builder.capture().members]
    broken = len(put_together(members)) - 30
    data = put_together(members)[:broken] + put_together(builder.capture().members)
    report = check(data)
    assert report.verdict == "failed"
    assert report.captures == 1
    assert report.findings[0].check == "framing"
    assert report.check("signature").result == "not-checked"


def test_a_torn_end_is_a_torn_tail_as_before() -> None:
    """Where no member follows there is nothing to go on with, nor in a plain file."""
    whole = joined(packed(record(1), record(2)))
    assert messages(check(whole[:-9])) == ["torn tail: gzip member cut short"]
    plain = record(1) + b"x" + record(2)
    assert len(messages(check(plain))) == 1


def test_no_member_inside_a_block_is_taken_for_one() -> None:
    """What is packed in an intact record is that record's, whatever it looks like."""
    inner = joined(packed(record(7)))
    report = check(joined(packed(record(1, RESPONSE + inner), record(2))))
    assert messages(report) == []
    assert report.check("headers").count == 2


def test_many_gaps_have_a_bound() -> None:
    """Behind so many a file is read no further, so that nobody makes it a matter of hours."""
    good = packed(record(1))[0]
    report = check(joined([packed(record(2))[0], *[good[:-20]] * 150, good]))
    assert len(report.findings) == 101


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7\n", "not a WARC file but a PDF"),
        (b"filedesc://x.arc 0.0.0.0", "not a WARC file but an ARC file"),
        (gzip.compress(b"filedesc://x.arc 0.0.0.0", mtime=0), "not a WARC file but an ARC file"),
        (b"\x28\xb5\x2f\xfd\0\0\0\0\0\0", "not a WARC file but zstd"),
        (b"PK\x03\x04", "not a WARC file but a ZIP"),
        (b"nothing of the kind", "neither a WARC file nor gzip"),
    ],
)
def test_what_is_no_warc_file_is_told_in_three_lines(data: bytes, told: str) -> None:
    """One says what it is, one which file, one what to do."""
    lines = describe(check(data))
    assert len(lines) == 3
    assert told in lines[0]
    assert "test" in lines[1] or lines[1].strip() == "0"
    assert len(describe(check(data, record()))) > 3
