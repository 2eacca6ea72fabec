"""Pages whose authors, dates or title were once read wrongly, each with its right value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from archive.article import derive, extract

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "cases" / "text"

CASES: dict[str, dict[str, Any]] = {
    "A1": {"authors": ("Ada Fernsby",)},
    "A4": {"authors": ("Jon Berg",)},
    "A6": {"authors": ("Chris Austin",), "published": "2014-11-13"},
    "A8": {
        "authors": ("Ada Fernsby",),
        "published": "2021-09-28T00:35",
        "modified": "2021-10-01T15:50",
    },
    "A9": {"authors": ("Ada Fernsby", "Marit Olsen")},
    "S3f": {"authors": ("Ada Fernsby", "Jon Berg")},
    "A12": {"authors": ("Somchai Prasert",), "published": "2020-09-07T04:00"},
    "A23": {"authors": ("山田太郎",)},
    "A23b": {"authors": ("王小明", "李华")},
    "A23c": {"authors": ("أحمد علي",)},
    "A23d": {"authors": ("דנה לוי",)},
    "G32": {"authors": ("김민수",)},
    "A25": {"authors": ("Ludwig van der Berg", "Siobhán O'Neill-Smith", "Jean-Luc d’Arcy")},
    "S3b": {"authors": ("Khalid al-Masri", "Ahmed el-Sayed")},
    "G38": {"authors": ("Marie Dupont", "Jean d’Ormesson")},
    "G41": {"authors": ("Jan van den Berg", "Sanne ’t Hart")},
    "A27": {"authors": ("Emily Post", "Ian Press"), "organisations": None},
    "S2b": {"authors": ("Norhaven Ray",), "organisations": None},
    "G2": {"authors": None, "organisations": None},
    "G3": {"authors": None, "organisations": None},
    "G7": {"authors": ("Ada Fernsby",), "organisations": None},
    "G12": {"authors": ("Ada Fernsby",), "organisations": None},
    "G33": {"authors": ("Ada Fernsby",), "published": "2024-05-03"},
    "G36": {"authors": ("Ada Fernsby",), "published": "2024-05-03"},
    "G37": {"authors": ("Ada Fernsby",), "modified": "2024-05-03"},
    "G48": {"authors": ("Ada Fernsby",)},
    "D1b": {"published": "2023-01-02"},
    "D2": {"published": "2020-02-20T10:30", "modified": "2020-02-21T08:05"},
    "D2b": {"published": "2024-03-03T14:05"},
    "D2c": {"published": "2024-05-03T14:05"},
    "D13": {"published": None},
    "D13b": {"published": None},
    "S1": {"published": None, "authors": ("Ada Fernsby",)},
    "D15": {"published": "2024-05-03T16:40", "modified": "2024-05-04T09:00"},
    "S6b": {"published": "2024-05-03T16:40:00"},
    "D19": {"published": "2024-05-03T00:05"},
    "D18": {"published": "2024-05-03T10:00:00+00:00", "modified": "2024-05-04T10:00:00+00:00"},
    "S4": {
        "title": "Council closes the old ferry pier",
        "authors": ("Ada Fernsby",),
        "published": "2024-05-03",
    },
    "D20": {"published": "2024-05-03"},
    "D8b": {"published": "2021-05-19"},
    "T2": {"title": "ARM : what the new chip changes for small boats"},
    "S5b": {"title": "How I repaired my boat"},
    "S5c": {"title": "How I repaired my boat"},
    "T8": {"title": "How I repaired my boat"},
    "T3": {"title": "Council closes the old ferry pier"},
    "T5": {
        "published": "2018-08-27T10:05-07:00",
        "authors": ("Ada Fernsby",),
        "title": "Council Opens Third Ticket Office on the Quay [Update: Opening Hours Set]",
    },
    "T6": {
        "organisations": ("PTI",),
        "authors": None,
        "modified": "2020-02-13T13:10",
        "published": None,
        "title": "Ferry: virus cannot pass to child, study says",
    },
    "more/agency-lower-case": {"authors": ("Ann Example", "Bob Sample"), "organisations": ("dpa",)},
    "more/author-inverted": {"authors": ("Maria Lindqvist", "Samuel Okoro"), "organisations": None},
    "more/byline-text-size": {"authors": ("Maria Lindqvist",)},
    "more/date-colon-property": {"published": "2026-03-05T08:00:00+01:00"},
    "more/date-weekday-first": {"published": "2024-04-25T14:07", "authors": ("Ann Beispiel",)},
    "more/jsonld-two-types": {
        "authors": ("Ann Example",),
        "published": "2026-03-05T08:00:00+01:00",
    },
    "more/meta-person-jsonld-publisher": {"authors": ("Ann Example",), "organisations": None},
    "more/no-h1": {"authors": ("Ann Example",), "published": "2026-03-05"},
    "more/title-fullwidth-colon": {"title": "港湾委員会、古い桟橋を再検討"},
    "more/title-suffix-in-jsonld": {"title": "Board looks again at the old pier"},
    "more/webpage-author": {"authors": ("Ann Example",)},
}


@pytest.mark.parametrize("name", CASES)
def test_a_page_is_read_as_a_careful_reader_would(name: str) -> None:
    """Each view of a case has its right value, or none where the page does not say."""
    content = (FOLDER / f"{name}.html").read_bytes()
    found = extract(content, "text/html; charset=utf-8", "https://news.example/story")
    views = derive(found.claims)
    for view, wanted in CASES[name].items():
        given = getattr(views, view)
        assert (given.value if given else None) == wanted, view


def test_buttons_beside_a_byline_contradict_nothing() -> None:
    """A byline whose element has *Text Size* in it names nobody else than JSON-LD does."""
    content = (FOLDER / "more" / "byline-text-size.html").read_bytes()
    found = extract(content, "text/html; charset=utf-8", "https://news.example/story")
    assert found.claims.conflicts() == ()
