"""A collection as its own signed records tell it: what is shown beside a verdict.

An index is a cache that anybody with access to the folder can write. So a page with a verdict takes
nothing from it: that no capture is missing, and none invented, is held against the roll of the very
verification whose verdict is shown; what a capture holds is read from its group; what lies between
two is compared anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.collection.capture import Capture
from archive.collection.judging import Judge
from archive.collection.reader import Reader
from archive.errors import InputError, StorageError
from archive.index.entries import EntryRow, describe_entry
from archive.index.reading import Reading
from archive.index.rows import Row
from archive.verification.roll import Roll

if TYPE_CHECKING:
    from archive.verification import Report

__all__ = ["Signed", "read_signed"]

_TRIES = 3  # while somebody adds to it


class _SignedReading(Reading):
    """As `Reading`; what it says of texts extracted later comes from their groups."""

    def texts_of(self, envelope: str) -> list[EntryRow]:
        """The texts extracted later of a capture, by its envelope's SHA-256, oldest first."""
        rows = super().texts_of(envelope)
        return [describe_entry(self.read_entry(row), row.file) for row in rows]

    def fits(self, roll: str) -> bool:
        """Whether its rows are those of a verification's roll, none more and none less."""
        called = Roll()
        for row in self.rows(stored=True):
            called.take_capture(row, row.envelope)
        for text in self.ask(lambda index: index.entries("text")):
            called.take_text(text.sequence, text.envelope, text.about)
        return called.close() == roll


class Signed(Reader):
    """What one reads of a collection beside a verdict; see the module.

    Args:
        press: the collection.
        report: the verdict; what it verified is what is shown.
        anew: whether no row is taken from the index on disk: for a look at all captures, which
            goes by more than their URLs and dates.

    Raises:
        StorageError: the files hold other captures than were verified.
    """

    def __init__(self, press: Reader, report: Report, *, anew: bool) -> None:
        super().__init__(press._layout, press._settings, press._keystore, press._extractors)
        self._reading: _SignedReading = _SignedReading(self._layout)
        self._judged = Judge(self._layout, self._reading, self._extractors.read, cached=False)
        if anew:
            self._reading.distrust()
        if not self._reading.fits(report.roll):
            self._reading.distrust()
            if report.verdict != "failed" and not self._reading.fits(report.roll):
                raise StorageError("the collection changes while it is read", hint="try again")

    def retell(self, capture: Capture) -> Capture:
        """A capture of the collection, told by its signed records.

        Raises:
            InputError: they are not there.
            NotFoundError: there is none with its id.
        """
        found = self.get(capture.id)
        if found.row.envelope != capture.row.envelope:
            raise InputError("the capture is another one than was verified", where=capture.id)
        if capture.later is None:
            return found
        texts = (one for one in found.texts if one.telling == capture.telling)
        return next(texts, found)

    def _capture(self, row: Row) -> Capture:
        return super()._capture(row).reread()


def read_signed(press: Reader, *, anew: bool = False) -> tuple[Report, Signed]:
    """Verify a collection, and read what was verified.

    Args:
        press: the collection.
        anew: as of `Signed`.

    Raises:
        StorageError: it cannot be read, or does not stand still.
    """
    for tries in range(_TRIES):
        report = press.verify()
        try:
            return report, Signed(press, report, anew=anew)
        except StorageError:
            if tries + 1 == _TRIES:
                raise
    raise AssertionError("unreachable")
