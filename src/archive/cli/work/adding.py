"""What ``archive add`` does: captures URLs, and tells of each as it is stored."""

from __future__ import annotations

import re
import ssl
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

import click

from archive.adding.listing import UrlList, join_lists, read_list
from archive.capture import Left, Limits, Settings
from archive.cli.asking import print_asked
from archive.cli.captures import (
    MARGIN,
    findings_to_json,
    print_capture,
    print_change,
    print_share,
    to_json,
)
from archive.cli.options import open_here
from archive.cli.output import Output, ReaderGoneError, error_to_json
from archive.cli.work.watching import watch
from archive.collection import Capture, Collection
from archive.display import shorten
from archive.errors import InputError, UrlError, UsageError
from archive.url import redact

__all__ = ["add"]

_LONGEST = 200  # characters of a line that is no URL
_CREDENTIAL = re.compile(
    r"auth|cookie|token|secret|passw|session|credential|signature|\bkey\b|api-?key", re.IGNORECASE
)
"""Names of headers by which servers know who asks: `Authorization`, `Cookie`, `X-Api-Key`, …"""
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ERRORS = {"utf-16": "strict", "utf-8-sig": "surrogateescape"}
_MAX_LINE = 1 << 16  # characters of a line in a list; a URL has 8,192 bytes at most


def add(
    urls: tuple[str, ...],
    listing: str | None,
    resume: bool,
    concurrency: int,
    delay: float,
    max_wait: float,
    collection: Path | None,
    passphrase_fd: int | None,
    no_extract: bool,
    timestamp: bool,
    as_json: bool,
    **fetching: Any,
) -> int:
    """Capture the URLs that are given and listed; gives the exit code."""
    output = Output(as_json=as_json)
    settings = _read_settings(fetching)
    _warn_of_credentials(settings)
    listed = _read_lists(urls, listing)
    if not listed.urls and not listed.refused:
        raise UsageError("no URL given", hint="see: archive add --help")
    with open_here(collection, passphrase_fd, extracting=not no_extract) as press:
        if timestamp:
            press.log.require_authorities()
        _refuse(output, listed)
        entries, skipped = press.plan(listed, resume=resume)
        if skipped:
            output.note(f"resuming: {skipped} of {len(listed.urls)} captured before")
        elif resume and press.has_finished(listed):
            output.note("the last run over this list was finished; all of it is captured anew")
        left: list[Left] = []
        if len(listed.urls) == 1 and not resume:
            captures: Iterable[Capture] = iter([press.add(listed.urls[0], settings)])
        else:
            captures = press.add_all(
                entries,
                settings,
                concurrency=concurrency,
                delay=delay,
                max_wait=max_wait,
                leave=left.append,
            )
        outcomes, failed = _report(output, captures, len(entries))
        undated = _finish(output, press, timestamp=timestamp and bool(outcomes))
    asked = len(entries) + len(listed.refused)
    for host in left:
        _tell_left(output, host)
    if asked > 1 and not as_json:
        _sum_up(output, outcomes, len(listed.refused))
    if not listed.urls:
        return UsageError.exit_code
    missing = failed + sum(host.urls for host in left) + len(listed.refused)
    return _exit_code(asked, missing, undated)


def _tell_left(output: Output, left: Left) -> None:
    """Say which host was asked no more, why, and what to do."""
    count = f"{left.urls} URL{'' if left.urls == 1 else 's'} not asked for"
    later = "; go on later with: --resume" if left.urls else ""
    output.note(("left       ", "yellow"), f"{left.host}: {left.why}; {count}{later}", hang=MARGIN)


def _finish(output: Output, press: Collection, *, timestamp: bool) -> int:
    """Tell what was moved aside, and have the log dated; gives how many did not date it."""
    for aside in press.moved:
        output.note(f"a torn tail of an earlier run was moved to {aside}")
    dating = press.log.timestamp() if timestamp else []
    return print_asked(output, "timestamp", dating) if dating else 0


def _exit_code(asked: int, failed: int, undated: int) -> int:
    """6 where nothing was captured, 3 where something is missing, 0 where all is well."""
    if failed and failed == asked:
        return 6
    return 3 if failed or undated else 0


def _read_lists(urls: Sequence[str], listing: str | None) -> UrlList:
    """All URLs that are given and listed, in order."""
    lists = [_read_file("-") if url == "-" else read_list([url]) for url in urls]
    if listing is not None:
        lists.append(_read_file(listing))
    return join_lists(lists)


def _read_file(name: str) -> UrlList:
    """The URLs of a file, or of standard input for ``-``."""
    source: str | int = 0 if name == "-" else name
    place = "standard input" if name == "-" else name
    try:
        with open(source, "rb", closefd=name != "-") as file:
            encoding = "utf-16" if file.peek(2)[:2] in _UTF_16 else "utf-8-sig"
            with TextIOWrapper(file, encoding, errors=_ERRORS[encoding]) as lines:
                return read_list(_read_lines(lines, place), name=place)
    except UnicodeDecodeError:
        raise InputError("not UTF-16 text, as it begins", where=place) from None
    except OSError as error:
        raise InputError(f"unreadable: {error.strerror}", where=place) from None


def _read_lines(lines: TextIO, place: str) -> Iterator[str]:
    while line := lines.readline(_MAX_LINE):
        if len(line) == _MAX_LINE and not line.endswith("\n"):
            raise InputError(f"a line of over {_MAX_LINE:,} characters", where=place)
        yield line


def _read_settings(fetching: dict[str, Any]) -> Settings:
    if fetching["cacert"] is not None:
        _check_certificates(fetching["cacert"])
    limits = {
        "total": fetching["total"],
        "stall": fetching["stall"],
        "body": fetching["max_body"],
        "redirects": fetching["max_redirects"],
    }
    return Settings(
        limits=Limits(**{name: value for name, value in limits.items() if value is not None}),
        allow_private=fetching["allow_private"],
        insecure=fetching["insecure"],
        proxy=fetching["proxy"],
        user_agent=fetching["user_agent"],
        headers=tuple(_split_header(header) for header in fetching["headers"]),
        ca_file=fetching["cacert"],
        redacted=fetching["redacted"],
    )


def _warn_of_credentials(settings: Settings) -> None:
    """Say of headers that seem to be credentials that they are signed and kept; never a value."""
    kept = {name.lower() for name in settings.redacted}
    for name, _ in settings.headers:
        if name.lower() not in kept and _CREDENTIAL.search(name):
            told = f"the value of {name} is signed and kept for ever; to keep none of it, add:"
            Output().note(("credential  ", "yellow"), f"{told} --redact-header {name}", hang=12)


def _check_certificates(path: str) -> None:
    """Refuse a file without certificates: with it every page would fail, and be signed so."""
    if Path(path).exists() and not Path(path).is_file():
        raise InputError("not a file", where=path)  # a pipe would be waited on for ever
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except ssl.SSLError:
        raise InputError("no certificates in PEM form", where=path) from None
    except OSError as error:
        raise InputError(f"unreadable: {error.strerror}", where=path) from None


def _split_header(header: str) -> tuple[str, str]:
    """Name and value; no error repeats a value, which may be a secret."""
    name, colon, value = header.partition(":")
    if not colon or not name.strip():
        raise UsageError("a header is NAME:VALUE", where="--header")
    if _CONTROL.search(header):
        raise UsageError("a header has no control characters", where="--header")
    return name.strip(), value.strip()


def _refuse(output: Output, listed: UrlList) -> None:
    for typed, error in listed.refused:
        shown = redact(typed)  # may hold a password, even where that is not what is wrong with it
        if output.as_json:
            named = UrlError(error.message, where=shown, hint=error.hint)
            output.json(error_to_json(named))
        else:
            hint = f"; {error.hint}" if error.hint else ""
            told = f"{shorten(shown, _LONGEST)}: {error.message}{hint}"
            output.note(("refused    ", "red"), told, hang=MARGIN)


def _report(output: Output, captures: Iterable[Capture], total: int) -> tuple[Counter[str], int]:
    """Tell of each capture as it is stored.

    Returns:
        How many there were of each outcome, and how many URLs have none but failed ones.
    """
    outcomes: Counter[str] = Counter()
    failed: dict[str, bool] = {}
    try:
        with watch(total) as step:
            for capture in captures:
                outcomes[capture.outcome] += 1
                failed[capture.url] = failed.get(capture.url, True) and capture.failed
                step(partial(_tell, output, capture))
    except (KeyboardInterrupt, ReaderGoneError):
        # What is left of the list is not captured, and that is no success.
        if total > 1:
            told = _count(outcomes) or "nothing saved"
            output.note(f"so far: {told}, of {total}; go on with: --resume")
        raise click.Abort from None
    return outcomes, sum(failed.values())


def _tell(output: Output, capture: Capture) -> None:
    if output.as_json:
        output.json({**to_json(capture, "add"), **findings_to_json(capture)})
    else:
        print_capture(output, capture)
        print_share(output, capture)
        print_change(output, capture)


def _sum_up(output: Output, outcomes: Counter[str], refused: int) -> None:
    counts = [_count(outcomes)] if outcomes else []
    output.note(", ".join(counts + ([f"{refused} refused"] if refused else [])))


def _count(outcomes: Counter[str]) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
