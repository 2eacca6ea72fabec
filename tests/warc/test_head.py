"""Header bytes read by one pattern, against the same bytes read field by field."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import WarcError
from archive.warc import record as module
from archive.warc.group import TYPES, record_fields
from archive.warc.record import MAX_FIELDS, Fields, Record, parse_head
from archive.warc.rules import check_header
from archive.warc.writer import serialize_head

ID = "urn:uuid:00000000-0000-4000-8000-00000000000a"
PAYLOAD = ("WARC-Payload-Digest", "sha256:" + "b" * 64)
WIRE = (
    ("WARC-IP-Address", "2001:db8::1"),
    ("WARC-Protocol", "h2"),
    ("WARC-Protocol", "tls/1.3"),
    ("WARC-Cipher-Suite", "TLS_AES_128_GCM_SHA256"),
    ("WARC-Truncated", "length"),
)
CONCURRENT = (("WARC-Concurrent-To", ID),)
REFERS = (("WARC-Refers-To", ID),)


def write(role: str, links: Fields = (), extra: Fields = (), url: str = "http://a.example/") -> str:
    """Our own header of a role."""
    fields = record_fields(
        role,
        id_=ID,
        date="2026-11-22T14:40:38.294183Z",
        url=url,
        warcinfo=ID,
        block_sha256="a" * 64,
        length=12,
        links=links,
        extra=extra,
    )
    return serialize_head(fields).decode("utf-8")


USUAL = (
    write("response", extra=(*WIRE, PAYLOAD)),
    write("response", extra=WIRE[:2]),
    write("request", CONCURRENT),
    write("tls", CONCURRENT),
    write("outcome", REFERS),
    write("outcome"),
    write("text", CONCURRENT),
    write("claims", REFERS),
    write("import"),
    write("statement", REFERS),
)
ODD = (
    "WARC-Type: metadata",
    "WARC-Type: resource",
    "WARC-Refers-To: <urn:a:b>",
    f"WARC-Refers-To: <{ID}>",
    f"WARC-Concurrent-To: <{ID}>",
    "WARC-Payload-Digest: sha256:" + "b" * 64,
    "WARC-Segment-Number: 1",
    "WARC-Filename: a",
    "WARC-IP-Address: here",
    "WARC-Protocol: ",
    "WARC-Protocol: h2 ",
    "WARC-Truncated: later",
    "Content-Length: 12",
    "Content-Length: 13",
    "Content-Length: " + "9" * 18,
    "Content-Length: " + "9" * 19,
    "Content-Type: text/html; charset=utf-8",
    "Content-Type: text",
    "X-Other: é",
    " folded",
    "no field",
    "",
)


def read_both(head: bytes) -> tuple[Record | str, Record | str]:
    """What a header says by the pattern where it fits, and field by field."""
    found: list[Record | str] = []
    for read in (parse_head, module._parse):
        try:
            found.append(read(head, 7, own_member=True))
        except WarcError as error:
            found.append(error.message)
    return found[0], found[1]


def check(head: bytes) -> None:
    """Both ways agree, and a header that the pattern takes breaks no rule."""
    quick, careful = read_both(head)
    if isinstance(quick, str) or isinstance(careful, str):
        assert quick == careful
        return
    assert evolve(quick, fields=quick.fields) == careful
    assert check_header(quick) == check_header(careful)
    assert careful.is_usual is False


@pytest.mark.parametrize("head", USUAL)
def test_our_own_headers_have_the_usual_form(head: str) -> None:
    """What the writer gives is read by the pattern, or the quick way would never be taken."""
    assert parse_head(head.encode(), 0).is_usual
    check(head.encode())


@pytest.mark.parametrize("role", TYPES)
@pytest.mark.parametrize("links", [(), CONCURRENT, REFERS, (*CONCURRENT, *REFERS)])
@pytest.mark.parametrize("extra", [(), WIRE, (PAYLOAD,), (PAYLOAD, *WIRE), (*WIRE, PAYLOAD)])
def test_every_role_with_every_field_reads_the_same_both_ways(
    role: str, links: Fields, extra: Fields
) -> None:
    """Fields that do not belong on a record's type are found, whichever way it is read."""
    check(write(role, links, extra).encode())


@pytest.mark.parametrize("head", USUAL)
def test_no_changed_byte_makes_the_two_ways_differ(head: str) -> None:
    """Every byte of our headers, replaced by each of a few, or left out: the ways agree."""
    data = head.encode()
    for at in range(len(data)):
        for byte in (
            b"",
            b" ",
            b"\t",
            b"\r",
            b"\n",
            b"\0",
            b":",
            b"<",
            b"g",
            b"0",
            b"\xc3",
            b"\x7f",
        ):
            check(data[:at] + byte + data[at + 1 :])


@pytest.mark.parametrize("line", ODD)
def test_an_odd_line_reads_the_same_both_ways(line: str) -> None:
    """Each odd line, put in or put over another, in every place of a response and an outcome."""
    for head in (USUAL[0], USUAL[4]):
        lines = head[:-4].split("\r\n")
        for at in range(1, len(lines)):
            for rest in (lines[at:], lines[at + 1 :]):
                check(("\r\n".join([*lines[:at], line, *rest]) + "\r\n\r\n").encode())


@given(st.sampled_from(USUAL), st.data())
def test_no_changed_line_makes_the_two_ways_differ(head: str, data: st.DataObject) -> None:
    """Lines put in, doubled, left out or swapped: the ways agree."""
    lines = head[:-4].split("\r\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["put", "double", "drop", "swap", "replace"]))
        if change == "put":
            lines.insert(at + 1, data.draw(st.sampled_from(ODD)))
        elif change == "double":
            lines.insert(at, lines[at])
        elif change == "replace":
            lines[at] = data.draw(st.sampled_from(ODD))
        elif change == "drop" and len(lines) > 1:
            del lines[at]
        else:
            lines[at - 1], lines[at] = lines[at], lines[at - 1]
    check(("\r\n".join(lines) + "\r\n\r\n").encode())


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=20),
    st.sampled_from(["response", "outcome"]),
)
def test_any_target_reads_the_same_both_ways(url: str, role: str) -> None:
    """Whatever stands in a target, the ways agree."""
    check(write(role, url=url).encode())


def test_long_runs_of_blanks_and_folded_lines_are_read() -> None:
    """Sixty thousand blanks before a NUL, or as many folded lines, are read like any header."""
    record = parse_head(b"WARC/1.1\r\nX:" + b" " * 60_000 + b"\0\r\nContent-Length: 0\r\n\r\n", 0)
    assert record.problems == ("control character in X",)
    folded = parse_head(
        b"WARC/1.1\r\nX: a\r\n" + b" a\r\n" * 15_000 + b"Content-Length: 0\r\n\r\n", 0
    )
    assert folded.get("X") == " ".join(["a"] * 15_001)


def test_too_many_fields_are_a_problem_and_not_kept() -> None:
    """Of a header with more fields than one may have only the first are kept, and it is said."""
    head = b"WARC/1.1\r\n" + b"a:\r\n" * 15_000 + b"Content-Length: 7\r\n\r\n"
    record = parse_head(head, 0)
    assert record.length == 7
    assert len(record.fields) == MAX_FIELDS
    assert record.problems == ("more than 256 header fields",)


def test_problems_of_a_header_are_bounded() -> None:
    """However many lines of a header are no fields, a few are said."""
    record = parse_head(b"WARC/1.1\r\n" + b"zz\r\n" * 15_000 + b"Content-Length: 0\r\n\r\n", 0)
    assert 0 < len(record.problems) <= 20
    assert 0 < len(check_header(record)) <= 20


@pytest.mark.parametrize(
    "date", ["2026-02-30T07:01:09", "2026-99-99T07:01:09", "2026-01-01T24:00:00"]
)
def test_dates_that_no_calendar_has_are_left_to_the_careful_way(date: str) -> None:
    """A date of the usual form that does not exist is a problem, and never a usual header."""
    head = USUAL[0]
    at = head.index("WARC-Date: ") + len("WARC-Date: ")
    wrong = (head[:at] + date + ".000000Z" + head[head.index("\r\n", at) :]).encode()
    record = parse_head(wrong, 0)
    assert not record.is_usual
    assert any("WARC-Date" in problem for problem in check_header(record))
    check(wrong)


def test_hour_24_is_left_to_the_careful_way_by_every_python(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """24:00, which Python's calendar takes from 3.14 on, is a problem in a date of any version."""
    monkeypatch.setattr(module, "_is_calendar", lambda date: True)
    head = USUAL[0].replace("T14:40:38.294183Z", "T24:00:00.000000Z").encode()
    record = parse_head(head, 0)
    assert not record.is_usual
    assert any("WARC-Date" in problem for problem in check_header(record))
