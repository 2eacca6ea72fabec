"""The stated bounds of a reading, on both sides of each."""

from __future__ import annotations

import random
import string

import pytest

from archive.article import tree
from archive.article.reading import Block, Reading, boxes, embeds, regions, stories
from archive.article.reading.page import MANY, PIECE, PIECES, complete, read_page
from tests.article.test_reading import LINES, URL, page, read, region_of


def letters(size: int, seed: object = 0) -> str:
    """So many small letters, others for each seed."""
    return "".join(random.Random(f"{seed}").choices(string.ascii_lowercase, k=size))


@pytest.mark.parametrize(("size", "listed"), [(boxes.SIGNS, True), (boxes.SIGNS + 1, False)])
def test_a_box_that_asks_for_an_address_has_400_signs(size: int, listed: bool) -> None:
    """Of more it is a part of the page with a form in it."""
    words = letters(size - len("Go"))
    form = '<form><input type="email"><button>Go</button></form>'
    found = read(page(f"<div><p>{words}</p>{form}</div>"))
    assert [block.listed for block in found.blocks if block.text == words] == [listed]


@pytest.mark.parametrize(("count", "listed"), [(boxes.BLOCKS, True), (boxes.BLOCKS + 1, False)])
def test_a_box_that_asks_for_an_address_has_six_blocks(count: int, listed: bool) -> None:
    """With one more it is a part of the page."""
    lines = "".join(f"<p>Line {at}</p>" for at in range(count - 1))
    form = '<form><input type="email"><button>Go</button></form>'
    found = read(page(f"<div>{lines}{form}</div>"))
    assert [block.listed for block in found.blocks if block.text == "Line 0"] == [listed]


@pytest.mark.parametrize(
    ("size", "region"), [(embeds.PROSE, "other"), (embeds.PROSE + 1, "article")]
)
def test_what_stands_beside_the_words_of_an_embed_has_40_signs(size: int, region: str) -> None:
    """A longer block in the same element is the article's; the words of the box are not."""
    words = "Accept cookies to view this content."
    found = read(page(f"<div><div>{words}</div><div>{'z' * size}</div></div>"))
    assert region_of(found, "zzz") == region
    assert region_of(found, words) == "other"


@pytest.mark.parametrize(
    ("size", "region"), [(embeds.PROSE, "other"), (embeds.PROSE + 1, "article")]
)
def test_a_box_that_names_no_content_as_its_own_has_40_signs(size: int, region: str) -> None:
    """A longer sentence about external content tells of it."""
    words = "Accept cookies to see external content"
    text = words + "z" * (size - len(words.replace(" ", "")))
    assert region_of(read(page(f"<div>{text}</div>")), "Accept cookies") == region


def shown(*keys: str) -> Reading:
    """A page that shows these, and something else behind each."""
    return Reading.of_lines("\n".join(line for key in keys for line in (key, "+" * 9)))


def adds(blocks: Reading, line: str) -> bool:
    """Whether a line of the text has to be added to what a page shows."""
    return len(complete(blocks, line).blocks) > len(blocks.blocks)


@pytest.mark.parametrize(("size", "added"), [(MANY, True), (MANY + 1, False)])
def test_a_line_of_more_than_400_signs_may_be_many_blocks(size: int, added: bool) -> None:
    """One of 400 has to be shown in a third of it, in a row."""
    line = letters(size)
    part = size // 3 - 3
    assert adds(shown(*(line[at : at + part] for at in range(0, size, part))), line) is added


@pytest.mark.parametrize(
    ("count", "size", "added"),
    [(8, PIECE, False), (7, PIECE, True), (8, PIECE - 1, True)],
)
def test_two_thirds_of_twelve_pieces_of_40_signs_stand_in_the_page(
    count: int, size: int, added: bool
) -> None:
    """One piece less, or pieces of one sign less, do not show that a line is many blocks."""
    assert 2 * PIECES == 3 * 8
    line = letters(PIECES * 100)
    pieces = [line[at : at + size] for at in range(0, len(line), len(line) // PIECES)]
    assert adds(shown(*pieces[:count]), line) is added


def laid_out(count: int) -> tuple[Block, ...]:
    """The blocks of a page with so many lines between the headline and the element of its text."""
    lines = "".join(f"<p>Line {at}</p>" for at in range(count))
    text = "".join(f"<p>{line}</p>" for line in LINES)
    content = f"<body><h1>A storm</h1>{lines}<article>{text}</article></body>"
    root = tree.parse(content)
    assert not isinstance(root, tree.NotHtml)
    return read_page(root, URL, "\n".join(LINES), ["A storm"]).blocks


@pytest.mark.parametrize(
    ("count", "region"),
    [(regions.MOST_INTRODUCING, "head"), (regions.MOST_INTRODUCING + 1, "other")],
)
def test_sixty_blocks_introduce_a_text(count: int, region: str) -> None:
    """Of more the last sixty do."""
    blocks = laid_out(count)
    assert (blocks[0].headline, blocks[1].text, blocks[1].region) == (True, "Line 0", region)
    assert {block.region for block in blocks[2 : count + 1]} == {"head"}


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        (" ".join("a" * stories.SHORT_WORDS), True),
        (" ".join("a" * (stories.SHORT_WORDS - 1)), False),
        ("x" * stories.SHORT_SIGNS, True),
        ("x" * (stories.SHORT_SIGNS - 1), False),
    ],
)
def test_a_short_headline_has_three_words_or_twelve_signs(words: str, listed: bool) -> None:
    """Beside another story's; what has neither is a button."""
    first = "A storm hits the island"
    inner = f'<div><p><a href="/1">{first}</a></p><p><a href="/2">{words}</a></p></div>'
    found = [block.text for block in read(page(inner)).blocks if block.listed]
    assert found == ([first, words] if listed else [])
