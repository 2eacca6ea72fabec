"""What ``archive diff`` does: tells what changed between two captures."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from archive.adding.effects import Effects
from archive.article.bodies import UNSHOWN
from archive.cli.captures import describe_capture, note_newer
from archive.cli.changes import pair_to_json, print_comparison, print_shared
from archive.cli.options import open_here
from archive.cli.output import Output, ReaderGoneError
from archive.cli.pages import write_page
from archive.collection import Capture, Collection, Pair, Reader
from archive.collection.references import is_plain
from archive.collection.signed import read_signed
from archive.comparison import CLASSES, Change, make_patch
from archive.errors import NotFoundError, UsageError

__all__ = ["choose_pair", "compare", "read_classes"]


def compare(
    before: str,
    after: str | None,
    only: tuple[str, ...],
    least: str,
    page: Path | None,
    patch: bool,
    collection: Path | None,
    as_json: bool,
) -> int:
    """Compare the captures that are named, and tell what changed; gives the exit code."""
    classes = read_classes(only)
    if patch and (as_json or classes or least != "cosmetic"):
        raise UsageError("--patch shows the texts whole: no --json, --only, --min-significance")
    output = Output(as_json=as_json)
    with open_here(collection) as press:
        if page is not None and not patch:
            pair = _write_pair(output, press, before, after, page)
        else:  # the index is a cache that anyone may have changed
            pair = press.pair(*(one.reread() for one in choose_pair(press, before, after)))
        if patch:
            return _print_patch(output, pair)
        changes = pair.comparison.select(classes, least)  # type: ignore[arg-type]  # a Choice
        with suppress(ReaderGoneError):  # the exit code says whether they differ all the same
            _tell(output, pair, changes)
        if after is None:
            note_newer(output, press, pair.after)
    return 1 if changes or pair.comparison.is_whole else 0


def _write_pair(
    output: Output, press: Collection, before: str, after: str | None, page: Path
) -> Pair:
    """Write the page of two captures, which stands beside a verdict: what was verified."""
    from archive.export import render_diff  # loads what makes pages

    choose_pair(press, before, after)  # what was never captured is said at once
    report, signed = read_signed(press)
    pair = signed.pair(*choose_pair(signed, before, after))
    write_page(output, render_diff(pair, report, made=Effects().now()), page)
    return pair


def read_classes(only: tuple[str, ...]) -> frozenset[str]:
    """The classes of changes that are named, with commas or one by one.

    Raises:
        UsageError: there is no such class.
    """
    named = [name.strip() for given in only for name in given.split(",") if name.strip()]
    for name in named:
        if name not in CLASSES:
            raise UsageError(
                "no such class of changes", where=name, hint="see: archive diff --help"
            )
    return frozenset(named)


def choose_pair(press: Reader, before: str, after: str | None) -> tuple[Capture, Capture]:
    """The two captures that are named, or the last two versions of the URL that is."""
    if after is not None:
        return press.get(before), press.get(after)
    # As with ~N, captures without an article do not count: a failed one is no version of the text.
    found = [one for one in press.captures_of(before) if one.row.words is not None]
    if not found:
        press.history(before)  # which says if it was never captured
    plain = press.group(one for one in found if is_plain(one.row, press.doubt))
    versions = plain if len(plain) > 1 else press.group(found)
    if len(versions) < 2:
        count = "one version" if versions else "no version"
        raise NotFoundError(
            f"{count} with an article, so there is nothing to compare", where=before
        )
    return versions[-2].last, versions[-1].first


def _print_patch(output: Output, pair: Pair) -> int:
    names = (f"{one.id}/text {one.row.date}" for one in (pair.before, pair.after))
    texts = (side.text or "" for side in pair.sides)
    patch = make_patch(*texts, *names)
    output.raw(patch.encode("utf-8", "surrogateescape"))
    return 1 if patch else 0


def _tell(output: Output, pair: Pair, changes: tuple[Change, ...]) -> None:
    if output.as_json:
        output.json(pair_to_json(pair, changes))
        return
    output.line(f"{describe_capture(pair.before)}  →  {describe_capture(pair.after)}")
    if pair.crosses_sources:
        output.line(f"{pair.before.final_url}  →  {pair.after.final_url}", hang=2)
    for name, side in zip(("earlier", "later"), pair.sides, strict=True):
        if side.text_source is not None:
            told = f"the {name} text is {UNSHOWN[side.text_source]}"
            output.line((told, "bold yellow"), hang=2)
    print_comparison(output, pair.comparison, changes)
    if pair.crosses_sources:
        print_shared(output, pair)
