"""One group: the records that a statement names, and what was read (checks 2, 3 and 5).

What stands between one envelope and the next must be exactly what the statement in the second
names, in order, or what the manifest lists that it names in their place. Header and block of each
are compared with their digests, and the envelope's own header, which cannot stand in its
statement, is rebuilt from it. All of that needs a statement's head alone, of whatever version.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from archive.errors import DocumentError
from archive.proof.entry import ROLES
from archive.proof.later import LaterStatement, Line, Manifest, read_lines
from archive.proof.merkle import hash_leaf, hash_root
from archive.proof.statement import NamedRecord
from archive.verification.place import Place
from archive.verification.records import PassedRecord, ReadRecord
from archive.verification.signatures import Opened
from archive.verification.tally import Tally
from archive.verification.withdrawals import Withdrawals
from archive.warc.group import ENVELOPE_TYPE, record_fields, target
from archive.warc.record import Fields

__all__ = ["Groups", "Pairs", "Seen"]

Seen = ReadRecord | PassedRecord
Pairs = list[tuple[NamedRecord, ReadRecord]]

_MANIFEST = ("metadata", "text/plain;charset=utf-8")
_STATEMENT = target("statement", "")
_UNKNOWN_ROLE = "records of roles that this version does not know"
_LEFT_OUT = "records of a manifest that were left out"


class Groups:
    """Holds groups against the heads of their statements.

    Args:
        tally: takes counts and findings.
        withdrawals: is told which records are missing.
        whole: whether the files are a whole collection.
    """

    def __init__(self, tally: Tally, withdrawals: Withdrawals, *, whole: bool) -> None:
        self._tally = tally
        self._withdrawals = withdrawals
        self._whole = whole

    def match(self, statement: Opened, group: Sequence[Seen], place: Place) -> Pairs:
        """Pair what is named with what was read; anything left over is a finding (check 5)."""
        self._tally.count("coverage", len(group) + 1)
        self._note_roles(statement)
        names = [item.id for item in statement.records]
        ids = [seen.id for seen in group]
        held = [seen for seen in group if isinstance(seen, ReadRecord)]
        if ids == names and len(set(names)) == len(names) == len(held):
            return list(zip(statement.records, held, strict=True))
        if len(set(names)) != len(names):
            self._tally.fail("coverage", "statement names a record twice", place)
        if ids != names:
            self._compare_names(statement.records, group, place)
        found = {seen.id: seen for seen in reversed(held)}
        return [(item, found[item.id]) for item in statement.records if item.id in found]

    def _note_roles(self, statement: Opened) -> None:
        """How many records of a statement that is understood have roles that are not known."""
        unknown = [item.role for item in statement.records if item.role not in ROLES]
        if unknown and not isinstance(statement, LaterStatement):
            self._tally.note("coverage", _UNKNOWN_ROLE, len(unknown))

    def _compare_names(
        self, named: Sequence[NamedRecord | Line], group: Sequence[Seen], place: Place
    ) -> None:
        """What is missing, what is too much, what stands elsewhere in the group."""
        names, ids = [item.id for item in named], [seen.id for seen in group]
        wanted, there = set(names), set(ids)
        for item in named:
            if item.id not in there:
                message = f"the {item.role} record that the statement names is not there"
                self._withdrawals.miss(message, item.id, item.block, evolve(place, record=item.id))
        for seen in group:
            if seen.id not in wanted:
                self._tally.fail("coverage", "record is named by no statement", seen.place)
        if len(there) != len(ids):
            self._tally.fail("coverage", "a record stands twice before its envelope", place)
        elif [one for one in ids if one in wanted] != [one for one in names if one in there]:
            self._tally.fail("coverage", "records stand in another order than signed", place)

    def match_manifest(
        self, statement: LaterStatement, manifest: Manifest, group: Sequence[Seen], place: Place
    ) -> tuple[Line, ...]:
        """Hold a large group against its manifest; gives the lines of what is there."""
        self._tally.count("coverage", len(group) + 1)
        first = group[0] if group else None
        if not isinstance(first, ReadRecord) or first.id != manifest.id:
            self._tally.fail("coverage", "the group's manifest does not stand at its head", place)
            return ()
        lines = self._open_manifest(statement, manifest, first, place)
        return self._match_lines(lines, group[1:], place) if lines is not None else ()

    def _match_lines(
        self, lines: Sequence[Line], rest: Sequence[Seen], place: Place
    ) -> tuple[Line, ...]:
        found = {seen.id: seen for seen in reversed(rest)}
        present = tuple(line for line in lines if line.id in found)
        if len({line.id for line in lines}) != len(lines):
            self._tally.fail("coverage", "manifest names a record twice", place)
        if not self._whole and len(present) < len(lines):
            self._tally.withhold("coverage", _LEFT_OUT, len(lines) - len(present))
            lines = present
        if [line.id for line in lines] != [seen.id for seen in rest]:
            self._compare_names(lines, rest, place)
        for line in present:
            self._compare_digests(line, found[line.id], place)
        return present

    def _open_manifest(
        self, statement: LaterStatement, manifest: Manifest, seen: ReadRecord, place: Place
    ) -> list[Line] | None:
        """The lines of a manifest that is the one that was signed, else None and a finding."""
        where = seen.place_in(place.capture or "", place.url or "")
        name = f"urn:manifest:{statement.sequence}"
        said = (seen.type, seen.get("Content-Type"), seen.target, seen.date)
        if said != (*_MANIFEST, name, statement.date):
            self._tally.fail("headers", "header of the manifest is not what it must be", where)
        if (seen.header, seen.length) != (manifest.header, manifest.length):
            message = "header of the manifest is not the one that was signed"
            self._tally.fail("headers", message, where)
        if seen.block != manifest.block:
            message = "block of the manifest is not the one that was signed"
            self._tally.fail("blocks", message, where)
            return None
        try:
            if seen.data is None:
                raise DocumentError("a manifest is larger than a manifest may be")
            raw, lines = read_lines(seen.data)
        except DocumentError as error:
            self._tally.fail("coverage", error.message, where)
            return None
        root = hash_root([hash_leaf(line) for line in raw]).hex()
        if (len(lines), root) != (manifest.count, manifest.root):
            message = "number or root of the manifest's lines is not what was signed"
            self._tally.fail("coverage", message, where)
        return lines

    def _compare_digests(self, line: Line, seen: Seen, place: Place) -> None:
        where = seen.place_in(place.capture or "", place.url or "")
        if (seen.header, seen.length) != (line.header, line.length):
            message = f"header of the {line.role} record is not the one that was signed"
            self._tally.fail("headers", message, where)
        if seen.block != line.block:
            message = f"block of the {line.role} record is not the one that was signed"
            self._tally.fail("blocks", message, where)

    def compare_envelope(
        self, statement: Opened, envelope: ReadRecord, place: Place, wanted: str, links: Fields
    ) -> None:
        """Rebuild the header of the envelope's own record from the statement (check 2).

        Args:
            statement: intact.
            envelope: its record.
            place: where it stands.
            wanted: the target that its kind has.
            links: the links that its kind has, where the statement does not say.
        """
        named = statement.envelope
        if (named.target, named.content_type) != (wanted, ENVELOPE_TYPE):
            message = "target or content type named for the envelope is not what it should be"
            self._tally.fail("headers", message, place)
        if named.refers_to is not None:
            links = (("WARC-Refers-To", named.refers_to),) if named.refers_to else ()
        fields = record_fields(
            "statement",
            id_=named.id,
            date=statement.date,
            url=wanted.removeprefix(_STATEMENT),
            warcinfo=statement.warcinfo.id,
            block_sha256=envelope.block,
            length=envelope.length,
            links=links,
        )
        if not wanted.startswith(_STATEMENT):
            fields = tuple(
                [(name, wanted if name == "WARC-Target-URI" else value) for name, value in fields]
            )
        lines = "".join([f"{name}: {value}\r\n" for name, value in fields])
        # equal bytes are equal fields unless a line break in a value adds one
        same = f"WARC/1.1\r\n{lines}\r\n".encode() == envelope.head
        if not same or envelope.fields != fields:
            message = "header of the envelope's record is not what its statement makes it"
            self._tally.fail("headers", message, place)

    def compare_warcinfo(
        self, statement: Opened, warcinfo: ReadRecord | None, place: Place
    ) -> None:
        """The file's first record is the one that the statement names."""
        named = statement.warcinfo
        if warcinfo is None:
            return  # said once for the file, under coverage
        where = warcinfo.place_in(place.capture or "", place.url or "")
        if (warcinfo.id, warcinfo.header) != (named.id, named.header):
            message = "the file's warcinfo header is not the one that was signed"
            self._tally.fail("headers", message, where)
        if warcinfo.block != named.block:
            message = "the file's warcinfo block is not the one that was signed"
            self._tally.fail("blocks", message, where)

    def compare_record(self, named: NamedRecord, seen: ReadRecord, capture: Place) -> None:
        """A record has the header and the block that were signed."""
        if (seen.header, seen.block) == (named.header, named.block):
            return
        place = seen.place_in(capture.capture or "", capture.url or "")
        if seen.header != named.header:
            message = f"header of the {named.role} record is not the one that was signed"
            self._tally.fail("headers", message, place)
        if seen.block != named.block:
            message = f"block of the {named.role} record is not the one that was signed"
            self._tally.fail("blocks", message, place)
