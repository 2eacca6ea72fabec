"""The strict reader: every byte is accounted for, or an error says where."""

from __future__ import annotations

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import WarcError
from archive.warc import record as module
from archive.warc.reader import MAX_HEAD, RecordReader
from archive.warc.record import Record, parse_head
from archive.warc.writer import compress, serialize_head
from tests.builders import put_together, small_file

HEAD = b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 4\r\n\r\n"
RECORD = HEAD + b"data\r\n\r\n"


def read(data: bytes) -> list[tuple[Record, bytes]]:
    """All records and blocks."""
    reader = RecordReader(io.BytesIO(data), "name")
    found = []
    while (record := reader.next_record()) is not None:
        found.append((record, reader.read_block(1 << 24)))
    return found


def refused(data: bytes) -> WarcError:
    """The error that a file gives."""
    with pytest.raises(WarcError) as caught:
        read(data)
    assert "name" in str(caught.value)
    return caught.value


def test_plain_and_compressed_files_read_alike() -> None:
    """The same records come from a plain file, one member a record, and one member for all."""
    plain = read(RECORD * 3)
    assert [record.offset for record, _ in plain] == [0, len(RECORD), 2 * len(RECORD)]
    member = gzip.compress(RECORD)
    single = read(member * 3)
    assert [record.offset for record, _ in single] == [0, len(member), 2 * len(member)]
    joined = read(gzip.compress(RECORD * 3))
    assert [record.own_member for record, _ in joined] == [True, False, False]
    for records in (plain, single, joined):
        assert [block for _, block in records] == [b"data"] * 3
        assert all(record.head == HEAD for record, _ in records)


def test_blocks_that_are_not_read_are_passed_over_and_checked() -> None:
    """Iterating without reading blocks still finds what is wrong behind them."""
    assert len(list(RecordReader(io.BytesIO(RECORD * 2)))) == 2
    with pytest.raises(WarcError):
        list(RecordReader(io.BytesIO(RECORD[:-1] + b"x" + RECORD)))


@pytest.mark.parametrize("junk", [b"\r\n", b"\0", b"x", b"WARC", b"\n"])
def test_bytes_between_records_are_refused(junk: bytes) -> None:
    """Whatever stands between or after records is an error at its place."""
    error = refused(RECORD + junk + RECORD)
    assert error.offset in (0, len(RECORD))
    refused(gzip.compress(RECORD) + junk)
    refused(gzip.compress(RECORD + junk))


def test_neither_warc_nor_gzip() -> None:
    """A file of another kind is refused at byte 0."""
    for data in (b"hello", b"\r\n" + RECORD, b"\0" * 10, b"BZh9"):
        assert refused(data).offset == 0


def test_lines_that_end_in_lf_alone_are_a_problem() -> None:
    """LF-only headers are read, and said to break the grammar."""
    data = HEAD.replace(b"\r\n", b"\n") + b"data\r\n\r\n"
    ((record, block),) = read(data)
    assert block == b"data"
    assert record.problems == ("header lines end in LF alone",)
    assert record.get("warc-type") == "metadata"


def test_folded_lines_are_joined() -> None:
    """A folded line belongs to the field before it."""
    record = parse_head(b"WARC/1.0\r\nA: one\r\n\ttwo\r\n three\r\nContent-Length: 0\r\n\r\n", 0)
    assert record.get("A") == "one two three"
    assert record.problems == ()


@pytest.mark.parametrize(
    "line",
    [b"no colon", b"colonless", b": no name", b"a b: c", b"\xe9\xff: c", b"a\0: c", b"a\x7f: c"],
)
def test_lines_that_are_no_field_are_a_problem(line: bytes) -> None:
    """A line that is no field is noted, and the record is still found."""
    record = parse_head(b"WARC/1.1\r\n" + line + b"\r\nContent-Length: 0\r\n\r\n", 0)
    assert "a header line is no field" in record.problems
    assert record.length == 0


def test_control_characters_in_values_are_a_problem() -> None:
    """NUL or a bare CR in a value is noted."""
    for value in (b"a\0b", b"a\rb"):
        record = parse_head(b"WARC/1.1\r\nA: " + value + b"\r\nContent-Length: 0\r\n\r\n", 0)
        assert record.problems == ("control character in A",)


def test_header_that_is_not_utf8_is_a_problem() -> None:
    """Latin-1 bytes in a header are kept, read as latin-1, and noted."""
    record = parse_head(b"WARC/1.1\r\nA: \xe9\r\nContent-Length: 0\r\n\r\n", 0)
    assert record.get("A") == "é"
    assert record.problems == ("header is not UTF-8",)


def test_oversized_header_is_refused() -> None:
    """A header over the limit is refused without reading on; one just under it is read."""
    line = b"A: %b\r\n" % (b"x" * 1000)
    small = b"WARC/1.1\r\nContent-Length: 0\r\n" + line * 60 + b"\r\n\r\n\r\n"
    assert len(read(small)) == 1
    big = b"WARC/1.1\r\nContent-Length: 0\r\n" + line * 70 + b"\r\n\r\n\r\n"
    for data in (big, gzip.compress(big), b"WARC/1.1\r\n" + b"A" * (MAX_HEAD * 3)):
        assert "header over" in refused(data).message


@pytest.mark.parametrize(
    "lengths",
    [
        b"",
        b"Content-Length: 4\r\nContent-Length: 5\r\n",
        b"Content-Length: -4\r\n",
        b"Content-Length: four\r\n",
        b"Content-Length: 4 4\r\n",
        b"Content-Length:\r\n",
        b"Content-Length: \xd9\xa4\r\n",
        b"Content-Length: 9999999999999999999\r\n",
    ],
)
def test_missing_and_wrong_lengths_are_refused(lengths: bytes) -> None:
    """Without one usable Content-Length the next record cannot be found: an error."""
    refused(b"WARC/1.1\r\n" + lengths + b"\r\ndata\r\n\r\n")


def test_equal_lengths_twice_are_read() -> None:
    """The same Content-Length twice hides nothing; the header rules name it."""
    record = parse_head(b"WARC/1.1\r\nContent-Length: 4\r\ncontent-length: 4\r\n\r\n", 0)
    assert record.length == 4


@pytest.mark.parametrize("delta", [-1, 1, 100, 1 << 20])
def test_wrong_length_is_refused(delta: int) -> None:
    """A length that does not fit is an error, torn only where the file merely ends."""
    data = RECORD.replace(b"Length: 4", b"Length: %d" % (4 + delta))
    error = refused(data)
    assert error.offset == 0
    assert error.torn == (delta > 1)


def test_record_over_several_members_is_refused() -> None:
    """A record may not run over the end of its gzip member, in header, block or end."""
    for cut in (5, len(HEAD) - 1, len(HEAD) + 2, len(RECORD) - 2):
        data = gzip.compress(RECORD[:cut]) + gzip.compress(RECORD[cut:])
        error = refused(data)
        assert "member" in error.message
        assert not error.torn


def test_every_truncation_is_torn_or_between_records() -> None:
    """A file cut anywhere ends at a record's end or gives an error that says torn."""
    for data in (RECORD * 2, put_together(small_file(1)[:3])):
        whole = len(read(data))
        for size in range(1, len(data)):
            try:
                found = len(read(data[:size]))
            except WarcError as error:
                found = 0 if error.torn else whole
            assert found < whole, size


@pytest.mark.parametrize("flags", [0x20, 0x40, 0x80])
def test_reserved_gzip_flags_are_refused(flags: int) -> None:
    """Reserved flag bits are an error (RFC 1952 section 2.3.1.2)."""
    data = bytearray(gzip.compress(RECORD))
    data[3] |= flags
    assert "reserved" in refused(bytes(data)).message


def test_large_block_comes_in_bounded_pieces() -> None:
    """A block of zeros that inflates a thousandfold comes in pieces of at most 1 MiB."""
    size = 50_000_000
    head = b"WARC/1.1\r\nContent-Length: %d\r\n\r\n" % size
    reader = RecordReader(io.BytesIO(compress(head, bytes(size))))
    assert reader.next_record() is not None
    total = 0
    for piece in reader.pieces():
        assert len(piece) <= 1 << 20
        total += len(piece)
    assert total == size
    assert reader.next_record() is None


def test_read_block_keeps_its_limit() -> None:
    """A block over the limit is refused before it is held."""
    reader = RecordReader(io.BytesIO(RECORD))
    reader.next_record()
    with pytest.raises(WarcError):
        reader.read_block(3)


@given(st.binary(max_size=300))
def test_random_bytes_never_raise_anything_else(data: bytes) -> None:
    """Whatever the bytes, the reader gives records or WarcError."""
    for start in (b"", b"WARC/1.1\r\n", HEAD, gzip.compress(RECORD)):
        try:
            read(start + data)
        except WarcError:
            continue


_NAME = st.text("ABCabc-_.!9", min_size=1, max_size=8)
_VALUE = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=20)


@given(st.lists(st.tuples(_NAME, _VALUE), max_size=8))
def test_written_headers_are_read_back(fields: list[tuple[str, str]]) -> None:
    """Names and values come back as written, white space around values apart."""
    written = (*fields, ("Content-Length", "0"))
    record = parse_head(serialize_head(written), 0)
    assert record.fields == tuple((name, value.strip(" \t")) for name, value in written)
    assert record.problems == ()


@given(st.text("aA:9 \t\r\n\0é", max_size=60))
def test_quick_scan_of_fields_agrees_with_the_careful_one(lines: str) -> None:
    """Where the one-pattern scan takes a header, the line by line reading gives the same."""
    text = "WARC/1.1\r\n" + lines.replace("\r", "").replace("\n", "\r\n") + "\r\n\r\n"
    found = module._scan_fields(text)
    if found:
        problems: list[str] = []
        assert module._parse_fields(text[:-4].split("\r\n")[1:], problems) == found
        assert problems == []


@pytest.mark.parametrize("blanks", [" ", "\t", " \t "])
def test_blanks_around_a_value_are_not_part_of_it(blanks: str) -> None:
    """White space before and behind a value is left out where all lines are plain ones, too."""
    head = f"WARC/1.1\r\nWARC-Type:{blanks}response{blanks}\r\nContent-Length: 0\r\n\r\n"
    record = parse_head(head.encode(), 0)
    assert record.type == "response"
    assert record.fields[0] == ("WARC-Type", "response")


@pytest.mark.parametrize("bad", ["\r", "\n", "\0", "a\r\nX-Injected: 1"])
def test_writer_refuses_line_breaks(bad: str) -> None:
    """No CR, LF or NUL gets into a header, by name or by value."""
    for field in (("A", bad), (bad, "a")):
        with pytest.raises(WarcError):
            serialize_head((field,))


@pytest.mark.parametrize("field", ["extra", "name", "comment"])
def test_long_gzip_header_fields_are_an_error(field: str) -> None:
    """A kilobyte of text in a member's gzip header is refused; a short one is read."""
    flag = {"extra": 4, "name": 8, "comment": 16}[field]
    plain = b"WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    stored = gzip.compress(plain)
    for size in (3, 500, 1100, 60_000):
        text = b"x" * size
        text = size.to_bytes(2, "little") + text if field == "extra" else text + b"\0"
        member = stored[:3] + bytes([flag]) + stored[4:10] + text + stored[10:]
        reader = RecordReader(io.BytesIO(stored + member))
        assert reader.next_record() is not None
        if size > 1024:
            with pytest.raises(WarcError, match="gzip header") as caught:
                reader.next_record()
            assert caught.value.offset == len(stored)
        else:
            assert reader.next_record() is not None
            assert reader.next_record() is None
