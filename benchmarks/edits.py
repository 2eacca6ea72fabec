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
from lxml import html as lxml_html

__all__ = ["HARD", "PLAIN", "Draft", "Edit", "Impossible"]

_NUMBER = re.compile(r"(?<![\w.,:-])(\d{1,4})(?![\w.,:]*\d)(?![\w-])")
_TOLD = (
    "seven|eight|three|fifteen|twelve|eleven|twenty|thirty|fifty|hundred|thousand|million|dozen"
    "|millions|billion|nobody|nothing|never|cannot|without|nicht|keine|keinen|keiner|niemand|nichts"
    "|niemals|sieben|zwanzig|dreißig|fünfzehn|milhões|bilhões|ninguém|nunca|nenhum|jamais|aucune"
    "|cinco|quatro|warnte|sagte|erklärte|betonte|behauptete|fordert|forderte|gefordert|spricht"
    "|schilderte|announced|warned|claimed|argued|explained|insisted|admits|admitted|suggested"
    "|believed|reported|confirmed|replied|stated|wrote|added|noted|tidak|bukan|belum|explicó|afirmó"
    "|disse|afirma|afirmou|nikdy|dvacet|nejsou|nebyl|nebude|nawet|nigdy|geen|nooit|twintig|ingen"
)
_LOWER = re.compile(rf"(?<=[^\W\d_] )(?!(?:{_TOLD}) )([^\W\d_A-ZÀ-Þ]{{5,14}})(?= [^\W\d_])")
_OTHER = re.compile(rf"(?<= )(?!(?:{_TOLD}) )[^\W\d_A-ZÀ-Þ]{{6,12}}(?= )")
_PERSON = re.compile(r"(?<=[a-zß-ÿ] )([A-Z][a-zß-ÿ]+ [A-Z][a-zß-ÿ]{2,})(?= [a-zß-ÿ]|[.,])")
_QUOTE = re.compile(r"(?:[“„«]|(?<![^\s(])\")((?=\S)[^“”„«»\"\n]{25,300})(?<=\S)[”“»\"]")
_MARKS = re.compile(r"[“”„«»\"「」『』]|(?<!\w)['‘’‚]|['’](?!\w)")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.!?] )(?=[A-ZÀ-Þ])")
_DENIED = {
    "en": [
        (" is ", " is not "),
        (" was ", " was not "),
        (" will ", " will not "),
        (" are ", " are not "),
    ],
    "de": [
        (" ist ", " ist nicht "),
        (" wird ", " wird nicht "),
        (" sind ", " sind nicht "),
        (" war ", " war nicht "),
    ],
    "fr": [(" est ", " n'est pas "), (" sont ", " ne sont pas ")],
    "es": [(" es ", " no es "), (" ha ", " no ha "), (" son ", " no son ")],
    "pt": [(" é ", " não é "), (" foi ", " não foi ")],
    "it": [(" è ", " non è "), (" ha ", " non ha ")],
    "no": [(" er ", " er ikke "), (" har ", " har ikke ")],
    "pl": [(" jest ", " nie jest "), (" ma ", " nie ma ")],
    "cs": [(" je ", " není "), (" jsou ", " nejsou ")],
    "ru": [(" был ", " не был "), (" будет ", " не будет ")],
    "da": [(" er ", " er ikke "), (" har ", " har ikke ")],
}
_REPORTED = {
    "en": [("said", "claimed"), ("says", "admits"), ("told", "warned"), ("added", "insisted")],
    "de": [("sagte", "behauptete"), ("sagt", "behauptet"), ("erklärte", "warnte")],
    "fr": [("affirme", "admet"), ("explique", "prétend"), ("déclaré", "reconnu")],
    "es": [("dijo", "aseguró"), ("explicó", "advirtió"), ("afirmó", "reconoció")],
    "pt": [("disse", "alegou"), ("afirmou", "admitiu"), ("afirma", "admite")],
    "it": [("ha detto", "ha ammesso"), ("spiega", "sostiene")],
}
_NOTES = {
    "en": "Correction: an earlier version of this story gave the wrong year for the first hearing.",
    "de": "Korrektur: In einer früheren Version dieses Textes war das Jahr der Anhörung falsch.",
    "fr": "Rectificatif : une version précédente de cet article donnait une date inexacte.",
    "es": "Corrección: una versión anterior de este texto daba mal el año de la audiencia.",
}
_SPOKEN = {
    "en": " “We had hoped for a calmer autumn than this,” a resident said.",
    "de": " „Wir hatten auf einen ruhigeren Herbst gehofft“, sagte eine Anwohnerin.",
    "fr": " « Nous espérions un automne plus calme », a dit une habitante.",
    "es": " «Esperábamos un otoño mucho más tranquilo», dijo una vecina.",
}
_ADDED = {
    "en": "The harbour office had closed its eastern gate two weeks before, for reasons unknown.",
    "de": "Das Hafenamt hatte das östliche Tor zwei Wochen zuvor geschlossen, warum auch immer.",
    "fr": "Le bureau du port avait fermé sa porte orientale deux semaines avant, sans explication.",
    "es": "La oficina del puerto había cerrado su puerta oriental dos semanas antes, sin motivo.",
}
_AUTHOR = re.compile(
    r'"author"[^{}\[\]]{0,20}[\[{][^{}]{0,200}?"name"\s*:\s*"([A-Z][\w’\'.-]+ [A-Z][\w-]+)"'
)
_PEOPLE = ("Marta Lindqvist", "Oskar Brandel", "Helena Moravec", "Tomas Aguirre", "Rosa Vandelli")
_MAGNITUDES = {
    "en": [("million", "billion"), ("billion", "million")],
    "de": [("Millionen", "Milliarden"), ("Milliarden", "Millionen")],
    "fr": [("millions", "milliards"), ("milliards", "millions")],
    "pt": [("milhões", "bilhões"), ("bilhões", "milhões")],
    "it": [("milioni", "miliardi"), ("miliardi", "milioni")],
    "pl": [("mln", "mld"), ("miliardów", "milionów")],
    "ru": [("млн", "млрд"), ("миллионов", "миллиардов")],
    "no": [("millioner", "milliarder"), ("milliarder", "millioner")],
}


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


def _alter(
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
                    return Edit(kind, _set(wanted), old, new, _set(allowed))
    raise Impossible(kind)


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _inside(text: str, place: int) -> bool:
    """Whether a place is inside quotation marks, roughly."""
    return any(found.start() <= place < found.end() for found in _QUOTE.finditer(text))


def _pick(draft: Draft, pattern: re.Pattern[str], text: str) -> Any:
    found = list(pattern.finditer(text))
    return draft.chance.choice(found) if found else None


def _number(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        found = _pick(draft, _NUMBER, text)
        if not found:
            return None
        value = str(int(found[1]) + draft.chance.choice((1, 2, 7, 30)))
        start, end = max(0, found.start() - 12), found.end() + 6
        return text[start:end], text[start : found.start()] + value + text[found.end() : end]

    return _alter(draft, "number", "number", choose, "name")


def _around(text: str, found: re.Match[str], word: str) -> tuple[str, str]:
    start, end = max(0, found.start() - 20), found.end() + 20
    old = text[start:end]
    return old, text[start : found.start(1)] + word + text[found.end(1) : end]


def _name(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        found = _pick(draft, _PERSON, text)
        return _around(text, found, draft.chance.choice(_PEOPLE)) if found else None

    return _alter(draft, "name", "name", choose, "attribution")


def _other_word(draft: Draft, not_this: str) -> str:
    words = [
        word
        for element in draft.lines
        for word in _OTHER.findall(element.text_content())
        if word != not_this
    ]
    if not words:
        raise Impossible("no other word")
    return draft.chance.choice(words)


def _wording(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        found = _pick(draft, _LOWER, text)
        return _around(text, found, _other_word(draft, found[1])) if found else None

    return _alter(draft, "wording", "wording", choose, "attribution")


def _quotation(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        quotes = list(_QUOTE.finditer(text))
        inner = [word for q in quotes for word in _LOWER.finditer(text, q.start(1), q.end(1))]
        if not inner:
            return None
        found = draft.chance.choice(inner)
        return _around(text, found, _other_word(draft, found[1]))

    return _alter(draft, "quotation-changed", "quotation-changed", choose, plain=False)


def _quotation_removed(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        found = _QUOTE.search(text)
        return (found[0], "") if found else None

    return _alter(
        draft,
        "quotation-removed",
        "quotation-removed",
        choose,
        "attribution wording paragraph-removed",
        plain=False,
    )


def _quotation_added(draft: Draft) -> Edit:
    said = _SPOKEN.get(draft.language)
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
        return Edit("quotation-added", _set("quotation-added"), old, new, _set("paragraph-added"))
    raise Impossible("quotation-added")


def _negation(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        for old, new in _DENIED.get(draft.language, ()):
            at = text.find(old, 10)
            if at >= 0 and not _inside(text, at) and new.strip() not in text[at : at + 14]:
                end = at + len(old)
                return text[at - 10 : end + 10], text[at - 10 : at] + new + text[end : end + 10]
        return None

    return _alter(draft, "negation", "negation", choose)


def _attribution(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        for old, new in _REPORTED.get(draft.language, ()):
            found = re.search(rf"(?<=[\w”“»\",] )({old})(?= |[.,:])", text)
            if found and not _inside(text, found.start()):
                return _around(text, found, new)
        return None

    return _alter(draft, "attribution", "attribution", choose, plain=False)


def _paragraph_added(draft: Draft) -> Edit:
    return _insert(draft, "paragraph-added", _ADDED, "paragraph-added")


def _correction(draft: Draft) -> Edit:
    edit = _insert(draft, "correction", _NOTES, "correction", last=True)
    edit.allowed = _set("paragraph-added claim-only")
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
    return Edit(kind, _set(wanted), "", text)


def _paragraph_removed(draft: Draft) -> Edit:
    for element in draft.free():
        if element.tag == "p" and element.getparent() is not None:
            old = flat(element.text_content())
            draft.take(element)
            _drop(element)
            return Edit("paragraph-removed", _set("paragraph-removed"), old, "", _set("correction"))
    raise Impossible("paragraph-removed")


def _drop(element: Any) -> None:
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
    _drop(one)
    two.addnext(one)
    return Edit("paragraph-moved", _set("paragraph-moved"), old, old)


def _sentence_removed(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        cuts = [found.start() for found in _SENTENCE.finditer(text)]
        if len(cuts) < 2 or _inside(text, cuts[0]) or _inside(text, cuts[1] - 1):
            return None
        sentence = text[cuts[0] : cuts[1]]
        return (sentence, "") if len(sentence) > 30 else None

    edit = _alter(draft, "sentence-removed", "wording", choose)
    edit.allowed = _set("quotation-removed number name negation")
    return edit


def _link(draft: Draft) -> Edit:
    for element in draft.free():
        for link in element.iter("a"):
            href, said = link.get("href") or "", flat(link.text_content())
            if href.startswith("http") and len(said) > 3:
                link.set("href", "https://elsewhere.example/another-story")
                draft.take(element)
                old = flat(element.text_content())
                return Edit("link", _set("link"), said, said, part="page", allowed=_set(old[:0]))
    raise Impossible("link")


def _headline(draft: Draft) -> Edit:
    first = next(iter(draft.root.iter("h1")), None)
    title = first.text_content().strip() if first is not None else ""
    found = re.search(r"(?<=\w )([^\W\d_]{4,12})(?= \w)", title)
    if draft.root.xpath("boolean(//meta[starts-with(@content, 'Old Mill')])"):
        raise Impossible("headline")
    shown = draft.root.xpath("//meta[@property='og:title']/@content")
    if first is None or not found or (shown and title[:20] not in shown[0]):
        raise Impossible("headline")
    new = title[: found.start()] + draft.chance.choice(("Kestrel", "Marble")) + title[found.end() :]
    for pair in ((title, new), (title.replace("'", "&#39;"), new)):
        draft.swaps.append(pair)
    draft.swaps.append((title.replace("&", "&amp;"), new.replace("&", "&amp;")))
    replace(first, title, new)
    return Edit(
        "headline", _set("headline"), title, new, _set("standfirst claim-only"), part="title"
    )


def _embedded(draft: Draft) -> str:
    """The page's JSON-LD."""
    return "\n".join(draft.root.xpath("//script[@type='application/ld+json']/text()"))


def _byline(draft: Draft) -> Edit:
    found = re.search(
        r'"author"[^{}\[\]]{0,20}[\[{][^{}]{0,200}?"name"\s*:\s*"([A-Z][\w’\'.-]+ [A-Z][\w-]+)"',
        _embedded(draft),
    )
    if not found or any(found[1] in element.text_content() for element in draft.lines):
        raise Impossible("byline")
    draft.swaps.append((found[1], "Ingrid Castellan"))
    return Edit("byline", _set("byline"), found[1], "Ingrid Castellan", part="claims")


def _date(name: str, kind: str) -> Callable[[Draft], Edit]:
    def make(draft: Draft) -> Edit:
        found = re.search(rf'"{name}"\s*:\s*"((20\d\d)(-\d\d-)\d\d)(T[^"]+)?"', _embedded(draft))
        if not found:
            raise Impossible(kind)
        other = f"{int(found[2]) + (1 if kind == 'modified' else -1)}{found[3]}05"
        draft.swaps.append((found[0], found[0].replace(found[1], other)))
        meta = "modified_time" if kind == "modified" else "published_time"
        for node in draft.root.iter("meta"):
            if meta in (node.get("property") or "") and found[1] in (node.get("content") or ""):
                node.set("content", node.get("content").replace(found[1], other))
        return Edit(
            kind, _set(kind), found[1], other, _set("claim-only published modified"), "claims"
        )

    return make


def _claim_only(draft: Draft) -> Edit:
    first = next(iter(draft.root.iter("h1")), None)
    shown = flat(first.text_content()) if first is not None else ""
    for node in draft.root.iter("meta"):
        said = node.get("content") or ""
        apart = not any(said in old or old in said for old, _ in draft.swaps)
        if node.get("property") == "og:title" and apart and len(shown) > 15 and shown in said:
            node.set("content", "Old Mill " + said)
            return Edit(
                "claim-only",
                _set("claim-only"),
                said,
                "Old Mill " + said,
                _set("headline"),
                "claims",
            )
    raise Impossible("claim-only")


PLAIN: dict[str, Callable[[Draft], Edit]] = {
    "number": _number,
    "name": _name,
    "wording": _wording,
    "quotation-changed": _quotation,
    "quotation-removed": _quotation_removed,
    "quotation-added": _quotation_added,
    "negation": _negation,
    "attribution": _attribution,
    "paragraph-added": _paragraph_added,
    "paragraph-removed": _paragraph_removed,
    "paragraph-moved": _paragraph_moved,
    "correction": _correction,
    "sentence-removed": _sentence_removed,
    "link": _link,
    "headline": _headline,
    "byline": _byline,
    "published": _date("datePublished", "published"),
    "modified": _date("dateModified", "modified"),
    "claim-only": _claim_only,
}
"""The plain edits by kind."""


def _several(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        number = _pick(draft, _NUMBER, text)
        words = [one for one in _LOWER.finditer(text) if not _inside(text, one.start())]
        if not number or len(words) < 2:
            return None
        edits = [(number.span(1), str(int(number[1]) + 3))]
        for word in draft.chance.sample(words, 2):
            edits.append((word.span(1), _other_word(draft, word[1])))
        new = text
        for (start, end), word in sorted(edits, reverse=True):
            new = new[:start] + word + new[end:]
        return text, new

    return _alter(draft, "several", "number wording", choose, "attribution name")


def _merged(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        found = re.search(r"[a-zß-ÿ]{3}(\. )[A-Z][a-z]+ ", text)
        if not found or _inside(text, found.start()):
            return None
        new = found[0].replace(". ", "; ").replace(found[0][5], found[0][5].lower(), 1)
        return found[0], new

    return _alter(draft, "merged", "wording", choose, "name")


def _split(draft: Draft) -> Edit:
    joiner = {"en": ", and ", "de": ", und ", "fr": ", et ", "es": ", y ", "pt": " e "}
    mark = joiner.get(draft.language)

    def choose(text: str) -> tuple[str, str] | None:
        at = text.find(mark, 30) if mark else -1
        rest = text[at + len(mark or "") :]
        if at < 0 or not rest[:1].islower() or _inside(text, at):
            return None
        old = text[at - 20 : at + len(mark or "") + 12]
        return old, text[at - 20 : at] + ". " + rest[0].upper() + rest[1:12]

    return _alter(draft, "split", "wording", choose, "name")


def _moved_and_edited(draft: Draft) -> Edit:
    edit = _wording(draft)
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
    _drop(one)
    place.addnext(one)
    return Edit("moved-edited", _set("paragraph-moved wording"), edit.old, edit.new)


def _speaker(draft: Draft) -> Edit:
    verbs = [old for old, _ in _REPORTED.get(draft.language, ()) if old != "told"]
    people = r"([A-Z][a-zß-ÿ]+ [A-Z][a-zß-ÿ]{2,})"

    def choose(text: str) -> tuple[str, str] | None:
        for verb in verbs:
            for pattern in (rf"{people}(?= {verb}\b)", rf"(?<=\b{verb} ){people}"):
                found = re.search(pattern, text)
                if found and not _inside(text, found.start()):
                    return _around(text, found, draft.chance.choice(_PEOPLE))
        return None

    return _alter(draft, "speaker", "attribution", choose, "name", plain=False)


def _quoted_number(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        for quote in _QUOTE.finditer(text):
            found = _NUMBER.search(text, quote.start(1), quote.end(1))
            if found:
                return _around(text, found, str(int(found[1]) + 4))
        return None

    return _alter(draft, "quoted-number", "quotation-changed number", choose, plain=False)


def _magnitude(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        for old, new in _MAGNITUDES.get(draft.language, ()):
            found = re.search(rf"(?<=\d )({old})\b", text)
            if found:
                return _around(text, found, new)
        return None

    return _alter(draft, "magnitude", "number", choose, "quotation-changed", plain=False)


def _rewritten(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        words = text.split(" ")
        plain = [at for at, word in enumerate(words) if re.fullmatch(r"[^\W\d_A-ZÀ-Þ]{3,}", word)]
        if len(words) < 12 or len(plain) < 0.4 * len(words) or _QUOTE.search(text):
            return None
        for at in draft.chance.sample(plain, int(0.4 * len(words))):
            words[at] = _other_word(draft, words[at])
        return text, " ".join(words)

    return _alter(draft, "rewritten", "wording", choose, "negation number attribution name")


def _letter(draft: Draft) -> Edit:
    def choose(text: str) -> tuple[str, str] | None:
        found = _pick(draft, _LOWER, text)
        if not found:
            return None
        word = found[1]
        return _around(text, found, word[:2] + ("o" if word[2] != "o" else "e") + word[3:])

    return _alter(draft, "letter", "wording", choose)


def _survives(draft: Draft) -> Edit:
    """A paragraph removed, which goes on standing where it is no part of the article."""
    edit = _paragraph_removed(draft)
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
    allowed = _set("standfirst claim-only correction")
    return Edit("survives", edit.wanted, edit.old, "", allowed)


HARD: dict[str, Callable[[Draft], Edit]] = {
    "several": _several,
    "merged": _merged,
    "split": _split,
    "moved-edited": _moved_and_edited,
    "negation": _negation,
    "speaker": _speaker,
    "quoted-number": _quoted_number,
    "magnitude": _magnitude,
    "rewritten": _rewritten,
    "letter": _letter,
    "survives": _survives,
}
"""The hard edits by kind."""
