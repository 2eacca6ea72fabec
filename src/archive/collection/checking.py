"""Checking a collection, or lone files: which bytes are read, and in which process.

Reading begins before what judges is loaded, which takes a tenth of a second.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from attrs import define, evolve

from archive.collection.ahead import can_run_ahead, run_ahead
from archive.collection.files import check_file
from archive.errors import InputError
from archive.verification import NamedSource, check_names, read_files

if TYPE_CHECKING:
    from archive.store.layout import Layout
    from archive.verification import Report, Trust

__all__ = ["check_collection", "check_files"]

_NO_STRANGER = ".DS_Store"  # macOS leaves it in every folder that was looked at
_MAX_STRANGERS = 100
_WORTH_A_PROCESS = 2_000_000  # stored bytes; reading them takes ten times as long as a fork


def check_collection(
    layout: Layout,
    trust: Trust | Callable[[], Trust],
    *,
    require: Collection[str] = (),
    deep: bool = False,
) -> Report:
    """Check all files of a collection, in order, as one whole.

    Args:
        layout: where it lies.
        trust: the keys that count, or what gathers them while reading has begun.
        require: names of checks that must pass.
        deep: also recompute entity, content, text and claims digests.

    Raises:
        InputError: the folder of WARC files cannot be read.
    """
    strangers = _find_strangers(layout)
    lengths, writing = _look(layout)
    sources = [
        NamedSource(f"warc/{path.name}", partial(_open_to, path, length))
        for path, length in lengths.items()
    ]
    size = sum(lengths.values())
    report = _check(sources, size, trust, require, deep=deep, whole=True, writing=writing)
    return _add_strangers(report, strangers) if strangers else report


def check_files(
    paths: Iterable[Path],
    trust: Trust | Callable[[], Trust],
    *,
    require: Collection[str] = (),
    deep: bool = False,
) -> Report:
    """Check lone WARC files, anyone's; arguments as for `check_collection`.

    Raises:
        InputError: a file is missing, is no file, or must not be read.
    """
    sources: list[NamedSource] = []
    size = 0
    for path in paths:
        check_file(path)
        size += path.stat().st_size
        sources.append(NamedSource(str(path), partial(_open, path)))
    return _check(sources, size, trust, require, deep=deep, whole=False, writing=False)


def _check(
    sources: Iterable[NamedSource],
    size: int,
    trust: Trust | Callable[[], Trust],
    require: Collection[str],
    *,
    deep: bool,
    whole: bool,
    writing: bool,
) -> Report:
    check_names(require)
    steps = read_files(sources, deep=deep)
    if size >= _WORTH_A_PROCESS and can_run_ahead():
        steps = run_ahead(steps)
    with closing(steps):
        from archive.verification import judge

        keys = trust() if callable(trust) else trust
        return judge(steps, keys, required=require, deep=deep, whole=whole, writing=writing)


def _find_strangers(layout: Layout) -> list[str]:
    """Names of what lies beside the WARC files and is none: other files; pipes named like one."""
    try:
        paths = sorted(layout.warc.iterdir())
        return [
            path.name
            for path in paths
            if path.name != _NO_STRANGER and path.is_file() != path.name.endswith(".warc.gz")
        ]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(f"unreadable: {error.strerror}", where=str(layout.warc)) from None


def _add_strangers(report: Report, names: Sequence[str]) -> Report:
    """The report, failed for files that no statement covers."""
    from archive.verification import Finding

    message = "a file that is not one of the collection's"
    found = [Finding("coverage", message, f"warc/{name}") for name in names[:_MAX_STRANGERS]]
    number = f"{len(names)} file{'s' if len(names) > 1 else ''} not of the collection"
    checks = (
        evolve(check, result="failed", reason="; ".join([number, *filter(None, [check.reason])]))
        if check.name == "coverage"
        else check
        for check in report.checks
    )
    return evolve(
        report,
        verdict="failed",
        checks=tuple(checks),
        findings=(*report.findings, *found),
        omitted=report.omitted + len(names) - len(found),
    )


def _look(layout: Layout) -> tuple[dict[Path, int], bool]:
    """The files' lengths at one moment, and whether a writer held the lock then.

    A writer that comes later is of no concern: nothing is read beyond these lengths.
    """
    from archive.store.lock import is_locked

    lengths = _measure(layout)
    while not (writing := is_locked(layout.lock)):
        before, lengths = lengths, _measure(layout)
        if before == lengths:
            break
    return lengths, writing


def _measure(layout: Layout) -> dict[Path, int]:
    lengths: dict[Path, int] = {}
    for path in layout.files():
        with suppress(FileNotFoundError):  # taken back by a writer since it was listed
            found = path.stat()
            if stat.S_ISREG(found.st_mode):
                lengths[path] = found.st_size
    return lengths


@define
class _Beginning:
    """The first bytes of a file, to be read."""

    file: BinaryIO
    left: int

    def read(self, size: int, /) -> bytes:
        piece = self.file.read(min(size, self.left))
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.file.close()


def _open_to(path: Path, length: int) -> _Beginning:
    return _Beginning(_open(path), length)


def _open(path: Path) -> BinaryIO:
    return open(path, "rb")
