"""The checks, in order. They read like the threat model: what could have been done to an archive.

The sections cited are those of ISO 28500:2017 (WARC/1.1) and of this project's own reference.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from attrs import frozen

from archive.errors import UsageError

__all__ = ["CHECKS", "NAMES", "CheckName", "Need", "Rule", "list_checks", "pick_checks"]

CheckName = Literal[
    "framing",
    "headers",
    "blocks",
    "signature",
    "coverage",
    "text",
    "sequence",
    "log",
    "consistency",
    "timestamp",
    "witness",
]
"""What a check is called: in reports, and by who requires it."""

Need = Literal["files", "records", "pages", "log"]
"""What a check cannot be made without: files that can be opened, records that can be read, pages
that are extracted again (``--deep``), or a whole collection with its log."""


@frozen(kw_only=True)
class Rule:
    """One check.

    Attributes:
        number: its place in the order.
        name: what it is called.
        holds: what is so when it has passed.
        clause: what it rests on.
        needs: what it cannot be made without.
        complete: when nothing of it was left out.
    """

    number: int
    name: CheckName
    holds: str
    clause: str
    needs: Need
    complete: str


CHECKS = (
    Rule(
        number=1,
        name="framing",
        holds="whole files, nothing more or less, checksums fit",
        clause="ISO 28500 section 4 and annex D; RFC 1952",
        needs="files",
        complete="every file was read to its end",
    ),
    Rule(
        number=2,
        name="headers",
        holds="the signed bytes, and by the rules of WARC",
        clause="ISO 28500 section 5; statement: records, envelope, warcinfo",
        needs="records",
        complete="every file was read to its end",
    ),
    Rule(
        number=3,
        name="blocks",
        holds="blocks have the digests stated and signed",
        clause="ISO 28500 sections 5.8 and 5.9; statement: subject, digests",
        needs="records",
        complete="`--deep`, and what a capture repeats was read before it",
    ),
    Rule(
        number=4,
        name="signature",
        holds="every statement signed, by a trusted key",
        clause="DSSE 1.0; RFC 8032; in-toto Statement v1",
        needs="records",
        complete="every signer is trusted",
    ),
    Rule(
        number=5,
        name="coverage",
        holds="every record in one statement, none missing",
        clause="statement: subject, records; ISO 28500 section 5.2",
        needs="records",
        complete="every file has envelopes, and none is being written",
    ),
    Rule(
        number=6,
        name="text",
        holds="extracted again, text and claims are the same",
        clause="statement: extraction",
        needs="pages",
        complete="`--deep`, by the extractor that the statements name, from pages at hand",
    ),
    Rule(
        number=7,
        name="sequence",
        holds="captures follow each other, no gap, no fork",
        clause="statement: sequence, prior, previous",
        needs="records",
        complete="everything from sequence 0 on was read",
    ),
    Rule(
        number=8,
        name="log",
        holds="all statements are in the log, and no other",
        clause="RFC 6962; C2SP tlog-tiles, tlog-checkpoint; statement: keyring",
        needs="log",
        complete="the checkpoint commits to every envelope",
    ),
    Rule(
        number=9,
        name="consistency",
        holds="the log extends what was seen of it before",
        clause="RFC 6962 section 2.1.2; C2SP tlog-checkpoint",
        needs="log",
        complete="a checkpoint of this log was kept before, or given",
    ),
    Rule(
        number=10,
        name="timestamp",
        holds="trusted authorities dated the log",
        clause="RFC 3161; statement: timestamp",
        needs="log",
        complete="no capture or text came after what a trusted authority has dated",
    ),
    Rule(
        number=11,
        name="witness",
        holds="a quorum of trusted witnesses has seen the log",
        clause="C2SP tlog-cosignature, tlog-witness, tlog-policy",
        needs="log",
        complete="the quorum has cosigned the newest checkpoint",
    ),
)
"""Every check of this version, in order."""

NAMES = tuple(rule.name for rule in CHECKS)
_NAMED: dict[str, CheckName] = {name: name for name in NAMES}


def list_checks(needs: Need) -> tuple[CheckName, ...]:
    """The checks that cannot be made without something, in order."""
    return tuple(rule.name for rule in CHECKS if rule.needs == needs)


def pick_checks(names: Iterable[str]) -> tuple[CheckName, ...]:
    """The checks of these names, in the order of the names.

    Raises:
        UsageError: a name that no check has.
    """
    picked: list[CheckName] = []
    for name in names:
        found = _NAMED.get(name)
        if found is None:
            raise UsageError(f"no check is called {name!r}", hint=f"one of {', '.join(NAMES)}")
        picked.append(found)
    return tuple(picked)
