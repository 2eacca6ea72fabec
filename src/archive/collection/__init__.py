"""The facade: stories told in order, adding a capture, checking a collection, keeping its log.

::

    facade        `Collection`, what people hold
    making        made, or opened
    effects       clock, waiting, randomness
    files         files that people name
    software      the versions of what makes a capture
    status        what a collection holds and how it stands

    adding        fetch → record → extract → attribute → state → commit
    drafting      the wire's bytes as records to be, digests of every layer
    extracting    several pages at a time, in children
    reextraction  a stored page, extracted again
    listing       lists of URLs, and resuming them
    signing       the writer, with the key that signs

    reading       rows and groups, without writing anything
    capture       captures and versions as values that read when asked
    references    ids, URLs, URL@~N, URL@DATE
    turns         how each version came about
    comparing     what two captures hold, ready to be compared
    finding       captures by words, and by shared passages
    excerpts      the words found, among those around them

    checking      which bytes are read, and in which process
    ahead         the second process
    trusting      which keys count
    anchoring     what the log is held against

    logging       the log: proofs, time stamps, cosignatures, copies
    asking        an authority or a witness, about a checkpoint
    stamping      time stamps that were stored and not logged
    rekeying      the next keyring
    published     where anybody's log is read from
    following     what is new in it
    proving       a proof file alone
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.collection.capture import Capture, Version, list_versions
    from archive.collection.checking import check_collection, check_files
    from archive.collection.comparing import Pair
    from archive.collection.effects import Effects
    from archive.collection.facade import Collection
    from archive.collection.listing import Listed, UrlList, read_list
    from archive.collection.making import create_collection, open_collection
    from archive.collection.status import Status
    from archive.collection.trusting import gather_trust
    from archive.collection.turns import Turn, trace

__all__ = [
    "Capture",
    "Collection",
    "Effects",
    "Listed",
    "Pair",
    "Status",
    "Turn",
    "UrlList",
    "Version",
    "check_collection",
    "check_files",
    "create_collection",
    "gather_trust",
    "list_versions",
    "open_collection",
    "read_list",
    "trace",
]

_HOMES = {
    "Effects": "effects",
    "Pair": "comparing",
    **dict.fromkeys(("Capture", "Version", "list_versions"), "capture"),
    **dict.fromkeys(("check_collection", "check_files"), "checking"),
    "Collection": "facade",
    "Status": "status",
    **dict.fromkeys(("Listed", "UrlList", "read_list"), "listing"),
    **dict.fromkeys(("create_collection", "open_collection"), "making"),
    "gather_trust": "trusting",
    **dict.fromkeys(("Turn", "trace"), "turns"),
}


def __getattr__(name: str) -> Any:
    # Verifying must not load what capturing needs.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
