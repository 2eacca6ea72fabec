"""Strict JSON documents: what is signed or stored as JSON is read by these rules only.

RFC 8259 with I-JSON's restrictions (RFC 7493): UTF-8 without byte order mark, no duplicate names,
no NaN or Infinity, no lone surrogates, numbers that fit; and a cap on size and depth. Python's own
parser keeps the last of two equal names silently, guesses UTF-16, and accepts NaN.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

from archive.errors import DocumentError

__all__ = ["MAX_DEPTH", "Members", "parse", "write", "write_lines"]

MAX_DEPTH = 64
"""How deep arrays and objects may nest."""


T = TypeVar("T")
_HEX = re.compile(r"[0-9a-f]{64}\Z")


class Members:
    """Typed access to the members of a parsed JSON object.

    Args:
        value: what `parse` gave.
        what: the object's name in error messages.

    Raises:
        DocumentError: from every method, when the member is missing or of another type. A method
            with `optional` set gives None for JSON's null, but still wants the member.
    """

    def __init__(self, value: Any, what: str) -> None:
        if not isinstance(value, dict):
            raise DocumentError(f"{what} is not an object")
        self.value: dict[str, Any] = value
        self._what = what

    def __contains__(self, name: str) -> bool:
        return name in self.value

    def text(self, name: str) -> str:
        """A string."""
        value = self.value.get(name)
        return value if type(value) is str else self._get(name, str)

    def text_or_none(self, name: str) -> str | None:
        """A string or null."""
        return None if self.is_null(name) else self.text(name)

    def number(self, name: str) -> int:
        """A whole number that is not negative."""
        number = self._get(name, int)
        if isinstance(number, bool) or number < 0:
            raise DocumentError(f"{name} of {self._what} is not a count")
        return number

    def sha256(self, name: str) -> str:
        """A SHA-256 in lower-case hexadecimal."""
        text = self.value.get(name)
        if not isinstance(text, str):
            text = self.text(name)  # says what is wrong
        if _HEX.match(text) is None:
            raise DocumentError(f"{name} of {self._what} is not a SHA-256 in hexadecimal")
        return text

    def texts(self, name: str) -> tuple[str, ...]:
        """An array of strings."""
        items = self.items(name)
        if not all(isinstance(item, str) for item in items):
            raise DocumentError(f"{name} of {self._what} is not a list of strings")
        return tuple(items)

    def items(self, name: str) -> list[Any]:
        """An array."""
        return self._get(name, list)

    def members(self, name: str) -> Members:
        """An object."""
        return Members(self._get(name, dict), f"{name} of {self._what}")

    def map_or_none(self, name: str, read: Callable[[Members], T]) -> T | None:
        """What `read` makes of an object, or None for null."""
        return None if self.is_null(name) else read(self.members(name))

    def is_null(self, name: str) -> bool:
        """Whether a member, which must be there, is null."""
        if name not in self.value:
            raise DocumentError(f"{self._what} has no {name}")
        return self.value[name] is None

    def _get(self, name: str, kind: type[T]) -> T:
        value = self.value.get(name)
        if not isinstance(value, kind):
            state = "no" if name not in self.value else "an ill-typed"
            raise DocumentError(f"{self._what} has {state} {name}")
        return value


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
        value = _DECODER.decode(text)
    except RecursionError:
        raise DocumentError(f"{what} is nested too deeply") from None
    except ValueError as error:
        raise DocumentError(f"{what} is not strict JSON: {error}") from None
    _check(value, data, what)
    return value


def write(value: Any) -> bytes:
    """The UTF-8 bytes of a JSON value on one line: names in the order given, no needless escapes.

    Args:
        value: dicts, lists, strings, numbers, booleans, None.

    Raises:
        DocumentError: a string that has no UTF-8 form, or NaN.
    """
    try:
        return _ENCODER.encode(value).encode("utf-8")
    except ValueError as error:
        raise DocumentError(f"cannot be written as JSON: {error}") from None


def write_lines(members: Mapping[str, Any]) -> bytes:
    """As `write`, an object with each of its members on a line of its own, for people to read.

    Ends with a line feed.
    """
    lines = [
        b" " + write(name) + b": " + (b"null" if value is None else write(value))  # null: faster
        for name, value in members.items()
    ]
    return b"{\n" + b",\n".join(lines) + b"\n}\n"


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise ValueError(f"name {name[:80]!r} stands twice")
            seen.add(name)
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text} does not fit a number")
    return number


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=_finite
)


_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
"""An escape that may be half of a pair: the only way for a surrogate into a text that is UTF-8."""


def _check(value: Any, data: bytes, what: str) -> None:
    """Depth, and strings that UTF-8 can write, without recursion."""
    if data.count(b"{") + data.count(b"[") > MAX_DEPTH:
        _check_depth(value, what)
    if _SURROGATE.search(data):
        try:
            write(value)
        except DocumentError:
            raise DocumentError(f"{what} has a lone surrogate in a string") from None


def _check_depth(value: Any, what: str) -> None:
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(MAX_DEPTH + 1):
        if not level:
            return
        inner = [item.values() if isinstance(item, dict) else item for item in level]
        level = [one for items in inner for one in items if isinstance(one, dict | list)]
    raise DocumentError(f"{what} is nested deeper than {MAX_DEPTH} levels")
