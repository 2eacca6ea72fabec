"""``archive log``: the log of a collection, its proofs, and what anchors it outside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import asdict

from archive.cli.asking import print_asked
from archive.cli.following import command as follow
from archive.cli.options import as_json, collection_option, done_by, open_here, passphrase_option
from archive.cli.output import Output

if TYPE_CHECKING:
    from archive.index.entries import EntryRow
    from archive.log.asking import Asked

__all__ = ["command"]

_SCHEMA = "urn:article-archive:log-{}:v1"


def _examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "".join(f"  archive log {line}\n" for line in lines)


@click.group("log", no_args_is_help=False, epilog=_examples("status", "prove 3f2a91", "publish D"))
def command() -> None:
    """The log: what shows that nothing was changed, taken out or put in later."""


@command.command("status", short_help="Show how the log stands.", epilog=_examples("status"))
@collection_option
@as_json
def status(collection: Path | None, as_json: bool) -> None:
    """Show how the log stands: entries, time stamps, witnesses, and its keys.

    Authorities and witnesses that failed the last time that you asked them are named, with the
    reason; the next time they are asked again.
    """
    output = Output(as_json=as_json)
    with open_here(collection) as press:
        found = press.log.status()
        keys = [key.to_vkey() for key in press.log.list_keys()]
    if as_json:
        output.json({"schema": _SCHEMA.format("status"), **asdict(found), "keys": keys})
        return
    output.line(f"log          {found.origin}")
    if not found.logged:
        output.line("             none: begin one with: archive log adopt")
        return
    output.line(f"entries      {found.size}{_count(found.behind, 'not logged yet')}")
    output.line(f"root         {found.root or 'none yet'}")
    rest = _count(found.size - found.stamped, "of the entries after the last") * bool(found.stamps)
    output.line(f"time stamps  {found.stamps}{rest}")
    nobody = f"nobody yet{_count(found.witnessed, 'entries were before')}"
    output.line(f"cosigned by  {', '.join(found.cosigned) or nobody}")
    output.line(f"to be asked  {', '.join((*found.authorities, *found.witnesses)) or 'nobody'}")
    for item in found.failing:
        output.line(f"failed       {item.time[:19]}Z {item.url}: {item.error}")
    for key in keys:
        output.line(f"key          {key}")


def _count(number: int, what: str) -> str:
    return f", {number} {what}" if number else ""


@command.command(
    "checkpoint", short_help="Print the checkpoint.", epilog=_examples("checkpoint > seen.txt")
)
@collection_option
@as_json
@done_by("proofs:checkpoint")
def checkpoint() -> None:
    """Print the signed checkpoint: keep it, give it to others, and nothing before it can change."""


@command.command(
    "prove",
    short_help="Write the proof that a capture is logged.",
    epilog=_examples(
        "prove 3f2a91 > story.tlog-proof",
        "prove https://news.example/story",
        'prove 3f2a91 --quote "will close" > quote.opening',
        "prove 3f2a91 --paragraph 3 --paragraph 4 > story.opening",
    ),
)
@click.argument("capture", metavar="CAPTURE")
@click.option(
    "--paragraph",
    "paragraphs",
    metavar="N",
    type=click.IntRange(min=1),
    multiple=True,
    help="Show its Nth paragraph, and prove it; repeatable.",
)
@click.option("--bare", is_flag=True, help="The proof alone, without envelope and keyrings.")
@click.option("--quote", metavar="TEXT", help="The same with the paragraph that has these words.")
@click.option(
    "--claim",
    "claims",
    metavar="N",
    type=click.IntRange(min=1),
    multiple=True,
    help="The same with its Nth claim (show --claims --json); repeatable.",
)
@collection_option
@as_json
@done_by("proofs:prove")
def prove() -> None:
    """Write the proof that CAPTURE is in the log, one file with its envelope (C2SP tlog-proof).

    It carries the log's keyrings too, so that it holds when keys were changed.

    CAPTURE is an id (six characters will do), or a URL with ~N or @DATE, as for archive show.

    With --paragraph, --quote or --claim the file also opens these, and nothing else of the text:
    who has it learns the URL, how many there are, and the digest of the whole text, by which
    somebody who has that text can recognise it.
    """


@command.command(
    "check",
    short_help="Check such a proof or opening.",
    epilog=_examples("check story.tlog-proof --trust their-key.pub.pem"),
)
@click.argument("proof", metavar="PROOF", type=click.Path(path_type=Path))
@click.option(
    "--trust", metavar="KEY", multiple=True, help="Trust this key: a PEM file or a fingerprint."
)
@click.option("--no-user-trust", is_flag=True, help="Do not trust your own keys and pins.")
@as_json
@done_by("proofs:check")
def check() -> None:
    """Check a proof file, alone: the envelope in it, its place in the log, and whose log it is.

    An opening is checked against the statement in it, and what it opens is shown.

    Exit 0 when a trusted key signed both, 4 when the key is not trusted, 1 when it does not hold.
    """


@command.command(
    "consistency",
    short_help="Check that one checkpoint extends another.",
    epilog=_examples("consistency seen.txt", "consistency seen.txt theirs.txt --json"),
)
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="[NEW]", required=False, type=click.Path(path_type=Path))
@collection_option
@as_json
@done_by("proofs:consistency")
def consistency() -> None:
    """Check that the log as NEW says (by default as it is now) extends what OLD says.

    Exit 0 when it does, 1 when history went backwards or was rewritten.
    """


@command.command(
    "publish", short_help="Copy the log for a web server.", epilog=_examples("publish /srv/log")
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--entries", is_flag=True, help="Also the entries, which name every URL.")
@collection_option
@as_json
def publish(folder: Path, entries: bool, collection: Path | None, as_json: bool) -> None:
    """Copy checkpoint and tiles into DIR, static files that any web server serves (tlog-tiles)."""
    output = Output(as_json=as_json)
    with open_here(collection) as press:
        size = press.log.publish(folder, entries=entries)
    if as_json:
        said = {"folder": str(folder), "size": size, "entries": entries}
        output.json({"schema": _SCHEMA.format("publish"), **said})
    else:
        output.line(f"published    {size} entries in {folder}")


@command.command(
    "adopt",
    short_help="Begin a log in a collection made without one.",
    epilog=_examples("adopt -C press"),
)
@passphrase_option
@collection_option
@as_json
def adopt(passphrase_fd: int | None, collection: Path | None, as_json: bool) -> None:
    """Begin a log in a collection that was made without one: everything it holds is logged."""
    output = Output(as_json=as_json)
    with open_here(collection, passphrase_fd) as press:
        press.adopt_log()
        found = press.log.status()
    if as_json:
        said = {"origin": found.origin, "size": found.size}
        output.json({"schema": _SCHEMA.format("adopt"), **said})
    else:
        output.line(f"entries      {found.size}")


@command.command(
    "heartbeat", short_help="Log that you are alive.", epilog=_examples("heartbeat -C press")
)
@passphrase_option
@collection_option
@as_json
def heartbeat(passphrase_fd: int | None, collection: Path | None, as_json: bool) -> None:
    """Log that the archiver is alive and has so many captures; by a timer, silence shows."""
    output = Output(as_json=as_json)
    with open_here(collection, passphrase_fd) as press:
        _print_entry(output, press.log.heartbeat())


def _print_entry(output: Output, row: EntryRow) -> None:
    if output.as_json:
        said: dict[str, Any] = {"kind": row.kind, "sequence": row.sequence, "date": row.date}
        output.json({"schema": _SCHEMA.format("entry"), **said, "id": row.id})
    else:
        output.line(f"{row.kind:<12} entry {row.sequence}")


@command.command(
    "timestamp", short_help="Ask authorities for time stamps.", epilog=_examples("timestamp")
)
@passphrase_option
@collection_option
@as_json
def timestamp(passphrase_fd: int | None, collection: Path | None, as_json: bool) -> int:
    """Ask the authorities named in archive.toml for a time stamp over the checkpoint (RFC 3161).

    Each answer is verified, kept beside the log, and logged itself.
    """
    with open_here(collection, passphrase_fd) as press:
        return _print_asked(Output(as_json=as_json), "timestamp", press.log.timestamp())


@command.command(
    "witness", short_help="Ask witnesses to cosign.", epilog=_examples("witness -C press")
)
@collection_option
@as_json
def witness(collection: Path | None, as_json: bool) -> int:
    """Ask the witnesses named in archive.toml to cosign the checkpoint (C2SP tlog-witness)."""
    with open_here(collection) as press:
        return _print_asked(Output(as_json=as_json), "witness", press.log.witness())


def _print_asked(output: Output, what: str, asked: list[Asked]) -> int:
    """What came of asking; exit 6 when nobody answered, 3 when some did."""
    failed = print_asked(output, what, asked)
    if failed == len(asked):
        return 6
    return 3 if failed else 0


command.add_command(follow)
