"""Pages that came instead of the article, in many languages, and articles that look like them."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.article import suspect
from archive.article.suspicion import MANY_WORDS, counting, emptiness, listing, shown

WORDS = Path(__file__).parent / "walls_by_language.txt"


def made(title: str, body: str, *, head: str = "", lang: str = "en") -> bytes:
    """A page."""
    start = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
    return f"{start}<title>{title}</title>{head}</head><body>{body}</body></html>".encode()


def asked(page: bytes, words: int = 40) -> str | None:
    """What is suspected of a page that came with 200."""
    return suspect(200, (("content-type", "text/html"),), page, words)


def by_language() -> Iterator[tuple[str, bytes]]:
    """The pages of the list, each with its line."""
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        lang, kind, title, heading, *sentences = map(html.escape, line.split(" | "))
        button = '<a href="/">{}</a>' if kind == "missing" else "<button>{}</button>"
        lines = ("<p>{}</p>" if len(one) > 25 else button for one in sentences)
        inner = "".join(one.format(said) for one, said in zip(lines, sentences, strict=True))
        inner = f"<h1>{heading}</h1>{inner}"
        if kind in ("paywall", "app"):
            inner = f"<article>{inner}</article>"
        yield line, made(title, inner, lang=lang)


def test_walls_by_language() -> None:
    """Of the listed pages in 46 languages, which no vendor's mark and no address gives away, all
    but one in fifty are suspected, whatever they are: there are eleven kinds.
    """
    pages = list(by_language())
    kinds = {tuple(line.split(" | ")[:2]) for line, _ in pages}
    assert len(pages) >= 200
    assert len({language for language, _ in kinds}) >= 40
    assert len({kind for _, kind in kinds}) == 10
    missed = [line for line, page in pages if asked(page) is None]
    assert len(missed) * 50 <= len(pages), missed


PURPOSES = (
    "Store and/or access information on a device",
    "Use limited data to select advertising",
    "Create profiles for personalised advertising",
    "Use profiles to select personalised advertising",
    "Measure advertising performance",
    "Understand audiences through statistics or combinations of data from different sources",
    "Develop and improve services",
    "Use precise geolocation data",
)
ZWECKE = (
    "Speichern von oder Zugriff auf Informationen auf einem Endgerät",
    "Verwendung reduzierter Daten zur Auswahl von Werbeanzeigen",
    "Erstellung von Profilen für personalisierte Werbung",
    "Verwendung von Profilen zur Auswahl personalisierter Werbung",
    "Messung der Werbeleistung, wobei berechtigtes Interesse die Grundlage sein kann",
    "Verwendung genauer Standortdaten",
)


def long_consent(first: str, purposes: tuple[str, ...], say: str, accept: str) -> str:
    """A consent wall with all purposes told at length, and all partners."""
    told = "".join(f"<h3>{one}</h3><p>{one}: {say}</p>" for one in purposes)
    partners = "".join(f"<li>Partner {n} GmbH &amp; Co. KG</li>" for n in range(120))
    return f"<h2>{first}</h2>{told}<ul>{partners}</ul><button>{accept}</button>"


LONG = {
    "en": long_consent(
        "Before you continue",
        PURPOSES,
        "we and our 812 partners process personal data such as your IP address. You can withdraw"
        " your consent at any time in the privacy settings at the bottom of every page.",
        "Accept all",
    ),
    "de": long_consent(
        "Weiterlesen mit Werbung",
        ZWECKE,
        "wir und unsere 812 Partner verarbeiten dazu Daten wie Ihre IP-Adresse. Ihre Zustimmung ist"
        " jederzeit in den Einstellungen am Ende jeder Seite widerrufbar.",
        "Zustimmen und weiter",
    ),
}


@pytest.mark.parametrize("language", LONG)
@pytest.mark.parametrize("words", [250, MANY_WORDS, 3_000])
def test_a_long_consent_wall(language: str, words: int) -> None:
    """However many purposes and partners it lists, a consent wall is one."""
    assert asked(made("The Alder Post", LONG[language]), words) == "consent wall (its words)"


COOKIES = [
    "The council will vote on Tuesday on whether shops may use cookies without asking, after two"
    " years in which nobody knew what the law said about that.",
    "Anna Berg, who runs a bakery, says that a banner which asks for consent costs her customers.",
    "A decision on personal data in the register of the town is due in June.",
]


@pytest.mark.parametrize("times", [1, 12])
def test_an_article_about_consent_is_none(times: int) -> None:
    """An article about cookies, with a banner beside it, tells something, short or long."""
    lines = "".join(f"<p>{line}</p>" for line in COOKIES * times)
    banner = (
        "<div><p>We use cookies to improve your experience.</p><button>Accept all</button></div>"
    )
    text = f"<div><h1>Council to vote on cookies</h1>{lines}</div>"
    page = made("Council to vote on cookies – The Alder Post", f"{text}{banner}")
    assert asked(page, 60 * times) is None


def teasers(count: int, lead: str = "The lead of story {} is a sentence of some length.") -> str:
    """The beginnings of stories, each with its headline that leads there."""
    headline = '<h2><a href="/{0}.html">Story number {0} about a town and its people</a></h2>'
    return "".join(f"{headline.format(n)}<p>{lead.format(n)}</p>" for n in range(count))


@pytest.mark.parametrize("lead", ["Lead of story {}.", "The lead of story {} " + "goes on " * 20])
@pytest.mark.parametrize("count", [listing.FEW, listing.STORIES, 12, 60])
def test_a_list_of_stories(count: int, lead: str) -> None:
    """A front page and a section are lists of stories, with short leads or long ones."""
    for words in (60, MANY_WORDS):
        assert asked(made("The Alder Post", teasers(count, lead)), words) == "list of stories"
    assert asked(made("Local news", f"<h1>Local news</h1>{teasers(count, lead)}"), 90) is not None


def test_a_list_of_headlines() -> None:
    """Many links of a headline's length and no sentence are a list of stories as well."""
    link = '<li><a href="/{0}">Story number {0} about a town and its people</a></li>'
    links = [link.format(n) for n in range(listing.LINKS)]
    assert asked(made("Archive", f"<ul>{''.join(links)}</ul>")) == "list of stories"
    assert asked(made("Archive", f"<ul>{''.join(links[1:])}</ul>")) is None


@pytest.mark.parametrize("count", [listing.FEW - 1, listing.FEW, listing.STORIES, 12])
@pytest.mark.parametrize("marked", ["article", "div"])
def test_a_brief_before_other_stories_is_no_list(count: int, marked: str) -> None:
    """What is told before the first of the other stories is an article, however short."""
    brief = "<p>A quake of 4.1 shook the coast of Norhaven at 14:05 on Friday, the office says.</p>"
    text = f"<{marked}><h1>Quake</h1>{brief}</{marked}>"
    assert asked(made("Quake – The Alder Post", f"{text}{teasers(count)}")) is None


def test_few_stories_in_one_article_are_no_list() -> None:
    """A page with the elements of one article may name some others, a front page has many."""
    page = made("Local news", f"<article>{teasers(listing.FEW)}</article>")
    assert asked(page) is None
    page = made("Local news", f"<article>{teasers(listing.STORIES)}</article>")
    assert asked(page) == "list of stories"


def test_a_live_ticker_is_no_list() -> None:
    """Headings that lead to a place on the page itself are entries of one article."""
    entry = '<h3><a href="#e{0}">14:{0}: The count goes on</a></h3><p>Station {0} has reported.</p>'
    assert asked(made("Live", "".join(entry.format(n) for n in range(10, 30)))) is None


VENDORS = {
    "onetrust": '<script src="https://cdn.cookielaw.org/otSDKStub.js"></script>',
    "piano": '<script src="https://cdn.tinypass.com/api/tinypass.min.js"></script>',
    "recaptcha": '<script src="https://www.google.com/recaptcha/api.js"></script>',
    "cloudflare": '<script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>',
    "refresh": '<meta http-equiv="refresh" content="300; url=https://news.example/story">',
}
BESIDE = {
    "nothing": "",
    "newsletter": '<form><input type="email"><button>Sign up</button></form>',
    "login": '<form><input type="password"><button>Log in</button></form>',
    "banner": "<div><p>We use cookies to improve your experience.</p><button>OK</button></div>",
    "login first": None,
}
BRIEFS = {
    "Quake": "A quake of 4.1 shook the coast at 14:05.",
    "Kurz gemeldet": "Bei einem Unfall auf der B14 sind zwei Menschen verletzt worden.",
    "Log in, drop out": "A short column about phones.",
    "Page not found: a novel about loss": "It tells of a librarian who looks for a page.",
    "Access denied to the beach": "The town has closed it. Nobody knows for how long.",
    "地震": "四時ごろ、海岸で震度四の揺れがあった。",
}


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("title", BRIEFS)
@pytest.mark.parametrize("element", ["article", "div"])
def test_a_brief_is_an_article(vendor: str, beside: str, title: str, element: str) -> None:
    """One sentence under a headline tells something, whatever scripts and forms stand beside it."""
    text = f"<{element}><h1>{title}</h1><p>{BRIEFS[title]}</p></{element}>"
    around = BESIDE[beside]
    body = text + around if around is not None else (BESIDE["login"] or "") + text
    assert asked(made(f"{title} – The Alder Post", body, head=VENDORS[vendor])) is None


@pytest.mark.parametrize("vendor", ["onetrust", "piano", "recaptcha"])
@pytest.mark.parametrize(
    "body",
    [
        "<p>The tide is gone,<br>not found the shore,<br>the lamp is on,<br>we wait no more.</p>",
        "<p>The tide is gone,</p><p>and on the shore</p><p>a lamp is on.</p><p>We wait on.</p>",
        "<figure><img><figcaption>The pier at dusk. Photo: A. Berg</figcaption></figure>"
        "<figure><img><figcaption>The last ferry</figcaption></figure>",
    ],
)
def test_poems_and_pictures_are_articles(body: str, vendor: str) -> None:
    """Lines too short for sentences are what a poem and a picture story are made of."""
    page = made("Evening – The Alder Post", f"<h1>Evening</h1>{body}", head=VENDORS[vendor])
    assert asked(page) is None


@pytest.mark.parametrize(("more", "reason"), [(-1, "consent wall (OneTrust)"), (0, None)])
def test_what_is_told_has_a_length(more: int, reason: str | None) -> None:
    """A first line of so many signs behind the headline tells something; a shorter one may be a
    button.
    """
    line = "x" * (counting.TOLD + more)
    page = made("Quake – Post", f"<h1>Quake</h1><p>{line}</p>", head=VENDORS["onetrust"])
    assert asked(page) == reason


@pytest.mark.parametrize(
    ("signs", "told"), [(counting.HEADLINE, True), (counting.HEADLINE - 1, False)]
)
def test_a_headline_without_its_element(signs: int, told: bool) -> None:
    """On an old page the line that the title names is the headline, if it is long enough."""
    title = "Pier closes in " + "x" * (signs - 15)
    page = made(f"{title} | Post", f"<b>{title}</b><p>It does so in April.</p>")
    found = asked(page.replace(b"</title>", b"</title>" + VENDORS["onetrust"].encode()))
    assert (found is None) is told


@pytest.mark.parametrize(("count", "lines"), [(shown.VERSES, 1), (shown.VERSES - 1, 3)])
def test_lines_with_breaks_between_them(count: int, lines: int) -> None:
    """Four lines and more with breaks between them are one text, fewer stay apart."""
    assert len(shown.look("<br>".join(["one line"] * count)).lines) == lines


@pytest.mark.parametrize(("more", "suspected"), [(-1, True), (0, False)])
def test_little_text_beside_a_way_to_the_front_page(more: int, suspected: bool) -> None:
    """A page of some other title, with a link to the front page and little text, is no article."""
    text = "x" * (emptiness.BARE + more)
    page = made("The Alder Post", f'<h1>Zut</h1><p>{text}</p><a href="/">.</a>')
    assert (asked(page) == "little text beside a way to the front page") is suspected
    assert asked(page.replace(b'"/"', b'"/a"')) is None
    assert asked(page.replace(b"The Alder Post", b"Zut | The Alder Post")) is None


@pytest.mark.parametrize("element", ["h1", "div", "b"])
def test_the_name_of_the_site_is_no_headline(element: str) -> None:
    """What stands on every page of a site does not make a wall an article."""
    masthead = f"<{element}>The Alder Post</{element}>"
    line = "<p>You decide how you would like to read us today, dear reader.</p>"
    body = f"{masthead}{line}<p>We and our partners use cookies.</p><button>Accept all</button>"
    assert asked(made("The Alder Post", body)) is not None


@pytest.mark.parametrize("signs", [counting.HEADLINE - 1, counting.HEADLINE])
def test_a_title_that_is_all_headline(signs: int) -> None:
    """An h1 that is the whole title is a headline where it is longer than a site's name."""
    title = "Pier closes in " + "x" * (signs - 15)
    page = made(title, f"<h1>{title}</h1><p>It does so in April.</p>", head=VENDORS["onetrust"])
    assert (asked(page) is None) is (signs == counting.HEADLINE)
