"""Tests of the exit codes: each row of the table, through the program."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import time
from itertools import count
from pathlib import Path

import pytest

from archive.cli.main import run
from archive.collection import Collection
from archive.disk.lock import hold_lock
from tests.cli.program import COMMAND, Box
from tests.cli.stories import Stories, page, response
from tests.servers import OddServer


def private(*urls: str) -> list[str]:
    """Arguments that capture from this machine without waiting."""
    return ["--allow-private", "--delay", "0", *urls]


def test_0_done_verified_no_difference(stories: Stories) -> None:
    """0: a verb has done its work, verification succeeded, two captures are the same."""
    box, folder = stories.box, stories.folder
    assert box.run("list", "-C", folder).code == 0
    assert box.run("verify", folder).code == 0
    same = box.run("diff", "-C", folder, stories.ids[1], stories.ids[2])
    assert (same.code, "no change" in same.text) == (0, True)


def test_1_a_check_failed_or_captures_differ(stories: Stories, box: Box) -> None:
    """1: a check failed (a torn and an empty file too), or two captures differ."""
    assert stories.box.run("diff", "-C", stories.folder, *stories.ids[:2]).code == 1
    [warc] = (stories.folder / "warc").glob("*.warc.gz")
    data = warc.read_bytes()
    for name, bad in (("torn", data[:-30]), ("empty", b""), ("flipped", data[:-3] + b"XYZ")):
        (box.folder / f"{name}.warc.gz").write_bytes(bad)
        assert box.run("verify", f"{name}.warc.gz").code == 1, name


@pytest.mark.parametrize("as_json", [[], ["--json"]], ids=["words", "json"])
def test_closed_pipe_does_not_turn_failed_or_differs_into_success(
    stories: Stories, box: Box, as_json: list[str]
) -> None:
    """1: also when whoever reads the report has gone, as `head -1` does; it was 0."""
    [warc] = (stories.folder / "warc").glob("*.warc.gz")
    torn = box.folder / "torn-unread.warc.gz"
    torn.write_bytes(warc.read_bytes()[:-30])
    differing = ["diff", "-C", str(stories.folder), *stories.ids[:2]]
    for arguments in (["verify", str(torn)], differing):
        assert run_unread(stories.box, *arguments, *as_json) == 1


def run_unread(box: Box, *arguments: str) -> int:
    """The exit code of the program when nobody reads its stdout."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as unread:
        done = subprocess.run(
            [*COMMAND, *arguments],
            stdout=unread,
            stderr=subprocess.PIPE,
            env=box.environment(),
            check=False,
        )
    assert done.stderr == b""
    return done.returncode


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["list", "--no-such-option"],
        ["list", "--last", "0"],
        ["history"],
        ["show"],
        ["show", "abc"],
        ["show", "https://x.example/", "--url", "https://x.example/"],
        ["show", "--url", "https://x.example/story", "--at", "last week"],
        ["history", "mailto:someone@x.example"],
        ["add"],
        ["add", "ftp://x.example/"],
        ["add", "--concurrency", "0", "https://x.example/"],
        ["add", "--header", "no colon", "https://x.example/"],
        ["add", "--proxy", "nonsense", "https://x.example/"],
        ["add", "--passphrase-fd", "-1", "https://x.example/"],
        ["init", "."],
        ["key", "nonsense"],
        ["key", "show", "not-hex"],
        ["verify", "--require", "nonsense"],
        ["verify", "--trust", "absent.pem"],
        ["verify", "-C", ".", "other"],
        ["import", "archive.toml"],
        ["import", "archive.toml", "--url", "https://x.example/", "--grade", "wire"],
    ],
    ids=" ".join,
)
def test_2_usage(
    stories: Stories,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """2: usage, or a request that cannot be; said on stderr, and nothing is written."""
    if arguments[0] == "show" and "--at" in arguments:
        arguments = [stories.story if "story" in word else word for word in arguments]
    monkeypatch.chdir(stories.folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(stories.box.config))
    before = {path: path.stat().st_mtime_ns for path in stories.folder.rglob("*")}
    assert run(arguments) == 2
    out, err = capfd.readouterr()
    assert err.startswith(("archive: ", "refused "))
    assert out == ""
    assert {path: path.stat().st_mtime_ns for path in stories.folder.rglob("*")} == before


def test_3_and_6_some_or_all_failed(box: Box, press: Path, odd_server: OddServer) -> None:
    """3: some of several URLs failed; 6: every one did, and its capture is signed all the same."""
    good = odd_server.set("/good", response(page("Good")))
    bad = odd_server.url("/nothing-here")
    assert box.run("add", "-C", press, *private(good, bad)).code == 3
    assert box.run("add", "-C", press, *private(good), "ftp://x.example/").code == 3
    assert box.run("add", "-C", press, *private(bad)).code == 6
    assert box.run("add", "-C", press, *private(bad), "ftp://x.example/").code == 6
    report = box.run("verify", press, "--json").json
    assert (report["verdict"], report["captures"]) == ("verified", 5)


def test_4_nothing_to_go_by(stories: Stories, box: Box, press: Path) -> None:
    """4: nothing, unsigned, untrusted, incomplete; or no such capture."""
    verdicts: dict[str, list[str | Path]] = {
        "nothing": ["verify", press],
        "untrusted": ["verify", stories.folder],
        "incomplete": [
            "verify",
            stories.folder,
            "--require",
            "witness",
            "--trust",
            key_of(stories),
        ],
    }
    for verdict, arguments in verdicts.items():
        result = box.run(*arguments, "--json")
        assert (result.code, result.json["verdict"]) == (4, verdict)
    assert box.run("show", "-C", press, "abcdef").code == 4
    assert box.run("history", "-C", press, "https://x.example/").code == 4
    assert box.run("show", "-C", stories.folder, stories.ids[3], "--text").code == 4
    assert box.run("diff", "-C", stories.folder, stories.handle).code == 4


def key_of(stories: Stories) -> str:
    """The fingerprint of the key of `stories`."""
    [pem] = (stories.folder / "keys").iterdir()
    return pem.name.partition(".")[0]


def test_4_an_unsigned_file(box: Box) -> None:
    """4: a WARC file that is sound but that nobody signed."""
    head = "WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
    head += "WARC-Record-ID: <urn:uuid:11111111-1111-4111-8111-111111111111>\r\n"
    head += "Content-Type: application/warc-fields\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    (box.folder / "plain.warc").write_text(head, newline="")
    result = box.run("verify", "plain.warc", "--json")
    assert (result.code, result.json["verdict"]) in {(4, "unsigned"), (4, "nothing")}


def test_5_input_that_is_not_what_it_should_be(box: Box, press: Path) -> None:
    """5: a file that is missing, or is not what it should be."""
    (box.folder / "text").write_bytes(b"neither WARC nor gzip")
    (box.folder / "key.pem").write_bytes(b"no key")
    for arguments in (
        ["verify", "absent.warc.gz"],
        ["verify", "text"],
        ["import", "-C", press, "--url", "https://x.example/", "absent.txt"],
        ["add", "-C", press, "--from", "absent"],
        ["add", "-C", press, "--from", "."],
        ["add", "-C", press, "--cacert", "absent", "https://x.example/"],
        ["add", "-C", press, "--cacert", "text", "https://x.example/"],
        ["key", "trust", "absent.pem"],
    ):
        result = box.run(*arguments)
        assert (result.code, result.out[:30] if arguments[1] != "text" else b"") == (5, b"")
    assert box.run("list", "-C", press, "--json").lines == []


def test_7_keys(box: Box, press: Path, odd_server: OddServer) -> None:
    """7: the signing key is missing, readable by others, or another passphrase was given."""
    url = odd_server.set("/key", response(page("Key")))
    [key] = [
        path for path in (box.config / "article-archive/keys").glob("*.pem")
        if not path.name.endswith(".pub.pem")
    ]  # fmt: skip
    key.chmod(0o644)
    result = box.run("add", "-C", press, *private(url))
    assert (result.code, b"readable by others" in result.err) == (7, True)
    key.unlink()
    assert box.run("add", "-C", press, *private(url)).code == 7
    assert box.run("init", "other", "--key", "abcdef").code == 7
    (box.folder / "bad.pem").write_text(
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"
    )
    assert box.run("key", "trust", "bad.pem").code == 7
    assert box.run("verify", press, "--trust", "bad.pem").code == 7


def test_8_storage(box: Box, press: Path, odd_server: OddServer) -> None:
    """8: a disk that takes no more stops the program, and what was saved can still be read."""
    url = odd_server.set("/full", response(page("Full")))
    assert box.run("add", "-C", press, *private(url)).code == 0
    [warc] = (press / "warc").iterdir()
    size = warc.stat().st_size

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 700, size + 700))

    odd_server.set("/full", response(page("Fuller", "More.")))
    result = box.run("add", "-C", press, *private(url), prepare=fill)
    assert (result.code, result.out) == (8, b"")
    assert len(box.run("list", "-C", press, "--json").lines) == 1
    assert box.run("add", "-C", press, *private(url)).code == 0
    assert box.run("verify", press, "--json").json["captures"] == 2
    (box.folder / "file").touch()
    assert box.run("init", "file/press").code == 8


def test_8_an_output_that_takes_no_more(stories: Stories) -> None:
    """8: what should be printed does not fit on the disk."""
    with open("/dev/full", "wb") as full:
        result = stories.box.on_terminal("list", "-C", str(stories.folder), stdout=full.fileno())
    assert result.code == 8
    assert b"the output cannot be written: No space left" in result.out


def test_10_no_collection(box: Box) -> None:
    """10: there is no collection where one was named, or here."""
    for arguments in (["list"], ["status", "-C", "absent"], ["verify", "."], ["verify"]):
        assert box.run(*arguments).code == 10


def test_11_locked(
    box: Box,
    press: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """11: another writer holds the collection for longer than one waits."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(box.config))
    patience = hold_lock.__wrapped__.__kwdefaults__  # type: ignore[attr-defined]
    hours = count(step=3600.0)
    with hold_lock(press / ".lock"):
        monkeypatch.setitem(patience, "clock", lambda: next(hours))
        assert run(["reindex", "-C", str(press)]) == 11
        (box.folder / "a.txt").write_text("A line.\n")
        imported = ["import", str(box.folder / "a.txt"), "--url", "https://x.example/"]
        assert run([*imported, "-C", str(press)]) == 11
    assert capfd.readouterr().err.count("another writer") == 2
    assert run([*imported, "-C", str(press)]) == 0


def test_70_a_defect(
    press: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """70: a defect of ours is told as one, with how to report it; the trace only when asked for."""

    def fail(_: Collection) -> None:
        raise RuntimeError("boom \x1b[31m")

    monkeypatch.delenv("ARCHIVE_DEBUG", raising=False)
    monkeypatch.setattr(Collection, "status", fail)
    assert run(["status", "-C", str(press)]) == 70
    out, err = capfd.readouterr()
    assert out == ""
    assert "RuntimeError: boom \\x1b[31m" in err
    assert "ARCHIVE_DEBUG=1" in err
    assert "Traceback" not in err
    assert run(["status", "-C", str(press), "--json"]) == 70
    assert json.loads(capfd.readouterr().out)["error"]["code"] == "defect"
    monkeypatch.setenv("ARCHIVE_DEBUG", "1")
    assert run(["status", "-C", str(press)]) == 70
    assert "Traceback" in capfd.readouterr().err


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_130_interrupted(box: Box, press: Path, odd_server: OddServer, how: signal.Signals) -> None:
    """130: interrupted while a page is slow; what was told as saved before is there."""
    good = odd_server.set("/first", response(page("First")))
    slow = odd_server.set("/slow", b"HTTP/1.1 200 OK\r\n", 15.0)
    arguments = ["add", "-C", str(press), "--json", "--concurrency", "1", *private(good, slow)]
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=box.folder,
        env=box.environment(),
    )
    assert process.stdout is not None
    saved = json.loads(process.stdout.readline())
    while not any(b"GET /slow" in request for request in odd_server.requests):
        assert process.poll() is None
        time.sleep(0.02)
    odd_server.requests.clear()
    process.send_signal(how)
    out, err = process.communicate(timeout=300)
    assert (process.returncode, out) == (130, b"")
    assert err == b"so far: 1 captured, of 2; go on with: --resume\narchive: interrupted\n"
    assert saved["id"] in {line["id"] for line in box.run("list", "-C", press, "--json").lines}
    assert box.run("verify", press).code == 0


def test_add_stops_when_nobody_reads_along(box: Box, press: Path, odd_server: OddServer) -> None:
    """When the reader of `add` goes away, the rest is not captured, and that is no success."""
    urls = [odd_server.set(f"/gone/{n}", response(page(f"Story {n}"))) for n in range(3)]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        process = subprocess.run(
            [*COMMAND, "add", "-C", str(press), "--json", *private(*urls)],
            stdout=closed,
            stderr=subprocess.PIPE,
            env=box.environment(),
            check=False,
        )
    assert process.returncode == 130
    assert process.stderr.endswith(b", of 3; go on with: --resume\narchive: interrupted\n")


def test_a_read_only_collection_can_be_read(stories: Stories, box: Box) -> None:
    """Every reading verb works on a collection that nobody may write to, and changes nothing."""
    folder = box.folder / "copy"
    shutil.copytree(stories.folder, folder)
    (folder / "index.sqlite").unlink()
    before = sorted(folder.rglob("*"))
    for path in [folder, *before]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for arguments in (["list"], ["status"], ["history", stories.story], ["show", stories.ids[0]]):
        assert box.run(*arguments, "-C", folder).code == 0
    assert sorted(folder.rglob("*")) == before
    for path in [folder, *before]:
        path.chmod(0o755)
