"""Correction notes as pages print them, in many languages and forms; and where none is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import extract
from archive.article.signals.corrections import FAR, NEAR
from archive.article.signals.notes import (
    LEAST,
    SHORTEST,
    find_label,
    is_note,
    is_remark,
    may_be_note,
    tells_of_change,
    weight,
)
from archive.article.signals.sentences import slots_of
from archive.article.signals.templates import compile_template, needs_of
from archive.languages import LANGUAGES, read_language

WORDS = {
    "en": ("Correction", "The library closed in October, not in November.", "June 5, 2026"),
    "de": ("Korrektur", "Die Bibliothek schloss im Oktober.", "5. Juni 2026"),
    "fr": ("Rectificatif", "La bibliothèque a fermé en octobre.", "5 juin 2026"),
    "es": ("Fe de errores", "La biblioteca cerró en octubre.", "5 de junio de 2026"),
    "it": ("Rettifica", "La biblioteca ha chiuso in ottobre.", "5 giugno 2026"),
    "pt": ("Correção", "A biblioteca fechou em outubro.", "5 de junho de 2026"),
    "nl": ("Rectificatie", "De bibliotheek sloot in oktober.", "5 juni 2026"),
    "sv": ("Rättelse", "Biblioteket stängde i oktober.", "5 juni 2026"),
    "fi": ("Oikaisu", "Kirjasto suljettiin lokakuussa.", "5.6.2026"),
    "pl": ("Sprostowanie", "Bibliotekę zamknięto w październiku.", "5 czerwca 2026"),
    "ru": ("Исправление", "Библиотека закрылась в октябре.", "5 июня 2026"),
    "tr": ("Düzeltme", "Kütüphane ekim ayında kapandı.", "5 Haziran 2026"),
    "ja": ("訂正", "図書館は十月に閉館しました。", "2026年6月5日"),
    "ko": ("정정", "도서관은 시월에 문을 닫았습니다.", "6월 5일"),
    "zh": ("更正", "图书馆于十月关闭，而非十一月。", "2026年6月5日"),
    "ar": ("تصحيح", "أغلقت المكتبة في أكتوبر وليس في نوفمبر.", "5 يونيو 2026"),
    "he": ("תיקון", "הספרייה נסגרה באוקטובר ולא בנובמבר.", "5 ביוני 2026"),
    "hu": ("Helyesbítés", "A könyvtár októberben zárt be.", "2026. június 5."),
}
"""The label of a note, what it says, and a date."""

FORMS = (
    "<p>{label}: {note}</p>",
    "<p><strong>{label}:</strong> {note}</p>",
    "<p><b>{label}</b> {note}</p>",
    "<p>{label}</p><p>{note}</p>",
    "<div><span>{label}</span><span>{note}</span></div>",
    "<div class=x><h4>{label}</h4><div>{note}</div></div>",
    "<dl><dt>{label}</dt><dd>{note}</dd></dl>",
    "<table><tr><th>{label}</th><td>{note}</td></tr></table>",
    "<p><b>{label}</b><br>{note}</p>",
    "<p>{label}, {date}: {note}</p>",
    "<p><b>{label} {date}</b> {note}</p>",
    "<p>{label} ({date}): {note}</p>",
    "<p>{date}: {label}: {note}</p>",
    "<h4>{label}</h4><time>{date}</time><p>{note}</p>",
    "<div><b>{label}</b><span>{date}</span><p>{note}</p></div>",
    "<div><span>{date}</span><span>{label}</span><p>{note}</p></div>",
    "<p><b>{label}</b><span>{date}</span>{note}</p>",
    "<p>[{label}] {note}</p>",
    "<p>({label}: {note})</p>",
    "<p>⚠️ {label}: {note}</p>",
    '<p><a href="/corrections">{label}</a>: {note}</p>',
    "<p><!-- -->{label}: {note}</p>",
    "<ul><li>{label}: {note}</li></ul>",
    "<details><summary>{label}</summary><p>{note}</p></details>",
    "<p><small><i>{label}: {note}</i></small></p>",
)
PLACES = (
    "<article><h1>A headline</h1>{text}{note}</article>",
    "<article><h1>A headline</h1>{note}{text}</article>",
    "<article><h1>A headline</h1>{text}<footer>{note}</footer></article>",
    "<article><h1>A headline</h1>{text}<aside>{note}</aside></article>",
    "<article><h1>A headline</h1>{text}<dialog open>{note}</dialog></article>",
    "<article><h1>A headline</h1>{text}</article><div>{note}</div>",
    "<main><h1>A headline</h1>{text}{note}</main>",
)
ELSEWHERE = (
    "<nav><p>{note}</p></nav><article><h1>A headline</h1>{text}</article>",
    "<article><h1>A headline</h1>{text}</article><aside><p>{note}</p></aside>",
    "<article><h1>A headline</h1>{text}</article><section id=comments><p>{note}</p></section>",
    "<article><h1>A headline</h1>{text}</article><footer><p>{note}</p></footer>",
    '<article><h1>A headline</h1>{text}<ul><li><a href="/1">{note}</a></li></ul></article>',
    '<article><h1>A headline</h1>{text}<h3><a href="/1">{note}</a></h3></article>',
    "<article><h1>A headline</h1>{text}<template><p>{note}</p></template></article>",
)
TEXT = "".join(
    f"<p>The council of Norhaven met in room {number} of the old town hall, as it does weekly.</p>"
    for number in range(8)
)


def notes(body: str) -> list[str]:
    """The notes that a page's claims hold."""
    page = f"<html><head><title>A headline</title></head><body>{body}</body></html>"
    found = extract(page.encode(), "text/html; charset=utf-8", "https://news.example/a")
    return [claim.value for claim in found.claims.about("correction")]


def lines(name: str) -> list[str]:
    """The made lines of one kind."""
    text = (Path(__file__).parent / "notes_by_language.txt").read_text(encoding="utf-8")
    part = text.split(f"[{name}]\n")[1].split("\n[")[0]
    return [line for line in part.splitlines() if line]


@pytest.mark.parametrize("text", lines("notes"))
def test_a_note_is_told_by_its_words(text: str) -> None:
    """However a paper says that it was wrong, in thirty languages, it is a note."""
    assert is_note(text)
    assert may_be_note(text)
    assert not is_remark(text)


@pytest.mark.parametrize("text", lines("none"))
def test_what_sounds_like_a_note_is_none(text: str) -> None:
    """Other corrections, quotations, warnings, and lines that only tell a time are none."""
    assert not is_note(text)


def test_there_are_lines_enough() -> None:
    """Notes and lines that are none are many."""
    assert len(lines("notes")) >= 60
    assert len(lines("none")) >= 40


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("code", WORDS)
def test_a_note_is_found_however_it_is_marked_up(code: str, form: str) -> None:
    """Labels in elements of their own, with dates, in lists and tables, in every language."""
    label, note, date = WORDS[code]
    written = form.format(label=label, note=note, date=date)
    found = notes(PLACES[0].format(text=TEXT, note=written))
    assert [value for value in found if note in value] == found != []


@pytest.mark.parametrize("place", PLACES)
def test_a_note_is_found_where_the_article_has_it(place: str) -> None:
    """In the text, its footer, asides and dialogs, and right behind it."""
    label, note, _ = WORDS["en"]
    assert notes(place.format(text=TEXT, note=f"<p>{label}: {note}</p>")) == [f"{label}: {note}"]


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_note_about_another_page_is_not_found(place: str) -> None:
    """Navigation, other stories, comments, the site's footer and templates have none."""
    assert notes(place.format(text=TEXT, note="Correction: ministry withdraws its figures")) == []


def test_a_note_of_any_length_is_found_far_down() -> None:
    """A note is found to the end of its article, a bound of bytes away from the headline."""
    label, note, _ = WORDS["en"]
    filling = TEXT * (FAR // len(TEXT))
    article = "<article><h1>A headline</h1>{}<p>{}: {}</p></article>"
    assert notes(article.format(filling[:-3_000], label, note)) == [f"{label}: {note}"]
    assert notes(article.format(filling + TEXT, label, note)) == []
    long = f"{note} " * 60
    assert notes(article.format(TEXT, label, long)) == [f"{label}: {long.strip()}"]


def test_a_label_announces_what_stands_near() -> None:
    """What follows a label within the bound is its note; what comes later, or is a link, is not."""
    article = (
        "<article><h1>A headline</h1>{}<h4>Correction</h4>{}<p>It was in October.</p></article>"
    )
    assert notes(article.format(TEXT, "<hr>" * 20)) == ["Correction It was in October."]
    assert notes(article.format(TEXT, "<hr>" * (NEAR // 4))) == []
    linked = '<h4>Corrections</h4><ul><li><a href="/1">It was in October.</a></li></ul>'
    assert notes(PLACES[0].format(text=TEXT, note=linked)) == []


def test_a_note_has_words_enough() -> None:
    """The bound of a note's words, and of an addition's that speaks of no change, on both sides."""
    assert weight("a" * 3) == 3
    assert weight("図書館") == 9
    assert weight("도서관") == 6
    article = "<article><h1>A headline</h1>{}<p>{}</p></article>"
    for words, found in (("a" * SHORTEST, 1), ("a" * (SHORTEST - 1), 0)):
        assert len(notes(article.format(TEXT, f"Correction: {words}"))) == found
    assert find_label(f"Update: {'a' * LEAST}") is not None
    assert find_label(f"Update: {'a' * (LEAST - 1)}") is None


def test_a_label_ends_behind_its_date() -> None:
    """Label and date together are a label; a date alone behind it leaves it alone."""
    for text in ("Correction, June 5, 2026", "Correction: June 5", "Rättelse 5 juni", "（訂正）"):
        label = find_label(text)
        assert label is not None
        assert label.alone
    assert find_label("Correction of 5 percent expected") is None
    assert find_label("Corrections officers struck") is None


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_of_a_language_can_be_read(code: str) -> None:
    """All templates compile, name slots that there are, and have words that they are known by."""
    for line in read_language(code).lines("note.sentences"):
        compile_template(line, slots_of(code))
        assert min(map(len, needs_of(line, slots_of(code))[0])) >= 2


def test_a_template_says_where_words_stand() -> None:
    """Slots, choices, gaps, what may be missing and what must not follow."""
    slots = {"this": ("this story", "it"), "changed": ("amended",), "others": ("by", "in {year}")}
    pattern = compile_template("^ {this} (was|has been) (since)? {changed} !{others}", slots)
    for text in ("This story was amended.", "So. It has been since amended", "It was amended in 3"):
        assert pattern.search(text), text
    for text in ("It was amended by", "It was amended in 1992", "and it was amended", "It amended"):
        assert not pattern.search(text), text
    gap = compile_template("we ... {changed} {stop}", slots)
    assert gap.search("we have 1.5 times amended.")
    assert not gap.search("we left. They amended.")
    assert not gap.search("we have amended it")
    needs = needs_of("we ... (have|had) {changed} {date}", slots)
    assert list(map(set, needs)) == [{"amended"}, {"had", "have"}, {"we"}]


@given(st.text(max_size=80), st.sampled_from(lines("notes") + lines("none")), st.integers(0, 60))
def test_any_text_has_an_answer(text: str, line: str, place: int) -> None:
    """Whatever stands in a passage it is judged; no remark is a note, and none is passed over."""
    passage = line[:place] + text + line[place:]
    assert not (is_remark(passage) and is_note(passage))
    assert may_be_note(passage[:400]) or not (find_label(passage) or tells_of_change(passage[:400]))
