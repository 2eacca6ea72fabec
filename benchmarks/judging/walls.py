"""Pages that are not the article: suspected, and never called somebody's edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.judging import corpus
from benchmarks.judging.interface import Page, compare, read
from benchmarks.judging.scoring import Case, Measure, Target, Verdict
from benchmarks.made import article, lighthouse, read_set, story

__all__ = ["ARTICLES", "REAL", "WALLS"]


def _walls(quick: bool) -> Sequence[Case]:
    return [
        Case(case["name"], half, case)
        for half in ("dev", "held")
        for case in read_set("walls", half)[:: 4 if quick else 1]
    ]


def _before(case: dict[str, str]) -> Page:
    if "before" in case:
        title, paragraphs = lighthouse(case["before"])
        return read(article(story(case["before"]), title=title, paragraphs=paragraphs))
    return read(article(story(case["language"])))


def _judge_wall(case: Case) -> Iterator[Verdict]:
    wall = case.data
    page = read(wall["html"], status=wall["status"], fields=wall["fields"], url=wall["url"])
    reason = page.suspicion
    before = _before(wall)
    later, earlier = compare(before, page), compare(page, before)
    if wall["suspected"]:
        yield Verdict("walls", case.name, case.half, reason is not None, "not suspected")
        for which, judged in (("after", later), ("before", earlier)):
            right = judged.silent is not True
            yield Verdict("accused", f"{case.name}, {which}", case.half, right, judged.tell())
        return
    yield Verdict("no-wall", case.name, case.half, reason is None, f"suspected: {reason}")
    state = wall["state"]
    if state == "edited":
        right = not later.same and later.silent is True
        yield Verdict("gutted", case.name, case.half, right, later.tell())
        return
    named = state in (later.state, later.twin)
    yield Verdict("named", case.name, case.half, named, later.tell())
    if state in ("amp", "print", "translated"):
        right = later.silent is not True
        yield Verdict("accused-twin", case.name, case.half, right, later.tell())


WALLS = Measure(
    "walls",
    _walls,
    _judge_wall,
    {
        "walls": Target("made pages that are not the article, suspected", share=97),
        "accused": Target("comparisons with them that accuse nobody", misses=0),
        "no-wall": Target("twins, translations, replaced, gutted: not suspected", misses=0),
        "gutted": Target("gutted articles called an edit, and silent", misses=0),
        "named": Target("twins, translations, replacements named", misses=0),
        "accused-twin": Target("twins and translations that accuse nobody", misses=0),
    },
)


def _articles(quick: bool) -> Sequence[Case]:
    return [
        Case(case["name"], half, case)
        for half in ("dev", "held")
        for case in read_set("articles", half)[:: 4 if quick else 1]
    ]


def _judge_article(case: Case) -> Iterator[Verdict]:
    reason = read(case.data["html"]).suspicion
    yield Verdict("articles", case.name, case.half, reason is None, f"suspected: {reason}")


ARTICLES = Measure(
    "articles",
    _articles,
    _judge_article,
    {"articles": Target("whole articles that have something of a wall, not suspected", misses=0)},
)


def _judge_real(case: Case) -> Iterator[Verdict]:
    reason = read(corpus.load(case.name).bytes).suspicion
    yield Verdict("real", case.name, case.half, reason is None, f"suspected: {reason}")


REAL = Measure(
    "real",
    corpus.cases,
    _judge_real,
    {"real": Target("real pages, not suspected", misses=2)},
)
