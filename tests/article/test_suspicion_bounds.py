"""From where on a response is looked at, on both sides."""

from __future__ import annotations

import pytest

from archive.article import suspect
from archive.article.suspicion import counting, emptiness, listing, wording
from archive.article.suspicion.shown import look, measure
from archive.languages import read_walls

WALL = b"<p>Subscribe to continue reading</p>"


@pytest.mark.parametrize(("words", "told"), [(299, True), (300, False)])
def test_300_words_are_an_article(words: int, told: bool) -> None:
    """With one fewer it counts what a page says."""
    assert bool(suspect(200, (), WALL, words)) is told


@pytest.mark.parametrize(("more", "told"), [(0, True), (1, False)])
def test_a_mebibyte_of_a_page_is_searched(more: int, told: bool) -> None:
    """What ends behind it is not seen."""
    mark = b"px-captcha"
    page = b" " * (1_048_576 - len(mark) + more) + mark
    assert bool(suspect(403, (), page, 0)) is told


@pytest.mark.parametrize(
    ("status", "refused"),
    [
        *((code, True) for code in (401, 402, 403, 405, 406, 429, 451, 503)),
        *((code, False) for code in (200, 400, 404, 407, 428, 430, 450, 452, 502, 504)),
    ],
)
def test_which_statuses_say_that_a_page_was_refused(status: int, refused: bool) -> None:
    """A field that whole pages carry as well counts with these alone."""
    assert bool(suspect(status, (("X-DataDome", "protected"),), b"", 0)) is refused


def asked(title: str, body: str) -> str | None:
    """What is suspected of a short page that came with 200."""
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()
    return suspect(200, (("content-type", "text/html"),), page, 40)


@pytest.mark.parametrize(
    ("size", "reason"),
    [
        (emptiness.NOTHING - 1, "login page (its form)"),
        (emptiness.NOTHING, "little text beside a form"),
    ],
)
def test_a_page_of_fewer_than_60_signs_shows_nothing(size: int, reason: str) -> None:
    """Its markup says what it is; with one sign more it is a page with little text."""
    assert asked("Zut", f'<p>{"x" * size}</p><input type="password">') == reason


@pytest.mark.parametrize(
    ("size", "reason"),
    [(wording.ALONE - 1, "challenge page (its words)"), (wording.ALONE, None)],
)
def test_beside_a_wall_s_words_stand_fewer_than_60_signs(size: int, reason: str | None) -> None:
    """With as many a page may tell something."""
    wall = "<p>Verify you are human</p>"
    assert asked("Zut", f"{wall}<p>{'x' * size}</p>") == reason


@pytest.mark.parametrize(
    ("size", "reason"),
    [(wording.NAMED - 1, "page not found (its title)"), (wording.NAMED, None)],
)
def test_a_page_named_as_missing_has_fewer_than_600_signs(size: int, reason: str | None) -> None:
    """With as many it may be an article that is called so."""
    assert asked("Page not found", f"<p>{'x' * size}</p>") == reason


@pytest.mark.parametrize(
    ("size", "reason"),
    [(wording.ANSWER, "consent wall (its words)"), (wording.ANSWER + 1, None)],
)
def test_what_one_presses_to_consent_has_40_signs(size: int, reason: str | None) -> None:
    """A longer line is no answer, however much of it says *accept all*."""
    lines = (
        "<p>It is for you alone to say who of us may look at what you read, said the old"
        " shop, and gave a manage preferences page of many hundred names to all who came.</p>"
        "<p>There we value your privacy, it was told on its wall in small letters, for as long"
        " as nobody comes to ask what that may mean to those who read, or to those who sell.</p>"
    )
    answer = ("accept all " * 3).ljust(size, "x")
    assert asked("Zut", f"{lines}<button>{answer}</button>") == reason


@pytest.mark.parametrize(
    ("size", "reason"),
    [(counting.SENTENCE - 1, "challenge page (its words)"), (counting.SENTENCE, None)],
)
def test_a_line_of_40_signs_is_a_sentence(size: int, reason: str | None) -> None:
    """Two of them stand beside a wall's words; shorter ones count for nothing."""
    line = f"<p>{'x' * size}</p>"
    assert asked("Zut", f"<p>Verify you are human</p>{line * 2}") == reason


def consenting(count: int) -> str:
    """So many phrases about consent."""
    phrases = ["we value your privacy", "accept all cookies", "manage preferences", "reject all"]
    return " ".join(phrases[:count])


def covered(line: str) -> int:
    """How many signs the phrases about consent in a line have, each counted once."""
    return sum(len(one) for one in read_walls()["consent"] if one in line)


@pytest.mark.parametrize(("size", "asks"), [(counting.STATED, True), (counting.STATED + 1, False)])
def test_a_line_of_a_wall_has_220_signs(size: int, asks: bool) -> None:
    """In a longer one the same words are told of."""
    line = f"{consenting(4)} ".ljust(size, "x")
    assert counting.SHARE * covered(line) > size
    assert counting.asks_consent(line) is asks


@pytest.mark.parametrize(("more", "asks"), [(0, True), (1, False)])
def test_a_quarter_of_a_wall_s_line_is_its_words(more: int, asks: bool) -> None:
    """With one sign less than that they are told of."""
    words = f"{consenting(1)} "
    assert counting.asks_consent(words.ljust(counting.SHARE * covered(words) + more, "x")) is asks


@pytest.mark.parametrize(
    ("size", "reason"), [(counting.VERSE, None), (counting.VERSE - 1, "consent wall (OneTrust)")]
)
def test_four_lines_of_ten_signs_tell_something(size: int, reason: str | None) -> None:
    """Of nine they are buttons."""
    vendor = '<script src="https://cdn.cookielaw.org/otSDKStub.js"></script>'
    lines = "".join(f"<p>{sign * size}</p>" for sign in "abcd")
    title = "The pier of Norhaven closes"
    assert asked(title, f"{vendor}<h1>{title}</h1>{lines}") == reason


def listed(count: int = listing.STORIES) -> str:
    """So many stories, each with its headline that leads there, and a lead."""
    story = '<h2><a href="/{0}">Story number {0} of the town</a></h2><p>{1}</p>'
    return "".join(
        story.format(at, f"The lead of story {at} ".ljust(50, "x")) for at in range(count)
    )


@pytest.mark.parametrize(
    ("size", "reason"), [(listing.PARAGRAPH - 1, "list of stories"), (listing.PARAGRAPH, None)]
)
def test_a_line_of_300_signs_is_an_article_s(size: int, reason: str | None) -> None:
    """Beside shorter ones stories are a list."""
    assert asked("Zut", f"{listed()}<p>{'x' * size}</p>") == reason


@pytest.mark.parametrize(
    ("size", "reason"), [(listing.BEFORE - 1, "list of stories"), (listing.BEFORE, None)]
)
def test_before_a_list_of_stories_stand_fewer_than_60_signs(size: int, reason: str | None) -> None:
    """As many are an article, and the stories are beside it."""
    assert asked("Zut", f"<p>{'x' * size}</p>{listed()}") == reason


@pytest.mark.parametrize(
    ("size", "reason"), [(listing.HEADLINE, "list of stories"), (listing.HEADLINE - 1, None)]
)
def test_a_link_of_20_signs_may_be_a_headline(size: int, reason: str | None) -> None:
    """Twelve of 19 are a menu."""
    words = (f"{at} ".ljust(size, "x") for at in range(listing.LINKS))
    links = "".join(f'<p><a href="/{at}">{word}</a></p>' for at, word in enumerate(words))
    assert asked("Zut", links) == reason


@pytest.mark.parametrize(("more", "reason"), [(0, "list of stories"), (1, None)])
def test_a_page_of_more_than_40_000_signs_is_not_looked_at(more: int, reason: str | None) -> None:
    """Of a page of as many it is said what it is."""
    size = sum(map(measure, look(f"<html><head></head><body>{listed()}</body></html>").lines))
    lines, rest = divmod(wording.LONGEST - size + more, 200)
    body = listed() + f"<p>{'x' * 200}</p>" * lines + f"<p>{'x' * rest}</p>"
    assert asked("Zut", body) == reason


@pytest.mark.parametrize(
    ("second", "reason"),
    [("reject all", "consent wall (its words)"), ("reject some", "little text beside a form")],
)
def test_who_asks_for_consent_says_so_in_two_phrases(second: str, reason: str) -> None:
    """One alone, beside what there is to press, may be a story's."""
    line = f"Whether they accept all of it or {second} of it, ".ljust(200, "x")
    found = [one for one in read_walls()["consent"] if one in line.casefold()]
    assert len(found) == wording.ASKED - (second == "reject some")
    assert asked("Zut", f"<p>{line}</p><button>accept all</button>") == reason
