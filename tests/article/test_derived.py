"""Tests of `archive.article.derived`, of conflicts, and of dates and names they stand on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Claim, Claims, derive
from archive.article.bylines import names
from archive.article.dates import agree, instant, iso, same_moment
from archive.article.names import agency, is_organisation
from archive.article.signals.finder import normal_form
from tests.article.pages import extracted, fold, truths


def claims(*rows: tuple[str, str, str]) -> Claims:
    """Claims of these properties, signals and values, dates and lines in normal form."""
    made = []
    for term, signal, value in rows:
        normal = normal_form(term, value)
        form = None if normal == value else normal
        made.append(Claim(term, value, signal, "/", (0, 1), normalized=form))
    return Claims(tuple(made))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T15:47:42.389Z", "2024-05-03T15:47:42.389+00:00"),
        ("2024-05-03T15:47:42+0200", "2024-05-03T15:47:42+02:00"),
        ("2024-05-03 15:47", "2024-05-03T15:47"),
        ("2024-05-03T15:47:42+02:00[Europe/Berlin]", "2024-05-03T15:47:42+02:00"),
        ("Fri, 03 May 2024 10:00:00 GMT", "2024-05-03T10:00:00+00:00"),
        ("Fri, 3 May 2024 10:00:00 -0400", "2024-05-03T10:00:00-04:00"),
        (
            "Fri May 03 2024 17:52:31 GMT+0000 (Coordinated Universal Time)",
            "2024-05-03T17:52:31+00:00",
        ),
        ("May 3, 2024 4:23pm", "2024-05-03T16:23"),
        ("May 3, 2024 12:05 AM EDT", "2024-05-03T00:05-04:00"),
        ("May 3, 2024 12:05 AM EST", "2024-05-03T00:05-05:00"),
        ("May 3, 2024 10:00 CST", "2024-05-03T10:00"),
        ("3 May 2024 10:05 PM EST", "2024-05-03T22:05"),
        ("2024-05-03 10:00 CST", "2024-05-03T10:00"),
        ("Fri, 03 May 2024 10:00:00 EST", "2024-05-03T10:00:00-05:00"),
        ("Fri May 03 2024 10:00:00 GMT+0800 (CST)", "2024-05-03T10:00:00+08:00"),
        ("03.05.2024, 10:00 Uhr", "2024-05-03T10:00"),
        ("3. 5. 2024", "2024-05-03"),
        ("20240503", "2024-05-03"),
        ("20240503T101500Z", "2024-05-03T10:15:00+00:00"),
        ("2024年5月3日 10時15分", "2024-05-03T10:15"),
        ("1714732200", "2024-05-03T10:30:00+00:00"),
        ("1714732200500", "2024-05-03T10:30:00.500+00:00"),
        ("171473220050٣", None),
        ("03/04/2024", None),
        ("2024-13-03", None),
        ("2024-05-03T24:00:00Z", None),
        ("2024-02-30", None),
        ("10:00", None),
        ("3 hours ago", None),
        ("yesterday", None),
        ("0001-01-01T00:00:00Z", None),
        ("", None),
    ],
)
def test_dates(text: str, expected: str | None) -> None:
    """A date has exactly as much as is stated, and what is not certain has no normal form."""
    assert iso(text) == expected


YEARS = datetime(1800, 1, 2), datetime(2200, 12, 30)


@given(st.datetimes(*YEARS) | st.datetimes(*YEARS, timezones=st.just(UTC)))
def test_iso_dates_come_back(moment: datetime) -> None:
    """What `isoformat` writes is read as the same moment, zone or none."""
    written = iso(moment.isoformat())
    assert written is not None
    assert datetime.fromisoformat(written) == moment
    assert (instant(written) is None) == (moment.tzinfo is None)


@given(st.text(max_size=90))
def test_any_text_has_a_date_or_none(text: str) -> None:
    """No text makes the reader fail; what it gives is ISO 8601."""
    written = iso(text)
    assert written is None or datetime.fromisoformat(written)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Doe", ["Jane Doe"]),
        ("By Jane Doe and Joe Roe", ["Jane Doe", "Joe Roe"]),
        ("Von Dr. Jane Doe, Joe Roe und Ann Poe", ["Dr. Jane Doe", "Joe Roe", "Ann Poe"]),
        ("Jane Doe, Political Editor", ["Jane Doe"]),
        ("Par Jane Doe et Joe Roe (avec AFP)", ["Jane Doe", "Joe Roe"]),
        ("Jane Doe / AFP", ["Jane Doe", "AFP"]),
        ("Por José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("구현모 기자", ["구현모"]),
        ("大渡 美咲", ["大渡 美咲"]),
        ("牛镛、岳弘彬", ["牛镛", "岳弘彬"]),
        ("Jane Doe jane@example.org", ["Jane Doe"]),
        ("https://www.example.org/jane", []),
        ("Jane O’Regan-Smith", ["Jane O’Regan-Smith"]),
        ("Political Editor", []),
        ("Staff writer", []),
        ("By Environment editor", []),
        ("Brussels Correspondent", []),
        ("Editor-in-chief", []),
        ("Redakteurin", []),
        ("Political Editor, Jane Doe", ["Jane Doe"]),
        ("The Editors", ["The Editors"]),
        ("News Staff", ["News Staff"]),
        ("Anthony Head", ["Anthony Head"]),
        ("AP writer", ["AP writer"]),
        ("", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    """Bylines are taken apart; titles, addresses and By are no names."""
    assert names(text) == expected


@given(st.text(max_size=200))
def test_any_text_has_names_or_none(text: str) -> None:
    """No byline makes the reader fail, and no name is longer than the byline."""
    assert all(0 < len(name) <= len(text) for name in names(text))


def test_organisations_and_agencies() -> None:
    """Agencies and newsrooms are organisations, people are not."""
    assert agency("(dpa)") == "dpa"
    assert agency("Agence France-Presse") == "AFP"
    assert agency("Jane Doe") is None
    assert all(map(is_organisation, ["Reuters", "Redaktion", "Example News", "example.com", "LTO"]))
    assert not any(map(is_organisation, ["Jane Doe", "Ann Posted", "大渡 美咲"]))


AUTHORS = [
    ([("author", "jsonld", "Jane Doe"), ("author", "meta", "Joe Roe")], ("Jane Doe",), None),
    ([("author", "meta", "Jane Doe"), ("author", "meta", "Reuters")], ("Jane Doe",), ("Reuters",)),
    (
        [
            ("author", "jsonld", "The Example"),
            ("publisher", "jsonld", "The Example"),
            ("author", "visible-text", "Jane Doe"),
        ],
        ("Jane Doe",),
        None,
    ),
    (
        [
            ("author", "jsonld", "Jane Doe"),
            ("author", "jsonld", "news.example"),
            ("url", "link", "https://www.news.example/a"),
        ],
        ("Jane Doe",),
        None,
    ),
    ([("author", "jsonld", "Example"), ("publisher", "meta", "Example")], None, ("Example",)),
    ([("author", "opengraph", "https://social.example/jane")], None, None),
    ([("author", "meta", "Political Editor")], None, None),
    (
        [("author", "meta", "Staff writer"), ("author", "visible-text", "Jane Doe")],
        ("Jane Doe",),
        None,
    ),
    ([], None, None),
]


@pytest.mark.parametrize(("rows", "people", "organisations"), AUTHORS)
def test_authors(
    rows: list[tuple[str, str, str]],
    people: tuple[str, ...] | None,
    organisations: tuple[str, ...] | None,
) -> None:
    """People and organisations stand apart; a byline's people go before the publisher."""
    views = derive(claims(*rows))
    assert (views.authors.value if views.authors else None) == people
    assert (views.organisations.value if views.organisations else None) == organisations


def test_every_view_names_its_rule_claim_and_losers() -> None:
    """A view's claim says what the view says; the others of that property say something else."""
    found = claims(
        ("headline", "opengraph", "A storm | Example"),
        ("headline", "visible-text", "A storm"),
        ("author", "meta", "Jane Doe"),
        ("author", "visible-text", "Joe Roe"),
        ("publisher", "opengraph", "Example"),
        ("datePublished", "jsonld", "2024-05-03"),
        ("datePublished", "opengraph", "2024-05-03T10:00:00+02:00"),
        ("datePublished", "time", "2024-05-01"),
        ("dateModified", "time", "2024-05-04"),
        ("inLanguage", "meta", "en"),
        ("license", "link", "https://l.example"),
        ("usageInfo", "meta", "x"),
    )
    views = derive(found).to_json()
    assert views["title"] == {
        "value": "A storm",
        "rule": "h1 within og:title",
        "claim": 1,
        "others": [0],
    }
    assert views["authors"] == {
        "value": ["Jane Doe"],
        "rule": "authors of meta",
        "claim": 2,
        "others": [3],
    }
    assert views["published"]["value"] == "2024-05-03T10:00:00+02:00"
    assert views["published"]["claim"] == 6
    assert views["published"]["others"] == [7]
    assert (views["modified"]["value"], views["language"]["value"]) == ("2024-05-04", "en")
    assert views["licence"]["value"] == "https://l.example"
    assert (views["publisher"]["value"], views["organisations"]) == ("Example", None)
    assert views["reservations"] is None


def test_reservations() -> None:
    """What robots and machines are refused is listed; what is allowed is not."""
    rows = [
        Claim("usageInfo", value, "meta", "/", normalized=f"{name}={value}")
        for name, value in [
            ("robots", "index, follow"),
            ("robots", "max-image-preview:large"),
            ("robots", "noai, noimageai"),
            ("tdm-reservation", "0"),
            ("tdm-reservation", "1"),
            ("tdm-policy", "https://p.example"),
        ]
    ]
    view = derive(Claims(tuple(rows))).reservations
    assert view is not None
    assert view.value == (
        "robots=noai, noimageai",
        "tdm-reservation=1",
        "tdm-policy=https://p.example",
    )


@pytest.mark.parametrize(
    ("rows", "conflicts"),
    [
        ([("headline", "h", "A"), ("headline", "o", "a")], []),
        ([("headline", "h", "A"), ("headline", "o", "B")], [("headline", (0, 1))]),
        ([("datePublished", "a", "2024-05-03"), ("datePublished", "b", "2024-05-03T10:00Z")], []),
        (
            [
                ("datePublished", "a", "2024-05-03T10:00Z"),
                ("datePublished", "b", "2024-05-03T12:00+0200"),
            ],
            [],
        ),
        (
            [
                ("datePublished", "a", "2024-05-03T10:00Z"),
                ("datePublished", "b", "2024-05-03T12:00Z"),
            ],
            [("datePublished", (0, 1))],
        ),
        ([("dateModified", "http-header", "2024-05-03"), ("dateModified", "b", "2024-05-04")], []),
        (
            [
                ("author", "a", "Jane Doe"),
                ("author", "a", "Joe Roe"),
                ("author", "b", "Joe Roe & Jane Doe"),
            ],
            [],
        ),
        ([("author", "a", "Jane Doe"), ("author", "b", "Joe Roe")], [("author", (0, 1))]),
        ([("inLanguage", "a", "en-GB"), ("inLanguage", "b", "en_US")], []),
        ([("url", "a", "https://www.a.example/"), ("url", "b", "http://a.example")], []),
        (
            [("url", "a", "https://a.example/x"), ("url", "b", "https://a.example/y")],
            [("url", (0, 1))],
        ),
        ([("description", "a", "x"), ("description", "b", "y")], []),
    ],
)
def test_conflicts(
    rows: list[tuple[str, str, str]], conflicts: list[tuple[str, tuple[int, ...]]]
) -> None:
    """Claims that cannot both be true are a conflict; other spellings of one thing are none."""
    assert [(c.property, c.claims) for c in claims(*rows).conflicts()] == conflicts


def test_same_moment_is_symmetric() -> None:
    """Whether two dates agree does not depend on their order."""
    for one, other in [("2024-05-03", "2024-05-03T10:00"), ("2024-05-03T10:00Z", "2024-05-04")]:
        assert same_moment(one, other) == same_moment(other, one)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("2024-05-03T12:00+02:00", "2024-05-03T12:00", True),
        ("2024-05-03T12:00+02:00", "2024-05-03T10:00:30", True),
        ("2024-05-03T12:00+02:00", "2024-05-03T11:00", False),
        ("2024-05-03T23:30-04:00", "2024-05-04T03:30", True),
        ("2024-05-03T10:00Z", "2024-05-03T12:00", True),
        ("2024-05-03T22:00:00Z", "2024-05-04T03:45", True),
        ("2024-05-03T10:00Z", "2024-05-03T12:07", False),
        ("2024-05-03T10:00Z", "2024-05-04T10:00", False),
        ("2024-05-03T10:00Z", "2024-05-04", False),
        ("2024-05-03T10:00", "2024-05-03T12:00", False),
        ("2024-05-03T10:00Z", "2024-05-03T12:00Z", False),
        ("2024-05-03T10:00Z", "the day after tomorrow", False),
    ],
)
def test_dates_agree_where_some_zone_makes_them_one(one: str, other: str, wanted: bool) -> None:
    """A time without a zone contradicts one with a zone only where no zone can be meant."""
    assert agree(one, other) is agree(other, one) is wanted
    rows = [("datePublished", "meta", one), ("datePublished", "jsonld", other)]
    assert bool(claims(*rows).conflicts()) is (not wanted and iso(other) is not None)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.integers(-48, 56))
def test_one_moment_with_and_without_its_zone_agrees(moment: datetime, quarters: int) -> None:
    """A moment in UTC agrees with the clock of every zone at that moment, and with itself."""
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    clock = moment.replace(tzinfo=None) + quarters * timedelta(minutes=15)
    assert agree(moment.isoformat(), clock.isoformat())
    assert agree(moment.isoformat(), moment.isoformat())


def test_views_of_real_pages() -> None:
    """Of 114 pages at least 101 titles, 113 days and 108 author sets are right."""
    title = day = people = 0
    for name, truth in truths().items():
        found = extracted()[name].claims
        views = derive(found)
        title += views.title is not None and fold(str(views.title.value)) == fold(truth["title"])
        if views.published:
            date = str(views.published.value)
            day += date[:10] == truth["publishing_date"][:10] or instant(date) == instant(
                truth["publishing_date"]
            )
            assert found[views.published.claim].line() == date
        named = [n for v in (views.authors, views.organisations) if v for n in v.value]
        people += {plain(n) for n in named} == {plain(n) for n in truth["authors"]}
    assert title >= 101
    assert day >= 113
    assert people >= 108


def plain(name: str) -> str:
    """A name as it is scored: nothing but words."""
    return " ".join("".join(c if c.isalnum() or c == "_" else " " for c in fold(name)).split())


def test_names_that_a_byline_contradicts() -> None:
    """A byline that another signal repeats wins over JSON-LD with other names, logins never win."""
    uploader = (Claim("author", "Kim Roe", "jsonld", "/"), Claim("author", "kim-r", "jsonld", "/"))
    seen = (
        Claim("author", "Ann Lee", "meta", "/"),
        Claim("author", "Ann Lee", "visible-text", "/"),
    )
    alone = derive(Claims(uploader)).authors
    assert alone is not None
    assert alone.value == ("Kim Roe",)
    both = derive(Claims((*uploader, *seen))).authors
    assert both is not None
    assert (both.value, both.others) == (("Ann Lee",), (0, 1))
    unsupported = derive(Claims((*uploader, seen[1]))).authors
    assert unsupported is not None
    assert unsupported.value == ("Kim Roe",)


@pytest.mark.parametrize(
    ("found", "title", "rule"),
    [
        ([("opengraph", "A storm - Daily Tern")], "A storm", "og:title without the publisher"),
        ([("title", "A storm | Daily Tern")], "A storm", "title without the publisher"),
        ([("opengraph", "A storm - Tern")], "A storm - Tern", "og:title"),
        (
            [("visible-text", "Masthead"), ("title", "Why the old bridge is closed")],
            "Why the old bridge is closed",
            "title",
        ),
        ([("opengraph", "A storm…"), ("visible-text", "A storm...")], "A storm...", None),
    ],
)
def test_site_names_are_no_titles(
    found: list[tuple[str, str]], title: str, rule: str | None
) -> None:
    """The publisher's name set off at a title's end goes, and a masthead's h1 is no title."""
    claims = [Claim("headline", value, signal, "/") for signal, value in found]
    view = derive(Claims((*claims, Claim("publisher", "Daily Tern", "jsonld", "/")))).title
    assert view is not None
    assert view.value == title
    assert rule in (None, view.rule)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("7:07 PM EST Nov 19, 2019", "2019-11-19T19:07-05:00"),
        ("10:35 p.m. ET Nov. 19, 2019", "2019-11-19T22:35"),
        ("9:05 Nov 19, 2019", "2019-11-19T09:05"),
    ],
)
def test_dates_with_the_clock_first(written: str, read: str | None) -> None:
    """A clock before an English date is read with the zone it states, but for an unclear one."""
    assert iso(written) == read


def test_degrees_and_links_are_no_names() -> None:
    """What stands behind a name as a degree is no second author."""
    assert names("Ann Lee, MS, RDN") == ["Ann Lee"]
    assert names("Ann Lee, Ph.D. and Bo Roe, M.D.") == ["Ann Lee", "Bo Roe"]
    assert names("MS Dhoni") == ["MS Dhoni"]


def test_a_publisher_beside_people_is_no_author() -> None:
    """The publisher beside people publishes; another organisation beside them has written too."""
    found = derive(
        claims(
            ("author", "jsonld", "Marit Olsen"),
            ("author", "jsonld", "The Example Times"),
            ("author", "jsonld", "Reuters"),
            ("publisher", "jsonld", "The Example Times"),
        )
    )
    assert found.authors is not None
    assert found.authors.value == ("Marit Olsen",)
    assert found.organisations is not None
    assert found.organisations.value == ("Reuters",)
