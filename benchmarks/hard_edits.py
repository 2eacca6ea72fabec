"""Edits that are hard to find or to name, made like the plain ones."""

from __future__ import annotations

import re
from collections.abc import Callable

from benchmarks.edit_words import MAGNITUDES, PEOPLE, REPORTED
from benchmarks.edits import (
    LOWER,
    NUMBER,
    QUOTE,
    Draft,
    Edit,
    alter,
    around,
    drop,
    inside,
    names,
    negation,
    other_word,
    paragraph_removed,
    pick,
    wording,
)
from lxml import html as lxml_html

__all__ = ["HARD"]


def _several(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        number = pick(draft, NUMBER, text)
        words = [one for one in LOWER.finditer(text) if not inside(text, one.start())]
        if not number or len(words) < 2:
            return None
        edits = [(number.span(1), str(int(number[1]) + 3))]
        for word in draft.chance.sample(words, 2):
            edits.append((word.span(1), other_word(draft, word[1])))
        new = text
        for (start, end), word in sorted(edits, reverse=True):
            new = new[:start] + word + new[end:]
        return text, new

    return alter(draft, "several", "number wording", choose, "attribution name")


def _merged(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        found = re.search(r"[a-zß-ÿ]{3}(\. )[A-Z][a-z]+ ", text)
        if not found or inside(text, found.start()):
            return None
        new = found[0].replace(". ", "; ").replace(found[0][5], found[0][5].lower(), 1)
        return found[0], new

    return alter(draft, "merged", "wording", choose, "name")


def _split(draft: Draft) -> Edit:
    joiner = {"en": ", and ", "de": ", und ", "fr": ", et ", "es": ", y ", "pt": " e "}
    mark = joiner.get(draft.language)

    def choose(text: str) -> tuple[str, str] | None:
        at = text.find(mark, 30) if mark else -1
        rest = text[at + len(mark or "") :]
        if at < 0 or not rest[:1].islower() or inside(text, at):
            return None
        old = text[at - 20 : at + len(mark or "") + 12]
        return old, text[at - 20 : at] + ". " + rest[0].upper() + rest[1:12]

    return alter(draft, "split", "wording", choose, "name")


def _moved_and_edited(draft: Draft) -> Edit:
    edit = wording(draft)
    one = draft.used[-1]
    others = [
        e
        for e in draft.lines
        if e not in draft.used and e.getparent() is one.getparent() and e.tag == "p"
    ]
    far = [e for e in others if abs(draft.lines.index(e) - draft.lines.index(one)) > 1]
    if not far:
        return edit
    place = draft.chance.choice(far)
    draft.take(place)
    drop(one)
    place.addnext(one)
    return Edit("moved-edited", names("paragraph-moved wording"), edit.old, edit.new)


def _speaker(draft: Draft) -> Edit:
    verbs = [old for old, _ in REPORTED.get(draft.language, ()) if old != "told"]
    people = r"([A-Z][a-zß-ÿ]+ [A-Z][a-zß-ÿ]{2,})"

    def choose(text: str) -> tuple[str, str] | None:
        for verb in verbs:
            for pattern in (rf"{people}(?= {verb}\b)", rf"(?<=\b{verb} ){people}"):
                found = re.search(pattern, text)
                if found and not inside(text, found.start()):
                    return around(text, found, draft.chance.choice(PEOPLE))
        return None

    return alter(draft, "speaker", "attribution", choose, "name", plain=False)


def _quoted_number(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        for quote in QUOTE.finditer(text):
            found = NUMBER.search(text, quote.start(1), quote.end(1))
            if found:
                return around(text, found, str(int(found[1]) + 4))
        return None

    return alter(draft, "quoted-number", "quotation-changed number", choose, plain=False)


def _magnitude(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        for old, new in MAGNITUDES.get(draft.language, ()):
            found = re.search(rf"(?<=\d )({old})\b", text)
            if found:
                return around(text, found, new)
        return None

    return alter(draft, "magnitude", "number", choose, "quotation-changed", plain=False)


def _rewritten(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        words = text.split(" ")
        plain = [at for at, word in enumerate(words) if re.fullmatch(r"[^\W\d_A-ZÀ-Þ]{3,}", word)]
        if len(words) < 12 or len(plain) < 0.4 * len(words) or QUOTE.search(text):
            return None
        for at in draft.chance.sample(plain, int(0.4 * len(words))):
            words[at] = other_word(draft, words[at])
        return text, " ".join(words)

    return alter(draft, "rewritten", "wording", choose, "negation number attribution name")


def _letter(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        found = pick(draft, LOWER, text)
        if not found:
            return None
        word = found[1]
        return around(text, found, word[:2] + ("o" if word[2] != "o" else "e") + word[3:])

    return alter(draft, "letter", "wording", choose)


def _survives(draft: Draft) -> Edit:
    """A paragraph removed, which goes on standing where it is no part of the article."""
    edit = paragraph_removed(draft)
    body = draft.root.find("body")
    box = lxml_html.Element(draft.chance.choice(("aside", "meta", "div", "a")))
    if box.tag == "meta":
        box.set("name", "description")
        box.set("content", edit.old)
        draft.root.find("head").append(box)
    elif box.tag == "div":
        box.set("class", "comments")
        box.append(lxml_html.Element("p"))
        box[0].text = edit.old
        body.append(box)
    else:
        box.set("href", "/archive/2")
        box.text = edit.old
        body.append(box)
    allowed = names("standfirst claim-only correction")
    return Edit("survives", edit.wanted, edit.old, "", allowed)


HARD: dict[str, Callable[[Draft], Edit]] = {
    "several": _several,
    "merged": _merged,
    "split": _split,
    "moved-edited": _moved_and_edited,
    "negation": negation,
    "speaker": _speaker,
    "quoted-number": _quoted_number,
    "magnitude": _magnitude,
    "rewritten": _rewritten,
    "letter": _letter,
    "survives": _survives,
}
"""The hard edits by kind."""
