"""Statements from the future: what later versions and other writers may put into a file.

Each is built on `tests.builders`, with a fixed clock and key: a statement of today whose JSON is
changed, or one of a kind that nobody knows yet, with any records or a manifest before it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from attrs import define, field, frozen

from archive import document
from archive.proof import dsse
from archive.proof.keys import PrivateKey
from archive.proof.merkle import hash_leaf, hash_root
from archive.proof.statement import STATEMENT
from archive.warc.group import ENVELOPE_TYPE
from archive.warc.record import Fields
from archive.warc.writer import serialize_head
from tests.builders import Builder, Capture, Member

__all__ = ["Future", "Listed", "describe"]

ENTITY = "e" * 64


@frozen
class Listed:
    """A record of a large group: its role, block, date, and what its line says besides."""

    role: str = "response"
    block: bytes = b"HTTP/1.1 200 OK\r\n\r\nx"
    date: str | None = None
    more: str = ""


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@define
class Future(Builder):
    """A builder that also writes what later versions may write."""

    chains: dict[str, tuple[int, str | None]] = field(factory=dict)

    def record(self, kind: str, target: str, block: bytes, *, date: str, type_: str) -> Member:
        """A record of any kind, with a fresh id."""
        fields: Fields = (
            ("WARC-Type", type_),
            ("WARC-Record-ID", f"<{self.next_id()}>"),
            ("WARC-Date", date),
            ("WARC-Target-URI", target),
            ("WARC-Warcinfo-ID", f"<{self._warcinfo_id}>"),
            ("WARC-Block-Digest", f"sha256:{_sha256(block)}"),
            ("Content-Type", kind),
            ("Content-Length", str(len(block))),
        )
        return Member(serialize_head(fields), block)

    def later(
        self,
        kind: str = "note:v1",
        *,
        records: Iterable[Listed] = (),
        lists: bool = False,
        chain: Any = None,
        line: Callable[[str], str] = lambda line: line,
        **says: Any,
    ) -> list[Member]:
        """A statement of any kind, behind records that it names itself, or (`lists`) by a manifest.

        Args:
            kind: kind and version.
            records: before it.
            lists: whether there is a manifest.
            chain: id of the chain that it stands in, or anything else to be said of it; None for
                the collection's own.
            line: changes each line of the manifest.
            says: members of its predicate besides, or in place of those that it has.
        """
        date = self.next_date()
        apart = self.chains.get(chain, (0, None)) if isinstance(chain, str) else None
        number, prior = apart or (self.sequence, self.prior)
        listed = list(records)
        members = [self._receive(one, date) for one in listed]
        subjects = [(_id(member), _sha256(member.block)) for member in members]
        pairs = list(zip(members, listed, strict=True))
        named: dict[str, Any] = {
            "records": [{"role": one.role, **_named(member)} for member, one in pairs]
        }
        if lists:
            lines = [line(" ".join((describe(m, one.role), *one.more.split()))) for m, one in pairs]
            manifest, named = self._list(lines, number, date)
            members.insert(0, manifest)
            subjects = [(_id(manifest), _sha256(manifest.block))]
        place = {"id": chain, "after": self.prior} if isinstance(chain, str) else chain
        predicate = {
            "critical": [],
            "date": date,
            "url": None,
            "previous": None,
            **named,
            "envelope": self._name_envelope(kind, number),
            "warcinfo": self._name_warcinfo(),
            "software": {"article-archive": "9"},
            "signer": self.sign_as(self.key),
            "sequence": number,
            "prior": prior,
            "chain": place,
            **says,
        }
        return [*members, self.close_statement(kind, subjects or [("x", "0" * 64)], predicate)]

    def _receive(self, one: Listed, date: str) -> Member:
        """A record of a group, at its own date or the group's."""
        url, kind = "https://news.example/x", "message/http"
        return self.record(kind, url, one.block, date=one.date or date, type_="resource")

    def close_statement(
        self, kind: str, subjects: list[tuple[str, str]], predicate: dict[str, Any]
    ) -> Member:
        """The envelope's record of a statement, signed; the next one follows it."""
        payload = document.write(
            {
                "_type": STATEMENT,
                "subject": [{"name": name, "digest": {"sha256": sum_}} for name, sum_ in subjects],
                "predicateType": f"urn:article-archive:{kind}",
                "predicate": predicate,
            }
        )
        block = dsse.sign(payload, self.key).to_bytes()
        chain = predicate.get("chain")
        if isinstance(chain, dict) and "id" in chain:
            self.chains[chain["id"]] = (predicate["sequence"] + 1, _sha256(block))
        else:
            self.sequence, self.prior = predicate["sequence"] + 1, _sha256(block)
        return wrap(predicate, block)

    def revise(self, capture: Capture, change: Callable[[dict[str, Any]], None]) -> list[Member]:
        """A capture that was just built, with its statement's JSON changed and signed again."""
        said = document.parse(capture.statement.to_bytes(), limit=1 << 20)
        change(said["predicate"])
        links = said["predicate"]["envelope"].setdefault("refers_to", capture.statement.refers_to)
        assert links is None or isinstance(links, str)
        block = dsse.sign(document.write(said), self.key).to_bytes()
        self.prior = self.previous[capture.statement.url] = _sha256(block)
        return [*capture.members[:-1], wrap(said["predicate"], block)]

    def sign_as(self, key: PrivateKey) -> dict[str, Any]:
        """The member ``signer``."""
        from base64 import b64encode

        return {"algorithm": "ed25519", "public_key": b64encode(key.public.der).decode()}

    def _list(self, lines: list[str], number: int, date: str) -> tuple[Member, dict[str, Any]]:
        """A manifest of these lines, and how its statement names it."""
        block = "".join(f"{one}\n" for one in lines).encode()
        kind = "text/plain;charset=utf-8"
        made = self.record(kind, f"urn:manifest:{number}", block, date=date, type_="metadata")
        root = hash_root([hash_leaf(one.encode()) for one in lines]).hex()
        return made, {"manifest": {**_named(made, "id"), "count": len(lines), "root": root}}

    def _name_envelope(self, kind: str, number: int) -> dict[str, Any]:
        name = f"urn:entry:{kind.partition(':')[0]}:{number}"
        return {
            "id": self.next_id(),
            "target": name,
            "content_type": ENVELOPE_TYPE,
            "refers_to": None,
        }

    def _name_warcinfo(self) -> dict[str, str]:
        assert self.warcinfo is not None
        head, block = self.warcinfo.head, self.warcinfo.block
        return {"id": self._warcinfo_id, "header": _sha256(head), "block": _sha256(block)}


def wrap(predicate: dict[str, Any], block: bytes) -> Member:
    """The record around an envelope, as the head of its statement says."""
    named = predicate["envelope"]
    link = named.get("refers_to")
    fields: Fields = (
        ("WARC-Type", "metadata"),
        ("WARC-Record-ID", f"<{named['id']}>"),
        ("WARC-Date", predicate["date"]),
        ("WARC-Target-URI", named["target"]),
        ("WARC-Warcinfo-ID", f"<{predicate['warcinfo']['id']}>"),
        *((("WARC-Refers-To", f"<{link}>"),) if link else ()),
        ("WARC-Block-Digest", f"sha256:{_sha256(block)}"),
        ("Content-Type", named["content_type"]),
        ("Content-Length", str(len(block))),
    )
    return Member(serialize_head(fields), block)


def describe(member: Member, role: str) -> str:
    """A record's line in a manifest."""
    said = _named(member)
    block = _sha256(member.block)
    return f"{_id(member)} {role} {said['header']} {block} {said['length']}"


def _named(member: Member, *names: str) -> dict[str, Any]:
    said: dict[str, Any] = {"header": _sha256(member.head), "length": len(member.block)}
    if names:
        said |= {"id": _id(member), "block": _sha256(member.block)}
    return said


def _id(member: Member) -> str:
    line = next(one for one in member.head.split(b"\r\n") if one.startswith(b"WARC-Record-ID: <"))
    return line.decode().partition("<")[2].rstrip(">")
