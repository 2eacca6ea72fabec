"""Tests of how `archive.capture.wire` holds what a server sends in small pieces."""

from __future__ import annotations

import time
import tracemalloc
from typing import Any, cast

import pytest

from archive.capture.connection import Connection, Patience
from archive.capture.exchange import Peer
from archive.capture.wire import _Reception

SIZE = 40_000
PLAIN = b"Content-Length: %d\r\n\r\n" % SIZE + b"x" * SIZE
CODED = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % SIZE + b"x" * SIZE + b"\r\n0\r\n\r\n"


class Drip:
    """A connection that gives two bytes at a time, as TLS records of two bytes would."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def receive(self, _size: int, _seconds: float) -> bytes:
        """The next two bytes, none at the end."""
        self._at += 2
        return self._data[self._at - 2 : self._at]


@pytest.mark.parametrize("rest", [PLAIN, CODED])
def test_small_pieces_take_little_more_than_their_bytes(rest: bytes) -> None:
    """Bytes that come two at a time are not held as so many objects, neither raw nor decoded."""
    sent = b"HTTP/1.1 200 OK\r\n" + rest
    patience = Patience(time.monotonic, 600, 600, lambda: False)
    reception = _Reception(cast("Connection", Drip(sent)), 10 * SIZE, patience)
    tracemalloc.start()
    try:
        end = reception.run(time.monotonic)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    peer = Peer(address="127.0.0.1", port=80, tls_version=None, cipher=None, chain=b"")
    exchange: Any = reception.exchange("http://a.example/", b"", peer, end, {})
    assert exchange.received == sent
    assert exchange.response.entity == b"x" * SIZE
    assert held < 4 * SIZE
