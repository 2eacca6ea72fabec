"""What trafilatura makes of a page's metadata: one more signal, on request only.

It rewrites names, looks for dates anywhere, and is quadratic in the length of some attributes: a
40 kB author takes it seconds. So it is given a copy of the tree from which attributes longer than
2,048 characters are gone and tags with more than 64 attributes are stripped bare, and the latest
date it may find is fixed.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from archive.article.claims import Claim, Claims

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["read_own"]

LONGEST = 2048
MOST_ATTRIBUTES = 64
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
_TERMS = {
    "title": "headline",
    "author": "author",
    "sitename": "publisher",
    "date": "datePublished",
    "license": "license",
    "description": "description",
}


def read_own(root: HtmlElement, url: str) -> Claims:
    """The claims of trafilatura's metadata: concluded, and without a place in the page.

    Args:
        root: the page's tree, which stays as it is.
        url: the page's URL.
    """
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(_guarded(root), default_url=url, date_config=dict(_DATES))
    values = ((term, getattr(found, name, None), name) for name, term in _TERMS.items())
    claims = tuple(
        Claim(term, value.strip(), "trafilatura", f"metadata/{name}", strength="inferred")
        for term, value, name in values
        if isinstance(value, str) and value.strip() and len(value) <= 2 * LONGEST
    )
    return Claims(claims)


def _guarded(root: HtmlElement) -> HtmlElement:
    guarded = copy.deepcopy(root)
    for element in guarded.iter():
        if len(element.attrib) > MOST_ATTRIBUTES:
            element.attrib.clear()
        for name, value in element.attrib.items():
            if len(value) > LONGEST:
                del element.attrib[name]
    return guarded
