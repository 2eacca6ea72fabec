"""``archive diff``: what it takes."""

from __future__ import annotations

import click

from archive.cli.options import as_json, collection_option, done_by
from archive.cli.pages import html_option

__all__ = ["command"]

_EPILOG = """\
\b
A and B are captures as for `archive show`. With a URL alone, its last two versions that have an
article are compared. Captures of different URLs may be compared too: what their texts share is
listed as well.

\b
Classes: headline standfirst byline published modified quotation-changed quotation-added
quotation-removed number name attribution negation correction paragraph-added paragraph-removed
paragraph-moved wording link claim-only. Significances: cosmetic minor substantive.

\b
Examples:
  archive diff https://news.example/story
  archive diff https://news.example/story@~1 https://news.example/story
  archive diff https://news.example/story --only headline,number --min-significance substantive
  archive diff 3f2a9c81 77b0aa12 --json
  archive diff https://news.example/story --patch > story.patch
  archive diff https://news.example/story --html story.html

\b
Exit codes: 0 nothing to show, 1 they differ.
"""


@click.command("diff", epilog=_EPILOG)
@click.argument("before", metavar="A")
@click.argument("after", metavar="[B]", required=False)
@click.option(
    "--only",
    metavar="CLASS[,CLASS]",
    multiple=True,
    help="Only changes of these classes; repeatable.",
)
@click.option(
    "--min-significance",
    "least",
    type=click.Choice(["cosmetic", "minor", "substantive"]),
    default="cosmetic",
    help="Only changes that matter so much, or more.",
)
@html_option(required=False)
@click.option("--patch", is_flag=True, help="Write a unified diff of the texts instead.")
@collection_option
@as_json
@done_by("comparing:compare")
def command() -> None:
    """Compare two captures: what changed, what kind of change it is, whether it was told."""
