"""Paragraphs that read like an advertisement of the house: short, and calling on the reader.

*Sign up for our letter*, *Become a member*. What calls is data (section ``calls`` of
`archive.languages`), in the form that speaks to the reader: news about subscriptions and apps tells
of them, and calls on nobody. Such a paragraph is no less a change than another; but where it is all
that came or went, nobody can be said to have edited in silence.
"""

from __future__ import annotations

import re
from functools import cache

from archive.article.article import UNSPACED
from archive.comparison.folding import cosmetic_key
from archive.comparison.sentences import sentence_spans
from archive.languages import language_code, read_language

__all__ = ["LONGEST", "reads_like_advertisement"]

LONGEST = 260
"""An advertisement of the house has no more signs."""

SENTENCES = 4
"""Nor more sentences."""

_ANY_UNSPACED = re.compile(f"[{UNSPACED}\uac00-\ud7a3]")
_ENDS = ".!?…。！？؟।:»”\"') "


def reads_like_advertisement(text: str, language: str | None) -> bool:
    """Whether a paragraph calls on its reader, at the beginning or the end of a sentence.

    Args:
        text: the paragraph.
        language: the first part of the tag of its language, or None.
    """
    if len(text) > LONGEST:
        return False
    key = cosmetic_key(text)
    spans = sentence_spans(key, 0, len(key))
    sentences = [key[slice(*span)].casefold().strip(_ENDS) for span in spans]
    if len(sentences) > SENTENCES:
        return False
    calls = _calls(language_code(language or "")) + _calls("en")
    return any(_is_called(sentence, call) for sentence in sentences for call in calls)


def _is_called(sentence: str, call: str) -> bool:
    """Whether a sentence begins or ends with a call; where words are spaced, with whole words."""
    if sentence.startswith(call):
        beside = sentence[len(call) : len(call) + 1]
    elif sentence.endswith(call):
        beside = sentence[: -len(call)][-1:]
    else:
        return False
    return not beside.isalpha() or _ANY_UNSPACED.search(call) is not None


@cache  # of known codes alone
def _calls(code: str) -> tuple[str, ...]:
    return tuple(cosmetic_key(call).casefold() for call in read_language(code).phrases("calls"))
