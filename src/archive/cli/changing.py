"""``archive changes``: what changed in a collection, and how `archive add` tells of one capture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.captures import MARGIN, describe_capture, moment
from archive.cli.options import as_json, collection_option, limit_option, open_here
from archive.cli.output import Output, ReaderGoneError, Styled
from archive.cli.pages import html_option, write_page

if TYPE_CHECKING:
    from archive.collection import Capture, Step

__all__ = ["change_to_json", "command", "print_change"]

_NO_ARTICLE = "probably not the article"
_AGO = re.compile(r"(\d{1,4})([hdw])\Z")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}

_EPILOG = """\
\b
Listed are captures whose article is not the one of the capture of the same URL before. Failures,
and captures that are probably not the article, are passed over. Classes are those of
`archive diff --help`.

\b
Examples:
  archive changes
  archive changes --since 7d --host news.example
  archive changes --since 2026-11-22 --only headline,number --silent
  archive changes --since 24h --html changes.html
  archive changes --json

\b
Exit codes: 0 nothing to show, 1 something changed.
"""


@click.command("changes", epilog=_EPILOG)
@click.option(
    "--since",
    metavar="7d|DATE",
    help="Only captures of so many hours (h), days (d), weeks (w), or since a date or instant.",
)
@click.option("--host", metavar="HOST", help="Only URLs of this host, such as news.example.")
@click.option(
    "--only",
    metavar="CLASS[,CLASS]",
    multiple=True,
    help="Only where something changed of these classes; repeatable.",
)
@click.option("--silent", is_flag=True, help="Only silent changes.")
@limit_option
@html_option(required=False)
@collection_option
@as_json
def command(
    since: str | None,
    host: str | None,
    only: tuple[str, ...],
    silent: bool,
    limit: int | None,
    page: Path | None,
    collection: Path | None,
    as_json: bool,
) -> int:
    """List what changed in the collection, the newest first.

    A silent change is told so only after both captures were read again from their records.
    """
    from archive.adding.effects import Effects
    from archive.cli.diff import read_classes

    classes, now = read_classes(only), Effects().now()
    ago = _AGO.match(since or "")
    start = now - int(ago[1]) * _UNITS[ago[2]] if ago else since
    output, count = Output(as_json=as_json), 0
    with open_here(collection) as press:
        found: Iterable[Step] = press.changes(since=start, host=host)
        chosen = (
            step
            for step in found
            if (not classes or classes.intersection(step.classes)) and (step.silent or not silent)
        )
        shown: Iterator[Step] = islice(chosen, limit)
        if page is not None:
            from archive.export import render_changes

            steps = list(shown)
            write_page(output, render_changes(steps, press.verify(), made=now), page)
            shown = iter(steps)
        with suppress(ReaderGoneError):  # the exit code says that something changed all the same
            for step in shown:
                count += 1
                _tell(output, step)
        if not count and not as_json:
            output.note("no changes")
    return 1 if count else 0


def _tell(output: Output, step: Step) -> None:
    capture = step.capture
    if output.as_json:
        told = {"schema": "urn:article-archive:changes:v1", **capture.to_dict()}
        output.json({**told, "change": step.to_dict()})
        return
    title = (capture.title or "(no title)", "bold")
    output.line(f"{moment(capture)}  {capture.id[:8]}  ", title, hang=2)
    output.line(f"  {capture.url}", hang=2)
    output.line("  ", *describe_step(step), f", {describe_capture(step.since)}", hang=2)


def print_change(output: Output, capture: Capture) -> None:
    """A line that says what changed since the capture before, where anything is to be said."""
    step = capture.change
    if step is not None:
        output.line(" " * MARGIN, *describe_step(step), hang=MARGIN)
    elif capture.change_reason and _NO_ARTICLE in capture.change_reason:
        output.line(" " * MARGIN, (capture.change_reason, "bold yellow"), hang=MARGIN)


def describe_step(step: Step) -> list[str | Styled]:
    """What changed, in words with styles."""
    since = _describe_day(step)
    if step.same:
        return [("the same", "cyan"), f" as {since}"]
    reason = step.silent_reason or ""
    if _NO_ARTICLE in reason:
        return [(reason, "bold yellow")]
    changed = (f"changed since {since.removeprefix('on ').removeprefix('at ')}", "bold yellow")
    if step.difference.state == "gone":
        return [changed, ": there is no article any more"]
    if not step.classes:  # nothing was found, but not all was compared
        return [("perhaps ", "yellow"), changed, f": {reason}"]
    parts: list[str | Styled] = [changed, ": " + ", ".join(map(_word, step.classes))]
    if step.silent:
        parts += [" ", ("(silent)", "bold red")]
    elif step.silent is None:
        parts.append((f" (whether silent is not judged: {reason})", "dim"))
    return parts


def _describe_day(step: Step) -> str:
    """When the capture before was made: the day; of the same day the time."""
    before, now = step.since.date, step.capture.date
    if before.date() == now.date():
        return f"at {before:%H:%M:%S} UTC"
    year = f" {before.year}" if before.year != now.year else ""
    return f"on {before.day} {before:%B}{year}"


def _word(name: str) -> str:
    return name.replace("-", " ")


def change_to_json(capture: Capture) -> dict[str, Any]:
    """What changed since the capture before, in JSON; or why nothing is said of that."""
    step = capture.change
    told = step.to_dict() if step is not None else None
    return {"change": told, "change_reason": capture.change_reason}
