"""Files as they are read: where each record belongs, and how each file ends (checks 1 and 5).

What is kept grows only by the record ids (about 90 bytes each), and by the records since the last
envelope: `MAX_GROUP` at most, with 4 MB of headers; where the first of them is a manifest, as many
as that may list, without their headers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from archive.proof.bounds import MAX_LINES
from archive.verification.blocks import ELSEWHERE
from archive.verification.captures import Captures
from archive.verification.chain import Chain
from archive.verification.checks import list_checks
from archive.verification.groups import Seen
from archive.verification.ids import Ids
from archive.verification.place import Place
from archive.verification.reading import Begin, End, Gap, Stray, is_ours
from archive.verification.records import PassedRecord, ReadRecord
from archive.verification.tally import Tally

if TYPE_CHECKING:
    from archive.verification.collection import CollectionChecks

__all__ = ["MANIFEST", "MAX_GROUP", "Files"]

MAX_GROUP = 512
"""The most records that one capture may have."""
MANIFEST = "urn:manifest:"
"""What the target of a manifest begins with."""
_MAX_HEADS = 4_000_000  # bytes of the headers of one capture
_MAX_STRAYS = 100  # that are named; more are counted

_LITTER = "files that desktops leave behind"
_FOLDER = "folders beside the WARC files that hold others"
_SPECIAL = "not a file that can be read, but a pipe, a device, or a link that leads nowhere"
_EMPTY = "empty gzip members"
_JOINED = "files put one behind another, by the warcinfo records further on"
_LOWER = "headers with a version line that is not in capitals"
_THEIRS = "faults of records that somebody else made"
_STRAY = "a file that is not one of the collection's"
_WRITTEN = "records of a last group that is being written"


@define
class _File:
    """What is known so far of the file that is being read."""

    name: str
    is_last: bool = False
    is_ours: bool = False
    warcinfo: ReadRecord | None = None
    group: list[Seen] = field(factory=list)
    heads: int = 0
    records: int = 0
    envelopes: int = 0
    unnamed: int = 0  # records that fell out of the group, before any envelope
    shares_member: bool = False

    @property
    def is_signed(self) -> bool:
        """Whether it should hold envelopes."""
        return self.is_ours or self.envelopes > 0


class Files:
    """Judges files as their records come.

    Args:
        tally: takes counts and findings.
        captures: judges each group when its envelope has come.
        chain: learns where a file begins, and that something could not be read.
        whole: whether the files are a whole collection.
        writing: whether a writer holds the collection's lock.
        log: is told of every file as stored, or None.
    """

    def __init__(
        self,
        tally: Tally,
        captures: Captures,
        chain: Chain,
        *,
        whole: bool,
        writing: bool,
        log: CollectionChecks | None,
    ) -> None:
        self._tally = tally
        self._captures = captures
        self._chain = chain
        self._whole = whole
        self._writing = writing
        self._log = log
        self._ids = Ids()
        self._file = _File("")
        self._strays: list[str] = []
        self._stray_count = 0
        self.count = 0
        """How many files came."""
        self.unsigned = 0
        """How many of them hold records and no envelope."""
        self.unfinished = False
        """Whether something is being written, or a writer died before it wrote anything."""
        self.unreadable: list[str] = []
        """Names of those that are neither WARC nor gzip."""

    def begin(self, begin: Begin) -> None:
        """A file begins."""
        self._file = _File(begin.name, begin.is_last)
        self.count += 1
        self._chain.begin_file()
        self._tally.count("framing")

    def take(self, seen: ReadRecord) -> None:
        """Put a record that was read where it belongs."""
        file = self._file
        file.records += 1
        self._count(seen)
        self._note_id(seen)
        if not seen.own_member and not file.shares_member:
            file.shares_member = True
            self._tally.fail("framing", "records share a gzip member", seen.place)
        if file.records == 1 and seen.type == "warcinfo":
            self._tell(seen)
            file.warcinfo = seen
            file.is_ours = is_ours(seen)
            if file.is_ours:
                self._tally.count("coverage")
        elif seen.is_envelope:
            self._tell(seen)
            self._take_envelope(seen)
        else:
            if seen.type == "warcinfo":
                self._tally.note("framing", _JOINED)
            self._add(seen)

    def pass_gap(self, gap: Gap) -> None:
        """A part of the file cannot be read, and what follows can."""
        message = f"{gap.problem}; read again from byte {gap.end} on"
        self._tally.fail("framing", message, Place(self._file.name, gap.offset))
        for check in list_checks("records"):
            self._tally.withhold(check, f"a part of {self._file.name} was not read")
        self._chain.lose()

    def end(self, end: End) -> None:
        """The file has no more records, or cannot be read further."""
        file = self._file
        for one in file.group:
            self._tell(one)
        if end.unreadable:
            self.unreadable.append(file.name)
        if end.problem is not None:
            self._break(end.problem, end)
        elif not end.compressed:
            self._tally.note("framing", "stored plain, not in gzip")
        elif end.foreign:
            self._tally.note("framing", "gzip members as another program writes them", end.foreign)
        if end.empty:
            self._take_empty(end.empty)
        if self._log is not None:
            name = file.name.rpartition("/")[2]
            ours = end.compressed and not end.foreign
            self._log.seals.take_file(name, end.digest, end.length, file.records, ours=ours)
        self._end()

    def _take_empty(self, count: int) -> None:
        """Members that hold nothing: others leave them behind, our writer never does."""
        if self._file.is_signed:
            self._tally.fail("framing", f"{_EMPTY} ({count})", Place(self._file.name))
        else:
            self._tally.note("framing", _EMPTY, count)

    def take_stray(self, stray: Stray) -> None:
        """Something lies beside the files of the collection."""
        if stray.kind == "litter":
            self._tally.note("coverage", _LITTER)
            return
        if stray.kind == "folder":
            self._tally.skip("coverage", _FOLDER)
            return
        if stray.kind == "special":
            self._tally.fail("framing", _SPECIAL, Place(stray.name))
            return
        self._stray_count += 1
        if self._stray_count <= _MAX_STRAYS:
            self._strays.append(stray.name)

    def close(self) -> None:
        """Nothing more comes: what is no file of the collection's fails its coverage."""
        count = self._stray_count
        if count:
            reason = f"{count} file{'s' if count > 1 else ''} not of the collection"
            places = [Place(name) for name in self._strays]
            self._tally.condemn("coverage", reason, _STRAY, places, count - len(places))

    def _count(self, seen: ReadRecord) -> None:
        """Count what was looked at in a record alone, and what was found in it."""
        self._tally.count("headers")
        if not seen.is_usual and not seen.head.startswith(b"WARC/"):
            self._tally.note("headers", _LOWER)
        if seen.compared:
            self._tally.count("blocks")
        for gap in seen.gaps:
            if gap == ELSEWHERE and seen.type == "revisit":
                self._tally.pass_over("blocks", gap)  # held against its original, with its capture
            else:
                self._tally.skip("blocks", gap)

    def _tell(self, seen: Seen, *, is_theirs: bool = False) -> None:
        """Say what is wrong with a record alone, which of somebody else's is a note."""
        if isinstance(seen, PassedRecord):
            return  # said when it passed
        for check, problem in seen.problems:
            if is_theirs:
                self._tally.note(check, _THEIRS)
            else:
                self._tally.fail(check, problem, seen.place)

    def _note_id(self, seen: ReadRecord) -> None:
        """No record id of ours may stand twice in everything that is read."""
        if not seen.id:
            return  # a finding of the header rules already
        if not self._ids.add(seen.id):
            seen.problems += (("coverage", "record id stands twice"),)

    def _take_envelope(self, seen: ReadRecord) -> None:
        file = self._file
        file.envelopes += 1
        if file.envelopes == 1:
            if file.warcinfo is None:
                message = "the file does not begin with a warcinfo record"
                self._tally.fail("coverage", message, Place(file.name, 0))
            if file.unnamed:
                message = f"{file.unnamed} records before this group are named by no statement"
                self._tally.fail("coverage", message, seen.place)
        statement = self._captures.open(seen)
        named = statement.records if statement is not None else ()
        theirs = {item.id for item in named if item.source is not None}
        for one in file.group:
            if isinstance(one, ReadRecord) and one.problems:
                self._tell(one, is_theirs=one.id in theirs)
        self._captures.take(statement, file.group, seen, file.warcinfo)
        file.group = []
        file.heads = 0

    def _add(self, seen: ReadRecord) -> None:
        """Keep a record until its envelope comes; of a large group its digests alone."""
        file = self._file
        is_large = bool(file.group) and file.group[0].target.startswith(MANIFEST)
        if is_large:
            self._tell(seen)
        file.group.append(PassedRecord.of(seen) if is_large else seen)
        file.heads += 0 if is_large else len(seen.head)
        if is_large and len(file.group) > MAX_LINES + 1:  # none that a manifest can list
            dropped, file.group = file.group, []
            for one in dropped:
                self._drop(one)
        while not is_large and (len(file.group) > MAX_GROUP or file.heads > _MAX_HEADS):
            self._drop(file.group.pop(0))

    def _drop(self, seen: Seen) -> None:
        """A record that no group has room for; whether that is wrong shows with an envelope."""
        self._tell(seen)
        if isinstance(seen, ReadRecord):
            self._file.heads -= len(seen.head)
        if self._file.is_signed:
            self._tally.fail("coverage", "record is named by no statement", seen.place)
        else:
            self._file.unnamed += 1

    def _end(self) -> None:
        """The file has no more records: what still waits for an envelope gets none."""
        file = self._file
        left = len(file.group) + file.unnamed
        if file.envelopes == 0 and file.warcinfo is not None and (file.is_ours or not left):
            self._note_unnamed(file.warcinfo)
        if file.is_signed:
            if file.group:
                self._tear(file.group[0], len(file.group))
        elif left:
            self.unsigned += 1
            self._tally.skip("coverage", "records of files without any envelope", left)
            if self._whole:
                message = "a collection's file without any envelope"
                self._tally.fail("coverage", message, Place(file.name, 0))

    def _note_unnamed(self, warcinfo: ReadRecord) -> None:
        """No envelope signs this file's warcinfo: only a collection's last may be so new."""
        if self._whole and not self._file.is_last:
            self._tally.fail("coverage", "warcinfo named by no statement", warcinfo.place)
            return
        # a writer that died after beginning a file leaves this too, so that it is no failure
        self._tally.withhold("coverage", "warcinfo named by no statement")
        self.unfinished = True

    @property
    def _open_end(self) -> bool:
        """Whether what the file ends with may be being written."""
        return self._writing and self._file.is_last

    def _tear(self, first: Seen, number: int) -> None:
        """So many records, from `first` on, have no envelope behind them."""
        if self._open_end:
            self._leave_open(number, _WRITTEN)
            return
        message = f"torn tail: {number} record{'s' if number > 1 else ''} without an envelope"
        self._tally.fail("framing", message, first.place)
        self._chain.lose()

    def _leave_open(self, number: int, what: str) -> None:
        """What is being written is neither right nor wrong yet."""
        self._tally.withhold("framing", what)
        self._tally.withhold("coverage", what, number)
        self.unfinished = True

    def _break(self, problem: str, end: End) -> None:
        """The file cannot be read further."""
        if end.torn and self._open_end:
            self._leave_open(1, "a last record that is being written")
            return
        message = f"torn tail: {problem}" if end.torn and self._file.records else problem
        self._tally.fail("framing", message, Place(self._file.name, end.offset))
        for check in list_checks("records"):
            self._tally.withhold(check, f"the rest of {self._file.name} was not read")
        self._chain.lose()
