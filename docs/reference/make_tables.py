#!/usr/bin/env python3
"""Write the tables of the documents that follow from tables of the program.

A page has such a table between ``<!-- NAME: written by make_tables.py -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from archive.article.contradictions import COMPARED
from archive.article.derived.rules import RULES, ViewRules
from archive.article.signals.table import PROPERTIES, SIGNALS, order
from archive.http.oddities import FRAMING, ODDITIES, REFUSALS
from archive.verification.checks import CHECKS
from archive.verification.invariants import INVARIANTS

HERE = Path(__file__).resolve().parent
_BLOCK = re.compile(r"(<!-- (\S+): written by make_tables\.py -->\n\n).*?(<!-- end -->)", re.DOTALL)


def signals() -> str:
    """What each signal is, and what it may state."""
    records = {"content": "`content`", "response": "`response`", "tls": "`tls`", None: "none"}
    rows = [
        (f"`{row.name}`", row.place, records[row.record], _listed(sorted(row.properties)))
        for row in SIGNALS
    ]
    return _table(("signal", "the kind of place", "`record`", "properties"), rows)


def views() -> str:
    """In which order derived views take the signals."""
    rows = [(f"`{view}`", f"`{term}`", _listed(order(view))) for view, term in PROPERTIES.items()]
    return _table(("view", "property", "signals, the first one first"), rows)


def derived() -> str:
    """What each derived view goes by, a section each."""
    return "\n".join(_section(view) for view in RULES)


def _section(view: ViewRules) -> str:
    orders = [f"{_listed(order(name))}" for name in view.orders[:1]]
    taken = f"Taken from `{view.property}`" + (f", in this order: {orders[0]}." if orders else ".")
    lines = [f"### `{view.name}`: {view.tells}", "", taken, ""]
    lines += [f"{number}. {rule}" for number, rule in enumerate(view.rules, 1)]
    return "\n".join((*lines, ""))


def conflicts() -> str:
    """When claims of each property contradict each other."""
    rows = [(f"`{term}`", _first_line(rule.__doc__)) for term, rule in sorted(COMPARED.items())]
    return _table(("property", "compared"), rows)


def _first_line(docstring: str | None) -> str:
    return (docstring or "").strip().partition("\n")[0]


def checks() -> str:
    """What each check needs, and when it is complete."""
    rows = [(str(rule.number), rule.name, rule.needs, rule.complete) for rule in CHECKS]
    return _table(("#", "name", "needs", "complete when"), rows)


def invariants() -> str:
    """What must be so in any one capture."""
    rows = [(one.name, one.holds, one.check, "yes" if one.deep else "") for one in INVARIANTS]
    return _table(("name", "what holds", "check", "needs `--deep`"), rows)


def framing() -> str:
    """By what a body ends."""
    rows = [(rule.case, rule.result, rule.standard) for rule in FRAMING]
    return _table(("the answer", "its body", "clause"), rows)


def refusals() -> str:
    """What is refused of an answer."""
    rows = [(rule.case, rule.standard) for rule in REFUSALS]
    return _table(("what", "clause"), rows)


def oddities() -> str:
    """What is odd about an answer, and what is made of it."""
    rows = [
        (f"`{row.name}`", row.place, row.what, row.standard, row.chromium, row.ours)
        for row in ODDITIES
    ]
    return _table(("name", "where", "what", "the standard", "Chromium", "here"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "signals": signals,
    "views": views,
    "derived": derived,
    "conflicts": conflicts,
    "checks": checks,
    "invariants": invariants,
    "framing": framing,
    "refusals": refusals,
    "oddities": oddities,
}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(cells)} |\n" for cells in (head, *rows)]
    return "".join((lines[0], "|---" * len(head), "|\n", *lines[1:]))


def rewrite(text: str) -> str:
    """A page with its tables as they are now."""
    return _BLOCK.sub(lambda found: f"{found[1]}{TABLES[found[2]]()}\n{found[3]}", text)


def pages() -> list[Path]:
    """The pages that have such tables."""
    found = sorted((*HERE.glob("*.md"), *(HERE.parent / "explanation").glob("*.md")))
    return [page for page in found if _BLOCK.search(page.read_text("utf-8"))]


if __name__ == "__main__":
    for page in pages():
        page.write_text(rewrite(page.read_text("utf-8")), "utf-8")
