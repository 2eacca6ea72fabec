"""What comparing costs, beside three other programs, and on the worst inputs.

    python benchmarks/comparison_speed.py [--pages N]

Needs diff-match-patch and web-monitoring-diff. CPU time; every program gets the same pairs: the
text of a news page, and the same with five words changed, a paragraph moved and one taken out.
"Comparing" is the alignment and the differing words alone; "with classes" is `compare_sides`. The
others run on at most N pages (one of them takes a second on some).
"""

from __future__ import annotations

import argparse
import difflib
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import pages

from archive.article import extract
from archive.comparison import Side, compare_sides
from archive.comparison.alignment import align
from archive.comparison.sequences import differing

__all__ = ["main"]

Pair = tuple[str, str]
_TOKEN = re.compile(r"\w+|[^\w\s]")


def cpu(run: Callable[[], object]) -> float:
    """The CPU milliseconds that something takes."""
    begin = time.process_time()
    run()
    return (time.process_time() - begin) * 1000


def edited(text: str, chance: random.Random) -> str:
    """A text with five words changed, a paragraph moved and one taken out."""
    words = text.split(" ")
    for _ in range(5):
        words[chance.randrange(len(words))] = "zebra"
    lines = " ".join(words).rstrip("\n").split("\n")
    if len(lines) > 4:
        lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
        lines.pop(chance.randrange(len(lines)))
    return "\n".join(lines) + "\n"


def compare_words(before: str, after: str) -> int:
    """Align two texts and find the words that differ; how many runs there are."""
    aligned = align(before, after)
    read = aligned.reader.read
    return sum(
        len(differing("".join(read(u, 0) for u in m.old), "".join(read(u, 1) for u in m.new)))
        for m in aligned.matches
    )


def _with_difflib(autojunk: bool) -> Callable[[str, str], object]:
    def run(before: str, after: str) -> object:
        one, two = _TOKEN.findall(before), _TOKEN.findall(after)
        return difflib.SequenceMatcher(None, one, two, autojunk=autojunk).get_opcodes()

    return run


def _with_matcher(before: str, after: str) -> object:
    """diff-match-patch on words, each written as one character; no time limit."""
    from diff_match_patch import diff_match_patch

    signs: dict[str, str] = {}
    one, two = (
        "".join(signs.setdefault(t, chr(0x10000 + len(signs))) for t in _TOKEN.findall(text))
        for text in (before, after)
    )
    matcher = diff_match_patch()
    matcher.Diff_Timeout = 0
    return matcher.diff_main(one, two, False)


def _with_monitoring(before: str, after: str) -> object:
    import types

    from bs4 import BeautifulSoup

    def parse(text: str, **_: object) -> object:
        return BeautifulSoup(text, "lxml")

    # Its own parser refuses to run beside the lxml of today; the texts are small, the diff is not.
    sys.modules.setdefault("html5_parser", types.SimpleNamespace(parse=parse))  # type: ignore[arg-type]
    from web_monitoring_diff import html_text_diff

    one, two = (
        "<html><body><p>" + text.replace("\n", "</p><p>") + "</p></body></html>"
        for text in (before, after)
    )
    return html_text_diff(one, two)


def worst(size: int) -> Iterator[tuple[str, str, str]]:
    """Inputs that are hard to compare; `size` doubles them."""
    chance = random.Random(5)
    known = ["".join(chance.choices("abcdefghijklmnop", k=6)) for _ in range(8000)]

    def prose(words: list[str]) -> str:
        sentences = [" ".join(words[at : at + 20]).capitalize() for at in range(0, len(words), 20)]
        lines = [". ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5)]
        return ".\n".join(lines) + ".\n"

    def changed(words: list[str]) -> list[str]:
        words = list(words)
        for _ in range(20):
            words[chance.randrange(len(words))] = "Zebra."
        return words

    def shuffled(words: list[str]) -> list[str]:
        return chance.sample(words, len(words))

    words = chance.choices(known, k=50_000 * size)
    yield "50,000 words, 20 edits", prose(words), prose(changed(words))
    yield "50,000 words, shuffled", prose(words), prose(shuffled(words))
    other = [f"{word}x" for word in chance.choices(known, k=10_000 * size)]
    yield "10,000 unrelated words", prose(words[: 10_000 * size]), prose(other)
    words = chance.choices(known, k=100_000 * size)
    yield "one sentence of 100,000 words", " ".join(words), " ".join(changed(words))
    words = [f"{word.capitalize()}." for word in words]
    yield "100,000 one-word sentences, 20 edits", " ".join(words), " ".join(changed(words))
    yield "100,000 one-word sentences, shuffled", " ".join(words), " ".join(shuffled(words))
    long = "".join(chance.choices("abcdefghij0123", k=1_000_000 * size))
    yield "1 MB without a space", long, f"{long[:300_000]}x{long[300_000:-5]}yyyyy"


def _print_pages(pairs: list[Pair], most: int) -> None:
    programs: list[tuple[str, Callable[[str, str], object], int]] = [
        ("comparing", compare_words, len(pairs)),
        ("with classes", lambda a, b: compare_sides(Side(a), Side(b)), len(pairs)),
        ("difflib", _with_difflib(True), most),
        ("difflib, no autojunk", _with_difflib(False), most),
        ("diff-match-patch", _with_matcher, most),
        ("web-monitoring-diff", _with_monitoring, most),
    ]
    for name, run, count in programs:
        run(*pairs[0])
        times = sorted(min(cpu(partial(run, *pair)) for _ in range(2)) for pair in pairs[:count])
        p95 = times[int(0.95 * len(times))]
        print(
            f"{name:22} median {statistics.median(times):8.2f} ms  p95 {p95:8.2f}  "
            f"worst {times[-1]:8.2f}  on {count} pages"
        )


def _print_worst() -> None:
    doubled = worst(2)
    for name, before, after in worst(1):
        _, more, others = next(doubled)
        once, twice = (
            min(cpu(partial(compare_sides, Side(a), Side(b))) for _ in range(3))
            for a, b in ((before, after), (more, others))
        )
        print(
            f"{name:38} {once / 1000:6.3f} s   doubled {twice / 1000:6.3f} s, {twice / once:.1f}x"
        )


def main() -> None:
    """Time the pages and the worst cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=40)
    options = parser.parse_args()
    chance = random.Random(7)
    texts = [
        extract(content, pages.STORED, "https://a.example/").text for _, content, _ in pages.news()
    ]
    pairs = [(text, edited(text, chance)) for text in texts if text]
    _print_pages(pairs, options.pages)
    _print_worst()


if __name__ == "__main__":
    main()
