"""What the tests of captures share: a collection with a clock of its own, and naive readers.

The readers here are meant to share nothing with the project: warcio for records, zlib and split
for exact bytes, json and hashlib for statements.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import threading
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import frozen
from warcio.archiveiterator import ArchiveIterator

import archive
from archive.adding.effects import Effects
from archive.collection import create_collection
from archive.user.keystore import Keystore
from archive.workers.pool import Extractors

__all__ = [
    "EXTRACTORS",
    "Clock",
    "Record",
    "capture_records",
    "check_verified",
    "open_press",
    "outcome",
    "page",
    "predicate",
    "read_members",
    "read_records",
    "statement",
]

START = datetime(2026, 11, 22, 7, 1, 9, 123456, UTC)


class Clock:
    """A clock that stands still but for a microsecond at each look, and for sleep."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start
        self._lock = threading.Lock()
        self.slept: list[float] = []

    def now(self) -> datetime:
        """The time of day."""
        with self._lock:
            self._now += timedelta(microseconds=1)
            return self._now

    def sleep(self, seconds: float) -> None:
        """Be later."""
        self.slept.append(seconds)
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        """Be later, without anybody having slept."""
        with self._lock:
            self._now += timedelta(seconds=seconds)

    @property
    def effects(self) -> Effects:
        """A collection's effects: the time of this clock, and real randomness."""
        return Effects(now=self.now, sleep=self.sleep)


EXTRACTORS = Extractors()
"""One child for all tests of a process; it ends with it."""


def open_press(
    folder: Path, clock: Clock | None = None, *, log: bool = True, **settings: Any
) -> archive.Collection:
    """A collection below a folder, made if need be, its key beside it.

    With a log, as the program makes it, so that its first entry is a keyring. Without one only
    where the test is about that, or about what is found without anything that a log shows.
    """
    keystore, effects = Keystore(folder / "config"), (clock or Clock()).effects
    if not (folder / "press" / "archive.toml").exists():
        create_collection(folder / "press", keystore=keystore, effects=effects, log=log)
    return archive.open(
        folder / "press",
        keystore=keystore,
        effects=effects,
        **{"extractors": EXTRACTORS, **settings},
    )


def check_verified(collection: archive.Collection) -> None:
    """Insist that a collection verifies, without a finding, on the surface and in depth."""
    for deep in (False, True):
        report = collection.verify(deep=deep)
        assert report.findings == ()
        assert report.verdict == "verified"
        report.require("framing", "headers", "signature", "coverage", "sequence")
        if deep:
            report.require("blocks")
        else:
            assert report.check("blocks").result == "passed"


def page(title: str = "Mayor resigns", *paragraphs: str) -> bytes:
    """A page with an article."""
    text = paragraphs or (
        "The mayor of the town resigned on Monday after a vote of the council, which had met"
        " behind closed doors for three days to talk about the budget.",
        "“I did what I could,” the mayor said to reporters in front of the town hall. A new"
        " election will be held within ninety days, the council said in a statement.",
    )
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in text)
    return (
        f"<!DOCTYPE html>\n<html><head><meta charset=utf-8><title>{title}</title></head>\n"
        f"<body><article><h1>{title}</h1>\n{body}</article></body></html>\n"
    ).encode()


@frozen
class Record:
    """A record as warcio reads it: header fields in order, block as stored, and its member."""

    fields: tuple[tuple[str, str], ...]
    block: bytes
    head: bytes

    def all(self, name: str) -> list[str]:
        """The values of a field."""
        return [value for key, value in self.fields if key.lower() == name.lower()]

    def __getitem__(self, name: str) -> str:
        values = self.all(name)
        assert len(values) == 1, (name, values)
        return values[0]

    def get(self, name: str) -> str | None:
        """The value of a field that stands once or not at all."""
        return self[name] if self.all(name) else None

    @property
    def id(self) -> str:
        """The record's id without angle brackets."""
        return self["WARC-Record-ID"].strip("<>")


def read_members(path: Path) -> list[tuple[bytes, bytes]]:
    """Header and block of each gzip member, by zlib and one split."""
    rest = path.read_bytes()
    members = []
    while rest:
        inflate = zlib.decompressobj(31)
        data = inflate.decompress(rest)
        assert inflate.eof
        rest = inflate.unused_data
        head, separator, after = data.partition(b"\r\n\r\n")
        assert after.endswith(b"\r\n\r\n")
        members.append((head + separator, after[:-4]))
    return members


def read_records(collection: archive.Collection) -> list[Record]:
    """All records of a collection of one file, in order, each read by warcio and by zlib."""
    [path] = sorted((collection.path / "warc").glob("*.warc.gz"))
    members = read_members(path)
    with open(path, "rb") as file:
        found = [
            (tuple(record.rec_headers.headers), record.raw_stream.read())
            for record in ArchiveIterator(file, no_record_parse=True)
        ]
    assert len(found) == len(members)
    for (fields, block), (_, exact) in zip(found, members, strict=True):
        assert block == exact
        assert dict(fields)["WARC-Block-Digest"] == "sha256:" + hashlib.sha256(block).hexdigest()
    return [
        Record(fields, block, head)
        for (fields, block), (head, _) in zip(found, members, strict=True)
    ]


def capture_records(collection: archive.Collection, capture: archive.Capture) -> list[Record]:
    """The records of one capture: those after the envelope before, up to its own."""
    group: list[Record] = []
    for record in read_records(collection)[1:]:
        group.append(record)
        if record["WARC-Target-URI"].startswith(("urn:statement:", "urn:entry:")):
            if record.id == f"urn:uuid:{capture.id}":
                return group
            group = []
    raise AssertionError("no such capture")


def statement(record: Record) -> dict[str, Any]:
    """The statement inside an envelope's record."""
    envelope = json.load(io.BytesIO(record.block))
    parsed: dict[str, Any] = json.loads(base64.b64decode(envelope["payload"]))
    return parsed


def predicate(collection: archive.Collection, capture: archive.Capture) -> dict[str, Any]:
    """The predicate of a capture's statement."""
    found: dict[str, Any] = statement(capture_records(collection, capture)[-1])["predicate"]
    return found


def outcome(collection: archive.Collection, capture: archive.Capture) -> dict[str, Any]:
    """What a capture's outcome record tells."""
    [record] = [
        record
        for record in capture_records(collection, capture)
        if record["WARC-Target-URI"].startswith("urn:outcome:")
    ]
    told: dict[str, Any] = json.loads(record.block)
    return told
