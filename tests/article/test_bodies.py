"""The text of pages that state their article to programs and show it to no reader."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import ClaimsRecord, Extraction, extract
from archive.article.bodies import FAR, LEAST, SCRAPS
from archive.article.bodies.markup import read_markup
from archive.article.bodies.naming import Names
from archive.article.bodies.values import DEEPEST, read_lines
from archive.article.reading.page import complete
from archive.article.suspicion import suspect
from archive.errors import DocumentError
from tests.effort import effort

CASES = Path(__file__).resolve().parents[2] / "fixtures" / "cases" / "text"
HTML = "text/html; charset=utf-8"
URL = "https://news.example/2026/05/ferry-pier-to-close"
TITLE = "Council closes the old ferry pier"
LINES = (
    "The council of Norhaven decided on Tuesday evening to close the old ferry pier.",
    "Residents of the southern islands will have to travel through the new terminal.",
    "“We were not asked,” said Ada Fernsby, who keeps the last shop on the quay.",
    "Repairs are expected to begin in the first weeks of January and to last a year.",
)
TEXT = "".join(f"{line}\n" for line in LINES)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in LINES)
OTHER = "Another story of the day, with words enough to be taken for an article by anybody. " * 4
SHELL = '<div id="root">Loading…</div><script src="/app.js"></script>'


def extracted(scripts: str, shown: str = SHELL, title: str = TITLE) -> Extraction:
    """What is extracted from a page with these scripts that shows this."""
    page = f"<!doctype html><title>{title}</title>{scripts}<body>{shown}</body>"
    return extract(page.encode(), HTML, URL, reading=True)


def stated(body: Any, **members: Any) -> str:
    """A block of JSON-LD with an article."""
    node = {"@type": "NewsArticle", "headline": TITLE, "articleBody": body, **members}
    return linked(node)


def linked(data: Any) -> str:
    """A block of JSON-LD."""
    return f'<script type="application/ld+json">{written(data)}</script>'


def carried(data: Any, opening: str = "window.__STATE__ = ") -> str:
    """A script with data."""
    return f"<script>{opening}{written(data)}</script>"


def written(data: Any) -> str:
    """JSON as it may stand in a script."""
    return json.dumps(data).replace("</", "<\\/")


def in_state(body: Any, **members: Any) -> str:
    """State with an article."""
    return carried({"page": {"article": {"title": TITLE, "body": body, **members}}})


@pytest.mark.parametrize(("name", "source"), [("X20", "state"), ("X20b", "jsonld")])
def test_the_cases_have_their_article_and_keep_their_suspicion(name: str, source: str) -> None:
    """A page drawn by scripts has the text that it states, by its source, and is still a shell."""
    content = (CASES / f"{name}.html").read_bytes()
    found = extract(content, HTML, URL)
    assert (found.outcome, found.source, found.shown_words) == ("ok", source, 0)
    assert len((found.text or "").splitlines()) == 8
    told = suspect(200, (), content, found.shown_words)
    assert told == "script application without text"


STATED = {
    "line feeds, twice": "\n\n".join(LINES),
    "line feeds": "\n".join(LINES),
    "html": PARAGRAPHS,
    "html, escaped": html.escape(PARAGRAPHS),
    "html, escaped twice": html.escape(html.escape(PARAGRAPHS)),
    "html with what is no prose": "<script>f()</script>"
    + PARAGRAPHS.replace(
        "<p>Rep",
        "<figure><img src=x><figcaption>The pier in a storm of last year</figcaption></figure>"
        '<div class="image-caption">Photograph: somebody</div>{{AD}}<p>Rep',
    ),
    "breaks": "<br><br>".join(LINES),
    "a list": list(LINES),
    "a typed value": {"@value": TEXT, "@type": "xsd:string"},
}


@pytest.mark.parametrize("body", STATED.values(), ids=STATED)
def test_every_form_of_a_body_gives_its_paragraphs(body: Any) -> None:
    """`articleBody` as text, as HTML, escaped or not, or as a list is clean paragraphs."""
    if isinstance(body, dict):
        body = [body["@value"]]
    found = extracted(stated(body))
    assert (found.text, found.source) == (TEXT, "jsonld")
    assert [one.speaker for one in found.quotations] == ["Ada Fernsby"]


def text_node(words: str, **members: Any) -> dict[str, Any]:
    """A piece of a line."""
    return {"type": "text", "text": words, **members}


BLOCKS = {
    "typed paragraphs": [{"type": "p", "text": line} for line in LINES],
    "untyped": [{"text": line} for line in LINES],
    "strings": list(LINES),
    "html": PARAGRAPHS,
    "rendered": {"rendered": PARAGRAPHS, "protected": False},
    "elements with html": [{"type": "text", "content": line, "_id": "AB"} for line in LINES],
    "rich text": {
        "nodeType": "document",
        "content": [
            {
                "nodeType": "paragraph",
                "content": [
                    {"nodeType": "text", "value": line[:9], "marks": []},
                    {
                        "nodeType": "hyperlink",
                        "data": {"uri": "https://x.example"},
                        "content": [{"nodeType": "text", "value": line[9:20]}],
                    },
                    {"nodeType": "text", "value": line[20:]},
                ],
            }
            for line in LINES
        ],
    },
    "editor's tree": {
        "type": "doc",
        "content": [
            {
                "type": "paragraph",
                "content": [text_node(line[:15]), text_node(line[15:], marks=[{"type": "bold"}])],
            }
            for line in LINES
        ],
    },
    "spans": [
        {"_type": "block", "children": [{"_type": "span", "text": line}], "style": "normal"}
        for line in LINES
    ],
    "leaves": [
        {"type": "paragraph", "children": [{"text": line[:30]}, {"text": line[30:], "bold": True}]}
        for line in LINES
    ],
    "data": {"time": 1, "blocks": [{"type": "paragraph", "data": {"text": x}} for x in LINES]},
    "sections": {"sections": [{"paragraphs": LINES[:2]}, {"paragraphs": LINES[2:]}]},
    "the same twice": [{"type": "p", "html": f"<p>{x}</p>", "text": x} for x in LINES],
}


@pytest.mark.parametrize("body", BLOCKS.values(), ids=BLOCKS)
def test_every_form_of_blocks_gives_its_paragraphs(body: Any) -> None:
    """State holds bodies as publishing systems write them: a line is a paragraph, whole."""
    found = extracted(in_state(body))
    assert (found.text, found.source) == (TEXT, "state")


ARTICLE = {"headline": TITLE, "content": PARAGRAPHS}
PLACES = {
    "data of a framework": f'<script id="__NEXT_DATA__" type="application/json">'
    f"{written({'props': {'pageProps': {'article': ARTICLE}}})}</script>",
    "an assignment": carried(ARTICLE),
    "an argument": f"<script>push({written({'queries': [{'state': {'data': ARTICLE}}]})})</script>",
    "a string": carried({"data": ARTICLE}, "window.X = JSON.parse(").replace(
        "</script>", ")</script>"
    ),
    "a string in a string": "<script>window.X = JSON.parse("
    f"{written(json.dumps(ARTICLE))})</script>",
    "the body beside the headline": carried({"head": {"title": TITLE}, "body": list(LINES)}),
    "by its address": carried({"slug": "ferry-pier-to-close", "body": list(LINES)}),
}


@pytest.mark.parametrize("scripts", PLACES.values(), ids=PLACES)
def test_state_is_found_wherever_scripts_have_it(scripts: str) -> None:
    """An object that is called as the page is, by headline or address, gives its body."""
    found = extracted(scripts)
    assert (found.text, found.source) == (TEXT, "state")


def test_a_title_with_the_name_of_the_site_is_the_page_s() -> None:
    """What is set off in a title does not keep its article from being known."""
    for title in (f"{TITLE} | The Norhaven Courier", f"The Courier – {TITLE}"):
        assert extracted(in_state(list(LINES)), title=title).source == "state"


STORY = {"@type": "NewsArticle", "headline": "Another story", "articleBody": OTHER}
OURS = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(LINES)}
GRAPHS = {
    "the second of a list": [STORY, OURS],
    "a graph": {"@graph": [{"@type": "WebPage", "name": TITLE}, STORY, OURS]},
    "below the page": {"@type": "WebPage", "mainEntity": OURS, "relatedLink": [STORY]},
    "by its address": [STORY, {**OURS, "headline": "Pier to close", "url": URL}],
    "with comments": {**OURS, "comment": [{"@type": "Comment", "text": OTHER * 9}]},
    "alone, under a headline for search": {**OURS, "headline": "Ferry pier: what we know"},
}


@pytest.mark.parametrize("data", GRAPHS.values(), ids=GRAPHS)
def test_the_body_is_that_of_this_article(data: Any) -> None:
    """Of several nodes it is the one that has the page's headline or address."""
    found = extracted(linked(data))
    assert (found.text, found.source) == (TEXT, "jsonld")


POSTS = {"title": TITLE, "post_stream": {"posts": [{"cooked": PARAGRAPHS}]}}
FORUM = json.dumps({"topic_1": json.dumps(POSTS)})
ELSEWHERE = {
    "two of other headlines": linked([STORY, {**STORY, "headline": "A third"}]),
    "one of another headline and address": linked(
        {**STORY, "url": "https://news.example/2026/05/another-story-of-the-day"}
    ),
    "related": linked({"@type": "WebPage", "isRelatedTo": [STORY], "name": TITLE}),
    "state of another headline": carried({"stories": [{"title": "Another story", "body": OTHER}]}),
    "a comment in state": in_state(None, comments=[{"body": OTHER}]),
    "related in state": in_state(None, related=[{"title": "Another story", "body": OTHER}]),
    "another story among the blocks": in_state(
        [{"type": "card", "title": "Another story", "url": "/x", "text": OTHER}]
    ),
    "a caption": in_state([{"type": "image", "text": OTHER}]),
    "a summary": linked({**OURS, "articleBody": LINES[0]}),
    "no article": linked({"@type": "Product", "name": TITLE, "description": OTHER}),
    "a post of a forum": f"<div id=data-preloaded data-preloaded='{FORUM}'></div>",
}


@pytest.mark.parametrize("scripts", ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_is_not_this_article_is_no_text(scripts: str) -> None:
    """Other stories, comments, captions and summaries never become the text of a page."""
    found = extracted(scripts)
    assert found.source is None
    assert "Another" not in (found.text or "")
    assert LINES[1] not in (found.text or "")


SHOWN = {
    "all of it": f"<article><h1>{TITLE}</h1>{PARAGRAPHS}</article>",
    "a teaser": f"<h1>{TITLE}</h1><p>{LINES[0]}</p><p>Subscribe to read on.</p>",
    "a teaser cut short": f"<p>{LINES[0][:60]}…</p>",
    "a teaser in words of its own": f"<h1>{TITLE}</h1><p>What the closing of a pier means for those"
    " who have lived by it all their lives, and for the islands behind it.</p>",
}


@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN)
def test_a_page_that_shows_any_of_its_article_is_read_as_shown(shown: str) -> None:
    """A teaser of a walled article is what its readers were shown: the rest is not put in."""
    found = extracted(stated("\n".join([*LINES, OTHER])), shown)
    assert found.source is None
    assert OTHER[:40] not in (found.text or "")


UNSHOWN = {
    "nothing": '<div id="root"></div>',
    "a notice": "<noscript>You need to enable JavaScript.</noscript><div>Please wait …</div>",
    "a banner": "<p>We use cookies and similar technologies to improve your experience. By clicking"
    " Accept you agree to our use of cookies.</p><button>Accept</button>",
    "the headline alone": f"<h1>{TITLE}</h1><div>Loading…</div>",
    "a foot": "<footer><p>© 2026 The Norhaven Courier. All rights reserved.</p></footer>",
    "an article that is hidden": f"<div hidden><article>{PARAGRAPHS}</article></div>",
}


@pytest.mark.parametrize("shown", UNSHOWN.values(), ids=UNSHOWN)
def test_scraps_give_way_to_what_the_page_states(shown: str) -> None:
    """Notices, banners and feet are no article."""
    found = extracted(stated("\n".join([*LINES, OTHER])), shown)
    assert (found.text, found.source) == (f"{TEXT}{OTHER.strip()}\n", "jsonld")


@pytest.mark.parametrize("more", [-1, 0])
def test_a_body_counts_from_its_least_size(more: int) -> None:
    """`LEAST` signs are a body, one fewer are not."""
    body = ("word " * LEAST)[: LEAST + more - 1] + "."
    assert extracted(stated(body), "<div></div>").source == ("jsonld" if more == 0 else None)


@pytest.mark.parametrize("more", [0, 1])
def test_scraps_are_far_shorter_than_the_body(more: int) -> None:
    """A text counts as the page's article where the body has not `FAR` times its signs."""
    scraps = "word " * 20 + "end."
    body = ("line " * 200)[: FAR * len(scraps) - more]
    found = extracted(stated(body.strip().ljust(len(body), ".")), f"<p>{scraps}</p>")
    assert found.source == (None if more else "jsonld")


def test_long_texts_are_never_scraps() -> None:
    """A text of more than `SCRAPS` signs stays, however long a body is stated."""
    shown = "".join(f"<p>{n} {OTHER}</p>" for n in range(SCRAPS // len(OTHER) + 2))
    found = extracted(stated("\n".join(LINES) * 99), f"<article>{shown}</article>")
    assert found.source is None


def test_the_fuller_of_two_sources_is_taken() -> None:
    """JSON-LD that states a cut body gives way to the state; where both are whole it is taken."""
    whole, cut = stated("\n".join(LINES)), stated("\n".join(LINES[:2]))
    state = in_state(list(LINES))
    assert extracted(whole + state).source == "jsonld"
    assert (extracted(cut + state).text, extracted(cut + state).source) == (TEXT, "state")


def test_a_text_from_data_is_always_said_to_be() -> None:
    """No way of stating an article in scripts gives a text without its source."""
    for scripts in (*PLACES.values(), *map(linked, GRAPHS.values()), *ELSEWHERE.values()):
        found = extracted(scripts)
        assert found.source is not None or LINES[1] not in (found.text or "")


def test_the_headline_is_left_out_of_a_stated_text_too() -> None:
    """A body that begins with its headline has it as a claim, not as a line."""
    assert extracted(stated("\n".join([TITLE, *LINES]))).text == TEXT


def test_the_record_says_it_and_no_other_record_has_the_member() -> None:
    """`source` is written where the text is not shown, read strictly, and else not there."""
    found = extracted(stated("\n".join(LINES)))
    data = ClaimsRecord.of(found, bytes(32)).to_bytes()
    assert b'"reason":null,"source":"jsonld"' in data
    assert ClaimsRecord.from_bytes(data).source == "jsonld"
    assert ClaimsRecord.from_bytes(data).to_bytes() == data
    shown = ClaimsRecord.of(extracted("", SHOWN["all of it"]), bytes(32)).to_bytes()
    assert b'"source"' not in shown
    assert ClaimsRecord.from_bytes(shown).source is None
    wrong = data.replace(b'"source":"jsonld"', b'"source":"page"')
    none = data.replace(b'"outcome":"ok"', b'"outcome":"none"')
    for bad in (wrong, none, data.replace(b'"source":"jsonld"', b'"source":null')):
        with pytest.raises(DocumentError):
            ClaimsRecord.from_bytes(bad)


def test_the_reading_has_the_stated_text_behind_what_is_shown() -> None:
    """Nothing that the page shows is the article's then, and every line of the text is."""
    found = extracted(stated("\n".join(LINES)))
    assert found.reading is not None
    ours = [block.text for block in found.reading.blocks if block.is_article]
    assert ours == list(LINES)
    again = complete(found.reading, TEXT, is_shown=False)
    assert sum(block.text == LINES[0] for block in again.blocks) == 2


HOSTILE = {
    "deep": '{"a":' * 100_000,
    "deep body": '{"title":' + json.dumps(TITLE) + ',"body":' + "[" * 900 + "]" * 900 + "}",
    "wide": json.dumps({"title": TITLE, "body": [{"text": "x"}] * 60_000}),
    "many": json.dumps([{"title": TITLE, "body": OTHER}] * 2_000),
    "tags": json.dumps({"title": TITLE, "body": "<p>" * 200_000 + OTHER}).replace("<", "\\u003c"),
    "entities": json.dumps({"title": TITLE, "body": "&amp;" * 150_000}),
    "marks": json.dumps({"title": TITLE, "body": "$" * 500_000}),
    "controls": json.dumps({"title": TITLE, "body": "\ud800 \x00\x0b " + OTHER}),
}


@pytest.mark.parametrize("script", HOSTILE.values(), ids=HOSTILE)
def test_hostile_data_is_bounded(script: str) -> None:
    """Whatever scripts hold, an extraction ends with an outcome, and its text can be written."""
    found = extracted(f"<script>window.x = {script}</script>")
    assert found.outcome in ("ok", "none")
    assert ClaimsRecord.of(found, bytes(32)).to_bytes()
    assert "\x00" not in (found.text or "")


NAMES = Names(frozenset(), (), frozenset())
LEAVES = st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=30)
KEYS = st.sampled_from(["type", "text", "content", "children", "body", "title", "url", "x"])
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4)
)


@given(TREES)
@effort(0.5)
def test_any_value_gives_clean_lines(value: Any) -> None:
    """Whatever a body is, its lines have neither line feeds nor white space at their ends."""
    for line in read_lines(value, NAMES):
        assert line == " ".join(line.split()) != ""


@pytest.mark.parametrize("more", [0, 1])
def test_a_body_is_read_to_its_depth(more: int) -> None:
    """A text `DEEPEST` lists down is read, one deeper is not."""
    value: Any = "Words."
    for _ in range(DEEPEST + more):
        value = [value]
    assert read_lines(value, NAMES) == ([] if more else ["Words."])


def test_text_about_tags_is_no_markup() -> None:
    """A sentence that names an element, or has a sign of comparison, stays as it is."""
    for said in ("Use the <p> element.", "a < b and c > d", "AT&T; R&D; 5 &c."):
        assert read_markup(said) == [said]
    assert read_markup("Tom &amp; Jerry &quot;in&quot; town") == ['Tom & Jerry "in" town']
    assert read_markup('$$AD$$\n[gallery ids="1,2"]\n[1] A note.\n$5 for all\n[laughter]') == [
        "[1] A note.",
        "$5 for all",
        "[laughter]",
    ]
