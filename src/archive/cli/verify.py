"""``archive verify``: check a collection or lone files, one's own or a stranger's."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.options import F, as_json, collection_option, find_collection
from archive.cli.output import Output, ReaderGoneError

if TYPE_CHECKING:
    from archive.verification import Report, Trust

__all__ = ["command", "print_report"]

_EPILOG = """\
\b
Examples:
  archive verify press
  archive verify somebody.warc.gz --trust their-key.pub.pem
  archive verify press --require signature --require coverage --json
  archive verify press --tsa authority-root.pem --require timestamp

\b
Exit codes: 0 verified; 1 a check failed; 4 nothing, unsigned, untrusted or incomplete;
5 neither a WARC file nor gzip.
"""


_OPTIONS = (
    click.option(
        "--trust", metavar="KEY", multiple=True, help="Trust this key: a PEM file or a fingerprint."
    ),
    click.option(
        "--no-user-trust", is_flag=True, help="Do not trust your own keys, nor what you pinned."
    ),
    click.option(
        "--require", metavar="CHECK", multiple=True, help="A check that must pass; repeatable."
    ),
    click.option("--deep", is_flag=True, help="Also recompute every layer, and extract again."),
    click.option(
        "--checkpoint",
        "checkpoints",
        metavar="FILE",
        multiple=True,
        help="A checkpoint of its log that you believe; the log must extend it.",
    ),
    click.option(
        "--tsa",
        "authorities",
        metavar="ROOT.pem[,CERT.pem]",
        multiple=True,
        help="Trust this time-stamping authority; repeatable.",
    ),
    click.option("--policy", metavar="FILE", help="Whose witness counts (C2SP tlog-policy)."),
)


def _options(command: F) -> F:
    """Every option that only `verify` has, in the order of its help."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command("verify", epilog=_EPILOG)
@click.argument("paths", metavar="[DIR | FILE...]", nargs=-1, type=click.Path(path_type=Path))
@_options
@collection_option
@as_json
def command(
    paths: tuple[Path, ...],
    require: tuple[str, ...],
    deep: bool,
    collection: Path | None,
    as_json: bool,
    **named: Any,
) -> int:
    """Check a collection, or anyone's WARC files: framing, headers, digests, signatures, order.

    Every check ends as passed, failed or not checked, with the reason. Trusted are keys named by
    --trust, keys you pinned (archive key trust), and your own; and time-stamping authorities named
    by --tsa, or pinned (archive key trust --tsa).

    The last checkpoint of each log that you verified is kept in your state folder; a log that does
    not extend it fails.
    """
    output = Output(as_json=as_json)
    folder = _one_folder(paths, collection)
    report = _check(paths, folder, named, require=require, deep=deep)
    with suppress(ReaderGoneError):  # the exit code says the verdict to whoever reads no further
        if as_json:
            output.json(report.to_json())
        else:
            print_report(output, report)
    return 5 if report.unreadable and folder is None else report.exit_code


def _check(
    paths: tuple[Path, ...],
    folder: Path | None,
    named: dict[str, Any],
    *,
    require: tuple[str, ...],
    deep: bool,
) -> Report:
    """Check a collection with its log, or lone files."""
    from archive.collection import verify_collection, verify_files
    from archive.errors import UsageError

    keys = partial(_gather, named["trust"], user_trust=not named["no_user_trust"])
    anchors = {name: named[name] for name in ("checkpoints", "authorities", "policy")}
    if folder is None:
        if any(anchors.values()):
            raise UsageError("a log is of a collection, not of files", where=str(paths[0]))
        return verify_files(paths, keys, require=require, deep=deep)
    from archive.disk.layout import Layout, read_settings
    from archive.log.anchoring import read_anchoring
    from archive.user.keystore import Keystore

    layout = Layout(folder)
    read_settings(layout)
    keystore = None if named["no_user_trust"] else Keystore.of_user()
    anchoring = read_anchoring(**anchors, keystore=keystore)
    return verify_collection(layout, keys, require=require, deep=deep, anchoring=anchoring)


def _gather(named: tuple[str, ...], *, user_trust: bool) -> Trust:
    from archive.user.keystore import Keystore
    from archive.user.trusting import gather_trust

    return gather_trust(Keystore.of_user(), named, user_trust=user_trust)


def print_report(output: Output, report: Report) -> None:
    """A report for a reader: verdict, checks, signers, findings, and what it shows."""
    from archive.verification import describe

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
    from archive.errors import UsageError

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
