"""``archive key``: your own keys, and pins of others'."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.options import (
    as_json,
    collection_option,
    find_collection,
    new_passphrase,
    passphrase_option,
)
from archive.cli.output import Output
from archive.errors import NoCollectionError, UsageError

if TYPE_CHECKING:
    from archive.store.keystore import Keystore

__all__ = ["command"]

_MAX_PEM = 1 << 16  # bytes of a file that holds a public key; a device has no end


def _examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "".join(f"  archive key {line}\n" for line in lines)


@click.group(
    "key", no_args_is_help=False, epilog=_examples("list", "show 77b0aa12 --pem > mine.pub.pem")
)
def command() -> None:
    """Keys that sign, and keys that you trust.

    Private keys and pins lie in your configuration folder (XDG_CONFIG_HOME moves it).
    """


@command.command(
    "new",
    short_help="Make a key.",
    epilog=_examples("new", "new --passphrase-fd 3 3< passphrase.txt"),
)
@passphrase_option
@as_json
def new(passphrase_fd: int | None, as_json: bool) -> None:
    """Make a key. Sign with it in a new collection: archive init DIR --key FPR.

    Without a terminal or --passphrase-fd it is not encrypted.
    """
    from archive.store.keystore import Keystore

    made = Keystore.of_user().create(os.urandom, new_passphrase(passphrase_fd))
    _print_key(Output(as_json=as_json), made)


@command.command(
    "show",
    short_help="Show one key.",
    epilog=_examples("show", "show 77b0aa12", "show -C press --pem > mine.pub.pem"),
)
@click.argument("fingerprint", metavar="[FPR]", required=False)
@click.option("--pem", is_flag=True, help="Print the public key as PEM, to give to others.")
@collection_option
@as_json
def show(fingerprint: str | None, pem: bool, collection: Path | None, as_json: bool) -> None:
    """Show one key; six characters of its fingerprint will do.

    Without FPR it is the key that signs for the collection, or where there is none your only key.
    """
    from archive.store.keystore import Keystore

    output = Output(as_json=as_json)
    if fingerprint is not None and collection is not None:
        raise UsageError("give a key, or -C, not both", where=fingerprint)
    store = Keystore.of_user()
    key = store.find(fingerprint or _choose(store, collection))
    if not pem:
        _print_key(output, key)
        return
    public = store.public(key).to_pem().decode("ascii")
    if as_json:
        output.json({**_tell(key), "pem": public})
    else:
        output.text(public)


@command.command(
    "list", short_help="List your keys and pins.", epilog=_examples("list", "list --json")
)
@as_json
def list_keys(as_json: bool) -> None:
    """List your keys and pins."""
    from archive.store.keystore import Keystore

    output = Output(as_json=as_json)
    keys = Keystore.of_user().list()
    for key in keys:
        if as_json:
            output.json(_tell(key))
        else:
            output.line(f"{key.fingerprint}  {'own key' if key.own else 'pinned'}")
    if not keys and not as_json:
        output.note("no keys")


@command.command(
    "trust", short_help="Pin another's public key.", epilog=_examples("trust theirs.pub.pem")
)
@click.argument("pem", metavar="PEM", type=click.Path(path_type=Path))
@as_json
def trust(pem: Path, as_json: bool) -> None:
    """Pin another's public key, from a PEM file whose fingerprint you checked with its owner."""
    from archive.errors import InputError
    from archive.proof.keys import PublicKey
    from archive.store.keystore import Keystore

    try:
        with open(pem, "rb") as file:
            key = PublicKey.from_pem(file.read(_MAX_PEM))
    except OSError as error:
        raise InputError(f"unreadable: {error.strerror}", where=str(pem)) from None
    _print_key(Output(as_json=as_json), Keystore.of_user().trust(key))


@command.command("forget", short_help="Take a pin away.", epilog=_examples("forget 77b0aa12"))
@click.argument("fingerprint", metavar="FPR")
@as_json
def forget(fingerprint: str, as_json: bool) -> None:
    """Take a pin away. Your own keys are never deleted by this."""
    from archive.store.keystore import Keystore

    store = Keystore.of_user()
    key = store.find(fingerprint, own=False)
    store.forget(key.fingerprint)
    output = Output(as_json=as_json)
    if as_json:
        output.json({**_tell(key), "forgotten": key.fingerprint})
    else:
        output.line(f"forgotten    {key.fingerprint}")


def _choose(store: Keystore, collection: Path | None) -> str:
    """The fingerprint of the key that is meant where none is named."""
    from archive.store.layout import Layout, read_settings

    try:
        folder = find_collection(collection)
    except NoCollectionError:
        own = [key.fingerprint for key in store.list() if key.own]
        if len(own) == 1:
            return own[0]
        held = "several keys" if own else "no key of your own"
        hint = "name one with FPR, or a collection with -C DIR"
        raise UsageError(f"you have {held}", hint=hint) from None
    return read_settings(Layout(folder)).key


def _print_key(output: Output, key: Any) -> None:
    if output.as_json:
        output.json(_tell(key))
        return
    output.line(f"fingerprint  {key.fingerprint}")
    output.line(f"algorithm    {key.algorithm}")
    output.line(f"{'private key' if key.own else 'pinned key '}  {key.path}")
    if key.own and not key.is_encrypted:
        output.note("The private key is not encrypted.")


def _tell(key: Any) -> dict[str, Any]:
    return {
        "schema": "urn:article-archive:key:v1",
        "fingerprint": key.fingerprint,
        "algorithm": key.algorithm,
        "path": str(key.path),
        "own": key.own,
        "encrypted": key.is_encrypted if key.own else None,
    }
