"""The numbers of a sentence and what they amount to, however they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.comparison.lexicon import Lexicon

__all__ = ["is_numeric", "numbers"]

_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+\Z")


def numbers(tokens: Sequence[str], lexicon: Lexicon) -> list[tuple[str, int, int]]:
    """Every number: its value, its first token, and the one after its last.

    Numerals count with the magnitude after them, so that ``1.5 million`` and ``1,500,000`` are
    worth the same, and ``three`` and ``3``. A magnitude alone counts as itself.

    Args:
        tokens: the words and signs of a sentence.
        lexicon: the number words of its language.
    """
    found: list[tuple[str, int, int]] = []
    at = 0
    while at < len(tokens):
        start, digits, power = at, _digits(tokens[at], lexicon), 0
        if digits is not None:
            at += 1
        while at < len(tokens) and (more := lexicon.magnitudes.get(tokens[at].lower())):
            power += more
            at += 1
        if at == start:
            at += 1
        else:
            found.append((_written(digits if digits is not None else "1", power), start, at))
    return found


def is_numeric(token: str, lexicon: Lexicon) -> bool:
    """Whether a token is a number, or a part of one."""
    if token[0].isdecimal():
        return True
    low = token.lower()
    return low in lexicon.numbers or low in lexicon.magnitudes


def _digits(token: str, lexicon: Lexicon) -> str | None:
    """A number as digits with a point, or None where the token is none."""
    if not token[0].isdecimal():
        value = lexicon.numbers.get(token.lower()) if lexicon.numbers else None
        return None if value is None else str(value)
    if _GROUPED.match(token):
        return token.replace(",", "").replace(".", "")
    head, _, rest = token.replace(",", ".").rpartition(".")
    return f"{head.replace('.', '')}.{rest}" if head else rest


def _written(digits: str, power: int) -> str:
    """A number times a power of ten, without needless zeros."""
    whole, _, fraction = digits.partition(".")
    fraction = fraction.rstrip("0")
    moved = fraction[:power].ljust(power, "0")
    rest = fraction[power:]
    return (whole + moved).lstrip("0") + (f".{rest}" if rest else "")
