"""Of check 1: files that were closed, held against what was said of them then."""

from __future__ import annotations

from attrs import frozen

from archive.proof.bodies import Seal, Withdrawal
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
        self._changes: dict[tuple[str, str], tuple[str, int]] = {}

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

    def take_changes(self, body: Withdrawal, number: int) -> None:
        """Take what an entry of some number says of files that records were withdrawn from."""
        for file in body.files:
            self._changes[file.name, file.before] = file.after, number

    def _follow(self, name: str, digest: str) -> tuple[str, int | None]:
        """What a sealed file is after all that was withdrawn from it, and by which entry last."""
        number: int | None = None
        for _ in self._changes:
            changed = self._changes.get((name, digest))
            if changed is None:
                break
            digest, number = changed
        return digest, number

    def compare(self) -> None:
        """Hold each closed file against its seal."""
        for seal, place in self._seals:
            found = self._files.get(seal.file)
            if found is None:
                self._tally.fail("framing", f"{seal.file}, which was sealed, is gone", place)
                continue
            after, number = self._follow(seal.file, seal.sha256)
            if number is not None and found.digest == after:
                self._tally.note("framing", f"files changed by what entry {number} withdrew")
            elif not found.ours:
                self._tally.note("framing", "files stored anew since they were sealed")
            elif found != _Stored(seal.sha256, seal.length, seal.records, ours=True):
                message = "the file is not what it was when it was sealed"
                self._tally.fail("framing", message, Place(f"warc/{seal.file}"))
