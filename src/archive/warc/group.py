"""The records of one capture: types, target URIs, links and order (docs/reference/records.md).

One gzip member a record, one WARC-Date for the group. The ``urn:`` targets keep replay clean: with
the article's own URL on a metadata record, replay tools would serve that instead of the article.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from attrs import frozen

from archive.warc.record import Fields, bare_id

__all__ = [
    "ENVELOPE_TYPE",
    "REVISIT_PROFILE",
    "TYPES",
    "find_chain",
    "record_fields",
    "target",
]

ENVELOPE_TYPE = "application/vnd.in-toto.capture+dsse"
REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


@frozen
class _Kind:
    type: str
    prefix: str
    content_type: str


TYPES = {
    "response": _Kind("response", "", "application/http;msgtype=response"),
    "revisit": _Kind("revisit", "", "application/http;msgtype=response"),
    "interim": _Kind("resource", "urn:interim:", "message/http"),
    "request": _Kind("request", "", "application/http;msgtype=request"),
    "tls": _Kind("resource", "urn:tls:", "application/pem-certificate-chain"),
    "outcome": _Kind("metadata", "urn:outcome:", "application/json"),
    "text": _Kind("resource", "urn:text:", "text/plain;charset=utf-8"),
    "claims": _Kind("metadata", "urn:claims:", "application/json"),
    "import": _Kind("resource", "urn:import:", "application/octet-stream"),
    "statement": _Kind("metadata", "urn:statement:", ENVELOPE_TYPE),
    "entry": _Kind("metadata", "urn:entry:", ENVELOPE_TYPE),
}
"""WARC-Type, target prefix and Content-Type by role."""


def target(role: str, url: str) -> str:
    """WARC-Target-URI of a record of that role."""
    return TYPES[role].prefix + url


def record_fields(
    role: str,
    *,
    id_: str,
    date: str,
    url: str,
    warcinfo: str,
    block_sha256: str,
    length: int,
    links: Fields = (),
    extra: Fields = (),
    content_type: str | None = None,
) -> Fields:
    """The header fields of one record of a group, in their order.

    The envelope's record (role ``statement``, or ``entry`` where it is no capture's, with
    ``<kind>:<sequence>`` instead of a URL) is written by this function, and rebuilt by it when
    it is verified: all that stands in it follows from the statement and the envelope's bytes.

    Args:
        role: a key of `TYPES`.
        id_: ``urn:uuid:…`` of the record.
        date: WARC-Date of the group.
        url: the URL that follows the role's target prefix.
        warcinfo: ``urn:uuid:…`` of the file's warcinfo.
        block_sha256: SHA-256 of the block, hexadecimal.
        length: the block's length in bytes.
        links: Concurrent-To or Refers-To fields, with their ``urn:uuid:…`` bare.
        extra: what the wire adds, such as WARC-IP-Address.
        content_type: another Content-Type than the role's own.
    """
    kind = TYPES[role]
    return (
        ("WARC-Type", kind.type),
        ("WARC-Record-ID", f"<{id_}>"),
        ("WARC-Date", date),
        ("WARC-Target-URI", target(role, url)),
        ("WARC-Warcinfo-ID", f"<{warcinfo}>"),
        *((name, f"<{value}>") for name, value in links),
        *extra,
        ("WARC-Block-Digest", f"sha256:{block_sha256}"),
        ("Content-Type", content_type or kind.content_type),
        ("Content-Length", str(length)),
    )


class _Header(Protocol):
    """What `find_chain` asks of a record."""

    @property
    def id(self) -> str: ...
    @property
    def target(self) -> str | None: ...
    def get(self, name: str, /) -> str | None: ...


_H = TypeVar("_H", bound=_Header)


def find_chain(main: _Header, chains: Sequence[_H]) -> _H | None:
    """The record with the certificates of a response's server, None where there were none.

    A chain stands once in a group, beside the first hop that it was presented on.

    Args:
        main: the response, or the revisit in its place.
        chains: the group's records of the role ``tls``, in order.
    """
    server = urlsplit(main.target or "")
    if server.scheme != "https" or not chains:
        return None
    for chain in chains:
        if bare_id(chain.get("WARC-Concurrent-To") or "") == main.id:
            return chain
    prefix = TYPES["tls"].prefix
    hops = [urlsplit((chain.target or "").removeprefix(prefix)) for chain in chains]
    same = [chain for chain, hop in zip(chains, hops, strict=True) if hop.netloc == server.netloc]
    return (same or chains)[-1]
