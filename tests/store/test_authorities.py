"""Pinned authorities: kept beside the keys, whole or not at all, never weaker than they were."""

from __future__ import annotations

import hashlib
import ssl
import stat
from pathlib import Path

import pytest

from archive.errors import Hint, InputError, UsageError
from archive.proof.authority import Authority
from archive.user.authorities import AuthorityPins
from archive.user.keystore import Keystore
from tests.proof.authority import make_authority


@pytest.fixture
def pins(tmp_path: Path) -> AuthorityPins:
    """No pins yet."""
    return AuthorityPins.beside(Keystore(tmp_path / "config"))


def test_pins_are_kept_found_and_forgotten(pins: AuthorityPins, tmp_path: Path) -> None:
    """Root with certificate, and root alone: listed, found by prefix, read back, taken away."""
    made = make_authority(tmp_path / "tsa")
    assert (pins.list(), pins.find("0" * 6)) == ([], None)
    whole = pins.trust(made.root, made.certificate)
    alone = pins.trust(made.root)
    assert pins.trust(made.root, made.certificate) == whole
    assert {pin.fingerprint for pin in pins.list()} == {whole.fingerprint, alone.fingerprint}
    assert pins.find(whole.fingerprint[:8]) == whole
    assert whole.read() == Authority.from_pem(made.root, made.certificate)
    assert alone.read() == Authority.from_pem(made.root)
    assert (whole.read().name, alone.read().name) == ("CN=Test TSA", "CN=Test Root")
    assert stat.S_IMODE(pins.folder.stat().st_mode) == 0o700
    for pin in (whole, alone):
        pins.forget(pin)
        pins.forget(pin)
    assert list(pins.folder.iterdir()) == []


def test_the_fingerprint_is_that_of_the_certificate(pins: AuthorityPins, tmp_path: Path) -> None:
    """It is the SHA-256 that everybody's tools print: of the signing certificate, else the root."""
    made = make_authority(tmp_path / "tsa")
    for pin, pem in (
        (pins.trust(made.root, made.certificate), made.certificate),
        (pins.trust(made.root), made.root),
    ):
        der = ssl.PEM_cert_to_DER_cert(pem.decode())
        assert pin.fingerprint == hashlib.sha256(der).hexdigest()


def test_a_pin_with_intermediates(pins: AuthorityPins, tmp_path: Path) -> None:
    """What follows the signing certificate in its file is pinned with it."""
    made = make_authority(tmp_path / "tsa", intermediate=True)
    more = made.certificate + (tmp_path / "tsa" / "intermediate.pem").read_bytes()
    pin = pins.trust(made.root, more)
    assert len(pin.read().intermediates) == 1
    with pytest.raises(UsageError, match="pinned already") as caught:
        pins.trust(made.root, made.certificate)
    hint = caught.value.hint
    assert isinstance(hint, Hint)
    assert f"archive key forget {pin.fingerprint[:12]}" in hint.command
    assert len(pin.read().intermediates) == 1


def test_a_pin_that_lost_its_certificate_is_not_a_wider_one(
    pins: AuthorityPins, tmp_path: Path
) -> None:
    """A root whose certificate's file is gone, or another's, is refused, not trusted for all."""
    made, other = make_authority(tmp_path / "tsa"), make_authority(tmp_path / "other")
    pin = pins.trust(made.root, made.certificate)
    path = pins.folder / f"{pin.fingerprint}.tsa.pem"
    for damage in (other.certificate, b"", b"rubbish"):
        path.write_bytes(damage)
        with pytest.raises(InputError) as caught:
            pin.read()
        assert caught.value.where == str(pin.path)
    path.unlink()
    with pytest.raises(InputError, match="other certificates than their name says"):
        pin.read()
    pin.path.unlink()
    with pytest.raises(InputError, match="no such pin"):
        pin.read()


def test_a_pin_whose_writing_was_cut_short_is_none(pins: AuthorityPins, tmp_path: Path) -> None:
    """The roots come last: before them there is no pin, and pinning again makes a whole one."""
    made = make_authority(tmp_path / "tsa")
    pin = pins.trust(made.root, made.certificate)
    pin.path.unlink()
    (pins.folder / f"{pin.fingerprint}.tsa.pem").write_bytes(b"half of i")
    assert pins.list() == []
    assert pins.trust(made.root, made.certificate).read().certificate is not None


def test_what_is_no_authority_is_not_pinned(pins: AuthorityPins, tmp_path: Path) -> None:
    """Rubbish is refused and nothing is written; an empty certificate is not no certificate."""
    made = make_authority(tmp_path / "tsa")
    for roots, certificate in ((b"", None), (b"x", None), (made.root, b""), (made.root, b"x")):
        with pytest.raises(InputError):
            pins.trust(roots, certificate)
    assert pins.list() == []


def test_a_prefix_must_name_one_pin(pins: AuthorityPins) -> None:
    """Too short, no hexadecimal, fitting several: each its own clear error; foreign files none."""
    pins.folder.mkdir(parents=True)
    for name in ("ab" * 32, "ab" * 31 + "cd"):
        (pins.folder / f"{name}.root.pem").write_text("x")
    (pins.folder / "README").write_text("mine")
    (pins.folder / "mine.root.pem").write_text("no name of ours")
    assert len(pins.list()) == 2
    with pytest.raises(UsageError, match="several"):
        pins.find("abababab")
    for bad in ("abc", "xyzxyz", "", "../../etc"):
        with pytest.raises(UsageError, match="not a fingerprint"):
            pins.find(bad)
    with pytest.raises(InputError):
        pins.list()[0].read()
