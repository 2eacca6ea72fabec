"""What later captures stand on: earlier responses and earlier texts (check 3).

A revisit names the response whose entity it repeats, and an unchanged capture the envelope whose
text it takes over. Where everything from the collection's first envelope on is read, both must have
been there before; otherwise what was not seen is elsewhere, and counted.

Kept are about a tenth of a kilobyte a response and a capture, and as much a URL.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive import digest
from archive.proof.entry import Reextraction
from archive.proof.statement import CaptureStatement
from archive.verification.records import ReadRecord
from archive.warc.record import bare_id

__all__ = ["Originals"]

_HERE = 16


class Originals:
    """Remembers responses and texts, and compares what refers to them."""

    def __init__(self) -> None:
        self._texts: dict[bytes, bytes] = {}  # envelope to its page and what was extracted
        self._goods: dict[bytes, tuple[bytes, bytes | None]] = {}  # by URL: see `take_good`
        self._responses: dict[bytes, bytes] = {}  # response id to target, date, payload digest

    def note_response(self, seen: ReadRecord) -> None:
        """Remember a response record."""
        written = seen.payload_digest
        payload = digest.brief(written.lower()) if written else b""
        known = digest.brief(seen.target) + digest.brief(seen.date or "") + payload
        self._responses[digest.brief(seen.id)] = known

    def find_response(self, revisit: ReadRecord) -> bytes | None:
        """The short id of the response that a revisit refers to, or None when it was not seen."""
        id_ = digest.brief(bare_id(revisit.get("WARC-Refers-To") or ""))
        return id_ if id_ in self._responses else None

    def compare_revisit(self, revisit: ReadRecord, original: bytes) -> Iterator[str]:
        """What a revisit's header says of its original that is not so.

        Args:
            revisit: the record.
            original: what `find_response` gave.
        """
        known = self._responses[original]
        target, date, payload = known[:_HERE], known[_HERE : 2 * _HERE], known[2 * _HERE :]
        said = bare_id(revisit.get("WARC-Refers-To-Target-URI") or "")
        if digest.brief(said) != target:
            yield "WARC-Refers-To-Target-URI of the revisit record is not its original's target"
        if digest.brief(revisit.get("WARC-Refers-To-Date") or "") != date:
            yield "WARC-Refers-To-Date of the revisit record is not its original's date"
        if payload and digest.brief((revisit.payload_digest or "").lower()) != payload:
            yield "payload digest of the revisit record is not its original's"

    def take_text(self, statement: CaptureStatement, envelope: str) -> str | None:
        """Remember what a capture's text is, and compare a text that is taken over.

        Args:
            statement: intact.
            envelope: SHA-256 of its envelope.

        Returns:
            ``"elsewhere"`` when the capture it is taken over from was not seen, a sentence when
            that is another page's or has another text, None when there is nothing to say.
        """
        page, text = _sum_up(statement)
        earlier = self._texts.get(bytes.fromhex(statement.same_as)) if statement.same_as else None
        self._texts[bytes.fromhex(envelope)] = page + text
        if statement.same_as is None:
            return None
        if earlier is None:
            return "elsewhere"
        if earlier[:_HERE] != page:
            return "text taken over from a capture of another page or content"
        if earlier[_HERE:] != text:
            return "text taken over from an earlier capture is not that capture's text"
        return None

    def take_good(self, statement: CaptureStatement, envelope: str) -> tuple[bytes | None, bytes]:
        """Remember status and content of a URL's last capture that did not fail.

        Args:
            statement: intact.
            envelope: SHA-256 of its envelope.

        Returns:
            Those of the one before, in brief: empty where there is none, None where that was not
            read. And this one's.
        """
        url = digest.brief(statement.url)
        last, good = self._goods.get(url, (b"", None))
        if statement.previous is None:
            good = b""
        elif last != bytes.fromhex(statement.previous):
            good = None  # there are others between
        now = digest.brief(repr((statement.status, statement.layers.content)))
        kept = good if statement.outcome == "failed" else now
        self._goods[url] = bytes.fromhex(envelope), kept
        return good, now

    def find_page(self, again: Reextraction) -> str | None:
        """Whether a text was extracted again from a page that was seen.

        Returns:
            ``"elsewhere"`` when its capture was not seen, a sentence when that is of another page
            or content, None when it is the one.
        """
        known = self._texts.get(bytes.fromhex(again.capture))
        if known is None:
            return "elsewhere"
        page = _sum_up_page(again.url, again.final_url, again.content)
        return None if known[:_HERE] == page else "text of a capture of another page or content"


def _sum_up_page(url: str, final_url: str, content: str | None) -> bytes:
    return digest.brief(repr((url, final_url, content)))


def _sum_up(statement: CaptureStatement) -> tuple[bytes, bytes]:
    """What is equal where the page is, and where text, paragraphs and claims are."""
    page = _sum_up_page(statement.url, statement.final_url, statement.layers.content)
    text: list[object] = [statement.layers.text]
    for root in (statement.paragraphs, statement.claims):
        text += [root.root, root.size] if root else [None]
    return page, digest.brief(repr(text))
