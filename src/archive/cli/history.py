"""``archive history``: the versions of a URL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

import archive.collection
from archive.cli.captures import TURNS, moment, note_basis, print_turn, turn_to_json
from archive.cli.options import after_option, as_json, collection_option, limit_option, open_here
from archive.cli.output import Output
from archive.errors import NotFoundError
from archive.url import normalize

if TYPE_CHECKING:
    from archive.collection import Capture, Turn

__all__ = ["command"]

_WIDTH = 64
_MARGIN = "  "
_SIGNS = "-=#x"  # of captures that fall on one place the last of these is drawn


_EPILOG = """\
\b
Examples:
  archive history https://news.example/story
  archive history https://news.example/story --limit 20 --after 3f2a9c
"""


@click.command("history", epilog=_EPILOG)
@click.argument("url", metavar="URL")
@limit_option
@after_option
@collection_option
@as_json
def command(
    url: str, limit: int | None, after: str | None, collection: Path | None, as_json: bool
) -> None:
    """Show the versions of URL, oldest first: captures in a row whose article is the same.

    A drawing shows the captures in time, each version's number above its first: # captured,
    = unchanged, x failed. Between two versions stands what happened, and between which captures:
    it changed, was gone, came back, or could not be had. With --limit and --after only some of the
    versions are told: those behind the one that a capture belongs to.
    """
    output = Output(as_json=as_json)
    with open_here(collection) as press:
        turns = press.turns(url)
        start = _find_version(turns, press.get(after).id) if after else 0
        shown = list(enumerate(turns, 1))[start:][:limit]
        if as_json:
            for _, turn in shown:
                output.json(turn_to_json(turn))
            return
        output.line((normalize(url), "bold"))
        output.line(_sum_up(turns), hang=2)
        if not output.is_narrow:
            for line in _draw(turns):
                output.line((line, "cyan"))
        for number, turn in shown:
            print_turn(output, number, turn, normalize(url))
        note_basis(output)


def _find_version(turns: Sequence[Turn], capture: str) -> int:
    """The number of the version that a capture belongs to."""
    for number, turn in enumerate(turns, 1):
        if any(one.id == capture for one in turn.version.captures):
            return number
    raise NotFoundError("no capture of this URL", where=capture)


def _draw(turns: Sequence[Turn]) -> list[str]:
    """The captures from left to right: the versions' numbers, the captures, the first and last day.

    An import stands at the date that is claimed. Nothing where all were made in one second.
    """
    dates = [_stands(capture) for turn in turns for capture in turn.version.captures]
    first, last = min(dates), max(dates)
    whole = (last - first).total_seconds()
    if whole < 1:
        return []
    axis, numbers = ["-"] * _WIDTH, ""
    for number, turn in enumerate(turns, 1):
        for index, capture in enumerate(turn.version.captures):
            place = round((_stands(capture) - first).total_seconds() / whole * (_WIDTH - 1))
            sign = "x" if capture.failed else "=" if capture.outcome == "unchanged" else "#"
            axis[place] = max(axis[place], sign, key=_SIGNS.index)
            if index == 0 and (place > len(numbers) or not numbers):
                numbers = numbers.ljust(place) + str(number)
    days = f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}"
    ends = f"{days[0]}{days[1]:>{_WIDTH - len(days[0])}}"
    return [_MARGIN + line for line in (numbers, "".join(axis), ends)]


def _stands(capture: Capture) -> datetime:
    return datetime.fromisoformat(capture.row.stands)


def _sum_up(turns: Sequence[Turn]) -> str:
    """When an article was seen first and last, and how often."""
    count = sum(len(turn.version.captures) for turn in turns)
    total = f"{count} capture{'' if count == 1 else 's'}"
    dates = archive.collection.list_seen(turns)
    if not dates:
        return f"no article was ever seen; {total}"
    return (
        f"first seen {moment(dates[0])}, last seen {moment(dates[-1])}; {total},"
        f" {_count_versions(turns)}"
    )


def _count_versions(turns: Sequence[Turn]) -> str:
    """How many versions there are, as they are numbered below, and of what."""
    kinds = Counter(turn.kind for turn in turns)
    seen = sum(kinds.pop(kind, 0) for kind in ("first", "changed", "back"))
    number = archive.collection.count_articles(turns)
    different = f" ({number} different)" if 0 < number < seen else ""
    total = f"{len(turns)} version{'' if len(turns) == 1 else 's'}"
    if seen == len(turns):
        return f"{total} of the article{different}"
    found = [f"{seen} of the article{different}"] if seen else []
    return f"{total}: {', '.join([*found, *(f'{n} {TURNS[one]}' for one, n in kinds.items())])}"
