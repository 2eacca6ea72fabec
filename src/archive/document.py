"""Strict JSON documents: what is signed or stored as JSON is read by these rules only.

RFC 8259 with I-JSON's restrictions (RFC 7493): UTF-8 without byte order mark, no duplicate names,
no NaN or Infinity, no lone surrogates, numbers that fit; and a cap on size and depth. Python's own
parser keeps the last of two equal names silently, guesses UTF-16, and accepts NaN.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from archive.errors import DocumentError

__all__ = ["MAX_DEPTH", "parse", "write"]

MAX_DEPTH = 64
"""How deep arrays and objects may nest."""


def parse(data: bytes, *, limit: int, what: str = "document") -> Any:
    """Read one JSON value.

    Args:
        data: the whole document.
        limit: the most bytes it may have.
        what: its name in error messages.

    Returns:
        Dicts, lists, strings, integers, finite floats, booleans, None.

    Raises:
        DocumentError: too large, too deep, not UTF-8, or not strict JSON.
    """
    if len(data) > limit:
        raise DocumentError(f"{what} is larger than {limit} bytes")
    try:
        text = data.decode("utf-8", "strict")
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_float=_finite,
        )
    except RecursionError:
        raise DocumentError(f"{what} is nested too deeply") from None
    except ValueError as error:
        raise DocumentError(f"{what} is not strict JSON: {error}") from None
    _check(value, what)
    return value


def write(value: Any, *, indent: int | None = None) -> bytes:
    """The UTF-8 bytes of a JSON value: names in the order given, nothing escaped needlessly.

    Args:
        value: dicts, lists, strings, numbers, booleans, None.
        indent: spaces a level, or None for one line without spaces.

    Raises:
        DocumentError: a string that has no UTF-8 form, or NaN.
    """
    separators = (",", ":") if indent is None else (",", ": ")
    try:
        text = json.dumps(
            value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators
        )
        return text.encode("utf-8")
    except ValueError as error:
        raise DocumentError(f"cannot be written as JSON: {error}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise ValueError(f"name {name[:80]!r} stands twice")
        members[name] = value
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text} does not fit a number")
    return number


def _check(value: Any, what: str) -> None:
    """Depth, and strings that UTF-8 can write, without recursion."""
    level: list[Any] = [value]
    depth = 0
    while level:
        deeper: list[Any] = []
        for item in level:
            if isinstance(item, str):
                _check_string(item, what)
            elif isinstance(item, dict | list):
                if depth == MAX_DEPTH:
                    raise DocumentError(f"{what} is nested deeper than {MAX_DEPTH} levels")
                deeper.extend(item)
                deeper.extend(item.values() if isinstance(item, dict) else ())
        level = deeper
        depth += 1


def _check_string(text: str, what: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise DocumentError(f"{what} has a lone surrogate in a string") from None
