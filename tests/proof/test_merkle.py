"""Trees that grow, and their proofs: against published vectors and against the definitions."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.proof.merkle import (
    EMPTY_ROOT,
    Frontier,
    check_consistency,
    check_inclusion,
    hash_leaf,
    hash_node,
    hash_root,
    prove_consistency,
    prove_inclusion,
)
from tests.places import shared

LEAVES = [hash_leaf(b"%d" % number) for number in range(70)]
SIZES = st.integers(min_value=1, max_value=len(LEAVES))


def read_node(level: int, index: int) -> bytes:
    """A complete subtree of the tree over `LEAVES`."""
    part = LEAVES[index << level : (index + 1) << level]
    assert len(part) == 1 << level
    return hash_root(part)


def vectors(*kinds: str) -> list[dict[str, Any]]:
    """The published cases of some kinds, hashes decoded."""
    folder = shared("vectors", "merkle", "testdata")
    found = []
    for kind in kinds:
        for path in sorted(Path(folder, kind).rglob("*.json")):
            case = json.loads(path.read_bytes())
            for name in ("root", "root1", "root2", "leafHash"):
                if name in case:
                    case[name] = base64.b64decode(case[name] or "")
            case["proof"] = [base64.b64decode(item or "") for item in case["proof"] or []]
            found.append({**case, "file": str(path)})
    assert len(found) > 50
    return found


def test_inclusion_vectors() -> None:
    """Every published inclusion proof is accepted or refused as its authors say."""
    for case in vectors("inclusion"):
        held = check_inclusion(
            case["proof"], case["leafIdx"], case["treeSize"], case["leafHash"], case["root"]
        )
        assert held is not case["wantErr"], case["file"]


def test_consistency_vectors() -> None:
    """Every published consistency proof is accepted or refused as its authors say."""
    for case in vectors("consistency"):
        held = check_consistency(
            case["proof"], case["size1"], case["size2"], case["root1"], case["root2"]
        )
        assert held is not case["wantErr"], case["file"]


def test_subtree_vectors_from_the_first_leaf() -> None:
    """Of the published proofs of subtrees, those that begin at the first leaf are the same."""
    inclusion = [case for case in vectors("subtreeinclusion") if case["start"] == 0]
    consistency = [case for case in vectors("subtreeconsistency") if case["start"] == 0]
    assert inclusion
    assert consistency
    for case in inclusion:
        held = check_inclusion(
            case["proof"], case["leafIdx"], case["end"], case["leafHash"], case["root"]
        )
        assert held is not case["wantErr"], case["file"]
    for case in consistency:
        held = check_consistency(
            case["proof"], case["end"], case["size"], case["root1"], case["root2"]
        )
        assert held is not (case["wantErr"] or case["end"] == 0), case["file"]


def test_every_inclusion_proof_of_small_trees() -> None:
    """In every tree of up to 33 leaves the proof of every leaf holds, for that leaf alone."""
    for size in range(1, 34):
        root = hash_root(LEAVES[:size])
        for index in range(size):
            proof = prove_inclusion(index, size, read_node)
            for other in range(size + 1):
                held = check_inclusion(proof, other, size, LEAVES[index], root)
                assert held is (other == index)


def test_every_consistency_proof_of_small_trees() -> None:
    """Between all sizes up to 33 the proof holds, and not for the sizes beside them."""
    roots = [hash_root(LEAVES[:size]) for size in range(35)]
    for size in range(1, 34):
        for old in range(1, size + 1):
            proof = prove_consistency(old, size, read_node)
            assert check_consistency(proof, old, size, roots[old], roots[size])
            for wrong in (old - 1, old + 1):
                assert not check_consistency(proof, wrong, size, roots[old], roots[size])
            assert not check_consistency(proof, old, size, roots[old], roots[size + 1])
            assert not check_consistency([*proof, roots[0]], old, size, roots[old], roots[size])


@given(st.lists(SIZES, max_size=6))
def test_growing_in_steps_is_growing_at_once(steps: list[int]) -> None:
    """However a tree grew, its root and its frontier are those of its leaves."""
    leaves = [LEAVES[number % 70] for number in range(sum(steps))]
    tree, done = Frontier(), 0
    for step in steps:
        tree = tree.extend(leaves[done : done + step])
        done += step
    assert tree == Frontier().extend(iter(leaves))
    assert (tree.size, tree.root()) == (done, naive_root(leaves))
    assert len(tree.hashes) == done.bit_count()


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word by word, from leaf hashes."""
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY_ROOT
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hash_node(naive_root(leaves[:split]), naive_root(leaves[split:]))


def test_batches_do_not_show() -> None:
    """More leaves than are hashed at once give the root of the definition."""
    leaves = [hash_leaf(number.to_bytes(4, "big")) for number in range(40_000)]
    assert hash_root(leaves) == naive_root(leaves)


@given(st.data())
def test_a_changed_proof_proves_nothing(data: st.DataObject) -> None:
    """Any one changed, dropped or added hash makes a proof fail, of either kind."""
    size = data.draw(st.integers(min_value=2, max_value=70))
    old = data.draw(st.integers(min_value=1, max_value=size - 1))
    root, old_root = hash_root(LEAVES[:size]), hash_root(LEAVES[:old])
    kinds: list[tuple[Sequence[bytes], Callable[[Sequence[bytes]], bool]]] = [
        (
            prove_inclusion(old, size, read_node),
            lambda items: check_inclusion(items, old, size, LEAVES[old], root),
        ),
        (
            prove_consistency(old, size, read_node),
            lambda items: check_consistency(items, old, size, old_root, root),
        ),
    ]
    for proof, check in kinds:
        assert check(proof)
        place = data.draw(st.integers(min_value=0, max_value=len(proof)))
        for bad in (
            [*proof[:place], EMPTY_ROOT, *proof[place:]],
            [*proof[:place], EMPTY_ROOT, *proof[place + 1 :]],
            [*proof[:place], *proof[place + 1 :]],
            [*proof[:place], *(item[:31] for item in proof[place : place + 1])],
        ):
            assert bad == list(proof) or not check(bad)


@given(
    st.lists(st.binary(min_size=31, max_size=33), max_size=8),
    st.integers(-2, 2**70),
    st.integers(-2, 2**70),
)
def test_rubbish_is_refused_without_an_error(proof: list[bytes], old: int, size: int) -> None:
    """Proofs of any numbers and lengths are answered with no, quickly."""
    assert not check_inclusion(proof, old, size, EMPTY_ROOT, EMPTY_ROOT) or not proof
    assert not check_consistency(proof, old, size, LEAVES[0], LEAVES[1])


def test_what_cannot_be_proved() -> None:
    """A leaf outside the tree, and an older tree that is larger, are usage errors."""
    for index, size in ((0, 0), (3, 3), (-1, 3)):
        with pytest.raises(UsageError):
            prove_inclusion(index, size, read_node)
    for old, size in ((4, 3), (-1, 3)):
        with pytest.raises(UsageError):
            prove_consistency(old, size, read_node)
    assert prove_consistency(0, 3, read_node) == ()
    assert not check_consistency((), 0, 0, EMPTY_ROOT, EMPTY_ROOT)
