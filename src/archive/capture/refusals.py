"""Hosts that ask for time, or want no more: `429` and `503`, and what their Retry-After says.

RFC 9110, section 10.2.3, and RFC 6585, section 4. What a host asks for is held to as far as the
user's patience goes; one that asks for more, or refuses again and again, is left.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from attrs import frozen

from archive.capture.exchange import Fetch

__all__ = ["IN_A_ROW", "MAX_WAIT", "Left", "Refusals", "read_retry_after"]

IN_A_ROW = 5
"""A host that refuses so many times, and answers nothing else between, is left."""

MAX_WAIT = 120.0
"""Seconds that a host may ask for, unless told otherwise."""

_REFUSING = frozenset({429, 503})
_SECONDS = re.compile(r"[0-9]{1,18}")


@frozen
class Left:
    """A host that is asked no more in this run: why, and how many URLs of it were not asked."""

    host: str
    why: str
    urls: int


class Refusals:
    """Counts refusals of hosts in a row, and judges what each asks for.

    Args:
        max_wait: the most seconds that a host is waited for.
    """

    def __init__(self, max_wait: float) -> None:
        self._max_wait = max_wait
        self._rows: Counter[str] = Counter()

    def judge(self, host: str, fetched: Fetch, now: datetime) -> float | str | None:
        """What an answer means to the next ones: seconds to wait, why to leave the host, or None.

        Args:
            host: that was asked.
            fetched: what came of it.
            now: the time of day, in UTC.
        """
        if fetched.status not in _REFUSING or fetched.last is None:
            self._rows.pop(host, None)
            return None
        self._rows[host] += 1
        response = fetched.last.response
        told = response.field("Retry-After") if response is not None else None
        seconds = read_retry_after(told, now) if told is not None else None
        if seconds is not None and seconds > self._max_wait:
            return f"it asks to wait {seconds:,.0f} seconds, and {self._max_wait:g} are allowed"
        if self._rows[host] >= IN_A_ROW:
            return f"it refused {IN_A_ROW} times in a row, the last with status {fetched.status}"
        return seconds


def read_retry_after(value: str, now: datetime) -> float | None:
    """Seconds that a value of Retry-After asks for; None where it is neither number nor date.

    Args:
        value: a number of seconds, or a date; one that is past asks for none.
        now: the time of day, in UTC.
    """
    value = value.strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
        aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        return max((aware - now).total_seconds(), 0.0)
    except (ValueError, TypeError, IndexError, ArithmeticError):
        return None
