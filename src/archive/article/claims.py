"""What a page says about itself, each assertion kept apart with where it was found.

Conflicting claims stay side by side. A "best" title is a derived view that names its rule and keeps
the losers (`archive.article.derived`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import Any, Literal, cast, get_args

from attrs import field, frozen

from archive.article import dates
from archive.article.names import names
from archive.article.spans import Span, read_span
from archive.document import Members
from archive.errors import DocumentError
from archive.typography import ELLIPSIS, INVISIBLE, spellings

__all__ = ["Claim", "Claims", "Conflict", "Place", "Strength", "folded"]

Strength = Literal["stated", "parsed", "inferred"]
"""How directly the page says it: in so many words, read out of a larger text, or concluded."""

Place = Literal["content", "response", "tls"]
"""Which bytes a claim's span is in."""

_STRENGTHS: tuple[str, ...] = get_args(Strength)
_PLACES: tuple[str, ...] = get_args(Place)
_ALIKE = str.maketrans({**spellings(rare=False), **dict.fromkeys(INVISIBLE, ""), **ELLIPSIS})


@frozen
class Claim:
    """One assertion about the article by one signal.

    Args:
        property: a term of schema.org, such as ``headline``.
        value: what the page has there, character references resolved, nothing else changed but
            white space at both ends.
        signal: the kind of place: ``visible-text`` (an h1), ``opengraph``, ``title`` and so on.
        path: the element, as an XPath into the parsed tree.
        span: first and last (exclusive) byte in the content, or None where it is not known.
        strength: how directly the page says it.
        normalized: the value with runs of white space made one space, or None when it is the same.
        record: where the span is: ``content``, the block of the ``response``, or the certificate
            chain (``tls``).
    """

    property: str
    value: str
    signal: str
    path: str
    span: Span | None = None
    strength: Strength = "stated"
    normalized: str | None = None
    record: Place = "content"

    def line(self) -> str:
        """The value as one line: the normalized form where there is one."""
        return self.value if self.normalized is None else self.normalized

    def to_dict(self) -> dict[str, Any]:
        """The members of the claim's line in the claims record, in their order."""
        return {
            "property": self.property,
            "value": self.value,
            "signal": self.signal,
            "path": self.path,
            "span": list(self.span) if self.span else None,
            "strength": self.strength,
            "normalized": self.normalized,
            "record": self.record,
        }

    to_json = to_dict  # its name in 0.1.0

    @classmethod
    def from_json(cls, members: Any) -> Claim:
        """Read a claim's line, parsed. Members that are not known are left alone.

        Raises:
            DocumentError: a member is missing or of another kind.
        """
        read = Members(members, "a claim")
        strength = read.text("strength")
        if strength not in _STRENGTHS:
            raise DocumentError("a claim's strength is not one of " + ", ".join(_STRENGTHS))
        record = read.text("record") if "record" in read else "content"
        if record not in _PLACES:
            raise DocumentError("a claim's record is not one of " + ", ".join(_PLACES))
        return cls(
            property=read.text("property"),
            value=read.text("value"),
            signal=read.text("signal"),
            path=read.text("path"),
            span=read_span(read, "span"),
            strength=cast("Strength", strength),
            normalized=read.text_or_none("normalized"),
            record=cast("Place", record),
        )


@frozen
class Conflict:
    """A property on which claims contradict each other.

    Args:
        property: the property.
        claims: the indexes of the claims that were compared.
    """

    property: str
    claims: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """Its members."""
        return {"property": self.property, "claims": list(self.claims)}

    to_json = to_dict  # its name in 0.1.0


@frozen
class Claims:
    """The claims of one capture, in the order of their record.

    Args:
        entries: the claims.
        omitted: how many more were found and left out: past the limits, or too long.
        written: the bytes of each as they were read, None where they are yet to be written.
    """

    entries: tuple[Claim, ...] = ()
    omitted: int = 0
    written: tuple[bytes, ...] | None = field(default=None, eq=False, repr=False)

    def __repr__(self) -> str:
        return f"<Claims {len(self)}: {', '.join(sorted({one.property for one in self}))}>"

    def to_dict(self) -> dict[str, Any]:
        """Its claims, and how many more were left out."""
        return {"claims": [claim.to_dict() for claim in self], "omitted": self.omitted}

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, index: int) -> Claim:
        return self.entries[index]

    def conflicts(self) -> tuple[Conflict, ...]:
        """The properties on which the claims contradict each other, in alphabetical order.

        Compared are properties that have one value. Dates contradict when they differ in what both
        state and no zone makes a time without one the same moment (`archive.article.dates.agree`),
        language tags when their first part differs, whole addresses when more than the scheme and a
        last slash does; authors when two kinds of places name different sets. A title element that
        is another headline with the name of the site before or after it says the same. Names of
        languages, the file's Last-Modified and parts of an h1 are not compared.
        """
        return tuple(
            Conflict(term, indexes)
            for term in sorted(_COMPARED)
            if (indexes := _contradicting(self, term))
        )

    def after(self, others: Claims) -> Claims:
        """The others, then these."""
        return Claims((*others.entries, *self.entries), others.omitted + self.omitted)

    def about(self, term: str) -> tuple[Claim, ...]:
        """All claims of one property, such as ``headline``, in order."""
        return tuple(claim for claim in self.entries if claim.property == term)


def folded(text: str) -> str:
    """A text as compared with another: quotes, dashes, white space, case and soft hyphens alike."""
    return " ".join(text.translate(_ALIKE).split()).casefold()


_DATES = frozenset({"datePublished", "dateModified"})
_COMPARED = _DATES | {
    "author",
    "copyrightHolder",
    "headline",
    "inLanguage",
    "isAccessibleForFree",
    "license",
    "publisher",
    "url",
}
_MARK = r"[|\-:·•»«/]"  # folded text has one kind of dash
_NAMED = re.compile(rf"(?:[^\n]*{_MARK} )?\n(?: {_MARK}[^\n]*)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_]\w+)*\Z")
_ADDRESS = re.compile(r"\A(?:https?:)?//(?:www\.)?|/+\Z", re.IGNORECASE)


def _contradicting(claims: Claims, term: str) -> tuple[int, ...]:
    """The compared claims of a property, if they contradict each other; else none."""
    counted = {index: claim for index, claim in enumerate(claims) if _counts(claim, term)}
    differ = _DIFFER.get(term, _values_differ)
    return tuple(counted) if differ(counted.values()) else ()


def _values_differ(claims: Iterable[Claim]) -> bool:
    return len({_key(claim.property, claim.line()) for claim in claims}) > 1


def _dates_differ(claims: Iterable[Claim]) -> bool:
    pairs = combinations(dict.fromkeys(claim.line() for claim in claims), 2)
    return any(not dates.agree(one, other) for one, other in pairs)


def _headlines_differ(claims: Iterable[Claim]) -> bool:
    """Whether there are two, the site's name in a title element aside."""
    keys: set[str] = set()
    elements: set[str] = set()
    for claim in claims:
        (elements if claim.signal == "title" else keys).add(folded(claim.line()))
    return len(keys | {_bare(element, keys) for element in elements}) > 1


def _authors_differ(claims: Iterable[Claim]) -> bool:
    """Whether two kinds of places name different authors."""
    sets: dict[str, set[str]] = {}
    for claim in claims:
        sets.setdefault(claim.signal, set()).update(map(folded, names(claim.line())))
    return len({frozenset(found) for found in sets.values() if found}) > 1


_DIFFER: dict[str, Callable[[Iterable[Claim]], bool]] = {
    "author": _authors_differ,
    "headline": _headlines_differ,
    **dict.fromkeys(_DATES, _dates_differ),
}
"""How claims of a property are compared, where not value by value."""


def _bare(element: str, headlines: set[str]) -> str:
    """A title element without the site's name, where the rest is a headline; both folded."""
    for headline in headlines:
        before, found, after = element.partition(headline)
        if found and (before or after) and _NAMED.fullmatch(f"{before}\n{after}"):
            return headline
    return element


def _counts(claim: Claim, term: str) -> bool:
    if claim.property != term or claim.strength == "inferred":
        return False
    if term in _DATES and (claim.signal == "http-header" or not dates.iso(claim.line())):
        return False
    if term == "inLanguage" and not _LANGUAGE.match(claim.line()):
        return False
    if term == "url" and "//" not in claim.value:
        return False
    if term in ("author", "publisher") and "://" in claim.value:
        return False
    return not (term == "headline" and claim.strength == "parsed" and claim.signal != "jsonld")


def _key(term: str, line: str) -> str:
    if term == "inLanguage":
        return folded(line).replace("_", "-").partition("-")[0]
    return _ADDRESS.sub("", line) if term in ("url", "license") else folded(line)
