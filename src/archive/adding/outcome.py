"""The outcome record: what was tried and what happened, in JSON, and whether to doubt the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from archive import document
from archive.adding.page import Page
from archive.adding.text import Text
from archive.article import suspect, suspect_again
from archive.index.rows import Attempt
from archive.store.draft import write_date

if TYPE_CHECKING:
    from archive.capture import Exchange, Fetch

__all__ = ["judge_attempt", "tell_fetch", "tell_import"]

_SCHEMA = "urn:article-archive:outcome:v1"


def judge_attempt(fetched: Fetch, page: Page, text: Text) -> Attempt:
    """What rows have of the record that `tell_fetch` writes; no page may break a capture by it."""
    response = fetched.last.response if fetched.last is not None else None
    try:
        suspicion = _suspect(fetched, page, text)
    except Exception:  # a hint
        suspicion = None
    encoding = response.field("Content-Encoding") if response is not None else None
    return Attempt(fetched.error, suspicion, page.content_type, encoding)


def _suspect(fetched: Fetch, page: Page, text: Text) -> str | None:
    """Why the page may not be the article."""
    response = fetched.last.response if fetched.last is not None else None
    if response is None or page.problem is not None:
        return None
    seen = (response.status, response.fields, page.content)
    words = None if text.claims is None else text.article[1] or 0
    if text.searched:
        return suspect_again(*seen, words, before=text.suspicion)
    return suspect(*seen, words)


def tell_fetch(fetched: Fetch, page: Page, attempt: Attempt) -> bytes:
    """The outcome record of a fetch."""
    last = fetched.last.response if fetched.last is not None else None
    date = last.field("Date") if last is not None else None
    return document.write_lines(
        {
            "schema": _SCHEMA,
            "typed": fetched.typed,
            "url": fetched.url,
            "final_url": fetched.final_url,
            "date": write_date(fetched.date),
            "reason": fetched.reason,
            "error": attempt.error,
            "status": fetched.status,
            "content_type": attempt.content_type,
            "content_encoding": attempt.content_encoding,
            "content_problem": page.problem,
            "suspicion": attempt.suspicion,
            "clock_skew": _clock_skew(date, fetched.date),
            "addresses": list(fetched.addresses),
            "limits": {
                "total_seconds": fetched.limits.total,
                "stall_seconds": fetched.limits.stall,
                "body_bytes": fetched.limits.body,
                "redirects": fetched.limits.redirects,
            },
            "hops": [_tell_hop(exchange) for exchange in fetched.exchanges],
        }
    )


def _tell_hop(exchange: Exchange) -> Mapping[str, Any]:
    peer, response = exchange.peer, exchange.response
    return {
        "url": exchange.url,
        "address": peer.address if peer else None,
        "port": peer.port if peer else None,
        "tls": peer.tls_version if peer else None,
        "cipher": peer.cipher if peer else None,
        "status": response.status if response else None,
        "problem": response.problem if response else None,
        "sent_bytes": len(exchange.request),
        "received_bytes": len(exchange.received),
        "trailing_bytes": response.trailing if response else 0,
        "truncated": exchange.truncated,
        "seconds": {name: round(value, 6) for name, value in exchange.seconds.items()},
    }


def _clock_skew(date: str | None, began: datetime) -> float | None:
    """Seconds the server's Date is ahead of our clock; None when it says none that is a date."""
    try:
        stated = parsedate_to_datetime(date) if date else None
        if stated is None or stated.tzinfo is None:
            return None
        return round((stated - began).total_seconds(), 3)
    except (ValueError, TypeError, IndexError, ArithmeticError):  # such as the year 99999999999
        return None


def tell_import(
    url: str, date: datetime, attempt: Attempt, *, name: str, size: int, claimed_date: str | None
) -> bytes:
    """The outcome record of an imported file: its name and size, and what the user says of it."""
    return document.write_lines(
        {
            "schema": _SCHEMA,
            "url": url,
            "final_url": url,
            "date": write_date(date),
            "reason": None,
            "error": attempt.error,
            "status": None,
            "content_type": attempt.content_type,
            "content_encoding": attempt.content_encoding,
            **({"suspicion": attempt.suspicion} if attempt.suspicion else {}),
            "imported": {"name": name, "bytes": size, "claimed_date": claimed_date},
        }
    )
