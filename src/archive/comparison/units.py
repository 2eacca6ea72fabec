"""Sentences as they are aligned: where they stand, their keys, and their words as characters."""

from __future__ import annotations

from attrs import define

from archive.comparison.folding import cosmetic_key, tokenise, words

__all__ = ["Tokens", "Unit"]

_GRAVE = "`"  # the one ASCII token that is not its own key


@define(eq=False)
class Unit:
    """A sentence.

    Args:
        start: where it begins in its text.
        end: where it ends.
        paragraph: the number of its paragraph.
        number: the number of the sentence in it.
        key: its cosmetic key.
        tokens: its words and signs, each written as one character; filled in when needed.
    """

    start: int
    end: int
    paragraph: int
    number: int
    key: str
    tokens: str | None = None


class Tokens:
    """Gives every different token one character, so that sentences compare as strings."""

    def __init__(self, before: str, after: str) -> None:
        self._texts = before, after
        self._signs: dict[str, str] = {}
        self._keys: dict[str, str] = {}

    def read(self, unit: Unit, side: int) -> str:
        """The tokens of a sentence, each as one character; found once."""
        if unit.tokens is None:
            found = words(self._texts[side][unit.start : unit.end])
            for token in dict.fromkeys(found):
                if token not in self._signs:
                    key = token if token.isascii() and token != _GRAVE else cosmetic_key(token)
                    sign = chr(0x10000 + min(len(self._keys), 0xFFFFF))
                    self._signs[token] = self._keys.setdefault(key, sign)
            unit.tokens = "".join(map(self._signs.__getitem__, found))
        return unit.tokens

    def places(self, unit: Unit, side: int) -> list[tuple[str, int, int]]:
        """The tokens of a sentence as they stand, with their places."""
        return tokenise(self._texts[side], unit.start, unit.end)
