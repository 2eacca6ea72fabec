"""What searching costs as a collection grows: `search` and `related`, and feeding the index.

Captures are made from real pages, a tenth of their words exchanged with those of other pages, of 20
hosts that share 30 lines each. They are given to the index of words through the same door that a
commit uses, so that only this index is measured; their texts are made again, untimed, where
`related` counts in them. Reading a row and a text from its records comes to each of these; they are
in what `looking.py` times. All times are CPU, the best of three for each question, an index opened
anew each time.

    python benchmarks/finding.py [--captures 6000] [--questions 40] [--file FILE]

With --file the index is kept in FILE, and not made again where it is there.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from pages import news

from archive.article.keys import cosmetic_key
from archive.comparison import Shingles
from archive.index.words import Found, Mark, TextIndex

HOSTS = 20
LINES = 30
COMMIT = 100
TIMES = 3
Q = TypeVar("Q")


class Texts:
    """Texts of real pages with every tenth word exchanged, each with its host's shared lines."""

    def __init__(self) -> None:
        self._real = [text.split() for _, _, text in news() if len(text) > 500]
        self._plain = [cosmetic_key(" ".join(words)).isascii() for words in self._real]
        plain = zip(self._real, self._plain, strict=True)
        self._words = [word for words, is_plain in plain if is_plain for word in words]
        rng = random.Random(7)
        self._shared = ["\n".join(self._lines(rng)) for _ in range(HOSTS)]
        by_length = sorted(range(len(self._real)), key=lambda at: len(self._real[at]))
        self.longest = by_length[-3:]

    def _lines(self, rng: random.Random) -> list[str]:
        starts = [rng.randrange(len(self._words) - 12) for _ in range(LINES)]
        return [" ".join(self._words[start : start + 12]) for start in starts]

    def make(self, number: int) -> str:
        """The text of a number, the same in every run."""
        rng, at = random.Random(number), number % len(self._real)
        words = list(self._real[at])
        others = self._words if self._plain[at] else self._real[at]
        for place in range(rng.randrange(10), len(words), 10):
            words[place] = rng.choice(others)
        return " ".join(words) + "\n" + self._shared[number % HOSTS]


def main() -> None:
    """Measure, and print a line a figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--captures", type=int, default=6000)
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--file", type=Path)
    asked = parser.parse_args()
    texts = Texts()
    with tempfile.TemporaryDirectory() as folder:
        file = asked.file or Path(folder) / "texts.sqlite"
        if not file.exists():
            fill(file, texts, asked.captures)
        print(f"size: {file.stat().st_size / asked.captures:.0f} bytes a text")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        ask_all(file, texts, asked.captures, asked.questions)
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"held: {(held - before) / 1024:.0f} MB more than before, {held / 1024:.0f} in all")


def fill(file: Path, texts: Texts, captures: int) -> None:
    """Make an index, a commit for every hundred texts."""
    index = TextIndex.open_writing(file)
    spent, mark = 0.0, None
    for start in range(0, captures, COMMIT):
        made = [texts.make(number) for number in range(start, min(start + COMMIT, captures))]
        began = time.process_time()
        with index.feed(mark):
            for number, text in enumerate(made, start):
                date, key = f"2026-01-01T00:00:00.{number:06}Z", f"{number:064x} {text[:60]}"
                index.add(date, number, key, text[:60], text)
            mark = Mark(start + len(made) - 1, str(start))
            index.move_mark(mark)
        spent += time.process_time() - began
    index.close()
    print(f"feeding: {spent / captures * 1e3:.2f} ms a text")


def ask_all(file: Path, texts: Texts, captures: int, questions: int) -> None:
    """Every kind of question, asked of texts that are there."""
    rng = random.Random(3)
    numbers = [rng.randrange(captures) for _ in range(questions)]
    words = [texts.make(number).split() for number in numbers]
    places = [rng.randrange(len(row) - 3) for row in words]
    rows = [row[at : at + 3] for row, at in zip(words, places, strict=True)]
    for name, asked in (
        ("search, a word", [row[:1] for row in rows]),
        ("search, two words", [row[:2] for row in rows]),
        ("search, two in a row", [[" ".join(row[:2])] for row in rows]),
        ("search, three in a row", [[" ".join(row)] for row in rows]),
    ):
        print_times(name, [time_one(file, search, one)[0] for one in asked])
    print_times(
        "related, counting included",
        [time_related(file, texts, number) for number in [*numbers, *texts.longest]],
    )


def search(index: TextIndex, phrases: Sequence[str]) -> list[Found]:
    """The 20 texts that fit best."""
    return index.search(phrases, 20, lambda _: True)


def time_one(
    file: Path, ask: Callable[[TextIndex, Q], list[Found]], question: Q
) -> tuple[float, list[Found]]:
    """The CPU milliseconds of a question, opening the file included, and the answer."""
    best, found = float("inf"), list[Found]()
    for _ in range(TIMES):
        began = time.process_time()
        index = TextIndex.open_reading(file)
        assert index is not None
        found = ask(index, question)
        index.close()
        best = min(best, time.process_time() - began)
    return best * 1e3, found


def time_related(file: Path, texts: Texts, number: int) -> float:
    """The CPU milliseconds of finding 40 candidates and counting in each of them."""
    own = texts.make(number)
    spent, found = time_one(
        file, lambda index, text: index.related(text, 40, lambda one: one != (number,)), own
    )
    candidates = [texts.make(one.captures[0]) for one in found]
    best = float("inf")
    for _ in range(TIMES):
        began = time.process_time()
        wanted = Shingles(own)
        for text in candidates:
            wanted.count_in(text)
        best = min(best, time.process_time() - began)
    return spent + best * 1e3


def print_times(name: str, times: list[float]) -> None:
    """What the middle one and the worst took."""
    worst = max(times)
    print(f"{name}: median {statistics.median(times):.1f} ms, worst {worst:.1f}, of {len(times)}")


if __name__ == "__main__":
    main()
