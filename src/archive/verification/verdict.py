"""The verdict: what was read, judged file by file, capture by capture, in bounded memory.

What is kept grows only by captures and URLs (about half a kilobyte), and by what
`archive.verification.files` keeps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from archive.errors import Hint
from archive.verification.captures import Captures
from archive.verification.chain import Chain
from archive.verification.checks import CheckName, list_checks, pick_checks
from archive.verification.files import Files
from archive.verification.reading import Begin, End, Gap, Step
from archive.verification.records import ReadRecord
from archive.verification.report import Check, Report, Shown, Verdict
from archive.verification.signatures import Signatures, Trust
from archive.verification.tally import Tally

if TYPE_CHECKING:
    from archive.verification.anchors import Anchors
    from archive.verification.collection import CollectionChecks
    from archive.verification.texts import Submit, Texts

__all__ = ["verify"]

_LONE = "lone files: a log is of a whole collection, so the end is not anchored"
_NOT_DEEP = Hint(
    "layers and roots of captures, which verify(deep=True) recomputes",
    command="layers and roots of captures, which --deep recomputes",
)
_NO_TEXT = Hint(
    "extraction is run again by verify(deep=True) only; stored texts are compared under blocks",
    command="extraction is run again by --deep only; stored texts are compared under blocks",
)


def verify(
    steps: Iterable[Step],
    trust: Trust,
    *,
    required: Collection[str] = (),
    deep: bool = False,
    whole: bool = False,
    writing: bool = False,
    submit: Submit | None = None,
    anchors: Anchors | None = None,
) -> Report:
    """Verify what `read_files` gave, which may have run in another process.

    Args:
        steps: all of it.
        trust: the keys that count.
        required: names of checks that must be complete, else the verdict is ``incomplete``.
        deep: the same as for `read_files`; also recompute roots from the stored bytes.
        whole: the files are a whole collection: its sequence must begin at 0, and every file
            follows the one before.
        writing: a writer holds the collection's lock: an incomplete last group of the last file
            is being written, not torn. The verdict is then at best ``incomplete``.
        submit: begins an extraction; without it, and without `deep`, none is made again.
        anchors: the log, and what it is held against; None for lone files.

    Returns:
        The report. Whatever is wrong with the files is in it; nothing is raised for that.

    Raises:
        UsageError: a name in `required` that no check has.
    """
    wanted = pick_checks(required)
    run = _Run(
        trust,
        deep=deep,
        whole=whole,
        writing=writing,
        submit=submit if deep else None,
        anchors=anchors,
    )
    for step in steps:
        run.take(step)
    return run.close(wanted)


def _open_texts(tally: Tally, submit: Submit | None) -> Texts | None:
    if submit is None:
        return None
    from archive.verification.texts import Texts  # loads lxml, which only a deep look needs

    return Texts(tally, submit)


def _open_log(tally: Tally, anchors: Anchors | None) -> CollectionChecks | None:
    if anchors is None:
        return None
    from archive.verification.collection import CollectionChecks  # lone files need no tree

    return CollectionChecks(anchors, tally)


class _Run:
    """One verification: the objects that judge, and what each is given."""

    def __init__(
        self,
        trust: Trust,
        *,
        deep: bool,
        whole: bool,
        writing: bool,
        submit: Submit | None,
        anchors: Anchors | None,
    ) -> None:
        self._deep = deep
        self._tally = tally = Tally()
        self._signatures = Signatures(trust, tally)
        self._texts = _open_texts(tally, submit)
        self._log = _open_log(tally, anchors)
        chain = Chain(tally, whole=whole)
        self._captures = Captures(
            tally,
            self._signatures,
            chain,
            deep=deep,
            whole=whole,
            texts=self._texts,
            log=self._log,
        )
        self._files = Files(
            tally, self._captures, chain, whole=whole, writing=writing, log=self._log
        )

    def take(self, step: Step) -> None:
        """Take the next of what was read."""
        if isinstance(step, ReadRecord):
            self._files.take(step)
        elif isinstance(step, Begin):
            self._files.begin(step)
        elif isinstance(step, Gap):
            self._files.pass_gap(step)
        elif isinstance(step, End):
            self._files.end(step)
        else:
            self._files.take_stray(step)

    def close(self, required: tuple[CheckName, ...]) -> Report:
        """The report, when all has been taken."""
        if self._texts is None:
            for name in list_checks("pages"):
                self._tally.set_aside(name, _NO_TEXT)
        else:
            self._texts.close()
        shown = self._show()
        captures = self._captures
        if not self._deep:
            self._tally.skip("blocks", _NOT_DEEP, captures.intact)
        self._files.close()
        captures.close()
        checks = self._tally.close()
        return Report(
            verdict=self._decide(checks, required),
            files=self._files.count,
            captures=captures.intact,
            statements=captures.statements,
            signers=self._signatures.signers,
            checks=checks,
            findings=tuple(self._tally.findings),
            omitted=self._tally.omitted,
            unreadable=tuple(self._files.unreadable),
            shown=shown,
            roll=captures.roll.close(),
        )

    def _show(self) -> Shown | None:
        if self._log is not None:
            return self._log.close()
        for name in list_checks("log"):
            self._tally.set_aside(name, _LONE)
        return None

    def _decide(self, checks: tuple[Check, ...], required: tuple[CheckName, ...]) -> Verdict:
        results = {check.name: check.result for check in checks}
        unfinished = self._files.unfinished or (self._log is not None and self._log.unfinished)
        if "failed" in results.values():
            return "failed"
        if not all(check.complete for check in checks if check.name in required):
            return "incomplete"
        if (unfinished and self._captures.intact) or not self._captures.is_understood:
            return "incomplete"
        if self._signatures.untrusted:
            return "untrusted"
        if self._files.unsigned:
            return "unsigned"
        return "verified" if self._captures.intact else "nothing"
