"""Equal digests of readings say that nothing changed; and how much of an article a text has."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Extraction, extract
from archive.article.reading import held_share
from archive.comparison import Side, compare_sides, read_side, reading_digest
from tests.article.test_reading import LINES, page
from tests.comparison.test_pages import DENIED, KIND, TOOK, URL, side
from tests.effort import effort

inners = st.lists(
    st.sampled_from(
        [
            f"<p>{TOOK}</p>",
            f"<p>{DENIED}</p>",
            f"<aside><p>{TOOK}</p></aside>",
            "<p>1,204 views</p>",
            '<p><a href="/x">Here</a> it is, and there is more of it to come.</p>',
            '<p><a href="/y">Here</a> it is, and there is more of it to come.</p>',
        ]
    ),
    max_size=2,
).map("".join)


@effort(0.3)
@given(inners, inners)
def test_equal_digests_mean_that_nothing_changed(one: str, two: str) -> None:
    """Two pages with one digest compare as the same, and a page has its own."""
    before, after = side(page(one)), side(page(two))
    if reading_digest(before) == reading_digest(after):
        assert compare_sides(before, after).same
    assert reading_digest(before) == reading_digest(side(page(one)))


def test_what_a_comparison_finds_another_digest_tells() -> None:
    """An edit, one that only the reading shows, a link and a claim change the digest."""
    link = '<p><a href="{}">Here</a> it is.</p>'
    meta = b'<meta name="author" content="%b"></head>'
    for one, two in (
        (page(f"<p>{TOOK}</p>"), page(f"<p>{DENIED}</p>")),
        (page(f"<aside><p>{TOOK}</p></aside>"), page(f"<aside><p>{DENIED}</p></aside>")),
        (page(link.format("/x")), page(link.format("/y"))),
        tuple(page("").replace(b"</head>", meta % name) for name in (b"Ada Ray", b"Bo Ek")),
    ):
        assert reading_digest(side(one)) != reading_digest(side(two))
    beside = page("").replace(b"<footer>", b"<footer><p>More</p>")
    assert reading_digest(side(page(""))) == reading_digest(side(beside))


def test_without_a_whole_article_there_is_no_digest() -> None:
    """A page without a text, and one past the bound, have no digest that could say *the same*."""
    assert reading_digest(Side(None)) is None
    assert reading_digest(side(page("<p>x</p>" * 20_500))) is None
    assert reading_digest(Side("A text known alone.\n")) is not None


def test_the_share_of_an_article_that_a_text_has() -> None:
    """A text that lacks one of six paragraphs has about five sixths; a whole one has all."""
    content = page("")
    found = extract(content, KIND, URL)
    text = found.text or ""
    whole = side(content)
    assert whole.page is not None
    assert held_share(whole.page, text) == 1
    lines = text.replace(f"{LINES[4]}\n", "")
    lacking: Extraction = evolve(found, text=lines)
    part = read_side(content, KIND, URL, lacking)
    assert part.page is not None
    assert 0.75 < (held_share(part.page, lines) or 0) < 0.9
    assert held_share(evolve(part.page, blocks=()), lines) is None


def test_what_only_a_header_field_says_leaves_the_digest() -> None:
    """A server's Last-Modified is new for every page made anew; no comparison looks at it."""
    sides = []
    for hour in (b"10", b"11"):
        head = b"HTTP/1.1 200 OK\r\nLast-Modified: Mon, 30 Nov 2026 %b:00:00 GMT\r\n\r\n" % hour
        sides.append(read_side(page(""), KIND, URL, extract(page(""), KIND, URL, head=head)))
    assert sides[0].claims != sides[1].claims
    assert reading_digest(sides[0]) == reading_digest(sides[1])
    changed = [evolve(one, content=None) for one in sides]
    assert compare_sides(*changed) == compare_sides(changed[0], changed[0])
