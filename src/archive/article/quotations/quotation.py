"""A quotation as a value."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from archive.errors import DocumentError

__all__ = ["Quotation"]

Span = tuple[int, int]


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

    def to_json(self) -> dict[str, Any]:
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

    @classmethod
    def from_json(cls, members: Any) -> Quotation:
        """Read what `to_json` gives. Members that are not known are left alone.

        Raises:
            DocumentError: a member is missing or of another kind.
        """
        if not isinstance(members, dict):
            raise DocumentError("a quotation is not an object")
        text, inferred = members.get("text"), members.get("inferred")
        if not isinstance(text, str) or not isinstance(inferred, bool):
            raise DocumentError("a quotation lacks its text or says not whether it was inferred")
        start, end = members.get("start"), members.get("end")
        bounds = _span([start, end])
        if bounds is None or bounds[1] - bounds[0] != len(text):
            raise DocumentError("a quotation's start and end do not fit its text")
        speaker, verb = members.get("speaker"), members.get("verb")
        if not isinstance(speaker, str | None) or not isinstance(verb, str | None):
            raise DocumentError("a quotation's speaker or verb is not a string")
        return cls(
            text,
            *bounds,
            speaker=speaker,
            verb=verb,
            inferred=inferred,
            speaker_span=_span(members.get("speaker_span")),
            verb_span=_span(members.get("verb_span")),
        )


def _span(value: Any) -> Span | None:
    if value is None:
        return None
    if isinstance(value, list) and len(value) == 2 and all(type(end) is int for end in value):
        start, end = value
        if 0 <= start <= end:
            return start, end
    raise DocumentError("a quotation's span is not two positions in order")
