"""The salted roots over paragraphs and claims, recomputed from their records (check 3, deep)."""

from __future__ import annotations

from collections.abc import Sequence

from archive.errors import DocumentError
from archive.proof.salted import CLAIM, PARAGRAPH, commit
from archive.proof.statement import CaptureStatement, NamedRecord
from archive.verification.seen import Seen
from archive.verification.tally import Tally

__all__ = ["compare_roots"]


def compare_roots(
    statement: CaptureStatement, named: Sequence[tuple[NamedRecord, Seen]], tally: Tally
) -> list[str]:
    """What in the statement's roots is not what the text and claims records give.

    Args:
        statement: intact.
        named: the records it names, each with what was read.
        tally: takes what cannot be recomputed.

    Returns:
        One sentence a problem.
    """
    from archive.article.record import ClaimsRecord, claim_lines, paragraph_lines

    if statement.same_as is not None:
        return []  # compared with the capture it was taken over from
    held = {item.role: seen.data for item, seen in named if item.role in ("text", "claims")}
    if not held:
        return []
    if any(data is None for data in held.values()):
        tally.skip("blocks", "roots over records too large to hold")
        return []
    claims, text = held.get("claims"), held.get("text")
    if claims is None:
        return ["text without a claims record, whose seed its root needs"]
    problems = []
    try:
        seed = ClaimsRecord.from_bytes(claims).seed
        if commit(seed, CLAIM, claim_lines(claims)) != statement.claims:
            problems.append("the claims root is not what the claims record gives")
        paragraphs = None if text is None else commit(seed, PARAGRAPH, paragraph_lines(text))
        if paragraphs != statement.paragraphs:
            problems.append("the paragraphs root is not what the text record gives")
    except DocumentError as error:
        problems.append(f"claims or text record cannot be read: {error.message}")
    return problems
