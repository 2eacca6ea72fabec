#!/usr/bin/env python3
"""Write json.md, what commands print with ``--json``, from the schemas and the table of verbs.

Give it a file to write to; by default that is json.md beside this script.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.cli.verbs import COMMANDS

HERE = Path(__file__).resolve().parent
SCHEMAS = HERE / "schemas"

INTRODUCTION = """\
# JSON output

Every command takes `--json`. Data goes to stdout: one object, or one line an item for `add`,
`import`, `list`, `history`, `changes` and `key list`. Each has a `schema` member, which names its
section here. Members are only ever added, so leave alone what you do not know. Dates are UTC with
microseconds; digests are SHA-256 in lower-case hexadecimal; offsets and lengths are bytes of the
stored file.

This page is written by `make_json.py` from the files in `schemas/`, which are JSON Schemas (draft
2020-12) and refer to each other by `$id`. They are strict: what they do not name, this version does
not print, and the tests hold every command to them. A later version comes with longer ones.
"""
_WORDS = {"integer": "number"}
_MANY = {"string": "strings", "integer": "numbers", "number": "numbers"}


def load() -> dict[str, dict[str, Any]]:
    """Every schema, by the name of its file; those that others share have a title."""
    return {path.stem: json.loads(path.read_bytes()) for path in sorted(SCHEMAS.glob("*.json"))}


def heading(schema: dict[str, Any]) -> str:
    """What a schema's section is called."""
    return str(schema.get("title", schema["$id"]))


def link(schema: dict[str, Any]) -> str:
    """A link to a schema's section."""
    title = heading(schema)
    anchor = "".join(c for c in title.lower().replace(" ", "-") if c.isalnum() or c == "-")
    words = title[:1].lower() + title[1:] if "title" in schema else f"as `{name(schema)}` tells it"
    return f"[{words}](#{anchor})"


def name(schema: dict[str, Any]) -> str:
    """What stands between the colons of a schema's name."""
    return str(schema["$id"]).split(":")[2]


def write() -> str:
    """The whole page: what is shared first, then every schema by name, the error last."""
    schemas = load()
    shared = [stem for stem, schema in schemas.items() if "title" in schema]
    printed = dict.fromkeys(stem for verb in COMMANDS.values() for stem in verb.schemas)
    known = {schema["$id"]: schema for schema in schemas.values()}
    return "\n".join(
        line
        for stem in (*shared, *sorted(printed), "error")
        for line in section(schemas[stem], known)
    )


def section(schema: dict[str, Any], known: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The lines of a schema's section.

    Args:
        schema: the schema.
        known: every schema, by its ``$id``.
    """
    rows = list(_rows(schema, known, ""))
    told = [schema["description"]]
    if base := schema.get("$ref"):
        told.append(f"Members of {link(known[base])}{', and:' if rows else '.'}")
    yield f"## {heading(schema)}\n"
    yield " ".join(told) + "\n"
    if rows:
        yield "| member | type | meaning |\n|---|---|---|"
        yield from rows
        yield ""


def _rows(schema: dict[str, Any], known: dict[str, dict[str, Any]], path: str) -> Iterator[str]:
    """A row for each member, those of what it holds after it."""
    for member, found in schema.get("properties", {}).items():
        if not path and member == "schema":
            continue
        words = [word for word in (str(found.get("description", "")), _choice(found)) if word]
        yield f"| `{path}{member}` | {_kind(found, known)} | {': '.join(words)} |"
        if "$ref" not in found:
            yield from _rows(found, known, f"{path}{member}.")
            yield from _rows(found.get("items", {}), known, f"{path}{member}[].")


def _choice(schema: dict[str, Any]) -> str:
    """The words that a member may be, where its description does not name them."""
    words = [f"`{word}`" for word in schema.get("enum", ()) if word is not None]
    told = schema.get("description", "")
    return "" if all(word in told for word in words) else ", ".join(words)


def _kind(schema: dict[str, Any], known: dict[str, dict[str, Any]]) -> str:
    """The types of a member, in words."""
    if "$ref" in schema:
        return link(known[schema["$ref"]])
    types: list[str] = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    words = {**_WORDS, "array": _array(schema, known) if "array" in types else ""}
    return " or ".join(words.get(kind, kind) for kind in types)


def _array(schema: dict[str, Any], known: dict[str, dict[str, Any]]) -> str:
    items = schema["items"]
    if "$ref" in items:
        return f"array, each {link(known[items['$ref']])}"
    if schema.get("maxItems") == 2:
        return "array of two numbers"
    many = _MANY.get(str(items["type"]))
    return f"array of {many}" if many else "array"


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "json.md"
    target.write_text(f"{INTRODUCTION}\n{write()}", encoding="utf-8")
