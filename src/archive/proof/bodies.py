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
withdrawn  any; here each record's id, each file's   ``records`` (``id``, ``block`` each), ``files``
           name, with what they were                 (``name``, ``before``, ``after``), ``reason``
=========  ========================================  ===========================================

Reading is strict: what would not be written again as it was read is refused, but for members and
subjects besides, which a later version may have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from attrs import frozen

from archive.document import Members
from archive.errors import DocumentError
from archive.proof.entry import ROLES, EntryStatement, Subject
from archive.proof.keyring import Keyring
from archive.proof.members import ELSEWHERE, Sha256, Time, read_members, write_members

__all__ = [
    "Body",
    "ChangedFile",
    "Heartbeat",
    "Seal",
    "TimestampEntry",
    "TreeHead",
    "Withdrawal",
    "WithdrawnRecord",
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


@frozen
class WithdrawnRecord:
    """A record that may be missing: its id, and SHA-256 of the block that it had."""

    id: str
    block: Sha256


@frozen
class ChangedFile:
    """A WARC file that was written again without them: its name, its SHA-256 before and after."""

    name: str
    before: Sha256
    after: Sha256


@frozen
class Withdrawal:
    """A court or a person's right has taken bytes away."""

    records: tuple[WithdrawnRecord, ...]
    files: tuple[ChangedFile, ...]
    reason: str


Body: TypeAlias = Seal | Keyring | TimestampEntry | Heartbeat | Withdrawal


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
    if isinstance(body, Withdrawal):
        taken = [Subject(item.id, item.block) for item in body.records]
        files = [Subject(item.name, item.before) for item in body.files]
        return Written("withdrawn", (*taken, *files), write_members(body))
    kind = next(kind for kind, one in _KINDS.items() if isinstance(body, one))
    name = _HEARTBEAT if isinstance(body, Heartbeat) else body.file
    return Written(kind, (Subject(name, body.sha256),), write_members(body))


def read_body(entry: EntryStatement) -> Body:
    """What an entry says, read strictly.

    Raises:
        DocumentError: a text, or a body that is not as it would be written, members and subjects of
            a later version apart.
    """
    if entry.kind not in _KINDS and entry.kind not in ("keyring", "withdrawn"):
        raise DocumentError(f"a {entry.kind} entry has its own way to be read")
    if not entry.subjects or any(item.role in ROLES for item in entry.records):
        raise DocumentError(f"a {entry.kind} entry speaks about nothing, or has records")
    members = Members(dict(entry.body), f"{entry.kind} entry")
    body = _read(entry.kind, members, entry.subjects[0])
    written = write_body(body)
    subjects = entry.subjects[: len(written.subjects)]
    is_free = entry.kind == "withdrawn"  # its subject is what its writer says that it is about
    if not (is_free or subjects == written.subjects) or not _says(entry.body, written.body):
        raise DocumentError(f"a {entry.kind} entry says more or other than it may")
    return body


def _says(given: Any, written: Any) -> bool:
    """Whether what was read is what would be written, members besides left out."""
    if isinstance(written, dict):
        return isinstance(given, Mapping) and all(
            name in given and _says(given[name], value) for name, value in written.items()
        )
    if isinstance(written, list):
        return (
            isinstance(given, list)
            and len(given) == len(written)
            and all(_says(one, other) for one, other in zip(given, written, strict=True))
        )
    return type(given) is type(written) and bool(given == written)


def _read_withdrawal(members: Members) -> Withdrawal:
    records = [Members(item, "withdrawn record") for item in members.items("records")]
    files = [Members(item, "changed file") for item in members.items("files")]
    return Withdrawal(
        tuple(read_members(WithdrawnRecord, item) for item in records),
        tuple(read_members(ChangedFile, item) for item in files),
        members.text("reason"),
    )


def _read(kind: str, members: Members, subject: Subject) -> Body:
    if kind == "keyring":
        return Keyring.from_members(members)
    if kind == "withdrawn":
        return _read_withdrawal(members)
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
