"""The pages: what two captures say, and what became of a URL."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from itertools import pairwise
from typing import Any

from attrs import frozen
from jinja2 import Environment, PackageLoader, StrictUndefined

from archive.adding.effects import Effects
from archive.article.bodies import UNSHOWN
from archive.collection import Capture, Pair, Reader, Step, Turn, count_articles, list_seen
from archive.collection.arguments import expect
from archive.collection.judging import site_of
from archive.collection.signed import read_signed
from archive.comparison import CLASSES, SIGNIFICANCES, Change, Comparison, Significance, mark
from archive.display import clean, percent, shorten, spaced
from archive.errors import Hint
from archive.export.rows import lay_out
from archive.export.timeline import draw
from archive.url import normalize
from archive.verification import Report, describe

__all__ = [
    "changes_html",
    "diff_html",
    "render_changes",
    "render_diff",
    "render_report",
    "report_html",
    "write_report",
]

_LONGEST = 20_000
"""Characters of one run of words that are shown."""

_MOST_SHARED = 200
_MOST_VERSIONS = 200


Conflicts = list[tuple[str, dict[str, list[str]]]]
"""For each property the values that a page gives, each with the signals that say it."""


@frozen
class _Kind:
    """A class of changes: how many, how much they matter at most, and the first such group."""

    name: str
    count: int
    significance: Significance
    group: int


@frozen
class _Group:
    """The changes of the same classes and significance, with their numbers."""

    classes: tuple[str, ...]
    significance: Significance
    changes: tuple[tuple[int, Change], ...]


def diff_html(press: Reader, before: Capture, after: Capture) -> str:
    """The page that ``archive diff --html`` writes: two captures side by side.

    Args:
        press: the collection they are in; it is verified.
        before: the earlier capture.
        after: the later one.

    Returns:
        HTML, to be written as UTF-8.

    Raises:
        UsageError: one of them is no capture.
        InputError: what they hold cannot be read.
    """
    for one in (before, after):
        expect(one, Capture, "a capture, such as get(…) gives")
    report, signed = read_signed(press)
    pair = signed.pair(signed.retell(before), signed.retell(after))
    return render_diff(pair, report, made=Effects().now())


def report_html(press: Reader, url: str) -> str:
    """The page that ``archive report --html`` writes: a URL's captures, and what changed.

    Args:
        press: the collection; it is verified.
        url: the URL.

    Returns:
        HTML, to be written as UTF-8.

    Raises:
        NotFoundError: it was never captured.
        UrlError: it is none that can be archived.
    """
    return write_report(press, url)[0]


def write_report(press: Reader, url: str) -> tuple[str, list[Turn]]:
    """As `report_html`, with the versions that the page shows."""
    press.captures_of(url) or press.history(url)  # which says if it was never captured
    report, signed = read_signed(press)
    turns = signed.turns(url)
    pairs = _compare(signed, turns[:_MOST_VERSIONS])
    return render_report(normalize(url), turns, pairs, report, made=Effects().now()), turns


def _compare(press: Reader, turns: Sequence[Turn]) -> dict[str, Pair]:
    """Each version with an article compared with the one before it, by its first capture's id."""
    pairs: dict[str, Pair] = {}
    told = [turn for turn in turns if turn.version.first.words is not None]
    plain = [turn for turn in told if turn.kind != "suspicious"]
    versions = [turn.version for turn in (plain if len(plain) > 1 else told)]
    for before, after in pairwise(versions):
        pairs[after.first.id] = press.pair(before.last, after.first)
    return pairs


def render_diff(pair: Pair, report: Report, *, made: datetime) -> str:
    """The page that shows two captures side by side.

    Args:
        pair: the two captures compared.
        report: the verification of the collection they are in.
        made: when that was, UTC.

    Returns:
        HTML, to be written as UTF-8.
    """
    shared = sorted(pair.shared(), key=lambda one: -one.words) if pair.crosses_sources else []
    return _render(
        "diff.html",
        title=_title(pair),
        pair=pair,
        comparison=pair.comparison,
        groups=_groups(pair.comparison.changes),
        kinds=_kinds,
        blocks=lay_out(pair.sides, pair.comparison),
        shared=shared[:_MOST_SHARED],
        filtered=_filtered(pair),
        **_verified(report, made),
    )


def render_report(
    url: str, turns: Sequence[Turn], pairs: Mapping[str, Pair], report: Report, *, made: datetime
) -> str:
    """The page that shows the history of a URL.

    Args:
        url: its normal spelling.
        turns: its versions, see `archive.collection.trace`; at least one.
        pairs: for the first captures of versions, by id, what changed since the version before.
        report: the verification of the collection.
        made: when that was, UTC.

    Returns:
        HTML, to be written as UTF-8.
    """
    captures = [capture for turn in turns for capture in turn.version.captures]
    seen = list_seen(turns)
    return _render(
        "report.html",
        url=url,
        title=next((one.title for one in reversed(seen) if one.title), None),
        turns=turns,
        pairs=pairs,
        captures=captures,
        first=seen[0].date if seen else None,
        last=seen[-1].date if seen else None,
        versions=count_articles(turns),
        failures=sum(one.failed for one in captures),
        timeline=draw(turns),
        groups=_groups,
        conflicts=list(_contradictions(turns)),
        **_verified(report, made),
    )


def changes_html(press: Reader, steps: Iterable[Step]) -> str:
    """The page that ``archive changes --html`` writes: what changed in a collection.

    Args:
        press: the collection; it is verified.
        steps: what changed, such as `Collection.changes` gives it; each is compared again.

    Returns:
        HTML, to be written as UTF-8.
    """
    report, signed = read_signed(press, anew=True)
    told = (signed.step(signed.retell(step.capture)) for step in steps)
    found = [step for step in told if isinstance(step, Step)]
    return render_changes(found, report, made=Effects().now())


def render_changes(steps: Sequence[Step], report: Report, *, made: datetime) -> str:
    """The page that lists what changed in a collection.

    Args:
        steps: what changed, in the order in which it is shown.
        report: the verification of the collection.
        made: when that was, UTC.

    Returns:
        HTML, to be written as UTF-8.
    """
    return _render(
        "changes.html",
        steps=steps,
        silent=sum(step.silent is True for step in steps),
        hosts=len({site_of(step.capture.final_url) for step in steps}),
        **_verified(report, made),
    )


def _title(pair: Pair) -> str:
    """What the article is called, by the later page that is one."""
    captures = sorted((pair.before, pair.after), key=lambda one: one.doubt is None)
    titles = [one.title for one in reversed(captures) if one.title]
    return titles[0] if titles else pair.after.url


def _groups(changes: Sequence[Change]) -> list[_Group]:
    """Changes by class, in the order of the classes."""
    found: dict[tuple[tuple[str, ...], Significance], list[tuple[int, Change]]] = {}
    for number, change in enumerate(changes, 1):
        found.setdefault((change.classes, change.significance), []).append((number, change))
    ordered = sorted(found.items(), key=lambda item: [CLASSES.index(name) for name in item[0][0]])
    return [_Group(classes, heavy, tuple(alike)) for (classes, heavy), alike in ordered]


def _kinds(comparison: Comparison) -> list[_Kind]:
    """The classes of a comparison's changes, in their order."""
    groups = _groups(comparison.changes)
    found = []
    for name in CLASSES:
        having = [(at, one) for at, one in enumerate(groups, 1) if name in one.classes]
        if having:
            count = sum(len(one.changes) for _, one in having)
            first, most = max(having, key=lambda entry: SIGNIFICANCES.index(entry[1].significance))
            found.append(_Kind(name, count, most.significance, first))
    return found


def _contradictions(turns: Sequence[Turn]) -> Iterator[tuple[Conflicts, int]]:
    """For each version where its page contradicts itself, and which version did before alike."""
    known: list[tuple[Conflicts, int]] = []
    for number, turn in enumerate(turns, 1):
        told = _conflicts(turn.version.first)
        yield told, next((first for other, first in known if other == told), 0)
        known.append((told, number))


def _conflicts(capture: Capture) -> Conflicts:
    """The properties a page contradicts itself on: each value with the signals that say it."""
    claims = capture.claims
    told = []
    for conflict in claims.conflicts():
        values: dict[str, list[str]] = {}
        for index in conflict.claims:
            signals = values.setdefault(claims[index].line(), [])
            if claims[index].signal not in signals:
                signals.append(claims[index].signal)
        told.append((conflict.property, values))
    return told


_FILTERS = {
    "same-bytes": "the two pages have the same bytes",
    "same-text": "the two texts are the same",
    "cosmetic": "differences in spaces, quotation marks, dashes and where paragraphs are cut",
    "extraction-artefact": "sentences that only one text has while both pages show them",
    "boilerplate": "lines that other pages of the host have too, or that stand in header or footer",
    "counter": "lines that count: views, shares, minutes",
    "time": "lines that tell how late it is, or when the page was last touched",
    "label": "labels of advertisements, buttons and boxes",
    "re-extracted": "both pages were extracted anew, by one extractor",
}


def _filtered(pair: Pair) -> list[tuple[int, str]]:
    return [(count, _FILTERS[name]) for name, count in pair.comparison.filters.items() if count]


def _verified(report: Report, made: datetime) -> dict[str, Any]:
    verdict, *_, meaning = describe(report)
    return {"report": report, "verdict": verdict, "meaning": meaning, "made": made}


def _render(name: str, **values: Any) -> str:
    return _environment().get_template(name).render(**values) + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("archive.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    loader = environment.loader
    assert loader is not None
    style = loader.get_source(environment, "style.css")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    environment.globals.update(style=_Style(style), style_digest=digest, mark=mark)
    environment.filters.update(moment=_moment, words=spaced, short=partial(shorten, most=_LONGEST))
    environment.filters.update(percent=percent, in_shell=Hint.in_shell, unshown=UNSHOWN.get)
    return environment


class _Style(str):
    """Our own style sheet, which is no text from the web."""

    def __html__(self) -> str:
        return str(self)


def _finalize(value: Any) -> Any:
    """Text from anywhere, its control and bidirectional characters escaped."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return clean(value, lines=True)
    return value


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
