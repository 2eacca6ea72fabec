"""Which claims cannot both be true: what of a page's claims is worth a reader's look.

Compared are claims about this article alone, and by what each says, not by how it is written. A
paper has names in several spellings, an article a headline of its own and one for sharing, a
template one field in two elements: none of these contradicts the other. A rule for each property
says what does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from unicodedata import combining, normalize

from attrs import frozen

from archive.article import dates
from archive.article.bylines import names
from archive.article.folding import folded, site_key
from archive.article.names import agency, is_desk, is_login, is_organisation
from archive.languages import language_code

__all__ = ["COMPARED", "Said", "contradicting"]


@frozen
class Said:
    """What is compared of a claim; its members are the claim's, `line` its value in one line."""

    term: str
    value: str
    line: str
    signal: str
    path: str
    strength: str


_DATES = frozenset({"datePublished", "dateModified"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_]\w+)*\Z")
_SCHEME = re.compile(r"\A(?:https?:)?//(?:(?:www|m|amp)\.)?", re.IGNORECASE)
_QUERY = re.compile(r"[?#].*\Z", re.DOTALL)
_FIRST_H1 = re.compile(r"\(//h1\)\[(\d+)\]")
_NODE = re.compile(r"\.(?:headline|author|creator|datePublished|dateModified)\b.*\Z", re.DOTALL)
_LISTED = re.compile(r"\w\[\d+\]\.")
_WORD = re.compile(r"\w+")
_DENSE = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_APART = re.compile(r"\s+[|｜·•»«/:~–—-]+\s+|\s*[|｜：»«]\s*|:\s+")
_WRITTEN = ("opengraph", "meta", "title")
"""Signals whose title is often worded for sharing or searching, not the headline itself."""
_ALIKE = 0.6
"""Two titles that share so much of the shorter one's words are one headline, edited or not."""
_EDITED = 3
"""So many words at most are others in an edited headline: more is a wording for other readers."""
_DAY = timedelta(days=1)
_NAMING_OTHERS = frozenset({"link", "state"})
"""Signals whose authors are not compared: links lead to whole pages, a page's state names users."""
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"}
)
_LEAST_SITE = 3
_STEM = 2
"""So many first signs make two names of ideographs those of one house (産経新聞, 産経ニュース)."""
_LEAST_SEGMENT = 8
"""The last part of an address that is longer names a story; shorter ones a section."""
_LONG_WORD = 3
"""Words of more letters tell what a headline is about."""


def contradicting(claims: Sequence[Said], term: str) -> tuple[int, ...]:
    """The compared claims of a property, if they contradict each other; else none.

    Args:
        claims: all claims of a page, in order.
        term: the property, one of `COMPARED`.
    """
    own, ours = _own_nodes(claims), _is_microdata_ours(claims)
    sites = _sites(claims) if term == "author" else frozenset()
    counted = {
        index: claim
        for index, claim in enumerate(claims)
        if claim.term == term
        and _counts(claim, term, own)
        and (ours or claim.signal != "microdata")
        and not any(site_key(claim.line).startswith(site) for site in sites)
    }
    return tuple(counted) if COMPARED[term](list(counted.values())) else ()


def _sites(claims: Sequence[Said]) -> frozenset[str]:
    """The keys of the publisher's names: nobody who is called so is an author."""
    keys = {site_key(claim.line) for claim in claims if claim.term == "publisher"}
    return frozenset(key for key in keys if len(key) >= _LEAST_SITE)


def _own_nodes(claims: Sequence[Said]) -> frozenset[str] | None:
    """The nodes of JSON-LD that are about the article: those with the headline of the first.

    None where no node has a headline: then every node counts.
    """
    headlines: dict[str, str] = {}
    for claim in claims:
        if claim.term == "headline" and claim.signal == "jsonld":
            headlines.setdefault(_node(claim), folded(claim.line))
    if not headlines:
        return None
    shown = {folded(c.line) for c in claims if c.term == "headline" and c.signal != "jsonld"}
    first = next((h for h in headlines.values() if h in shown), next(iter(headlines.values())))
    return frozenset(node for node, headline in headlines.items() if headline == first)


def _is_microdata_ours(claims: Sequence[Said]) -> bool:
    """Whether microdata is about this article: no headline in it stands nowhere else."""
    told = [claim for claim in claims if claim.term == "headline"]
    theirs = {folded(claim.line) for claim in told if claim.signal == "microdata"}
    return not theirs or bool(theirs & {folded(c.line) for c in told if c.signal != "microdata"})


def _node(claim: Said) -> str:
    return _NODE.sub("", claim.path)


def _counts(claim: Said, term: str, own: frozenset[str] | None) -> bool:
    """Whether a claim is compared: about this article, and a value of its property at all."""
    if claim.strength == "inferred" or claim.signal in ("http-header", "tls", "link-header"):
        return False
    of_node = claim.signal == "jsonld" and term in ("headline", "author", *_DATES)
    if of_node and own is not None and _node(claim) not in own:
        return False
    if claim.signal == "state" and (term == "dateModified" or _LISTED.search(claim.path)):
        return False
    wanted = _COUNTS.get(term)
    return wanted is None or wanted(claim)


def _iso(claim: Said) -> str:
    return dates.iso(claim.line) or claim.line


def _is_date(claim: Said) -> bool:
    return dates.iso(claim.line) is not None


def _is_headline(claim: Said) -> bool:
    """Whether a headline is a whole one: not a part of an h1, not an h1 further down the page."""
    if claim.signal == "microdata" or (claim.strength == "parsed" and claim.signal != "jsonld"):
        return False
    nth = _FIRST_H1.match(claim.path) if claim.signal == "visible-text" else None
    return nth is None or nth[1] == "1"


def _is_address(claim: Said) -> bool:
    """Whether a claim is the address of a page: a site's first page is no article's."""
    return (
        "//" in claim.value and "/" in _local(claim.line) and ".mainEntityOfPage" not in claim.path
    )


def _is_author(claim: Said) -> bool:
    return claim.signal not in _NAMING_OTHERS and _is_named(claim)


def _is_tag(claim: Said) -> bool:
    return _LANGUAGE.match(claim.line) is not None


def _is_named(claim: Said) -> bool:
    return "://" not in claim.value


_COUNTS: dict[str, Callable[[Said], bool]] = {
    "datePublished": _is_date,
    "dateModified": _is_date,
    "headline": _is_headline,
    "url": _is_address,
    "inLanguage": _is_tag,
    "author": _is_author,
    "publisher": _is_named,
    "copyrightHolder": _is_named,
}


def _values_differ(claims: list[Said]) -> bool:
    """Whether there are two values, but for how they are written."""
    return len({folded(claim.line) for claim in claims}) > 1


def _addresses_differ(claims: list[Said]) -> bool:
    """Whether two addresses lead to other stories: to other ends of a path."""
    keys = {_local(claim.line) for claim in claims}
    ends = {key.rpartition("/")[2] if _is_story(key) else key for key in keys}
    return len(ends) > 1


def _local(address: str) -> str:
    """An address without its scheme, query, fragment and last slash."""
    return _QUERY.sub("", _SCHEME.sub("", address)).rstrip("/")


def _is_story(address: str) -> bool:
    return len(address.rpartition("/")[2]) > _LEAST_SEGMENT and "/" in address


def _languages_differ(claims: list[Said]) -> bool:
    """Whether the first parts of language tags differ; Bokmål and Nynorsk are Norwegian."""
    firsts = {folded(claim.line).replace("_", "-").partition("-")[0] for claim in claims}
    return len({language_code(first) or first for first in firsts}) > 1


def _dates_differ(claims: list[Said]) -> bool:
    """Whether no reading makes dates of two kinds of places one moment.

    Of a kind of place that gives several (of other stories beside it), one that agrees is enough;
    each meta element is a place of its own.
    """
    places: dict[str, list[str]] = {}
    for claim in claims:
        own = claim.signal in _WRITTEN
        places.setdefault(claim.path if own else claim.signal, []).append(_iso(claim))
    return any(
        not any(dates.agree(one, two) for one in first for two in second)
        for first, second in combinations(places.values(), 2)
    )


def _changes_differ(claims: list[Said]) -> bool:
    """Whether dates of change are a day or more apart.

    Within a day a story is saved many times, by people and programs, and each place that tells of
    the last time was filled by another.
    """
    moments = [_read(_iso(claim)) for claim in claims]
    read = [moment for moment in moments if moment is not None]
    return _dates_differ(claims) and bool(read) and max(read) - min(read) >= _DAY


def _read(written: str) -> datetime | None:
    """A date in UTC, one without a zone as if it were there."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


def _names_differ(claims: list[Said]) -> bool:
    """Whether two names of publishers are none of one another: other words, in one script."""
    found = {site_key(claim.line): claim.line for claim in claims}
    return any(
        bool(_DENSE.search(one)) == bool(_DENSE.search(two))
        and one.isascii() == two.isascii()
        and one not in two
        and two not in one
        and not (_DENSE.match(one) and one[:_STEM] == two[:_STEM])
        and not _abbreviates(found[one], found[two])
        and not _abbreviates(found[two], found[one])
        for one, two in combinations((key for key in found if key), 2)
    )


def _abbreviates(short: str, long: str) -> bool:
    """Whether a name is the first letters of another's words."""
    words = [word for word in _WORD.findall(folded(long)) if len(word) > 2 or len(long) < 8]
    initials = "".join(word[0] for word in words)
    return (
        1 < len(site_key(short)) <= len(words) + 1 and site_key(short)[: len(initials)] == initials
    )


def _authors_differ(claims: list[Said]) -> bool:
    """Whether two kinds of places name other people: neither has all that the other has.

    Organisations are left out, and logins: who publishes or supplied a story stands beside its
    authors on many pages.
    """
    places: dict[str, set[str]] = {}
    for claim in claims:
        people = {_bare(name) for name in names(claim.line) if not _is_nobody(name, claim)}
        places.setdefault(claim.signal, set()).update(people)
    return any(
        _lacks(one, two) and _lacks(two, one)
        for one, two in combinations([found for found in places.values() if found], 2)
    )


def _bare(name: str) -> str:
    """A name as compared: no accents, German umlauts as they are written without them."""
    plain = folded(name).translate(_UMLAUTS)
    return "".join(c for c in normalize("NFKD", plain) if not combining(c))


def _is_nobody(name: str, claim: Said) -> bool:
    if "Person)" in claim.path:
        return is_desk(name)
    return (
        agency(name) is not None
        or "Organization)" in claim.path
        or is_organisation(name)
        or is_login(name)
    )


def _lacks(one: set[str], two: set[str]) -> bool:
    """Whether a set of names has somebody whom another set has not, by no part of the name."""
    return any(not any(_may_be(name, other) for other in two) for name in one)


def _may_be(name: str, other: str) -> bool:
    """Whether two names may be one person's.

    The words of the one are words, or first letters, of the other. Names in two scripts may be.
    """
    if bool(_DENSE.search(name)) != bool(_DENSE.search(other)) or (
        name.isascii() != other.isascii() and not set(name) & set(other) - {" "}
    ):
        return True
    short, long = sorted((_WORD.findall(name), _WORD.findall(other)), key=len)
    return all(any(w == o or (len(w) == 1 and o.startswith(w)) for o in long) for w in short)


def _headlines_differ(claims: list[Said]) -> bool:
    """Whether two are one headline edited, some words for others; or share no word at all.

    Papers word one headline for readers, another for sharing and a third for searching, on purpose.
    """
    lines = {folded(claim.line) for claim in claims}
    elements = {folded(claim.line) for claim in claims if claim.signal == "title"}
    return any(
        _is_another(one, two, is_element=bool({one, two} & elements))
        for one, two in combinations(sorted(lines), 2)
    )


def _is_another(one: str, two: str, *, is_element: bool) -> bool:
    """Whether a headline is another one than a second; both folded.

    A title element, which has more in it for those who search, is so only with one word for
    another.
    """
    if is_element:
        one, two = _nearest(one, two), _nearest(two, one)
    first, second = _words(one), _words(two)
    shared = first & second
    mine, yours = first - shared, second - shared
    if not mine or not yours or _tight(one) in _tight(two) or _tight(two) in _tight(one):
        return False
    if not is_element and not _telling(first) & _telling(second):
        return True
    most = 1 if is_element else _EDITED
    alike = len(shared) >= min(_ALIKE * min(len(first), len(second)), len(first) - 1)
    return bool(shared) and alike and max(len(mine), len(yours)) <= most


def _nearest(title: str, other: str) -> str:
    """The part of a title that has most words of another one: what the site set off is no part."""
    words = _words(other)
    return max(_APART.split(title), key=lambda part: len(_words(part) & words))


def _words(text: str) -> frozenset[str]:
    """The words of a headline; the signs of one in a script without spaces."""
    found = _DENSE.findall(text) if _DENSE.search(text) else _WORD.findall(text)
    return frozenset(found)


def _tight(text: str) -> str:
    return "".join(_WORD.findall(text))


def _telling(words: Iterable[str]) -> frozenset[str]:
    long = frozenset(word for word in words if len(word) > _LONG_WORD)
    return long or frozenset(words)


COMPARED: dict[str, Callable[[list[Said]], bool]] = {
    "author": _authors_differ,
    "copyrightHolder": _names_differ,
    "dateModified": _changes_differ,
    "datePublished": _dates_differ,
    "headline": _headlines_differ,
    "inLanguage": _languages_differ,
    "isAccessibleForFree": _values_differ,
    "license": _addresses_differ,
    "publisher": _names_differ,
    "url": _addresses_differ,
}
"""The properties that are compared, each with what tells whether its claims contradict."""
