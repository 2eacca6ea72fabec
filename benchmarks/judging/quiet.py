"""Pages that nobody edited are quiet, and nobody is accused."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.judging import corpus, noise
from benchmarks.judging.interface import Page, compare, flat, read, tight
from benchmarks.judging.scoring import Case, Measure, Target, Verdict
from benchmarks.made import article, story
from lxml import html as lxml_html

__all__ = ["LAYOUT", "NOISE"]


def _noisy(real: corpus.Real, kind: str, number: int, half: str) -> bytes | None:
    """A page with noise of some kinds, of one capture; None where it has no three paragraphs."""
    root = real.copied()
    lines = real.lines(root)
    if len(lines) < 3:
        return None
    capture = corpus.seed(real.name, (kind, number))
    place = noise.Place(root, lines, real.language, half, real.name, capture, number)
    for put in noise.KINDS.get(kind, (noise.put_outside,)):
        put(place)
    return corpus.serialise(root)


def _other(real: corpus.Real, half: str, number: int) -> Page:
    """Another page of the host: a made one with the noise that the host's pages have."""
    language = real.language
    try:
        told = story(language)
    except KeyError:
        told = story("en")
    root = lxml_html.document_fromstring(article(told).encode())
    wanted = {tight(one) for one in told.paragraphs}
    lines = [p for p in root.iter("p") if tight(p.text_content()) in wanted]
    capture = corpus.seed(real.name, f"other {number}")
    place = noise.Place(root, lines, language, half, real.name, capture, number)
    for put in noise.KINDS["all"]:
        put(place)
    return read(corpus.serialise(root), url=f"https://news.example/2026/06/{number}")


def _singles(name: str) -> tuple[str, str]:
    """Which two of the four kinds a page gets by themselves: each half of the pages two."""
    return (
        ("counters", "cards") if corpus.seed(name, "kinds").random() < 0.5 else ("times", "links")
    )


def _judge_noise(case: Case) -> Iterator[Verdict]:
    real = corpus.load(case.name)
    for kind in (*_singles(case.name), "bars", "without-house", "all", "outside"):
        made = [_noisy(real, kind, number, case.half) for number in (0, 1)]
        if None in made:
            return
        sides = [read(content) for content in made if content is not None]
        judged = compare(*sides)
        told = f"({real.language}) {judged.tell()}"
        if kind == "all":
            yield Verdict("all", case.name, case.half, judged.silent is not True, told)
            others = [_other(real, case.half, number) for number in (2, 3)]
            known = compare(*sides, others)
            told = f"({real.language}) {known.tell()}"
            yield Verdict("all-known", case.name, case.half, known.same, told)
            continue
        yield Verdict(kind, case.name, case.half, judged.same, told)


NOISE = Measure(
    "noise",
    corpus.cases,
    _judge_noise,
    {
        "counters": Target("real pages with other counters, quiet", share=97),
        "times": Target("real pages with other times, quiet", share=97),
        "links": Target("real pages with other lists of stories (links), quiet", share=97),
        "cards": Target("real pages with other lists of stories (with words), quiet", share=97),
        "bars": Target(
            "real pages with other tickers, share bars, advertisements, quiet", share=97
        ),
        "all": Target("real pages with all of it at once, nobody accused", share=97),
        "without-house": Target("the same without house advertisements, quiet", share=80),
        "all-known": Target("all of it, two other pages of the host known, quiet", share=98),
        "outside": Target("real pages altered outside the article, quiet", share=100),
    },
)


def _judge_layout(case: Case) -> Iterator[Verdict]:
    real = corpus.load(case.name)
    for kind in ("hashed", "wrapped", "hashed-wrapped"):
        root = real.copied()
        if "wrapped" in kind:
            noise.wrap_paragraphs(root, real.lines(root))
        if "hashed" in kind:
            noise.hash_classes(root)
        judged = compare(real.page, read(corpus.serialise(root)))
        yield Verdict(kind, case.name, case.half, judged.same, flat(judged.tell()))


LAYOUT = Measure(
    "layout",
    corpus.cases,
    _judge_layout,
    {
        "hashed": Target("real pages with other class names, quiet", share=99),
        "wrapped": Target("real pages with wrapped paragraphs, quiet", share=99),
        "hashed-wrapped": Target("real pages with both, quiet", share=99),
    },
)
