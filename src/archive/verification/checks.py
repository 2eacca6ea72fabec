"""The checks, in order. They read like the threat model: what could have been done to an archive.

Checks 8 to 11 need a whole collection, with its log. The sections cited are those of ISO
28500:2017 (WARC/1.1) and of this project's own reference.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from archive.errors import UsageError

__all__ = ["CHECKS", "NAMES", "Rule", "check_names"]


@frozen
class Rule:
    """One check: its number and name, when it holds, and the clause it rests on."""

    number: int
    name: str
    holds: str
    clause: str


CHECKS = (
    Rule(
        1,
        "framing",
        "whole files, nothing more or less, checksums fit",
        "ISO 28500 section 4 and annex D; RFC 1952",
    ),
    Rule(
        2,
        "headers",
        "the signed bytes, and by the rules of WARC",
        "ISO 28500 section 5; statement: records, envelope, warcinfo",
    ),
    Rule(
        3,
        "blocks",
        "blocks have the digests stated and signed",
        "ISO 28500 sections 5.8 and 5.9; statement: subject, digests",
    ),
    Rule(
        4,
        "signature",
        "every statement signed, by a trusted key",
        "DSSE 1.0; RFC 8032; in-toto Statement v1",
    ),
    Rule(
        5,
        "coverage",
        "every record in one statement, none missing",
        "statement: subject, records; ISO 28500 section 5.2",
    ),
    Rule(
        6,
        "text",
        "extracted again, text and claims are the same",
        "statement: extraction",
    ),
    Rule(
        7,
        "sequence",
        "captures follow each other, no gap, no fork",
        "statement: sequence, prior, previous",
    ),
    Rule(
        8,
        "log",
        "all statements are in the log, and no other",
        "RFC 6962; C2SP tlog-tiles, tlog-checkpoint; statement: keyring",
    ),
    Rule(
        9,
        "consistency",
        "the log extends what was seen of it before",
        "RFC 6962 section 2.1.2; C2SP tlog-checkpoint",
    ),
    Rule(
        10,
        "timestamp",
        "trusted authorities dated the log",
        "RFC 3161; statement: timestamp",
    ),
    Rule(
        11,
        "witness",
        "a quorum of trusted witnesses has seen the log",
        "C2SP tlog-cosignature, tlog-witness, tlog-policy",
    ),
)
"""Every check of this version, in order."""

NAMES = tuple(rule.name for rule in CHECKS)


def check_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names, when each is a check's.

    Raises:
        UsageError: a name that no check has.
    """
    wanted = tuple(names)
    for name in wanted:
        if name not in NAMES:
            raise UsageError(f"no check is called {name!r}", hint=f"one of {', '.join(NAMES)}")
    return wanted
