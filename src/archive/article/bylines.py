"""Bylines taken apart: who wrote, who did something else, and what dates stand beside the names.

A byline is cut, not thrown away. Dates go first, each with the word before or behind it that says
which one it is. Then each label (`archive.languages`, folder ``bylines``) says what the names
behind it are: *by*, *Text:*, 記者 announce authors; *photos by*, *reviewed by*, 翻訳 announce
others, up to the next label. What stands before any label is taken for authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Literal

from attrs import field, frozen

from archive.article.calendars import find_dates
from archive.article.rosters import list_names
from archive.languages import LANGUAGES, all_bylines, read_bylines
from archive.typography import MARKS_ON_LETTERS

__all__ = [
    "LONGEST",
    "Byline",
    "label_before",
    "may_begin_byline",
    "names",
    "plain",
    "read_byline",
    "read_label",
]

LONGEST = 2000
"""A longer text is no byline: one with all authors of a paper fits."""

_LONGEST_LABEL = 60
Kind = Literal["", "author", "other"]
_CUT = "\ue000"
"""Stands where a date was cut out: names do not go on over it."""
_INVISIBLE = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ue000]")
_CONTACT = re.compile(r"<?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?|(?<!\w)@\w+|https?://\S+|\bwww\.\S+")
_HANGUL = re.compile("[가-힣]")
_BRACKETS = frozenset("[(（【")
_ENCLOSED = re.compile(
    r"\A\s*[\[(（【]\s*(?:[가-힣]{2,6}\s?=\s?)?([^\[\]()（）【】]{2,60})[\])）】]\s*\Z"
)
"""A byline in brackets, and the place in front of a Korean one."""
_MARKS = rf"{MARKS_ON_LETTERS}\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_TOKEN = re.compile(rf"[\w{_MARKS}]+(?:['’׳״][\w{_MARKS}]+)*|[^\w\s]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_BOUND = frozenset("|｜•·;；,，、(（[【/／–—-*●▪■◆》>" + _CUT)
_SIGNS = frozenset(":：=＝")
_COLON = _SIGNS | frozenset("/／|｜")
_JOINS = frozenset("・/&、·+,") | {
    "and",
    "und",
    "et",
    "y",
    "e",
    "og",
    "och",
    "ja",
    "en",
    "i",
    "и",
    "та",
    "と",
    "a",
}
_LEAST_GLUED = 2
"""A label of one ideograph (文) needs a sign or a space behind it, a longer one does not."""
MOST_WORDS = 5
_PARTED = r"[\n|｜•·,;/()（）\[\]" + _CUT + "]"


@frozen
class Byline:
    """What a byline says.

    Args:
        names: of the authors, in order.
        announced: those of them that a label announces.
        others: who is named for something else.
        dates: each as it stands, with the property that its label gives: ``datePublished``,
            ``dateModified``, an empty one for other dates (*received*), None without a label.
        is_whole: whether nothing is left that is neither name nor label, date, role or sign.
        awaits: whether it ends with a label of authors, their names being behind it.
    """

    names: tuple[str, ...] = ()
    announced: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    dates: tuple[tuple[str | None, str], ...] = ()
    is_whole: bool = True
    awaits: bool = False


_Token = tuple[str, int, int]
"""A word or sign, and where it begins and ends."""


@frozen
class _Label:
    """One label: what the names behind it are, where they begin, whether it is Chinese alone."""

    kind: Kind
    end: int
    is_chinese: bool


@frozen
class _Labels:
    """Labels by their words, each with its kind and whether it is one only before a sign."""

    words: Mapping[tuple[str, ...], tuple[Kind, bool]] = field(repr=False)
    glued: tuple[tuple[str, Kind], ...] = field(repr=False)
    chinese: frozenset[str] = field(repr=False)


def names(text: str) -> list[str]:
    """The names of authors in a byline, as they are written, without labels, roles and dates.

    Args:
        text: the byline, one line or several.
    """
    return list(read_byline(text).names)


def plain(text: str) -> str:
    """A text without signs that cannot be seen, its lines in one spelling of white space."""
    return "\n".join(" ".join(line.split()) for line in _INVISIBLE.sub("", text).splitlines())


def read_byline(text: str, language: str = "") -> Byline:
    """Take a byline apart.

    Args:
        text: the byline; a line feed stands where an element begins or ends.
        language: the first part of the page's BCP 47 tag.
    """
    return _read(text, language) if len(text) <= LONGEST else Byline(is_whole=False)


@lru_cache(maxsize=1024)  # a page says its names in many places, and each is looked at again
def _read(text: str, language: str) -> Byline:
    cut, dates = _without_dates(_CONTACT.sub("\n", _without_brackets(plain(text))), language)
    found: dict[Kind, list[str]] = {"": [], "author": [], "other": []}
    is_whole, awaits = True, False
    for kind, segment, is_chinese in _segments(cut):
        listed = list_names(segment.replace(_CUT, "\n"), spaced=is_chinese or language == "zh")
        found[kind] += listed.names
        is_whole &= listed.is_whole
        awaits = kind == "author" and not segment.strip(_CUT + " \n")
    if not found["author"] and _is_signed(cut):
        found["author"], awaits = found[""], False
    authors = dict.fromkeys((*found[""], *found["author"]))
    return Byline(
        tuple(authors),
        tuple(dict.fromkeys(found["author"])),
        tuple(dict.fromkeys(found["other"])),
        tuple(dates),
        is_whole,
        awaits,
    )


def read_label(text: str) -> str | None:
    """What a text announces that is nothing but a label.

    Returns:
        ``author``, ``contributor`` (for whoever did something else), ``datePublished``,
        ``dateModified``, an empty text for another date, None for no label.
    """
    said = plain(text).strip()
    if not 0 < len(said) <= _LONGEST_LABEL:
        return None
    date = _whole_label().match(said)
    if date:
        return _term(date)
    tokens = [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(said)]
    label = _label_at(said, tokens, 0) if tokens else None
    if label is None or said[label.end :].strip(" :：-–—|\n"):
        return None
    return "author" if label.kind == "author" else "contributor"


def may_begin_byline(text: str) -> bool:
    """Whether a text begins with the first word of a label; quickly told."""
    text = _without_brackets(text)
    word = _TOKEN.search(text)
    if word is not None and _HANGUL.match(word[0]) and _is_signed(text):
        return True
    return word is not None and (
        word[0].casefold() in _first_words()
        or (
            _UNSPACED.match(word[0]) is not None
            and _glued(word[0], [(word[0], 0, len(word[0]))], 0) is not None
        )
    )


def _without_brackets(text: str) -> str:
    """A text without the brackets around all of it, and the place that Korean has in these."""
    return _ENCLOSED.sub(r"\1", text) if text.lstrip()[:1] in _BRACKETS else text


def _is_signed(text: str) -> bool:
    """Whether a text begins with Korean names and what these are, such as 기자, a reporter."""
    return _HANGUL.search(text) is not None and _signed().match(text) is not None


@cache
def _signed() -> re.Pattern[str]:
    roles = sorted(read_bylines("ko").phrases("byline.signed"), key=len, reverse=True)
    name = "[가-힣]{2,4}"
    return re.compile(
        rf"\W*(?:{name}\s?=\s?)?{name}(?:\s?[·,]\s?{name}){{0,3}}\s?"
        rf"(?:{'|'.join(map(re.escape, roles))})(?![가-힣])"
    )


@cache
def _first_words() -> frozenset[str]:
    sections = ("byline.by", "byline.author", "byline.others", "byline.others.noun")
    dates = ("date.published", "date.updated", "date.other")
    return frozenset(_TOKEN.findall(phrase)[0] for phrase in all_bylines(*sections, *dates))


@cache
def _whole_label() -> re.Pattern[str]:
    """A label of a date and nothing else."""
    return re.compile(rf"(?:{_label_groups()})\s*[:：.\-–—|]?\s*\Z", re.IGNORECASE)


def _without_dates(text: str, language: str) -> tuple[str, list[tuple[str | None, str]]]:
    """A text with a sign for each date and its label, and the dates with what the labels say."""
    text = _glued_label().sub("\n", text)
    dates: list[tuple[str | None, str]] = []
    pieces: list[str] = []
    at = 0
    for start, end in find_dates(text, language):
        before, said = text[at:start], text[start:end]
        label = _date_label().search(before)
        is_labelled = label is not None and label.lastgroup is not None
        behind = None if is_labelled else _label_behind().match(text, end)
        term = _term(label if is_labelled else behind)
        at = behind.end() if behind else end
        pieces += [before[: label.start()] if label else before, _CUT]
        dates.append((term, said))
    return "".join((*pieces, text[at:])), dates


def label_before(text: str) -> str | None:
    """What the label at the end of a text says of the date behind it; see `read_label`."""
    found = _date_label().search(plain(text))
    return _term(found if found and found.lastgroup else None)


def _term(label: re.Match[str] | None) -> str | None:
    if label is None:
        return None
    terms = {"published": "datePublished", "updated": "dateModified"}
    return terms.get(label.lastgroup or "", "")


@cache
def _label_groups() -> str:
    """Alternatives for the labels of dates, the longest first, each in a group of its kind."""
    kinds = {kind: all_bylines(f"date.{kind}") for kind in ("published", "updated", "other")}
    told = {phrase: kind for kind in ("other", "updated", "published") for phrase in kinds[kind]}
    ordered = sorted(told, key=lambda phrase: (-len(phrase), phrase))
    by_kind = {kind: [_phrase(p) for p in ordered if told[p] == kind] for kind in kinds}
    return "|".join(f"(?P<{kind}>{'|'.join(phrases)})" for kind, phrases in by_kind.items())


def _phrase(phrase: str) -> str:
    return re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]")


@cache
def _date_label() -> re.Pattern[str]:
    """A label at the end of what stands before a date."""
    fillers = "|".join(_phrase(word) for word in all_bylines("date.words") if len(word) < 5)
    return re.compile(
        rf"(?:(?<!\w)(?:{_label_groups()})\s*[:：.\-–—|(（]?\s*(?:(?:{fillers})\b\.?\s*){{0,2}}|"
        rf"(?:(?<!\w)(?:{fillers})\b\.?\s*){{1,2}})\Z",
        re.IGNORECASE,
    )


@cache
def _label_behind() -> re.Pattern[str]:
    """A label right behind a date, with nothing behind it."""
    return re.compile(rf"\s*[(（]?(?:{_label_groups()})\s*(?=\Z|{_PARTED})", re.IGNORECASE)


@cache
def _glued_label() -> re.Pattern[str]:
    """Where a label of a date is written to the word before it: *3:50 pmPosted:*."""
    words = {p.split()[0] for p in all_bylines("date.published", "date.updated") if len(p) > 4}
    capital = "|".join(sorted(w.capitalize() for w in words if w.capitalize() != w))
    return re.compile(rf"(?<=[a-zа-яα-ω\d])(?=(?:{capital})(?!\w))")


@cache
def _labels() -> _Labels:
    """All labels before names, of every language."""
    kinds: tuple[tuple[str, Kind, bool], ...] = (
        ("byline.others.noun", "other", True),
        ("byline.author", "author", True),
        ("byline.others", "other", False),
        ("byline.by", "author", False),
    )
    words: dict[tuple[str, ...], tuple[Kind, bool]] = {}
    glued: dict[str, Kind] = {}
    for section, kind, is_noun in kinds:
        for phrase in all_bylines(section):
            words[tuple(_TOKEN.findall(phrase))] = (kind, is_noun)
            if _UNSPACED.match(phrase) and len(phrase) >= _LEAST_GLUED and not is_noun:
                glued[phrase] = kind
    chinese = frozenset(read_bylines("zh").phrases("byline.by"))
    elsewhere = (read_bylines(c).phrases("byline.by") for c in LANGUAGES if c != "zh")
    return _Labels(
        words,
        tuple(sorted(glued.items(), key=lambda item: -len(item[0]))),
        chinese - frozenset(p for phrases in elsewhere for p in phrases),
    )


def _segments(text: str) -> Iterator[tuple[Kind, str, bool]]:
    """The parts of a byline, each with what its names are, and whether its label is Chinese."""
    tokens = [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(text)]
    kind: Kind = ""
    start, at, is_chinese = 0, 0, False
    while at < len(tokens):
        label = _label_at(text, tokens, at)
        if label is None:
            at += 1
            continue
        yield kind, text[start : tokens[at][1]], is_chinese
        kind, start, is_chinese = label.kind, label.end, label.is_chinese
        while at < len(tokens) and tokens[at][1] < start:
            at += 1
    yield kind, text[start:], is_chinese


def _label_at(text: str, tokens: list[_Token], at: int) -> _Label | None:
    """The label that begins with a word, with others that are joined to it: *Text and photos:*."""
    joined = _joined(tokens, at)
    if not joined:
        return _glued(text, tokens, at)
    _, is_noun, behind = joined[-1]
    end = tokens[behind - 1][2]
    follows = tokens[behind] if behind < len(tokens) else None
    sign = follows[0] if follows is not None else ""
    ends = follows is None or "\n" in text[end : follows[1]]
    if is_noun and not (sign in _COLON or ends):
        return None
    bound = _SIGNS if is_noun else _COLON  # a noun is a name as well: *María Fuente | Madrid*
    if (is_noun or behind - at == 1) and sign not in bound and not _may_begin(text, tokens, at):
        return None
    return _Label(
        _kind_of(joined),
        follows[2] if follows is not None and sign in _COLON else end,
        text[tokens[at][1] : end] in _labels().chinese,
    )


def _kind_of(joined: list[tuple[Kind, bool, int]]) -> Kind:
    """What the names behind joined labels are: authors where one of these says so."""
    return "author" if any(kind == "author" for kind, _, _ in joined) else "other"


def _joined(tokens: list[_Token], at: int) -> list[tuple[Kind, bool, int]]:
    """The labels from a word on, one after the other, with a word such as *and* between them."""
    found: list[tuple[Kind, bool, int]] = []
    more = _longest(tokens, at)
    while more is not None:
        found.append(more)
        behind = more[2]
        if behind + 1 >= len(tokens) or tokens[behind][0].casefold() not in _JOINS:
            break
        more = _longest(tokens, behind + 1)
    return found


def _may_begin(text: str, tokens: list[_Token], at: int) -> bool:
    """Whether a label of one word may stand at a place: not amid a name, as *von* does."""
    word, start, _ = tokens[at]
    if at == 0 or word.lower() == word.upper():
        return True
    before, _, end = tokens[at - 1]
    if before == "-" and end == start:  # MM-Redaktion
        return False
    return before in _BOUND or "\n" in text[end:start]


def _longest(tokens: list[_Token], at: int) -> tuple[Kind, bool, int] | None:
    """The longest label that begins at a place: its kind, whether a sign must follow, its end."""
    labels = _labels().words
    if tokens[at][0].casefold() not in _first_words():
        return None
    for count in range(min(MOST_WORDS, len(tokens) - at), 0, -1):
        words = tuple(token[0].casefold().replace("’", "'") for token in tokens[at : at + count])
        if words in labels:
            return *labels[words], at + count
    return None


def _glued(text: str, tokens: list[_Token], at: int) -> _Label | None:
    """A label that is written to the name behind it, where no spaces stand between words."""
    word, start, _ = tokens[at]
    if not _UNSPACED.match(word) or not _may_begin(text, tokens, at):
        return None
    for phrase, kind in _labels().glued:
        if word.startswith(phrase):
            return _Label(kind, start + len(phrase), phrase in _labels().chinese)
    return None
