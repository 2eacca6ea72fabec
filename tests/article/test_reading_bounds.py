"""The stated bounds of a reading, on both sides of each."""

from __future__ import annotations

import random
import string

import pytest
from lxml.etree import SubElement
from lxml.html import document_fromstring

from archive.article import tree
from archive.article.reading import Block, Reading, apart, boxes, embeds, regions, stored, stories
from archive.article.reading.page import MANY, PIECE, PIECES, complete, read_page
from archive.article.reading.stored import write_reading
from archive.article.reading.walk import DEEPEST, LONGEST, walk
from archive.errors import DocumentError
from tests.article.test_reading import LINES, SENTENCE, URL, ending, page, read, region_of


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


def laid_out(count: int, title: str = "A storm") -> tuple[Block, ...]:
    """The blocks of a page with so many lines between the headline and the element of its text."""
    lines = "".join(f"<p>Line {at}</p>" for at in range(count))
    text = "".join(f"<p>{line}</p>" for line in LINES)
    content = f"<body><h1>A storm</h1>{lines}<article>{text}</article></body>"
    root = tree.parse(content)
    assert not isinstance(root, tree.NotHtml)
    return read_page(root, URL, "\n".join(LINES), [title]).blocks


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


def stories_of(*items: str) -> list[bool]:
    """Whether each of some items that begin with a headline of a story is one of a list."""
    link = '<a href="/{}">A storm hits the island number {}</a>'
    inner = "".join(
        f"<div>{item.format(link.format(at, at))}</div>" for at, item in enumerate(items)
    )
    found = read(page(f"<section>{inner}</section>")).blocks
    return [block.listed for block in found if "A storm" in block.text]


@pytest.mark.parametrize(("size", "listed"), [(stories.BESIDE, True), (stories.BESIDE + 1, False)])
def test_beside_its_link_an_item_has_320_signs(size: int, listed: bool) -> None:
    """With more it is a paragraph with a link."""
    assert stories_of("{}", f"{{}}<p>{'x' * size}</p>") == [listed] * 2


@pytest.mark.parametrize(
    ("words", "listed"),
    [("a " * (stories.DATE - 1) + "5", True), ("a " * stories.DATE + "5", False)],
)
def test_a_date_beside_a_headline_has_four_words(words: str, listed: bool) -> None:
    """With more the block is a sentence with a link in it."""
    assert stories_of("<p>{}</p>", f"<p>{{}} {words}</p>") == [listed] * 2


@pytest.mark.parametrize(("count", "listed"), [(stories.BLOCKS - 1, True), (stories.BLOCKS, False)])
def test_an_item_has_six_blocks(count: int, listed: bool) -> None:
    """The headline is one of them."""
    assert stories_of("{}", "{}" + "<p>Ada</p>" * count) == [listed] * 2


@pytest.mark.parametrize(
    ("count", "region"), [(apart.DATES, "comments"), (apart.DATES - 1, "article")]
)
def test_comments_have_two_dates(count: int, region: str) -> None:
    """With one an element may be called so and hold a part of the article."""
    dates = "<p>4 May</p>" * count
    found = ending("article", f'<div class="comments">{dates}<p>{SENTENCE}</p></div>')
    assert region_of(found, SENTENCE[:40]) == region


@pytest.mark.parametrize(
    ("count", "region"), [(embeds.BLOCKS - 1, "other"), (embeds.BLOCKS, "article")]
)
def test_what_stands_for_an_embed_has_six_blocks(count: int, region: str) -> None:
    """Where more stand in one element, the words alone are the box."""
    words = "Accept cookies to view this content."
    found = read(page(f"<div><div>{words}</div>{'<div>zzz</div>' * count}</div>"))
    assert region_of(found, "zzz") == region
    assert region_of(found, words) == "other"


@pytest.mark.parametrize(("size", "told"), [(regions.SHORT + 1, True), (regions.SHORT, False)])
def test_a_title_that_is_part_of_a_block_has_more_than_12_signs(size: int, told: bool) -> None:
    """Nor is a block of 12 a headline that is a smaller part of a title."""
    short = letters(size)
    assert regions._is_title(f"more {short}", [short]) is told
    assert regions._is_title(short, [short + letters(size + 1, "more")]) is told
    assert regions._is_title(short, [short])


@pytest.mark.parametrize(("count", "headline"), [(regions.NEAR - 1, True), (regions.NEAR, False)])
def test_an_h1_that_is_no_title_stands_12_blocks_before_the_text(
    count: int, headline: bool
) -> None:
    """Further up it is the name of the site."""
    assert laid_out(count, "Another storm")[0].headline is headline


@pytest.mark.parametrize(("size", "said"), [(regions.LONG + 1, True), (regions.LONG, False)])
def test_a_block_of_more_than_40_signs_is_said_inside_a_line(size: int, said: bool) -> None:
    """A shorter one may stand in another's words by chance."""
    words = letters(size)
    content = f"<body><article><p>{LINES[0]}</p><p>{words}</p></article></body>"
    root = tree.parse(content)
    assert not isinstance(root, tree.NotHtml)
    found = read_page(root, URL, f"{LINES[0]}\nbefore {words} behind\n").blocks
    assert [block.said for block in found] == [True, said]


@pytest.mark.parametrize(("more", "complete"), [(0, True), (1, False)])
def test_a_page_is_read_to_its_five_millionth_sign(more: int, complete: bool) -> None:
    """A block that ends behind it is not read, and the reading says so."""
    root = document_fromstring("<body><p></p><p>x</p></body>")
    root[0][0].text = "y" * (LONGEST - 1 + more)
    assert walk(root).complete is complete


@pytest.mark.parametrize(("depth", "complete"), [(DEEPEST - 1, True), (DEEPEST, False)])
def test_a_page_that_ends_2000_elements_deep_is_not_whole(depth: int, complete: bool) -> None:
    """The parser stopped there."""
    root = inner = document_fromstring("<body></body>")
    for _ in range(depth - 1):
        inner = SubElement(inner if inner is not root else root[0], "div")
    inner.text = "x"
    assert walk(root).complete is complete


def test_a_stored_reading_has_64_million_bytes() -> None:
    """One of more is not even parsed."""
    start, end = write_reading(Reading(()))[:-1], b"]"
    spaces = stored.LARGEST - len(start) - len(end)
    assert stored.parse_reading(start + b" " * spaces + end) == Reading(())
    with pytest.raises(DocumentError):
        stored.parse_reading(start + b" " * (spaces + 1) + end)
