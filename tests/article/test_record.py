"""Tests of `archive.article.record`: the claims record's bytes and the lines of both records."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from attrs import evolve
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
    Quotation,
    Quotations,
    claim_lines,
    extract,
    paragraph_lines,
    read_text,
)
from archive.article.quotations.finding import DEEPEST
from archive.article.quotations.quotation import LARGEST, MOST
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
SPAN = st.tuples(st.integers(0, 9), st.integers(9, 2**40))
QUOTATION = st.builds(
    lambda text, start, speaker, **rest: Quotation(
        text,
        start,
        start + len(text),
        speaker=speaker and speaker[0],
        speaker_span=speaker and speaker[1],
        **rest,
    ),
    text=TEXT,
    start=st.integers(0, 2**40),
    speaker=st.none() | st.tuples(TEXT, SPAN),
    verb=st.none() | TEXT,
    inferred=st.booleans(),
    verb_span=st.none() | SPAN,
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
    claims=st.builds(Claims, st.lists(CLAIM, max_size=5).map(tuple), st.integers(0, 9)),
    quotations=st.builds(Quotations, st.lists(QUOTATION, max_size=5).map(tuple), st.integers(0, 9)),
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
],
"omitted_quotations": 1,
"quotations": [
  {"text":"\xe2\x80\x9cOne.\\nTwo\xe2\x80\x9d","start":4,"end":14,"speaker":"Ann","verb":"said",\
"inferred":false,"speaker_span":[20,23],"verb_span":[15,19]},
  {"text":"\\"x\\"","start":30,"end":33,"speaker":null,"verb":null,\
"inferred":false,"speaker_span":null,"verb_span":null}
]
}
"""
GOLDEN_TEXT = 'Foo “One.\nTwo” said Ann. Then "x".\n'


def golden() -> ClaimsRecord:
    """The value that `GOLDEN` holds."""
    extractor = Extractor("trafilatura", "2.3.1", {"favor_precision": True}, {"lxml": "6.1.3"})
    first = Claim("headline", "A\nB", "title", "/html/head/title", normalized="A B")
    second = Claim("headline", "é", "visible-text", "/html/body/h1", (10, 12), record="response")
    decoding = Decoding("utf-8", "http")
    spans: dict[str, Any] = {"speaker_span": (20, 23), "verb_span": (15, 19)}
    spoken = Quotation("“One.\nTwo”", 4, 14, "Ann", "said", **spans)
    quotations = Quotations((spoken, Quotation('"x"', 30, 33)), 1)
    claims = Claims((first, second), 2)
    return ClaimsRecord(SEED, "ok", None, extractor, decoding, claims, quotations)


def test_golden_record() -> None:
    """The layout is fixed to the byte, and read back it is the same value."""
    assert golden().to_bytes() == GOLDEN
    assert ClaimsRecord.from_bytes(GOLDEN) == golden()


def test_golden_lines() -> None:
    """A claim's bytes are what grep, sed and sha256sum see: the line without its surroundings."""
    lines = [line for line in GOLDEN.split(b"\n") if line.startswith(b'  {"property')]
    assert claim_lines(GOLDEN) == [line[2:].removesuffix(b",") for line in lines]
    assert len(lines) == 2


def test_golden_quotations_stand_in_their_text() -> None:
    """With the text at hand, quotations of another text are refused, spans outside it too."""
    assert ClaimsRecord.from_bytes(GOLDEN, GOLDEN_TEXT) == golden()
    for other in (GOLDEN_TEXT[:32], GOLDEN_TEXT.replace("One", "Ono"), "", f" {GOLDEN_TEXT}"):
        with pytest.raises(DocumentError, match="stand in the text"):
            ClaimsRecord.from_bytes(GOLDEN, other)
    far = GOLDEN.replace(b"[20,23]", b"[20,99]")
    assert ClaimsRecord.from_bytes(far).quotations[0].speaker_span == (20, 99)
    with pytest.raises(DocumentError, match="stand in the text"):
        ClaimsRecord.from_bytes(far, GOLDEN_TEXT)


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


@given(RECORD)
def test_an_adopted_record_is_written_as_it_was(record: ClaimsRecord) -> None:
    """What another process wrote is the same value, and its bytes again under any seed."""
    data = record.to_bytes()
    adopted = ClaimsRecord.adopt(data)
    assert adopted == record
    assert adopted.leaves == tuple(claim_lines(data))
    assert evolve(adopted, seed=SEED).to_bytes() == evolve(record, seed=SEED).to_bytes()


def test_an_adopted_record_is_not_written_a_second_time() -> None:
    """The bytes of its claims and quotations are those that came, however they are spelled."""
    spelled = GOLDEN.replace(b'"span":null', b'"span": null').replace(b'"start":30', b'"start": 30')
    assert spelled != GOLDEN
    assert ClaimsRecord.from_bytes(spelled).to_bytes() == GOLDEN
    assert ClaimsRecord.adopt(spelled, GOLDEN_TEXT).to_bytes() == spelled


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"},\n  {", b"},  {"),
        (b'"quotations": [\n  {', b'"quotations": [\n {'),
        (b'14,"speaker"', b'14,\n"speaker"'),
        (b'"start":4', b'"start":5'),
        (b'"property"', b'"properties"'),
        (b'"normalized":null', b'"normalized":null,"x":' + b"[" * 62 + b"]" * 62),
    ],
)
def test_what_a_reader_would_stumble_over_is_not_adopted(old: bytes, new: bytes) -> None:
    """What does not stand one a line, or is no record at all, is refused before it is kept."""
    assert old in GOLDEN
    with pytest.raises(DocumentError):
        ClaimsRecord.adopt(GOLDEN.replace(old, new, 1))


def test_real_records_round_trip() -> None:
    """The records of all real pages are read back as they were written."""
    for result in extracted().values():
        record = ClaimsRecord.of(result, SEED)
        data = record.to_bytes()
        assert ClaimsRecord.from_bytes(data, result.text) == record
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


def test_quotations_are_recorded() -> None:
    """A page's quotations and a text import's stand in the record, in the text's positions."""
    said = "<p>“We never closed it,” said Ann Lee, the mayor of the town by the river.</p>"
    page = extract(article(body=said).encode(), "text/html", URL)
    lines = read_text("Die Brücke ist zu.\n„Nie“, sagte Anna in der Stadt.\n".encode())
    for result, words, speaker in (
        (page, "“We never closed it,”", "Ann Lee"),
        (lines, "„Nie“", "Anna"),
    ):
        record = ClaimsRecord.from_bytes(ClaimsRecord.of(result, SEED).to_bytes(), result.text)
        (found,) = record.quotations
        assert (found.text, found.speaker) == (words, speaker)
        assert result.text is not None
        assert result.text[found.start : found.end] == words


def test_quotations_have_limits() -> None:
    """Of very many or very long quotations the first are kept and the others are counted."""
    many = read_text("“a” b\n".encode() * (MOST + 7))
    assert (len(many.quotations), many.quotations.omitted) == (MOST, 7)
    long = read_text(("“" + "a" * (LARGEST // 2) + "” b\n").encode() * 3)
    assert (len(long.quotations), long.quotations.omitted) == (1, 2)
    deep = read_text(("「" * 100_000 + "a" + "」" * 100_000 + "\n").encode())
    assert len(deep.quotations) <= DEEPEST
    for result in (many, long, deep):
        data = ClaimsRecord.of(result, SEED).to_bytes()
        assert ClaimsRecord.from_bytes(data, result.text).quotations == result.quotations


def test_later_members_are_left_alone() -> None:
    """A record with members that we do not know is read all the same, its lines too."""
    later = GOLDEN.replace(b"\n]\n}", b'\n],\n"links": [\n  {"a":1}\n]\n}')
    later = later.replace(b'"extraction": {', b'"extraction": {"time":3,')
    assert ClaimsRecord.from_bytes(later) == golden()
    assert claim_lines(later) == claim_lines(GOLDEN)


def test_older_records_are_read() -> None:
    """A record from before claims named their record and quotations were kept is read."""
    older = GOLDEN.replace(b'"omitted": 2,\n', b"").replace(b',"record":"content"', b"")
    older = older[: older.index(b',\n"omitted_quotations"')] + b"\n}\n"
    found = ClaimsRecord.from_bytes(older)
    assert (found.claims.omitted, found.claims[0].record) == (0, "content")
    assert (len(found.claims), found.quotations) == (2, Quotations())
    assert claim_lines(older)[1:] == claim_lines(GOLDEN)[1:]


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
        (b'"extraction": {', b'"extraction": [], "else": {'),
        (b'"omitted_quotations": 1,\n', b""),
        (b'"omitted_quotations": 1', b'"omitted_quotations": "1"'),
        (b'"quotations": [', b'"quotations": 3, "others": ['),
        (b'"quotations": [\n', b'"quotations": [3,\n'),
        (b'"start":4', b'"start":5'),
        (b'"start":30', b'"start":-3'),
        (b'"start":30', b'"start":30.0'),
        (b'"inferred":false', b'"inferred":0'),
        (b'"speaker":"Ann"', b'"speaker":null'),
        (b'"speaker":"Ann"', b'"speaker":["Ann"]'),
        (b'"verb":"said"', b'"verb":false'),
        (b"[20,23]", b"[23,20]"),
        (b"[20,23]", b"[true,23]"),
        (b"[15,19]", b"[15]"),
        (b'"verb_span":[15,19]', b'"verb":2'),
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
        (b"}\n],", b"}],"),
        (b"}\n],", b"} \n],"),
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
    with contextlib.suppress(DocumentError):
        claim_lines(data)
    with contextlib.suppress(DocumentError):
        ClaimsRecord.from_bytes(data)
    with contextlib.suppress(DocumentError):
        record = ClaimsRecord.from_bytes(data, GOLDEN_TEXT)
        assert all(GOLDEN_TEXT[one.start : one.end] == one.text for one in record.quotations)


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
        "rules": [
            *("proven-utf-8", "plain-text", "as-shown", "own-comment", "no-messages"),
            *("layout-tables", "short-text", "gaps-filled", "title-line", "stated-body"),
        ],
        "claims": 8,
    }
    assert [claim["signal"] for claim in members["claims"]] == ["title", "visible-text"]
