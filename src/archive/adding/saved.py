"""A file that was scraped or saved elsewhere: what it is, and the text that it has."""

from __future__ import annotations

from datetime import datetime

from archive.adding.page import Fresh
from archive.article import Extraction, Request, read_text
from archive.article.containers import find_container
from archive.article.suspicion import suspect
from archive.errors import InputError, UsageError
from archive.http.coding import CONTENT_LIMIT
from archive.workers.pool import Extractors

__all__ = ["check_import", "judge_import", "read_import"]


def check_import(data: bytes, name: str, grade: str, claimed_date: str | None) -> None:
    """Refuse what cannot be imported.

    Args:
        data: the file.
        name: its name.
        grade: ``html`` or ``text``.
        claimed_date: when the user says it was taken.

    Raises:
        InputError: the file is empty, or neither text nor a page but what holds one.
        UsageError: it is too large, or the date is none.
    """
    if claimed_date is not None:
        _check_date(claimed_date)
    if not data:
        raise InputError("the file is empty", where=name)
    if len(data) > CONTENT_LIMIT:
        raise UsageError(f"more than {CONTENT_LIMIT} bytes", where=name)
    found = find_container(data, text=grade == "text")
    if found is not None:
        raise InputError(f"not text but {found.name}", where=name, hint=found.hint)


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
    """Content type and text of a file.

    Args:
        data: the file.
        grade: ``html`` or ``text``.
        url: where it is said to come from.
        extractors: extract HTML.
    """
    if grade == "text":
        return "text/plain", read_text(data), None
    fresh = Fresh.read(Request(data, "text/html", url), extractors)
    return "text/html", fresh.found, fresh


def judge_import(data: bytes, kind: str, found: Extraction) -> str | None:
    """Why a file may not be the article: it is saved HTML of a wall or an error.

    Args:
        data: the file.
        kind: its content type, as `read_import` gives it.
        found: its text.
    """
    if kind != "text/html":
        return None
    try:
        return suspect(200, (), data, found.shown_words)
    except Exception:  # a hint, whatever the page is
        return None
