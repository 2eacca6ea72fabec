"""Captures and versions as lines for a reader and as JSON, and what changed in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.article.bodies import UNSHOWN
from archive.cli.output import Output, Styled
from archive.comparison.result import NO_ARTICLE
from archive.display import percent, spaced
from archive.literals import NOT_PUBLIC

if TYPE_CHECKING:
    from archive.collection import Capture, Collection, Step, Turn, Version
    from archive.index.rows import Row

__all__ = [
    "MARGIN",
    "TURNS",
    "count_words",
    "describe_capture",
    "describe_step",
    "findings_to_json",
    "from_index",
    "moment",
    "note_basis",
    "note_newer",
    "print_capture",
    "print_change",
    "print_doubt",
    "print_share",
    "print_turn",
    "style_of",
    "to_json",
    "turn_to_json",
]

MARGIN = 11
"""The column in which what is said of a capture begins."""

_INDENT = " " * MARGIN
_NUMBERED = 5  # the same in a history, behind a version's number
TURNS = {
    "first": "first seen",
    "changed": "changed",
    "gone": "gone",
    "failed": "failed",
    "empty": "without an article",
    "back": "back",
    "suspicious": "probably not the article",
}
"""How a version came about, in words."""

_NO_TEXT = "no article text"
_NOT_LOOKED_FOR = "none was looked for"
_TURN_STYLES = {"gone": "red", "failed": "red", "first": "green", "back": "green"}
_STYLES = {"captured": "green", "unchanged": "cyan", "failed": "red"}


def style_of(outcome: str) -> str:
    """The style an outcome is shown in."""
    return _STYLES[outcome]


def to_json(capture: Capture, schema: str) -> dict[str, Any]:
    """A capture's line in JSON."""
    return {"schema": f"urn:article-archive:{schema}:v1", **capture.to_dict()}


def turn_to_json(turn: Turn) -> dict[str, Any]:
    """A version's line in JSON: its first capture's, which captures it spans, how it came about."""
    return from_index({"schema": "urn:article-archive:history:v1", **turn.to_dict()})


def from_index(told: dict[str, Any]) -> dict[str, Any]:
    """A line in JSON that says, as `note_basis` does, what it rests on."""
    return {**told, "basis": "index"}


def note_basis(output: Output) -> None:
    """Say of a list that no signature was looked at for it; its JSON says so in each line."""
    if not output.as_json:
        output.note(("from the index, not verified, see: archive verify", "dim"))


def print_capture(output: Output, capture: Capture) -> None:
    """A capture in two or three lines; on a narrow terminal its title has a line of its own."""
    if output.is_narrow:
        output.line(*_head(capture), hang=MARGIN)
        output.line(_INDENT, *_what(capture), hang=MARGIN)
    else:
        output.line(*_head(capture), "  ", *_what(capture), hang=MARGIN)
    _print_urls(output, capture)
    _print_limits(output, capture)


def print_turn(output: Output, number: int, turn: Turn, url: str) -> None:
    """How a version of `url` came about, then itself in two lines; redirects are named."""
    version = turn.version
    _print_turn(output, turn)
    _print_version(output, number, version, url)
    print_doubt(output, version.first, _NUMBERED)


def _print_turn(output: Output, turn: Turn) -> None:
    if turn.since is None:
        return
    told, since, first = TURNS[turn.kind], turn.since, turn.version.first
    if turn.again is not None:
        told += f", the same as {turn.again}"
    between = f" between {describe_capture(since)} and {describe_capture(first)}"
    if turn.kind == "suspicious":  # nothing happened to the article
        between = f", after {describe_capture(since)}"
    output.line("     ", (told, _TURN_STYLES.get(turn.kind, "yellow")), between, hang=7)
    if turn.moved:
        output.line(f"     now found at {first.final_url}", hang=7)


def _print_version(output: Output, number: int, version: Version, url: str) -> None:
    first, last = version.first, version.last
    count = len(version.captures)
    seen = f"{moment(first)}" if count == 1 else f"{moment(first)} – {moment(last)}"
    output.line((f"{number:>3}  ", "bold"), *_what(first), hang=5)
    captures = f"{count} captures, latest" if count > 1 else "capture"
    output.line(f"     {seen}  {captures} {last.id[:8]}  ", (first.grade, "dim"), hang=5)
    for other in sorted({capture.url for capture in version.captures} - {url}):
        output.line(f"     by redirect from {other}", hang=5)
    _print_limits(output, first, _NUMBERED)


def describe_capture(capture: Capture) -> str:
    """A capture in one plain phrase; an import by the date that is claimed."""
    if capture.row.claimed_date:
        return f"{capture.id[:8]} of {capture.row.claimed_date} (claimed)"
    return f"{capture.id[:8]} of {moment(capture)}"


def _head(capture: Capture) -> list[str | Styled]:
    return [
        (f"{capture.outcome:<9}", style_of(capture.outcome)),
        f"  {capture.id[:8]}  ",
        moment(capture),
    ]


def _what(capture: Capture) -> list[str | Styled]:
    row = capture.row
    if capture.failed:
        status = f" {row.status}" if row.status else ""
        told = f": {row.error}{_hint(row)}" if row.error else ""
        return [(f"{row.reason}{status}", "red"), told]
    return [(capture.title or "(no title)", "bold"), (f"  {count_words(capture)}", "dim")]


def _hint(row: Row) -> str:
    """What the reader can do about a failure, where it is up to him."""
    private = row.reason == "forbidden" and (row.error or "").startswith(NOT_PUBLIC)
    return "; to capture it all the same: --allow-private" if private else ""


def print_share(output: Output, capture: Capture) -> None:
    """How whole the text is, where the page shows more of the article than it has."""
    share = capture.text_share
    if share is not None and share < 1:
        told = f"the text has {percent(share)} of the words that the page shows as the article"
        output.line(_INDENT, (told, "yellow" if share < 0.5 else "dim"), hang=MARGIN)


def count_words(capture: Capture) -> str:
    """How long a capture's text is, or why there is none."""
    if capture.words is None:
        why = capture.extraction_reason or ("" if capture.row.extraction else _NOT_LOOKED_FOR)
        return why if why.startswith(_NO_TEXT) else f"{_NO_TEXT}{f': {why}' if why else ''}"
    return f"{capture.words:,} word{'' if capture.words == 1 else 's'}"


def _print_urls(output: Output, capture: Capture) -> None:
    row = capture.row
    arrow = f" → {row.final_url}" if row.final_url != row.url else ""
    output.line(f"{_INDENT}{row.url}{arrow}", hang=MARGIN)


def _print_limits(output: Output, capture: Capture, margin: int = MARGIN) -> None:
    row, indent = capture.row, " " * margin
    if capture.text_source is not None:
        told = f"text {UNSHOWN[capture.text_source]}"
        output.line(indent, (told, "bold yellow"), hang=margin)
    if capture.limits:
        output.line(indent, (f"limitations: {', '.join(capture.limits)}", "yellow"), hang=margin)
    if row.suspicion:
        told = f"{NO_ARTICLE}: {row.suspicion}"
        output.line(indent, (told, "bold yellow"), hang=margin)
    if row.claimed_date:
        told = f"claimed date: {row.claimed_date} (as told, not checked)"
        output.line(indent, (told, "yellow"), hang=margin)


def print_doubt(output: Output, capture: Capture, margin: int = MARGIN) -> None:
    """What newer rules suspect of a capture of which nothing was suspected when it was made."""
    if capture.doubt and not capture.suspicion:
        told = f"{NO_ARTICLE}: {capture.doubt} (by newer rules, not signed)"
        output.line(" " * margin, (told, "bold yellow"), hang=margin)


def note_newer(output: Output, press: Collection, capture: Capture) -> None:
    """Say how many later captures were passed over, and what they probably are."""
    row = capture.row
    later = [
        one
        for one in press.captures_of(capture.url)
        if (one.row.stands, one.row.sequence) > (row.stands, row.sequence)
    ]
    walls = [one for one in later if one.doubt]
    if walls:
        count = "" if len(walls) == 1 else f"{len(walls)} captures, the last "
        told = f"{describe_capture(walls[-1])}, {NO_ARTICLE}: {walls[-1].doubt}"
        output.note(f"passed over: {count}{told}")


def moment(capture: Capture) -> str:
    """When it was made, to the second."""
    return f"{capture.date:%Y-%m-%d %H:%M:%S} UTC"


def print_change(output: Output, capture: Capture) -> None:
    """A line that says what changed since the capture before, where anything is to be said."""
    print_doubt(output, capture)
    step = capture.change
    if step is not None:
        output.line(" " * MARGIN, *describe_step(step), hang=MARGIN)


def describe_step(step: Step) -> list[str | Styled]:
    """What changed, in words with styles."""
    since = _describe_day(step)
    if step.same:
        return [("the same", "cyan"), f" as {since}"]
    reason = step.silent_reason or ""
    if step.difference.is_doubtful:
        return [(reason, "bold yellow")]
    changed = (f"changed since {since.removeprefix('on ').removeprefix('at ')}", "bold yellow")
    if step.difference.is_whole:
        return [changed, f": article {step.difference.state}"]
    if not step.classes:  # nothing was found, but not all was compared
        return [("perhaps ", "yellow"), changed, f": {reason}"]
    parts: list[str | Styled] = [changed, ": " + ", ".join(map(spaced, step.classes))]
    if step.silent:
        parts += [" ", ("(silent)", "bold red")]
    elif step.silent is None:
        parts.append((f" (whether silent is not judged: {reason})", "dim"))
    return parts


def _describe_day(step: Step) -> str:
    """When the capture before was made: the day; of the same day the time; or as is claimed."""
    if step.since.claimed_date:
        return f"on {step.since.claimed_date} (claimed)"
    before, now = step.since.date, step.capture.date
    if before.date() == now.date():
        return f"at {before:%H:%M:%S} UTC"
    year = f" {before.year}" if before.year != now.year else ""
    return f"on {before.day} {before:%B}{year}"


def findings_to_json(capture: Capture) -> dict[str, Any]:
    """What was found out about a capture, in JSON: what changed, or why nothing is said of that."""
    step = capture.change
    return {
        "change": step.to_dict() if step is not None else None,
        "change_reason": capture.change_reason,
        "text_share": capture.text_share,
    }
