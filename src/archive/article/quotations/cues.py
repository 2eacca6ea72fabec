"""A word or phrase that reports what somebody said, as a value."""

from __future__ import annotations

from attrs import frozen

from archive.article.quotations.names import Mention

__all__ = ["Cue"]


@frozen
class Cue:
    """A reporting verb or phrase: its token, the speaker, and how it reports.

    Args:
        at: the token of the verb, or of the first word of a phrase like "according to".
        speaker: None where the sentence does not say.
        verb: whether it is a verb.
        follows: whether the speaker stands behind the verb.
        bare: whether the verb stands where it needs no subject in some languages: behind quoted
            words or at the sentence's beginning.
        manner: whether the verb reports in the pattern of speech only.
        denied: whether the words that it would report were not said by its subject.
        denies: whether that is so because of the verb's own meaning ("denied").
    """

    at: int
    speaker: Mention | None
    verb: bool = True
    follows: bool = False
    bare: bool = False
    manner: bool = False
    denied: bool = False
    denies: bool = False
