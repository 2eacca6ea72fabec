"""What a page's own site is called, by its own claims."""

from __future__ import annotations

import re

from archive.article.claims import Claims
from archive.article.folding import site_key

__all__ = ["is_site", "site_keys"]

_HOST = re.compile(r"https?://(?:www\.|m\.)?([^/:?#]+)", re.IGNORECASE)
LEAST = 2
"""A key of one sign names no site."""


def site_keys(claims: Claims) -> frozenset[str]:
    """The keys of the names that the publisher goes by, its host's too."""
    named = [claim.line() for claim in claims.about("publisher") if "://" not in claim.value]
    for claim in claims:
        host = _HOST.match(claim.value) if claim.property in ("url", "publisher") else None
        if host:
            named.append(host[1])
    return frozenset(key for key in map(site_key, named) if len(key) >= LEAST)


def is_site(text: str, sites: frozenset[str]) -> bool:
    """Whether a text is one of these names."""
    return site_key(text) in sites
