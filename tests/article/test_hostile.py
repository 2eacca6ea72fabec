"""Pages made to hurt: each ends with an outcome, its claims limited, what is left out counted."""

from __future__ import annotations

import codecs
import gzip
import json
import re

import pytest

from archive.article import ClaimsRecord, Extraction, Request, derive, extract, signals
from archive.article.tree import MOST_ELEMENTS
from archive.workers.pool import Extractors
from tests.article.pages import STORED, URL, article
from tests.article.test_spans import says

SEED = bytes(32)
LINE = "The harbour board met on Tuesday to look again at the plan for the old pier, "
LINE += "and heard from a dozen people who live beside it.\n"


def checked(content: bytes, content_type: str | None = STORED) -> Extraction:
    """A page's extraction: an outcome, true spans, views, and a record that is read back."""
    result = extract(content, content_type, URL)
    assert result.outcome in ("ok", "none", "crash", "too-large")
    assert len(result.claims) < 1000
    for claim in result.claims:
        assert claim.span is None or says(content, claim), claim
        assert len(claim.value) <= 4096
    record = ClaimsRecord.of(result, SEED)
    data = record.to_bytes()
    assert len(data) < 2_000_000
    assert ClaimsRecord.from_bytes(data) == record
    json.dumps(derive(result.claims).to_json())
    result.claims.conflicts()
    return result


def claims_of(content: bytes) -> tuple[int, int]:
    """How many claims a page's bytes make, and how many are left out; its text is not extracted."""
    found = signals.find(content, "utf-8", content.decode("utf-8", "replace"))
    assert all(c.span is None or says(content, c) for c in found)
    return len(found), found.omitted


def test_a_huge_author_is_left_out_and_counted() -> None:
    """A meta element of 1 MB makes no claim, costs nothing else, and is counted."""
    head = (
        f'<meta name="author" content="{"A b, " * 200_000}"><meta name=author content="Jane Doe">'
    )
    result = checked(article(head=head).encode())
    assert result.outcome == "ok"
    assert [c.value for c in result.claims.about("author")] == ["Jane Doe"]
    assert result.claims.omitted == 1


def test_a_hundred_thousand_attributes_are_not_read() -> None:
    """Of a tag with 100,000 attributes the first are read; the page's claims stay."""
    many = " ".join(f'a{n}="{n}"' for n in range(100_000))
    page = article(head=f'<meta name="author" content="Jane Doe" {many}>').encode()
    count, _ = claims_of(page)
    assert count == 3
    late = article(head=f'<meta {many} name="author" content="Jane Doe">').encode()
    assert claims_of(late)[0] == 2


def test_a_tag_of_very_many_attributes_is_not_parsed() -> None:
    """A page with a tag of 100,000 attributes keeps its claims and says why it has no text; long
    attributes alone are no reason.
    """
    many = " ".join(f"a{n}=b" for n in range(100_000))
    meta = '<meta name="author" content="Jane Doe">'
    found = checked(article(head=meta, body=f"<p {many}>").encode())
    assert (found.outcome, found.reason) == ("none", "a tag of over 10000 attributes")
    assert [claim.value for claim in found.claims.about("author")] == ["Jane Doe"]
    bare = " ".join(f"a{n}" for n in range(100_000))
    assert checked(article(body=f"<p {bare}>").encode()).reason == found.reason
    words = f"<p title='{bare}' {'x ' * 9_000}>{LINE}"
    assert checked(article(body=words).encode()).outcome == "ok"
    image = '<img src="data:image/png;base64,' + "AAAA" * 100_000 + '==">'
    assert checked(article(body=image).encode()).outcome == "ok"


@pytest.mark.parametrize(("more", "outcome"), [(0, "ok"), (1, "too-large")])
def test_elements_are_bounded_as_bytes_are(more: int, outcome: str) -> None:
    """A page of `MOST_ELEMENTS` elements has its text, of one with another only its claims."""
    page = article(head='<meta name="author" content="Jane Doe">')
    missing = MOST_ELEMENTS - len(re.findall("<[A-Za-z]", page)) + more
    found = checked((page + "<br>" * missing).encode())
    assert found.outcome == outcome
    assert [claim.value for claim in found.claims.about("author")] == ["Jane Doe"]
    wide = (page + "<br>" * missing).encode("utf-16le")
    assert extract(codecs.BOM_UTF16_LE + wide, STORED, URL).outcome == outcome


@pytest.mark.parametrize(
    ("page", "outcome"),
    [
        ("<html><body>" + "<p>a" * 4_900_000, "too-large"),
        ("<article>" + "<a href=/x>words of a link</a> " * 600_000, "too-large"),
        (f"<article>{f'<p>{LINE * 700}</p>' * 200}", "ok"),
    ],
    ids=["paragraphs", "links", "18-megabytes-of-text"],
)
def test_eighteen_megabytes_stay_in_bounds(page: str, outcome: str) -> None:
    """Under the limits of a child, one gigabyte among them, the largest pages have an outcome."""
    with Extractors() as extractors:
        found = extractors.extract(Request(page.encode(), STORED, URL))
    assert found.outcome == outcome, found.reason


def test_a_hundred_thousand_authors_are_counted() -> None:
    """Of 100,000 authors in JSON-LD 64 become claims, and the others are counted."""
    authors = [{"@type": "Person", "name": f"Jane Doe{n}"} for n in range(100_000)]
    linked = json.dumps({"@type": "NewsArticle", "headline": "A", "author": authors})
    head = f'<script type="application/ld+json">{linked}</script>'
    result = checked(article(head=head).encode())
    assert len(result.claims.about("author")) == 64
    assert result.claims.omitted > 0


@pytest.mark.parametrize("bracket", ['{"author":', "[", '{"@graph":[', '[{"a":'])
def test_deep_json_is_passed_over(bracket: str) -> None:
    """JSON-LD or state nested 100,000 deep neither recurses nor hides the rest of the page."""
    for kind in ('type="application/ld+json"', 'id="__NEXT_DATA__" type="application/json"'):
        head = f'<script {kind}>{bracket * 100_000}"headline":"Bridge closed"</script>'
        head += '<meta name="author" content="Jane Doe">'
        page = article(head=head).encode()
        assert claims_of(page)[0] >= 3


@pytest.mark.parametrize(
    "filler",
    [
        "<",
        "<a ",
        "<a b='",
        '<a b="',
        "<!--",
        "<!-- -->",
        "<script>",
        "<title>",
        "<h1>",
        "<meta name=author content=x>",
        "<time datetime=2024-05-03>",
        '<p class="author">A B</p>',
        '<p class="byline">',
        "<div itemscope itemprop=author>",
        "<svg>",
        "&amp;",
        "© ",
        "By ",
        ">By <",
        "<p>A / B</p>",
        '<script type="application/ld+json">',
        '<script type="application/ld+json">"',
        '"headline":',
        "]]>",
        "\\",
        "a b / ",
        "(AP",
        "=",
        "= ",
        '="',
        "\x00",
        "\u202e",
    ],
)
def test_repetitions_end(filler: str) -> None:
    """300,000 bytes of anything, in the body, in a script or after a byline, give few claims."""
    body = filler * (300_000 // len(filler.encode()))
    for page in (
        article(body=body),
        article(head=f'<script type="application/ld+json">{{"headline":"{body}</script>'),
        f"<h1>A</h1><p class=byline>{body}",
    ):
        count, _ = claims_of(page.encode())
        assert count < 600


@pytest.mark.parametrize(
    "content",
    [
        b"<p>" + b"a" * 19_000_000,
        ("<html><body>" + "<div>" * 5000 + "<p>word word</p>").encode(),
        ("<p>word " * 50_000).encode(),
        b"<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><h1>&b;&b;</h1>",
        ("<h1>" + "&amp;" * 100_000 + "</h1>").encode(),
        b"<title>\xff\xfe\xfd</title><h1>\xc3</h1>",
        b"<meta charset=utf-16><h1>A\x00\x00B</h1>" + b"\x00" * 10_000,
        b"\x1b$B<h1>\x1b(B" * 1000,
        b"%PDF-1.7 " + b"<h1>x</h1>" * 100,
        gzip.compress(b"\x00" * 1_000_000, mtime=0),
        "<h1>\u202edesolc egdirB\u2066 \x07\x1b[31m</h1>".encode(),
    ],
    ids=[
        "text",
        "deep",
        "paragraphs",
        "bomb",
        "references",
        "utf-8",
        "nul",
        "jis",
        "pdf",
        "gzip",
        "bidi",
    ],
)
def test_hostile_pages_have_an_outcome(content: bytes) -> None:
    """Each page of the set ends with an outcome and a record that is read back."""
    checked(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"%PDF-1.7 <h1>x</h1>", "not HTML: PDF"),
        (gzip.compress(b"<h1>x</h1>", mtime=0), "not HTML: compressed"),
        (b"words and no tags", "not HTML: no tags"),
        (b'{"a": "<p>b</p>"}', "not HTML: JSON"),
        (b"<html><body>" + b"<div>" * 2400 + b"<p>word word", "nested deeper than 1000"),
        (b"<html><body></body></html>", "no article text found"),
    ],
)
def test_reasons_tell_apart_why_there_is_no_text(content: bytes, reason: str) -> None:
    """Not HTML, empty, nested too deeply and no article each have their own reason."""
    result = checked(content)
    assert (result.outcome, result.reason) == ("none", reason)


@pytest.mark.parametrize(
    ("declared", "charset"), [("utf-8", "utf-16"), ("utf-16", "utf-8"), ("iso-2022-jp", "utf-8")]
)
def test_charset_lies_have_an_outcome(declared: str, charset: str) -> None:
    """A page in another encoding than it is sent with ends with an outcome and true spans."""
    content = article("Bridge closed “now”").encode(charset)
    result = extract(content, f"text/html; charset={declared}", URL)
    assert result.outcome in ("ok", "none")
    record = ClaimsRecord.of(result, SEED)
    assert ClaimsRecord.from_bytes(record.to_bytes(), result.text) == record
    encoding = result.decoding.encoding if result.decoding else declared
    assert all(c.span is None or says(content, c, encoding) for c in result.claims)


def test_surrogates_in_json_do_not_reach_the_record() -> None:
    """Half a surrogate pair written as an escape becomes U+FFFD: the record stays strict JSON."""
    head = (
        '<script type="application/ld+json">{"@type":"Article","headline":"A \\ud800 B"}</script>'
    )
    result = extract(article(head=head).encode(), STORED, URL)
    assert "A \ufffd B" in [c.value for c in result.claims.about("headline")]
    data = ClaimsRecord.of(result, SEED).to_bytes()
    assert ClaimsRecord.from_bytes(data).claims == result.claims
