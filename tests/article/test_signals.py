"""Tests of `archive.article.signals`: each kind of place on a page made by hand."""

from __future__ import annotations

import json
import ssl
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Claim, Claims, ClaimsRecord, derive, extract
from archive.article.signals import finder
from archive.article.signals.certificate import read_chain
from archive.article.signals.located import LocatedText, read
from archive.article.signals.source import Source
from archive.article.signals.tags import scan
from tests.article.pages import URL, article
from tests.article.test_spans import checked

UTF8 = "text/html; charset=utf-8"


def found(head: str = "", body: str = "", *, title: str = "Bridge closed") -> Claims:
    """The claims of a page with something in it, their spans checked."""
    content = article(title, head=head, body=body).encode()
    result = extract(content, UTF8, URL)
    assert checked(content, result) == len(result.claims)
    return result.claims


def said(claims: Claims, term: str, signal: str | None = None) -> list[str]:
    """The values of a property."""
    return [c.value for c in claims.about(term) if signal in (None, c.signal)]


def linked(value: Any) -> str:
    """A JSON-LD block."""
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("tag", "term", "value", "signal"),
    [
        ('<meta property="og:title" content="A &amp; B">', "headline", "A & B", "opengraph"),
        ("<META NAME=Author CONTENT='Jane Doe'>", "author", "Jane Doe", "meta"),
        ('<meta content="Jane Doe" property=article:author>', "author", "Jane Doe", "opengraph"),
        ('<meta name="DC.creator" content="Jane Doe">', "author", "Jane Doe", "meta"),
        ('<meta name="citation_author" content="Doe, Jane">', "author", "Doe, Jane", "meta"),
        (
            '<meta name="parsely-pub-date" content="2024-05-03">',
            "datePublished",
            "2024-05-03",
            "meta",
        ),
        ('<meta name="sailthru.date" content="2024-05-03">', "datePublished", "2024-05-03", "meta"),
        (
            '<meta name="DCTERMS.modified" content="2024-05-03">',
            "dateModified",
            "2024-05-03",
            "meta",
        ),
        ('<meta name="robots" content="noarchive">', "usageInfo", "noarchive", "meta"),
        ('<meta name="tdm-reservation" content="1">', "usageInfo", "1", "meta"),
        (
            '<meta name="syndication-source" content="https://a.example/">',
            "isBasedOn",
            "https://a.example/",
            "meta",
        ),
        ('<meta http-equiv="content-language" content="de">', "inLanguage", "de", "meta"),
        ('<meta name="dc.rights" content="© A">', "copyrightNotice", "© A", "meta"),
        ('<link rel="canonical" href="/a?b&amp;c">', "url", "/a?b&c", "link"),
        ('<link href=https://l.example rel="x license">', "license", "https://l.example", "link"),
        (
            '<link rel=amphtml href="https://amp.example">',
            "encoding",
            "https://amp.example",
            "link",
        ),
        ('<link rel=author href="/jane">', "author", "/jane", "link"),
    ],
)
def test_tags_in_the_head(tag: str, term: str, value: str, signal: str) -> None:
    """A meta or link element makes a claim of the property that its name stands for."""
    claims = found(tag)
    claim = next(c for c in claims.about(term) if c.signal == signal)
    assert (claim.value, claim.strength) == (value, "stated")
    assert claim.path.startswith("(//")


def test_paths_lead_to_the_element() -> None:
    """A path is an XPath into the parsed tree, and its element says the same."""
    from lxml import html

    head = (
        '<meta name=a content=b><meta name="author" content="Jane Doe"><link rel=canonical href=/x>'
    )
    page = article(
        head=head, body='<p class="byline">By Joe Roe</p><time datetime="2024-05-03">x</time>'
    ).replace("<time", "Published: <time")
    root = html.fromstring(page)
    claims = extract(page.encode(), UTF8, URL).claims
    assert len(claims) >= 6
    for claim in claims:
        nodes: Any = root.xpath(claim.path)
        texts = [n if isinstance(n, str) else n.text_content() for n in nodes]
        assert any(claim.value in text for text in texts), claim


def test_nothing_is_claimed_from_comments_scripts_and_attributes() -> None:
    """Tags that are not tags make no claims."""
    trick = '<meta name="author" content="Evil One">'
    for head in (
        f"<!-- {trick} -->",
        f"<script>document.write('{trick}')</script>",
        f"<style>{trick}</style>",
        f"<div title='{trick}'></div>",
    ):
        assert said(found(head), "author") == []
    assert (
        said(found(body="<!-- <p class=byline>By Evil One</p> <p>By Evil Two</p> -->"), "author")
        == []
    )


def test_a_list_in_a_meta_element_is_also_taken_apart() -> None:
    """The whole value is stated; each name in it is a parsed claim with its own span."""
    claims = found('<meta name="author" content="By Jane Doe and Joe Roe, Political Editor">')
    rows = [(c.value, c.strength) for c in claims.about("author")]
    assert rows == [
        ("By Jane Doe and Joe Roe, Political Editor", "stated"),
        ("Jane Doe", "parsed"),
        ("Joe Roe", "parsed"),
    ]
    spans = [c.span for c in claims.about("author")]
    assert spans[0] is not None
    assert spans[1] == (spans[0][0] + 3, spans[0][0] + 11)


def test_h1_with_parts() -> None:
    """An h1 with elements inside is claimed whole and in parts."""
    claims = found(body="<h1><span>Economy and finance</span> <b>Prices rise again today</b></h1>")
    values = said(claims, "headline", "visible-text")
    assert values[1:] == [
        "Economy and finance Prices rise again today",
        "Economy and finance",
        "Prices rise again today",
    ]


def test_times() -> None:
    """A time element's date goes by the words around it; without any it must be near the h1."""
    page = article(
        body='<p class="updated">Updated <time datetime="2024-05-04">x</time></p>'
        '<time class="published">2024-05-03</time><time datetime="2021-01-01">other</time>'
        '<li>Received: <time datetime="2021-01-03">x</time></li>'
    ).replace("</h1>", '</h1><time datetime="2024-05-03T10:00+02:00">3 May</time>')
    claims = extract(page.encode(), UTF8, URL).claims
    rows = {(c.property, c.value, c.strength) for c in claims if c.signal == "time"}
    assert rows == {
        ("datePublished", "2024-05-03T10:00+02:00", "inferred"),
        ("dateModified", "2024-05-04", "stated"),
        ("datePublished", "2024-05-03", "stated"),
    }


ARTICLE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "A &amp; \u00e9",
    "datePublished": "2024-05-03T10:00:00Z",
    "author": [{"@type": "Person", "name": "Jane Doe"}, "Joe Roe", {"@id": "#org"}],
    "publisher": {"@id": "#org"},
    "isAccessibleForFree": False,
    "correction": "An earlier version was wrong.",
}
ORG = {"@type": "Organization", "@id": "#org", "name": "The Example"}
OTHER = {"@type": "NewsArticle", "headline": "Other", "author": "Evil One"}


@pytest.mark.parametrize(
    "blocks",
    [
        [ARTICLE, ORG],
        [[ARTICLE, ORG]],
        [{"@graph": [ORG, ARTICLE]}],
        [{"@type": "WebPage", "mainEntity": ARTICLE}, ORG],
        [{**ARTICLE, "isRelatedTo": OTHER, "hasPart": [OTHER]}, ORG],
        [{"@type": "ItemList", "itemListElement": [OTHER]}, ARTICLE, ORG],
        ["//<![CDATA[\n" + json.dumps([ARTICLE, ORG]) + "\n//]]>"],
        [json.dumps([ARTICLE, ORG], ensure_ascii=False, indent=2)],
    ],
)
def test_jsonld(blocks: list[Any]) -> None:
    """Graphs, lists, references and strings are read; related articles are not."""
    claims = found("".join(linked(block) for block in blocks))
    assert said(claims, "author", "jsonld") == ["Jane Doe", "Joe Roe", "The Example"]
    assert said(claims, "publisher", "jsonld") == ["The Example"]
    assert said(claims, "isAccessibleForFree") == ["false"]
    assert said(claims, "correction") == ["An earlier version was wrong."]
    headline = next(c for c in claims.about("headline") if c.signal == "jsonld")
    assert (headline.value, headline.normalized) == ("A &amp; é", "A & é")
    date = next(c for c in claims.about("datePublished") if c.signal == "jsonld")
    assert date.normalized == "2024-05-03T10:00:00+00:00"


@pytest.mark.parametrize(
    "text",
    [
        '{"@type":"Article","headline":"He said "no" today","author":"Jane Doe"}',
        '{"@type":"Article","headline":"A\nB","author":"Jane Doe"}',
        '{"@type":"Article","headline":"A" "author":"Jane Doe",}',
        '{"@type":"Article",,"headline":"A","author":["Jane Doe",]',
        '{"@type":"Article","headline":"A \\q B","author":{"name":"Jane Doe"}',
        '{"@type":"Article","headline":"A","author":"Jane Doe',
        '{"@type":"Article","headline":"A","author":"Jane Doe"}}}',
    ],
)
def test_broken_jsonld_is_salvaged_and_says_so(text: str) -> None:
    """What can be read of a broken block is claimed, and only as parsed."""
    claims = [c for c in found(linked(text)) if c.signal == "jsonld"]
    assert {c.property for c in claims} >= {"headline", "author"}
    assert [c.value for c in claims if c.property == "author"] == ["Jane Doe"]
    assert {c.strength for c in claims} == {"parsed"}


def plain(value: Any) -> Any:
    """What the located reader read, as the standard library reads it, scalars as text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return None if value is None else str(value)


SCALARS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.none()
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(
                st.characters(exclude_categories=["Cs"], exclude_characters='"\\'),
                min_size=1,
                max_size=5,
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


class _Everything(frozenset[str]):
    def __contains__(self, _: object) -> bool:
        return True


@given(JSON, st.booleans(), st.sampled_from([None, 1]))
def test_valid_json_is_read_as_it_is(value: Any, ascii_only: bool, indent: int | None) -> None:
    """Any JSON of strings, lists and objects is read without fault and equals what it was."""
    text = json.dumps([value], ensure_ascii=ascii_only, indent=indent).encode()
    keys = json.loads(text)
    roots, fault = read(Source(text, "utf-8"), 0, len(text), _Everything())
    assert not fault
    if "\\" not in json.dumps(_keys(keys)):
        assert plain(roots[0]) == keys


def _keys(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(k for item in value.values() for k in _keys(item))]
    return [k for item in value for k in _keys(item)] if isinstance(value, list) else []


@given(st.text(st.sampled_from('{}[]",:\\ an\n1u'), max_size=60))
def test_any_json_like_text_is_read(text: str) -> None:
    """No text makes the reader fail, and every value lies where it says."""
    raw = text.encode()
    roots, _ = read(Source(raw, "utf-8"), 0, len(raw), _Everything())
    waiting = list(roots)
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, LocatedText):
            assert 0 <= value.start <= value.end <= len(raw)


HALVES = {
    "$.author(P\ufffd).name": linked(
        {"@type": "Article", "author": {"@type": "P\ud800", "name": "Jane Doe"}}
    ),
    "$.\ufffd.author": "<script>x = "
    + json.dumps({"\ud800": {"headline": "Bridge closed", "author": "Jane Doe"}, "pad": "-" * 200})
    + "</script>",
}


@pytest.mark.parametrize(("path", "script"), HALVES.items(), ids=["a type", "a key"])
def test_half_a_pair_in_a_name_can_be_written(path: str, script: str) -> None:
    """What JSON names with half a pair has U+FFFD in its path, and the record can be written."""
    result = extract(article(head=script).encode(), UTF8, URL)
    [claim] = result.claims.about("author")
    assert (claim.value, claim.path.partition("#")[2]) == ("Jane Doe", path)
    data = ClaimsRecord.of(result, bytes(32)).to_bytes()
    assert ClaimsRecord.from_bytes(data, result.text).claims == result.claims


def test_long_names_leave_their_claims_out() -> None:
    """A megabyte as the name of a type, in the path of 60 claims, leaves these out, and says so."""
    author = {"@type": "P" * 1_000_000, "name": [f"Jane {number} Doe" for number in range(60)]}
    claims = found(linked({"@type": "Article", "headline": "Shut", "author": author}))
    assert said(claims, "headline", "jsonld") == ["Shut"]
    assert (said(claims, "author"), claims.omitted) == ([], 60)


def test_what_a_page_claims_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past so many characters in all, claims are left out and counted."""
    monkeypatch.setattr(finder, "LARGEST", 8_000)
    authors = [f"{number:03}".ljust(1_000, "x") for number in range(20)]
    claims = found(linked({"@type": "Article", "author": authors}))
    kept = len(said(claims, "author"))
    assert 0 < kept < 4
    assert claims.omitted == 20 - kept


def test_microdata() -> None:
    """Properties of the article's item are claimed, those of other items are not."""
    claims = found(
        body='<div itemscope itemtype="https://schema.org/NewsArticle">'
        '<h2 itemprop="headline">Bridge <i>shut</i></h2>'
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person">'
        '<b itemprop="name">Jane Doe</b></span>'
        '<meta itemprop="datePublished" content="2024-05-03">'
        '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment">'
        '<b itemprop="author">Evil One</b></div></div>'
        '<div itemscope itemtype="https://schema.org/NewsArticle">'
        '<b itemprop="author">Evil Two</b></div>'
    )
    rows = {(c.property, c.value) for c in claims if c.signal == "microdata"}
    assert rows == {
        ("headline", "Bridge shut"),
        ("author", "Jane Doe"),
        ("datePublished", "2024-05-03"),
    }


STATE = {
    "page": {
        "article": {
            "title": "Bridge closed",
            "publishedAt": "2024-05-03T10:00:00.000Z",
            "authors": [{"name": "Ren\u00e9 Doe"}],
            "lastModified": 1714732200,
        },
        "related": [{"title": "Other story here", "authors": [{"name": "Evil One"}]}],
    }
}


@pytest.mark.parametrize(
    "script",
    [
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(STATE)}</script>',
        f"<script>window.__STATE__ = {json.dumps(STATE, ensure_ascii=False)};</script>",
        f"<script>queue.push({json.dumps(STATE)})</script>",
        f"<script>window.s = JSON.parse({json.dumps(json.dumps(STATE))})</script>",
        "<script>self.__next_f.push([1,"
        + json.dumps("1a:" + json.dumps(STATE, ensure_ascii=False) + "\n")
        + "])</script>",
    ],
)
def test_state(script: str) -> None:
    """The object of embedded state that has the page's headline speaks; related ones do not."""
    claims = [c for c in found(script) if c.signal == "state"]
    rows = {(c.property, c.line()) for c in claims}
    assert rows >= {
        ("headline", "Bridge closed"),
        ("author", "René Doe"),
        ("datePublished", "2024-05-03T10:00:00.000+00:00"),
        ("dateModified", "2024-05-03T10:30:00+00:00"),
    }
    assert "Evil One" not in {c.value for c in claims}
    assert {c.strength for c in claims} == {"parsed"}


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ('<p class="byline">By Jane Doe and Joe Roe</p>', ["Jane Doe", "Joe Roe"]),
        ('<a rel="author" href="/j">Jane Doe</a>', ["Jane Doe"]),
        (
            '<div class="article-author"><a>Jane Doe</a>, <span>Political Editor</span></div>',
            ["Jane Doe"],
        ),
        ('<a rel="author"><i>Jane</i> <i>Doe</i></a>', ["Jane Doe"]),
        ('<div class="author-bio">Jane Doe likes cats</div>', []),
        ('<div class="related-author">Evil One</div>', []),
        ('<figure><img><figcaption class="byline">Evil One</figcaption></figure>', []),
        ('<aside><a rel="author">Evil One</a></aside><a rel="author">Jane Doe</a>', ["Jane Doe"]),
        ("<p>Von <a>Jane Doe</a>, <a>Joe Roe</a></p><p>Other Name</p>", ["Jane Doe", "Joe Roe"]),
    ],
)
def test_bylines(body: str, names: list[str]) -> None:
    """Elements called a byline and words like By give names, not titles or biographies."""
    page = f"<title>x</title><h1>Bridge closed</h1>{body}<p>{'word ' * 100}</p>".encode()
    result = extract(page, UTF8, URL)
    checked(page, result)
    assert said(result.claims, "author", "visible-text") == names


LONG = (
    "The council said on Tuesday that the old bridge over the river would be closed for repairs. "
    * 2
)


@pytest.mark.parametrize(
    ("body", "term", "value"),
    [
        (f"<p>KYIV, Ukraine (AP) — {LONG}</p>", "dateline", "KYIV, Ukraine"),
        (f"<p>KYIV, Ukraine (AP) — {LONG}</p>", "creditText", "AP"),
        (f"<p>BERLIN — {LONG}</p>", "dateline", "BERLIN"),
        (f"<p>{LONG} (dpa/lnw)</p>", "creditText", "dpa/lnw"),
        ("<p>Source: Reuters</p>", "creditText", "Reuters"),
        ("<span>ANSA</span>", "creditText", "ANSA"),
        ("<p>Correction: The bridge is older than we said.</p>", "correction", None),
        ("<b>Korrektur</b><p>Die Brücke ist älter als angegeben.</p>", "correction", None),
        (f"<p>{LONG} This article was amended on 3 May.</p>", "correction", None),
        ("<p>Updated: 3 May 2024, 10:00 BST</p>", "dateModified", "3 May 2024, 10:00 BST"),
        ("<b>Stand:</b> <i>03.05.2024 10:00 Uhr</i>", "dateModified", "03.05.2024 10:00 Uhr"),
        ("<li>Datum</li><li>03.05.2024</li>", "datePublished", "03.05.2024"),
        ("<p>Additional reporting by Joe Roe</p>", "contributor", "Joe Roe"),
        (f"<p>{LONG}</p><p><strong>Lê Phương</strong></p><div></div>", "author", "Lê Phương"),
        (f"<p>{LONG}</p><p>(abc/xyz)</p>", "author", "abc"),
        ("<footer>&copy; 2024 Example News</footer>", "copyrightNotice", "© 2024 Example News"),
    ],
)
def test_visible_lines(body: str, term: str, value: str | None) -> None:
    """Datelines, credits, notes, dates, signatures and copyright lines are claimed."""
    page = f"<title>x</title><h1>Bridge closed</h1>{body}".encode()
    result = extract(page, UTF8, URL)
    checked(page, result)
    values = said(result.claims, term, "visible-text")
    assert values
    if value is not None:
        assert value in values


@pytest.mark.parametrize(
    ("body", "note"),
    [
        ("<p>Correction, Nov. 15, 2019: The bridge is older than we said.</p>", True),
        ("<b>Editor's note:</b><p>An earlier version gave another age.</p>", True),
        ("<b>Editor's note:</b><p>The details may be distressing to some.</p>", False),
        ("<p><b>Editor’s note:</b> The details may be distressing to some.</p>", False),
        ("<p>Editor's note: The details may be distressing to some.</p>", False),
        (f"<p>Editor's note: {LONG}</p>", False),
        ("<b>Anmerkung der Redaktion</b><p>Der Autor ist mit ihr verwandt.</p>", False),
        ("<ul><li><a>Corrections</a><li><a>Reprints and Permissions</a></ul>", False),
        ("<ul><li><a><b>Corrections</b></a><li><a>Reprints and Permissions</a></ul>", False),
        (f"<p>{LONG} This article of the constitution has been amended.</p>", False),
    ],
)
def test_a_remark_and_a_menu_are_no_correction(body: str, note: bool) -> None:
    """A note whose label stands alone is read with it: a remark, or a menu's link, is none."""
    page = f"<title>x</title><h1>Bridge closed</h1>{body}".encode()
    result = extract(page, UTF8, URL)
    checked(page, result)
    assert bool(said(result.claims, "correction")) is note


@pytest.mark.parametrize(
    ("body", "authors"),
    [
        ("<template>{}</template>", []),
        ("<template id=a><template>{}</template>{}</template>", []),
        ("<TEMPLATE><script>'</template>'</script>{}</TEMPLATE>", []),
        ("<template><!-- </template> -->{}</template>", []),
        ("<template>{}", []),
        ("<template></template>{}", ["Joe Roe"]),
        ("</template>{}<template></template>", ["Joe Roe"]),
        ("<!-- <template> -->{}", ["Joe Roe"]),
        ("<script>'<template>'</script>{}", ["Joe Roe"]),
        ('<template shadowrootmode="open">{}</template>', ["Joe Roe"]),
        ('<template shadowrootmode="open"><template>{}</template></template>', []),
        ('<template><template shadowrootmode="open">{}</template></template>', []),
    ],
)
@pytest.mark.parametrize(
    "said_there",
    [
        '<meta name="author" content="Joe Roe">',
        linked({"@type": "NewsArticle", "author": {"name": "Joe Roe"}}),
        "<p class='byline'>Joe Roe</p>",
        '<p itemscope itemtype="https://schema.org/Article"><b itemprop="author">Joe Roe</b></p>',
    ],
)
def test_a_template_claims_nothing(body: str, authors: list[str], said_there: str) -> None:
    """What is inside a template is not shown, and no claim, unless it declares a shadow root."""
    inner = body.replace("{}", said_there)
    page = f"<title>x</title><h1>Bridge closed</h1>{inner}<meta name=date content=2024-05-03>"
    result = extract(page.encode(), UTF8, URL)
    checked(page.encode(), result)
    assert sorted(set(said(result.claims, "author"))) == authors
    for claim in result.claims.about("datePublished"):
        assert "meta" in claim.path
        assert str(page.count("<meta")) in claim.path, "counted with those inside"


HEAD = (
    b"HTTP/1.1 200 OK\r\nDate: Fri, 03 May 2024 10:00:00 GMT\r\n"
    b'last-modified:Thu, 02 May 2024 09:00:00 GMT \r\nETag: W/"a"\r\n'
    b'Link: <https://news.example/a>; rel="canonical", <https://l.example>; rel=license\r\n'
    b"X-Robots-Tag: noarchive\r\nTDM-Reservation: 1\r\nTDM-Policy: https://p.example\r\n"
    b"Memento-Datetime: Fri, 03 May 2024 10:00:00 GMT\r\nServer: x\r\n\r\nDate: not a header"
)


def test_headers() -> None:
    """Header fields are claimed with their bytes in the response block, body left alone."""
    claims = extract(article().encode(), UTF8, URL, head=HEAD).claims
    rows = [c for c in claims if c.signal == "http-header"]
    assert [(c.property, c.value) for c in rows] == [
        ("sdDatePublished", "Fri, 03 May 2024 10:00:00 GMT"),
        ("dateModified", "Thu, 02 May 2024 09:00:00 GMT"),
        ("version", 'W/"a"'),
        ("url", "https://news.example/a"),
        ("license", "https://l.example"),
        ("usageInfo", "noarchive"),
        ("usageInfo", "1"),
        ("usageInfo", "https://p.example"),
        ("contentReferenceTime", "Fri, 03 May 2024 10:00:00 GMT"),
    ]
    for claim in rows:
        start, end = claim.span or (0, 0)
        assert claim.record == "response"
        assert HEAD[start:end].decode() == claim.value
    assert rows[0].normalized == "2024-05-03T10:00:00+00:00"


@given(st.binary(max_size=200))
def test_any_head_and_chain_are_read(noise: bytes) -> None:
    """Neither a damaged head nor a damaged certificate chain raises."""
    chain = b"-----BEGIN CERTIFICATE-----\n" + noise + b"\n-----END CERTIFICATE-----"
    claims = extract(b"", UTF8, URL, head=noise, chain=chain).claims
    assert all(c.record in ("response", "tls") for c in claims)


def certificate(**names: str) -> bytes:
    """A certificate with these subject names, PEM, the same bytes every time."""
    oids = {
        "O": x509.NameOID.ORGANIZATION_NAME,
        "CN": x509.NameOID.COMMON_NAME,
        "C": x509.NameOID.COUNTRY_NAME,
    }
    subject = x509.Name([x509.NameAttribute(oids[k], v) for k, v in names.items()])
    key, now = ec.derive_private_key(7, ec.SECP256R1()), datetime(2024, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(
        subject, subject, key.public_key(), 1, now, now + timedelta(9)
    )
    signed = builder.sign(key, hashes.SHA256(), ecdsa_deterministic=True)
    return signed.public_bytes(serialization.Encoding.PEM)


def test_certificates() -> None:
    """The server's certificate says who its subject is; the others of the chain say nothing."""
    first = certificate(O="Example News GmbH", CN="news.example")
    chain = first + trustme.CA().cert_pem.bytes()
    claims = list(extract(b"", UTF8, URL, chain=chain).claims)
    assert [(c.property, c.value, c.signal, c.record) for c in claims] == [
        ("publisher", "Example News GmbH", "tls", "tls"),
        ("provider", "news.example", "tls", "tls"),
    ]
    assert claims[0].span == (0, len(first) - 1)


@pytest.mark.filterwarnings("error")
def test_any_byte_of_a_certificate_changed() -> None:
    """A certificate with a byte changed claims something or nothing; it never raises or warns."""
    der = ssl.PEM_cert_to_DER_cert(certificate(O="Example News", C="GB").decode())
    for place in range(len(der)):
        for value in (0, 3, 0x13, 0x30, 0x80, 0xFF):
            changed = der[:place] + bytes([value]) + der[place + 1 :]
            claims = read_chain(ssl.DER_cert_to_PEM_cert(changed).encode())
            assert all(claim.record == "tls" for claim in claims)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("names", [{"O": "Example News", "C": "GB"}, {"CN": "news.example"}])
def test_names_of_an_odd_type(names: dict[str, str]) -> None:
    """A certificate whose names are of a type that no name has claims nothing."""
    der = ssl.PEM_cert_to_DER_cert(certificate(**names).decode())
    for value in names.values():
        der = der.replace(
            bytes([12, len(value)]) + value.encode(), bytes([3, len(value)]) + value.encode()
        )
    assert len(read_chain(ssl.DER_cert_to_PEM_cert(der).encode())) == 0


def test_scanned_tags_are_those_of_a_parser() -> None:
    """On a page with quotes, comments and raw text the tags are those that lxml finds."""
    from lxml import html

    page = article(
        head="<meta a='>' b=\">\"><!-- <meta> --><meta/><META x=y><style><meta></style>"
        "<script>'<meta>'</script><textarea><meta></textarea><noscript><meta n=1></noscript>",
        body="<p title='<meta>'></p><svg><title>a</title></svg><time>",
    )
    tags = [tag.name for tag in scan(page.encode())]
    root = html.document_fromstring(page)
    for name in ("meta", "title", "time", "script", "style", "h1", "svg"):
        assert tags.count(name) == len(list(root.iter(name))), name


def test_claims_are_capped_by_signal_and_property() -> None:
    """At most eight claims of one property by one signal are kept, the others counted."""
    claims = found("".join(f'<meta name="dc.title" content="T{n}">' for n in range(20)))
    assert said(claims, "headline", "meta") == [f"T{n}" for n in range(8)]
    assert claims.omitted == 12
    assert Claims((Claim("a", "b", "c", "d"),), 2).after(Claims((), 3)).omitted == 5


def test_character_references_in_json_take_no_name_apart() -> None:
    """The semicolon of ``&#225;`` separates no authors."""
    name = "Se&#225;n O&#39;Brien"
    claims = found(linked({"@type": "NewsArticle", "headline": "h", "author": {"name": name}}))
    assert said(claims, "author", "jsonld") == [name]
    both = found(linked({"@type": "NewsArticle", "headline": "h", "author": f"{name} and Ann Lee"}))
    assert said(both, "author", "jsonld") == [f"{name} and Ann Lee", "Ann Lee"]


@pytest.mark.parametrize("headline", ["Another story", None])
def test_other_storys_authors_are_no_authors(headline: str | None) -> None:
    """A second article in JSON-LD adds authors only where it has no other headline."""
    first = {"@type": "NewsArticle", "headline": "Bridge closed", "author": {"name": "Jane Roe"}}
    second = {"@type": "NewsArticle", "author": {"name": "Ann Lee"}}
    second |= {"headline": headline} if headline else {}
    for head in (linked(first) + linked(second), linked({"@graph": [first, second]})):
        claims = found(head)
        assert said(claims, "author", "jsonld") == ["Jane Roe", "Ann Lee"]
        authors = derive(claims).authors
        assert authors
        assert authors.value == (("Jane Roe",) if headline else ("Jane Roe", "Ann Lee"))


@pytest.mark.parametrize(
    "byline",
    [
        "By Jane Roe<br>Photographs by Max Power",
        "By <a>Jane Roe</a>, Photos by <a>Max Power</a>",
        "By Jane Roe, photos by Max Power",
        "Von Jane Roe<br>Foto: Max Power",
    ],
)
def test_photographers_are_no_authors(byline: str) -> None:
    """Whoever made the pictures is not claimed as author."""
    claims = found(body=f'<p class="byline">{byline}</p>')
    assert said(claims, "author") == ["Jane Roe"]


def test_two_dates_on_one_line_are_two_claims() -> None:
    """Each label goes with its own date."""
    claims = found(body="<p>Published: May 3, 2024 10:00 | Updated: May 4, 2024</p>")
    assert said(claims, "datePublished") == ["May 3, 2024 10:00"]
    assert said(claims, "dateModified") == ["May 4, 2024"]


def test_names_of_languages_and_identifiers_contradict_nothing() -> None:
    """Compared are language tags with tags, and addresses with addresses."""
    claims = found(
        '<meta property="og:locale" content="de_DE"><meta name="language" content="Deutsch">'
        '<link rel="canonical" href="https://news.example/a">'
        '<meta name="dc.identifier" content="urn:uri:4711">'
    )
    assert {"inLanguage", "url"}.isdisjoint(c.property for c in claims.conflicts())


def test_a_zone_in_brackets_is_kept() -> None:
    """It is stated like any other."""
    (claim,) = found('<meta name="date" content="2024-05-03 10:00 (UTC)">').about("datePublished")
    assert claim.normalized == "2024-05-03T10:00+00:00"
