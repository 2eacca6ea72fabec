"""The collection that many tests look at, and the pages in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from attrs import define, field, frozen

import archive
from archive.adding.effects import Effects
from archive.user.keystore import Keystore
from tests.cli.program import Box
from tests.servers import OddServer

__all__ = ["HOSTILE", "UNSAFE", "Stories", "make_stories", "page", "response"]

TEXT = (
    "The council voted on Tuesday evening to close the old ferry pier, which had served since 1911."
)

HOSTILE = (
    "Esc \x1b[31mred\x1b]0;owned\x07 bell \x07 back\x08space carriage\rreturn "
    "bidi \u202eevil\u202c \u2066iso\u2069 mark \u200f csi \x9b31m "
    "zero\u200bwidth \ufeffbom sep\u2028arator del \x7f end"
)
"""What a page may try on a terminal."""

UNSAFE = set("\x1b\x07\x08\r\x9b\x7f\u202e\u202c\u2066\u2069\u200f\u200b\u2028\ufeff")
"""What of it must not reach a terminal."""


def page(title: str, *paragraphs: str) -> bytes:
    """An article as HTML."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in (TEXT, *paragraphs))
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    ).encode()


def response(body: bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """An HTTP response with a body."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode("latin-1") + body


@define
class Day:
    """A clock that stands at noon of a day."""

    number: int = 0

    def now(self) -> datetime:
        """Noon of the day."""
        return datetime(2026, 3, self.number, 12, 0, 0, 5, UTC)


@frozen
class Stories:
    """A collection of which nothing is changed, day by day in March 2026.

    `story` was captured on 1 March, changed on 2 March, was unchanged on 3 March and gone (404) on
    4 March; `hostile` on 5 March; `handle`, whose path ends with ``@someone``, on 6 March, and
    ``@2026-03-01`` behind the same URL is a page of its own, captured on 7 March. `scraped` is a
    hostile text file, imported on 8 March: what extraction would take out stands in it.
    """

    box: Box
    folder: Path
    story: str
    hostile: str
    handle: str
    scraped: str = "https://hostile.example/"
    ids: list[str] = field(factory=list)


def make_stories(box: Box, server: OddServer) -> Stories:
    """Capture the pages of `Stories`."""
    first = response(page("Pier closes", "Cost: 14 million in all."))
    second = response(page("Pier saves money", "Cost: 41 million in all."))
    gone = response(b"<p>gone</p>", "404 Not Found")
    hostile = response(page(HOSTILE, HOSTILE), kind="text/html; charset=utf-8\r\nX-Odd: \x9b31m")
    steps = [("/story", first), ("/story", second), ("/story", second), ("/story", gone)]
    steps += [("/hostile", hostile), ("/@someone", first), ("/@someone@2026-03-01", second)]
    story, hostile_page, someone = map(server.url, ("/story", "/hostile", "/@someone"))
    made, day = Stories(box, box.folder / "press", story, hostile_page, someone), Day()
    keys = Keystore(box.config / "article-archive")
    with archive.open(
        made.folder, create=True, keystore=keys, effects=Effects(now=day.now)
    ) as press:
        for path, answer in steps:
            day.number += 1
            url = server.set(path, answer)
            made.ids.append(press.add(url, archive.Settings(allow_private=True)).id)
        day.number += 1
        file = box.folder / "scraped.txt"
        file.write_bytes(HOSTILE.encode())
        made.ids.append(press.import_file(file, made.scraped).id)
    return made
