"""The facade: what people hold of a collection. Reading, writing, verifying and its log, in order.

::

    facade        `Collection`: its writing half and its log
    making        made, or opened
    status        what a collection holds and how it stands

    reader        its reading half
    arguments     what people pass, looked at

    capture       captures as values that read when asked
    findings      what is found out about them, asked for or known
    views         captures and versions in JSON, and as notebooks show them
    history       versions, and how each came about
    references    ids, URLs, URL@~N, URL@DATE
    judging       what lies between two captures, kept or found out
    comparing     what two captures hold, compared
    changing      what changed since the capture before
    finding       captures by words, and by shared passages
    excerpts      the words found, among those around them
    reindexing    indexes made anew
    reextraction  a stored page, extracted again

    signed        what is shown beside a verdict, by signed records alone
    verifying     which bytes are verified, in which process, and by whose keys
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.collection.capture import Capture
    from archive.collection.changing import Step
    from archive.collection.comparing import Pair
    from archive.collection.facade import Collection
    from archive.collection.history import Turn, Version, count_articles, list_seen
    from archive.collection.making import create_collection, open_collection
    from archive.collection.reader import Reader
    from archive.collection.status import Status
    from archive.collection.verifying import verify_as_user, verify_collection, verify_files

__all__ = [
    "Capture",
    "Collection",
    "Pair",
    "Reader",
    "Status",
    "Step",
    "Turn",
    "Version",
    "count_articles",
    "create_collection",
    "list_seen",
    "open_collection",
    "verify_as_user",
    "verify_collection",
    "verify_files",
]

_HOMES = {
    "Pair": "comparing",
    "Step": "changing",
    "Capture": "capture",
    **dict.fromkeys(("verify_as_user", "verify_collection", "verify_files"), "verifying"),
    "Collection": "facade",
    "Status": "status",
    **dict.fromkeys(("create_collection", "open_collection"), "making"),
    **dict.fromkeys(("Turn", "Version", "count_articles", "list_seen"), "history"),
    "Reader": "reader",
}


if not TYPE_CHECKING:  # or every name would be known to a type checker, as Any

    def __getattr__(name: str) -> Any:
        # Verifying must not load what capturing needs.
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
