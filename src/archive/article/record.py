r"""The claims record (record 6 of a capture) and the lines of the text record (record 5).

The claims record is a JSON object in UTF-8, read strictly (`archive.document`), laid out so that a
claim is a line::

    {
    "schema": "urn:article-archive:claims:v1",
    "seed": "…64 hexadecimal digits…",
    "extraction": {"outcome":"ok","reason":null,"extractor":{…},"decoding":{…}},
    "omitted": 0,
    "claims": [
      {"property":"headline","value":"…",…},
      {"property":"headline","value":"…",…}
    ],
    "omitted_quotations": 0,
    "quotations": [
      {"text":"…","start":120,"end":151,…}
    ]
    }

A claim's bytes are its line without the two spaces before it, the comma after it and the line feed;
they are the leaves of the statement's ``claims`` root. ``omitted`` counts the claims that were
found and left out, past the limits; a record without it has none. The seed salts the leaves of
both roots.

``extraction`` has a member ``source`` only where the page states the text to programs (``jsonld``,
``state``) and shows it to no reader (`archive.article.bodies`).

Quotations stand one a line too, and are no leaves: they are derived from the text, and a quotation
is proved by its paragraph. Their positions are code points in the text of the text record, decoded;
the end is exclusive. A record without them is from before they were kept.

JSON writes line feeds inside strings as ``\n``, so a claim is one line whatever it says. Members
are only ever added, and unknown ones are left alone.

The text record is UTF-8, a paragraph a line, every line with its line feed; a paragraph's bytes are
its line without it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any, cast, get_args

from attrs import Factory, evolve, field, frozen
from attrs.validators import instance_of

from archive import document
from archive.article.bodies import SOURCES, TextSource
from archive.article.claims import Claim, Claims
from archive.article.decoding import Decoding, Rule
from archive.article.engine import Extractor
from archive.article.extraction import OUTCOMES, Extraction, Outcome
from archive.article.quotations import Quotation, Quotations
from archive.document import Members
from archive.errors import DocumentError

__all__ = ["LARGEST", "SCHEMA", "ClaimsRecord", "claim_lines", "paragraph_lines"]

SCHEMA = "urn:article-archive:claims:v1"

LARGEST = 16_000_000
"""The most bytes a claims record may have."""

_CLAIMS = b'"claims": ['
_QUOTATIONS = b'"quotations": ['
_DECODER = json.JSONDecoder()
_RULES: tuple[str, ...] = get_args(Rule)


@frozen
class ClaimsRecord:
    """The claims record of one capture.

    Args:
        seed: 32 random bytes that salt the leaves of this capture's Merkle roots.
        outcome: what came of the extraction.
        reason: why there is no text, or None.
        extractor: what extracted, or None for imported text.
        decoding: the page's encoding and how it was found, or None.
        claims: the claims.
        quotations: the quotations of the text.
        source: where the text stands that no reader was shown, ``jsonld`` or ``state``; None of one
            that the page shows.
    """

    seed: bytes = field(validator=instance_of(bytes), repr=False)
    outcome: Outcome
    reason: str | None
    extractor: Extractor | None
    decoding: Decoding | None
    claims: Claims
    quotations: Quotations = Factory(Quotations)
    source: TextSource | None = None

    @classmethod
    def of(cls, extraction: Extraction, seed: bytes) -> ClaimsRecord:
        """The record of an extraction.

        Args:
            extraction: what came of it.
            seed: 32 bytes from a cryptographic source.
        """
        if len(seed) != 32:
            raise ValueError("the seed has 32 bytes")
        found = extraction
        return cls(
            seed,
            found.outcome,
            found.reason,
            found.extractor,
            found.decoding,
            found.claims,
            found.quotations,
            found.source,
        )

    @cached_property
    def leaves(self) -> tuple[bytes, ...]:
        """The exact bytes of each claim, as `claim_lines` reads them from the content."""
        return _write(self.claims)

    def to_bytes(self) -> bytes:
        """The record's content."""
        decoding = self.decoding
        extraction = {
            "outcome": self.outcome,
            "reason": self.reason,
            **({"source": self.source} if self.source else {}),
            "extractor": self.extractor.to_json() if self.extractor else None,
            "decoding": (
                {"encoding": decoding.encoding, "rule": decoding.rule} if decoding else None
            ),
        }
        return b"".join(
            (
                b'{\n"schema": ',
                document.write(SCHEMA),
                b',\n"seed": ',
                document.write(self.seed.hex()),
                b',\n"extraction": ',
                document.write(extraction),
                b',\n"omitted": ',
                document.write(self.claims.omitted),
                b",\n" + _CLAIMS + b"\n",
                _lines(self.leaves),
                b'],\n"omitted_quotations": ',
                document.write(self.quotations.omitted),
                b",\n" + _QUOTATIONS + b"\n",
                _lines(_write(self.quotations)),
                b"]\n}\n",
            )
        )

    @classmethod
    def from_bytes(cls, data: bytes, text: str | None = None) -> ClaimsRecord:
        """Read a record's content.

        Args:
            data: the content.
            text: the text record, decoded, where it is at hand: the quotations must stand in it.

        Raises:
            DocumentError: not strict JSON, not a claims record, or one of another text.
        """
        return cls._read(_members(data), text)

    @classmethod
    def adopt(cls, data: bytes, text: str | None = None) -> ClaimsRecord:
        """Read a record that another process wrote, to be kept with the bytes of its lines.

        As `from_bytes`, but `to_bytes` and `leaves` write no claim or quotation a second time.

        Raises:
            DocumentError: as `from_bytes`; its claims or quotations do not stand one a line.
        """
        members = _members(data)
        read = cls._read(members, text)
        claims = _cut(data, _CLAIMS, members.items("claims"))
        quotations = _cut(data, _QUOTATIONS, members.items("quotations"))
        return evolve(
            read,
            claims=evolve(read.claims, written=tuple(claims)),
            quotations=evolve(read.quotations, written=tuple(quotations)),
        )

    @classmethod
    def _read(cls, members: Members, text: str | None) -> ClaimsRecord:
        extraction = members.members("extraction")
        outcome = extraction.text("outcome")
        if outcome not in OUTCOMES:
            raise DocumentError("the claims record has no outcome of the extraction")
        quotations = _quotations(members)
        if text is not None and not all(one.stands_in(text) for one in quotations):
            raise DocumentError("a quotation does not stand in the text")
        return cls(
            seed=_seed(members.text("seed")),
            outcome=cast("Outcome", outcome),
            reason=extraction.text_or_none("reason"),
            extractor=extraction.map_or_none("extractor", _extractor),
            decoding=extraction.map_or_none("decoding", _decoding),
            claims=Claims(
                tuple(Claim.from_json(claim) for claim in members.items("claims")),
                members.number("omitted") if "omitted" in members else 0,
            ),
            quotations=quotations,
            source=_source(extraction, outcome),
        )


def claim_lines(data: bytes) -> list[bytes]:
    """The exact bytes of each claim in a claims record, in order: the leaves of its Merkle root.

    Args:
        data: the record's content.

    Raises:
        DocumentError: not a claims record, or its claims do not stand one a line.
    """
    return _cut(data, _CLAIMS, _members(data).items("claims"))


def paragraph_lines(data: bytes) -> list[bytes]:
    """The exact bytes of each paragraph in a text record, in order: the leaves of its Merkle root.

    Args:
        data: the record's content.

    Raises:
        DocumentError: it does not end with a line feed.
    """
    if not data.endswith(b"\n"):
        raise DocumentError("the text record does not end with a line feed")
    return data[:-1].split(b"\n")


def _write(entries: Claims | Quotations) -> tuple[bytes, ...]:
    """The bytes of each, on one line."""
    if entries.written is not None:
        return entries.written
    return tuple([document.write(one.to_json()) for one in entries])


def _cut(data: bytes, opening: bytes, entries: list[Any]) -> list[bytes]:
    """The exact bytes of each entry of a list in a record, which stand one a line."""
    lines = data.split(b"\n")
    if lines.count(opening) != 1:
        raise DocumentError("the claims record has no line that opens its claims or quotations")
    start = lines.index(opening) + 1
    block = lines[start : start + len(entries)]
    after = lines[start + len(entries) :]
    if not after or after[0] not in (b"]", b"],"):
        raise DocumentError("the claims or quotations do not stand one a line")
    final = len(entries) - 1
    return [_leaf(block[i], entry, last=i == final) for i, entry in enumerate(entries)]


def _lines(entries: Iterable[bytes]) -> bytes:
    """Each entry on a line of its own, with its line feed."""
    lines = b",\n".join([b"  " + entry for entry in entries])
    return lines + b"\n" if lines else b""


def _members(data: bytes) -> Members:
    """The record's members, its schema known."""
    members = Members(document.parse(data, limit=LARGEST, what="claims record"), "claims record")
    if members.value.get("schema") != SCHEMA:
        raise DocumentError(f"not a claims record: its schema is not {SCHEMA}")
    return members


def _leaf(line: bytes, entry: Any, *, last: bool) -> bytes:
    """An entry's line without what is around it; it must be that entry and nothing else."""
    leaf = line[2:] if last else line[2:-1]
    if line == b"  " + leaf + (b"" if last else b",") and leaf[:1] == b"{" and leaf[-1:] == b"}":
        try:
            # Whatever stands in it: the record as a whole was read strictly.
            if _DECODER.raw_decode(text := leaf.decode()) == (entry, len(text)):
                return leaf
        except ValueError:
            pass
    raise DocumentError("the claims or quotations do not stand one a line")


def _seed(text: str) -> bytes:
    if len(text) == 64 and not set(text) - set("0123456789abcdef"):
        return bytes.fromhex(text)
    raise DocumentError("the claims record's seed is not 64 hexadecimal digits")


def _extractor(members: Members) -> Extractor:
    return Extractor.from_json(members.value)


def _source(extraction: Members, outcome: str) -> TextSource | None:
    """Where a text stands that no reader was shown; without the member, the page shows it."""
    if "source" not in extraction:
        return None
    source = extraction.text("source")
    if source not in SOURCES or outcome != "ok":
        raise DocumentError("the claims record's text is not from a known source")
    return cast("TextSource", source)


def _quotations(members: Members) -> Quotations:
    if "quotations" not in members:
        return Quotations()
    entries = tuple(Quotation.from_json(one) for one in members.items("quotations"))
    return Quotations(entries, members.number("omitted_quotations"))


def _decoding(members: Members) -> Decoding:
    rule = members.text("rule")
    if rule not in _RULES:
        raise DocumentError("the claims record's decoding is not by a known rule")
    return Decoding(members.text("encoding"), cast("Rule", rule))
