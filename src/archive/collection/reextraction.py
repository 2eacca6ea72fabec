"""Extracting a stored page again: a text entry beside the capture, which stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from archive.adding.text import write_text
from archive.article import Extraction, Request
from archive.article import extractor as our_extractor
from archive.article.extraction import GIVEN_UP
from archive.collection.capture import Capture
from archive.digest import sha256
from archive.errors import InputError, UsageError
from archive.http import declare
from archive.proof.entry import Reextraction
from archive.proof.members import write_members
from archive.store.draft import EntryDraft
from archive.warc.group import find_chain

__all__ = ["draft_text", "is_up_to_date", "request_page"]


def is_up_to_date(capture: Capture) -> bool:
    """Whether the capture's newest text is what this program would extract."""
    record, ours = capture.newest.attribution, our_extractor()
    if record is None or record.extractor is None or record.outcome in GIVEN_UP:
        return False
    made_by = record.extractor
    return (made_by.id, dict(made_by.options)) == (ours.id, dict(ours.options))


def request_page(capture: Capture) -> Request:
    """What there is to extract in a capture.

    Raises:
        UsageError: nothing: it failed, or is an imported text.
        InputError, HttpError: the page cannot be had.
    """
    if capture.failed:
        raise UsageError("nothing was received that could be extracted", where=capture.id)
    if capture.grade == "text":
        raise UsageError("an imported text is kept as it is", where=capture.id)
    content = capture.content
    if content is None:
        raise InputError("the capture has no page", where=capture.id)
    response = capture.response
    kind = declare(capture.content_type, content)
    if response is None:
        return Request(content, kind, capture.final_url)
    records = capture.group.records
    main = [record for record in records if record.type in ("response", "revisit")][-1]
    chains = [record for record in records if (record.target or "").startswith("urn:tls:")]
    chain = find_chain(main, chains)
    return Request(
        content,
        kind,
        capture.final_url,
        head=response.head,
        chain=capture.group.blocks[chain.id] if chain is not None else None,
    )


def draft_text(
    capture: Capture,
    page: Request,
    found: Extraction,
    *,
    now: datetime,
    rng: Callable[[int], bytes],
) -> EntryDraft:
    """The text entry of an extraction.

    Args:
        capture: that the page is of.
        page: what was extracted from.
        found: what came of it.
        now: the present moment, UTC.
        rng: randomness, for the salt.
    """
    text = write_text(found, rng(32))
    if text.extraction is None or text.claims is None:
        raise InputError("an extraction without an extractor")
    body = Reextraction(
        capture=capture.row.envelope,
        url=capture.url,
        final_url=capture.final_url,
        content=sha256(page.content),
        text=text.digest,
        extraction=text.extraction,
        paragraphs=text.paragraphs,
        claims=text.claims,
    )
    parts = tuple(text.write_parts(capture.final_url))
    return EntryDraft(
        kind="text", date=now, parts=parts, body=write_members(body), article=text.article
    )
