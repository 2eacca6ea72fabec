"""Verification: the checks as a numbered list, one pass over the bytes, a report as a value.

::

    checks       the checks as a numbered list: what each needs, and when it is complete

    reading      every byte of every file once, in order; then the names of strays
    blocks       the block of one record as it passes by
    records      what is kept of one record
    payload      payload digests
    layers       header, entity and content recomputed (deep)

    verdict      what was read is judged, and what comes of it
    files        1 and 5: where each record belongs, how each file ends
    ids          of 5: record ids, none twice
    groups       2, 3 and 5: the records that a statement names, and what was read
    captures     2 to 5: one capture, and what its statement says
    newer        of 2 to 5: statements of later versions
    withdrawals  of 5: what a right has taken away
    agreement    of 2 and 3: do statement and headers say the same
    invariants   of 2 and 3: what must be so in any one capture, as a table
    originals    of 3: what revisits and unchanged captures stand on
    roots        of 3: salted roots recomputed (deep)
    signatures   4: envelopes, keys
    texts        6: texts and claims extracted again (deep)
    chain        7: sequence, prior, previous

    collection   what only a whole collection can be held to
    anchors      what that stands on besides the files
    tree         the tree over the envelopes
    seals        of 1: files that were closed
    keyrings     of 4: which keys were valid where
    log          8: envelopes and entries
    heartbeats   of 8: what heartbeats say
    consistency  9: what the verifier had seen of the log
    dating       10: what authorities have dated
    intervals    of 10: between which moments captures were made
    witnesses    11: who has cosigned

    roll         what is intact, in one digest, for what is shown beside the verdict
    tally        counts, findings and gaps
    place        where something stands
    report       the result as values
    words        the result in plain words

Bytes in, values out. What is wrong with the files is a `Finding`, never an exception. What reads
and what judges is not loaded with the values: another process can begin to read before.
"""

from __future__ import annotations

from archive.verification.checks import CHECKS, NAMES, Rule, pick_checks
from archive.verification.report import Check, Finding, Report, Signer
from archive.verification.signatures import Trust
from archive.verification.words import describe, show

__all__ = [
    "CHECKS",
    "NAMES",
    "Check",
    "Finding",
    "Report",
    "Rule",
    "Signer",
    "Trust",
    "describe",
    "pick_checks",
    "show",
]
