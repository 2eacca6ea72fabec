"""Keep what a web article said, let anyone check it without trusting you, and show what changed.

::

    import archive

    with archive.open("press", create=True) as press:
        capture = press.add("https://news.example/story")
        if capture.article:
            print(capture.article.title, capture.grade)
        report = press.verify()
        report.require("signature", "coverage")

Importing this package is cheap: what a name stands for is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.adding.listing import read_list
    from archive.article import Article, Claim, Claims, Quotation
    from archive.capture import Limits, Settings
    from archive.collection import Capture, Collection, Step, Version
    from archive.collection import create_collection as create
    from archive.collection import open_collection as open  # noqa: A004 the public name
    from archive.comparison import Change, Comparison
    from archive.errors import (
        ArchiveError,
        HttpError,
        InputError,
        IntegrityError,
        KeyRefusedError,
        LockedError,
        NoCollectionError,
        NotFoundError,
        StorageError,
        UrlError,
        UsageError,
    )
    from archive.export import changes_html, diff_html, report_html
    from archive.verification import Check, Finding, Report, Signer

__version__ = "0.1.0"

__all__ = [
    "ArchiveError",
    "Article",
    "Capture",
    "Change",
    "Check",
    "Claim",
    "Claims",
    "Collection",
    "Comparison",
    "Finding",
    "HttpError",
    "InputError",
    "IntegrityError",
    "KeyRefusedError",
    "Limits",
    "LockedError",
    "NoCollectionError",
    "NotFoundError",
    "Quotation",
    "Report",
    "Settings",
    "Signer",
    "Step",
    "StorageError",
    "UrlError",
    "UsageError",
    "Version",
    "changes_html",
    "create",
    "diff_html",
    "open",
    "read_list",
    "report_html",
]

_HOMES = {
    **dict.fromkeys(("Article", "Claim", "Claims", "Quotation"), "archive.article"),
    **dict.fromkeys(("Limits", "Settings"), "archive.capture"),
    **dict.fromkeys(
        ("Capture", "Collection", "Step", "Version", "create", "open"), "archive.collection"
    ),
    **dict.fromkeys(("Change", "Comparison"), "archive.comparison"),
    **dict.fromkeys(("Check", "Finding", "Report", "Signer"), "archive.verification"),
    **dict.fromkeys(("changes_html", "diff_html", "report_html"), "archive.export"),
    "read_list": "archive.adding.listing",
}


if not TYPE_CHECKING:  # or every name would be known to a type checker, as Any

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module 'archive' has no attribute {name!r}")
        home = import_module(_HOMES.get(name, "archive.errors"))
        return getattr(
            home, {"create": "create_collection", "open": "open_collection"}.get(name, name)
        )


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
