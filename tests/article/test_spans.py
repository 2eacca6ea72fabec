"""Every claim taken from a page points at the bytes that say it."""

from __future__ import annotations

import html
import json
import re

import pytest
import webencodings  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Claim, Extraction, extract
from tests.article.pages import STORED, URL, article, attribution, extracted, news
from tests.effort import effort

_MARKUP = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def squeezed(text: str) -> str:
    """A text without any white space."""
    return "".join(text.split())


def json_read(text: str) -> str:
    """JSON escapes resolved as far as there are any."""
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text


def says(content: bytes, claim: Claim, encoding: str = "utf-8") -> bool:
    """Whether the bytes at a claim's span hold its value, references and escapes resolved."""
    assert claim.span is not None
    start, end = claim.span
    codec = webencodings.lookup(encoding).codec_info
    raw = codec.decode(content[start:end], "replace")[0]
    bare = _MARKUP.sub("", raw)
    readings = [raw, html.unescape(raw), html.unescape(bare), json_read(raw)]
    readings.append(json_read(json_read(raw)))
    wanted = squeezed(claim.value)
    if any(wanted in squeezed(reading) for reading in readings):
        return True
    is_in_parts = (claim.signal, claim.property, claim.strength) == ("jsonld", "author", "parsed")
    return is_in_parts and all(word in raw for word in claim.value.split())


def checked(content: bytes, result: Extraction, encoding: str = "utf-8") -> int:
    """How many claims were checked; all must be true."""
    for claim in result.claims:
        assert claim.record == "content"
        assert claim.span is not None, claim
        assert 0 <= claim.span[0] < claim.span[1] <= len(content)
        assert says(content, claim, encoding), claim
    return len(result.claims)


def test_spans_of_real_pages_are_true() -> None:
    """On 295 real pages every claim has a span, and the bytes there contain its value."""
    count = sum(checked(content, extracted()[name]) for name, content in [*news(), *attribution()])
    assert count > 7000


def test_most_spans_are_exact() -> None:
    """A value of a meta element, link or time is exactly its bytes, references resolved."""
    for name, content in attribution():
        for claim in extracted()[name].claims:
            if claim.signal in ("meta", "opengraph", "link") and claim.strength == "stated":
                start, end = claim.span or (0, 0)
                raw = content[start:end].decode("utf-8", "replace")
                assert html.unescape(raw).strip() == claim.value, (name, claim)


HEAD = (
    '<meta name="author" content="山田 太郎"><meta property="og:title" content="橋の閉鎖 表示">'
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"橋の閉鎖 ソ表",'
    '"author":{"@type":"Person","name":"能登 花子"},"datePublished":"2024-05-03T10:00:00+09:00"}'
    "</script>"
)


@pytest.mark.parametrize(
    ("label", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16le", b"\xff\xfe"),
        ("utf-16be", b"\xfe\xff"),
        ("shift_jis", b""),
        ("euc-jp", b""),
        ("iso-2022-jp", b""),
        ("gb18030", b""),
        ("big5", b""),
    ],
)
def test_spans_are_true_in_every_encoding(label: str, mark: bytes) -> None:
    """In encodings that use ASCII bytes inside characters the spans are right all the same."""
    page = article("橋の閉鎖", head=HEAD)
    if label == "big5":
        page = (
            page.replace("閉鎖", "橋樑")
            .replace("の", "之")
            .replace("ソ", "蓋")
            .replace("表示", "功")
        )
    content = mark + webencodings.lookup(label).codec_info.encode(page)[0]
    result = extract(content, f"text/html; charset={label}", URL)
    assert result.decoding is not None
    assert result.decoding.encoding == label
    assert checked(content, result, label) >= 6
    assert {"author", "headline", "datePublished"} <= {c.property for c in result.claims}
    for claim in result.claims:
        if claim.property == "author":
            start, end = claim.span or (0, 0)
            assert (
                webencodings.lookup(label).codec_info.decode(content[start:end])[0] == claim.value
            )


def test_spans_in_windows_1252_and_invalid_utf8() -> None:
    """Single bytes and bytes that are no UTF-8 do not move the spans behind them."""
    page = article("Caf\xe9 \x93closed\x94", head='<meta name=author content="Ren\xe9 Dubois">')
    content = page.encode("latin-1")
    assert checked(content, extract(content, "text/html; charset=windows-1252", URL), "latin1") > 2
    broken = extract(content, "text/html; charset=utf-8", URL)
    for claim in broken.claims:
        assert says(content, claim), claim


def test_a_wide_encoding_that_does_not_come_back_has_true_spans_or_none() -> None:
    """Where a page in a wide encoding is damaged, a span is right or absent."""
    content = article("橋の閉鎖", head=HEAD).encode("shift_jis") + b"\x81"
    result = extract(content, "text/html; charset=shift_jis", URL)
    assert len(result.claims) > 4
    assert all(c.span is None or says(content, c, "shift_jis") for c in result.claims)
    wide = b"\xff\xfe" + article(head=HEAD).encode("utf-16le") + b"\x00\xd8a"
    claims = extract(wide, None, URL).claims
    assert len(claims) > 4
    assert all(c.span is None or says(wide, c, "utf-16le") for c in claims)


PIECES = [
    "<meta name=author content='",
    '<meta property="og:title" content="',
    "<h1>",
    "</h1>",
    "<b>",
    "'>",
    '">',
    ">",
    "<title>",
    "</title>",
    "<!--",
    "-->",
    "&amp;",
    "&#x27;",
    "&copy;",
    "© 2024 Example",
    '<script type="application/ld+json">',
    '{"@type":"Article","headline":"',
    '","author":["',
    '"]}',
    "\\u00e9",
    "\\",
    "</script>",
    "Jane Doe",
    "By ",
    "<time datetime=2024-05-03T10:00Z>",
    "<p class=byline>",
    "</p>",
    "\x00",
    "\n",
    "é",
    "<svg>",
    "<div itemscope itemtype=https://schema.org/Article>",
    "<span itemprop=author>",
    "</span>",
    "<link rel=canonical href=",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@effort(1.5)
def test_spans_of_any_tag_soup_are_true(pieces: list[str]) -> None:
    """Whatever the mixture of tags and text, a claim's bytes say what it says."""
    content = "".join(pieces).encode()
    for claim in extract(content, STORED, URL).claims:
        assert claim.span is not None
        assert says(content, claim), claim
