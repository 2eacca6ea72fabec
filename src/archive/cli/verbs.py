"""Every command: its module, what it prints, what it writes, how it ends.

The program finds its commands here, and imports one only when it is called; help, completion and
the reference are written from this table, and the tests hold what commands do to it. A new verb is
a module, a row here, and a schema in ``docs/reference/schemas``.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

__all__ = ["ALWAYS", "COMMANDS", "VERBS", "Verb", "Writes"]

Writes = Literal["collection", "user", "files"]
"""What a command may write to: a collection; the user's keys, pins, and what was seen; files and
folders that are named to it."""

ALWAYS = (0, 2, 8, 70, 130)
"""Exit codes that every command may end with: done, usage, output that cannot be written, a defect,
interrupted."""

_READS = (5, 10)  # a collection that is damaged, or is none
_PICKS = (4, *_READS)  # what is asked for is not in it
_SIGNS = (*_READS, 7, 11)  # no key, or another writer at work


@frozen
class Verb:
    """A command.

    Attributes:
        module: where it is, below `archive.cli`.
        summary: what it does in a few words; that of a command of a group it says itself.
        schemas: the files, in ``docs/reference/schemas``, of what it prints with ``--json``,
            ``error`` apart; empty where it only groups others.
        writes: what it may write to.
        codes: its exit codes, beside those of `ALWAYS`.
    """

    module: str
    summary: str
    schemas: tuple[str, ...] = ()
    writes: tuple[Writes, ...] = ()
    codes: tuple[int, ...] = ()


COMMANDS = {
    "add": Verb(
        "adding",
        "Capture URLs and sign what came of each.",
        ("add", "log-timestamp"),
        ("collection", "user"),
        (*_SIGNS, 3, 6),
    ),
    "changes": Verb(
        "changing",
        "List what changed in a collection.",
        ("changes",),
        ("files",),
        (1, *_READS),
    ),
    "demo": Verb(
        "demo",
        "Show the whole story on this machine, without internet.",
        ("demo",),
        ("files",),
    ),
    "diff": Verb(
        "diff",
        "Compare two captures: what changed, and what kind of change.",
        ("diff",),
        ("files",),
        (1, *_PICKS),
    ),
    "extract": Verb(
        "extracting",
        "Extract stored pages again, beside the texts they have.",
        ("extract",),
        ("collection",),
        (*_SIGNS, 3, 4),
    ),
    "history": Verb("history", "Show the versions of a URL.", ("history",), (), _PICKS),
    "import": Verb(
        "importing", "Keep scraped text or saved HTML.", ("import",), ("collection",), _SIGNS
    ),
    "init": Verb(
        "init",
        "Make a collection, and a key that signs for it.",
        ("init",),
        ("collection", "user"),
        (5, 7),
    ),
    "key": Verb("key", "Make, show and trust keys."),
    "key forget": Verb("key", "", ("key", "authority"), ("user",), (4, 5, 7)),
    "key list": Verb("key", "", ("key", "authority"), (), (5, 7)),
    "key new": Verb("key", "", ("key",), ("user",), (5, 7)),
    "key revoke": Verb("key", "", ("keyring",), ("collection",), (*_SIGNS, 4)),
    "key rotate": Verb("key", "", ("keyring",), ("collection", "user"), (*_SIGNS, 4)),
    "key show": Verb("key", "", ("key",), (), (*_PICKS, 7)),
    "key threshold": Verb("key", "", ("keyring",), ("collection",), (*_SIGNS, 4)),
    "key trust": Verb("key", "", ("key", "authority"), ("user",), (5, 7)),
    "list": Verb("listing", "List captures.", ("list",), (), _PICKS),
    "log": Verb("log", "Prove, publish, time-stamp and witness the log."),
    "log adopt": Verb("log", "", ("log-adopt",), ("collection",), (1, *_SIGNS)),
    "log check": Verb("log", "", ("log-check",), (), (1, 4, 5, 7)),
    "log checkpoint": Verb("log", "", ("log-checkpoint",), (), (1, *_PICKS)),
    "log consistency": Verb("log", "", ("log-consistency",), (), (1, *_PICKS)),
    "log follow": Verb("following", "", ("log-follow",), ("user",), (1, *_PICKS, 7)),
    "log heartbeat": Verb("log", "", ("log-entry",), ("collection",), (1, *_SIGNS)),
    "log prove": Verb("log", "", ("log-prove",), (), (1, *_PICKS)),
    "log publish": Verb("log", "", ("log-publish",), ("files",), (1, *_PICKS)),
    "log status": Verb("log", "", ("log-status",), (), (1, *_READS)),
    "log timestamp": Verb(
        "log", "", ("log-timestamp",), ("collection", "user"), (1, *_SIGNS, 3, 6)
    ),
    "log witness": Verb("log", "", ("log-witness",), ("collection", "user"), (1, *_SIGNS, 3, 6)),
    "reindex": Verb(
        "reindex", "Make the index anew from the WARC files.", ("reindex",), ("collection",), _SIGNS
    ),
    "related": Verb(
        "related", "List captures that share passages with one.", ("related",), (), _PICKS
    ),
    "report": Verb(
        "report", "Write a page about the history of a URL.", ("report",), ("files",), _PICKS
    ),
    "search": Verb(
        "search", "Find captures by words in titles and texts.", ("search",), (), _PICKS
    ),
    "show": Verb(
        "show",
        "Show one capture: text, bytes, headers, statement.",
        (
            "show",
            "text",
            "raw",
            "headers",
            "show-claims",
            "show-conflicts",
            "show-quotations",
            "statement",
        ),
        (),
        _PICKS,
    ),
    "status": Verb(
        "status", "Show what a collection holds and how it stands.", ("status",), (), _READS
    ),
    "verify": Verb(
        "verify",
        "Check a collection, or anyone's WARC files.",
        ("verify", "log-check"),
        ("user",),
        (1, *_PICKS, 7),
    ),
    "witness": Verb("witness", "Cosign the logs of others."),
    "witness serve": Verb("witness", "", ("witness-serve",), ("user",), (4, 5, 7)),
}
"""Every command that there is, by its name."""

VERBS = {name: verb for name, verb in COMMANDS.items() if " " not in name}
"""Those that stand alone or group others. Listing them imports nothing."""
