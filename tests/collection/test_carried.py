"""Proofs that carry the log's keyrings: they hold after any change of keys, and for no stranger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import archive
from archive.errors import DocumentError, IntegrityError
from archive.log.proving import check_proof
from archive.log.rekeying import KeyChange
from archive.proof.bodies import write_body
from archive.proof.checkpoint import Checkpoint
from archive.proof.dsse import Envelope, sign
from archive.proof.entry import EntryStatement
from archive.proof.extra import Extra, LoggedKeyring
from archive.proof.keyring import Keyring
from archive.proof.keys import PrivateKey, PublicKey
from archive.proof.logproof import MAX_EXTRA, LogProof
from archive.proof.merkle import hash_leaf, hash_root, prove_inclusion
from archive.proof.signer import sign_note
from archive.proof.spelling import read_statement
from archive.proof.statement import SignedBy
from archive.store.log import log_signers
from tests.places import shared
from tests.proof.logs import make_key
from tests.store import shelf


@pytest.fixture
def press(tmp_path: Path) -> Iterator[archive.Collection]:
    """A collection with a log and three captures."""
    with shelf.collection(tmp_path, 3) as made:
        yield made


def prove(press: archive.Collection, at: int) -> LogProof:
    """The proof of the entry with a number."""
    return press.log.prove(next(one.row for one in press.captures() if one.row.sequence == at))


def carried(proof: LogProof) -> Extra:
    """What a proof carries."""
    assert proof.extra is not None
    return Extra.from_bytes(proof.extra)


def carry(proof: LogProof, extra: Extra) -> bytes:
    """The proof with other data in it."""
    return evolve(proof, extra=extra.to_bytes()).to_bytes()


def test_a_proof_holds_after_the_keys_were_changed_twice(press: archive.Collection) -> None:
    """The old key signed the capture, the newest the checkpoint; the keyrings lead from one to the
    other. A new capture is by the newest keyring.
    """
    old = press.key
    for _ in range(2):
        press.change_keys(KeyChange(fresh=True))
    shelf.add_text(press, 9)
    found = check_proof(prove(press, 1).to_bytes())
    assert (found.fingerprint, found.keyring, found.index) == (old, 1, 1)
    last = max(one.row.sequence for one in press.captures())
    newest = check_proof(prove(press, last).to_bytes())
    assert (newest.fingerprint, newest.keyring) == (press.key, 3)


def test_a_proof_without_its_keyrings_needs_trust_in_the_new_key(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Taken out, all or the last, nothing leads to the key of the checkpoint but the reader's own
    trust; a bare proof has nothing to check alone.
    """
    press.change_keys(KeyChange(fresh=True))
    shelf.add_text(press, 9)  # the old key signs the checkpoint over the change itself
    proof = prove(press, 1)
    extra = carried(proof)
    assert len(extra.keyrings) == 2
    alone = evolve(extra, keyrings=())
    for less in (alone, evolve(extra, keyrings=extra.keyrings[:1])):
        with pytest.raises(IntegrityError, match="no known key"):
            check_proof(carry(proof, less))
    key = shelf.writer(press)._signing.key.public
    assert check_proof(carry(proof, alone), [key]).keyring is None
    with pytest.raises(IntegrityError, match="no known key"):
        check_proof(carry(proof, alone), [make_key("stranger").public])
    bare = press.log.prove(next(iter(press.captures())).row, bare=True)
    with pytest.raises(DocumentError, match="does not carry"):
        check_proof(bare.to_bytes())


def test_a_revoked_key_proves_nothing_from_there_on(press: archive.Collection) -> None:
    """A key that is revoked from entry 2 on counts for entry 1 and no more for entry 2."""
    old = press.key
    press.change_keys(KeyChange(fresh=True))
    press.change_keys(KeyChange(revoked={old: 2}))
    assert check_proof(prove(press, 1).to_bytes()).fingerprint == old
    with pytest.raises(IntegrityError, match="does not count for entry 2"):
        check_proof(prove(press, 2).to_bytes())


def first(change: Callable[[LoggedKeyring], LoggedKeyring]) -> Callable[[Extra], Extra]:
    """Change the first keyring."""
    return lambda extra: evolve(extra, keyrings=(change(extra.keyrings[0]), *extra.keyrings[1:]))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (first(lambda one: evolve(one, index=1)), "another place than it says"),
        (first(lambda one: evolve(one, hashes=one.hashes[1:])), "does not hold a keyring"),
        (lambda extra: evolve(extra, keyrings=extra.keyrings[::-1]), "version 2, not 1"),
        (lambda extra: evolve(extra, keyrings=extra.keyrings[1:]), "version 2, not 1"),
        (lambda extra: evolve(extra, keyrings=extra.keyrings * 2), "follows 2"),
        (first(lambda one: evolve(one, envelope=b"{}")), None),
    ],
)
def test_keyrings_that_are_not_the_logs_are_refused(
    press: archive.Collection, change: Callable[[Extra], Extra], message: str | None
) -> None:
    """Moved, unproved, out of order, left out, doubled, or no keyring at all."""
    press.change_keys(KeyChange(fresh=True))
    proof = prove(press, 1)
    assert check_proof(carry(proof, carried(proof)))
    with pytest.raises((IntegrityError, DocumentError), match=message):
        check_proof(carry(proof, change(carried(proof))))


def test_a_capture_in_place_of_a_keyring_is_none(press: archive.Collection) -> None:
    """An entry of another kind is no keyring, though the log holds it."""
    proof = prove(press, 1)
    extra = carried(proof)
    other = LoggedKeyring(extra.envelope, 1, proof.hashes)
    with pytest.raises(IntegrityError, match="is none"):
        check_proof(carry(proof, evolve(extra, keyrings=(other,))))


def test_a_strangers_log_that_lists_my_key_proves_nothing_of_mine(
    press: archive.Collection,
) -> None:
    """He signs a keyring with his key and mine in it, and a tree with my envelope: my key never
    joined by its own signature.
    """
    thief = make_key("thief")
    mine = carried(prove(press, 1)).envelope
    owner = PublicKey.from_der(shelf.writer(press)._signing.key.public.der)
    signers = log_signers(thief, "bank.example/log")
    keyring = Keyring(1, 1, (thief.public, owner), tuple(one.verifier for one in signers))
    envelope = forge_keyring(press, keyring, thief)
    leaves = [hash_leaf(envelope), hash_leaf(mine)]

    def read(level: int, index: int) -> bytes:
        return hash_root(leaves[index << level : (index + 1) << level])

    head = Checkpoint("bank.example/log", 2, hash_root(leaves))
    logged = LoggedKeyring(envelope, 0, prove_inclusion(0, 2, read))
    proof = LogProof(
        1,
        prove_inclusion(1, 2, read),
        sign_note(head.to_text(), signers, 0),
        Extra(mine, (logged,)).to_bytes(),
    )
    with pytest.raises(IntegrityError, match="does not count for entry 1"):
        check_proof(proof.to_bytes())


def forge_keyring(press: archive.Collection, keyring: Keyring, key: PrivateKey) -> bytes:
    """A first keyring's envelope by somebody's key, made after that of a collection."""
    own = carried(prove(press, 1)).keyrings[0].envelope
    said = read_statement(Envelope.from_bytes(own).payload)
    assert isinstance(said, EntryStatement)
    body = write_body(keyring)
    signer = SignedBy(key.public.der)
    forged = evolve(said, signer=signer, subjects=body.subjects, body=body.body)
    return sign(forged.to_bytes(), key).to_bytes()


def test_the_case_of_a_proof_of_before_holds_by_both_keys() -> None:
    """Made by 0.1.0 without keyrings: the reader who trusts the old key and the new one is told
    that it holds; who trusts the old alone is not.
    """
    case = shared("cases", "proof", "proof-after-rotation")
    data = (case / "true.tlog-proof").read_bytes()
    old, new = (
        PublicKey.from_pem((case / name).read_bytes()) for name in ("old.pub.pem", "signer.pub.pem")
    )
    found = check_proof(data, [old, new])
    assert (found.fingerprint, found.keyring) == (old.fingerprint, None)
    with pytest.raises(IntegrityError, match="no known key"):
        check_proof(data, [old])


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Whatever stands in the place of extra data gives a value or a `DocumentError`."""
    for whole in (data, b'{"v":1,' + data, b'{"v":' + data):
        try:
            Extra.from_bytes(whole)
        except DocumentError:
            continue


@pytest.mark.parametrize(("size", "reads"), [(MAX_EXTRA, True), (MAX_EXTRA + 1, False)])
def test_extra_data_has_a_bounded_size(size: int, reads: bool) -> None:
    """1,000,000 bytes are read, one more is refused."""
    data = b'{"v":1,"envelope":"","keyrings":[]}'.ljust(size)
    if reads:
        assert Extra.from_bytes(data) == Extra(b"")
        return
    with pytest.raises(DocumentError, match="larger than"):
        Extra.from_bytes(data)


@given(st.binary(max_size=60), st.lists(st.binary(min_size=32, max_size=32), max_size=5))
def test_what_is_written_reads_back(envelope: bytes, hashes: list[bytes]) -> None:
    """Any envelope and any hashes; without keyrings the envelope stands as it is."""
    extra = Extra(envelope, (LoggedKeyring(envelope, 7, tuple(hashes)),))
    assert Extra.from_bytes(extra.to_bytes()) == extra
    assert Extra(envelope).to_bytes() == envelope
