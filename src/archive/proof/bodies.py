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
from typing import Annotated, Any, TypeAlias

from attrs import frozen

from archive.document import Members
from archive.errors import DocumentError
from archive.proof.entry import EntryStatement, Subject
from archive.proof.keyring import Keyring
from archive.proof.members import ELSEWHERE, Sha256, Time, read_members, write_members

__all__ = [
    "Body",
    "Heartbeat",
    "Seal",
    "TimestampEntry",
    "TreeHead",
    "Written",
    "read_body",
    "write_body",
]


@frozen
class Seal:
    """A WARC file that will not change any more.

    Attributes:
        file: its name, without a folder.
        sha256: of the file as stored, hexadecimal.
        length: in bytes.
        records: how many it has.
    """

    file: Annotated[str, ELSEWHERE]
    sha256: Annotated[str, ELSEWHERE]
    length: int
    records: int


@frozen
class TreeHead:
    """How many entries a checkpoint has, and its root, hexadecimal."""

    size: int
    root: Sha256


@frozen
class TimestampEntry:
    """A time stamp that was received and verified.

    Attributes:
        file: where the response is kept, below the log's folder.
        sha256: of the response as received, hexadecimal.
        authority: the URL that was asked.
        time: what the token says, UTC.
        checkpoint: what it is over.
    """

    file: Annotated[str, ELSEWHERE]
    sha256: Annotated[str, ELSEWHERE]
    authority: str
    time: Time
    checkpoint: TreeHead


@frozen
class Heartbeat:
    """A sign of life: silence shows by what does not follow.

    Attributes:
        sha256: of the signed checkpoint before it, hexadecimal.
        captures: how many captures the collection had.
        entries: how many entries that checkpoint has.
    """

    sha256: Annotated[str, ELSEWHERE]
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
    if isinstance(body, Keyring):
        names = [key.fingerprint for key in body.keys]
        subjects = tuple(Subject(f"urn:article-archive:key:{name}", name) for name in names)
        return Written("keyring", subjects, body.to_value())
    kind = next(kind for kind, one in _KINDS.items() if isinstance(body, one))
    name = _HEARTBEAT if isinstance(body, Heartbeat) else body.file
    return Written(kind, (Subject(name, body.sha256),), write_members(body))


def read_body(entry: EntryStatement) -> Body:
    """What an entry says, read strictly.

    Raises:
        DocumentError: a text, or a body that is not exactly as it would be written.
    """
    if entry.kind not in _KINDS and entry.kind != "keyring":
        raise DocumentError(f"a {entry.kind} entry has its own way to be read")
    if not entry.subjects or entry.records:
        raise DocumentError(f"a {entry.kind} entry speaks about nothing, or has records")
    body = _read(entry.kind, Members(dict(entry.body), f"{entry.kind} entry"), entry.subjects[0])
    written = write_body(body)
    if (written.subjects, written.body) != (entry.subjects, dict(entry.body)):
        raise DocumentError(f"a {entry.kind} entry says more or other than it may")
    return body


def _read(kind: str, members: Members, subject: Subject) -> Body:
    if kind == "keyring":
        return Keyring.from_members(members)
    if kind == "heartbeat":
        return read_members(Heartbeat, members, sha256=subject.sha256)
    if kind == "seal" and (subject.name in ("", ".", "..") or _FOLDER.search(subject.name)):
        raise DocumentError("a seal names a file without a folder")
    return read_members(_KINDS[kind], members, file=subject.name, sha256=subject.sha256)


_HEARTBEAT = "checkpoint"  # what a heartbeat's subject is called
_FOLDER = re.compile(r"[/\0]")
_KINDS: dict[str, type[Seal | TimestampEntry | Heartbeat]] = {
    "seal": Seal,
    "timestamp": TimestampEntry,
    "heartbeat": Heartbeat,
}
