"""A page's way, told in order: fetched, read, known or extracted, drafted, committed.

An acknowledged capture is durable: every row given by this module stands in the WARC, synced and
read back. The page, the server and the extractor can fail; the bytes are kept all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from attrs import field, frozen

from archive import url as urls
from archive.adding.batches import Added, AtWork, Made, Waiting
from archive.adding.effects import Effects
from archive.adding.leading import find_lead
from archive.adding.listing import Listed
from archive.adding.page import Fresh, Page, read_page
from archive.adding.records import draft_fetch, draft_import
from archive.adding.saved import check_import, judge_import, read_import
from archive.adding.text import Text, find_earlier, write_text
from archive.article import extractor, looks_like_html, no_text
from archive.errors import StorageError
from archive.index.neighbours import holds_second
from archive.index.rows import OutcomeSummary
from archive.proof.statement import Run
from archive.store.writer import Writer
from archive.warc.record import write_date
from archive.workers.pool import Extractors

if TYPE_CHECKING:
    from archive.capture import Fetch, Left, Settings

__all__ = ["Adder"]

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

    def add(self, url: str, settings: Settings, run: Run | None = None) -> Added:
        """Capture one URL.

        Raises:
            UrlError: it is none that can be archived.
            StorageError, LockedError: it could not be stored.
        """

        def make() -> Made:
            made, _ = self._look(self._fetch(url, settings), run)
            return made()

        return self._commit_one(urls.normalize(url), make)

    def add_all(
        self,
        entries: Sequence[Listed],
        settings: Settings,
        *,
        concurrency: int,
        delay: float,
        max_wait: float,
        leave: Callable[[Left], None],
    ) -> Iterator[Added]:
        """Capture many URLs, and give each when it is stored, in order of completion.

        A commit takes what is ready: when nothing more is, when a second has gone by, or when
        enough is held.

        Args:
            entries: their URLs must be ones that can be archived.
            settings: how to fetch.
            concurrency: how many at a time.
            delay: seconds between two fetches from one host.
            max_wait: seconds that a host may ask for, as of `archive.capture.fetch_all`.
            leave: told of every host that was left, as there.
        """
        from archive.capture import fetch_all

        waiting = Waiting(self.writer, self.effects.clock)
        results = fetch_all(
            enumerate(entry.url for entry in entries),
            settings,
            now=self.effects.now,
            concurrency=concurrency,
            delay=delay,
            find_lead=find_lead,
            max_wait=max_wait,
            leave=leave,
        )
        with closing(AtWork(self.extractors.children)) as work:
            for result in results:
                if result is not None:
                    entry = entries[result[0]]
                    make, at_once = self._look(result[1], entry.run)
                    work.begin(entry, make, at_once=at_once)
                for done in work.take(everything=result is None):
                    waiting.put(*done)
                if result is None or waiting.is_due:
                    yield from waiting.commit()
            for done in work.take(everything=True):
                waiting.put(*done)
        yield from waiting.commit()
        for entry in waiting.again:
            yield self.add(entry.url, settings, entry.run)

    def import_data(
        self, data: bytes, *, name: str, url: str, claimed_date: str | None, grade: str | None
    ) -> Added:
        """Import a file's exact bytes: scraped text, or saved HTML that is then extracted.

        Args:
            data: the file.
            name: its name.
            url: where it is said to come from.
            claimed_date: when the user says it was taken.
            grade: ``html`` or ``text``; None to tell from name and bytes.

        Raises:
            UrlError: the URL is none that can be archived.
            InputError: the file is empty, or neither text nor a page.
            UsageError: the file is too large, or the date is none.
        """
        chosen = grade or ("html" if looks_like_html(data, name) else "text")
        check_import(data, name, chosen, claimed_date)
        normal = urls.normalize(url)
        kind, found, fresh = read_import(data, chosen, normal, self.extractors)
        attempt = OutcomeSummary(None, judge_import(data, kind, found), kind, None)

        def make() -> Made:
            date = self.effects.now()
            draft = draft_import(
                data,
                write_text(found, self.effects.rng(32), fresh),
                attempt,
                url=normal,
                date=date,
                grade=chosen,
                name=name,
                claimed_date=claimed_date,
            )
            return Made(draft, fresh)

        return self._commit_one(normal, make)

    def _fetch(self, url: str, settings: Settings) -> Fetch:
        from archive.capture import fetch

        effects = self.effects
        return fetch(url, settings, now=effects.now, sleep=effects.sleep, find_lead=find_lead)

    def _look(self, fetched: Fetch, run: Run | None) -> tuple[Callable[[], Made], bool]:
        """What makes the draft of a fetched page, in any thread, and whether it does so at once."""
        page, seed = read_page(fetched), self.effects.rng(32)
        text = self._know(fetched, page, seed)
        return partial(self._draft, fetched, page, text, seed, run), text is not None

    def _know(self, fetched: Fetch, page: Page, seed: bytes) -> Text | None:
        """What is known of a page's text; None when it is to be extracted.

        Whatever the page breaks costs its text, never its bytes.
        """
        if fetched.failed or not self.extracting:
            return Text()
        if page.problem is not None:
            return write_text(no_text("none", page.problem, extractor()), seed)
        try:
            return find_earlier(self.writer, fetched, page)
        except StorageError:
            raise
        except Exception as error:
            return write_text(no_text("crash", type(error).__name__, extractor()), seed)

    def _draft(
        self, fetched: Fetch, page: Page, text: Text | None, seed: bytes, run: Run | None
    ) -> Made:
        """The rest of the way to a draft; it needs nothing of the collection."""
        if text is None:
            fresh = Fresh.read(page, self.extractors)
            text = write_text(fresh.found, seed, fresh)
        return Made(draft_fetch(fetched, page, text, run), text.fresh)

    def _commit_one(self, normal: str, make: Callable[[], Made]) -> Added:
        """Make a capture and store it; again, in another second, where that second is taken."""
        for _ in range(_TRIES):
            self._await_second(normal)
            made = make()
            [row] = self.writer.commit([made.draft])
            if row is not None:
                return Added(row, made.fresh)
            self._await_next_second()
        raise StorageError(
            "another writer takes every second of this URL",
            where=normal,
            hint="replay tools tell captures apart by the second; try again later",
        )

    def _await_second(self, normal: str) -> None:
        """Wait for a second in which a URL has no capture."""
        index = self.writer.index
        while holds_second(index, [normal], write_date(self.effects.now())[:19]):
            self._await_next_second()

    def _await_next_second(self) -> None:
        self.effects.sleep(1.0 - self.effects.now().microsecond / 1e6)
