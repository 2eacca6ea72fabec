"""Tests of `archive.errors`: the tree, its exit codes, and how an error reads."""

from __future__ import annotations

import pickle
import re

import pytest

from archive import errors


def tree() -> dict[str, type[errors.ArchiveError]]:
    """Every error class of the module, by name."""
    found: dict[str, type[errors.ArchiveError]] = {}
    waiting: list[type[errors.ArchiveError]] = [errors.ArchiveError]
    while waiting:
        kind = waiting.pop()
        found[kind.__name__] = kind
        waiting.extend(sub for sub in kind.__subclasses__() if sub.__module__ == errors.__name__)
    return found


def drawn() -> dict[str, tuple[str | None, int]]:
    """The tree of the module's docstring: for each name its parent and its exit code."""
    found: dict[str, tuple[str | None, int]] = {}
    path: list[str] = []
    line_form = re.compile(r"^    ([│├└─ ]*)(\w+Error)\s+(?:exit\s+)?(\d+)\s")
    for line in (errors.__doc__ or "").splitlines():
        match = line_form.match(line)
        if match:
            depth = len(match[1]) // 4
            path[depth:] = [match[2]]
            found[match[2]] = (path[depth - 1] if depth else None, int(match[3]))
    return found


def test_the_drawn_tree_is_the_real_tree() -> None:
    """The tree in the docstring has every class, its parent, and its exit code."""
    real = {
        name: (None if kind is errors.ArchiveError else kind.__bases__[0].__name__, kind.exit_code)
        for name, kind in tree().items()
    }
    assert drawn() == real


def test_every_error_is_exported_in_order() -> None:
    """`__all__` names every class of the tree, and the hints that several of them give."""
    hints = [name for name in errors.__all__ if isinstance(getattr(errors, name), errors.Hint)]
    assert sorted([*tree(), *hints, "Hint"]) == sorted(errors.__all__)


def test_codes_are_unlike() -> None:
    """No two classes share a code, so that a reader of JSON can tell them apart."""
    codes = [kind.code for kind in tree().values()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (errors.UsageError("no"), "no"),
        (errors.UsageError("no", where="x.warc"), "no (x.warc)"),
        (errors.UsageError("no", hint="do this"), "no; do this"),
        (errors.UsageError("no", where="x", hint="do this"), "no (x); do this"),
        (errors.WarcError("cut", offset=7), "cut (byte 7)"),
        (errors.WarcError("cut", offset=7, where="x.warc"), "cut (x.warc, byte 7)"),
    ],
)
def test_an_error_reads_as_a_sentence(error: errors.ArchiveError, text: str) -> None:
    """An error's text is its message, the place in brackets, and the advice after a semicolon."""
    assert str(error) == text


def test_a_warc_error_knows_where_it_is_and_whether_bytes_are_missing() -> None:
    """A `WarcError` keeps its offset and whether the file merely ends too early."""
    error = errors.WarcError("cut", offset=9, torn=True)
    assert (error.offset, error.torn, error.where) == (9, True, "byte 9")


def test_joined_hints_speak_to_both() -> None:
    """Texts with a hint among them are one in both languages, pickled too; plain ones are plain."""
    hint = errors.Hint("call a()", command="type a")
    told = pickle.loads(pickle.dumps(errors.Hint.joined("first", hint, between="; ")))
    assert (told, errors.Hint.in_shell(told)) == ("first; call a()", "first; type a")
    plain = errors.Hint.joined("first", "second")
    assert type(plain) is str
    assert errors.Hint.in_shell(plain) == plain == "firstsecond"
