"""Two captures compared: what each holds, read by one extractor, beside other pages of the host."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from attrs import evolve, frozen

from archive.article import Extraction, Extractor
from archive.article import extractor as our_extractor
from archive.article.extraction import GIVEN_UP
from archive.collection.capture import Capture
from archive.collection.judging import Judge, name_maker, name_pages
from archive.collection.reextraction import request_page
from archive.comparison import (
    Comparison,
    Host,
    Passage,
    Side,
    compare_sides,
    read_side,
    shared_passages,
)
from archive.comparison.digests import find_share, reading_digest
from archive.comparison.noise import line_keys
from archive.http import declare
from archive.index.changed import SAME, Difference, KeptDifference, KeptReading
from archive.index.rows import Row
from archive.literals import FRONT_PAGE

__all__ = ["Comparing", "Pair"]

_JUDGED = ("wire", "warc")
_BY_HOST = ("boilerplate", "counter")
"""Filters that other pages of the host may have had their part in."""


@frozen
class Pair:
    """Two captures, what was compared of each, and what came of it.

    Args:
        before: the earlier capture.
        after: the later one.
        sides: what was compared of the two.
        comparison: the outcome.
        host_pages: how many other pages of the host told what is boilerplate.
    """

    before: Capture
    after: Capture
    sides: tuple[Side, Side]
    comparison: Comparison
    host_pages: int = 0

    @property
    def crosses_sources(self) -> bool:
        """Whether the two are of different URLs, arrived at or asked for."""
        return _crosses(self.before, self.after)

    def shared(self) -> tuple[Passage, ...]:
        """The passages that both texts have, see `archive.comparison.shared_passages`."""
        return shared_passages(self.sides[0].text or "", self.sides[1].text or "")


class Comparing:
    """Two captures about to be compared, read by one extractor.

    Where the stored texts of two pages come from different extractors or options, or an extractor
    gave up on one of them, both pages are extracted again. Imported text stays as it is.

    Args:
        judge: knows more.
        before: the earlier capture.
        after: the later one.
        known: whether what the judge has read of them before will do.
    """

    def __init__(self, judge: Judge, before: Capture, after: Capture, *, known: bool) -> None:
        self._judge = judge
        self._known = known
        self._captures = before, after
        self._fresh = [judge.find_fresh(one) if known else None for one in self._captures]
        self._stored = [
            fresh.found if fresh is not None else _read_extraction(one)
            for fresh, one in zip(self._fresh, self._captures, strict=True)
        ]
        makers = [
            _find_maker(found)
            for one, found in zip(self._captures, self._stored, strict=True)
            if _has_page(one)
        ]
        self._anew = any(maker is None or maker != makers[0] for maker in makers)

    def judge(self) -> Difference:
        """The least that says what lies between them."""
        one, two = self.digest(0), self.digest(1)
        if one.digest is not None and (one.digest, one.extractor) == (two.digest, two.extractor):
            self._learn(SAME, "")
            return SAME
        return Difference.of(self.compare().comparison)

    def compare(self) -> Pair:
        """All of it.

        *Silent* is judged only between captures from the wire, or from WARC files, of one URL, in
        time order; and only by what their own signed records say: an index accuses nobody.
        """
        rows = self._judge.others(*self._captures)
        host = _host(rows, partial(self._judge.lines, keys=line_keys))
        sides = self._side(0), self._side(1)
        told = compare_sides(*sides, host=host, reextracted=self._anew)
        reason = _why_not_judged(*self._captures)
        if reason and told.silent:
            told = evolve(told, silent=None, silent_reason=reason)
        if told.state in ("replaced", "translated") and _crosses(*self._captures):
            told = evolve(told, state="compared")  # two stories: neither took the other's place
        if told.silent:
            one, two = (capture.reread() for capture in self._captures)
            if (one.row, two.row) != tuple(capture.row for capture in self._captures):
                return Comparing(self._judge, one, two, known=False).compare()
        free = told.state in ("gone", "appeared") or (
            told.same and not any(told.filters[one] for one in _BY_HOST)
        )
        self._learn(Difference.of(told), "" if free else name_pages(rows))
        return Pair(*self._captures, sides, told, len(host.pages))

    def digest(self, at: int) -> KeptReading:
        """The digest of one of them, as read for this comparison."""
        name = self._name(at)
        found = self._judge.find_reading(*name)
        if found is None:
            side = self._side(at)
            found = KeptReading(*name, reading_digest(side), find_share(side))
            self._judge.learn(found)
        return found

    def _learn(self, difference: Difference, host: str) -> None:
        before, after = (one.telling for one in self._captures)
        made_by = name_maker(our_extractor()) if self._anew else ""
        self._judge.learn(KeptDifference(before, after, made_by, host, difference))

    def _side(self, at: int) -> Side:
        if not self._known:
            return self._read(at)
        return self._judge.side(self._name(at), lambda: self._read(at))

    def _read(self, at: int) -> Side:
        capture, found, fresh = self._captures[at], self._stored[at], self._fresh[at]
        doubt = self._judge.doubt(capture.row)
        if fresh is not None:
            return _read_page(capture, fresh.found, fresh.page.content, doubt)
        if self._anew and _has_page(capture) and _find_maker(found) != our_extractor():
            found = self._judge.extract(request_page(capture))
        return _read_capture(capture, found, doubt)

    def _name(self, at: int) -> tuple[str, str]:
        """The envelope that has the text, and what it is extracted by."""
        capture, found = self._captures[at], self._stored[at]
        if not _has_page(capture):
            return capture.text_envelope, ""
        maker = our_extractor() if self._anew else _find_maker(found)
        return capture.text_envelope, name_maker(maker)


def _host(rows: Iterable[Row], lines: Callable[[Row], frozenset[str]]) -> Host:
    """What other pages have; what the captures of one URL say, together."""
    pages: dict[str, frozenset[str]] = {}
    for row in rows:
        pages[row.final_url] = pages.get(row.final_url, frozenset()) | lines(row)
    return Host(tuple(pages.values()))


def _why_not_judged(before: Capture, after: Capture) -> str | None:
    """Why nobody can say of two captures that an edit was silent, or None."""
    if _crosses(before, after):
        return "captures of two URLs"
    for one in (before, after):
        if one.grade not in _JUDGED and not one.failed:
            return f"a capture of grade {one.grade}, not from the wire"
    if before.grade != after.grade and not (before.failed or after.failed):
        return "captures of two grades"
    if before.date > after.date:
        return "the captures are not in the order of time"
    return None


def _crosses(before: Capture, after: Capture) -> bool:
    old, new = before.row, after.row
    return not {old.url, old.final_url} & {new.url, new.final_url}


def _has_page(capture: Capture) -> bool:
    """Whether it has a page that can be extracted."""
    return not capture.failed and capture.grade != "text"


def _read_extraction(capture: Capture) -> Extraction | None:
    """The extraction that a capture keeps; None where nothing was extracted."""
    told = capture.attribution
    if told is None:
        return None
    return Extraction(
        told.outcome,
        told.reason,
        capture.text,
        told.claims,
        told.decoding,
        told.extractor,
        told.quotations,
        told.source,
    )


def _find_maker(found: Extraction | None) -> Extractor | None:
    """What made an extraction; None where it has to be made again."""
    return None if found is None or found.outcome in GIVEN_UP else found.extractor


def _read_capture(capture: Capture, found: Extraction | None, suspicion: str | None) -> Side:
    """What a capture has to be compared, beside what was extracted from it.

    Raises:
        InputError, HttpError: what it holds cannot be read.
    """
    if found is None:
        return Side(text=None)
    content = capture.content if _has_page(capture) else None
    if content is None:
        return Side.of(found)
    return _read_page(capture, found, content, suspicion)


def _read_page(capture: Capture, found: Extraction, content: bytes, suspicion: str | None) -> Side:
    """What a capture's page has to be compared; a front page that was sent instead has nothing."""
    if suspicion == FRONT_PAGE:
        return Side(text=None)
    return read_side(
        content,
        declare(capture.content_type, content),
        capture.final_url,
        found,
        suspicious=suspicion,
        limitations=frozenset(capture.limitations),
    )
