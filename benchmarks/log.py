"""What the log costs: hashing, appending at two sizes, bytes written, proofs, batches.

    python benchmarks/log.py [--size N] [--folder DIR]

Leaf hashes are random. N (default 1,000,000) leaves are hashed to a root, then written as a log.
Appending is measured over 256 appends of one entry each (so that one whole tile is filled) to a
log of 1,024 and to one of N entries, in turn, five times: CPU with both signatures and all syncs,
and with the Ed25519 signature alone. Then 10,000 entries are added one by one to a new log and all
bytes written are counted; with a batch of 10,000 the time is set beside that of extraction (25 ms
a page). Proofs are made on a log that is opened for each of them. At last small imported texts are
stored, one a commit, in a collection with a log and in one without, in turn: five times 40 each.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from attrs import evolve

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.collection.press import Clock  # noqa: E402
from tests.proof.logs import LOG, LOG_MLDSA, ORIGIN, head  # noqa: E402
from tests.store import shelf  # noqa: E402

from archive.proof.merkle import hash_leaf, hash_root  # noqa: E402
from archive.proof.tiles import TiledLog  # noqa: E402
from archive.store.log import Log, LogState  # noqa: E402
from archive.store.tiles import LogFolder  # noqa: E402

EXTRACTION = 0.025  # seconds a page: docs and FINDINGS give 24 to 30 ms
TEXT = head(3).to_text()
ENVELOPE = 3500  # bytes of a usual entry


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where to write (default: a temporary folder)")
    options = parser.parse_args()
    leaves = [hashlib.sha256(number.to_bytes(8, "big")).digest() for number in range(options.size)]
    rates = [len(leaves) / timed(lambda: hash_root(leaves))[0] for _ in range(3)]
    print(f"root over {len(leaves):,} leaves: {median(rates):,.0f} leaves a second of CPU")
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        small, large = (make_log(folder / word) for word in ("small", "large"))
        states = [fill(small, leaves[:1024]), fill(large, leaves)]
        measure_appends([small, large], states)
        measure_proofs(large)
        measure_written(make_log(folder / "single"), leaves[:10_000])
        cpu, _ = timed(lambda: fill(make_log(folder / "batch"), leaves[:10_000], 256))
        share = cpu / (10_000 * EXTRACTION)
        print(f"10,000 captures in commits of 256: {cpu:.2f} s of CPU, {share:.2%} of extraction")
        measure_commits(folder)


def make_log(folder: Path) -> Log:
    """A log with both of its keys."""
    return Log(LogFolder(folder), ORIGIN, (LOG, LOG_MLDSA), lambda: int(time.time()))


def fill(log: Log, leaves: list[bytes], step: int | None = None) -> LogState:
    """A new log with leaves, so many at a time."""
    state = log.load()
    for start in range(0, len(leaves), step or len(leaves)):
        state = log.append(state, leaves[start : start + (step or len(leaves))])
    return state


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """CPU (user and system) and time by the clock."""
    before, clock = os.times(), time.perf_counter()
    act()
    after = os.times()
    return after.user + after.system - before.user - before.system, time.perf_counter() - clock


def measure_appends(logs: list[Log], states: list[LogState]) -> None:
    """One entry at a time, the log loaded anew each time as a commit does."""
    for word, signers in (("both keys", (LOG, LOG_MLDSA)), ("Ed25519 only", (LOG,))):
        costs: list[list[tuple[float, float]]] = [[], []]
        for turn in range(5):
            for number, log in enumerate(evolve(log, signers=signers) for log in logs):

                def act(log: Log = log, turn: int = turn) -> None:
                    for count in range(256):
                        log.append(log.load(), [hash_leaf(b"%d %d" % (turn, count))])

                costs[number].append(timed(act))
        for number, what in enumerate(("CPU", "clock")):
            values = [[cost[number] / 256 * 1000 for cost in side] for side in costs]
            ratios = [two / one for one, two in zip(*values, strict=True)]
            sizes = " and ".join(f"{state.checkpoint.size:,}" for state in states)
            print(
                f"append, {word}, {what}: {median(values[0]):.2f} and {median(values[1]):.2f} ms "
                f"at {sizes}; ratio {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
            )


def measure_proofs(log: Log) -> None:
    """Inclusion and consistency at the full size, each on a log just opened."""
    head, _ = log.read_head()
    for word, make in (
        ("inclusion", lambda tree, index: tree.prove_inclusion(index)),
        ("consistency", lambda tree, index: tree.prove_consistency(index)),
    ):
        costs = []
        for number in range(100):
            index = number * 7919 * 131 % head.size or 1
            costs.append(timed(lambda i=index, m=make: m(open_tree(log), i))[1] * 1000)
        print(f"{word} proof at {head.size:,}: {median(costs):.2f} ms (most {max(costs):.2f})")


def open_tree(log: Log) -> TiledLog:
    """The log, its checkpoint verified."""
    head, _ = log.read_head()
    return TiledLog(head.size, head.root, log.folder)


def measure_written(log: Log, leaves: list[bytes]) -> None:
    """Every byte that one-by-one appends write, against the size of what is there at the end."""
    tiles = checkpoints = 0
    state = log.load()
    for leaf in leaves:
        growth = state.edge.grow([leaf])
        tiles += sum(len(data) for _, data in growth.tiles)
        state = log.append(state, [leaf])
        checkpoints += len(state.signed or b"")
    found = [path for path in log.folder.root.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in found)
    entries = len(leaves) * ENVELOPE
    print(
        f"{len(leaves):,} one by one: {tiles / 1e6:.1f} MB of tiles and {checkpoints / 1e6:.1f} MB "
        f"of checkpoints written; at the end {size / 1e6:.2f} MB in {len(found)} files, with the "
        f"entries {(size + entries) / 1e6:.1f} MB: {(tiles + checkpoints) / (size + entries):.2f}"
    )


def measure_commits(folder: Path) -> None:
    """A commit of one small capture, with a log and without, and the share of its signatures."""
    clock = Clock()
    presses = [shelf.collection(folder / str(log), clock=clock, log=log) for log in (True, False)]
    costs: list[list[tuple[float, float]]] = [[], []]
    for turn in range(6):
        drafts = [shelf.draft_text(turn * 40 + number, clock) for number in range(40)]
        for side, press in zip(costs, presses, strict=True):
            writer = shelf.writer(press)
            side.append(timed(lambda w=writer, d=drafts: [w.commit([draft]) for draft in d]))
    for number, what in enumerate(("CPU", "clock")):
        one, other = ([cost[number] / 40 * 1000 for cost in side[1:]] for side in costs)
        print(
            f"one capture a commit, {what}: {median(one):.1f} ms with the log ({min(one):.1f} to "
            f"{max(one):.1f}), {median(other):.1f} without ({min(other):.1f} to {max(other):.1f})"
        )
    for signer in (LOG, LOG_MLDSA):
        cpu, _ = timed(lambda s=signer: [s.sign(TEXT, number) for number in range(500)])
        print(f"signature of type {signer.verifier.kind}: {cpu * 2:.2f} ms of CPU")


if __name__ == "__main__":
    main()
