"""Opinion pages say *comment* of their article, and real comments stay out."""

from __future__ import annotations

import pytest

from archive.article import extract

TITLE = "We need the pier"
LINES = tuple(
    f"Paragraph {n} of an opinion about the old ferry pier, with words enough to be read as one."
    for n in range(1, 7)
)
BODY = "".join(f"<p>{line}</p>" for line in LINES)
REMARK = "I do not agree with a word of this, and I have lived on the quay for sixty years, friend."


def text(inner: str, title: str = f"<h1>{TITLE}</h1>") -> str:
    """The text of a page with this in its body."""
    page = f"<html><head><title>{TITLE}</title></head><body>{title}{inner}</body></html>"
    return extract(page.encode(), "text/html", "https://news.example/a").text or ""


def remarks(name: str, count: int) -> str:
    """So many readers' comments in elements of a name."""
    one = f'<div class="{name}"><span class="comment-author">Jon</span><p>{REMARK}</p></div>'
    return f'<div class="{name}-all">{one * count}</div>'


OWN = {
    "article and body": f'<article class="comment"><h1>{TITLE}</h1><div class="comment-body">{BODY}'
    "</div></article>",
    "body alone": f'<div class="comment-body">{BODY}</div>',
    "a section by its id": f'<section id="comment-is-free"><h1>{TITLE}</h1>{BODY}</section>',
    "an upper-case name": f'<div class="Comment__Article"><h1>{TITLE}</h1>{BODY}</div>',
    "two, one in the other": f'<section class="comment"><div class="comment-text">{BODY}</div>'
    "</section>",
}


@pytest.mark.parametrize("inner", OWN.values(), ids=OWN)
@pytest.mark.parametrize("below", ["", remarks("comment", 3), f'<ul id="comments">{REMARK}</ul>'])
def test_the_article_is_read_whatever_its_elements_are_called(inner: str, below: str) -> None:
    """All paragraphs of the piece are the text, and no comment below it."""
    title = "" if "<h1>" in inner else f"<h1>{TITLE}</h1>"
    found = text(f"{inner}{below}", title)
    assert found == "".join(f"{line}\n" for line in LINES)


READERS = {
    "behind an article": f"<article>{BODY}</article>{{}}",
    "in an article": f"<article>{BODY}{{}}</article>",
    "behind prose in other elements": f"<div><div>{LINES[0]}</div></div>{BODY}{{}}",
}
CALLED = {
    "one": f'<div class="comment-body"><p>{REMARK}</p><p>{REMARK}</p></div>',
    "three": remarks("comment", 3),
    "a list": f'<div id="comments"><div class="comment-text"><p>{REMARK}</p></div></div>',
    "a section": f'<section class="article-comments"><p>{REMARK}</p><p>{REMARK}</p></section>',
}


@pytest.mark.parametrize("page", READERS.values(), ids=READERS)
@pytest.mark.parametrize("called", CALLED.values(), ids=CALLED)
def test_what_readers_wrote_stays_out(page: str, called: str) -> None:
    """Comments behind an article are none of it, one or many."""
    found = text(page.format(called))
    assert REMARK not in found
    assert LINES[5] in found


@pytest.mark.parametrize("called", [CALLED["three"], CALLED["a list"], CALLED["a section"]])
def test_comments_alone_are_no_article(called: str) -> None:
    """A page that has comments and nothing else has no text from a list of them."""
    assert REMARK not in text(called)
