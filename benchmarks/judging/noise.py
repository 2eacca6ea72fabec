"""What changes from capture to capture although nobody edited the article, put into a page.

The words are data (`noise.json` of each half); where they stand and in which elements is here. No
class name tells what anything is.
"""

from __future__ import annotations

import hashlib
import html
import json
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from attrs import field, frozen
from benchmarks.made import SETS, lighthouse, story
from lxml import etree
from lxml import html as lxml_html

__all__ = ["KINDS", "Place", "hash_classes", "put_outside", "wrap_paragraphs"]

_COMMENTS = (
    "I saw this coming.",
    "First!",
    "Ask the fishermen.",
    "Well written.",
    "My aunt knows.",
)


@cache
def _words(half: str) -> dict[str, dict[str, Any]]:
    read: dict[str, dict[str, Any]] = json.loads((SETS / half / "noise.json").read_bytes())
    return read


@cache
def _headlines() -> dict[str, dict[str, list[str]]]:
    read: dict[str, dict[str, list[str]]] = json.loads(
        (SETS / "stories-elsewhere.json").read_bytes()
    )
    return read


@frozen(eq=False)
class Place:
    """A page that noise is put into.

    Args:
        root: its tree, changed in place.
        lines: the elements of the article's paragraphs, in order; at least three.
        language: the code of its language.
        half: whose words are taken.
        host: what the chance that all captures of the host share begins with.
        capture: chance of this capture.
        number: which capture it is; others of the same host are 2 and more.
    """

    root: Any
    lines: Sequence[Any]
    language: str
    half: str
    host: str
    capture: random.Random
    number: int
    words: dict[str, Any] = field(init=False)

    @words.default
    def _default_words(self) -> dict[str, Any]:
        known = _words(self.half)
        return known.get(self.language) or known["en"]

    def pool(self, purpose: str) -> random.Random:
        """Chance that falls alike in all captures, whatever else was drawn before."""
        return random.Random(f"{self.host} {self.half} {purpose}")

    def said(self, form: str) -> str:
        """A form of words with this capture's numbers."""
        chance = self.capture
        large = f"{chance.randrange(1000, 90000):,}"
        time = f"{chance.randrange(24):02}:{chance.randrange(60):02}"
        small, hours = str(chance.randrange(2, 60)), str(chance.randrange(2, 12))
        text = form.replace("{N}", large).replace("{t}", time).replace("{m}", hours)
        return html.escape(text.replace("{n}", small), quote=False)

    def after(self, at: int, inner: str) -> None:
        """Put HTML behind a paragraph."""
        _behind(_outer(self.lines[at]), inner)

    def under_headline(self, inner: str) -> None:
        """Put HTML under the first headline, or before the first paragraph."""
        headline = next(self.root.iter("h1"), None)
        if headline is not None:
            _behind(headline, inner)
        else:
            _outer(self.lines[0]).addprevious(_piece(inner))

    def headlines(self, count: int) -> list[str]:
        """Some headlines of other stories, as they are linked in this capture."""
        known = _headlines()["headlines"].get(self.language) or self._few()
        return self.capture.sample(known, min(count, len(known)))

    def teaser(self) -> str:
        """A sentence about another story."""
        known = _headlines()["teasers"].get(self.language) or _headlines()["teasers"]["en"]
        return self.capture.choice(known)

    def _few(self) -> list[str]:
        try:
            told = story(self.language)
        except KeyError:
            return _headlines()["headlines"]["en"]
        try:
            return [*told.others, lighthouse(self.language)[0]]
        except KeyError:
            return list(told.others)


def _outer(element: Any) -> Any:
    """The element that something can stand behind: not within a paragraph, list or row."""
    kept = element
    for up in element.iterancestors():
        if up.tag in ("body", "html"):
            break
        if up.tag in ("p", "ul", "ol", "dl", "tr", "table", "tbody", "a", "span", "h2", "h3"):
            kept = up
    return kept


def _piece(inner: str) -> Any:
    return lxml_html.fragment_fromstring(inner)


def _behind(element: Any, inner: str) -> None:
    added = _piece(inner)
    added.tail, element.tail = element.tail, "\n"
    element.addnext(added)
    element.tail = "\n"


def _spread(place: Place, inners: Sequence[str]) -> None:
    """Under the headline, behind the last paragraph, and between paragraphs, in the host's way."""
    last = len(place.lines) - 1
    pool = place.pool("spots")
    spots: list[int | None] = [None, last]
    spots += [pool.randrange(last) for _ in inners]
    for inner, spot in zip(inners, spots, strict=False):
        if spot is None:
            place.under_headline(inner)
        else:
            place.after(spot, inner)


def _small(place: Place, forms: Sequence[str]) -> None:
    pool = place.pool("small")
    shapes = ["<p>{}</p>", "<div><span>{}</span></div>", "<div>{}</div>", "<ul><li>{}</li></ul>"]
    chosen = [(form, pool.choice(shapes)) for form in pool.sample(forms, min(3, len(forms)))]
    _spread(place, [shape.format(place.said(form)) for form, shape in chosen])


def put_counters(place: Place) -> None:
    """Views, comments, shares, minutes of reading."""
    _small(place, place.words["counters"])


def put_times(place: Place) -> None:
    """How long ago, and when updated."""
    _small(place, place.words["times"])


def _link(place: Place, headline: str) -> str:
    number = int(hashlib.sha256(headline.encode()).hexdigest()[:5], 16)
    return f'<a href="/2026/05/{number}">{html.escape(headline, quote=False)}</a>'


def put_links(place: Place) -> None:
    """Lists of other stories: links alone."""
    items = "".join(f"<li>{_link(place, one)}</li>" for one in place.headlines(4))
    middle = place.pool("links").randrange(len(place.lines) - 1)
    place.after(middle, f"<div><h3>{place.words['more']}</h3><ul>{items}</ul></div>")
    cards = "".join(f"<div>{_link(place, one)}</div>" for one in place.headlines(3))
    place.after(len(place.lines) - 1, f"<section>{cards}</section>")


def put_cards(place: Place) -> None:
    """Lists of other stories: items with other words beside the link."""
    pool = place.pool("cards")
    count = pool.choice((2, 3))
    ago = place.words["times"][0]
    cards = "".join(
        f"<li>{_link(place, one)}<p>{place.teaser()}</p><span>{place.said(ago)}</span></li>"
        for one in place.headlines(count)
    )
    last = len(place.lines) - 1
    place.after(last, f"<section><h2>{place.words['more']}</h2><ul>{cards}</ul></section>")
    boxes = "".join(
        f"<div><h4>{_link(place, one)}</h4><p>{place.teaser()}</p></div>"
        for one in place.headlines(2)
    )
    place.after(pool.randrange(last), f"<div>{boxes}</div>")


def put_boxes(place: Place) -> None:
    """Newsletter, most read, labels, ticker, mast-head date, time of making."""
    words, chance = place.words, place.capture
    last = len(place.lines) - 1
    if chance.random() < 0.5:
        head, line, button = words["box"].split("|")
        form = f'<form action="/letters"><input type="email"><button>{button}</button></form>'
        inner = f"<div><h3>{head}</h3><p>{line}</p>{form}</div>"
        place.after(place.pool("letter").randrange(last), inner)
    items = "".join(f"<li>{_link(place, one)}</li>" for one in place.headlines(5))
    place.after(last, f"<div><h3>{words['read']}</h3><ol>{items}</ol></div>")
    for _ in range(chance.randrange(1, 4)):
        place.after(chance.randrange(last), f"<div>{chance.choice(words['labels'])}</div>")
    body = next(place.root.iter("body"))
    news = _link(place, place.headlines(1)[0])
    body.insert(0, _piece(f"<div><b>{words['ticker']}</b> {news}</div>"))
    body.insert(0, _piece(f"<div>{words['dates'][place.number % 2]}</div>"))
    body.append(_piece(f"<div>{place.said(words['generated'])}</div>"))


def put_bars(place: Place) -> None:
    """Tickers over the page's headline, links that share it, an advertisement, years of rights."""
    words, chance = place.words, place.capture
    last = len(place.lines) - 1
    level, change = chance.randrange(10_000, 20_000), chance.randrange(10, 99)
    headline = next(place.root.iter("h1"), None)
    if headline is not None:
        ticker = f"<div>DAX {level:,}.5 +0.{change}%</div><div>Oslo {chance.randrange(30)}°</div>"
        headline.addprevious(_piece(f"<div>{ticker}</div>"))
    share = f'<a href="https://net.example/sharer?u={place.number}">Net {change}</a>'
    place.under_headline(f"<p>{share}</p>")
    target = f"https://buy{chance.randrange(99)}.example/"
    advert = f'<p>Mower {level:,}</p><a href="{target}">{chance.randrange(10**6)} →</a>'
    middle = place.pool("bars").randrange(last)
    place.after(middle, f"<div><div>{words['labels'][0]}</div>{advert}</div>")
    place.after(last, f"<p>© {2020 + place.number} The Norhaven Courier</p>")


def put_house(place: Place) -> None:
    """The house's own advertisements: one of two, or one that comes and goes."""
    texts = place.words["house"]
    shown = place.pool("house").sample(texts, min(2, len(texts)))
    if len(shown) == 1 and place.number % 2:
        return
    text = place.said(shown[place.number % len(shown)])
    place.after(place.capture.randrange(len(place.lines) - 1), f"<p>{text}</p>")


_ALL = (put_counters, put_times, put_links, put_cards, put_boxes)

KINDS: dict[str, Sequence[Callable[[Place], None]]] = {
    "counters": (put_counters,),
    "times": (put_times,),
    "links": (put_links,),
    "cards": (put_cards,),
    "bars": (put_bars,),
    "without-house": _ALL,
    "all": (*_ALL, put_house),
}
"""What is put into a page, by the name of the figure."""


def put_outside(place: Place) -> None:
    """Alter what stands outside the article: before it, behind it, and the names there."""
    chance, body = place.capture, next(place.root.iter("body"))
    number = chance.randrange(10**6)
    buy = f'<a href="https://buy.example/{number}">Half price on mower {number}</a>'
    body.insert(0, _piece(f"<div>{buy}</div>"))
    comments = "".join(f"<li><p>{one}</p></li>" for one in chance.sample(_COMMENTS, 3))
    body.append(_piece(f'<section id="comments"><ul>{comments}</ul></section>'))
    body.append(_piece(f"<footer><p>{place.said(place.words['generated'])}</p></footer>"))
    within = {up for line in place.lines for up in (line, *line.iterancestors())}
    for element in place.root.iter("div", "section", "a", "li", "script"):
        if element.tag == "script" and not element.get("type"):
            element.set("nonce", f"{chance.getrandbits(64):x}")
        elif element not in within and element.get("class") and chance.random() < 0.3:
            element.set("class", f"{element.get('class')} css-{chance.getrandbits(24):x}")


def hash_classes(root: Any) -> None:
    """Every class name becomes another, the same everywhere."""
    for element in _elements(root):
        names = (element.get("class") or "").split()
        if names:
            made = [f"c{hashlib.sha256(name.encode()).hexdigest()[:7]}" for name in names]
            element.set("class", " ".join(made))


def _elements(root: Any) -> Iterator[Any]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def wrap_paragraphs(root: Any, lines: Sequence[Any]) -> None:
    """Every paragraph of the article into an element of its own."""
    for line in lines:
        if line.tag != "p" or line.getparent() is None or line.getparent().tag == "p":
            continue
        wrapper = etree.SubElement(line.getparent(), "div")
        line.getparent().replace(line, wrapper)
        wrapper.tail, line.tail = line.tail, None
        wrapper.append(line)
