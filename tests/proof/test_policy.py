"""Policies: the specification's example, malformed ones, and which cosignatures are enough."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import DocumentError, IntegrityError
from archive.proof.policy import MAX_ITEMS, MAX_SIZE, Policy
from archive.proof.signer import NoteSigner
from archive.proof.verifier import ED25519, Verifier, raw_key
from tests.proof.logs import LOG, LOG_MLDSA, TIME, WITNESS_MLDSA, head, make_key, signed

NAMES = ("X1", "X2", "X3", "Y1", "Y2", "Y3")
WITNESSES = {
    name: NoteSigner.for_checkpoints(f"witness.example/{name}", make_key(name)) for name in NAMES
}
KEYS = {name: signer.verifier.to_vkey() for name, signer in WITNESSES.items()}
LOG_KEY = LOG.verifier.to_vkey()
EXAMPLE = f"""\
log {LOG_KEY}

witness X1 {KEYS["X1"]}
witness X2 {KEYS["X2"]} https://x2.example/
witness X3 {KEYS["X3"]}
  group\tX-witnesses 2 X1 X2 X3\t
# the others
witness Y1 {KEYS["Y1"]}
witness Y2 {KEYS["Y2"]}
witness Y3 {KEYS["Y3"]}
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""


def read(text: str) -> Policy:
    """A policy of a text."""
    return Policy.from_bytes(text.encode())


def test_the_specification_s_example() -> None:
    """Of all sets of witnesses exactly those with two of X and one of Y are a quorum."""
    policy = read(EXAMPLE)
    assert policy.witnesses["X2"].url == "https://x2.example/"
    for size in range(7):
        for chosen in combinations(NAMES, size):
            enough = sum("X" in name for name in chosen) >= 2 and any("Y" in n for n in chosen)
            assert policy.is_met(frozenset(chosen)) is enough
    assert not policy.is_met(frozenset({"X-and-Y", "X-witnesses", "stranger"}))


def test_judging_checkpoints() -> None:
    """A checkpoint is judged by the cosignatures that verify, and no others."""
    policy = read(EXAMPLE)
    enough = [WITNESSES[name] for name in ("X1", "X3", "Y2")]
    found = policy.judge(signed(head(9), LOG, *enough))
    assert (found.checkpoint, found.cosigned) == (head(9), ("X1", "X3", "Y2"))
    assert found.is_met
    assert set(found.times.values()) == {TIME}
    assert not policy.judge(signed(head(9), LOG, *enough[:2])).is_met
    assert not policy.judge(signed(head(9), LOG, *[enough[0]] * 3)).is_met
    assert not policy.judge(signed(head(9), LOG, WITNESS_MLDSA)).is_met
    with pytest.raises(IntegrityError):
        policy.judge(signed(head(9), *enough))
    with pytest.raises(DocumentError):
        policy.judge(b"")
    moved = signed(head(9), LOG, *enough).split(b"\n\n")[0] + b"\n\n"
    with pytest.raises(IntegrityError):
        policy.judge(moved + signed(head(8), LOG, *enough).split(b"\n\n")[1])


def test_a_log_speaks_for_its_own_origin() -> None:
    """A key of one log does not sign another log's checkpoints."""
    other = NoteSigner.for_notes("other.example", make_key("other"))
    policy = read(f"log {LOG_KEY}\nlog {other.verifier.to_vkey()}\nquorum none\n")
    assert policy.judge(signed(head(3))).is_met
    with pytest.raises(IntegrityError):
        policy.judge(signed(head(3), other))


def test_no_quorum_and_single_witnesses() -> None:
    """`none` needs nobody; a single witness of either type can be the quorum."""
    both = f"log {LOG_KEY}\nlog {LOG_MLDSA.verifier.to_vkey()}\n"
    assert read(both + "quorum none\n").judge(signed(head(3), LOG_MLDSA)).is_met
    alone = f"witness w {WITNESS_MLDSA.verifier.to_vkey()}\nquorum w\n"
    assert read(both + alone).judge(signed(head(3), LOG, WITNESS_MLDSA)).is_met
    assert not read(both + alone).judge(signed(head(3), LOG)).is_met


SAME = Verifier.of("other.example", 0x04, WITNESSES["X1"].verifier.raw).to_vkey()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "quorum\n",
        "quorum none",
        "quorum none none\n",
        "quorum none\nquorum none\n",
        "quorum a\n",
        "Quorum none\n",
        "quorum none\r\n",
        "quorum none\x0b\n",
        "quorum none\x7f\n",
        f"quorum a\nwitness a {KEYS['X1']}\n",
        f"log {LOG_KEY}\n",
        f"log {LOG_KEY} u v\nquorum none\n",
        f"log {LOG_KEY}\nlog {LOG_KEY}\nquorum none\n",
        f"log {KEYS['X1']}\nquorum none\n",
        "log\nquorum none\n",
        "log rubbish\nquorum none\n",
        f"witness a\u00a0b {LOG_KEY}\nquorum none\n",
        f"witness a {LOG_KEY}\nquorum none\n",
        f"witness none {KEYS['X1']}\nquorum none\n",
        f"witness a {KEYS['X1']}\nwitness a {KEYS['X2']}\nquorum a\n",
        f"witness a {KEYS['X1']}\nwitness b {SAME}\nquorum a\n",
        f"witness a {KEYS['X1']}\ngroup a any a\nquorum a\n",
        f"witness a {KEYS['X1']}\ngroup g any g\nquorum a\n",
        f"witness a {KEYS['X1']}\ngroup g any a none\nquorum a\n",
        f"witness a {KEYS['X1']}\ngroup g any\nquorum a\n",
        f"witness a {KEYS['X1']}\ngroup g any a a\nquorum a\n",
        f"witness a {KEYS['X1']}\ngroup g any a\ngroup h any a\nquorum a\n",
        f"witness a {KEYS['X1']}\ngroup g 0 a\nquorum a\n",
        f"witness a {KEYS['X1']}\ngroup g 2 a\nquorum a\n",
        f"witness a {KEYS['X1']}\ngroup g 01 a\nquorum a\n",
        f"witness a {KEYS['X1']}\ngroup g most a\nquorum a\n",
        f"witness a {KEYS['X1']}\ngroup g any b\nwitness b {KEYS['X2']}\nquorum a\n",
        "x" * (MAX_SIZE + 1),
    ],
)
def test_malformed_policies(text: str) -> None:
    """What is not a policy to the letter is refused."""
    with pytest.raises(DocumentError):
        read(text)


def test_names_are_octets() -> None:
    """Names that look alike are different, and need not be UTF-8."""
    lines = [b"witness K " + KEYS["X1"].encode(), b"witness \xe2\x84\xaa " + KEYS["X2"].encode()]
    lines += [b"witness \xff " + KEYS["X3"].encode(), b"# \xfe", b"quorum \xff", b""]
    assert len(Policy.from_bytes(b"\n".join(lines)).witnesses) == 3


@pytest.mark.parametrize("start", [b"log ", b"witness w "])
def test_names_of_keys_are_utf_8(start: bytes) -> None:
    """A key whose own name is not UTF-8 is refused, though a party's name may be any octets."""
    with pytest.raises(DocumentError, match="name is UTF-8"):
        Policy.from_bytes(start + b"\xff" + KEYS["X1"].encode() + b"\nquorum none\n")


def test_as_many_as_an_implementation_must_take() -> None:
    """32 logs, 32 witnesses and 32 groups are read; far more than we take are refused."""

    def vkey(word: str, kind: int) -> str:
        return Verifier.of(word, kind, raw_key(make_key(word).public)).to_vkey()

    lines = [f"log {vkey(f'log{number}', ED25519)}" for number in range(32)]
    lines += [f"witness w{number} {vkey(f'w{number}', 0x04)}" for number in range(32)]
    lines += [f"group g{number} any w{number}" for number in range(32)]
    assert len(read("\n".join([*lines, "quorum g31", ""])).groups) == 32
    lines += [f"witness v{number} {vkey(f'v{number}', 0x04)}" for number in range(MAX_ITEMS)]
    with pytest.raises(DocumentError):
        read("\n".join([*lines, "quorum none", ""]))


@given(
    st.binary(max_size=100)
    | st.lists(
        st.sampled_from(["log", "witness", "group", "quorum", "none", "a", "any", "2", KEYS["X1"]])
    ).map(lambda words: (" ".join(words) + "\n").encode())
)
def test_any_bytes(data: bytes) -> None:
    """Any bytes are a policy with a quorum, or refused cleanly."""
    try:
        policy = Policy.from_bytes(data)
    except DocumentError:
        return
    assert policy.quorum
