"""Statements of later versions: what their heads allow to be checked, and what is said of the rest.

Nothing that such a statement says is taken for true or false. Signature, coverage, the digests of
its records, sequence and log are checked; the rest is *not checked*, and the verdict is then at
best incomplete. A supplement changes the meaning of nothing else, so that it is a note. What refers
to a statement that is not understood cannot be followed, and is not checked either.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive import digest
from archive.proof.later import LaterStatement
from archive.verification.groups import Groups, Seen
from archive.verification.ids import Ids
from archive.verification.place import Place
from archive.verification.records import ReadRecord
from archive.verification.tally import Tally

__all__ = ["Newer"]

_REVISITS = "revisits of records that are elsewhere"


class Newer:
    """Judges statements that are not understood, and remembers what they hold.

    Args:
        tally: takes counts and findings.
        groups: holds records against heads.
    """

    def __init__(self, tally: Tally, groups: Groups) -> None:
        self._tally = tally
        self._groups = groups
        self._held = Ids()  # envelopes of such statements, and the records that they name
        self._entities: dict[bytes, bytes] = {}  # of responses in manifests
        self.found = False
        """Whether any of them might change what another statement means."""

    def holds(self, name: str | None) -> bool:
        """Whether a record's id or an envelope's SHA-256 is in what is not understood."""
        return name is not None and name in self._held

    def take(
        self,
        later: LaterStatement,
        group: Sequence[Seen],
        envelope: ReadRecord,
        warcinfo: ReadRecord | None,
        place: Place,
    ) -> None:
        """Judge one."""
        if later.manifest is not None:
            self._take_manifest(later, group, place)
        else:
            for item, seen in self._groups.match(later, group, place):
                self._groups.compare_record(item, seen, place)
                self._held.add(item.id)
        links = (("WARC-Refers-To", later.refers_to),) if later.refers_to else ()
        self._groups.compare_envelope(later, envelope, place, later.envelope.target, links)
        self._groups.compare_warcinfo(later, warcinfo, place)
        self._compare_link(later, group, place)
        self._held.add(envelope.block)
        self._tell(later)

    def _tell(self, later: LaterStatement) -> None:
        if later.is_supplement:
            message = f"supplements of a kind that this version does not know: {later.kind}"
            self._tally.note("headers", message)
            return
        self.found = True
        message = f"made by a later version, {later.reason} is not known: {later.kind}"
        self._tally.withhold("headers", message)
        if later.is_capture:
            self._tally.withhold("blocks", "layers of captures made by a later version")

    def _compare_link(self, later: LaterStatement, group: Sequence[Seen], place: Place) -> None:
        """The envelope's record refers to one of the group."""
        link = later.envelope.refers_to
        if link and link not in {seen.id for seen in group}:
            message = "the envelope's record refers to a record outside its group"
            self._tally.fail("headers", message, place)

    def _take_manifest(self, later: LaterStatement, group: Sequence[Seen], place: Place) -> None:
        """A large group: its records, and what its revisits repeat."""
        assert later.manifest is not None
        lines = self._groups.match_manifest(later, later.manifest, group, place)
        for line in lines:
            self._held.add(line.id)
            if line.role == "response" and line.entity is not None:
                self._entities[digest.brief(line.id)] = digest.brief(line.entity)
        for line in lines:
            if line.role != "revisit":
                continue
            original = self._entities.get(digest.brief(line.of or ""))
            if original is None:
                self._tally.skip("blocks", _REVISITS)
            elif line.entity is not None and digest.brief(line.entity) != original:
                message = "the revisit record repeats another entity than its original has"
                self._tally.fail("blocks", message, place)
