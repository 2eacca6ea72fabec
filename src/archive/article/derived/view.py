"""One derived answer, and how claims are looked up by property and order of signals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from archive.article.claims import Claims, folded

__all__ = ["View", "first", "indexed", "ordered"]


@frozen
class View:
    """One derived answer.

    Args:
        value: the answer: a string, or a tuple of them for authors, organisations, reservations.
        rule: which rule gave it.
        claim: the index among the claims of the one it was taken from, the first where several.
        others: the indexes of the claims of this property that say something else.
    """

    value: str | tuple[str, ...]
    rule: str
    claim: int
    others: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """Its members: ``value``, ``rule``, ``claim``, ``others``."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {
            "value": value,
            "rule": self.rule,
            "claim": self.claim,
            "others": list(self.others),
        }

    to_json = to_dict  # its name in 0.1.0


def indexed(claims: Claims, term: str, signal: str | None = None) -> list[int]:
    """The indexes of the claims of a property, of one signal or of any."""
    return [
        index
        for index, claim in enumerate(claims)
        if claim.property == term and signal in (None, claim.signal)
    ]


def ordered(claims: Claims, term: str, signals: Iterable[str]) -> list[int]:
    """The indexes of the claims of a property, by the order of signals, then as they stand."""
    return [index for signal in signals for index in indexed(claims, term, signal)]


def first(claims: Claims, term: str, signals: Iterable[str]) -> View | None:
    """The first claim of the first signal that has one."""
    found = ordered(claims, term, signals)
    if not found:
        return None
    chosen = claims[found[0]]
    key = folded(chosen.line())
    others = tuple(i for i in indexed(claims, term) if folded(claims[i].line()) != key)
    return View(chosen.line(), f"first of {chosen.signal}", found[0], others)
