"""Imported files: exact bytes kept, text unchanged, dates shown as claimed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

import archive
from archive.http.coding import CONTENT_LIMIT
from tests.collection.press import (
    Clock,
    capture_records,
    check_verified,
    outcome,
    page,
    predicate,
)
from tests.places import shared

URL = "https://news.example/story"


def write(folder: Path, name: str, data: bytes) -> Path:
    """A file."""
    path = folder / name
    path.write_bytes(data)
    return path


def text_of(press: archive.Collection, capture: archive.Capture) -> bytes | None:
    """The block of a capture's text record."""
    return next(
        (
            record.block
            for record in capture_records(press, capture)
            if record["WARC-Target-URI"].startswith("urn:text:")
        ),
        None,
    )


def test_the_seed_article_is_kept_line_by_line(press: archive.Collection) -> None:
    """The scraped article's text record is the file's own bytes, its claimed date signed."""
    path = shared("seed/kursk-article.txt")
    data = path.read_bytes()
    capture = press.import_file(path, URL, date="2024-08-06")
    records = capture_records(press, capture)
    imported, told, text, claims, envelope = records
    assert (capture.outcome, capture.grade, capture.status) == ("captured", "text", None)
    assert imported.block == data
    assert text.block == (data if data.endswith(b"\n") else data + b"\n")
    assert [(r["WARC-Type"], r["WARC-Target-URI"]) for r in records] == [
        ("resource", f"urn:import:{URL}"),
        ("metadata", f"urn:outcome:{URL}"),
        ("resource", f"urn:text:{URL}"),
        ("metadata", f"urn:claims:{URL}"),
        ("metadata", f"urn:statement:{URL}"),
    ]
    assert imported["Content-Type"].startswith("text/plain")
    assert text["WARC-Concurrent-To"] == imported["WARC-Record-ID"]
    assert claims["WARC-Refers-To"] == imported["WARC-Record-ID"]
    assert envelope["WARC-Refers-To"] == told["WARC-Record-ID"]
    assert told.get("WARC-Refers-To") is None
    said = predicate(press, capture)
    assert (said["claimed_date"], said["date"]) == ("2024-08-06", imported["WARC-Date"])
    assert (said["grade"], said["extraction"], said["status"]) == ("text", None, None)
    digest = hashlib.sha256(data).hexdigest()
    assert (said["digests"]["block"], said["digests"]["content"]) == (digest, digest)
    assert said["digests"]["header"] is said["digests"]["entity"] is None
    assert said["paragraphs"]["size"] == len(text.block.split(b"\n")) - 1
    assert outcome(press, capture)["imported"] == {
        "name": "kursk-article.txt",
        "bytes": len(data),
        "claimed_date": "2024-08-06",
    }
    assert capture.claimed_date == "2024-08-06"
    assert capture.content == data
    assert capture.article is not None
    assert capture.article.text.encode() == text.block
    check_verified(press)


def test_saved_html_is_extracted(press: archive.Collection, tmp_path: Path) -> None:
    """Saved HTML is grade html: its bytes are kept, its text and title found in it."""
    capture = press.import_file(write(tmp_path, "saved.html", page()), URL)
    assert (capture.grade, capture.title) == ("html", "Mayor resigns")
    records = capture_records(press, capture)
    assert records[0].block == page()
    assert records[0]["Content-Type"].startswith("text/html")
    assert capture.article is not None
    assert "behind closed doors" in capture.article.text
    assert capture.article.text.encode() == text_of(press, capture)
    assert predicate(press, capture)["extraction"]["outcome"] == "ok"
    check_verified(press)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"one\r\ntwo\r\n", b"one\r\ntwo\r\n"),
        (b"\xef\xbb\xbfone\ntwo", b"one\ntwo\n"),
        (b"caf\xe9 \x80\n", "café €\n".encode()),
        ("café\n".encode("utf-16"), "café\n".encode()),
        (b"one\n\n\n  two\n", b"one\n\n\n  two\n"),
        (b"no end", b"no end\n"),
        (b"\n", b"\n"),
    ],
    ids=["CRLF", "BOM", "windows-1252", "UTF-16", "blank lines", "no end", "a line feed"],
)
def test_lines_are_kept_as_they_are(
    press: archive.Collection, tmp_path: Path, data: bytes, text: bytes
) -> None:
    """The text record is the file's lines in UTF-8; the import record its bytes, unchanged."""
    capture = press.import_file(write(tmp_path, "scraped.txt", data), URL)
    assert capture_records(press, capture)[0].block == data
    assert (capture.grade, text_of(press, capture)) == ("text", text)
    assert capture.content == data
    check_verified(press)


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + b"\0" * 90])
@pytest.mark.parametrize("name", ["file.txt", "file.html", "file.bin"])
def test_anything_can_be_imported(
    press: archive.Collection, tmp_path: Path, data: bytes, name: str
) -> None:
    """Binary files, whatever their name, are kept byte for byte and verify."""
    capture = press.import_file(write(tmp_path, name, data), URL)
    assert capture.outcome == "captured"
    assert capture_records(press, capture)[0].block == data
    assert capture.grade == ("html" if name.endswith("html") else "text")
    check_verified(press)


@pytest.mark.parametrize(
    ("data", "kind", "name"),
    [
        (b"%PDF-1.7\n1 0 obj\n", "application/pdf", "a PDF"),
        (b"PK\x03\x04 of a docx", "application/zip", "a ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 of a doc", "application/x-ole-storage", "Office"),
        (b"\x89PNG\r\n\x1a\n picture", "image/png", "PNG"),
        (b"\xff\xd8\xff\xe0 picture", "image/jpeg", "JPEG"),
        (b"GIF89a picture", "image/gif", "GIF"),
        (b"\x1f\x8b\x08 packed", "application/gzip", "gzip"),
        (b"some\x00thing\n", "application/octet-stream", "a binary file"),
    ],
)
def test_a_binary_file_is_not_taken_for_text(
    press: archive.Collection, tmp_path: Path, data: bytes, kind: str, name: str
) -> None:
    """A PDF or the like given as text is kept, but has no text, and the capture says why."""
    capture = press.import_file(write(tmp_path, "story.txt", data), URL)
    assert (capture.article, text_of(press, capture)) == (None, None)
    assert capture_records(press, capture)[0].block == capture.content == data
    assert capture.content_type == kind
    assert capture.limitations == ("suspicious",)
    assert capture.suspicion is not None
    assert capture.suspicion.startswith("not text but ")
    assert name in capture.suspicion
    said = predicate(press, capture)
    assert (said["paragraphs"], said["digests"]["text"]) == (None, None)
    check_verified(press)


def test_a_pdf_named_html_is_not_extracted(press: archive.Collection, tmp_path: Path) -> None:
    """A PDF that is called a page is stated as an extraction without text, and why."""
    capture = press.import_file(write(tmp_path, "saved.html", b"%PDF-1.7\n" + page()), URL)
    assert capture.article is None
    extraction = predicate(press, capture)["extraction"]
    assert (extraction["outcome"], extraction["reason"]) == ("none", "not text but a PDF")
    assert press.compare(capture, capture).changes == ()
    check_verified(press)


def test_the_grade_can_be_given(press: archive.Collection, tmp_path: Path, clock: Clock) -> None:
    """A grade that is named holds, whatever the file looks like."""
    path = write(tmp_path, "page", page())
    assert press.import_file(path, URL).grade == "html"
    clock.advance(1)
    as_text = press.import_file(path, URL, grade="text")
    assert (as_text.grade, text_of(press, as_text)) == ("text", page())
    check_verified(press)


def test_the_same_file_again_is_unchanged(
    press: archive.Collection, tmp_path: Path, clock: Clock
) -> None:
    """A file imported twice is kept twice, the second unchanged, in one version."""
    path = write(tmp_path, "scraped.txt", b"A headline\nA paragraph.\n")
    outcomes = []
    for _ in range(2):
        outcomes.append(press.import_file(path, URL).outcome)
        clock.advance(60)
    assert outcomes == ["captured", "unchanged"]
    assert [len(version.captures) for version in press.history(URL)] == [2]
    check_verified(press)


def test_what_cannot_be_imported_is_refused(press: archive.Collection, tmp_path: Path) -> None:
    """What is no file, an empty one, and a URL that is none raise, and nothing is written."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    empty = write(tmp_path, "empty.txt", b"")
    for path in (tmp_path / "missing.txt", tmp_path, pipe, Path("/dev/zero"), empty):
        with pytest.raises(archive.InputError):
            press.import_file(path, URL)
    with pytest.raises(archive.UrlError):
        press.import_file(write(tmp_path, "a.txt", b"a\n"), "file:///etc/passwd")
    assert list(press.captures()) == []


def test_a_file_that_is_too_large_is_not_read_whole(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Of a file beyond the limit no more than one byte beyond it is read, and it is refused."""
    path = tmp_path / "large.txt"
    path.touch()
    os.truncate(path, CONTENT_LIMIT * 1000)  # sparse: more than memory holds
    with pytest.raises(archive.UsageError, match="more than"):
        press.import_file(path, URL)
    assert list(press.captures()) == []


WALL = (
    b"<html><head><title>The Courier</title></head><body><main><h1>Before you continue</h1>"
    b'<div id="onetrust-banner-sdk"><p>We and our 841 partners store and access information on '
    b"your device. Accept all cookies to go on reading.</p><button>Accept all</button>"
    b"<button>Manage preferences</button></div></main></body></html>"
)


def test_a_saved_wall_is_suspected_as_a_fetched_one_is(
    press: archive.Collection, tmp_path: Path
) -> None:
    """HTML that was saved of a consent wall says so, signed, and is not taken for the newest."""
    article = press.import_file(write(tmp_path, "story.html", page()), URL, date="2024-08-06")
    wall = press.import_file(write(tmp_path, "wall.html", WALL), URL, date="2024-08-07")
    assert (article.suspicion, article.limitations) == (None, ())
    assert (wall.suspicion, wall.limitations) == ("consent wall (its title)", ("suspicious",))
    assert outcome(press, wall)["suspicion"] == wall.suspicion
    assert press.get(URL).id == article.id
    check_verified(press)
