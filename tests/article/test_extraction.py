"""Tests of `archive.article.extraction` and what it stands on: tree, signals, engine."""

from __future__ import annotations

import html
import json
import logging
import random
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Extractor, extract, extraction, extractor, tree
from archive.article import text as article_text
from archive.article.claims import folded
from archive.article.engine import OPTIONS
from archive.errors import DocumentError
from tests.article.pages import STORED, URL, article, attribution, extracted, news
from tests.effort import effort

HTML = "text/html; charset=utf-8"


def test_a_page_gives_text_and_claims() -> None:
    """An ordinary page gives its paragraphs one a line, its claims, its decoding."""
    result = extract(article().encode(), HTML, URL)
    assert result.outcome == "ok"
    assert result.reason is None
    assert result.text is not None
    lines = result.text.split("\n")
    assert lines.pop() == ""
    assert [line[:2] for line in lines[-4:]] == ["1.", "2.", "3.", "4."]
    assert all(line and line == line.strip() for line in lines)
    assert result.record == result.text.encode()
    assert [(c.signal, c.value) for c in result.claims] == [
        ("title", "Bridge closed | Example News"),
        ("visible-text", "Bridge closed"),
    ]
    assert result.claims[1].path == "(//h1)[1]"
    assert result.decoding is not None
    assert (result.decoding.encoding, result.decoding.rule) == ("utf-8", "http")
    assert result.extractor == extractor()


def test_claims_are_verbatim_and_limited() -> None:
    """Values keep inner white space and lose markup and scripts; at most eight of a signal."""
    body = "".join(f"<h1>\n A &amp;\n <b>b{n}</b><script>x</script>\t</h1>" for n in range(20))
    head = (
        "<meta name='OG:Title' content=' Tom &quot;T&quot; &#x1F600; '>"
        "<meta property=og:title content=''><meta property=og:site_name content=Example>"
    )
    result = extract(article("Short", head=head, body=body).encode(), HTML, URL)
    headlines = result.claims.about("headline")
    values = {s: [c for c in headlines if c.signal == s] for s in ("visible-text", "opengraph")}
    assert [c.value for c in values["opengraph"]] == ['Tom "T" 😀']
    assert len(values["visible-text"]) == 8
    second = values["visible-text"][1]
    assert (second.value, second.normalized, second.line()) == ("A &\n b0", "A & b0", "A & b0")


def test_titles_of_pictures_and_huge_titles_are_not_claims() -> None:
    """A title inside svg is no title of the page; a value over 4,096 characters is left out."""
    body = "<svg><title>Search</title></svg><h1>" + "x" * 5000 + "</h1>"
    result = extract(article(body=body).encode(), HTML, URL)
    assert [c.value for c in result.claims] == ["Bridge closed | Example News", "Bridge closed"]


@pytest.mark.parametrize(
    ("content", "content_type", "reason"),
    [
        (b"", None, "empty"),
        (b" \r\n\t", HTML, "empty"),
        (b"%PDF-1.7 <html>", HTML, "not HTML: PDF"),
        (b"\x89PNG\r\n\x1a\n", HTML, "not HTML: an image"),
        (b"\x1f\x8b\x08\x00", HTML, "not HTML: compressed"),
        (b'{"a": "<p>b</p>"}', HTML, "not HTML: JSON"),
        (b'{"a": 1}', "application/json", "not HTML: declared as application/json"),
        (b"<p>source</p>", "text/css", "not HTML: declared as text/css"),
        (b"just words", HTML, "not HTML: no tags"),
        (b"<?xml version='1.0'?><rss><p>a</p></rss>", "text/xml", "not HTML: XML"),
        (b"<!-- nothing -->", HTML, "empty"),
        (b"<div><img></div>", HTML, "no article text found"),
    ],
)
def test_no_text_has_a_reason(content: bytes, content_type: str | None, reason: str) -> None:
    """What has no article text has the outcome none and says why."""
    result = extract(content, content_type, URL)
    assert (result.outcome, result.reason, result.text) == ("none", reason, None)
    assert result.record is None
    assert result.article is None


def test_a_page_without_text_keeps_its_claims() -> None:
    """Where only the text is missing, the title is still claimed."""
    result = extract(b"<title>Gone</title><img>", HTML, URL)
    assert result.outcome == "none"
    assert [c.value for c in result.claims] == ["Gone"]


def test_too_large_is_not_parsed() -> None:
    """More than the largest size is an outcome of its own."""
    result = extract(b"<p>" + b"a" * extraction.LARGEST, HTML, URL)
    assert (result.outcome, result.reason) == ("too-large", "more than 20000000 bytes")


@pytest.mark.parametrize("error", [RecursionError, MemoryError, ValueError])
def test_a_crash_is_an_outcome(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the extractor raises, the outcome names it and the claims stay."""

    def broken(*_: object, **__: object) -> None:
        raise error("at 0x7f00")

    monkeypatch.setattr(article_text, "_trafilatura", lambda: broken)
    result = extract(article().encode(), HTML, URL)
    assert (result.outcome, result.reason) == ("crash", f"{error.__name__} in trafilatura")
    assert len(result.claims) == 2


def test_deep_nesting_ends_in_an_outcome() -> None:
    """5,000 nested elements give an outcome; 1,000 give the text."""
    text = article().split("<article>")[1].split("</article>")[0]
    for depth, outcomes in ((900, {"ok"}), (5000, {"ok", "none", "crash"})):
        page = "<html><body>" + "<div>" * depth + text + "</div>" * depth
        assert extract(page.encode(), HTML, URL).outcome in outcomes


def test_nul_and_control_characters_do_not_stop_extraction() -> None:
    """Characters that XML cannot hold, raw or as references, cost nothing but themselves."""
    for odd in ("\0", "\x01", "\x0b", "\ufffe", "&#0;", "&#1;", "&#x1F;", "&#xFFFF;", "&#xD800;"):
        result = extract(article("A" + odd + "B", body=f"<p>{odd}</p>").encode(), HTML, URL)
        assert result.outcome == "ok", odd
        value = result.claims[1].value
        assert value in ("AB", "A\ufffdB", html.unescape("A" + odd + "B")), odd
    both = extract(article("A&#9;&#65;&#x41;&#128512;B").encode(), HTML, URL)
    assert both.claims[1].value == "A\tAA😀B"


def test_wrong_declarations_give_an_outcome() -> None:
    """Invalid UTF-8 keeps its readable part; UTF-16 claimed by the header is believed."""
    broken = article().encode().replace(b"bridge", b"br\xffidge")
    result = extract(broken, HTML, URL)
    assert result.outcome == "ok"
    assert "br\ufffdidge" in (result.text or "")
    lied = extract(article().encode(), "text/html; charset=utf-16", URL)
    assert lied.outcome == "none"
    assert lied.decoding is not None
    assert (lied.decoding.encoding, lied.decoding.rule) == ("utf-16le", "http")
    meta = article(head="<meta charset=utf-16>").encode()
    assert extract(meta, None, URL).outcome == "ok"
    real = b"\xff\xfe" + article().encode("utf-16le")
    assert extract(real, HTML, URL).text == extract(article().encode(), HTML, URL).text


def test_closed_html_element_is_opened() -> None:
    """`<html … />` in the first line does not hide the page."""
    page = article().replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml"  />')
    assert extract(page.encode(), HTML, URL).outcome == "ok"


def test_real_pages_are_extracted() -> None:
    """Every page gives a text; only one, an application's shell, has it from its state."""
    assert {result.outcome for result in extracted().values()} == {"ok"}
    unshown = {name: r.source for name, r in extracted().items() if r.source is not None}
    assert unshown == {"kr-HankookIlbo_2026_01_29.html.gz": "state"}


def test_real_pages_give_the_same_again() -> None:
    """A page's result does not depend on what was extracted before it."""
    pages = [*news(), *attribution()]
    random.Random(7).shuffle(pages)
    for name, content in pages[:60]:
        assert extract(content, STORED, URL) == extracted()[name], name


def test_same_text_as_trafilatura_gives_alone() -> None:
    """Our parse and rules take out headlines alone; what they put back moves no line."""
    changed = 0
    pages = dict(list(news())[::6])
    for name, expected in run_alone(pages, precise=True).items():
        found = (extracted()[name].text or "").splitlines()
        headlines = {folded(c.line()) for c in extracted()[name].claims.about("headline")}
        changed += found != expected
        kept = [ln for at, ln in enumerate(expected) if at >= 4 or folded(ln) not in headlines]
        rest = iter(found)
        assert all(line in rest for line in kept), name
    assert changed < 20


def test_what_is_left_out_beforehand_changes_no_text_of_the_default_mode() -> None:
    """Scripts, styles, a head's links and lxml's smart strings make no difference there either."""
    pages = dict([*news(), *attribution()][3::12])
    for name, expected in run_alone(pages, precise=False).items():
        root = tree.parse(pages[name].decode("utf-8", "replace"))
        assert not isinstance(root, tree.NotHtml)
        article_text.drop_textless(root)
        assert article_text._lines(root, URL, precise=False) == expected, name


def run_alone(pages: dict[str, bytes], *, precise: bool) -> dict[str, list[str]]:
    """The lines that trafilatura finds in pages, in a process where nothing of ours is loaded."""
    code = """
import json, sys, trafilatura
pages, options = json.load(sys.stdin)
found = {name: trafilatura.bare_extraction(page, **options) for name, page in pages.items()}
json.dump({name: document.text for name, document in found.items()}, sys.stdout)
"""
    given = [
        {name: page.decode("utf-8", "replace") for name, page in pages.items()},
        {**OPTIONS, "favor_precision": precise},
    ]
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, check=False, input=json.dumps(given), text=True, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    lines = {
        name: [line.strip() for line in (text or "").split("\n")]
        for name, text in json.loads(done.stdout).items()
    }
    return {name: [line for line in found if line] for name, found in lines.items()}


@pytest.mark.parametrize("kind", ["application/ld+json", "Application/LD+JSON; charset=utf-8"])
def test_scripts_and_styles_change_no_text(kind: str) -> None:
    """Code between words, and data with an article in it, leave the text as it is without them."""
    import trafilatura

    lines = [f"Sentence {n} of a story that is long enough to be one, and no list." for n in "abc"]
    story = f'{{"@type":"NewsArticle","articleBody":"{" ".join(lines * 9)}"}}'
    words = "".join(
        f"<p>{line[:30]}<script>f()</script>{line[30:]}<style>p{{}}</style> More.</p>"
        for line in lines * 4
    )
    data = f'<script type="{kind}">{story}</script>'
    alone: Any = trafilatura.bare_extraction(
        f"<html><body><article>{words}</article></body></html>", **dict[str, Any](OPTIONS)
    )
    page = f"<html><body>{data}<article>{words}</article></body></html>"
    found = extract(page.encode(), HTML, URL)
    assert ((found.text or "").strip(), found.source) == (alone.text.strip(), None)
    shell = extract(f"<html><body>{data}<div>Wait.</div></body></html>".encode(), HTML, URL)
    assert shell.source == "jsonld"


@pytest.mark.parametrize("opened", ["<path d='M0 0'>", "<use href='#icon'>", "<svg><path d='M0'>"])
def test_an_unclosed_line_of_a_drawing_takes_no_text_with_it(opened: str) -> None:
    """An article after a drawing's line that is never closed keeps its text."""
    lines = [f"Sentence {n} of a story that is long enough to be one, and no list." for n in "abc"]
    story = "".join(f"<p>{line}</p>" for line in lines * 4)
    page = f"<html><body>{opened}<article>{story}</article></body></html>"
    assert (extract(page.encode(), HTML, URL).text or "").split("\n")[:3] == lines


@given(st.binary(max_size=300), st.sampled_from([None, "text/html", "text/html; charset=utf-16"]))
@effort(0.6)
def test_any_bytes_give_an_outcome(content: bytes, content_type: str | None) -> None:
    """Arbitrary bytes never raise, and the same bytes give the same twice."""
    result = extract(content, content_type, URL)
    assert result.outcome in ("ok", "none", "crash")
    assert (result.text is None) == (result.outcome != "ok") == (result.reason is not None)
    assert extract(content, content_type, URL) == result


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table>",
                "<td>",
                "<h1>",
                "</h1>",
                "<title>",
                "<b",
                ">",
                "&#1;",
                "\0",
                "<article>",
                "</div>",
                "Some words of a text that goes on. " * 6,
                "\u2028",
                "<!--",
                "<svg>",
                "<meta property=og:title content='",
                "'>",
                "&amp;",
                "<html/>",
                "<ul><li>",
            ]
        ),
        max_size=40,
    )
)
@effort(0.6)
def test_any_tag_soup_gives_an_outcome(pieces: list[str]) -> None:
    """Mixtures of tags and text never crash; a text's lines are stripped and not empty."""
    result = extract("".join(pieces).encode(), "text/html", URL)
    assert result.outcome in ("ok", "none")
    if result.text is not None:
        assert result.text.endswith("\n")
        assert all(line and line == line.strip() for line in result.text[:-1].split("\n"))


def test_extraction_is_silent(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing that trafilatura says reaches the log; it is in the outcome."""
    with caplog.at_level(logging.DEBUG):
        result = extract(b"<div><img></div>", HTML, URL)
    assert result.outcome == "none"
    assert caplog.records == []


def test_importing_the_room_is_cheap() -> None:
    """Neither lxml nor trafilatura is loaded before something is extracted."""
    heavy = "{'lxml', 'lxml.etree', 'trafilatura', 'justext', 'importlib.metadata'}"
    code = f"import sys, archive.article; print(sorted({heavy} & set(sys.modules)))"
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, capture_output=True, check=True).stdout == b"[]\n"


def test_naming_the_extractor_does_not_load_it() -> None:
    """`extractor()` knows version, options and foundations without importing trafilatura."""
    code = (
        "import sys; from archive.article import extractor; e = extractor(); "
        "print(e.id, sorted(e.built_on), 'trafilatura' in sys.modules)"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert output.startswith(b"trafilatura/2.")
    assert output.split()[0].endswith(b"+short-text+gaps-filled+title-line+stated-body")
    assert output.endswith(b"['justext', 'libxml2', 'lxml', 'python'] False\n")


def test_extractors_are_equal_by_name_version_and_options() -> None:
    """What it stands on does not make another extractor; an option does."""
    ours = extractor()
    elsewhere = Extractor(ours.name, ours.version, dict(ours.options), {"lxml": "0"})
    assert (elsewhere == ours, hash(elsewhere) == hash(ours)) == (True, True)
    assert Extractor(ours.name, ours.version, {**OPTIONS, "fast": True}, {}) != ours
    assert Extractor(ours.name, "1", OPTIONS, {}) != ours
    assert Extractor.from_json(ours.to_json()) == ours


@pytest.mark.parametrize(
    "members",
    [
        "trafilatura",
        {"name": "t", "version": 2, "options": {}, "built_on": {}},
        {"name": "t", "version": "2", "options": [], "built_on": {}},
        {"name": "t", "version": "2", "options": {}, "built_on": {"lxml": 6}},
    ],
)
def test_malformed_extractor_is_refused(members: object) -> None:
    """A recorded extractor with missing or wrong members is a clear error."""
    with pytest.raises(DocumentError):
        Extractor.from_json(members)
