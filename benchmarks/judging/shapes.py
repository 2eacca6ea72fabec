"""One sentence in every markup: its edit is found where a reader sees it.

What a reader sees is what headless Chromium says is there (`fixtures/verdicts/shown.py`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from benchmarks.judging.interface import compare, read
from benchmarks.judging.scoring import Case, Measure, Target, Verdict
from benchmarks.made import SETS, article, read_set, story

__all__ = ["EDITS", "POSITIONS", "SENTENCE", "SHELLS", "SIGHT", "STRUCTURES", "fill"]

SENTENCE = "The mayor took the money that was meant for the pier, the county court found on Monday."
"""What stands in the markup."""

EDITS = {
    "negation": (SENTENCE, SENTENCE.replace("took", "did not take"), "did not take"),
    "number": (
        "The pier has cost the county 14 million, the auditors wrote in their second report.",
        "The pier has cost the county 41 million, the auditors wrote in their second report.",
        "41",
    ),
    "short": ("No.", "Yes.", "Yes"),
}
"""Before, after, and the words that a change has to have."""


def fill(shape: str, sentence: str) -> str:
    """A piece of markup with a sentence in its place."""
    return shape.replace("{}", sentence)


def _ordinary(place: str) -> Callable[..., str]:
    """A page with an article, and the markup in one of its places."""

    def page(inner: str, head: str = "") -> str:
        return article(story("en"), {place: inner}, head=head)

    return page


def _plain(container: str, at: int | None) -> Callable[..., str]:
    """A page that names nothing but perhaps its main part, the markup before a paragraph, or last.

    Its first line after the headline is who wrote it.
    """

    def page(inner: str, head: str = "") -> str:
        told = story("en")
        lines = [f"<p>{line}</p>" for line in told.paragraphs]
        lines.insert(len(lines) if at is None else at, inner)
        links = "".join(f'<a href="/section/{n}">{name}</a> ' for n, name in enumerate(told.nav))
        return (
            f"<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8><title>{told.title}</title>"
            f"{head}</head>\n<body><div id=top>{links}</div>\n"
            f"<{container} id=page><h1>{told.title}</h1>\n<p>{told.byline}</p>\n"
            + "\n".join(lines)
            + f"\n</{container}>\n<div id=end>{told.foot}</div></body></html>\n"
        )

    return page


SHELLS = {"ordinary": _ordinary("middle"), "plain": _plain("div", 3)}
"""The pages around the markup."""

POSITIONS = {
    **SHELLS,
    "ordinary, first": _ordinary("start"),
    "ordinary, last": _ordinary("end"),
    "plain, first": _plain("div", 0),
    "plain, last": _plain("div", None),
    "main, first": _plain("main", 0),
    "main, middle": _plain("main", 3),
    "main, last": _plain("main", None),
    "one article, last": _plain("article", None),
}
"""The same with the markup before, between and behind the paragraphs, by what is around these."""


def _seen() -> set[str]:
    found: dict[str, Any] = json.loads((SETS / "shown.json").read_bytes())
    return set(found["structures"])


def _structures(quick: bool) -> Sequence[Case]:
    seen = _seen()
    return [
        Case(f"{shape['name']}, {shell}", half, (shape, shell))
        for half in ("dev", "held")
        for shape in read_set("structures", half)[:: 5 if quick else 1]
        for shell in POSITIONS
        if shape["name"] in seen
    ]


def _judge_structure(case: Case) -> Iterator[Verdict]:
    shape, shell = case.data
    for edit, (old, new, words) in EDITS.items():
        before, after = (read(POSITIONS[shell](fill(shape["html"], text))) for text in (old, new))
        judged = compare(before, after)
        name = f"{case.name}, {edit}"
        if shape["place"] == "beside":
            yield Verdict("beside", name, case.half, judged.same, judged.tell())
            continue
        right = not judged.same and bool(judged.touching(words))
        figure = "structures-short" if edit == "short" else "structures"
        yield Verdict(figure, name, case.half, right, judged.tell())


STRUCTURES = Measure(
    "structures",
    _structures,
    _judge_structure,
    {
        "structures": Target("edits in every markup that the browser shows, found", misses=0),
        "structures-short": Target("the same, “No.” to “Yes.”", misses=0),
        "beside": Target("edits in nav, form, button, label, svg: none of the article's", misses=0),
    },
)


def _ways(quick: bool) -> Sequence[Case]:
    return [
        Case(f"{way['name']}, {shell}", half, (way, shell))
        for half in ("dev", "held")
        for way in read_set("sight", half)[:: 4 if quick else 1]
        for shell in SHELLS
    ]


def _judge_way(case: Case) -> Iterator[Verdict]:
    way, shell = case.data
    said = read(SHELLS[shell](fill("<p>{}</p>", SENTENCE)))
    other = read(SHELLS[shell](fill(way["html"], SENTENCE), way["head"]))
    figure = {"hidden": "hidden", "shown": "shown", "struck": "struck", "unseen": "unseen"}
    for which, judged in (("gone", compare(said, other)), ("come", compare(other, said))):
        name = f"{case.name}, {which}"
        hit = judged.touching(SENTENCE)
        found = not judged.same and bool(hit)
        right = {
            "hidden": found,
            "shown": judged.same,
            "unseen": judged.same,
            "struck": found and any(change.struck for change in hit),
        }[way["says"]]
        yield Verdict(figure[way["says"]], name, case.half, right, judged.tell())


SIGHT = Measure(
    "sight",
    _ways,
    _judge_way,
    {
        "hidden": Target("paragraphs that HTML or inline style hides, found", misses=0),
        "shown": Target("paragraphs shown in another way, no change", misses=0),
        "struck": Target("paragraphs struck out, found and marked", misses=0),
        "unseen": Target("hidden by style sheet, size, place: not seen, as documented", misses=0),
    },
)
