"""Go's golang.org/x/mod/sumdb judges our notes, proofs and tiles, and we judge its notes."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from archive.proof.checkpoint import write_hash
from archive.proof.keys import PrivateKey
from archive.proof.merkle import (
    check_consistency,
    check_inclusion,
    hash_leaf,
    hash_root,
    prove_consistency,
    prove_inclusion,
)
from archive.proof.note import Note
from archive.proof.signer import NoteSigner
from archive.store.log import Log
from archive.store.tiles import LogFolder
from tests.places import program
from tests.proof.logs import LOG, LOG_MLDSA, ORIGIN, TIME, WITNESS, entries, head, signed

SOURCE = Path(__file__).parent / "go"
LIBRARY = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb")
LEAVES = [hash_leaf(entry) for entry in entries(600)]


@frozen
class Judge:
    """The judge's program."""

    path: Path

    def ask(self, questions: list[dict[str, Any]]) -> list[str]:
        """Its answers."""
        lines = "".join(json.dumps(question) + "\n" for question in questions)
        done = subprocess.run(
            [str(self.path)], input=lines, capture_output=True, text=True, check=True
        )
        answers = done.stdout.splitlines()
        assert len(answers) == len(questions)
        return answers


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """The judge, built from its source with the distribution's Go and without a network."""
    go = program("go")
    if not LIBRARY.is_dir():
        pytest.skip("golang.org/x/mod is not installed (Debian: golang-golang-x-mod-dev)")
    folder = tmp_path_factory.mktemp("go")
    offline = {"GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOSUMDB": "off", "GOTOOLCHAIN": "local"}
    environment = {**os.environ, **offline, "GOCACHE": str(folder / "cache")}
    target = folder / "judge"
    command = [str(go), "build", "-o", str(target), "."]
    done = subprocess.run(
        command, cwd=SOURCE, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return Judge(target)


def read_node(level: int, index: int) -> bytes:
    """A complete subtree of the tree over `LEAVES`."""
    return hash_root(LEAVES[index << level : (index + 1) << level])


def test_our_notes(judge: Judge) -> None:
    """Go verifies the Ed25519 signature of our checkpoints, among others too, and no forged one."""
    key = LOG.verifier.to_vkey()
    good = [signed(head(3)), signed(head(300), LOG_MLDSA, LOG, WITNESS)]
    bad = [
        good[0].replace(b"\n3\n", b"\n4\n"),
        signed(head(3), LOG_MLDSA),
        good[0][:-1],
        good[0].replace(b"\n\n", b"\n"),
    ]
    answers = judge.ask(
        [{"kind": "note", "key": key, "note": data.decode()} for data in good + bad]
    )
    assert answers[:2] == ["ok", "ok"]
    assert all(answer.startswith("no: ") for answer in answers[2:])


def test_go_s_notes(judge: Judge) -> None:
    """A note that Go signs with one of our keys is, byte for byte, the note that we sign."""
    seed = bytes(range(32))
    signer = NoteSigner.for_notes(ORIGIN, PrivateKey.generate(lambda _: seed))
    encoded = base64.b64encode(b"\x01" + seed).decode()
    key = f"PRIVATE+KEY+{ORIGIN}+{signer.verifier.key_id.hex()}+{encoded}"
    text = "a text\n\nof three lines\n"
    [answer] = judge.ask([{"kind": "sign", "key": key, "note": text}])
    data = base64.b64decode(answer)
    assert Note.from_bytes(data).open([signer.verifier]).text == text
    assert data == Note(text, (signer.sign(text, TIME),)).to_bytes()


def test_our_inclusion_proofs(judge: Judge) -> None:
    """Go and we accept and refuse the same inclusion proofs."""
    questions, ours = [], []
    for size in (1, 2, 3, 7, 8, 255, 256, 257, 600):
        root = hash_root(LEAVES[:size])
        for index in sorted({0, 1, size // 2, size - 1} & set(range(size))):
            proof = prove_inclusion(index, size, read_node)
            for tried in (proof, proof[:-1], (*proof, root), proof[::-1]):
                for leaf in (LEAVES[index], LEAVES[index + 1 - 2 * (index > 0)]):
                    ours.append(check_inclusion(tried, index, size, leaf, root))
                    questions.append(
                        {
                            "kind": "inclusion",
                            "size": size,
                            "root": write_hash(root),
                            "index": index,
                            "leaf": write_hash(leaf),
                            "proof": list(map(write_hash, tried)),
                        }
                    )
    assert [answer == "ok" for answer in judge.ask(questions)] == ours
    assert {True, False} == set(ours)


def test_our_consistency_proofs(judge: Judge) -> None:
    """Go and we accept and refuse the same consistency proofs."""
    questions, ours = [], []
    for size in (2, 3, 7, 8, 255, 256, 257, 600):
        root = hash_root(LEAVES[:size])
        for old in sorted({1, 2, size // 2, size - 1, size} & set(range(1, size + 1))):
            proof = prove_consistency(old, size, read_node)
            for tried in (proof, proof[:-1], (*proof, root), proof[::-1]):
                for old_root in (hash_root(LEAVES[:old]), LEAVES[0]):
                    ours.append(check_consistency(tried, old, size, old_root, root))
                    questions.append(
                        {
                            "kind": "consistency",
                            "size": size,
                            "root": write_hash(root),
                            "old": old,
                            "old_root": write_hash(old_root),
                            "proof": list(map(write_hash, tried)),
                        }
                    )
    assert [answer == "ok" for answer in judge.ask(questions)] == ours
    assert {True, False} == set(ours)


def test_our_tiles(judge: Judge, tmp_path: Path) -> None:
    """Go's own tile reader reads our folder at every size, and finds a changed tile."""
    log = Log(LogFolder(tmp_path), ORIGIN, (LOG,), lambda: TIME)
    state = log.load()
    for size in (1, 255, 256, 600):
        state = log.append(state, LEAVES[state.checkpoint.size : size])
        root = write_hash(state.checkpoint.root)
        question = {"kind": "tree", "size": size, "root": root, "folder": str(tmp_path)}
        assert judge.ask([question]) == ["ok"]
    tile = tmp_path / "tile/0/001"
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    [answer] = judge.ask([question])
    assert answer.startswith("no: ")
