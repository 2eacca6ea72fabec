"""What must be found however short it is, and what a printed note changes."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from benchmarks.judging.interface import compare, read, tight
from benchmarks.judging.scoring import Case, Measure, Target, Verdict
from benchmarks.made import Story, article, read_set, story

__all__ = ["FACTS", "HEADLINES", "LINES", "NEGATIONS", "NOTES", "SUBSCRIPTIONS"]


def _cases(name: str, quick: bool) -> Sequence[Case]:
    return [
        Case(case["name"], half, case)
        for half in ("dev", "held")
        for case in read_set(name, half)[:: 4 if quick else 1]
    ]


_FORMS = {
    "p": "<p>{}</p>",
    "li": "<ul><li>{}</li></ul>",
    "h2": "<h2>{}</h2>",
    "caption": '<figure><img src="/a.jpg" alt=""><figcaption>{}</figcaption></figure>',
    "td": "<table><tr><td>{}</td><td>{}</td></tr></table>",
    "dd": "<dl><dt>{}</dt><dd>{}</dd></dl>",
}


def _judge_fact(case: Case) -> Iterator[Verdict]:
    fact = case.data
    told = story(fact["language"])
    sides = []
    for text in (fact["before"], fact["after"]):
        shown = _FORMS[fact["form"]].format(*html.escape(text).split("|"))
        sides.append(read(article(told, {"middle": shown})))
    judged = compare(*sides)
    parts = zip(fact["before"].split("|"), fact["after"].split("|"), strict=True)
    new = [two for one, two in parts if one != two]
    hit = judged.touching(*new, *_numbers(new[0]))
    yield Verdict("facts", case.name, case.half, not judged.same and bool(hit), judged.tell())
    heavy = any(change.significance == "substantive" for change in hit)
    yield Verdict("facts-heavy", case.name, case.half, heavy, judged.tell())
    right = judged.silent is True
    yield Verdict("facts-silent", case.name, case.half, right, judged.tell())


def _numbers(text: str) -> list[str]:
    words = text.replace("=", " ").split()
    return [word for word in words if any(letter.isdigit() for letter in word)]


FACTS = Measure(
    "facts",
    lambda quick: _cases("facts", quick),
    _judge_fact,
    {
        "facts": Target("short facts whose number changed, found", share=100),
        "facts-heavy": Target("of these called substantive", share=100),
        "facts-silent": Target("of these called silent", share=100),
    },
)


def _judge_added(case: Case) -> Iterator[Verdict]:
    told = story(case.data["language"])
    added = f"<p>{html.escape(case.data['text'], quote=False)}</p>"
    judged = compare(read(article(told)), read(article(told, {"middle": added})))
    hit = judged.touching(case.data["text"])
    heavy = not judged.same and any(change.significance == "substantive" for change in hit)
    yield Verdict("subscriptions", case.name, case.half, heavy, judged.tell())
    right = judged.silent is True
    yield Verdict("subscriptions-judged", case.name, case.half, right, judged.tell())


SUBSCRIPTIONS = Measure(
    "subscriptions",
    lambda quick: _cases("subscriptions", quick),
    _judge_added,
    {
        "subscriptions": Target("added news about subscriptions, substantive", share=100),
        "subscriptions-judged": Target("of these judged, and silent", share=100),
    },
)


def _edited(told: Story) -> tuple[str, ...]:
    """The story without its third paragraph."""
    return (*told.paragraphs[:2], *told.paragraphs[3:])


def _judge_note(case: Case) -> Iterator[Verdict]:
    note = case.data
    told = story(note["language"])
    before = read(article(told))
    after = read(article(told, {note["place"]: note["html"]}, paragraphs=_edited(told)))
    judged = compare(before, after)
    right = not judged.same and judged.silent is False
    yield Verdict("notes", case.name, case.half, right, f"{note['form']}: {judged.tell()}")
    named = any("correction" in c.classes and c.after for c in judged.changes())
    yield Verdict("notes-named", case.name, case.half, named, f"{note['form']}: {judged.tell()}")


NOTES = Measure(
    "notes",
    lambda quick: _cases("notes", quick),
    _judge_note,
    {
        "notes": Target("printed corrections beside an edit, not called silent", share=97),
        "notes-named": Target("of these among the changes as a correction", share=97),
    },
)


def _judge_line(case: Case) -> Iterator[Verdict]:
    line = case.data
    told = story(line["language"])
    before = read(article(told))
    after = read(article(told, {line["place"]: line["html"]}, paragraphs=_edited(told)))
    judged = compare(before, after)
    seen = tight(told.paragraphs[2])[:60]
    taken = any(
        "correction" in change.classes and seen not in tight(change.before)
        for change in judged.changes()
    )
    taken = taken or (line["silent"] is True and judged.silent is False)
    yield Verdict("lines", case.name, case.half, not taken, judged.tell())
    if line["silent"] is True:
        right = judged.silent is True
        yield Verdict("lines-silent", case.name, case.half, right, judged.tell())


LINES = Measure(
    "lines",
    lambda quick: _cases("lines", quick),
    _judge_line,
    {
        "lines": Target("lines that are no correction, not taken for one", misses=1),
        "lines-silent": Target("edits beside them still called silent", share=97),
    },
)


def _judge_negation(case: Case) -> Iterator[Verdict]:
    pair = case.data
    told = story(pair["language"])
    sides = []
    for text in (pair["before"], pair["after"]):
        inner = f"<p>{html.escape(text, quote=False)} {told.paragraphs[0]}</p>"
        sides.append(read(article(told, {"middle": inner}, paragraphs=told.paragraphs[1:])))
    judged = compare(*sides)
    named = {name for change in judged.changes() for name in change.classes}
    yield Verdict("negations", case.name, case.half, "negation" in named, judged.tell())


NEGATIONS = Measure(
    "negations",
    lambda quick: _cases("negations", quick),
    _judge_negation,
    {"negations": Target("sentences denied in 24 languages, called a negation", share=95)},
)


def _judge_headline(case: Case) -> Iterator[Verdict]:
    told = story("en")
    whole = f"<h1>{html.escape(told.title)}</h1>"
    sides = [
        read(article(told).replace(whole, case.data["html"].replace("{}", word)))
        for word in ("opens", "closes")
    ]
    judged = compare(*sides)
    right = not judged.same and bool(judged.touching("closes"))
    yield Verdict("headlines", case.name, case.half, right, judged.tell())
    named = any("headline" in change.classes for change in judged.touching("closes"))
    yield Verdict("headlines-named", case.name, case.half, named, judged.tell())


HEADLINES = Measure(
    "headlines",
    lambda quick: _cases("headlines", quick),
    _judge_headline,
    {
        "headlines": Target("headlines changed where og:title stayed, found", misses=0),
        "headlines-named": Target("of these called a headline"),
    },
)
