"""What the response's head says: spans are in the response block, which begins with the head."""

from __future__ import annotations

import re

from archive.article import dates
from archive.article.claims import Claim, Claims
from archive.article.signals.finder import LONGEST, MOST
from archive.article.signals.terms import HTTP, LINKS

__all__ = ["read_head"]

LARGEST = 65_536
"""How many bytes of a block are looked at for its head."""

_FIELD = re.compile(rb"^([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*([^\r\n]*?)[ \t]*\r?$", re.M)
_LINK = re.compile(r"<([^<>]{1,4096})>((?:[^,\"<]|\"[^\"]*\")*)")
_RELATION = re.compile(r"\brel\s*=\s*(?:\"([^\"]*)\"|([^\s;,]+))", re.IGNORECASE)
_DATES = frozenset({"date", "last-modified", "memento-datetime"})


def read_head(block: bytes) -> Claims:
    """The claims in a response's head.

    Args:
        block: the response block, or its head alone.
    """
    end = re.search(rb"\r?\n\r?\n", block[:LARGEST])
    head = block[: end.start() if end else LARGEST]
    found: list[Claim] = []
    count: dict[str, int] = {}
    omitted = 0
    for match in _FIELD.finditer(head):
        name = match[1].decode("ascii").lower()
        for claim in _claims(name, match[2].decode("latin-1"), match.start(2)):
            if count.get(name, 0) >= MOST or len(claim.value) > LONGEST:
                omitted += 1
                continue
            count[name] = count.get(name, 0) + 1
            found.append(claim)
    return Claims(tuple(found), omitted)


def _claims(name: str, value: str, start: int) -> list[Claim]:
    if name == "link":
        return [_linked(match, term, start) for match, term in _relations(value)]
    term = HTTP.get(name)
    if term is None or not value:
        return []
    normalized = dates.iso(value) if name in _DATES else None
    if term == "usageInfo":
        normalized = f"{name}={value}"
    return [_claim(term, value, f"header {name}", start, normalized)]


def _relations(value: str) -> list[tuple[re.Match[str], str]]:
    found = []
    for match in _LINK.finditer(value):
        relation = _RELATION.search(match[2])
        for word in (relation[1] or relation[2] or "").lower().split() if relation else ():
            if word in LINKS:
                found.append((match, LINKS[word]))
    return found


def _linked(match: re.Match[str], term: str, start: int) -> Claim:
    return _claim(term, match[1], "header link", start + match.start(1), None)


def _claim(term: str, value: str, path: str, start: int, normalized: str | None) -> Claim:
    span = (start, start + len(value))
    return Claim(term, value, "http-header", path, span, "stated", normalized, record="response")
