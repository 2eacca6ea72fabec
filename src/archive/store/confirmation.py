"""Rows of the index confirmed from the WARC files, before anything they say is signed.

The index is a cache that anybody with access to the folder can write: its checksums have no key. So
a writer takes nothing from a row on trust that goes into a statement: what was the same before,
which envelope comes before, which response a revisit stands for. The group is read where the row
says it stands; it must be signed by this collection's own key, and give the very same row.
"""

from __future__ import annotations

from attrs import evolve

from archive.digest import sha256
from archive.errors import DocumentError, InputError
from archive.proof.dsse import Envelope
from archive.proof.keys import PublicKey
from archive.proof.statement import CaptureStatement, Warcinfo
from archive.store.groups import Group, Tail, read_groups
from archive.store.layout import Layout
from archive.store.regular import open_regular
from archive.store.rows import Row, describe

__all__ = ["Confirmation"]

_KEPT = 4096


class Confirmation:
    """What of the index a writer has seen for itself.

    Args:
        layout: where the collection lies.
        key: the public half of the key that signs.
    """

    def __init__(self, layout: Layout, key: PublicKey) -> None:
        self._layout = layout
        self._key = key
        self._known: dict[str, tuple[Row, CaptureStatement]] = {}  # by the envelope's SHA-256

    def keep(self, row: Row, statement: CaptureStatement) -> None:
        """Take a row as confirmed, such as one that this writer has just stored."""
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[row.envelope] = (row, statement)

    def confirm(self, row: Row) -> CaptureStatement | None:
        """The statement that a row was made from; None when the files do not bear the row out."""
        known = self._known.get(row.envelope)
        if known is not None and known[0] == row:
            return known[1]
        group = self._read_at(row.file, row.offset)
        if not isinstance(group, Group):
            return None
        try:
            if not self._is_own(group) or not _gives(group, row):
                return None
        except DocumentError:
            return None
        self.keep(row, group.statement)
        return group.statement

    def read_warcinfo(self, name: str) -> Warcinfo | None:
        """What a file begins with, None when that cannot be read."""
        found = self._read_at(name, 0)
        return found if isinstance(found, Warcinfo) else None

    def forget(self) -> None:
        """Take nothing as confirmed any more."""
        self._known.clear()

    def _read_at(self, name: str, offset: int) -> Warcinfo | Group | Tail | None:
        try:
            with open_regular(self._layout.file(name)) as file:
                file.seek(offset)
                return next(read_groups(file, base=offset, where=name), None)
        except (InputError, OSError):
            return None

    def _is_own(self, group: Group) -> bool:
        return Envelope.from_bytes(group.envelope).signed_by(self._key)


def _gives(group: Group, row: Row) -> bool:
    """Whether a group is as its statement says and a row is the group's.

    Blocks that are large, such as responses, are not read; their headers, digests included, are.
    """
    for record, item in zip(group.records, group.statement.records, strict=False):
        block = group.blocks.get(item.id)
        if sha256(record.head) != item.header or (
            block is not None and sha256(block) != item.block
        ):
            return False
        if item.id == row.response and record.payload_digest != f"sha256:{row.entity}":
            return False
    found = describe(group, row.file, lambda _: None)
    if found.same_as is not None:  # title and words are the other capture's
        return found == evolve(row, title=None, words=None)
    return found == row
