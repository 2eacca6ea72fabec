"""Texts and claims, extracted again from the stored page (check 6, deep).

Extraction is repeatable: the same bytes, extractor, options and libraries give the same text and
claims, byte for byte. Where this program has another extractor, nothing is compared and the check
says so. Where only what the extractor stands on is of another version, an equal text has passed,
and a difference says nothing.
"""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future

from attrs import evolve, frozen

from archive import digest
from archive.article import (
    ClaimsRecord,
    Extraction,
    Extractor,
    Request,
    extractor,
    read_text,
)
from archive.article.extraction import GIVEN_UP
from archive.errors import DocumentError, HttpError
from archive.http import RULES, declare, parse_response
from archive.proof.entry import Reextraction
from archive.proof.statement import CaptureStatement, ExtractionSummary, NamedRecord
from archive.verification.place import Place
from archive.verification.records import ReadRecord
from archive.verification.tally import Tally
from archive.warc.group import find_chain

__all__ = ["Submit", "Texts"]

Submit = Callable[[Request], Future[Extraction]]
"""Begins an extraction elsewhere; what becomes of it is never an exception of the page's making."""

_MOST_AT_ONCE = 8
_MOST_KEPT = 64 << 20  # bytes of packed pages, some thousands
_TOO_LARGE = "records too large to hold"
_NO_PAGE = "pages whose content is not at hand: cut, undecodable, or in another capture's record"
_OTHER = "texts by another extractor than this program has"
_DIFFERENT = "texts that differ now, on other versions of the libraries below the extractor"


@frozen
class _Stored:
    """The records that an extraction must give again, and where they stand.

    `exact` says that it was made on the very libraries and by the very HTTP rules that this program
    has, `apart` what is said where it was not and something differs.
    """

    text: bytes | None
    claims: bytes
    place: Place
    exact: bool = True
    apart: str = _DIFFERENT


@frozen
class _Page:
    """What a text is extracted of, and by which HTTP rules its content was made."""

    asked: Request
    rules: int


class _Pages:
    """The pages of the last captures, for texts that were extracted of them later."""

    def __init__(self) -> None:
        self._kept: dict[bytes, tuple[_Page, bytes]] = {}  # by envelope; contents are packed
        self._size = 0

    def keep(self, envelope: str, page: _Page) -> None:
        """Keep a page; the first are forgotten when they are too many."""
        packed = zlib.compress(page.asked.content, 1)
        bare = evolve(page, asked=evolve(page.asked, content=b""))
        self._kept[digest.brief(envelope)] = bare, packed
        self._size += len(packed)
        while self._size > _MOST_KEPT:
            _, oldest = self._kept.pop(next(iter(self._kept)))
            self._size -= len(oldest)

    def find(self, envelope: str) -> _Page | None:
        """The page of a capture, None when it is not at hand."""
        found = self._kept.get(digest.brief(envelope))
        if found is None:
            return None
        bare, packed = found
        return evolve(bare, asked=evolve(bare.asked, content=zlib.decompress(packed)))


class Texts:
    """Extracts again what captures say was extracted, and compares.

    Args:
        tally: takes counts and findings.
        submit: begins an extraction.
    """

    def __init__(self, tally: Tally, submit: Submit) -> None:
        self._tally = tally
        self._submit = submit
        self._waiting: deque[tuple[Future[Extraction], _Stored]] = deque()
        self._pages = _Pages()

    def take(
        self,
        statement: CaptureStatement,
        named: Sequence[tuple[NamedRecord, ReadRecord]],
        envelope: str,
        place: Place,
    ) -> None:
        """Take a capture; one that repeats an earlier one's text is that one's to compare.

        Args:
            statement: intact.
            named: the records that it names, each with what was read.
            envelope: SHA-256 of its envelope.
            place: where it stands.
        """
        held = {item.role: seen for item, seen in named}
        asked = _read_page(statement, named)
        page = _Page(asked, statement.http_rules) if asked is not None else None
        if page is not None:
            self._pages.keep(envelope, page)
        if statement.same_as is not None or "claims" not in held:
            return
        stored = self._hold(held, place)
        if stored is None:
            self._tally.skip("text", _TOO_LARGE)
        elif statement.extraction is None:
            self._take_import(held, stored)
        elif reason := _why_not(statement.extraction):
            self._tally.skip("text", reason)
        else:
            self._take_page(page, statement.extraction, stored)

    def take_again(
        self, again: Reextraction, named: Sequence[tuple[NamedRecord, ReadRecord]], place: Place
    ) -> None:
        """Take a text that was extracted later, of a capture that was taken before."""
        held = {item.role: seen for item, seen in named}
        if "claims" not in held:
            return
        stored = self._hold(held, place)
        if stored is None:
            self._tally.skip("text", _TOO_LARGE)
        elif reason := _why_not(again.extraction):
            self._tally.skip("text", reason)
        else:
            self._take_page(self._pages.find(again.capture), again.extraction, stored)

    def close(self) -> None:
        """Compare what is still being extracted."""
        while self._waiting:
            self._compare_next()

    def _hold(self, held: Mapping[str, ReadRecord], place: Place) -> _Stored | None:
        text, claims = held.get("text"), held["claims"].data
        if claims is None or (text is not None and text.data is None):
            return None
        return _Stored(text.data if text else None, claims, place)

    def _take_import(self, held: Mapping[str, ReadRecord], stored: _Stored) -> None:
        """An imported text: its record is the file's lines."""
        data = held["import"].data if "import" in held else None
        if data is None or stored.text is None:
            self._tally.skip("text", _NO_PAGE)
        else:
            self._compare(read_text(data), stored)

    def _take_page(self, page: _Page | None, said: ExtractionSummary, stored: _Stored) -> None:
        if page is None:
            self._tally.skip("text", _NO_PAGE)
            return
        stored = evolve(stored, exact=dict(said.built_on) == dict(extractor().built_on))
        if page.rules != RULES:
            apart = f"texts that differ by HTTP rules {page.rules}/{RULES}"
            stored = evolve(stored, exact=False, apart=apart)
        self._waiting.append((self._submit(page.asked), stored))
        if len(self._waiting) > _MOST_AT_ONCE:
            self._compare_next()

    def _compare_next(self) -> None:
        extracting, stored = self._waiting.popleft()
        found = extracting.result()
        if found.outcome in GIVEN_UP:
            self._tally.withhold("text", f"pages whose extraction was given up now: {found.reason}")
            return
        self._compare(found, stored)

    def _compare(self, found: Extraction, stored: _Stored) -> None:
        try:
            record = ClaimsRecord.from_bytes(stored.claims)
        except DocumentError:
            return  # a finding of the roots already
        if not stored.exact and found.extractor is not None:
            found = evolve(found, extractor=record.extractor)  # said to be made on its libraries
        problems = []
        if found.record != stored.text:
            problems.append("the text is not what the stored page gives")
        if ClaimsRecord.of(found, record.seed).to_bytes() != stored.claims:
            problems.append("the claims record is not what the stored page gives")
        if problems and not stored.exact:
            self._tally.withhold("text", stored.apart)
            return
        self._tally.count("text")
        for problem in problems:
            self._tally.fail("text", problem, stored.place)


def _why_not(said: ExtractionSummary) -> str | None:
    """Why an extraction cannot be repeated here, or None."""
    if said.outcome in GIVEN_UP:
        return "pages whose extraction was given up when they were captured"
    return None if _is_same(said, extractor()) else _OTHER


def _is_same(said: ExtractionSummary, ours: Extractor) -> bool:
    return (said.extractor, said.version, dict(said.options)) == (
        ours.id,
        ours.version,
        dict(ours.options),
    )


def _read_page(
    statement: CaptureStatement, named: Sequence[tuple[NamedRecord, ReadRecord]]
) -> Request | None:
    """What was extracted: content, type, head and certificates; None when it is not at hand."""
    mains = [seen for item, seen in named if item.role in ("response", "revisit", "import")]
    if not mains or mains[-1].data is None:
        return None
    main, data = mains[-1], mains[-1].data
    if main.type == "resource":
        kind = main.get("Content-Type")  # an imported file that is no page has another
        return Request(data, kind, statement.final_url) if kind == "text/html" else None
    try:
        response = parse_response(data)
        content = response.content
    except HttpError:
        return None
    if not (response.complete or response.broken):
        return None
    chain = find_chain(main, [seen for item, seen in named if item.role == "tls"])
    return Request(
        content,
        declare(response.field("Content-Type"), content),
        statement.final_url,
        head=response.head,
        chain=chain.data if chain is not None else None,
    )
