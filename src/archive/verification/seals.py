"""Of check 1: files that were closed, held against what was said of them then."""

from __future__ import annotations

from attrs import frozen

from archive.proof.bodies import Seal
from archive.verification.place import Place
from archive.verification.tally import Tally

__all__ = ["Seals"]


@frozen
class _Stored:
    """What was read of a file: its SHA-256 (None: not all of it), length, records.

    `ours` says that it is stored as it was written, not in other gzip members.
    """

    digest: str | None
    length: int
    records: int
    ours: bool


class Seals:
    """Takes files and seals in any order, and compares them when all have come.

    Args:
        tally: takes findings.
    """

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._files: dict[str, _Stored] = {}
        self._seals: list[tuple[Seal, Place]] = []

    def take_file(
        self, name: str, digest: str | None, length: int, records: int, *, ours: bool
    ) -> None:
        """Take what was read of a file.

        Args:
            name: its name, without a folder.
            digest: SHA-256 of it as stored, None when it was not read whole.
            length: in bytes.
            records: how many it has.
            ours: whether it is stored as it was written, not in other gzip members.
        """
        self._files[name] = _Stored(digest, length, records, ours)

    def take(self, seal: Seal, place: Place) -> None:
        """Take what the next file says of one that was closed, and where it says so."""
        self._seals.append((seal, place))

    def compare(self) -> None:
        """Hold each closed file against its seal."""
        for seal, place in self._seals:
            found = self._files.get(seal.file)
            if found is None:
                self._tally.fail("framing", f"{seal.file}, which was sealed, is gone", place)
            elif not found.ours:
                self._tally.note("framing", "files stored anew since they were sealed")
            elif found != _Stored(seal.sha256, seal.length, seal.records, ours=True):
                message = "the file is not what it was when it was sealed"
                self._tally.fail("framing", message, Place(f"warc/{seal.file}"))
