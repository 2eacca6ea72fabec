"""What reaches the terminal: data on stdout, everything else on stderr.

Text from the web is never written raw: control and bidirectional characters are shown escaped, so
that a page cannot move the cursor, hide words or set the terminal's title. Styles, and lines broken
between words, are for a terminal only; ``NO_COLOR`` takes the styles away.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import IO, Any

from archive.display import UNSAFE, clean
from archive.errors import ArchiveError, Hint, StorageError

__all__ = [
    "Output",
    "Styled",
    "clean",
    "error_to_json",
    "prepare_streams",
]

Styled = tuple[str, str]
"""Words and a style of rich's, such as ``bold`` or ``red``."""

_NARROW = 72  # columns; in fewer a title has no room beside outcome, id and date


def _escape_json(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]


class ReaderGoneError(Exception):
    """Whoever read our output has closed the pipe, as ``head`` does."""


def prepare_streams() -> None:
    """Make stdout and stderr take any text: what their encoding cannot write is escaped.

    A stream that the caller closed is replaced by one that goes, or comes from, nowhere.
    """
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "r+", encoding="utf-8"))  # noqa: SIM115 for good
        elif isinstance(stream, io.TextIOWrapper) and name != "stdin":
            stream.reconfigure(errors="backslashreplace")


def _silence() -> None:
    """Let nothing more reach stdout, so that Python does not try once again when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def error_to_json(error: ArchiveError) -> dict[str, object]:
    """An error as every command writes it with ``--json``."""
    told = {
        "code": error.code,
        "message": error.message,
        "where": error.where,
        "hint": Hint.in_shell(error.hint) if error.hint else None,
    }
    return {"schema": "urn:article-archive:error:v1", "error": told}


class Output:
    """Where a command writes. Whatever is written is flushed, so that nothing overtakes.

    Args:
        as_json: whether data is JSON.
    """

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json

    @property
    def is_narrow(self) -> bool:
        """Whether data goes to a terminal with too few columns for long lines."""
        if not sys.stdout.isatty():
            return False
        wide: int = _load_terminal().width(sys.stdout)
        return wide < _NARROW

    def line(self, *parts: str | Styled, hang: int | None = 0) -> None:
        """One line of data for a reader.

        Args:
            parts: words, or words with a style.
            hang: the column in which a line too wide for the terminal goes on; None leaves it
                whole, to be copied.

        Raises:
            StorageError: it cannot be written.
        """
        _write(sys.stdout, parts, hang)

    def note(self, *parts: str | Styled, hang: int = 0) -> None:
        """One line beside the data, on stderr."""
        _write(sys.stderr, parts, hang)

    def text(self, text: str) -> None:
        """Text of several lines, cleaned; it ends with a line feed."""
        cleaned = clean(text.removesuffix("\n"), lines=True)
        if sys.stdout.isatty():
            _draw(sys.stdout, [(cleaned, "")], 0)
            return
        with _writing():
            sys.stdout.write(cleaned + "\n")
            sys.stdout.flush()

    def json(self, value: Any, *, indent: int | None = None) -> None:
        """One JSON value on a line (or indented) of stdout; unsafe characters are escaped in it."""
        separators = (",", ":") if indent is None else (",", ": ")
        text = json.dumps(
            value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators
        )
        self._put(UNSAFE.sub(_escape_json, text).encode("utf-8") + b"\n")

    def raw(self, data: bytes) -> None:
        """Exact bytes; on a terminal, cleaned."""
        if sys.stdout.isatty():
            self.text(data.decode("utf-8", "surrogateescape"))
        else:
            self._put(data)

    def _put(self, data: bytes) -> None:
        with _writing():
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.flush()


@contextmanager
def _writing() -> Iterator[None]:
    """Turn what the operating system says of our output into errors of our own."""
    try:
        yield
    except BrokenPipeError:
        _silence()
        raise ReaderGoneError from None
    except OSError as error:
        _silence()
        raise StorageError(f"the output cannot be written: {error.strerror}") from None


def _write(stream: IO[str], parts: tuple[str | Styled, ...], hang: int | None) -> None:
    pairs = [(part, "") if isinstance(part, str) else part for part in parts]
    if stream.isatty():
        _draw(stream, [(clean(words), style) for words, style in pairs], hang)
        return
    with _writing():
        stream.write("".join(clean(words) for words, _ in pairs).rstrip() + "\n")
        stream.flush()


def _draw(stream: IO[str], parts: Sequence[Styled], hang: int | None) -> None:
    _load_terminal().draw(stream, parts, hang)


def _load_terminal() -> ModuleType:
    """What draws on a terminal: it loads rich, which takes a tenth of a second."""
    from archive.cli import terminal

    return terminal
