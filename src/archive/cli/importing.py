"""``archive import``: keep a file that was scraped or saved elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.captures import findings_to_json, print_capture, print_change, print_share, to_json
from archive.cli.options import as_json, collection_option, open_here, passphrase_option
from archive.cli.output import Output

__all__ = ["command"]

_EPILOG = """\
\b
Examples:
  archive import story.txt --url https://news.example/story
  archive import saved.html --url https://news.example/story --date 2024-08-10
"""


@click.command("import", epilog=_EPILOG)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--url", metavar="URL", required=True, help="Where it is said to come from.")
@click.option(
    "--date", metavar="DATE", help="When it is said to have been taken; signed as claimed."
)
@click.option(
    "--grade", type=click.Choice(["text", "html"]), help="Told from the file if left out."
)
@collection_option
@passphrase_option
@as_json
def command(
    file: Path,
    url: str,
    date: str | None,
    grade: str | None,
    collection: Path | None,
    passphrase_fd: int | None,
    as_json: bool,
) -> None:
    """Import scraped text or saved HTML: its exact bytes, without evidence from the wire.

    The lines of a text file become its paragraphs, unchanged; HTML is extracted like a capture.
    """
    output = Output(as_json=as_json)
    with open_here(collection, passphrase_fd) as press:
        capture = press.import_file(file, url, date=date, grade=grade)
        if as_json:
            output.json({**to_json(capture, "import"), **findings_to_json(capture)})
        else:
            print_capture(output, capture)
            print_share(output, capture)
            print_change(output, capture)
