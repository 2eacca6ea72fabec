"""What lies between two captures: as kept where it was found out before, else found out now.

In this order: the same page says *the same*; what is kept of the two is taken, where it rests on
what is there now; equal digests of both readings say *the same*; only then are the two compared.
Nothing is written but by `Judge.write`, which writers call after their commits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from archive import article
from archive.article import Extraction, Extractor, Request
from archive.article import extractor as our_extractor
from archive.collection.capture import Capture
from archive.digest import sha256
from archive.disk.layout import Layout
from archive.errors import ArchiveError, StorageError
from archive.index.changed import (
    SAME,
    ChangeIndex,
    Difference,
    KeptDifference,
    KeptDoubt,
    KeptReading,
)
from archive.index.feeding import read_text
from archive.index.neighbours import find_others
from archive.index.reading import Reading
from archive.index.rows import Row
from archive.literals import FRONT_PAGE

if TYPE_CHECKING:
    # What comparing needs is loaded by the methods that do it.
    from archive.adding.page import Fresh
    from archive.collection.comparing import Comparing, Pair
    from archive.comparison import Side
    from archive.comparison.gist import Gist

__all__ = ["HOST_PAGES", "Judge", "is_read", "name_maker", "name_pages", "site_of"]

_T = TypeVar("_T")

HOST_PAGES = 8
"""How many other pages of a host are read for either side, to know its boilerplate."""
_MOST_SIDES = 4
_MOST_KEPT = 20_000
"""Of so many things that a reader found out it forgets all, and begins anew."""
_READ = ("ok", "none")


def is_read(row: Row) -> bool:
    """Whether a capture's page was searched for an article, so that it can be compared at once."""
    return not row.failed and (row.extraction in _READ or row.grade == "text")


class Judge:
    """Says what lies between captures of one collection.

    Args:
        layout: where the collection lies.
        reading: its captures.
        extract: extracts a page, where two captures were read by different extractors.
        cached: whether what was found out before is taken from the file; else from records alone.
    """

    def __init__(
        self,
        layout: Layout,
        reading: Reading,
        extract: Callable[[Request], tuple[Extraction, Gist | None]],
        *,
        cached: bool = True,
    ) -> None:
        self._layout = layout
        self._reading = reading
        self._extract = extract
        self._cached = cached
        self._fresh: tuple[str, Fresh] | None = None
        self._kept: ChangeIndex | None = None
        self._sides: dict[tuple[str, str], Side] = {}
        self._readings: dict[str, list[KeptReading]] = {}
        self._differences: dict[tuple[str, str], KeptDifference] = {}
        self._pages: dict[str, frozenset[str]] = {}
        self._doubts: dict[str, KeptDoubt] = {}

    def close(self) -> None:
        """Give the index back, and forget all."""
        self._forget()
        self._sides.clear()
        self._fresh = None

    def meet(self, row: Row, fresh: Fresh | None) -> None:
        """Know what was found on the page of a capture that was just stored, until the next is met.

        Args:
            row: the capture.
            fresh: what was found; None where nothing was.
        """
        self._know(row)
        self._fresh = None
        if fresh is None or not is_read(row) or row.suspicion == FRONT_PAGE:
            return
        self._fresh = row.envelope, fresh
        if fresh.gist is not None:
            maker, gist = name_maker(fresh.found.extractor), fresh.gist
            self.learn(KeptReading(row.envelope, maker, gist.digest, gist.permille))

    def find_fresh(self, capture: Capture) -> Fresh | None:
        """What was found on a capture's page just now, if it is the capture that was met last."""
        if self._fresh is None or self._fresh[0] != capture.telling:
            return None
        return self._fresh[1]

    def extract(self, page: Request) -> Extraction:
        """Extract a page, and see what its reader sees."""
        return self._extract(page)[0]

    def _forget(self) -> None:
        """Forget what is written, or never will be; what is asked next is asked of the file."""
        if self._kept is not None:
            self._kept.close()
        self._kept = None
        for held in (self._readings, self._differences, self._pages, self._doubts):
            held.clear()

    def difference(self, before: Capture, after: Capture) -> Difference:
        """What lies between two captures.

        Raises:
            InputError, HttpError: what they hold cannot be read.
        """
        if _have_one_page(before.row, after.row):
            return SAME
        kept = self._find_difference(before.telling, after.telling)
        if kept is not None and self._holds(kept, before, after):
            return kept.difference
        return self._comparing(before, after).judge()

    def confirm(self, before: Capture, after: Capture) -> Difference:
        """The same, not as kept: from the two captures' own signed records.

        Raises:
            InputError, HttpError: as `difference`.
        """
        found = self._differences.get((before.telling, after.telling))
        if found is not None:
            return found.difference
        return Difference.of(self._comparing(before, after).compare().comparison)

    def same(self, before: Capture, after: Capture) -> bool:
        """Whether the article of two captures is the same; not, where that cannot be read."""
        one, two = before.row, after.row
        if not (_can_be_read(before) and _can_be_read(after)):
            return (one.status, one.content) == (two.status, two.content)
        if one.text is None and two.text is None and one.status != two.status:
            return False
        try:
            return self.difference(before, after).same
        except StorageError:
            raise
        except ArchiveError:
            return False

    def pair(self, before: Capture, after: Capture) -> Pair:
        """Two captures compared.

        Raises:
            InputError, HttpError: what they hold cannot be read.
        """
        return _what_compares()(self, before, after, known=False).compare()

    def digests(self, capture: Capture) -> frozenset[tuple[str, str]]:
        """Names of an article as read: two captures that share one have the same.

        Returns:
            Digests, each with what the text was extracted by; none where there is no article, or
            where what it holds cannot be read.
        """
        if not _can_be_read(capture):
            return frozenset()
        known = self._find_readings(capture.text_envelope)
        with suppress(ArchiveError):
            found = known or [self._comparing(capture, capture).digest(0)]
            return frozenset((one.digest, one.extractor) for one in found if one.digest is not None)
        return frozenset()

    def share(self, capture: Capture) -> float | None:
        """The share of its article's words that a capture's text has; None where none is shown.

        Raises:
            StorageError: the collection cannot be read.
        """
        if not _can_be_read(capture):
            return None
        try:
            fresh = self.find_fresh(capture)
            told = capture.attribution if fresh is None else fresh.found
            maker = name_maker(told.extractor if told is not None else None)
            found = self.find_reading(capture.text_envelope, maker)
            permille = (found or self._comparing(capture, capture).digest(0)).permille
        except StorageError:
            raise
        except ArchiveError:
            return None
        return None if permille is None else permille / 1_000

    def doubt(self, row: Row) -> str | None:
        """Why a capture's page may not be the article: as was signed, else by the rules of now.

        Rules were fewer when older captures were made. What they have is searched again once for
        all captures with the same bytes; what was suspected then is suspected still.

        Raises:
            StorageError: the collection cannot be read.
        """
        if row.suspicion is not None or row.failed or row.grade == "text" or row.content is None:
            return row.suspicion
        name = _name_page(row)
        found = self._doubts.get(name) or self._ask(lambda index: index.doubt(name))
        if found is None:
            found = KeptDoubt(name, self._suspect(row))
            self._learn_doubt(found)
        return found.reason

    def _know(self, row: Row) -> None:
        """Know what is suspected of a capture that was just made, if its page was searched then.

        A page that was captured before is not, whatever rules knew of it then.
        """
        if row.suspicion is None and row.content is not None and row.same_as is None:
            self._learn_doubt(KeptDoubt(_name_page(row), None))

    def _learn_doubt(self, found: KeptDoubt) -> None:
        if len(self._doubts) > _MOST_KEPT:
            self._doubts.clear()
        self._doubts[found.page] = found

    def _suspect(self, row: Row) -> str | None:
        """What the rules of now say of a page; nothing where it cannot be read."""
        capture = Capture(row, self._reading)
        try:
            content, response = capture.content or b"", capture.response
            fields = response.fields if response is not None else ()
            if response is None and row.content_type is not None:
                fields = (("Content-Type", row.content_type),)
            status = 200 if row.status is None else row.status
            asked, arrived = row.url, row.final_url
            words = row.shown_words
            return article.suspect(status, fields, content, words, asked=asked, arrived=arrived)
        except StorageError:
            raise
        except Exception:  # a hint, whatever the page is
            return None

    def write(self) -> None:
        """Keep what was found out since: a cache, for which nothing fails or waits."""
        if not (self._readings or self._differences or self._pages or self._doubts):
            return
        with suppress(StorageError):
            index = ChangeIndex.open_writing(self._layout.changes)
            try:
                readings = chain.from_iterable(self._readings.values())
                differences, doubts = self._differences.values(), self._doubts.values()
                index.keep(readings, differences, self._pages.items(), doubts)
            finally:
                index.close()
            self._forget()

    def _comparing(self, *captures: Capture) -> Comparing:
        """Captures about to be compared; what is read of them is not kept longer than that."""
        before, after = (Capture(one.row, self._reading, one.later) for one in captures)
        return _what_compares()(self, before, after, known=True)

    def others(self, before: Capture, after: Capture) -> list[Row]:
        """Captures of other pages of the host, of about the time of either."""
        own = [url for one in (before, after) for url in (one.url, one.final_url)]
        near = [(site_of(one.final_url), one.row.date) for one in (before, after)]
        rows = self._reading.ask(lambda index: find_others(index, near, own, HOST_PAGES))
        return rows if self._cached else [self.capture(row).row for row in rows]

    def capture(self, row: Row) -> Capture:
        """The capture of a row, told by its signed records where nothing is taken from caches."""
        capture = Capture(row, self._reading)
        return capture if self._cached else capture.reread()

    def _holds(self, kept: KeptDifference, before: Capture, after: Capture) -> bool:
        """Whether what is kept rests on the extractor and the pages of the host that there are."""
        if kept.extractor and kept.extractor != name_maker(our_extractor()):
            return False
        return not kept.host or kept.host == name_pages(self.others(before, after))

    def lines(self, row: Row, keys: Callable[[str], frozenset[str]]) -> frozenset[str]:
        """The keys of the lines of a capture's text; none where that cannot be read.

        Args:
            row: the capture.
            keys: makes them of a text, where they are not known.
        """
        name = row.text or ""
        found = self._pages.get(name) or self._ask(lambda index: index.lines(name))
        if found is not None:
            return found
        text = self._reading.ask(partial(read_text, self._layout, row))
        if text is None:
            return frozenset()
        return self._pages.setdefault(name, keys(text))

    def _find_difference(self, before: str, after: str) -> KeptDifference | None:
        found = self._differences.get((before, after))
        return found or self._ask(lambda index: index.difference(before, after))

    def find_reading(self, envelope: str, extractor: str) -> KeptReading | None:
        """A digest that is known."""
        found = (one for one in self._find_readings(envelope) if one.extractor == extractor)
        return next(found, None)

    def _find_readings(self, envelope: str) -> list[KeptReading]:
        """The digests that are known of a text."""
        kept = self._ask(lambda index: index.readings(envelope)) or []
        return [*self._readings.get(envelope, ()), *kept]

    def learn(self, found: KeptReading | KeptDifference) -> None:
        """Know what was found out."""
        if len(self._readings) + len(self._differences) > _MOST_KEPT:
            self._readings.clear()
            self._differences.clear()
        if isinstance(found, KeptReading):
            self._readings.setdefault(found.envelope, []).append(found)
        else:
            self._differences[found.before, found.after] = found

    def side(self, name: tuple[str, str], make: Callable[[], Side]) -> Side:
        """What was read of a capture; of the last few it is known."""
        found = self._sides.pop(name, None) or make()
        self._sides[name] = found
        while len(self._sides) > _MOST_SIDES:
            del self._sides[next(iter(self._sides))]
        return found

    def _ask(self, query: Callable[[ChangeIndex], _T | None]) -> _T | None:
        """What the file answers; None where there is none, or it is damaged or not asked."""
        if not self._cached:
            return None
        if self._kept is None:
            self._kept = ChangeIndex.open_reading(self._layout.changes)
        if self._kept is None:
            return None
        try:
            return query(self._kept)
        except StorageError:
            return None


def _what_compares() -> type[Comparing]:
    from archive.collection.comparing import Comparing  # loads lxml and all that tells changes

    return Comparing


def name_maker(maker: Extractor | None) -> str:
    """An extractor in one line: equal for those that are."""
    if maker is None:
        return ""
    return json.dumps([maker.name, maker.version, dict(maker.options)], sort_keys=True)


def name_pages(rows: Iterable[Row]) -> str:
    """A name for pages of a host, by their URLs and texts."""
    return sha256("\n".join(sorted(f"{row.text} {row.final_url}" for row in rows)).encode("utf-8"))


def _name_page(row: Row) -> str:
    """A name for a page: equal for those of which one thing is suspected."""
    said = (row.content, row.content_type, row.status, row.words, row.url, row.final_url)
    return sha256(json.dumps(said).encode("utf-8"))


def site_of(url: str) -> str:
    """How the URLs of a site begin: scheme, host and port, with the slash after them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _have_one_page(one: Row, two: Row) -> bool:
    """Whether both captures have the same bytes of the same type."""
    said = (one.content, one.content_type, one.final_url)
    return one.content is not None and said == (two.content, two.content_type, two.final_url)


def _can_be_read(capture: Capture) -> bool:
    return is_read(capture.row) or (not capture.failed and capture.telling != capture.row.envelope)
