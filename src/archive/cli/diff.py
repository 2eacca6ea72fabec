"""``archive diff``: what changed between two captures."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.captures import describe_capture
from archive.cli.options import as_json, collection_option, open_here
from archive.cli.output import Output, ReaderGoneError
from archive.errors import NotFoundError

if TYPE_CHECKING:
    from archive.collection import Capture, Collection
    from archive.comparison import Change, Comparison

__all__ = ["command", "comparison_to_json", "print_comparison"]

_EPILOG = """\
\b
A and B are captures as for `archive show`. With a URL alone, its last two versions that have an
article are compared.

\b
Examples:
  archive diff https://news.example/story
  archive diff https://news.example/story@~1 https://news.example/story
  archive diff 3f2a9c81 77b0aa12 --json

\b
Exit codes: 0 the same, 1 they differ.
"""
_CONTEXT = 40


@click.command("diff", epilog=_EPILOG)
@click.argument("before", metavar="A")
@click.argument("after", metavar="[B]", required=False)
@collection_option
@as_json
def command(before: str, after: str | None, collection: Path | None, as_json: bool) -> int:
    """Compare two captures word by word. It says what differs, not what kind of change it is."""
    output = Output(as_json=as_json)
    with open_here(collection) as press:
        old, new = _choose(press, before, after)
        comparison = press.compare(old, new)
        with suppress(ReaderGoneError):  # the exit code says whether they differ all the same
            if as_json:
                output.json(comparison_to_json(comparison, old, new))
            else:
                output.line(f"{describe_capture(old)}  →  {describe_capture(new)}")
                print_comparison(output, comparison)
    return 0 if comparison.same else 1


def _choose(press: Collection, before: str, after: str | None) -> tuple[Capture, Capture]:
    from archive.collection import list_versions

    if after is not None:
        return press.get(before), press.get(after)
    # As with ~N, captures without an article do not count: a failed one is no version of the text.
    found = [capture for version in press.history(before) for capture in version.captures]
    versions = list_versions(capture for capture in found if capture.row.words is not None)
    if len(versions) < 2:
        count = "one version" if versions else "no version"
        raise NotFoundError(
            f"{count} with an article, so there is nothing to compare", where=before
        )
    return versions[-2].last, versions[-1].first


def print_comparison(output: Output, comparison: Comparison) -> None:
    """The changes, each with a few words around it."""
    output.line((comparison.summary(), "bold"))
    for change in comparison.changes:
        sides = comparison.before, comparison.after
        whole = [_part(side, change.part) for side in sides if side is not None]
        _print_change(output, change, whole[-1])


def _part(article: Any, part: str) -> str:
    return (article.title or "") if part == "title" else str(article.text)


def _print_change(output: Output, change: Change, after: str) -> None:
    start, end = change.after_span
    before, now = (_one_line(words) for words in (change.before, change.after))
    gap = " " if before and now else ""
    output.line(
        (f"{change.part:<6} ", "dim"),
        _lead(after[:start].rpartition("\n")[2]),
        (f"[-{before}-]" if before else "", "red strike"),
        gap,
        (f"{{+{now}+}}" if now else "", "green"),
        _trail(after[end:].partition("\n")[0]),
        hang=7,
    )


def _lead(words: str) -> str:
    """The last whole words before a change."""
    return words if len(words) <= _CONTEXT else "… " + words[-_CONTEXT:].partition(" ")[2]


def _trail(words: str) -> str:
    """The first whole words after a change."""
    return words if len(words) <= _CONTEXT else words[:_CONTEXT].rpartition(" ")[0] + " …"


def _one_line(words: str) -> str:
    """Words of several paragraphs in one line; line ends alone as what they are."""
    return " ¶ ".join(line for line in words.split("\n") if line) or "¶" * len(words)


def comparison_to_json(comparison: Comparison, old: Capture, new: Capture) -> dict[str, Any]:
    """A comparison in JSON; spans are code points in the part's text."""
    return {
        "schema": "urn:article-archive:diff:v1",
        "before": old.id,
        "after": new.id,
        "same": comparison.same,
        "summary": comparison.summary(),
        "changes": [
            {
                "part": change.part,
                "before": change.before,
                "after": change.after,
                "before_span": list(change.before_span),
                "after_span": list(change.after_span),
            }
            for change in comparison.changes
        ],
    }
