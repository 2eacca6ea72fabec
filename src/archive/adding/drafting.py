"""From what a fetch or a file gave to a draft: fetch → record → extract → attribute → state.

The wire's bytes become records, the page becomes text and claims, and the digests of every layer
are taken here, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from archive import document
from archive.article import (
    Article,
    Claims,
    ClaimsRecord,
    Extraction,
    extractor,
    paragraph_lines,
)
from archive.article.extraction import Outcome
from archive.digest import sha256
from archive.errors import HttpError
from archive.http import decode_content
from archive.proof.salted import CLAIM, PARAGRAPH, Root, commit
from archive.proof.statement import ExtractionSummary, Layers, Run
from archive.store.draft import Draft, Link, Part, write_date
from archive.warc.record import Fields

if TYPE_CHECKING:
    from archive.capture import Exchange, Fetch
    from archive.http import Response

__all__ = [
    "CONTENT_LIMIT",
    "Earlier",
    "Page",
    "draft_fetch",
    "draft_import",
    "no_text",
    "read_page",
    "stamp",
]

CONTENT_LIMIT = 1 << 28
"""The most bytes a content coding may unpack to."""
_OUTCOME = "urn:article-archive:outcome:v1"


@frozen
class Page:
    """What the last response held, codings undone.

    Attributes:
        content: the bytes a reader's browser would parse, None when they cannot be had.
        problem: why not.
        layers: the digests so far; the block's is taken when its record is written.
    """

    content: bytes | None
    problem: str | None
    content_type: str | None
    layers: Layers


@frozen
class Earlier:
    """An earlier capture whose text this one repeats.

    Attributes:
        envelope: its SHA-256; `extraction`, `text`, `paragraphs` and `claims` are what it says.
        title, words: of its article.
        searched: whether this very software has looked in the same content, under the same status,
            for signs that it is not the article; `suspicion` is what it found.
    """

    envelope: str
    extraction: ExtractionSummary
    text: str | None
    paragraphs: Root | None
    claims: Root | None
    title: str | None
    words: int | None
    searched: bool
    suspicion: str | None


def read_page(fetch: Fetch) -> Page:
    """Undo the codings of the last response that came and take the digests of its layers."""
    answered = [exchange for exchange in fetch.exchanges if exchange.received]
    if not answered:
        return Page(None, "nothing was received", None, Layers())
    last = answered[-1]
    response = last.response
    if response is None:
        return Page(None, "no response was understood", None, Layers())
    entity = sha256(response.entity)
    coding = response.field("Content-Encoding")
    layers = Layers(header=sha256(response.head), entity=entity)
    kind = response.field("Content-Type")
    if not response.complete:
        return Page(None, "the response is cut", kind, layers)
    try:
        content = decode_content(response.entity, coding, CONTENT_LIMIT)
    except HttpError as error:
        return Page(None, error.message, kind, layers)
    digest = entity if content is response.entity else sha256(content)
    return Page(content, None, kind, evolve(layers, content=digest))


def draft_fetch(
    fetch: Fetch,
    page: Page,
    article: Extraction | Earlier | None,
    *,
    suspicion: str | None,
    seed: bytes,
    run: Run | None,
) -> Draft:
    """A draft of a capture from the wire.

    Args:
        fetch: the attempt, with its exchanges.
        page: what `read_page` made of it.
        article: what was extracted, or the earlier capture that has it, or None when it failed.
        suspicion: why the page may not be the article, or None.
        seed: 32 random bytes for the salted roots.
        run: the list it belongs to, or None.
    """
    parts: list[Part] = []
    proxied = "proxied" in fetch.limitations
    answered = [exchange for exchange in fetch.exchanges if exchange.received]
    for exchange in fetch.exchanges:
        known = page.layers.entity if answered and exchange is answered[-1] else None
        _add_exchange(parts, exchange, proxied=proxied, entity=known)
    answers = [place for place, part in enumerate(parts) if part.role == "response"]
    answer = answers[-1] if answers else None
    last = fetch.last
    # A later hop that brought nothing must not make the hop before it the capture's response.
    response = last.response if last is not None else None
    parts.append(
        Part(
            "outcome",
            fetch.url,
            document.write_lines(_tell_fetch(fetch, page, suspicion)),
            Link("WARC-Refers-To", answer) if answer is not None else None,
        )
    )
    limitations = {*fetch.limitations, *(["suspicious"] if suspicion else [])}
    draft = Draft(
        url=fetch.url,
        final_url=fetch.final_url,
        date=fetch.date,
        grade="wire",
        limitations=tuple(sorted(limitations)),
        reason=fetch.reason,
        status=fetch.status,
        parts=tuple(parts),
        layers=page.layers,
        head_length=len(response.head) if response is not None and response.complete else None,
        content_encoding=response.field("Content-Encoding") if response is not None else None,
        run=run,
    )
    return _with_article(draft, article, answer, seed)


def draft_import(
    data: bytes,
    extraction: Extraction,
    *,
    url: str,
    date: datetime,
    grade: str,
    content_type: str,
    suspicion: str | None = None,
    claimed_date: str | None,
    name: str,
    seed: bytes,
) -> Draft:
    """A draft of an imported file: its exact bytes, and no HTTP evidence.

    Args:
        data: the file.
        extraction: its text.
        url: where it is said to come from.
        date: the moment of import.
        grade: ``html`` or ``text``.
        content_type: of the file.
        suspicion: why it may hold no article, or None.
        claimed_date: when the user says it was taken, or None.
        name: the file's name, for the outcome record.
        seed: 32 random bytes for the salted roots.
    """
    told = {
        "schema": _OUTCOME,
        "url": url,
        "final_url": url,
        "date": write_date(date),
        "reason": None,
        "error": None,
        "status": None,
        "content_type": content_type,
        "content_encoding": None,
        **({"suspicion": suspicion} if suspicion else {}),
        "imported": {"name": name, "bytes": len(data), "claimed_date": claimed_date},
    }
    file = Part("import", url, data, content_type=content_type)
    draft = Draft(
        url=url,
        final_url=url,
        date=date,
        grade=grade,
        limitations=("suspicious",) if suspicion else (),
        reason=None,
        status=None,
        parts=(
            file,
            Part("outcome", url, document.write_lines(told)),
        ),
        layers=Layers(content=file.sha256),
        claimed_date=claimed_date,
    )
    return _with_article(draft, extraction, 0, seed)


def _with_article(
    draft: Draft, article: Extraction | Earlier | None, answer: int | None, seed: bytes
) -> Draft:
    """Add text and claims records and their roots, or repeat an earlier capture's."""
    if article is None:
        return draft
    if isinstance(article, Earlier):
        return evolve(
            draft,
            layers=evolve(draft.layers, text=article.text),
            extraction=article.extraction,
            same_as=article.envelope,
            paragraphs=article.paragraphs,
            claims=article.claims,
            article=(article.title, article.words),
        )
    concurrent = Link("WARC-Concurrent-To", answer) if answer is not None else None
    refers = Link("WARC-Refers-To", answer) if answer is not None else None
    record = ClaimsRecord.of(article, seed)
    claims = record.to_bytes()
    parts = [*draft.parts]
    text = article.record
    if text is not None:
        parts.append(Part("text", draft.final_url, text, concurrent))
    parts.append(Part("claims", draft.final_url, claims, refers))
    return evolve(
        draft,
        parts=tuple(parts),
        layers=evolve(draft.layers, text=None if text is None else sha256(text)),
        extraction=stamp(article),
        paragraphs=None if text is None else commit(seed, PARAGRAPH, paragraph_lines(text)),
        claims=commit(seed, CLAIM, record.leaves),
        article=_name(article.article),
    )


def _name(article: Article | None) -> tuple[str | None, int | None] | None:
    return None if article is None else (article.title, article.words)


def stamp(extraction: Extraction) -> ExtractionSummary | None:
    """What a statement says of an extraction; None for imported text."""
    made_by = extraction.extractor
    if made_by is None:
        return None
    return ExtractionSummary(
        outcome=extraction.outcome,
        reason=extraction.reason,
        extractor=made_by.id,
        version=made_by.version,
        options=made_by.options,
        built_on=made_by.built_on,
    )


def no_text(reason: str, outcome: Outcome = "none") -> Extraction:
    """The extraction of a page whose content cannot be had, or that its reading failed over."""
    return Extraction(outcome, reason, None, Claims(), None, extractor())


def _add_exchange(
    parts: list[Part], exchange: Exchange, *, proxied: bool, entity: str | None
) -> None:
    """Response, request and, once a chain, certificates of one hop.

    Args:
        parts: gets the records.
        exchange: the hop.
        proxied: whether its address is a proxy's.
        entity: SHA-256 of its entity where it is known already.
    """
    link = Link("WARC-Concurrent-To", len(parts)) if exchange.received else None
    peer = exchange.peer
    if exchange.received:
        extra = _wire_fields(exchange, proxied, entity)
        parts.append(Part("response", exchange.url, exchange.received, None, extra))
    if exchange.request:
        parts.append(Part("request", exchange.url, exchange.request, link))
    chain = peer.chain if peer is not None else b""
    if chain and all(part.role != "tls" or part.block != chain for part in parts):
        parts.append(Part("tls", exchange.url, chain, link))


def _wire_fields(exchange: Exchange, proxied: bool, entity: str | None) -> Fields:
    fields: list[tuple[str, str]] = []
    peer = exchange.peer
    if peer is not None and not proxied:
        fields.append(("WARC-IP-Address", peer.address))
    version = "http/1.0" if exchange.received.startswith(b"HTTP/1.0") else "http/1.1"
    fields.append(("WARC-Protocol", version))
    if peer is not None and peer.tls_version:
        fields.append(("WARC-Protocol", _tls_protocol(peer.tls_version)))
        if peer.cipher:
            fields.append(("WARC-Cipher-Suite", peer.cipher))
    if exchange.truncated:
        fields.append(("WARC-Truncated", exchange.truncated))
    response = exchange.response
    if response is not None and _has_plain_payload(response):
        fields.append(("WARC-Payload-Digest", f"sha256:{entity or sha256(response.entity)}"))
    return tuple(fields)


def _tls_protocol(version: str) -> str:
    """``TLSv1.3`` as WARC-Protocol writes it: ``tls/1.3``."""
    return "tls/" + version.removeprefix("TLSv")


def _has_plain_payload(response: Response) -> bool:
    """Whether every reader takes the same bytes for the payload: all that follows one head."""
    head = response.head
    single = head.endswith(b"\r\n\r\n") and head.count(b"\r\n\r\n") == 1
    coded = response.field("Transfer-Encoding") is not None
    return single and not coded and response.complete and response.trailing == 0


def _tell_fetch(fetch: Fetch, page: Page, suspicion: str | None) -> dict[str, Any]:
    """The outcome record: what was tried and what happened."""
    last = fetch.last
    response = last.response if last is not None else None
    date = response.field("Date") if response is not None else None
    return {
        "schema": _OUTCOME,
        "typed": fetch.typed,
        "url": fetch.url,
        "final_url": fetch.final_url,
        "date": write_date(fetch.date),
        "reason": fetch.reason,
        "error": fetch.error,
        "status": fetch.status,
        "content_type": page.content_type,
        "content_encoding": response.field("Content-Encoding") if response else None,
        "content_problem": page.problem,
        "suspicion": suspicion,
        "clock_skew": _clock_skew(date, fetch.date),
        "addresses": list(fetch.addresses),
        "limits": {
            "total_seconds": fetch.limits.total,
            "stall_seconds": fetch.limits.stall,
            "body_bytes": fetch.limits.body,
            "redirects": fetch.limits.redirects,
        },
        "hops": [_tell_hop(exchange) for exchange in fetch.exchanges],
    }


def _tell_hop(exchange: Exchange) -> Mapping[str, Any]:
    peer, response = exchange.peer, exchange.response
    return {
        "url": exchange.url,
        "address": peer.address if peer else None,
        "port": peer.port if peer else None,
        "tls": peer.tls_version if peer else None,
        "cipher": peer.cipher if peer else None,
        "status": response.status if response else None,
        "problem": response.problem if response else None,
        "sent_bytes": len(exchange.request),
        "received_bytes": len(exchange.received),
        "trailing_bytes": response.trailing if response else 0,
        "truncated": exchange.truncated,
        "seconds": {name: round(value, 6) for name, value in exchange.seconds.items()},
    }


def _clock_skew(date: str | None, began: datetime) -> float | None:
    """Seconds the server's Date is ahead of our clock; None when it says none that is a date."""
    try:
        stated = parsedate_to_datetime(date) if date else None
        if stated is None or stated.tzinfo is None:
            return None
        return round((stated - began).total_seconds(), 3)
    except (ValueError, TypeError, IndexError, ArithmeticError):  # such as the year 99999999999
        return None
