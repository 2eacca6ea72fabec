"""Where a log is read from: a collection, a folder that it was published in, or a web server.

All three give checkpoint and tiles by their paths (https://c2sp.org/tlog-tiles) and are a
`archive.proof.tiles.TileReader`. Entries come from a collection's WARC files, else from bundles,
where those were published. Nothing that is given here has been checked.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from archive.disk.layout import Layout
from archive.errors import InputError
from archive.index.reading import Reading
from archive.proof.note import MAX_SIZE as MAX_CHECKPOINT
from archive.proof.tiles import HASHES_SIZE, MAX_BUNDLE, WIDTH, TilePath, TileReader, read_bundle
from archive.store.tiles import LogFolder

if TYPE_CHECKING:
    from archive.capture.download import Downloader

__all__ = ["LogSource", "open_source"]

_CHECKPOINT = "checkpoint"


class LogSource(TileReader, Protocol):
    """Where a log is read from."""

    @property
    def name(self) -> str:
        """The folder, absolute, or the URL."""

    def read_checkpoint(self) -> bytes | None:
        """The signed checkpoint, None where there is none."""

    def read_entry(self, index: int, size: int) -> bytes | None:
        """An entry of the log when it has `size`; None where entries are not published."""


class _Bundles:
    """Entries out of bundles, of which the last is kept."""

    def __init__(self, reader: TileReader) -> None:
        self._reader = reader
        self._last: tuple[TilePath, tuple[bytes, ...]] | None = None

    def read_entry(self, index: int, size: int) -> bytes | None:
        number, place = divmod(index, WIDTH)
        path = TilePath(None, number, min(WIDTH, size - number * WIDTH))
        if self._last is None or self._last[0] != path:
            data, width = self._reader.read(path.to_text()), path.width
            if data is None and width < WIDTH:  # a whole one has overtaken it
                data, width = self._reader.read(TilePath(None, number).to_text()), WIDTH
            if data is None:
                return None
            self._last = path, read_bundle(data, width)
        return self._last[1][place]


class _Folder:
    """A folder that a log was published in."""

    def __init__(self, folder: Path) -> None:
        self.name = str(folder.resolve())
        self._files = LogFolder(folder)
        self.read_entry = _Bundles(self).read_entry

    def read(self, path: str) -> bytes | None:
        return self._files.read(path)

    def read_checkpoint(self) -> bytes | None:
        return self._files.read_checkpoint()


class _Server:
    """A web server that a log was published on."""

    def __init__(self, url: str, downloader: Downloader) -> None:
        self.name = url.rstrip("/")
        self._downloader = downloader
        self.read_entry = _Bundles(self).read_entry

    def read(self, path: str) -> bytes | None:
        bundle = TilePath.from_text(path).level is None
        return self._get(path, MAX_BUNDLE if bundle else HASHES_SIZE)

    def read_checkpoint(self) -> bytes | None:
        return self._get(_CHECKPOINT, MAX_CHECKPOINT)

    def _get(self, path: str, largest: int) -> bytes | None:
        return self._downloader.get(f"{self.name}/{path}", largest)


class _Press:
    """A collection, whose entries stand in its WARC files."""

    def __init__(self, layout: Layout, reading: Reading) -> None:
        self.name = str(layout.root.resolve())
        self._files = LogFolder(layout.log)
        self._reading = reading

    def read(self, path: str) -> bytes | None:
        return self._files.read(path)

    def read_checkpoint(self) -> bytes | None:
        return self._files.read_checkpoint()

    def read_entry(self, index: int, size: int) -> bytes | None:
        return self._reading.read_envelope(index)


@contextmanager
def open_source(place: str) -> Iterator[LogSource]:
    """The source at a place; what it has open is closed at the end.

    Args:
        place: a URL of http or https, a collection's folder, or one that a log was published in.

    Raises:
        InputError: there is no such folder.
    """
    if place.lower().startswith(("http://", "https://")):
        from archive.capture.download import open_downloader

        with open_downloader() as downloader:
            yield _Server(place, downloader)
    elif Layout(Path(place)).exists():
        layout = Layout(Path(place))
        with closing(Reading(layout)) as reading:
            yield _Press(layout, reading)
    elif os.path.isdir(place):
        yield _Folder(Path(place))
    else:
        raise InputError("no such folder", where=place, hint="name a folder or an http(s) URL")
