"""The whole pipeline against extraction alone: CPU over the same pages.

    python benchmarks/pipeline.py [--rounds N]

Ours opens a new collection and captures 181 news pages from nginx on loopback with their text:
fetch, parse, extraction, records, digests, signatures, fsync, index. The other side parses the same
pages, decoded beforehand, and calls `trafilatura.bare_extraction` with the same options on the
trees. Both run in this process, in turn, after a round that does not count.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from time import process_time

import trafilatura
from origin import folder, news_pages, show, site

import archive
from archive.article.decoding import decode
from archive.article.engine import OPTIONS
from archive.article.tree import NotHtml, parse
from archive.capture import Settings
from archive.collection import Listed


def main() -> None:
    """Serve, run in turn, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    pages = news_pages()
    ours, theirs = [], []
    with folder() as scratch, site(scratch, pages) as (_, urls):
        texts = [decode(page, "text/html; charset=utf-8").text for page in pages.values()]
        for turn in range(rounds + 1):
            theirs.append(extract_only(texts, urls) / len(urls))
            ours.append(run_pipeline(scratch / f"press-{turn}", urls) / len(urls))
    print(f"{len(urls)} pages, {sum(map(len, pages.values())) / len(pages) / 1e3:.0f} kB each")
    ours, theirs = ours[1:], theirs[1:]
    show("archive, whole pipeline", [value * 1000 for value in ours], "ms")
    show("parse and bare_extraction", [value * 1000 for value in theirs], "ms")
    show("ratio (target: at most 1.20)", [a / b for a, b in zip(ours, theirs, strict=True)])


def run_pipeline(place: Path, urls: list[str]) -> float:
    """Capture all pages into a new collection; gives CPU seconds."""
    entries = [Listed(url) for url in urls]
    began = process_time()
    with archive.open(place, create=True) as press:
        captures = list(press.add_all(entries, Settings(allow_private=True), delay=0))
    spent = process_time() - began
    assert len(captures) == len(urls)
    assert not any(capture.failed for capture in captures)
    return spent


def extract_only(texts: list[str], urls: list[str]) -> float:
    """Parse and extract; gives CPU seconds."""
    began = process_time()
    for text, url in zip(texts, urls, strict=True):
        tree = parse(text)
        if not isinstance(tree, NotHtml):
            trafilatura.bare_extraction(tree, url=url, **OPTIONS)
    return process_time() - began


if __name__ == "__main__":
    main()
