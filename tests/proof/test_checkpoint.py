"""Checkpoints: golden ones, malformed ones, a real log's, and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import DocumentError, IntegrityError
from archive.proof.checkpoint import Checkpoint, open_checkpoint, read_checkpoint
from archive.proof.merkle import EMPTY_ROOT
from archive.proof.verifier import Verifier
from tests.places import shared
from tests.proof.logs import LOG, LOG_MLDSA, ORIGIN, WITNESS, head, signed

ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
SOFA = f"example.com/behind-the-sofa\n20852163\n{ROOT}\n"
REAL = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
"""The key of the real log in the shared data."""


def test_the_specification_s_example() -> None:
    """The example of the specification is read and written again."""
    checkpoint = Checkpoint.from_text(SOFA)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.root.hex().startswith("0ac5186a9186")
    assert checkpoint.to_text() == SOFA


def test_extension_lines_are_kept() -> None:
    """Further lines stay as they are, so that the text can be written again."""
    checkpoint = Checkpoint.from_text(SOFA + "one\ntwo three\n")
    assert checkpoint.extensions == ("one", "two three")
    assert checkpoint.to_text() == SOFA + "one\ntwo three\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a\n1\n",
        SOFA[:-1],
        "\n" + SOFA,
        SOFA + "\n",
        SOFA + "one\n\ntwo\n",
        SOFA.replace("2085", "02085"),
        SOFA.replace("2085", "+2085"),
        SOFA.replace("2085", "-2085"),
        SOFA.replace("2085", " 2085"),
        SOFA.replace("2085", "\u0662085"),
        SOFA.replace("20852163", "0x20"),
        SOFA.replace("20852163", str(2**63)),
        SOFA.replace("20852163", "9" * 40),
        SOFA.replace("20852163", "0"),
        SOFA.replace(ROOT, ROOT[:-1]),
        SOFA.replace(ROOT, ROOT.replace("2I=", "2J=")),
        SOFA.replace(ROOT, ROOT.replace("/", "_")),
        SOFA.replace(ROOT, "AAAA"),
        SOFA.replace(ROOT, f" {ROOT}"),
    ],
)
def test_malformed_checkpoints(text: str) -> None:
    """What is not a checkpoint to the letter is refused."""
    with pytest.raises(DocumentError):
        Checkpoint.from_text(text)


def test_the_largest_size() -> None:
    """A log has at most as many entries as a signed number of 64 bits counts."""
    assert Checkpoint.from_text(SOFA.replace("20852163", str(2**63 - 1))).size == 2**63 - 1
    with pytest.raises(DocumentError):
        Checkpoint.from_text(SOFA.replace("20852163", str(2**63)))


@given(
    st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1),
    st.integers(min_value=1, max_value=2**63 - 1),
    st.binary(min_size=32, max_size=32),
)
def test_what_is_written_is_read(origin: str, size: int, root: bytes) -> None:
    """Any checkpoint is read as what was written."""
    checkpoint = Checkpoint(origin, size, root)
    assert Checkpoint.from_text(checkpoint.to_text()) == checkpoint


@given(st.text(max_size=60) | st.lists(st.text(max_size=45)).map("\n".join))
def test_any_text(text: str) -> None:
    """Any text is a checkpoint that is written as it, or refused cleanly."""
    try:
        checkpoint = Checkpoint.from_text(text)
    except DocumentError:
        return
    assert checkpoint.to_text() == text


def test_both_signatures_of_a_log() -> None:
    """A checkpoint of ours is signed by both of the log's keys, and either can be verified."""
    data = signed(head(300), LOG, LOG_MLDSA)
    opened = open_checkpoint(data, [LOG.verifier, LOG_MLDSA.verifier])
    assert opened.checkpoint == head(300) == read_checkpoint(data)
    assert [item.name for item in opened.verified] == [ORIGIN, ORIGIN]
    alone = open_checkpoint(data, [LOG_MLDSA.verifier])
    assert (len(alone.verified), len(alone.unverified)) == (1, 1)
    with pytest.raises(IntegrityError):
        open_checkpoint(data, [WITNESS.verifier])
    with pytest.raises(DocumentError):
        read_checkpoint(data.replace(b"\n300\n", b"\n0300\n"))
    with pytest.raises(IntegrityError):
        open_checkpoint(data.replace(b"\n300\n", b"\n301\n"), [LOG.verifier])


def test_a_log_without_entries() -> None:
    """The checkpoint of an empty log has the empty tree's root."""
    data = signed(Checkpoint(ORIGIN, 0, EMPTY_ROOT))
    assert open_checkpoint(data, [LOG.verifier]).checkpoint.size == 0


def test_the_real_log_s_checkpoints() -> None:
    """Every checkpoint of the real log is read, verified with its key, and written again."""
    folder = shared("vectors", "tessera-log", "testdata", "log")
    verifier = Verifier.from_vkey(REAL)
    for size in range(16):
        data = (folder / f"checkpoint.{size}").read_bytes()
        opened = open_checkpoint(data, [verifier])
        assert (opened.checkpoint.origin, opened.checkpoint.size) == (verifier.name, size)
