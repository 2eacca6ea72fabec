"""What a page says about itself, each assertion kept apart with where it was found.

Conflicting claims stay side by side. A "best" title is a derived view that names its rule and keeps
the losers (`derive_title`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, cast, get_args

from attrs import frozen

from archive.errors import DocumentError

__all__ = ["Claim", "Claims", "Strength", "Title", "derive_title", "folded"]

Strength = Literal["stated", "parsed", "inferred"]
"""How directly the page says it: in so many words, read out of a larger text, or concluded."""

_STRENGTHS: tuple[str, ...] = get_args(Strength)
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
    """

    property: str
    value: str
    signal: str
    path: str
    span: tuple[int, int] | None = None
    strength: Strength = "stated"
    normalized: str | None = None

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
        return cls(
            **words,
            span=_span(members.get("span")),
            strength=cast("Strength", strength),
            normalized=normalized,
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
    """The claims of one capture, in the order of their record."""

    entries: tuple[Claim, ...] = ()

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, index: int) -> Claim:
        return self.entries[index]

    def about(self, term: str) -> tuple[Claim, ...]:
        """All claims of one property, such as ``headline``, in order."""
        return tuple(claim for claim in self.entries if claim.property == term)


@frozen
class Title:
    """The title that a rule picked.

    Args:
        value: the title, one line.
        rule: which rule picked it: ``h1 within og:title``, ``og:title``, ``h1 within title``,
            ``h1`` or ``title``.
        claim: the index among the claims of the one it was taken from.
        others: the indexes of the headline claims that say something else.
    """

    value: str
    rule: str
    claim: int
    others: tuple[int, ...]


def folded(text: str) -> str:
    """A text as compared with another: quotes, dashes, white space, case and soft hyphens alike."""
    return " ".join(text.translate(_ALIKE).split()).casefold()


def derive_title(claims: Claims) -> Title | None:
    """Pick a title from the headline claims.

    og:title is what the newsroom calls the article, but often has the site's name around it: where
    an h1 stands within it, the h1 is taken. Without og:title the same goes for the title element.

    Returns:
        The title, or None when nothing claims one.
    """
    headlines = [i for i, c in enumerate(claims) if c.property == "headline" and c.line()]
    visible = [i for i in headlines if claims[i].signal == "visible-text"]
    for signal, name in (("opengraph", "og:title"), ("title", "title")):
        outer = next((i for i in headlines if claims[i].signal == signal), None)
        if outer is None:
            continue
        inner = _within(claims, visible, outer)
        if inner is not None:
            return _picked(claims, headlines, inner, f"h1 within {name}")
        if signal == "opengraph" or not visible:
            return _picked(claims, headlines, outer, name)
    return _picked(claims, headlines, visible[0], "h1") if visible else None


def _within(claims: Claims, candidates: list[int], outer: int) -> int | None:
    """The longest h1 that the outer claim contains and that is not merely a word or two of it."""
    whole = folded(claims[outer].line())
    inside = [i for i in candidates if _is_most_of(folded(claims[i].line()), whole)]
    return max(inside, key=lambda i: len(claims[i].line()), default=None)


def _is_most_of(part: str, whole: str) -> bool:
    return part in whole and 3 * len(part) >= len(whole)


def _picked(claims: Claims, headlines: list[int], chosen: int, rule: str) -> Title:
    value = claims[chosen].line()
    key = folded(value)
    others = tuple(i for i in headlines if folded(claims[i].line()) != key)
    return Title(value, rule, chosen, others)
