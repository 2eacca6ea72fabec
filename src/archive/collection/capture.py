"""A capture as a reader of a collection sees it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from archive.article import (
    Article,
    Claim,
    Claims,
    ClaimsRecord,
    Line,
    Quotations,
    find_line,
)
from archive.collection.findings import Findings
from archive.collection.views import capture_to_dict, capture_to_html
from archive.digest import sha256
from archive.errors import DocumentError, InputError, UsageError
from archive.index.entries import EntryRow
from archive.index.groups import EntryGroup, Group
from archive.index.reading import Reading
from archive.index.rows import Row, describe, read_article, read_attempt
from archive.literals import FRONT_PAGE

if TYPE_CHECKING:
    from archive.article.bodies import TextSource
    from archive.collection.changing import Step
    from archive.http import Response

__all__ = ["Capture"]

_GONE = (404, 410)


@frozen(slots=False, repr=False)
class Capture:
    """One capture; what it holds is read from the WARC when it is asked for.

    Attributes:
        row: what the index knows of it.
        later: the text extracted later that it is shown with, None for the one signed with it.
    """

    row: Row
    _reading: Reading = field(eq=False)
    later: EntryRow | None = None
    _found: Findings | None = field(default=None, eq=False)

    def __repr__(self) -> str:
        return f"<Capture {self.id} {self.outcome} {self.url!r}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Capture, (self.row, self._reading, self.later)

    def _repr_html_(self) -> str:
        """For notebooks: outcome, title, URL and date."""
        return capture_to_html(self)

    def to_dict(self) -> dict[str, Any]:
        """What ``archive list --json`` prints of it, but for the schema."""
        return capture_to_dict(self)

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
        """How good the evidence is: ``wire``, ``none``, ``warc``, ``html`` or ``text``."""
        return self.row.grade

    @property
    def limitations(self) -> tuple[str, ...]:
        """What lessens the evidence."""
        return self.row.limitations

    @property
    def limits(self) -> tuple[str, ...]:
        """The limitations but for *suspicious*, where `suspicion` tells it in words."""
        told = self.row.suspicion is not None
        return tuple(one for one in self.row.limitations if one != "suspicious" or not told)

    @property
    def suspicion(self) -> str | None:
        """Why the page may not be the article: a challenge, a consent wall, a soft paywall.

        As was signed when it was captured; what newer rules say of its bytes is `doubt`.
        """
        return self.row.suspicion

    @cached_property
    def doubt(self) -> str | None:
        """Why the page may not be the article: as was signed, else by the rules of now.

        Derived and unsigned; without its collection, as after pickling, it is `suspicion`.

        Raises:
            StorageError: the collection cannot be read.
        """
        return self.suspicion if self._found is None else self._found.doubt(self.row)

    @property
    def is_gone(self) -> bool:
        """Whether the server says that the page is no more: 404, 410, or its front page instead."""
        return self.status in _GONE or self.doubt == FRONT_PAGE

    @property
    def title(self) -> str | None:
        """The derived title, None without an article."""
        return self._shown.title

    @property
    def words(self) -> int | None:
        """Words of the text, None without an article."""
        return self._shown.words

    @property
    def extraction_reason(self) -> str | None:
        """Why there is no text, as was signed; None where there is one, or none was looked for."""
        return self.row.extraction_reason

    @property
    def text_source(self) -> TextSource | None:
        """Where its text stands if the page shows it to no reader: ``jsonld`` or ``state``.

        None of a text that the page shows, and where there is none.
        """
        return self._shown.text_source

    @property
    def _shown(self) -> Row | EntryRow:
        """What title and words are taken from; a capture kept without a text may have one later."""
        if self.later is None and self.row.extraction is None and self.row.grade != "text":
            return self.newest.later or self.row
        return self.later or self.row

    @property
    def telling(self) -> str:
        """SHA-256 of its envelope, or of that of the later text that it is shown with."""
        return self._shown.envelope

    @property
    def text_envelope(self) -> str:
        """SHA-256 of the envelope that has its text: an earlier capture's where it is the same."""
        shown = self._shown
        return (shown.same_as or shown.envelope) if isinstance(shown, Row) else shown.envelope

    @property
    def change(self) -> Step | None:
        """What changed since the capture of its URL before it; None as `change_reason` says.

        Raises:
            StorageError: the collection cannot be read.
            UsageError: it was pickled: get it anew from a collection that is open.
        """
        return None if isinstance(self._step, str) else self._step

    @property
    def change_reason(self) -> str | None:
        """Why nothing is said of what changed, such as that it is the first; None where it is."""
        return self._step if isinstance(self._step, str) else None

    @cached_property
    def _step(self) -> Step | str:
        found: Step | str = self._ask_collection().step(self)
        return found

    @cached_property
    def text_share(self) -> float | None:
        """How whole the text is: the share of the article's words on the page that it has.

        From 0 to 1, derived and unsigned; None without a page that shows an article. See
        `archive.article.reading.held_share`.

        Raises:
            StorageError: the collection cannot be read.
            UsageError: it was pickled: get it anew from a collection that is open.
        """
        return self._ask_collection().share(self)

    def _ask_collection(self) -> Findings:
        if self._found is None:
            raise UsageError("a capture without its collection", hint="get it anew, by its id")
        return self._found

    @cached_property
    def texts(self) -> tuple[Capture, ...]:
        """The same capture with each text that was extracted later, oldest first."""
        if self.failed:
            return ()
        found = self._reading.texts_of(self.row.envelope)
        return tuple(Capture(self.row, self._reading, row, self._found) for row in found)

    @property
    def newest(self) -> Capture:
        """The same capture with its newest text."""
        return self.texts[-1] if self.texts else self

    def reread(self) -> Capture:
        """The same capture, all of it told by its own signed records instead of the index.

        Raises:
            InputError: as `group`.
        """
        row = self._describe(self.group, self.row.file)
        again = Capture(row, self._reading, self.later, self._found)
        again.__dict__["group"] = self.group  # which was just read
        return again

    def _describe(self, group: Group, file: str) -> Row:
        def find(envelope: str) -> Row | None:
            row = self._reading.find(envelope)
            return None if row is None else self._describe(self._reading.read(row), row.file)

        return describe(group, file, find)

    @cached_property
    def group(self) -> Group:
        """Its records, all blocks read.

        Raises:
            InputError: they are not where the index says.
        """
        return self._reading.read(self.row)

    @cached_property
    def text(self) -> str | None:
        """The article's text, a paragraph a line; None when there is none, or it is not UTF-8.

        Raises:
            InputError: as `article`.
        """
        text = self._telling.block("text")
        with suppress(UnicodeDecodeError):
            return None if text is None else text.decode("utf-8")
        return None

    @cached_property
    def article(self) -> Article | None:
        """The article, None when there is none.

        Raises:
            InputError: its text is kept by an earlier capture that is missing.
        """
        return None if self.text is None else Article.of(self.text, self.claims)

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
        """Claims, quotations, what came of the extraction; None without one that can be read.

        Raises:
            InputError: they are kept by an earlier capture that is missing.
        """
        block = self._telling.block("claims")
        with suppress(DocumentError):
            return None if block is None else ClaimsRecord.from_bytes(block)
        return None

    @property
    def unread(self) -> tuple[str, ...]:
        """What of its text, claims and outcome cannot be read, and why; signed all the same."""
        told: list[str] = []
        read_article(self._telling.block, told.append)
        read_attempt(self.group.block("outcome"), told.append)
        return tuple(told)

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
        from archive.http import parse_response  # lists and histories do without

        block = self.group.block("response")
        revisit = self.group.block("revisit")
        if revisit is not None:
            return self._read_revisit(parse_response(revisit))
        return None if block is None else parse_response(block)

    @property
    def content(self) -> bytes | None:
        """The page's bytes, codings undone; the file's bytes for an import.

        Raises:
            HttpError: the coding cannot be undone.
            InputError: as `response`.
        """
        imported = self.group.block("import")
        if imported is not None or self.response is None:
            return imported
        return self.response.content

    @property
    def content_type(self) -> str | None:
        """The page's Content-Type as stated."""
        return self.row.content_type

    @cached_property
    def _telling(self) -> Group | EntryGroup:
        """The group that holds the text and the claims that this capture is shown with."""
        shown = self._shown
        if isinstance(shown, EntryRow):
            return self._reading.read_entry(shown)
        if self.row.same_as is None:
            return self.group
        return self._reading.read(self._find(self.row.same_as, "text"))

    def _read_revisit(self, now: Response) -> Response:
        """The head of now around the entity of the original."""
        named = next(record for record in self.group.records if record.type == "revisit")
        original = (named.get("WARC-Refers-To") or "").strip("<>")
        earlier = Capture(self._find(original, "body"), self._reading).response
        if earlier is None or sha256(earlier.entity) != self.row.entity:
            raise InputError("the body this capture refers to is another one", where=self.id)
        return evolve(now, entity=earlier.entity, complete=True, problem=None)

    def _find(self, name: str, what: str) -> Row:
        row = self._reading.find(name)
        if row is None:
            raise InputError(f"its {what} is kept by a capture that is not here", where=self.id)
        return row
