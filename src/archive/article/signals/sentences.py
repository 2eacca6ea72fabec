"""Sentences by which a page says that its own article was changed, in the words of many languages.

Each language has templates for them (`archive.article.signals.templates`). A template is compiled
when a text has a word for each of its parts, which is seldom: most texts are done with by a look at
their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from attrs import frozen

from archive.article.article import UNSPACED
from archive.article.signals.templates import Slots, compile_template, needs_of
from archive.languages import LANGUAGES, read_language
from archive.typography import DOUBLE_MARKS, MARKS_ON_LETTERS

__all__ = ["any_word", "may_tell", "slots_of", "tells", "words_of"]

_IN_UNSPACED = re.compile(f"[{UNSPACED}]")
_PLAIN_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(rf"(?:[^\W\d_]|[{MARKS_ON_LETTERS}])+")
_MARK = re.compile(f"[{MARKS_ON_LETTERS}]")
_END = re.compile(r"[.!?。！？](?=\s|\Z)")


@frozen
class _Sentence:
    """A template of a language, and the words one of each of which it needs."""

    code: str
    line: str
    needs: tuple[frozenset[str], ...]

    @property
    def changes(self) -> bool:
        """Whether it says of something that it was changed, as one can of a law."""
        return "{changed}" in self.line or "{correction}" in self.line


def words_of(text: str) -> list[str]:
    """The words of a text, marks on their letters included."""
    plain = text.isascii() or _MARK.search(text) is None
    found: list[str] = (_PLAIN_WORD if plain else _WORD).findall(text)
    return found


def may_tell(low: str, words: set[str]) -> bool:
    """Whether a part of a text has a word that is rare but in such sentences.

    Args:
        low: the text in small letters.
        words: its words.
    """
    return next(_known(low, words), None) is not None


def tells(text: str) -> bool:
    """Whether a text on one line says that this very article was changed.

    Where the sentence is about law and gives no reason it does not: laws have articles as well. Nor
    does what somebody is quoted to say.
    """
    low = text.lower()
    words = set(words_of(low))
    return any(_says(text, one) for one in _known(low, words) if _has_all(one, words, low))


def _known(low: str, words: set[str]) -> Iterator[_Sentence]:
    """The sentences whose rarest word stands in a text."""
    by_word, by_signs = _sentences()
    for word in by_word.keys() & words:
        yield from by_word[word]
    if _IN_UNSPACED.search(low):
        for signs, known in by_signs.items():
            if signs in low:
                yield from known


def _has_all(sentence: _Sentence, words: set[str], low: str) -> bool:
    return all(
        not need.isdisjoint(words) or any(_IN_UNSPACED.match(one) and one in low for one in need)
        for need in sentence.needs
    )


def _says(text: str, sentence: _Sentence) -> bool:
    for found in _pattern(sentence.code, sentence.line).finditer(text):
        if _is_quoted(text, found.start()):
            continue
        if not sentence.changes or not _is_of_law(text, found, sentence.code):
            return True
    return False


def _is_of_law(text: str, found: re.Match[str], code: str) -> bool:
    """Whether the sentence is about law and has no reason of an editor's."""
    end = _END.search(text, found.end())
    said = text[found.start() : end.start() if end else len(text)]
    law, reason = _law(code)
    return law.search(said) is not None and reason.search(said) is None


def _is_quoted(text: str, place: int) -> bool:
    """Whether a quotation that began before a place ends behind it."""
    return sum(text.count(mark, 0, place) for mark in DOUBLE_MARKS) % 2 == 1


def slots_of(code: str) -> Slots:
    """The slots of a language's templates."""
    given = read_language(code)
    names = [name for name in given.sections if name.startswith("note.")]
    return {
        name.removeprefix("note."): given.phrases(name)
        for name in names
        if name != "note.sentences"
    }


Index = dict[str, tuple[_Sentence, ...]]


@cache
def _sentences() -> tuple[Index, Index]:
    """The sentences of all languages by their rarest word, or by their signs in a row."""
    words: dict[str, list[_Sentence]] = {}
    signs: dict[str, list[_Sentence]] = {}
    for code in LANGUAGES:
        slots = slots_of(code)
        for line in read_language(code).lines("note.sentences"):
            needs = needs_of(line, slots)
            sentence = _Sentence(code, line, needs)
            for key in needs[0]:
                table = signs if _IN_UNSPACED.match(key) else words
                table.setdefault(key, []).append(sentence)
    return _frozen(words), _frozen(signs)


def _frozen(table: dict[str, list[_Sentence]]) -> Index:
    return {key: tuple(sentences) for key, sentences in table.items()}


@cache  # of the templates that there are
def _pattern(code: str, line: str) -> re.Pattern[str]:
    return compile_template(line, slots_of(code))


@cache
def _law(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    slots = slots_of(code)
    return any_word(slots.get("law", ())), any_word(slots.get("reason", ()))


def any_word(phrases: Sequence[str]) -> re.Pattern[str]:
    """Finds one of some words and phrases; a star at the end stands for any letters."""
    apart: list[str] = []
    for phrase in sorted(set(phrases), key=lambda one: (-len(one), one)):
        escaped = re.escape(phrase.removesuffix("*")).replace(r"\ ", r"\s+")
        before, after = ("", "") if _IN_UNSPACED.match(phrase) else (r"(?<!\w)", r"(?!\w)")
        apart.append(before + escaped + ("" if phrase.endswith("*") else after))
    return re.compile("|".join(apart) or r"(?!)", re.IGNORECASE)
