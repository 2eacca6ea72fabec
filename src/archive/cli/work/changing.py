"""What ``archive changes`` does: lists what changed in a collection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import islice
from pathlib import Path

from archive.adding.effects import Effects
from archive.cli.captures import (
    describe_capture,
    describe_step,
    from_index,
    moment,
    note_basis,
)
from archive.cli.options import open_here
from archive.cli.output import Output, ReaderGoneError
from archive.cli.pages import write_page
from archive.cli.work.comparing import read_classes
from archive.collection import Reader, Step
from archive.collection.signed import read_signed

__all__ = ["list_changes"]

_AGO = re.compile(r"(\d{1,4})([hdw])\Z")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def list_changes(
    since: str | None,
    host: str | None,
    only: tuple[str, ...],
    silent: bool,
    limit: int | None,
    page: Path | None,
    collection: Path | None,
    as_json: bool,
) -> int:
    """Tell of the captures that are asked for; gives the exit code."""
    classes, now = read_classes(only), Effects().now()
    ago = _AGO.match(since or "")
    start = now - int(ago[1]) * _UNITS[ago[2]] if ago else since
    output, count = Output(as_json=as_json), 0
    with open_here(collection) as press:
        shown_by: Reader = press
        if page is not None:
            report, shown_by = read_signed(press, anew=True)
        found: Iterable[Step] = shown_by.changes(since=start, host=host)
        chosen = (
            step
            for step in found
            if (not classes or classes.intersection(step.classes)) and (step.silent or not silent)
        )
        shown: Iterator[Step] = islice(chosen, limit)
        if page is not None:
            from archive.export import render_changes  # loads what makes pages

            steps = list(shown)
            write_page(output, render_changes(steps, report, made=now), page)
            shown = iter(steps)
        with suppress(ReaderGoneError):  # the exit code says that something changed all the same
            for step in shown:
                count += 1
                _tell(output, step, by_index=page is None)
        if not count and not as_json:
            output.note("no changes")
        if page is None:
            note_basis(output)
    return 1 if count else 0


def _tell(output: Output, step: Step, *, by_index: bool) -> None:
    capture = step.capture
    if output.as_json:
        told = {"schema": "urn:article-archive:changes:v1", **capture.to_dict()}
        if by_index:
            told = from_index(told)
        output.json({**told, "change": step.to_dict()})
        return
    title = (capture.title or "(no title)", "bold")
    output.line(f"{moment(capture)}  {capture.id[:8]}  ", title, hang=2)
    output.line(f"  {capture.url}", hang=2)
    output.line("  ", *describe_step(step), f", {describe_capture(step.since)}", hang=2)
