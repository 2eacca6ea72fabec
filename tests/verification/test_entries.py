"""Text entries: what verify says when one was edited, deleted, moved, or lies about its capture."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import archive
from archive.article import Extraction, Request, extractor
from archive.collection.reextraction import draft_text, request_page
from archive.comparison.gist import Gist
from archive.user.trusting import gather_trust
from archive.workers.pool import Extractors
from tests.builders import Member, check, edit_block, edit_head, put_together, take_apart
from tests.capture.settings import LOCAL
from tests.collection.press import EXTRACTORS, START, open_press, page
from tests.collection.test_unchanged import wire
from tests.servers import OddServer


class Lying(Extractors):
    """Extractors of an archiver who changes a word."""

    def read(self, page: Request) -> tuple[Extraction, Gist | None]:
        """Another text than the page's."""
        found, gist = super().read(page)
        assert found.text is not None
        return evolve(found, text=found.text.replace("resigned", "died")), gist


def test_a_text_that_the_page_does_not_give_fails(tmp_path: Path, odd_server: OddServer) -> None:
    """A capture signed with another text than its page gives fails check 6, and only there."""
    url = odd_server.set("/a", wire(page()))
    with Lying() as liar, open_press(tmp_path, extractors=liar) as press:
        capture = press.add(url, LOCAL)
        assert capture.article is not None
        assert "died" in capture.article.text
    with open_press(tmp_path) as press:
        shallow, deep = press.verify(), press.verify(deep=True)
    assert shallow.verdict == "verified"
    assert shallow.check("text").result == "not-checked"
    assert deep.verdict == "failed"
    assert {finding.check for finding in deep.findings} == {"text"}
    assert deep.findings[0].url == url
    assert deep.findings[0].message == "the text is not what the stored page gives"


def test_texts_by_another_extractor_are_not_compared(
    tmp_path: Path, odd_server: OddServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where this program's extractor is another one, check 6 is not checked, and says why."""
    from archive.verification import texts

    with open_press(tmp_path) as press:
        press.add(odd_server.set("/a", wire(page())), LOCAL)
        other = evolve(extractor(), version="0.0")
        monkeypatch.setattr(texts, "extractor", lambda: other)
        report = press.verify(deep=True)
    assert report.verdict == "verified"
    assert report.check("text").result == "not-checked"
    assert "another extractor" in (report.check("text").reason or "")


@pytest.fixture
def stored(tmp_path: Path, odd_server: OddServer) -> tuple[list[Member], archive.Collection]:
    """A collection of a capture without text, its text entry, and another capture, taken apart."""
    with open_press(tmp_path, extracting=False) as press:
        first = press.add(odd_server.set("/a", wire(page())), LOCAL)
        press.extract(first)
        press.add(odd_server.set("/b", wire(page("Other"))), LOCAL)
        [warc] = (press.path / "warc").iterdir()
        return take_apart(warc.read_bytes()), press


def target(member: Member) -> bytes:
    """The target of a record."""
    return next(
        (
            line.partition(b": ")[2]
            for line in member.head.split(b"\r\n")
            if line.startswith(b"WARC-Target-URI")
        ),
        b"",
    )


def find(members: list[Member], prefix: bytes) -> int:
    """Where the record with such a target stands."""
    [place] = [n for n, member in enumerate(members) if target(member).startswith(prefix)]
    return place


Change = Callable[[list[Member]], list[Member]]


def _edit_text(members: list[Member]) -> list[Member]:
    place = find(members, b"urn:text:")
    changed = edit_block(members[place], b"resigned", b"repented", digest=True)
    return [*members[:place], changed, *members[place + 1 :]]


def _edit_target(members: list[Member]) -> list[Member]:
    place = find(members, b"urn:entry:text:2")
    changed = edit_head(members[place], b"urn:entry:text:2", b"urn:entry:text:9")
    return [*members[:place], changed, *members[place + 1 :]]


def _delete_text(members: list[Member]) -> list[Member]:
    place = find(members, b"urn:text:")
    return [*members[:place], *members[place + 1 :]]


def _delete_entry(members: list[Member]) -> list[Member]:
    start, end = find(members, b"urn:text:"), find(members, b"urn:entry:text:")
    return [*members[:start], *members[end + 1 :]]


def _double_entry(members: list[Member]) -> list[Member]:
    start, end = find(members, b"urn:text:"), find(members, b"urn:entry:text:")
    return [*members, *members[start : end + 1]]


def _swap_records(members: list[Member]) -> list[Member]:
    start = find(members, b"urn:text:")
    return [*members[:start], members[start + 1], members[start], *members[start + 2 :]]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_edit_text, "blocks"),
        (_edit_target, "headers"),
        (_delete_text, "coverage"),
        (_delete_entry, "sequence"),
        (_double_entry, "sequence"),
        (_swap_records, "coverage"),
    ],
)
def test_tampering_with_a_text_entry_fails(
    stored: tuple[list[Member], archive.Collection], change: Change, expected: str
) -> None:
    """An entry edited, cut short, taken away, doubled or put into another order is found."""
    members, press = stored
    trust = gather_trust(press._keystore)
    assert check(put_together(members), trust=trust, whole=True).verdict == "verified"
    report = check(put_together(change(members)), trust=trust, whole=True)
    assert report.verdict == "failed"
    assert expected in {item.name for item in report.checks if item.result == "failed"}


def test_a_text_of_another_capture_fails(tmp_path: Path, odd_server: OddServer) -> None:
    """A text entry that names a capture of another page, or one that is not there, fails."""
    with open_press(tmp_path, extracting=False) as press:
        first = press.add(odd_server.set("/a", wire(page())), LOCAL)
        second = press.add(odd_server.set("/b", wire(page("Other"))), LOCAL)
        asked = request_page(first)
        draft = draft_text(first, asked, EXTRACTORS.extract(asked), now=START, rng=os.urandom)
        for envelope in (second.row.envelope, "0" * 64):
            press._adder().writer.append([evolve(draft, body={**draft.body, "capture": envelope})])
        report = press.verify()
    found = [finding.message for finding in report.findings if finding.check == "coverage"]
    assert found == [
        "text of a capture of another page or content",
        "text of a capture that is not there",
    ]


def test_an_entry_alone_holds_its_warcinfo(tmp_path: Path, odd_server: OddServer) -> None:
    """In a file of entries only, as a new one may be, an edited warcinfo is found all the same."""
    with open_press(tmp_path, extracting=False) as press:
        press.add(odd_server.set("/a", wire(page())), LOCAL)
        [warc] = (press.path / "warc").iterdir()
        trust = gather_trust(press._keystore)
    warcinfo, keyring = take_apart(warc.read_bytes())[:2]
    assert target(keyring).startswith(b"urn:entry:keyring:")
    assert check(put_together([warcinfo, keyring]), trust=trust).findings == ()
    for digest in (False, True):
        edited = edit_block(warcinfo, b"format: ", b"format: about ", digest=digest)
        report = check(put_together([edited, keyring]), trust=trust)
        found = {one.message for one in report.findings}
        assert "the file's warcinfo block is not the one that was signed" in found
        assert "the file's warcinfo header is not the one that was signed" in found


@pytest.mark.parametrize(
    ("wrong", "deep", "expected"),
    [
        ({"text": "0" * 64}, False, "the text named is not the text record's block"),
        ({"paragraphs": {"root": "0" * 64, "size": 1}}, True, "the paragraphs root is not what"),
        ({"claims": {"root": "0" * 64, "size": 1}}, True, "the claims root is not what"),
        (
            {"final_url": "https://olds.example/"},
            False,
            "target of the text record is not the entry's final URL",
        ),
    ],
)
def test_a_text_entry_that_contradicts_its_records_fails(
    tmp_path: Path, odd_server: OddServer, wrong: dict[str, Any], deep: bool, expected: str
) -> None:
    """What a signed text entry says of its text, roots and URL must be so."""
    with open_press(tmp_path, extracting=False) as press:
        first = press.add(odd_server.set("/a", wire(page())), LOCAL)
        asked = request_page(first)
        draft = draft_text(first, asked, EXTRACTORS.extract(asked), now=START, rng=os.urandom)
        press._adder().writer.append([evolve(draft, body={**draft.body, **wrong})])
        report = press.verify(deep=deep)
    assert [one.message for one in report.findings if one.message.startswith(expected)]


def test_the_shared_pool_is_left_open(tmp_path: Path) -> None:
    """A collection that was given a pool leaves it to its owner, after a deep look as well."""
    with open_press(tmp_path) as press:
        press.verify(deep=True)
    assert EXTRACTORS.extract(Request(page(), "text/html", "https://a.example/")).outcome == "ok"
