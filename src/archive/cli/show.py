"""``archive show``: what it takes."""

from __future__ import annotations

import click

from archive.cli.options import as_json, collection_option, done_by

__all__ = ["command"]

_EPILOG = """\
\b
CAPTURE is an id (or six characters of one), a URL (its latest article), URL@~1 (the one before),
or URL@2026-11-22 (the last one not after that day).

\b
Examples:
  archive show 3f2a9c81
  archive show https://news.example/story@~1 --text
  archive show 3f2a9c81 --raw > page.bin
  archive show 3f2a9c81 --conflicts
  archive show 3f2a9c81 --statement
"""


@click.command("show", epilog=_EPILOG)
@click.argument("reference", metavar="CAPTURE", required=False)
@click.option("--url", metavar="URL", help="Instead of CAPTURE: a URL …")
@click.option("--at", metavar="WHEN", default="~0", help="… and ~N, a date or an instant.")
@click.option("--text", is_flag=True, help="The article's text alone.")
@click.option("--raw", is_flag=True, help="The exact bytes received, or imported.")
@click.option("--headers", is_flag=True, help="Request and response heads.")
@click.option("--claims", is_flag=True, help="What the page says about itself, and where.")
@click.option("--conflicts", is_flag=True, help="Where it contradicts itself.")
@click.option("--quotations", is_flag=True, help="Who is quoted, by the text's own words.")
@click.option("--statement", is_flag=True, help="What was signed.")
@click.option(
    "--extraction",
    metavar="N",
    type=click.IntRange(0),
    help="With its Nth text extracted later; 0 is the one signed with it.",
)
@collection_option
@as_json
@done_by("showing:show")
def command() -> None:
    """Show one capture: what it says of itself, and its text."""
