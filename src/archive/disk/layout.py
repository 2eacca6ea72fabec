"""Where things lie in a collection, and its settings file ``archive.toml``.

::

    press/
      archive.toml         format version, origin, fingerprint of the key that signs, has it a log
      warc/                press-20261122070109-00001.warc.gz …; quarantine/ for torn tails
      log/                 checkpoint, tiles, time stamps: see `archive.store.tiles`
      keys/*.pub.pem       public keys only
      index.sqlite         a cache; delete it and it is rebuilt
      texts.sqlite         a cache for searching texts
      changes.sqlite       a cache of what changed between captures

Nothing in here is ever trust: see `archive.user.keystore`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from attrs import frozen

from archive.disk.durable import replace_file, wrap_error
from archive.disk.regular import open_regular
from archive.errors import Hint, InputError, NoCollectionError

__all__ = [
    "FORMAT",
    "QUARANTINE",
    "AskedAuthority",
    "AskedWitness",
    "CollectionSettings",
    "Layout",
    "change_setting",
    "is_litter",
    "is_warc",
    "read_settings",
    "write_settings",
]

FORMAT = 1
QUARANTINE = "quarantine"
"""The folder, beside the WARC files, of torn tails that were moved."""
_LITTER = frozenset({".ds_store", ".directory", "thumbs.db", "desktop.ini", ".localized", "icon\r"})
"""Names in lower case: of macOS's Finder, KDE's Dolphin, Windows' Explorer."""
_LARGEST_SETTINGS = 64_000
_SERIAL = re.compile(r".*-(\d{5,})\.warc\.gz\Z")


def is_warc(name: str) -> bool:
    """Whether something in the folder of WARC files is called like one."""
    return name.endswith(".warc.gz") and not is_litter(name)


def is_litter(name: str) -> bool:
    """Whether desktops and network drives leave files of this name behind, in any folder.

    ``._*`` is macOS's AppleDouble, which it makes beside every file on drives of other systems.
    """
    return name.startswith("._") or name.lower() in _LITTER


@frozen
class Layout:
    """The paths of one collection."""

    root: Path

    @property
    def settings(self) -> Path:
        """The settings file; where it is, there is a collection."""
        return self.root / "archive.toml"

    @property
    def warc(self) -> Path:
        """The folder of WARC files."""
        return self.root / "warc"

    @property
    def log(self) -> Path:
        """The folder of the log."""
        return self.root / "log"

    @property
    def quarantine(self) -> Path:
        """Where torn tails are moved."""
        return self.warc / QUARANTINE

    @property
    def keys(self) -> Path:
        """The folder of public keys."""
        return self.root / "keys"

    @property
    def index(self) -> Path:
        """The index, a cache."""
        return self.root / "index.sqlite"

    @property
    def texts(self) -> Path:
        """The index of texts, a cache."""
        return self.root / "texts.sqlite"

    @property
    def changes(self) -> Path:
        """What changed between captures, a cache."""
        return self.root / "changes.sqlite"

    @property
    def lock(self) -> Path:
        """The file that writers lock."""
        return self.root / ".lock"

    @property
    def name(self) -> str:
        """The folder's name, of plain letters, digits, dots, underscores and hyphens only."""
        return re.sub(r"[^A-Za-z0-9._]+", "-", self.root.resolve().name).strip("-") or "archive"

    def exists(self) -> bool:
        """Whether there is a collection.

        Raises:
            StorageError: it cannot be looked for.
        """
        try:
            return self.settings.is_file()
        except OSError as error:
            raise wrap_error(error, "looking for a collection", self.root) from error

    def files(self) -> list[Path]:
        """The WARC files in the order they were written.

        Raises:
            InputError: their folder cannot be read.
        """
        try:
            found = [path for path in self.warc.iterdir() if is_warc(path.name)]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise InputError(f"unreadable: {error.strerror}", where=str(self.warc)) from None
        return sorted(found, key=lambda path: (_serial(path), path.name))

    def file(self, name: str) -> Path:
        """The path of a WARC file by the name that the index has for it.

        Raises:
            InputError: it is no such name: it would lead elsewhere.
        """
        if "/" in name or "\0" in name or not name.endswith(".warc.gz"):
            raise InputError("not the name of a WARC file", where=repr(name))
        return self.warc / name

    def next_file(self, now: datetime) -> Path:
        """The path of the WARC file that comes after the last one."""
        files = self.files()
        serial = _serial(files[-1]) + 1 if files else 1
        return self.warc / f"{self.name}-{now:%Y%m%d%H%M%S}-{serial:05d}.warc.gz"


@frozen
class AskedAuthority:
    """A time-stamping authority to ask: its URL, and PEM files below the collection."""

    url: str
    root: str
    certificate: str | None


@frozen
class AskedWitness:
    """A witness to ask: its URL, and its key as a verifier key."""

    url: str
    key: str


@frozen
class CollectionSettings:
    """What ``archive.toml`` says: origin name, the key that signs, whether there is a log."""

    origin: str
    key: str
    log: bool = True
    timestamp: tuple[AskedAuthority, ...] = ()
    witness: tuple[AskedWitness, ...] = ()


def _serial(path: Path) -> int:
    match = _SERIAL.match(path.name)
    return int(match.group(1)) if match else 0


def write_settings(settings: CollectionSettings) -> bytes:
    """The bytes of ``archive.toml``."""
    # A JSON string without control characters is a TOML basic string.
    lines = [
        "# article-archive collection; nothing in this file is ever taken as trust",
        f"format = {FORMAT}",
        f"origin = {json.dumps(settings.origin, ensure_ascii=False)}",
        f"key = {json.dumps(settings.key)}",
        f"log = {json.dumps(settings.log)}",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


_CUT_SHORT = (
    "bring the file back from a copy; where nothing was captured yet, delete it, then: archive init"
)


def read_settings(layout: Layout) -> CollectionSettings:
    """Read a collection's settings.

    Raises:
        NoCollectionError: there is none.
        InputError: it cannot be read, or was written by a later format.
    """
    import tomllib  # lone files are verified without

    try:
        with open_regular(layout.settings) as file:
            text = file.read(_LARGEST_SETTINGS + 1)
        if len(text) > _LARGEST_SETTINGS:
            raise ValueError(f"more than {_LARGEST_SETTINGS} bytes")
        data = tomllib.loads(text.decode("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise NoCollectionError(
            "no collection here",
            where=str(layout.root),
            hint=Hint("make one with: archive.create(…)", "make one with: archive init DIR"),
        ) from None
    except RecursionError:
        raise InputError("settings nest too deeply", where=str(layout.settings)) from None
    except (OSError, ValueError) as error:
        raise InputError(f"settings unreadable: {error}", where=str(layout.settings)) from None
    if "format" not in data:  # a later one has it too; what has none was cut short
        raise InputError(
            "settings are damaged: they name no format",
            where=str(layout.settings),
            hint=_CUT_SHORT,
        )
    if type(data.get("format")) is not int or data["format"] != FORMAT:  # true == 1
        raise InputError(
            f"collection format {data.get('format')!r} is not {FORMAT}",
            where=str(layout.settings),
            hint="use a newer article-archive",
        )
    origin, key = data.get("origin"), data.get("key")
    if not isinstance(origin, str) or not isinstance(key, str):
        raise InputError("origin or key is missing", where=str(layout.settings))
    authorities = [
        AskedAuthority(*texts)
        for texts in _read_tables(layout, data, "timestamp", ("url", "root"), "certificate")
    ]
    witnesses = [
        AskedWitness(url, named)
        for url, named, _ in _read_tables(layout, data, "witness", ("url", "key"), "")
    ]
    return CollectionSettings(
        origin, key, data.get("log") is True, tuple(authorities), tuple(witnesses)
    )


def _read_tables(
    layout: Layout, data: dict[str, Any], name: str, needed: tuple[str, str], optional: str
) -> Iterator[tuple[str, str, Any]]:
    """The texts of an array of tables, such as ``[[timestamp]]``."""
    tables = data.get(name, [])
    if not isinstance(tables, list):
        raise InputError(f"settings: write [[{name}]]", where=str(layout.settings))
    for table in tables:
        values = [table.get(key) for key in needed] if isinstance(table, dict) else [None]
        more = table.get(optional) if isinstance(table, dict) else None
        if not all(isinstance(value, str) for value in (*values, more or "")):
            message = f"settings: a [[{name}]] has no {' and '.join(needed)}, or they are no texts"
            raise InputError(message, where=str(layout.settings))
        yield str(values[0]), str(values[1]), more


def change_setting(layout: Layout, name: str, value: str | bool) -> None:
    """Change one setting durably; the rest of the file stays as it is.

    Raises:
        InputError, StorageError: the settings cannot be read or written.
    """
    read_settings(layout)
    text = layout.settings.read_text("utf-8")
    line = f"{name} = {json.dumps(value)}"
    changed, number = re.subn(rf"(?m)^{name}[ \t]*=.*$", line, text, count=1)
    if not number:
        changed = re.sub(r"(?m)^(origin[ \t]*=.*)$", rf"\1\n{line}", text, count=1)
    replace_file(layout.settings, changed.encode("utf-8"))
