"""Injects what changes from capture to capture although nobody edited the article.

Outside the body: advertisements, counters, comments, nonces, class names. Inside it, without
telling class names: paragraphs of advertisement for the house, lines that say when and how often,
drop caps, paragraphs that are wrapped elsewhere. The wording is this module's own.
"""

from __future__ import annotations

import random
import re
from typing import Any

from benchmarks.edits import Draft, flat
from lxml import html as lxml_html

__all__ = ["inside", "outside"]

_HOUSE = {
    "en": (
        "Enjoying our reporting? Join 40,000 readers who get the Harbour Letter every weekday.",
        "This newsroom is paid for by people like you. Become a member from 4 dollars a month.",
        "Download the app and never miss what matters in your neighbourhood.",
        "Listen: our podcast about the river and those who live beside it is out now.",
    ),
    "de": (
        "Gefällt Ihnen dieser Text? Testen Sie unser Angebot vier Wochen lang für einen Euro.",
        "Der Hafenbrief kommt jeden Morgen um sechs in Ihr Postfach. Jetzt anmelden.",
        "Alle Nachrichten auch in unserer App, kostenlos für Telefon und Tablet.",
    ),
    "fr": (
        "Vous aimez nos articles ? Abonnez-vous pour 3 euros par mois, sans engagement.",
        "La lettre du port arrive chaque matin dans votre boîte. Inscrivez-vous.",
    ),
}
_COUNTERS = {
    "en": ("Updated {} minutes ago", "{} shares", "{} people are reading this", "{} min read left"),
    "de": ("Aktualisiert vor {} Minuten", "{} Mal geteilt", "{} lesen gerade mit"),
    "fr": ("Mis à jour il y a {} minutes", "{} partages", "Lu {} fois"),
}
_BUY = ("Half price on lawn mowers", "Win a cruise to the fjords", "Shoes that walk by themselves")
_REPLIES = (
    "I saw this coming.",
    "First!",
    "Ask the fishermen.",
    "Well written.",
)


def outside(draft: Draft) -> None:
    """Alter what stands outside the article's body."""
    chance, root = draft.chance, draft.root
    body = root.find("body")
    if body is None:
        return
    advertisement = lxml_html.fromstring(
        f'<div class="a{chance.randrange(10**6)}"><a href="https://buy.example/{chance.random()}">'
        f"{chance.choice(_BUY)}</a><img src='x.gif'></div>"
    )
    replies = "".join(f"<li><p>{chance.choice(_REPLIES)}</p></li>" for _ in range(3))
    comments = lxml_html.fromstring(f'<section id="comments"><ul>{replies}</ul></section>')
    count = lxml_html.fromstring(f"<div><span>{chance.randrange(9000)}</span> views</div>")
    body.insert(0, advertisement)
    body.append(comments)
    body.append(count)
    within = {up for line in draft.lines for up in (line, *line.iterancestors())}
    for element in root.iter("div", "script", "section", "a", "li"):
        if element in within:
            continue
        if element.tag == "script" and not element.get("type"):
            element.set("nonce", f"{chance.getrandbits(64):x}")
        elif element.get("class") and chance.random() < 0.3:
            element.set("class", f"{element.get('class')} css-{chance.getrandbits(24):x}")


def inside(draft: Draft, pool: random.Random, side: int) -> None:
    """Put distractions between the article's paragraphs.

    Args:
        draft: the page.
        pool: which advertisements the host shows these days; the same for all of its pages.
        side: the number of the capture; each shows some of the pool.
    """
    chance = draft.chance
    language = draft.language if draft.language in _HOUSE else "en"
    shown = pool.sample(_HOUSE[language], 2)
    counters = pool.sample(_COUNTERS[language], 2)
    places = [line for line in draft.lines if line.tag == "p"]
    if len(places) < 3:
        return
    texts = [shown[side % 2]] if side < 2 else list(shown)
    texts += [counter.format(chance.randrange(2, 900)) for counter in counters]
    for text in texts:
        place = chance.choice(places)
        added = lxml_html.Element("p")
        added.text, added.tail = text, place.tail
        place.addnext(added)
        place.tail = "\n"
    if side == 1:
        _drop_cap(places[0])
        _rewrap(draft, places[1:])


def _drop_cap(place: Any) -> None:
    """The first letter in an element of its own."""
    text = (place.text or "").lstrip()
    if len(text) > 20 and text[0].isupper() and text[1].islower():
        letter = lxml_html.Element("span")
        letter.set("style", "float:left")
        letter.text, letter.tail = text[0], text[1:]
        place.text = ""
        place.insert(0, letter)


def _rewrap(draft: Draft, places: list[Any]) -> None:
    """A paragraph cut in two where a sentence ends."""
    for place in places:
        text = place.text or ""
        cut = re.search(r"[a-zß-ÿ]{4}\. (?=[A-Z][a-z]+ [a-z]+ [a-z]+ )", text)
        if cut is None or len(flat(text[cut.end() :])) < 60 or len(text[: cut.end()]) < 60:
            continue
        second = lxml_html.Element("p")
        second.text = text[cut.end() :]
        for child in list(place):
            second.append(child)
        second.tail, place.text = place.tail, text[: cut.end()].rstrip()
        place.addnext(second)
        place.tail = "\n"
        return
