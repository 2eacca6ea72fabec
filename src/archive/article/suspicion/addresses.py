"""Where a page was found: an address that no article has."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archive.literals import FRONT_PAGE

__all__ = ["FRONT_PAGE", "judge_address"]

_I = re.IGNORECASE
_ROOT = re.compile(r"/?(?:(?:index|default|home)\.\w{2,5}|[a-z]{2}(?:[-_][a-z]{2})?/?|home/?)?\Z")
"""A host's front page: nothing, an index, a language."""

_PLACES = (
    ("consent wall", re.compile(r"(?:^|[./])(?:consent|myprivacy|privacy-?gate|cmp)[./]", _I)),
    ("login page", re.compile(r"/(?:log-?in|sign-?in|signon|account/login|auth|sso)\b", _I)),
    (
        "page not found",
        re.compile(r"/(?:40[34]|error-?40[34]|page-?not-?found|not-?found)\b", _I),
    ),
    ("error page", re.compile(r"/(?:error|errors|50[0-9]|unavailable|maintenance)(?:\W|\Z)", _I)),
    ("challenge page", re.compile(r"/(?:captcha|challenge|verify-?human|robot-?check)\b", _I)),
)
"""What a redirect leads to, and how such addresses read where the one asked for does not."""


def judge_address(asked: str, arrived: str) -> str | None:
    """What a redirect led to, if that is no article.

    Args:
        asked: the URL that was asked for.
        arrived: the URL that the page came from.
    """
    old, new = urlsplit(asked), urlsplit(arrived)
    if (old.netloc, old.path, old.query) == (new.netloc, new.path, new.query):
        return None
    if not new.query and _ROOT.match(new.path) and not _ROOT.match(old.path):
        return FRONT_PAGE
    before, after = f"{old.netloc}{old.path}", f"{new.netloc}{new.path}"
    for name, pattern in _PLACES:
        if pattern.search(after) and not pattern.search(before):
            return name
    return None
