"""Captures and versions as a reader of a collection sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from archive.article import Article, Claim, Claims, ClaimsRecord, Line, Quotations, find_line
from archive.digest import sha256
from archive.errors import InputError
from archive.index.entries import EntryRow
from archive.index.groups import EntryGroup, Group
from archive.index.rows import Row, describe

if TYPE_CHECKING:
    from archive.http import Response

__all__ = ["Capture", "Shelf", "Version", "identity", "list_versions", "says_nothing"]

_CONTENT_LIMIT = 1 << 28


@frozen
class Shelf:
    """Where captures are read from: look-ups into one collection.

    Attributes:
        read: gives a row's group with all its blocks.
        find: gives the row of an envelope by its SHA-256, or of a record by its ``urn:uuid:…``.
        texts_of: gives the texts extracted later of an envelope by its SHA-256, oldest first.
        read_entry: gives an entry's group.
    """

    read: Callable[[Row], Group]
    find: Callable[[str], Row | None]
    texts_of: Callable[[str], list[EntryRow]]
    read_entry: Callable[[EntryRow], EntryGroup]


@frozen(slots=False, repr=False)
class Capture:
    """One capture; what it holds is read from the WARC when it is asked for.

    Attributes:
        row: what the index knows of it.
        later: the text extracted later that it is shown with, None for the one signed with it.
    """

    row: Row
    _shelf: Shelf = field(eq=False)
    later: EntryRow | None = None

    def __repr__(self) -> str:
        return f"<Capture {self.id} {self.outcome} {self.url!r}>"

    @property
    def id(self) -> str:
        """Its UUID; any unique prefix of six characters or more will do to name it."""
        return self.row.id

    @property
    def url(self) -> str:
        """The requested URL in its normal spelling."""
        return self.row.url

    @property
    def final_url(self) -> str:
        """The URL after redirects."""
        return self.row.final_url

    @property
    def date(self) -> datetime:
        """The moment the attempt began, UTC, by the archiver's clock."""
        return datetime.fromisoformat(self.row.date)

    @property
    def claimed_date(self) -> str | None:
        """When the user said an imported file was taken."""
        return self.row.claimed_date

    @property
    def outcome(self) -> str:
        """``captured``, ``unchanged`` or ``failed``."""
        return self.row.outcome

    @property
    def reason(self) -> str | None:
        """Why it failed, in one word."""
        return self.row.reason

    @property
    def error(self) -> str | None:
        """Why it failed, in one sentence."""
        return self.row.error

    @property
    def failed(self) -> bool:
        """Whether nothing usable came of it."""
        return self.row.failed

    @property
    def status(self) -> int | None:
        """The HTTP status."""
        return self.row.status

    @property
    def grade(self) -> str:
        """How good the evidence is: ``wire``, ``warc``, ``html`` or ``text``."""
        return self.row.grade

    @property
    def limitations(self) -> tuple[str, ...]:
        """What lessens the evidence."""
        return self.row.limitations

    @property
    def suspicion(self) -> str | None:
        """Why the page may not be the article: a challenge, a consent wall, a soft paywall."""
        return self.row.suspicion

    @property
    def title(self) -> str | None:
        """The derived title, None without an article."""
        return self._shown.title

    @property
    def words(self) -> int | None:
        """Words of the text, None without an article."""
        return self._shown.words

    @property
    def _shown(self) -> Row | EntryRow:
        """What title and words are taken from; a capture kept without a text may have one later."""
        if self.later is None and self.row.extraction is None and self.row.grade != "text":
            return self.newest.later or self.row
        return self.later or self.row

    @cached_property
    def texts(self) -> tuple[Capture, ...]:
        """The same capture with each text that was extracted later, oldest first."""
        if self.failed:
            return ()
        found = self._shelf.texts_of(self.row.envelope)
        return tuple(Capture(self.row, self._shelf, row) for row in found)

    @property
    def newest(self) -> Capture:
        """The same capture with its newest text."""
        return self.texts[-1] if self.texts else self

    def reread(self) -> Capture:
        """The same capture, all of it told by its own signed records instead of the index.

        Raises:
            InputError: as `group`.
        """
        return Capture(self._describe(self.row), self._shelf, self.later)

    def _describe(self, row: Row) -> Row:
        def find(envelope: str) -> Row | None:
            earlier = self._shelf.find(envelope)
            return None if earlier is None else self._describe(earlier)

        return describe(self._shelf.read(row), row.file, find)

    @cached_property
    def group(self) -> Group:
        """Its records, all blocks read.

        Raises:
            InputError: they are not where the index says.
        """
        return self._shelf.read(self.row)

    @cached_property
    def article(self) -> Article | None:
        """The article, None when there is none.

        Raises:
            InputError: its text is kept by an earlier capture that is missing.
        """
        text = self._telling.block("text")
        return None if text is None else Article.of(text.decode("utf-8"), self.claims)

    @property
    def claims(self) -> Claims:
        """What the page says about itself; empty when nothing was extracted."""
        return self.attribution.claims if self.attribution else Claims()

    @property
    def quotations(self) -> Quotations:
        """The quotations in its text; empty when there is none."""
        return self.attribution.quotations if self.attribution else Quotations()

    @cached_property
    def attribution(self) -> ClaimsRecord | None:
        """Claims, quotations, and what came of the extraction; None when nothing was extracted.

        Raises:
            InputError: they are kept by an earlier capture that is missing.
        """
        block = self._telling.block("claims")
        return None if block is None else ClaimsRecord.from_bytes(block)

    def line_of(self, claim: Claim) -> Line | None:
        """The line that one of its claims was read from; None where the claim names no bytes.

        Raises:
            HttpError, InputError: as `content`.
        """
        told = self.attribution
        if claim.span is None or told is None:
            return None
        if claim.record == "content":
            encoding = told.decoding.encoding if told.decoding else "utf-8"
            return find_line(self._page or b"", encoding, claim.span)
        if claim.record == "response":
            telling = self.group if isinstance(self._telling, EntryGroup) else self._telling
            block = telling.block("response") or telling.block("revisit") or b""
            return find_line(block, "windows-1252", claim.span)
        return None

    @cached_property
    def _page(self) -> bytes | None:
        return self.content

    @cached_property
    def response(self) -> Response | None:
        """The last response; a revisit's body is taken from the capture it refers to.

        Raises:
            HttpError: the stored bytes are not understood.
            InputError: the body is kept by an earlier capture that is missing.
        """
        from archive.http import parse_response

        block = self.group.block("response")
        revisit = self.group.block("revisit")
        if revisit is not None:
            return self._read_revisit(revisit)
        return None if block is None else parse_response(block)

    @property
    def content(self) -> bytes | None:
        """The page's bytes, codings undone; the file's bytes for an import.

        Raises:
            HttpError: the coding cannot be undone.
            InputError: as `response`.
        """
        from archive.http import decode_content

        imported = self.group.block("import")
        if imported is not None or self.response is None:
            return imported
        response = self.response
        return decode_content(response.entity, response.field("Content-Encoding"), _CONTENT_LIMIT)

    @property
    def content_type(self) -> str | None:
        """The page's Content-Type as stated."""
        return self.row.content_type

    @cached_property
    def _telling(self) -> Group | EntryGroup:
        """The group that holds the text and the claims that this capture is shown with."""
        shown = self._shown
        if isinstance(shown, EntryRow):
            return self._shelf.read_entry(shown)
        if self.row.same_as is None:
            return self.group
        return self._shelf.read(self._find(self.row.same_as, "text"))

    def _read_revisit(self, head: bytes) -> Response:
        """The head of now around the entity of the original."""
        from archive.http import parse_response

        named = next(record for record in self.group.records if record.type == "revisit")
        original = (named.get("WARC-Refers-To") or "").strip("<>")
        earlier = Capture(self._find(original, "body"), self._shelf).response
        if earlier is None or sha256(earlier.entity) != self.row.entity:
            raise InputError("the body this capture refers to is another one", where=self.id)
        now = parse_response(head)
        return evolve(now, entity=earlier.entity, complete=True, problem=None)

    def _find(self, name: str, what: str) -> Row:
        row = self._shelf.find(name)
        if row is None:
            raise InputError(f"its {what} is kept by a capture that is not here", where=self.id)
        return row


@frozen
class Version:
    """Consecutive captures of one URL whose article is the same.

    Attempts refused here, before any server was asked, are versions of their own kind and end none.

    Attributes:
        captures: in time order, never empty.
    """

    captures: tuple[Capture, ...]

    @property
    def first(self) -> Capture:
        """The capture that saw it first."""
        return self.captures[0]

    @property
    def last(self) -> Capture:
        """The capture that saw it last."""
        return self.captures[-1]

    @property
    def article(self) -> Article | None:
        """The article they share, None when they have none."""
        return self.first.article

    @property
    def title(self) -> str | None:
        """The title they share."""
        return self.first.title


def list_versions(captures: Iterable[Capture]) -> list[Version]:
    """Group captures of one URL, in time order, into versions, in the order they were first seen.

    What was refused here says nothing about the page: of a page seen, refused, and seen again as it
    was, the first and the third capture are one version.
    """
    runs: list[list[Capture]] = []
    seen: list[Capture] = []  # the run of the last capture that says something about the page
    for capture in captures:
        run = runs[-1] if runs and says_nothing(capture) else seen
        if run and identity(run[-1]) == identity(capture):
            run.append(capture)
            continue
        runs.append([capture])
        if not says_nothing(capture):
            seen = runs[-1]
    return [Version(tuple(run)) for run in runs]


def says_nothing(capture: Capture) -> bool:
    """Whether the attempt was refused here, and not one byte came from a server."""
    row = capture.row
    return row.reason == "forbidden" and row.status is None and row.entity is None


def identity(capture: Capture) -> tuple[object, ...]:
    """What makes two captures the same version: their article, or how they failed."""
    row = capture.row
    if row.failed:
        return ("failed", row.reason, row.status)
    return ("article", row.title, row.text) if row.text else ("none", row.status, row.content)
