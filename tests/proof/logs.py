"""Keys, logs and notes that the log's tests share, made from fixed seeds."""

from __future__ import annotations

import hashlib
from functools import cache

from archive.proof.checkpoint import Checkpoint
from archive.proof.keys import PrivateKey
from archive.proof.merkle import Frontier, hash_leaf
from archive.proof.mldsa import MldsaPrivateKey
from archive.proof.signer import NoteSigner, sign_note

ORIGIN = "press.example/log"
TIME = 1_795_000_000


def make_key(seed: str) -> PrivateKey:
    """An Ed25519 key from a word."""
    return PrivateKey.generate(lambda _: hashlib.sha256(seed.encode()).digest())


def make_mldsa(seed: str) -> MldsaPrivateKey:
    """An ML-DSA-44 key from a word."""
    return MldsaPrivateKey.generate(lambda _: hashlib.sha256(seed.encode()).digest())


LOG = NoteSigner.for_notes(ORIGIN, make_key("log"))
LOG_MLDSA = NoteSigner.for_checkpoints(ORIGIN, make_mldsa("log"))
WITNESS = NoteSigner.for_checkpoints("witness.example/w1", make_key("w1"))
WITNESS_MLDSA = NoteSigner.for_checkpoints("witness.example/w2", make_mldsa("w2"))


def entries(count: int, word: str = "entry") -> list[bytes]:
    """Entries that are all different."""
    return [b"%b %d" % (word.encode(), number) for number in range(count)]


@cache
def head(count: int, word: str = "entry") -> Checkpoint:
    """The checkpoint of a log with those entries."""
    tree = Frontier().extend(map(hash_leaf, entries(count, word)))
    return Checkpoint(ORIGIN, count, tree.root())


def signed(checkpoint: Checkpoint, *signers: NoteSigner) -> bytes:
    """A checkpoint signed by some keys, by the log's Ed25519 key when none is named."""
    return sign_note(checkpoint.to_text(), signers or (LOG,), TIME)
