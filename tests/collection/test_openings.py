"""Single paragraphs and claims of captures, opened and checked alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve

import archive
from archive.errors import DocumentError, IntegrityError, NotFoundError, UsageError
from archive.log.openings import find_paragraphs
from archive.log.proving import Opened, check_proof
from archive.proof.opening import Opening

ROOT = Path(__file__).resolve().parents[2]
PRESS = ROOT / "fixtures" / "press"


@pytest.fixture
def press() -> Iterator[archive.Collection]:
    """The collection of the fixtures, which version 0.1.0 wrote: its roots are old ones."""
    with archive.open(PRESS) as found:
        yield found


def opened(made: Opening) -> Opened:
    """What the check of an opening alone shows."""
    shown = check_proof(made.to_bytes()).opened
    assert shown is not None
    return shown


def capture(press: archive.Collection, at: int) -> archive.Capture:
    """One of the fixture's captures, in the order in which they were made."""
    return sorted(press.captures(), key=lambda one: one.row.sequence)[at]


def test_every_paragraph_and_claim_of_every_capture_opens(press: archive.Collection) -> None:
    """Each is shown as it stands, of captured, unchanged and imported pages; nothing else is."""
    tried = 0
    for one in press.captures():
        if one.text is None:
            continue
        lines = one.text.splitlines()
        for at, line in enumerate(lines):
            made = press.log.open(one.row, "paragraph", [at])
            assert opened(made).leaves == ((at + 1, line),)
            others = [other for other in lines if other != line]
            assert not any(other.encode() in leaf.data for leaf in made.leaves for other in others)
            assert opened(made).text == one.group.statement.layers.text
            tried += 1
        for at in range(len(one.claims)):
            assert opened(press.log.open(one.row, "claim", [at])).leaves[0][0] == at + 1
    assert tried > 10


def test_an_unchanged_capture_brings_the_envelope_whose_text_it_has(
    press: archive.Collection,
) -> None:
    """Its words are opened by the earlier capture's salts; without that envelope it is refused."""
    one = next(found for found in press.captures() if found.outcome == "unchanged")
    made = press.log.open(one.row, "paragraph", [0, 2])
    assert made.same_as is not None
    assert [number for number, _ in opened(made).leaves] == [1, 3]
    with pytest.raises(IntegrityError, match="is not in the opening"):
        check_proof(evolve(made, same_as=None).to_bytes())
    with pytest.raises(IntegrityError, match="another capture's text"):
        check_proof(evolve(made, same_as=made.proof.extra).to_bytes())
    fresh = press.log.open(capture(press, 0).row, "paragraph", [0])
    with pytest.raises(IntegrityError, match="another capture's text"):
        check_proof(evolve(fresh, same_as=made.proof.extra).to_bytes())


def test_words_of_another_page_are_not_opened_by_a_proof(press: archive.Collection) -> None:
    """Leaves of one capture beside the proof of another, or changed words, are refused."""
    captured = [one for one in press.captures() if one.outcome == "captured"]
    first, second = (press.log.open(one.row, "paragraph", [0]) for one in captured[:2])
    with pytest.raises(IntegrityError, match="does not commit"):
        check_proof(evolve(first, proof=second.proof).to_bytes())
    forged = evolve(first.leaves[0], data=b"The pier stays open.")
    with pytest.raises(IntegrityError, match="does not commit"):
        check_proof(evolve(first, leaves=(forged,)).to_bytes())
    with pytest.raises(IntegrityError, match="does not commit"):
        check_proof(evolve(first, kind="claim").to_bytes())
    with pytest.raises(DocumentError, match="does not carry"):
        check_proof(evolve(first, proof=evolve(first.proof, extra=None)).to_bytes())


def test_what_is_not_there_is_not_opened(press: archive.Collection) -> None:
    """A number past the last, none, too many, and a capture without a text are told in words."""
    [captured, *_] = [one for one in press.captures() if one.outcome == "captured"]
    last = len((captured.text or "").splitlines())
    assert press.log.open(captured.row, "paragraph", [last - 1])
    for numbers in ([last], [-1], [], range(65)):
        with pytest.raises(UsageError):
            press.log.open(captured.row, "paragraph", list(numbers))
    failed = next(one for one in press.captures() if one.failed)
    with pytest.raises(NotFoundError, match="commits to no paragraphs"):
        press.log.open(failed.row, "paragraph", [0])


TEXT = "First  line here.\nShe said: “We are done.\nAnd we go.”\nFirst line again.\n"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("First line", (0,)),
        ("line again.", (3,)),
        ('"We are done.', (1,)),
        ("We are done. And we go.", (1, 2)),
        ("“We are done.\nAnd we", (1, 2)),
        ("here. She said: “We are done. And we go.” First", (0, 1, 2, 3)),
    ],
)
def test_words_are_found_in_their_paragraphs(words: str, found: tuple[int, ...]) -> None:
    """The whole paragraph of a quotation, or both where it goes over two; marks are folded."""
    assert find_paragraphs(TEXT, words) == found


@pytest.mark.parametrize("words", ["We were done.", "first line", "(First|line)", "done. we"])
def test_other_words_are_not_found(words: str) -> None:
    """Words that the text lacks, of another case, or with a pattern's signs, open nothing."""
    with pytest.raises(NotFoundError, match="does not have these words"):
        find_paragraphs(TEXT, words)


def test_no_words_are_no_quotation() -> None:
    """Blanks alone would be found everywhere."""
    with pytest.raises(UsageError, match="no words"):
        find_paragraphs(TEXT, " \n ")


def run(*words: str) -> subprocess.CompletedProcess[bytes]:
    """The command."""
    command = [sys.executable, "-m", "archive", *words]
    return subprocess.run(command, capture_output=True, check=False, cwd=ROOT)


def test_the_command_opens_and_anybody_checks(tmp_path: Path, press: archive.Collection) -> None:
    """A quotation goes into a file, `verify` and `log check` show it; a changed one fails."""
    [one, *_] = [found for found in press.captures() if found.outcome == "captured"]
    words = (one.text or "").splitlines()[2]
    path = tmp_path / "quote.opening"
    made = run("log", "prove", "-C", "fixtures/press", one.id, "--quote", words[3:30])
    assert made.returncode == 0
    path.write_bytes(made.stdout)
    for verb in (["verify"], ["log", "check"]):
        told = run(*verb, str(path), "--trust", "fixtures/golden/key.pub.pem")
        assert told.returncode == 0
        assert words in told.stdout.decode()
        assert "paragraph 3 of" in told.stdout.decode()
        assert run(*verb, str(path), "--no-user-trust").returncode == 4
    path.write_bytes(made.stdout.replace(b"leaf 2", b"leaf 1"))
    assert run("verify", str(path)).returncode == 1
    refused = run("verify", str(path), "--deep")
    assert (refused.returncode, b"none of these checks" in refused.stderr) == (2, True)
    both = run("log", "prove", "-C", "fixtures/press", one.id, "--quote", "x", "--claim", "1")
    assert both.returncode == 2
