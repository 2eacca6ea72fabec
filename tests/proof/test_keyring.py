"""Keyrings: thresholds of both versions, versions without gap, validity by log index."""

from __future__ import annotations

from typing import Any

import pytest

from archive.document import Members
from archive.errors import DocumentError, IntegrityError
from archive.proof.dsse import PAYLOAD_TYPE, Envelope, EnvelopeSignature, pae
from archive.proof.keyring import Keyring, KeyringHistory
from archive.proof.keys import PrivateKey
from tests.proof.logs import LOG, LOG_MLDSA, WITNESS, make_key

A, B, C, D = (make_key(word) for word in "ABCD")


def ring(version: int, threshold: int, *keys: PrivateKey, **more: Any) -> Keyring:
    """A keyring of some keys."""
    return Keyring(version, threshold, tuple(key.public for key in keys), **more)


def sign(*keys: PrivateKey, keyids: tuple[str, ...] = ()) -> Envelope:
    """An envelope signed by some keys, under the ids that are wanted."""
    payload = b"a keyring statement"
    message = pae(PAYLOAD_TYPE, payload)
    ids = keyids or tuple(key.public.fingerprint for key in keys)
    signatures = tuple(
        EnvelopeSignature(id_, key.sign(message)) for id_, key in zip(ids, keys, strict=True)
    )
    return Envelope(PAYLOAD_TYPE, payload, signatures)


def begin(*keys: PrivateKey, threshold: int = 1) -> KeyringHistory:
    """A history whose first version is entry 10."""
    return KeyringHistory.begin(ring(1, threshold, *keys), sign(*keys), 10)


def test_a_key_is_rotated() -> None:
    """The next version, signed by old and new key, takes over behind its own entry."""
    history = begin(A).advance(ring(2, 1, B), sign(A, B), 20)
    a, b = A.public.fingerprint, B.public.fingerprint
    for index in (0, 9, 10, 11, 20):
        assert history.is_valid(a, index)
        assert not history.is_valid(b, index)
    for index in (21, 1000):
        assert history.is_valid(b, index)
        assert not history.is_valid(a, index)
    assert history.latest.version == 2
    assert [history.at(index).version for index in (0, 20, 21)] == [1, 1, 2]


def test_a_key_is_revoked_from_an_entry_on() -> None:
    """A stolen key stops counting at the index that its revocation names, not at the rotation."""
    stolen = A.public.fingerprint
    history = begin(A, B).advance(ring(2, 1, B, revoked={stolen: 15}), sign(B), 20)
    assert [history.is_valid(stolen, index) for index in (14, 15, 20, 21)] == [True] + [False] * 3
    assert all(history.is_valid(B.public.fingerprint, index) for index in (14, 15, 20, 21))
    later = history.advance(ring(3, 1, B, revoked={}), sign(B), 30)
    assert not later.is_valid(stolen, 15)
    earlier = history.advance(ring(3, 1, B, revoked={stolen: 12}), sign(B), 30)
    assert [earlier.is_valid(stolen, index) for index in (11, 12)] == [True, False]


def test_a_revoked_key_does_not_come_back() -> None:
    """A key that was revoked is not valid in a later version that names it again."""
    stolen = A.public.fingerprint
    history = begin(A, B).advance(ring(2, 1, B, revoked={stolen: 15}), sign(B), 20)
    history = history.advance(ring(3, 1, A, B), sign(A, B), 30)
    assert not history.is_valid(stolen, 31)


@pytest.mark.parametrize("version", [0, 1, 3, 4])
def test_versions_follow_each_other(version: int) -> None:
    """A version that was skipped, repeated or rolled back is refused."""
    with pytest.raises(IntegrityError, match="follows 1"):
        begin(A).advance(ring(version, 1, A), sign(A), 20)
    history = begin(A).advance(ring(2, 1, A), sign(A), 20)
    with pytest.raises(IntegrityError, match="follows 2"):
        history.advance(ring(1, 1, A), sign(A), 30)


def test_both_thresholds_must_be_met() -> None:
    """Too few of the old keys, or too few of the new ones, and the version does not count."""
    history = begin(A, B, C, threshold=2)
    new = ring(2, 2, C, D)
    for signers, good in (
        ((A, B, C, D), True),
        ((A, C, D), True),
        ((B, C, D), True),
        ((A, B, C), False),  # one of the new
        ((C, D), False),  # one of the old
        ((A, B), False),
        ((D,), False),
        ((), False),
    ):
        if good:
            assert history.advance(new, sign(*signers), 20).latest == new
        else:
            with pytest.raises(IntegrityError, match="threshold"):
                history.advance(new, sign(*signers), 20)


def test_a_key_counts_once_whatever_its_id() -> None:
    """One key under two ids, or signing twice, meets no threshold of two."""
    history = begin(A, B, threshold=2)
    for keyids in (("one", "two"), (A.public.fingerprint, B.public.fingerprint)):
        with pytest.raises(IntegrityError):
            history.advance(ring(2, 1, A), sign(A, A, keyids=keyids), 20)
    assert history.advance(ring(2, 1, A), sign(A, B, keyids=("", "")), 20)


def test_the_first_version() -> None:
    """The first keyring is version 1 and signed by its own threshold."""
    for keyring, envelope in (
        (ring(2, 1, A), sign(A)),
        (ring(1, 1, A), sign(B)),
        (ring(1, 2, A, B), sign(A)),
        (ring(1, 1, A), sign()),
    ):
        with pytest.raises(IntegrityError):
            KeyringHistory.begin(keyring, envelope, 0)


def test_a_keyring_stands_behind_the_one_before() -> None:
    """A version at or before the index of the one that it replaces is refused."""
    for index in (3, 10):
        with pytest.raises(IntegrityError):
            begin(A).advance(ring(2, 1, A), sign(A), index)


FULL = ring(3, 2, A, B, log=(LOG.verifier, LOG_MLDSA.verifier), revoked={"ab" * 32: 7})


def test_what_is_written_is_read() -> None:
    """A keyring is read as what was written."""
    assert Keyring.from_members(Members(FULL.to_value(), "keyring")) == FULL


@pytest.mark.parametrize(
    "change",
    [
        {"version": 0},
        {"version": -1},
        {"version": True},
        {"version": "1"},
        {"threshold": 0},
        {"threshold": 3},
        {"keys": []},
        {"keys": ["rubbish", "AAAA"]},
        {"keys": [*FULL.to_value()["keys"], FULL.to_value()["keys"][0]]},
        {"keys": [key.rstrip("=") + " " for key in FULL.to_value()["keys"]]},
        {"log": ["rubbish"]},
        {"log": [WITNESS.verifier.to_vkey()]},
        {"log": [LOG.verifier.to_vkey()] * 2},
        {"log": None},
        {"revoked": [{"fingerprint": "ab" * 32}]},
        {"revoked": [{"fingerprint": "ab", "from": 1}]},
        {"revoked": [{"fingerprint": "ab" * 32, "from": 1}] * 2},
        {"revoked": [{"fingerprint": A.public.fingerprint, "from": 1}]},
        {"revoked": [7]},
    ],
)
def test_malformed_keyrings(change: dict[str, Any]) -> None:
    """A keyring that cannot be is refused."""
    with pytest.raises(DocumentError):
        Keyring.from_members(Members({**FULL.to_value(), **change}, "keyring"))


def test_seventeen_keys_are_too_many() -> None:
    """A keyring has no more keys than an envelope may have signatures."""
    keys = [make_key(f"{number}") for number in range(17)]
    assert Keyring.from_members(Members(ring(1, 1, *keys[:16]).to_value(), "keyring"))
    with pytest.raises(DocumentError):
        Keyring.from_members(Members(ring(1, 1, *keys).to_value(), "keyring"))
