"""Lists of URLs: read, checked, and resumed from what the collection says of the last run."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import frozen

from archive import url as urls
from archive.digest import sha256
from archive.errors import UrlError
from archive.index.rows import Row
from archive.proof.statement import Run
from archive.warc.record import make_urn

__all__ = ["Listed", "UrlList", "is_finished", "join_lists", "plan_run", "read_list"]

_Cell = tuple[int, str, str | None]
_DELIMITERS = (",", ";", "\t")
_BESIDE = re.compile(r"\s*\t|\s+#")  # where what is no URL begins
_ESCAPED = re.compile("[\ud800-\udfff]")  # bytes that are not UTF-8, see PEP 383


@frozen
class Listed:
    """One URL of a list, as typed, and the run it belongs to."""

    url: str
    run: Run | None = None


@frozen
class UrlList:
    """URLs to capture, and the lines that are none.

    Attributes:
        urls: as typed, in order, each normal spelling once.
        refused: (line as typed, why) of what cannot be archived.
    """

    urls: tuple[str, ...]
    refused: tuple[tuple[str, UrlError], ...]

    @property
    def digest(self) -> str:
        """SHA-256 over the normal spellings, one a line: what names the list in statements."""
        lines = "".join(f"{urls.normalize(url)}\n" for url in self.urls)
        return sha256(lines.encode("ascii"))


def read_list(lines: Iterable[str], *, name: str | None = None) -> UrlList:
    """Read URLs, one a line, or in the column ``url`` of a table with headings (CSV).

    Empty lines and lines that begin with ``#`` are passed over, and so is what stands behind a tab,
    or behind a blank and ``#``.
    A URL is asked for as it stands there or not at all: one with a blank in it is refused.

    Args:
        lines: bytes that are not UTF-8 as surrogates stand for them (``surrogateescape``).
        name: of the file that they are of; what is refused is then named by it and its number.
    """
    kept: dict[str, str] = {}
    refused: list[tuple[str, UrlError]] = []
    for number, typed, problem in _read_cells(lines):
        try:
            _check_cell(typed, problem)
            kept.setdefault(urls.normalize(typed), typed)
        except UrlError as error:
            refused.append((_mend(typed), _place(error, name, number)))
    return UrlList(tuple(kept.values()), tuple(refused))


def join_lists(lists: Sequence[UrlList]) -> UrlList:
    """Several lists as one, each normal spelling once."""
    kept: dict[str, str] = {}
    for url in (url for one in lists for url in one.urls):
        kept.setdefault(urls.normalize(url), url)
    return UrlList(tuple(kept.values()), tuple(item for one in lists for item in one.refused))


def _read_cells(lines: Iterable[str]) -> Iterator[_Cell]:
    """What is to be a URL, with the number of its line and what is wrong with that."""
    numbered = enumerate(lines, 1)
    is_first = True
    for number, line in numbered:
        typed = line.strip()
        if is_first:
            typed = typed.removeprefix("\ufeff")
        if not typed or typed.startswith("#"):
            continue
        column = _find_column(typed) if is_first else None
        if column is not None:
            yield from _read_table(numbered, *column)
            return
        is_first = False
        yield number, _BESIDE.split(typed, maxsplit=1)[0], None


def _find_column(line: str) -> tuple[str, int, int] | None:
    """How the columns of a table are told apart, which has URLs, and how many there are.

    None where these are no headings. One heading alone leaves commas to the URLs.
    """
    for delimiter in _DELIMITERS:
        try:
            row = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:  # such as a CR inside, which no heading has
            return None
        cells = [cell.strip().lower() for cell in row]
        if cells == ["url"]:
            return "\t", 0, csv.field_size_limit()
        if "url" in cells:
            return delimiter, cells.index("url"), len(cells)
    return None


def _read_table(
    numbered: Iterator[tuple[int, str]], delimiter: str, column: int, width: int
) -> Iterator[_Cell]:
    """The cells of a column, each with the number of the line that its row ends in."""
    last = 0

    def tell() -> Iterator[str]:
        nonlocal last
        for number, line in numbered:
            last = number
            yield line

    rows = csv.reader(tell(), delimiter=delimiter)
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield last, "", f"not a row of a table: {error}"
            continue
        if row is None:
            return
        if not any(cell.strip() for cell in row) or row[0].startswith("#"):
            continue
        # A comma in a URL that is not in quotes would be asked for without what follows it.
        more = any(cell.strip() for cell in row[width:])
        problem = "more cells than the table has headings" if more else None
        yield last, row[column].strip() if column < len(row) else "", problem


def _check_cell(typed: str, problem: str | None) -> None:
    """Refuse what would be asked for otherwise than it stands there.

    Raises:
        UrlError: what is wrong with it.
    """
    if problem is not None:
        raise UrlError(problem, where=_mend(typed), hint="put what has a comma in quotes")
    if _ESCAPED.search(typed):
        raise UrlError("not UTF-8 text", where=_mend(typed))
    if len(typed.split()) > 1:
        hint = "a blank in a URL is written %20; put a tab before what belongs to no URL"
        raise UrlError("a blank in a URL", where=typed, hint=hint)


def _mend(typed: str) -> str:
    """Text that may be shown, whatever bytes it had."""
    return _ESCAPED.sub("\ufffd", typed)


def _place(error: UrlError, name: str | None, number: int) -> UrlError:
    """The same error, which says where it stands."""
    if name is None:
        return error
    message = f"line {number} of {name}: {error.message}"
    return UrlError(message, where=error.where, hint=error.hint)


def is_finished(listed: UrlList, earlier: Sequence[Row]) -> bool:
    """Whether the last run over a list has a capture of every URL of it.

    Args:
        listed: the list.
        earlier: captures of earlier runs over the same list, in order.
    """
    last = earlier[-1].run_id if earlier else None
    tried = {row.run_index for row in earlier if row.run_id == last}
    return last is not None and len(tried) >= len(listed.urls)


def plan_run(
    listed: UrlList, earlier: Sequence[Row], *, resume: bool, rng: Callable[[int], bytes]
) -> tuple[list[Listed], int]:
    """Which URLs of a list to capture, and how many the last unfinished run has done.

    A run is finished when every URL of its list has a capture in it, failed ones too. Resuming an
    unfinished run skips what it captured and tries again what failed; resuming a finished one, or
    none, begins anew.

    Args:
        listed: the list.
        earlier: captures of earlier runs over the same list, in order.
        resume: whether to go on with the last unfinished run.
        rng: randomness for a new run's id.
    """
    last = earlier[-1].run_id if earlier else None
    rows = [row for row in earlier if row.run_id == last]
    done = {row.run_index for row in rows if not row.failed}
    going_on = resume and last is not None and not is_finished(listed, earlier)
    digest = listed.digest
    id_ = last if going_on and last is not None else make_urn(rng)
    skipped = done if going_on else set()
    size = len(listed.urls)
    entries = [
        Listed(url, Run(id_, digest, index, size))
        for index, url in enumerate(listed.urls)
        if index not in skipped
    ]
    return entries, len(skipped)
