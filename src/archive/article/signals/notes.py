"""Correction notes: where a page tells its readers that its article was changed.

A note begins with a label (``Correction:``, ``Korrektur``, 訂正), or a sentence of it speaks of the
very article that it stands in: *This article was amended on 3 May*, *In an earlier version of this
story*. How languages say so is data (`archive.languages`, sections ``note``). Other things are
amended too: reports, bills, articles of a constitution. So the sentence has to point at the page
itself, and say that it was changed in the words of such notes; *the article* counts only with a
date, a publication or a correction behind it. Neither what somebody is quoted to say, nor who
changed it (*amended by*), nor a year (*amended in 1992*) stands in a note. An editor's note that
tells of no change, such as a warning, is a remark. A line that only tells a time is no note.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import is_normalized, normalize

from attrs import frozen

from archive.article.article import UNSPACED
from archive.article.signals.sentences import any_word, may_tell, tells, words_of
from archive.languages import LANGUAGES, all_phrases, all_words, read_calendar, read_language
from archive.typography import MARKS_ON_LETTERS

__all__ = [
    "SHORTEST",
    "Label",
    "find_label",
    "is_date_before",
    "is_no_note",
    "is_note",
    "is_remark",
    "may_be_note",
    "plain",
    "tells_of_change",
    "weight",
]

SHORTEST = 12
"""A note has at least so much `weight` beside its label."""

LEAST = 30
"""An addition that speaks of no change has words of so much weight; less may be a name."""

NOTE = 500
"""In how many characters a correction note says that it is one."""

HEADLINE = 6
"""News behind a label has no more words."""

_LABELLED = 80
"""In how many characters a label begins: a date may stand before it."""

_LABELS = ("labels.correction", "labels.editor", "labels.addition", "labels.updated")

_SHOUTED = 6
"""A label in capitals of so many letters needs no sign behind it."""

_IN_UNSPACED = re.compile(f"[{UNSPACED}]")
_SYLLABLES = re.compile("[\uac00-\ud7a3]")  # of Korean
_OPENING = r"[^\w\"“”„…]{0,8}"
_CLOSING = r"\s*[)\]）］】〕」〉》≫＞>»*_]"
_WORD = re.compile(rf"(?:[^\W\d_]|[{MARKS_ON_LETTERS}])+")
# What makes a word at the beginning a label: a colon or the like, brackets around it or behind it,
# a number and then a colon, or the end.
_BEHIND = re.compile(
    rf"(?:{_CLOSING})?\s*(?:[:：|;·•/>→]|[–—]|--|-(?=\s)|[.。](?=\s)|\Z)"
    r"|\s*[(（][^()（）\n]{1,40}[)）]\s*[:：.]?"
    r"|,?\s+[^:\n]{0,40}?\d[^:\n]{0,12}[:：]"
)
# What makes one the label of an addition: a colon, with a date before it or without.
_BEHIND_ADDITION = re.compile(
    r"\s*(?:\([^()\n]{1,40}\)|,?\s*[^:\n]{0,30}?\d[^:\n]{0,12}?)?"
    r"\s*(?:[:：\])）］】]|[–—]|-(?=\s)|\.(?=\s))"
)
_CLOSED = re.compile(rf"{_CLOSING}[\s:：.]*")
_DATE = (
    r"(?:(?:\d{1,2}[./-]\s?\d{1,2}(?:[./-]\s?(?:\d{4}|\d\d)?)?|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r"|(?:\d{4}[年년]\s?)?\d{1,2}[月월]\s?\d{1,2}[日일])"
    r"|\d{1,2}(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|of\s+)?(?P<second>[^\W\d_]{3,})"
    r"|(?:\d{4}\.?\s+)?(?P<first>[^\W\d_]{3,})\.?\s+\d{1,2}(?:st|nd|rd|th)?(?!\d))"
    r"(?:\.?,?\s+(?:de\s+)?\d{4})?"
    r"(?:[\s,|•·–—-]+(?:[^\W\d_]{1,6}\.?\s+)?\d{1,2}\s?[:.hH時시]\s?\d{2}(?!\d)分?분?"
    r"(?:\s?[ap]\.?m\.?|\s[A-Z]{2,4}\b|\s?uhr)?)?[\s).,:：|•·–—\]-]*"
)
_BEFORE = re.compile(rf"{_OPENING}{_DATE}", re.IGNORECASE)
_DATED = re.compile(rf"[,.]?\s*(?:[^\W\d_]{{1,4}}\.?\s+){{0,2}}{_DATE}", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_TOLD = re.compile(r"[\d,;:()\"“”„«»]")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")


@frozen
class Label:
    """What a note begins with.

    Args:
        end: where it ends, its date and colon included.
        editors: whether it is an editor's note, which may tell of no change.
        addition: whether it is a label of additions, such as ``Update``.
        alone: whether nothing follows it.
    """

    end: int
    editors: bool
    addition: bool
    alone: bool


@frozen
class _Kind:
    """The labels of one kind: a pattern for them.

    Those of times (*Updated*) are labels of an addition only where it tells of a change.
    """

    pattern: re.Pattern[str]
    editors: bool = False
    addition: bool = False
    of_times: bool = False


def is_note(text: str) -> bool:
    """Whether a passage is a correction note, by how such notes are worded."""
    text = plain(text)
    label = find_label(text)
    if label is None:
        return tells_of_change(text)
    if not any(map(str.isalnum, text[label.end :])):
        return False  # what was wrong stands elsewhere, if this is no link to where it does
    if label.addition:
        return _tells().search(text, label.end, NOTE) is not None or tells_of_change(text)
    return not is_remark(text)


def is_remark(text: str) -> bool:
    """Whether a passage is an editor's note that tells of no change, such as a warning."""
    text = plain(text)
    label = find_label(text)
    if label is None or not label.editors:
        return False
    return _tells().search(text, 0, NOTE) is None and not tells_of_change(text)


def find_label(text: str) -> Label | None:
    """The label that a text begins with: ``Correction:``, ``(訂正)``, ``Rättelse 5 juni``.

    A date may stand before it.

    Args:
        text: the text, `plain`.

    Returns:
        None where it begins with none, or with such a word and nothing that makes it a label:
        *Correction of 5 percent expected*.
    """
    if not _may_be_labelled(text):
        return None
    dated = _BEFORE.match(text)
    start = dated.end() if dated and _names_month(dated) else 0
    for kind in _kinds():
        found = kind.pattern.match(text, start)
        end = _label_end(text, found, kind) if found else None
        if end is not None:
            alone = not any(map(str.isalnum, text[end:])) or is_date_before(text[end:])
            return Label(end, kind.editors, kind.addition, alone)
    return None


def is_date_before(text: str) -> bool:
    """Whether a text is nothing, or a date such as stands before a label."""
    dated = _BEFORE.fullmatch(text)
    return not text.strip() or (dated is not None and _names_month(dated))


def may_be_note(text: str) -> bool:
    """Whether a part of a text may be a part of a note: quick, and wrong now and then."""
    low = plain(text).lower()
    words = set(words_of(low))
    return (_has_label(low, words) and _may_be_labelled(low)) or may_tell(low, words)


def tells_of_change(text: str) -> bool:
    """Whether a sentence near a passage's beginning says that this very article was changed."""
    return tells(plain(text[:NOTE]))


def _is_addition(rest: str, kind: _Kind) -> bool:
    """Whether what follows the label of an addition tells more than its time."""
    words = (word for word in words_of(rest.lower()) if word not in _time_words())
    told = sum(map(weight, words))
    if told >= SHORTEST and _tells().search(rest):
        return True
    return told >= LEAST and not kind.of_times


def plain(text: str) -> str:
    """A text on one line as it is searched: composed, without signs that are not seen."""
    if not text.isascii():
        if not is_normalized("NFC", text):
            text = normalize("NFC", text)
        if _UNSEEN.search(text):
            text = _UNSEEN.sub("", text)
    return " ".join(text.split())


def weight(text: str) -> int:
    """How many characters a text has; signs for words count for three, for syllables for two."""
    return len(text) + 2 * len(_IN_UNSPACED.findall(text)) + len(_SYLLABLES.findall(text))


def _label_end(text: str, found: re.Match[str], kind: _Kind) -> int | None:
    """Where a label ends that stands in a text; None where it is a word of a sentence."""
    end = found.end()
    if kind.addition:
        behind = _BEHIND_ADDITION.match(text, end)
        rest = text[behind.end() : NOTE] if behind else ""
        return behind.end() if behind and _is_addition(rest, kind) else None
    behind = _BEHIND.match(text, end)
    if behind:
        return None if is_no_note(text[behind.end() : NOTE]) else behind.end()
    opened = text[: found.start("label")].strip()
    closed = _CLOSED.match(text, end) if opened else None
    if closed:
        return closed.end()
    dated = _DATED.match(text, end)
    if dated and _names_month(dated):
        return dated.end()
    if _is_shouted(found["label"]) and text[end : end + 1] == "-":
        return end + 1  # of an agency's headline: CORRECTED-Council votes
    return end if _begins_sentence(found["label"], text[end:]) else None


def is_no_note(rest: str) -> bool:
    """Whether what follows a label and a colon says that nothing was corrected here.

    Args:
        rest: the words behind the label.
    """
    rest = rest.strip()
    return _asks_readers(rest) or _is_headline(rest)


def _asks_readers(rest: str) -> bool:
    """Whether what follows a label tells readers how to report errors, and of none.

    A word such as *call* is a name's or a noun's as often: it counts beside an address.
    """
    named, found = _ADDRESS.subn("", rest)
    if found and weight(named.strip()) < SHORTEST:
        return True
    told = _contacts().match(rest)
    return told is not None and (found > 0 or " " in told[0]) and not tells_of_change(rest)


def _is_headline(rest: str) -> bool:
    """Whether what follows a label is news in the form of a headline: who does what, in few words.

    What was wrong in an article is told with numbers, or with what it was instead.
    """
    words = words_of(rest)
    if not 2 <= len(words) <= HEADLINE or _TOLD.search(rest) or _tells_wrong().search(rest):
        return False
    return _acts().search(rest) is not None


def _begins_sentence(label: str, rest: str) -> bool:
    """Whether a sentence begins behind a label that no sign sets off.

    After a label in capitals any capital letter begins one, else a frequent word with a capital
    does (*Correction The library closed in October*). Where no spaces stand between words, one
    sets a label off.
    """
    word = _WORD.match(rest.lstrip())
    if _IN_UNSPACED.match(label):
        return rest[:1].isspace()
    if word is None or not rest[:1].isspace() or not word[0][0].isupper():
        return False
    if _is_shouted(label):
        return not rest[:NOTE].isupper()
    return label[0].isupper() and word[0].lower() in _frequent()


def _is_shouted(label: str) -> bool:
    return len(label) >= _SHOUTED and label.isupper()


@cache
def _frequent() -> frozenset[str]:
    """Words that sentences begin with and names do not, where they are known."""
    sections = ("speech.common", "speech.determiners", "speech.nobody", "list.articles")
    return frozenset().union(*map(all_words, sections))


def _names_month(dated: re.Match[str]) -> bool:
    """Whether the word in a date is a month; where it has none it is one of digits."""
    word = dated["first"] or dated["second"]
    return word is None or word.lower() in _months()


@cache
def _months() -> frozenset[str]:
    """The names of months in all languages."""
    return frozenset(
        name
        for code in LANGUAGES
        for read in (read_language, read_calendar)
        for name in read(code).table("months")
    )


@cache
def _time_words() -> frozenset[str]:
    """The words that dates and times are made of, in all languages."""
    names = ("time words", "when", "labels.published", "labels.updated", "labels.time")
    phrases = {
        phrase
        for code in LANGUAGES
        for given in (read_language(code), read_calendar(code))
        for phrase in (
            *given.table("days"),
            *(one for name in names for one in given.phrases(name)),
        )
    }
    return _months() | {word for phrase in phrases for word in words_of(phrase)}


@cache
def _kinds() -> tuple[_Kind, ...]:
    return (
        _Kind(_label_pattern("labels.correction")),
        _Kind(_label_pattern("labels.editor"), editors=True),
        _Kind(_label_pattern("labels.addition"), addition=True),
        _Kind(_label_pattern("labels.updated"), addition=True, of_times=True),
    )


def _label_pattern(section: str) -> re.Pattern[str]:
    """Finds a label of a section at the beginning of a text, the longest first."""
    phrases = all_phrases(section)
    spelled = [re.escape(one) for one in phrases if _IN_UNSPACED.match(one)]
    words = [
        re.escape(one).replace(r"\ ", r"\s+").replace("'", "['’]")
        for one in phrases
        if not _IN_UNSPACED.match(one)
    ]
    joins = "|".join(sorted(all_words("names.joins") | {"&"}))
    word = f"(?:{'|'.join(words)})"
    apart = rf"{word}(?:\s+(?:{joins})\s+{word})?(?!\w)"
    found = "|".join([apart, *spelled])
    return re.compile(rf"{_OPENING}(?P<label>{found})", re.IGNORECASE)


def _may_be_labelled(text: str) -> bool:
    """Whether a label may stand near the beginning of a text."""
    beginning = text[:_LABELLED].lower()
    return _has_label(beginning, set(words_of(beginning)))


def _has_label(low: str, words: set[str]) -> bool:
    """Whether a text in small letters has a word of a label."""
    known, signs = _label_keys()
    if not known.isdisjoint(words):
        return True
    return _IN_UNSPACED.search(low) is not None and any(map(low.__contains__, signs))


@cache
def _label_keys() -> tuple[frozenset[str], tuple[str, ...]]:
    """A word of each label, one that is a label by itself or the longest; and labels in signs."""
    labels = set(all_phrases(*_LABELS))
    signs = tuple(label for label in labels if _IN_UNSPACED.match(label))
    alone = {label for label in labels if words_of(label) == [label]}
    split = [words_of(label) for label in labels.difference(signs)]
    return frozenset(max(words, key=lambda w: (w in alone, len(w))) for words in split), signs


@cache
def _contacts() -> re.Pattern[str]:
    return any_word(all_phrases("note.contact"))


@cache
def _acts() -> re.Pattern[str]:
    return any_word(all_phrases("note.acts"))


@cache
def _tells_wrong() -> re.Pattern[str]:
    return any_word(all_phrases("note.wrong", "note.then", "note.before", "note.article"))


@cache
def _tells() -> re.Pattern[str]:
    """What an editor's note or an addition has where it tells of a change, in any language.

    Where a language has no list of such words, they are those of its sentences.
    """
    found: list[str] = []
    for code in LANGUAGES:
        given = read_language(code)
        words = given.phrases("note.tells")
        found += words or (*given.phrases("note.changed"), *given.phrases("note.wrong"))
    return any_word(found)
