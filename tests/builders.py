"""Signed WARC files for tests, built straight from the design, without the store.

Everything is deterministic: record ids count up, keys and seeds are fixed bytes. A file can be
taken apart into members (one record each), changed, and put together again.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from attrs import define, evolve, field, frozen

from archive import document
from archive.http import RULES
from archive.literals import Role
from archive.proof import dsse
from archive.proof.keys import PrivateKey
from archive.proof.merkle import CLAIM, PARAGRAPH, commit
from archive.proof.statement import (
    CaptureStatement,
    EnvelopeRecord,
    ExtractionSummary,
    Http,
    Layers,
    NamedRecord,
    SignedBy,
    Warcinfo,
)
from archive.verification import Report, Trust
from archive.verification.reading import NamedSource, read_files
from archive.verification.verdict import verify
from archive.warc.group import ENVELOPE_TYPE, REVISIT_PROFILE, record_fields, target
from archive.warc.reader import RecordReader
from archive.warc.writer import compress, serialize_head

__all__ = [
    "KEY",
    "OTHER_KEY",
    "TRUST",
    "Builder",
    "Capture",
    "Member",
    "Page",
    "check",
    "edit_block",
    "edit_head",
    "make_key",
    "put_together",
    "read_statement",
    "replace_envelope",
    "small_file",
    "source_of",
    "take_apart",
]


def make_key(number: int) -> PrivateKey:
    """The same key for the same number, always."""
    return PrivateKey.generate(lambda size: bytes([number]) * size)


KEY = make_key(1)
OTHER_KEY = make_key(2)
TRUST = Trust({KEY.public.fingerprint: "--trust"})


@frozen
class Member:
    """One record: exact header bytes and block."""

    head: bytes
    block: bytes

    def to_bytes(self) -> bytes:
        """The record as its own gzip member."""
        return compress(self.head, self.block)

    def to_plain(self) -> bytes:
        """The record uncompressed."""
        return self.head + self.block + b"\r\n\r\n"

    @property
    def kind(self) -> str:
        """``response``, ``outcome``, ``statement`` …: what the target and type say it is."""
        found = re.search(rb"WARC-Target-URI: urn:([a-z]+):", self.head)
        if found:
            return found[1].decode()
        return re.search(rb"WARC-Type: ([a-z]+)", self.head)[1].decode()  # type: ignore[index]


@frozen
class Page:
    """What a server answers, and what is said to be extracted from it."""

    body: bytes = b"<p>One.</p>"
    text: bytes | None = b"One.\nTwo.\n"
    claims: tuple[str, ...] = ("One",)
    head: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    entity: bytes | None = None
    content: bytes | None = None


@define
class Capture:
    """A capture that was built: its members, its statement, its envelope's SHA-256."""

    members: list[Member]
    statement: CaptureStatement
    envelope: str


@define
class Builder:
    """Writes captures one after the other, each linked to the ones before."""

    key: PrivateKey = KEY
    sequence: int = 0
    prior: str | None = None
    previous: dict[str, str] = field(factory=dict)
    ids: int = 0
    start: datetime = datetime(2026, 11, 22, 7, 1, 9, tzinfo=UTC)
    warcinfo: Member | None = None
    _warcinfo_id: str = ""

    def next_id(self) -> str:
        """A fresh record id."""
        self.ids += 1
        return f"urn:uuid:{self.ids:08x}-0000-4000-8000-{self.key.public.fingerprint[:12]}"

    def next_date(self) -> str:
        """A fresh WARC-Date, a second after the one before."""
        moment = self.start + timedelta(seconds=self.sequence)
        return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def begin_file(self, software: str = "article-archive/0") -> Member:
        """The warcinfo record of a new file."""
        block = f"software: {software}\r\nformat: WARC/1.1\r\n".encode()
        self._warcinfo_id = self.next_id()
        fields = (
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", f"<{self._warcinfo_id}>"),
            ("WARC-Date", self.next_date()),
            ("WARC-Block-Digest", f"sha256:{_sha256(block)}"),
            ("Content-Type", "application/warc-fields"),
            ("Content-Length", str(len(block))),
        )
        self.warcinfo = Member(serialize_head(fields), block)
        return self.warcinfo

    def capture(self, url: str = "https://news.example/a", page: Page | None = None) -> Capture:
        """A captured page: response, request, outcome, text, claims, envelope."""
        page = page or Page()
        group = _Group(self, url, self.next_date())
        extra = [("WARC-IP-Address", "192.0.2.1"), ("WARC-Protocol", "http/1.1")]
        if b"chunked" not in page.head:
            extra.append(("WARC-Payload-Digest", f"sha256:{_sha256(page.body)}"))
        response = group.add("response", page.head + page.body, extra=tuple(extra))
        request = _write_request(url)
        linked = (("WARC-Concurrent-To", response.id),)
        group.add("request", request, linked)
        group.add("outcome", b'{"schema":"outcome"}', (("WARC-Refers-To", response.id),))
        seed = hashlib.sha256(str(self.sequence).encode()).digest()
        if page.text is not None:
            group.add("text", page.text, linked)
        leaves = [_claim(value) for value in page.claims]
        claims = _write_claims(seed, leaves, "none" if page.text is None else "ok")
        group.add("claims", claims, (("WARC-Refers-To", response.id),))
        paragraphs = None if page.text is None else page.text[:-1].split(b"\n")
        entity = page.body if page.entity is None else page.entity
        layers = Layers(
            header=_sha256(page.head),
            block=response.block,
            entity=_sha256(entity),
            content=_sha256(entity if page.content is None else page.content),
            text=None if page.text is None else _sha256(page.text),
        )
        return group.close(
            layers=layers,
            outcome="captured",
            status=200,
            http=Http(RULES),
            paragraphs=None if paragraphs is None else commit(seed, PARAGRAPH, paragraphs),
            claims=commit(seed, CLAIM, leaves),
            extraction=ExtractionSummary(
                "none" if page.text is None else "ok", None, "test", "0", {}, {}
            ),
        )

    def unchanged(self, of: Capture) -> Capture:
        """The same page again: a revisit record, text and claims taken over."""
        said = of.statement
        group = _Group(self, said.url, self.next_date())
        original = of.statement.records[0].id
        extra = (
            ("WARC-Profile", REVISIT_PROFILE),
            ("WARC-Refers-To-Target-URI", said.url),
            ("WARC-Refers-To-Date", said.date),
            ("WARC-Truncated", "length"),
            ("WARC-Payload-Digest", f"sha256:{said.layers.entity}"),
        )
        head = Page().head
        revisit = group.add("revisit", head, (("WARC-Refers-To", original),), extra)
        request = _write_request(said.url)
        group.add("request", request, (("WARC-Concurrent-To", revisit.id),))
        group.add("outcome", b"{}", (("WARC-Refers-To", revisit.id),))
        layers = evolve(said.layers, header=_sha256(head), block=revisit.block)
        return group.close(
            layers=layers,
            outcome="unchanged",
            status=200,
            http=Http(RULES),
            paragraphs=said.paragraphs,
            claims=said.claims,
            extraction=said.extraction,
            same_as=of.envelope,
        )

    def failure(self, url: str = "https://news.example/gone") -> Capture:
        """A capture that got no answer: outcome and envelope only."""
        group = _Group(self, url, self.next_date())
        group.add("outcome", b'{"reason":"dns"}')
        return group.close(layers=Layers(), outcome="failed", reason="dns")

    def imported(self, url: str, data: bytes) -> Capture:
        """Scraped text brought in by hand."""
        group = _Group(self, url, self.next_date())
        record = group.add("import", data)
        group.add("outcome", b"{}")
        digest = record.block
        layers = Layers(block=digest, entity=digest, content=digest)
        return group.close(layers=layers, outcome="captured", grade="text")


class _Group:
    """The records of one capture while it is built."""

    def __init__(self, builder: Builder, url: str, date: str) -> None:
        if builder.warcinfo is None:
            builder.begin_file()
        self._builder, self._url, self._date = builder, url, date
        self._members: list[Member] = []
        self._named: list[NamedRecord] = []

    def add(
        self,
        role: str,
        block: bytes,
        links: tuple[tuple[str, str], ...] = (),
        extra: tuple[tuple[str, str], ...] = (),
    ) -> NamedRecord:
        fields = record_fields(
            role,
            id_=self._builder.next_id(),
            date=self._date,
            url=self._url,
            warcinfo=self._builder._warcinfo_id,
            block_sha256=_sha256(block),
            length=len(block),
            links=links,
            extra=extra,
        )
        head = serialize_head(fields)
        id_ = dict(fields)["WARC-Record-ID"].strip("<>")
        self._members.append(Member(head, block))
        self._named.append(
            NamedRecord(id_, cast("Role", role), _sha256(head), _sha256(block), len(block))
        )
        return self._named[-1]

    def close(self, **words: Any) -> Capture:
        builder = self._builder
        assert builder.warcinfo is not None
        words.setdefault("grade", "wire")
        statement = CaptureStatement(
            records=tuple(self._named),
            envelope=EnvelopeRecord(
                builder.next_id(), target("statement", self._url), ENVELOPE_TYPE
            ),
            warcinfo=Warcinfo(
                builder._warcinfo_id,
                _sha256(builder.warcinfo.head),
                _sha256(builder.warcinfo.block),
            ),
            url=self._url,
            final_url=self._url,
            date=self._date,
            software={"article-archive": "0"},
            signer=SignedBy(builder.key.public.der),
            sequence=builder.sequence,
            prior=builder.prior,
            previous=builder.previous.get(self._url),
            **words,
        )
        envelope = write_envelope(statement, builder.key)
        digest = _sha256(envelope.block)
        builder.sequence += 1
        builder.prior = builder.previous[self._url] = digest
        return Capture([*self._members, envelope], statement, digest)


def write_envelope(statement: CaptureStatement, key: PrivateKey = KEY) -> Member:
    """The envelope's record of a statement, signed."""
    return wrap_envelope(statement, dsse.sign(statement.to_bytes(), key).to_bytes())


def wrap_envelope(statement: CaptureStatement, block: bytes) -> Member:
    """The record around an envelope's bytes, as the statement in it names it."""
    fields = record_fields(
        "statement",
        id_=statement.envelope.id,
        date=statement.date,
        url=statement.url,
        warcinfo=statement.warcinfo.id,
        block_sha256=_sha256(block),
        length=len(block),
        links=(("WARC-Refers-To", statement.refers_to),),
    )
    return Member(serialize_head(fields), block)


def read_statement(envelope: Member) -> CaptureStatement:
    """The statement in an envelope's record."""
    return CaptureStatement.from_bytes(dsse.Envelope.from_bytes(envelope.block).payload)


def replace_envelope(
    members: Sequence[Member], statement: CaptureStatement, key: PrivateKey = KEY
) -> list[Member]:
    """The same records with the last one's statement replaced and signed."""
    return [*members[:-1], write_envelope(statement, key)]


def small_file(captures: int = 2) -> list[Member]:
    """Warcinfo and a few captures of one URL with tiny blocks, as members."""
    builder = Builder()
    members = [builder.begin_file()]
    for number in range(captures):
        page = Page(body=b"<p>%d</p>" % number, text=b"%d\n" % number, claims=(str(number),))
        members += builder.capture(page=page).members
    return members


def take_apart(data: bytes) -> list[Member]:
    """A stored file's records."""
    reader = RecordReader(io.BytesIO(data))
    members = []
    while (record := reader.next_record()) is not None:
        members.append(Member(record.head, reader.read_block(1 << 30)))
    return members


def put_together(members: Iterable[Member]) -> bytes:
    """A stored file of these records, one gzip member each."""
    return b"".join(member.to_bytes() for member in members)


def edit_head(member: Member, old: bytes, new: bytes) -> Member:
    """The record with its header changed; `old` must be there."""
    assert old in member.head, (old, member.head)
    return Member(member.head.replace(old, new, 1), member.block)


def edit_block(member: Member, old: bytes, new: bytes, *, digest: bool = False) -> Member:
    """The record with its block changed and its length right; `digest` recomputes that too."""
    assert old in member.block, (old, member.block)
    block = member.block.replace(old, new, 1)
    head = re.sub(rb"(?m)^Content-Length: \d+", b"Content-Length: %d" % len(block), member.head)
    if digest:
        fresh = b"WARC-Block-Digest: sha256:" + _sha256(block).encode()
        head = re.sub(rb"(?m)^WARC-Block-Digest: sha256:[0-9a-f]+", fresh, head)
    return Member(head, block)


def source_of(data: bytes, name: str = "test.warc.gz") -> NamedSource:
    """A stored file in memory."""
    return NamedSource(name, lambda: io.BytesIO(data))


def check(*files: bytes, trust: Trust = TRUST, **options: Any) -> Report:
    """Verify stored files, named ``0``, ``1`` …"""
    sources = [source_of(data, str(number)) for number, data in enumerate(files)]
    return check_sources(sources, trust, **options)


def check_sources(sources: Iterable[NamedSource], trust: Trust, **options: Any) -> Report:
    """Read stored files, and verify what was read, as the program does."""
    deep, hashed = options.get("deep", False), options.get("anchors") is not None
    return verify(read_files(sources, deep=deep, hashed=hashed), trust, **options)


def _write_request(url: str) -> bytes:
    """What asks for a URL."""
    host, _, path = url.partition("://")[2].partition("/")
    return f"GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _claim(value: str) -> bytes:
    words = {"property": "headline", "value": value, "signal": "title", "path": "/html/head/title"}
    return document.write({**words, "span": None, "strength": "stated", "normalized": None})


def _write_claims(seed: bytes, leaves: list[bytes], outcome: str) -> bytes:
    extraction = {"outcome": outcome, "reason": None, "extractor": None, "decoding": None}
    return b"".join(
        (
            b'{\n"schema": "urn:article-archive:claims:v1",\n"seed": "',
            seed.hex().encode(),
            b'",\n"extraction": ',
            document.write(extraction),
            b',\n"claims": [\n',
            b",\n".join(b"  " + leaf for leaf in leaves) + b"\n" if leaves else b"",
            b"]\n}\n",
        )
    )
