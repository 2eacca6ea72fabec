"""What ``archive verify`` does: checks a collection or lone files, one's own or a stranger's."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import archive.collection
from archive.cli.options import find_collection
from archive.cli.output import Output, ReaderGoneError
from archive.cli.work.proofs import check
from archive.collection import verify_files
from archive.disk.layout import Layout
from archive.errors import UsageError
from archive.log.proving import is_proof
from archive.user.keystore import Keystore
from archive.user.trusting import gather_trust
from archive.verification import Report, describe

__all__ = ["print_report", "verify"]


def verify(
    paths: tuple[Path, ...],
    require: tuple[str, ...],
    deep: bool,
    collection: Path | None,
    as_json: bool,
    **named: Any,
) -> int:
    """Check what is named, and tell what came of it; gives the exit code."""
    output = Output(as_json=as_json)
    folder = _one_folder(paths, collection)
    if folder is None and len(paths) == 1 and _is_proof(paths[0]):
        return _check_proof(paths[0], named, asked=bool(require or deep), as_json=as_json)
    report = _check(paths, folder, named, require=require, deep=deep)
    with suppress(ReaderGoneError):  # the exit code says the verdict to whoever reads no further
        if as_json:
            output.json(report.to_json())
        else:
            print_report(output, report)
    return 5 if report.unreadable and folder is None else report.exit_code


def _is_proof(path: Path) -> bool:
    """Whether a file is a proof or an opening; one that cannot be read is told of by its check."""
    with suppress(OSError), path.open("rb") as file:
        return is_proof(file.read(64)) if path.is_file() else False
    return False


def _check_proof(path: Path, named: dict[str, Any], *, asked: bool, as_json: bool) -> int:
    """Check a proof as ``archive log check`` does; the checks of files are none of it."""
    trust, no_user_trust = named.pop("trust"), named.pop("no_user_trust")
    if asked or any(named.values()):
        hint = "give --trust alone, as for archive log check"
        raise UsageError("a proof has none of these checks", where=str(path), hint=hint)
    return check(path, trust, no_user_trust, as_json)


def _check(
    paths: tuple[Path, ...],
    folder: Path | None,
    named: dict[str, Any],
    *,
    require: tuple[str, ...],
    deep: bool,
) -> Report:
    """Check a collection with its log, or lone files."""
    user_trust = not named.pop("no_user_trust")
    keystore = Keystore.of_user()
    if folder is not None:
        return archive.collection.verify_as_user(
            Layout(folder), keystore, require=require, deep=deep, user_trust=user_trust, **named
        )
    keys = partial(gather_trust, keystore, named.pop("trust"), user_trust=user_trust)
    if any(named.values()):
        raise UsageError("a log is of a collection, not of files", where=str(paths[0]))
    return verify_files(paths, keys, require=require, deep=deep)


def print_report(output: Output, report: Report) -> None:
    """A report for a reader: verdict, checks, signers, findings, and what it shows."""
    verdict, *lines = describe(report)
    output.line((verdict, _VERDICTS.get(report.verdict, "bold yellow")))
    for line in lines:
        row = _ROW.fullmatch(line)
        if row is None:
            output.line(line, hang=len(line) - len(line.lstrip()))
        else:
            before, result, gap, holds = row.groups()
            output.line(before, (result, _RESULTS[result]), gap, holds, hang=row.start(4))


_VERDICTS = {"verified": "bold green", "failed": "bold red"}
_RESULTS = {"passed": "green", "FAILED": "bold red", "not checked": "yellow"}
_ROW = re.compile(r"(  \d+ +\w+ +)(passed|FAILED|not checked)( +)(.*)")


def _one_folder(paths: tuple[Path, ...], collection: Path | None) -> Path | None:
    """The collection that is to be checked, or None when files are."""
    if paths and collection is not None:
        raise UsageError("give -C, or what to check, not both", where=str(collection))
    if not paths:
        return find_collection(collection)
    folders = [path for path in paths if os.path.isdir(path)]  # False where it may not look
    if not folders:
        return None
    if len(paths) > 1:
        raise UsageError("give one collection, or files", where=str(folders[0]))
    return folders[0]
