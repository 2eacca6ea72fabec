"""ML-DSA-44 keys: stored, read, refused."""

from __future__ import annotations

import pytest

from archive.errors import KeyRefusedError
from archive.proof.mldsa import KEY_SIZE, SIGNATURE_SIZE, MldsaPrivateKey, MldsaPublicKey
from tests.proof.logs import make_key, make_mldsa


def test_a_key_is_stored_and_read() -> None:
    """A key read from its PEM signs what the key that was written verifies."""
    key = make_mldsa("one")
    again = MldsaPrivateKey.from_pem(key.to_pem())
    assert again.public == key.public
    assert len(key.public.raw) == KEY_SIZE
    signature = again.sign(b"message")
    assert len(signature) == SIGNATURE_SIZE
    assert key.public.verify(signature, b"message")
    assert not key.public.verify(signature, b"other")
    assert not make_mldsa("two").public.verify(signature, b"message")
    assert "Private" not in repr(key).replace("MldsaPrivateKey", "")


@pytest.mark.parametrize("raw", [b"", bytes(32), bytes(KEY_SIZE - 1), bytes(KEY_SIZE + 1)])
def test_wrong_lengths_are_refused(raw: bytes) -> None:
    """A public key of another length is no key."""
    with pytest.raises(KeyRefusedError):
        MldsaPublicKey.from_raw(raw)


def test_other_keys_are_refused() -> None:
    """An Ed25519 key, and what is no key, are refused."""
    for pem in (make_key("one").to_pem(), b"", b"rubbish", make_key("x").to_pem(b"secret")):
        with pytest.raises(KeyRefusedError):
            MldsaPrivateKey.from_pem(pem)
