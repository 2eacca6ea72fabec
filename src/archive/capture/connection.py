"""A connection made by libcurl, then used for plain bytes.

``CONNECT_ONLY`` makes libcurl resolve the name, choose among addresses, connect (through a proxy
when asked) and do TLS with all its checks; after that `Connection.send` and `Connection.receive`
carry the bytes as they are. ALPN offers HTTP/1.1 alone. Nothing is shared between connections:
neither sessions nor cookies, nor credentials.
"""

from __future__ import annotations

import os
import re
import select
import socket
from collections.abc import Callable
from typing import Any

import certifi
import pycurl
from attrs import frozen

from archive.capture.addresses import is_public
from archive.capture.exchange import Peer, Settings
from archive.literals import NOT_PUBLIC, Reason

__all__ = ["Clock", "Connection", "ConnectionFailedError", "Patience", "StoppedError", "Unreached"]

Clock = Callable[[], float]
"""Seconds that never go back, such as `time.monotonic`."""

_POLL_SECONDS = 0.2  # how long a wait may go on before it looks whether it shall stop
# How libcurl tells of a handshake. Other lines of its hold what a server wrote into its
# certificate, so this counts at the beginning of a line alone, and only with such words.
_UNCLOSED = "unexpected eof"  # how OpenSSL calls the end of a connection without close_notify
_TLS_LINE = re.compile(
    rb"SSL connection using (TLSv1(?:\.[0-3])?) / ([A-Z0-9_-]{1,64})(?: / |\s*\Z)"
)
_DNS = {pycurl.E_COULDNT_RESOLVE_HOST, pycurl.E_COULDNT_RESOLVE_PROXY, pycurl.E_URL_MALFORMAT}
_TLS = {
    pycurl.E_PEER_FAILED_VERIFICATION,
    pycurl.E_SSL_CACERT_BADFILE,
    pycurl.E_SSL_CERTPROBLEM,
    pycurl.E_SSL_CIPHER,
    pycurl.E_SSL_CONNECT_ERROR,
    pycurl.E_SSL_INVALIDCERTSTATUS,
    pycurl.E_SSL_ISSUER_ERROR,
}


class StoppedError(Exception):
    """The caller asked for an end; there is no result."""


class ConnectionFailedError(Exception):
    """The connection broke off, or would not take more bytes.

    Args:
        said: how.
        unclosed: whether it only ended without TLS saying so (RFC 8446, section 6.1).
    """

    def __init__(self, said: str, *, unclosed: bool = False) -> None:
        super().__init__(said)
        self.unclosed = unclosed


@frozen
class Unreached:
    """Why no connection came about; `peer` is there when a certificate chain was presented."""

    reason: Reason
    error: str
    peer: Peer | None


class Patience:
    """How long one may still wait: until the deadline, or until nothing came for too long.

    Args:
        clock: gives seconds.
        total: seconds until the deadline.
        stall: seconds without anything coming.
        stop: tells when the caller wants an end.
    """

    def __init__(self, clock: Clock, total: float, stall: float, stop: Callable[[], bool]) -> None:
        self._clock = clock
        self._total = total
        self._stall = stall
        self._last = clock()
        self._end = self._last + total
        self.stop = stop

    def renew(self) -> None:
        """Something came, or something new begins."""
        self._last = self._clock()

    def now(self) -> float:
        """The time on the clock it goes by."""
        return self._clock()

    def left(self) -> float:
        """Seconds that are left, zero or less when patience is at its end."""
        now = self._clock()
        return min(self._end - now, self._last + self._stall - now)

    def over(self) -> str:
        """What ends it, and what was set, for a message."""
        if self._end <= self._last + self._stall:
            return f"the {self._total:g} seconds allowed for the whole fetch are over"
        return f"nothing came for the {self._stall:g} seconds allowed"


class Connection:
    """One connection to the server of a URL.

    Args:
        origin: scheme, host and port, as ``https://news.example:8443``.
        settings: proxy, certificates, addresses.
        patience: how long everything may take.
    """

    def __init__(self, origin: str, settings: Settings, patience: Patience) -> None:
        self._origin = origin
        self._settings = settings
        self._patience = patience
        self._secure = origin.startswith("https:")
        self._to_proxy = (settings.proxy or "").startswith("https:")
        self._handshakes: list[tuple[str, str]] = []
        self._forbidden: list[str] = []
        self._sockets: list[socket.socket] = []
        self._poll = select.poll()
        self._socket = -1
        self._curl = pycurl.Curl()
        self.addresses: list[str] = []

    def open(self) -> Peer | Unreached:
        """Connect.

        Raises:
            StoppedError: the caller asked for an end.
        """
        self._configure()
        self._patience.renew()
        try:
            self._curl.setopt(pycurl.CONNECTTIMEOUT_MS, max(1, int(self._patience.left() * 1000)))
            self._curl.perform()
        except pycurl.error as error:
            return self._unreached(error)
        finally:
            for duplicated in self._sockets:
                duplicated.close()
        peer = self._peer()
        if not self._may_connect(peer.address):
            return Unreached("forbidden", _not_public([peer.address]), peer)
        self._socket = self._curl.getinfo(pycurl.ACTIVESOCKET)
        self._patience.renew()
        return peer

    def send(self, data: bytes) -> int:
        """Send bytes, as many as the other end takes in the time there is.

        Returns:
            How many went out.

        Raises:
            StoppedError: the caller asked for an end.
        """
        sent = 0
        while sent < len(data):
            try:
                sent += self._curl.send(data[sent:])
            except BlockingIOError:
                if not self._wait(select.POLLOUT, self._patience.left()):
                    break
            except pycurl.error:
                break  # what the server said before it hung up is still to be read
        return sent

    def receive(self, size: int, seconds: float) -> bytes | None:
        """Receive what there is.

        Args:
            size: the most bytes to take.
            seconds: how long to wait for them. When there are none left, nothing is taken, also
                of what is there: a server that is always ahead would never be at its end.

        Returns:
            Bytes; none at the end of the stream; None when nothing came in time.

        Raises:
            ConnectionFailedError: the connection broke off.
            StoppedError: the caller asked for an end.
        """
        end = self._patience.now() + seconds
        # Bytes may be there and still give nothing: the beginning of a TLS record.
        while (left := end - self._patience.now()) > 0:
            if self._patience.stop():
                raise StoppedError
            try:
                data = self._curl.recv(size)
            except BlockingIOError:
                if not self._wait(select.POLLIN, left):
                    return None
            except pycurl.error as error:
                said = _sentence(error)
                raise ConnectionFailedError(said, unclosed=_UNCLOSED in said) from None
            else:
                self._patience.renew()
                return data
        return None

    def close(self) -> None:
        """Let go of everything."""
        self._curl.close()

    def _configure(self) -> None:
        set_option = self._curl.setopt
        set_option(pycurl.URL, self._origin + "/")
        set_option(pycurl.CONNECT_ONLY, 1)
        set_option(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
        set_option(pycurl.NOSIGNAL, 1)
        set_option(pycurl.NOPROXY, "")
        set_option(pycurl.PROXY, self._settings.proxy or "")
        set_option(pycurl.OPENSOCKETFUNCTION, self._open_socket)
        set_option(pycurl.NOPROGRESS, 0)
        set_option(pycurl.XFERINFOFUNCTION, self._look_up)
        if self._secure or self._to_proxy:
            self._configure_tls()

    def _configure_tls(self) -> None:
        set_option = self._curl.setopt
        trusted = self._settings.ca_file or os.environ.get("SSL_CERT_FILE") or certifi.where()
        set_option(pycurl.CAINFO, trusted)
        set_option(pycurl.PROXY_CAINFO, trusted)
        self._curl.unsetopt(pycurl.CAPATH)
        set_option(pycurl.SSL_VERIFYPEER, 0 if self._settings.insecure else 1)
        set_option(pycurl.SSL_VERIFYHOST, 0 if self._settings.insecure else 2)
        set_option(pycurl.SSL_SESSIONID_CACHE, 0)
        set_option(pycurl.OPT_CERTINFO, 1)
        set_option(pycurl.VERBOSE, 1)
        set_option(pycurl.DEBUGFUNCTION, self._note)

    def _may_connect(self, address: str) -> bool:
        if self._settings.proxy or self._settings.allow_private:
            return True  # behind a proxy only its own address is seen
        return is_public(address)

    def _open_socket(self, _purpose: int, address: Any) -> socket.socket | int:
        """Judge the address that libcurl is about to connect to, after names were resolved."""
        text = str(address.addr[0])
        self.addresses.append(text)
        if not self._may_connect(text):
            self._forbidden.append(text)
            return pycurl.SOCKET_BAD
        made = socket.socket(address.family, address.socktype, address.protocol)
        self._sockets.append(made)  # libcurl works on a duplicate; this one is ours to close
        return made

    def _look_up(self, *_progress: int) -> int:
        """Tell libcurl, which asks about once a second, whether to give up."""
        return 1 if self._patience.stop() else 0

    def _note(self, kind: int, text: bytes) -> None:
        found = _TLS_LINE.match(text) if kind == pycurl.INFOTYPE_TEXT else None
        if found:
            self._handshakes.append((found[1].decode("ascii"), found[2].decode("ascii")))

    def _unreached(self, error: pycurl.error) -> Unreached:
        if self._patience.stop():
            raise StoppedError
        code = error.args[0]
        if self._forbidden and len(self._forbidden) == len(self.addresses):
            return Unreached("forbidden", _not_public(self._forbidden), None)
        reason: Reason = "refused"
        if code in _DNS:
            reason = "dns"
        elif code == pycurl.E_OPERATION_TIMEDOUT:
            reason = "timeout"
        elif code in _TLS:
            reason = "tls"
        peer = self._peer() if self._secure else None
        said = self._patience.over() if reason == "timeout" else _sentence(error)
        return Unreached(reason, said, peer if peer and peer.chain else None)

    def _peer(self) -> Peer:
        # The first handshake counts; behind a proxy that is spoken to over TLS, the second.
        told = self._handshakes[int(self._to_proxy) :] if self._secure else []
        version, cipher = told[0] if told else (None, None)
        return Peer(
            address=self._curl.getinfo(pycurl.PRIMARY_IP),
            port=self._curl.getinfo(pycurl.PRIMARY_PORT),
            tls_version=version,
            cipher=cipher,
            chain=self._chain() if self._secure else b"",
        )

    def _chain(self) -> bytes:
        certificates = self._curl.getinfo_raw(pycurl.INFO_CERTINFO)
        pem = [value for fields in certificates for name, value in fields if name == b"Cert"]
        return b"".join(text.rstrip(b"\n") + b"\n" for text in pem)

    def _wait(self, events: int, seconds: float) -> bool:
        """Wait until the socket is ready, whole `seconds` at most; False when it was not."""
        self._poll.register(self._socket, events)
        while seconds > 0:
            if self._patience.stop():
                raise StoppedError
            step = min(seconds, _POLL_SECONDS)
            if self._poll.poll(step * 1000):
                return True
            seconds -= step
        return False


def _not_public(addresses: list[str]) -> str:
    return f"{NOT_PUBLIC}: {', '.join(dict.fromkeys(addresses))}"


def _sentence(error: pycurl.error) -> str:
    return str(error.args[-1]).strip() or f"libcurl error {error.args[0]}"
