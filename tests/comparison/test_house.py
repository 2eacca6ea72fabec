"""Advertisements of the house are told from news about newspapers, and accuse nobody."""

from __future__ import annotations

import pytest

from archive.comparison import Comparison, Host, compare_sides
from archive.comparison.house import LONGEST, SENTENCES, asks_reader, reads_like_advertisement
from tests.comparison.test_forms import LINES
from tests.comparison.test_noise import FOUR, ONE, THREE, TWO, page, paragraphs

OFFER = "Already a member? Log in to read our archive."
PODCAST = "Our podcast looks behind the headlines, every Tuesday."
NEWS = "The publisher lost 40,000 subscribers in spring, most of them in the valley."


@pytest.mark.parametrize(("code", "line"), LINES["house advertisements"])
def test_an_advertisement_of_the_house_reads_like_one(code: str, line: str) -> None:
    """It calls on its reader, or speaks to them of what the house offers or asks for."""
    assert reads_like_advertisement(line, code)


@pytest.mark.parametrize(("code", "line"), LINES["news of the trade"])
def test_news_of_subscriptions_and_apps_is_no_advertisement(code: str, line: str) -> None:
    """Who tells of newsletters, apps and members speaks to nobody, and offers nothing."""
    assert not reads_like_advertisement(line, code)


@pytest.mark.parametrize(
    "line",
    [
        "“Our subscribers come first”, the publisher said.",
        "You cannot cross the bridge before June.",
        "The newsletter named nine informants.",
        "Two members of the US military were hurt.",
    ],
)
def test_one_sign_alone_is_not_enough(line: str) -> None:
    """Neither an address nor a subject by itself makes an advertisement, nor quoted words."""
    assert not reads_like_advertisement(line, "en")


NOTICES = {
    "en": ["Please disable your ad blocker", "Ads keep us free.", "Are you over 18?",
           "Turn on notifications to get the latest.", "Please enable JavaScript."],
    "de": ["Bitte deaktivieren Sie Ihren Werbeblocker", "Sind Sie über 18?",
           "Möchten Sie Benachrichtigungen erlauben?"],
    "fr": ["Veuillez désactiver votre bloqueur de publicité", "Avez-vous plus de 18 ans ?"],
    "es": ["Por favor, desactiva tu bloqueador de anuncios", "¿Es usted mayor de 18 años?"],
    "sv": ["Är du över 18 år?", "Stäng av din annonsblockerare"],
    "pl": ["Wyłącz blokowanie reklam", "Czy masz ukończone 18 lat?"],
    "ru": ["Отключите блокировку рекламы", "Вам есть 18 лет?"],
    "tr": ["Lütfen reklam engelleyiciyi kapatın"],
}  # fmt: skip
TOLD = {
    "en": [
        "The maker of the ad blocker lost in court.",
        "Over 18 died when the mill burned down.",
        "Ad blockers cost publishers 12 million last year.",
        "Two of the dead were over 18.",
    ],
    "de": ["Der Werbeblocker verlor vor Gericht.", "Über 18 Menschen starben."],
    "fr": ["Le bloqueur de publicité a perdu son procès.", "Plus de 18 personnes sont mortes."],
    "es": ["El bloqueador de anuncios perdió el juicio.", "Murieron más de 18 personas."],
    "ru": ["Блокировку рекламы запретили в суде."],
}


def _lines(told: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(code, line) for code, lines in told.items() for line in lines]


@pytest.mark.parametrize(("code", "line"), _lines(NOTICES))
def test_a_notice_over_an_article_asks_its_reader(code: str, line: str) -> None:
    """To let advertisements through, to tell an age, to allow messages: nobody edits there."""
    assert asks_reader(line, code)
    found = compare_sides(page(paragraphs(ONE, TWO)), page(paragraphs(ONE, TWO, line)))
    assert found.changes
    assert found.silent is None or code != "en"


@pytest.mark.parametrize(("code", "line"), _lines(TOLD))
def test_news_of_blockers_and_of_ages_asks_nobody(code: str, line: str) -> None:
    """A sentence that tells of such things is the article's."""
    assert not asks_reader(line, code)
    assert compare_sides(page(paragraphs(ONE, TWO)), page(paragraphs(ONE, TWO, line))).silent


def test_an_advertisement_in_capitals_is_one() -> None:
    """Where all is in capitals *US* speaks of the house."""
    assert reads_like_advertisement("OUR MEMBERS READ US FIRST", "en")


def test_a_polite_address_is_one_only_with_a_capital() -> None:
    """*Sie* inside a German sentence speaks to its reader; *sie* tells of others."""
    assert reads_like_advertisement("Als Abonnent lesen Sie ohne Werbung.", "de")
    assert not reads_like_advertisement("Als Abonnenten lasen sie ohne Werbung.", "de")
    assert not reads_like_advertisement("Sie lasen ohne Werbung.", "de")


def test_the_longest_advertisement_is_one_and_a_longer_one_is_not() -> None:
    """The bounds of length and of sentences, on both sides."""
    line = "Our podcast looks behind " + "the news " * 30
    assert reads_like_advertisement(line[:LONGEST], "en")
    assert not reads_like_advertisement(line[: LONGEST + 1], "en")
    short = "Our podcast is new. "
    assert reads_like_advertisement(short * SENTENCES, "en")
    assert not reads_like_advertisement(short * (SENTENCES + 1), "en")


def compared(before: tuple[str, ...], after: tuple[str, ...]) -> Comparison:
    """Two pages of these paragraphs, with no other page of the host known."""
    return compare_sides(page(paragraphs(*before)), page(paragraphs(*after)))


def test_nobody_is_accused_of_another_advertisement() -> None:
    """Where only such paragraphs came or went it is a change, and silence is not judged."""
    found = compared((ONE, OFFER, TWO, THREE), (ONE, TWO, PODCAST, THREE))
    assert not found.same
    assert found.silent is None
    assert found.silent_reason == "all that came or went may be an advertisement of the house"


def test_news_beside_an_advertisement_is_judged() -> None:
    """An edit beside such a paragraph is silent, and so is news of the trade that came alone."""
    assert compared((ONE, OFFER, TWO, THREE), (ONE, PODCAST, TWO, FOUR)).silent is True
    assert compared((ONE, TWO, THREE), (ONE, NEWS, TWO, THREE)).silent is True


def test_only_a_call_is_of_the_host_whose_pages_call() -> None:
    """Beside other pages with advertisements a call is no change; a paragraph like one still is."""
    host = Host.of([f"{FOUR}\nSign up for our letter.\n{FOUR}\n", f"{FOUR}\n"])
    sides = page(paragraphs(ONE, TWO, THREE)), page(paragraphs(ONE, "Join us today.", TWO, THREE))
    assert compare_sides(*sides, host=host).same
    like = page(paragraphs(ONE, PODCAST, TWO, THREE))
    assert not compare_sides(sides[0], like, host=host).same


def test_an_advertisement_that_counts_is_of_the_host_and_news_that_counts_is_not() -> None:
    """Another number, a name of the story make it no change; news of the host is one."""
    before = page(
        paragraphs(ONE, TWO, THREE, "The council met on Tuesday to hear of it all again.")
    )
    for line, same in (
        ("You have {} free articles left until Tuesday.", True),
        (NEWS + " {}", False),
    ):
        host = Host.of([f"{FOUR}\n{line.format(7)}\n{FOUR}\n"])
        after = paragraphs(ONE, line.format(3), TWO, THREE)
        after += "<p>The council met on Tuesday to hear of it all again.</p>"
        assert compare_sides(before, page(after), host=host).same is same


BANNERS = (
    "Diese Website verwendet Cookies. Mit der Nutzung stimmen Sie zu.",
    "By clicking “Accept all”, you agree to the storing of cookies on your device.",
    "Usamos cookies para melhorar a sua experiência.",
    "当サイトではクッキーを使用しています。",
)


@pytest.mark.parametrize("line", BANNERS)
def test_a_banner_that_asks_for_consent_accuses_nobody(line: str) -> None:
    """Where it is all that came or went; beside another change, and edited, it excuses nothing."""
    with_banner = page(paragraphs(ONE, TWO, line))
    without = page(paragraphs(ONE, TWO))
    for found in (compare_sides(without, with_banner), compare_sides(with_banner, without)):
        assert not found.same
        assert found.silent is None
        assert "asks for consent" in (found.silent_reason or "")
    assert compare_sides(without, page(paragraphs(ONE, THREE, TWO, line))).silent
    assert compare_sides(with_banner, page(paragraphs(ONE, TWO, FOUR))).silent


@pytest.mark.parametrize(
    "line",
    [
        "The court fined the firm 4 million because its site set cookies before anybody agreed.",
        "“We use cookies”, the baker says, and laughs; she sold nine hundred of them in May.",
        "Wer Cookies ablehnt, darf künftig nicht ausgesperrt werden, entschied das Gericht.",
    ],
)
def test_news_of_cookies_is_an_edit(line: str) -> None:
    """Who tells of cookies and consent asks for none."""
    before, after = page(paragraphs(ONE, TWO)), page(paragraphs(ONE, TWO, line))
    assert compare_sides(before, after).silent
