"""``archive key``: your own keys, and pins of others' keys and of authorities."""

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
    open_here,
    passphrase_option,
)
from archive.cli.output import Output
from archive.errors import NoCollectionError, UsageError

if TYPE_CHECKING:
    from archive.proof.keyring import Keyring
    from archive.user.authorities import PinnedAuthority
    from archive.user.keystore import Keystore, StoredKey

__all__ = ["command"]

_AUTHORITY = "urn:article-archive:authority:v1"
_MAX_PEM = 1 << 16  # bytes of a file that holds a public key; a device has no end


def _examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "".join(f"  archive key {line}\n" for line in lines)


@click.group(
    "key", no_args_is_help=False, epilog=_examples("list", "show 77b0aa12 --pem > mine.pub.pem")
)
def command() -> None:
    """Keys that sign, and the keys and authorities that you trust.

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
    from archive.user.keystore import Keystore

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
    from archive.user.keystore import Keystore

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
    """List your keys, the keys that you pinned, and the authorities that you pinned."""
    from archive.user.authorities import AuthorityPins
    from archive.user.keystore import Keystore

    output = Output(as_json=as_json)
    store = Keystore.of_user()
    keys, authorities = store.list(), AuthorityPins.beside(store).list()
    for key in keys:
        if as_json:
            output.json(_tell(key))
        else:
            output.line(f"{key.fingerprint}  {'own key' if key.own else 'pinned'}")
    for pin in authorities:
        if as_json:
            output.json(_tell_authority(pin))
        else:
            output.line(f"{pin.fingerprint}  pinned authority  {pin.read().name}")
    if not keys and not authorities and not as_json:
        output.note("no keys")


@command.command(
    "trust",
    short_help="Pin another's public key, or an authority.",
    epilog=_examples("trust theirs.pub.pem", "trust --tsa tsa-root.pem,tsa.pem"),
)
@click.argument("pem", metavar="[PEM]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--tsa",
    metavar="ROOT.pem[,CERT.pem]",
    help="A time-stamping authority: its root and, if you can, the certificate that signs.",
)
@as_json
def trust(pem: Path | None, tsa: str | None, as_json: bool) -> None:
    """Pin another's public key, from a PEM file whose fingerprint you checked with its owner.

    Or pin a time-stamping authority, from PEM files that you got from it. archive verify trusts
    what is pinned, unless --no-user-trust is given.
    """
    output = Output(as_json=as_json)
    if (pem is None) == (tsa is None):
        raise UsageError("give a PEM file, or --tsa", hint="see: archive key trust --help")
    if tsa is not None:
        _print_authority(output, _trust_authority(tsa))
    elif pem is not None:
        _print_key(output, _trust_key(pem))


def _trust_key(pem: Path) -> StoredKey:
    from archive.errors import InputError
    from archive.proof.keys import PublicKey
    from archive.user.keystore import Keystore

    try:
        with open(pem, "rb") as file:
            key = PublicKey.from_pem(file.read(_MAX_PEM))
    except OSError as error:
        raise InputError(f"unreadable: {error.strerror}", where=str(pem)) from None
    return Keystore.of_user().trust(key)


def _trust_authority(text: str) -> PinnedAuthority:
    from archive.errors import InputError
    from archive.log.anchoring import read_authority
    from archive.user.authorities import AuthorityPins
    from archive.user.keystore import Keystore

    roots, certificate = read_authority(text)
    try:
        return AuthorityPins.beside(Keystore.of_user()).trust(roots, certificate)
    except InputError as error:
        raise InputError(error.message, where=error.where or text, hint=error.hint) from None


@command.command("forget", short_help="Take a pin away.", epilog=_examples("forget 77b0aa12"))
@click.argument("fingerprint", metavar="FPR")
@as_json
def forget(fingerprint: str, as_json: bool) -> None:
    """Take a pin away, of a key or of an authority. Your own keys are never deleted by this."""
    from archive.user.authorities import AuthorityPins
    from archive.user.keystore import Keystore

    store, output = Keystore.of_user(), Output(as_json=as_json)
    authorities = AuthorityPins.beside(store)
    authority = authorities.find(fingerprint)
    if authority is None:
        key = store.find(fingerprint, own=False)
        store.forget(key.fingerprint)
        said, gone = _tell(key), key.fingerprint
    elif any(key.fingerprint.startswith(fingerprint) for key in store.list() if not key.own):
        raise UsageError("fits a key and an authority", where=fingerprint, hint="give more digits")
    else:
        authorities.forget(authority)
        said = {"schema": _AUTHORITY, "path": str(authority.path)}
        gone = authority.fingerprint
    if as_json:
        output.json({**said, "fingerprint": gone, "forgotten": gone})
    else:
        output.line(f"forgotten    {gone}")


@command.command(
    "rotate", short_help="Sign with a new key from now on.", epilog=_examples("rotate -C press")
)
@click.option("--to", metavar="FPR", help="This key of yours instead of a new one.")
@passphrase_option
@collection_option
@as_json
def rotate(
    to: str | None, passphrase_fd: int | None, collection: Path | None, as_json: bool
) -> None:
    """Sign a collection with a new key from now on. The old key agrees, and counts no more.

    What it signed before counts as before: the log's index decides, nobody's clock.
    """
    from archive.log.rekeying import KeyChange
    from archive.user.keystore import Keystore

    store = Keystore.of_user()
    with open_here(collection, passphrase_fd) as press:
        found = store.find(to, own=True) if to else store.create(os.urandom, new_passphrase(None))
        keyring = press.change_keys(KeyChange(signer=found.fingerprint))
    _print_keyring(Output(as_json=as_json), keyring)


@command.command(
    "revoke", short_help="Say that a key was stolen.", epilog=_examples("revoke 77b0aa12 --from 9")
)
@click.argument("fingerprint", metavar="FPR")
@click.option("--from", "since", metavar="N", type=click.IntRange(0), help="From this entry on.")
@passphrase_option
@collection_option
@as_json
def revoke(
    fingerprint: str,
    since: int | None,
    passphrase_fd: int | None,
    collection: Path | None,
    as_json: bool,
) -> None:
    """Say that a key does not count from entry N of the log on, by default from now on.

    Rotate first when it is the key that signs.
    """
    from archive.log.rekeying import KeyChange
    from archive.user.keystore import FINGERPRINT, Keystore

    known = FINGERPRINT.match(fingerprint)
    whole = fingerprint if known else Keystore.of_user().find(fingerprint).fingerprint
    with open_here(collection, passphrase_fd) as press:
        keyring = press.change_keys(KeyChange(revoked={whole: since}))
    _print_keyring(Output(as_json=as_json), keyring)


@command.command(
    "threshold",
    short_help="Say how many keys must agree.",
    epilog=_examples("threshold 2 --add 77b0aa12 -C press"),
)
@click.argument("number", metavar="N", type=click.IntRange(1))
@click.option("--add", metavar="FPR", multiple=True, help="A further key of yours that may sign.")
@passphrase_option
@collection_option
@as_json
def threshold(
    number: int,
    add: tuple[str, ...],
    passphrase_fd: int | None,
    collection: Path | None,
    as_json: bool,
) -> None:
    """Say how many of a collection's keys must agree to the next change of its keys."""
    from archive.log.rekeying import KeyChange
    from archive.user.keystore import Keystore

    added = tuple(Keystore.of_user().find(name, own=True).fingerprint for name in add)
    with open_here(collection, passphrase_fd) as press:
        keyring = press.change_keys(KeyChange(threshold=number, add=added))
    _print_keyring(Output(as_json=as_json), keyring)


def _print_keyring(output: Output, keyring: Keyring) -> None:
    keys = [key.fingerprint for key in keyring.keys]
    if output.as_json:
        said = {"version": keyring.version, "threshold": keyring.threshold, "keys": keys}
        revoked = [{"fingerprint": name, "from": at} for name, at in keyring.revoked.items()]
        output.json({"schema": "urn:article-archive:keyring:v1", **said, "revoked": revoked})
        return
    output.line(f"keyring      version {keyring.version}, threshold {keyring.threshold}")
    for key in keys:
        output.line(f"key          {key}")
    for name, at in keyring.revoked.items():
        output.line(f"revoked      {name} from entry {at}")


def _choose(store: Keystore, collection: Path | None) -> str:
    """The fingerprint of the key that is meant where none is named."""
    from archive.disk.layout import Layout, read_settings

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


def _print_authority(output: Output, pin: PinnedAuthority) -> None:
    if output.as_json:
        output.json(_tell_authority(pin))
        return
    authority = pin.read()
    signs = "pinned too" if authority.certificate else "any below the root"
    output.line(f"fingerprint  {pin.fingerprint}")
    output.line(f"authority    {authority.name}")
    output.line(f"certificate  {signs}")
    output.line(f"pinned       {pin.path}")


def _tell_authority(pin: PinnedAuthority) -> dict[str, Any]:
    authority = pin.read()
    return {
        "schema": _AUTHORITY,
        "fingerprint": pin.fingerprint,
        "name": authority.name,
        "certificate": authority.certificate is not None,
        "path": str(pin.path),
    }


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
