"""Tests of `add`: lists, flags, passphrases."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.cli.main import run
from tests.cli.program import Box, Result
from tests.cli.stories import page, response
from tests.places import program
from tests.servers import Nginx, OddServer, TunnelProxy

Add = Callable[..., Result]


@pytest.fixture
def add(box: Box, press: Path) -> Add:
    """Run `add --json` in a new collection, without waiting between fetches."""

    def run_add(*arguments: str | Path, **how: Any) -> Result:
        told = ("add", "-C", press, "--json", "--delay", "0", "--allow-private", *arguments)
        return box.run(*told, **how)

    return run_add


def outcomes(result: Result) -> list[tuple[str, str | None]]:
    """The URLs' last parts and outcomes, sorted."""
    lines = [line for line in result.lines if "error" not in line["schema"]]
    return sorted((line["url"].rpartition("/")[2], line["outcome"]) for line in lines)


def test_urls_come_from_arguments_file_and_stdin(box: Box, add: Add, odd_server: OddServer) -> None:
    """Arguments, `-` and --from are one list; comments, empty lines and doubles count once."""
    urls = [odd_server.set(f"/many/{n}", response(page(f"Story {n}"))) for n in range(3)]
    (box.folder / "list.txt").write_bytes(
        f"\ufeff# a comment\r\n\r\n{urls[1]}\r\n  {urls[2]}  \n{urls[1]}#part\n".encode()
    )
    result = add(urls[0], "-", "--from", "list.txt", stdin=f"{urls[0]}\n{urls[2]}".encode())
    assert result.code == 0
    assert outcomes(result) == [("0", "captured"), ("1", "captured"), ("2", "captured")]
    again = add("--from", "-", stdin="\n".join(urls).encode())
    assert outcomes(again) == [("0", "unchanged"), ("1", "unchanged"), ("2", "unchanged")]


def test_list_with_an_endless_line_is_an_error_and_not_a_defect(add: Add, box: Box) -> None:
    """A line is read so far and no further: /dev/zero as a list once ended in a MemoryError."""
    (box.folder / "long.txt").write_bytes(b"http://x.example/" + b"a" * 70_000)
    for name in ("long.txt", "/dev/zero"):
        result = add("--from", name)
        assert (result.code, result.json["error"]["code"]) == (5, "input")
        assert "65,536 characters" in result.json["error"]["message"]


def test_lines_that_are_no_urls_are_told_of(add: Add, box: Box, odd_server: OddServer) -> None:
    """A bad line is an error line in JSON, a note otherwise; the others are captured."""
    good = odd_server.set("/among", response(page("Among")))
    bad = ["ftp://x.example/", "not a url", "https://user:secret@x.example/"]
    result = add(good, *bad)
    assert result.code == 3
    errors = [line["error"] for line in result.lines if "error" in line["schema"]]
    assert [error["where"] for error in errors] == [*bad[:2], "https://…@x.example/"]
    assert {error["code"] for error in errors} == {"url"}
    assert outcomes(result) == [("among", "captured")]
    words = box.run("add", "-C", "press", "--allow-private", good, *bad)
    assert words.err.count(b"refused    ") == 3
    assert b"secret" not in words.err
    assert words.err.endswith(b"1 unchanged, 3 refused\n")


def test_a_bad_line_is_named_by_its_number_and_the_rest_is_done(
    add: Add, box: Box, odd_server: OddServer
) -> None:
    """Bytes that are no UTF-8, a title behind a blank: that line is refused, and no other."""
    good = [odd_server.set(f"/nr/{n}", response(page(f"Story {n}"))) for n in range(3)]
    lines = [
        f"\ufeff{good[0]}\tThe title".encode(),
        f"{good[1]} A title".encode(),
        good[2].encode() + b"?\xfc",
        b"# \xfc",
        f"{good[2]} # a note".encode(),
    ]
    (box.folder / "list.txt").write_bytes(b"\r\n".join(lines))
    odd_server.requests.clear()
    result = add("--from", "list.txt")
    assert result.code == 3
    assert outcomes(result) == [("0", "captured"), ("2", "captured")]
    told = [line["error"]["message"] for line in result.lines if "error" in line["schema"]]
    assert told == [
        "line 2 of list.txt: a blank in a URL",
        "line 3 of list.txt: not UTF-8 text",
    ]
    asked = sorted(request.split(b" ")[1] for request in odd_server.requests)
    assert asked == [b"/nr/0", b"/nr/2"]


def test_a_host_that_refuses_is_left_with_a_summary(
    box: Box, press: Path, odd_server: OddServer
) -> None:
    """After five refusals the rest of its URLs are not asked for, which is said, and no success."""
    busy = b"HTTP/1.1 429 Too Many\r\nContent-Length: 0\r\n\r\n"
    urls = [odd_server.set(f"/busy/{n}", busy) for n in range(8)]
    flags = ("--allow-private", "--delay", "0", "--concurrency", "1")
    result = box.run("add", "-C", press, *flags, "-", stdin="\n".join(urls).encode())
    assert result.code == 6
    told = " ".join(result.err.decode().split())
    assert "left 127.0.0.1: it refused 5 times in a row, the last with status 429" in told
    assert "3 URLs not asked for; go on later with: --resume" in told


def test_an_empty_list_is_a_usage_error(add: Add) -> None:
    """No URL at all is said, and nothing is done."""
    result = add("-", stdin=b"# nothing\n\n")
    assert (result.code, result.json["error"]["message"]) == (2, "no URL given")


def test_resume_skips_what_is_done(add: Add, box: Box, press: Path, odd_server: OddServer) -> None:
    """--resume captures what the last, unfinished run over the list did not, and says so."""
    urls = [odd_server.set(f"/res/{n}", response(page(f"Story {n}"))) for n in range(2)]
    slow = odd_server.set("/res/slow", 30.0)
    listed = "\n".join([*urls, slow]).encode()
    interrupted = box.folder / "interrupt.py"
    interrupted.write_text(INTERRUPTING)
    code = _run_python(box, interrupted, press, listed)
    assert code == 130
    odd_server.set("/res/slow", response(page("Slow")))
    words = box.run(
        *("add", "-C", press, "--allow-private", "--delay", "0", "--resume", "-"), stdin=listed
    )
    assert words.code == 0
    assert words.err == b"resuming: 2 of 3 captured before\n"
    assert words.text.count("captured ") == 1
    anew = add("--resume", "-", stdin=listed)
    assert len(anew.lines) == 3
    assert b"the last run over this list was finished" in anew.err
    assert b"finished" not in words.err


INTERRUPTING = """
import signal, sys
from archive.cli.work import adding
from archive.cli.main import run
told = adding._tell
seen = []
def tell(output, capture):
    told(output, capture)
    seen.append(capture)
    if len(seen) == 2:
        raise KeyboardInterrupt
adding._tell = tell
sys.exit(run(["add", "-C", sys.argv[1], "--allow-private", "--delay", "0", "-"]))
"""


def _run_python(box: Box, script: Path, press: Path, stdin: bytes) -> int:
    done = subprocess.run(
        [sys.executable, str(script), str(press)],
        input=stdin,
        env=box.environment(),
        capture_output=True,
        timeout=300,
        check=False,
    )
    return done.returncode


def test_flags_reach_the_settings(
    press: Path, box: Box, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, nginx: Nginx
) -> None:
    """Every flag that says how to fetch arrives in the settings, with its number."""
    from archive.collection import Collection

    seen: dict[str, Any] = {}

    def look(_: Collection, url: str, settings: Any) -> Any:
        seen["url"], seen["settings"] = url, settings
        raise KeyboardInterrupt

    monkeypatch.setattr(Collection, "add", look)
    root = str(nginx.certificates.root)
    flags = ["--total", "7.5", "--stall", "2", "--max-body", "1000", "--max-redirects", "3"]
    flags += ["--allow-private", "--insecure", "--proxy", "http://127.0.0.1:9"]
    flags += ["--user-agent", "Tester/1", "--header", "Accept-Language: de", "--header", "X-A:b:c"]
    flags += ["--cacert", root]
    assert run(["add", "-C", str(press), *flags, "https://x.example/"]) == 130
    settings = seen["settings"]
    limits = settings.limits
    assert (limits.total, limits.stall, limits.body, limits.redirects) == (7.5, 2.0, 1000, 3)
    assert (settings.allow_private, settings.insecure) == (True, True)
    assert (settings.proxy, settings.user_agent) == ("http://127.0.0.1:9", "Tester/1")
    assert settings.headers == (("Accept-Language", "de"), ("X-A", "b:c"))
    assert settings.ca_file == root


def test_many_flags_reach_the_run(press: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--concurrency and --delay arrive, and a second URL makes it a run."""
    from archive.collection import Collection

    seen: dict[str, Any] = {}

    def look(_: Collection, entries: Any, settings: Any, **more: Any) -> Any:
        seen.update(more, urls=[entry.url for entry in entries])
        return iter(())

    monkeypatch.setattr(Collection, "add_all", look)
    urls = ["https://x.example/", "https://y.example/"]
    assert run(["add", "-C", str(press), "--concurrency", "9", "--delay", "2.5", *urls]) == 0
    assert seen.pop("leave")
    assert seen == {"concurrency": 9, "delay": 2.5, "max_wait": 120.0, "urls": urls}


def test_limits_and_headers_work_on_the_wire(add: Add, odd_server: OddServer) -> None:
    """A header and a user agent are sent, and a body over the limit fails as too large."""
    url = odd_server.set("/wire", response(page("Wire")))
    odd_server.requests.clear()
    sent = add("--header", "Accept-Language: nb", "--user-agent", "Tester/1", url)
    assert sent.code == 0
    [request] = odd_server.requests
    assert b"\r\nAccept-Language: nb\r\n" in request
    assert b"\r\nUser-Agent: Tester/1\r\n" in request
    small = add("--max-body", "100", url)
    assert (small.code, small.json["reason"]) == (6, "too-large")


def test_private_addresses_are_refused_by_default(
    box: Box, press: Path, odd_server: OddServer
) -> None:
    """Without --allow-private a capture from this machine fails as forbidden."""
    url = odd_server.set("/private", response(page("Private")))
    result = box.run("add", "-C", press, "--json", url)
    assert (result.code, result.json["reason"]) == (6, "forbidden")
    assert result.json["grade"] == "none"
    told = box.run("add", "-C", press, url).text
    assert "127.0.0.1; to capture it all the same: --allow-private" in " ".join(told.split())


def test_no_hint_at_private_addresses_where_they_are_not_why(
    add: Add, box: Box, press: Path, odd_server: OddServer
) -> None:
    """A redirect to what is never archived is forbidden too, but no flag allows it."""
    moved = b"HTTP/1.1 302 x\r\nLocation: ftp://127.0.0.1/\r\nContent-Length: 0\r\n\r\n"
    url = odd_server.set("/away", moved)
    result = box.run("add", "-C", press, "--allow-private", url)
    assert "forbidden" in result.text
    assert "--allow-private" not in result.text


@pytest.mark.parametrize(
    ("flags", "told", "reason"),
    [
        ([], "not HTML: an image", "not HTML: an image"),
        (["--no-extract"], "none was looked for", None),
    ],
    ids=["a picture", "no extraction"],
)
def test_it_is_said_why_there_is_no_article_text(
    box: Box, press: Path, odd_server: OddServer, flags: list[str], told: str, reason: str | None
) -> None:
    """`add`, `list` and `show` say the extraction's reason, in words and in JSON."""
    url = odd_server.set("/picture", response(b"\x89PNG\r\n\x1a\n", kind="image/png"))
    words = box.run("add", "-C", press, "--allow-private", *flags, url)
    assert f"no article text: {told}" in words.text
    for verb in (["list"], ["show", url]):
        assert f"no article text: {told}" in box.run(*verb, "-C", press).text
        assert box.run(*verb, "-C", press, "--json").json["extraction_reason"] == reason


def test_a_page_with_text_has_no_reason_for_none(add: Add, odd_server: OddServer) -> None:
    """What has a text says its length, and no reason."""
    result = add(odd_server.set("/text", response(page("Text"))))
    assert result.json["words"] > 0
    assert result.json["extraction_reason"] is None


def test_certificates_proxy_and_insecure(add: Add, nginx: Nginx) -> None:
    """An unknown authority fails as tls; --cacert, --insecure and --proxy do what they say."""
    program("nginx")
    nginx.publish("cli.html", page("Secure"))
    url = f"{nginx.https}/cli.html"
    assert add(url).json["reason"] == "tls"
    trusted = add("--cacert", nginx.certificates.root, url).json
    assert (trusted["outcome"], trusted["limitations"]) == ("captured", [])
    insecure = add("--insecure", url).json
    assert (insecure["outcome"], insecure["limitations"]) == ("unchanged", ["insecure"])
    with TunnelProxy() as proxy:
        proxied = add("--proxy", proxy.url, "--cacert", nginx.certificates.root, url).json
    assert proxied["limitations"] == ["proxied"]
    assert proxy.requests


@pytest.mark.parametrize(
    "header",
    [
        "X-A: b\r\nEvil: yes",
        "X-A: b\nEvil: yes",
        "X-A\r\n: b",
        "X-A: b\r\n",
        "X-A: \x01",
        "Host: other",
        ": x",
        "X",
    ],
)
def test_headers_that_would_break_the_request_are_refused(
    press: Path, odd_server: OddServer, header: str, capfd: pytest.CaptureFixture[str],
    box: Box, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A header with a line end, or one that is ours to send, is a usage error: nothing is sent."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(box.config))
    url = odd_server.set("/evil", response(page("Evil")))
    odd_server.requests.clear()
    for urls in ([url], [url, url + "?2"]):
        told = ["add", "-C", str(press), "--allow-private", "--header", header, *urls]
        assert run(told) == 2
    assert odd_server.requests == []
    assert "\r" not in capfd.readouterr().err


@pytest.mark.parametrize(
    "wrong",
    [
        ("https://ann:s3cret@x.example/",),
        ("https://ann:s3cret@x.example:99999/",),
        ("--proxy", "ann:s3cret@proxy.example:3128", "http://127.0.0.1:1/"),
        ("--proxy", "HTTP://ann:s3cret@proxy.example", "http://127.0.0.1:1/"),
        ("--proxy", "http://ann:s3cret@proxy.example", "http://127.0.0.1:1/"),
        ("--header", "Authorization: Bearer s3cret\n", "http://127.0.0.1:1/"),
        ("--header", "Authorization: Bearer s3cret\u2026", "http://127.0.0.1:1/"),
        ("--header", "Authorization Bearer s3cret", "http://127.0.0.1:1/"),
        ("--header", "Authorization Bearer: s3cret", "http://127.0.0.1:1/"),
    ],
)
def test_no_error_repeats_a_secret(box: Box, press: Path, wrong: tuple[str, ...]) -> None:
    """A password in a URL or a proxy, or a header's value, is in no message and no JSON error."""
    for form in ((), ("--json",)):
        result = box.run("add", "-C", press, "--allow-private", *form, *wrong)
        assert result.code == 2
        assert b"s3cret" not in result.out + result.err


def test_no_extract_keeps_the_bytes_only(add: Add, odd_server: OddServer) -> None:
    """--no-extract captures without text."""
    told = add("--no-extract", odd_server.set("/bytes", response(page("Bytes")))).json
    assert (told["outcome"], told["words"], told["extraction"]) == ("captured", None, None)


def test_a_passphrase_comes_from_a_descriptor(box: Box, odd_server: OddServer) -> None:
    """--passphrase-fd encrypts the key, and opens it: with another passphrase exit 7."""
    url = odd_server.set("/locked", response(page("Locked")))

    def with_passphrase(words: bytes, *arguments: str) -> Result:
        reading, writing = os.pipe()
        os.write(writing, words)
        os.close(writing)
        try:
            told = (*arguments, "--passphrase-fd", str(reading), "--json")
            return box.run(*told, pass_fds=[reading])
        finally:
            os.close(reading)

    made = with_passphrase(b"correct horse\n", "init", "locked")
    assert (made.code, made.json["encrypted"]) == (0, True)
    add = ("add", "-C", "locked", "--allow-private", url)
    assert with_passphrase(b"correct horse\r\n", *add).code == 0
    wrong = with_passphrase(b"wrong\n", *add)
    assert (wrong.code, wrong.json["error"]["code"]) == (7, "key")
    none = box.run(*add)
    assert (none.code, b"--passphrase-fd" in none.err) == (7, True)
    closed = box.run(*add, "--passphrase-fd", "77")
    assert closed.code == 2
    assert box.run("verify", "locked").code == 0


def test_a_long_line_that_is_no_url_is_shortened(box: Box, press: Path) -> None:
    """Of a refused URL of 9,000 characters the beginning and the length are shown, not all."""
    url = "https://x.example/" + 9000 * "a"
    result = box.run("add", "-C", press, url)
    assert result.code == 2
    assert b"(9,018 characters): " in result.err
    assert len(result.err) < 600
