"""Every claim that a page, its response's head and its server's certificate make.

One module a kind of place::

    source        the bytes as searched; from places in them to places in the content
    tags          start tags and the places of their attributes' values, in one pass
    located       JSON with places
    terms         which names say what
    finder        collects claims, limits them, reads each value from its bytes
    page          meta, link, title, h1, time, html
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
    own           trafilatura's own metadata
"""

from __future__ import annotations

from archive.article.claims import Claims
from archive.article.signals.certificate import read_chain
from archive.article.signals.finder import Finder
from archive.article.signals.header import read_head
from archive.article.signals.jsonld import read_jsonld
from archive.article.signals.microdata import read_microdata
from archive.article.signals.own import read_own
from archive.article.signals.page import Page, read_tags
from archive.article.signals.source import Source
from archive.article.signals.state import read_state
from archive.article.signals.visible import read_visible

__all__ = ["around", "find", "read_own"]


def find(content: bytes, encoding: str, text: str) -> Claims:
    """The claims in a page, tags first, then embedded data, then what a reader sees.

    Args:
        content: the page's bytes, content coding undone.
        encoding: by which they were decoded.
        text: the characters.
    """
    source = Source.of(content, encoding, text)
    page, finder = Page.of(source), Finder(source)
    read_tags(page, finder)
    read_jsonld(page, finder)
    read_microdata(page, finder)
    read_state(page, finder)
    read_visible(page, finder)
    return Claims(finder.claims(), finder.omitted)


def around(head: bytes | None, chain: bytes | None) -> Claims:
    """The claims beside the page: in the response's head and in the certificate.

    Args:
        head: the response block or its head, or None.
        chain: certificates in PEM, or None.
    """
    entries, omitted = read_head(head) if head else ((), 0)
    return Claims((*entries, *(read_chain(chain) if chain else ())), omitted)
