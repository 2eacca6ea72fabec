"""The walk: every byte of every file once, in order, in bounded memory.

What is kept grows only by the record ids (about 90 bytes each), by captures and URLs (about half a
kilobyte), and by the records since the last envelope (`MAX_GROUP` at most, with 4 MB of headers).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from archive.verification.captures import Captures
from archive.verification.chain import Chain
from archive.verification.checks import check_names
from archive.verification.ids import Ids
from archive.verification.place import Place
from archive.verification.reading import Begin, End, NamedSource, Step, is_ours, read_files
from archive.verification.report import Check, Report, Shown, Verdict
from archive.verification.seen import Seen
from archive.verification.signatures import Signatures
from archive.verification.tally import Tally
from archive.verification.trust import Trust

if TYPE_CHECKING:
    from archive.verification.anchoring import Anchoring
    from archive.verification.anchors import Anchors
    from archive.verification.texts import Submit, Texts

__all__ = ["MAX_GROUP", "judge", "verify"]

MAX_GROUP = 512
"""The most records that one capture may have."""
_MAX_HEADS = 4_000_000  # bytes of the headers of one capture

_LONE = "lone files: a log is of a whole collection, so the end is not anchored"
_NOT_DEEP = "layers and roots of captures, which --deep recomputes"
_WRITTEN = "records of a last group that is being written"
_AFTER_FRAMING = ("headers", "blocks", "signature", "coverage", "sequence")
_NO_TEXT = "extraction is run again by --deep only; stored texts are compared under blocks"


def verify(
    sources: Iterable[NamedSource],
    trust: Trust,
    *,
    required: Collection[str] = (),
    deep: bool = False,
    whole: bool = False,
    writing: bool = False,
    submit: Submit | None = None,
    anchors: Anchors | None = None,
) -> Report:
    """Verify stored WARC files.

    Args:
        sources: the files; those of a collection in the order of its sequence.
        trust: the keys that count.
        required: names of checks that must have passed, else the verdict is ``incomplete``.
        deep: also recompute payload digests, layers and roots from the stored bytes.
        whole: the files are a whole collection: its sequence must begin at 0, and every file
            follows the one before.
        writing: a writer holds the collection's lock: an incomplete last group of the last file
            is being written, not torn. The verdict is then at best ``incomplete``.
        submit: begins an extraction; without it, and without `deep`, none is made again.
        anchors: the log, and what it is held against; None for lone files.

    Returns:
        The report. Whatever is wrong with the files is in it; nothing is raised for that.

    Raises:
        UsageError: a name in `required` that no check has.
    """
    check_names(required)
    steps = read_files(sources, deep=deep, sealed=anchors is not None)
    return judge(
        steps,
        trust,
        required=required,
        deep=deep,
        whole=whole,
        writing=writing,
        submit=submit,
        anchors=anchors,
    )


def judge(
    steps: Iterable[Step],
    trust: Trust,
    *,
    required: Collection[str] = (),
    deep: bool = False,
    whole: bool = False,
    writing: bool = False,
    submit: Submit | None = None,
    anchors: Anchors | None = None,
) -> Report:
    """Verify what `read_files` gave, which may have run in another process.

    Args:
        steps: all of it.
        trust: as for `verify`, which does both.
        required: as for `verify`.
        deep: as for `verify`; the same as for `read_files`.
        whole: as for `verify`.
        writing: as for `verify`.
        submit: as for `verify`.
        anchors: as for `verify`.
    """
    wanted = check_names(required)
    run = _Run(trust, deep=deep, whole=whole, submit=submit if deep else None, anchors=anchors)
    file = None
    for step in steps:
        if isinstance(step, Begin):
            file = _File(run, step, writing=writing)
        elif file is not None and isinstance(step, Seen):
            file.take(step)
        elif file is not None and isinstance(step, End):
            file.end(step)
    return run.close(wanted)


def _open_anchoring(tally: Tally, anchors: Anchors | None) -> Anchoring | None:
    if anchors is None:
        return None
    from archive.verification.anchoring import Anchoring  # loads what only a log needs

    return Anchoring(anchors, tally)


def _open_texts(tally: Tally, submit: Submit | None) -> Texts | None:
    if submit is None:
        return None
    from archive.verification.texts import Texts  # loads what only a deep look needs

    return Texts(tally, submit)


class _Run:
    """What one verification shares over its files."""

    def __init__(
        self,
        trust: Trust,
        *,
        deep: bool,
        whole: bool,
        submit: Submit | None,
        anchors: Anchors | None,
    ) -> None:
        self.tally = Tally()
        self.signatures = Signatures(trust, self.tally)
        self.chain = Chain(self.tally, whole=whole)
        self.texts = _open_texts(self.tally, submit)
        self.anchoring = _open_anchoring(self.tally, anchors)
        self.captures = Captures(
            self.tally,
            self.signatures,
            self.chain,
            deep=deep,
            texts=self.texts,
            anchoring=self.anchoring,
        )
        self.deep = deep
        self.whole = whole
        self.files = 0
        self.unsigned = 0
        self.unfinished = False
        self.unreadable: list[str] = []
        self._ids = Ids()

    def note_id(self, seen: Seen) -> None:
        """No record id may stand twice in everything that is read."""
        if not seen.id:
            return  # a finding of the header rules already
        if not self._ids.add(seen.id):
            self.tally.fail("coverage", "record id stands twice", seen.place)

    def close(self, required: tuple[str, ...]) -> Report:
        if self.texts is None:
            self.tally.set_aside("text", _NO_TEXT)
        else:
            self.texts.close()
        shown = self._anchor()
        if not self.deep:
            self.tally.skip("blocks", _NOT_DEEP, self.captures.intact)
        checks = self.tally.close()
        return Report(
            verdict=self._decide(checks, required),
            files=self.files,
            captures=self.captures.intact,
            statements=self.captures.statements,
            signers=self.signatures.signers,
            checks=checks,
            findings=tuple(self.tally.findings),
            omitted=self.tally.omitted,
            unreadable=tuple(self.unreadable),
            shown=shown,
        )

    def _anchor(self) -> Shown | None:
        if self.anchoring is None:
            for name in ("log", "consistency", "timestamp", "witness"):
                self.tally.set_aside(name, _LONE)
            return None
        shown = self.anchoring.close()
        self.unfinished = self.unfinished or self.anchoring.unfinished
        return shown

    def _decide(self, checks: tuple[Check, ...], required: tuple[str, ...]) -> Verdict:
        results = {check.name: check.result for check in checks}
        if "failed" in results.values():
            return "failed"
        if any(results[name] != "passed" for name in required):
            return "incomplete"
        if self.unfinished and self.captures.intact:
            return "incomplete"
        if self.signatures.untrusted:
            return "untrusted"
        if self.unsigned:
            return "unsigned"
        return "verified" if self.captures.intact else "nothing"


class _File:
    """The walk over one file."""

    def __init__(self, run: _Run, begin: Begin, *, writing: bool) -> None:
        self._run = run
        self._tally = run.tally
        self._name = begin.name
        self._is_last = begin.is_last
        self._open_end = writing and begin.is_last
        self._is_ours = False
        self._warcinfo: Seen | None = None
        self._group: list[Seen] = []
        self._heads = 0
        self._records = 0
        self._envelopes = 0
        self._unnamed = 0  # records that fell out of the group, before any envelope
        self._shares_member = False
        run.files += 1
        run.chain.begin_file()
        run.tally.count("framing")

    def take(self, seen: Seen) -> None:
        """Put a record that was read where it belongs."""
        self._records += 1
        self._count(seen)
        self._run.note_id(seen)
        if not seen.own_member and not self._shares_member:
            self._shares_member = True
            self._tally.fail("framing", "records share a gzip member", seen.place)
        if self._records == 1 and seen.type == "warcinfo":
            self._warcinfo = seen
            self._is_ours = is_ours(seen)
            if self._is_ours:
                self._tally.count("coverage")
        elif seen.is_envelope:
            self._take_envelope(seen)
        else:
            self._group.append(seen)
            self._heads += len(seen.head)
            while len(self._group) > MAX_GROUP or self._heads > _MAX_HEADS:
                self._drop(self._group.pop(0))

    def _count(self, seen: Seen) -> None:
        """Count what was looked at in a record alone, and what was found in it."""
        self._tally.count("headers")
        if seen.compared:
            self._tally.count("blocks")
        for gap in seen.gaps:
            self._tally.skip("blocks", gap)
        for check, problem in seen.problems:
            self._tally.fail(check, problem, seen.place)

    def end(self, end: End) -> None:
        """The file has no more records, or cannot be read further."""
        if end.unreadable:
            self._run.unreadable.append(self._name)
        if end.problem is not None:
            self._break(end.problem, end)
        elif not end.compressed:
            self._tally.note("framing", "stored plain, not in gzip")
        elif end.foreign:
            self._tally.note("framing", "gzip members as another program writes them", end.foreign)
        self._seal(end)
        self._end()

    def _seal(self, end: End) -> None:
        if self._run.anchoring is not None:
            name = self._name.rpartition("/")[2]
            ours = end.compressed and not end.foreign
            self._run.anchoring.take_file(name, end.digest, end.length, self._records, ours=ours)

    def _take_envelope(self, seen: Seen) -> None:
        self._envelopes += 1
        if self._envelopes == 1:
            if self._warcinfo is None:
                message = "the file does not begin with a warcinfo record"
                self._tally.fail("coverage", message, Place(self._name, 0))
            if self._unnamed:
                message = f"{self._unnamed} records before this group are named by no statement"
                self._tally.fail("coverage", message, seen.place)
        self._run.captures.take(self._group, seen, self._warcinfo)
        self._group = []
        self._heads = 0

    def _drop(self, seen: Seen) -> None:
        """A record that no group has room for; whether that is wrong shows with an envelope."""
        self._heads -= len(seen.head)
        if self._is_signed:
            self._tally.fail("coverage", "record is named by no statement", seen.place)
        else:
            self._unnamed += 1

    @property
    def _is_signed(self) -> bool:
        """Whether the file should hold envelopes."""
        return self._is_ours or self._envelopes > 0

    def _end(self) -> None:
        """The file has no more records: what still waits for an envelope gets none."""
        left = len(self._group) + self._unnamed
        if self._envelopes == 0 and self._warcinfo is not None and (self._is_ours or not left):
            self._note_unnamed(self._warcinfo)
        if self._is_signed:
            if self._group:
                self._tear(self._group[0])
        elif left:
            self._run.unsigned += 1
            what = "records of files without any envelope"
            self._tally.skip("coverage", what, left)
            if self._run.whole:
                message = "a collection's file without any envelope"
                self._tally.fail("coverage", message, Place(self._name, 0))

    def _note_unnamed(self, warcinfo: Seen) -> None:
        """No envelope signs this file's warcinfo: only a collection's last may be so new."""
        if self._run.whole and not self._is_last:
            self._tally.fail("coverage", "warcinfo named by no statement", warcinfo.place)
            return
        # a writer that died after beginning a file leaves this too, so that it is no failure
        self._tally.withhold("coverage", "warcinfo named by no statement")
        self._run.unfinished = True

    def _tear(self, first: Seen) -> None:
        number = len(self._group)
        if self._open_end:
            self._leave_open(number, _WRITTEN)
            return
        message = f"torn tail: {number} record{'s' if number > 1 else ''} without an envelope"
        self._tally.fail("framing", message, first.place)
        self._run.chain.lose()

    def _leave_open(self, number: int, what: str) -> None:
        """What is being written is neither right nor wrong yet."""
        self._tally.withhold("framing", what)
        self._tally.withhold("coverage", what, number)
        self._run.unfinished = True

    def _break(self, problem: str, end: End) -> None:
        """The file cannot be read further."""
        if end.torn and self._open_end:
            self._leave_open(1, "a last record that is being written")
            return
        message = f"torn tail: {problem}" if end.torn and self._records else problem
        self._fail_framing(message, end.offset)

    def _fail_framing(self, message: str, offset: int) -> None:
        self._tally.fail("framing", message, Place(self._name, offset))
        for check in _AFTER_FRAMING:
            self._tally.withhold(check, f"the rest of {self._name} was not read")
        self._run.chain.lose()
