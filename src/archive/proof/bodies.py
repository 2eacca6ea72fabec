"""What seals, keyrings, time stamps and heartbeats say: the body and subject of their entries.

The statement around them is the same for all kinds of entries: `archive.proof.entry`.

=========  ========================================  ===========================================
kind       subject: name, and SHA-256 of             body
=========  ========================================  ===========================================
seal       a WARC file's name; the file as stored    ``length`` in bytes, ``records``
keyring    ``urn:article-archive:key:<fingerprint>`` see `archive.proof.keyring`
           of each key; its SubjectPublicKeyInfo
timestamp  the response's path; it, as received      ``authority`` (its URL), ``time``, and the
                                                     ``checkpoint`` stamped: ``size``, ``root``
heartbeat  ``checkpoint``; the signed checkpoint     ``captures``, ``entries``: how many so far
=========  ========================================  ===========================================

Reading is strict: what would not be written again as it was read is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from attrs import frozen

from archive.document import Members
from archive.errors import DocumentError
from archive.proof.entry import EntryStatement, Subject
from archive.proof.keyring import Keyring

__all__ = ["Body", "Heartbeat", "Seal", "TimestampEntry", "Written", "read_body", "write_body"]

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?!24)[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z\Z")


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
class Written:
    """A body as an `EntryStatement` takes it: its ``kind``, ``subjects`` and ``body``."""

    kind: str
    subjects: tuple[Subject, ...]
    body: dict[str, Any]


def write_body(body: Body) -> Written:
    """What to put into an entry's statement."""
    if isinstance(body, Seal):
        said: dict[str, Any] = {"length": body.length, "records": body.records}
        return Written("seal", (Subject(body.file, body.sha256),), said)
    if isinstance(body, Heartbeat):
        said = {"captures": body.captures, "entries": body.entries}
        return Written("heartbeat", (Subject("checkpoint", body.sha256),), said)
    if isinstance(body, TimestampEntry):
        checkpoint = {"size": body.size, "root": body.root}
        said = {"authority": body.authority, "time": body.time, "checkpoint": checkpoint}
        return Written("timestamp", (Subject(body.file, body.sha256),), said)
    subjects = tuple(
        Subject(f"urn:article-archive:key:{key.fingerprint}", key.fingerprint) for key in body.keys
    )
    return Written("keyring", subjects, body.to_value())


def read_body(entry: EntryStatement) -> Body:
    """What an entry says, read strictly.

    Raises:
        DocumentError: a text, or a body that is not exactly as it would be written.
    """
    read = _READERS.get(entry.kind)
    if read is None:
        raise DocumentError(f"a {entry.kind} entry has its own way to be read")
    if not entry.subjects or entry.records:
        raise DocumentError(f"a {entry.kind} entry speaks about nothing, or has records")
    body = read(Members(dict(entry.body), f"{entry.kind} entry"), entry.subjects[0])
    written = write_body(body)
    if (written.subjects, written.body) != (entry.subjects, dict(entry.body)):
        raise DocumentError(f"a {entry.kind} entry says more or other than it may")
    return body


def _read_seal(members: Members, subject: Subject) -> Seal:
    name = subject.name
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        raise DocumentError("a seal names a file without a folder")
    return Seal(name, subject.sha256, members.number("length"), members.number("records"))


def _read_keyring(members: Members, _subject: Subject) -> Keyring:
    return Keyring.from_members(members)


def _read_timestamp(members: Members, subject: Subject) -> TimestampEntry:
    checkpoint = members.members("checkpoint")
    return TimestampEntry(
        file=subject.name,
        sha256=subject.sha256,
        authority=members.text("authority"),
        time=_read_time(members.text("time")),
        size=checkpoint.number("size"),
        root=checkpoint.sha256("root"),
    )


def _read_heartbeat(members: Members, subject: Subject) -> Heartbeat:
    return Heartbeat(subject.sha256, members.number("captures"), members.number("entries"))


_READERS: dict[str, Callable[[Members, Subject], Body]] = {
    "seal": _read_seal,
    "keyring": _read_keyring,
    "timestamp": _read_timestamp,
    "heartbeat": _read_heartbeat,
}


def _read_time(text: str) -> str:
    if _TIME.match(text) is None:
        raise DocumentError("time of a time stamp is not UTC")
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise DocumentError("time of a time stamp is no date of the calendar") from None
    return text
