"""Who was asked about a log in vain the last time: authorities and witnesses, when and why.

One file a log, in one of the user's folders beside the checkpoints that are kept, named by the
SHA-256 of the log's origin and replaced as a whole::

    <state folder>/article-archive/unanswered/<sha256>.json

It is neither signed nor trusted, and nothing depends on it: it is there to be shown. Who answers
is taken out.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import platformdirs
from attrs import asdict, frozen

from archive import document
from archive.digest import sha256
from archive.disk.durable import make_folder, replace_file, wrap_read_error
from archive.disk.files import SMALL
from archive.disk.regular import open_regular
from archive.errors import InputError

__all__ = ["Failure", "Unanswered"]


@frozen
class Failure:
    """Asking that came to nothing.

    Attributes:
        kind: what was asked for, ``timestamp`` or ``witness``.
        url: who was asked.
        time: when, UTC.
        error: why nothing came of it.
    """

    kind: str
    url: str
    time: str
    error: str


@frozen
class Unanswered:
    """What is kept in a folder, which need not be there yet."""

    folder: Path

    @classmethod
    def of_user(cls) -> Unanswered:
        """What this user asked (``XDG_STATE_HOME`` moves it)."""
        return cls(Path(platformdirs.user_state_path("article-archive")) / "unanswered")

    def load(self, origin: str) -> tuple[Failure, ...]:
        """Who did not answer the last time that he was asked about a log.

        Raises:
            InputError: the file is not readable, or not what it should be.
            StorageError: the disk fails.
        """
        path = self._path(origin)
        try:
            with open_regular(path) as file:
                data = file.read(SMALL + 1)
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise wrap_read_error(error, "reading who did not answer", path) from error
        try:
            value = document.parse(data, limit=SMALL, what="the list of who did not answer")
            return tuple(map(_read, document.Members(value, "the list").items("failed")))
        except InputError as error:
            hint = "delete the file: it only says who did not answer the last time"
            raise InputError(error.message, where=str(path), hint=hint) from None

    def keep(self, origin: str, kind: str, failed: Sequence[Failure]) -> None:
        """Put what failed in the place of what had failed of that kind.

        Raises:
            StorageError: full, not writable, or not durable.
        """
        try:
            others = [item for item in self.load(origin) if item.kind != kind]
        except InputError:  # it is written anew
            others = []
        if not failed and not others and not self._path(origin).exists():
            return
        value = {"failed": [asdict(item) for item in (*others, *failed)]}
        make_folder(self.folder, 0o700)
        replace_file(self._path(origin), document.write_lines(value))

    def _path(self, origin: str) -> Path:
        return self.folder / f"{sha256(os.fsencode(origin))}.json"


def _read(value: object) -> Failure:
    members = document.Members(value, "one that failed")
    texts = (members.text(name) for name in ("kind", "url", "time", "error"))
    return Failure(*texts)
