"""What is known of languages: their words as data, a file a language, and what reads the files.

A file is named by the ISO 639-1 code of its language. It holds sections, each in one of three
forms, which `SECTIONS` tells::

        # a comment: to the end of a line that begins so
        [hedges]                words: white space between them
        alleged allegedly
        [labels.correction]     phrases: a comma or the end of a line between them
        correction, editor's note
        [magnitudes]            a table: a line a key, which may come again, and its words
        3: thousand thousands

All is in lower case where the language has it. What a section means is told where it is read:
``speech`` by `archive.article.quotations.vocabulary`, ``labels`` by
`archive.article.signals.wording`, the others by `archive.comparison.lexicon`. A new language is a
new file; nothing else has to know of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

from attrs import field, frozen

__all__ = [
    "LANGUAGES",
    "SECTIONS",
    "WordList",
    "all_phrases",
    "all_words",
    "language_code",
    "read_language",
]

Form = Literal["words", "phrases", "table"]

_FORMS: Mapping[Form, str] = {
    "words": "abbreviations, grammar, hedges, links, list.articles, list.joins, names.joins,"
    " negating prefixes, negating verb prefixes, noun determiners, that, speech.after,"
    " speech.agents, speech.articles, speech.asides, speech.between, speech.bounds,"
    " speech.clauses, speech.clitics, speech.common, speech.conjunctions, speech.determiners,"
    " speech.habits, speech.links, speech.naming, speech.nobody, speech.nouns,"
    " speech.participles, speech.passives, speech.pronouns, speech.recipients,"
    " speech.relatives, speech.things, speech.times, speech.titles, speech.verbs",
    "phrases": "labels.byline, labels.correction, labels.credit, labels.published,"
    " labels.updated, negators, seeming negators, speech.first, speech.sources",
    "table": "certainty, legal standing, magnitudes, numbers, units",
}
SECTIONS: Mapping[str, Form] = {
    name: form for form, names in _FORMS.items() for name in names.split(", ")
}
"""The sections that a file may have, each with its form."""

_FOLDER = os.path.dirname(__file__)
_ENDING = ".txt"
_ALIASES = {"nb": "no", "nn": "no", "in": "id", "cn": "zh", "iw": "he", "bs": "hr"}
"""Codes that pages use for a language that has another here."""

LANGUAGES: tuple[str, ...] = tuple(
    sorted(name.removesuffix(_ENDING) for name in os.listdir(_FOLDER) if name.endswith(_ENDING))
)
"""The codes of the languages that something is known of."""


@frozen
class WordList:
    """The words of one language.

    Args:
        sections: the text of each section, by its name.
    """

    sections: Mapping[str, str] = field(factory=dict, repr=False, hash=False)

    def words(self, section: str) -> frozenset[str]:
        """The words of a section; none where the file has no such section."""
        return frozenset(self.sections.get(section, "").split())

    def phrases(self, section: str) -> tuple[str, ...]:
        """The phrases of a section, in their order."""
        lines = self.sections.get(section, "").replace("\n", ",")
        return tuple(phrase for part in lines.split(",") if (phrase := part.strip()))

    def table(self, section: str) -> dict[str, str]:
        """For each word of a section the key that it stands behind."""
        found: dict[str, str] = {}
        for line in self.sections.get(section, "").splitlines():
            key, _, words = line.partition(":")
            found.update(dict.fromkeys(words.split(), key))
        return found


def language_code(code: str) -> str:
    """The code by which a language is known here, or an empty one.

    Args:
        code: the first part of a BCP 47 tag, lower case.
    """
    code = _ALIASES.get(code, code)
    return code if code in LANGUAGES else ""


def read_language(code: str) -> WordList:
    """The words of a language; of one that is not known here there are none.

    Args:
        code: the first part of a BCP 47 tag, lower case.
    """
    return _read(language_code(code))


@cache  # of known codes alone: pages claim what they like
def _read(code: str) -> WordList:
    if not code:
        return WordList()
    with open(os.path.join(_FOLDER, code + _ENDING), encoding="utf-8") as file:
        return WordList(dict(_sections(file.read())))


def _sections(text: str) -> Iterator[tuple[str, str]]:
    for part in f"\n{text}".split("\n[")[1:]:
        name, _, lines = part.partition("]\n")
        yield name, "\n".join(line for line in lines.split("\n") if line and line[0] != "#")


def all_words(section: str) -> frozenset[str]:
    """The words that any language has in a section, of those that are written as words."""
    return frozenset().union(*(read_language(code).words(section) for code in LANGUAGES))


def all_phrases(section: str) -> tuple[str, ...]:
    """The phrases that any language has in a section, each once, the longest first."""
    found = {phrase for code in LANGUAGES for phrase in read_language(code).phrases(section)}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))
