"""``archive add``: capture URLs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from archive.cli.captures import print_capture, to_json
from archive.cli.options import as_json, collection_option, open_here, passphrase_option
from archive.cli.output import Output
from archive.errors import InputError, UsageError

if TYPE_CHECKING:
    from archive.capture import Settings
    from archive.collection import Capture, UrlList

__all__ = ["command"]

_EPILOG = """\
\b
Examples:
  archive add https://news.example/story
  archive add --from urls.txt --concurrency 8
  archive add --from urls.txt --resume        go on where the last run stopped
  cat urls.txt | archive add - --json
  archive add --allow-private http://127.0.0.1:8000/draft

\b
Exit codes: 0 all captured, 3 some failed, 6 all failed (failures are signed captures too).
"""


@click.command("add", epilog=_EPILOG)
@click.argument("urls", metavar="[URL]...", nargs=-1)
@click.option(
    "--from",
    "listing",
    metavar="FILE",
    type=click.File("r"),
    help="Read URLs from FILE, one a line.",
)
@click.option("--resume", is_flag=True, help="Skip what the last unfinished run captured.")
@click.option(
    "--concurrency", metavar="N", default=4, show_default=True, type=click.IntRange(1, 64)
)
@click.option(
    "--delay",
    metavar="SECONDS",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0),
    help="Between two fetches from one host.",
)
@click.option(
    "--total", metavar="SECONDS", type=click.FloatRange(0, min_open=True), help="Time for one URL."
)
@click.option(
    "--stall",
    metavar="SECONDS",
    type=click.FloatRange(0, min_open=True),
    help="Time in which nothing comes.",
)
@click.option("--max-body", metavar="BYTES", type=click.IntRange(1), help="Largest response body.")
@click.option(
    "--max-redirects", metavar="N", type=click.IntRange(0, 50), help="Redirects to follow."
)
@click.option("--allow-private", is_flag=True, help="Allow loopback and private addresses.")
@click.option("--insecure", is_flag=True, help="Do not check certificates; recorded as limitation.")
@click.option("--proxy", metavar="URL", help="Fetch through a proxy; recorded as limitation.")
@click.option("--user-agent", metavar="TEXT", help="Send this User-Agent.")
@click.option(
    "--header", "headers", metavar="NAME:VALUE", multiple=True, help="Send this header too."
)
@click.option(
    "--cacert",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="Trust these CAs.",
)
@click.option("--no-extract", is_flag=True, help="Keep the bytes only, extract no text.")
@collection_option
@passphrase_option
@as_json
def command(
    urls: tuple[str, ...],
    listing: IO[str] | None,
    resume: bool,
    concurrency: int,
    delay: float,
    collection: Path | None,
    passphrase_fd: int | None,
    no_extract: bool,
    as_json: bool,
    **fetching: Any,
) -> int:
    """Capture URLs: the exact bytes, the text, a signed statement.

    What comes of each is kept and signed, failures too. `-` reads URLs from standard input.
    """
    from archive.collection import read_list

    output = Output(as_json=as_json)
    settings = _read_settings(fetching)
    listed = read_list(_read_lines(urls, listing))
    if not listed.urls and not listed.refused:
        raise UsageError("no URL given", hint="see: archive add --help")
    with open_here(collection, passphrase_fd, extracting=not no_extract) as press:
        _refuse(output, listed)
        entries, skipped = press.plan(listed, resume=resume)
        if skipped:
            output.note(f"resuming: {skipped} of {len(listed.urls)} captured before")
        if len(listed.urls) == 1 and not resume:
            captures: Iterable[Capture] = iter([press.add(listed.urls[0], settings)])
        else:
            captures = press.add_all(entries, settings, concurrency=concurrency, delay=delay)
        failed = _report(output, captures, len(entries))
        for aside in press.moved:
            output.note(f"a torn tail of an earlier run was moved to {aside}")
    asked = len(entries) + len(listed.refused)
    failed += len(listed.refused)
    if not listed.urls:
        return UsageError.exit_code
    return 0 if not failed else 6 if failed == asked else 3


def _read_lines(urls: Sequence[str], listing: IO[str] | None) -> Iterator[str]:
    for url in urls:
        if url == "-":
            yield from _decode(sys.stdin, "standard input")
        else:
            yield url
    if listing is not None:
        yield from _decode(listing, listing.name)


def _decode(lines: IO[str], name: str) -> Iterator[str]:
    try:
        yield from lines
    except UnicodeDecodeError:
        raise InputError("not UTF-8 text", where=name) from None


def _read_settings(fetching: dict[str, Any]) -> Settings:
    from archive.capture import Limits, Settings

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
    )


def _split_header(header: str) -> tuple[str, str]:
    name, colon, value = header.partition(":")
    if not colon or not name.strip():
        raise UsageError("a header is NAME:VALUE", where=header)
    return name.strip(), value.strip()


def _refuse(output: Output, listed: UrlList) -> None:
    for typed, error in listed.refused:
        if output.as_json:
            told = {
                "code": error.code,
                "message": error.message,
                "where": error.where,
                "hint": error.hint,
            }
            output.json({"schema": "urn:article-archive:error:v1", "error": told})
        else:
            hint = f"; {error.hint}" if error.hint else ""
            output.note(("refused    ", "red"), f"{typed}: {error.message}{hint}")


def _report(output: Output, captures: Iterable[Capture], total: int) -> int:
    """Tell of each capture as it is stored; gives how many failed."""
    failed = 0
    with _progress(total) as advance:
        for capture in captures:
            failed += capture.failed
            advance()
            if output.as_json:
                output.json(to_json(capture, "add"))
            else:
                print_capture(output, capture)
    return failed


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    """A bar on stderr, on a terminal and for several URLs only."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("capturing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("capturing", total=total)
        yield lambda: bar.advance(task)
