"""The wire: pages fetched over HTTP/1.1, every byte kept before it is read.

libcurl resolves names, connects and does TLS (`connection`); `archive.http` says what the bytes
mean (`wire`); `addresses` says which servers may be reached; `hops` follows redirects; and
`politeness` fetches many. What comes out are the values of `exchange`. Only `connection` imports
pycurl.
"""

from archive.capture.exchange import REASONS, Exchange, Fetch, Limits, Peer, Settings
from archive.capture.hops import fetch
from archive.capture.politeness import fetch_all

__all__ = [
    "REASONS",
    "Exchange",
    "Fetch",
    "Limits",
    "Peer",
    "Settings",
    "fetch",
    "fetch_all",
]
