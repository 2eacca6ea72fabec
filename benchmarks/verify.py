"""Verification against `warcio check`: CPU and time on the same file, and memory on a large one.

    ARCHIVE_JUDGES=/path/to/judges python benchmarks/verify.py [FILE] [--captures N] [--large]

FILE is a collection's WARC file; without one, a file of N captures is made: a response of about
150 kB of words, request, outcome, a text of 5 kB, claims, an envelope. `archive verify FILE` and
`warcio check FILE` run as children, in turn, some eleven times; so do both on a file of one small
record, whose cost is start-up. Printed are medians of CPU (user and system) and of time by the
clock, and the medians of the ratios of each pair, with start-up and without: CPU is what all
processes took together, the clock gives the throughput. `--large` then makes a file of 1 GB
(stored) and prints the most memory that verifying it took, both processes together (Linux: PSS,
which counts shared pages once, looked at ten times a second).
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from attrs import frozen

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.builders import TRUST, Builder, Page  # noqa: E402

WORDS = 4000
PAGES = 200


@frozen
class Cost:
    """What a child and its children took: CPU and clock in seconds."""

    cpu: float
    clock: float


def main() -> None:
    """Make a file when none is given, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, help="measure on this WARC file")
    parser.add_argument("--captures", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=11)
    parser.add_argument("--large", action="store_true", help="also measure memory on 1 GB")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.file
        if path is None:
            path = Path(folder, "bench.warc.gz")
            write_file(path, captures=options.captures)
        small = Path(folder, "small.warc.gz")
        small.write_bytes(Builder().begin_file().to_bytes())
        compare(path, small, options.repeat)
        if options.large:
            measure_memory(Path(folder, "large.warc.gz"))


def compare(path: Path, small: Path, repeat: int) -> None:
    """Run both in turn, on the file and on a small one."""
    judge = os.environ.get("ARCHIVE_JUDGES")
    if judge is None:
        sys.exit("set ARCHIVE_JUDGES to the judges' environment")
    others = [str(Path(judge, "bin", "warcio")), "check"]
    rounds = [
        [run([*command, str(file)]) for file in (path, small) for command in (VERIFY, others)]
        for _ in range(repeat)
    ]
    with gzip.open(path) as file:
        raw = sum(len(piece) for piece in iter(lambda: file.read(1 << 20), b""))
    print(f"{raw / 1e6:.0f} MB of records, {path.stat().st_size / 1e6:.0f} MB stored")
    for what in ("cpu", "clock"):
        times = [[getattr(cost, what) for cost in costs] for costs in rounds]
        ours, theirs, our_start, their_start = (
            median(column) for column in zip(*times, strict=True)
        )
        whole = sorted(row[1] / row[0] for row in times)
        bare = sorted((row[1] - their_start) / (row[0] - our_start) for row in times)
        print(
            f"{what}: ours {ours:.2f} s (start-up {our_start:.2f}), {raw / ours / 1e6:.0f} MB/s; "
            f"warcio check {theirs:.2f} s (start-up {their_start:.2f})"
        )
        for name, ratios in (("with start-up", whole), ("without", bare)):
            print(f"  ratio {name}: {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")


VERIFY = [str(Path(sys.executable).parent / "archive"), "verify", "--trust", *TRUST.keys]


def measure_memory(path: Path) -> None:
    """Peak memory of verifying 1 GB as stored."""
    size = write_file(path, stored=1_000_000_000)
    stored = path.stat().st_size
    begun = time.perf_counter()
    child = subprocess.Popen([*VERIFY, str(path)], stdout=subprocess.DEVNULL)
    peak = 0
    while child.poll() is None:
        peak = max(peak, read_memory(child.pid))
        time.sleep(0.1)
    clock = time.perf_counter() - begun
    print(
        f"{stored / 1e6:.0f} MB stored, {size / 1e6:.0f} MB of records: {clock:.1f} s by the clock"
    )
    print(f"peak memory {peak / 1e6:.0f} MB")


def read_memory(pid: int) -> int:
    """Bytes that a process and its children take, pages that they share counted once."""
    total = 0
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in (pid, *children):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total += sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    except OSError:  # one of them has just ended
        pass
    return total


def run(command: list[str]) -> Cost:
    """Run a child to its end; one that ends by an error of its own ends everything."""
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    clock = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 4):  # 4: nothing signed, or by a key that is not trusted
        sys.exit(f"{command} ended with {child.returncode}")
    return Cost(used.ru_utime + used.ru_stime, clock)


def write_file(path: Path, *, captures: int = 0, stored: int = 0) -> int:
    """Write so many captures, or as many as fill so many stored bytes; gives bytes of records."""
    rng = random.Random(7)
    words = Words(rng)
    builder = Builder()
    total = 0
    pages: list[Page] = []
    with path.open("wb") as file:
        file.write(builder.begin_file().to_bytes())
        number = 0
        while number < captures or (not captures and file.tell() < stored):
            if number < PAGES:
                pages.append(make_page(words))
            page = pages[number % PAGES]
            for member in builder.capture(f"https://news.example/{number}", page).members:
                file.write(member.to_bytes())
                total += len(member.head) + len(member.block) + 4
            number += 1
    return total


class Words:
    """Words as often as in a language: the n-th with a weight of 1/n."""

    def __init__(self, rng: random.Random) -> None:
        letters = "etaoinshrdlucmfwyp"
        self._words = ["".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(WORDS)]
        self._weights = list(itertools.accumulate(1 / number for number in range(1, WORDS + 1)))
        self._rng = rng

    def write(self, count: int) -> str:
        """A sentence."""
        return " ".join(self._rng.choices(self._words, cum_weights=self._weights, k=count))


def make_page(words: Words) -> Page:
    """A page of about 150 kB, mostly markup as news pages are, with about 5 kB of text."""
    blocks = [
        f'<div class="teaser teaser--small" data-id="{number}"><a class="teaser__link" '
        f'href="/news/{words.write(5).replace(" ", "-")}"><span class="teaser__title">'
        f"{words.write(12)}</span></a></div>\n"
        for number in range(550)
    ]
    lines = [words.write(40) for _ in range(22)]
    body = "".join(blocks) + "".join(f"<p>{line}</p>\n" for line in lines)
    claims = tuple(words.write(8) for _ in range(10))
    return Page(body=body.encode(), text="\n".join([*lines, ""]).encode(), claims=claims)


if __name__ == "__main__":
    main()
