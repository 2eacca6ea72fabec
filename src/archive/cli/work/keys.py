"""What ``archive key`` does in the keystore: one's own keys, and pins of others'."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from archive.cli.options import find_collection, new_passphrase
from archive.cli.output import Output
from archive.disk.layout import Layout, read_settings
from archive.errors import InputError, NoCollectionError, UsageError
from archive.proof.keys import PublicKey
from archive.user.authorities import AuthorityPins, PinnedAuthority, read_authority
from archive.user.keystore import Keystore, StoredKey

__all__ = ["forget", "list_keys", "new", "show", "trust"]

_AUTHORITY = "urn:article-archive:authority:v1"
_MAX_PEM = 1 << 16  # bytes of a file that holds a public key; a device has no end


def new(passphrase_fd: int | None, as_json: bool) -> None:
    """Make a key, and show it."""
    made = Keystore.of_user().create(os.urandom, new_passphrase(passphrase_fd))
    _print_key(Output(as_json=as_json), made)


def show(fingerprint: str | None, pem: bool, collection: Path | None, as_json: bool) -> None:
    """Show the key that is meant."""
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


def list_keys(as_json: bool) -> None:
    """List what lies in the keystore."""
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


def trust(pem: Path | None, tsa: str | None, as_json: bool) -> None:
    """Pin a key or an authority, and show it."""
    output = Output(as_json=as_json)
    if (pem is None) == (tsa is None):
        raise UsageError("give a PEM file, or --tsa", hint="see: archive key trust --help")
    if tsa is not None:
        _print_authority(output, _trust_authority(tsa))
    elif pem is not None:
        _print_key(output, _trust_key(pem))


def forget(fingerprint: str, as_json: bool) -> None:
    """Take a pin away, and say which."""
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


def _trust_key(pem: Path) -> StoredKey:
    try:
        with open(pem, "rb") as file:
            key = PublicKey.from_pem(file.read(_MAX_PEM))
    except OSError as error:
        raise InputError(f"unreadable: {error.strerror}", where=str(pem)) from None
    return Keystore.of_user().trust(key)


def _trust_authority(text: str) -> PinnedAuthority:
    roots, certificate = read_authority(text)
    try:
        return AuthorityPins.beside(Keystore.of_user()).trust(roots, certificate)
    except InputError as error:
        raise InputError(error.message, where=error.where or text, hint=error.hint) from None


def _choose(store: Keystore, collection: Path | None) -> str:
    """The fingerprint of the key that is meant where none is named."""
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
