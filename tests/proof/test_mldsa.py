"""ML-DSA-44 keys: signing, reading, refusing."""

from __future__ import annotations

import random

import pytest

from archive.errors import KeyRefusedError
from archive.proof.mldsa import KEY_SIZE, MldsaPrivateKey, MldsaPublicKey
from tests.proof.logs import make_mldsa


def test_signing() -> None:
    """A signature is verified by its own public key, over its own message only."""
    key = make_mldsa("one")
    assert len(key.public.raw) == KEY_SIZE
    signature = key.sign(b"message")
    assert len(signature) == 2420
    assert key.public.verify(signature, b"message")
    assert not key.public.verify(signature, b"other")
    assert not make_mldsa("two").public.verify(signature, b"message")
    assert "Private" not in repr(key).replace("MldsaPrivateKey", "")


@pytest.mark.parametrize("raw", [b"", bytes(32), bytes(KEY_SIZE - 1), bytes(KEY_SIZE + 1)])
def test_wrong_lengths_are_refused(raw: bytes) -> None:
    """A public key of another length is no key."""
    with pytest.raises(KeyRefusedError):
        MldsaPublicKey.from_raw(raw)


def test_a_key_takes_32_bytes_of_randomness() -> None:
    """A key is made from the seed that FIPS 204 wants, of whatever gives that many bytes."""
    one = MldsaPrivateKey.generate(random.Random(1).randbytes)
    assert one.public.raw == MldsaPrivateKey.generate(random.Random(1).randbytes).public.raw
    assert one.public.raw != MldsaPrivateKey.generate(random.Random(2).randbytes).public.raw
