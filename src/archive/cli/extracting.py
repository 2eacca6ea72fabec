"""``archive extract``: extract stored pages again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from archive.article.bodies import UNSHOWN
from archive.cli.captures import MARGIN, count_words
from archive.cli.options import as_json, collection_option, open_here, passphrase_option
from archive.cli.output import Output, error_to_json
from archive.cli.work.watching import watch
from archive.errors import ArchiveError, HttpError, InputError, NotFoundError, UsageError

if TYPE_CHECKING:
    from archive.collection import Capture, Collection

__all__ = ["command"]

_Came = Literal["extracted", "left", "refused"]
_SAID: dict[_Came, str] = {
    "extracted": "extracted",
    "left": "as they were",
    "refused": "refused",
}

_EPILOG = """\
\b
The text signed with a capture stays; the new one is signed beside it. Captures whose newest text is
what this version extracts are left alone, so that --all, interrupted, goes on where it ended.
See both with: archive show CAPTURE --extraction N

\b
Examples:
  archive extract 3f2a9c81
  archive extract --all          after a new version, or after: archive add --no-extract
"""


@click.command("extract", epilog=_EPILOG)
@click.argument("references", metavar="[CAPTURE]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every capture that holds a page.")
@collection_option
@passphrase_option
@as_json
def command(
    references: tuple[str, ...],
    every: bool,
    collection: Path | None,
    passphrase_fd: int | None,
    as_json: bool,
) -> int:
    """Extract stored pages again with the extractor of this version, and sign what it finds."""
    output = Output(as_json=as_json)
    if bool(references) == every:
        raise UsageError("name captures, or give --all", hint="see: archive extract --help")
    with open_here(collection, passphrase_fd) as press:
        if every:
            return _extract_all(output, press)
        came = [_extract(output, press, capture) for capture in map(press.get, references)]
    return _exit_code(Counter(came))


def _extract_all(output: Output, press: Collection) -> int:
    """Extract every page that is not up to date, one after the other, and say how many there were.

    Each text is stored before the next page is begun: whoever interrupts this and begins again goes
    on where it ended.
    """
    pages = _list_pages(press)
    came: Counter[_Came] = Counter()
    with watch(len(pages), "extracting") as step:
        for capture in pages:
            step(lambda: came.update([_extract(output, press, capture, quiet=True)]))  # noqa: B023
    if came["extracted"] or came["refused"]:
        output.note(", ".join(f"{came[name]} {said}" for name, said in _SAID.items() if came[name]))
    return _exit_code(came)


def _exit_code(came: Counter[_Came]) -> int:
    failed, asked = came["refused"], came.total()
    return 3 if failed and asked > 1 else UsageError.exit_code if failed else 0


def _list_pages(press: Collection) -> list[Capture]:
    """Captures that hold a page; one that repeats another's text has that one's new text too."""
    found = list(press.captures())
    return [x for x in found if not x.failed and x.grade != "text" and x.row.same_as is None]


def _extract(output: Output, press: Collection, capture: Capture, *, quiet: bool = False) -> _Came:
    """Extract one capture and tell of it; of one that is left alone only where it was named."""
    before = capture.newest
    try:
        after = press.extract(capture)
    except NotFoundError:
        raise
    except (UsageError, InputError, HttpError) as error:
        _refuse(output, error)
        return "refused"
    stored = after.later != before.later
    if output.as_json:
        output.json(_tell(before, after))
    elif stored or not quiet:
        _print(output, before, after)
    return "extracted" if stored else "left"


def _refuse(output: Output, error: ArchiveError) -> None:
    if output.as_json:
        output.json(error_to_json(error))
    else:
        output.note(("refused    ", "red"), f"{error.where}: {error.message}", hang=MARGIN)


def _tell(before: Capture, after: Capture) -> dict[str, Any]:
    record = after.attribution
    return {
        "schema": "urn:article-archive:extract:v1",
        "id": after.id,
        "url": after.url,
        "stored": after.later != before.later,
        "entry": after.later.id if after.later else None,
        "outcome": record.outcome if record else None,
        "reason": record.reason if record else None,
        "extractor": record.extractor.id if record and record.extractor else None,
        "title": after.title,
        "words": after.words,
        **({"text_source": after.text_source} if after.text_source else {}),
    }


def _print(output: Output, before: Capture, after: Capture) -> None:
    stored = after.later != before.later
    word = ("extracted", "green") if stored else ("as it was", "cyan")
    title = (after.title or "(no title)", "bold")
    output.line(word, f"  {after.id[:8]}  ", title, f"  {count_words(after)}", hang=MARGIN)
    output.line(" " * MARGIN, after.url, hang=MARGIN)
    if after.text_source is not None:
        told = f"text {UNSHOWN[after.text_source]}"
        output.line(" " * MARGIN, (told, "bold yellow"), hang=MARGIN)
