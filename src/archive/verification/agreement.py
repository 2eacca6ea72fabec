"""Whether a statement says the same as its records' headers (check 2) and its outcome (check 3).

All are signed, so a contradiction is the archiver's own: what is compared is the date, the
lengths, the roles, the links and the URLs, and what the outcome record says of URLs, status and
reason. What else must be so in a capture is in `archive.verification.invariants`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive import document
from archive.errors import DocumentError
from archive.proof.entry import ROLES, TEXT_ROLES, EntryStatement
from archive.proof.statement import CaptureStatement, NamedRecord
from archive.verification.records import ReadRecord
from archive.warc.group import TYPES, target
from archive.warc.record import bare_id

__all__ = ["compare_outcome", "list_contradictions", "list_entry_contradictions"]

Pairs = Sequence[tuple[NamedRecord, ReadRecord]]

# in headers of the usual form, where it finds every link
_LINK = re.compile(rb"\r\n(WARC-(?:Warcinfo-ID|Concurrent-To|Refers-To)): <([^>\r\n]*)>")
_LINKS = ("warc-warcinfo-id", "warc-concurrent-to", "warc-refers-to")


def list_contradictions(statement: CaptureStatement, named: Pairs) -> list[str]:
    """What in the records' headers does not fit the statement.

    Args:
        statement: intact.
        named: the records it names, each with what was read. A record whose header is not the
            signed one is left out: that is a finding already. So is one of a role that is not
            known, or that somebody else made: it is held to its digests only.

    Returns:
        One sentence a contradiction.
    """
    signed = [
        (item, seen)
        for item, seen in named
        if item.header == seen.header and item.role in ROLES and item.source is None
    ]
    problems: list[str] = []
    ids = {item.id for item in statement.records}
    for item, seen in signed:
        problems += _compare_links(statement, item, seen, ids)
        problems += _compare(statement, item, seen)
    if len(named) == len(statement.records):  # else the first or last of them may be missing
        problems += _compare_urls(statement, signed)
    return problems


def list_entry_contradictions(entry: EntryStatement, named: Pairs) -> list[str]:
    """What in the headers of an entry's records does not fit the entry.

    Args:
        entry: intact.
        named: the records it names, each with what was read. A record whose header is not the
            signed one is left out: that is a finding already. So is one of a role that is not
            known: it is held to its digests only.

    Returns:
        One sentence a contradiction.
    """
    signed = [(item, seen) for item, seen in named if item.header == seen.header]
    problems: list[str] = []
    wanted = TEXT_ROLES if entry.kind == "text" else ()
    signed = [(item, seen) for item, seen in signed if item.role in ROLES]
    roles = tuple(item.role for item in entry.records if item.role in ROLES)
    if roles not in (wanted, wanted[1:]):
        problems.append(f"a {entry.kind} entry does not stand after {' and '.join(roles)} records")
    for item, seen in signed:
        problems += _compare_links(entry, item, seen, set())
        problems += _compare(entry, item, seen)
        if entry.kind == "text":
            url = entry.reextraction().final_url
            if seen.target != target(item.role, url):
                problems.append(f"target of the {item.role} record is not the entry's final URL")
    return problems


def compare_outcome(statement: CaptureStatement, data: bytes) -> list[str]:
    """What the outcome record says that the statement does not.

    A member that it lacks contradicts nothing. A capture whose envelope would have been too large
    is kept as its outcome record alone, which still tells what was received.

    Args:
        statement: intact.
        data: the outcome record's block.

    Returns:
        One sentence a contradiction.
    """
    try:
        told = document.parse(data, limit=len(data), what="outcome record")
    except DocumentError as error:
        return [error.message]
    if not isinstance(told, dict):
        return ["outcome record is not an object"]
    wanted = {"url": statement.url, "status": statement.status}
    if statement.reason != "too-large" or len(statement.records) > 1:
        wanted |= {"final_url": statement.final_url, "reason": statement.reason}
    return [
        f"{name} in the outcome record is not the statement's"
        for name, value in wanted.items()
        if name in told and (told[name] != value or type(told[name]) is not type(value))
    ]


def _compare(
    statement: CaptureStatement | EntryStatement, item: NamedRecord, seen: ReadRecord
) -> Iterator[str]:
    kind = TYPES[item.role]
    if seen.type != kind.type:
        yield f"the {item.role} record is of type {seen.type}"
    if seen.date != statement.date:
        yield f"WARC-Date of the {item.role} record is not the statement's date"
    if seen.length != item.length:
        yield f"length of the {item.role} record is not the statement's"
    if not seen.target.startswith(kind.prefix):
        yield f"target of the {item.role} record does not begin with {kind.prefix}"


def _compare_links(
    statement: CaptureStatement | EntryStatement, item: NamedRecord, seen: ReadRecord, ids: set[str]
) -> Iterator[str]:
    for name, id_ in _list_links(seen):
        if name == "warc-warcinfo-id":
            if id_ != statement.warcinfo.id:
                yield f"WARC-Warcinfo-ID of the {item.role} record is not the statement's warcinfo"
        elif id_ not in ids and not (item.role == "revisit" and name == "warc-refers-to"):
            yield f"the {item.role} record refers to a record outside its capture"


def _list_links(seen: ReadRecord) -> list[tuple[str, str]]:
    if seen.is_usual:
        found = _LINK.findall(seen.head)
        return [(name.decode("ascii").lower(), id_.decode("ascii")) for name, id_ in found]
    return [(n.lower(), bare_id(value)) for n, value in seen.fields if n.lower() in _LINKS]


def _compare_urls(statement: CaptureStatement, signed: Pairs) -> Iterator[str]:
    for roles in (("response", "revisit"), ("request",)):
        first = next((seen for item, seen in signed if item.role in roles), None)
        if first is not None and first.target != statement.url:
            yield f"target of the first {roles[0]} is not the statement's URL"
    for role in ("outcome", "import"):
        for item, seen in signed:
            if item.role == role and seen.target != target(role, statement.url):
                yield f"target of the {role} record is not the statement's URL"
    answers = [seen for item, seen in signed if item.role in ("response", "revisit")]
    if answers and statement.outcome != "failed" and answers[-1].target != statement.final_url:
        yield "target of the last response is not the statement's final URL"
