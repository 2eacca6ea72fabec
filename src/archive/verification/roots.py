"""The salted roots over paragraphs and claims, recomputed from their records (check 3, deep)."""

from __future__ import annotations

from collections.abc import Sequence

from archive.errors import DocumentError
from archive.proof.merkle import CLAIM, PARAGRAPH, Root, commit
from archive.proof.statement import NamedRecord
from archive.verification.records import ReadRecord
from archive.verification.tally import Tally

__all__ = ["compare_roots"]


def compare_roots(
    said_paragraphs: Root | None,
    said_claims: Root | None,
    named: Sequence[tuple[NamedRecord, ReadRecord]],
    tally: Tally,
) -> list[str]:
    """What in a statement's roots is not what the text and claims records give.

    Args:
        said_paragraphs: the root over paragraphs that an intact statement has.
        said_claims: its root over claims.
        named: the records it names, each with what was read.
        tally: takes what cannot be recomputed.

    Returns:
        One sentence a problem.
    """
    from archive.article.record import ClaimsRecord, claim_lines, paragraph_lines

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
        if commit(seed, CLAIM, claim_lines(claims)) != said_claims:
            problems.append("the claims root is not what the claims record gives")
        paragraphs = None if text is None else commit(seed, PARAGRAPH, paragraph_lines(text))
        if paragraphs != said_paragraphs:
            problems.append("the paragraphs root is not what the text record gives")
    except DocumentError as error:
        problems.append(f"claims or text record cannot be read: {error.message}")
    return problems
