"""Tests of `archive.article.contradictions`: conflicts are those worth a reader's look, and all."""

from __future__ import annotations

import pytest

from archive.article import Claim, Claims

Row = tuple[str, str, str] | tuple[str, str, str, str]

TRUE: list[list[Row]] = [
    [
        ("headline", "visible-text", "Council saves money on the old ferry pier"),
        ("headline", "jsonld", "Council closes the old ferry pier"),
    ],
    [
        ("headline", "visible-text", "Storm kills 14 in Norhaven"),
        ("headline", "opengraph", "Storm kills 41 in Norhaven"),
    ],
    [
        ("headline", "visible-text", "Mayor resigns over ferry contract"),
        ("headline", "jsonld", "Five recipes for a summer evening"),
    ],
    [
        ("headline", "title", "Pier reopens | The Gazette"),
        ("headline", "visible-text", "Pier closes"),
    ],
    [
        ("headline", "visible-text", "議会、古い桟橋を閉鎖へ"),
        ("headline", "jsonld", "議会、古い桟橋を再開へ"),
    ],
    [
        ("headline", "opengraph", "Der Hafen wird im Mai geschlossen"),
        ("headline", "visible-text", "Der Hafen wird im Juni geschlossen"),
    ],
    [("author", "jsonld", "Ada Fernsby"), ("author", "visible-text", "Jon Berg")],
    [("author", "meta", "Ada Fernsby"), ("author", "jsonld", "Marit Olsen and Jon Berg")],
    [("author", "opengraph", "Иван Петров"), ("author", "visible-text", "Анна Сидорова")],
    [("author", "jsonld", "山田太郎"), ("author", "visible-text", "佐藤花子")],
    [
        ("author", "jsonld", "Ada Fernsby, Jon Berg"),
        ("author", "meta", "Ada Fernsby, Marit Olsen"),
    ],
    [("datePublished", "jsonld", "2024-05-03"), ("datePublished", "opengraph", "2024-05-04")],
    [
        ("datePublished", "jsonld", "2024-05-03T10:00:00Z"),
        ("datePublished", "meta", "2024-05-03T12:00:00Z"),
    ],
    [("datePublished", "jsonld", "2024-05-03"), ("datePublished", "visible-text", "3 May 2023")],
    [
        ("datePublished", "time", "2024-05-03T10:00:00+02:00"),
        ("datePublished", "jsonld", "2024-04-03T10:00:00+02:00"),
    ],
    [("datePublished", "meta", "2024-05-03", "/a"), ("datePublished", "meta", "2024-06-03", "/b")],
    [("dateModified", "jsonld", "2024-05-03"), ("dateModified", "opengraph", "2024-06-01")],
    [
        ("dateModified", "visible-text", "4 May 2024"),
        ("dateModified", "jsonld", "2024-05-09T10:00:00Z"),
    ],
    [("publisher", "opengraph", "The Norhaven Gazette"), ("publisher", "jsonld", "Daily Tern")],
    [("publisher", "opengraph", "Washington Post"), ("publisher", "jsonld", "Washington Times")],
    [
        ("url", "link", "https://a.example/news/ferry-pier-closes"),
        ("url", "opengraph", "https://a.example/news/mayor-resigns"),
    ],
    [("inLanguage", "meta", "de"), ("inLanguage", "jsonld", "en-GB")],
    [("isAccessibleForFree", "jsonld", "false"), ("isAccessibleForFree", "microdata", "true")],
    [
        ("license", "link", "https://l.example/licenses/by/4.0/"),
        ("license", "jsonld", "https://l.example/licenses/by-nc/4.0/"),
    ],
    [("copyrightHolder", "jsonld", "Norhaven Media"), ("copyrightHolder", "microdata", "Ann Lee")],
]

UNTRUE: list[list[Row]] = [
    [("publisher", "opengraph", "BILD"), ("publisher", "jsonld", "bild.de")],
    [("publisher", "opengraph", "nationalpost"), ("publisher", "jsonld", "National Post")],
    [("publisher", "opengraph", "Legal Tribune Online"), ("publisher", "meta", "LTO")],
    [("publisher", "opengraph", "Dainik Bhaskar"), ("publisher", "jsonld", "दैनिक भास्कर")],
    [("publisher", "opengraph", "The Tern"), ("publisher", "jsonld", "Tern (Norhaven)")],
    [("publisher", "opengraph", "The Tern"), ("publisher", "tls", "Other Hosting Ltd")],
    [
        ("headline", "title", "Pier closes - News - The Gazette"),
        ("headline", "visible-text", "Pier closes"),
    ],
    [
        ("headline", "visible-text", "Ferry: Pier closes for the winter"),
        ("headline", "jsonld", "Pier closes for the winter"),
    ],
    [
        ("headline", "opengraph", "What the council decided about the pier, and who pays for it"),
        ("headline", "visible-text", "Council closes the old ferry pier for the whole winter"),
    ],
    [
        ("headline", "visible-text", "Pier closes", "(//h1)[1]"),
        ("headline", "visible-text", "Mayor wins", "(//h1)[2]"),
    ],
    [("author", "jsonld", "Ada Fernsby"), ("author", "meta", "Ada Fernsby and Jon Berg")],
    [("author", "jsonld", "The Gazette"), ("author", "visible-text", "Ada Fernsby")],
    [("author", "jsonld", "A. Fernsby"), ("author", "visible-text", "Ada Fernsby")],
    [("author", "jsonld", "Jörg Müller"), ("author", "meta", "Joerg Mueller")],
    [("author", "jsonld", "Fernsby, Ada"), ("author", "meta", "Ada Fernsby")],
    [("author", "jsonld", "Takeo Maeda"), ("author", "visible-text", "前田武雄")],
    [("author", "jsonld", "Ada Fernsby"), ("author", "meta", "admin")],
    [
        ("author", "jsonld", "Ada Fernsby"),
        ("author", "meta", "Daily Tern Sport"),
        ("publisher", "opengraph", "Daily Tern"),
    ],
    [("datePublished", "jsonld", "2024-05-03T10:00Z"), ("datePublished", "time", "2024-05-03")],
    [
        ("datePublished", "jsonld", "2024-05-03T10:00:00Z"),
        ("datePublished", "visible-text", "2024-05-03T12:00"),
    ],
    [
        ("datePublished", "jsonld", "2024-05-03"),
        ("datePublished", "time", "2024-05-03", "/a"),
        ("datePublished", "time", "2021-01-01", "/b"),
    ],
    [
        ("dateModified", "jsonld", "2024-05-03T10:00:00Z"),
        ("dateModified", "opengraph", "2024-05-03T14:00:00Z"),
    ],
    [("dateModified", "http-header", "2024-05-03"), ("dateModified", "jsonld", "2024-05-09")],
    [("inLanguage", "meta", "no"), ("inLanguage", "opengraph", "nb_NO")],
    [
        ("url", "link", "https://www.a.example/news/ferry-pier-closes"),
        ("url", "opengraph", "http://a.example/ferry-pier-closes/?utm=1"),
    ],
    [("url", "link", "https://a.example/x"), ("url", "jsonld", "https://a.example/")],
]


def conflicts(rows: list[Row]) -> list[str]:
    """The properties on which claims contradict each other."""
    claims = [Claim(r[0], r[2], r[1], r[3] if len(r) == 4 else f"/{n}") for n, r in enumerate(rows)]
    return [one.property for one in Claims(tuple(claims)).conflicts()]


@pytest.mark.parametrize("rows", TRUE, ids=lambda rows: f"{rows[0][0]}: {rows[1][2]}")
def test_what_cannot_both_be_true_is_shown(rows: list[Row]) -> None:
    """Two claims about the article that contradict each other are a conflict on their property."""
    assert conflicts(rows) == [rows[0][0]]
    assert conflicts(rows[::-1]) == [rows[0][0]]


@pytest.mark.parametrize("rows", UNTRUE, ids=lambda rows: f"{rows[0][0]}: {rows[1][2]}")
def test_what_is_only_written_otherwise_is_not(rows: list[Row]) -> None:
    """Spellings, wordings for other readers, other stories and what is incomplete are none."""
    assert conflicts(rows) == []


def test_other_nodes_and_what_is_inferred_are_not_compared() -> None:
    """A second article in JSON-LD, and what only stands there, contradict nothing."""
    first = [
        Claim("headline", "Pier closes", "visible-text", "(//h1)[1]"),
        Claim("headline", "Pier closes", "jsonld", "(//script)[1]#$[0].headline"),
        Claim("datePublished", "2024-05-03", "jsonld", "(//script)[1]#$[0].datePublished"),
    ]
    other = [
        Claim("headline", "Mayor wins", "jsonld", "(//script)[1]#$[1].headline"),
        Claim("datePublished", "2021-01-01", "jsonld", "(//script)[1]#$[1].datePublished"),
        Claim("datePublished", "2020-01-01", "visible-text", "//text()", strength="inferred"),
    ]
    assert Claims((*first, *other)).conflicts() == ()
    same = Claim("datePublished", "2021-01-01", "meta", "/m")
    assert [c.property for c in Claims((*first, same)).conflicts()] == ["datePublished"]
