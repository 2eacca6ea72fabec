"""What an inline style says of whether its element is shown, as CSS reads it.

CSS Syntax Level 3, sections 4 (comments, escapes, strings, ``url(``) and 5 (declarations, their
blocks, ``!important``); CSS Cascade, section 6: of the valid declarations of a property the last
counts, or the last important one. A declaration whose value is not one of the property's is not
there. Only four properties are read, and ``all``, which sets each of them. Style sheets are not
read: an element that its own style says nothing of is displayed as HTML says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

__all__ = ["INLINE", "Style", "named", "read_style"]


def named(names: str) -> frozenset[str]:
    """A set of the names that stand in a line, with spaces between them."""
    return frozenset(names.split())


INLINE = named(
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd mark nobr output q rb rt"
    " rtc ruby s samp small span strike strong sub sup time tt u var wbr del slot"
)
"""Elements that browsers display inline, unless a style says otherwise."""

Token = tuple[str, str]
"""``word``, ``space``, ``open``, ``close`` or ``sign``, and what it says."""


class Style(NamedTuple):
    """What an inline style says; of each property None where it says nothing.

    Args:
        display: the value of ``display``.
        visibility: that of ``visibility``.
        content: that of ``content-visibility``.
        struck: whether a line goes through the words.
    """

    display: str | None = None
    visibility: str | None = None
    content: str | None = None
    struck: bool = False


_WIDE = frozenset({"initial", "inherit", "unset", "revert", "revert-layer"})
"""CSS Cascade, section 7: every property has these."""

_OUTSIDE = frozenset({"block", "inline"})
_INSIDE = frozenset({"flow", "flow-root", "table", "flex", "grid", "ruby", "math"})
_DISPLAY = named(
    "none contents inline-block inline-table inline-flex inline-grid table-row-group"
    " table-header-group table-footer-group table-row table-cell table-column-group table-column"
    " table-caption ruby-text -webkit-box -webkit-inline-box -webkit-flex"
    " -webkit-inline-flex"
)
"""CSS Display, section 2: the values of one word besides those of the two sets above."""

_VALUES = {
    "visibility": frozenset({"visible", "hidden", "collapse"}),
    "content-visibility": frozenset({"visible", "auto", "hidden"}),
}
_LINES = frozenset({"underline", "overline", "line-through", "blink"})
_DRAWN = frozenset({"solid", "double", "dotted", "dashed", "wavy"})
_THICK = re.compile(r"auto\Z|from-font\Z|\d")
_COLOUR = re.compile(r"(?:[#.%]|[a-z-]+\([^)]*\))*\Z")
"""What colours and lengths have besides words."""

_READ = ("display", "visibility", "content-visibility", "text-decoration-line")
_SUBSTITUTED = frozenset({"var", "env", "attr", "if"})
"""With one of these a value is valid, whatever it will be (CSS Values 5, section 10)."""

_BREAK = re.compile(r"\r\n|[\r\f]")
_TOKENS = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z))
    |(?P<string>"(?:\\.|[^"\\\n])*(?:"|\\?\Z)|'(?:\\.|[^'\\\n])*(?:'|\\?\Z))
    |(?P<bad>"(?:\\.|[^"\\\n])*|'(?:\\.|[^'\\\n])*)
    |(?P<word>(?:[-\w]|[^\x00-\x7f]|\\(?:[0-9a-fA-F]{1,6}[ \t\n]?|[^\n0-9a-fA-F]|\Z))+)
    |(?P<space>[ \t\n]+)
    |(?P<open>[\[({])|(?P<close>[\])}])
    |(?P<sign>.)""",
    re.DOTALL | re.VERBOSE | re.ASCII,
)
_ADDRESS = re.compile(r"\((?![ \t\n]*[\"'])(?:\\.|[^)\\])*\)?", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|(.?))", re.DOTALL)
_CLOSING = {"(": ")", "[": "]", "{": "}"}


@lru_cache(maxsize=2048)
def read_style(written: str) -> Style:
    """What the value of an attribute ``style`` says.

    Args:
        written: the value, character references undone.
    """
    if not written:
        return Style()
    found: dict[str, str] = {}
    own: dict[str, list[Token]] = {}
    firm: set[str] = set()
    for name, value, important in _declarations(written):
        if name in firm and not important:
            continue
        said = _said(name, value)
        if not said and not name.startswith("--"):
            continue
        if important:
            firm.update((name, *said))
        if name.startswith("--"):
            own[name] = value
        found.update({one: what for one, what in said.items() if important or one not in firm})
    display, seen, content, line = (_computed(one, found.get(one), own) for one in _READ)
    return Style(display, seen, content, line == "line-through")


def _said(name: str, value: list[Token]) -> dict[str, str]:
    """The properties that a declaration sets, and to what; none where it is not valid."""
    if name not in (*_READ, "all", "text-decoration"):
        return {}
    if any(kind == "open" and one[:-1] in _SUBSTITUTED for kind, one in value):
        said = "".join(one for _, one in value)
    else:
        known = _value(name, value)
        if known is None:
            return {}
        said = known
    if name == "text-decoration":
        name = "text-decoration-line"
    return dict.fromkeys(_READ if name == "all" else (name,), said)


def _value(name: str, value: list[Token]) -> str | None:
    """The value of a property, or None where it has no such value."""
    words = [one.lower() for kind, one in value if kind == "word"]
    others = "".join(one for kind, one in value if kind not in ("word", "space"))
    if not words or (others and name != "text-decoration"):
        return None
    if len(words) == 1 and words[0] in _WIDE:
        return words[0]
    if name == "display":
        return " ".join(words) if _is_display(words) else None
    if name.startswith("text-decoration"):
        return _line(words, others, alone=name != "text-decoration")
    return words[0] if len(words) == 1 and words[0] in _VALUES.get(name, ()) else None


def _line(words: list[str], others: str, *, alone: bool) -> str | None:
    """Whether a valid value strikes words out, as a value; None where it is not valid."""
    if not _is_lined(words, others, alone=alone):
        return None
    return "line-through" if "line-through" in words else "none"


def _is_lined(words: list[str], others: str, *, alone: bool) -> bool:
    """Whether these are lines; not alone: or lines with a style, a thickness and a colour.

    CSS Text Decoration 4, sections 2.1 and 2.5; any other word or function is taken for a colour.
    """
    lines = [word for word in words if word in _LINES or word == "none"]
    if len(set(lines)) < len(lines) or ("none" in lines and len(lines) > 1):
        return False
    if alone:
        return len(lines) == len(words)
    rest = [w for w in words if w not in lines and w not in _DRAWN and not _THICK.match(w)]
    return (len(rest) < 2 or "(" in others) and _COLOUR.match(others) is not None


def _is_display(words: list[str]) -> bool:
    rest = [word for word in words if word != "list-item"]
    if len(words) - len(rest) > 1 or not words:
        return False
    if len(words) == 1 and words[0] in _DISPLAY:
        return True
    outside = [word for word in rest if word in _OUTSIDE]
    inside = [word for word in rest if word in _INSIDE]
    listed = len(words) > len(rest)
    if listed and not {"flow", "flow-root"}.issuperset(inside):
        return False
    return len(outside) < 2 and len(inside) < 2 and len(outside) + len(inside) == len(rest)


def _computed(name: str, value: str | None, own: dict[str, list[Token]]) -> str | None:
    """A value with what the style itself puts in for ``var()``; else it is as if ``unset``."""
    if value is None or "(" not in value:
        return value
    inner = value[4:-1] if value.startswith("var(") and value.endswith(")") else ""
    variable, _, fallback = inner.partition(",")
    put = own.get(variable.strip()) or list(_tokens(fallback))
    said = _said(name, [token for token in put if token[1]])
    return "unset" if "(" in (known := said.get(name, "unset")) else known


def _declarations(written: str) -> Iterator[tuple[str, list[Token], bool]]:
    """The declarations of a style: name, value and whether it is important."""
    for tokens in _pieces(_tokens(written)):
        rest = _stripped(tokens)
        if not rest or rest[0][0] != "word":
            continue
        name = rest[0][1] if rest[0][1].startswith("--") else rest[0][1].lower()
        rest = _stripped(rest[1:])
        if not rest or rest[0] != ("sign", ":"):
            continue
        value = _stripped(rest[1:])
        important = bool(value) and (value[-1][0], value[-1][1].lower()) == ("word", "important")
        if important:
            before = _stripped(value[:-1])
            important = bool(before) and before[-1] == ("sign", "!")
            value = _stripped(before[:-1]) if important else value
        if not any(token == ("sign", "!") or token[0] == "bad" for token in value):
            yield name, value, important


def _stripped(tokens: list[Token]) -> list[Token]:
    start, end = 0, len(tokens)
    while start < end and tokens[start][0] == "space":
        start += 1
    while end > start and tokens[end - 1][0] == "space":
        end -= 1
    return tokens[start:end]


def _pieces(tokens: Iterator[Token]) -> Iterator[list[Token]]:
    """The tokens between semicolons that stand in no brackets; a rule ends with its block."""
    piece: list[Token] = []
    waiting: list[str] = []
    for token in tokens:
        kind, said = token
        if kind == "open":
            waiting.append(_CLOSING[said[-1]])
        elif waiting and said == waiting[-1]:
            waiting.pop()
            if said == "}" and not waiting and piece[0] == ("sign", "@"):
                piece = []
                continue
        elif not waiting and token == ("sign", ";"):
            yield piece
            piece = []
            continue
        elif kind == "space" and not piece:
            continue
        piece.append(token)
    yield piece


def _tokens(written: str) -> Iterator[Token]:
    """The tokens of a style; a comment is a space, and a function's name is part of its bracket."""
    text = _BREAK.sub("\n", written).replace("\0", "\ufffd")
    at = 0
    while found := _TOKENS.match(text, at):
        kind, said = found.lastgroup or "", found[0]
        at = found.end()
        if kind == "word":
            said = _ESCAPE.sub(_unescaped, said)
            if text[at : at + 1] == "(":
                address = _ADDRESS.match(text, at) if said.lower() == "url" else None
                at = address.end() if address else at + 1
                kind, said = ("sign", "url") if address else ("open", f"{said.lower()}(")
        elif kind == "comment":
            kind, said = "space", " "
        elif kind == "string":
            kind = "sign"
        yield kind, said


def _unescaped(found: re.Match[str]) -> str:
    """CSS Syntax, section 4.3.7: no character, a surrogate, or past Unicode: U+FFFD."""
    if found[1] is None:
        return found[2] or "\ufffd"
    number = int(found[1], 16)
    surrogate = 0xD800 <= number < 0xE000
    return "\ufffd" if not number or surrogate or number > 0x10FFFF else chr(number)
