"""Edits in true paragraphs that the extracted text lacks, and how much of the truth is held."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from benchmarks.judging import corpus
from benchmarks.judging.interface import compare, flat, read, tight
from benchmarks.judging.scoring import Case, Measure, Target, Verdict
from lxml import html as lxml_html

__all__ = ["HELD", "LOST", "MOVED"]

_WORD = re.compile(r"(?<!\w)[^\W\d_]{4,}(?!\w)")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,4}(?![\w.,]*\d)")
_TOKEN = re.compile(r"\w+")
_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def _folded(text: str) -> str:
    """A text as SCORING folds it, letters and digits alone."""
    plain = html.unescape(html.unescape(text)).translate(_DROPPED)
    return tight(unicodedata.normalize("NFC", plain))


def _true(real: corpus.Real) -> list[str]:
    """The true paragraphs that count."""
    return [one for one in dict.fromkeys(map(flat, real.truth)) if len(one) > 40]


def _edit(element: Any, chance: Any) -> tuple[str, str] | None:
    """Change a number, or else a word, in an element; what it was and what it is."""
    for pattern, make in (
        (_NUMBER, lambda old: str(int(old) + 3)),
        (_WORD, lambda old: "Quorndale" if old[0].isupper() else "quorndale"),
    ):
        for node, name in _texts(element):
            value = getattr(node, name)
            found = list(pattern.finditer(value))
            if not found:
                continue
            hit = chance.choice(found)
            new = make(hit[0])
            setattr(node, name, value[: hit.start()] + new + value[hit.end() :])
            return hit[0], new
    return None


def _texts(element: Any) -> Iterator[tuple[Any, str]]:
    for node in element.iter():
        if isinstance(node.tag, str) and node.text:
            yield node, "text"
        if node is not element and node.tail:
            yield node, "tail"


def _judge_lost(case: Case) -> Iterator[Verdict]:
    real = corpus.load(case.name)
    text = _folded(real.page.text)
    lost = [one for one in _true(real) if _folded(one) not in text]
    for number, paragraph in enumerate(lost):
        root = real.copied()
        element = corpus.holders(root, [paragraph]).get(paragraph)
        edit = element is not None and _edit(element, corpus.seed(real.name, paragraph))
        if not edit:
            continue
        judged = compare(real.page, read(corpus.serialise(root)))
        hit = judged.touching(edit[1], edit[0])
        right = not judged.same and bool(hit)
        told = f"{edit[0]!r} → {edit[1]!r} in {paragraph[:60]!r}: {judged.tell()}"
        figure = "lost-links" if _is_link(element) else "lost"
        yield Verdict(figure, f"{case.name}, {number}", case.half, right, told)


def _is_link(element: Any) -> bool:
    """Whether all of an element is a link: mostly an item of a list of stories."""
    said = tight(element.text_content())
    within = any(tight(link.text_content()) == said for link in element.iter("a"))
    return within or any(True for _ in element.iterancestors("a"))


LOST = Measure(
    "lost",
    corpus.cases,
    _judge_lost,
    {
        "lost": Target("edits in true paragraphs that the text lacks, found", share=94),
        "lost-links": Target("the same in paragraphs that are a link"),
    },
)


def _judge_held(case: Case) -> Iterator[Verdict]:
    real = corpus.load(case.name)
    figure = "114" if case.name.endswith(".gz") else "181"
    blocks = real.page.reading()
    region = "\n".join(text for text, where in blocks if where in ("article", "head"))
    folded = _folded(region)
    for number, paragraph in enumerate(_true(real)):
        right = _folded(paragraph) in folded
        name = f"{case.name}, {number}"
        yield Verdict(f"held-{figure}", name, case.half, right, repr(paragraph[:80]))
    shown = Counter(_TOKEN.findall(flat(region).casefold()))
    truth = Counter(_TOKEN.findall(flat("\n".join(real.truth)).casefold()))
    total, true = shown.total(), (shown & truth).total()
    told = f"{true} of {total} words of the region are the truth's"
    right = true >= 0.8 * total
    yield Verdict(f"words-{figure}", case.name, case.half, right, told, total, true)


HELD = Measure(
    "held",
    corpus.cases,
    _judge_held,
    {
        "held-114": Target("true paragraphs in article and head (114 pages)", share=99.4),
        "held-181": Target("true paragraphs in article and head (181 pages)", share=99.4),
        "words-114": Target("words of that region that the truth has (114 pages)", share=86),
        "words-181": Target("words of that region that the truth has (181 pages)", share=95),
    },
)

_TEASER = (
    '<div><h3>More</h3><ul><li><a href="/2026/05/77">Old mill to become a museum</a>'
    '<p>The council bought it.</p></li><li><a href="/2026/05/78">Choir wins prize</a><p>{}</p>'
    "</li></ul></div>"
)
_COPIES = {"aside": "<aside><p>{}</p></aside>", "teaser": _TEASER}


def _judge_moved(case: Case) -> Iterator[Verdict]:
    real = corpus.load(case.name)
    for where, copy in _COPIES.items():
        root = real.copied()
        lines = [line for line in real.lines(root) if line.tag == "p"]
        if len(lines) < 4:
            return
        line = corpus.seed(real.name, where).choice(lines[1:])
        paragraph = flat(line.text_content())
        line.drop_tree()
        inner = copy.format(html.escape(paragraph, quote=False))
        next(root.iter("body")).append(lxml_html.fragment_fromstring(inner))
        judged = compare(real.page, read(corpus.serialise(root)))
        start = tight(paragraph)[:40]
        hit = any(start in tight(change.before) for change in judged.changes())
        told = f"{paragraph[:60]!r}: {judged.tell()}"
        right = not judged.same and hit
        yield Verdict("moved", f"{case.name}, {where}", case.half, right, told)


MOVED = Measure(
    "moved",
    corpus.cases,
    _judge_moved,
    {"moved": Target("paragraphs removed, a copy of which stands beside, found", share=100)},
)
