"""Verifying a collection, or lone files: which bytes are read, and in which process.

Reading begins before what judges is loaded, which takes a tenth of a second.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from archive.disk.files import check_file
from archive.disk.layout import QUARANTINE, Layout, is_litter, is_warc, read_settings
from archive.disk.lock import is_locked
from archive.errors import InputError
from archive.log.anchoring import read_anchoring
from archive.user.keystore import Keystore
from archive.user.trusting import gather_trust
from archive.verification import Report, Trust, pick_checks
from archive.verification.reading import NamedSource, Step, Stray, read_files
from archive.warc.stream import Portion
from archive.workers.forked import can_run_ahead, run_ahead

if TYPE_CHECKING:
    from archive.disk.layout import Layout
    from archive.log.anchoring import Anchoring, LogFiles
    from archive.verification.anchors import Anchors
    from archive.verification.texts import Submit
    from archive.workers.pool import Extractors

__all__ = ["verify_as_user", "verify_collection", "verify_files"]

_WORTH_A_PROCESS = 2_000_000  # stored bytes; reading them takes ten times as long as a fork


def verify_collection(
    layout: Layout,
    trust: Trust | Callable[[], Trust],
    *,
    anchoring: Anchoring,
    require: Collection[str] = (),
    deep: bool = False,
    extractors: Extractors | None = None,
) -> Report:
    """Verify all files of a collection, in order, as one whole.

    Args:
        layout: where it lies.
        trust: the keys that count, or what gathers them while reading has begun.
        anchoring: what the log is held against; an empty one brings nothing from outside.
        require: names of checks that must pass.
        deep: also recompute entity, content, text and claims digests, and extract again.
        extractors: to extract in; by default children that end with the verifying.

    Raises:
        InputError: the folder of WARC files cannot be read.
    """
    strays = _find_strays(layout)
    log = anchoring.open(layout)
    checkpoint, lengths, writing = _look_at_all(layout, log)
    sources = [
        NamedSource(f"warc/{path.name}", partial(_open_to, path, length))
        for path, length in lengths.items()
    ]
    size = sum(lengths.values())
    steps = _read(sources, size, require, deep=deep, hashed=True, strays=strays)
    with closing(steps), _extracting(extractors, deep=deep) as submit:
        anchors = anchoring.gather(log, checkpoint)
        report = _judge(steps, trust, require, deep, submit, anchors, writing=writing)
    anchoring.remember(report, checkpoint)
    return report


def verify_files(
    paths: Iterable[Path],
    trust: Trust | Callable[[], Trust],
    *,
    require: Collection[str] = (),
    deep: bool = False,
) -> Report:
    """Verify lone WARC files, anyone's; arguments as for `verify_collection`.

    Raises:
        InputError: a file is missing, is no file, or must not be read.
    """
    sources: list[NamedSource] = []
    size = 0
    for path in paths:
        check_file(path)
        size += path.stat().st_size
        sources.append(NamedSource(str(path), partial(_open, path)))
    steps = _read(sources, size, require, deep=deep)
    with closing(steps), _extracting(None, deep=deep) as submit:
        return _judge(steps, trust, require, deep, submit, None, writing=False)


def _read(
    sources: Iterable[NamedSource],
    size: int,
    require: Collection[str],
    *,
    deep: bool,
    hashed: bool = False,
    strays: Iterable[Stray] = (),
) -> Generator[Step, None, None]:
    """Begin to read, in another process where that is worth it."""
    pick_checks(require)
    steps = read_files(sources, deep=deep, hashed=hashed, strays=strays)
    return run_ahead(steps) if size >= _WORTH_A_PROCESS and can_run_ahead() else steps


def _extracting(
    extractors: Extractors | None, *, deep: bool
) -> AbstractContextManager[Submit | None]:
    """How to begin an extraction, for a deep look; the children of our own end with it."""
    if not deep:
        return nullcontext()
    from archive.workers.threads import extract_in_threads  # loads the children's side of it

    return extract_in_threads(extractors)


def _judge(
    steps: Iterable[Step],
    trust: Trust | Callable[[], Trust],
    require: Collection[str],
    deep: bool,
    submit: Submit | None,
    anchors: Anchors | None,
    *,
    writing: bool,
) -> Report:
    """Judge what was read: a whole collection where there are anchors, else lone files."""
    from archive.verification.verdict import verify  # while another process reads

    return verify(
        steps,
        trust() if callable(trust) else trust,
        required=require,
        deep=deep,
        whole=anchors is not None,
        writing=writing,
        submit=submit,
        anchors=anchors,
    )


def _find_strays(layout: Layout) -> list[Stray]:
    """What lies beside the WARC files and is none of them."""
    try:
        paths = sorted(layout.warc.iterdir())
        return [stray for path in paths if (stray := _look_beside(path)) is not None]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(f"unreadable: {error.strerror}", where=str(layout.warc)) from None


def _look_beside(path: Path) -> Stray | None:
    """What something in the folder of the WARC files is; None of one, and of a folder without."""
    name = f"warc/{path.name}"
    try:
        mode = path.stat().st_mode
    except OSError:  # a link that leads nowhere, or in a circle
        return Stray(name, "special" if is_warc(path.name) else "file")
    if is_litter(path.name):
        return Stray(name, "litter")
    if stat.S_ISREG(mode):
        return None if is_warc(path.name) else Stray(name)
    if stat.S_ISDIR(mode):
        has_files = path.name != QUARANTINE and any(is_warc(one.name) for one in path.iterdir())
        return Stray(name, "folder") if has_files else None
    return Stray(name, "special") if is_warc(path.name) else None


def _look_at_all(layout: Layout, log: LogFiles) -> tuple[bytes | None, dict[Path, int], bool]:
    """The checkpoint, then the files' lengths, so that these hold what it commits to."""
    checkpoint = log.read_checkpoint()
    lengths, writing = _look(layout)
    while not writing and (later := log.read_checkpoint()) != checkpoint:
        checkpoint = later
        lengths, writing = _look(layout)
    return checkpoint, lengths, writing


def _look(layout: Layout) -> tuple[dict[Path, int], bool]:
    """The files' lengths at one moment, and whether a writer held the lock then.

    A writer that comes later is of no concern: nothing is read beyond these lengths.
    """
    lengths = _measure(layout)
    while not (writing := is_locked(layout.lock)):
        before, lengths = lengths, _measure(layout)
        if before == lengths:
            break
    return lengths, writing


def _measure(layout: Layout) -> dict[Path, int]:
    lengths: dict[Path, int] = {}
    for path in layout.files():
        with suppress(OSError):  # taken back by a writer since it was listed; or a stray
            found = path.stat()
            if stat.S_ISREG(found.st_mode):
                lengths[path] = found.st_size
    return lengths


def _open_to(path: Path, length: int) -> Portion:
    return Portion(_open(path), length)


def _open(path: Path) -> BinaryIO:
    return open(path, "rb")


def verify_as_user(
    layout: Layout,
    keystore: Keystore,
    *,
    trust: Sequence[str] = (),
    user_trust: bool = True,
    require: Collection[str] = (),
    deep: bool = False,
    checkpoints: Sequence[str | Path] = (),
    authorities: Sequence[str] = (),
    policy: str | Path | None = None,
    keep: bool = True,
    extractors: Extractors | None = None,
) -> Report:
    """Verify a collection; what can be asked, and what is raised, is as of `Reader.verify`."""
    read_settings(layout)
    anchoring = read_anchoring(
        checkpoints=checkpoints,
        authorities=authorities,
        policy=policy,
        keystore=keystore if user_trust else None,
        keep=keep,
    )
    return verify_collection(
        layout,
        partial(gather_trust, keystore, trust, user_trust=user_trust),
        anchoring=anchoring,
        require=require,
        deep=deep,
        extractors=extractors,
    )
