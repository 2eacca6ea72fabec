"""Edits of what a page says about its article: headline, byline, dates, a claim alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.edits import LOWER, Draft, Edit, Impossible, flat, names, other_word, pick, replace

__all__ = ["CLAIMED"]

_DESCRIBED = ("description", "og:description", "twitter:description")
_PLAIN = re.compile(r"[\w ,.-]+")


def _headline(draft: Draft) -> Edit:
    first = next(iter(draft.root.iter("h1")), None)
    title = first.text_content().strip() if first is not None else ""
    found = re.search(r"(?<=\w )([^\W\d_]{4,12})(?= \w)", title)
    if draft.root.xpath("boolean(//meta[starts-with(@content, 'Old Mill')])"):
        raise Impossible("headline")
    shown = draft.root.xpath("//meta[@property='og:title']/@content")
    if first is None or not found or (shown and title[:20] not in shown[0]):
        raise Impossible("headline")
    new = title[: found.start()] + draft.chance.choice(("Kestrel", "Marble")) + title[found.end() :]
    for pair in ((title, new), (title.replace("'", "&#39;"), new)):
        draft.swaps.append(pair)
    draft.swaps.append((title.replace("&", "&amp;"), new.replace("&", "&amp;")))
    replace(first, title, new)
    return Edit(
        "headline", names("headline"), title, new, names("standfirst claim-only"), part="title"
    )


def _standfirst(draft: Draft) -> Edit:
    """A word of the description, wherever the page has it, where a reader sees it too."""
    page = draft.serialise().decode()
    for element, shown in _described(draft):
        found = pick(draft, LOWER, shown)
        if not found or element in draft.used:
            continue
        start, end = max(0, found.start() - 25), found.end() + 25
        old = shown[start:end]
        if not _PLAIN.fullmatch(old) or page.count(old) < 2:
            continue
        word = other_word(draft, found[1])
        new = shown[start : found.start()] + word + shown[found.end() : end]
        draft.swaps.append((old, new))
        for line in draft.lines:
            if old in flat(line.text_content()):
                draft.take(line)
        allowed = names("wording attribution claim-only")
        return Edit("standfirst", names("standfirst"), old, new, allowed, "standfirst")
    raise Impossible("standfirst")


def _described(draft: Draft) -> Iterator[tuple[Any, str]]:
    """The elements below the headline whose text is a description that the page claims."""
    told = {
        flat(node.get("content") or "")
        for node in draft.root.iter("meta")
        if (node.get("name") or node.get("property")) in _DESCRIBED
    }
    below = False
    for element in draft.root.iter("h1", "h2", "p", "div", "span", "strong"):
        below |= element.tag == "h1"
        said = flat(element.text_content()) if below else ""
        if len(said) > 60 and said in told:
            yield element, said


def _embedded(draft: Draft) -> str:
    """The page's JSON-LD."""
    return "\n".join(draft.root.xpath("//script[@type='application/ld+json']/text()"))


def _byline(draft: Draft) -> Edit:
    found = re.search(
        r'"author"[^{}\[\]]{0,20}[\[{][^{}]{0,200}?"name"\s*:\s*"([A-Z][\w’\'.-]+ [A-Z][\w-]+)"',
        _embedded(draft),
    )
    if not found or any(found[1] in element.text_content() for element in draft.lines):
        raise Impossible("byline")
    draft.swaps.append((found[1], "Ingrid Castellan"))
    return Edit("byline", names("byline"), found[1], "Ingrid Castellan", part="claims")


def _date(name: str, kind: str) -> Callable[[Draft], Edit]:
    def make(draft: Draft) -> Edit:
        found = re.search(rf'"{name}"\s*:\s*"((20\d\d)(-\d\d-)\d\d)(T[^"]+)?"', _embedded(draft))
        if not found:
            raise Impossible(kind)
        other = f"{int(found[2]) + (1 if kind == 'modified' else -1)}{found[3]}05"
        draft.swaps.append((found[0], found[0].replace(found[1], other)))
        meta = "modified_time" if kind == "modified" else "published_time"
        for node in draft.root.iter("meta"):
            if meta in (node.get("property") or "") and found[1] in (node.get("content") or ""):
                node.set("content", node.get("content").replace(found[1], other))
        return Edit(
            kind, names(kind), found[1], other, names("claim-only published modified"), "claims"
        )

    return make


def _claim_only(draft: Draft) -> Edit:
    first = next(iter(draft.root.iter("h1")), None)
    shown = flat(first.text_content()) if first is not None else ""
    for node in draft.root.iter("meta"):
        said = node.get("content") or ""
        apart = not any(said in old or old in said for old, _ in draft.swaps)
        if node.get("property") == "og:title" and apart and len(shown) > 15 and shown in said:
            node.set("content", "Old Mill " + said)
            return Edit(
                "claim-only",
                names("claim-only"),
                said,
                "Old Mill " + said,
                names("headline"),
                "claims",
            )
    raise Impossible("claim-only")


CLAIMED: dict[str, Callable[[Draft], Edit]] = {
    "headline": _headline,
    "standfirst": _standfirst,
    "byline": _byline,
    "published": _date("datePublished", "published"),
    "modified": _date("dateModified", "modified"),
    "claim-only": _claim_only,
}
"""They, by kind."""
