"""A collection: add to it, read it, check it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Collection as Names
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archive import url as urls
from archive.adding.effects import Effects
from archive.adding.listing import Listed, UrlList, plan_run
from archive.collection.capture import Capture, Shelf, Version, list_versions
from archive.collection.references import resolve, resolve_at
from archive.collection.status import Status, look
from archive.disk.files import read_file
from archive.disk.layout import Layout, Settings, change_setting, read_settings
from archive.disk.lock import hold_lock
from archive.errors import NotFoundError, UsageError
from archive.index.completion import rebuild_index
from archive.index.reading import Reading
from archive.index.rows import Row
from archive.store.mending import mend_tiles
from archive.user.keystore import Keystore
from archive.workers import Extractors

if TYPE_CHECKING:
    # What capturing, comparing and checking need is loaded by the methods that do it.
    from archive import capture
    from archive.adding.adder import Adder
    from archive.collection.comparing import Pair
    from archive.collection.finding import Related
    from archive.comparison import Comparison
    from archive.log.book import CollectionLog
    from archive.log.rekeying import KeyChange
    from archive.proof.keyring import Keyring
    from archive.store.writer import Writer
    from archive.verification import Report

__all__ = ["Collection"]


class Collection:
    """One archive on disk, made or opened by `archive.open`. Use it with ``with``, or `close` it.

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
        settings: Settings,
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
        self._layout = layout
        self._settings = settings
        self._keystore = keystore
        self._passphrase = passphrase
        self._effects = effects
        self._file_size = file_size
        self._patience = patience
        self._extracting = extracting
        self._extractors = extractors
        self._owned = owned
        self._reading = Reading(layout)
        reading = self._reading
        self._shelf = Shelf(reading.read, reading.find, reading.texts_of, reading.read_entry)
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

    def __repr__(self) -> str:
        return f"<Collection {str(self.path)!r}>"

    @property
    def path(self) -> Path:
        """Its folder."""
        return self._layout.root

    @property
    def origin(self) -> str:
        """The name of its log."""
        return self._settings.origin

    @property
    def key(self) -> str:
        """Fingerprint of the key that signs."""
        return self._settings.key

    def close(self) -> None:
        """Give files, index and child processes back."""
        self._reading.close()
        if self._owned:
            self._extractors.close()
        if self._writer is not None:
            self._writer.close()
            self._writer = None

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
        from archive.capture import Settings as FetchSettings

        return self._capture(self._adder().add(url, settings or FetchSettings()))

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

    def add_all(
        self,
        entries: Sequence[Listed],
        settings: capture.Settings | None = None,
        *,
        concurrency: int = 4,
        delay: float = 1.0,
    ) -> Iterator[Capture]:
        """Capture many URLs; each is given when it is stored, in order of completion.

        Args:
            entries: the URLs, see `plan`.
            settings: how to fetch.
            concurrency: how many at a time.
            delay: seconds between two fetches from one host.

        Raises:
            UrlError, KeyRefusedError, StorageError, LockedError: as `add`.
        """
        from archive.capture import Settings as FetchSettings

        added = self._adder().add_all(
            entries, settings or FetchSettings(), concurrency=concurrency, delay=delay
        )
        return map(self._capture, added)

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
        from archive.adding.adder import IMPORT_LIMIT

        file = Path(path)
        data = read_file(file, IMPORT_LIMIT + 1)
        row = self._adder().import_data(
            data, name=file.name, url=url, claimed_date=date, grade=grade
        )
        return self._capture(row)

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
        return Capture(capture.row, self._shelf, row)

    def get(self, reference: str) -> Capture:
        """The capture that a reference names; see `archive.collection.references`.

        Args:
            reference: an id or the unique beginning of one, a URL, ``URL@~N``, ``URL@DATE``.

        Raises:
            NotFoundError: there is none.
            UsageError: it fits several, or is no reference.
        """
        return self._capture(self._reading.ask(lambda index: resolve(index, reference)))

    def get_at(self, url: str, at: str) -> Capture:
        """The capture of a URL ``~N`` back, or the last one not after a date or instant.

        Raises:
            NotFoundError, UsageError: as `get`.
        """
        return self._capture(self._reading.ask(lambda index: resolve_at(index, url, at)))

    def captures(self) -> Iterator[Capture]:
        """Every capture, oldest first."""
        return map(self._capture, self._reading.rows())

    def captures_of(self, url: str) -> list[Capture]:
        """Captures of a URL, requested or arrived at, oldest first."""
        normal = urls.normalize(url)
        return list(map(self._capture, self._reading.ask(lambda index: index.of_url(normal))))

    def history(self, url: str) -> list[Version]:
        """The versions of a URL, oldest first.

        Raises:
            NotFoundError: it was never captured.
            UrlError: it is none that can be archived.
        """
        found = self.captures_of(url)
        if not found:
            raise NotFoundError("never captured", where=urls.normalize(url))
        return list_versions(found)

    def compare(self, before: Capture, after: Capture) -> Comparison:
        """What of the article changed between two captures, read by one extractor.

        Raises:
            InputError: what they hold cannot be read.
        """
        return self.pair(before, after).comparison

    def pair(self, before: Capture, after: Capture) -> Pair:
        """As `compare`, with what was compared; other pages of the host tell what is noise."""
        from archive.collection.comparing import HOST_PAGES, pair_captures, site_of

        own = [url for one in (before, after) for url in (one.url, one.final_url)]
        near = [(site_of(one.final_url), one.row.date) for one in (before, after)]
        found = self._reading.ask(lambda index: index.others_of(near, own, HOST_PAGES))
        others = map(self._capture, found)
        return pair_captures(before, after, extract=self._extractors.extract, others=others)

    def related(self, capture: Capture, most: int = 20) -> list[Related]:
        """Captures that share passages with one, see `archive.collection.finding.find_related`."""
        from archive.collection.finding import find_related

        return find_related(self, capture, most)

    def search(self, *phrases: str, most: int = 20) -> list[Capture]:
        """Captures that have all phrases, see `archive.collection.finding.search`."""
        from archive.collection.finding import search

        return search(self, phrases, most)

    def verify(
        self,
        *,
        trust: Sequence[str] = (),
        user_trust: bool = True,
        require: Names[str] = (),
        deep: bool = False,
        checkpoints: Sequence[str | Path] = (),
        authorities: Sequence[str] = (),
        policy: str | Path | None = None,
        keep: bool = True,
    ) -> Report:
        """Check everything; findings are in the report, never raised.

        Args:
            trust: PEM files or fingerprints of keys to trust.
            user_trust: also trust the user's pins and own keys.
            require: names of checks that must pass for the verdict to be ``verified``.
            deep: also recompute entity, content, text and claims digests, and extract again.
            checkpoints: files of signed checkpoints that the log must extend, besides the last
                one that this user's verifications have seen.
            authorities: time-stamping authorities to trust, ``ROOT.pem[,CERT.pem]`` each.
            policy: a file that says whose witness counts (C2SP tlog-policy).
            keep: compare with what this user has seen of the log, and keep what is seen now.

        Raises:
            UsageError, KeyRefusedError: a key or check that there is not.
            InputError: a file that was named is not what it should be.
        """
        from archive.collection.verifying import verify_collection
        from archive.log.anchoring import read_anchoring
        from archive.user.trusting import gather_trust

        keys = gather_trust(self._keystore, trust, user_trust=user_trust)
        anchoring = read_anchoring(
            checkpoints=checkpoints,
            authorities=authorities,
            policy=policy,
            keystore=self._keystore if user_trust else None,
            keep=keep,
        )
        return verify_collection(
            self._layout,
            keys,
            require=require,
            deep=deep,
            extractors=self._extractors,
            anchoring=anchoring,
        )

    def status(self) -> Status:
        """What the collection holds, without changing anything."""
        return look(self._layout, self._settings, self._reading)

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
        self.close()
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
            raise UsageError("the collection has no log", hint="archive log adopt")
        held = write_keyring(
            self._adder().writer,
            self._keystore,
            self._settings,
            change,
            self._passphrase,
            self._effects.now(),
        )
        if change.signer is not None:
            self.close()
            change_setting(self._layout, "key", change.signer)
            self._settings = read_settings(self._layout)
        return held

    def reindex(self) -> int:
        """Make the indexes anew from the WARC files, and the log's tiles where they are damaged.

        Returns:
            How many captures it holds.

        Raises:
            StorageError, LockedError: it could not be written.
        """
        from archive.collection.finding import write_texts

        self.close()
        with hold_lock(self._layout.lock, patience=self._patience):
            index = rebuild_index(self._layout)
            mend_tiles(self._layout, self._settings.origin, index)
            write_texts(self)
        try:
            return index.count()
        finally:
            index.close()

    def _adder(self) -> Adder:
        """The one that adds; the first call loads the key and looks after torn tails."""
        from archive.adding.adder import Adder
        from archive.adding.signing import open_writer

        if self._writer is None:
            self._writer = open_writer(
                self._layout,
                self._settings,
                self._keystore,
                self._passphrase,
                self._effects,
                file_size=self._file_size,
                patience=self._patience,
                moved=self.moved,
            )
        return Adder(self._writer, self._extractors, self._effects, self._extracting)

    def _capture(self, row: Row) -> Capture:
        return Capture(row, self._shelf)
