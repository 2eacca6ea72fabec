"""What came of asking authorities and witnesses, as lines for a reader and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import asdict

from archive.cli.output import Output

if TYPE_CHECKING:
    from archive.log.asking import Asked

__all__ = ["print_asked"]

_WORDS = {"timestamp": ("dated", "not dated"), "witness": ("cosigned", "not cosigned")}


def print_asked(output: Output, what: str, asked: Sequence[Asked]) -> int:
    """A line for each that was asked.

    Args:
        output: where to.
        what: they were asked for: ``timestamp`` or ``witness``.
        asked: what came of it.

    Returns:
        How many of them failed.
    """
    done, failed = _WORDS[what]
    for item in asked:
        if output.as_json:
            output.json({"schema": f"urn:article-archive:log-{what}:v1", **asdict(item)})
        elif item.error:
            output.line(f"{failed:<12} {item.url}: {item.error}")
        else:
            when = f", {item.time}" if item.time else ""
            output.line(f"{done:<12} {item.url}: {item.size} entries{when}")
    return sum(1 for item in asked if item.error)
