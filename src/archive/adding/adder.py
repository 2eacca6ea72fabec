"""Adding captures: fetch → record → extract → attribute → state → commit.

An acknowledged capture is durable: every row given by this module stands in the WARC, synced and
read back. The page, the server and the extractor can fail; the bytes are kept all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import field, frozen

from archive import url as urls
from archive.adding.drafting import (
    Earlier,
    Page,
    draft_import,
    no_text,
    read_page,
)
from archive.adding.effects import Effects
from archive.adding.extracting import Drafting, Unread, ask
from archive.adding.listing import Listed
from archive.adding.software import versions
from archive.article import Claims, Extraction, Request, extractor, looks_like_html, read_text
from archive.article.imported import find_binary
from archive.errors import InputError, StorageError, UsageError
from archive.index.rows import Row
from archive.store.draft import Draft, write_date
from archive.store.writer import MAX_BATCH, Writer
from archive.workers import Extractors

if TYPE_CHECKING:
    from archive.capture import Fetch, Settings

__all__ = ["IMPORT_LIMIT", "Adder"]

IMPORT_LIMIT = 1 << 28
"""The most bytes an imported file may have."""
_BATCH_BYTES = 64 * 1024 * 1024
_BATCH_SECONDS = 1.0
_TRIES = 5


@frozen
class Adder:
    """Makes captures and hands them to the writer.

    Attributes:
        writer: of the collection.
        effects: clock, waiting, randomness.
        extractors: extract pages.
        extracting: whether fetched pages are extracted; without it records 5 and 6 are left out.
    """

    writer: Writer
    extractors: Extractors
    effects: Effects = field(factory=Effects)
    extracting: bool = True

    def add(self, url: str, settings: Settings) -> Row:
        """Capture one URL.

        Raises:
            UrlError: it is none that can be archived.
            StorageError, LockedError: it could not be stored.
        """
        return self._add(Listed(url), settings)

    def add_all(
        self, entries: Sequence[Listed], settings: Settings, *, concurrency: int, delay: float
    ) -> Iterator[Row]:
        """Capture many URLs, and give each when it is stored, in order of completion.

        A commit takes what is ready: when nothing more is, when a second has gone by, or when
        enough is held.

        Args:
            entries: their URLs must be ones that can be archived.
            settings: how to fetch.
            concurrency: how many at a time.
            delay: seconds between two fetches from one host.
        """
        from archive.capture import fetch_all

        batch = _Waiting(self.writer, self.effects.clock)
        results = fetch_all(
            enumerate(entry.url for entry in entries),
            settings,
            now=self.effects.now,
            concurrency=concurrency,
            delay=delay,
        )
        with Drafting(self.extractors) as drafting:
            for result in results:
                if result is not None:
                    entry = entries[result[0]]
                    drafting.begin(entry, self._look(result[1]))
                for done in drafting.take(everything=result is None):
                    batch.put(*done)
                if result is None or batch.is_due:
                    yield from batch.commit()
            for done in drafting.take(everything=True):
                batch.put(*done)
        yield from batch.commit()
        for entry in batch.again:
            yield self._add(entry, settings)

    def _add(self, entry: Listed, settings: Settings) -> Row:
        from archive.capture import fetch

        def make() -> Draft:
            fetched = fetch(entry.url, settings, now=self.effects.now)
            return self._look(fetched).to_draft(self.extractors, entry.run)

        return self._commit_one(urls.normalize(entry.url), make)

    def _commit_one(self, normal: str, make: Callable[[], Draft]) -> Row:
        """Make a capture and store it; again, in another second, where that second is taken."""
        for _ in range(_TRIES):
            self._await_second(normal)
            [row] = self.writer.commit([make()])
            if row is not None:
                return row
            self._await_next_second()
        raise StorageError(
            "another writer takes every second of this URL",
            where=normal,
            hint="replay tools tell captures apart by the second; try again later",
        )

    def import_data(
        self, data: bytes, *, name: str, url: str, claimed_date: str | None, grade: str | None
    ) -> Row:
        """Import a file's exact bytes: scraped text, or saved HTML that is then extracted.

        Args:
            data: the file.
            name: its name.
            url: where it is said to come from.
            claimed_date: when the user says it was taken.
            grade: ``html`` or ``text``; None to tell from name and bytes.

        Raises:
            UrlError: the URL is none that can be archived.
            InputError: the file is empty.
            UsageError: the file is too large, or the date is none.
        """
        if claimed_date is not None:
            _check_date(claimed_date)
        if not data:
            raise InputError("the file is empty", where=name)
        if len(data) > IMPORT_LIMIT:
            raise UsageError(f"more than {IMPORT_LIMIT} bytes", where=name)
        normal = urls.normalize(url)
        chosen = grade or ("html" if looks_like_html(data, name) else "text")
        kind, found = self._read_import(data, chosen, normal)

        def make() -> Draft:
            return draft_import(
                data,
                found,
                url=normal,
                date=self.effects.now(),
                grade=chosen,
                content_type=kind,
                suspicion=None if kind.startswith("text/") else found.reason,
                claimed_date=claimed_date,
                name=name,
                seed=self.effects.rng(32),
            )

        return self._commit_one(normal, make)

    def _read_import(self, data: bytes, grade: str, url: str) -> tuple[str, Extraction]:
        """Content type and text of a file; what is plainly binary has no text."""
        binary = find_binary(data, text=grade == "text")
        if binary is not None:
            reason = f"not text but {binary.name}"
            made_by = extractor() if grade == "html" else None
            return binary.type, Extraction("none", reason, None, Claims(), None, made_by)
        if grade == "text":
            return "text/plain", read_text(data)
        kind = "text/html"
        return kind, self.extractors.extract(Request(data, kind, url))

    def _look(self, fetched: Fetch) -> Unread:
        """What is to be done for a page; what it breaks costs its text, never its bytes."""
        page = read_page(fetched)
        try:
            article = None if fetched.failed else self._article(fetched, page)
        except StorageError:
            raise
        except Exception as error:
            article = no_text(type(error).__name__, "crash")
        return Unread(fetched, page, article, self.effects.rng(32))

    def _article(self, fetched: Fetch, page: Page) -> Request | Extraction | Earlier | None:
        """What is to be extracted, or the earlier capture whose text this is already."""
        if not self.extracting:
            return None
        if page.content is None or page.layers.content is None:
            return no_text(page.problem or "no content")
        earlier = self.writer.index.same_extraction(
            fetched.url,
            fetched.final_url,
            page.layers.content,
            page.content_type,
            extractor().id,
        )
        known = self._earlier(earlier, fetched.status) if earlier is not None else None
        return known or ask(fetched, page.content, page.content_type)

    def _earlier(self, row: Row, status: int | None) -> Earlier | None:
        """What an earlier statement says of text and claims; None when none says it."""
        said = self.writer.confirm(row)
        if (
            said is None
            or said.extraction is None
            or said.extraction.options != extractor().options
        ):
            return None
        return Earlier(
            row.envelope,
            said.extraction,
            said.layers.text,
            said.paragraphs,
            said.claims,
            row.title,
            row.words,
            searched=(said.status, said.software) == (status, versions()),
            suspicion=row.suspicion,
        )

    def _await_second(self, normal: str) -> None:
        """Wait for a second in which a URL has no capture."""
        index = self.writer.index
        while index.holds_second([normal], write_date(self.effects.now())[:19]):
            self._await_next_second()

    def _await_next_second(self) -> None:
        self.effects.sleep(1.0 - self.effects.now().microsecond / 1e6)


def _check_date(text: str) -> None:
    """Refuse what is no ISO 8601 date or instant: it would be signed for ever. A year will do."""
    try:
        datetime.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text)
    except ValueError:
        hint = "write 2024-08-10, 2024-08, 2024 or 2024-08-10T12:00:00Z"
        raise UsageError("not a date", where=text, hint=hint) from None


class _Waiting:
    """Drafts that wait for the next commit."""

    def __init__(self, writer: Writer, clock: Callable[[], float]) -> None:
        self._writer = writer
        self._clock = clock
        self._drafts: list[tuple[Listed, Draft]] = []
        self._bytes = 0
        self._since = 0.0
        self.again: list[Listed] = []  # whose second was taken

    def put(self, entry: Listed, draft: Draft) -> None:
        if not self._drafts:
            self._since = self._clock()
        self._drafts.append((entry, draft))
        self._bytes += sum(len(part.block) for part in draft.parts)

    @property
    def is_due(self) -> bool:
        waited = self._clock() - self._since
        full = len(self._drafts) >= MAX_BATCH or self._bytes >= _BATCH_BYTES
        return full or waited >= _BATCH_SECONDS

    def commit(self) -> Iterator[Row]:
        drafts, self._drafts, self._bytes = self._drafts, [], 0
        if not drafts:
            return
        rows = self._writer.commit([draft for _, draft in drafts])
        for (entry, _), row in zip(drafts, rows, strict=True):
            if row is None:
                self.again.append(entry)
            else:
                yield row
