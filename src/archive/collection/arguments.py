"""What people pass: a value of the wrong type is refused at once, in words."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

from archive.errors import UsageError

__all__ = ["expect", "expect_path"]

_T = TypeVar("_T")


def expect(value: Any, kind: type[_T], what: str) -> _T:
    """A value, if it is of a type.

    Args:
        value: what was passed.
        kind: the type that it must have.
        what: what it should be, in words with an article.

    Raises:
        UsageError: it is of another type.
    """
    if isinstance(value, kind):
        return value
    raise UsageError(f"not {what}, but a value of type {type(value).__name__}")


def expect_path(value: Any) -> Path:
    """A path, if it is one.

    Raises:
        UsageError: it is neither a text nor a path.
    """
    if isinstance(value, str | PathLike):
        return Path(value)
    raise UsageError(f"not a path, but a value of type {type(value).__name__}")
