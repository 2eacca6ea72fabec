"""What a collection's log is held against: kept checkpoints, authorities, witnesses.

The last checkpoint that verified is kept outside the collection, one a log, and a later
verification fails where the log does not extend it. It is kept only after a verification that
found nothing wrong, by keys that were trusted: else anybody's log could take the name of another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from attrs import define, field, frozen

from archive.disk.files import SMALL, read_file
from archive.disk.layout import Layout, read_settings
from archive.errors import ArchiveError, InputError, StorageError
from archive.proof.authority import Authority
from archive.proof.checkpoint import read_checkpoint
from archive.proof.policy import Policy
from archive.store.stamps import Stamps
from archive.store.tiles import LogFolder
from archive.store.witnessed import Witnessed
from archive.user.authorities import AuthorityPins, read_authority
from archive.user.checkpoints import KeptCheckpoints
from archive.user.keystore import Keystore
from archive.verification import Report
from archive.verification.anchors import Anchors, Stamped, TrustedAuthority

__all__ = ["Anchoring", "LogFiles", "read_anchoring"]


@define
class LogFiles:
    """The files of a collection's log, and what of them could not be read."""

    origin: str
    logged: bool
    folder: LogFolder
    problems: list[str] = field(factory=list)

    def read_checkpoint(self) -> bytes | None:
        """The signed checkpoint, None where there is none or it cannot be read."""
        try:
            return self.folder.read_checkpoint()
        except ArchiveError as error:
            self.problems = [f"the checkpoint: {error.message}"]
            return None

    def read_stamps(self) -> list[Stamped]:
        """The time stamps."""
        found = []
        try:
            for stamp in Stamps(self.folder.root).all():
                found.append(Stamped(stamp.name, stamp.signed, stamp.response))
        except ArchiveError as error:
            self.problems.append(f"the time stamps: {error.message}")
        return found

    def read_witnessed(self) -> list[bytes]:
        """The checkpoints that were cosigned, largest first."""
        found = []
        try:
            for data in Witnessed(self.folder.root).latest():
                found.append(data)
        except ArchiveError as error:
            self.problems.append(f"the cosigned checkpoints: {error.message}")
        return found


@frozen
class Anchoring:
    """What a verifier brings.

    Attributes:
        kept: the checkpoints that this verifier keeps, or None.
        given: signed checkpoints that the verifier brings along.
        authorities: time-stamping authorities that are named.
        policy: whose witness counts.
        pins: time-stamping authorities that this user has pinned, or None.
    """

    kept: KeptCheckpoints | None = None
    given: Sequence[bytes] = ()
    authorities: Sequence[TrustedAuthority] = ()
    policy: Policy | None = None
    pins: AuthorityPins | None = None

    def open(self, layout: Layout) -> LogFiles:
        """The files of a collection's log.

        Raises:
            InputError: the collection's settings cannot be read.
        """
        settings = read_settings(layout)
        return LogFiles(settings.origin, settings.log, LogFolder(layout.log))

    def gather(self, log: LogFiles, checkpoint: bytes | None) -> Anchors:
        """All that checks 8 to 11 need.

        Raises:
            InputError, StorageError: what was kept of this log, or a pin, cannot be read.
        """
        before = self.kept.load(log.origin) if self.kept else None
        stamps, witnessed = log.read_stamps(), log.read_witnessed() if self.policy else ()
        return Anchors(
            origin=log.origin,
            logged=log.logged,
            checkpoint=checkpoint,
            reader=log.folder,
            kept=[before] if before else [],
            given=self.given,
            stamps=stamps,
            problems=tuple(log.problems),
            authorities=[*self.authorities, *(self._read_pins() if stamps else ())],
            policy=self.policy,
            witnessed=witnessed,
        )

    def _read_pins(self) -> Iterator[TrustedAuthority]:
        for pin in self.pins.list() if self.pins is not None else ():
            yield TrustedAuthority(pin.read(), "pinned")

    def remember(self, report: Report, checkpoint: bytes | None) -> None:
        """Keep the checkpoint, when nothing was wrong.

        A state folder that cannot be written to takes nothing from the report.
        """
        logged = report.shown is not None and report.check("log").result == "passed"
        if self.kept is None or checkpoint is None or not logged or report.shown is None:
            return
        trusted = bool(report.signers) and all(signer.trusted for signer in report.signers)
        if report.verdict in ("verified", "incomplete") and trusted:
            with suppress(StorageError):
                self.kept.keep(report.shown.origin, checkpoint)


def read_anchoring(
    *,
    checkpoints: Sequence[str | Path] = (),
    authorities: Sequence[str] = (),
    policy: str | Path | None = None,
    keystore: Keystore | None = None,
    keep: bool = True,
) -> Anchoring:
    """What a verifier brings, from files.

    Args:
        checkpoints: signed checkpoints of the log that the verifier believes.
        authorities: ``ROOT.pem`` or ``ROOT.pem,CERTIFICATE.pem`` each.
        policy: a policy file (https://c2sp.org/tlog-policy).
        keystore: beside which the user's pins of authorities lie, or None to leave them out.
        keep: whether to compare with, and keep, what this user has seen.

    Raises:
        InputError: a file is missing, or is not what it should be.
    """
    return Anchoring(
        KeptCheckpoints.of_user() if keep else None,
        [_read_checkpoint(Path(path)) for path in checkpoints],
        [_trust_named(text) for text in authorities],
        Policy.from_bytes(read_file(Path(policy), SMALL)) if policy is not None else None,
        AuthorityPins.beside(keystore) if keystore is not None else None,
    )


def _read_checkpoint(path: Path) -> bytes:
    data = read_file(path, SMALL)
    try:
        read_checkpoint(data)
    except InputError as error:
        raise InputError(error.message, where=str(path)) from None
    return data


def _trust_named(text: str) -> TrustedAuthority:
    try:
        return TrustedAuthority(Authority.from_pem(*read_authority(text)), "--tsa")
    except InputError as error:
        raise InputError(error.message, where=error.where or text) from None
