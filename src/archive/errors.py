"""Everything this project raises, in one tree.

::

    ArchiveError                  exit 70   never raised itself
    ├── UsageError                     2    a request that cannot be
    │   └── UrlError                   2    not a URL that can be archived
    ├── NotFoundError                  4    no such capture
    ├── InputError                     5    a file that is not what it should be, or is missing
    │   ├── WarcError                  5    not WARC, or broken framing (file, offset)
    │   ├── DocumentError              5    not strict JSON, or not the document asked for
    │   └── HttpError                  5    a stored HTTP message that cannot be read
    ├── IntegrityError                 1    a check that was required did not pass
    │   └── TimestampError             1    a time stamp that proves nothing, and why
    ├── KeyRefusedError                7    key missing, refused, wrong passphrase
    │   └── KeySupersededError         7    the collection's keyring has other keys now
    ├── StorageError                   8    full, not writable, fsync failed
    ├── NoCollectionError             10    no such collection
    └── LockedError                   11    another writer holds the collection

A finding of verification is a value, never an exception: see `archive.verification`.
"""

from __future__ import annotations

__all__ = [
    "ADOPT_LOG",
    "LIST",
    "REINDEX",
    "VERIFY",
    "ArchiveError",
    "DocumentError",
    "Hint",
    "HttpError",
    "InputError",
    "IntegrityError",
    "KeyRefusedError",
    "KeySupersededError",
    "LockedError",
    "NoCollectionError",
    "NotFoundError",
    "StorageError",
    "TimestampError",
    "UrlError",
    "UsageError",
    "WarcError",
]


class Hint(str):
    """What the reader can do, said to who calls the library; `command` says it to who types.

    Args:
        python: the advice, in words and calls of the library.
        command: the same, in words and commands of the shell.
    """

    command: str

    def __new__(cls, python: str, command: str) -> Hint:  # noqa: D102 the class says it
        made = super().__new__(cls, python)
        made.command = command
        return made

    def __reduce__(self) -> tuple[type[Hint], tuple[str, str]]:
        return Hint, (str(self), self.command)

    @staticmethod
    def in_shell(text: str) -> str:
        """A text for who types commands."""
        return text.command if isinstance(text, Hint) else text

    @staticmethod
    def joined(*parts: str, between: str = "") -> str:
        """Texts in one; a hint where one of them is."""
        python, command = between.join(parts), between.join(map(Hint.in_shell, parts))
        return python if python == command else Hint(python, command)


VERIFY = Hint("see: Collection.verify()", command="see: archive verify")
LIST = Hint("see: Collection.captures()", command="see: archive list")
REINDEX = Hint(
    "it is a cache; make it anew with: Collection.reindex()",
    command="it is a cache; make it anew with: archive reindex",
)
ADOPT_LOG = Hint(
    "begin one with: Collection.adopt_log()", command="begin one with: archive log adopt"
)


class ArchiveError(Exception):
    """What went wrong, where, and what to do about it.

    Args:
        message: what happened, one sentence without a full stop.
        where: the file, byte offset or URL it happened at, or None.
        hint: what the reader can do about it, or None.
    """

    code = "error"
    exit_code = 70

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        advice = f"; {self.hint}" if self.hint else ""
        return f"{self.message}{place}{advice}"


class UsageError(ArchiveError):
    """A request that cannot be."""

    code = "usage"
    exit_code = 2


class UrlError(UsageError):
    """Not a URL that can be archived."""

    code = "url"


class NotFoundError(ArchiveError):
    """No such capture in the collection."""

    code = "not-found"
    exit_code = 4


class InputError(ArchiveError):
    """A file that is missing or is not what it should be."""

    code = "input"
    exit_code = 5


class WarcError(InputError):
    """Not a WARC file, or its framing is broken.

    Args:
        message: what happened.
        offset: where in the stored file, in bytes.
        where: the file's name, or None.
        torn: True when the bytes merely end too early.
    """

    code = "warc"

    def __init__(
        self, message: str, *, offset: int = 0, where: str | None = None, torn: bool = False
    ) -> None:
        place = f"{where}, byte {offset}" if where else f"byte {offset}"
        super().__init__(message, where=place)
        self.offset = offset
        self.torn = torn


class DocumentError(InputError):
    """Bytes that are not strict JSON, or not the document asked for."""

    code = "document"


class HttpError(InputError):
    """A stored HTTP message, or its coding, that cannot be read."""

    code = "http"


class IntegrityError(ArchiveError):
    """A check that was required did not pass."""

    code = "integrity"
    exit_code = 1


class TimestampError(IntegrityError):
    """A time stamp that proves nothing.

    Args:
        message: what is wrong with it.
        reason: one word of `archive.proof.timestamp.REASONS`.
    """

    code = "timestamp"

    def __init__(self, message: str, *, reason: str, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.reason = reason


class KeyRefusedError(ArchiveError):
    """A key that is missing, refused, or locked with another passphrase."""

    code = "key"
    exit_code = 7


class KeySupersededError(KeyRefusedError):
    """The collection's keyring does not have the key any more.

    Args:
        message: as of `ArchiveError`, and so are `where` and `hint`.
        current: the fingerprints that it has.
    """

    code = "key-superseded"

    def __init__(
        self, message: str, *, where: str, hint: str | None, current: tuple[str, ...]
    ) -> None:
        super().__init__(message, where=where, hint=hint)
        self.current = current


class StorageError(ArchiveError):
    """The disk is full, not writable, or failed to make bytes durable."""

    code = "storage"
    exit_code = 8


class NoCollectionError(ArchiveError):
    """There is no collection there."""

    code = "no-collection"
    exit_code = 10


class LockedError(ArchiveError):
    """Another writer holds the collection."""

    code = "locked"
    exit_code = 11
