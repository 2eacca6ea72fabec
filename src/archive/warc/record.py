"""A WARC record as values (ISO 28500:2017, WARC/1.1, section 4).

::

    record  = header CRLF block CRLF CRLF
    header  = "WARC/1.1" CRLF *( name ":" value CRLF )

The header bytes up to and with the blank line are kept exactly as they stand in the file.

Any header is read (`parse_head`) field by field, and what breaks the grammar is noted. A header in
the one form that our writer gives most of its records is read by a single regular expression: a
match says by itself that the grammar and the rules of `archive.warc.rules` hold, so that nothing
further needs to be looked at. Both ways give the same values.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from attrs import field, frozen

from archive.errors import WarcError

__all__ = ["MAX_FIELDS", "Fields", "Record", "bare_id", "make_urn", "parse_head", "write_date"]

Fields = tuple[tuple[str, str], ...]
"""Header fields in order, as (name, value)."""


@frozen
class Record:
    """One record's header, and where it stands.

    Attributes:
        version: ``WARC/1.1``, ``WARC/1.0`` …, in capitals however it is written.
        head: the exact header bytes, blank line included.
        length: the block's length in bytes (Content-Length).
        offset: where the record begins in the stored file; when several records share one gzip
            member, where that member begins.
        own_member: whether the record begins a gzip member (always True in a plain file).
        type: WARC-Type in lower case, empty when it is missing.
        id: WARC-Record-ID without its angle brackets, empty when it is missing.
        target: WARC-Target-URI, without the angle brackets that WARC/1.0 writers put around it.
        date: WARC-Date.
        block_digest: WARC-Block-Digest.
        payload_digest: WARC-Payload-Digest.
        content_type: Content-Type.
        problems: what in the header breaks the grammar without hiding where the block is.

    Each is the first of its name in the header; target, date, digests and content type are None
    when there is none.
    """

    version: str
    head: bytes
    length: int
    offset: int
    own_member: bool
    type: str
    id: str
    target: str | None
    date: str | None
    block_digest: str | None
    payload_digest: str | None
    content_type: str | None
    problems: tuple[str, ...] = ()
    _fields: Fields | None = field(default=None, repr=False)

    @property
    def is_usual(self) -> bool:
        """Whether the header has the form our writer gives most records, and so keeps all rules."""
        return self._fields is None

    @property
    def fields(self) -> Fields:
        """Names and values in order, folded lines joined."""
        if self._fields is not None:
            return self._fields
        lines = self.head.decode("ascii").split("\r\n")[1:-2]
        return tuple([(name, value) for name, _, value in [x.partition(": ") for x in lines]])

    def get(self, name: str) -> str | None:
        """The first value of a field, whatever its case, or None."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), None)


def bare_id(value: str) -> str:
    """``<urn:uuid:…>`` without its angle brackets."""
    return value[1:-1] if value.startswith("<") and value.endswith(">") else value


def make_urn(rng: Callable[[int], bytes]) -> str:
    """A new record id, ``urn:uuid:…``, from 16 bytes of `rng`."""
    return UUID(bytes=rng(16), version=4).urn


def write_date(moment: datetime) -> str:
    """A moment as WARC-Date writes it: UTC, microseconds."""
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


MAX_FIELDS = 256
"""The most fields of a header that are kept; more are a problem."""
_MAX_PROBLEMS = 20

_VERSION = re.compile(rb"WARC/[0-9]+\.[0-9]+\r?\n", re.IGNORECASE)
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+\Z")
_FIELD = re.compile(r"(?m)^([!#$%&'*+\-.^_`|~0-9A-Za-z]++):[ \t]*+([^\r\n\0]*+)\r\n")
_DIGITS = re.compile(r"[0-9]{1,18}\Z")

_ID = "urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_SHA256 = "sha256:[0-9a-f]{64}"
# Fields in the order of `archive.warc.group.record_fields`. Of the optional ones, Refers-To stands
# on metadata only, and a payload digest never does (sections 5.9 and 5.11).
_USUAL = re.compile(
    r"WARC/1\.1\r\n"
    r"WARC-Type: ((metadata)|response|request|resource)\r\n"
    rf"WARC-Record-ID: <({_ID})>\r\n"
    r"WARC-Date: ([0-9]{4}-[0-9]{2}-[0-9]{2}T(?!24)[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)\r\n"
    r"WARC-Target-URI: ([A-Za-z][A-Za-z0-9+.\-]*:[!-;=?-~]*)\r\n"
    rf"WARC-Warcinfo-ID: <{_ID}>\r\n"
    rf"(?(2)(?:WARC-Refers-To: <{_ID}>\r\n)?|(?:WARC-Concurrent-To: <{_ID}>\r\n)?)"
    r"(?:WARC-IP-Address: [0-9A-Fa-f.:%]+\r\n)?"
    r"(?:WARC-Protocol: [!-~]+\r\n)*"
    r"(?:WARC-Cipher-Suite: [!-~]+\r\n)?"
    r"(?:WARC-Truncated: (?:length|time|disconnect|unspecified)\r\n)?"
    rf"(?(2)|(?:WARC-Payload-Digest: ({_SHA256})\r\n)?)"
    rf"WARC-Block-Digest: ({_SHA256})\r\n"
    r"Content-Type: ([!-.0-:<-~]+/[!-:<-~]+(?:;(?:[ -~]*[!-~])?)?)\r\n"
    r"Content-Length: ([0-9]{1,18})\r\n\r\n"
)


def parse_head(head: bytes, offset: int, *, own_member: bool = True) -> Record:
    """Read exact header bytes, blank line included.

    Args:
        head: the bytes from ``WARC/`` to the blank line.
        offset: where the record begins in its file.
        own_member: whether it begins a gzip member.

    Raises:
        WarcError: no version line, or no usable Content-Length.
    """
    usual = _USUAL.fullmatch(head.decode("latin-1"))
    if usual is None or not _is_calendar(usual[4]):
        return _parse(head, offset, own_member=own_member)
    type_, _, id_, date, target, payload, block, content_type, length = usual.groups()
    return Record(
        "WARC/1.1",
        head,
        int(length),
        offset,
        own_member,
        type_,
        id_,
        target,
        date,
        block,
        payload,
        content_type,
    )


def _is_calendar(date: str) -> bool:
    """Whether the calendar and the clock have a date of the usual form."""
    try:
        datetime.fromisoformat(date)
    except ValueError:
        return False
    return True


def _parse(head: bytes, offset: int, *, own_member: bool) -> Record:
    """Read a header of any form."""
    if _VERSION.match(head) is None:
        raise WarcError("no WARC version line", offset=offset)
    problems: list[str] = []
    text = _decode(head, problems)
    version, _, lines = text[:-4].partition("\r\n")
    fields = _scan_fields(text) or _parse_fields(lines.split("\r\n"), problems)
    lengths = {v for name, v in fields if len(name) == 14 and name.lower() == "content-length"}
    if len(lengths) != 1:
        reason = "differing Content-Length fields" if lengths else "no Content-Length"
        raise WarcError(reason, offset=offset)
    if len(fields) > MAX_FIELDS:
        problems.insert(0, f"more than {MAX_FIELDS} header fields")
    length = lengths.pop()
    if _DIGITS.match(length) is None:
        raise WarcError("Content-Length is not a number", offset=offset)
    first = {name.lower(): value for name, value in reversed(fields)}
    target = first.get("warc-target-uri")
    return Record(
        version.upper(),
        head,
        int(length),
        offset,
        own_member,
        first.get("warc-type", "").lower(),
        bare_id(first.get("warc-record-id", "")),
        None if target is None else bare_id(target),
        first.get("warc-date"),
        first.get("warc-block-digest"),
        first.get("warc-payload-digest"),
        first.get("content-type"),
        tuple(problems[:_MAX_PROBLEMS]),
        fields[:MAX_FIELDS],
    )


def _decode(head: bytes, problems: list[str]) -> str:
    """Header bytes as text with CRLF line ends; what had to be mended goes to problems."""
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError:
        text = head.decode("latin-1")
        problems.append("header is not UTF-8")
    if text.count("\n") != text.count("\r\n"):
        problems.append("header lines end in LF alone")
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return text


def _scan_fields(text: str) -> Fields:
    """The fields when every line of the header is a plain one, as almost always; else none."""
    found = _FIELD.findall(text)
    is_plain = len(found) == text.count("\n") - 2 and " \r\n" not in text and "\t\r\n" not in text
    return tuple(found) if is_plain else ()


def _parse_fields(lines: list[str], problems: list[str]) -> Fields:
    fields: list[tuple[str, list[str]]] = []  # names, each with its value's folded lines
    for line in lines:
        if line[:1] in (" ", "\t") and fields:
            fields[-1][1].append(line.strip())
            continue
        name, colon, value = line.partition(":")
        if not colon or _TOKEN.match(name) is None:
            problems.append("a header line is no field")
            continue
        if "\r" in value or "\0" in value:
            problems.append(f"control character in {name[:100]}")
        fields.append((name, [value.strip(" \t")]))
    return tuple([(name, " ".join(filter(None, parts))) for name, parts in fields])
