"""Tests of the table of signals, and of claims that are pinned to the revision of their rules."""

from __future__ import annotations

import json
import re
import shutil
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest

from archive.article.derived import VIEWS
from archive.article.derived.rules import RULES
from archive.article.signals import finder
from archive.article.signals.table import (
    CLAIMS,
    PROPERTIES,
    SIGNALS,
    Audience,
    Row,
    SignalName,
    ViewName,
    order,
    written_for,
)
from tests.places import ROOT
from tests.scripts import load_script

_PINS = load_script(ROOT / "fixtures" / "claims" / "pin.py")
_PAGES: list[Path] = _PINS.list_pages()
_CLAIMED = {
    (claim.signal, claim.property, claim.record)
    for page in _PAGES
    for claim in _PINS.read_page(page).claims
}


def test_every_signal_has_a_row() -> None:
    """Each name of the type has one row, and each row's readers are there."""
    assert tuple(row.name for row in SIGNALS) == get_args(SignalName)
    for row in SIGNALS:
        for reader in row.readers:
            module, _, function = reader.partition(".")
            assert callable(getattr(import_module(f"archive.article.signals.{module}"), function))


def test_every_module_that_reads_is_in_the_table() -> None:
    """A function of the package that is called as a reader is some row's reader."""
    folder = ROOT / "src" / "archive" / "article" / "signals"
    written = {
        f"{path.stem}.{name}"
        for path in folder.glob("*.py")
        if path.stem not in ("__init__", "located")
        for name in re.findall(r"^def (read_\w+)\(", path.read_text("utf-8"), re.MULTILINE)
    }
    assert written == {reader for row in SIGNALS for reader in row.readers}


@pytest.mark.parametrize("row", SIGNALS, ids=lambda row: row.name)
def test_a_row_says_where_each_view_takes_it(row: Row) -> None:
    """A signal has a rank, or None, in every view of what it may state, and in no other."""
    assert set(row.ranks) == {view for view, term in PROPERTIES.items() if term in row.properties}


@pytest.mark.parametrize("view", get_args(ViewName))
def test_ranks_are_an_order(view: ViewName) -> None:
    """The ranks of a view run from 1 on, no two signals having the same."""
    ranks = [rank for row in SIGNALS if (rank := row.ranks.get(view)) is not None]
    assert sorted(ranks) == list(range(1, len(ranks) + 1))
    assert len(order(view)) == len(ranks) > 0


def test_views_of_the_table_are_derived() -> None:
    """Every view that goes by an order is one that is derived, or a part of the title's rule."""
    assert set(PROPERTIES) == set(get_args(ViewName))
    parts = {"title-around", "title-agreed"}
    assert set(PROPERTIES) - parts == set(VIEWS) - {"organisations", "reservations"}


def test_every_view_is_explained() -> None:
    """Each derived view has its rules in words, of the property and orders of the table."""
    assert tuple(rules.name for rules in RULES) == VIEWS
    named = {order for rules in RULES for order in rules.orders}
    assert named == set(get_args(ViewName))
    for rules in RULES:
        assert rules.rules
        assert {PROPERTIES[name] for name in rules.orders} <= {rules.property}
        assert rules.precedence() == (order(rules.orders[0]) if rules.orders else ())


def test_every_signal_is_for_somebody() -> None:
    """The audiences share the signals out among them."""
    shared = [name for audience in get_args(Audience) for name in written_for(audience)]
    assert sorted(shared) == sorted(get_args(SignalName))


@pytest.mark.parametrize("row", SIGNALS, ids=lambda row: row.name)
def test_a_page_shows_all_that_a_signal_states(row: Row) -> None:
    """The pages of fixtures/claims state each property of each signal, in its record, no other."""
    assert {(term, record) for name, term, record in _CLAIMED if name == row.name} == {
        (term, row.record) for term in row.properties
    }, f"put a place of the signal {row.name} on a new page of fixtures/claims"


def test_pages_show_no_signal_without_a_row() -> None:
    """Whatever the pages of fixtures/claims claim is by a signal of the table."""
    assert {name for name, _, _ in _CLAIMED} <= {row.name for row in SIGNALS}


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.stem)
def test_claims_are_those_of_their_revision(page: Path) -> None:
    """A page gives, byte for byte, the claims and quotations stored for the revision of the rules.

    A rule that was changed and makes this fail needs a new revision: raise CLAIMS.
    """
    wrong = _PINS.judge(page)
    assert wrong is None, wrong


def test_signals_are_those_of_their_revision() -> None:
    """A signal more or less, or another property, needs a new revision, whatever the pages show."""
    wrong = _PINS.judge_table()
    assert wrong is None, wrong


def test_another_table_needs_a_revision(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that is taken away under the same number is found."""
    monkeypatch.setattr(_PINS, "SIGNALS", SIGNALS[1:])
    assert "raise CLAIMS" in str(_PINS.judge_table(copy))
    assert _PINS.update(copy) == []
    assert "pin.py --update" in str(_PINS.judge_table(copy, CLAIMS + 1))


def test_stored_pages_did_not_change() -> None:
    """Whatever revision a page is stored for, it is still the page that was read then."""
    for path in (ROOT / "fixtures" / "claims" / "revisions").rglob("*.jsonl"):
        if path == _PINS.stored_table(revision=int(path.parent.name)):
            continue
        page = next(page for page in _PAGES if page.stem == path.stem)
        first = json.loads(path.read_text("utf-8").splitlines()[0])
        assert first["page"] == _PINS.digest(page), path
        assert int(path.parent.name) <= CLAIMS


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the pages and of what is stored of them."""
    return Path(shutil.copytree(ROOT / "fixtures" / "claims", tmp_path / "claims"))


def test_a_changed_rule_needs_a_revision(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that gives other claims under the same number is found, and not stored over it."""
    page = copy / "pages" / "every.html"
    before = _PINS.stored(page).read_bytes()
    monkeypatch.setattr(finder, "MOST_AUTHORS", 1)
    assert "raise CLAIMS" in str(_PINS.judge(page))
    assert _PINS.update(copy) == []
    assert _PINS.stored(page).read_bytes() == before
    assert len(_PINS.update(copy, CLAIMS + 1)) == len(_PAGES) + 1
    assert _PINS.judge(page, CLAIMS + 1) is None


def test_a_new_page_is_stored_and_an_old_one_is_kept(copy: Path) -> None:
    """A new page is stored for the revision there is; one that was stored must not change."""
    page = copy / "pages" / "new.html"
    page.write_text("<title>Another page</title>")
    assert "pin.py --update" in str(_PINS.judge(page))
    assert _PINS.update(copy) == [_PINS.stored(page)]
    assert _PINS.judge(page) is None
    page.write_text("<title>Changed</title>")
    assert "another page" in str(_PINS.judge(page))
