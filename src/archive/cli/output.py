"""What reaches the terminal: data on stdout, everything else on stderr.

Text from the web is never written raw: control and bidirectional characters are shown escaped, so
that a page cannot move the cursor, hide words or set the terminal's title. Styles are used on a
terminal only, and not with ``NO_COLOR``.
"""

from __future__ import annotations

import re
import sys
from typing import IO, Any

from archive import document

__all__ = ["Output", "Styled", "clean"]

Styled = tuple[str, str]
"""Words and a style of rich's, such as ``bold`` or ``red``."""

# Controls, separators of lines and paragraphs, bidirectional and other invisible formatting,
# surrogates, private use; but not the joiners that Persian and Indic scripts are written with.
_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


def clean(text: str, *, lines: bool = False) -> str:
    """Text as it may go to a terminal.

    Args:
        text: from anywhere.
        lines: keep line feeds; else they are escaped too.
    """
    text = _UNSAFE.sub(_escape, text)
    return text if lines else text.replace("\n", "\\n")


def _escape(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape", "surrogatepass").decode("ascii")


class Output:
    """Where a command writes.

    Args:
        as_json: whether data is JSON.
    """

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json

    def line(self, *parts: str | Styled) -> None:
        """One line of data for a reader."""
        _write(sys.stdout, parts)

    def note(self, *parts: str | Styled) -> None:
        """One line beside the data, on stderr."""
        _write(sys.stderr, parts)

    def text(self, text: str) -> None:
        """Text of several lines, cleaned; it ends with a line feed."""
        sys.stdout.write(clean(text, lines=True))
        if not text.endswith("\n"):
            sys.stdout.write("\n")

    def json(self, value: Any, *, indent: int | None = None) -> None:
        """One JSON value on a line (or indented) of stdout."""
        data = document.write(value, indent=indent) + b"\n"
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()

    def raw(self, data: bytes) -> None:
        """Exact bytes; on a terminal, cleaned."""
        if sys.stdout.isatty():
            self.text(data.decode("utf-8", "surrogateescape"))
            return
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()


def _write(stream: IO[str], parts: tuple[str | Styled, ...]) -> None:
    pairs = [(part, "") if isinstance(part, str) else part for part in parts]
    if stream.isatty():
        from rich.console import Console
        from rich.text import Text

        whole = Text()
        for words, style in pairs:
            whole.append(clean(words), style or None)
        Console(file=stream, highlight=False, soft_wrap=True).print(whole)
    else:
        stream.write("".join(clean(words) for words, _ in pairs).rstrip() + "\n")
        stream.flush()
