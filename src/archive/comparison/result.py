"""What a comparison says, as values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Literal, get_args

from attrs import field, fields, frozen

from archive.article.reading.variants import Variant
from archive.display import escape_html

__all__ = [
    "CLASSES",
    "FILTERS",
    "NO_ARTICLE",
    "SIGNIFICANCES",
    "Change",
    "Comparison",
    "Operation",
    "Part",
    "Scope",
    "Significance",
    "State",
    "Stated",
]

Span = tuple[int, int]
Part = Literal["text", "title", "claims", "page", "reading"]
Scope = Literal["article", "page"]
Significance = Literal["cosmetic", "minor", "substantive"]
State = Literal["compared", "replaced", "translated", "gone", "appeared", "none"]

NO_ARTICLE = "probably not the article"
"""What is said of a page that something else was shown on instead."""

SIGNIFICANCES: tuple[str, ...] = get_args(Significance)
"""From the least to the most."""

CLASSES = (
    "headline",
    "standfirst",
    "byline",
    "published",
    "modified",
    "quotation-changed",
    "quotation-added",
    "quotation-removed",
    "number",
    "name",
    "attribution",
    "negation",
    "correction",
    "paragraph-added",
    "paragraph-removed",
    "paragraph-moved",
    "wording",
    "link",
    "claim-only",
)
"""Every class, in the order in which a change's classes are given."""

FILTERS = (
    "same-bytes",
    "same-text",
    "cosmetic",
    "extraction-artefact",
    "boilerplate",
    "counter",
    "time",
    "label",
    "re-extracted",
)
"""Every filter, in order."""


@frozen
class Operation:
    """Words taken out, put in, or replaced; spans as in the change that it belongs to."""

    before: str
    after: str
    before_span: Span
    after_span: Span


@frozen
class Change:
    """One difference, classified.

    Args:
        part: where the spans count: in the ``text``, in the ``title``, in the value of one of the
            ``claims``, in the ``reading`` where the text has not both passages, or nowhere
            (``page``).
        classes: what kind of change it is, in the order of `CLASSES`; at least one.
        significance: ``cosmetic``, ``minor`` or ``substantive``.
        scope: ``article``, or ``page`` for what stands beside the article.
        before: the passage as it was, empty where something was added.
        after: the passage as it is, empty where something was removed.
        before_span: where it stands, in code points, end exclusive; of something added, where it
            would have stood.
        after_span: the same on the other side.
        operations: the words that differ, in order; what lies between them is the same but for
            typography. Those of a whole passage added, removed or replaced are one operation.
        property: of a claim for machines alone (`claim-only`), the term of schema.org that the page
            claims, such as ``headline``; None of all others.
        struck: whether words were struck out, or are no longer.
        before_bytes: of a change in the reading, where the passage stands in the page's content,
            first and last (exclusive) byte, where it stands there once; else None.
        after_bytes: the same on the other side.
    """

    part: Part
    classes: tuple[str, ...]
    significance: Significance
    scope: Scope
    before: str
    after: str
    before_span: Span
    after_span: Span
    operations: tuple[Operation, ...] = ()
    property: str | None = None
    struck: bool = False
    before_bytes: Span | None = None
    after_bytes: Span | None = None

    def to_dict(self) -> dict[str, Any]:
        """Its members, in their order."""
        return {
            "classes": list(self.classes),
            "significance": self.significance,
            "scope": self.scope,
            "part": self.part,
            "before": self.before,
            "after": self.after,
            "before_span": list(self.before_span),
            "after_span": list(self.after_span),
            "operations": [
                {
                    "before": one.before,
                    "after": one.after,
                    "before_span": list(one.before_span),
                    "after_span": list(one.after_span),
                }
                for one in self.operations
            ],
            "property": self.property,
            "struck": self.struck,
            "before_bytes": list(self.before_bytes) if self.before_bytes else None,
            "after_bytes": list(self.after_bytes) if self.after_bytes else None,
        }

    to_json = to_dict  # its name in 0.1.0


def _complete(counts: Mapping[str, int]) -> Mapping[str, int]:
    return MappingProxyType({name: counts.get(name, 0) for name in FILTERS})


class Stated:
    """What is said of two sides as a whole, in a comparison and in what is kept of one."""

    __slots__ = ()

    state: State
    silent_reason: str | None

    @property
    def is_whole(self) -> bool:
        """Whether the article as a whole came, went, was replaced or translated."""
        return self.state not in ("compared", "none")

    @property
    def is_doubtful(self) -> bool:
        """Whether either page is probably not the article, as `silent_reason` says."""
        return NO_ARTICLE in (self.silent_reason or "")


@frozen
class Comparison(Stated):
    """What differs between two sides.

    Args:
        changes: the differences of the article and its head, those of headline and claims first,
            then in reading order.
        silent: whether something substantive changed with neither a later date of modification
            nor a correction note to say so; None where that is not judged.
        filters: how many differences each filter took out, by its name in `FILTERS`.
        state: ``compared``; or ``replaced`` or ``translated`` where practically nothing of the
            earlier article is in the later one; ``gone`` or ``appeared`` where one side has no
            article, and ``none`` where neither has.
        silent_reason: why *silent* is not judged; None where it is.
        beside: what differs elsewhere on the page, or is told to machines alone; it makes two
            sides neither different nor silent.
        past: the block of a very long page after which nothing was compared; None of all others.
        twin: ``amp`` or ``print`` where one of the two is the article's AMP page, or its page for
            printing, and the other is not; else None.
    """

    changes: tuple[Change, ...] = ()
    silent: bool | None = False
    filters: Mapping[str, int] = field(factory=dict, converter=_complete, hash=False)
    state: State = "compared"
    silent_reason: str | None = None
    beside: tuple[Change, ...] = ()
    past: int | None = None
    twin: Variant | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        members = {one.name: getattr(self, one.name) for one in fields(Comparison)}
        members["filters"] = dict(self.filters)  # a read-only view cannot be pickled
        return partial(Comparison, **members), ()

    @property
    def same(self) -> bool:
        """Whether the article has no change, all of it compared."""
        return not self.changes and self.past is None and self.state in ("compared", "none")

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of its changes, in the order of `CLASSES`."""
        having = {name for change in self.changes for name in change.classes}
        return tuple(name for name in CLASSES if name in having)

    def select(
        self, classes: frozenset[str] = frozenset(), least: Significance = "cosmetic"
    ) -> tuple[Change, ...]:
        """The changes of some classes, or of any where none are given, and of a least significance.

        Args:
            classes: names in `CLASSES`.
            least: the least significance.
        """
        bar = SIGNIFICANCES.index(least)
        return tuple(
            change
            for change in self.changes
            if SIGNIFICANCES.index(change.significance) >= bar
            and (not classes or classes.intersection(change.classes))
        )

    def summary(self) -> str:
        """One line: how many changes of which classes, and whether they are silent."""
        if self.is_whole:
            return f"article {self.state}"
        if not self.changes:
            if self.past is not None:
                return f"no change up to block {self.past:,}, not compared past it"
            return "no change"
        counts: dict[str, int] = {}
        for change in self.changes:
            for name in change.classes:
                counts[name] = counts.get(name, 0) + 1
        listed = [
            name.replace("-", " ") + (f" ×{counts[name]}" if counts[name] > 1 else "")
            for name in CLASSES
            if name in counts
        ]
        number = len(self.changes)
        heavy = sum(change.significance == "substantive" for change in self.changes)
        head = f"{number} change{'' if number == 1 else 's'}"
        weight = f" ({heavy} substantive{', silent' if self.silent else ''})" if heavy else ""
        return f"{head}{weight}: {', '.join(listed)}"

    def __repr__(self) -> str:
        return f"<Comparison {self.summary()}>"

    def _repr_html_(self) -> str:
        """For notebooks: the summary, and every change with its words marked."""
        from archive.comparison.marked import mark_html  # marks changes, which are made here

        rows = "".join(
            f"<tr><td>{', '.join(change.classes)}</td><td>{change.significance}</td>"
            f'<td style="text-align: left" dir="auto">{mark_html(change)}</td></tr>'
            for change in self.changes
        )
        table = f"<table>{rows}</table>" if rows else ""
        return f"<p><strong>{escape_html(self.summary())}</strong></p>{table}"

    def to_dict(self) -> dict[str, Any]:
        """All it says, and ``same`` and ``summary``."""
        return {
            "same": self.same,
            "state": self.state,
            "summary": self.summary(),
            "silent": self.silent,
            "silent_reason": self.silent_reason,
            "filters": dict(self.filters),
            "changes": [change.to_dict() for change in self.changes],
            "beside": [change.to_dict() for change in self.beside],
            "past": self.past,
            "twin": self.twin,
        }

    to_json = to_dict  # its name in 0.1.0
