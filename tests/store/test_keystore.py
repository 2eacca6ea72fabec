"""Keys and pins lie in the user's folder, private keys are private, and none is in a collection."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from functools import partial
from operator import mul
from pathlib import Path
from typing import NoReturn

import pytest

from archive.errors import ArchiveError, KeyRefusedError, UsageError
from archive.proof.keys import PrivateKey
from archive.user.keystore import Keystore
from tests.store import shelf


def answer(words: bytes | None) -> Callable[[], bytes | None]:
    """Somebody who is asked for a passphrase."""
    return lambda: words


def never() -> NoReturn:
    """Somebody who must not be asked."""
    raise AssertionError("asked for a passphrase")


@pytest.fixture
def store(tmp_path: Path) -> Keystore:
    """An empty keystore."""
    return Keystore(tmp_path / "config")


def test_a_key_is_kept_for_its_owner_alone(store: Keystore) -> None:
    """Private keys are written with mode 0600 in folders of mode 0700, whatever the umask is."""
    before = os.umask(0)
    try:
        key = store.create(os.urandom)
    finally:
        os.umask(before)
    assert stat.S_IMODE(key.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.path.parent.stat().st_mode) == 0o700
    assert store.load(key.fingerprint, never).public.fingerprint == key.fingerprint
    assert store.public(key).fingerprint == key.fingerprint


@pytest.mark.parametrize("bit", [0o040, 0o020, 0o010, 0o004, 0o002, 0o001])
def test_a_key_that_others_can_touch_is_refused(store: Keystore, bit: int) -> None:
    """Any right of group or others on a private key refuses it: exit 7, with what to do."""
    key = store.create(os.urandom)
    key.path.chmod(0o600 | bit)
    with pytest.raises(KeyRefusedError, match="readable by others") as caught:
        store.load(key.fingerprint, never)
    assert caught.value.exit_code == 7
    assert "chmod 600" in (caught.value.hint or "")
    with pytest.raises(KeyRefusedError):
        assert key.is_encrypted


def test_a_passphrase_opens_its_key_only(store: Keystore) -> None:
    """An encrypted key needs its passphrase; a wrong one and none are refused: exit 7."""
    key = store.create(os.urandom, b"correct horse")
    assert key.is_encrypted
    assert store.load(key.fingerprint, answer(b"correct horse")).public == store.public(key)
    for words in (b"wrong", b"", None):
        with pytest.raises(KeyRefusedError) as caught:
            store.load(key.fingerprint, answer(words))
        assert caught.value.exit_code == 7
        assert caught.value.where == str(key.path)


def test_a_file_that_holds_another_key_is_refused(store: Keystore) -> None:
    """A key's name is its fingerprint: another key under that name is no use, nor is rubbish."""
    one, other = store.create(os.urandom), store.create(os.urandom)
    one.path.write_bytes(other.path.read_bytes())
    with pytest.raises(KeyRefusedError, match="another key"):
        store.load(one.fingerprint, never)
    one.path.write_bytes(b"rubbish")
    with pytest.raises(KeyRefusedError):
        store.load(one.fingerprint, answer(b"x"))
    with pytest.raises(KeyRefusedError, match="no private key"):
        store.load("0" * 64, never)


def test_pins_are_kept_found_and_forgotten(store: Keystore) -> None:
    """Another's key is pinned once, listed after the own ones, found by prefix, and forgotten."""
    own = store.create(os.urandom)
    other = PrivateKey.generate(os.urandom).public
    pin = store.trust(other)
    assert store.trust(other) == pin
    assert store.list() == [own, pin]
    assert store.find(other.fingerprint[:8]) == pin
    assert store.find(own.fingerprint, own=True) == own
    with pytest.raises(KeyRefusedError):
        store.find(other.fingerprint, own=True)
    store.forget(other.fingerprint)
    assert store.list() == [own]
    for gone in (other.fingerprint, own.fingerprint):
        with pytest.raises(KeyRefusedError):
            store.forget(gone)
    assert own.path.exists()


def test_a_prefix_must_name_one_key(store: Keystore) -> None:
    """Too short, no hexadecimal, fitting several, fitting none: each its own clear error."""
    same = [partial(mul, bytes([number])) for number in range(1, 40)]
    keys = [PrivateKey.generate(randomness).public for randomness in same]
    for key in keys:
        store.trust(key)
    (store.root / "trusted" / f"{'ab' * 32}.pub.pem").write_text("x")
    (store.root / "trusted" / f"{'ab' * 31}cd.pub.pem").write_text("x")
    (store.root / "trusted" / "README").write_text("not a key")
    with pytest.raises(UsageError, match="several"):
        store.find("abababab")
    for bad in ("abc", "xyzxyz", "", "../../etc"):
        with pytest.raises(UsageError, match="not a fingerprint"):
            store.find(bad)
    with pytest.raises(KeyRefusedError):
        store.find("0" * 64)
    with pytest.raises(KeyRefusedError):
        store.public(store.find("ab" * 32))


def test_the_users_folder_follows_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`XDG_CONFIG_HOME` moves keys and pins."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "here"))
    key = Keystore.of_user().create(os.urandom)
    assert key.path.is_relative_to(tmp_path / "here" / "article-archive" / "keys")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_keystore_is_said_to_be_so(store: Keystore) -> None:
    """A folder of keys that cannot be listed is a refused key, not a defect."""
    store.create(os.urandom)
    folder = store.root / "keys"
    store.root.chmod(0)
    try:
        with pytest.raises(ArchiveError):
            store.list()
    finally:
        store.root.chmod(0o700)
        assert folder.exists()


def test_no_private_key_lies_in_a_collection(tmp_path: Path) -> None:
    """Nothing below a collection's folder holds a private key, in text or as raw seed."""
    with shelf.collection(tmp_path, 3) as press:
        key = Keystore(tmp_path / "config").load(press.key, never)
        pem = key.to_pem(None)
    secret = b"".join(pem.splitlines()[1:-1])
    for path in press.path.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"PRIVATE KEY" not in data
            assert secret not in data
    assert list(press.path.glob("keys/*.pub.pem"))
