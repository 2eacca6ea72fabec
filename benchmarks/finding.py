"""What searching costs as a collection grows: `search` and `related`, and feeding the index.

The captures are rows and texts made from real pages, words exchanged, of 20 hosts that share 30
lines each; they are given to the indexes directly, since only these are measured.

    python benchmarks/finding.py [--captures 6000] [--questions 40]
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from pathlib import Path

from pages import news

from archive.comparison import shingles
from archive.index.words import Mark, TextIndex

HOSTS = 20
LINES = 30


def make_texts(count: int, rng: random.Random) -> list[str]:
    """Texts of real pages with their words exchanged, each with its host's shared lines."""
    texts = [text for _, _, text in news() if len(text) > 500]
    vocabulary = sorted({word for text in texts for word in text.split()})
    shared = [
        "\n".join(" ".join(rng.choices(vocabulary, k=12)) for _ in range(LINES))
        for _ in range(HOSTS)
    ]
    made = []
    for number in range(count):
        words = texts[number % len(texts)].split()
        for at in range(0, len(words), 10):
            words[at] = rng.choice(vocabulary)
        made.append(" ".join(words) + "\n" + shared[number % HOSTS])
    return made


def main() -> None:
    """Measure, and print a line a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--captures", type=int, default=6000)
    parser.add_argument("--questions", type=int, default=40)
    asked = parser.parse_args()
    rng = random.Random(7)
    texts = make_texts(asked.captures, rng)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.sqlite"
        index = TextIndex.open_writing(file)
        began = time.process_time()
        mark: Mark | None = None
        for start in range(0, len(texts), 100):
            with index.feed(mark):
                for at, text in enumerate(texts[start : start + 100], start):
                    index.add(f"{at:032x}", f"2026-01-01T{at:08}", at, str(at), text[:60], text)
                mark = Mark(start + 99, str(start))
                index.move_mark(mark)
        spent = time.process_time() - began
        index.close()
        print(f"feeding: {spent / len(texts) * 1e3:.2f} ms a text")
        print(f"size: {file.stat().st_size / len(texts):.0f} bytes a text")
        words = [word for text in rng.sample(texts, asked.questions) for word in text.split()[:2]]
        print(f"search: {worst(file, words[: asked.questions]):.1f} ms at worst")
        print(f"related: {worst_related(file, texts[: asked.questions]):.1f} ms at worst")
    print(f"held: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB in all")


def worst(file: Path, questions: list[str]) -> float:
    """The longest of some searches, milliseconds, opening the file included."""
    longest = 0.0
    for question in questions:
        began = time.process_time()
        index = TextIndex.open_reading(file)
        assert index is not None
        index.search([question], 20)
        index.close()
        longest = max(longest, time.process_time() - began)
    return longest * 1e3


def worst_related(file: Path, texts: list[str]) -> float:
    """The longest look for related texts, milliseconds; the candidates' texts are counted too."""
    longest = 0.0
    for text in texts:
        began = time.process_time()
        index = TextIndex.open_reading(file)
        assert index is not None
        found = index.related(text, 1000)
        wanted = shingles(text)
        for _ in found[:40]:
            len(wanted & shingles(text))
        index.close()
        longest = max(longest, time.process_time() - began)
    return longest * 1e3


if __name__ == "__main__":
    main()
