"""Lines of the index under a checksum, and the values that they are read as.

What a writer looks up in the index is signed, so every line carries a checksum over its values, and
every value must be of its column's type: a line that fails either is no line. The checksum has no
key; it finds damage, not forgery, which `archive.store.confirmation` finds.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar
from zlib import crc32

import attrs

__all__ = ["Table", "seal"]

_T = TypeVar("_T")
_ENCODER = json.JSONEncoder(default=repr)
_TYPES = {"str": str, "int": int, "None": type(None), "TextSource": str, "tuple[str, ...]": tuple}


def seal(values: Sequence[Any]) -> tuple[Any, ...]:
    """The values of a line and their checksum; damaged text may have come as bytes."""
    return *values, crc32(_ENCODER.encode(values).encode("ascii"))


class Table(Generic[_T]):
    """A table whose columns are the attributes of a class of values.

    Args:
        name: of the table.
        kind: an attrs class with strings, whole numbers, null and tuples of strings; its ``date``
            must be a date.
    """

    def __init__(self, name: str, kind: type[Any]) -> None:
        self._kind = kind
        fields = attrs.fields(kind)
        self._columns = tuple(attribute.name for attribute in fields)
        self._types = {field.name: _read_types(str(field.type)) for field in fields}
        self._tuples = {name for name, types in self._types.items() if tuple in types}
        columns = ", ".join(self._columns)
        self.schema = f"CREATE TABLE {name} (number INTEGER PRIMARY KEY, {columns}, checksum)"
        places = ", ".join("?" * (len(self._columns) + 1))
        self.insert = f"INSERT INTO {name} ({columns}, checksum) VALUES ({places})"  # noqa: S608
        self.select = f"SELECT {columns}, checksum FROM {name}"  # noqa: S608 names are our own
        self.read = lru_cache(maxsize=512)(self._read)
        """`_read`, kept: storing one capture looks the same row up in several ways."""
        self._fits = lru_cache(maxsize=512)(self._fits_types)

    def seal(self, row: _T) -> tuple[Any, ...]:
        """A row as a line."""
        values = {name: getattr(row, name) for name in self._columns}
        values |= {name: json.dumps(values[name]) for name in self._tuples}
        return seal(tuple(values.values()))

    def _read(self, sealed: tuple[Any, ...]) -> _T | None:
        """The row of a line, None when its checksum or a value's type is wrong."""
        values = sealed[:-1]
        if seal(values)[-1] != sealed[-1]:
            return None
        named = dict(zip(self._columns, values, strict=True))
        try:
            named |= {name: _read_tuple(named[name]) for name in self._tuples}
            datetime.fromisoformat(named["date"])
        except (ValueError, TypeError, RecursionError):
            return None
        if not self._fits(tuple(map(type, named.values()))):
            return None
        row: _T = self._kind(**named)
        return row

    def _fits_types(self, found: tuple[type, ...]) -> bool:
        """Whether values of these types may stand in the columns."""
        allowed = self._types.values()
        return all(issubclass(kind, types) for kind, types in zip(found, allowed, strict=True))


@lru_cache(maxsize=64)
def _read_tuple(text: str) -> tuple[str, ...]:
    """A tuple of strings as it is written in a line.

    Raises:
        ValueError, TypeError, RecursionError: it is none.
    """
    found = tuple(json.loads(text))
    if not all(isinstance(word, str) for word in found):
        raise ValueError("not strings")
    return found


def _read_types(annotation: str) -> tuple[type, ...]:
    """The types that a column may have, by its attribute's annotation."""
    return tuple(_TYPES[name] for name in annotation.split(" | "))
