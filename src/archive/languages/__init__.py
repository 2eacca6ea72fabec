"""What is known of languages: their words as data, a file a language, and what reads the files.

A file is named by the ISO 639-1 code of its language. It holds sections, each in one of five forms,
which `SECTIONS` tells::

        # a comment: to the end of a line that begins so
        [hedges]                words: white space between them
        alleged allegedly
        [labels.correction]     phrases: a comma or the end of a line between them
        correction, editor's note
        [note.sentences]        lines
        ^ this article {was} {changed}
        [magnitudes]            a table: a line a key, which may come again, and its words
        3: thousand thousands
        [months]                a table of phrases: the same with commas between them
        1: january, jan

All is in lower case where the language has it. docs/reference/languages.md tells what each section
is for. A new language is a new file; nothing else has to know of it.

The folder ``calendar`` has names of months and days and the words of "3 hours ago", in files of the
same names. They are made from the Unicode Consortium's data by a script and not edited. The folder
``walls`` has what pages say that are shown instead of an article, the folder ``bylines`` how they
name authors and tell their dates.
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
    "all_bylines",
    "all_phrases",
    "all_words",
    "language_code",
    "read_bylines",
    "read_calendar",
    "read_language",
    "read_walls",
]

Form = Literal["words", "phrases", "lines", "table", "table of phrases"]

_FORMS: Mapping[Form, str] = {
    "words": "abbreviations, grammar, hedges, links, list.articles, list.joins, names.joins,"
    " negating prefixes, negating verb prefixes, noun determiners, that, speech.after,"
    " speech.agents, speech.articles, speech.asides, speech.between, speech.bounds,"
    " speech.clauses, speech.clitics, speech.common, speech.conjunctions, speech.denials,"
    " speech.determiners, speech.habits, speech.helpers, speech.links, speech.manner,"
    " speech.naming, speech.nobody, speech.nouns, speech.participles, speech.passives,"
    " speech.pronouns, speech.recipients, speech.relatives, speech.terms, speech.things,"
    " speech.times, speech.titles, speech.unreal, speech.verbs, speech.works",
    "phrases": "ago, ago.about, ago.days, ago.hours, ago.now, ago.one, ago.units, byline.author,"
    " byline.by, byline.joins, byline.nobody, byline.others, byline.others.noun, byline.places,"
    " byline.reports, byline.roles, byline.signed, calls, counters, counters.audience,"
    " counters.beside, counters.invitation,"
    " counters.rating, counters.votes, date.other, date.published, date.updated, date.words,"
    " embed.asks, embed.content, embed.rights, embed.this, forms.mail,"
    " house.address, house.notices, house.polite, house.subjects, house.verbs, labels.addition,"
    " labels.advertisement, labels.advertisement.beside, labels.box, labels.byline,"
    " labels.correction, labels.credit, labels.date, labels.editor, labels.published,"
    " labels.rights, labels.time,"
    " labels.updated, negators, note.acts, note.article, note.before, note.changed, note.contact,"
    " note.correction, note.here, note.law, note.manner, note.of, note.others, note.reason,"
    " note.said, note.sorry,"
    " note.tells, note.then, note.thing, note.this, note.was, note.why, note.wrong,"
    " seeming negators, speech.first, speech.leads, speech.phrasal, speech.sources, time words,"
    " time words.clock, walls.challenge, walls.consent, walls.error, walls.gate, walls.login,"
    " walls.missing, walls.paywall, when",
    "lines": "note.sentences, speech.frames, speech.subject, speech.trims",
    "table": "certainty, legal standing, magnitudes, numbers, units",
    "table of phrases": "date.halves, days, months, time units",
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

    def lines(self, section: str) -> tuple[str, ...]:
        """The lines of a section."""
        return tuple(self.sections.get(section, "").splitlines())

    def table(self, section: str) -> dict[str, str]:
        """For each word, or phrase, of a section the key that it stands behind."""
        apart = "," if SECTIONS[section] == "table of phrases" else None
        found: dict[str, str] = {}
        for line in self.sections.get(section, "").splitlines():
            key, _, words = line.partition(":")
            found.update(dict.fromkeys(map(str.strip, words.split(apart)), key))
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
    return _read(language_code(code), "")


def read_calendar(code: str) -> WordList:
    """The names of months and days of a language, and how it tells times."""
    return _read(language_code(code), "calendar")


def read_bylines(code: str) -> WordList:
    """How a language names authors and tells the dates of a page; of some nothing is known."""
    return _read(language_code(code), "bylines")


def all_bylines(*sections: str) -> tuple[str, ...]:
    """The phrases that any language has in some sections of its bylines, the longest first."""
    lists = [read_bylines(code) for code in LANGUAGES]
    found = {one for name in sections for words in lists for one in words.phrases(name)}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


@cache
def read_walls() -> dict[str, tuple[str, ...]]:
    """What pages say, in any language, that are shown instead of an article: phrases by kind.

    They are folded as pages are that are searched for them: `str.casefold`.
    """
    lists = [_read(code, "walls") for code in LANGUAGES]
    sections = [name for name in SECTIONS if name.startswith("walls.")]
    return {
        name.removeprefix("walls."): tuple(
            dict.fromkeys(phrase.casefold() for words in lists for phrase in words.phrases(name))
        )
        for name in sections
    }


@cache  # of known codes alone: pages claim what they like
def _read(code: str, folder: str) -> WordList:
    if not code:
        return WordList()
    path = os.path.join(_FOLDER, folder, code + _ENDING)
    if not os.path.exists(path):  # of few languages it is known what walls or bylines say
        return WordList()
    with open(path, encoding="utf-8") as file:
        return WordList(dict(_sections(file.read())))


def _sections(text: str) -> Iterator[tuple[str, str]]:
    for part in f"\n{text}".split("\n[")[1:]:
        name, _, lines = part.partition("]\n")
        yield name, "\n".join(line for line in lines.split("\n") if line and line[0] != "#")


def all_words(section: str) -> frozenset[str]:
    """The words that any language has in a section, of those that are written as words."""
    return frozenset().union(*(read_language(code).words(section) for code in LANGUAGES))


def all_phrases(*sections: str) -> tuple[str, ...]:
    """The phrases that any language has in some sections, each once, the longest first."""
    lists = [read_language(code) for code in LANGUAGES]
    found = {one for name in sections for words in lists for one in words.phrases(name)}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))
