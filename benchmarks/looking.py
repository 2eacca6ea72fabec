"""What looking costs: search, related, history, comparing, both pages.

    python benchmarks/looking.py [--times N]

A collection of 181 news pages, each captured, edited, captured twice more. Every question is asked
of many captures of an open collection; CPU time of each, its pages written nowhere. Searching and
`related` read the index of words that each commit feeds.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from origin import folder, news_pages, site, spent_cpu, warm_extractors

import archive
from archive.adding.listing import Listed
from archive.capture import Settings
from archive.collection import Capture, Pair
from archive.export import render_diff, render_report
from archive.workers.pool import Extractors

__all__ = ["main"]

T = TypeVar("T")

MADE = datetime(2026, 11, 22, tzinfo=UTC)


def main() -> None:
    """Capture, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=60)
    times = parser.parse_args().times
    pages = news_pages()
    with (
        folder() as scratch,
        site(scratch, pages) as (server, urls),
        warm_extractors() as extractors,
    ):
        place = scratch / "press"
        for step in range(3):
            for name, page in pages.items():
                server.publish(name, page if step == 0 else edited(page))
            capture_all(place, extractors, urls)
        with archive.open(place) as press:
            told = [press.get(url) for url in random.Random(3).sample(urls, times)]
            spent = cpu(press.reindex)
            print(f"{'reindex':28} {spent:16.2f} ms for {3 * len(urls)} captures")
            ask_all(press, told)


def ask_all(press: archive.Collection, told: Sequence[Capture]) -> None:
    """Every question of every one of these captures."""
    urls = [capture.url for capture in told]
    ask("search, one word", press.search, [word_of(capture) for capture in told])
    ask("search, a phrase", press.search, [phrase_of(capture) for capture in told])
    ask("related", press.related, told)
    ask("history", press.turns, urls)
    pairs: list[Pair] = []
    ask("compare", lambda url: pairs.append(pair_of(press, url)), urls)
    report = press.verify()
    ask("page of a comparison", lambda pair: render_diff(pair, report, made=MADE), pairs)

    def write(number: int) -> None:
        turns = press.turns(urls[number])
        changes = {pairs[number].after.id: pairs[number]}
        render_report(urls[number], turns, changes, report, made=MADE)

    ask("page of a history", write, range(len(urls)))


def pair_of(press: archive.Collection, url: str) -> Pair:
    """The two versions of a page compared, with other pages of the host."""
    versions = press.history(url)
    return press.pair(versions[0].last, versions[-1].first)


def edited(page: bytes) -> bytes:
    """A page with some digits and a few words changed."""
    return re.sub(rb"(?<= )(\d)(?= [a-z])", b"7", page).replace(b" said ", b" claimed ", 2)


def word_of(capture: Capture) -> str:
    """A longer word of a text."""
    return max(text_of(capture).split()[:40], key=len)


def phrase_of(capture: Capture) -> str:
    """Three words in a row of a text."""
    return " ".join(text_of(capture).split()[5:8]) or "none"


def text_of(capture: Capture) -> str:
    """A capture's text, some words where it has none."""
    return capture.article.text if capture.article else "nothing found here at all today"


def capture_all(place: Path, extractors: Extractors, urls: Sequence[str]) -> None:
    """Capture all pages, none in a second in which it was captured before."""
    time.sleep(1.1)
    with archive.open(place, create=True, extractors=extractors) as press:
        entries = [Listed(url) for url in urls]
        found = press.add_all(entries, Settings(allow_private=True), delay=0)
        assert not any(capture.failed for capture in found)


def cpu(run: Callable[[], object]) -> float:
    """The CPU milliseconds that something takes."""
    began = spent_cpu()
    run()
    return (spent_cpu() - began) * 1000


def ask(name: str, question: Callable[[T], object], of: Sequence[T]) -> None:
    """Ask of each, and print what the middle one, the 95th of 100 and the worst took."""
    times = sorted(cpu(lambda one=one: question(one)) for one in of)  # type: ignore[misc]
    p95 = times[int(0.95 * len(times))]
    print(
        f"{name:30} median {statistics.median(times):9.2f} ms  p95 {p95:9.2f}  "
        f"worst {times[-1]:9.2f}  of {len(times)}"
    )


if __name__ == "__main__":
    main()
