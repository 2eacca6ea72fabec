"""Passwords and tokens: never echoed, never kept where they are to be left out."""

from __future__ import annotations

import gzip
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.program import Box, Result
from tests.collection.press import page
from tests.collection.test_unchanged import wire
from tests.servers import OddServer

SECRET = "SECRETPW"


@pytest.fixture
def box(tmp_path: Path) -> Box:
    """A user with a collection and one capture."""
    box = Box(tmp_path)
    assert box.run("init", "press").code == 0
    (tmp_path / "a.txt").write_text("A text.\n")
    assert box.run("import", "a.txt", "--url", "https://news.example/a", "-C", "press").code == 0
    return box


COMMANDS: list[Sequence[str]] = [
    ("show",),
    ("related",),
    ("log", "prove"),
    ("history",),
    ("diff",),
    ("add",),
    ("list", "--url"),
    ("list", "--after"),
    ("report", "--html", "r.html"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    "typed", [f"http://bob:{SECRET}@127.0.0.1/a", f"bob:{SECRET}@127.0.0.1/a@~1"]
)
def test_a_password_in_a_typed_url_is_never_echoed(
    box: Box, command: Sequence[str], typed: str
) -> None:
    """Whatever is done with a URL that has a password, no error says it."""
    done = box.run(*command, typed, "-C", "press")
    assert done.code != 0
    assert SECRET.encode() not in done.out + done.err


def test_a_reference_without_a_password_is_echoed(box: Box) -> None:
    """What is no password is said as it was typed."""
    done = box.run("show", "https://never.example/@writer", "-C", "press")
    assert b"https://never.example/@writer" in done.err


def kept(folder: Path) -> bytes:
    """All that the collection's records hold."""
    [path] = (folder / "press" / "warc").iterdir()
    return gzip.decompress(path.read_bytes())


def test_a_redacted_header_is_sent_and_kept_nowhere(box: Box, odd_server: OddServer) -> None:
    """The server gets the value; the records have a word in its place, and say whose it was."""
    url = odd_server.set("/a", wire(page()))
    told = ["--header", f"Authorization: Bearer {SECRET}", "--redact-header", "authorization"]
    done = box.run("add", url, "-C", "press", "--allow-private", *told)
    assert (done.code, b"credential" in done.err) == (0, False)
    assert any(SECRET.encode() in request for request in odd_server.requests)
    data = kept(box.folder)
    assert SECRET.encode() not in data
    assert b"Authorization: [redacted]\r\n" in data
    assert b'"redacted": ["authorization"]' in data or b'"redacted":["authorization"]' in data
    [capture] = [one for one in box.run("list", "-C", "press", "--json").lines if one["url"] == url]
    assert (
        capture["limitations"] == ["insecure", "redacted"] or "redacted" in capture["limitations"]
    )
    assert box.run("verify", "press", "--deep").code == 0


@pytest.mark.parametrize("name", ["Authorization", "Cookie", "X-Api-Key", "X-Auth-Token"])
def test_a_credential_is_warned_of(box: Box, odd_server: OddServer, name: str) -> None:
    """A header that seems a credential is sent and kept, with a warning that has no value in it."""
    url = odd_server.set("/a", wire(page()))
    done = box.run("add", url, "-C", "press", "--allow-private", "--header", f"{name}: {SECRET}")
    assert done.code == 0
    assert f"--redact-header {name}".encode() in done.err
    assert SECRET.encode() not in done.out + done.err


@pytest.mark.parametrize("name", ["Accept-Language", "Referer", "X-Keyword", "DNT"])
def test_other_headers_are_not_warned_of(box: Box, odd_server: OddServer, name: str) -> None:
    """What tells no server who asks is sent without a word."""
    url = odd_server.set("/a", wire(page()))
    done = box.run("add", url, "-C", "press", "--allow-private", "--header", f"{name}: de")
    assert (done.code, b"credential" in done.err) == (0, False)


def test_only_what_is_sent_can_be_redacted(box: Box) -> None:
    """A header that is redacted and not sent is a mistake, and nothing is captured."""
    done = box.run("add", "https://news.example/", "-C", "press", "--redact-header", "X-Mine")
    assert done.code == 2
    assert b"not sent" in done.err


def with_passphrase(box: Box, words: bytes, *arguments: str) -> Result:
    """Run the program with a passphrase on a descriptor."""
    reading, writing = os.pipe()
    os.write(writing, words)
    os.close(writing)
    try:
        told = (*arguments, "--passphrase-fd", str(reading))
        return box.run(*told, pass_fds=[reading])
    finally:
        os.close(reading)


def test_an_encrypted_key_is_rotated_with_one_reading_of_its_passphrase(tmp_path: Path) -> None:
    """rotate, revoke and threshold take the passphrase from a descriptor, read once; the new key is
    protected by it as the old one was; and a refused rotate leaves no key behind.
    """
    box, words = Box(tmp_path), b"hunter2\n"
    assert with_passphrase(box, words, "init", "c").code == 0
    wrong = with_passphrase(box, b"other\n", "key", "rotate", "-C", "c")
    assert wrong.code == 7
    assert len(box.run("key", "list", "--json").lines) == 1
    done = with_passphrase(box, words, "key", "rotate", "-C", "c", "--json")
    assert done.code == 0
    keys = {one["fingerprint"]: one for one in box.run("key", "list", "--json").lines}
    [now] = done.json["keys"]
    [old] = keys.keys() - {now}
    assert [one["encrypted"] for one in keys.values()] == [True, True]
    assert with_passphrase(box, words, "key", "revoke", old, "-C", "c").code == 0
    assert with_passphrase(box, words, "key", "threshold", "1", "-C", "c").code == 0


@pytest.mark.parametrize("command", [("key", "new"), ("init", "other")])
def test_an_empty_passphrase_is_refused(tmp_path: Path, command: Sequence[str]) -> None:
    """Who names a descriptor wants the key protected: nothing on it makes none."""
    box = Box(tmp_path)
    for words in (b"", b"\n", b"\r\n"):
        done = with_passphrase(box, words, *command)
        assert (done.code, b"empty" in done.err) == (2, True)
    assert box.run("key", "list").out == b""


def test_a_rotation_that_was_killed_is_ended(tmp_path: Path) -> None:
    """Where the settings name the key before, `rotate` ends what was begun and makes no other."""
    box = Box(tmp_path)
    assert box.run("init", "c").code == 0
    settings = tmp_path / "c" / "archive.toml"
    before = settings.read_bytes()
    now = box.run("key", "rotate", "-C", "c", "--json").json["keys"]
    settings.write_bytes(before)
    again = box.run("key", "rotate", "-C", "c", "--json")
    assert (again.code, again.json["keys"], b"ended" in again.err) == (0, now, True)
    assert now[0].encode() in settings.read_bytes()
    more = box.run("key", "rotate", "-C", "c", "--json").json["keys"]
    assert more != now


def test_a_key_that_was_revoked_signs_no_more(tmp_path: Path) -> None:
    """Where this user holds no key of the keyring, nothing is ended: adding is refused."""
    box = Box(tmp_path)
    assert box.run("init", "c").code == 0
    settings = tmp_path / "c" / "archive.toml"
    before = settings.read_bytes()
    [now] = box.run("key", "rotate", "-C", "c", "--json").json["keys"]
    settings.write_bytes(before)
    for path in (box.config / "article-archive" / "keys").glob(f"{now}*"):
        path.unlink()
    (tmp_path / "a.txt").write_text("A text.\n")
    done = box.run("import", "a.txt", "--url", "https://news.example/a", "-C", "c")
    assert (done.code, b"does not have this key" in done.err) == (7, True)
    assert settings.read_bytes() == before
