"""What the tests of the store share: collections of small texts, and looks at their files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import archive
from archive.adding.effects import Effects
from archive.adding.records import draft_import
from archive.adding.text import write_text
from archive.article import read_text
from archive.disk.layout import Layout
from archive.index.completion import catch_up
from archive.index.queries import Index
from archive.index.rows import OutcomeSummary, Row
from archive.store.draft import Draft
from archive.user.keystore import Keystore
from tests.collection.press import Clock, open_press

__all__ = [
    "add_text",
    "collection",
    "draft_text",
    "known_rows",
    "layout",
    "memory",
    "new_key",
    "open_press",
    "read_tree",
    "rows_in_files",
    "steady_effects",
    "steady_random",
    "unlogged",
    "warc_bytes",
    "writer",
]


def steady_random(seed: str) -> Callable[[int], bytes]:
    """Randomness that is the same in every run."""
    count = 0

    def draw(size: int) -> bytes:
        nonlocal count
        count += 1
        return hashlib.shake_128(f"{seed} {count}".encode()).digest(size)

    return draw


def steady_effects(seed: str, clock: Clock) -> Effects:
    """A clock of their own and steady randomness."""
    return Effects(now=clock.now, sleep=clock.sleep, rng=steady_random(seed))


def collection(folder: Path, captures: int = 0, **settings: Any) -> archive.Collection:
    """A collection below a folder with some captures of texts in it."""
    press = open_press(folder, **settings)
    for number in range(captures):
        add_text(press, number)
    return press


def unlogged(folder: Path, captures: int = 0, **settings: Any) -> archive.Collection:
    """A collection without a log: what the WARC files and the index alone can tell."""
    return collection(folder, captures, log=False, **settings)


def new_key(folder: Path) -> str:
    """Another key of the user of the collection in a folder: its fingerprint."""
    return Keystore(folder / "config").create(os.urandom).fingerprint


def add_text(press: archive.Collection, number: int, size: int = 60) -> archive.Capture:
    """Import a small text of its own; every third is of the same URL."""
    path = press.path.parent / f"text-{number}.txt"
    noise = hashlib.shake_128(str(number).encode()).hexdigest(size // 2)
    path.write_text(f"Article {number}\n{noise}\n")
    return press.import_file(path, f"https://news.example/{number % 3}")


def draft_text(number: int, clock: Clock, size: int = 60) -> Draft:
    """The same text as a draft, for commits of several."""
    noise = hashlib.shake_128(str(number).encode()).hexdigest(size // 2)
    data = f"Article {number}\n{noise}\n".encode()
    return draft_import(
        data,
        write_text(read_text(data), hashlib.sha256(data).digest()),
        OutcomeSummary(None, None, "text/plain", None),
        url=f"https://news.example/{number}",
        date=clock.now(),
        grade="text",
        name="text.txt",
        claimed_date=None,
    )


def writer(press: archive.Collection) -> Any:
    """The collection's writer, opened."""
    return press._adder().writer


def layout(press: archive.Collection) -> Layout:
    """Where a collection lies."""
    return Layout(press.path)


def memory(press: Path) -> Path:
    """Where the signer keeps what was signed of the logs of the collections beside this one."""
    return press.parent / "config" / "signed"


def warc_bytes(press: Path) -> dict[str, bytes]:
    """The WARC files of a collection, by name."""
    return {path.name: path.read_bytes() for path in Layout(press).files()}


def rows_in_files(press: Path) -> list[Row]:
    """The rows of all captures, read from the WARC files alone."""
    index = Index.create(None)
    catch_up(Layout(press), index)
    try:
        return list(index.all())
    finally:
        index.close()


def known_rows(press: Path) -> list[Row]:
    """The rows that the index on disk holds."""
    index = Index.open_reading(Layout(press).index)
    assert index is not None
    try:
        return list(index.all())
    finally:
        index.close()


def read_tree(folder: Path) -> dict[str, tuple[bytes | None, int]]:
    """Everything below a folder: content (None for folders) and time of last change."""
    return {
        str(path.relative_to(folder)): (
            path.read_bytes() if path.is_file() else None,
            path.stat().st_mtime_ns,
        )
        for path in sorted(folder.rglob("*"))
    }
