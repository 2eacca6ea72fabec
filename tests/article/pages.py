"""Pages for these tests: some made by hand, and the shared corpora."""

from __future__ import annotations

import gzip
import html
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from archive.article import Extraction, extract
from tests.places import shared

__all__ = [
    "STORED",
    "URL",
    "article",
    "attribution",
    "extracted",
    "fold",
    "news",
    "truths",
]


URL = "https://news.example/story"

STORED = "text/html; charset=utf-8"
"""The corpora's content type: they were stored as UTF-8, whatever the pages declare."""

_SENTENCE = "The council said on Tuesday that the old bridge over the river would be closed. "


def article(
    title: str = "Bridge closed", *, head: str = "", body: str = "", paragraphs: int = 4
) -> str:
    """A small news page with an h1 and some paragraphs that an extractor finds."""
    text = "".join(f"<p>{number}. {_SENTENCE * 4}</p>" for number in range(1, paragraphs + 1))
    return (
        f"<!DOCTYPE html><html><head><title>{title} | Example News</title>{head}</head>"
        f"<body><nav>Home</nav><main><article><h1>{title}</h1>{text}{body}</article></main>"
        f"</body></html>"
    )


def news() -> Iterator[tuple[str, bytes]]:
    """The 181 real news pages, name and bytes."""
    for path in sorted(shared("corpus/pages/news/html").glob("*.gz")):
        yield path.name, gzip.decompress(path.read_bytes())


def attribution() -> Iterator[tuple[str, bytes]]:
    """The 114 real news pages with known title, name and bytes."""
    for path in sorted(shared("corpus/pages/attribution").glob("*.html.gz")):
        yield path.name, gzip.decompress(path.read_bytes())


def truths() -> dict[str, dict[str, str]]:
    """What is known of the 114 pages, by name."""
    known: dict[str, dict[str, str]] = json.loads(
        shared("corpus/pages/attribution/truth.json").read_bytes()
    )
    return known


@cache
def extracted() -> dict[str, Extraction]:
    """Both corpora, each page extracted once for all tests of a process."""
    shared("corpus/pages")
    pages = [*news(), *attribution()]
    return {name: extract(content, STORED, URL) for name, content in pages}


def fold(text: str) -> str:
    """How titles are scored: everything typographic alike, nothing else."""
    text = unicodedata.normalize("NFC", html.unescape(html.unescape(text)))
    text = re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", text)
    for alike, plain in (("[“”„«»]", '"'), ("[‘’‚`´]", "'"), ("[‐‑–—−]", "-"), ("…", "...")):
        text = re.sub(alike, plain, text)
    return " ".join(text.split()).casefold()
