"""Where a page says that it leads: the value of Refresh, which an element of a page may have too.

Read by the *shared declarative refresh steps* of HTML (section 4.2.5.3).
"""

from __future__ import annotations

import re
from typing import Literal

from attrs import frozen

__all__ = ["Lead", "read_refresh"]

_BLANKS = " \t\n\f\r"
_VALUE = re.compile(
    rf"[{_BLANKS}]*(?P<seconds>[0-9]{{1,18}}|(?=\.))[0-9.]*+"
    rf"(?>[{_BLANKS}]*[;,][{_BLANKS}]*|[{_BLANKS}]+)"
    rf"(?:url[{_BLANKS}]*=[{_BLANKS}]*)?(?P<url>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 20_000  # characters of a value that are read; a URL has 8,192 bytes at most


@frozen
class Lead:
    """Where a page leads by itself.

    `by` is what says so: the field Refresh or an element of that name; `url` where to, absolute or
    relative to the page's; `seconds` after how long.
    """

    by: Literal["refresh", "meta-refresh"]
    url: str
    seconds: float


def read_refresh(value: str, by: Literal["refresh", "meta-refresh"]) -> Lead | None:
    """What a value of Refresh says; None where it says nothing, or only to load the same again.

    Args:
        value: such as ``0; url=/story``.
        by: what has it.
    """
    found = _VALUE.match(value[:_LONGEST])
    if found is None:
        return None
    target = found["url"]
    if target[:1] in ("'", '"'):
        target = target[1:].partition(target[0])[0]
    target = target.strip(_BLANKS)
    return Lead(by, target, float(found["seconds"] or 0)) if target else None
