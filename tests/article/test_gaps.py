"""Tests of `archive.article.gaps`: what an extraction drops from among what it keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from archive.article import extract
from archive.article.gaps import ALIKE, PIECE, SHORT, fill
from archive.article.reading.walk import walk
from tests.effort import effort

SENTENCES = [
    "The harbour board met on Tuesday to look again at the plan for the old pier.",
    "Nobody from the ministry came to the meeting, although it had been asked twice.",
    "Members of the board said that they would vote in the second week of the month.",
    "People who sell fish on the quay said that they could not wait for much longer.",
]
LOST = "The repair will cost 14 million euros, the report of the engineers says."


def filled(body: str, kept: list[str]) -> list[str]:
    """The lines of a text after gaps were filled from a page's body."""
    root = html.fromstring(f"<html><body>{body}</body></html>")
    return fill(kept, root, walk(root), [])


def paragraphs(*texts: str) -> str:
    """Texts, each in an element ``p``."""
    return "".join(f"<p>{text}</p>" for text in texts)


def test_a_paragraph_between_kept_ones_is_put_back_in_its_place() -> None:
    """A paragraph that is built like those around it comes back where it stood."""
    body = paragraphs(SENTENCES[0], LOST, *SENTENCES[1:])
    assert filled(body, SENTENCES) == [SENTENCES[0], LOST, *SENTENCES[1:]]


@pytest.mark.parametrize(
    "lost",
    [
        f"<section><div>{LOST}</div></section>",
        f"<p><a href='/other'>{LOST}</a></p>",
        f"<p>{LOST}</p><div><p>{LOST}</p></div>",
        f"<aside><p>{LOST}</p></aside>",
        f"<figure><figcaption>{LOST}</figcaption></figure>",
        "<p>Share this article</p>",
    ],
    ids=["other-path", "linked", "twice", "aside", "caption", "short"],
)
def test_what_is_built_otherwise_stays_out(lost: str) -> None:
    """A block of another path, of links, said twice, beside, or short is not put back."""
    body = paragraphs(*SENTENCES[:2]) + lost + paragraphs(*SENTENCES[2:])
    assert filled(body, SENTENCES) == SENTENCES


@pytest.mark.parametrize(("size", "back"), [(SHORT, True), (SHORT - 1, False)])
def test_a_short_block_is_put_back_from_its_bound_on(size: int, back: bool) -> None:
    """A block of `SHORT` signs is put back, one of fewer is not."""
    body = paragraphs(SENTENCES[0], "x" * size, *SENTENCES[1:])
    assert (len(filled(body, SENTENCES)) > len(SENTENCES)) is back


@pytest.mark.parametrize(("kept", "back"), [(ALIKE, True), (ALIKE - 1, False)])
def test_one_paragraph_shows_no_way_of_building(kept: int, back: bool) -> None:
    """A path counts from `ALIKE` kept paragraphs on; other kept blocks are built otherwise."""
    others = [f"<div>{text}</div>" for text in SENTENCES[kept:]]
    body = paragraphs(*SENTENCES[:1], LOST, *SENTENCES[1:kept]) + "".join(others)
    assert (LOST in filled(body, SENTENCES)) is back


@pytest.mark.parametrize(("linked", "back"), [(0.5, True), (0.6, False)])
def test_more_than_half_in_links_stays_out(linked: float, back: bool) -> None:
    """A block of which half stands in links is put back; one of which more does is not."""
    word = "abcdefghij"
    inside = round(10 * linked)
    lost = f"<a href='/other'>{' '.join([word] * inside)}</a> {' '.join([word] * (10 - inside))}"
    body = paragraphs(SENTENCES[0], lost, *SENTENCES[1:])
    assert (len(filled(body, SENTENCES)) > len(SENTENCES)) is back


def test_a_heading_between_kept_neighbours_is_put_back() -> None:
    """A heading is put back between paragraphs of its element, not between those of others."""
    inside = paragraphs(*SENTENCES[:2]) + "<h2>The vote</h2>" + paragraphs(*SENTENCES[2:])
    assert filled(inside, SENTENCES) == [*SENTENCES[:2], "The vote", *SENTENCES[2:]]
    boxed = paragraphs(*SENTENCES[:2]) + "<div><h2>More</h2></div>" + paragraphs(*SENTENCES[2:])
    assert filled(boxed, SENTENCES) == SENTENCES


def in_pieces(size: int, end: str, count: int) -> tuple[str, list[str]]:
    """A page whose last paragraphs stand in an element of their own, and these."""
    piece = [("n" * number + "word " * size)[: size - len(end)] + end for number in range(count)]
    first = f"<div>{paragraphs(*SENTENCES)}</div>"
    return f"<article>{first}<div>{paragraphs(*piece)}</div></article>", piece


@pytest.mark.parametrize(
    ("size", "end", "count", "back"),
    [
        (2 * PIECE, ".", ALIKE, True),
        (2 * PIECE, "。", ALIKE, True),
        (2 * PIECE, ".", ALIKE - 1, False),
        (2 * PIECE, "", ALIKE, False),
        (PIECE // 2, ".", ALIKE, False),
    ],
    ids=["sentences", "japanese", "alone", "no-sentence", "short"],
)
def test_pieces_of_an_article_are_put_together(size: int, end: str, count: int, back: bool) -> None:
    """Sentences in an element of their own behind the text are its next piece, if two or more."""
    body, piece = in_pieces(size, end, count)
    assert filled(body, SENTENCES) == SENTENCES + (piece if back else [])


def test_items_of_a_list_are_put_back_as_items() -> None:
    """An item that is missing from a list comes back with the dash that lines of lists have."""
    items = "".join(f"<li>{text}</li>" for text in [SENTENCES[0], LOST, *SENTENCES[1:]])
    kept = [f"- {text}" for text in SENTENCES]
    assert filled(f"<ul>{items}</ul>", kept) == [kept[0], f"- {LOST}", *kept[1:]]


def test_linked_paragraphs_of_an_article_are_in_its_text() -> None:
    """Paragraphs with a link, each in an element of its own, which trafilatura drops, are read."""
    lost = "The repair will cost <a href='/r'>14 million euros</a>, the engineers' report says."
    long = "".join(f"<div><p>{text} {text}</p></div>" for text in SENTENCES[1:])
    page = f"<body><article><div><p>{SENTENCES[0]}</p></div><div><p>{lost}</p></div>{long}"
    found = extract(page.encode(), "text/html", "https://news.example/a").text or ""
    assert "14 million" in found


@effort(0.5)
@given(
    st.lists(st.sampled_from(["p", "div", "li", "h2", "aside"]), max_size=12),
    st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_nothing_that_was_kept_is_lost_or_moved(tags: list[str], kept: list[bool]) -> None:
    """Whatever a page is built of, kept lines stay, in their order, and no block comes twice."""
    blocks = [f"Paragraph number {number} of a page made by hand." for number in range(len(tags))]
    body = "".join(f"<{tag}>{text}</{tag}>" for tag, text in zip(tags, blocks, strict=True))
    lines = [text for text, is_kept in zip(blocks, kept, strict=False) if is_kept]
    found = filled(f"<div>{body}</div>", lines)
    assert [line for line in found if line in lines] == lines
    assert len(set(found)) == len(found)
    assert [blocks.index(line.removeprefix("- ")) for line in found] == sorted(
        blocks.index(line.removeprefix("- ")) for line in found
    )


AROUND = "".join(f"<p>{line}</p>" for line in SENTENCES[:2]), SENTENCES[2]
CARRIED = {
    "a list": ("<ul><li>The first point of it.</li><li>The second point.</li></ul>", 2),
    "a list of short links": (
        '<ul><li><a href="/1">Python</a></li><li><a href="/2">.NET</a></li></ul>',
        2,
    ),
    "one link": ('<ul><li><a href="/1">The table of the league</a></li></ul>', 0),
    "other stories": (
        "".join(
            f'<ul><li><a href="/{n}">Council of Norhaven closes the old pier for good {n}</a></li>'
            "</ul>"
            for n in range(3)
        ),
        0,
    ),
    "text of a div": (f"<div>{LOST}<div>{LOST} Twice.</div></div>", 2),
    "a label": ("<div>Advertisement</div>", 0),
    "a caption": (f"<div><img src=x><span>{LOST}</span></div>", 0),
}


@pytest.mark.parametrize(("lost", "count"), CARRIED.values(), ids=CARRIED)
@pytest.mark.parametrize("around", ["article", "div", "body"])
def test_what_stands_among_paragraphs_is_put_back(lost: str, count: int, around: str) -> None:
    """Lists and sentences of divs between two paragraphs are the article's, captions are not."""
    body = f"<{around}>{AROUND[0]}{lost}<p>{AROUND[1]}</p></{around}>"
    found = filled(body, [*SENTENCES[:2], SENTENCES[2]])
    assert len(found) == 3 + count
    assert found[-1] == SENTENCES[2]


def test_a_list_elsewhere_stays_out() -> None:
    """A list in another element than the paragraphs around it is not put back."""
    inside = "<section><ul><li>The first point of it.</li><li>The second point.</li></ul></section>"
    body = f"<article>{AROUND[0]}{inside}<p>{AROUND[1]}</p></article>"
    assert len(filled(body, list(SENTENCES[:3]))) == 3


@pytest.mark.parametrize(
    ("name", "count"), [("X9", 4), ("X10", 10), ("X11", 7), ("S9", 8), ("X36", 8), ("S8c", 8)]
)
def test_cases_have_every_line(name: str, count: int) -> None:
    """Pages of which lines were once lost have all of them."""
    folder = Path(__file__).resolve().parents[2] / "fixtures" / "cases" / "text"
    found = extract((folder / f"{name}.html").read_bytes(), "text/html", "https://news.example/a")
    assert len((found.text or "").splitlines()) == count
