"""openssl checks what a sceptic would: a checkpoint's signature, and a leaf's hash and place."""

from __future__ import annotations

import subprocess
from pathlib import Path

from archive.proof.merkle import hash_leaf, hash_root, prove_inclusion
from tests.places import program
from tests.proof.logs import entries, head, make_key, signed


def run(*arguments: str, folder: Path) -> tuple[int, bytes]:
    """What openssl answers."""
    command = [str(program("openssl")), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return done.returncode, done.stdout


def test_a_checkpoint_s_signature(tmp_path: Path) -> None:
    """The 64 bytes behind the key id are openssl's Ed25519 signature over the text."""
    text, _, lines = signed(head(9)).partition(b"\n\n")
    (tmp_path / "line").write_bytes(lines.split(b" ")[2])
    code, raw = run("base64", "-d", "-A", "-in", "line", folder=tmp_path)
    assert (code, len(raw)) == (0, 4 + 64)
    (tmp_path / "signature").write_bytes(raw[4:])
    (tmp_path / "key.pem").write_bytes(make_key("log").public.to_pem())
    verify = ("pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin")
    for said, good in ((text + b"\n", True), (text, False), (text.replace(b"9", b"8"), False)):
        (tmp_path / "text").write_bytes(said)
        code, _ = run(*verify, "-in", "text", "-sigfile", "signature", folder=tmp_path)
        assert (code == 0) is good


def test_a_leaf_s_hash_and_place(tmp_path: Path) -> None:
    """Leaf hash, nodes and root of a small log are what ``openssl dgst`` makes of the bytes."""

    def digest(data: bytes) -> bytes:
        (tmp_path / "data").write_bytes(data)
        code, value = run("dgst", "-sha256", "-binary", "data", folder=tmp_path)
        assert code == 0
        return value

    leaves = [digest(b"\0" + entry) for entry in entries(3)]
    assert leaves == list(map(hash_leaf, entries(3)))
    left = digest(b"\1" + leaves[0] + leaves[1])
    assert digest(b"\1" + left + leaves[2]) == hash_root(leaves) == head(3).root
    assert prove_inclusion(2, 3, lambda *_: left) == (left,)
