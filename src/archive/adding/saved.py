"""A file that was scraped or saved elsewhere: what it is, and the text that it has."""

from __future__ import annotations

from datetime import datetime

from archive.adding.page import Fresh
from archive.article import Extraction, Request, extractor, no_text, read_text
from archive.article.imported import find_binary
from archive.article.suspicion import suspect
from archive.errors import InputError, UsageError
from archive.http.coding import CONTENT_LIMIT
from archive.workers.pool import Extractors

__all__ = ["check_import", "judge_import", "read_import"]


def check_import(data: bytes, name: str, claimed_date: str | None) -> None:
    """Refuse what cannot be imported.

    Raises:
        InputError: the file is empty.
        UsageError: it is too large, or the date is none.
    """
    if claimed_date is not None:
        _check_date(claimed_date)
    if not data:
        raise InputError("the file is empty", where=name)
    if len(data) > CONTENT_LIMIT:
        raise UsageError(f"more than {CONTENT_LIMIT} bytes", where=name)


def _check_date(text: str) -> None:
    """Refuse what is no ISO 8601 date or instant: it would be signed for ever. A year will do."""
    try:
        datetime.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text)
    except ValueError:
        hint = "write 2024-08-10, 2024-08, 2024 or 2024-08-10T12:00:00Z"
        raise UsageError("not a date", where=text, hint=hint) from None


def read_import(
    data: bytes, grade: str, url: str, extractors: Extractors
) -> tuple[str, Extraction, Fresh | None]:
    """Content type and text of a file; what is plainly binary has no text.

    Args:
        data: the file.
        grade: ``html`` or ``text``.
        url: where it is said to come from.
        extractors: extract HTML.
    """
    binary = find_binary(data, text=grade == "text")
    if binary is not None:
        made_by = extractor() if grade == "html" else None
        return binary.type, no_text("none", f"not text but {binary.name}", made_by), None
    if grade == "text":
        return "text/plain", read_text(data), None
    fresh = Fresh.read(Request(data, "text/html", url), extractors)
    return "text/html", fresh.found, fresh


def judge_import(data: bytes, kind: str, found: Extraction) -> str | None:
    """Why a file may not be the article: it is no text, or saved HTML of a wall or an error.

    Args:
        data: the file.
        kind: its content type, as `read_import` gives it.
        found: its text.
    """
    if not kind.startswith("text/"):
        return found.reason
    if kind != "text/html":
        return None
    try:
        return suspect(200, (), data, found.shown_words)
    except Exception:  # a hint, whatever the page is
        return None
