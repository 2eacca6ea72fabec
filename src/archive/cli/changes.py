"""A comparison for a reader on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from archive.cli.output import Output, Styled
from archive.collection import Pair
from archive.comparison import CLASSES, Change, Comparison, Passage, Segment, mark
from archive.display import shorten

__all__ = ["pair_to_json", "print_changes", "print_comparison", "print_shared"]

_CONTEXT = 40  # characters shown of what is the same, before and after what differs
_LONGEST = 400  # characters shown of one run of words that came or went
_MOST_SHARED = 20
_STYLES = {"substantive": "bold red", "minor": "yellow", "cosmetic": "dim"}
_TWINS = {
    "amp": "one of the two is an AMP page: it leaves out what the article's own page shows",
    "print": "one of the two is a page for printing: it leaves out what the article's own shows",
}
_SILENT = "silent: neither a later date of modification nor a correction note tells of it"


def print_comparison(
    output: Output, comparison: Comparison, changes: Sequence[Change] | None = None
) -> None:
    """What changed: a line that sums up, then the changes by class.

    Args:
        output: where to.
        comparison: the outcome.
        changes: those of it to list; all where left out.
    """
    reason = comparison.silent_reason
    if reason is not None and comparison.is_doubtful:
        output.line((reason, "bold yellow"), hang=2)
    output.line((comparison.summary(), "bold"), hang=2)
    if comparison.twin:
        output.line((_TWINS[comparison.twin], "yellow"), hang=2)
    _print_silence(output, comparison)
    _print_beside(output, comparison)
    shown = comparison.changes if changes is None else changes
    if len(shown) < len(comparison.changes):
        output.line((f"listed: {len(shown)} of {len(comparison.changes)}", "dim"))
    elif (comparison.is_whole or comparison.is_doubtful) and shown:
        output.line((f"folded: {len(shown)} changes, see --html, --json or --only", "dim"))
        return
    print_changes(output, shown)


def _print_silence(output: Output, comparison: Comparison) -> None:
    """Whether the page tells of its changes, or why that is not judged."""
    if comparison.silent:
        output.line((_SILENT, "red"))
        return
    reason = comparison.silent_reason
    if reason in (None, "captures of two URLs") or comparison.is_doubtful:  # which is said before
        return
    if comparison.silent is None and comparison.changes:
        output.line((f"whether silent is not judged: {reason}", "dim"), hang=2)


def _print_beside(output: Output, comparison: Comparison) -> None:
    """What is not among the changes listed: left out by filters, or beside the article."""
    left_out = [f"{count} {name}" for name, count in comparison.filters.items() if count]
    if left_out and comparison.filters["same-bytes"] == 0:
        output.line((f"left out by filters: {', '.join(left_out)}", "dim"))
    if comparison.beside:
        count = len(comparison.beside)
        output.line((f"beside the article: {count} more, see --json", "dim"))


def print_changes(output: Output, changes: Iterable[Change]) -> None:
    """Changes under the names of their classes, each with a few words around it."""
    ordered = sorted(changes, key=lambda change: [CLASSES.index(name) for name in change.classes])
    for (classes, significance), alike in groupby(
        ordered, lambda change: (change.classes, change.significance)
    ):
        names = ", ".join(name.replace("-", " ") for name in classes)
        output.line()
        output.line((names, _STYLES[significance]), f"  {significance}")
        for change in alike:
            output.line("  ", (_place(change), "dim"), *_words(change), hang=4)


def _place(change: Change) -> str:
    """Where a change is, unless in the article."""
    if change.property:
        return f"{change.property}, for machines: "
    return "beside the article: " if change.scope == "page" else ""


def _words(change: Change) -> list[str | Styled]:
    """A change's passage with its words marked, as wdiff marks them."""
    segments = mark(change)
    if change.operations == () and len(segments) == 1 and segments[0].kind == "same":
        return [_trail(segments[0].text, 2 * _CONTEXT)]
    parts: list[str | Styled] = []
    for number, segment in enumerate(segments):
        replaces = number and segments[number - 1].kind == "removed" and segment.kind == "added"
        parts += [" "] if replaces else []
        parts.append(_piece(segment, first=number == 0, last=number == len(segments) - 1))
    return parts


def _piece(segment: Segment, *, first: bool, last: bool) -> str | Styled:
    words = _one_line(segment.text)
    if segment.kind == "removed":
        return f"[-{shorten(words, _LONGEST)}-]", "red strike"
    if segment.kind == "added":
        return f"{{+{shorten(words, _LONGEST)}+}}", "green"
    if first != last:
        return _lead(words) if first else _trail(words, _CONTEXT)
    if len(words) <= 2 * _CONTEXT + 3:
        return words
    return f"{words[:_CONTEXT].rpartition(' ')[0]} … {words[-_CONTEXT:].partition(' ')[2]}"


def _lead(words: str) -> str:
    """The last whole words before what differs."""
    return words if len(words) <= _CONTEXT else "… " + words[-_CONTEXT:].partition(" ")[2]


def _trail(words: str, most: int) -> str:
    """The first whole words after what differs."""
    return words if len(words) <= most else words[:most].rpartition(" ")[0] + " …"


def _one_line(words: str) -> str:
    """Words of several paragraphs in one line; line ends alone as what they are."""
    joined = " ¶ ".join(line for line in words.split("\n") if line)
    return joined or "¶" * len(words)


def print_shared(output: Output, pair: Pair) -> None:
    """The passages that two texts of different sources share, the longest first."""
    passages = sorted(pair.shared(), key=lambda one: -one.words)
    words = sum(one.words for one in passages)
    output.line()
    if not passages:
        output.line(("shared passages: none of five words or more", "bold"))
        return
    output.line((f"shared passages: {len(passages)}, {words:,} words", "bold"))
    for passage in passages[:_MOST_SHARED]:
        output.line(
            (f"{passage.words:>6}  ", "dim"), shorten(_one_line(passage.text), _LONGEST), hang=8
        )
    if len(passages) > _MOST_SHARED:
        output.line(f"        and {len(passages) - _MOST_SHARED} shorter ones")


def pair_to_json(pair: Pair, changes: Sequence[Change] | None = None) -> dict[str, Any]:
    """A comparison in JSON; spans are code points in the part's text.

    Args:
        pair: the two captures compared.
        changes: those to list; all where left out.
    """
    told = pair.comparison.to_json()
    if changes is not None:
        told["changes"] = [change.to_json() for change in changes]
    shared = pair.shared() if pair.crosses_sources else ()
    return {
        "schema": "urn:article-archive:diff:v2",
        "before": pair.before.id,
        "after": pair.after.id,
        **_tell_sources(pair),
        **told,
        "shared": [_passage_to_json(one) for one in shared],
    }


def _tell_sources(pair: Pair) -> dict[str, str]:
    """Where each text stands that no reader was shown."""
    told = zip(("before_text_source", "after_text_source"), pair.sides, strict=True)
    return {name: side.text_source for name, side in told if side.text_source is not None}


def _passage_to_json(passage: Passage) -> dict[str, Any]:
    return {
        "text": passage.text,
        "words": passage.words,
        "before_span": list(passage.before_span),
        "after_span": list(passage.after_span),
    }
