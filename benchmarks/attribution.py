"""What pages say about themselves, and their text: ours, trafilatura and newspaper4k side by side.

    python benchmarks/attribution.py [--newspaper PYTHON] [--no-cost] [--no-text]

``PYTHON`` is the interpreter of another environment in which newspaper4k is installed. The tables
are given for both halves of the publishers, see README. Every miss is listed.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from pages import STORED, attribution, body, first_half, news
from scoring import author_set, authors_right, day_right, fold, instant_right, text_f1

from archive.article import Claims, Extraction, decode, derive, extract

URL = "https://news.example/story"
_ZONE = re.compile(r"[+-]\d\d:\d\d\Z")
Page = tuple[str, bytes, dict[str, Any]]


class Answer(NamedTuple):
    """What a tool says about a page."""

    title: str | None
    authors: list[str]
    published: str | None
    claims: Claims | None = None


def ours(name: str, content: bytes) -> Answer:
    """Our derived views, and the claims they stand on."""
    claims = extracted(name, content).claims
    views = derive(claims)
    authors = [n for view in (views.authors, views.organisations) if view for n in view.value]
    title = str(views.title.value) if views.title else None
    return Answer(title, authors, str(views.published.value) if views.published else None, claims)


_EXTRACTED: dict[str, Extraction] = {}


def extracted(name: str, content: bytes) -> Extraction:
    """A page's extraction, once."""
    if name not in _EXTRACTED:
        _EXTRACTED[name] = extract(content, STORED, URL)
    return _EXTRACTED[name]


def trafilatura_says(_: str, content: bytes) -> Answer:
    """What trafilatura's own metadata says; its one string of authors is split at ``;``."""
    import trafilatura

    found = trafilatura.extract_metadata(content.decode("utf-8", "replace"), default_url=URL)
    authors = [name for name in (found.author or "").split(";") if name.strip()]
    return Answer(found.title, authors, found.date)


_NEWSPAPER = """
import json, sys, newspaper
for line in sys.stdin:
    name, page = json.loads(line)
    article = newspaper.Article("https://news.example/story", fetch_images=False)
    try:
        article.download(input_html=page)
        article.parse()
    except Exception:
        print(json.dumps([name, None, [], None]))
        continue
    date = article.publish_date
    print(json.dumps([name, article.title, article.authors, str(date) if date else None]))
"""


def newspaper_says(python: str, pages: Iterable[Page]) -> dict[str, Answer]:
    """newspaper4k's answers, from another environment."""
    lines = "".join(json.dumps([n, c.decode("utf-8", "replace")]) + "\n" for n, c, _ in pages)
    command = [python, "-W", "ignore", "-c", _NEWSPAPER]
    output = subprocess.run(command, input=lines, text=True, capture_output=True, check=True).stdout
    rows = [json.loads(line) for line in output.splitlines()]
    return {name: Answer(title, authors, date) for name, title, authors, date in rows}


MEASURES = (
    "title",
    "title among claims",
    "day",
    "instant",
    "wall clock",
    "author set",
    "authors among claims",
)


def judge(answer: Answer, truth: dict[str, Any]) -> dict[str, tuple[bool, object, object]]:
    """Which measures are met, with what was said and what is true; None among claims: not asked."""
    date = truth["publishing_date"]
    known = {
        "title": (fold(answer.title or "") == fold(truth["title"]), answer.title, truth["title"]),
        "day": (day_right(answer.published, date), answer.published, date),
        "author set": (
            authors_right(answer.authors, truth["authors"]),
            answer.authors,
            truth["authors"],
        ),
    }
    timed = "instant" if _ZONE.search(date) else "wall clock"
    known[timed] = (instant_right(answer.published, date), answer.published, date)
    if answer.claims is not None:
        titles = [v for c in answer.claims.about("headline") for v in (c.value, c.line())]
        names = author_set(c.value for c in answer.claims.about("author"))
        known["title among claims"] = (
            fold(truth["title"]) in map(fold, titles),
            len(titles),
            truth["title"],
        )
        known["authors among claims"] = (
            author_set(truth["authors"]) <= names,
            sorted(names),
            truth["authors"],
        )
    return known


def table(label: str, pages: list[Page], tools: dict[str, Callable[[str, bytes], Answer]]) -> None:
    """Print how many pages each tool gets right."""
    print(f"\n## {label}: {len(pages)} pages\n")
    print("| measure | of | " + " | ".join(tools) + " |")
    print("|---|---|" + "---|" * len(tools))
    results = {
        tool: [judge(answer(name, content), truth) for name, content, truth in pages]
        for tool, answer in tools.items()
    }
    for measure in MEASURES:
        cells = []
        count = 0
        for rows in results.values():
            asked = [row[measure][0] for row in rows if measure in row]
            count = max(count, len(asked))
            cells.append(str(sum(asked)) if asked else "–")
        print(f"| {measure} | {count} | " + " | ".join(cells) + " |")


def misses(pages: list[Page]) -> None:
    """Print every page on which ours is wrong."""
    for measure in MEASURES:
        print(f"\n### Missed: {measure}\n")
        for name, content, truth in pages:
            row = judge(ours(name, content), truth).get(measure)
            if row and not row[0]:
                print(f"- {name.removesuffix('.html.gz')}: {row[1]!r}, true is {row[2]!r}")


def conflicts(label: str, pages: list[Page]) -> None:
    """Print on how many pages claims contradict each other, and on which properties."""
    found = [{c.property for c in (ours(n, p).claims or Claims()).conflicts()} for n, p, _ in pages]
    counts = Counter(term for terms in found for term in terms)
    by_property = ", ".join(f"{term} {count}" for term, count in sorted(counts.items()))
    print(f"| {label} | {sum(map(bool, found))} of {len(pages)} | {by_property} |")


def texts() -> None:
    """Print the scores of the article text, ours and trafilatura's."""
    import trafilatura

    print("\n## Article text, F1 over shingles of four tokens\n")
    print("| pages | ours | trafilatura, precision | trafilatura, default |\n|---|---|---|---|")
    corpora = {
        "news, 181": news(),
        "attribution, 114": [(n, c, body(t)) for n, c, t in attribution()],
    }
    for label, pages in corpora.items():
        cells = [text_f1((b, extracted(n, c).text or "") for n, c, b in pages)]
        for precise in (True, False):
            found = (
                trafilatura.extract(
                    c.decode("utf-8", "replace"), include_comments=False, favor_precision=precise
                )
                for _, c, _ in pages
            )
            cells.append(text_f1((b, t or "") for (_, _, b), t in zip(pages, found, strict=True)))
        print(f"| {label} | " + " | ".join(f"{f1:.4f}" for _, _, f1 in cells) + " |")


def cost(pages: list[Page]) -> None:
    """Print the CPU time of each step of the extraction, the best of three rounds."""
    _spend(pages)  # loads what is loaded when it is needed
    gc.freeze()  # as a child does that extracts
    rounds = [_spend(pages) for _ in range(3)]
    spent = {step: min(one[step] for one in rounds) / len(pages) for step in rounds[0]}
    whole = sum(spent.values())
    beside = sum(spent[step] for step in ("claims", "reading", "quotations"))
    print("\n## CPU time a page\n\n| step | ms | of all | of the text |\n|---|---|---|---|")
    for step, seconds in (*spent.items(), ("claims, reading, quotations", beside), ("all", whole)):
        parts = f"{seconds / whole:.0%} | {seconds / spent['text']:.0%}"
        print(f"| {step} | {seconds * 1e3:.1f} | {parts} |")


def _spend(pages: list[Page]) -> Counter[str]:
    """The CPU time of each step over all pages, in seconds; each page is parsed anew."""
    from archive.article import shown, signals, text, tree
    from archive.article.extraction import quote
    from archive.article.reading import page as reading

    spent: Counter[str] = Counter()

    def timed(step: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        found = work()
        spent[step] += time.process_time() - start
        return found

    for _, content, _ in pages:
        decoded = decode(content, STORED)
        root = timed("text", partial(tree.parse, decoded.text))
        if isinstance(root, tree.NotHtml):
            continue
        claims = timed("claims", partial(signals.find, content, decoded.encoding, decoded.text))
        timed("reading", partial(shown.show, root))
        blocks = timed("reading", partial(reading.cut, root))
        found = timed("text", partial(text.find_text, root, URL, claims, blocks))
        timed("quotations", partial(quote, found, claims))
        titles = [claim.line() for claim in claims.about("headline")]
        timed("reading", partial(reading.finish, root, URL, blocks, found, titles, is_shown=True))
    return spent


def main(arguments: list[str]) -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--newspaper", type=Path, help="a Python that has newspaper4k")
    parser.add_argument("--no-cost", action="store_true", help="leave the times out")
    parser.add_argument("--no-text", action="store_true", help="leave the scores of the text out")
    chosen = parser.parse_args(arguments)
    pages = attribution()
    tools: dict[str, Callable[[str, bytes], Answer]] = {
        "ours": ours,
        "trafilatura": trafilatura_says,
    }
    if chosen.newspaper:
        answers = newspaper_says(str(chosen.newspaper), pages)
        tools["newspaper4k"] = lambda name, _: answers[name]
    half = first_half([name for name, _, _ in pages])
    table("First half of the publishers", [p for p in pages if p[0] in half], tools)
    table("Second half of the publishers", [p for p in pages if p[0] not in half], tools)
    table("All", pages, tools)
    print("\n## Pages with conflicts\n\n| pages | with conflicts | by property |\n|---|---|---|")
    conflicts("first half", [p for p in pages if p[0] in half])
    conflicts("second half", [p for p in pages if p[0] not in half])
    misses(pages)
    if not chosen.no_text:
        texts()
    if not chosen.no_cost:
        cost(pages)


if __name__ == "__main__":
    main(sys.argv[1:])
