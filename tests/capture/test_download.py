"""Tests of getting files from a server that the user named: whole, within limits, or why not."""

from __future__ import annotations

import pytest

from archive.capture.download import open_downloader
from archive.capture.post import UnreachableError, post
from archive.errors import InputError
from tests.servers import Nginx, OddServer, free_port, reset

LARGEST = 1000


def test_files_come_whole_or_not_at_all(nginx: Nginx) -> None:
    """A file of a real server is given byte for byte; one that is not there is None."""
    url = nginx.publish("download/tile/000", bytes(range(200)) * 5)
    with open_downloader() as downloader:
        assert downloader.get(url, LARGEST) == bytes(range(200)) * 5
        assert downloader.get(f"{nginx.http}/download/none", LARGEST) is None
        assert downloader.get(f"{nginx.http}/gone", LARGEST) is None
        assert downloader.get(url, LARGEST) == bytes(range(200)) * 5


def test_what_is_too_large_is_refused(nginx: Nginx, odd_server: OddServer) -> None:
    """A larger file is refused, and one without an end is not read to it."""
    endless = odd_server.set("/endless", b"HTTP/1.1 200 OK\r\n\r\n", *[bytes(600)] * 1000)
    for url in (nginx.publish("download/large", bytes(LARGEST + 1)), endless):
        with open_downloader() as downloader, pytest.raises(InputError, match="larger than"):
            downloader.get(url, LARGEST)


def test_other_answers_are_told(nginx: Nginx, odd_server: OddServer) -> None:
    """A redirect is not followed, and where it points to is said; so is any other status."""
    with open_downloader() as downloader:
        with pytest.raises(InputError, match="301") as caught:
            downloader.get(f"{nginx.http}/moved", LARGEST)
        assert caught.value.hint == f"it points to {nginx.http}/"
        broken = odd_server.set("/broken", b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")
        with pytest.raises(InputError, match="500"):
            downloader.get(broken, LARGEST)


def test_proxies_of_the_environment_do_not_count(
    nginx: Nginx, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for pages: what is sent to a witness or an authority goes to it and nobody else."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    url = nginx.publish("download/tile/001", b"tile")
    with open_downloader() as downloader:
        assert downloader.get(url, LARGEST) == b"tile"
    assert post(url, b"x", "text/plain").status == 405


def test_no_answer_is_told(odd_server: OddServer) -> None:
    """Nobody listening, a name that is none, a broken connection, another scheme: unreachable."""
    cut = odd_server.set("/cut", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", b"half", reset)
    urls = [f"http://127.0.0.1:{free_port()}/x", "http://nowhere.invalid/", cut]
    for url in [*urls, "file:///etc/hostname", "http://\u2603.example/"]:
        with open_downloader() as downloader, pytest.raises(UnreachableError):
            downloader.get(url, LARGEST)
