"""Whether a statement's words and its records' headers say the same (check 2).

Both are signed, so a contradiction is the archiver's own: what is compared is the date, the
lengths, the roles and the URLs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.proof.statement import CaptureStatement, NamedRecord
from archive.verification.reading import Seen
from archive.warc.group import TYPES, target

__all__ = ["list_contradictions"]

Pairs = Sequence[tuple[NamedRecord, Seen]]


def list_contradictions(statement: CaptureStatement, named: Pairs) -> list[str]:
    """What in the records' headers does not fit the statement.

    Args:
        statement: intact.
        named: the records it names, each with what was read. A record whose header is not the
            signed one is left out: that is a finding already.

    Returns:
        One sentence a contradiction.
    """
    signed = [(item, seen) for item, seen in named if item.header == seen.header]
    problems: list[str] = []
    for item, seen in signed:
        problems += _compare(statement, item, seen)
    problems += _compare_urls(statement, signed)
    return problems


def _compare(statement: CaptureStatement, item: NamedRecord, seen: Seen) -> Iterator[str]:
    kind = TYPES[item.role]
    if seen.type != kind.type:
        yield f"the {item.role} record is of type {seen.type}"
    if seen.record.date != statement.date:
        yield f"WARC-Date of the {item.role} record is not the statement's date"
    if seen.record.length != item.length:
        yield f"length of the {item.role} record is not the statement's"
    if not seen.target.startswith(kind.prefix):
        yield f"target of the {item.role} record does not begin with {kind.prefix}"


def _compare_urls(statement: CaptureStatement, signed: Pairs) -> Iterator[str]:
    for role in ("outcome", "import"):
        for item, seen in signed:
            if item.role == role and seen.target != target(role, statement.url):
                yield f"target of the {role} record is not the statement's URL"
    answers = [seen for item, seen in signed if item.role in ("response", "revisit")]
    if answers and statement.outcome != "failed" and answers[-1].target != statement.final_url:
        yield "target of the last response is not the statement's final URL"
