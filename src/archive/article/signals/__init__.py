"""Every claim that a page, its response's head and its server's certificate make.

One module a kind of place::

    table         the signals: who reads them, what they state, in which order they are taken
    source        the bytes as searched; from places in them to places in the content
    tags          start tags and the places of their attributes' values, in one pass
    located       JSON with places
    terms         which names say what
    finder        collects claims, limits them, reads each value from its bytes
    page          meta, link, title, h1, html
    anchor        where the article begins, and what stands beside it
    times         time elements
    jsonld        JSON-LD
    microdata     microdata
    state         embedded application state
    templates     how languages word something, as patterns
    sentences     those that say that an article was changed
    notes         what a correction note is
    corrections   where a page prints them
    visible       bylines, datelines, agency credits, copyright lines
    header        HTTP header fields
    certificate   TLS certificate
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from archive.article.claims import Claims, Place
from archive.article.signals.table import SIGNALS

__all__ = ["around", "find"]


def find(content: bytes, encoding: str, text: str) -> Claims:
    """The claims in a page, in the order of the table: tags, embedded data, what a reader sees.

    Args:
        content: the page's bytes, content coding undone.
        encoding: by which they were decoded.
        text: the characters.
    """
    from archive.article.signals import finder, page, source  # load what parses pages

    whole = source.Source.of(content, encoding, text)
    parsed = page.Page.of(whole)
    found = finder.Finder(whole, page.language_of(parsed))
    for read in _readers("content"):
        read(parsed, found)
    return Claims(found.claims(), found.omitted)


def around(head: bytes | None, chain: bytes | None) -> Claims:
    """The claims beside the page: in the response's head and in the certificate.

    Args:
        head: the response block or its head, or None.
        chain: certificates in PEM, or None.
    """
    found = Claims()
    beside: tuple[tuple[Place, bytes | None], ...] = (("response", head), ("tls", chain))
    for record, data in beside:
        for read in _readers(record) if data else ():
            found = read(data).after(found)
    return found


@cache
def _readers(record: Place) -> tuple[Callable[..., Any], ...]:
    """The readers of the signals in one record, each once, in the order of the table."""
    named = dict.fromkeys(name for row in SIGNALS if row.record == record for name in row.readers)
    return tuple(_load(name) for name in named)


def _load(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(".")
    found: Callable[..., Any] = getattr(import_module(f"{__name__}.{module}"), function)
    return found
