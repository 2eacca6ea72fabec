"""Entries of the log that are not captures: seals, keyrings, time stamps, heartbeats.

Each is an in-toto Statement v1 in a DSSE envelope like a capture's, stored in a WARC metadata
record of its own (``urn:entry:<kind>:<sequence>``), from which log and index can be made again. Its
subject is what it speaks about, its predicate what it says, and the rest is the same in all::

    {"_type": "https://in-toto.io/Statement/v1",
     "subject": [{"name": …, "digest": {"sha256": …}}, …],
     "predicateType": "urn:article-archive:<kind>:v1",
     "predicate": {"critical": [], "date": …, <what it says>,
                   "envelope": {…}, "warcinfo": {…}, "software": {…}, "signer": {…},
                   "sequence": …, "prior": …}}

=========  ========================================  ===========================================
kind       subject: name, and SHA-256 of             what it says
=========  ========================================  ===========================================
seal       a WARC file's name; the file as stored    ``length`` in bytes, ``records``
keyring    ``urn:article-archive:key:<fingerprint>`` see `archive.proof.keyring`
           of each key; its SubjectPublicKeyInfo
timestamp  the response's path; it, as received      ``authority`` (its URL), ``time``, and the
                                                     ``checkpoint`` stamped: ``size``, ``root``
heartbeat  ``checkpoint``; the signed checkpoint     ``captures``, ``entries``: how many so far
=========  ========================================  ===========================================

Reading is strict: whatever is not exactly as it would be written is refused.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from attrs import frozen

from archive import document
from archive.document import Members
from archive.errors import DocumentError
from archive.proof.dsse import MAX_SIZE
from archive.proof.keyring import Keyring
from archive.proof.statement import (
    STATEMENT,
    EnvelopeRecord,
    Signer,
    Warcinfo,
    read_signer,
    read_texts,
    read_warcinfo,
)

__all__ = [
    "HEARTBEAT",
    "KEYRING",
    "SEAL",
    "TIMESTAMP",
    "Body",
    "Entry",
    "Heartbeat",
    "Seal",
    "TimestampEntry",
    "read_kind",
]

SEAL = "urn:article-archive:seal:v1"
KEYRING = "urn:article-archive:keyring:v1"
TIMESTAMP = "urn:article-archive:timestamp:v1"
HEARTBEAT = "urn:article-archive:heartbeat:v1"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z\Z")
_URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


@frozen
class Seal:
    """A WARC file that will not change any more.

    Attributes:
        file: its name, without a folder.
        sha256: of the file as stored, hexadecimal.
        length: in bytes.
        records: how many it has.
    """

    file: str
    sha256: str
    length: int
    records: int


@frozen
class TimestampEntry:
    """A time stamp that was received and verified.

    Attributes:
        file: where the response is kept, below the log's folder.
        sha256: of the response as received, hexadecimal.
        authority: the URL that was asked.
        time: what the token says, UTC.
        size: entries of the checkpoint that it is over.
        root: that checkpoint's root, hexadecimal.
    """

    file: str
    sha256: str
    authority: str
    time: str
    size: int
    root: str


@frozen
class Heartbeat:
    """A sign of life: silence shows by what does not follow.

    Attributes:
        sha256: of the signed checkpoint before it, hexadecimal.
        captures: how many captures the collection had.
        entries: how many entries that checkpoint has.
    """

    sha256: str
    captures: int
    entries: int


Body: TypeAlias = Seal | Keyring | TimestampEntry | Heartbeat


@frozen
class Entry:
    """One entry that is not a capture.

    Attributes:
        body: what it says.
        date: when it was written, UTC with microseconds.
        envelope: the record that holds its envelope.
        warcinfo: the warcinfo of the file that this stands in.
        software: versions.
        signer: who signed; of a keyring, the first who did.
        sequence: its number among all envelopes of the collection.
        prior: SHA-256 of the envelope before it, or None for the first.
    """

    body: Body
    date: str
    envelope: EnvelopeRecord
    warcinfo: Warcinfo
    software: Mapping[str, str]
    signer: Signer
    sequence: int
    prior: str | None

    @classmethod
    def from_bytes(cls, data: bytes) -> Entry:
        """Read a statement strictly.

        Raises:
            DocumentError: too large, malformed, not one of the four kinds, with critical fields, or
                spelled in another way than it is written.
        """
        top = Members(document.parse(data, limit=MAX_SIZE, what="statement"), "statement")
        kind = top.text("predicateType")
        if top.text("_type") != STATEMENT or kind not in _READERS:
            raise DocumentError("not a statement of a kind that is known")
        predicate = top.members("predicate")
        if predicate.items("critical"):
            raise DocumentError("statement has critical fields this version does not know")
        subjects = [Members(item, "subject") for item in top.items("subject")]
        named = [(item.text("name"), item.members("digest").sha256("sha256")) for item in subjects]
        if not named:
            raise DocumentError("statement has no subject")
        envelope = predicate.members("envelope")
        entry = cls(
            body=_READERS[kind](predicate, *named[0]),
            date=_read_date(predicate.text("date")),
            envelope=EnvelopeRecord(
                _read_urn(envelope.text("id")),
                envelope.text("target"),
                envelope.text("content_type"),
            ),
            warcinfo=read_warcinfo(predicate.members("warcinfo")),
            software=read_texts(predicate.members("software")),
            signer=read_signer(predicate.members("signer")),
            sequence=predicate.number("sequence"),
            prior=predicate.sha256_or_none("prior"),
        )
        if entry.to_bytes() != data:
            raise DocumentError("statement is spelled in another way than it is written")
        return entry

    def to_bytes(self) -> bytes:
        """The statement as it is signed.

        Raises:
            DocumentError: it is too large.
        """
        kind, subject, said = _WRITERS[type(self.body)](self.body)
        record, info = self.envelope, self.warcinfo
        key = base64.b64encode(self.signer.public_key).decode("ascii")
        value = {
            "_type": STATEMENT,
            "subject": [{"name": name, "digest": {"sha256": sha}} for name, sha in subject],
            "predicateType": kind,
            "predicate": {
                "critical": [],
                "date": self.date,
                **said,
                "envelope": {
                    "id": record.id,
                    "target": record.target,
                    "content_type": record.content_type,
                },
                "warcinfo": {"id": info.id, "header": info.header, "block": info.block},
                "software": dict(self.software),
                "signer": {"algorithm": self.signer.algorithm, "public_key": key},
                "sequence": self.sequence,
                "prior": self.prior,
            },
        }
        data = document.write(value)
        if len(data) > MAX_SIZE:
            raise DocumentError(f"statement is larger than {MAX_SIZE} bytes")
        return data


def read_kind(payload: bytes) -> str:
    """The predicate type of a statement, to learn what to read it as.

    Raises:
        DocumentError: not strict JSON, or no statement.
    """
    top = Members(document.parse(payload, limit=MAX_SIZE, what="statement"), "statement")
    return top.text("predicateType")


def _read_seal(predicate: Members, name: str, sha256: str) -> Seal:
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        raise DocumentError("a seal names a file without a folder")
    return Seal(name, sha256, predicate.number("length"), predicate.number("records"))


def _read_keyring(predicate: Members, _name: str, _sha256: str) -> Keyring:
    return Keyring.from_members(predicate.members("keyring"))


def _read_timestamp(predicate: Members, name: str, sha256: str) -> TimestampEntry:
    checkpoint = predicate.members("checkpoint")
    return TimestampEntry(
        file=name,
        sha256=sha256,
        authority=predicate.text("authority"),
        time=_read_date(predicate.text("time")),
        size=checkpoint.number("size"),
        root=checkpoint.sha256("root"),
    )


def _read_heartbeat(predicate: Members, _name: str, sha256: str) -> Heartbeat:
    return Heartbeat(sha256, predicate.number("captures"), predicate.number("entries"))


_Written: TypeAlias = tuple[str, list[tuple[str, str]], dict[str, Any]]


def _write_seal(seal: Seal) -> _Written:
    said = {"length": seal.length, "records": seal.records}
    return SEAL, [(seal.file, seal.sha256)], said


def _write_keyring(keyring: Keyring) -> _Written:
    subject = [
        (f"urn:article-archive:key:{key.fingerprint}", key.fingerprint) for key in keyring.keys
    ]
    return KEYRING, subject, {"keyring": keyring.to_value()}


def _write_timestamp(entry: TimestampEntry) -> _Written:
    said = {
        "authority": entry.authority,
        "time": entry.time,
        "checkpoint": {"size": entry.size, "root": entry.root},
    }
    return TIMESTAMP, [(entry.file, entry.sha256)], said


def _write_heartbeat(beat: Heartbeat) -> _Written:
    said = {"captures": beat.captures, "entries": beat.entries}
    return HEARTBEAT, [("checkpoint", beat.sha256)], said


_READERS: dict[str, Callable[[Members, str, str], Body]] = {
    SEAL: _read_seal,
    KEYRING: _read_keyring,
    TIMESTAMP: _read_timestamp,
    HEARTBEAT: _read_heartbeat,
}
_WRITERS: dict[type, Any] = {
    Seal: _write_seal,
    Keyring: _write_keyring,
    TimestampEntry: _write_timestamp,
    Heartbeat: _write_heartbeat,
}


def _read_date(text: str) -> str:
    if _DATE.match(text) is None:
        raise DocumentError("date is not UTC")
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise DocumentError("date is no date of the calendar") from None
    return text


def _read_urn(text: str) -> str:
    if _URN.match(text) is None:
        raise DocumentError("not a urn:uuid in lower case")
    return text
