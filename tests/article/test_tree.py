"""The tree of a page is the one that browsers make, where libxml2 makes another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archive.article import tree


def parse(markup: str) -> str:
    """The tree of a page, written out."""
    root = tree.parse(markup)
    assert not isinstance(root, tree.NotHtml)
    return etree.tostring(root, encoding="unicode")


@pytest.mark.parametrize(
    ("markup", "head", "body"),
    [
        (
            "<title>t</title><article><p>a</article>",
            "<title>t</title>",
            "<article><p>a</p></article>",
        ),
        (
            "<html><head><title>t</title><main><p>a</main> end",
            "<title>t</title>",
            "<main><p>a</p></main> end",
        ),
        (
            "<head><title>t</title><header>h</header></head><body><p>b</body>",
            "<title>t</title>",
            "<header>h</header><p>b</p>",
        ),
        (
            '<meta charset="utf-8"><title>t</title><script>1</script><section>a</section><p>b',
            '<meta charset="utf-8"/><title>t</title><script>1</script>',
            "<section>a</section><p>b</p>",
        ),
        ("<head><title>t</title></head><body><p>b", "<title>t</title>", "<p>b</p>"),
    ],
)
def test_an_element_that_is_none_of_a_heads_ends_the_head(
    markup: str, head: str, body: str
) -> None:
    """Tags of head and body may be left out, and minifiers leave them out."""
    assert parse(markup) == f"<html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("behind", "taken"),
    [
        ("<ul><li>x</li></ul>", "<ul><li>x</li></ul>"),
        (" and more", " and more"),
        ("<p>b</p></html><p>c</p>", "<p>b</p><p>c</p>"),
        ("</BODY ><p>b</p></html x>", "<p>b</p>"),
        (
            "<html><head><title>t</title></head><body>two<p>b</p></body></html>",
            "<title>t</title>two<p>b</p>",
        ),
    ],
)
def test_what_stands_behind_the_page_is_the_bodys(behind: str, taken: str) -> None:
    """What follows ``</html>`` is shown at the end of the body, in what is open there."""
    found = parse(f"<html><body><p>a</p></body></html>{behind}")
    assert found == f"<html><body><p>a</p>{taken}</body></html>"
    found = parse(f"<html><body><article><p>a</p></body></html>{behind}</article>")
    assert found == f"<html><body><article><p>a</p>{taken}</article></body></html>"


PIECES: tuple[str, ...] = (
    "<html>",
    "</html>",
    "<head>",
    "</head>",
    "<body>",
    "</body>",
    "<p>",
    "</p>",
)
PIECES += ("<title>t</title>", "<article>", "</article>", "<script>1</script>", "<td>", "&amp;")


@given(st.lists(st.sampled_from([*PIECES, "sea", "pier"]), min_size=1, max_size=12))
def test_no_word_is_lost_whatever_the_tags(pieces: list[str]) -> None:
    """Every word between any tags is in the tree, once."""
    root = tree.parse("<i>a</i>" + " ".join(pieces))
    assert not isinstance(root, tree.NotHtml)
    told = " ".join(root.itertext())
    for word in ("sea", "pier"):
        assert told.count(word) == pieces.count(word)
