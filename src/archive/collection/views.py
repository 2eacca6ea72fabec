"""Captures and versions as other programs read them: in JSON, and as notebooks show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.article.bodies import UNSHOWN
from archive.display import escape_html

if TYPE_CHECKING:
    from archive.collection.capture import Capture
    from archive.collection.history import Version

__all__ = ["capture_to_dict", "capture_to_html", "version_to_html"]


def capture_to_dict(capture: Capture) -> dict[str, Any]:
    """A capture as ``archive list --json`` prints it, but for the schema."""
    row = capture.row
    return {
        "id": row.id,
        "url": row.url,
        "final_url": row.final_url,
        "date": row.date,
        "claimed_date": row.claimed_date,
        "outcome": row.outcome,
        "reason": row.reason,
        "error": row.error,
        "status": row.status,
        "grade": row.grade,
        "limitations": list(row.limitations),
        "suspicion": row.suspicion,
        "title": capture.title,
        "words": capture.words,
        **({"text_source": capture.text_source} if capture.text_source else {}),
        "extraction": row.extraction,
        "extraction_reason": row.extraction_reason,
        "statement": row.envelope,
        "sequence": row.sequence,
        "file": row.file,
        "offset": row.offset,
        "end": row.end,
    }


def capture_to_html(capture: Capture) -> str:
    """A capture in a notebook: outcome, title, URL and date."""
    what = f"{capture.reason}: {capture.error}" if capture.failed else capture.title or "(no title)"
    told = [f"{capture.outcome}, {capture.date:%Y-%m-%d %H:%M:%S} UTC, {capture.grade}"]
    told += [f"text {UNSHOWN[capture.text_source]}"] if capture.text_source else []
    told += [f"limitations: {', '.join(capture.limits)}"] if capture.limits else []
    told += [f"probably not the article: {capture.doubt}"] if capture.doubt else []
    lines = "".join(f"<br>{escape_html(line)}" for line in (capture.url, *told))
    return f'<p dir="auto"><b>{escape_html(what)}</b>{lines}</p>'


def version_to_html(version: Version) -> str:
    """A version in a notebook: its title, and when it was seen."""
    first, last = (f"{one.date:%Y-%m-%d %H:%M:%S} UTC" for one in (version.first, version.last))
    told = f"{len(version.captures)} captures, {first} to {last}"
    title = escape_html(version.title or "(no title)")
    return f'<p dir="auto"><b>{title}</b><br>{escape_html(told)}</p>'
