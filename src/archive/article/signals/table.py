"""The signals: a row for each kind of place that claims are read from.

What reads a page runs the readers of this table, derived views take claims in its order, the
comparison asks it whom a claim is for, and ``docs/reference/claims-record.md`` is written from it.
A new signal is a module of this package with its reader, a row here, and a page in
``fixtures/claims`` that shows it. Nothing that reads is imported here, so that who only asks for an
order pays nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal

from attrs import frozen

from archive.article.claims import Place
from archive.article.signals.terms import HTTP, LINKS, META, META_EQUIV, SPELLINGS

__all__ = [
    "CLAIMS",
    "PROPERTIES",
    "SIGNALS",
    "Audience",
    "Row",
    "SignalName",
    "ViewName",
    "order",
    "written_for",
]

CLAIMS = 8
"""The revision of the rules by which claims and quotations are found: raised whenever the same page
would give others. What each gives of some pages is kept in ``fixtures/claims``."""

SignalName = Literal[
    "opengraph",
    "meta",
    "title",
    "link",
    "time",
    "jsonld",
    "microdata",
    "state",
    "visible-text",
    "http-header",
    "tls",
]
"""What a signal is called in claims. Readers of records take others too: there may be more."""

ViewName = Literal[
    "title",
    "title-around",
    "title-agreed",
    "authors",
    "publisher",
    "published",
    "modified",
    "language",
    "licence",
]
"""A derived view that goes by an order of signals; the title by three, see `derive_title`."""

PROPERTIES: Mapping[ViewName, str] = {
    "title": "headline",
    "title-around": "headline",
    "title-agreed": "headline",
    "authors": "author",
    "publisher": "publisher",
    "published": "datePublished",
    "modified": "dateModified",
    "language": "inLanguage",
    "licence": "license",
}
"""The property that each view is of."""

Audience = Literal["machines", "readers", "programs", "nobody"]
"""For whom a page says it: for machines and on purpose; for its readers; for its own programs; or
nobody that reads the page, for the server says it."""


@frozen(kw_only=True)
class Row:
    """One signal.

    Attributes:
        name: what it is called in claims.
        place: what kind of place it is.
        readers: ``module.function`` of this package that find its claims; of ``content`` they take
            the page and a finder, of the others the bytes of that record.
        record: where its spans are.
        audience: for whom a page says it.
        properties: what it may state.
        ranks: its place in the order of each view of these properties, from 1; None where the view
            takes it after all of these or not at all.
    """

    name: SignalName
    place: str
    readers: tuple[str, ...]
    record: Place
    audience: Audience
    properties: frozenset[str]
    ranks: Mapping[ViewName, int | None]


def _named(names: Iterable[str], *, opengraph: bool) -> frozenset[str]:
    """What the names of meta elements say, those of OpenGraph or the others."""
    return frozenset(META[n] for n in names if n.startswith(("og:", "article:")) is opengraph)


_ARTICLE = frozenset(SPELLINGS.values())
"""What an article's node of JSON-LD, or item of microdata, may state."""

SIGNALS = (
    Row(
        name="opengraph",
        place="a `meta` element named `og:…` or `article:…`",
        readers=("page.read_tags",),
        record="content",
        audience="machines",
        properties=_named(META, opengraph=True),
        ranks={
            "title": None,
            "title-around": 1,
            "title-agreed": None,
            "authors": 3,
            "publisher": 2,
            "published": 2,
            "modified": 2,
            "language": 3,
        },
    ),
    Row(
        name="meta",
        place="any other `meta` element, and the language of the `html` element",
        readers=("page.read_tags",),
        record="content",
        audience="machines",
        properties=_named(META, opengraph=False) | frozenset(META_EQUIV.values()),
        ranks={
            "title": None,
            "title-around": None,
            "title-agreed": 3,
            "authors": 2,
            "publisher": 4,
            "published": 3,
            "modified": 3,
            "language": 1,
            "licence": 3,
        },
    ),
    Row(
        name="title",
        place="the `title` element",
        readers=("page.read_tags",),
        record="content",
        audience="machines",
        properties=frozenset({"headline"}),
        ranks={"title": None, "title-around": 2, "title-agreed": None},
    ),
    Row(
        name="link",
        place="a `link` element",
        readers=("page.read_tags",),
        record="content",
        audience="programs",
        properties=frozenset(LINKS.values()),
        ranks={"authors": 7, "publisher": None, "licence": 2},
    ),
    Row(
        name="time",
        place="a `time` element",
        readers=("times.read_times",),
        record="content",
        audience="readers",
        properties=frozenset({"datePublished", "dateModified"}),
        ranks={"published": 6, "modified": 6},
    ),
    Row(
        name="jsonld",
        place="JSON-LD: the node of the article, else of the page",
        readers=("jsonld.read_jsonld",),
        record="content",
        audience="machines",
        properties=_ARTICLE,
        ranks={
            "title": 2,
            "title-around": None,
            "title-agreed": 2,
            "authors": 1,
            "publisher": 1,
            "published": 1,
            "modified": 1,
            "language": 2,
            "licence": 1,
        },
    ),
    Row(
        name="microdata",
        place="microdata: the item of the article",
        readers=("microdata.read_microdata",),
        record="content",
        audience="machines",
        properties=_ARTICLE,
        ranks={
            "title": None,
            "title-around": None,
            "title-agreed": 4,
            "authors": 4,
            "publisher": 3,
            "published": 4,
            "modified": 4,
            "language": None,
            "licence": 4,
        },
    ),
    Row(
        name="state",
        place="what a page carries for its scripts: the object that has its headline",
        readers=("state.read_state",),
        record="content",
        audience="programs",
        properties=frozenset({"headline", "author", "datePublished", "dateModified"}),
        ranks={
            "title": None,
            "title-around": None,
            "title-agreed": None,
            "authors": 6,
            "published": 5,
            "modified": 5,
        },
    ),
    Row(
        name="visible-text",
        place="what a reader sees: an `h1`, a byline, a dateline, a note, a credit",
        readers=("page.read_tags", "visible.read_visible"),
        record="content",
        audience="readers",
        properties=frozenset(
            {
                "headline",
                "author",
                "contributor",
                "datePublished",
                "dateModified",
                "correction",
                "dateline",
                "creditText",
                "copyrightNotice",
            }
        ),
        ranks={
            "title": 1,
            "title-around": None,
            "title-agreed": 1,
            "authors": 5,
            "published": 7,
            "modified": 7,
        },
    ),
    Row(
        name="http-header",
        place="a header field of the response",
        readers=("header.read_head",),
        record="response",
        audience="nobody",
        properties=frozenset(HTTP.values()) | frozenset(LINKS.values()),
        ranks={
            "authors": None,
            "publisher": None,
            "modified": None,
            "language": 4,
            "licence": None,
        },
    ),
    Row(
        name="tls",
        place="the subject of the server's certificate",
        readers=("certificate.read_chain",),
        record="tls",
        audience="nobody",
        properties=frozenset({"publisher", "provider"}),
        ranks={"publisher": None},
    ),
)
"""Every signal of this version, in the order in which a page is read."""


@cache
def order(view: ViewName) -> tuple[SignalName, ...]:
    """The signals that a view takes, the first one first."""
    ranked = [(rank, row.name) for row in SIGNALS if (rank := row.ranks.get(view)) is not None]
    return tuple(name for _, name in sorted(ranked))


def written_for(*audiences: Audience) -> tuple[SignalName, ...]:
    """The signals that are for any of some audiences."""
    return tuple(row.name for row in SIGNALS if row.audience in audiences)
