"""Verification: the checks as a numbered list, one pass over the bytes, a report as a value.

::

    checks      what is checked, in order
    trust       whose signatures count
    walk        what was read, judged file by file in bounded memory
    ids         record ids, none twice
    reading     every byte of every file once, in order
    seen        what is kept of one record
    place       where something stands
    payload     payload digests
    captures    one capture: what its statement names, and what was read
    originals   what revisits and unchanged captures stand on
    anchors     what checks 8 to 11 stand on besides the files
    anchoring   those checks: a collection against its log
    heartbeats  of check 8: what heartbeats say
    dating      check 10: what authorities have dated
    agreement   do statement and headers say the same
    layers      header, entity and content recomputed (deep)
    roots       salted roots recomputed (deep)
    texts       texts and claims extracted again (deep)
    signatures  envelopes, keys
    chain       sequence, prior, previous
    tally       counts, findings and gaps
    report      the result as values
    words       the result in plain words

Bytes in, values out. What is wrong with the files is a `Finding`, never an exception.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.verification.checks import CHECKS, NAMES, Rule, check_names
    from archive.verification.reading import NamedSource, Step, read_files
    from archive.verification.report import Check, Finding, Report, Signer
    from archive.verification.trust import Trust
    from archive.verification.walk import judge, verify
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
    "check_names",
    "describe",
    "judge",
    "read_files",
    "show",
    "verify",
]

_HOMES = {
    **dict.fromkeys(("CHECKS", "NAMES", "Rule", "check_names"), "checks"),
    **dict.fromkeys(("NamedSource", "Step", "read_files"), "reading"),
    **dict.fromkeys(("Check", "Finding", "Report", "Signer"), "report"),
    "Trust": "trust",
    **dict.fromkeys(("judge", "verify"), "walk"),
    **dict.fromkeys(("describe", "show"), "words"),
}


def __getattr__(name: str) -> Any:
    # What reads is loaded before what judges, so that a second process can begin to read.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
