"""When a version begins: where the article, as its readers see it, is not the same as before."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import archive
from archive.collection import comparing
from archive.comparison import Comparison, Side, compare_sides, read_side
from tests.article.test_reading import page as article
from tests.capture.settings import LOCAL
from tests.cli.stories import response
from tests.collection.press import Clock, open_press
from tests.collection.press import page as short
from tests.collection.test_host_noise import SPRING, WINTER, capture_all
from tests.comparison.test_pages import DENIED, TOOK
from tests.places import ROOT
from tests.servers import Nginx, OddServer

CLINIC = "http://gazette.example/clinic"
LOST = "<aside><p>{}</p></aside>"
"""A paragraph that the extracted text lacks."""
WALL = "<title>{0}</title><h1>{0}</h1><p>Verify you are human. Enable cookies to continue.</p>"

Capturing = Callable[[bytes | None], archive.Capture]


@pytest.fixture
def capturing(press: archive.Collection, nginx: Nginx, clock: Clock) -> Capturing:
    """Captures one URL, an hour later each time, with what it is given; None for a 404."""

    def capture(content: bytes | None) -> archive.Capture:
        clock.advance(3_600)
        url = nginx.publish("version.html", content or b"")
        if content is None:
            (nginx.root / "version.html").unlink()
        return press.add(url, LOCAL)

    return capture


def told(press: archive.Collection, url: str) -> list[tuple[str, int, int | None]]:
    """Of each version how it came about, how many captures it has, and which one it is again."""
    return [(turn.kind, len(turn.version.captures), turn.again) for turn in press.turns(url)]


def test_an_edit_that_the_text_lacks_begins_a_version(
    press: archive.Collection, capturing: Capturing
) -> None:
    """Two captures with one and the same text are two versions where a reader reads otherwise."""
    before = capturing(article(LOST.format(TOOK)))
    after = capturing(article(LOST.format(DENIED)))
    assert before.row.text == after.row.text
    assert told(press, before.url) == [("first", 1, None), ("changed", 1, None)]
    (change,) = press.compare(before, after).changes
    assert "negation" in change.classes


def test_what_is_no_edit_begins_none(press: archive.Collection, capturing: Capturing) -> None:
    """Where a counter, an advertisement beside, or markup alone is another, the version goes on."""
    first = capturing(article("<p>1,204 views</p>"))
    capturing(article("<p>1,311 views</p>"))
    capturing(article("<p class=x>1,311 views</p>", after="<aside><p>Buy it</p></aside>"))
    assert told(press, first.url) == [("first", 3, None)]


def test_a_wall_between_is_no_version_of_the_article(
    press: archive.Collection, capturing: Capturing
) -> None:
    """Of an article seen, hidden by a wall, and seen again as it was, the captures are one version;
    the wall stands aside, and what changed is told between captures of the article.
    """
    pages = [short(), WALL.format("Access denied").encode()]
    first, wall, _, _, last = map(capturing, [*pages, *pages, short("Mayor stays")])
    assert wall.suspicion is not None
    turns = press.turns(first.url)
    assert [(turn.kind, len(turn.version.captures)) for turn in turns] == [
        ("first", 2),
        ("suspicious", 2),
        ("changed", 1),
    ]
    assert turns[2].since == turns[0].version.last
    assert turns[2].version.first == last


def test_a_redirect_to_the_front_page_is_gone(
    press: archive.Collection, odd_server: OddServer, clock: Clock
) -> None:
    """As after a 404 the article is gone, whatever the front page says; and can come back."""
    front = response(short("Whatever is new", *["Another story of this very day."] * 30))
    odd_server.set("/", front)
    away = b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"
    taken = []
    for answer in (response(short()), away, away, response(short())):
        clock.advance(3_600)
        taken.append(press.add(odd_server.set("/story", answer), LOCAL))
    url = taken[0].url
    assert [capture.is_gone for capture in taken] == [False, True, True, False]
    assert told(press, url) == [("first", 1, None), ("gone", 2, None), ("back", 1, 1)]
    found = press.compare(taken[0], taken[1])
    assert (found.state, found.silent) == ("gone", None)
    assert press.get(url).id == taken[3].id


def test_pages_that_are_all_suspicious_still_have_versions(
    press: archive.Collection, capturing: Capturing
) -> None:
    """A suspicion may be wrong: what changed between two suspicious captures is not hidden."""
    one, two = WALL.format("Access denied"), WALL.format("Access denied to the ferry pier")
    first = capturing(one.encode())
    capturing(one.replace("<p>", "<p class=x>").encode())
    capturing(two.encode())
    assert told(press, first.url) == [("suspicious", 2, None), ("suspicious", 1, None)]


def test_an_article_that_came_back_is_known_again(
    press: archive.Collection, capturing: Capturing
) -> None:
    """By its digest wherever it stood, and where a counter went on meanwhile by comparing."""
    first = capturing(article("<p>1,204 views</p>"))
    for content in (None, article("<p>1,311 views</p>"), article(f"<p>{TOOK}</p>"), None):
        capturing(content)
    capturing(article("<p>1,204 views</p>"))
    assert told(press, first.url) == [
        ("first", 1, None),
        ("gone", 1, None),
        ("back", 1, 1),
        ("changed", 1, None),
        ("gone", 1, 2),
        ("back", 1, 1),
    ]


def test_what_is_the_same_by_digest_is_not_compared(
    press: archive.Collection, capturing: Capturing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages that differ beside the article alone have one digest; only an edit is compared."""
    compared = []

    def compare(*sides: Side, **more: Any) -> Comparison:
        compared.append(sides)
        return compare_sides(*sides, **more)

    monkeypatch.setattr(comparing, "compare_sides", compare)
    first = capturing(article(""))
    for after in ("<footer><p>One</p></footer>", "<footer><p>Two</p></footer>"):
        capturing(article("", after=after))
    assert told(press, first.url) == [("first", 3, None)]
    assert compared == []
    capturing(article(f"<p>{TOOK}</p>"))
    assert len(compared) == 1
    assert told(press, first.url) == [("first", 3, None), ("changed", 1, None)]
    assert len(compared) == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.unlink(),
        lambda file: file.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000),
        lambda file: spoil(file, "UPDATE difference SET same = 1"),
        lambda file: spoil(file, "PRAGMA user_version = 1"),
    ],
    ids=["missing", "damaged", "altered", "of other rules"],
)
def test_reading_needs_no_index_of_changes_and_writes_none(
    press: archive.Collection,
    capturing: Capturing,
    tmp_path: Path,
    damage: Callable[[Path], object],
) -> None:
    """Without the file, or with one that cannot be trusted, the same is said, and nothing made."""
    url = capturing(article(LOST.format(TOOK))).url
    capturing(article(LOST.format(DENIED)))
    before, file = told(press, url), press.path / "changes.sqlite"
    press.close()
    damage(file)
    left = file.read_bytes() if file.exists() else None
    with open_press(tmp_path) as reader:
        assert told(reader, url) == before
        assert (file.read_bytes() if file.exists() else None) == left


def spoil(file: Path, command: str) -> None:
    """Change the file behind the program's back."""
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM difference").fetchone() == (1,)
        connection.execute(command)
    connection.close()


def rows_of(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that the index of changes holds."""
    with sqlite3.connect(file) as connection:
        tables = ("reading", "difference", "page")
        found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    connection.close()
    return found


def test_reindex_makes_the_index_of_changes_anew(
    press: archive.Collection, capturing: Capturing
) -> None:
    """What writers kept as they went is what is made from the files alone."""
    capturing(article(LOST.format(TOOK)))
    capturing(article(LOST.format(DENIED)))
    file = press.path / "changes.sqlite"
    kept = rows_of(file)
    assert kept["difference"]
    file.unlink()
    press.reindex()
    assert rows_of(file) == kept


def test_history_says_what_diff_says_whatever_was_captured_later(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """A notice that seemed an edit when only one page had it is none once other pages have it."""
    first = capture_all(press, nginx, SPRING, 14)
    clock.advance(86_400)
    second = capture_all(press, nginx, WINTER, 14)
    for _ in range(2):
        assert press.compare(first, second).same
        assert told(press, first.url) == [("first", 2, None)]
        press.reindex()


def test_an_upgraded_collection_captured_again(
    tmp_path: Path, clock: Clock, odd_server: OddServer
) -> None:
    """Captures of version 0.1.0, whose text another extractor found: captured again as it was, an
    article has no new version, and with an edit that no text has it has one.
    """
    old = ROOT / "fixtures" / "collections" / "0.1.0" / "press"
    with archive.open(old) as before:
        count = len(before.history(CLINIC))
        last = before.get(CLINIC)
        content = last.content
    assert content is not None
    box = LOST.format(TOOK).encode()
    pages = [content + b"<!-- as it was -->", content.replace(b"<p>Patients", box + b"<p>Patients")]
    through = evolve(LOCAL, proxy=odd_server.url("").rstrip("/"))
    with open_press(tmp_path, clock) as press:
        for body in pages:
            clock.advance(86_400)
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
            odd_server.set(CLINIC, head % len(body) + body)
            capture = press.add(CLINIC, through)
            assert (capture.outcome, capture.row.extractor != last.row.extractor) == (
                "captured",
                True,
            )
        for file in (old / "warc").iterdir():
            shutil.copy(file, press.path / "warc")
    with open_press(tmp_path, clock) as merged:
        versions = merged.history(CLINIC)
    assert len(versions) == count + 1
    assert [len(version.captures) for version in versions[-2:]] == [2, 1]


def test_a_page_captured_again_unchanged_is_not_read_again(
    press: archive.Collection, capturing: Capturing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the same bytes nothing is parsed here: how whole the text is the extractor told."""
    read: list[bytes] = []

    def counted(content: bytes, *arguments: Any, **options: Any) -> Side:
        read.append(content)
        return read_side(content, *arguments, **options)

    monkeypatch.setattr(comparing, "read_side", counted)
    first = capturing(short())
    again = capturing(short())
    assert again.outcome == "unchanged"
    assert again.text_share == first.text_share
    assert read == []
    assert again.change is not None
    assert again.change.same
