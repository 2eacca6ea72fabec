"""Witnesses: every status of the specification, and what both ends make of what they are sent."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from archive.errors import DocumentError, IntegrityError
from archive.proof.checkpoint import Checkpoint, open_checkpoint, read_checkpoint
from archive.proof.merkle import hash_leaf, hash_root, prove_consistency
from archive.proof.signer import NoteSigner
from archive.proof.witness import (
    MAX_REQUEST,
    SIZE_TYPE,
    TEXT_TYPE,
    Accepted,
    CosignRequest,
    CosignResponse,
    add_cosignatures,
    cosign,
    judge,
    read_conflict,
)
from tests.effort import effort
from tests.proof.logs import (
    LOG,
    LOG_MLDSA,
    ORIGIN,
    TIME,
    WITNESS,
    WITNESS_MLDSA,
    entries,
    head,
    make_key,
    signed,
)

LOGS = {ORIGIN: [LOG.verifier, LOG_MLDSA.verifier]}
OTHER = NoteSigner.for_notes(ORIGIN, make_key("other"))


def prove(old: int, size: int, word: str = "entry") -> tuple[bytes, ...]:
    """The consistency proof between two sizes of the log."""
    leaves = list(map(hash_leaf, entries(size, word)))
    return prove_consistency(
        old, size, lambda level, index: hash_root(leaves[index << level : (index + 1) << level])
    )


def request(old: int, size: int, *signers: NoteSigner) -> CosignRequest:
    """A request to go from one size to another."""
    return CosignRequest(old, prove(old, size), signed(head(size), *signers))


def ask(sent: CosignRequest | bytes, last: int | None) -> Accepted | CosignResponse:
    """What a witness decides whose last cosigned size is that."""
    body = sent if isinstance(sent, bytes) else sent.to_bytes()
    return judge(body, LOGS, {} if last is None else {ORIGIN: head(last)})


def status(sent: CosignRequest | bytes, last: int | None) -> int:
    """The status of an answer, 200 for what is accepted."""
    answer = ask(sent, last)
    return 200 if isinstance(answer, Accepted) else answer.status


@pytest.mark.parametrize(
    ("old", "size", "last"),
    [(0, 0, None), (0, 1, None), (0, 9, None), (3, 9, 3), (8, 9, 8), (9, 9, 9), (0, 9, 0)],
)
def test_what_is_cosigned(old: int, size: int, last: int | None) -> None:
    """A checkpoint that extends the last one, or is the same, is accepted and cosigned."""
    answer = ask(request(old, size), last)
    assert isinstance(answer, Accepted)
    assert answer.checkpoint == head(size)
    response = cosign(answer, [WITNESS, WITNESS_MLDSA], TIME)
    assert response.status == 200
    keys = [WITNESS.verifier, WITNESS_MLDSA.verifier]
    whole = add_cosignatures(answer.signed, response.body, keys)
    assert len(open_checkpoint(whole, [LOG.verifier, *keys]).verified) == 3
    alone = add_cosignatures(answer.signed, response.body, keys[:1])
    assert len(open_checkpoint(alone, keys[:1]).verified) == 1
    assert WITNESS_MLDSA.verifier.name.encode() not in alone


def test_unknown_logs() -> None:
    """A log that the witness does not know is 404, whoever signed."""
    elsewhere = signed(evolve(head(3), origin="elsewhere.example"))
    assert status(CosignRequest(0, (), elsewhere), None) == 404


def test_wrong_signatures() -> None:
    """A checkpoint without a good signature of the log's keys is 403."""
    assert status(request(0, 3, OTHER), None) == 403
    assert status(request(0, 3, WITNESS), None) == 403
    data = request(0, 3).to_bytes()
    assert status(data.replace(b"\n3\n", b"\n4\n"), None) == 403
    assert status(request(0, 3, OTHER, LOG), None) == 200
    assert status(request(0, 3, LOG_MLDSA), None) == 200


def test_malformed_requests() -> None:
    """What is not a request to the letter is 400."""
    good = request(3, 9).to_bytes()
    assert status(good, 3) == 200
    for old, new in (
        (b"old 3", b"old 03"),
        (b"old 3", b"old -3"),
        (b"old 3", b"old  3"),
        (b"old 3", b"Old 3"),
        (b"old 3", b"old"),
        (b"old 3", b"size 3"),
        (b"old 3\n", b""),
        (b"old 3\n", b"old 3\nAAAA\n"),
        (b"old 3\n", b"old 3\n\n"),
        (b"old 3\n", b"old 3\r\n"),
        (b"old 3\n", b"old 3\n" + (b"A" * 43 + b"=\n") * 64),
        (b"old 3", "old \u0663".encode()),
        (b"\n\npress", b"\npress"),
        (b"\n9\n", b"\n09\n"),
        (b"\n\n\xe2", b"\n\xe2"),
    ):
        assert good.count(old) >= 1
        assert status(good.replace(old, new, 1), 3) == 400
    for data in (b"", b"\n\n", good[:-1], good + bytes(MAX_REQUEST)):
        assert status(data, 3) == 400
    assert status(request(9, 9).to_bytes().replace(b"old 9", b"old 10"), 10) == 400


def test_stale_sizes() -> None:
    """An old size that is not the witness's is 409 with the witness's size as the body."""
    for old, size, last in ((0, 9, 3), (3, 9, 5), (5, 9, 3), (3, 9, None), (3, 3, 9)):
        answer = ask(request(old, size), last)
        assert isinstance(answer, CosignResponse)
        assert (answer.status, answer.content_type) == (409, SIZE_TYPE)
        assert answer.body == b"%d\n" % (last or 0)
        assert read_conflict(answer.content_type, answer.body) == (last or 0)


def test_forks() -> None:
    """Another root at the same size is 409 without a size; a proof of another history is 422."""
    fork = signed(head(9, "other"))
    answer = ask(CosignRequest(9, (), fork), 9)
    assert isinstance(answer, CosignResponse)
    assert (answer.status, answer.content_type) == (409, TEXT_TYPE)
    assert read_conflict(answer.content_type, answer.body) is None
    longer = signed(head(12, "other"))
    assert status(CosignRequest(9, prove(9, 12, "other"), longer), 9) == 422
    assert status(CosignRequest(9, prove(9, 12), longer), 9) == 422


def test_wrong_proofs() -> None:
    """A proof that is missing, cut, too long, or not empty where it must be is 422."""
    good = request(3, 9)
    for proof in ((), good.proof[:-1], (*good.proof, bytes(32)), good.proof[::-1]):
        assert status(evolve(good, proof=proof), 3) == 422
    assert status(evolve(request(0, 9), proof=(bytes(32),)), None) == 422
    assert status(evolve(request(9, 9), proof=(bytes(32),)), 9) == 422


def test_answers_that_are_not_cosignatures() -> None:
    """A log takes nothing from an answer but good signatures of the keys it knows."""
    data, keys = signed(head(9)), [WITNESS.verifier]
    good = WITNESS.sign(head(9).to_text(), TIME).to_line().encode()
    stranger = OTHER.sign(head(9).to_text(), TIME).to_line().encode()
    assert add_cosignatures(data, stranger + good, keys) == data + good
    for body in (b"", b"\n", b"rubbish\n", good[:-1], good + b"\n", b"\xff\n", good * 200):
        with pytest.raises(DocumentError):
            add_cosignatures(data, body, keys)
    other = WITNESS.sign(head(8).to_text(), TIME).to_line().encode()
    for body in (stranger, other):
        with pytest.raises(IntegrityError):
            add_cosignatures(data, body, keys)


@pytest.mark.parametrize(
    ("content_type", "body", "size"),
    [
        (SIZE_TYPE, b"0\n", 0),
        (SIZE_TYPE, b"50\n", 50),
        (SIZE_TYPE, b"50", None),
        (SIZE_TYPE, b"050\n", None),
        (SIZE_TYPE, b"", None),
        (SIZE_TYPE, b"\xff\n", None),
        (SIZE_TYPE, b"9" * 60 + b"\n", None),
        ("text/plain", b"50\n", None),
        (SIZE_TYPE + "; charset=utf-8", b"50\n", None),
    ],
)
def test_sizes_of_conflicts(content_type: str, body: bytes, size: int | None) -> None:
    """A conflict's size is read where the answer is to the letter, else there is none."""
    assert read_conflict(content_type, body) == size


@given(
    st.binary(max_size=200) | st.binary(max_size=150).map(b"old 0\n\npress.example/log\n".__add__)
)
def test_any_bytes(data: bytes) -> None:
    """Any bytes get an answer."""
    assert status(data, None) in (400, 404)


class History(RuleBasedStateMachine):
    """A witness that is asked by an honest log, by a forked one, and with any old size."""

    def __init__(self) -> None:
        super().__init__()
        self.latest: dict[str, Checkpoint] = {}
        self.cosigned: list[Checkpoint] = [head(0)]

    @rule(old=st.integers(0, 20), size=st.integers(0, 20), word=st.sampled_from(["entry", "other"]))
    def ask(self, old: int, size: int, word: str) -> None:
        """One request."""
        proof = prove(old, size, word) if old <= size else ()
        sent = CosignRequest(old, proof, signed(head(size, word)))
        answer = judge(sent.to_bytes(), LOGS, self.latest)
        if isinstance(answer, Accepted):
            self.latest[ORIGIN] = read_checkpoint(answer.signed)
            self.cosigned.append(answer.checkpoint)

    @invariant()
    def is_one_history(self) -> None:
        """All that was ever cosigned is one log, that only grew."""
        sizes = [item.size for item in self.cosigned]
        assert sizes == sorted(sizes)
        histories = [[head(n, word).root for n in sizes] for word in ("entry", "other")]
        assert [item.root for item in self.cosigned] in histories


TestHistory = History.TestCase
TestHistory.settings = settings(effort(0.4), stateful_step_count=20)
