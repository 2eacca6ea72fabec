"""An unchanged page against a changed one: CPU of capturing the same pages again.

    python benchmarks/unchanged.py [--rounds N]

In every round 181 news pages are captured from nginx on loopback into a new collection, then
edited and captured again (changed), then captured once more (unchanged), with extraction.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from origin import folder, news_pages, show, site, spent_cpu, warm_extractors

import archive
from archive.adding.listing import Listed
from archive.capture import Settings
from archive.workers.pool import Extractors


def main() -> None:
    """Serve, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    pages = news_pages()
    changed, unchanged = [], []
    with (
        folder() as scratch,
        site(scratch, pages) as (server, urls),
        warm_extractors() as extractors,
    ):
        for turn in range(rounds):
            place = scratch / f"press-{turn}"
            for name, page in pages.items():
                server.publish(name, page + b"<!-- before -->")
            capture_all(place, extractors, urls, "captured")
            for name, page in pages.items():
                server.publish(name, page + b"<!-- after -->")
            changed.append(capture_all(place, extractors, urls, "captured") / len(urls))
            unchanged.append(capture_all(place, extractors, urls, "unchanged") / len(urls))
    show("changed page", [value * 1000 for value in changed], "ms")
    show("unchanged page", [value * 1000 for value in unchanged], "ms")
    show("ratio (target: under 0.1)", [a / b for a, b in zip(unchanged, changed, strict=True)])


def capture_all(place: Path, extractors: Extractors, urls: list[str], outcome: str) -> float:
    """Capture all pages; gives CPU seconds, those of the child that extracts included."""
    entries = [Listed(url) for url in urls]
    time.sleep(1.1)  # two captures of one URL never share a second
    began = spent_cpu()
    with archive.open(place, create=True, extractors=extractors) as press:
        captures = list(press.add_all(entries, Settings(allow_private=True), delay=0))
    spent = spent_cpu() - began
    assert [capture.outcome for capture in captures] == [outcome] * len(entries)
    return spent


if __name__ == "__main__":
    main()
