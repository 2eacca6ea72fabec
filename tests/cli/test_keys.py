"""Tests of `init` and `key`: what is asked on a terminal, what is told."""

from __future__ import annotations

import resource
from pathlib import Path

from tests.cli.program import Box, plain
from tests.cli.stories import page, response
from tests.servers import OddServer


def limit_memory() -> None:
    """At most two gigabytes of address space."""
    resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))


def test_init_without_a_terminal_says_that_the_key_is_open(box: Box) -> None:
    """Piped, the key is not encrypted, lies outside the collection, and both are said."""
    result = box.run("init", "press", "--origin", "news.example/press")
    assert result.code == 0
    assert "(not encrypted)" in result.text
    assert "origin       news.example/press\n" in result.text
    assert str(box.config) in result.text
    assert not [path for path in (box.folder / "press").rglob("*.pem") if "pub" not in path.name]
    again = box.run("init", "press")
    assert (again.code, b"there is a collection already" in again.err) == (2, True)


def test_init_that_cannot_make_its_folder_makes_no_key(box: Box) -> None:
    """A collection that cannot be written leaves no key behind, which would be trusted for ever."""
    (box.folder / "file").touch()
    assert box.run("init", "file/press").code == 8
    assert box.run("key", "list").text == ""
    assert not list(box.config.rglob("*.pem"))


def test_init_asks_twice_for_a_passphrase(box: Box, odd_server: OddServer) -> None:
    """On a terminal a passphrase is asked for twice, never shown, and needed to add."""
    shown = box.on_terminal("init", "press", answers=[b"open sesame\n", b"open sesame\n"])
    assert shown.code == 0
    assert b"sesame" not in shown.out
    assert "(not encrypted)" not in plain(shown.out)
    url = odd_server.set("/asked", response(page("Asked")))
    add = ("add", "-C", "press", "--allow-private", url)
    right = box.on_terminal(*add, answers=[b"open sesame\n"])
    assert (right.code, b"Passphrase of the key:" in right.out) == (0, True)
    assert box.on_terminal(*add, answers=[b"wrong\n"]).code == 7


def test_init_asks_again_when_the_two_differ(box: Box) -> None:
    """Two different passphrases are asked for again."""
    answers = [b"one\n", b"two\n", b"three\n", b"three\n"]
    shown = box.on_terminal("init", "press", answers=answers)
    assert shown.code == 0
    assert b"do not match" in shown.out
    assert "(not encrypted)" not in plain(shown.out)


def test_an_empty_passphrase_is_none(box: Box) -> None:
    """Enter alone leaves the key unencrypted, and that is said."""
    shown = box.on_terminal("init", "press", answers=[b"\n"])
    assert (shown.code, "(not encrypted)" in plain(shown.out)) == (0, True)


def test_giving_up_leaves_nothing_behind(box: Box) -> None:
    """Ctrl-C and Ctrl-D at the question make neither collection nor key."""
    for answer in (b"\x03", b"\x04"):
        shown = box.on_terminal("init", "press", answers=[answer])
        assert (shown.code, b"interrupted" in shown.out) == (130, True)
    assert not (box.folder / "press").exists()
    assert not box.config.exists()


def test_one_key_for_two_collections(box: Box) -> None:
    """A key can be made first, shown, and used for a collection."""
    made = box.run("key", "new", "--json").json
    key = made["fingerprint"]
    assert box.run("init", "press", "--key", key[:10], "--json").json["fingerprint"] == key
    shown = box.run("key", "show", key[:6])
    assert f"fingerprint  {key}\n" in shown.text
    assert made["path"] in shown.text
    assert shown.err == b"The private key is not encrypted.\n"
    assert f"{key}  own key\n" == box.run("key", "list").text


def test_pins_come_and_go(box: Box) -> None:
    """Another's key is trusted once pinned, and no longer once forgotten."""
    other = Box(box.folder / "other")
    other.folder.mkdir()
    key = other.run("init", "press", "--json").json["fingerprint"]
    (other.folder / "a.txt").write_text("A line.\n")
    other.run("import", "-C", "press", "a.txt", "--url", "https://x.example/")
    pem = box.folder / "theirs.pem"
    pem.write_text(other.run("key", "show", key, "--pem").text)
    there = other.folder / "press"
    assert box.run("verify", there).code == 4
    assert box.run("verify", there, "--trust", pem).code == 0
    assert box.run("verify", there, "--trust", key).code == 0
    pinned = box.run("key", "trust", pem)
    assert (pinned.code, f"pinned key   {box.config}" in pinned.text) == (0, True)
    assert box.run("verify", there).code == 0
    assert box.run("verify", there, "--no-user-trust").code == 4
    assert box.run("key", "list").text == f"{key}  pinned\n"
    assert box.run("key", "forget", key[:6]).text == f"forgotten    {key}\n"
    assert box.run("verify", there).code == 4
    assert box.run("key", "forget", key[:6]).code == 7
    assert box.run("key", "list").err == b"no keys\n"


def test_status_and_reindex_tell_the_state(box: Box, press: Path) -> None:
    """`status` says when the index is behind, and `reindex` mends it."""
    (box.folder / "a.txt").write_text("A line.\n")
    box.run("import", "-C", press, "a.txt", "--url", "https://x.example/")
    (press / "index.sqlite").unlink()
    assert "behind, see: archive reindex" in box.run("status", "-C", press).text
    assert box.run("reindex", "-C", press).text == "1 capture indexed\n"
    status = box.run("status", "-C", press).text
    assert "index        up to date\n" in status
    assert "captures     1\n" in status


def test_a_key_is_shown_without_naming_it(box: Box) -> None:
    """Without a fingerprint it is the collection's key, else the only own one, else exit 2."""
    none = box.run("key", "show")
    assert (none.code, b"no key of your own" in none.err) == (2, True)
    key = box.run("init", "press", "--json").json["fingerprint"]
    assert box.run("key", "show", "--json").json["fingerprint"] == key
    other = box.run("key", "new", "--json").json["fingerprint"]
    several = box.run("key", "show")
    assert (several.code, b"several keys" in several.err) == (2, True)
    named = box.run("key", "show", "-C", "press", "--json")
    here = box.run("key", "show", "--json", cwd=box.folder / "press")
    assert named.json["fingerprint"] == here.json["fingerprint"] == key != other
    both = box.run("key", "show", other, "-C", "press")
    assert (both.code, both.out) == (2, b"")
    assert box.run("key", "show", "-C", "nowhere").code == 10


def test_pinning_a_file_without_end_does_not_fill_the_memory(box: Box) -> None:
    """Only the beginning of a file named as a key is read: of /dev/zero it was all memory held."""
    refused = box.run("key", "trust", "/dev/zero", prepare=limit_memory)
    assert refused.code == 7
    assert b"defect" not in refused.err
