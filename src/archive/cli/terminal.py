"""Drawing on a terminal: styles, and lines broken between words."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import IO, Literal

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

__all__ = ["color_system", "draw", "width"]

_WORD = re.compile(r"(\s*\S+)\s*")
_NARROWEST = 24  # columns that must be left beside an indentation to keep it


def color_system() -> Literal["auto"] | None:
    """What rich may colour with: under ``NO_COLOR`` nothing, where rich would still write bold."""
    return None if os.environ.get("NO_COLOR") else "auto"


def width(stream: IO[str]) -> int:
    """How many columns a terminal has."""
    return Console(file=stream).width


def draw(stream: IO[str], parts: Sequence[tuple[str, str]], hang: int | None) -> None:
    """Write clean words with styles: lines broken between words, never inside (a URL stays whole).

    Args:
        stream: a terminal.
        parts: words with a style each.
        hang: the column in which a line that is too wide goes on; None leaves it whole.
    """
    console = Console(file=stream, color_system=color_system(), highlight=False, soft_wrap=True)
    text = Text.assemble(*parts)
    if hang is None:
        console.print(text)
        return
    if console.width < hang + _NARROWEST:
        hang = 0
    margin = " " * hang
    for line in text.split("\n", allow_blank=True):
        pieces = line.divide(_breaks(line.plain, console.width, hang))
        for piece in pieces:
            piece.rstrip()
        console.print(Text("\n" + margin).join(pieces))


def _breaks(line: str, width: int, hang: int) -> list[int]:
    """Where to break a line so that it fits a width; what follows is indented by `hang`."""
    breaks: list[int] = []
    column = cell_len(line[:hang])
    for word in _WORD.finditer(line, hang):
        if column + cell_len(word.group(1)) > width and column > hang:
            breaks.append(word.start())
            column = hang
        column += cell_len(word.group())
    return breaks
