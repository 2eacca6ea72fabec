"""Made news pages: one story a language, in a plain page with places to put things.

The stories, and all else that the verdicts are measured on, are in `fixtures/verdicts`; they and
this page are written for this measure alone.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

__all__ = ["ARTICLE_URL", "PLACES", "SETS", "Story", "article", "lighthouse", "read_set", "story"]

SETS = Path(__file__).resolve().parent.parent / "fixtures" / "verdicts"
"""Where the sets lie."""

ARTICLE_URL = "https://news.example/2026/06/story"
"""The URL of every made article."""

PLACES = (
    "under-headline",
    "start",
    "middle",
    "end",
    "footer",
    "aside",
    "dialog",
    "after-article",
    "stories",
    "aside-stories",
    "comments",
    "nav",
    "site-footer",
)
"""Where something can be put: the first seven are the article's own."""

_RIGHT_TO_LEFT = ("ar", "he", "fa")


@frozen
class Story:
    """A made story and the paper that it stands in.

    Args:
        language: its code.
        title: the headline.
        paragraphs: the text.
        site, byline, nav, foot, others: the paper's name, the author's line, the sections, the
            line at the foot, and the headlines of other stories.
    """

    language: str
    title: str
    paragraphs: tuple[str, ...]
    site: str
    byline: str
    nav: tuple[str, ...]
    foot: str
    others: tuple[str, ...]


@cache
def _stories() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((SETS / "stories.json").read_bytes())
    return read


@cache
def story(language: str) -> Story:
    """The story in a language."""
    known = _stories()["stories"][language]
    return Story(
        language,
        known["title"],
        tuple(known["paragraphs"]),
        known["site"],
        known["byline"],
        tuple(known["nav"]),
        known["foot"],
        tuple(known["others"]),
    )


@cache
def lighthouse(language: str) -> tuple[str, tuple[str, ...]]:
    """Title and paragraphs of another story, which is the same in eight languages."""
    known = _stories()["lighthouse"][language]
    return known["title"], tuple(known["paragraphs"])


def read_set(name: str, half: str) -> list[dict[str, Any]]:
    """The cases of a set, of the half ``dev`` or ``held``."""
    read: list[dict[str, Any]] = json.loads((SETS / half / f"{name}.json").read_bytes())
    return read


def article(
    told: Story,
    put: Mapping[str, str] | None = None,
    *,
    paragraphs: Sequence[str] | None = None,
    title: str | None = None,
    head: str = "",
) -> str:
    """The page of a story.

    Args:
        told: the story.
        put: HTML for some of the `PLACES`.
        paragraphs: other paragraphs than the story's, plain text.
        title: another headline.
        head: HTML for the page's head.
    """
    at = dict.fromkeys(PLACES, "") | dict(put or {})
    texts = told.paragraphs if paragraphs is None else paragraphs
    lines = [f"<p>{html.escape(text, quote=False)}</p>" for text in texts]
    lines.insert((len(lines) + 1) // 2, at["middle"])
    return (
        f"<!DOCTYPE html>\n{_start(told, title or told.title, head)}\n<body>\n{_header(told, at)}\n"
        f"<main>\n<article>\n<h1>{html.escape(title or told.title)}</h1>\n"
        f'<p class="author">{told.byline}</p>\n{at["under-headline"]}\n<div class="text">\n'
        f"{at['start']}\n" + "\n".join(lines) + f"\n{at['end']}\n</div>\n"
        f"{_around('aside', at['aside'])}{_around('dialog', at['dialog'], ' open')}"
        f"{_around('footer', at['footer'])}</article>\n{at['after-article']}\n"
        f"{_beside(told, at)}</main>\n{_around('section', at['comments'], ' id=comments')}"
        f"<footer><p>{told.foot}</p>{at['site-footer']}</footer>\n</body>\n</html>\n"
    )


def _around(tag: str, inner: str, attributes: str = "") -> str:
    return f"<{tag}{attributes}>{inner}</{tag}>\n" if inner else ""


def _start(told: Story, title: str, head: str) -> str:
    way = ' dir="rtl"' if told.language in _RIGHT_TO_LEFT else ""
    stated = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": "2026-06-03T08:00:00+00:00",
    }
    return (
        f'<html lang="{told.language}"{way}>\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(title)} – {told.site}</title>\n"
        f'<link rel="canonical" href="{ARTICLE_URL}">\n'
        f'<meta property="og:site_name" content="{told.site}">\n'
        f'<meta property="og:title" content="{html.escape(title)}">\n'
        f'<script type="application/ld+json">{json.dumps(stated, ensure_ascii=False)}</script>\n'
        f"{head}</head>"
    )


def _header(told: Story, at: Mapping[str, str]) -> str:
    sections = "".join(
        f'<li><a href="/section/{n}">{name}</a></li>' for n, name in enumerate(told.nav)
    )
    return f'<header><a href="/">{told.site}</a><nav><ul>{sections}{at["nav"]}</ul></nav></header>'


def _beside(told: Story, at: Mapping[str, str]) -> str:
    links = "".join(
        f'<li><a href="/2026/06/{n}">{name}</a></li>' for n, name in enumerate(told.others)
    )
    other = ""
    if at["aside-stories"]:
        first = f'<h3><a href="/2026/06/0">{told.others[0]}</a></h3>'
        other = f"<aside>{first}{at['aside-stories']}</aside>\n"
    return f"<aside><ul>{links}{at['stories']}</ul></aside>\n{other}"
