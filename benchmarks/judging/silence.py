"""When silence is judged, and how: pairs of pages by what stands on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.judging.interface import Judged, Page, compare, read
from benchmarks.judging.scoring import Case, Measure, Target, Verdict
from benchmarks.made import ARTICLE_URL, article, lighthouse, read_set, story

import archive

__all__ = ["GRADES", "SILENT"]


@cache
def _walls() -> dict[str, dict[str, Any]]:
    return {wall["name"]: wall for half in ("dev", "held") for wall in read_set("walls", half)}


def _page(language: str, spec: dict[str, Any]) -> Page:
    """The page that a case describes."""
    if "wall" in spec:
        wall = _walls()[spec["wall"]]
        return read(wall["html"], status=wall["status"], fields=wall["fields"], url=wall["url"])
    told = story(language)
    title, paragraphs = told.title, list(told.paragraphs)
    if spec.get("story") == "lighthouse":
        title, paragraphs = lighthouse(language)[0], list(lighthouse(language)[1])
    if "swap" in spec:
        others = iter(lighthouse(language)[1])
        for at in spec["swap"]:
            paragraphs[at] = next(others)
    dropped = spec.get("drop", [])
    paragraphs = [one for at, one in enumerate(paragraphs) if at not in dropped]
    paragraphs = paragraphs[: spec.get("keep")]
    head, put = spec.get("head", ""), spec.get("put", {})
    page = article(told, put, paragraphs=paragraphs, title=title, head=head)
    if spec.get("layout") == "plain":
        page = _redesigned(page)
    url = spec.get("canonical", ARTICLE_URL)
    page = page.replace(f'rel="canonical" href="{ARTICLE_URL}"', f'rel="canonical" href="{url}"')
    if "cut" in spec:
        page = page[: int(len(page) * spec["cut"])]
    limits = ("cut",) if "cut" in spec else ()
    return read(page, url=url if spec.get("story") else ARTICLE_URL, limitations=limits)


def _redesigned(page: str) -> str:
    """The same words in other elements."""
    page = re.sub(r"<(/?)(main|article|header|section|nav)\b", r"<\1div", page)
    page = re.sub(r"<p>(.*?)</p>", r'<div class="k"><p class="z">\1</p></div>', page)
    return page.replace('<div class="text">', '<div id="b7"><div class="q">').replace(
        "</footer>", "</div></footer>"
    )


def _cases(quick: bool) -> Sequence[Case]:
    return [
        Case(case["name"], half, case)
        for half in ("dev", "held")
        for case in read_set("silent", half)[:: 4 if quick else 1]
    ]


def _judge(case: Case) -> Iterator[Verdict]:
    pair = case.data
    language = pair["language"]
    before, after = _page(language, pair["before"]), _page(language, pair["after"])
    others = []
    if "others" in pair:
        spec = {**pair["others"], "story": "lighthouse", "canonical": ARTICLE_URL + "-2"}
        others = [_page(language, spec), _page(language, {**spec, "keep": 2})]
    judged = compare(before, after, others)
    told = f"{pair['why']}: {judged.tell()}"
    figure = f"silent-{str(pair['silent']).lower()}"
    yield Verdict(figure, case.name, case.half, _is_right(judged, pair["silent"]), told)
    if pair["same"] != "any":
        right = judged.same is pair["same"]
        yield Verdict("silent-same", case.name, case.half, right, told)


def _is_right(judged: Judged, wanted: bool | None) -> bool:
    """Where there is no change at all, any answer but an accusation is right."""
    if wanted is False and judged.same:
        return judged.silent is not True
    if wanted is None and judged.same:
        return judged.silent is None
    return judged.silent is wanted


SILENT = Measure(
    "silent",
    _cases,
    _judge,
    {
        "silent-true": Target("silent edits called silent", misses=0),
        "silent-false": Target("edits with a note or a later date, and no edits", misses=0),
        "silent-none": Target("pairs that cannot be judged, not judged", misses=0),
        "silent-same": Target("of all these, changed or not as they are", misses=0),
    },
)

_URL = "https://news.example/2026/06/story"


def _grades(quick: bool) -> Sequence[Case]:
    return [Case(language, half, language) for language, half in (("en", "dev"), ("de", "held"))]


def _judge_grades(case: Case) -> Iterator[Verdict]:
    """Imports are never judged: not two pages, not an older text beside a page."""
    told = story(case.data)
    edited = [*told.paragraphs[:2], *told.paragraphs[3:]]
    with TemporaryDirectory() as folder:
        first, second, text = (Path(folder, name) for name in ("1.html", "2.html", "3.txt"))
        first.write_text(article(told), "utf-8")
        second.write_text(article(told, paragraphs=edited), "utf-8")
        text.write_text("\n".join(told.paragraphs[:3]), "utf-8")
        with archive.open(Path(folder, "c"), create=True) as collection:
            captures = [
                collection.import_file(first, _URL),
                collection.import_file(second, _URL),
                collection.import_file(text, _URL, date="2024-08-10"),
            ]
            for one, two in ((0, 1), (1, 2), (0, 2)):
                judged = Judged(collection.compare(captures[one], captures[two]))
                name = f"{case.name}, {one + 1} and {two + 1}"
                right = judged.silent is None
                yield Verdict("grades", name, case.half, right, judged.tell())


GRADES = Measure(
    "grades",
    _grades,
    _judge_grades,
    {"grades": Target("imports compared in a collection, not judged", misses=0)},
)
