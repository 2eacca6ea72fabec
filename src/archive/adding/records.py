"""The records of a capture, ready for the writer: the wire's or the file's, outcome and text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from attrs import evolve

from archive import document
from archive.adding.page import Page
from archive.adding.text import Text
from archive.article.suspicion import suspect, suspect_again
from archive.digest import sha256
from archive.http import RULES
from archive.index.rows import OutcomeSummary
from archive.literals import Limitation
from archive.proof.statement import Http, Layers, Run
from archive.store.draft import Draft, Part
from archive.warc.record import Fields, write_date

if TYPE_CHECKING:
    from archive.capture import Exchange, Fetch
    from archive.http import Response

__all__ = ["draft_fetch", "draft_import"]

_OUTCOME = "urn:article-archive:outcome:v1"


def draft_fetch(fetched: Fetch, page: Page, text: Text, run: Run | None = None) -> Draft:
    """The draft of a capture from the wire.

    Args:
        fetched: the attempt, with its exchanges.
        page: what it gave.
        text: what is said of its text.
        run: the list it belongs to, or None.
    """
    attempt = _judge(fetched, page, text)
    parts = _write_wire(fetched, page)
    answers = [place for place, part in enumerate(parts) if part.role == "response"]
    answer = answers[-1] if answers else None
    told = _tell_fetch(fetched, page, attempt)
    parts.append(Part("outcome", fetched.url, told, refers_to=answer))
    # A later hop that brought nothing must not make the hop before it the capture's response.
    last = fetched.last.response if fetched.last is not None else None
    draft = Draft(
        url=fetched.url,
        final_url=fetched.final_url,
        date=fetched.date,
        grade="wire" if any(one.received for one in fetched.exchanges) else "none",
        limitations=fetched.limitations,
        reason=fetched.reason,
        status=fetched.status,
        parts=tuple(parts),
        layers=page.layers,
        attempt=attempt,
        head_length=_measure_head(last),
        http=Http(RULES),
        run=run,
    )
    return _complete(draft, text, answer)


def draft_import(
    data: bytes,
    text: Text,
    attempt: OutcomeSummary,
    *,
    url: str,
    date: datetime,
    grade: str,
    name: str,
    claimed_date: str | None,
) -> Draft:
    """The draft of an imported file: its exact bytes, and no HTTP evidence.

    Args:
        data: the file.
        text: its text.
        attempt: its content type, and why it may hold no article.
        url: where it is said to come from.
        date: the moment of import.
        grade: ``html`` or ``text``.
        name: the file's name, for the outcome record.
        claimed_date: when the user says it was taken, or None.
    """
    file = Part("import", url, data, content_type=attempt.content_type)
    size = len(data)
    told = _tell_import(url, date, attempt, name=name, size=size, claimed_date=claimed_date)
    draft = Draft(
        url=url,
        final_url=url,
        date=date,
        grade=grade,
        limitations=(),
        reason=None,
        status=None,
        parts=(file, Part("outcome", url, told)),
        layers=Layers(content=file.sha256),
        attempt=attempt,
        claimed_date=claimed_date,
    )
    return _complete(draft, text, 0)


def _complete(draft: Draft, text: Text, answer: int | None) -> Draft:
    """A draft with what is said of the text, and the limitation that goes with a suspicion."""
    doubts: set[Limitation] = {"suspicious"} if draft.attempt.suspicion else set()
    return evolve(
        draft,
        limitations=tuple(sorted({*draft.limitations, *doubts})),
        parts=(*draft.parts, *text.write_parts(draft.final_url, answer)),
        layers=evolve(draft.layers, text=text.digest),
        extraction=text.extraction,
        same_as=text.same_as,
        paragraphs=text.paragraphs,
        claims=text.claims,
        article=text.article,
    )


def _measure_head(last: Response | None) -> int | None:
    """How long the head of a whole answer is, in its record."""
    return len(last.head) - last.interim if last is not None and last.complete else None


def _write_wire(fetched: Fetch, page: Page) -> list[Part]:
    """What every hop sent and received."""
    parts: list[Part] = []
    answered = [exchange for exchange in fetched.exchanges if exchange.answer]
    for exchange in fetched.exchanges:
        known = page.layers.entity if answered and exchange is answered[-1] else None
        _add_exchange(parts, exchange, proxied="proxied" in fetched.limitations, entity=known)
    return parts


def _add_exchange(
    parts: list[Part], exchange: Exchange, *, proxied: bool, entity: str | None
) -> None:
    """Response, informational heads, request and, once a chain, certificates of one hop.

    Args:
        parts: gets the records.
        exchange: the hop.
        proxied: whether its address is a proxy's.
        entity: SHA-256 of its entity where it is known already.
    """
    answer = len(parts) if exchange.answer else None
    peer = exchange.peer
    if exchange.answer:
        extra = _wire_fields(exchange, proxied, entity)
        parts.append(Part("response", exchange.url, exchange.answer, extra=extra))
    if exchange.interim:
        heads = exchange.received[: exchange.interim]
        parts.append(Part("interim", exchange.url, heads, concurrent_to=answer))
    if exchange.request:
        parts.append(Part("request", exchange.url, exchange.request, concurrent_to=answer))
    chain = peer.chain if peer is not None else b""
    if chain and all(part.role != "tls" or part.block != chain for part in parts):
        parts.append(Part("tls", exchange.url, chain, concurrent_to=answer))


def _wire_fields(exchange: Exchange, proxied: bool, entity: str | None) -> Fields:
    fields: list[tuple[str, str]] = []
    peer = exchange.peer
    if peer is not None and not proxied:
        fields.append(("WARC-IP-Address", peer.address))
    old = exchange.response is not None and exchange.response.version < 11
    version = "http/1.0" if old else "http/1.1"
    fields.append(("WARC-Protocol", version))
    if peer is not None and peer.tls_version:
        fields.append(("WARC-Protocol", _tls_protocol(peer.tls_version)))
        if peer.cipher:
            fields.append(("WARC-Cipher-Suite", peer.cipher))
    if exchange.truncated:
        fields.append(("WARC-Truncated", exchange.truncated))
    response = exchange.response
    if response is not None and response.has_plain_payload(exchange.answer):
        fields.append(("WARC-Payload-Digest", f"sha256:{entity or sha256(response.entity)}"))
    return tuple(fields)


def _tls_protocol(version: str) -> str:
    """``TLSv1.3`` as WARC-Protocol writes it: ``tls/1.3``."""
    return "tls/" + version.removeprefix("TLSv")


def _judge(fetched: Fetch, page: Page, text: Text) -> OutcomeSummary:
    """What rows have of the record that `_tell_fetch` writes; no page may break a capture by it."""
    response = fetched.last.response if fetched.last is not None else None
    try:
        suspicion = _suspect(fetched, page, text)
    except Exception:  # a hint
        suspicion = None
    encoding = response.field("Content-Encoding") if response is not None else None
    return OutcomeSummary(fetched.error, suspicion, page.stated, encoding)


def _suspect(fetched: Fetch, page: Page, text: Text) -> str | None:
    """Why the page may not be the article."""
    response = fetched.last.response if fetched.last is not None else None
    if response is None or page.problem is not None:
        return None
    seen = (response.status, response.fields, page.content)
    words = None if text.claims is None else text.shown_words
    asked, arrived = fetched.url, fetched.final_url
    if text.searched:
        return suspect_again(*seen, words, before=text.suspicion, asked=asked, arrived=arrived)
    return suspect(*seen, words, asked=asked, arrived=arrived)


def _tell_fetch(fetched: Fetch, page: Page, attempt: OutcomeSummary) -> bytes:
    """The outcome record of a fetch."""
    last = fetched.last.response if fetched.last is not None else None
    date = last.field("Date") if last is not None else None
    return document.write_lines(
        {
            "schema": _OUTCOME,
            "typed": fetched.typed,
            "url": fetched.url,
            "final_url": fetched.final_url,
            "date": write_date(fetched.date),
            "reason": fetched.reason,
            "error": attempt.error,
            "status": fetched.status,
            "content_type": attempt.content_type,
            "content_encoding": attempt.content_encoding,
            "content_problem": page.problem,
            "suspicion": attempt.suspicion,
            "clock_skew": _clock_skew(date, fetched.date),
            "addresses": list(fetched.addresses),
            **({"redacted": list(fetched.redacted)} if fetched.redacted else {}),
            "limits": {
                "total_seconds": fetched.limits.total,
                "stall_seconds": fetched.limits.stall,
                "body_bytes": fetched.limits.body,
                "redirects": fetched.limits.redirects,
            },
            "hops": [
                _tell_hop(exchange, page.oddities if exchange is fetched.last else ())
                for exchange in fetched.exchanges
            ],
        }
    )


def _tell_hop(exchange: Exchange, more: tuple[str, ...]) -> Mapping[str, Any]:
    """What happened on one hop.

    Args:
        exchange: it.
        more: what was odd about its content.
    """
    peer, response = exchange.peer, exchange.response
    odd = (*response.oddities, *more) if response is not None else ()
    told: dict[str, Any] = {
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
    if exchange.led is not None:
        told["led"] = exchange.led
    if response is not None and odd:
        told |= {"framing": response.framing, "oddities": list(odd)}
    return told


def _clock_skew(date: str | None, began: datetime) -> float | None:
    """Seconds the server's Date is ahead of our clock; None when it says none that is a date."""
    try:
        stated = parsedate_to_datetime(date) if date else None
        if stated is None or stated.tzinfo is None:
            return None
        return round((stated - began).total_seconds(), 3)
    except (ValueError, TypeError, IndexError, ArithmeticError):  # such as the year 99999999999
        return None


def _tell_import(
    url: str,
    date: datetime,
    attempt: OutcomeSummary,
    *,
    name: str,
    size: int,
    claimed_date: str | None,
) -> bytes:
    """The outcome record of an imported file: its name and size, and what the user says of it."""
    return document.write_lines(
        {
            "schema": _OUTCOME,
            "url": url,
            "final_url": url,
            "date": write_date(date),
            "reason": None,
            "error": attempt.error,
            "status": None,
            "content_type": attempt.content_type,
            "content_encoding": attempt.content_encoding,
            **({"suspicion": attempt.suspicion} if attempt.suspicion else {}),
            "imported": {"name": name, "bytes": size, "claimed_date": claimed_date},
        }
    )
