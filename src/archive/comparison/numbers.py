"""The numbers of a sentence and what they amount to, however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from archive.comparison.lexicon import Lexicon
from archive.typography import MINUS_SIGNS

__all__ = ["is_numeric", "numbers", "value_signs"]

_PERCENT = frozenset("%‰٪")
_MINUS = frozenset(MINUS_SIGNS)

Token = tuple[str, int, int]

_SHORT = {"k": 3, "m": 6, "b": 9}
"""Letters that multiply a sum of money, and by which power of ten; elsewhere they may be metres."""

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
        if digits is not None and _is_hyphen(tokens, at, lexicon):
            at += 1
        if digits is not None and at < len(tokens) and _is_money(tokens, start):
            power = _SHORT.get(tokens[at].lower(), 0)
            at += bool(power)
        while at < len(tokens) and (more := lexicon.magnitudes.get(tokens[at].lower())):
            power += more
            at += 1
        if at == start:
            at += 1
        elif digits is not None or not _is_percent(tokens, start, lexicon):
            found.append((_written(digits if digits is not None else "1", power), start, at))
    return found


def _is_percent(tokens: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether a hundred is a part of *per cent*: French *pour cent*, Italian *per cento*."""
    return at > 0 and lexicon.units.get(tokens[at - 1].lower()) == "percent"


def _is_money(tokens: Sequence[str], at: int) -> bool:
    """Whether the sign of a currency stands before a number."""
    return at > 0 and len(tokens[at - 1]) == 1 and unicodedata.category(tokens[at - 1]) == "Sc"


def _is_hyphen(tokens: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether a hyphen joins a number to its magnitude, as in ``14-million``."""
    follows = at + 1 < len(tokens) and tokens[at + 1].lower() in lexicon.magnitudes
    return follows and tokens[at] in _MINUS


def value_signs(tokens: Sequence[Token], start: int, end: int) -> list[str]:
    """Signs between two places that say what a number is worth: of a currency, percent, minus.

    Args:
        tokens: the words and signs of a passage, with their places in the text.
        start: the first token looked at.
        end: the one after the last.
    """
    found: list[str] = []
    for at in range(start, end):
        sign = tokens[at][0]
        if len(sign) == 1 and not sign.isalnum() and _tells_worth(tokens, at):
            found.append("-" if sign in _MINUS else sign)
    return found


def _tells_worth(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sign belongs to a number: a minus touches it, and nothing before itself."""
    sign, start, _ = tokens[at]
    if sign in _MINUS:
        apart = at == 0 or tokens[at - 1][2] < start
        return apart and _leads_number(tokens, at, 0)
    if sign in _PERCENT:
        return _follows_number(tokens, at)
    if unicodedata.category(sign) != "Sc":
        return False
    return _follows_number(tokens, at) or _leads_number(tokens, at, 1)


def _follows_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether digits stand before a sign, or one place apart from it."""
    if at == 0:
        return False
    word, _, end = tokens[at - 1]
    return word[-1].isdecimal() and tokens[at][1] - end <= 1


def _leads_number(tokens: Sequence[Token], at: int, apart: int) -> bool:
    """Whether digits stand behind a sign, no more places apart from it."""
    if at + 1 == len(tokens):
        return False
    word, start, _ = tokens[at + 1]
    return word[0].isdecimal() and start - tokens[at][2] <= apart


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
