"""One collection for all judges, made once: every kind of capture that we write."""

from __future__ import annotations

import gzip
import http.client
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from attrs import evolve, frozen

import archive
from tests.capture.settings import LOCAL
from tests.collection.press import Clock, open_press, page
from tests.places import judge
from tests.servers import Nginx, OddServer, free_port

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
V1, V2 = page("Mayor resigns"), page("Mayor stays", "After all the mayor of the town stays. " * 9)


@frozen
class Judged:
    """The collection, its one file, and what each capture's URL gave at its time.

    Attributes:
        root: the folder that holds the collection and its keys.
        path: the collection's folder.
        file: its WARC file.
        captures: all captures.
        contents: by capture id, the page that was served, codings undone.
    """

    root: Path
    path: Path
    file: Path
    captures: tuple[archive.Capture, ...]
    contents: dict[str, bytes]


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory, odd_server: OddServer, nginx: Nginx) -> Judged:
    """A collection of new, unchanged, changed, coded, redirected, failed and imported pages."""
    root = tmp_path_factory.mktemp("judged")
    clock = Clock()
    contents: dict[str, bytes] = {}
    with open_press(root, clock) as press:

        def add(path: str, sent: bytes | None, body: bytes = b"") -> archive.Capture:
            clock.advance(60)
            url = odd_server.url(path) if sent is None else odd_server.set(path, sent)
            capture = press.add(url, LOCAL)
            contents[capture.id] = body
            return capture

        for body in (V1, V1, V2, V1):
            add("/story", plain(body), body)
        for body in (V1, V1, V2):
            add("/gzip", plain(gzip.compress(body, mtime=0), b"Content-Encoding: gzip\r\n"), body)
        for body in (V1, V1, V2, V1):
            add("/chunked", chunked(body), body)
        for body in (V1, V1, V2):
            coded = gzip.compress(body, mtime=0)
            add("/both", chunked(coded, b"Content-Encoding: gzip\r\n"), body)
        for number, make in enumerate((chunked, plain, to_the_end, chunked, plain)):
            add("/framing", make(V1, b"X-Number: %d\r\n" % number), V1)
        for number, make in enumerate((plain, chunked, to_the_end)):
            add("/other-framing", make(V1, b"X-Number: %d\r\n" % number), V1)
        moved = b"HTTP/1.1 301 Moved\r\nLocation: /moved-here\r\nContent-Length: 0\r\n\r\n"
        odd_server.set("/moved-here", plain(V1))
        add("/redirect", moved, V1)
        add("/gone", b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone", b"gone")
        early = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
        add("/early", early + plain(V1), V1)
        add("/cut", OK + b"Content-Length: 9999\r\n\r\n" + V1, V1)
        press.add(f"http://127.0.0.1:{free_port()}/refused", LOCAL)
        press.add(nginx.publish("tls.html", V1).replace(nginx.http, nginx.https), LOCAL)
        secure = evolve(LOCAL, ca_file=str(nginx.certificates.root))
        nginx.publish("trusted.html", V1)
        capture = press.add(f"{nginx.https}/trusted.html", secure)
        contents[capture.id] = V1
        scraped, saved = root / "scraped.txt", root / "saved.html"
        scraped.write_bytes(b"A headline\nA paragraph.\n")
        saved.write_bytes(V2)
        press.import_file(scraped, "https://news.example/scraped", date="2024-08-06")
        press.import_file(saved, "https://news.example/saved")
        [file] = (press.path / "warc").glob("*.warc.gz")
        return Judged(root, press.path, file, tuple(press.captures()), contents)


def plain(body: bytes, more: bytes = b"") -> bytes:
    """A response framed by its length."""
    return OK + more + b"Content-Length: %d\r\n\r\n" % len(body) + body


def to_the_end(body: bytes, more: bytes = b"") -> bytes:
    """A response that runs to the end of the connection."""
    return OK + more + b"\r\n" + body


def chunked(body: bytes, more: bytes = b"") -> bytes:
    """A response in two chunks."""
    parts = (body[:100], body[100:])
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    return OK + more + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"


@frozen
class Replay:
    """A running pywb that replays the judged file."""

    port: int

    def get(self, path: str) -> tuple[http.client.HTTPResponse, bytes]:
        """What it answers, body as sent."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=180)) as connection:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            response = connection.getresponse()
            return response, response.read()

    def page(self, moment: str, url: str) -> tuple[http.client.HTTPResponse, bytes]:
        """A page as it was archived, at a moment of 14 digits, content coding undone."""
        response, body = self.get(f"/press/{moment}id_/{url}")
        if response.headers["Content-Encoding"] == "gzip":
            body = gzip.decompress(body)
        return response, body


@pytest.fixture(scope="session")
def replay(judged: Judged, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replay]:
    """A wayback with the judged file, on a port of its own."""
    home = tmp_path_factory.mktemp("pywb")
    manager = str(judge("wb-manager"))
    for arguments in (["init", "press"], ["add", "press", str(judged.file)]):
        subprocess.run([manager, *arguments], cwd=home, check=True, capture_output=True)
    port = free_port()
    command = [str(judge("wayback")), "-b", "127.0.0.1", "-p", str(port)]
    with open(home / "log", "wb") as log:
        process = subprocess.Popen(command, cwd=home, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline and process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        assert process.poll() is None, (home / "log").read_text()
        yield Replay(port)
    finally:
        process.terminate()
        process.wait(20)
