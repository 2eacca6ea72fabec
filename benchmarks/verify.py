"""Verification against `warcio check`: CPU on the same file, and memory on a large one.

    ARCHIVE_JUDGES=/path/to/judges python benchmarks/verify.py [--captures N] [--large]

A file of N captures is generated: a response of about 150 kB of words, request, outcome, a text of
5 kB, claims, an envelope. Both programs run as children, whole, start-up included; what is printed
is their CPU time (user and system) and the ratio of throughputs. `--large` then makes a file of
1 GB (stored) and prints the most memory that verifying it took.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.builders import TRUST, Builder, Page  # noqa: E402

WORDS = 4000
PAGES = 200
CHILD = """
import sys
from archive.verification import NamedSource, Trust, verify
path, *keys = sys.argv[1:]
source = NamedSource(path, lambda: open(path, "rb"))
report = verify([source], Trust(dict.fromkeys(keys, "--trust")), whole=True)
print(report.verdict, report.captures, report.findings[:3])
sys.exit(report.exit_code)
"""


def main() -> None:
    """Generate, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--captures", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="also measure memory on 1 GB")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.warc.gz")
        raw = write_file(path, captures=options.captures)
        stored = path.stat().st_size
        print(f"{options.captures} captures, {raw / 1e6:.0f} MB of records, {stored / 1e6:.0f} MB")
        compare(path, raw, options.repeat)
        if options.large:
            measure_memory(Path(folder, "large.warc.gz"))


def compare(path: Path, raw: int, repeat: int) -> None:
    """Run both in turn, and take each one's least CPU time."""
    judge = os.environ.get("ARCHIVE_JUDGES")
    if judge is None:
        sys.exit("set ARCHIVE_JUDGES to the judges' environment")
    commands = {
        "archive.verification": [sys.executable, "-c", CHILD, str(path), *TRUST.keys],
        "warcio check": [str(Path(judge, "bin", "warcio")), "check", str(path)],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(repeat):
        for name, command in commands.items():
            times[name].append(run(command)[0])
    for name, values in times.items():
        best = min(values)
        print(f"{name:<22} {best:6.2f} s of CPU  {raw / best / 1e6:6.0f} MB/s")
    ratio = min(times["warcio check"]) / min(times["archive.verification"])
    print(f"throughput ratio {ratio:.2f}")


def measure_memory(path: Path) -> None:
    """Peak memory of verifying 1 GB as stored."""
    size = write_file(path, stored=1_000_000_000)
    seconds, peak = run([sys.executable, "-c", CHILD, str(path), *TRUST.keys])
    stored = path.stat().st_size
    print(f"{stored / 1e6:.0f} MB stored, {size / 1e6:.0f} MB of records: {seconds:.1f} s of CPU")
    print(f"peak memory {peak / 1e3:.0f} MB")


def run(command: list[str]) -> tuple[float, int]:
    """A child's CPU seconds, and the peak memory in kB of the largest child so far."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, after.ru_maxrss


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
