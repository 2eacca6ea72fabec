"""A quotation as a value, and those of one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import field, frozen

from archive.article.spans import Span, read_span
from archive.document import Members
from archive.errors import DocumentError

__all__ = ["LARGEST", "MOST", "Quotation", "Quotations"]

MOST = 5_000
"""How many quotations of one text are kept, the first ones."""

LARGEST = 500_000
"""How many characters they may have together, those of speakers and verbs too."""


@frozen
class Quotation:
    """Quoted words in a text and, where the words say so, whose they are.

    All positions are code points in the text, the end exclusive.

    Args:
        text: the quoted words with their marks, line feeds between paragraphs included.
        start: where they begin.
        end: where they end.
        speaker: who is reported to have used them, without a leading article; None when the text
            does not say.
        verb: the reporting verb as it stands; None when there is none or the speaker was taken from
            another sentence.
        inferred: whether the speaker was taken from another sentence, as for "she said".
        speaker_span: where the speaker's name was found, its article included.
        verb_span: where the reporting verb that goes with that name was found.
    """

    text: str
    start: int
    end: int
    speaker: str | None = None
    verb: str | None = None
    inferred: bool = False
    speaker_span: Span | None = None
    verb_span: Span | None = None

    def to_dict(self) -> dict[str, Any]:
        """The members of the quotation in the claims record, in their order."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "speaker": self.speaker,
            "verb": self.verb,
            "inferred": self.inferred,
            "speaker_span": list(self.speaker_span) if self.speaker_span else None,
            "verb_span": list(self.verb_span) if self.verb_span else None,
        }

    to_json = to_dict  # its name in 0.1.0

    @classmethod
    def from_json(cls, members: Any) -> Quotation:
        """Read what `to_json` gives. Members that are not known are left alone.

        Raises:
            DocumentError: a member is missing or of another kind.
        """
        read = Members(members, "a quotation")
        inferred = read.value.get("inferred")
        if not isinstance(inferred, bool):
            raise DocumentError("a quotation does not say whether its speaker was inferred")
        text, start, end = read.text("text"), read.number("start"), read.number("end")
        if end - start != len(text):
            raise DocumentError("a quotation's start and end do not fit its text")
        speaker, speaker_span = read.text_or_none("speaker"), read_span(read, "speaker_span")
        if (speaker is None) != (speaker_span is None):
            raise DocumentError("a quotation has a speaker without span, or the other way round")
        return cls(
            text,
            start,
            end,
            speaker=speaker,
            verb=read.text_or_none("verb"),
            inferred=inferred,
            speaker_span=speaker_span,
            verb_span=read_span(read, "verb_span"),
        )

    def stands_in(self, text: str) -> bool:
        """Whether this text has the quoted words in that place, and holds the other spans."""
        spans = [span for span in (self.speaker_span, self.verb_span) if span]
        inside = all(end <= len(text) for _, end in spans)
        return inside and text[self.start : self.end] == self.text

    def size(self) -> int:
        """How many characters its strings have."""
        return len(self.text) + len(self.speaker or "") + len(self.verb or "")


@frozen
class Quotations:
    """The quotations of one text, in the order of their beginnings.

    Args:
        entries: the quotations.
        omitted: how many more were found and left out, past the limits.
        written: the bytes of each as they were read, None where they are yet to be written.
    """

    entries: tuple[Quotation, ...] = ()
    omitted: int = 0
    written: tuple[bytes, ...] | None = field(default=None, eq=False, repr=False)

    @classmethod
    def of(cls, found: Iterable[Quotation]) -> Quotations:
        """The first of these that keep within `MOST` quotations and `LARGEST` characters."""
        kept: list[Quotation] = []
        room, omitted = LARGEST, 0
        for one in found:  # which may be more than a memory holds
            room -= one.size()
            if omitted or room < 0 or len(kept) == MOST:
                omitted += 1
            else:
                kept.append(one)
        return cls(tuple(kept), omitted)

    def __iter__(self) -> Iterator[Quotation]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, index: int) -> Quotation:
        return self.entries[index]
