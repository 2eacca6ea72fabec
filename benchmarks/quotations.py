"""Score the quotations found in the labelled pages, and time them.

    python benchmarks/quotations.py [--shared FOLDER] [--misses]

Prints one table for each half of the labels and one for both. Spans are right when both ends are.
A speaker is right when it is one of the labelled mentions, or another mention of the same name
(one name's words within the other's, same last word), and `inferred` is as labelled. A speaker
given to a quotation that has none, or to words that are none, is wrong. The rules of labelling
stand in fixtures/quotations/README.md.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import Factory, define, frozen

from archive.article import extract
from archive.article.quotations import Quotation
from archive.article.quotations.finding import find_quotations

__all__ = ["Page", "Score", "digest", "labelled", "load", "score"]

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "fixtures" / "quotations" / "labels.json"
TARGETS = """\
targets: double P .99 R .98; single and dash P .95 R .85; speakers: English P .97 R .92, others
P .95 R .70; with claims and reading at most 30 % of an extraction's CPU"""
_ARTICLES = frozenset(
    [
        "the",
        "a",
        "an",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "einer",
        "la",
        "le",
        "el",
        "o",
        "den",
        "det",
        "une",
        "un",
    ]
)


@frozen
class Page:
    """A labelled page: its entry in the labels, its text and its quotations as extracted now."""

    label: dict[str, Any]
    text: str
    quotations: tuple[Quotation, ...]

    @property
    def is_same(self) -> bool:
        """Whether the text is the one that was labelled."""
        return bool(digest(self.text) == self.label["sha256"])


@define
class Score:
    """Counts over some pages: found and labelled spans by kind, speakers by language, misses."""

    spans: dict[tuple[str, str], int] = Factory(dict)
    speakers: dict[tuple[str, str], int] = Factory(dict)
    misses: list[str] = Factory(list)

    def precision_recall(self, counts: dict[tuple[str, str], int], key: str) -> tuple[float, float]:
        """Right among found, right among labelled; 1 where there is nothing to count."""
        right, found, wanted = (counts.get((key, what), 0) for what in ("right", "found", "wanted"))
        return (right / found if found else 1.0), (right / wanted if wanted else 1.0)


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as the labels have it."""
    return hashlib.sha256(text.encode()).hexdigest()


def labelled() -> list[dict[str, Any]]:
    """The labels, a page each."""
    pages: list[dict[str, Any]] = json.loads(LABELS.read_bytes())["pages"]
    return pages


def load(shared: Path) -> Iterator[Page]:
    """Extract the labelled pages.

    Args:
        shared: the folder of the shared data.
    """
    for label in labelled():
        content = gzip.decompress((shared / "corpus" / "pages" / label["page"]).read_bytes())
        found = extract(content, "text/html; charset=utf-8", "https://news.example/story")
        yield Page(label, found.text or "", found.quotations.entries)


def score(pages: Sequence[Page]) -> Score:
    """Compare what is found in these pages with their labels."""
    result = Score()
    for page in pages:
        found = {(one.start, one.end): one for one in page.quotations}
        wanted = {(one["start"], one["end"]): one for one in page.label["quotations"]}
        _score_spans(result, page, set(found), set(wanted))
        language = "English" if page.label["language"] == "en" else "others"
        for span in set(found) | set(wanted):
            _score_speaker(result, page, language, found.get(span), wanted.get(span))
    result.misses.sort()
    return result


def _score_spans(
    result: Score, page: Page, found: set[tuple[int, int]], wanted: set[tuple[int, int]]
) -> None:
    for span in found | wanted:
        kind = "double" if page.text[span[0]] in '“”„"«»「『' else "single, dash"
        _count(result.spans, kind, "found", span in found)
        _count(result.spans, kind, "wanted", span in wanted)
        _count(result.spans, kind, "right", span in found and span in wanted)
        if span not in found or span not in wanted:
            what = "missed" if span in wanted else "none there"
            result.misses.append(f"{page.label['page']} {span}: {kind} {what}")


def _score_speaker(
    result: Score,
    page: Page,
    language: str,
    found: Quotation | None,
    wanted: dict[str, Any] | None,
) -> None:
    mentions = wanted["speakers"] if wanted else []
    given = found is not None and found.speaker is not None
    right = bool(
        found
        and wanted
        and found.inferred == wanted["inferred"]
        and any(_is_same(page.text, found, mention) for mention in mentions)
    )
    _count(result.speakers, language, "found", given)
    _count(result.speakers, language, "wanted", bool(mentions))
    _count(result.speakers, language, "right", right)
    if right or not (given or mentions):
        return
    names = " | ".join(page.text[one["start"] : one["end"]] for one in mentions) or "none"
    place = (found.start, found.end) if found else (wanted or {}).get("start")
    said = f"{found.speaker}{' (inferred)' if found.inferred else ''}" if found else "not found"
    result.misses.append(f"{page.label['page']} {place}: speaker {said}, labelled {names}")


def _count(counts: dict[tuple[str, str], int], key: str, what: str, holds: bool) -> None:
    counts[key, what] = counts.get((key, what), 0) + holds


def _is_same(text: str, found: Quotation, mention: dict[str, Any]) -> bool:
    if found.speaker is None or found.speaker_span is None:
        return False
    start, end = found.speaker_span
    ours, theirs = _words(found.speaker), _words(text[mention["start"] : mention["end"]])
    within = f" {' '.join(ours)} " in f" {' '.join(theirs)} "
    around = f" {' '.join(theirs)} " in f" {' '.join(ours)} "
    overlap = start < mention["end"] and mention["start"] < end
    return (within or around) and (overlap or ours[-1] == theirs[-1])


def _words(name: str) -> list[str]:
    words = [word.strip(".,").lower() for word in name.split()]
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def _print(title: str, pages: Sequence[Page], misses: bool) -> None:
    result = score(pages)
    print(f"{title}: {len(pages)} pages")
    tables = ((result.spans, ("double", "single, dash")), (result.speakers, ("English", "others")))
    for counts, keys in tables:
        for key in keys:
            precision, recall = result.precision_recall(counts, key)
            wanted = counts.get((key, "wanted"), 0)
            print(f"  {key:14} precision {precision:.3f}  recall {recall:.3f}  of {wanted}")
    if misses:
        print(*(f"  - {miss}" for miss in result.misses), sep="\n")


def _time(texts: Sequence[str]) -> float:
    """The least CPU milliseconds of five runs, for 800 words."""
    best = float("inf")
    for _ in range(5):
        begin = time.process_time()
        for text in texts:
            find_quotations(text)
        best = min(best, time.process_time() - begin)
    return best * 1000 * 800 / sum(len(text.split()) for text in texts)


def main() -> None:
    """Read the pages, print the tables, the speed, and the share of an extraction."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("ARTICLE_ARCHIVE_SHARED", str(ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=Path(default))
    parser.add_argument("--misses", action="store_true", help="list what is wrong or missing")
    options = parser.parse_args()
    list(load(options.shared))  # what is loaded once shall not count as extraction
    begin = time.process_time()
    pages = list(load(options.shared))
    extraction = (time.process_time() - begin) * 1000 / len(pages)
    for page in pages:
        if not page.is_same:
            print(f"SKIPPED, its text is not the one labelled: {page.label['page']}")
    same = [page for page in pages if page.is_same]
    for half in ("tuned", "held-out"):
        _print(half, [page for page in same if page.label["half"] == half], options.misses)
    _print("both", same, misses=False)
    print(TARGETS)
    cost = _time([page.text for page in pages])
    print(f"speed: {cost:.2f} ms for 800 words; an extraction takes {extraction:.1f} ms here")


if __name__ == "__main__":
    main()
