"""One capture at a time: its envelope, and the records that stand before it (checks 2 to 5, 7).

When an envelope has been read, everything since the envelope before it must be exactly what its
statement names, in order. What the statement says of each record is then compared with what was
read, and the envelope's own header, which cannot stand in the statement, is rebuilt from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from attrs import evolve

from archive import digest
from archive.errors import DocumentError
from archive.http import RULES
from archive.proof.bodies import Withdrawal, read_body
from archive.proof.entry import ROLES, EntryStatement, Reextraction
from archive.proof.later import LaterStatement
from archive.proof.statement import CaptureStatement
from archive.verification.agreement import (
    compare_outcome,
    list_contradictions,
    list_entry_contradictions,
)
from archive.verification.chain import Chain
from archive.verification.groups import Groups, Pairs, Seen
from archive.verification.invariants import Facts, list_broken
from archive.verification.newer import Newer
from archive.verification.originals import Originals
from archive.verification.place import Place
from archive.verification.records import ReadRecord, Recomputed
from archive.verification.roll import Roll
from archive.verification.roots import compare_roots
from archive.verification.signatures import Opened, Signatures
from archive.verification.tally import Tally
from archive.verification.withdrawals import Withdrawals
from archive.warc.group import target
from archive.warc.record import bare_id

if TYPE_CHECKING:
    from archive.verification.collection import CollectionChecks
    from archive.verification.texts import Texts

__all__ = ["Captures"]

_PREFIX = "urn:uuid:"
_ELSEWHERE = "records of other groups or files that a statement names"
_UNDECODED = "contents left coded, because the file's decode to too much"


class Captures:
    """Judges captures as their envelopes come.

    Args:
        tally: takes counts and findings.
        signatures: opens envelopes.
        chain: follows their order.
        deep: whether to recompute the layers and roots.
        whole: whether the files are a whole collection.
        texts: extracts again, or None.
        log: holds the envelopes against the log, or None.
    """

    def __init__(
        self,
        tally: Tally,
        signatures: Signatures,
        chain: Chain,
        *,
        deep: bool,
        whole: bool,
        texts: Texts | None = None,
        log: CollectionChecks | None = None,
    ) -> None:
        self._tally = tally
        self._signatures = signatures
        self._chain = chain
        self._deep = deep
        self._texts = texts
        self._log = log
        self._withdrawals = Withdrawals(tally)
        self._groups = Groups(tally, self._withdrawals, whole=whole)
        self._newer = Newer(tally, self._groups)
        self._originals = Originals()
        self._entities: dict[bytes, Recomputed] = {}  # by response id, when looking deep
        self.statements = 0
        """How many envelopes came."""
        self.intact = 0
        """How many of them hold an intact statement of a capture."""
        self.roll = Roll()
        """Those, and the texts extracted later."""

    def open(self, envelope: ReadRecord) -> Opened | None:
        """What an envelope says, None when it is not intact."""
        self.statements += 1
        statement = self._signatures.open(envelope.data, envelope.place)
        if self._log is not None:
            self._log.take(envelope.data, statement, envelope.place)
        return statement

    def take(
        self,
        statement: Opened | None,
        group: Sequence[Seen],
        envelope: ReadRecord,
        warcinfo: ReadRecord | None,
    ) -> None:
        """Judge one capture.

        Args:
            statement: what `open` gave.
            group: the records since the envelope before, in order.
            envelope: the envelope's record.
            warcinfo: the first record of the file, if it is a warcinfo.
        """
        if statement is None:
            self._chain.lose()
            self._tally.skip("coverage", "records before a broken envelope", len(group))
            return
        self._tally.skip("coverage", _ELSEWHERE, statement.elsewhere)
        if isinstance(statement, LaterStatement):
            id_ = statement.envelope.id.removeprefix(_PREFIX)
            place = envelope.place_in(id_, statement.url or envelope.target)
            self._newer.take(statement, group, envelope, warcinfo, place)
            self._chain.follow(statement, envelope.block, place)
            return
        if isinstance(statement, EntryStatement):
            self._take_entry(statement, group, envelope, warcinfo)
            return
        self.intact += 1
        self.roll.take_capture(statement, envelope.block)
        capture = statement.envelope.id.removeprefix(_PREFIX)
        place = envelope.place_in(capture, statement.url)
        named = self._groups.match(statement, group, place)
        links = (("WARC-Refers-To", statement.refers_to),)
        wanted = target("statement", statement.url)
        self._groups.compare_envelope(statement, envelope, place, wanted, links)
        self._groups.compare_warcinfo(statement, warcinfo, place)
        for item, seen in named:
            self._groups.compare_record(item, seen, place)
        for problem in list_contradictions(statement, named):
            self._tally.fail("headers", problem, place)
        self._compare_outcome(statement, named, place)
        self._compare_layers(statement, named, envelope.block, place)
        self._compare_invariants(statement, named, envelope.block, place)
        if self._texts is not None and len(named) == len(statement.records):
            self._texts.take(statement, named, envelope.block, place)
        self._chain.follow(statement, envelope.block, place)

    @property
    def is_understood(self) -> bool:
        """Whether nothing was met that a later version made, or that was withdrawn."""
        return not (self._newer.found or self._withdrawals.found)

    def close(self) -> None:
        """Nothing more comes: what is missing has been withdrawn by now, or is a failure."""
        self._withdrawals.close()

    def _take_entry(
        self,
        entry: EntryStatement,
        group: Sequence[Seen],
        envelope: ReadRecord,
        warcinfo: ReadRecord | None,
    ) -> None:
        """Judge an entry that is no capture."""
        name = f"{entry.kind}:{entry.sequence}"
        place = envelope.place_in(entry.envelope.id.removeprefix(_PREFIX), envelope.target)
        named = self._groups.match(entry, group, place)
        self._groups.compare_envelope(entry, envelope, place, target("entry", name), ())
        self._groups.compare_warcinfo(entry, warcinfo, place)
        for item, seen in named:
            self._groups.compare_record(item, seen, place)
        for problem in list_entry_contradictions(entry, named):
            self._tally.fail("headers", problem, place)
        if entry.kind == "text":
            again = entry.reextraction()
            self.roll.take_text(entry.sequence, envelope.block, again.capture)
            self._compare_text(again, named, place)
        if entry.kind == "withdrawn":
            self._take_withdrawal(entry)
        self._chain.follow(entry, envelope.block, place)

    def _take_withdrawal(self, entry: EntryStatement) -> None:
        """What may be missing; a body that is none is a finding of the log."""
        with suppress(DocumentError):
            body = read_body(entry)
            if isinstance(body, Withdrawal):
                self._withdrawals.take(body, entry.sequence)

    def _compare_text(self, again: Reextraction, named: Pairs, place: Place) -> None:
        """A text that was extracted again: of a capture that is there, and as its records say."""
        problem = self._originals.find_page(again)
        if problem == "elsewhere" and self._newer.holds(again.capture):
            self._tally.skip("coverage", "texts of captures made by a later version")
        elif problem == "elsewhere" and not self._chain.is_complete:
            self._tally.skip("coverage", "texts of captures that are elsewhere")
        elif problem is not None:
            there = "text of a capture that is not there" if problem == "elsewhere" else problem
            self._tally.fail("coverage", there, place)
        blocks = {item.role: item.block for item, _ in named}
        if again.text != blocks.get("text"):
            self._tally.fail("blocks", "the text named is not the text record's block", place)
        if self._deep:
            for problem in compare_roots(again.paragraphs, again.claims, named, self._tally):
                self._tally.fail("blocks", problem, place)
        if self._texts is not None:
            self._texts.take_again(again, named, place)

    def _compare_outcome(self, statement: CaptureStatement, named: Pairs, place: Place) -> None:
        """The outcome record says of the capture what the statement says."""
        for item, seen in named:
            if item.role != "outcome" or seen.block != item.block:
                continue
            if seen.data is None:
                self._tally.skip("blocks", "outcome records too large to hold")
                continue
            where = seen.place_in(place.capture or "", place.url or "")
            for problem in compare_outcome(statement, seen.data):
                self._tally.fail("blocks", problem, where)

    def _compare_layers(
        self,
        statement: CaptureStatement,
        named: Pairs,
        envelope: str,
        place: Place,
    ) -> None:
        """Compare the digests by layer with each other, and when looking deep with the bytes."""
        blocks = {item.role: item.block for item in statement.records}
        main = [item for item in statement.records if item.role in _MAIN]
        layers = statement.layers
        if layers.block != (main[-1].block if main else None):
            message = "the block layer is not the last response's block"
            self._tally.fail("blocks", message, place)
        if statement.same_as is None:
            if layers.text != blocks.get("text"):
                self._tally.fail("blocks", "the text layer is not the text record's block", place)
            if (statement.claims is None) == ("claims" in blocks):
                message = "the claims root and the claims record do not come together"
                self._tally.fail("blocks", message, place)
        self._compare_same(statement, envelope, place)
        self._compare_revisits(statement, named, place)
        if self._deep and len(named) == len(statement.records):
            for problem in self._look_deep(statement, named):
                self._tally.fail("blocks", problem, place)

    def _compare_invariants(
        self, statement: CaptureStatement, named: Pairs, envelope: str, place: Place
    ) -> None:
        """What must be so in any one capture."""
        before, now = self._originals.take_good(statement, envelope)
        if before is None and statement.outcome == "unchanged":
            self._tally.skip("blocks", "unchanged captures whose capture before is elsewhere")
        signed = [
            (item, seen)
            for item, seen in named
            if item.header == seen.header and item.role in ROLES and item.source is None
        ]
        facts = Facts(
            said=statement,
            named=signed,
            is_whole=len(named) == len(statement.records),
            before=before,
            now=now,
            original=self._find_revisited(signed) if self._deep else None,
        )
        for check, problem in list_broken(facts, deep=self._deep):
            self._tally.fail(check, problem, place)

    def _find_revisited(self, named: Pairs) -> Recomputed | None:
        revisits = [seen for item, seen in named if item.role == "revisit"]
        return self._find_original(revisits[-1]) if revisits else None

    def _compare_same(self, statement: CaptureStatement, envelope: str, place: Place) -> None:
        """An unchanged capture repeats what an earlier one extracted."""
        problem = self._originals.take_text(statement, envelope)
        if problem == "elsewhere":
            if self._newer.holds(statement.same_as):
                self._tally.skip("blocks", "texts taken over from captures of a later version")
                return
            if not self._chain.is_complete:
                self._tally.skip("blocks", "texts taken over from captures that are elsewhere")
                return
            problem = "text taken over from a capture that is not there"
        if problem is not None:
            self._tally.fail("blocks", problem, place)

    def _compare_revisits(self, statement: CaptureStatement, named: Pairs, place: Place) -> None:
        """A revisit repeats the entity of an earlier response, and says which and of when."""
        for item, seen in named:
            if item.role == "response":
                self._originals.note_response(seen)
            if item.role != "revisit":
                continue
            where = seen.place_in(place.capture or "", place.url or "")
            if seen.payload_digest != f"sha256:{statement.layers.entity}":
                message = "payload digest of the revisit record is not the entity layer"
                self._tally.fail("blocks", message, where)
            original = self._originals.find_response(seen)
            if original is not None:
                for problem in self._originals.compare_revisit(seen, original):
                    self._tally.fail("blocks", problem, where)
            elif self._newer.holds(bare_id(seen.get("WARC-Refers-To") or "")):
                self._tally.skip("blocks", "revisits of records in groups of a later version")
            elif self._chain.is_complete:
                message = "the revisit record's original response is not there"
                self._tally.fail("blocks", message, where)
            else:
                self._tally.skip("blocks", "revisits whose original is elsewhere")

    def _look_deep(self, statement: CaptureStatement, named: Pairs) -> list[str]:
        main = [seen for item, seen in named if item.role in _MAIN]
        problems = []
        if statement.same_as is None:  # else compared with the capture it was taken over from
            problems = compare_roots(statement.paragraphs, statement.claims, named, self._tally)
        for item, seen in named:
            if item.role == "response" and seen.layers is not None and seen.layers.entity:
                bare = evolve(seen.layers, header=None, heads=None, problem=None)
                self._entities[digest.brief(seen.id)] = bare
        if main:
            problems += self._compare_recomputed(statement, main[-1])
        return problems

    def _compare_recomputed(self, statement: CaptureStatement, main: ReadRecord) -> list[str]:
        """The layers of the last response (or what stands for it), recomputed."""
        if main.type == "revisit":
            return self._compare_original(statement, main)
        wanted = statement.layers
        # an imported file has no HTTP around it
        given = main.layers or Recomputed(entity=main.block, content=main.block)
        if given.undecoded:
            self._tally.withhold("blocks", _UNDECODED)
        rules = statement.http_rules
        header = given.heads if rules == _RULES_WITH_INTERIM else given.header
        layers = (
            ("header", wanted.header, header),
            ("entity", wanted.entity, given.entity),
            ("content", None if given.undecoded else wanted.content, given.content),
        )
        problems = [
            f"the {name} layer is not what the bytes give"
            for name, signed, recomputed in layers
            if signed is not None and signed != recomputed
        ]
        if problems and self._read_otherwise(statement, main):
            problems = []
        return problems

    def _compare_original(self, statement: CaptureStatement, main: ReadRecord) -> list[str]:
        """The entity of a revisit, against the response that it refers to."""
        original = self._find_original(main)
        if original is None:
            self._tally.skip("blocks", "entities of revisits, whose original was not read")
            return []
        if original.entity != statement.layers.entity and not self._read_otherwise(statement, main):
            return ["the entity layer is not that of the original response"]
        return []

    def _find_original(self, revisit: ReadRecord) -> Recomputed | None:
        """What was recomputed of the response that a revisit refers to, None when it was not."""
        found = self._originals.find_response(revisit)
        return self._entities.get(found) if found is not None else None

    def _read_otherwise(self, statement: CaptureStatement, main: ReadRecord) -> bool:
        """Whether what differs is only how HTTP is read: by other rules, in the bytes signed.

        That is no failure, for the block's digest decides; but then the layers are not checked.
        """
        rules = statement.http_rules
        signed = any(item.block == main.block for item in statement.records if item.role in _MAIN)
        if rules == RULES or main.type == "resource" or not signed:
            return False
        self._tally.withhold("blocks", f"layers that differ by HTTP rules {rules}/{RULES}")
        return True


_RULES_WITH_INTERIM = 1  # informational heads stood in the response's block
_MAIN = ("response", "revisit", "import")
