"""What is a site's furniture where it stands, and lines like it that are the story's."""

from __future__ import annotations

import pytest

from archive.comparison import Comparison, compare_sides
from archive.comparison.tickers import is_ticker
from tests.article.test_reading import LINES, paragraphs
from tests.comparison.test_pages import side

HEADLINE = "Council closes the pier"
AD = "<h4>{0}</h4><p>The new {0} from 14,000, while it lasts.</p><a href='https://{1}.example/'>Go</a>"
SHARE = "https://net.example/sharer?u=1"
TALK = "<div><b>anna</b><p>Nice article, thanks!</p></div>"


def compare(form: str, old: str, new: str, at: str = "end", language: str = "en") -> Comparison:
    """Compare two pages with something above or under the headline, in the story or at its end."""

    def made(words: str) -> bytes:
        piece = {at: form.replace("{}", words)}
        return (
            f'<html lang="{language}"><head><title>{HEADLINE}</title></head><body><article>'
            f"{piece.get('above', '')}<h1>{HEADLINE}</h1>{piece.get('under', '')}"
            f"{paragraphs(*LINES[:3])}{piece.get('midst', '')}{paragraphs(*LINES[3:])}"
            f"{piece.get('end', '')}</article></body></html>"
        ).encode()

    return compare_sides(side(made(old)), side(made(new)))


@pytest.mark.parametrize(
    ("form", "old", "new", "at", "language"),
    [
        ("<h3>{} comments</h3>", "14", "41", "end", "en"),
        ("<h2>Comments ({})</h2>", "14", "41", "end", "en"),
        ("<h3>{} Kommentare</h3>", "14", "41", "end", "de"),
        ("<h3>{} commentaires</h3>", "14", "41", "end", "fr"),
        ("<h3>Комментарии ({})</h3>", "14", "41", "end", "ru"),
        ("<h3>コメント{}件</h3>", "14", "41", "end", "ja"),
        (f"<section><h3>{{}} comments</h3>{TALK}</section>", "14", "41", "end", "en"),
        (f"<h4>{{}} shares</h4><p><a href='{SHARE}'>Share</a></p>", "14", "41", "midst", "en"),
        (f"<p><a href='{SHARE}'>Net {{}}</a></p>", "14", "41", "midst", "en"),
        ("<p><a href='https://net.example/sharer?u={}'>Net {}</a></p>", "14", "41", "midst", "en"),
        ("<p><a href='https://net.example/?u=https%3A%2F%2Fnews.example%2Fstory&n={}'>Net</a></p>",
         "14", "41", "under", "en"),
        ("<div>Facebook {}</div><div>Twitter 7</div>", "14", "41", "under", "en"),
        ("<div><div>{}</div><div>Shares</div></div>", "14", "41", "under", "en"),
        ("<div><div>Kommentare</div><div>{}</div></div>", "14", "41", "midst", "de"),
        ("<div>DAX {} +0.4%</div>", "18,412.5", "18,402.1", "above", "en"),
        ("<div>Oslo {}°, cloudy</div>", "14", "17", "above", "en"),
        ("<div>EUR/USD {}</div>", "1.0841", "1.0851", "above", "en"),
        ("<div>LIVE {} Alder Rovers 2-1 Steinach</div>", "67'", "71'", "above", "en"),
        ("<div>{}</div>", "14°", "17°", "above", "en"),
        ("<p>© {} The Courier. All rights reserved.</p>", "2025", "2026", "end", "en"),
        ("<p>Copyright {} The Courier</p>", "2025", "2026", "end", "en"),
        ("<p>© 1998-{} Courier GmbH</p>", "2025", "2026", "end", "de"),
        ("<p>版权所有 {} 信使报</p>", "2025", "2026", "end", "zh"),
        ("<p>Rating: 4.5 ({} votes)</p>", "120", "131", "end", "en"),
        ("<p>Bewertung: 4,5 ({} Stimmen)</p>", "120", "131", "midst", "de"),
        ("<p>Note : 4,5/5 ({} votes)</p>", "120", "131", "midst", "fr"),
        ("<p>Valoración: 4,5 ({} votos)</p>", "120", "131", "midst", "es"),
        ("<p>Ocena: 4,5 ({} głosów)</p>", "120", "131", "midst", "pl"),
        ("<p>評価：4.5（{}票）</p>", "120", "131", "midst", "ja"),
        ("<p>Join {} subscribers</p>", "12,400", "12,410", "end", "en"),
        ("<p>Rejoignez {} abonnés</p>", "12 400", "12 410", "end", "fr"),
        ("<p>Присоединяйтесь к {} подписчикам</p>", "12 400", "12 410", "end", "ru"),
        ("<p>{} guests and 3 members online</p>", "14", "41", "end", "en"),
        ("<div><b>Trending now:</b> {}</div>", *(
            "".join(f"<a href=/{one}>{one}</a> " for one in row)
            for row in (("Ferries", "Budget"), ("Storm", "Budget"))
        ), "above", "en"),
        ("<div><h3>In this edition</h3><p>{}</p></div>", "Snow", "Goats", "end", "en"),
        ("<div><h3>In dieser Ausgabe</h3><p>{}</p></div>", "Schnee", "Ziegen", "end", "de"),
        ("<div><h3>Dans cette édition</h3><p>{}</p></div>", "Neige", "Chèvres", "midst", "fr"),
    ],
)  # fmt: skip
def test_furniture_is_told_by_its_place(
    form: str, old: str, new: str, at: str, language: str
) -> None:
    """What counts readers, runs above the headline or dates the rights is no edit."""
    assert compare(form, old, new, at, language).same
    assert compare(form, new, old, at, language).same


@pytest.mark.parametrize(
    ("form", "old", "new", "at", "language"),
    [
        ("<h3>{} comments</h3>", "14", "41", "midst", "en"),
        ("<h3>{} comments</h3><p>The council read them all, one by one.</p>",
         "14", "41", "end", "en"),
        ("<section><h3>{} comments</h3><p>They came by mail, and all said no.</p></section>",
         "14", "41", "end", "en"),
        ("<h3>{} deaths</h3>", "14", "41", "end", "en"),
        ("<h3>{} Tote</h3>", "14", "41", "end", "de"),
        ("<h3>{} comments from the hearing</h3>", "14", "41", "end", "en"),
        ("<div>Facebook {}</div><div>Twitter 7</div>", "14", "41", "midst", "en"),
        ("<ul><li>Facebook {}</li><li>Twitter 7</li></ul>", "14", "41", "end", "en"),
        ("<div><div>{}</div><div>Dead</div></div>", "14", "41", "under", "en"),
        ("<table><tr><td>{}</td><td>Shares</td></tr></table>", "14", "41", "midst", "en"),
        ("<div>{} dead in the ferry disaster</div>", "14", "41", "above", "en"),
        ("<div>Alder Rovers {} Steinach</div>", "2-1", "1-2", "above", "en"),
        ("<div>Turnout: {}</div>", "41.2 %", "14.2 %", "above", "en"),
        ("<ul><li>DAX {} +0.4%</li><li>MDAX 25,100 -0.1%</li></ul>",
         "18,412", "18,402", "midst", "en"),
        ("<p>Oslo {}°</p>", "14", "17", "midst", "en"),
        ("<p>Highest temperature: {} °C</p>", "41", "47", "end", "en"),
        ("<p>The copyright ended in {}.</p>", "2025", "2026", "end", "en"),
        ("<p>© 2026 {}</p>", "The Courier", "The Herald", "end", "en"),
        ("<p>© 2026: {} people died</p>", "14", "41", "end", "en"),
        ("<figure><img src=x><figcaption>© {} Reuters</figcaption></figure>",
         "2019", "2020", "midst", "en"),
        ("<p>Rating: {}</p>", "4.5", "4.1", "midst", "en"),
        ("<p>Rating: {} out of 5</p>", "4", "3", "midst", "en"),
        ("<p>Bewertung: {} von 5</p>", "4", "3", "midst", "de"),
        ("<p>Voto: {} su 10</p>", "7", "9", "midst", "it"),
        ("<p>Approval rating: 45 ({} votes)</p>", "120", "131", "midst", "en"),
        ("<p>{} votes</p>", "120", "131", "midst", "en"),
        ("<p>Sur 120 votes : {}</p>", "14", "41", "midst", "fr"),
        ("<p>{} members join</p>", "14", "41", "midst", "en"),
        ("<p>{} subscribers</p>", "12,400", "12,410", "end", "en"),
        ("<p>{} soldiers join the mission</p>", "140", "410", "midst", "en"),
        ("<p>{} guests</p>", "14", "41", "midst", "en"),
        ("<p>Trending <a href=/a>{} boats</a> and <a href=/b>mud</a> closed the road.</p>",
         "14", "41", "midst", "en"),
    ],
)  # fmt: skip
def test_facts_that_look_like_furniture_are_changes(
    form: str, old: str, new: str, at: str, language: str
) -> None:
    """Deaths, scores, turnout, a reviewer's mark, another holder: each edit is substantive."""
    found = compare(form, old, new, at, language)
    assert any(change.significance == "substantive" for change in found.changes)


@pytest.mark.parametrize(
    ("form", "language"),
    [
        (f"<div><span>Advertisement</span>{AD}</div>", "en"),
        (f"<div><span>Anzeige</span>{AD}</div>", "de"),
        (f"<div><div>Publicité</div><div>{AD}</div></div>", "fr"),
        (f"<div><p>Pubblicità</p>{AD}</div>", "it"),
        (f"<div><p>Advertentie</p>{AD}</div>", "nl"),
        (f"<div><p>Annons</p>{AD}</div>", "sv"),
        (f"<div><p>Reklama</p>{AD}</div>", "pl"),
        (f"<div><p>Реклама</p>{AD}</div>", "ru"),
        (f"<div><p>Reklam</p>{AD}</div>", "tr"),
        (f"<div><p>広告</p>{AD}</div>", "ja"),
        (f"<div><p>إعلان</p>{AD}</div>", "ar"),
        ("<p>Advertisement</p><p><a href='https://{1}.example/'>{0}</a></p>", "en"),
        ("<div>Publicidad</div><div><a href='https://{1}.example/'>{0}</a></div>", "es"),
    ],
)
@pytest.mark.parametrize("at", ["midst", "end"])
def test_what_is_advertised_under_its_label_is_no_edit(form: str, language: str, at: str) -> None:
    """In one element with the label, or right behind it, what leads elsewhere comes and goes."""
    one, two = form.format("Acme", "acme"), form.format("Zorb phone", "zorb")
    assert compare("{}", one, two, at, language).same
    assert compare("{}", "", two, at, language).same


@pytest.mark.parametrize(
    "form",
    [
        "<p>Advertisement</p><p>{} people were hurt when the pier fell on Monday.</p>",
        "<div>Advertisement</div><div>{} people were hurt when the pier fell on Monday.</div>",
        "<div><p>Anzeige</p><p>{} people were hurt on Monday.</p><p>All were visitors.</p></div>",
        "<div><p>Anzeige</p><p>{} were hurt, <a href='https://a.example/'>A</a> says.</p></div>",
        f"<div><p>Anzeige</p><p>{{}} died. {'They came from the islands. ' * 12}</p>"
        "<p><a href='https://a.example/'>The report</a></p></div>",
        "<div><p>Advertisement</p><p>{} died.</p><p><a href='/report'>The report</a></p></div>",
    ],
)
def test_prose_behind_an_advertisements_label_is_the_articles(form: str) -> None:
    """Without an element of its own and a link of its own to another host nothing is advertised."""
    found = compare(form, "14", "41", "midst", "de" if "Anzeige" in form else "en")
    assert [change.classes for change in found.changes] == [("number",)]
    assert found.silent


def test_a_link_to_another_host_that_shares_nothing_is_a_change() -> None:
    """Where the article leads for a report is its own."""
    form = "<p><a href='https://net.example/report-{}'>The report</a></p>"
    found = compare(form, "14", "41", "midst")
    assert [change.classes for change in found.changes] == [("link",)]


@pytest.mark.parametrize(
    "line",
    [
        "Oil {} +1.2%",
        "Gold $2,{} -0.6%",
        "Oslo {} °C",
        "USD/EUR 0.{}",
        "Москва {}°",
        "Toledo {}ºC Soleado",
        "{}' Erlen 2:1 Alm",
        "DAX 18.4{} +0,4 % · Öl 82,10 $",
        "USD 91,{} EUR 98,75",
        "Dolar 32,{} Euro 34,90 Altın 2.410",
        "Pogoda: {}°C, deszcz",
        "Yes 61% No 39% 1,2{} votes",
        "Oui 61 % Non 39 % 1 2{} votes",
    ],
)
def test_a_running_line_in_the_story_accuses_nobody(line: str) -> None:
    """It is a change, for stories have such lines; but nobody is said to have edited in silence."""
    found = compare(f"<p>{line}</p>", "14", "41", "end")
    assert found.changes
    assert found.silent is None
    assert "running score" in (found.silent_reason or "")
    beside = compare(f"<p>{line}</p><p>Hurt: {{}}</p>", "14", "41", "end")
    assert beside.silent


@pytest.mark.parametrize(
    "line",
    [
        "Labour 31.{}% Tories 22.4%", "Alder {} Steinach 1", "Room 2.{}",
        "Adults $14.{} Children $7.20", "Inflation +2.{}%", "The vote: {}.5 for 3.2 against it.",
    ],
)  # fmt: skip
def test_a_result_a_price_and_a_score_in_the_story_are_judged(line: str) -> None:
    """Shares that are no whole, scores, prices, one number alone: no ticker and no poll."""
    found = compare(f"<p>{line}</p>", "14", "41", "end")
    assert found.changes
    assert found.silent


@pytest.mark.parametrize(
    ("line", "quiet"),
    [
        ("Share {} | Tweet 9 | Pin 3", True),
        ("Facebook {} · X 12", True),
        ("Dead {} | Hurt 9", False),
    ],
)
def test_a_row_of_networks_with_numbers_counts_shares(line: str, quiet: bool) -> None:
    """Networks, and what is done there, each with a number, in one line: not so other words."""
    assert compare(f"<p>{line}</p>", "14", "41", "midst").same is quiet


@pytest.mark.parametrize(
    ("form", "quiet"),
    [
        ("<p>Tuesday {} May 2026, 10:41 am</p>", True),
        ("<p>By Ann Holt</p><p>{} May 2026, 10:41</p>", True),
        ("<p>Tuesday {} May 2026</p>", False),
        ("<p>The court sits again.</p><p>Tuesday {} May 2026, 10:41 am</p>", False),
    ],
)
def test_a_date_with_its_time_before_the_text_is_the_page_s(form: str, quiet: bool) -> None:
    """A date and a time of the day between headline and text; behind a sentence it is a fact."""
    assert compare(form, "14", "15", "under").same is quiet


@pytest.mark.parametrize(
    "line",
    [
        "Inflation +2.1%", "Adults $14.50", "Open 9-17", "Alder Rovers 2-1 Steinach", "Hurt: 14",
        "Turnout: 61.4%", "It was 14° in Oslo.", "14", "", "Room 12", "Toledo 1º",
        "Seats: Labour 31 +2",
        "one two three four five six 14°", "x " * 79 + "1°", "x" * 159 + " 1°",
    ],
)  # fmt: skip
def test_other_lines_with_numbers_do_not_run(line: str) -> None:
    """A change alone, a price, hours, a final score, a sentence and a long line are no tickers."""
    assert not is_ticker(line)
