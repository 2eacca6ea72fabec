"""The wire: pages fetched over HTTP/1.1, every byte kept before it is read.

::

    exchange    what a capture on the wire is made of, as values
    addresses   which servers may be reached
    connection  resolving, connecting, TLS: by libcurl, the only importer of pycurl
    wire        one request and its answer; `archive.http` says what the bytes mean
    requests    what is asked of a server, and the settings that decide it
    cookies     that were set on the way to a page, for one attempt
    hops        one URL: redirects followed, every failure a value
    politeness  many URLs: several at a time, one host not too often
    refusals    hosts that ask for time, or want no more
    download    a small file from a server that the user named
    post        a body sent to a time-stamping authority or a witness
"""

from archive.capture.exchange import REASONS, Exchange, Fetch, Limits, Peer, Settings
from archive.capture.hops import fetch
from archive.capture.politeness import fetch_all
from archive.capture.refusals import Left

__all__ = [
    "REASONS",
    "Exchange",
    "Fetch",
    "Left",
    "Limits",
    "Peer",
    "Settings",
    "fetch",
    "fetch_all",
]
