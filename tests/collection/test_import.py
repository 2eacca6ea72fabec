"""Imported files: exact bytes kept, text unchanged, dates shown as claimed."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zipfile
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


def packed(*names: str) -> bytes:
    """A ZIP with empty files of these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, b"")
    return made.getvalue()


WARC = b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n"
MHTML = (
    b"From: <Saved by Blink>\r\nSubject: Mayor\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html"; boundary="b"\r\n\r\n--b\r\n'
)
CONTAINERS = {
    "a PDF": b"%PDF-1.7\n1 0 obj\n",
    "a ZIP": packed("word/document.xml"),
    "ZIP": b"PK\x03\x04 broken",
    "a WACZ": packed("datapackage.json", "archive/data.warc.gz"),
    "an old Office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 of a doc",
    "PNG": b"\x89PNG\r\n\x1a\n picture",
    "JPEG": b"\xff\xd8\xff\xe0 picture",
    "GIF": b"GIF89a picture",
    "WebP": b"RIFF\x10\0\0\0WEBPVP8 ",
    "HEIC": b"\0\0\0\x1cftypavif",
    "SVG": b"<?xml version='1.0'?>\n<svg xmlns='x'><text>Mayor</text></svg>",
    "gzip": gzip.compress(b"packed"),
    "a WARC file": WARC,
    "WARC": gzip.compress(WARC),
    "a WARC": WARC.replace(b"WARC/1.1", b"warc/1.0"),
    "an ARC file": b"filedesc://x.arc 0.0.0.0 20041015060312 text/plain 77\n1 0 Test\n",
    "ARC": gzip.compress(b"filedesc://x.arc 0.0.0.0 20041015060312 text/plain 77\n"),
    "MHTML": MHTML,
    "an e-mail message": b"MIME-Version: 1.0\nContent-Type: text/plain\n\nHello.\n",
    "HAR": b'\n {"log":{"entries":[]}}',
    "JSON": b'[{"text": "The mayor resigned."}]\n',
    "not text but JSON": b'{"text": "One."}\n{"text": "Two."}\n',
    "XML": b"<?xml version='1.0'?><rss><channel/></rss>",
    "an HTTP message": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x",
    "RTF": b"{\\rtf1 The mayor resigned.}",
    "a binary file": b"some\x00thing\n",
    "binary": b"\x01\x02\x03 The mayor",
    "not text but a binary": b"Nine sig\x01",
    "not text but a binary file": b"\xff not UTF-8, and with two \x01 of them \x02",
}


BINARY = [told for told in CONTAINERS if "binary" in told]


@pytest.mark.parametrize("name", ["story.txt", "story", "story.html"])
@pytest.mark.parametrize("told", CONTAINERS)
def test_what_is_no_text_is_refused_with_a_hint(
    press: archive.Collection, tmp_path: Path, told: str, name: str
) -> None:
    """Containers are known by their bytes, whatever they are called, and nothing is written."""
    if name == "story.html" and told in ("XML", *BINARY):
        return  # a page may be XML, and have a NUL
    with pytest.raises(archive.InputError, match="not text but") as caught:
        press.import_file(write(tmp_path, name, CONTAINERS[told]), URL)
    assert told in caught.value.message
    assert caught.value.hint
    assert list(press.captures()) == []


@pytest.mark.parametrize(
    "data",
    [
        b"{Note: the mayor resigned}\n",
        b"[1] A footnote at the beginning.\nText.\n",
        b"[...] the mayor resigned\n",
        b"From: the editor\nSubject: The mayor\n\nHe resigned.\n",
        b"WARC/1.1 is a format, the mayor said.\n",
        b"PKW means car.\nRIFF is another word.\n",
        b"BMW sells fewer cars.\nMMORPG\n",
        b"HTTP/1.1 200 years of it\n".replace(b" 200 ", b" two hundred "),
        b"filedesc is no word\n",
        b"A \x1b[1mbold\x1b[0m word and a form feed\x0c\n",
        "NUL in every other byte\n".encode("utf-16"),
        b"A bell \x07, another \x07, a step back \x08, and no more than that.\n",
        b"Ten signs\x01",
    ],
)
def test_text_that_begins_like_a_container_is_text(
    press: archive.Collection, tmp_path: Path, data: bytes
) -> None:
    """What only looks like it in its first signs is imported as before."""
    assert press.import_file(write(tmp_path, "story", data), URL).grade == "text"


def test_a_page_with_a_nul_is_a_page(press: archive.Collection, tmp_path: Path) -> None:
    """HTML may have one; a binary file that is called a page has no text, and says why."""
    capture = press.import_file(write(tmp_path, "saved.html", page() + b"\0"), URL)
    assert capture.title == "Mayor resigns"
    other = press.import_file(write(tmp_path, "file.html", bytes(range(256)) * 40), URL)
    assert (other.article, other.grade) == (None, "html")
    assert other.extraction_reason
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
