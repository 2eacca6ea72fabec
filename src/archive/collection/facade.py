"""A collection: add to it, read it, check it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archive.adding.effects import Effects
from archive.adding.listing import Listed, UrlList, is_finished, plan_run
from archive.collection.arguments import expect, expect_path
from archive.collection.capture import Capture
from archive.collection.findings import KnownFindings
from archive.collection.reader import Reader
from archive.disk.files import read_file
from archive.disk.layout import CollectionSettings, Layout, change_setting, read_settings
from archive.errors import ADOPT_LOG, KeySupersededError, UsageError
from archive.user.keystore import Keystore
from archive.workers.pool import Extractors

if TYPE_CHECKING:
    # What capturing and logging need is loaded by the methods that do it.
    from archive import capture
    from archive.adding.adder import Adder
    from archive.adding.batches import Added
    from archive.adding.page import Fresh
    from archive.index.rows import Row
    from archive.log.book import CollectionLog
    from archive.log.rekeying import KeyChange
    from archive.proof.keyring import Keyring
    from archive.store.writer import Writer

__all__ = ["Collection"]

_FIRST = 64
"""So many changed captures of a run are compared again at its end: the first of some hosts."""


class Collection(Reader):
    """One archive on disk, made or opened by `archive.open`. Use it with ``with``, or `close` it.

    Its reading half is `Reader`, its log `log`; what stands here adds to it. After `close` it can
    still be read, and nothing can be added.

    Args:
        layout: where it lies.
        settings: what its settings file says.
        keystore: where the user's keys and pins lie.
        passphrase: asked when the signing key is encrypted.
        effects: clock, waiting, randomness.
        file_size: bytes after which a WARC file is followed by the next.
        patience: seconds to wait for another writer.
        extracting: whether captured pages are extracted.
        extractors: extract them.
        owned: whether the extractors are this collection's alone, and closed with it.
    """

    def __init__(
        self,
        layout: Layout,
        settings: CollectionSettings,
        keystore: Keystore,
        *,
        passphrase: Callable[[], bytes | None],
        effects: Effects,
        file_size: int,
        patience: float,
        extracting: bool,
        extractors: Extractors,
        owned: bool,
    ) -> None:
        super().__init__(layout, settings, keystore, extractors)
        self._passphrase = passphrase
        self._effects = effects
        self._file_size = file_size
        self._patience = patience
        self._extracting = extracting
        self._owned = owned
        self._closed = False
        self._writer: Writer | None = None
        self.moved: list[Path] = []
        """Torn tails that were moved to quarantine since this collection was opened."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give files, index and child processes back; nothing can be added any more."""
        self._closed = True
        self._release()
        if self._owned:
            self._extractors.close()

    def add(self, url: str, settings: capture.Settings | None = None) -> Capture:
        """Capture a URL. Whatever the network or the page does is in the capture's outcome.

        Args:
            url: what to capture.
            settings: how to fetch; the defaults when left out.

        Raises:
            UrlError: it is none that can be archived.
            KeyRefusedError: the signing key is not to be had.
            StorageError, LockedError: the capture could not be stored.
        """
        asked = expect(url, str, "a URL; for several there is add_all")
        added = self._adder().add(asked, _choose(settings))
        return self._learn(added.row, added.fresh)

    def plan(self, listed: UrlList, *, resume: bool = False) -> tuple[list[Listed], int]:
        """Which URLs of a list to capture, and how many an unfinished run has done already.

        Args:
            listed: the list, as `archive.adding.listing.read_list` reads it.
            resume: go on with the last unfinished run over the same list.
        """
        earlier = self._reading.ask(lambda index: index.of_list(listed.digest))
        if resume and earlier:  # what is skipped, and the run that is signed, must be so
            earlier = list(filter(self._adder().writer.confirm, earlier))
        return plan_run(listed, earlier, resume=resume, rng=self._effects.rng)

    def has_finished(self, listed: UrlList) -> bool:
        """Whether the last run over the same list has a capture of every URL, failed ones too."""
        return is_finished(listed, self._reading.ask(lambda index: index.of_list(listed.digest)))

    def add_all(
        self,
        entries: Sequence[Listed],
        settings: capture.Settings | None = None,
        *,
        concurrency: int = 4,
        delay: float = 1.0,
        max_wait: float = 120.0,
        leave: Callable[[capture.Left], None] = lambda _: None,
    ) -> Iterator[Capture]:
        """Capture many URLs; each is given when it is stored, in order of completion.

        Args:
            entries: the URLs, see `plan`.
            settings: how to fetch.
            concurrency: how many at a time.
            delay: seconds between two fetches from one host.
            max_wait: seconds that a host may ask for by Retry-After (status 429 or 503) before its
                next URL; what it refused is asked once more at the end.
            leave: told, at the end, of every host that asked for more, or refused five times in a
                row, and so was not asked for the rest.

        Raises:
            UsageError: an entry is none, but a URL.
            UrlError, KeyRefusedError, StorageError, LockedError: as `add`.
        """
        for entry in entries:
            expect(entry, Listed, "an entry of a list, such as plan(…) gives,")
        added = self._adder().add_all(
            entries,
            _choose(settings),
            concurrency=concurrency,
            delay=delay,
            max_wait=max_wait,
            leave=leave,
        )
        return self._learn_all(added)

    def import_file(
        self, path: str | Path, url: str, *, date: str | None = None, grade: str | None = None
    ) -> Capture:
        """Import scraped text or saved HTML: the file's exact bytes, without HTTP evidence.

        Args:
            path: the file.
            url: where it is said to come from.
            date: when it is said to have been taken; signed as claimed, shown as claimed.
            grade: ``text`` or ``html``; told from name and bytes when left out.

        Raises:
            InputError: the file cannot be read, is empty, or is no regular file.
            UsageError: it is too large, or the date is none.
            UrlError, KeyRefusedError, StorageError, LockedError: as `add`.
        """
        from archive.http.coding import CONTENT_LIMIT

        file = expect_path(path)
        data = read_file(file, CONTENT_LIMIT + 1)
        added = self._adder().import_data(
            data, name=file.name, url=url, claimed_date=date, grade=grade
        )
        return self._learn(added.row, added.fresh)

    def extract(self, capture: Capture) -> Capture:
        """Extract a capture's page again, and keep the text beside the one it has.

        Nothing is stored where the newest text is what this program extracts.

        Returns:
            The capture with its newest text.

        Raises:
            UsageError: there is nothing to extract: it failed, or is an imported text.
            InputError: its page cannot be had.
            KeyRefusedError, StorageError, LockedError: as `add`.
        """
        from archive.collection.reextraction import draft_text, is_up_to_date, request_page

        page = request_page(capture)
        if is_up_to_date(capture):
            return capture.newest
        found = self._extractors.extract(page)
        draft = draft_text(capture, page, found, now=self._effects.now(), rng=self._effects.rng)
        [row] = self._adder().writer.append([draft])
        return Capture(capture.row, self._reading, row)

    @property
    def log(self) -> CollectionLog:
        """Its log: proofs, time stamps, witnesses."""
        from archive.log.book import CollectionLog

        return CollectionLog(
            self._layout,
            self._settings,
            self._reading,
            lambda: self._adder().writer,
            self._effects.now,
            self._patience,
        )

    def adopt_log(self) -> None:
        """Begin a log in a collection that was made without: all it holds is logged.

        Raises:
            UsageError: it has one.
            KeyRefusedError, StorageError, LockedError: as `add`.
        """
        if self._settings.log:
            raise UsageError("the collection has a log", where=str(self.path))
        self._release()
        change_setting(self._layout, "log", True)
        self._settings = read_settings(self._layout)
        self._adder().writer.append([])

    def change_keys(self, change: KeyChange) -> Keyring:
        """Write the next keyring: see `archive.log.rekeying`.

        Raises:
            UsageError: the collection has no log, or the change makes no keyring.
            KeyRefusedError: this user does not hold as many keys as must agree.
            StorageError, LockedError: it could not be written.
        """
        from archive.log.rekeying import write_keyring

        if not self._settings.log:
            raise UsageError("the collection has no log", hint=ADOPT_LOG)
        held, signer = write_keyring(
            self._adder().writer,
            self._keystore,
            self._settings,
            change,
            self._passphrase,
            self._effects.now(),
            self._effects.rng,
        )
        if signer is not None:
            self._release()
            self._sign_with(signer)
        return held

    def finish_rotation(self) -> Keyring | None:
        """End a change of the signing key that was killed after its keyring was written.

        Whatever adds does it too. Gives the keyring in force; None where there was nothing to end.

        Raises:
            KeyRefusedError, StorageError, LockedError: as `add`.
        """
        before = self._settings.key
        history = self._adder().writer.history
        return history.latest if history and self._settings.key != before else None

    def _sign_with(self, fingerprint: str) -> None:
        change_setting(self._layout, "key", fingerprint)
        self._settings = read_settings(self._layout)

    def reindex(self, report: Callable[[str], None] | None = None) -> int:
        """Make the indexes anew from the WARC files, and the log's tiles where they are damaged.

        Args:
            report: told in words what could not be read, such as claims that are none.

        Returns:
            How many captures it holds.

        Raises:
            StorageError, LockedError: it could not be written.
        """
        from archive.collection.reindexing import reindex

        self._release()
        return reindex(
            self._layout,
            self._settings.origin,
            self._reading,
            self._judge,
            self.captures_of,
            patience=self._patience,
            report=report or (lambda _: None),
        )

    def _learn(self, row: Row, fresh: Fresh | None = None) -> Capture:
        """A capture that was just stored, once what changed in it is kept in the index."""
        capture = self._capture(row)
        share = doubt = None
        try:
            self._judge.meet(row, fresh)
            doubt, share = capture.doubt, capture.text_share
            step = capture.change or capture.change_reason
            self._judge.write()
        except Exception as error:  # what is stored is stored, whatever comparing it breaks
            step = f"it could not be compared: {type(error).__name__}"
        return Capture(row, self._reading, found=KnownFindings(step, share, doubt or row.suspicion))

    def _learn_all(self, all_added: Iterator[Added]) -> Iterator[Capture]:
        """The same of many; once all are stored, the first are looked at again.

        What stands on every page of a host, those that came after them in the run tell.
        """
        changed: list[Row] = []
        for added in all_added:
            capture = self._learn(added.row, added.fresh)
            is_early = len(changed) < _FIRST
            if is_early and capture.change is not None and not capture.change.same:
                changed.append(added.row)
            yield capture
        for row in changed:
            self._learn(row)

    def _release(self) -> None:
        """Close indexes and writer; the next use opens them anew."""
        self._reading.close()
        if self._judged is not None:
            self._judged.close()
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _adder(self) -> Adder:
        """The one that adds; the first call loads the key and looks after torn tails."""
        from archive.adding import adder, signing  # load what writes

        if self._closed:
            raise UsageError("the collection is closed", where=str(self.path))
        if self._writer is None:
            open_writer = partial(
                signing.open_writer,
                self._layout,
                keystore=self._keystore,
                passphrase=self._passphrase,
                effects=self._effects,
                file_size=self._file_size,
                patience=self._patience,
                moved=self.moved,
            )
            try:
                self._writer = open_writer(self._settings)
            except KeySupersededError as error:
                self._sign_with(self._keystore.choose(error))
                self._writer = open_writer(self._settings)
        return adder.Adder(self._writer, self._extractors, self._effects, self._extracting)


def _choose(settings: capture.Settings | None) -> capture.Settings:
    """How to fetch: as asked, else the defaults."""
    from archive.capture import Settings

    return Settings() if settings is None else expect(settings, Settings, "Settings")
