"""``archive add``: what it takes."""

from __future__ import annotations

import click

from archive.cli.options import (
    as_json,
    collection_option,
    done_by,
    passphrase_option,
    with_options,
)

__all__ = ["command"]

_EPILOG = """\
\b
Examples:
  archive add https://news.example/story
  archive add --from urls.txt --concurrency 8
  archive add --from urls.txt --resume        go on where the last run stopped
  archive add --from urls.txt --timestamp     have the log dated when all are captured
  cat urls.txt | archive add - --json
  archive add --allow-private http://127.0.0.1:8000/draft

\b
Exit codes: 0 all captured, 3 some failed, 6 all failed (failures are signed captures too);
3 also when all was captured, but an authority of --timestamp gave no time stamp.
"""


_OPTIONS = (
    click.option(
        "--from",
        "listing",
        metavar="FILE",
        type=click.Path(),
        help="Read URLs from FILE: one a line, or the column url of a CSV.",
    ),
    click.option("--resume", is_flag=True, help="Skip what the last unfinished run captured."),
    click.option(
        "--concurrency",
        metavar="N",
        default=4,
        show_default=True,
        type=click.IntRange(1, 64),
        help="Fetches at a time.",
    ),
    click.option(
        "--delay",
        metavar="SECONDS",
        default=1.0,
        show_default=True,
        type=click.FloatRange(0),
        help="Between two fetches from one host.",
    ),
    click.option(
        "--max-wait",
        metavar="SECONDS",
        default=120.0,
        show_default=True,
        type=click.FloatRange(0),
        help="That a host may ask for with 429 or 503; one that asks for more is left.",
    ),
    click.option(
        "--total",
        metavar="SECONDS",
        type=click.FloatRange(0, min_open=True),
        help="Time for one URL.",
    ),
    click.option(
        "--stall",
        metavar="SECONDS",
        type=click.FloatRange(0, min_open=True),
        help="Time in which nothing comes.",
    ),
    click.option(
        "--max-body",
        metavar="BYTES",
        type=click.IntRange(1),
        help="Body bytes to take, over all hops.",
    ),
    click.option(
        "--max-redirects", metavar="N", type=click.IntRange(0, 50), help="Redirects to follow."
    ),
    click.option("--allow-private", is_flag=True, help="Allow loopback and private addresses."),
    click.option(
        "--insecure", is_flag=True, help="Do not check certificates; recorded as limitation."
    ),
    click.option("--proxy", metavar="URL", help="Fetch through a proxy; recorded as limitation."),
    click.option("--user-agent", metavar="TEXT", help="Send this User-Agent."),
    click.option(
        "--header", "headers", metavar="NAME:VALUE", multiple=True, help="Send this header too."
    ),
    click.option(
        "--redact-header",
        "redacted",
        metavar="NAME",
        multiple=True,
        help="Send this --header, but keep [redacted] instead of its value; a limitation.",
    ),
    click.option("--cacert", metavar="FILE", type=click.Path(), help="Trust these CAs (PEM)."),
    click.option("--no-extract", is_flag=True, help="Keep the bytes only, extract no text."),
    click.option(
        "--timestamp",
        is_flag=True,
        help="Afterwards have the log dated, see archive log timestamp.",
    ),
)


@click.command("add", epilog=_EPILOG)
@click.argument("urls", metavar="[URL]...", nargs=-1)
@with_options(_OPTIONS)
@collection_option
@passphrase_option
@as_json
@done_by("adding:add")
def command() -> None:
    """Capture URLs: the exact bytes, the text, a signed statement.

    What comes of each is kept and signed, failures too. `-` reads URLs from standard input. Where
    the URL was captured before, it is told what changed, and whether anything tells of it.

    --timestamp asks the authorities named in archive.toml for one time stamp over the whole run.
    One that gives none takes nothing from what was captured.
    """
