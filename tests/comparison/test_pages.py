"""Two pages compared as their readers see them, whatever the extraction made of them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Extraction, extract
from archive.article.reading import Block, Reading
from archive.comparison import Side, compare_sides, read_side
from archive.comparison.result import Comparison
from tests.article.structures import BESIDE, STRUCTURES, UNSHOWN
from tests.article.test_reading import HIDDEN, LINES, SHOWN, STYLES, TAGS, page, paragraphs

KIND = "text/html; charset=utf-8"
URL = "https://news.example/story"
SENTENCE = "The mayor {} the money that was meant for the pier, the county court found on Monday."
TOOK, DENIED = SENTENCE.format("took"), SENTENCE.format("did not take")


def side(content: bytes) -> Side:
    """The side of a page."""
    return read_side(content, KIND, URL, extract(content, KIND, URL))


def compare(before: str, after: str) -> Comparison:
    """Compare two pages that have this between the paragraphs of their article."""
    return compare_sides(side(page(before)), side(page(after)))


@pytest.mark.parametrize("name", sorted(STRUCTURES))
def test_an_edit_is_found_however_it_is_marked_up(name: str) -> None:
    """A word that turns a sentence is one silent change; in controls and navigation beside."""
    found = compare(STRUCTURES[name].format(TOOK), STRUCTURES[name].format(DENIED))
    if name in UNSHOWN:
        assert found.same
        assert not found.beside
    elif name in BESIDE:
        assert found.same
        assert found.beside
    else:
        (change,) = found.changes
        assert "negation" in change.classes
        assert [one.after for one in change.operations][-1] == "did not take"
        assert found.silent
        assert not found.same


ODD_PAGES: dict[str, Callable[[str, str], str]] = {
    "no body": lambda page, inner: page.replace("</head><body>", ""),
    "no tags but the article's": lambda page, inner: re.sub("</?(html|head|body)>", "", page),
    "closed early": lambda page, inner: page.replace(inner, f"</body></html>{inner}"),
    "closed twice": lambda page, inner: page.replace(inner, f"</body></html><html><body>{inner}"),
    "an abrupt comment": lambda page, inner: page.replace(inner, f"<!-->{inner}"),
    "a comment closed oddly": lambda page, inner: page.replace(inner, f"<!-- a --!>{inner}"),
    "a bogus comment": lambda page, inner: page.replace(inner, f"<!- a ->{inner}"),
    "for other browsers": lambda page, inner: page.replace(inner, f"<![if !IE]>{inner}<![endif]>"),
    "an instruction": lambda page, inner: page.replace(inner, f"<?php echo 1 ?>{inner}"),
    "words in a table": lambda page, inner: page.replace(
        inner, f"<table>{inner}<tr><td>x</td></tr></table>"
    ),
    "a script in two": lambda page, inner: page.replace(
        "<title>", "<script>a='</scr'+'ipt>'</script><title>"
    ),
    "a capital tag": lambda page, inner: page.replace(inner, inner.replace("p>", "P>")),
    "a prefixed tag": lambda page, inner: page.replace(inner, inner.replace("p>", "o:p>")),
    "a slash": lambda page, inner: page.replace(inner, inner.replace("<p>", "<p/class=x>")),
    "bare signs": lambda page, inner: page.replace(inner, inner.replace("<p>", "<p>5 < 6 <3 ")),
    "no such tags": lambda page, inner: page.replace(inner, inner.replace("<p>", "<p><1></1>")),
    "only ended": lambda page, inner: page.replace(inner, inner.replace("<p>", "One</p>")),
    "bold without end": lambda page, inner: page.replace(inner, f"<p><b>One{inner}"),
    "a link without end": lambda page, inner: page.replace(inner, f'<p><a href="/x">One{inner}'),
    "references": lambda page, inner: page.replace(inner, inner.replace("e", "&#101;")),
}
"""Whole pages that browsers make something of all the same, and show the sentence."""


@pytest.mark.parametrize("name", ODD_PAGES)
def test_an_edit_is_found_on_a_page_that_is_badly_written(name: str) -> None:
    """Where tags are left out, closed early or broken, an edit is an edit."""
    sides = []
    for sentence in (TOOK, DENIED):
        inner = f"<p>{sentence}</p>"
        sides.append(side(ODD_PAGES[name](page(inner).decode(), inner).encode()))
    found = compare_sides(*sides)
    assert not found.same
    assert "negation" in {name for change in found.changes for name in change.classes}


def test_what_a_text_has_is_compared_though_its_page_does_not_show_it() -> None:
    """Whatever the reading of a page misses, a line of the text that changed is a change."""
    pages = page(""), page("", after="<p>Other.</p>")
    sides = [
        read_side(
            content, KIND, URL, evolve(extract(content, KIND, URL), text=f"- {line}\n| {line} |\n")
        )
        for content, line in zip(pages, (TOOK, DENIED), strict=True)
    ]
    assert "negation" in {n for change in compare_sides(*sides).changes for n in change.classes}


@pytest.mark.parametrize("markup", HIDDEN)
def test_a_paragraph_taken_out_of_sight_was_removed(markup: str) -> None:
    """What HTML or inline style hide on the later page is gone from the article."""
    found = compare(f"<p>{TOOK}</p>", markup.format(TOOK))
    assert [change.classes for change in found.changes] == [("paragraph-removed",)]
    assert found.silent


@pytest.mark.parametrize("markup", SHOWN)
def test_a_paragraph_that_is_still_shown_is_no_change(markup: str) -> None:
    """Classes, attributes and styles that hide nothing are no edit."""
    assert compare(f"<p>{TOOK}</p>", markup.format(TOOK)).same


STRUCK: tuple[str, ...] = ("<del>{}</del>", "<s>{}</s>", "<strike>{}</strike>")
STRUCK += ('<span style="text-decoration: line-through">{}</span>',)


@pytest.mark.parametrize("markup", STRUCK)
def test_striking_out_is_a_change(markup: str) -> None:
    """Words struck out, some or all of a paragraph, are marked, and the change says so."""
    (change,) = compare(f"<p>{TOOK}</p>", f"<p>{markup.format(TOOK)}</p>").changes
    assert change.struck
    assert change.significance == "substantive"
    before = "<p>The repair will cost 14 million crowns.</p>"
    after = f"<p>The repair will cost {markup.format('14')} 41 million crowns.</p>"
    (change,) = compare(before, after).changes
    assert change.struck
    assert "number" in change.classes
    assert [(one.before, one.after) for one in change.operations] == [("14", "~~14~~ 41")]
    assert compare(after, after.replace("<p>", "<p> ")).same


BOXES = (
    "<aside><p>{}</p></aside>",
    '<aside><a href="/x">{}</a></aside>',
    '<div class="teaser"><p>{}</p></div>',
    '<section id="comments"><p>{}</p></section>',
    "<footer><p>{}</p></footer>",
    '<a href="/archive/2">{}</a>',
    "<article><h2>Another story from the coast</h2><p>{}</p></article>",
    "<article><h2>Another story from the coast</h2><div><div><p>{}</p></div></div></article>",
    '<section><h2>More</h2><a href="/x"><h3>Another story</h3></a><p>{}</p></section>',
    "<form><p>{}</p></form>",
)


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("place", range(3))
def test_a_paragraph_moved_out_of_the_article_was_removed(box: str, place: int) -> None:
    """Words that stand beside the article now are gone from it; those that came from it, new."""
    copy = box.format(LINES[3 + place])
    before = page("")
    after = before.replace(f"<p>{LINES[3 + place]}</p>".encode(), b"")
    after = after.replace(b"</main>", f"</main>{copy}".encode())
    found = compare_sides(side(before), side(after))
    assert [(c.classes, c.before) for c in found.changes] == [
        (("paragraph-removed",), LINES[3 + place])
    ]
    if "class=" in box or "id=" in box:  # a page that lost its names had nothing put in
        return
    found = compare_sides(side(after), side(before))
    assert [(c.classes, c.after) for c in found.changes] == [
        (("paragraph-added",), LINES[3 + place])
    ]


@pytest.mark.parametrize(
    "wrap", ["{}", "<div><div>{}</div></div>", "<section><h2>A</h2>{}</section>"]
)
@pytest.mark.parametrize("headed", [False, True])
def test_a_paragraph_that_a_text_lost_was_not_moved(wrap: str, headed: bool) -> None:
    """The last paragraph, in an element of its own or under a heading that was there before."""
    part = f"<section><h2>What comes next</h2>{wrap}</section>" if headed else wrap
    content = page("").replace(b"</article>", f"{part.format(f'<p>{TOOK}</p>')}</article>".encode())
    found = extract(content, KIND, URL)
    lost = evolve(found, text=(found.text or "").replace(f"{TOOK}\n", ""))
    sides = [read_side(content, KIND, URL, one) for one in (found, lost)]
    assert compare_sides(*sides).same
    assert compare_sides(*reversed(sides)).same


def test_a_change_outside_the_text_has_its_places() -> None:
    """A change that the text lacks counts in the reading, and in the bytes where it is unique."""
    before, after = (side(page(f"<aside><p>{line}</p></aside>")) for line in (TOOK, DENIED))
    assert TOOK not in (before.text or "")
    (change,) = compare_sides(before, after).changes
    assert change.part == "reading"
    assert before.reading.text[slice(*change.before_span)] == change.before == TOOK
    assert after.reading.text[slice(*change.after_span)] == change.after == DENIED
    assert after.source is not None
    assert change.after_bytes is not None
    assert after.source[0][slice(*change.after_bytes)].decode() == DENIED
    for operation in change.operations:
        assert before.reading.text[slice(*operation.before_span)] == operation.before
        assert after.reading.text[slice(*operation.after_span)] == operation.after


def test_links_to_other_stories_are_beside_and_other_words_for_one_are_not() -> None:
    """A list that rotates is no change of the article; the same link in other words is one."""
    item = '<li><a href="/s/{0}">A storm hits the island number {0}</a><p>A lead.</p></li>'
    lists = ["".join(item.format(n) for n in numbers) for numbers in ((1, 2, 3), (3, 4, 5))]
    found = compare(*(f"<h3>More</h3><ul>{one}</ul>" for one in lists))
    assert found.same
    assert {change.scope for change in found.beside} == {"page"}
    link = '<p><a href="/report">{} were hurt in the storm, the report says</a></p>'
    (change,) = compare(link.format("Four"), link.format("Nine")).changes
    assert "number" in change.classes
    other = '<p><a href="/other">Where to go on the coast this weekend</a></p>'
    assert compare(link.format("Four"), other).same


def test_class_names_decide_nothing() -> None:
    """Pages that differ in all class names, and in elements around paragraphs, are the same."""
    inner = f'<div class="newsletter"><p>{TOOK}</p></div><p class="teaser">A <b class="x">b</b></p>'
    after = page(inner) + f'<div class="related"><p>{DENIED}</p></div>'.encode()
    renamed = re.sub(rb'class="\w+"', b'class="c1x"', after)
    wrapped = re.sub(rb"<p>(.*?)</p>", rb"<div><p>\1</p></div>", renamed)
    for one in (renamed, wrapped):
        assert compare_sides(side(after), side(one)).same
        assert compare_sides(side(one), side(after)).same


def test_a_page_without_text_that_shows_the_article_is_not_gone() -> None:
    """Where the extraction found nothing but the page shows the article, both are compared."""
    before = side(page(""))
    again = side(page(f"<p>{TOOK}</p>"))
    nothing = evolve(again, text=None, page=_unsaid(again.page), content=None)
    found = compare_sides(before, nothing)
    assert found.state == "compared"
    assert [change.after for change in found.changes] == [TOOK]


def _unsaid(reading: Reading | None) -> Reading:
    assert reading is not None
    return evolve(reading, blocks=tuple(b._replace(said=False) for b in reading.blocks))


def test_past_a_bound_nothing_is_no_change() -> None:
    """What was not read is not said to be the same, and silence is not judged."""
    one = side(page("<p>x</p>" * 20_500))
    two = side(page("<p>x</p>" * 20_600))
    found = compare_sides(one, two)
    assert not found.same
    assert found.past == 20_000
    assert found.silent is None
    assert found.silent_reason == "not compared past block 20,000"
    assert "not compared past it" in found.summary()


def test_silence_is_not_judged_of_what_may_not_be_the_article() -> None:
    """Suspicious, cut and unclosed sides, and other pages, have no verdict but a reason."""
    before, after = side(page(f"<p>{TOOK}</p>")), side(page(f"<p>{DENIED}</p>"))
    assert compare_sides(before, after).silent is True
    for changed, reason in (
        (evolve(after, suspicious="consent wall"), "probably not the article: consent wall"),
        (evolve(after, limitations=frozenset({"cut"})), "was cut off"),
        (evolve(after, limitations=frozenset({"unclosed"})), "may not be whole"),
    ):
        for found in (compare_sides(before, changed), compare_sides(changed, before)):
            assert found.silent is None
            assert reason in (found.silent_reason or "")
    other = paragraphs(*(f"Something else {n} that nobody has ever read here." for n in range(9)))
    walled = page("").replace(paragraphs(*LINES[:3]).encode(), other.encode())
    walled = walled.replace(paragraphs(*LINES[3:]).encode(), b"")
    found = compare_sides(before, side(walled))
    assert (found.silent, found.silent_reason) == (None, "not plainly one article")
    canonical = b'<title>x</title><link rel="canonical" href="https://news.example/story">'
    named = [side(one.replace(b"<title>", canonical + b"<title>")) for one in (page(TOOK), walled)]
    assert compare_sides(*named).silent is True


def test_a_later_date_tells_only_when_it_is_later_in_every_zone() -> None:
    """A date of modification makes an edit told where it is later whatever its zone."""
    stated = '<script type="application/ld+json">{{"@type": "NewsArticle", "dateModified": "{}"}}'

    def dated(line: str, date: str) -> Side:
        head = stated.format(date) + "</script></head>"
        return side(page(f"<p>{line}</p>").replace(b"</head>", head.encode()))

    for old, new, silent in (
        ("2024-05-03T10:00:00+02:00", "2024-05-03T10:01:00+02:00", False),
        ("2024-05-03T10:00:00+02:00", "2024-05-03T09:00:00+02:00", True),
        ("2024-05-03T10:00:00+02:00", "2024-05-03T12:00:00", True),
        ("2024-05-03T10:00:00+02:00", "2024-05-05T12:00:00", False),
        ("2024-05-03T10:00:00", "2024-05-03T12:00:00", False),
        ("2024-05-03", "2024-05-03", True),
        ("2024-05-03", "2024-05-04", False),
    ):
        assert compare_sides(dated(TOOK, old), dated(DENIED, new)).silent is silent, (old, new)


def test_names_and_dates_of_other_stories_are_no_claims_of_the_article() -> None:
    """A date in the mast-head, in a list of stories or in a comment changes nothing."""
    moment = '<time datetime="2024-05-0{}T10:00:00Z">{} May</time>'
    for around in (
        '<ul><li><a href="/{0}">Another story of this day {0}</a>{1}</li>'
        '<li><a href="/x">Yet another story of this day</a></li></ul>',
        '<section id="comments"><p>Nice one. {1}</p></section>',
    ):
        one, two = (page("", after=around.format(n, moment.format(n, n))) for n in (2, 4))
        assert compare_sides(side(one), side(two)).same
    pages = [
        page("").replace(b"<main>", f"<div>May {n}, 2024</div><main>".encode()) for n in (3, 4)
    ]
    assert compare_sides(*map(side, pages)).same


@pytest.mark.parametrize(("mast", "head", "foot"), [("{}", "", ""), ("", "{}", ""), ("", "", "{}")])
def test_a_date_is_the_articles_where_its_head_shows_it(mast: str, head: str, foot: str) -> None:
    """A date in words is the site's in mast-head and foot, the article's under its headline."""
    told = (
        f"<html><body><div>{mast}</div><main><h1>The pier</h1><div>{head}</div>"
        f"<p>{LINES[0]}</p><p>{LINES[1]}</p><p>{TOOK}</p></main>"
        f"<footer><p>{foot}</p></footer></body></html>"
    )
    dates = "Monday, 1 June 2026", "Tuesday, 2 June 2026"
    found = compare_sides(*(side(told.format(date).encode()) for date in dates))
    assert found.same is (head == "")
    assert [change.classes for change in found.changes] == ([("published",)] if head else [])


@pytest.mark.parametrize(
    ("language", "line", "silent"),
    [
        ("de", "Aktualisiert am 5. Juni 2026, 14:05 Uhr", False),
        ("fr", "Mis à jour le 5 juin 2026 à 14h05", False),
        ("es", "Actualizado el 5 de junio de 2026", False),
        ("ru", "Обновлено 5 июня 2026 в 14:05", False),
        ("de", "Aktualisiert am 5. Juni, 14:05 Uhr", False),
        ("de", "Der Rat tagt das nächste Mal am 5. Juni 2026.", True),
        ("fr", "Le conseil se réunit le 5 juin 2026 à 14h05.", True),
    ],
)
def test_a_later_date_in_words_of_any_language_tells(
    language: str, line: str, silent: bool
) -> None:
    """A labelled line of an update that was not there tells of an edit; a date alone does not."""
    told = (
        f'<html lang="{language}"><head><meta property="article:published_time" '
        f'content="2026-06-03"></head><body><main><h1>The pier</h1>{{}}'
        f"<p>{LINES[0]}</p><p>{LINES[1]}</p>{{}}</main></body></html>"
    )
    before, after = told.format("", f"<p>{TOOK}</p>"), told.format(f"<p>{line}</p>", "")
    assert compare_sides(side(before.encode()), side(after.encode())).silent is silent


def test_a_headline_of_several_parts_is_seen() -> None:
    """A changed h1 with parts is a change of the headline though the title for machines stayed."""
    head = b'<meta property="og:title" content="Harbour: Council closes the pier"></head>'
    kicker = "<h1><span>Harbour</span><span>: </span><br><span>Council {} the pier</span></h1>"
    sides = [
        side(
            page("")
            .replace(b"<h1>Council closes the pier</h1>", kicker.format(word).encode())
            .replace(b"</head>", head)
        )
        for word in ("closes", "keeps")
    ]
    (change,) = compare_sides(*sides).changes
    assert (change.classes, change.significance) == (("headline",), "substantive")


trees = st.recursive(
    st.text(max_size=12) | st.sampled_from([*LINES[:2], "_name", "~~", "1,204 views"]),
    lambda inner: st.tuples(
        st.sampled_from(TAGS), st.sampled_from(STYLES), st.lists(inner, max_size=4)
    ).map(lambda made: f'<{made[0]} href=/x style="{made[1]}">{"".join(made[2])}</{made[0]}>'),
    max_leaves=12,
)


@given(trees, trees, st.text(max_size=60), st.text(max_size=60))
def test_any_two_trees_are_compared(one: str, two: str, first: str, second: str) -> None:
    """No two pages, whatever text was extracted, make comparing raise; a page is as itself."""
    sides = [
        read_side(
            f"<html><body><p>{LINES[0]}</p>{tree}</body></html>".encode("utf-8", "replace"),
            KIND,
            URL,
            Extraction(
                "ok", None, f"{LINES[0]}\n{text}\n", extract(b"", None, URL).claims, None, None
            ),
        )
        for tree, text in ((one, first), (two, second))
    ]
    found = compare_sides(*sides)
    assert found == compare_sides(*sides)
    assert compare_sides(sides[0], evolve(sides[0], content=None)).same


def test_words_that_begin_with_an_underscore_are_words() -> None:
    """An edit of such a word is one change, and no error."""
    before = "A reader who writes as @_harbour_watch asked for the whole report at once.\n"
    found = compare_sides(Side(before), Side(before.replace("_harbour", "_pier")))
    (change,) = found.changes
    assert change.classes == ("wording",)
    assert compare_sides(Side("_ __ _1 $_\n"), Side("__ _2 -_\n")).changes


@pytest.mark.parametrize(
    ("markup", "same"),
    [
        ("<aside><h3>In brief</h3><p>{}</p></aside>", False),
        ("<footer><p>{}</p></footer>", False),
        ("<aside><ul><li>{}</li><li>The pier opened in 1911.</li></ul></aside>", False),
        ('<aside><a href="/other">{}</a></aside>', True),
        ('<section class="comments"><p>{}</p></section>', False),
        ('<section class="comments"><a href="/u/1">Anna</a><p>{}</p></section>', True),
        ('<aside class="related-stories"><p>{}</p></aside><nav><p>{}</p></nav>', False),
        ("<nav><p>{}</p></nav>", True),
        ("<aside><form><p>{}</p></form></aside>", True),
    ],
)
def test_asides_and_feet_at_the_end_of_an_article_are_its_own(markup: str, same: bool) -> None:
    """What is in an aside or foot behind the text counts in the element around headline and text.

    Behind that element it does not.
    """
    pages = [
        page("").replace(b"</article>", markup.format(one, one).encode() + b"</article>")
        for one in (TOOK, DENIED)
    ]
    found = compare_sides(*map(side, pages))
    assert found.same is same
    inner = [one.replace(b"<article>", b"<div>").replace(b"</article>", b"</div>") for one in pages]
    assert compare_sides(*map(side, inner)).same is same
    outside = [
        page("").replace(b"</article>", b"</article>" + markup.format(one, one).encode())
        for one in (TOOK, DENIED)
    ]
    assert compare_sides(*map(side, outside)).same


ALSO = [
    ("en", "Read also:", "Snow closes the mountain road", "Mayor opens the library at last"),
    ("en", "READ MORE", "Snow closes the mountain road", "Mayor opens the library at last"),
    ("de", "Lesen Sie auch:", "Schnee sperrt die Straße im Pass", "Neue Bücherei öffnet im Mai"),
    ("fr", "Lire aussi :", "La neige ferme la route du col", "La mairie ouvre sa bibliothèque"),
    ("ru", "Читайте также:", "Снег закрыл дорогу через перевал", "Мэр открыл новую библиотеку"),
    ("tr", "İlgili haberler:", "Kar dağ yolunu yine kapattı", "Belediye yeni kütüphaneyi açtı"),
]


@pytest.mark.parametrize(("language", "label", "one", "two"), ALSO)
def test_a_link_behind_a_label_is_another_story(
    language: str, label: str, one: str, two: str
) -> None:
    """*Read also* with a link comes, goes and changes; other words for one target are a change."""
    markup = f'<p><strong>{label}</strong> <a href="/{{}}">{{}}</a></p>'

    def told(*link: str) -> Side:
        inner = markup.format(*link) if link else ""
        return side(page(inner).replace(b"<html>", f'<html lang="{language}">'.encode()))

    assert compare_sides(told("one", one), told("two", two)).same
    assert compare_sides(told(), told("two", two)).same
    assert compare_sides(told("two", two), told()).same
    assert not compare_sides(told("two", one), told("two", two)).same


@pytest.mark.parametrize(
    "markup",
    [
        '<p>The minister: <a href="/{}">{}</a></p>',
        '<p>Read also: {1} <a href="/{0}">here</a></p>',
        '<p>Read also: <a href="/{}">{}</a> and what he said of the money for the pier.</p>',
        '<p>Read also: <a href="#{}">{}</a></p>',
    ],
)
def test_only_a_label_and_a_link_are_another_story(markup: str) -> None:
    """Where words stand before or behind the link that are no label, the line is the article's."""
    one, two = (page(markup.format(*pair)) for pair in (("a", TOOK), ("b", DENIED)))
    assert not compare_sides(side(one), side(two)).same


@pytest.mark.parametrize(
    ("before", "after", "silent"),
    [
        ("<p>By Jane Doe</p>", '<p><a href="/jane">Jane Doe</a></p>', False),
        ('<p><a href="/jane">Jane Doe</a></p>', "<p>By Jane Doe</p>", False),
        ("<p>By Jane Doe</p>", "", True),
        ("<p>By Jane Doe</p>", '<p><a href="/mary">Mary Roe</a></p>', True),
        ("<p>Jane Doe resigned.</p><p>By Jane Doe</p>", "<p>By Jane Doe</p>", True),
    ],
)
def test_a_byline_that_became_a_link_was_not_taken_out(
    before: str, after: str, silent: bool
) -> None:
    """Where both pages name the author, to machines and on the page, only the link is new."""
    author = b'<meta name="author" content="Jane Doe"></head>'
    heading = b"<h1>Council closes the pier</h1>"
    sides = [
        side(page("").replace(b"</head>", author).replace(heading, heading + line.encode()))
        for line in (before, after)
    ]
    found = compare_sides(*sides)
    assert found.silent is silent
    if not silent:
        assert [change.classes for change in found.changes] == [("link",)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("昨日の火事で14人が死亡した。", "昨日の火事で１４人が死亡した。"),
        ("قتل ١٤ شخصا في الحريق أمس.", "قتل 14 شخصا في الحريق أمس."),
        ("आग में १४ लोगों की मौत हुई।", "आग में 14 लोगों की मौत हुई।"),
    ],
)
def test_a_number_in_digits_of_another_script_is_the_same(before: str, after: str) -> None:
    """Digits are written one plain way before pages are compared; other numbers stay changes."""
    one, two = f"<p>{before}</p>", f"<p>{after}</p>"
    assert compare(one, two).same
    other = after.replace("14", "41").replace("１４", "４１")
    assert "number" in compare(one, f"<p>{other}</p>").changes[0].classes


@pytest.mark.parametrize("name", ["comments", "teaser"])
def test_a_name_that_comes_without_an_element_takes_nothing_out(name: str) -> None:
    """Class names alone move nothing, in either direction; a new element of that name does."""

    def made(beside: str, *more: str) -> Side:
        words = paragraphs(*LINES, *more)
        return side(
            f"<html><head><title>The pier</title></head><body><div><h1>Council closes the pier</h1>"
            f"{words}</div>{beside}</body></html>".encode()
        )

    told = "<p>The county keeps a list of all piers since the year of the great storm.</p>"
    more = "<p>It names eleven of them, and the last was closed nineteen years ago in spring.</p>"
    plain, named = (made(f'<div class="{one}">{told}{more}</div>') for one in ("x1", name))
    assert compare_sides(plain, named).same
    assert compare_sides(named, plain).same
    inside, moved = made("", told[3:-4]), made(f'<div class="{name}">{told}</div>')
    assert not compare_sides(inside, moved).same


def test_pages_of_the_same_words_in_a_row_are_the_same_wherever_the_article_was_found() -> None:
    """Where both have words twice, no region decides which of them is which."""
    twice = paragraphs("Faith (17)", "Fasting (6)", "Fines (9)")
    whole = f"<h1>The pier</h1>{twice}{paragraphs(*LINES)}{twice}"
    sides = []
    for name in ("one", "two"):
        made = side(f'<html><body><div class="{name}">{whole}</div></body></html>'.encode())
        assert made.page is not None
        end = len(made.page.blocks) - 3
        span = range(1, end) if name == "one" else range(end, end + 3)
        sides.append(evolve(made, page=evolve(made.page, blocks=_only(made.page.blocks, span))))
    assert compare_sides(*sides).same
    assert compare_sides(*reversed(sides)).same


def _only(blocks: tuple[Block, ...], span: range) -> tuple[Block, ...]:
    """The blocks of a page of which these alone are the article's."""
    return tuple(
        block._replace(region="article" if at in span else "other")
        for at, block in enumerate(blocks)
    )


@pytest.mark.parametrize("at", [0, 2, len(LINES)])
@pytest.mark.parametrize("element", ["div role=complementary", "aside"])
def test_a_form_around_all_of_a_page_sets_nothing_aside(element: str, at: int) -> None:
    """As servers make them that post every page back: an edit at an edge of the text is seen."""

    def made(sentence: str) -> Side:
        said = f"<{element}><p>{sentence}</p></{element.split()[0]}>"
        words = f"{paragraphs(*LINES[:at])}{said}{paragraphs(*LINES[at:])}"
        return side(
            "<html><head><title>The pier</title></head><body><form method=post action=story>"
            "<nav><a href=/1>Local</a></nav><article><h1>Council closes the pier</h1>"
            f"{words}</article><footer><p>The Courier</p></footer></form></body></html>".encode()
        )

    assert not compare_sides(made(TOOK), made(DENIED)).same
