"""Single paragraphs and claims of a capture, proved without the others.

The salts are made from the seed in the capture's claims record, or in that of the earlier capture
whose text it has; leaf and way are held against the root that the statement signed before anything
is given away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.article.record import ClaimsRecord, claim_lines, paragraph_lines
from archive.errors import InputError, IntegrityError, NotFoundError, UsageError
from archive.index.groups import Group
from archive.index.reading import Reading
from archive.index.rows import Row
from archive.proof.logproof import LogProof
from archive.proof.merkle import CLAIM, PARAGRAPH, hash_leaf, hash_root, prove_inclusion, salt
from archive.proof.opening import MAX_LEAVES, Leaf, LeafKind, Opening
from archive.typography import spellings

__all__ = ["find_paragraphs", "find_quote", "open_leaves"]

_PLAIN = str.maketrans(spellings(rare=True))
_MADE_OF = {
    "paragraph": (PARAGRAPH, "text", paragraph_lines),
    "claim": (CLAIM, "claims", claim_lines),
}
"""Of what leaves are made: how salts are made, the record, and what cuts it."""


def find_paragraphs(text: str, words: str) -> tuple[int, ...]:
    """The paragraphs, from 0, that words stand in: one, or those that the words go over.

    Marks and dashes may be written in another way, and white space may be of another length.

    Args:
        text: the article's text, a paragraph a line.
        words: what is looked for; where it stands more than once the first place counts.

    Raises:
        UsageError: no words.
        NotFoundError: they do not stand there.
    """
    pieces = words.translate(_PLAIN).split()
    if not pieces:
        raise UsageError("no words to look for")
    found = re.search(r"\s+".join(map(re.escape, pieces)), text.translate(_PLAIN))
    if found is None:
        raise NotFoundError("the text does not have these words", hint="see archive show --text")
    first = text.count("\n", 0, found.start())
    return tuple(range(first, first + found[0].count("\n") + 1))


def find_quote(reading: Reading, row: Row, words: str) -> tuple[int, ...]:
    """The paragraphs, from 0, of the text signed with a capture that words stand in.

    Raises:
        UsageError, NotFoundError: as `find_paragraphs`.
        InputError: the text is not where the index says.
    """
    text = _find_told(reading, row, reading.read(row)).block("text") or b""
    return find_paragraphs(text.decode("utf-8", "replace"), words)


def open_leaves(
    reading: Reading, row: Row, proof: LogProof, kind: LeafKind, numbers: Sequence[int]
) -> Opening:
    """Open paragraphs or claims of a capture.

    Args:
        reading: reads the collection.
        row: the capture's.
        proof: that it is logged, with its envelope.
        kind: what is opened.
        numbers: which, from 0.

    Raises:
        UsageError: none, more than `archive.proof.opening.MAX_LEAVES`, or one that is not there.
        NotFoundError: the capture has no text of its own, or no claims.
        InputError: they are not where the index says.
        IntegrityError: they are not what the statement's root was made from.
    """
    chosen = sorted(set(numbers))
    if not 0 < len(chosen) <= MAX_LEAVES:
        raise UsageError(f"open 1 to {MAX_LEAVES} of a capture at a time")
    own = reading.read(row)
    root = own.statement.paragraphs if kind == "paragraph" else own.statement.claims
    if root is None:
        message = f"the statement of this capture commits to no {kind}s"
        raise NotFoundError(message, where=row.id, hint="a later extraction is not signed with it")
    told = _find_told(reading, row, own)
    salted, role, cut = _MADE_OF[kind]
    items = cut(told.block(role) or b"")
    if chosen[0] < 0 or chosen[-1] >= len(items):
        raise UsageError(f"it has {kind}s 1 to {len(items)}", where=row.id)
    seed = ClaimsRecord.from_bytes(told.block("claims") or b"").seed
    salts = [salt(seed, salted, at) for at in range(len(items))]
    hashes = [hash_leaf(one + item) for one, item in zip(salts, items, strict=True)]

    def read(level: int, index: int) -> bytes:
        return hash_root(hashes[index << level : (index + 1) << level])

    leaves = tuple(
        Leaf(at, salts[at], items[at], prove_inclusion(at, len(items), read)) for at in chosen
    )
    same_as = None if told is own else told.envelope
    opening = Opening(kind, len(items), leaves, proof, same_as)
    if not opening.is_of(root):
        raise IntegrityError(f"the {kind}s are not those that the statement commits to")
    return opening


def _find_told(reading: Reading, row: Row, own: Group) -> Group:
    """The group that holds a capture's text and claims."""
    if row.same_as is None:
        return own
    earlier = reading.find(row.same_as)
    if earlier is None:
        raise InputError("its text is kept by a capture that is not here", where=row.id)
    return reading.read(earlier)
