"""The pages that are measured on: the shared corpora beside the checkout."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
from pathlib import Path
from typing import Any

__all__ = ["PAIRS", "STORED", "attribution", "body", "first_half", "news", "pair"]

STORED = "text/html; charset=utf-8"
"""The pages' content type: they were stored as UTF-8, whatever they declare."""

PAIRS = (
    "falsepos-footer",
    "falsepos-num-views",
    "falsepos-small-changes",
    "truepos-dataset-removal",
    "truepos-image-removal",
    "truepos-major-changes",
)
"""The labelled pairs of pages of US government sites."""

SEED = 20261122
_NAMED = os.environ.get("ARTICLE_ARCHIVE_SHARED")
_SHARED = Path(_NAMED) if _NAMED else Path(__file__).resolve().parents[2] / "shared"
_PAGES = _SHARED / "corpus" / "pages"


def attribution() -> list[tuple[str, bytes, dict[str, Any]]]:
    """The 114 pages with known attribution: name, bytes, truth."""
    truths = json.loads((_PAGES / "attribution" / "truth.json").read_bytes())
    folder = _PAGES / "attribution"
    return [(name, gzip.decompress((folder / name).read_bytes()), truths[name]) for name in truths]


def news() -> list[tuple[str, bytes, str]]:
    """The 181 news pages with known text: name, bytes, text."""
    truths = json.loads((_PAGES / "news" / "ground-truth.json").read_bytes())
    folder = _PAGES / "news" / "html"
    return [
        (name, gzip.decompress((folder / f"{name}.html.gz").read_bytes()), truth["articleBody"])
        for name, truth in truths.items()
    ]


def body(truth: dict[str, Any]) -> str:
    """The text of a page with known attribution: summary, subheads and paragraphs."""
    known = truth["body"]
    sections = [line for s in known["sections"] for line in (*s["headline"], *s["paragraphs"])]
    return "\n".join([*known["summary"], *sections])


def pair(name: str) -> list[tuple[bytes, str]]:
    """The earlier and the later page of a labelled pair, each with the URL it names itself."""
    found: list[tuple[bytes, str]] = []
    for which in "ab":
        content = (_PAGES / "pairs" / f"{name}-{which}.html").read_bytes()
        named = re.search(rb'rel="canonical"\s+href="(https?://[^"]+)"', content)
        found.append((content, named[1].decode() if named else "https://site.example/page"))
    return found


def first_half(names: list[str]) -> set[str]:
    """The pages of a random half of the publishers, always the same one."""
    publishers = sorted({_publisher(name) for name in names})
    random.Random(SEED).shuffle(publishers)
    half = set(publishers[: len(publishers) // 2])
    return {name for name in names if _publisher(name) in half}


def _publisher(name: str) -> str:
    return re.split(r"_\d{4}_", name)[0]
