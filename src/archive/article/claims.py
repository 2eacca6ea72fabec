"""What a page says about itself, each assertion kept apart with where it was found.

Conflicting claims stay side by side. A "best" title is a derived view that names its rule and keeps
the losers (`archive.article.derived`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, cast, get_args

from attrs import frozen

from archive.errors import DocumentError

__all__ = ["Claim", "Claims", "Place", "Strength", "folded"]

Strength = Literal["stated", "parsed", "inferred"]
"""How directly the page says it: in so many words, read out of a larger text, or concluded."""

Place = Literal["content", "response", "tls"]
"""Which bytes a claim's span is in."""

_STRENGTHS: tuple[str, ...] = get_args(Strength)
_PLACES: tuple[str, ...] = get_args(Place)
_ALIKE = str.maketrans(
    "“”„«»‘’‚`´‐‑–—−", "\"\"\"\"\"'''''-----", "\u00ad\u200b\u200c\u200d\u2060\ufeff"
)


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
    span: tuple[int, int] | None = None
    strength: Strength = "stated"
    normalized: str | None = None
    record: Place = "content"

    def line(self) -> str:
        """The value as one line: the normalized form where there is one."""
        return self.value if self.normalized is None else self.normalized

    def to_json(self) -> dict[str, Any]:
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

    @classmethod
    def from_json(cls, members: Any) -> Claim:
        """Read a claim's line, parsed. Members that are not known are left alone.

        Raises:
            DocumentError: a member is missing or of another kind.
        """
        if not isinstance(members, dict):
            raise DocumentError("a claim is not an object")
        words: dict[str, Any] = {
            name: members.get(name) for name in ("property", "value", "signal", "path")
        }
        strength, normalized = members.get("strength"), members.get("normalized")
        if not all(isinstance(word, str) for word in words.values()):
            raise DocumentError("a claim lacks property, value, signal or path")
        if not isinstance(strength, str) or strength not in _STRENGTHS:
            raise DocumentError("a claim's strength is not one of " + ", ".join(_STRENGTHS))
        if not isinstance(normalized, str | None):
            raise DocumentError("a claim's normalized form is not a string")
        record = members.get("record", "content")
        if not isinstance(record, str) or record not in _PLACES:
            raise DocumentError("a claim's record is not one of " + ", ".join(_PLACES))
        return cls(
            **words,
            span=_span(members.get("span")),
            strength=cast("Strength", strength),
            normalized=normalized,
            record=cast("Place", record),
        )


def _span(value: Any) -> tuple[int, int] | None:
    if value is None:
        return None
    if isinstance(value, list) and len(value) == 2 and all(type(end) is int for end in value):
        start, end = value
        if 0 <= start <= end:
            return start, end
    raise DocumentError("a claim's span is not two byte positions in order")


@frozen
class Claims:
    """The claims of one capture, in the order of their record.

    Args:
        entries: the claims.
        omitted: how many more were found and left out: past the limits, or too long.
    """

    entries: tuple[Claim, ...] = ()
    omitted: int = 0

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, index: int) -> Claim:
        return self.entries[index]

    def after(self, others: Claims) -> Claims:
        """The others, then these."""
        return Claims((*others.entries, *self.entries), others.omitted + self.omitted)

    def about(self, term: str) -> tuple[Claim, ...]:
        """All claims of one property, such as ``headline``, in order."""
        return tuple(claim for claim in self.entries if claim.property == term)


def folded(text: str) -> str:
    """A text as compared with another: quotes, dashes, white space, case and soft hyphens alike."""
    return " ".join(text.translate(_ALIKE).split()).casefold()
