"""The reading half of a collection: no key, no lock, no index needed, and nothing is written."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from archive import url as urls
from archive.collection.arguments import expect
from archive.collection.capture import Capture
from archive.collection.history import Turn, Version, list_versions, trace
from archive.collection.references import place, resolve, resolve_at
from archive.collection.status import Status, look
from archive.disk.layout import CollectionSettings, Layout
from archive.errors import NotFoundError, UrlError, UsageError
from archive.index.reading import Reading
from archive.index.rows import Row
from archive.user.keystore import Keystore
from archive.workers.pool import Extractors

if TYPE_CHECKING:
    # What comparing and checking need is loaded by the methods that do it.
    from archive.collection.changing import Step
    from archive.collection.comparing import Pair
    from archive.collection.finding import Related
    from archive.collection.judging import Judge
    from archive.comparison import Comparison
    from archive.verification import Report

__all__ = ["Reader"]


class Reader:
    """What one reads of a collection, see `archive.collection.Collection`.

    Iterating gives every capture in the order in which they were stored; ``len`` counts them;
    ``in`` takes a URL, a capture, an id or the beginning of one.

    Args:
        layout: where it lies.
        settings: what its settings file says.
        keystore: where the user's keys and pins lie.
        extractors: extract what was never read by this program's extractor.
    """

    def __init__(
        self,
        layout: Layout,
        settings: CollectionSettings,
        keystore: Keystore,
        extractors: Extractors,
    ) -> None:
        self._layout = layout
        self._settings = settings
        self._keystore = keystore
        self._extractors = extractors
        self._reading = Reading(layout)
        self._judged: Judge | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {str(self.path)!r}>"

    def __iter__(self) -> Iterator[Capture]:
        return map(self._capture, self._reading.rows(stored=True))

    def __len__(self) -> int:
        return self._reading.ask(lambda index: index.count())

    def __contains__(self, wanted: object) -> bool:
        if isinstance(wanted, Capture):
            wanted = wanted.id
        if not isinstance(wanted, str):
            return False
        try:
            self._reading.ask(lambda index: resolve(index, wanted))
        except (NotFoundError, UrlError):
            return False
        except UsageError:  # it fits several, or is too short to fit any
            return len(wanted) >= 6
        return True

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

    def get(self, reference: str) -> Capture:
        """The capture that a reference names; see `archive.collection.references`.

        Args:
            reference: an id or the unique beginning of one, a URL, ``URL@~N``, ``URL@DATE``.

        Raises:
            NotFoundError: there is none.
            UsageError: it fits several, or is no reference.
        """
        name = expect(reference, str, "a reference to a capture")
        return self._capture(self._reading.ask(lambda index: resolve(index, name)))

    def get_at(self, url: str, at: str | date) -> Capture:
        """The capture of a URL ``~N`` back, or the last one not after a date or instant.

        Args:
            url: requested, or arrived at.
            at: ``~N``, an ISO 8601 date or instant, a `date` or a `datetime`; UTC where it has no
                zone. A date is the end of that day.

        Raises:
            NotFoundError, UsageError: as `get`.
        """
        asked = expect(url, str, "a URL")
        moment = at.isoformat() if isinstance(at, date) else expect(at, str, "~N or a date")
        return self._capture(self._reading.ask(lambda index: resolve_at(index, asked, moment)))

    def captures(self, *, after: str | None = None) -> Iterator[Capture]:
        """Every capture, oldest first, as of now: what is added meanwhile is not among them.

        Args:
            after: id of the capture, or the beginning of it, behind which to begin.

        Raises:
            NotFoundError, UsageError: `after` names none.
        """
        start = None if after is None else self.get(after).row
        return map(self._capture, self._reading.rows(after=start))

    def captures_of(self, url: str) -> list[Capture]:
        """Captures of a URL, requested or arrived at, oldest first; imports at the claimed date."""
        normal = urls.normalize(expect(url, str, "a URL"))
        rows = self._reading.ask(lambda index: index.of_url(normal))
        return [self._capture(row) for row in sorted(rows, key=place)]

    def history(self, url: str) -> list[Version]:
        """The versions of a URL, oldest first.

        Raises:
            NotFoundError: it was never captured.
            UrlError: it is none that can be archived.
        """
        found = self.captures_of(url)
        if not found:
            raise NotFoundError("never captured", where=urls.normalize(url))
        return self.group(found)

    def turns(self, url: str) -> list[Turn]:
        """The versions of a URL, oldest first, and how each came about.

        Raises:
            NotFoundError, UrlError: as `history`.
        """
        return trace(self.history(url), self._judge)

    def group(self, captures: Iterable[Capture]) -> list[Version]:
        """Some captures of one URL, in time order, as versions."""
        return list_versions(captures, self._judge)

    def compare(self, before: Capture, after: Capture) -> Comparison:
        """What of the article changed between two captures, read by one extractor.

        Raises:
            UsageError: one of them is no capture.
            InputError: what they hold cannot be read.
        """
        return self.pair(before, after).comparison

    def pair(self, before: Capture, after: Capture) -> Pair:
        """As `compare`, with what was compared; other pages of the host tell what is noise."""
        both = [expect(one, Capture, "a capture, such as get(…) gives") for one in (before, after)]
        return self._judge.pair(*both)

    def changes(
        self, *, since: str | date | None = None, host: str | None = None
    ) -> Iterator[Step]:
        """What changed in the collection, the newest first, as of now.

        Args:
            since: only captures since a date or instant, ISO 8601, a `date` or a `datetime`; UTC
                where it has no zone.
            host: only those of URLs of a host, such as ``news.example``.

        Raises:
            UsageError: `since` is no date.
            StorageError: the collection cannot be read.
        """
        from archive.collection.changing import list_steps

        moment = since.isoformat() if isinstance(since, date) else since
        found = list_steps(self._reading, self._capture, since=moment, host=host)
        return (step for step in found if not step.same)

    def related(self, capture: Capture, most: int = 20) -> list[Related]:
        """Captures that share passages with one, see `archive.collection.finding.find_related`."""
        from archive.collection.finding import Related, find_related

        asked = expect(capture, Capture, "a capture")
        found = find_related(self._layout, self._reading, asked, most)
        return [Related(self._capture(row), count, share) for row, count, share in found]

    def search(self, *phrases: str, most: int = 20) -> list[Capture]:
        """Captures that have all phrases, see `archive.collection.finding.search`."""
        from archive.collection.finding import search

        asked = [expect(phrase, str, "a phrase") for phrase in phrases]
        return list(map(self._capture, search(self._layout, self._reading, asked, most)))

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
        from archive.collection.verifier import verify_as_user

        for names in (trust, require, checkpoints, authorities):
            if isinstance(names, str):
                raise UsageError("give a list of names, not one", where=names)
        return verify_as_user(
            self._layout,
            self._keystore,
            trust=trust,
            user_trust=user_trust,
            require=require,
            deep=deep,
            checkpoints=checkpoints,
            authorities=authorities,
            policy=policy,
            keep=keep,
            extractors=self._extractors,
        )

    def status(self) -> Status:
        """What the collection holds, without changing anything."""
        return look(self._layout, self._settings, self._reading)

    @property
    def _judge(self) -> Judge:
        """What compares its captures."""
        from archive.collection.judging import Judge

        if self._judged is None:
            self._judged = Judge(self._layout, self._reading, self._extractors.read)
        return self._judged

    def _capture(self, row: Row) -> Capture:
        return Capture(row, self._reading, found=self)

    def step(self, capture: Capture) -> Step | str:
        """What changed in a capture since the one before; see `Capture.change`."""
        from archive.collection.changing import find_step

        return find_step(self._judge, self._reading, capture)

    def share(self, capture: Capture) -> float | None:
        """How whole a capture's text is; see `Capture.text_share`."""
        return self._judge.share(capture)
