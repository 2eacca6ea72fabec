"""Checking a collection, or lone files: which keys count, and which bytes are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from attrs import define

from archive.errors import InputError, KeyRefusedError, UsageError
from archive.proof.keys import PublicKey
from archive.store.keystore import FINGERPRINT, Keystore
from archive.store.layout import Layout
from archive.store.lock import is_locked
from archive.verification import NamedSource, Report, Trust, verify

__all__ = ["check_collection", "check_files", "gather_trust"]


def gather_trust(
    keystore: Keystore, named: Sequence[str] = (), *, user_trust: bool = True
) -> Trust:
    """Which keys count, and why. Nothing inside what is verified is ever trust.

    Args:
        keystore: the user's keys and pins.
        named: PEM files of public keys, or whole fingerprints.
        user_trust: whether the user's pins and own keys count.

    Raises:
        UsageError: neither a fingerprint nor a file.
        KeyRefusedError: a file that holds no usable key.
    """
    keys: dict[str, str] = {}
    if user_trust:
        for key in keystore.list():
            keys.setdefault(key.fingerprint, "own key" if key.own else "pinned")
    for name in named:
        keys[_read_named(name)] = "--trust"
    return Trust(keys)


def _read_named(name: str) -> str:
    if FINGERPRINT.match(name.lower()):
        return name.lower()
    path = Path(name)
    if not path.is_file():
        raise UsageError("neither a file nor a fingerprint of 64 hexadecimal digits", where=name)
    try:
        return PublicKey.from_pem(path.read_bytes()).fingerprint
    except OSError as error:
        raise KeyRefusedError(f"key unreadable: {error.strerror}", where=name) from None
    except KeyRefusedError as error:
        raise KeyRefusedError(error.message, where=name, hint=error.hint) from None


def check_collection(
    layout: Layout,
    trust: Trust,
    *,
    require: Collection[str] = (),
    deep: bool = False,
) -> Report:
    """Check all files of a collection, in order, as one whole.

    Args:
        layout: where it lies.
        trust: the keys that count.
        require: names of checks that must pass.
        deep: also recompute entity, content, text and claims digests.
    """
    lengths, writing = _look(layout)
    sources = [
        NamedSource(f"warc/{path.name}", partial(_open_to, path, length))
        for path, length in lengths.items()
    ]
    return verify(sources, trust, required=require, deep=deep, whole=True, writing=writing)


def check_files(
    paths: Iterable[Path], trust: Trust, *, require: Collection[str] = (), deep: bool = False
) -> Report:
    """Check lone WARC files, anyone's.

    Raises:
        InputError: a file is missing.
    """
    sources: list[NamedSource] = []
    for path in paths:
        if not path.is_file():
            raise InputError("no such file", where=str(path))
        sources.append(NamedSource(str(path), partial(_open, path)))
    return verify(sources, trust, required=require, deep=deep)


def _look(layout: Layout) -> tuple[dict[Path, int], bool]:
    """The files' lengths at one moment, and whether a writer held the lock then.

    A writer that comes later is of no concern: nothing is read beyond these lengths.
    """
    lengths = _measure(layout)
    while not (writing := is_locked(layout.lock)):
        before, lengths = lengths, _measure(layout)
        if before == lengths:
            break
    return lengths, writing


def _measure(layout: Layout) -> dict[Path, int]:
    lengths: dict[Path, int] = {}
    for path in layout.files():
        with suppress(FileNotFoundError):  # taken back by a writer since it was listed
            lengths[path] = path.stat().st_size
    return lengths


@define
class _Beginning:
    """The first bytes of a file, to be read."""

    file: BinaryIO
    left: int

    def read(self, size: int, /) -> bytes:
        piece = self.file.read(min(size, self.left))
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.file.close()


def _open_to(path: Path, length: int) -> _Beginning:
    return _Beginning(_open(path), length)


def _open(path: Path) -> BinaryIO:
    return open(path, "rb")
