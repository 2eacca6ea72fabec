"""Tests of `archive.article.bylines` and of dates in words: cut, not thrown away, in any script."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import bylines, calendars, extract
from archive.article.bylines import names, read_byline, read_label
from archive.article.dates import find_dates, iso
from archive.article.rosters import invert, reads_like_name
from archive.languages import LANGUAGES, read_bylines, read_calendar

NAMES: list[tuple[str, list[str]]] = [
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
    ("Ann Lee, MS, RDN", ["Ann Lee"]),
    ("Ann Lee, Ph.D. and Bo Roe, M.D.", ["Ann Lee", "Bo Roe"]),
    ("MS Dhoni", ["MS Dhoni"]),
    ("Ada Fernsby, BBC News, Norhaven", ["Ada Fernsby"]),
    ("Por María José de la Fuente", ["María José de la Fuente"]),
    ("Por María José de la Fuente | Madrid", ["María José de la Fuente"]),
    ("Luis de la Cruz", ["Luis de la Cruz"]),
    ("Ana de la Vega y Luis del Río", ["Ana de la Vega", "Luis del Río"]),
    ("Texto: Ana Ruiz Fotos: Luis Fuente", ["Ana Ruiz"]),
    ("[서울=김민수 기자]", ["김민수"]),
    ("김민수·이영희 기자", ["김민수", "이영희"]),
    ("本报记者 王小明 北京报道", ["王小明"]),
    ("【記者王小明／台北報導】", ["王小明"]),
    ("记者 王小明 报道", ["王小明"]),
    ("(By Ada Fernsby)", ["Ada Fernsby"]),
    ("Fernsby, Ada", ["Ada Fernsby"]),
    ("Lindqvist, Maria; Okoro, Samuel", ["Maria Lindqvist", "Samuel Okoro"]),
    ("van den Berg, Jan", ["Jan van den Berg"]),
    ("Lindqvist, M., Okoro, S. T.", ["M. Lindqvist", "S. T. Okoro"]),
    ("Lindqvist, Maria and Okoro, Samuel", ["Maria Lindqvist", "Samuel Okoro"]),
    ("Ada, Jon and Marit", ["Ada", "Jon", "Marit"]),
    ("Ann Example and Bob Sample, dpa", ["Ann Example", "Bob Sample", "dpa"]),
    ("dpa, Reuters", ["dpa", "Reuters"]),
    ("undefined", []),
    ("null", []),
    ("admin", []),
    ("Text Size", []),
    ("Reviewed by Dr. Med Checker. Written by Ada Fernsby", ["Ada Fernsby"]),
    ("Written by Ada Fernsby, reviewed by Bo Checker", ["Ada Fernsby"]),
    ("By Ada Fernsby Photos by Jon Berg", ["Ada Fernsby"]),
    ("Monday August 27, 2018 10:05 am PDT by Ada Fernsby", ["Ada Fernsby"]),
    ("PTI | Updated: Feb 13, 2020, 13:10 IST", ["PTI"]),
    ("By Ada Fernsby Updated: 1 Oct 2021 3:50 pmPosted: 28 Sep 2021 12:35 am", ["Ada Fernsby"]),
    ("By\nAda Fernsby\nand Jon Berg", ["Ada Fernsby", "Jon Berg"]),
    ("Ada Fernsby\nand Marit Olsen in Norhaven", ["Ada Fernsby", "Marit Olsen"]),
    ("writer: Somchai Prasert", ["Somchai Prasert"]),
    ("文・写真＝山田太郎", ["山田太郎"]),
    ("本报记者 王小明 李华", ["王小明", "李华"]),
    ("كتب: أحمد علي", ["أحمد علي"]),
    ("כתב: דנה לוי", ["דנה לוי"]),
    ("מאת: דנה לוי", ["דנה לוי"]),
    ("김민수 기자 kim@news.example", ["김민수"]),
    (
        "By Ludwig van der Berg, Siobhán O'Neill-Smith and Jean-Luc d’Arcy",
        ["Ludwig van der Berg", "Siobhán O'Neill-Smith", "Jean-Luc d’Arcy"],
    ),
    ("By Khalid al-Masri and Ahmed el-Sayed", ["Khalid al-Masri", "Ahmed el-Sayed"]),
    (
        "Par Marie Dupont et Jean d’Ormesson, envoyés spéciaux à Nordport",
        ["Marie Dupont", "Jean d’Ormesson"],
    ),
    ("Door Jan van den Berg en Sanne ’t Hart", ["Jan van den Berg", "Sanne ’t Hart"]),
    ("Posted by Ada Fernsby on May 3, 2024", ["Ada Fernsby"]),
    ("By Ada Fernsby, May 3, 2024", ["Ada Fernsby"]),
    ("Do 25.04.2024 | 14:07 Uhr | Von Ann Beispiel", ["Ann Beispiel"]),
    ("글 김민수 사진 이영희", ["김민수"]),
    ("김민수·이영희 기자", ["김민수", "이영희"]),
    ("글·사진 김민수", ["김민수"]),
    ("박준석 기자 외 1명", ["박준석"]),
    ("文／王小明 图／李华", ["王小明"]),
    ("记者王小明 编辑 李华", ["王小明"]),
    ("記者 山田太郎", ["山田太郎"]),
    ("編集委員・山田太郎", ["山田太郎"]),
    ("山田太郎、佐藤花子記者", ["山田太郎", "佐藤花子"]),
    ("ジョン・スミス", ["ジョン・スミス"]),
    ("约翰·史密斯", ["约翰·史密斯"]),
    ("撮影＝山田太郎", []),
    ("写真：山田太郎", []),
    ("أحمد علي وسارة محمود", ["أحمد علي", "سارة محمود"]),
    ("أحمد وليد محمود", ["أحمد وليد محمود"]),
    ("דנה לוי ויוסי כהן", ["דנה לוי", "יוסי כהן"]),
    ("כתב: דנה לוי | צילום: יוסי כהן", ["דנה לוי"]),
    ("Автор: Иван Петров", ["Иван Петров"]),
    ("Текст: Иван Петров, фото: Анна Сидорова", ["Иван Петров"]),
    ("Иван Петров и Анна Сидорова", ["Иван Петров", "Анна Сидорова"]),
    ("Γράφει ο Γιώργος Παπαδόπουλος", ["Γιώργος Παπαδόπουλος"]),
    ("โดย สมชาย ประเสริฐ", ["สมชาย ประเสริฐ"]),
    ("เรื่อง: สมชาย ประเสริฐ ภาพ: สมหญิง ใจดี", ["สมชาย ประเสริฐ"]),
    ("Tác giả: Nguyễn Văn An", ["Nguyễn Văn An"]),
    ("Penulis: Budi Santoso | Editor: Ani Wijaya", ["Budi Santoso"]),
    ("Yazan: Ayşe Yılmaz", ["Ayşe Yılmaz"]),
    ("Text und Fotos: Max Muster", ["Max Muster"]),
    ("Texte et photos : Marie Dupont", ["Marie Dupont"]),
    ("Words and pictures by Ada Fernsby", ["Ada Fernsby"]),
    ("Ludwig von Mises", ["Ludwig von Mises"]),
    ("Maria di Stefano", ["Maria di Stefano"]),
    ("Johnson & Johnson", ["Johnson & Johnson"]),
    ("Food and Agriculture Organization", ["Food and Agriculture Organization"]),
    ("By Ada Fernsby of The Times", ["Ada Fernsby"]),
    ("Ada Fernsby y Jon Berg", ["Ada Fernsby", "Jon Berg"]),
    (
        "Trine Juncher Jørgensen og Tôrtia Reimer-Johansen",
        ["Trine Juncher Jørgensen", "Tôrtia Reimer-Johansen"],
    ),
    ("Mathias Hagen / Journalist", ["Mathias Hagen"]),
    ("Political Editor Ada Fernsby", ["Ada Fernsby"]),
    ("Translated by Bo Berg", []),
    ("Ada\u202e Fernsby\u202c", ["Ada Fernsby"]),
    ("Ada Fernsby - Norhaven", ["Ada Fernsby"]),
    ("नमिता शर्मा", ["नमिता शर्मा"]),
    ("लेखक: नमिता शर्मा", ["नमिता शर्मा"]),
    ("نویسنده: علی رضایی", ["علی رضایی"]),
    ("Madonna", ["Madonna"]),
    ("Annelie Naumann, Tim Röhn, WELT", ["Annelie Naumann", "Tim Röhn"]),
    ("Jean de La Fontaine", ["Jean de La Fontaine"]),
    ("Autor: Jan Kowalski, zdjęcia: Anna Nowak", ["Jan Kowalski"]),
    ("Jan Kowalski i Anna Nowak", ["Jan Kowalski", "Anna Nowak"]),
    ("Dan Jervis-Bardy", ["Dan Jervis-Bardy"]),
    ("MM-Redaktion", ["MM-Redaktion"]),
    ("JANE DOE AND JOE ROE", ["JANE DOE", "JOE ROE"]),
    ("Redaktion: Ada Fernsby", []),
    ("Madonna, Prince and Ada Fernsby", ["Madonna", "Prince", "Ada Fernsby"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_a_byline_is_cut_not_thrown_away(text: str, expected: list[str]) -> None:
    """Labels, dates, roles, places, organisations and others' names go; authors' names stay."""
    assert names(text) == expected


DATES: list[tuple[str, str, str | None]] = [
    ("Do 25.04.2024 | 14:07 Uhr", "de", "2024-04-25T14:07"),
    ("25.04.24 | 14:07 Uhr", "de", "2024-04-25T14:07"),
    ("20 février 2020 à 10h30", "fr", "2020-02-20T10:30"),
    ("3. März 2024, 14:05 Uhr", "de", "2024-03-03T14:05"),
    ("3 de mayo de 2024 a las 14:05", "es", "2024-05-03T14:05"),
    ("3 May 2024 16:40 BST", "en", "2024-05-03T16:40"),
    ("Fri, 03 May 2024 16:40:00 IST", "", "2024-05-03T16:40:00"),
    ("May 3, 2024 at 12:05 a.m. ET", "en", "2024-05-03T00:05"),
    ("Friday 3rd of May, 2024", "en", "2024-05-03"),
    ("19/05/2021", "", "2021-05-19"),
    ("03/04/2024", "", None),
    ("05/05/2021", "", "2021-05-05"),
    ("Wed 03/04/2024", "en", "2024-04-03"),
    ("Monday August 27, 2018 10:05 am PDT", "en", "2018-08-27T10:05-07:00"),
    ("1 Oct 2021 3:50 pm", "en", "2021-10-01T15:50"),
    ("7 Sep 2020 at 04:00", "en", "2020-09-07T04:00"),
    ("Feb 13, 2020, 13:10 IST", "en", "2020-02-13T13:10"),
    ("2024年5月3日 午後2時05分", "ja", "2024-05-03T14:05"),
    ("令和6年5月3日", "ja", "2024-05-03"),
    ("2024년 5월 3일 오후 2:05", "ko", "2024-05-03T14:05"),
    ("2024年5月3日 下午2:05", "zh", "2024-05-03T14:05"),
    ("3 พฤษภาคม 2567 14:05 น.", "th", "2024-05-03T14:05"),
    ("วันศุกร์ที่ 3 พ.ค. 2567", "th", "2024-05-03"),
    ("٣ مايو ٢٠٢٤", "ar", "2024-05-03"),
    ("الجمعة 3 أيار 2024 14:05", "ar", "2024-05-03T14:05"),
    ("5 كانون الثاني 2024", "ar", "2024-01-05"),
    ("3 במאי 2024, 14:05", "he", "2024-05-03T14:05"),
    ("3 мая 2024 года, 14:05", "ru", "2024-05-03T14:05"),
    ("3 травня 2024 р., 14:05", "uk", "2024-05-03T14:05"),
    ("3 Μαΐου 2024, 2:05 μ.μ.", "el", "2024-05-03T14:05"),
    ("3 Mayıs 2024 Cuma, 14:05", "tr", "2024-05-03T14:05"),
    ("2024. május 3., péntek 14:05", "hu", "2024-05-03T14:05"),
    ("3. listopada 2024", "hr", "2024-10-03"),
    ("3 listopada 2024", "pl", "2024-11-03"),
    ("3 listopada 2024", "", None),
    ("3. května 2024 v 14:05", "cs", "2024-05-03T14:05"),
    ("3. toukokuuta 2024 klo 14.05", "fi", "2024-05-03T14:05"),
    ("fredag 3 maj 2024 kl. 14:05", "sv", "2024-05-03T14:05"),
    ("3. maj 2024 kl. 14.05", "da", "2024-05-03T14:05"),
    ("3 मई 2024, 2:05 PM", "hi", "2024-05-03T14:05"),
    ("3 مه ۲۰۲۴", "fa", "2024-05-03"),
    ("thứ sáu, 3 tháng 5 năm 2024, 14:05", "vi", "2024-05-03T14:05"),
    ("Jumat, 3 Mei 2024 14:05 WIB", "id", "2024-05-03T14:05"),
    ("mar. 5 mars 2024", "fr", "2024-03-05"),
    ("martedì 5 marzo 2024 ore 14:05", "it", "2024-03-05T14:05"),
    ("3 de maio de 2024 às 14h05", "pt", "2024-05-03T14:05"),
    ("3 mei 2024 om 14.05 uur", "nl", "2024-05-03T14:05"),
    ("vineri, 3 mai 2024, ora 14:05", "ro", "2024-05-03T14:05"),
    ("3 май 2024 г., 14:05 ч.", "bg", "2024-05-03T14:05"),
    ("99999-05-03", "", None),
    ("3 May 99999", "", None),
    ("May 2024", "en", None),
    ("3. März 24", "de", "2024-03-03"),
    ("Fri 3rd of May, '24", "en", "2024-05-03"),
    ("May 3 24", "en", None),
    ("5 km", "", None),
    ("March 3", "en", None),
    ("10:35 p.m. ET Nov. 19, 2019", "", "2019-11-19T22:35"),
    ("5pm, 3 May 2024", "en", "2024-05-03T17:00"),
    ("3. März 2024, 14 Uhr", "de", "2024-03-03T14:00"),
    ("24.05.03", "ko", None),
    ("2024. 5. 3. 14:05", "ko", "2024-05-03T14:05"),
    ("13/13/2024", "", None),
    ("31 February 2024", "en", None),
    ("May 3, 2024 25:10", "en", None),
    ("1 january 2 february 2024", "en", None),
    ("3 May 2024 at 10:00 and 11:00", "en", None),
    ("24.05.33", "de", "2033-05-24"),
]


@pytest.mark.parametrize(("text", "language", "expected"), DATES)
def test_dates_in_words(text: str, language: str, expected: str | None) -> None:
    """A date has one reading in the page's language, or no normal form; no zone is ever guessed."""
    assert iso(text, language) == expected


@pytest.mark.parametrize("code", [c for c in LANGUAGES if c not in {"ja", "ko", "vi"}])
def test_every_name_of_a_month_is_read_in_its_language(code: str) -> None:
    """Each name that CLDR has for a month, in each language, makes the same date of it."""
    for name, number in read_calendar(code).table("months").items():
        assert iso(f"3 {name} 2024", code) == f"2024-{int(number):02}-03", name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PTI | Updated: Feb 13, 2020, 13:10 IST", [("dateModified", "Feb 13, 2020, 13:10 IST")]),
        (
            "By Ada Fernsby Updated: 1 Oct 2021 3:50 pmPosted: 28 Sep 2021 12:35 am",
            [("dateModified", "1 Oct 2021 3:50 pm"), ("datePublished", "28 Sep 2021 12:35 am")],
        ),
        (
            "Publié le 20 février 2020 à 10h30 - Mis à jour le 21 février 2020 à 08h05",
            [
                ("datePublished", "20 février 2020 à 10h30"),
                ("dateModified", "21 février 2020 à 08h05"),
            ],
        ),
        ("Received 3 January 2022", [("", "3 January 2022")]),
        ("Accepted: 16 December 2022", [("", "16 December 2022")]),
        ("Posted by Ada Fernsby on May 3, 2024", [(None, "May 3, 2024")]),
        ("2024年5月3日 10時00分 公開", [("datePublished", "2024年5月3日 10時00分")]),
        ("发布时间：2024-05-03 10:00 来源：新华社", [("datePublished", "2024-05-03 10:00")]),
        (
            "입력 2024.05.03. 10:00 수정 2024.05.03. 11:00",
            [("datePublished", "2024.05.03. 10:00"), ("dateModified", "2024.05.03. 11:00")],
        ),
        ("Aktualisiert am 3. März 2024, 14:05 Uhr", [("dateModified", "3. März 2024, 14:05 Uhr")]),
        ("Обновлено: 3 мая 2024 года", [("dateModified", "3 мая 2024 года")]),
        ("Δημοσιεύτηκε: 3 Μαΐου 2024", [("datePublished", "3 Μαΐου 2024")]),
        ("نشر في 3 مايو 2024", [("datePublished", "3 مايو 2024")]),
        ("פורסם: 3 במאי 2024", [("datePublished", "3 במאי 2024")]),
        ("Güncelleme: 3 Mayıs 2024", [("dateModified", "3 Mayıs 2024")]),
        ("The mayor was born on 3 May 1961 in Norhaven", [("", "3 May 1961")]),
        ("On Tuesday the council met", []),
    ],
)
def test_labels_say_which_date_it_is(text: str, expected: list[tuple[str | None, str]]) -> None:
    """The word before or behind a date decides; a date of receipt is no date of publication."""
    assert list(read_byline(text).dates) == expected


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("By", "author"),
        ("Text:", "author"),
        ("文", "author"),
        ("كتب:", "author"),
        ("Photos by", "contributor"),
        ("Fotos:", "contributor"),
        ("Published:", "datePublished"),
        ("Mis à jour le", "dateModified"),
        ("Received", ""),
        ("Text Size", None),
        ("By Ada Fernsby", None),
        ("The council", None),
    ],
)
def test_what_is_nothing_but_a_label(text: str, label: str | None) -> None:
    """A label alone announces what stands behind it; words that only begin like one do not."""
    assert read_label(text) == label


def test_whoever_did_something_else_is_named_apart() -> None:
    """Reviewers, translators and photographers are no authors, whatever the order."""
    byline = read_byline("Reviewed by Bo Checker. Written by Ada Fernsby\nPhotos: Max Power")
    assert (byline.names, byline.announced) == (("Ada Fernsby",), ("Ada Fernsby",))
    assert byline.others == ("Bo Checker", "Max Power")
    assert byline.is_whole
    assert not read_byline("By the time that 20:15 came, all was over").is_whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fernsby, Ada", "Ada Fernsby"),
        ("van den Berg, Jan", "Jan van den Berg"),
        ("Ada Fernsby, Jon Berg", None),
        ("Fernsby, dpa", None),
        ("Fernsby, Editor", None),
        ("Reuters, Ada", None),
        ("Fernsby, Ada, Jon", None),
        ("山田, 太郎", None),
    ],
)
def test_surnames_first(text: str, expected: str | None) -> None:
    """One surname and a given name are one person; two full names, a job or an agency are not."""
    assert invert(text) == expected


@pytest.mark.parametrize(
    ("name", "announced", "reads"),
    [
        ("Khalid al-Masri", False, True),
        ("Jean d’Ormesson", False, True),
        ("Sanne ’t Hart", False, True),
        ("山田太郎", False, True),
        ("김민수", False, True),
        ("أحمد علي", False, True),
        ("Иван Петров", False, True),
        ("Madonna", True, True),
        ("Madonna", False, False),
        ("Text Size", True, False),
        ("Head of News", True, False),
        ("likes cats", True, False),
        ("dpa", False, True),
    ],
)
def test_what_reads_like_a_name(name: str, announced: bool, reads: bool) -> None:
    """Particles and apostrophes stand in names; one word does where a label announces it."""
    assert reads_like_name(name, announced=announced) is reads


def test_bylines_of_many_languages_are_known() -> None:
    """Labels of authors and of dates are known in at least 25 languages."""
    known = [code for code in LANGUAGES if read_bylines(code).phrases("byline.by")]
    assert len(known) >= 25
    for code in known:
        given = read_bylines(code)
        assert given.phrases("byline.others")
        assert given.phrases("date.published")
        assert given.phrases("date.updated")
        label = given.phrases("byline.by")[0]
        assert read_label(label) == "author", (code, label)


SCRIPTS = st.sampled_from(
    [
        "By ",
        "Ada Fernsby",
        "山田太郎",
        "أحمد علي",
        "김민수 기자",
        "\u202e",
        "\u200f",
        "\n",
        ", ",
        " and ",
        "３",
        "٣",
        "๓",
        "May",
        "مايو",
        "2024",
        "99999",
        "年",
        "月",
        "日",
        "|",
        "@",
        "記者",
        "โดย",
        "و",
        "10:00",
    ]
)


@given(st.lists(SCRIPTS, max_size=40).map("".join) | st.text(max_size=300))
def test_any_byline_is_read(text: str) -> None:
    """No mixture of scripts, digits and signs without width makes the reader fail."""
    byline = read_byline(text)
    assert all(0 < len(name) <= len(text) for name in byline.names)
    assert not any(sign in name for name in byline.names for sign in "\u202e\u200f\n")
    assert all(date in bylines.plain(text) or "\n" in date for _, date in byline.dates)


@given(st.lists(SCRIPTS, max_size=40).map("".join), st.sampled_from(["", *LANGUAGES]))
def test_any_date_is_read(text: str, language: str) -> None:
    """Dates in words are ISO 8601 within two centuries of now, or nothing, in any language."""
    written = iso(text, language)
    assert written is None or 1800 <= datetime.fromisoformat(written).year <= 2200
    spans = list(find_dates(text, language))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


def test_what_is_too_long_is_no_byline() -> None:
    """Bounds hold on both sides: of a byline, of a date, and of names in a page."""
    longest = "Ada Fernsby" + " " * (bylines.LONGEST - len("Ada Fernsby"))
    assert names(longest) == ["Ada Fernsby"]
    assert names(longest + " ") == []
    spaced = "3 May" + " " * (calendars.LONGEST - len("3 May2024")) + "2024"
    assert iso(spaced) == "2024-05-03"
    assert iso(" " + spaced) is None
    assert names("Ada " * 10_000) == []


@pytest.mark.parametrize(
    "body",
    [
        '<p class="byline">By Ada Fernsby</p>' * 100_000,
        f'<p class="byline">By {"A" * 10_000}</p>',
        "<p>Published: 3 May 99999</p>" * 1000,
        '<time datetime="99999-05-03">x</time>' * 1000,
        '<p class="byline">By \u202eAda Fernsby\u202c and أحمد علي</p>',
    ],
)
def test_hostile_bylines_are_bounded(body: str) -> None:
    """A hundred thousand bylines, endless names and far years give few claims and no exception."""
    page = f"<title>x</title><h1>Bridge closed</h1>{body}<p>{'word ' * 100}</p>".encode()
    claims = extract(page, "text/html; charset=utf-8", "https://news.example/story").claims
    assert len(claims) < 100
    assert all(len(claim.value) < 5000 for claim in claims)
    assert not any(c.normalized and c.normalized.startswith("99999") for c in claims)


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("김민수 기자", ["김민수"]),
        ("김민수 특파원", ["김민수"]),
        ("김민수 기자 minsu@news.example", ["김민수"]),
        ("[서울=김민수 기자]", ["김민수"]),
        ("경찰 대표", []),
        ("기자 회견이 열렸다", []),
        ("김민수 시장", []),
    ],
)
def test_who_writes_news_in_korean_needs_no_label(line: str, written: list[str]) -> None:
    """A reporter's role behind a name says so; that of others, or a press conference, does not."""
    assert list(read_byline(line, "ko").announced) == written
    assert bylines.may_begin_byline(line) or not written
