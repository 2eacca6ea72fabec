"""Tests of time stamps on the command line: asked for, pinned, shown when nobody gave one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.program import Box
from tests.cli.stories import page, response
from tests.proof.authority import Authority, Server, make_authority
from tests.servers import OddServer

DOWN = "http://127.0.0.1:9/"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """An authority's certificates and keys."""
    return make_authority(tmp_path / "authority")


@pytest.fixture
def server(authority: Authority) -> Iterator[Server]:
    """The authority, answering."""
    with Server(authority) as serving:
        yield serving


def name(press: Path, authority: Authority, *urls: str) -> None:
    """Have the settings name an authority under some URLs."""
    (press / "keys" / "tsa-root.pem").write_bytes(authority.root)
    (press / "keys" / "tsa.pem").write_bytes(authority.certificate)
    pinned = 'root = "keys/tsa-root.pem"\ncertificate = "keys/tsa.pem"\n'
    with open(press / "archive.toml", "a") as settings:
        for url in urls:
            settings.write(f'\n[[timestamp]]\nurl = "{url}"\n{pinned}')


def add(press: Path, *urls: str) -> tuple[str | Path, ...]:
    """The arguments of a run that is dated."""
    return ("add", "-C", press, "--delay", "0", "--allow-private", "--timestamp", *urls)


def test_a_run_is_dated_once(
    box: Box, press: Path, authority: Authority, server: Server, odd_server: OddServer
) -> None:
    """Many URLs, one time stamp, over all of them; it is a line of its own after them."""
    name(press, authority, server.url)
    urls = [odd_server.set(f"/dated/{n}", response(page(f"Story {n}"))) for n in range(3)]
    result = box.run(*add(press, *urls), "--json")
    assert result.code == 0
    schemas = [line["schema"].split(":")[2] for line in result.lines]
    assert schemas == ["add", "add", "add", "log-timestamp"]
    stamped = result.lines[-1]
    assert (stamped["url"], stamped["size"], stamped["error"]) == (server.url, 4, None)
    status = box.run("log", "status", "-C", press, "--json").json
    assert (status["stamps"], status["stamped"], status["size"]) == (1, 4, 5)
    assert status["failing"] == []
    lone = box.run(*add(press, urls[0]))
    assert (lone.code, lone.text.splitlines()[-1][:12]) == (0, "dated       ")
    assert box.run("log", "status", "-C", press, "--json").json["stamps"] == 2


def test_two_authorities_date_the_same_checkpoint(
    box: Box, press: Path, authority: Authority, server: Server, odd_server: OddServer
) -> None:
    """The second authority is asked about what the first one was, not about its time stamp."""
    name(press, authority, server.url, f"{server.url}again")
    url = odd_server.set("/twice", response(page("Twice")))
    result = box.run(*add(press, url), "--json")
    assert [line["size"] for line in result.lines[1:]] == [2, 2]
    kept = sorted(path.name for path in (press / "log" / "timestamps").iterdir())
    assert kept == ["2-1.checkpoint", "2-1.tsr", "2-2.checkpoint", "2-2.tsr"]


def test_an_authority_that_fails_takes_nothing_from_the_captures(
    box: Box, press: Path, authority: Authority, server: Server, odd_server: OddServer
) -> None:
    """Exit 3: captured and saved, but not dated; a second authority is asked all the same."""
    name(press, authority, DOWN, server.url)
    url = odd_server.set("/undated", response(page("Undated")))
    result = box.run(*add(press, url), "--json")
    assert (result.code, result.lines[0]["outcome"]) == (3, "captured")
    assert [line["error"] is None for line in result.lines[1:]] == [False, True]
    words = box.run(*add(press, url))
    assert (words.code, f"not dated    {DOWN}: no answer" in words.text) == (3, True)
    assert box.run("verify", press).code == 0


def test_every_url_failed_is_still_6_and_still_dated(
    box: Box, press: Path, authority: Authority, server: Server
) -> None:
    """Failures are signed captures: they are dated too, and the exit code is theirs."""
    name(press, authority, server.url)
    result = box.run(*add(press, "http://127.0.0.1:1/"), "--json")
    assert (result.code, result.lines[1]["size"]) == (6, 2)


def test_nobody_to_ask_is_said_before_anything_is_captured(
    box: Box, press: Path, odd_server: OddServer
) -> None:
    """Without an authority in the settings --timestamp is a request that cannot be."""
    url = odd_server.set("/nobody", response(page("Nobody")))
    result = box.run(*add(press, url))
    assert (result.code, b"no time-stamping authority is named" in result.err) == (2, True)
    assert box.run("list", "-C", press, "--json").lines == []


def test_who_failed_last_is_shown_until_he_answers(
    box: Box, press: Path, authority: Authority, server: Server, odd_server: OddServer
) -> None:
    """`log status` names who failed, when and why; an answer, or other settings, ends that."""
    name(press, authority, server.url, DOWN)
    box.run(*add(press, odd_server.set("/status", response(page("Status")))))
    [failing] = box.run("log", "status", "-C", press, "--json").json["failing"]
    assert (failing["kind"], failing["url"]) == ("timestamp", DOWN)
    assert failing["error"].startswith("no answer: ")
    assert failing["time"].endswith("Z")
    line = f"failed       {failing['time'][:19]}Z {DOWN}: {failing['error']}\n"
    assert line in box.run("log", "status", "-C", press).text
    settings = press / "archive.toml"
    settings.write_text(settings.read_text().replace(f'url = "{server.url}"', f'url = "{DOWN}x"'))
    assert box.run("log", "timestamp", "-C", press).code == 6
    named = box.run("log", "status", "-C", press, "--json").json["failing"]
    assert [item["url"] for item in named] == [f"{DOWN}x", DOWN]
    settings.write_text(settings.read_text().replace(f"{DOWN}x", server.url))
    [left] = box.run("log", "status", "-C", press, "--json").json["failing"]
    assert left["url"] == DOWN
    settings.write_text(settings.read_text().replace(DOWN, server.url))
    assert box.run("log", "timestamp", "-C", press).code == 0
    assert box.run("log", "status", "-C", press, "--json").json["failing"] == []


def test_authorities_are_pinned_and_forgotten(
    box: Box, press: Path, authority: Authority, server: Server, odd_server: OddServer
) -> None:
    """A pinned authority dates for `verify` until it is forgotten; the report names the pin."""
    name(press, authority, server.url)
    box.run(*add(press, odd_server.set("/pinned", response(page("Pinned")))))
    required = ("verify", press, "--require", "timestamp")
    assert box.run(*required).code == 4
    both = f"{press}/keys/tsa-root.pem,{press}/keys/tsa.pem"
    told = box.run("key", "trust", "--tsa", both, "--json").json
    pin = told["fingerprint"]
    assert (told["name"], told["certificate"]) == ("CN=Test TSA", True)
    shown = box.run(*required)
    assert shown.code == 0
    dated = (
        f"\nDated by:\n  {pin}\n    trusted (pinned), CN=Test TSA\n    1 time stamp: the first 2"
    )
    assert dated in shown.text
    [by] = box.run(*required, "--json").json["log"]["dated"]
    assert (by["fingerprint"], by["by"], by["stamps"], by["entries"]) == (pin, "pinned", 1, 2)
    assert box.run(*required, "--no-user-trust", "--trust", _key(press)).code == 4
    named = box.run(*required, "--tsa", both, "--json").json["log"]["dated"]
    assert [item["by"] for item in named] == ["--tsa"]
    assert f"{pin}  pinned authority  CN=Test TSA\n" in box.run("key", "list").text
    assert box.run("key", "forget", pin[:8]).text == f"forgotten    {pin}\n"
    assert box.run(*required).code == 4
    assert box.run("key", "forget", pin[:8]).code == 7


def _key(press: Path) -> str:
    [path] = press.glob("keys/*.pub.pem")
    return path.name.partition(".")[0]


def test_a_pin_is_shown_as_it_is_made(box: Box, authority: Authority) -> None:
    """Root alone, or with the certificate: the words say which; again changes nothing."""
    root, both = (authority.folder / "root.pem"), f"{authority.folder}/root.pem,{authority.folder}"
    for _ in range(2):
        alone = box.run("key", "trust", "--tsa", root)
        assert alone.code == 0
        assert "authority    CN=Test Root\ncertificate  any below the root\n" in alone.text
        whole = box.run("key", "trust", "--tsa", f"{both}/tsa.pem")
        assert "authority    CN=Test TSA\ncertificate  pinned too\n" in whole.text
    assert len(box.run("key", "list", "--json").lines) == 2


def test_what_is_no_authority_is_not_pinned(box: Box, authority: Authority) -> None:
    """Neither, both, half a pair, rubbish and a missing file: each its own exit code."""
    (box.folder / "rubbish.pem").write_text("rubbish")
    root = str(authority.folder / "root.pem")
    for code, arguments in (
        (2, []),
        (2, ["--tsa", root, root]),
        (2, ["--tsa", f"{root},"]),
        (5, ["--tsa", "rubbish.pem"]),
        (5, ["--tsa", f"{root},rubbish.pem"]),
        (5, ["--tsa", "absent.pem"]),
        (5, ["--tsa", "/dev/zero"]),
    ):
        result = box.run("key", "trust", *arguments)
        assert (result.code, result.out) == (code, b"")
    assert box.run("key", "list").err == b"no keys\n"
