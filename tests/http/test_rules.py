"""What the rules of before made of bytes, today's make of them too: old statements still verify."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from archive.http import ResponseReader
from archive.http.oddities import ODDITIES
from archive.verification.layers import Allowance, recompute
from archive.warc.reader import RecordReader
from tests.http.streams import everything
from tests.places import ROOT

# Its first rules gave up at a line of a thousand blanks, today's read on: entities of such failures
# are *not checked*.
DIFFERENT = "broken: blanks in a chunk line"
FIXTURES = ROOT / "fixtures"


@cache
def golden() -> dict[str, Any]:
    """What the first rules made of the streams, and of stored responses."""
    kept: dict[str, Any] = json.loads((FIXTURES / "wire" / "rules-1.json").read_bytes())
    return kept


def layers(block: bytes) -> dict[str, object]:
    """What today's rules make of a block, its header as the first rules counted it."""
    found = recompute(iter([memoryview(block)]), Allowance(1 << 30))
    return {
        "status": found.status,
        "header": found.heads,
        "entity": found.entity,
        "content": found.content,
    }


def check(block: bytes, kept: dict[str, object]) -> None:
    """Insist that every layer that there was is the same; those that there were not may be new."""
    found = layers(block)
    assert kept == {name: found[name] if kept[name] is not None else None for name in kept}


@pytest.mark.parametrize("name", [name for name in everything() if name != DIFFERENT])
def test_streams_have_the_layers_they_had(name: str) -> None:
    """Every stream that the first rules understood has the same status, header, entity, content."""
    check(everything()[name], golden()["streams"][name])


@pytest.mark.parametrize("name", sorted(golden()["records"]))
def test_stored_responses_have_the_layers_they_had(name: str) -> None:
    """So has every response in collections that earlier versions wrote."""
    kept = golden()["records"][name]
    seen = 0
    with open(FIXTURES / name, "rb") as file:
        reader = RecordReader(file)
        for record in reader:
            block = reader.read_block(1 << 26)
            if record.id in kept:
                check(block, kept[record.id])
                seen += 1
    assert seen == len(kept) > 0


def test_the_golden_file_covers_what_there_is() -> None:
    """None of the streams is missing in it, and some have layers."""
    assert set(golden()["streams"]) == set(everything())
    assert sum(one["entity"] is not None for one in golden()["streams"].values()) > 30


def test_names_of_oddities_are_those_of_the_table() -> None:
    """The table names each once, and everything that streams show has a row in it."""
    names = [row.name for row in ODDITIES]
    assert len(set(names)) == len(names)
    for stream in everything().values():
        reader = ResponseReader()
        reader.feed(stream)
        reader.finish()
        assert set(reader.oddities) <= set(names)
