"""Lists of names taken apart: *Ada Fernsby, Jon Berg and Marit Olsen*, *Fernsby, Ada*, 王小明 李华.

What stands behind a name and a comma is a second author, or what the first one is: a job, a degree,
the organisation or the place that he or she writes from. Kept are names and agencies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from attrs import frozen

from archive.article.names import agency, is_job_alone, is_organisation, is_title, says_what
from archive.languages import LANGUAGES, all_bylines, read_language

__all__ = ["PARTICLES", "Listed", "invert", "is_unspaced", "list_names", "reads_like_name"]

MOST = 256
"""How many parts of one list are looked at."""

_HARD = re.compile(r"\s*(?:[;；|｜•\n]|\s[·]\s|(?<=[^\W\d_])／|\s[/／]\s?|[/／])\s*")
_BARS = frozenset("|｜•·")
"""Behind these stands another author, or the first one's place or paper; as behind a comma."""
_COMMA = re.compile(r"\s*[,，、،]\s*|\s+[–—-]+\s+")
_DOT = re.compile(r"(?<=[가-힣])[·・](?=[가-힣])|(?<=[\u3400-\u9fff])・(?=[\u3400-\u9fff])")
_PARTICLES = (
    "van von de der den da di del della delle do dos das du des la le les el al bin ibn ben ten ter"
    " te zu zur zum e y i af av vom d l t 't 's mac mc o st abu abd san santa lo los las"
)
PARTICLES = frozenset(_PARTICLES.split())
"""Words in lower case that are parts of names."""
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?[\s-]?){1,3}\Z")
_CAPITAL = re.compile(r"[^\W\d_]")
_CASELESS = re.compile("[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff가-힣]")
_HAN = re.compile("[\u3400-\u9fff]{2,4}\\Z")
_HAN_AND = re.compile("(?<=[\u3400-\u9fff]{2})(?:和|与|與|及)(?=[\u3400-\u9fff]{2,4}\\Z)")
_BEFORE_NAME = re.compile(r"[\s'\"“”„«»:：.,–—*-]+")
_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?|（[^（）]*）?|【[^【】]*】?|<[^<>]*>?")
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@|[<>{}=]|\.(?:html?|php)\b|\d{2}[:./]\d{2}|\d{4}|\A\W*\Z|\A\d+\Z"
)
_ONE_MORE = re.compile(r"\s*외\s*\d+\s*명.*\Z")
_WAW = re.compile(r"\s(و|ו)(?=[^\W\d_]{2,}\s[^\W\d_])")
_NAMES_IN_WAW = frozenset(
    [
        "وليد",
        "وائل",
        "وسام",
        "وفاء",
        "وسيم",
        "وجدي",
        "ورد",
        "وحيد",
        "وداد",
        "وهيب",
        "وجيه",
        "وعد",
        "ولاء",
        "وهبة",
        "ואלד",
        "וייס",
        "וולף",
        "וינר",
        "ונונו",
    ]
)
"""Names that begin with the letter which else is *and*."""


@frozen
class Listed:
    """The names in a list, and whether nothing else stands in it but roles, places and signs."""

    names: tuple[str, ...]
    is_whole: bool = True


def list_names(text: str, *, spaced: bool = False) -> Listed:
    """The names in a list.

    Args:
        text: the list, without labels and dates.
        spaced: whether a space stands between names of ideographs, as in Chinese bylines.
    """
    found: list[str] = []
    is_whole = True
    for count, (part, sets_apart) in enumerate(_parts(text, spaced=spaced)):
        if count >= MOST:
            return Listed(tuple(dict.fromkeys(found)), is_whole=False)
        if found and _reports().search(part):  # 北京报道, behind who reports from there
            continue
        name = _bare(part)
        if not name or _is_left_out(name, sets_apart, found):
            continue
        if _is_name(name):
            found.append(name)
        else:
            is_whole = False
    return Listed(tuple(dict.fromkeys(found)), is_whole)


def invert(text: str) -> str | None:
    """*Ada Fernsby* for *Fernsby, Ada*; None for anything else.

    Before the comma stands one name in capitals, with particles in front or not; behind it one or
    two, or initials. Neither is a job, an agency or another organisation.
    """
    surname, comma, given = (part.strip() for part in text.partition(","))
    if not comma or not surname or not given or "," in given:
        return None
    if not _has_form_of_name(surname.split(), given.split()) or _is_acronym(given):
        return None
    if any(map(_is_something_else, (surname, given))):
        return None
    if is_organisation(given) or (is_organisation(surname) and not surname.isupper()):
        return None
    return f"{given} {surname}"


def _has_form_of_name(family: list[str], first: list[str]) -> bool:
    """Whether words before and behind a comma have the form of a surname and of given names."""
    if len(first) > 2 or len(family) > 4 or not all(word in PARTICLES for word in family[:-1]):
        return False
    return all(map(_is_proper, (family[-1], *first)))


def _is_something_else(said: str) -> bool:
    """Whether words are an agency's name, a job or nobody's."""
    return bool(agency(said) or says_what(said) or is_job_alone(said)) or _key(said) in _nobody()


def reads_like_name(name: str, *, announced: bool = False) -> bool:
    """Whether a name that a reader sees reads like somebody's, or an agency's.

    Args:
        name: as it stands.
        announced: whether a label announces it; then one word will do.
    """
    if agency(name):
        return True
    words = name.split()
    if is_title(name) or len(words) > 5 or _is_nobody(name):
        return False
    if _UNCASED.search(name):
        letters = sum(map(str.isalpha, name))
        return (
            _is_unspaced_name(name, announced=announced)
            if _DENSE.search(name)
            else (letters > 3 and len(words) > 1)
        )
    if len(words) < 2 and not (announced and len(name) > 2):
        return False
    return all(map(_may_stand_in_name, words)) and words[-1] not in PARTICLES


_UNCASED = _CASELESS
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff가-힣]")
_LONGEST_DENSE = 16
_PREFIXED = re.compile(r"(?:[^\W\d_]{1,4}['’‘-]|['’‘]\w{1,2}\Z|['’‘]\w-)")
_INNER = re.compile(r"[\w'’‘.\-·`´]+\Z")


def is_unspaced(name: str) -> bool:
    """Whether a name is of ideographs, kana or hangul alone: its surname stands first, no space."""
    return bool(name) and all(map(_DENSE.match, name))


def _is_unspaced_name(name: str, *, announced: bool) -> bool:
    """Whether a name of ideographs, kana or hangul is one: short, shorter without a label."""
    bare = name.replace(" ", "")
    longest = _LONGEST_DENSE if announced or "・" in name or "·" in name else 5
    return 2 <= len(bare) <= longest and not any(map(str.isdigit, bare))


def _may_stand_in_name(word: str) -> bool:
    """Whether a word of a script with capitals may stand in a name."""
    if not _INNER.match(word):
        return False
    if word[0].isupper() or word in PARTICLES:
        return True
    prefix = _PREFIXED.match(word)
    rest = word[prefix.end() :] if prefix else ""
    return prefix is not None and (not rest or rest[0].isupper())


def _is_acronym(given: str) -> bool:
    return given.isupper() and any(len(word.strip(".")) > 2 for word in given.split())


def _is_proper(word: str) -> bool:
    """Whether a word begins with a capital letter, of a script that has them."""
    return word[:1].isupper() and not _CASELESS.search(word)


def _parts(text: str, *, spaced: bool) -> Iterator[tuple[str, bool]]:
    """The parts of a list, each with whether a comma or dash sets it apart from what it follows."""
    for line, is_behind in _lines(text):
        inverted = _inverted(line)
        if inverted:
            yield from ((name, False) for name in inverted)
            continue
        for index, part in enumerate(_COMMA.split(line)):
            for later, piece in enumerate(_joined(part)):
                words = piece.split()
                if spaced and len(words) > 1 and all(map(_HAN.match, words)):
                    yield from ((word, False) for word in words)
                else:
                    apart = bool(index) or is_behind
                    yield piece, apart and not later and not _begins_with_join(part)


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a list between its stronger signs, each with whether it stands behind a bar."""
    start, is_behind = 0, False
    for sign in _HARD.finditer(text):
        yield text[start : sign.start()], is_behind
        start, is_behind = sign.end(), sign[0].strip() in _BARS
    yield text[start:], is_behind


def _begins_with_join(part: str) -> bool:
    first = part.split(None, 1)[:1]
    return bool(first) and _is_join(first[0])


def _is_join(word: str) -> bool:
    """Whether a word is *and*; with a capital it is somebody's name (*Dan*)."""
    return word in _joins() or (len(word) > 1 and word.isupper() and word.casefold() in _joins())


def _inverted(line: str) -> list[str]:
    """The names of a line in which each stands with its surname first; none of any other line."""
    if "," not in line:
        return []
    pieces = _long_and().split(line)
    names = [invert(piece) for piece in pieces]
    if all(names):
        return [name for name in names if name]
    parts = [part.strip() for part in line.split(",")]
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    if len(parts) % 2 or len(pairs) < 2 or not all(_INITIALS.match(given) for _, given in pairs):
        return []
    turned = [invert(f"{surname}, {given}") for surname, given in pairs]
    return [name for name in turned if name] if all(turned) else []


@cache
def _reports() -> re.Pattern[str]:
    """A place and a word for a report from it, where no space stands between words."""
    words = "|".join(map(re.escape, all_bylines("byline.reports")))
    return re.compile(rf"\A\s*[\u3400-\u9fff]{{2,8}}(?:{words})\W*\Z")


@cache
def _joins() -> frozenset[str]:
    """*And* in every language, in lower case."""
    joins = {word for code in LANGUAGES for word in read_language(code).words("names.joins")}
    return frozenset(joins | set(all_bylines("byline.joins")) | {"&", "+"})


@cache
def _long_and() -> re.Pattern[str]:
    """*And* between two names, where it is a word that is no part of a name."""
    return re.compile(
        rf"\s+(?:{_either_case(w for w in _joins() if len(w) > 1 and w not in PARTICLES)})\s+"
    )


@cache
def _short_and() -> re.Pattern[str]:
    """The same by a word that stands in names too (*Ortega y Gasset*): between full names alone."""
    words = _either_case(w for w in _joins() if w in PARTICLES or len(w) == 1)
    return re.compile(rf"(?<=[\w.])\s+(?:{words})\s+(?=[^\W\d_][\w.'’-]*\s[^\W\d_])")


def _either_case(words: Iterable[str]) -> str:
    """Alternatives for words in lower case, and in capitals."""
    written = {form for word in words for form in (word, word.upper())}
    return "|".join(map(re.escape, sorted(written, key=lambda word: (-len(word), word))))


def _joined(part: str) -> Iterator[str]:
    """A part of a list taken apart at *and*."""
    if is_organisation(part) and not agency(part) and not _both_full(part):
        yield part
        return
    for piece in _long_and().split(part):
        for one in _split_short(piece):
            for two in _split_waw(one):
                for three in _DOT.split(two):
                    yield from _HAN_AND.split(three)


def _both_full(part: str) -> bool:
    """Whether what *and* joins are two or more words each, or agencies: no organisation's name."""
    pieces = _long_and().split(part)
    return all(len(piece.split()) > 1 or agency(piece) for piece in pieces)


def _split_short(piece: str) -> Iterator[str]:
    at = 0
    for match in _short_and().finditer(piece):
        before = piece[at : match.start()]
        if len(before.split()) > 1 or match[0].strip() in ("&", "+"):
            yield before
            at = match.end()
    yield piece[at:]


def _split_waw(piece: str) -> Iterator[str]:
    """Two names joined by the letter that is *and* in Arabic and Hebrew, written to the second."""
    at = 0
    for match in _WAW.finditer(piece):
        word = piece[match.start() + 1 :].split(None, 1)[0]
        if len(piece[at : match.start()].split()) > 1 and word not in _NAMES_IN_WAW:
            yield piece[at : match.start()]
            at = match.end()
    yield piece[at:]


@cache
def _nobody() -> frozenset[str]:
    """What fields and buttons beside names say, folded."""
    return frozenset(map(_key, all_bylines("byline.nobody")))


def _is_nobody(name: str) -> bool:
    """Whether a text is what fields and buttons say, once or again: *undefined undefined*."""
    key = _key(name)
    words = set(key.split())
    return key in _nobody() or (len(words) == 1 and words <= _nobody())


@cache
def _roles() -> frozenset[str]:
    return frozenset(all_bylines("byline.roles"))


@cache
def _role_behind() -> re.Pattern[str]:
    """A role behind a name, in scripts where it may be written to it."""
    roles = sorted((r for r in _roles() if _CASELESS.search(r)), key=len, reverse=True)
    return re.compile(rf"(?<=\S\S)\s*(?:{'|'.join(map(re.escape, roles))})\Z", re.IGNORECASE)


@cache
def _place_behind() -> re.Pattern[str]:
    """A place or paper behind a name: *in Norhaven*, *for The Gazette*."""
    words = {w for w in all_bylines("byline.places") if not PARTICLES.issuperset(w.split())}
    alternatives = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<=\w\w)\s+(?:{alternatives})\s+(?=[^\W\d_a-z]).*\Z|\s+@.*\Z", re.DOTALL)


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip() or text.strip().casefold()


def _is_left_out(name: str, sets_apart: bool, before: list[str]) -> bool:
    """Whether a part is nobody's name, or says what the bearer of the name before it is."""
    if _is_nobody(name) or is_job_alone(name) or name.casefold() in _roles():
        return True
    if not before or agency(name):
        return False
    if says_what(name) or _begins_with_role(name):
        return True
    if not sets_apart:
        return False
    if is_organisation(name) or (name[0].islower() and name.split()[0] not in PARTICLES):
        return True
    one = len(name.split()) == 1 and not _CASELESS.search(name)
    return one and len(before[-1].split()) > 1


def _begins_with_role(name: str) -> bool:
    words = name.casefold().split()
    return any(" ".join(words[:count]) in _roles() for count in (1, 2, 3)) and len(words) > 1


def _bare(part: str) -> str:
    """A part without what stands around the name: *and*, brackets, a role, a place."""
    name = _ONE_MORE.sub("", _BRACKETS.sub(" ", part))
    name = " ".join(name.split()).strip(' ,;:：|–—-/*"“”„«»·・=＝')
    while name and _is_join(*(words := name.split(None, 1))[:1]) and len(words) > 1:
        name = words[1]
    name = _place_behind().sub("", name)
    if not agency(name):
        name = _role_behind().sub("", name)
    words = name.split()
    for count in range(min(3, len(words) - 2), 0, -1):
        if is_job_alone(" ".join(words[:count])):
            name = " ".join(words[count:])
            break
    return name if re.search(r"\b\w\.\Z", name) else name.strip(" .,;:|")


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= 60 or len(name.split()) > 7:
        return False
    return any(c.isalpha() for c in name) and not _NOT_A_NAME.search(name)
