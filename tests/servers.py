"""Servers for tests, all on 127.0.0.1 and free ports, which stop by themselves.

`OddServer` sends scripted bytes, also such as no real server would send; `Nginx` is the real one,
over http and https, with a certificate chain of two from a certificate authority of the test.
`TunnelProxy` is a small HTTP proxy.
"""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import trustme
from attrs import define, field

from tests.places import program

__all__ = [
    "CertificateFiles",
    "Nginx",
    "OddServer",
    "Part",
    "TunnelProxy",
    "certificates",
    "drip",
    "free_port",
    "nginx_server",
    "reset",
]

Part = bytes | float | Callable[[socket.socket], None]
"""A step of a scripted answer: bytes to send, seconds to pause, or a function on the socket."""


class _Listener:
    """Accepts connections and serves each in a thread, until closed.

    Args:
        context: serves TLS with it, when given.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self._context = context
        self._closing = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._socket.settimeout(0.1)
        self.port: int = self._socket.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def _start(self, target: Callable[[], None]) -> None:
        thread = threading.Thread(target=target, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing.is_set():
            with contextlib.suppress(TimeoutError, OSError):
                connection, _ = self._socket.accept()
                connection.settimeout(20)
                self._start(lambda connection=connection: self._serve(connection))  # type: ignore[misc]

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError, ValueError):
            if self._context:
                with self._context.wrap_socket(connection, server_side=True) as secure:
                    self.serve(secure)
                    secure.unwrap()
            else:
                self.serve(connection)

    def serve(self, connection: socket.socket) -> None:
        """Serve one connection."""
        raise NotImplementedError

    def close(self) -> None:
        """Stop, and wait for what is under way."""
        self._closing.set()
        for thread in self._threads:
            thread.join(30)
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class OddServer(_Listener):
    """Answers each path with the script that was set for it, then closes the connection.

    `requests` holds what was received, as bytes, in order.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self._scripts: dict[str, Sequence[Part]] = {}
        self.requests: list[bytes] = []
        super().__init__(context)
        self.scheme = "https" if context else "http"

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The URL of a path on this server."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    def set(self, path: str, *parts: Part) -> str:
        """Set what a path is answered with, and give its URL.

        Args:
            path: with its query.
            parts: sent one after the other. The connection is closed after the last.
        """
        self._scripts[path] = parts
        return self.url(path)

    def serve(self, connection: socket.socket) -> None:
        """Read a request's head, then do what the script says."""
        request = b""
        while b"\r\n\r\n" not in request:
            data = connection.recv(65536)
            if not data:
                return
            request += data
        self.requests.append(request)
        path = request.split(b" ")[1].decode("ascii")
        for part in self._scripts.get(path, (b"HTTP/1.1 404 Not Found\r\n\r\n",)):
            if isinstance(part, bytes):
                connection.sendall(part)
            elif isinstance(part, float | int):
                self._closing.wait(part)
            else:
                part(connection)


def reset(connection: socket.socket) -> None:
    """A step that breaks the connection off with a reset instead of an end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    connection.close()


def drip(data: bytes, seconds: float) -> list[Part]:
    """Steps that send `data` a byte at a time, with a pause after each."""
    return [part for byte in data for part in (bytes([byte]), seconds)]


class TunnelProxy(_Listener):
    """An HTTP proxy that knows CONNECT and whole URLs; `requests` holds the first lines.

    Names under ``.test`` are this machine.
    """

    def __init__(self) -> None:
        self.requests: list[bytes] = []
        super().__init__()

    @property
    def url(self) -> str:
        """The proxy's URL."""
        return f"http://127.0.0.1:{self.port}"

    def serve(self, connection: socket.socket) -> None:
        """Read a head, connect to whom it names, and carry bytes both ways."""
        head = b""
        while b"\r\n\r\n" not in head:
            head += connection.recv(65536)
        line = head.split(b"\r\n")[0]
        self.requests.append(line)
        method, target, _ = line.split(b" ")
        place = target if method == b"CONNECT" else target.split(b"/")[2]
        host, _, port = place.decode().rpartition(":")
        host = "127.0.0.1" if host.endswith(".test") else host
        with socket.create_connection((host, int(port)), timeout=20) as server:
            if method == b"CONNECT":
                connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:
                path = b"/" + target.split(b"/", 3)[3]
                server.sendall(head.replace(target, path, 1))
            back = threading.Thread(target=_carry, args=(server, connection), daemon=True)
            back.start()
            _carry(connection, server)
            back.join(20)


def _carry(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@define
class CertificateFiles:
    """Files of a certificate authority: its root, and a server's chain of two with its key."""

    root: Path
    chain: Path
    key: Path
    pem: list[bytes]

    def context(self, version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> ssl.SSLContext:
        """A server's context that speaks this TLS version only."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain, self.key)
        context.minimum_version = context.maximum_version = version
        return context


def certificates(folder: Path, *names: str) -> CertificateFiles:
    """Make an authority with one below it, and a server's certificate for `names`."""
    authority = trustme.CA()
    leaf = authority.create_child_ca().issue_cert(*(names or ("localhost", "127.0.0.1")))
    files = CertificateFiles(folder / "root.pem", folder / "chain.pem", folder / "key.pem", [])
    authority.cert_pem.write_to_path(files.root)
    leaf.private_key_pem.write_to_path(files.key)
    files.pem = [blob.bytes() for blob in leaf.cert_chain_pems]
    files.chain.write_bytes(b"".join(files.pem))
    return files


@define
class Nginx:
    """A running nginx: files below `root` are served at `http` and `https` (``http://host:port``).

    `https` speaks TLS 1.2 and 1.3, `https12` TLS 1.2 only; `certificates` are theirs.
    """

    root: Path
    certificates: CertificateFiles
    http_port: int = field(factory=free_port)
    https_port: int = field(factory=free_port)
    https12_port: int = field(factory=free_port)

    @property
    def http(self) -> str:
        """Scheme, host and port without TLS."""
        return f"http://127.0.0.1:{self.http_port}"

    @property
    def https(self) -> str:
        """Scheme, host and port with TLS 1.2 and 1.3."""
        return f"https://127.0.0.1:{self.https_port}"

    @property
    def https12(self) -> str:
        """Scheme, host and port with TLS 1.2 only."""
        return f"https://127.0.0.1:{self.https12_port}"

    def publish(self, path: str, data: bytes) -> str:
        """Put a file below the root, and give its URL without TLS."""
        place = self.root / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        return f"{self.http}/{path.lstrip('/')}"


_CONFIGURATION = """
daemon off; pid {home}/nginx.pid; error_log {home}/error.log; worker_processes 1; {user}
events {{ worker_connections 256; }}
http {{
  access_log off; default_type text/html; gzip_types text/html; gzip_proxied any;
  client_body_temp_path {home}/t1; proxy_temp_path {home}/t2; fastcgi_temp_path {home}/t3;
  uwsgi_temp_path {home}/t4; scgi_temp_path {home}/t5;
  types {{ text/html html; text/plain txt; }}
  charset utf-8;
  root {root};
  ssl_certificate {files.chain}; ssl_certificate_key {files.key};
  server {{ listen 127.0.0.1:{http}; location /gzip/ {{ gzip on; alias {root}/; }}
    location = /moved {{ return 301 /; }} location = /gone {{ return 410; }} }}
  server {{ listen 127.0.0.1:{https} ssl; ssl_protocols TLSv1.2 TLSv1.3; }}
  server {{ listen 127.0.0.1:{https12} ssl; ssl_protocols TLSv1.2; }}
}}
"""


@contextlib.contextmanager
def nginx_server(folder: Path) -> Iterator[Nginx]:
    """Run nginx with everything it writes below `folder`; its files lie in ``folder/site``.

    The test is skipped when nginx is not installed, and fails when CI is set.
    """
    binary = program("nginx")
    root = folder / "site"
    root.mkdir()
    server = Nginx(root, certificates(folder))
    user = "user root;" if os.geteuid() == 0 else ""
    text = _CONFIGURATION.format(
        home=folder,
        root=root,
        user=user,
        files=server.certificates,
        http=server.http_port,
        https=server.https_port,
        https12=server.https12_port,
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(text)
    log = folder / "error.log"
    command = [str(binary), "-p", str(folder), "-c", str(configuration), "-e", str(log)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait_for(server.https12_port, process)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise RuntimeError("the server did not start")
