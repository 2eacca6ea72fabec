"""The facade: two stories told in order, adding a capture and checking a collection.

::

    making     make and open collections
    facade     `Collection`, what people hold
    adding     fetch → record → extract → attribute → state → commit
    drafting   the wire's bytes as records to be, digests of every layer
    listing    lists of URLs, and resuming them
    references ids, URLs, URL@~N, URL@DATE
    reading    rows and groups, without writing anything
    capture    captures and versions as values that read when asked
    checking   which keys count, which bytes are read
"""

from archive.collection.adding import Effects, Listed
from archive.collection.capture import Capture, Version, list_versions
from archive.collection.checking import check_collection, check_files, gather_trust
from archive.collection.facade import Collection, Status
from archive.collection.listing import UrlList, read_list
from archive.collection.making import create, open_collection

__all__ = [
    "Capture",
    "Collection",
    "Effects",
    "Listed",
    "Status",
    "UrlList",
    "Version",
    "check_collection",
    "check_files",
    "create",
    "gather_trust",
    "list_versions",
    "open_collection",
    "read_list",
]
