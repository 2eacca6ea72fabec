"""Injects edits and noise into the HTML of a page, with what each edit is.

An edit is made in the parsed page, in an element whose text is a line of the extracted text; what
the extraction then makes of it is up to the extraction. Nothing here is shared with the filters or
the classes that are measured: words, advertisements, counters and notes are this module's own.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

from attrs import define, field
from benchmarks.edit_words import (
    ADDED,
    DENIED,
    NOTES,
    NUMERALS,
    PEOPLE,
    REPORTED,
    SPOKEN,
    TOLD,
)
from lxml import html as lxml_html

__all__ = ["TEXT", "Draft", "Edit", "Impossible"]

NUMBER = re.compile(r"(?<![\w.,:-])(\d{1,4})(?![\w.,:]*\d)(?![\w-])")
LOWER = re.compile(rf"(?<=[^\W\d_] )(?!(?:{TOLD}) )([^\W\d_A-ZÀ-Þ]{{5,14}})(?= [^\W\d_])")
_OTHER = re.compile(rf"(?<= )(?!(?:{TOLD}) )[^\W\d_A-ZÀ-Þ]{{6,12}}(?= )")
_PERSON = re.compile(r"(?<=[a-zß-ÿ] )([A-Z][a-zß-ÿ]+ [A-Z][a-zß-ÿ]{2,})(?= [a-zß-ÿ]|[.,])")
QUOTE = re.compile(r"(?:[“„«]|(?<![^\s(])\")((?=\S)[^“”„«»\"\n]{25,300})(?<=\S)[”“»\"]")
_MARKS = re.compile(r"[“”„«»\"「」『』]|(?<!\w)['‘’‚]|['’](?!\w)")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.!?] )(?=[A-ZÀ-Þ])")


class Impossible(Exception):  # noqa: N818
    """The page has no place for such an edit."""


@define
class Edit:
    """One edit as made.

    Args:
        kind: which.
        wanted: the classes that it must be given.
        old, new: the line before and after; empty where the line came or went.
        allowed: classes that it explains as well.
        part: ``text``, or where else it shows.
    """

    kind: str
    wanted: frozenset[str]
    old: str = ""
    new: str = ""
    allowed: frozenset[str] = frozenset()
    part: str = "text"


@define
class Draft:
    """A page that edits are made in.

    Args:
        root: its tree, changed in place.
        language: the code of its language.
        lines: the elements whose text is a line of the article.
        chance: where edits are made.
        swaps: texts to replace in the serialised page, for what stands in several places of it.
    """

    root: Any
    language: str
    lines: list[Any]
    chance: random.Random
    swaps: list[tuple[str, str]] = field(factory=list)
    used: list[Any] = field(factory=list)

    @classmethod
    def of(cls, root: Any, language: str, text: str, chance: random.Random) -> Draft:
        """Find the elements of the article's lines in a copy of a tree."""
        root = copy.deepcopy(root)
        wanted = {flat(line) for line in text.split("\n") if len(line) > 60}
        lines = []
        for element in root.iter("p", "li", "div", "h2", "blockquote", "span"):
            said = flat(element.text_content())
            if said in wanted:
                wanted.discard(said)
                lines.append(element)
        return cls(root, language, lines, chance)

    def serialise(self) -> bytes:
        """The page as bytes."""
        page: str = lxml_html.tostring(self.root, encoding="unicode")
        for old, new in self.swaps:
            page = page.replace(old, new)
        return page.encode("utf-8", "replace")

    def free(self) -> Iterator[Any]:
        """The lines not edited yet, in random order."""
        order = [element for element in self.lines if element not in self.used]
        self.chance.shuffle(order)
        yield from order

    def take(self, element: Any) -> None:
        """Keep an element and its neighbours from further edits."""
        self.used.append(element)


def flat(text: str) -> str:
    """A text with plain white space."""
    return " ".join(text.split())


def replace(element: Any, old: str, new: str) -> bool:
    """Replace the first occurrence of some words in one of an element's texts."""
    for node in element.iter():
        for name in ("text", "tail"):
            if name == "tail" and node is element:
                continue
            value = getattr(node, name)
            if value and isinstance(node.tag, str) and old in value:
                setattr(node, name, value.replace(old, new, 1))
                return True
    return False


def alter(
    draft: Draft,
    kind: str,
    wanted: str,
    choose: Callable[[str], tuple[str, str] | None],
    allowed: str = "",
    plain: bool = True,
) -> Edit:
    """Replace words in a line: `choose` gives those of a text node and what comes instead.

    With `plain`, lines with quotation marks are left alone: whether words in them are quoted is a
    question of its own.
    """
    for element in draft.free():
        old = flat(element.text_content())
        if plain and _MARKS.search(old):
            continue
        for node in element.iter():
            for value in (node.text, node.tail if node is not element else None):
                pair = choose(value) if value and isinstance(node.tag, str) else None
                if pair and value and replace(element, *pair):
                    draft.take(element)
                    new = flat(element.text_content())
                    return Edit(kind, names(wanted), old, new, names(allowed))
    raise Impossible(kind)


def names(names: str) -> frozenset[str]:
    return frozenset(names.split())


def inside(text: str, place: int) -> bool:
    """Whether a place is inside quotation marks, roughly."""
    return any(found.start() <= place < found.end() for found in QUOTE.finditer(text))


def pick(draft: Draft, pattern: re.Pattern[str], text: str) -> Any:
    found = list(pattern.finditer(text))
    return draft.chance.choice(found) if found else None


def _number(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        found = pick(draft, NUMBER, text)
        if not found:
            return None
        value = str(int(found[1]) + draft.chance.choice((1, 2, 7, 30)))
        start, end = max(0, found.start() - 12), found.end() + 6
        return text[start:end], text[start : found.start()] + value + text[found.end() : end]

    return alter(draft, "number", "number", choose, "name")


def _numeral(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        for old, new in NUMERALS.get(draft.language, ()):
            found = re.search(rf"(?<=[^\W\d_] )({old})(?= [^\W\d_])", text)
            if found:
                return around(text, found, new)
        return None

    return alter(draft, "number-word", "number", choose)


def around(text: str, found: re.Match[str], word: str) -> tuple[str, str]:
    start, end = max(0, found.start() - 20), found.end() + 20
    old = text[start:end]
    return old, text[start : found.start(1)] + word + text[found.end(1) : end]


def _name(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        found = pick(draft, _PERSON, text)
        return around(text, found, draft.chance.choice(PEOPLE)) if found else None

    return alter(draft, "name", "name", choose, "attribution")


def other_word(draft: Draft, not_this: str) -> str:
    words = [
        word
        for element in draft.lines
        for word in _OTHER.findall(element.text_content())
        if word != not_this
    ]
    if not words:
        raise Impossible("no other word")
    return draft.chance.choice(words)


def wording(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        found = pick(draft, LOWER, text)
        return around(text, found, other_word(draft, found[1])) if found else None

    return alter(draft, "wording", "wording", choose, "attribution")


def _quotation(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        quotes = list(QUOTE.finditer(text))
        inner = [word for q in quotes for word in LOWER.finditer(text, q.start(1), q.end(1))]
        if not inner:
            return None
        found = draft.chance.choice(inner)
        return around(text, found, other_word(draft, found[1]))

    return alter(draft, "quotation-changed", "quotation-changed", choose, plain=False)


def _quotation_removed(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        found = QUOTE.search(text)
        return (found[0], "") if found else None

    return alter(
        draft,
        "quotation-removed",
        "quotation-removed",
        choose,
        "attribution wording paragraph-removed",
        plain=False,
    )


def _quotation_added(draft: Draft) -> Edit:
    said = SPOKEN.get(draft.language)
    for element in draft.free() if said else ():
        old = flat(element.text_content())
        if not old.endswith("."):
            continue
        last = element[-1] if len(element) else None
        if last is None:
            element.text = (element.text or "").rstrip() + (said or "")
        else:
            last.tail = (last.tail or "").rstrip() + (said or "")
        draft.take(element)
        new = flat(element.text_content())
        return Edit("quotation-added", names("quotation-added"), old, new, names("paragraph-added"))
    raise Impossible("quotation-added")


def negation(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        for old, new in DENIED.get(draft.language, ()):
            at = text.find(old, 10)
            if at >= 0 and not inside(text, at) and new.strip() not in text[at : at + 14]:
                end = at + len(old)
                return text[at - 10 : end + 10], text[at - 10 : at] + new + text[end : end + 10]
        return None

    return alter(draft, "negation", "negation", choose)


def _attribution(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        for old, new in REPORTED.get(draft.language, ()):
            found = re.search(rf"(?<=[\w”“»\",] )({old})(?= |[.,:])", text)
            if found and not inside(text, found.start()):
                return around(text, found, new)
        return None

    return alter(draft, "attribution", "attribution", choose, plain=False)


def _paragraph_added(draft: Draft) -> Edit:
    return _insert(draft, "paragraph-added", ADDED, "paragraph-added")


def _correction(draft: Draft) -> Edit:
    edit = _insert(draft, "correction", NOTES, "correction", last=True)
    edit.allowed = names("paragraph-added claim-only")
    return edit


def _insert(
    draft: Draft, kind: str, texts: dict[str, str], wanted: str, last: bool = False
) -> Edit:
    text = texts.get(draft.language)
    places = [e for e in draft.free() if e.tag == "p" and e.getparent() is not None]
    if not text or not places:
        raise Impossible(kind)
    order = {id(element): at for at, element in enumerate(draft.lines)}
    place = max(places, key=lambda e: order[id(e)]) if last else places[0]
    added = lxml_html.Element("p")
    added.text, added.tail = text, place.tail
    place.tail = "\n"
    place.addnext(added)
    place.tail, added.tail = "\n", added.tail
    draft.take(place)
    return Edit(kind, names(wanted), "", text)


def paragraph_removed(draft: Draft) -> Edit:
    for element in draft.free():
        if element.tag == "p" and element.getparent() is not None:
            old = flat(element.text_content())
            draft.take(element)
            drop(element)
            return Edit(
                "paragraph-removed", names("paragraph-removed"), old, "", names("correction")
            )
    raise Impossible("paragraph-removed")


def drop(element: Any) -> None:
    parent, tail = element.getparent(), element.tail
    before = element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def _paragraph_moved(draft: Draft) -> Edit:
    lines = [e for e in draft.lines if e.tag == "p" and e not in draft.used]
    pairs = [
        (one, two)
        for at, one in enumerate(lines)
        for two in lines[at + 2 :]
        if one.getparent() is two.getparent()
    ]
    if not pairs:
        raise Impossible("paragraph-moved")
    one, two = draft.chance.choice(pairs)
    old = flat(one.text_content())
    draft.take(one)
    draft.take(two)
    drop(one)
    two.addnext(one)
    return Edit("paragraph-moved", names("paragraph-moved"), old, old)


def _sentence_removed(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        cuts = [found.start() for found in _SENTENCE.finditer(text)]
        if len(cuts) < 2 or inside(text, cuts[0]) or inside(text, cuts[1] - 1):
            return None
        sentence = text[cuts[0] : cuts[1]]
        return (sentence, "") if len(sentence) > 30 else None

    edit = alter(draft, "sentence-removed", "wording", choose)
    edit.allowed = names("quotation-removed number name negation")
    return edit


def _link(draft: Draft) -> Edit:
    for element in draft.free():
        for link in element.iter("a"):
            href, said = link.get("href") or "", flat(link.text_content())
            if href.startswith("http") and len(said) > 3:
                link.set("href", "https://elsewhere.example/another-story")
                draft.take(element)
                old = flat(element.text_content())
                return Edit("link", names("link"), said, said, part="page", allowed=names(old[:0]))
    raise Impossible("link")


TEXT: dict[str, Callable[[Draft], Edit]] = {
    "number": _number,
    "number-word": _numeral,
    "name": _name,
    "wording": wording,
    "quotation-changed": _quotation,
    "quotation-removed": _quotation_removed,
    "quotation-added": _quotation_added,
    "negation": negation,
    "attribution": _attribution,
    "paragraph-added": _paragraph_added,
    "paragraph-removed": paragraph_removed,
    "paragraph-moved": _paragraph_moved,
    "correction": _correction,
    "sentence-removed": _sentence_removed,
    "link": _link,
}
"""The plain edits of the text, by kind."""
