"""The whole pipeline against extraction alone: CPU over the same pages.

    python benchmarks/pipeline.py [--rounds N]

Ours opens a new collection and captures 181 news pages from nginx on loopback with their text:
fetch, parse, extraction, records, digests, signatures, fsync, index. The other side parses the same
pages, decoded beforehand, with lxml's HTML parser as it comes, and calls
`trafilatura.bare_extraction` with the same options on the trees. They run in turn, after a round
that does not count; the CPU of the child that extracts for us counts, its start does not. Our own
trees make trafilatura faster (`archive.article.tree`, `archive.article.text`); what it takes over
those, without the path expressions of our child, is shown too.

`--in-child` compares something else: `archive.article.extract` in a warm child with the same call
in this process, what the pages cost on top being what limits and killing cost.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from time import process_time

import lxml.html
import trafilatura
from origin import folder, news_pages, show, site, spent_cpu, warm_extractors

import archive
from archive.adding.listing import Listed
from archive.article import Request, signals
from archive.article.decoding import decode
from archive.article.engine import OPTIONS
from archive.article.extraction import quote
from archive.article.text import drop_textless
from archive.article.tree import NotHtml, parse
from archive.capture import Settings
from archive.workers.pool import Extractors

_TYPE = "text/html; charset=utf-8"
_texts: dict[bytes, str] = {}  # of the pages, found once


def main() -> None:
    """Serve, run in turn, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--in-child", action="store_true")
    options = parser.parse_args()
    rounds, pages = options.rounds, news_pages()
    if options.in_child:
        compare_children(rounds, list(pages.values()))
        return
    ours, theirs, quick, claims = [], [], [], []
    with (
        folder() as scratch,
        site(scratch, pages) as (_, urls),
        warm_extractors() as extractors,
    ):
        texts = [decode(page, _TYPE).text for page in pages.values()]
        for turn in range(rounds + 1):
            claims.append(find_only(list(pages.values()), extractors) / len(urls))
            theirs.append(extract_only(texts, urls, parse_plainly) / len(urls))
            quick.append(extract_only(texts, urls, parse_as_we_do) / len(urls))
            ours.append(run_pipeline(scratch / f"press-{turn}", extractors, urls) / len(urls))
    print(f"{len(urls)} pages, {sum(map(len, pages.values())) / len(pages) / 1e3:.0f} kB each")
    ours, theirs, quick, claims = ours[1:], theirs[1:], quick[1:], claims[1:]
    show("archive, whole pipeline", [value * 1000 for value in ours], "ms")
    show("of it claims and quotations", [value * 1000 for value in claims], "ms")
    show("parse and bare_extraction", [value * 1000 for value in theirs], "ms")
    show("the same over trees like ours", [value * 1000 for value in quick], "ms")
    show("ratio (target: at most 1.40)", [a / b for a, b in zip(ours, theirs, strict=True)])
    plain = [(a - c) / b for a, b, c in zip(ours, theirs, claims, strict=True)]
    show("ratio without claims (target: at most 1.20)", plain)
    own = [(a - c) / b for a, b, c in zip(ours, quick, claims, strict=True)]
    show("the same against trees like ours", own)


def compare_children(rounds: int, pages: list[bytes]) -> None:
    """Extract all pages here and in a child, in turn, and print."""
    requests = [Request(page, "text/html; charset=utf-8", "https://a.example/") for page in pages]
    here, there = [], []
    with warm_extractors() as extractors:
        for _ in range(rounds + 1):
            for extract, spent in ((Request.extract, here), (extractors.extract, there)):
                began = spent_cpu()
                for request in requests:
                    extract(request)
                spent.append((spent_cpu() - began) / len(pages) * 1000)
    here, there = here[1:], there[1:]
    show("extract in this process", here, "ms")
    show("extract in a warm child", there, "ms")
    show("ratio (target: at most 1.03)", [a / b for a, b in zip(there, here, strict=True)])


def run_pipeline(place: Path, extractors: Extractors, urls: list[str]) -> float:
    """Capture all pages into a new collection; gives CPU seconds."""
    entries = [Listed(url) for url in urls]
    began = spent_cpu()
    with archive.open(place, create=True, extractors=extractors) as press:
        captures = list(press.add_all(entries, Settings(allow_private=True), delay=0))
    spent = spent_cpu() - began
    assert len(captures) == len(urls)
    assert not any(capture.failed for capture in captures)
    return spent


def find_only(pages: list[bytes], extractors: Extractors) -> float:
    """Find the claims of all pages and the quotations of their texts; gives CPU seconds.

    The texts come from the child: extracting here would speed up the trafilatura of this process,
    which is the other side.
    """
    for page in pages:
        if page not in _texts:
            found = extractors.extract(Request(page, _TYPE, "https://a.example/"))
            _texts[page] = found.text or ""
    began = process_time()
    for page in pages:
        decoded = decode(page, _TYPE)
        quote(_texts[page], signals.find(page, decoded.encoding, decoded.text))
    return process_time() - began


def extract_only(texts: list[str], urls: list[str], parse: Callable[[str], object]) -> float:
    """Parse and extract; gives CPU seconds."""
    began = process_time()
    for text, url in zip(texts, urls, strict=True):
        tree = parse(text)
        if not isinstance(tree, NotHtml):
            trafilatura.bare_extraction(tree, url=url, **OPTIONS)
    return process_time() - began


def parse_plainly(text: str) -> object:
    """A tree by lxml's parser as it comes, of any depth."""
    return lxml.html.document_fromstring(
        text.encode(), lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    )


def parse_as_we_do(text: str) -> object:
    """The tree that our own extraction gives to trafilatura."""
    tree = parse(text)
    if not isinstance(tree, NotHtml):
        drop_textless(tree)
    return tree


if __name__ == "__main__":
    main()
