"""A check is complete or it is not: only complete ones can be required."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

import archive
from archive.errors import IntegrityError
from archive.proof.statement import ExtractionSummary, Layers
from archive.verification import texts
from archive.verification.checks import list_checks
from archive.verification.invariants import INVARIANTS, Facts
from archive.verification.place import Place
from archive.verification.tally import Tally
from tests.builders import Builder
from tests.capture.settings import LOCAL
from tests.collection.press import Clock, open_press, page
from tests.collection.test_unchanged import wire
from tests.servers import OddServer
from tests.store import shelf

PLACE = Place("x")


def test_blocks_are_complete_when_they_are_looked_at_deep(tmp_path: Path) -> None:
    """`--require blocks` is met by a deep look alone; on the surface it is `incomplete`."""
    with shelf.collection(tmp_path, 2) as press:
        shallow = press.verify(require=["blocks"])
        assert (shallow.verdict, shallow.check("blocks").result) == ("incomplete", "passed")
        with pytest.raises(IntegrityError, match="check blocks incomplete"):
            shallow.require("blocks")
        assert press.verify(require=["blocks"], deep=True).verdict == "verified"
        assert press.verify().verdict == "verified"


@pytest.mark.parametrize("name", ["blocks", "text", "timestamp"])
def test_a_gap_makes_a_check_incomplete_and_a_note_does_not(name: str) -> None:
    """What was skipped is a part that was not checked; what is noted, or passed over, is not."""
    whole, noted, gap = Tally(), Tally(), Tally()
    for tally in (whole, noted, gap):
        tally.count(name)  # type: ignore[arg-type]
    noted.note(name, "something")  # type: ignore[arg-type]
    noted.pass_over(name, "strangers")  # type: ignore[arg-type]
    gap.skip(name, "a part")  # type: ignore[arg-type]
    found = [next(one for one in t.close() if one.name == name) for t in (whole, noted, gap)]
    assert [one.result for one in found] == ["passed"] * 3
    assert [one.complete for one in found] == [True, True, False]


def test_nothing_that_did_not_pass_is_complete() -> None:
    """A failed check, one without anything to check and one that is set aside are not complete."""
    tally = Tally()
    tally.fail("framing", "wrong", PLACE)
    for name in list_checks("log"):
        tally.set_aside(name, "no log")
    assert not any(check.complete for check in tally.close())


SAID = ExtractionSummary("ok", None, "x", "1", {}, {})
TEXT = "0" * 64


@pytest.mark.parametrize(
    ("grade", "said", "text", "problem"),
    [
        ("wire", SAID, TEXT, None),
        ("html", SAID, TEXT, None),
        ("text", None, TEXT, None),
        ("wire", None, None, None),
        ("wire", evolve(SAID, outcome="none"), None, None),
        ("wire", evolve(SAID, outcome="timeout"), None, None),
        ("wire", None, TEXT, "a text and no extraction"),
        ("html", None, TEXT, "a text and no extraction"),
        ("wire", evolve(SAID, outcome="timeout"), TEXT, "of the outcome timeout"),
        ("wire", evolve(SAID, outcome="none"), TEXT, "of the outcome none"),
        ("wire", SAID, None, "outcome ok has no text"),
    ],
)
def test_a_text_stands_only_with_an_extraction_that_gave_it(
    grade: str, said: ExtractionSummary | None, text: str | None, problem: str | None
) -> None:
    """A text and what is said of its extraction come together, or the statement contradicts itself;
    only imported text needs none.
    """
    builder = Builder()
    builder.begin_file()
    made = builder.capture("https://news.example/").statement
    layers = Layers(text=text)
    told = evolve(made, records=(), grade=grade, extraction=said, layers=layers)  # type: ignore[arg-type]
    facts = Facts(said=told, named=(), is_whole=False)
    rows = [one for one in INVARIANTS if one.name in ("text", "extraction", "extracted")]
    found = [one.message.format(said=told) for one in rows if one.is_broken(facts)]
    assert [problem in one for one in found] == [True] if problem else found == []


def extract_again(folder: Path, server: OddServer) -> archive.Collection:
    """A page that was kept without its text, whose text was extracted later."""
    clock = Clock()
    with open_press(folder, clock, extracting=False) as press:
        press.add(server.set("/a", wire(page())), LOCAL)
    press = open_press(folder, clock)
    [capture] = press
    assert capture.row.extraction is None
    assert press.extract(capture).later is not None
    return press


def test_texts_extracted_later_are_recomputed(
    tmp_path: Path, odd_server: OddServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later text that the page gives passes, and one that it does not give fails."""
    with extract_again(tmp_path, odd_server) as press:
        report = press.verify(deep=True, require=["text", "blocks"])
        assert (report.verdict, report.check("text").count) == ("verified", 1)
        told = page().replace(b"resigned", b"remained")
        real = texts._Pages.find

        def other(self: texts._Pages, envelope: str) -> texts._Page | None:
            found = real(self, envelope)
            return None if found is None else evolve(found, asked=evolve(found.asked, content=told))

        monkeypatch.setattr(texts._Pages, "find", other)
        failed = press.verify(deep=True)
        assert failed.verdict == "failed"
        assert {one.check for one in failed.findings} == {"text"}


def test_a_page_that_is_no_longer_at_hand_is_not_checked(
    tmp_path: Path, odd_server: OddServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages are kept in bounded memory: a later text whose page is forgotten is not checked."""
    monkeypatch.setattr("archive.verification.texts._MOST_KEPT", 10)
    with extract_again(tmp_path, odd_server) as press:
        report = press.verify(deep=True, require=["text"])
        assert report.verdict == "incomplete"
        assert "not at hand" in (report.check("text").reason or "")
        assert report.findings == ()
