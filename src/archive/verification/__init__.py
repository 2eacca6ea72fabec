"""Verification: the checks as a numbered list, one pass over the bytes, a report as a value.

::

    checks      what is checked, in order
    trust       whose signatures count
    walk        what was read, judged file by file in bounded memory
    ids         record ids, none twice
    reading     every byte of every file once, in order
    seen        what is kept of one record
    payload     payload digests
    captures    one capture: what its statement names, and what was read
    originals   what revisits and unchanged captures stand on
    agreement   do statement and headers say the same
    layers      header, entity and content recomputed (deep)
    roots       salted roots recomputed (deep)
    signatures  envelopes, keys
    chain       sequence, prior, previous
    tally       counts, findings and gaps
    report      the result as values
    words       the result in plain words

Bytes in, values out. What is wrong with the files is a `Finding`, never an exception.
"""

from __future__ import annotations

from archive.verification.checks import CHECKS, NAMES, Rule
from archive.verification.reading import NamedSource, Step
from archive.verification.report import Check, Finding, Report, Signer
from archive.verification.trust import Trust
from archive.verification.walk import verify
from archive.verification.words import describe, show

__all__ = [
    "CHECKS",
    "NAMES",
    "Check",
    "Finding",
    "NamedSource",
    "Report",
    "Rule",
    "Signer",
    "Step",
    "Trust",
    "describe",
    "show",
    "verify",
]
