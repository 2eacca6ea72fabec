"""One capture as the index knows it, derived from its group alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Self, TypeAlias

from attrs import frozen

from archive import document
from archive.article.article import Article
from archive.article.bodies import TextSource
from archive.article.claims import Claims
from archive.article.record import LARGEST, ClaimsRecord
from archive.digest import sha256
from archive.document import Members
from archive.errors import DocumentError
from archive.index.groups import Group
from archive.proof.merkle import hash_leaf
from archive.proof.statement import CaptureStatement, Run

__all__ = [
    "NO_ARTICLE",
    "ArticleName",
    "GroupPlace",
    "OutcomeSummary",
    "Row",
    "describe",
    "describe_statement",
    "describe_written",
    "read_article",
    "read_attempt",
]

ArticleName: TypeAlias = tuple[str | None, int | None, TextSource | None]
"""Title and words of an article, and where its text stands if no reader was shown it."""
NO_ARTICLE: ArticleName = None, None, None

_SMALL = ("text", "claims")
_PAYLOAD_DIGEST = b"\r\nWARC-Payload-Digest: "


@frozen(kw_only=True)
class Row:
    """A capture's line in the index; the column names are the attribute names.

    Attributes:
        id: UUID of the envelope's record, without ``urn:uuid:``.
        envelope: SHA-256 of the envelope.
        leaf: the envelope's leaf hash in the log, hexadecimal.
        suspicion: why the page may not be the article, None without one.
        title: the derived title, None without an article.
        words: words of the text, None without an article.
        text_source: ``jsonld`` or ``state`` where the page states the text and shows it to no
            reader; else None.
        extraction_reason: why there is no text, in a few words; None where there is one.
        response: ``urn:uuid:…`` of the full response record that a revisit may refer to, or None.
        file: name of the WARC file; `offset` and `end` bound the group in it, in bytes.
        outcome_offset: where the outcome record begins; from there on all records are small.
        envelope_offset: where the envelope's record begins.
    """

    sequence: int
    id: str
    envelope: str
    leaf: str
    prior: str | None
    url: str
    final_url: str
    date: str
    claimed_date: str | None
    outcome: str
    reason: str | None
    error: str | None
    status: int | None
    grade: str
    limitations: tuple[str, ...]
    suspicion: str | None
    title: str | None
    words: int | None
    text_source: TextSource | None
    extraction: str | None
    extraction_reason: str | None
    extractor: str | None
    same_as: str | None
    content: str | None
    text: str | None
    entity: str | None
    content_type: str | None
    content_encoding: str | None
    response: str | None
    file: str
    offset: int
    end: int
    outcome_offset: int
    envelope_offset: int
    run_id: str | None
    run_list: str | None
    run_index: int | None
    run_size: int | None  # nobody asks; without it 0.1.0 would make the index anew

    @property
    def failed(self) -> bool:
        """Whether nothing usable came of the attempt."""
        return self.outcome == "failed"

    @property
    def article(self) -> ArticleName:
        """What it says of the text."""
        return self.title, self.words, self.text_source

    @property
    def shown_words(self) -> int | None:
        """How many words of the article the page shows; None where nothing was extracted."""
        return None if self.extraction is None else 0 if self.text_source else self.words or 0

    @property
    def stands(self) -> str:
        """When it stands in time, as `date` is written: an import at the date that is claimed."""
        if self.claimed_date is None:
            return self.date
        return _read_claimed(self.claimed_date) or self.date


@frozen
class OutcomeSummary:
    """What an outcome record tells of an attempt that its row has too."""

    error: str | None
    suspicion: str | None
    content_type: str | None
    content_encoding: str | None

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read an outcome record.

        Raises:
            DocumentError: it is not what it should be.
        """
        parsed = document.parse(data, limit=LARGEST, what="outcome record")
        told = Members(parsed, "outcome record")
        return cls(
            error=told.text_or_none("error"),
            suspicion=told.text_or_none("suspicion") if "suspicion" in told else None,
            content_type=told.text_or_none("content_type"),
            content_encoding=told.text_or_none("content_encoding"),
        )


def _read_claimed(text: str) -> str | None:
    """A year, a month, a day or an instant as a date is written here; None where it is none."""
    try:
        moment = datetime.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 8 else text)
    except ValueError:
        return None
    utc = moment.astimezone(UTC) if moment.tzinfo is not None else moment
    return utc.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


@frozen
class GroupPlace:
    """Where a group stands: its envelope's record id and hashes, its file, offsets in that.

    `offset` and `end` bound the group; `heads` are the exact header bytes of its records, in
    order, at least up to the last response.
    """

    id: str
    envelope: str
    leaf: str
    file: str
    offset: int
    end: int
    outcome_offset: int
    envelope_offset: int
    heads: Sequence[bytes]


def _ignore(_: str) -> None:
    """Nobody wants to know."""


def describe(
    group: Group,
    file: str,
    find: Callable[[str], Row | None],
    note: Callable[[str], None] = _ignore,
) -> Row:
    """The row of a group, whatever its outcome, text and claims records hold: it is a capture.

    Args:
        group: with its outcome, text, claims and envelope blocks.
        file: the WARC file's name.
        find: gives the row of an earlier envelope by its SHA-256, for captures whose text is the
            same as one's before.
        note: told what of it cannot be read, and is left out of the row.
    """
    there = {record.id: record for record in group.records}
    for item in group.statement.records:
        if item.id not in there:
            note(f"{item.role} record that is not there")
        elif item.role in _SMALL and item.id not in group.blocks:
            note(f"{item.role} record of more than {LARGEST} bytes")
    envelope, leaf = sha256(group.envelope), hash_leaf(group.envelope).hex()
    last = group.records[-1]
    found = [there.get(item.id) for item in group.statement.records]
    heads = [record.head if record is not None else b"" for record in (*found, last)]
    outcome = (found[_find_outcome(group.statement)] or last).offset
    place = GroupPlace(
        last.id, envelope, leaf, file, group.offset, group.end, outcome, last.offset, heads
    )
    same_as = group.statement.same_as
    earlier = find(same_as) if same_as else None
    article = earlier.article if earlier else read_article(group.block, note)
    attempt = read_attempt(group.block("outcome"), note)
    return describe_statement(group.statement, attempt, article, place)


def describe_statement(
    said: CaptureStatement, attempt: OutcomeSummary, article: ArticleName, place: GroupPlace
) -> Row:
    """The row of a group, given in parts.

    Args:
        said: what its envelope says.
        attempt: what its outcome record tells.
        article: of its text, or of the one that it repeats.
        place: where it stands.
    """
    title, words, text_source = article
    return Row(
        sequence=said.sequence,
        id=place.id.removeprefix("urn:uuid:"),
        envelope=place.envelope,
        leaf=place.leaf,
        prior=said.prior,
        url=said.url,
        final_url=said.final_url,
        date=said.date,
        claimed_date=said.claimed_date,
        outcome=said.outcome,
        reason=said.reason,
        error=attempt.error,
        status=said.status,
        grade=said.grade,
        limitations=said.limitations,
        suspicion=attempt.suspicion,
        title=title,
        words=words,
        text_source=text_source,
        extraction=said.extraction.outcome if said.extraction else None,
        extraction_reason=said.extraction.reason if said.extraction else None,
        extractor=said.extraction.extractor if said.extraction else None,
        same_as=said.same_as,
        content=said.layers.content,
        text=said.layers.text,
        entity=said.layers.entity,
        content_type=attempt.content_type,
        content_encoding=attempt.content_encoding,
        response=_find_original(said, place.heads),
        file=place.file,
        offset=place.offset,
        end=place.end,
        outcome_offset=place.outcome_offset,
        envelope_offset=place.envelope_offset,
        **_name_run(said.run),
    )


def describe_written(
    statement: CaptureStatement,
    attempt: OutcomeSummary,
    article: ArticleName,
    *,
    records: Sequence[tuple[bytes, bytes]],
    offsets: Sequence[int],
    end: int,
    file: str,
) -> Row:
    """The row of a group that has just been written, as `describe` would read it.

    Args:
        statement: what its envelope says.
        attempt: what its outcome record tells.
        article: of its text, or of the one that it repeats.
        records: (header, block) of each record, envelope last.
        offsets: where each begins in the file.
        end: where the group ends.
        file: the WARC file's name.
    """
    envelope, leaf = sha256(records[-1][1]), hash_leaf(records[-1][1]).hex()
    heads = [head for head, _ in records]
    outcome = offsets[_find_outcome(statement)]
    id_ = statement.envelope.id
    place = GroupPlace(id_, envelope, leaf, file, offsets[0], end, outcome, offsets[-1], heads)
    return describe_statement(statement, attempt, article, place)


def _find_outcome(said: CaptureStatement) -> int:
    """Which of its records, of which it has one."""
    return [item.role for item in said.records].index("outcome")


def _find_original(said: CaptureStatement, heads: Sequence[bytes]) -> str | None:
    """The response that a later revisit may refer to.

    What failed may be cut. What has no payload digest (a transfer coding, an interim head) would
    not be found by replay tools, which look a revisit's original up by that digest.
    """
    answers = [
        (item, head)
        for item, head in zip(said.records, heads, strict=False)
        if item.role in ("response", "revisit")
    ]
    if said.outcome == "failed" or not answers:
        return None
    item, head = answers[-1]
    return item.id if item.role == "response" and _PAYLOAD_DIGEST in head else None


def _name_run(run: Run | None) -> dict[str, Any]:
    named = (run.id, run.list, run.index, run.size) if run else (None, None, None, None)
    return dict(zip(("run_id", "run_list", "run_index", "run_size"), named, strict=True))


def read_attempt(data: bytes | None, note: Callable[[str], None] = _ignore) -> OutcomeSummary:
    """What an outcome record tells; nothing where it is not what it should be, which is noted."""
    try:
        return OutcomeSummary.from_bytes(data or b"")
    except DocumentError as error:
        note(error.message)
        return OutcomeSummary(None, None, None, None)


def read_article(
    block: Callable[[str], bytes | None], note: Callable[[str], None] = _ignore
) -> ArticleName:
    """Title and words of what a group's text and claims records hold; None without a text.

    Args:
        block: gives the block of a role's record, None where there is none, or it is too large.
        note: told what cannot be read: a text that is not UTF-8 is none, and of claims that are
            not what they should be the title is missing.
    """
    text, told = block("text"), block("claims")
    if text is None:
        return NO_ARTICLE
    try:
        words = text.decode("utf-8")
    except UnicodeDecodeError:
        note("text record is not UTF-8")
        return NO_ARTICLE
    claims, source = Claims(), None
    if told is not None:
        try:
            record = ClaimsRecord.from_bytes(told)
            claims, source = record.claims, record.source
        except DocumentError as error:
            note(error.message)
    article = Article.of(words, claims)
    return article.title, article.words, source
