"""Paragraphs that read like an advertisement of the house: short, and speaking to the reader.

*Sign up for our letter*, *Already a member? Log in*, *Our podcast looks behind the headlines*. Such
a paragraph calls on its reader at an end of a sentence (section ``calls`` of `archive.languages`),
or it speaks to the reader or of itself (*you*, *our*; an imperative) **and** of what a house offers
or asks for (*newsletter*, *app*, *a month*). News about subscriptions and apps tells of them, and
speaks to nobody; what somebody says in quotation marks is no advertisement. Nor is what a sentence
tells somebody to have said: *Sign up, the army told them*. Such a paragraph is no less a change
than another; but where it is all that came or went, nobody can be said to have edited in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from archive.article.article import UNSPACED
from archive.comparison.folding import cosmetic_key
from archive.comparison.sentences import sentence_spans
from archive.languages import language_code, read_language

__all__ = ["LONGEST", "asks_reader", "calls_on_reader", "offers", "reads_like_advertisement"]

LONGEST = 260
"""An advertisement of the house has no more signs."""

SENTENCES = 4
"""Nor more sentences."""

SAYING = 4
"""Behind a comma one of so many words says who said what stands before it."""

ABOUT = 12
"""So many letters beside words in quotation marks tell of these."""

EXPLAINED = 5
"""So many words behind a colon explain those before it."""

_WORD = re.compile(r"[^\W\d_]+")
_SAID = re.compile('["“„«「『][^"“”„«»「」『』]*["”“»」』]')
_ANY_UNSPACED = re.compile(f"[{UNSPACED}\uac00-\ud7a3]")
_ENDS = ".!?…。！？؟।:»”\"') "
_QUOTED = re.compile('["“”„«»「」『』]')
_PART = re.compile(r"[:;?]\s+|\s[-–—]\s")
"""Behind one of these a sentence may ask as it does at its beginning: *New: hear every story*."""


def calls_on_reader(text: str, language: str | None) -> bool:
    """Whether a short paragraph calls on its reader, at an end of a sentence.

    Args:
        text: the paragraph.
        language: the first part of the tag of its language, or None.
    """
    calls = _calls(language_code(language or "")) + _calls("en")
    about = _SAID.sub(" ", text)
    sentences = _sentences(about if sum(map(str.isalpha, about)) >= ABOUT else text)
    if _is_reported(sentences, language):
        return False
    asking = [one for one in sentences if not _is_explained(one, language)]
    lowered = [sentence.casefold().strip(_ENDS) for sentence in asking]
    return any(_is_called(sentence, call) for sentence in lowered for call in calls)


def reads_like_advertisement(text: str, language: str | None) -> bool:
    """Whether a short paragraph calls on its reader, or speaks to them of what the house offers.

    Args:
        text: the paragraph.
        language: the first part of the tag of its language, or None.
    """
    return calls_on_reader(text, language) or _speaks_of("house.subjects", text, language)


def asks_reader(text: str, language: str | None) -> bool:
    """Whether a short paragraph asks its reader as a notice does that lies over an article.

    To let advertisements through, to tell an age, to allow messages: *Please turn off your ad
    blocker*. News of such things tells of them, and speaks to nobody.

    Args:
        text: the paragraph.
        language: the first part of the tag of its language, or None.
    """
    return _speaks_of("house.notices", text, language)


def _speaks_of(section: str, text: str, language: str | None) -> bool:
    """Whether a short paragraph speaks to its reader, and of something that a section has."""
    sentences = _sentences(text)
    if not sentences or _QUOTED.search(text) or _is_reported(sentences, language):
        return False
    sentences = [one for one in sentences if not _is_explained(one, language)]
    return any(
        _names(section, sentences, code) and any(_speaks(sentence, code) for sentence in sentences)
        for code in dict.fromkeys((language_code(language or ""), "en"))
    )


def offers(text: str, language: str | None) -> bool:
    """Whether a short paragraph calls on its reader, or tells of what a house offers, to anybody.

    Args:
        text: the paragraph.
        language: the first part of the tag of its language, or None.
    """
    codes = dict.fromkeys((language_code(language or ""), "en"))
    sentences = _sentences(text)
    named = (_names("house.subjects", sentences, code) for code in codes)
    return calls_on_reader(text, language) or any(named)


def _sentences(text: str) -> list[str]:
    """The sentences of a short paragraph; none where it is longer than an advertisement."""
    if len(text) > LONGEST:
        return []
    key = cosmetic_key(text)
    spans = sentence_spans(key, 0, len(key))
    return [key[slice(*span)] for span in spans] if len(spans) <= SENTENCES else []


def _is_reported(sentences: list[str], language: str | None) -> bool:
    """Whether it is told who said so: *Sign up, the army told them*."""
    for code in dict.fromkeys((language_code(language or ""), "en")):
        verbs = read_language(code).words("speech.verbs")
        for sentence in sentences if verbs else ():
            for part in sentence.split(",")[1:]:
                words = _WORD.findall(part.lower())[:SAYING]
                address = _pattern(code, "house.address")
                if not verbs.isdisjoint(words) and not (address and address.search(part)):
                    return True
    return False


def _is_explained(sentence: str, language: str | None) -> bool:
    """Whether a sentence says behind a colon what the words before it were.

    *Sign up: with these words the firm lured its victims*. It then speaks to nobody, and of nothing
    that is offered.
    """
    _, colon, behind = sentence.partition(": ")
    if not colon or len(_WORD.findall(behind)) < EXPLAINED:
        return False
    codes = dict.fromkeys((language_code(language or ""), "en"))
    return not any(
        _speaks(behind, code) or _names("house.subjects", [behind], code) for code in codes
    )


def _is_called(sentence: str, call: str) -> bool:
    """Whether a sentence begins or ends with a call; where words are spaced, with whole words."""
    if sentence.startswith(call):
        beside = sentence[len(call) : len(call) + 1]
    elif sentence.endswith(call):
        beside = sentence[: -len(call)][-1:]
    else:
        return False
    return not beside.isalpha() or _ANY_UNSPACED.search(call) is not None


def _names(section: str, sentences: list[str], code: str) -> bool:
    """Whether sentences tell of something that a section has: what a house offers, or asks."""
    pattern = _pattern(code, section)
    return pattern is not None and any(pattern.search(one.casefold()) for one in sentences)


def _speaks(sentence: str, code: str) -> bool:
    """Whether a sentence speaks to its reader, or of those who wrote it.

    A word in capitals where others are not is a name: *the US military*.
    """
    address, verbs = _pattern(code, "house.address"), _pattern(code, "house.verbs")
    lowered = sentence.casefold()
    if address is not None and any(
        sentence.isupper() or not (found[0].isupper() and len(found[0]) > 1)
        for found in address.finditer(sentence)
    ):
        return True
    if verbs is not None and any(verbs.match(part.lstrip("¿¡ ")) for part in _PART.split(lowered)):
        return True
    polite = _pattern(code, "house.polite")
    return polite is not None and any(
        found[0][0].isupper() and found.start() > 0 for found in polite.finditer(sentence)
    )


@cache  # of known codes alone
def _calls(code: str) -> tuple[str, ...]:
    return tuple(_phrases(code, "calls"))


@cache  # of known codes alone
def _pattern(code: str, section: str) -> re.Pattern[str] | None:
    """What finds the phrases of a section: whole words, or how words begin."""
    phrases = sorted(_phrases(code, section), key=len, reverse=True)
    if not phrases:
        return None
    return re.compile("|".join(map(_written, phrases)), re.IGNORECASE)


def _phrases(code: str, section: str) -> Iterator[str]:
    return (cosmetic_key(one).casefold() for one in read_language(code).phrases(section))


def _written(phrase: str) -> str:
    """A phrase as a pattern: whole words, but where a hyphen ends it or words are not spaced."""
    word = re.escape(phrase.removesuffix("-"))
    if _ANY_UNSPACED.search(phrase):
        return word
    return rf"\b{word}" if phrase.endswith("-") else rf"\b{word}\b"
