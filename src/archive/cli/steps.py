"""What changed since the capture before, in words and in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.cli.captures import MARGIN, print_doubt
from archive.cli.output import Output, Styled

if TYPE_CHECKING:
    from archive.collection import Capture, Step

__all__ = ["describe_step", "findings_to_json", "print_change"]


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
    parts: list[str | Styled] = [changed, ": " + ", ".join(map(_word, step.classes))]
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


def _word(name: str) -> str:
    return name.replace("-", " ")


def findings_to_json(capture: Capture) -> dict[str, Any]:
    """What was found out about a capture, in JSON: what changed, or why nothing is said of that."""
    step = capture.change
    return {
        "change": step.to_dict() if step is not None else None,
        "change_reason": capture.change_reason,
        "text_share": capture.text_share,
    }
