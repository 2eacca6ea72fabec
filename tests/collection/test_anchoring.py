"""Tests of what a verifier keeps of a log after a verification, and of what files name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from archive.disk.layout import Layout
from archive.errors import InputError
from archive.log.anchoring import Anchoring, read_anchoring
from archive.user.checkpoints import KeptCheckpoints
from archive.verification import Report
from archive.verification.report import Signer, Verdict
from tests.store import shelf

Seen = tuple[Report, bytes]
STRANGER = Signer("ab" * 32, trusted=False, by=None)


@pytest.fixture
def seen(tmp_path: Path) -> Seen:
    """The report on a collection whose log holds, and its checkpoint."""
    with shelf.collection(tmp_path, 2) as press:
        report = press.verify(require=["log"])
        return report, Layout(press.path).log.joinpath("checkpoint").read_bytes()


def remember(report: Report, checkpoint: bytes | None, folder: Path) -> list[bytes]:
    """What is kept afterwards."""
    Anchoring(KeptCheckpoints(folder)).remember(report, checkpoint)
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def without_log(report: Report) -> Report:
    """The same report, as if the log had not been checked."""
    checks = [
        evolve(check, result="not-checked") if check.name == "log" else check
        for check in report.checks
    ]
    return evolve(report, checks=tuple(checks))


@pytest.mark.parametrize("verdict", ["verified", "incomplete"])
def test_a_log_that_held_is_remembered(seen: Seen, tmp_path: Path, verdict: Verdict) -> None:
    """The checkpoint is kept where the log was checked and every signer is trusted."""
    report, checkpoint = seen
    assert all(signer.trusted for signer in report.signers)
    good = evolve(report, verdict=verdict)
    assert remember(good, checkpoint, tmp_path / "kept") == [checkpoint]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(without_log, id="log not checked"),
        pytest.param(lambda report: evolve(report, shown=None), id="nothing shown"),
        pytest.param(lambda report: evolve(report, verdict="failed"), id="failed"),
        pytest.param(lambda report: evolve(report, verdict="untrusted"), id="untrusted"),
        pytest.param(lambda report: evolve(report, signers=()), id="no signers"),
        pytest.param(
            lambda report: evolve(report, signers=(*report.signers, STRANGER)), id="a stranger"
        ),
    ],
)
def test_nothing_is_remembered_of_a_log_in_doubt(
    seen: Seen, tmp_path: Path, spoil: Callable[[Report], Report]
) -> None:
    """One thing that is not as it should be, and the checkpoint is not kept."""
    report, checkpoint = seen
    assert remember(spoil(report), checkpoint, tmp_path / "kept") == []


def test_nothing_is_remembered_without_a_checkpoint_or_a_folder(seen: Seen, tmp_path: Path) -> None:
    """A log without a checkpoint leaves nothing; a verifier who keeps nothing needs no folder."""
    report, checkpoint = seen
    assert remember(report, None, tmp_path / "kept") == []
    Anchoring(None).remember(report, checkpoint)


def test_an_authority_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A missing file is named alone; one that holds no certificate, as it was given."""
    bad = tmp_path / "bad.pem"
    bad.write_text("no certificate")
    with pytest.raises(InputError) as caught:
        read_anchoring(authorities=[str(bad)], keep=False)
    assert caught.value.where == str(bad)
    with pytest.raises(InputError) as caught:
        read_anchoring(authorities=[f"{bad},{tmp_path / 'missing.pem'}"], keep=False)
    assert caught.value.where == str(tmp_path / "missing.pem")
