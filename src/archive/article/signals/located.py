"""JSON with the place of every value, and with a meaning where it is not quite JSON.

A strict reader gives no positions and nothing at all for a block with one raw line feed in it, and
one in sixty JSON-LD blocks is broken. This reader goes over the tokens once, without recursion:

- a line feed or a bad escape inside a string is kept as it is;
- a quotation mark that is followed by neither ``, : ] }`` nor the end does not end its string;
- missing and trailing commas are passed over, open brackets at the end are closed;
- containers deeper than `DEEPEST` are passed over, and nothing after `MOST` tokens is read.

Each of these is a fault, and the caller is told that there was one.
"""

from __future__ import annotations

import json
import re
from typing import Any

from archive.article.signals.source import Source

__all__ = ["DEEPEST", "MOST", "LocatedText", "read"]

DEEPEST = 32
"""How deep containers may nest."""

MOST = 60_000
"""How many tokens are read."""

MOST_REPAIRS = 64
"""How many quotation marks inside strings are recognised."""

_TOKEN = re.compile(
    rb"\s*+(?:\"((?>(?:[^\"\\]++|\\.)*))(?:\"(?>(\s*+:)?)|\Z)|([{}\[\],:])|([^\s{}\[\],:\"]++))",
    re.DOTALL,
)
_BRACKET = re.compile(
    rb"[^\"{}\[\]]*+(?>(?:\"(?>(?:[^\"\\]++|\\.)*)(?:\"|\Z)[^\"{}\[\]]*+)*)([{}\[\]])", re.DOTALL
)
_AFTER = re.compile(rb"\s*+(?:[,:}\]]|\Z|\"[^\"\\\s]{1,40}\"\s*+:)")
_CLOSING = re.compile(rb"\"\s*+[,:}\]]")
_CONTROL = re.compile(r"[\x00-\x1f]")
_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))')
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class LocatedText(str):
    """A string, number, true or false, and where in the view it stands (without quotes)."""

    start: int = 0
    end: int = 0

    def at(self, start: int, end: int) -> LocatedText:
        """Give this text its place."""
        self.start, self.end = start, end
        return self


class _Reader:
    """The containers that are open, and whether anything was wrong."""

    def __init__(self, source: Source, end: int) -> None:
        self.source = source
        self.end = end
        self.roots: list[Any] = []
        self.stack: list[dict[str, Any] | list[Any]] = []
        self.keys: list[str | None] = []
        self.expects_value = True
        self.fault = False
        self.repairs = 0

    def key(self, start: int, end: int) -> bool:
        """Take a string with a colon behind it as a key; whether it can be one."""
        if not self.stack or self.keys[-1] is not None or not isinstance(self.stack[-1], dict):
            return False
        if not self.expects_value:
            self.fault = True
        self.keys[-1] = self.source.view[start:end].decode("utf-8", "replace")
        self.expects_value = True
        return True

    def value(self, value: Any) -> None:
        """Put a value where it belongs."""
        if not self.stack:
            self.roots.append(value)
            return
        if not self.expects_value:
            self.fault = True
        self.expects_value = False
        top = self.stack[-1]
        if isinstance(top, list):
            top.append(value)
            return
        key = self.keys[-1]
        if key is None:
            self.fault = True
        else:
            top.setdefault(key, value)
            self.keys[-1] = None

    def mark(self, mark: bytes) -> None:
        """Act on one of ``] } , :``."""
        if mark in b"}]":
            self._close(dict if mark == b"}" else list)
            return
        if self.expects_value or mark == b":":
            self.fault = True
        if self.keys and self.keys[-1] is not None:
            self.keys[-1] = None
            self.fault = True
        self.expects_value = True

    def wants(self, wanted: frozenset[str]) -> bool:
        """Whether a container here is read: not below a key that nobody asks for."""
        key = self.keys[-1] if self.keys else None
        if len(self.stack) >= DEEPEST:
            self.fault = True
            return False
        return key is None or key in wanted

    def open(self, container: dict[str, Any] | list[Any]) -> None:
        """Begin a container."""
        self.value(container)
        self.stack.append(container)
        self.keys.append(None)
        self.expects_value = True

    def _close(self, kind: type) -> None:
        if not any(isinstance(container, kind) for container in self.stack):
            self.fault = True
            return
        top = self.stack[-1]
        if not isinstance(top, kind) or (self.expects_value and top):
            self.fault = True
        while not isinstance(self.stack[-1], kind):
            self._pop()
        self._pop()
        self.expects_value = False

    def _pop(self) -> None:
        self.stack.pop()
        self.keys.pop()

    def string(self, start: int, end: int) -> LocatedText:
        """The string between its quotes, escapes resolved."""
        raw = self.source.text(start, end)
        if "\\" not in raw:
            if not raw.isprintable() and _CONTROL.search(raw):
                self.fault = True
            return LocatedText(raw).at(start, end)
        try:
            return LocatedText(json.loads(f'"{raw}"')).at(start, end)
        except ValueError:
            self.fault = True
        text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _ESCAPES.get(m[2], m[2]), raw)
        return LocatedText(text).at(start, end)

    def string_end(self, end: int) -> int:
        """Where a string really ends whose first possible end is here."""
        if _AFTER.match(self.source.view, end + 1, self.end):
            return end
        self.fault = True
        self.repairs += 1
        if self.repairs > MOST_REPAIRS:
            return end
        closing = _CLOSING.search(self.source.view, end + 1, min(self.end, end + 4096))
        return closing.start() if closing else end


def read(source: Source, start: int, end: int, wanted: frozenset[str]) -> tuple[list[Any], bool]:
    """Read the JSON in a part of the view.

    Args:
        source: the page.
        start: where the part begins.
        end: where it ends.
        wanted: the keys whose containers are read; others are passed over.

    Returns:
        The values at the top, in dicts, lists, `LocatedText` and None, and whether one was bad.
    """
    reader = _Reader(source, end)
    position, count = start, 0
    while match := _TOKEN.match(source.view, position, end):
        position = match.end()
        count += 1
        if count > MOST:
            reader.fault = True
            break
        first, last = match.span(1)
        if first >= 0:
            if match.start(2) >= 0 and reader.key(first, last):
                continue
            last = reader.string_end(last)
            position = max(last + 1, position if match.start(2) < 0 else 0)
            reader.value(reader.string(first, last))
        elif mark := match[3]:
            if mark not in b"{[":
                reader.mark(mark)
            elif reader.wants(wanted):
                reader.open({} if mark == b"{" else [])
            else:
                position = _skipped(source.view, position, end)
                reader.value(None)
        else:
            word = source.text(*match.span(4))
            reader.value(None if word == "null" else LocatedText(word).at(*match.span(4)))
    return reader.roots, reader.fault or bool(reader.stack)


def _skipped(view: bytes, position: int, end: int) -> int:
    """Where a container ends that begins before this position."""
    depth = 1
    while depth and (match := _BRACKET.match(view, position, end)):
        depth += 1 if match[1] in b"{[" else -1
        position = match.end()
    return position if depth == 0 else end
