"""Capture against `wget --warc-file`: CPU a page, process start and extraction apart.

    python benchmarks/capture.py [--rounds N]

Both fetch the same 150 news pages from nginx on loopback and write them to WARC, in turn, in every
round. Each also runs over 2 pages; the difference, divided by 148, is what a page costs without the
start of the process. Ours runs with `--no-extract`; wget as it comes, with its gzip.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from origin import archive_command, child_cpu, folder, news_pages, show, site

PAGES = 150
FEW = 2


def main() -> None:
    """Serve, run in turn, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    pages = dict(list(news_pages().items())[:PAGES])
    print(f"{len(pages)} pages, {sum(map(len, pages.values())) / len(pages) / 1e3:.0f} kB each")
    with folder() as scratch, site(scratch, pages) as (_, urls):
        lists = [scratch / "many.txt", scratch / "few.txt"]
        lists[0].write_text("\n".join(urls))
        lists[1].write_text("\n".join(urls[:FEW]))
        ours, theirs = [], []
        for turn in range(rounds):
            ours.append(page_cost(lists, scratch / f"a{turn}", run_archive))
            theirs.append(page_cost(lists, scratch / f"w{turn}", run_wget))
    show("archive add --no-extract", [value * 1000 for value in ours], "ms")
    show("wget --warc-file", [value * 1000 for value in theirs], "ms")
    show("ratio (target: at most 0.5)", [a / b for a, b in zip(ours, theirs, strict=True)])


def page_cost(lists: list[Path], place: Path, run: Callable[[Path, Path], float]) -> float:
    """CPU seconds a page: what more pages cost more, divided by their number."""
    many, few = (run(urls, place.with_name(f"{place.name}-{urls.stem}")) for urls in lists)
    return (many - few) / (PAGES - FEW)


def run_archive(urls: Path, place: Path) -> float:
    """One run of ours into a new collection."""
    child_cpu(archive_command("init", str(place)))
    options = ["--no-extract", "--delay", "0", "--allow-private"]
    return child_cpu(archive_command("add", "-C", str(place), "--from", str(urls), *options))


def run_wget(urls: Path, place: Path) -> float:
    """One run of wget; the pages themselves are not kept beside the WARC file."""
    return child_cpu(
        ["wget", "--quiet", f"--warc-file={place}", "-O", "/dev/null", "-i", str(urls)]
    )


if __name__ == "__main__":
    main()
