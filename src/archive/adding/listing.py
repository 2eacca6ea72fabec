"""Lists of URLs: read, checked, and resumed from what the collection says of the last run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import frozen

from archive import url as urls
from archive.digest import sha256
from archive.errors import UrlError
from archive.index.rows import Row
from archive.proof.statement import Run
from archive.warc.record import make_urn

__all__ = ["Listed", "UrlList", "plan_run", "read_list"]


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


def read_list(lines: Iterable[str]) -> UrlList:
    """Read URLs, one a line; empty lines and lines that begin with ``#`` are passed over."""
    kept: dict[str, str] = {}
    refused: list[tuple[str, UrlError]] = []
    for line in lines:
        typed = line.strip()
        if not typed or typed.startswith("#"):
            continue
        try:
            kept.setdefault(urls.normalize(typed), typed)
        except UrlError as error:
            refused.append((typed, error))
    return UrlList(tuple(kept.values()), tuple(refused))


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
    tried = {row.run_index for row in rows}
    done = {row.run_index for row in rows if not row.failed}
    going_on = resume and last is not None and len(tried) < len(listed.urls)
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
