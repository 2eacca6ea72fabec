"""The article's text: trafilatura on the parsed tree, with rules of ours before and after.

``as-shown``: what a browser does not show is taken out before, and what raised, struck, quoted and
formula markup says is written out (`archive.article.shown`). Joiners, which Persian words and
many emoji are written with, are kept: trafilatura would drop them.

``own-comment``: an opinion piece whose own elements are called comments loses these names
(`archive.article.opinions`).

``no-messages``: what a form says that sends the article on is taken out
(`archive.article.messages`).

``layout-tables``: tables that only lay a page out are made of ``div`` while trafilatura reads
(`archive.article.tables`).

``short-text``: trafilatura's precision mode sometimes keeps a caption and drops the article. Where
its text is under a quarter as long as that of the default mode, the default's is taken. The default
mode costs as much again, so it is run only where the page has long paragraphs enough for that,
comments aside.

``gaps-filled``: paragraphs that it dropped from among those that it kept are put back
(`archive.article.gaps`).

``title-line``: a line among the first four that is one of the headlines is left out. It is no part
of the article's text, and it stays a claim.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import trafilatura
from lxml import etree
from trafilatura import xpaths

from archive.article.bodies import SCRAPS, TextSource
from archive.article.bodies.finding import find_body
from archive.article.claims import Claims, folded
from archive.article.decoding import Decoded
from archive.article.engine import OPTIONS
from archive.article.gaps import fill
from archive.article.messages import take_out
from archive.article.opinions import clear_names
from archive.article.signals.source import Source
from archive.article.tables import laid_flat

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.html import HtmlElement

    from archive.article.reading.walk import Walk

__all__ = ["drop_textless", "find_text", "has_joiners", "or_stated"]

_FIRST = 4
"""Among how many lines a headline is looked for."""

_PART = 4
"""A text shorter than one part in so many of the other is too short."""

_LONG = 60
"""A paragraph of so many characters is no list of links."""

_FAR = 12
"""In how many elements around a paragraph it is looked for that it is a comment or a link."""


_JOINERS = ("\u200c", "\u200d")
_REFERENCE = re.compile(r"&(?:zwn?j\b|#0*820[45]\b|#[xX]0*200[cCdD]\b)")
_STAND_INS = "ꞏꟷᚙᚚꔀꔁꕀꕁ"
"""Letters that hardly any page has: while trafilatura reads, two of them stand for the joiners."""
_PRELOADED = etree.XPath("descendant::*[@data-preloaded]")
_JOINED = etree.XPath("descendant::text()[contains(., '\u200c') or contains(., '\u200d')]")


def has_joiners(page: str) -> bool:
    """Whether a decoded page may have zero-width joiners or non-joiners."""
    return any(sign in page for sign in _JOINERS) or _REFERENCE.search(page) is not None


def find_text(
    root: HtmlElement, url: str, claims: Claims, blocks: Walk | None, *, joined: bool = False
) -> str:
    """The paragraphs of the article, stripped, one a line; empty where there are none.

    Args:
        root: the page's tree, which loses what has no text; trafilatura works on a copy.
        url: the page's URL.
        claims: what the page says about itself, for its headlines.
        blocks: the page cut into blocks, to fill gaps from.
        joined: whether there may be zero-width joiners in it.
    """
    drop_textless(root)
    titles = [claim.line() for claim in claims.about("headline")]
    if blocks is not None:
        clear_names(root, blocks, titles)
        gone = take_out(root, blocks)
    restored = _replace_joiners(root) if joined else {}
    with laid_flat(root):
        lines = _find_lines(root, url)
    if restored:
        lines = [line.translate(restored) for line in lines]
    if lines and blocks is not None:
        lines = fill(lines, root, blocks, titles, gone)
    return _write(lines, claims)


def or_stated(
    found: str, content: bytes, page: Decoded, url: str, claims: Claims, blocks: Walk | None
) -> tuple[str, TextSource | None]:
    """The text, and where it stands: where nothing or scraps were found, what the page states.

    Args:
        found: what was extracted from what the page shows.
        content: the page's bytes.
        page: the page.
        url: its URL.
        claims: what it says about itself.
        blocks: what it shows.
    """
    if blocks is None or len(found) > SCRAPS:
        return found, None
    whole = Source.of(content, page.encoding, page.text)
    body = find_body(whole, page.text, url, claims, blocks, found)
    return (found, None) if body is None else (_write(body.lines, claims), body.source)


def _write(lines: Sequence[str], claims: Claims) -> str:
    """A text of paragraphs, without those among the first that are headlines."""
    known = {folded(claim.line()) for claim in claims.about("headline")}
    kept = [line for line in lines[:_FIRST] if folded(line) not in known] + [*lines[_FIRST:]]
    text = "".join(f"{line}\n" for line in kept)
    text.encode()
    return text


def _replace_joiners(root: HtmlElement) -> dict[int, str]:
    """Put letters that the page has not in the place of joiners; and how to undo it."""
    nodes: Any = _JOINED(root)
    if not nodes:
        return {}
    page = "".join(root.itertext())
    free = [letter for letter in _STAND_INS if letter not in page]
    if len(free) < len(_JOINERS):
        return {}
    table = {ord(joiner): letter for joiner, letter in zip(_JOINERS, free, strict=False)}
    for node in nodes:
        element = node.getparent()
        setattr(element, "tail" if node.is_tail else "text", node.translate(table))
    return {ord(letter): chr(joiner) for joiner, letter in table.items()}


def _find_lines(root: HtmlElement, url: str) -> list[str]:
    """The lines of the precision mode, or of the default where those are far too few."""
    lines = _lines(root, url, precise=True)
    if _has_more(root, _PART * sum(map(len, lines))):
        fuller = _lines(root, url, precise=False)
        if _PART * sum(map(len, lines)) < sum(map(len, fuller)):
            return fuller
    return lines


def _lines(root: HtmlElement, url: str, *, precise: bool) -> list[str]:
    options = {**OPTIONS, "favor_precision": precise}
    document = _trafilatura()(root, url=url, **options)
    lines = (line.strip() for line in (document.text or "").split("\n")) if document else ()
    return [line for line in lines if line]


def drop_textless(root: HtmlElement) -> None:
    """Leave out what has no text and what trafilatura would copy and search several times.

    That is scripts and styles, what the head links to and says of the page, and the lines of
    drawings, where they are empty: one that is never closed holds all that follows. Data goes too,
    in scripts and where forums keep their posts for their scripts (``data-preloaded``): trafilatura
    takes articles out of both, and says nothing of it. `archive.article.bodies` does, and says so.
    """
    for script in root.iter("script"):
        script.tag = "style"
    for line in root.iter("path", "use"):
        if not len(line) and not line.text:
            line.tag = "style"
    etree.strip_elements(root, "style", with_tail=False)
    preloaded: Any = _PRELOADED(root)
    for element in preloaded:
        del element.attrib["data-preloaded"]
    for head in root.iterchildren("head"):
        etree.strip_elements(head, "link", "meta", with_tail=False)


def _has_more(root: HtmlElement, least: int) -> bool:
    """Whether long paragraphs that do not stand beside have more characters than this."""
    long = [(p, size) for p in root.iter("p") if (size := sum(map(len, p.itertext()))) >= _LONG]
    if sum(size for _, size in long) <= least:
        return False
    return sum(size for p, size in long if not _is_beside(p)) > least


def _is_beside(element: HtmlElement) -> bool:
    """Whether an element around this one is called a comment, or is a link to another page."""
    around = islice(element.iterancestors(), _FAR)
    return any(
        "comment" in f"{e.get('class')} {e.get('id')}".lower()
        or (e.tag == "a" and e.get("href") is not None)
        for e in around
    )


@cache
def _trafilatura() -> Callable[..., Any]:
    """Trafilatura, silent: what it logs is in the outcome."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    for expressions in vars(xpaths).values():
        if isinstance(expressions, list):
            expressions[:] = map(_with_plain_strings, expressions)
    return trafilatura.bare_extraction


def _with_plain_strings(expression: Any) -> Any:
    """A path expression that does the same and spares lxml a twentieth of an extraction.

    By default each value of an attribute that is compared becomes a string that knows its element.
    None of trafilatura's expressions gives a string, so nobody asks for that.
    """
    if not isinstance(expression, etree.XPath):
        return expression
    return etree.XPath(
        expression.path,
        namespaces={"re": "http://exslt.org/regular-expressions"},
        smart_strings=False,
    )
