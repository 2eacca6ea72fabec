"""Tests of time stamps on the command line: asked for, pinned, shown when nobody gave one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.cli.main import run
from tests.cli.program import Box, Result
from tests.cli.stories import page, response
from tests.proof.authority import Authority, Server, make_authority
from tests.servers import OddServer

DOWN = "http://127.0.0.1:9/"

Here = Callable[..., Result]


@pytest.fixture
def here(box: Box, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Here:
    """Run the program in this process, with the folders of `box`: many runs take no time."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(box.config))
    monkeypatch.chdir(box.folder)

    def run_here(*arguments: str | Path) -> Result:
        capfd.readouterr()
        code = run([*map(str, arguments)])
        out, err = capfd.readouterr()
        return Result(code, out.encode(), err.encode())

    return run_here


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
    fast = ("--delay", "0", "--allow-private", "--no-extract")
    return ("add", "-C", press, *fast, "--timestamp", *urls)


def test_a_run_is_dated_once(
    here: Here, box: Box, press: Path, authority: Authority, server: Server, odd_server: OddServer
) -> None:
    """Many URLs, one time stamp, over all of them; it is a line of its own after them."""
    name(press, authority, server.url)
    urls = [odd_server.set(f"/dated/{n}", response(page(f"Story {n}"))) for n in range(3)]
    result = here(*add(press, *urls), "--json")
    assert result.code == 0
    schemas = [line["schema"].split(":")[2] for line in result.lines]
    assert schemas == ["add", "add", "add", "log-timestamp"]
    stamped = result.lines[-1]
    assert (stamped["url"], stamped["size"], stamped["error"]) == (server.url, 4, None)
    status = here("log", "status", "-C", press, "--json").json
    assert (status["stamps"], status["stamped"], status["size"]) == (1, 4, 5)
    assert status["failing"] == []
    lone = box.run(*add(press, urls[0]))
    assert (lone.code, lone.text.splitlines()[-1][:12]) == (0, "dated       ")
    assert here("log", "status", "-C", press, "--json").json["stamps"] == 2


def test_two_authorities_date_the_same_checkpoint(
    here: Here, press: Path, authority: Authority, server: Server, odd_server: OddServer
) -> None:
    """The second authority is asked about what the first one was, not about its time stamp."""
    name(press, authority, server.url, f"{server.url}again")
    url = odd_server.set("/twice", response(page("Twice")))
    result = here(*add(press, url), "--json")
    assert [line["size"] for line in result.lines[1:]] == [2, 2]
    kept = sorted(path.name for path in (press / "log" / "timestamps").iterdir())
    assert kept == ["2-1.checkpoint", "2-1.tsr", "2-2.checkpoint", "2-2.tsr"]


def test_an_authority_that_fails_takes_nothing_from_the_captures(
    here: Here, press: Path, authority: Authority, server: Server, odd_server: OddServer
) -> None:
    """Exit 3: captured and saved, but not dated; a second authority is asked all the same."""
    name(press, authority, DOWN, server.url)
    url = odd_server.set("/undated", response(page("Undated")))
    result = here(*add(press, url), "--json")
    assert (result.code, result.lines[0]["outcome"]) == (3, "captured")
    assert [line["error"] is None for line in result.lines[1:]] == [False, True]
    words = here(*add(press, url))
    assert (words.code, f"not dated    {DOWN}: no answer" in words.text) == (3, True)
    assert here("verify", press).code == 0


def test_every_url_failed_is_still_6_and_still_dated(
    here: Here, press: Path, authority: Authority, server: Server
) -> None:
    """Failures are signed captures: they are dated too, and the exit code is theirs."""
    name(press, authority, server.url)
    result = here(*add(press, "http://127.0.0.1:1/"), "--json")
    assert (result.code, result.lines[1]["size"]) == (6, 2)


def test_nobody_to_ask_is_said_before_anything_is_captured(
    here: Here, press: Path, odd_server: OddServer
) -> None:
    """Without an authority in the settings --timestamp is a request that cannot be."""
    url = odd_server.set("/nobody", response(page("Nobody")))
    result = here(*add(press, url))
    assert (result.code, b"no time-stamping authority is named" in result.err) == (2, True)
    assert here("list", "-C", press, "--json").lines == []


def test_who_failed_last_is_shown_until_he_answers(
    here: Here, press: Path, authority: Authority, server: Server, odd_server: OddServer
) -> None:
    """`log status` names who failed, when and why; an answer, or other settings, ends that."""
    name(press, authority, server.url, DOWN)
    here(*add(press, odd_server.set("/status", response(page("Status")))))
    [failing] = here("log", "status", "-C", press, "--json").json["failing"]
    assert (failing["kind"], failing["url"]) == ("timestamp", DOWN)
    assert failing["error"].startswith("no answer: ")
    assert failing["time"].endswith("Z")
    line = f"failed       {failing['time'][:19]}Z {DOWN}: {failing['error']}\n"
    assert line in here("log", "status", "-C", press).text
    settings = press / "archive.toml"
    settings.write_text(settings.read_text().replace(f'url = "{server.url}"', f'url = "{DOWN}x"'))
    assert here("log", "timestamp", "-C", press).code == 6
    named = here("log", "status", "-C", press, "--json").json["failing"]
    assert [item["url"] for item in named] == [f"{DOWN}x", DOWN]
    settings.write_text(settings.read_text().replace(f"{DOWN}x", server.url))
    [left] = here("log", "status", "-C", press, "--json").json["failing"]
    assert left["url"] == DOWN
    settings.write_text(settings.read_text().replace(DOWN, server.url))
    assert here("log", "timestamp", "-C", press).code == 0
    assert here("log", "status", "-C", press, "--json").json["failing"] == []


def test_authorities_are_pinned_and_forgotten(
    here: Here, press: Path, authority: Authority, server: Server, odd_server: OddServer
) -> None:
    """A pinned authority dates for `verify` until it is forgotten; the report names the pin."""
    name(press, authority, server.url)
    here(*add(press, odd_server.set("/pinned", response(page("Pinned")))))
    required = ("verify", press, "--require", "timestamp")
    assert here(*required).code == 4
    both = f"{press}/keys/tsa-root.pem,{press}/keys/tsa.pem"
    told = here("key", "trust", "--tsa", both, "--json").json
    pin = told["fingerprint"]
    assert (told["name"], told["certificate"]) == ("CN=Test TSA", True)
    shown = here(*required)
    assert shown.code == 0
    dated = (
        f"\nDated by:\n  {pin}\n    trusted (pinned), CN=Test TSA\n    1 time stamp: the first 2"
    )
    assert dated in shown.text
    [by] = here(*required, "--json").json["log"]["dated"]
    assert (by["fingerprint"], by["by"], by["stamps"], by["entries"]) == (pin, "pinned", 1, 2)
    assert here(*required, "--no-user-trust", "--trust", _key(press)).code == 4
    named = here(*required, "--tsa", both, "--json").json["log"]["dated"]
    assert [item["by"] for item in named] == ["--tsa"]
    assert f"{pin}  pinned authority  CN=Test TSA\n" in here("key", "list").text
    assert here("key", "forget", pin[:8]).text == f"forgotten    {pin}\n"
    assert here(*required).code == 4
    assert here("key", "forget", pin[:8]).code == 7


def _key(press: Path) -> str:
    [path] = press.glob("keys/*.pub.pem")
    return path.name.partition(".")[0]


def test_a_pin_is_shown_as_it_is_made(here: Here, authority: Authority) -> None:
    """Root alone, or with the certificate: the words say which; again changes nothing."""
    root, both = (authority.folder / "root.pem"), f"{authority.folder}/root.pem,{authority.folder}"
    for _ in range(2):
        alone = here("key", "trust", "--tsa", root)
        assert alone.code == 0
        assert "authority    CN=Test Root\ncertificate  any below the root\n" in alone.text
        whole = here("key", "trust", "--tsa", f"{both}/tsa.pem")
        assert "authority    CN=Test TSA\ncertificate  pinned too\n" in whole.text
    assert len(here("key", "list", "--json").lines) == 2


def test_what_is_no_authority_is_not_pinned(here: Here, authority: Authority) -> None:
    """Neither, both, half a pair, rubbish and a missing file: each its own exit code."""
    Path("rubbish.pem").write_text("rubbish")
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
        result = here("key", "trust", *arguments)
        assert (result.code, result.out) == (code, b"")
    assert here("key", "list").err == b"no keys\n"
