"""Which body that a page states is the text of its article, if any is."""

from __future__ import annotations

from archive.article.bodies import FAR, FULLER, LEAST, Body
from archive.article.bodies.carried import find_carried
from archive.article.bodies.naming import Names
from archive.article.bodies.showing import measure_told, shows_article
from archive.article.bodies.stated import find_stated
from archive.article.claims import Claims
from archive.article.reading.walk import Walk
from archive.article.signals.page import Page
from archive.article.signals.source import Source
from archive.article.suspicion.counting import count
from archive.article.suspicion.shown import look

__all__ = ["find_body"]


def find_body(
    whole: Source, page: str, url: str, claims: Claims, blocks: Walk, text: str
) -> Body | None:
    """The body of this page's article, where the page shows neither it nor a beginning of it.

    Args:
        whole: the page as it is searched.
        page: decoded.
        url: the page's URL.
        claims: what the page says about itself.
        blocks: what it shows.
        text: what was extracted from that.
    """
    parsed = Page.of(whole)
    names = Names.of(claims, url)
    stated = Body("jsonld", tuple(find_stated(parsed, names)))
    carried = Body("state", tuple(find_carried(parsed, names)))
    best = carried if carried.size > FULLER * stated.size else stated
    if best.size < LEAST:
        return None
    counted = count(look(page))
    if best.size < FAR * measure_told(text, counted):
        return None
    return None if shows_article(counted, blocks, claims, best.lines) else best
