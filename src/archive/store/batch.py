"""One commit, under the lock: drafts numbered, signed, appended, made durable, logged, indexed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from attrs import frozen

from archive.digest import sha256
from archive.disk.layout import Layout
from archive.errors import VERIFY
from archive.index.entries import EntryRow, describe_entry_parts
from archive.index.neighbours import holds_second
from archive.index.queries import Index, IndexedFile
from archive.index.rows import NO_ARTICLE, Row, describe_written
from archive.literals import Outcome
from archive.proof.keys import PrivateKey
from archive.proof.statement import CaptureStatement, Warcinfo
from archive.store.append import OpenFile
from archive.store.assembly import Assembled, Position, assemble, assemble_entry, refer_back
from archive.store.closing import measure_file
from archive.store.confirmation import Confirmation, UnconfirmedError
from archive.store.draft import Draft, EntryDraft
from archive.store.log import Log
from archive.warc.record import make_urn, write_date
from archive.warc.writer import serialize_head

__all__ = ["Batch", "Signing"]

_D = TypeVar("_D")
_R = TypeVar("_R", Row | None, Row | EntryRow | None)
_T = TypeVar("_T")


@frozen
class Signing:
    """What every statement of a writer has in common.

    Attributes:
        key: the key that signs.
        origin: the collection's origin name.
        software: versions to be signed with every capture.
        now: the present moment, UTC.
        rng: randomness for record ids.
    """

    key: PrivateKey
    origin: str
    software: Mapping[str, str]
    now: Callable[[], datetime]
    rng: Callable[[int], bytes]


class Batch:
    """One commit, under the lock."""

    def __init__(
        self,
        layout: Layout,
        signing: Signing,
        index: Index,
        file_size: int,
        confirmation: Confirmation,
        log: Log | None,
    ) -> None:
        self._layout = layout
        self._signing = signing
        self._index = index
        self._file_size = file_size
        self._confirmation = confirmation
        self._log = log
        self._leaves: list[bytes] = []
        self._last = self._insist(index.last())
        self._entries: list[EntryRow] = []
        self._files: list[OpenFile] = []
        self._stored: list[tuple[Row, CaptureStatement]] = []
        self._by_url: dict[str, list[Row]] = {}
        self._seconds: set[tuple[str, str]] = set()  # in which a URL has a capture

    def store(self, drafts: Sequence[_D], take: Callable[[Batch, _D], _T]) -> list[_T]:
        """All drafts, or none: what was written before an error is taken back.

        Args:
            drafts: captures or entries.
            take: `take` or `take_entry`.
        """
        results = self._write(drafts, take)
        if self._log is not None and self._leaves:
            self._log.commit(self._leaves)
        self._index_all()
        return results

    def _write(self, drafts: Sequence[_D], take: Callable[[Batch, _D], _T]) -> list[_T]:
        """Append all drafts, the log's first keyring before them, and make them durable."""
        signing, results = self._signing, []
        keyring = (
            self._log.draft_keyring(self._index, signing.key, signing.now) if self._log else None
        )
        try:
            if keyring is not None:
                self.take_entry(keyring)
            for draft in drafts:
                results.append(take(self, draft))
            if self._files:
                self._files[-1].sync()
        except BaseException:
            self._undo()
            raise
        finally:
            for file in self._files:
                file.close()
        return results

    def _index_all(self) -> None:
        """Take what is durable into the index, and as confirmed."""
        stored: list[Row | EntryRow] = [row for row, _ in self._stored]
        stored += self._entries
        for file in self._files:
            rows = [row for row in stored if row.file == file.path.name]
            self._index.add(IndexedFile(file.path.name, file.size, file.warcinfo), rows)
        for row, statement in self._stored:
            self._confirmation.keep(row, statement)
        for entry in self._entries:
            self._confirmation.keep_entry(entry)

    def _undo(self) -> None:
        """Take back, last file first: a later file must never stand without the one before."""
        for file in reversed(self._files):
            if not file.undo():
                break

    def take(self, draft: Draft) -> Row | None:
        """Write one draft to its file, unless its second is taken."""
        before = self._latest(draft.url, self._index.last_of)
        if self._is_taken(draft):
            return None
        file = self._file()
        place = self._place(draft, before, file.warcinfo)
        assembled = self._assemble(self._as_revisit(draft), place)
        offsets = file.append(assembled.records)
        said = assembled.statement
        row = describe_written(
            said,
            draft.attempt,
            NO_ARTICLE if said.layers.text is None else draft.article,
            records=assembled.records,
            offsets=offsets,
            end=file.size,
            file=file.path.name,
        )
        self._keep(row, said)
        return row

    def take_entry(self, draft: EntryDraft) -> EntryRow:
        """Write one entry to its file."""
        return self._write_entry(draft, self._file())

    def _write_entry(self, draft: EntryDraft, file: OpenFile) -> EntryRow:
        signing, last = self._signing, self._last
        assembled = assemble_entry(
            draft,
            0 if last is None else last.sequence + 1,
            None if last is None else last.envelope,
            file.warcinfo,
            key=signing.key,
            software=signing.software,
            rng=signing.rng,
        )
        offsets = file.append(assembled.records)
        row = describe_entry_parts(
            assembled.statement,
            draft.article,
            envelope=assembled.envelope,
            file=file.path.name,
            offset=offsets[0],
            end=file.size,
            envelope_offset=offsets[-1],
        )
        self._last = row
        self._leaves.append(bytes.fromhex(row.leaf))
        self._entries.append(row)
        return row

    def _keep(self, row: Row, statement: CaptureStatement) -> None:
        self._last = row
        self._leaves.append(bytes.fromhex(row.leaf))
        self._stored.append((row, statement))
        self._by_url.setdefault(row.url, []).append(row)
        self._seconds |= {(url, row.date[:19]) for url in (row.url, row.final_url)}

    def _assemble(self, draft: Draft, place: Position) -> Assembled[CaptureStatement]:
        signing = self._signing
        return assemble(draft, place, key=signing.key, software=signing.software, rng=signing.rng)

    def _place(self, draft: Draft, before: Row | None, warcinfo: Warcinfo) -> Position:
        return Position(
            sequence=0 if self._last is None else self._last.sequence + 1,
            prior=None if self._last is None else self._last.envelope,
            previous=None if before is None else before.envelope,
            warcinfo=warcinfo,
            outcome=self._judge(draft, before),
        )

    def _judge(self, draft: Draft, before: Row | None) -> Outcome:
        """Unchanged: same status and content as this URL's last capture that did not fail."""
        if draft.failed:
            return "failed"
        good = before
        if before is not None and before.failed:
            good = self._latest(draft.url, self._index.last_good_of, good=True)
        content = draft.layers.content
        same = good is not None and (good.status, good.content) == (draft.status, content)
        return "unchanged" if same and content is not None else "captured"

    def _as_revisit(self, draft: Draft) -> Draft:
        entity, status = draft.layers.entity, draft.status
        if draft.failed or draft.head_length is None or entity is None or status is None:
            return draft
        original = self._index.original_response(
            draft.final_url, entity, status, draft.attempt.content_encoding
        )
        if original is None or self._confirmation.confirm(original) is None:
            return draft
        return refer_back(draft, original)

    def _insist(self, row: _R) -> _R:
        """A row that must be right, for the chain goes on from it."""
        if row is not None and not self._confirmation.bears_out(row):
            message = "a capture does not stand in the files as the collection's key signed it"
            raise _refuse(message, self._layout.warc / row.file, row.offset)
        return row

    def _latest(
        self, url: str, look_up: Callable[[str], Row | None], *, good: bool = False
    ) -> Row | None:
        """The latest capture of a URL in this batch, else in the index."""
        for row in reversed(self._by_url.get(url, ())):
            if not (good and row.failed):
                return row
        return self._insist(look_up(url))

    def _is_taken(self, draft: Draft) -> bool:
        """Whether the URL, as requested or arrived at, has a capture in the same second."""
        urls, second = {draft.url, draft.final_url}, write_date(draft.date)[:19]
        here = any((url, second) in self._seconds for url in urls)
        return here or holds_second(self._index, [*urls], second)

    def _file(self) -> OpenFile:
        """The file to append to: the open one, or the next when it is full or there is none."""
        if not self._files:
            self._files += self._reopen()
        if not self._files or self._files[-1].size >= self._file_size:
            if self._files:
                # A power cut must not leave the next file without the end of this one.
                self._files[-1].sync()
            self._create()
            self._seal_closed()
        return self._files[-1]

    def _seal_closed(self) -> None:
        """The first entry of a new file seals the one before it, which stays as it is now."""
        files = self._layout.files()
        if self._log is None or len(files) < 2:
            return
        seal = EntryDraft.of(measure_file(files[-2]), self._signing.now())
        self._write_entry(seal, self._files[-1])

    def _reopen(self) -> list[OpenFile]:
        """The last file of the collection, if it is not full."""
        files = self._layout.files()
        known = self._index.files().get(files[-1].name) if files else None
        if known is None or known.warcinfo is None or known.size >= self._file_size:
            return []
        if self._confirmation.read_warcinfo(known.name) != known.warcinfo:
            raise _refuse("a file does not begin as the index says", files[-1], 0)
        return [OpenFile(files[-1], known.size, known.warcinfo)]

    def _create(self) -> None:
        """Begin a new file with its warcinfo record."""
        signing = self._signing
        path = self._layout.next_file(signing.now())
        id_ = make_urn(signing.rng)
        block = _write_warcinfo(signing)
        fields = (
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", f"<{id_}>"),
            ("WARC-Date", write_date(signing.now())),
            ("WARC-Filename", path.name),
            ("WARC-Block-Digest", f"sha256:{sha256(block)}"),
            ("Content-Type", "application/warc-fields"),
            ("Content-Length", str(len(block))),
        )
        head = serialize_head(fields)
        file = OpenFile(path, 0, Warcinfo(id_, sha256(head), sha256(block)))
        self._files.append(file)
        file.append([(head, block)])


def _refuse(message: str, path: Path, offset: int) -> UnconfirmedError:
    return UnconfirmedError(message, where=f"{path}, byte {offset}", hint=VERIFY)


def _write_warcinfo(signing: Signing) -> bytes:
    """The fields of a warcinfo record (WARC/1.1 section 6.2)."""
    versions = " ".join(f"{name}/{version}" for name, version in signing.software.items())
    lines = [
        f"software: {versions}",
        "format: WARC File Format 1.1",
        "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        f"isPartOf: {signing.origin}",
        f"keyid: {signing.key.public.fingerprint}",
        "description: article-archive collection, format 1: every capture ends with a signed"
        " statement (DSSE, in-toto)",
    ]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")
