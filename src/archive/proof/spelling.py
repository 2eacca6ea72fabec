"""Statements in the one spelling they are written in, read by one regular expression.

`CaptureStatement.from_bytes` reads any strict JSON, member by member. What `to_bytes` writes has
one order and no spaces, so that one match proves the names, their order and the types at once, and
gives the values five times as fast. Sections that are the same in statement after statement (the
extraction, the software, the signer, the warcinfo) are cut out whole, read strictly, and kept by
their text. Whatever does not match, for any reason, is left to the strict reader, which says what
is wrong with it: both give the same statement.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Any

from archive import document
from archive.document import Members
from archive.errors import DocumentError
from archive.proof.bounds import MAX_ENVELOPE
from archive.proof.entry import EntryStatement, read_any
from archive.proof.salted import Root
from archive.proof.statement import (
    CAPTURE,
    GRADES,
    OUTCOMES,
    ROLES,
    STATEMENT,
    CaptureStatement,
    EnvelopeRecord,
    ExtractionStamp,
    Layers,
    NamedRecord,
    Run,
    Signer,
    Warcinfo,
    read_texts,
)

__all__ = ["read_statement"]

_HEX = "[0-9a-f]{64}"
_URN = "urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_NUMBER = "0|[1-9][0-9]{0,17}"
_TEXT = r'[^"\\\x00-\x1f]*'  # a string without escapes
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}T(?!24)[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z"
_FLAT = r"[^{}]*"  # cut out loosely: the strict reader reads it afterwards


def _text(name: str, form: str = _TEXT) -> str:
    return f'"{name}":"(?P<{name}>{form})"'


def _text_or_null(name: str, form: str = _TEXT, prefix: str = "") -> str:
    return f'"{name}":(?:null|"(?P<{prefix}{name}>{form})")'


def _word(name: str, words: tuple[str, ...]) -> str:
    return _text(name, "|".join(words))


def _root(name: str) -> str:
    object_ = rf'\{{"root":"(?P<{name}_root>{_HEX})","size":(?P<{name}_size>{_NUMBER})\}}'
    return f'"{name}":(?:null|{object_})'


def _list(name: str, item: str) -> str:
    return rf'"{name}":\[(?P<{name}>(?:{item}(?:,{item})*)?)\]'


def _bare(item: str) -> str:
    """The same form without groups."""
    return re.sub(r"\((?!\?)", "(?:", item)


_SUBJECT = rf'\{{"name":"({_URN})","digest":\{{"sha256":"({_HEX})"\}}\}}'
_RECORD = rf'\{{"role":"({"|".join(ROLES)})","header":"({_HEX})","length":({_NUMBER})\}}'
_RUN = (
    rf'\{{"id":"(?P<run_id>{_URN})","list":"(?P<run_list>{_HEX})",'
    rf'"index":(?P<run_index>{_NUMBER}),"size":(?P<run_size>{_NUMBER})\}}'
)
_PREDICATE = (
    r'"critical":\[\]',
    _text("url"),
    _text("final_url"),
    _text("date", _DATE),
    _text_or_null("claimed_date"),
    _word("outcome", OUTCOMES),
    _text_or_null("reason"),
    rf'"status":(?:null|(?P<status>{_NUMBER}))',
    _word("grade", GRADES),
    _list("limitations", f'"{_TEXT}"'),
    _list("records", _bare(_RECORD)),
    rf'"envelope":\{{{_text("id", _URN)},{_text("target")},{_text("content_type")}\}}',
    rf'"warcinfo":(?P<warcinfo>\{{{_FLAT}\}})',
    r'"digests":\{'
    + ",".join(
        _text_or_null(name, _HEX, "layer_")
        for name in ("header", "block", "entity", "content", "text")
    )
    + r"\}",
    rf'"extraction":(?:null|(?P<extraction>\{{{_FLAT}\{{{_FLAT}\}}{_FLAT}\{{{_FLAT}\}}\}}))',
    _text_or_null("same_as", _HEX),
    _root("paragraphs"),
    _root("claims"),
    rf'"software":(?P<software>\{{{_FLAT}\}})',
    f'"run":(?:null|{_RUN})',
    rf'"signer":(?P<signer>\{{{_FLAT}\}})',
    rf'"sequence":(?P<sequence>{_NUMBER})',
    _text_or_null("prior", _HEX),
    _text_or_null("previous", _HEX),
)
_STATEMENT = re.compile(
    rf'\{{"_type":"{re.escape(STATEMENT)}",{_list("subject", _bare(_SUBJECT))},'
    rf'"predicateType":"{re.escape(CAPTURE)}","predicate":\{{{",".join(_PREDICATE)}\}}\}}'
)
_SUBJECTS = re.compile(_SUBJECT)
_RECORDS = re.compile(_RECORD)


def read_statement(data: bytes) -> CaptureStatement | EntryStatement:
    """Read a statement strictly: the same as `read_any`, and faster on captures of ours.

    Raises:
        DocumentError: as `read_any`.
    """
    return _match(data) or read_any(data)


def _match(data: bytes) -> CaptureStatement | None:
    """The statement when it is spelled as we write it and nothing is wrong with it."""
    if len(data) > MAX_ENVELOPE:
        return None
    try:
        found = _STATEMENT.fullmatch(data.decode("utf-8"))
        return None if found is None else _build(found.groupdict())
    except (ValueError, DocumentError):  # not UTF-8, or no date of the calendar
        return None


def _build(said: dict[str, Any]) -> CaptureStatement | None:
    records = _read_records(said["subject"], said["records"])
    if records is None:
        return None
    datetime.fromisoformat(said["date"])
    status, listed, extraction = said["status"], said["limitations"], said["extraction"]
    return CaptureStatement(
        records=records,
        envelope=EnvelopeRecord(said["id"], said["target"], said["content_type"]),
        warcinfo=_read_warcinfo(said["warcinfo"]),
        url=said["url"],
        final_url=said["final_url"],
        date=said["date"],
        claimed_date=said["claimed_date"],
        outcome=said["outcome"],
        reason=said["reason"],
        status=None if status is None else int(status),
        grade=said["grade"],
        limitations=tuple(listed[1:-1].split('","')) if listed else (),
        layers=Layers(
            said["layer_header"],
            said["layer_block"],
            said["layer_entity"],
            said["layer_content"],
            said["layer_text"],
        ),
        extraction=None if extraction is None else _read_extraction(extraction),
        same_as=said["same_as"],
        paragraphs=_build_root(said["paragraphs_root"], said["paragraphs_size"]),
        claims=_build_root(said["claims_root"], said["claims_size"]),
        software=_read_software(said["software"]),
        run=_build_run(said),
        signer=_read_signer(said["signer"]),
        sequence=int(said["sequence"]),
        prior=said["prior"],
        previous=said["previous"],
    )


def _read_records(subject: str, records: str) -> tuple[NamedRecord, ...] | None:
    subjects, details = _SUBJECTS.findall(subject), _RECORDS.findall(records)
    if not subjects or len(subjects) != len(details) or records.count('"outcome"') != 1:
        return None
    return tuple(
        [
            NamedRecord(id_, role, header, block, int(length))
            for (id_, block), (role, header, length) in zip(subjects, details, strict=True)
        ]
    )


def _build_root(root: str | None, size: str) -> Root | None:
    return None if root is None else Root(root, int(size))


def _build_run(said: dict[str, Any]) -> Run | None:
    if said["run_id"] is None:
        return None
    return Run(said["run_id"], said["run_list"], int(said["run_index"]), int(said["run_size"]))


def _parse(text: str, what: str) -> Members:
    return Members(document.parse(text.encode("utf-8"), limit=MAX_ENVELOPE, what=what), what)


@lru_cache(maxsize=32)
def _read_warcinfo(text: str) -> Warcinfo:
    return Warcinfo.from_json(_parse(text, "warcinfo"))


@lru_cache(maxsize=32)
def _read_extraction(text: str) -> ExtractionStamp:
    return ExtractionStamp.from_json(_parse(text, "extraction"))


@lru_cache(maxsize=32)
def _read_software(text: str) -> dict[str, str]:
    return read_texts(_parse(text, "software"))


@lru_cache(maxsize=32)
def _read_signer(text: str) -> Signer:
    return Signer.from_json(_parse(text, "signer"))
