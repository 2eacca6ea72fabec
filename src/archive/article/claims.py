"""What a page says about itself, each assertion kept apart with where it was found.

Conflicting claims stay side by side. A "best" title is a derived view that names its rule and keeps
the losers (`archive.article.derived`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, cast, get_args

from attrs import field, frozen

from archive.article.contradictions import COMPARED, Said, contradicting
from archive.article.folding import folded
from archive.article.spans import Span, read_span
from archive.document import Members
from archive.errors import DocumentError

__all__ = ["Claim", "Claims", "Conflict", "Place", "Strength", "folded"]

Strength = Literal["stated", "parsed", "inferred"]
"""How directly the page says it: in so many words, read out of a larger text, or concluded."""

Place = Literal["content", "response", "tls"]
"""Which bytes a claim's span is in."""

_STRENGTHS: tuple[str, ...] = get_args(Strength)
_PLACES: tuple[str, ...] = get_args(Place)


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

        Compared are properties that have one value, in claims about this article, each by the rule
        that `archive.article.contradictions` has for it. Whatever is not compared stays a claim.
        """
        said = [
            Said(one.property, one.value, one.line(), one.signal, one.path, one.strength)
            for one in self.entries
        ]
        found = ((term, contradicting(said, term)) for term in sorted(COMPARED))
        return tuple(Conflict(term, indexes) for term, indexes in found if indexes)

    def after(self, others: Claims) -> Claims:
        """The others, then these."""
        return Claims((*others.entries, *self.entries), others.omitted + self.omitted)

    def about(self, term: str) -> tuple[Claim, ...]:
        """All claims of one property, such as ``headline``, in order."""
        return tuple(claim for claim in self.entries if claim.property == term)
