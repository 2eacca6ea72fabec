"""One entry that is no capture as the index knows it, derived from its group alone."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from archive.article.bodies import TextSource
from archive.digest import sha256
from archive.index.groups import EntryGroup
from archive.index.rows import NO_ARTICLE, ArticleName, read_article
from archive.proof.entry import EntryStatement
from archive.proof.merkle import hash_leaf

__all__ = ["EntryRow", "describe_entry", "describe_entry_parts"]


@frozen(kw_only=True)
class EntryRow:
    """An entry's line in the index; the column names are the attribute names.

    Attributes:
        kind: one of `archive.proof.entry.KINDS`, or what a later version calls it.
        id: UUID of the envelope's record, without ``urn:uuid:``.
        envelope: SHA-256 of the envelope.
        leaf: the envelope's leaf hash in the log, hexadecimal.
        about: what it speaks about: of a text the SHA-256 of its capture's envelope, else the name
            of its first subject.
        title, words: of a text's article, None without one.
        text_source: of a text that no reader was shown, see `Row`.
        extraction, extractor: of a text: what came of it, and what extracted.
        file: name of the WARC file; `offset` and `end` bound the group in it, in bytes.
        envelope_offset: where the envelope's record begins.
    """

    sequence: int
    kind: str
    id: str
    envelope: str
    leaf: str
    prior: str | None
    date: str
    about: str
    title: str | None
    words: int | None
    text_source: TextSource | None
    extraction: str | None
    extractor: str | None
    file: str
    offset: int
    end: int
    envelope_offset: int


def describe_entry(
    group: EntryGroup, file: str, note: Callable[[str], None] | None = None
) -> EntryRow:
    """The row of an entry's group, whatever its text and claims records hold.

    Args:
        group: with all its blocks.
        file: the WARC file's name.
        note: told what of it cannot be read, and is left out of the row.
    """
    is_text = group.statement.kind == "text"
    return describe_entry_parts(
        group.statement,
        read_article(group.block, note or (lambda _: None)) if is_text else NO_ARTICLE,
        envelope=group.envelope,
        file=file,
        offset=group.offset,
        end=group.end,
        envelope_offset=group.records[-1].offset,
    )


def describe_entry_parts(
    said: EntryStatement,
    article: ArticleName,
    *,
    envelope: bytes,
    file: str,
    offset: int,
    end: int,
    envelope_offset: int,
) -> EntryRow:
    """The row of an entry's group, given in parts.

    Args:
        said: what its envelope says.
        article: of a text.
        envelope: the envelope's bytes.
        file: the WARC file's name.
        offset: where its first record begins.
        end: where it ends.
        envelope_offset: where the envelope's record begins.
    """
    again = said.reextraction() if said.kind == "text" else None
    title, words, text_source = article
    return EntryRow(
        sequence=said.sequence,
        kind=said.kind,
        id=said.envelope.id.removeprefix("urn:uuid:"),
        envelope=sha256(envelope),
        leaf=hash_leaf(envelope).hex(),
        prior=said.prior,
        date=said.date,
        about=again.capture if again else said.subjects[0].name if said.subjects else "",
        title=title,
        words=words,
        text_source=text_source,
        extraction=again.extraction.outcome if again else None,
        extractor=again.extraction.extractor if again else None,
        file=file,
        offset=offset,
        end=end,
        envelope_offset=envelope_offset,
    )
