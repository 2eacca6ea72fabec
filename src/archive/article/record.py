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
    ]
    }

A claim's bytes are its line without the two spaces before it, the comma after it and the line feed;
they are the leaves of the statement's ``claims`` root. ``omitted`` counts the claims that were
found and left out, past the limits; a record without it has none. The seed salts the leaves of
both roots.
JSON writes line feeds inside strings as ``\n``, so a claim is one line whatever it says. Members
are only ever added, and unknown ones are left alone.

The text record is UTF-8, a paragraph a line, every line with its line feed; a paragraph's bytes are
its line without it.
"""

from __future__ import annotations

from typing import Any, cast, get_args

from attrs import field, frozen
from attrs.validators import instance_of

from archive import document
from archive.article.claims import Claim, Claims
from archive.article.decoding import Decoding, Rule
from archive.article.engine import Extractor
from archive.article.extraction import OUTCOMES, Extraction, Outcome
from archive.errors import DocumentError

__all__ = ["LARGEST", "SCHEMA", "ClaimsRecord", "claim_lines", "paragraph_lines"]

SCHEMA = "urn:article-archive:claims:v1"

LARGEST = 16_000_000
"""The most bytes a claims record may have."""

_OPENING = b'"claims": ['
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
    """

    seed: bytes = field(validator=instance_of(bytes), repr=False)
    outcome: Outcome
    reason: str | None
    extractor: Extractor | None
    decoding: Decoding | None
    claims: Claims

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
        return cls(seed, found.outcome, found.reason, found.extractor, found.decoding, found.claims)

    def to_bytes(self) -> bytes:
        """The record's content."""
        decoding = self.decoding
        extraction = {
            "outcome": self.outcome,
            "reason": self.reason,
            "extractor": self.extractor.to_json() if self.extractor else None,
            "decoding": (
                {"encoding": decoding.encoding, "rule": decoding.rule} if decoding else None
            ),
        }
        claims = b",\n".join(b"  " + document.write(claim.to_json()) for claim in self.claims)
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
                b",\n" + _OPENING + b"\n",
                claims + b"\n" if claims else b"",
                b"]\n}\n",
            )
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> ClaimsRecord:
        """Read a record's content.

        Raises:
            DocumentError: not strict JSON, or not a claims record.
        """
        members = _members(data)
        extraction = members.get("extraction")
        if not isinstance(extraction, dict):
            raise DocumentError("the claims record says nothing about the extraction")
        outcome, reason = extraction.get("outcome"), extraction.get("reason")
        if not isinstance(outcome, str) or outcome not in OUTCOMES:
            raise DocumentError("the claims record has no outcome of the extraction")
        if not isinstance(reason, str | None):
            raise DocumentError("the claims record's reason is not a string")
        extractor = extraction.get("extractor")
        return cls(
            seed=_seed(members.get("seed")),
            outcome=cast("Outcome", outcome),
            reason=reason,
            extractor=None if extractor is None else Extractor.from_json(extractor),
            decoding=_decoding(extraction.get("decoding")),
            claims=Claims(
                tuple(Claim.from_json(claim) for claim in members["claims"]),
                _omitted(members.get("omitted", 0)),
            ),
        )


def claim_lines(data: bytes) -> list[bytes]:
    """The exact bytes of each claim in a claims record, in order: the leaves of its Merkle root.

    Args:
        data: the record's content.

    Raises:
        DocumentError: not a claims record, or its claims do not stand one a line.
    """
    claims = _members(data)["claims"]
    lines = data.split(b"\n")
    if lines.count(_OPENING) != 1:
        raise DocumentError("the claims record has no line that opens its claims")
    start = lines.index(_OPENING) + 1
    block = lines[start : start + len(claims)]
    after = lines[start + len(claims) :]
    if not after or after[0] not in (b"]", b"],"):
        raise DocumentError("the claims do not stand one a line")
    final = len(claims) - 1
    return [_leaf(block[i], claim, last=i == final) for i, claim in enumerate(claims)]


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


def _members(data: bytes) -> dict[str, Any]:
    """The record's members, its schema known and its claims a list."""
    members = document.parse(data, limit=LARGEST, what="claims record")
    if not isinstance(members, dict) or members.get("schema") != SCHEMA:
        raise DocumentError(f"not a claims record: its schema is not {SCHEMA}")
    if not isinstance(members.get("claims"), list):
        raise DocumentError("the claims record has no list of claims")
    return members


def _leaf(line: bytes, claim: Any, *, last: bool) -> bytes:
    """A claim's line without what is around it; it must be that claim and nothing else."""
    comma = b"" if last else b","
    if line.startswith(b"  {") and line.endswith(b"}" + comma):
        leaf = line[2 : len(line) - len(comma)]
        if document.parse(leaf, limit=LARGEST, what="claim") == claim:
            return leaf
    raise DocumentError("the claims do not stand one a line")


def _seed(value: Any) -> bytes:
    if isinstance(value, str) and len(value) == 64 and not set(value) - set("0123456789abcdef"):
        return bytes.fromhex(value)
    raise DocumentError("the claims record's seed is not 64 hexadecimal digits")


def _omitted(value: Any) -> int:
    if type(value) is int and value >= 0:
        return value
    raise DocumentError("the claims record's count of omitted claims is not a count")


def _decoding(value: Any) -> Decoding | None:
    if value is None:
        return None
    if isinstance(value, dict) and isinstance(value.get("encoding"), str):
        rule = value.get("rule")
        if isinstance(rule, str) and rule in _RULES:
            return Decoding(value["encoding"], cast("Rule", rule))
    raise DocumentError("the claims record's decoding is not an encoding and a rule")
