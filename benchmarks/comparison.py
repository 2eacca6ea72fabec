"""Measure the comparison: edits found and named, noise left out, cost.

    python benchmarks/comparison.py [--half tuned|held-out] [--rounds N] [--misses] [--only PART]

Edits and noise are injected into the HTML of the pages (`edits`, `distractions`), both sides are
extracted, and what `compare_sides` says is held against what was injected. The smallest edit of the
words of the two texts (Indel) is the truth for how many words changed. An edit that the extraction
shows on neither side, because it leaves that paragraph out of both texts, does not count; how many
these are is printed. Every comparison of an edited page has all filters on, with the texts of two
other pages as the host's.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import statistics
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from attrs import Factory, define, evolve, frozen
from rapidfuzz.distance import Indel

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import distractions, pages
from benchmarks.claim_edits import CLAIMED
from benchmarks.edits import TEXT, Draft, Edit, Impossible, flat
from benchmarks.hard_edits import HARD

from archive.article import Claims, Extraction, decode, extract, extractor, tree
from archive.article.claims import Claim
from archive.comparison import Host, Side, compare_sides, read_side
from archive.comparison.result import Change, Comparison

__all__ = ["Score", "main"]

Kinds = dict[str, Callable[[Draft], Edit]]

_URL = "https://news.example/story"
_TOKEN = re.compile(r"\w+|[^\w\s]")
_CACHE = Path(tempfile.gettempdir()) / "article-archive-comparison"


@frozen
class Page:
    """A page: its name, tree, language and text as extracted."""

    name: str
    root: object
    language: str
    text: str


@define
class Score:
    """Counts over some pages."""

    edits: Counter[str] = Factory(Counter)
    found: Counter[str] = Factory(Counter)
    right: Counter[str] = Factory(Counter)
    unseen: int = 0
    changes: int = 0
    unexplained: int = 0
    ratios: list[float] = Factory(list)
    languages: set[str] = Factory(set)
    most: list[int] = Factory(list)
    misses: list[str] = Factory(list)


def extract_once(content: bytes) -> Extraction:
    """Extract a page, or take what was extracted from the same bytes by the same extractor."""
    name = hashlib.sha256(content + extractor().id.encode()).hexdigest()
    path = _CACHE / name[:2] / name
    if path.exists():
        kept = json.loads(path.read_bytes())
        claims = Claims(tuple(Claim.from_json(claim) for claim in kept["claims"]))
        outcome = "ok" if kept["text"] else "none"
        return Extraction(outcome, None, kept["text"], claims, None, extractor())
    found = extract(content, pages.STORED, _URL)
    path.parent.mkdir(parents=True, exist_ok=True)
    members = {"text": found.text, "claims": [claim.to_json() for claim in found.claims]}
    path.write_text(json.dumps(members))
    return found


def load(half: str) -> Iterator[Page]:
    """The pages of one half of the publishers, or of both."""
    known = [(name, content) for name, content, _ in pages.news()]
    known += [(name, content) for name, content, _ in pages.attribution()]
    tuned = pages.first_half([name for name, _ in known])
    for name, content in known:
        if half != "both" and (name in tuned) != (half == "tuned"):
            continue
        root = tree.parse(decode(content, pages.STORED).text)
        found = extract_once(content)
        if not isinstance(root, tree.NotHtml) and found.text:
            yield Page(name, root, Side.of(found).code() or "en", found.text)


def side(content: bytes) -> Side:
    """One side, from the bytes of a page."""
    return read_side(content, pages.STORED, _URL, extract_once(content))


def seed(name: str, turn: int) -> random.Random:
    """Randomness that is the same in every run."""
    return random.Random(zlib.crc32(f"{name} {turn}".encode()))


def inject(
    page: Page, kinds: dict[str, Callable[[Draft], Edit]], turn: int
) -> tuple[Draft, list[Edit]]:
    """Make three to five edits of different kinds in a page."""
    chance = seed(page.name, turn)
    draft = Draft.of(page.root, page.language, page.text, chance)
    order = list(kinds)
    chance.shuffle(order)
    made: list[Edit] = []
    for kind in order:
        if len(made) >= 3 + chance.randrange(3):
            break
        try:
            made.append(kinds[kind](draft))
        except Impossible:
            continue
    return draft, made


def measure(known: Sequence[Page], kinds: Kinds, rounds: int, first: int) -> Score:
    """Inject, compare, score."""
    score = Score()
    for at, page in enumerate(known):
        host = Host.of(known[(at + step) % len(known)].text for step in (1, 2))
        before = side(Draft.of(page.root, page.language, page.text, seed("", 0)).serialise())
        for turn in range(rounds):
            draft, made = inject(page, kinds, first + turn)
            if not made:
                continue
            after = side(draft.serialise())
            comparison = compare_sides(before, after, host=host)
            score.languages.add(page.language)
            _score(score, page, before, after, made, comparison)
    return score


def _score(
    score: Score, page: Page, before: Side, after: Side, made: list[Edit], comparison: Comparison
) -> None:
    shown = [edit for edit in made if _shows(edit, before, after)]
    score.unseen += len(made) - len(shown)
    score.most.append(len(shown))
    texts = before.text or "", after.text or ""
    for edit in shown:
        score.edits[edit.kind] += 1
        told = (*comparison.changes, *comparison.beside)
        hit = [change for change in told if _meets(edit, change, texts)]
        score.found[edit.kind] += bool(hit)
        named = {name for change in hit for name in change.classes}
        right = edit.wanted <= named
        score.right[edit.kind] += right
        if not right:
            score.misses.append(
                f"{page.name}: {edit.kind}: {sorted(named) or 'not found'}: {_piece(edit)}"
            )
    for change in comparison.changes:
        score.changes += 1
        meant = [edit for edit in made if _meets(edit, change, texts)]
        explained = {name for edit in meant for name in _explained(edit)}
        extra = set(change.classes) - explained
        if extra:
            score.unexplained += 1
            kinds = [edit.kind for edit in meant]
            score.misses.append(
                f"{page.name}: unexplained {sorted(extra)} of {kinds}: {_words(change)}"
            )
    _score_words(score, page, before, after, comparison)


def _shows(edit: Edit, before: Side, after: Side) -> bool:
    """Whether the extraction shows an edit on a side at all."""
    if edit.part != "text":
        return True
    one, two = flat(before.text or ""), flat(after.text or "")
    gone, come = flat(edit.old), flat(edit.new)
    if edit.kind in ("paragraph-moved", "moved-edited"):
        return gone in one and come in two and before.text != after.text
    return (bool(gone) and gone in one and gone not in two) or (
        bool(come) and come in two and come not in one
    )


def _tight(text: str) -> str:
    return "".join(text.split())


def _range(text: str, line: str, other: str) -> tuple[int, int] | None:
    """Where in a text without white space the part of a line stands that the other has not."""
    tight, one, two = _tight(text), _tight(line), _tight(other)
    at = tight.find(one) if one else -1
    if at < 0:
        return None
    most = min(len(one), len(two))
    head = next((n for n in range(most) if one[n] != two[n]), most)
    tail = next((n for n in range(most - head) if one[-1 - n] != two[-1 - n]), most - head)
    return (at, at + len(one)) if one == two else (at + head, at + len(one) - tail)


def _covers(text: str, span: tuple[int, int], place: tuple[int, int] | None) -> bool:
    if place is None or span[0] == span[1]:
        return False
    start, end = len(_tight(text[: span[0]])), len(_tight(text[: span[1]]))
    return start <= place[1] and place[0] <= end and (place[0] < end or place[1] > start)


def _meets(edit: Edit, change: Change, texts: tuple[str, str]) -> bool:
    """Whether a change is where an edit was made."""
    if edit.part == "text":
        return _meets_text(edit, change, texts)
    if edit.part == "title":
        return edit.old in change.before or change.after == edit.new or edit.new in change.after
    if edit.part == "standfirst":
        return edit.old in change.before or edit.new in change.after
    if edit.part == "page":
        return change.part == "page" and edit.old in change.before
    return edit.old[:10] in change.before or edit.new[:10] in change.after


def _meets_text(edit: Edit, change: Change, texts: tuple[str, str]) -> bool:
    if change.part == "page":
        return bool(edit.old) and change.before.partition(" → ")[0] in edit.old
    if change.part == "claims" and edit.kind in ("correction", "survives"):
        return flat(edit.new or edit.old)[:40] in flat(change.after + change.before)
    if change.part == "reading":
        return _meets_words(edit, change)
    whole = edit.kind == "moved-edited"
    ranges = (
        _range(texts[0], edit.old, edit.old if whole else edit.new),
        _range(texts[1], edit.new, edit.new if whole else edit.old),
    )
    return change.part == "text" and (
        _covers(texts[0], change.before_span, ranges[0])
        or _covers(texts[1], change.after_span, ranges[1])
    )


def _meets_words(edit: Edit, change: Change) -> bool:
    """Whether a change that has no place in the texts has the words of an edit, and where."""
    lines = _tight(edit.old), _tight(edit.new)
    passages = _tight(change.before), _tight(change.after)
    return any(
        bool(passage) and (passage in line or line in passage)
        for line, passage in zip(lines, passages, strict=True)
        if line
    )


def _explained(edit: Edit) -> set[str]:
    """The classes that an edit accounts for; a byline may stand in the text as well."""
    if edit.kind == "byline":
        return {"byline", "name", "attribution", "claim-only"}
    found = set(edit.wanted | edit.allowed)
    line = edit.old + edit.new
    if re.search(r"[“”„«»\"‘’']", line):
        found |= {"quotation-changed"} if edit.old and edit.new else set()
        found |= {"quotation-added"} if not edit.old else set()
        found |= {"quotation-removed"} if not edit.new else set()
    return found | {"link", "standfirst"}


def _words(change: Change) -> str:
    ops = [f"{op.before[:60]!r} → {op.after[:60]!r}" for op in change.operations[:3]]
    return "; ".join(ops) or f"{change.before[:80]!r} → {change.after[:80]!r}"


def _piece(edit: Edit) -> str:
    ranges = _range(edit.old, edit.old, edit.new), _range(edit.new, edit.new, edit.old)
    sides = zip((edit.old, edit.new), ranges, strict=True)
    return " → ".join(
        repr(_tight(line)[max(0, place[0] - 20) : place[1] + 20][:80]) if place else "''"
        for line, place in sides
    )


def _score_words(
    score: Score, page: Page, before: Side, after: Side, comparison: Comparison
) -> None:
    """How many words are said to have changed, by the smallest number."""
    one, two = _TOKEN.findall(before.text or ""), _TOKEN.findall(after.text or "")
    least = Indel.distance(one, two)
    ours = 0
    for change in comparison.changes:
        if change.part != "text":
            continue
        if "paragraph-moved" in change.classes:
            ours += len(_TOKEN.findall(change.before)) + len(_TOKEN.findall(change.after))
        else:
            for op in change.operations:
                ours += len(_TOKEN.findall(op.before)) + len(_TOKEN.findall(op.after))
    if least:
        score.ratios.append(ours / least)
        if ours > 1.2 * least:
            score.misses.append(f"{page.name}: {ours} words for {least}")


def measure_outside(known: Sequence[Page]) -> tuple[int, list[str]]:
    """Pages altered outside the body that are said to have changed."""
    misses: list[str] = []
    for page in known:
        sides = []
        for turn in (1, 2):
            draft = Draft.of(page.root, page.language, page.text, seed(page.name, turn))
            distractions.outside(draft)
            sides.append(side(draft.serialise()))
        _note(misses, page, compare_sides(*sides))
    return len(known), misses


def measure_inside(known: Sequence[Page]) -> tuple[int, list[str]]:
    """Pages with distractions inside the body that are said to have changed."""
    misses: list[str] = []
    for at, page in enumerate(known):
        texts = []
        for other in (2, 3):
            neighbour = evolve(known[(at + other) % len(known)], language=page.language)
            texts.append(side(_distracted(neighbour, page.name, other)).text or "")
        sides = [side(_distracted(page, page.name, number)) for number in (0, 1)]
        _note(misses, page, compare_sides(*sides, host=Host.of(texts)))
    return len(known), misses


def _distracted(page: Page, host: str, number: int) -> bytes:
    draft = Draft.of(page.root, page.language, page.text, seed(page.name, number))
    distractions.inside(draft, seed(host, 0), number)
    return draft.serialise()


def measure_pairs() -> list[str]:
    """What is said of the six labelled pairs, a line each; pages of the same site are one host."""
    told: list[str] = []
    for name in pages.PAIRS:
        sides = [
            read_side(content, None, url, extract(content, None, url))
            for content, url in pages.pair(name)
        ]
        comparison = compare_sides(*sides)
        told.append(f"{name}: {comparison.summary()}")
    return told


def _note(misses: list[str], page: Page, comparison: Comparison) -> None:
    if comparison.changes or not comparison.same:
        told = "; ".join(f"{c.classes} {_words(c)}" for c in comparison.changes[:3])
        misses.append(f"{page.name} ({page.language}): {told or comparison.state}")


def _print_edits(title: str, score: Score) -> None:
    total = score.edits.total()
    found, right = score.found.total() / total, score.right.total() / total
    ratios = sorted(score.ratios)
    p95 = ratios[int(0.95 * len(ratios))]
    print(
        f"{title}: {total} edits of {len(score.edits)} kinds in {len(score.languages)} languages, "
        f"{statistics.mean(score.most):.1f} at once, {score.unseen} not in either text\n"
        f"  found {found:.2%}, right class {right:.2%}, "
        f"unexplained {score.unexplained / score.changes:.2%} of {score.changes} changes, "
        f"words: median {statistics.median(ratios):.2f}, p95 {p95:.2f}, most {ratios[-1]:.2f}"
    )
    for kind, count in sorted(score.edits.items()):
        print(f"    {kind:18} {count:4} found {score.found[kind]:4} right {score.right[kind]:4}")


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tuned", "held-out", "both"), default="tuned")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    parser.add_argument("--only", default="plain,hard,outside,inside,pairs")
    options = parser.parse_args()
    known = list(load(options.half))
    wanted = options.only.split(",")
    for name, kinds, first in (("plain", {**TEXT, **CLAIMED}, 0), ("hard", HARD, 100)):
        if name in wanted:
            score = measure(known, kinds, options.rounds, first)
            _print_edits(f"{name} edits", score)
            if options.misses:
                print(*(f"  - {miss}" for miss in score.misses), sep="\n")
    for name, run in (("outside", measure_outside), ("inside", measure_inside)):
        if name in wanted:
            count, misses = run(known)
            print(f"no edit, {name}: {count - len(misses)} of {count} unchanged")
            if options.misses:
                print(*(f"  - {miss}" for miss in misses), sep="\n")
    if "pairs" in wanted:
        print(*measure_pairs(), sep="\n")


if __name__ == "__main__":
    main()
