"""One request and its answer on one connection, every byte kept before it is understood."""

from __future__ import annotations

import io

from attrs import evolve, frozen

from archive.capture.connection import (
    Clock,
    Connection,
    ConnectionFailedError,
    Patience,
    Unreached,
)
from archive.capture.exchange import Exchange, Peer, Settings, Truncated
from archive.http import REDIRECTS, ResponseReader, State
from archive.literals import Reason

__all__ = ["REDIRECT_BODY", "Attempt", "exchange_bytes"]

REDIRECT_BODY = 1 << 20
"""The most body bytes that are kept of a response that leads elsewhere."""

_PIECE = 64 * 1024
_REDIRECT_SECONDS = 2.0  # for the body of a redirect, which nobody reads
_LINGER_SECONDS = 0.25  # for bytes after the end of a message, when the server does not hang up


@frozen
class Attempt:
    """An exchange, why it failed (None: it did not), and the addresses that were tried."""

    exchange: Exchange
    reason: Reason | None
    error: str | None
    addresses: tuple[str, ...]


@frozen
class _End:
    """How receiving ended."""

    reason: Reason | None
    error: str | None
    truncated: Truncated | None
    unclosed: bool = False


def exchange_bytes(
    url: str,
    request: bytes,
    settings: Settings,
    patience: Patience,
    clock: Clock,
    *,
    body: int,
) -> Attempt:
    """Connect to the server of `url`, send `request`, and receive until there is no more.

    Args:
        url: a normal URL.
        request: the bytes to send, which ask for the connection to be closed.
        settings: proxy, certificates, addresses.
        patience: how long everything may take.
        clock: gives seconds.
        body: how many bytes may come after the head; after a redirect's no more than
            `REDIRECT_BODY`.

    Raises:
        StoppedError: the caller asked for an end.
    """
    started = clock()
    seconds: dict[str, float] = {}
    connection = Connection(url[: url.index("/", len("https://"))], settings, patience)
    try:
        peer = connection.open()
        seconds["connect"] = clock() - started
        addresses = tuple(connection.addresses)
        if isinstance(peer, Unreached):
            seconds["total"] = seconds["connect"]
            unused = Exchange(url, b"", b"", peer.peer, None, None, seconds)
            return Attempt(unused, peer.reason, peer.error, addresses)
        sent = request[: connection.send(request)]
        reception = _Reception(connection, body, patience)
        end = reception.run(clock)
    finally:
        connection.close()
    if reception.first_byte is not None:
        seconds["first_byte"] = reception.first_byte - started
    seconds["total"] = clock() - started
    exchange = reception.exchange(url, sent, peer, end, seconds)
    return Attempt(exchange, end.reason, end.error, addresses)


class _Reception:
    """What comes in: kept first, then shown to the reader."""

    def __init__(self, connection: Connection, limit: int, patience: Patience) -> None:
        self._connection = connection
        self._limit = limit
        self._patience = patience
        self._received = io.BytesIO()
        self._entity = io.BytesIO()  # of a coded body; another stands in what was received
        self._size = 0
        self._reader = ResponseReader()
        self._until: float | None = None  # when it ends, once what matters is there
        self.first_byte: float | None = None

    def exchange(
        self, url: str, sent: bytes, peer: Peer, end: _End, seconds: dict[str, float]
    ) -> Exchange:
        """The exchange as a value."""
        received = self._received.getvalue()
        reader = self._reader
        if reader.coded:
            self._entity.write(reader.take())
            entity = self._entity.getvalue()
        else:
            entity = received[reader.offset : self._size - reader.trailing]
        response = reader.response(entity)
        return Exchange(
            url,
            sent,
            received,
            peer,
            response,
            end.truncated,
            seconds,
            interim=reader.interim,
            unclosed=end.unclosed,
        )

    def run(self, clock: Clock) -> _End:
        """Receive until the stream ends or a limit is met, and tell how it went."""
        while self._room() > 0:
            try:
                data = self._connection.receive(min(_PIECE, self._room()), self._left(clock))
            except ConnectionFailedError as error:
                if error.unclosed and self._reader.state is not State.COMPLETE:
                    self._reader.finish()
                    return evolve(self._ended("disconnect"), unclosed=self._runs_to_the_end())
                self._reader.abort(f"the connection broke off: {error}")
                return self._ended("disconnect")
            if data is None:
                return self._out_of_time()
            if not data:
                self._reader.finish()
                return self._ended("disconnect")
            if self.first_byte is None:
                self.first_byte = clock()
            self._received.write(data)
            self._size += len(data)
            self._reader.feed(data)
            came = self._reader.take()
            if self._reader.coded:
                self._entity.write(came)
            if self._body() > self._allowed():
                return self._too_large()
        return self._ended("length")

    def _left(self, clock: Clock) -> float:
        """How many seconds there are for what comes next."""
        more = None
        if self._reader.state is State.COMPLETE:
            more = _LINGER_SECONDS
        elif self._reader.state is not State.HEAD and self._leads():
            more = _REDIRECT_SECONDS
        if more is None:
            return self._patience.left()
        now = clock()
        self._until = min(self._until or now + more, now + more)
        return min(self._patience.left(), self._until - now)

    def _leads(self) -> bool:
        """Whether the answer leads elsewhere, so that its head is all that is needed."""
        if self._reader.status not in REDIRECTS:
            return False
        return any(name.lower() == "location" for name, _ in self._reader.fields)

    def _runs_to_the_end(self) -> bool:
        """Whether only the end of the connection says that the body is whole."""
        reader = self._reader
        return reader.state is State.COMPLETE and reader.framing == "close"

    def _allowed(self) -> int:
        """How many bytes of the body may come."""
        return min(self._limit, REDIRECT_BODY) if self._leads() else self._limit

    def _body(self) -> int:
        """How many bytes of the body came; of an answer without a head, how many in all."""
        if self._reader.state is State.HEAD:
            return 0  # a head has its own limit, the reader's
        return self._size - self._reader.offset - self._reader.trailing

    def _room(self) -> int:
        """How many bytes may still come: one more than allowed tells that it is too large."""
        if self._reader.state is State.HEAD:
            return _PIECE
        return self._allowed() + 1 - self._body() - self._reader.trailing

    def _ended(self, truncated: Truncated) -> _End:
        """The judgement once nothing more can come."""
        problem = self._reader.problem
        if self._reader.state is State.REFUSED:
            return _End("protocol-error", f"the answer is not HTTP/1.1: {problem}", None)
        if self._reader.state is State.BROKEN and not self._entity.getbuffer().nbytes:
            return _End("protocol-error", f"the body cannot be read: {problem}", None)
        if self._reader.state is State.CUT:
            return _End("cut", f"the answer is cut: {problem}", truncated)
        return _End(None, None, None)

    def _out_of_time(self) -> _End:
        if self._reader.state is State.COMPLETE:
            return self._ended("time")
        if self._leads() and self._reader.state is State.BODY:
            self._reader.abort("the body of a redirect did not end")
            return _End(None, None, "time")
        over = self._patience.over()
        self._reader.abort(over)
        if self._reader.state is State.REFUSED:
            return _End("protocol-error", self._ended("time").error, "time")
        return _End("timeout", over, "time")

    def _too_large(self) -> _End:
        if self._reader.state is State.REFUSED:
            return _End("protocol-error", self._ended("length").error, "length")
        error = f"the body is larger than {self._allowed()} bytes"
        self._reader.abort(error)
        whole = self._reader.state is State.COMPLETE
        return _End("too-large", error, None if whole else "length")
