"""Tests of `archive.article.record`: the claims record's bytes and the lines of both records."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import document
from archive.article import (
    Claim,
    Claims,
    ClaimsRecord,
    Decoding,
    Extraction,
    Extractor,
    claim_lines,
    extract,
    paragraph_lines,
    read_text,
)
from archive.errors import DocumentError
from tests.article.pages import URL, article, extracted

SEED = bytes(range(32))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [
        "a\nb",
        "a\r\nb",
        "\u2028\u2029\x85",
        "\u202eevil\u2066",
        "\0\x01\x1b[0m\x7f",
        '"\\',
        "],",
        "}",
    ]
)
CLAIM = st.builds(
    Claim,
    property=TEXT,
    value=TEXT,
    signal=TEXT,
    path=TEXT,
    span=st.none() | st.tuples(st.just(3), st.integers(3, 2**40)),
    strength=st.sampled_from(["stated", "parsed", "inferred"]),
    normalized=st.none() | TEXT,
    record=st.sampled_from(["content", "response", "tls"]),
)
EXTRACTOR = st.builds(
    Extractor,
    name=TEXT,
    version=TEXT,
    options=st.dictionaries(TEXT, st.booleans() | TEXT, max_size=3),
    built_on=st.dictionaries(TEXT, TEXT, max_size=3),
)
RECORD = st.builds(
    ClaimsRecord,
    seed=st.binary(min_size=32, max_size=32),
    outcome=st.sampled_from(["ok", "none", "timeout", "crash", "too-large"]),
    reason=st.none() | TEXT,
    extractor=st.none() | EXTRACTOR,
    decoding=st.none() | st.builds(Decoding, st.just("utf-8"), st.sampled_from(["bom", "http"])),
    claims=st.builds(Claims, st.lists(CLAIM, max_size=5).map(tuple)),
)
GOLDEN = b"""{
"schema": "urn:article-archive:claims:v1",
"seed": "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
"extraction": {"outcome":"ok","reason":null,"extractor":{"name":"trafilatura","version":"2.3.1",\
"options":{"favor_precision":true},"built_on":{"lxml":"6.1.3"}},\
"decoding":{"encoding":"utf-8","rule":"http"}},
"omitted": 2,
"claims": [
  {"property":"headline","value":"A\\nB","signal":"title","path":"/html/head/title","span":null,\
"strength":"stated","normalized":"A B","record":"content"},
  {"property":"headline","value":"\xc3\xa9","signal":"visible-text","path":"/html/body/h1",\
"span":[10,12],"strength":"stated","normalized":null,"record":"response"}
]
}
"""


def golden() -> ClaimsRecord:
    """The value that `GOLDEN` holds."""
    extractor = Extractor("trafilatura", "2.3.1", {"favor_precision": True}, {"lxml": "6.1.3"})
    first = Claim("headline", "A\nB", "title", "/html/head/title", normalized="A B")
    second = Claim("headline", "é", "visible-text", "/html/body/h1", (10, 12), record="response")
    decoding = Decoding("utf-8", "http")
    return ClaimsRecord(SEED, "ok", None, extractor, decoding, Claims((first, second), 2))


def test_golden_record() -> None:
    """The layout is fixed to the byte, and read back it is the same value."""
    assert golden().to_bytes() == GOLDEN
    assert ClaimsRecord.from_bytes(GOLDEN) == golden()


def test_golden_lines() -> None:
    """A claim's bytes are what grep, sed and sha256sum see: the line without its surroundings."""
    lines = [line for line in GOLDEN.split(b"\n") if line.startswith(b"  ")]
    assert claim_lines(GOLDEN) == [line[2:].removesuffix(b",") for line in lines]
    assert len(lines) == 2


@given(RECORD)
def test_record_round_trip(record: ClaimsRecord) -> None:
    """Any record is written, read and written again to the same bytes."""
    data = record.to_bytes()
    assert ClaimsRecord.from_bytes(data) == record
    assert ClaimsRecord.from_bytes(data).to_bytes() == data


@given(RECORD)
def test_claim_lines_round_trip(record: ClaimsRecord) -> None:
    """Whatever the values hold, each line is one claim, without line feed."""
    lines = claim_lines(record.to_bytes())
    assert all(b"\n" not in line for line in lines)
    assert [Claim.from_json(json.loads(line)) for line in lines] == list(record.claims)
    assert lines == [document.write(claim.to_json()) for claim in record.claims]


def test_real_records_round_trip() -> None:
    """The records of all real pages are read back as they were written."""
    for result in extracted().values():
        record = ClaimsRecord.of(result, SEED)
        data = record.to_bytes()
        assert ClaimsRecord.from_bytes(data) == record
        assert len(claim_lines(data)) == len(result.claims)
        if result.record is not None and result.article is not None:
            lines = paragraph_lines(result.record)
            assert tuple(line.decode() for line in lines) == result.article.paragraphs


def test_imported_text_has_a_record() -> None:
    """A text import is written with the outcome ok, no extractor and no claims."""
    record = ClaimsRecord.of(read_text(b"one\n"), SEED)
    assert ClaimsRecord.from_bytes(record.to_bytes()) == record
    assert (record.outcome, record.extractor, len(record.claims)) == ("ok", None, 0)
    assert claim_lines(record.to_bytes()) == []


def test_later_members_are_left_alone() -> None:
    """A record with members that we do not know is read all the same, its lines too."""
    later = GOLDEN.replace(b"\n]\n}", b'\n],\n"quotations": [\n  {"a":1}\n]\n}')
    later = later.replace(b'"extraction": {', b'"extraction": {"time":3,')
    assert ClaimsRecord.from_bytes(later) == golden()
    assert claim_lines(later) == claim_lines(GOLDEN)


def test_older_records_are_read() -> None:
    """A record from before claims named their record and omissions were counted is read."""
    older = GOLDEN.replace(b'"omitted": 2,\n', b"").replace(b',"record":"content"', b"")
    found = ClaimsRecord.from_bytes(older).claims
    assert (found.omitted, found[0].record) == (0, "content")


def test_seed_has_32_bytes() -> None:
    """A seed of another length is refused, and the seed is not in the repr."""
    with pytest.raises(ValueError, match="32 bytes"):
        ClaimsRecord.of(read_text(b"one\n"), b"short")
    assert SEED.hex() not in repr(golden())
    assert repr(SEED) not in repr(golden())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"claims:v1", b"claims:v2"),
        (b"000102", b"00010"),
        (b"000102", b"0001 2"),
        (b"0a0b0c", b"0A0B0C"),
        (b'"outcome":"ok"', b'"outcome":"fine"'),
        (b'"outcome":"ok"', b'"outcome":[]'),
        (b'"reason":null', b'"reason":0'),
        (b'"rule":"http"', b'"rule":"guess"'),
        (b'"rule":"http"', b'"rule":{}'),
        (b'"omitted": 2', b'"omitted": -1'),
        (b'"omitted": 2', b'"omitted": true'),
        (b'"record":"content"', b'"record":"log"'),
        (b'"record":"content"', b'"record":{}'),
        (b'"extraction": {', b'"else": {'),
        (b'"claims": [', b'"others": ['),
        (b'"property"', b'"properties"'),
        (b'"seed": "', b'"seed": "", "seed": "'),
        (b"\xc3\xa9", b"\xe9"),
        (b"\n}\n", b""),
    ],
)
def test_malformed_record_is_refused(old: bytes, new: bytes) -> None:
    """A record with a member missing, doubled or of the wrong kind is a clear error."""
    changed = GOLDEN.replace(old, new, 1)
    assert changed != GOLDEN
    with pytest.raises(DocumentError):
        ClaimsRecord.from_bytes(changed)


@pytest.mark.parametrize(
    "data", [b"[]", b"null", b"", b'{"schema":"urn:article-archive:claims:v1"}']
)
def test_other_documents_are_refused(data: bytes) -> None:
    """Other JSON is not a claims record."""
    with pytest.raises(DocumentError):
        ClaimsRecord.from_bytes(data)
    with pytest.raises(DocumentError):
        claim_lines(data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"claims": [\n  ', b'"claims": [  '),
        (b"},\n  {", b"},  {"),
        (b"},\n  {", b"},\n   {"),
        (b"},\n  {", b"}\n  ,{"),
        (b"},\n  {", b"},\n\n  {"),
        (b"}\n]\n}", b"}]\n}"),
        (b"}\n]\n}", b"} \n]\n}"),
        (b'"extraction": {', b'"extraction": {"x": {\n"claims": [\n]},'),
    ],
)
def test_claims_not_one_a_line_have_no_lines(old: bytes, new: bytes) -> None:
    """A record that is the same JSON but laid out otherwise gives no leaves."""
    changed = GOLDEN.replace(old, new, 1)
    assert changed != GOLDEN
    assert ClaimsRecord.from_bytes(changed) == golden()
    with pytest.raises(DocumentError):
        claim_lines(changed)


@given(
    st.binary(max_size=100)
    | st.builds(
        lambda at, byte: GOLDEN[:at] + byte + GOLDEN[at + 1 :],
        st.integers(0, len(GOLDEN) - 1),
        st.binary(max_size=2),
    )
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Random bytes and a damaged record raise DocumentError or nothing."""
    for read in (ClaimsRecord.from_bytes, claim_lines):
        with contextlib.suppress(DocumentError):
            read(data)


def test_paragraph_lines() -> None:
    """Paragraphs are split at LF only, and empty ones count."""
    text = "one\r\n\ntwo\u2028three\x0b\x85four\n".encode()
    assert paragraph_lines(text) == [b"one\r", b"", "two\u2028three\x0b\x85four".encode()]
    assert paragraph_lines(b"\n") == [b""]
    for broken in (b"", b"one"):
        with pytest.raises(DocumentError, match="line feed"):
            paragraph_lines(broken)


def test_record_of_a_page() -> None:
    """What was recorded of a page is what its extraction said."""
    result: Extraction = extract(article().encode(), "text/html", URL)
    data = ClaimsRecord.of(result, SEED).to_bytes()
    members: dict[str, Any] = json.loads(data)
    assert members["extraction"]["decoding"] == {"encoding": "utf-8", "rule": "utf-8"}
    assert members["extraction"]["extractor"]["options"] == {
        "favor_precision": True,
        "include_comments": False,
        "deduplicate": False,
        "with_metadata": False,
        "rules": ["short-text", "title-line"],
    }
    assert [claim["signal"] for claim in members["claims"]] == ["title", "visible-text"]
