"""What is left out, and counted, and what must not be."""

from __future__ import annotations

import pytest
from attrs import evolve

from archive.article import extract
from archive.comparison import Host, Side, compare_sides, read_side

ONE = "The river rose by two metres in the night and flooded the lower streets of the old town."
TWO = "The bridge was closed to all traffic by the police for the whole of the following day."
THREE = "Nobody was hurt in the end, and the schools opened again after lunch as they always do."
FOUR = "The mayor thanked the fire brigade and promised a new dam before the end of next year."
AD = "Join the friends of this paper for less than a cup of tea a week."
URL = "https://news.example/story"


def text(*lines: str) -> Side:
    """A side of these lines."""
    return Side("".join(f"{line}\n" for line in lines))


def page(inner: str, beside: str = "", head: str = "") -> Side:
    """A side of a page with this body of an article, and this beside it."""
    content = (
        f"<html><head><title>Flood</title>{head}</head><body><main><article><h1>Flood</h1>{inner}"
        f"</article></main>{beside}</body></html>"
    ).encode()
    kind = "text/html; charset=utf-8"
    return read_side(content, kind, URL, extract(content, kind, URL))


def paragraphs(*lines: str) -> str:
    """Lines as paragraphs."""
    return "".join(f"<p>{line}</p>" for line in lines)


def test_same_bytes_and_same_text_are_told_apart() -> None:
    """Equal pages are not even read; equal texts of other pages are counted as such."""
    one = page(paragraphs(ONE, TWO, THREE))
    other = page(paragraphs(ONE, TWO, THREE), beside="<div>7</div>")
    assert compare_sides(one, one).filters["same-bytes"] == 1
    found = compare_sides(one, other)
    assert found.same
    assert found.filters["same-text"] == 1


def test_typography_is_cosmetic() -> None:
    """Quotation marks, dashes, spaces and composed letters make no change."""
    before = text('"Café" — said the sign, and it was right about that.', ONE)
    after = text("“Cafe\u0301” - said  the sign, and it was right about that.", ONE)
    found = compare_sides(before, after)
    assert found.same
    assert found.filters["cosmetic"] == 1


def test_a_paragraph_split_or_joined_is_no_change() -> None:
    """Sentences that only stand in other paragraphs are the same."""
    found = compare_sides(text(ONE, TWO, THREE), text(f"{ONE} {TWO}", THREE))
    assert found.same


def test_a_drop_cap_is_cosmetic() -> None:
    """A space after the first letter is typography."""
    assert compare_sides(text(ONE, TWO), text(f"T {ONE[1:]}", TWO)).same


def test_a_line_of_the_host_is_boilerplate_unless_the_capture_is_a_copy() -> None:
    """What other articles have too is left out; a copy of this article proves nothing."""
    before, after = text(ONE, TWO, AD, THREE), text(ONE, TWO, THREE)
    host = Host.of([f"{FOUR}\n{AD}\n"])
    found = compare_sides(before, after, host=host)
    assert found.same
    assert found.filters["boilerplate"] == 1
    copy = Host.of([before.text or ""])
    assert compare_sides(before, after, host=copy).changes


def test_a_counter_of_the_host_is_left_out_and_a_number_of_the_text_is_not() -> None:
    """Short lines alike on other pages count for nothing; without such pages they are changes."""
    before, after = text(ONE, "Seen 47 times", TWO), text(ONE, "Seen 1,204 times", TWO)
    found = compare_sides(before, after, host=Host.of([f"{FOUR}\nSeen 3 times\n"]))
    assert found.same
    assert found.filters["counter"] == 2
    assert compare_sides(before, after).changes[0].classes == ("number",)


@pytest.mark.parametrize(
    ("before", "after", "elsewhere"),
    [
        ("Police said 14 were hurt.", "Police said 41 were hurt.", "Police said 3 were hurt."),
        ("3 people died on 3 May.", "4 people died on 3 May.", "2 people died on 2 May."),
        ("The flood hurt 14 people", "The flood hurt 41 people", "A fire hurt 9 and killed 3"),
        ("Arsenal 2-1 Chelsea", "Arsenal 1-2 Chelsea", "Arsenal 0-0 Everton"),
    ],
)
def test_what_an_article_says_is_no_counter(before: str, after: str, elsewhere: str) -> None:
    """A short sentence, and a line of names, count though other pages have one like it."""
    host = Host.of([f"{FOUR}\n{elsewhere}\n"])
    (change,) = compare_sides(text(ONE, before, TWO), text(ONE, after, TWO), host=host).changes
    assert "number" in change.classes


def test_one_of_several_other_pages_proves_no_boilerplate() -> None:
    """A line that a follow-up repeats, and a counter like one of its, count; of two pages no."""
    before, after = text(ONE, THREE, "Hurt: 14", TWO), text(ONE, "Hurt: 41", TWO)
    followed = f"{FOUR}\n{THREE}\nHurt: 3\n"
    others = [f"{FOUR}\nSeen {at} times on Monday\n" for at in (1, 2)]
    found = compare_sides(before, after, host=Host.of([followed, *others]))
    assert [change.classes for change in found.changes] == [("paragraph-removed",), ("number",)]
    assert compare_sides(before, after, host=Host.of([followed, *others, followed])).same


@pytest.mark.parametrize(
    ("before", "after", "elsewhere"),
    [
        ("- 14 people hurt", "- 41 people hurt", "- 3 people hurt"),
        ("- Killed in the flood: 14", "- Killed in the flood: 41", "- Killed in the flood: 3"),
        ("Hurt: 14", "Hurt: 41", "Hurt: 3"),
        (
            "- The bridge is closed to all",
            "- The bridge is open to all",
            "- The bridge is closed to all",
        ),
    ],
)
@pytest.mark.parametrize("unlike", [0, 1])
def test_a_list_is_not_hidden_by_one_other_page(
    before: str, after: str, elsewhere: str, unlike: int
) -> None:
    """Of two other pages or one, one with an item like it hides no edit of an item; two do."""
    like = f"{FOUR}\n{elsewhere}\n"
    sides = text(ONE, before, TWO), text(ONE, after, TWO)
    (change,) = compare_sides(*sides, host=Host.of([like, *[FOUR] * unlike])).changes
    assert change.significance in ("minor", "substantive")
    assert compare_sides(*sides, host=Host.of([like, like])).filters != {}


@pytest.mark.parametrize(
    ("told", "elsewhere"),
    [
        ("The dam was built by Marta Orlova in 1961 and never tested.", "Engineers blame Orlova."),
        ("Der Damm wurde von Marta Orlova geplant.", "Ein Ingenieur gibt Marta Orlova die Schuld."),
    ],
)
def test_the_background_of_a_story_is_not_hidden_by_a_follow_up(told: str, elsewhere: str) -> None:
    """A paragraph about a name of the article counts, though one of few other pages has it too."""
    code = "de" if "Damm" in told else "en"
    before = evolve(text(ONE, elsewhere, told, TWO), language=code)
    after = evolve(text(ONE, elsewhere, TWO), language=code)
    followed = f"{FOUR}\n{told}\n"
    for others in ([followed], [followed, FOUR]):
        (change,) = compare_sides(before, after, host=Host.of(others)).changes
        assert change.before == told
    assert compare_sides(before, after, host=Host.of([followed, followed])).same


def test_a_paragraph_removed_that_also_stands_in_a_card_was_removed() -> None:
    """What both pages have beside the article, without telling classes, does not hide an edit."""
    beside = f'<section><h2>More</h2><div class="card"><p>{THREE}</p></div></section>'
    before = page(paragraphs(ONE, TWO, THREE, FOUR), beside)
    (change,) = compare_sides(before, page(paragraphs(ONE, TWO, FOUR), beside)).changes
    assert change.classes == ("paragraph-removed",)
    assert change.before == THREE


@pytest.mark.parametrize("tag", ["h2", "h3", "h5"])
def test_years_in_a_heading_are_content_and_hours_a_clock(tag: str) -> None:
    """*3 years ago* over a part of a story is what it says; *5 minutes ago* is a live blog's."""

    def headed(line: str) -> Side:
        return page(f"{paragraphs(ONE, TWO)}<{tag}>{line}</{tag}>{paragraphs(THREE, FOUR)}")

    assert not compare_sides(headed("3 years ago"), headed("5 years ago")).same
    assert not compare_sides(headed("Yesterday"), headed("Today")).same
    assert not compare_sides(headed("5 minutes ago"), headed("5 years ago")).same
    assert compare_sides(headed("5 minutes ago"), headed("2 hours ago")).same


def test_what_only_the_extraction_lost_is_no_change() -> None:
    """Where both pages show the same, what only one of the texts has was never edited."""
    whole = page(paragraphs(ONE, TWO, THREE, FOUR))
    lost = evolve(whole, text="".join(f"{line}\n" for line in (ONE, TWO, FOUR)), content=None)
    for found in (compare_sides(whole, lost), compare_sides(lost, whole)):
        assert found.same
        assert found.filters["extraction-artefact"] == 0


def test_a_sentence_that_survives_beside_the_article_was_removed() -> None:
    """A teaser, a comment or a description for machines is not the article."""
    before = page(paragraphs(ONE, TWO, THREE, FOUR))
    for beside, head in (
        (f'<aside><a href="/x">{THREE}</a></aside>', ""),
        (f'<div class="comments"><p>{THREE}</p></div>', ""),
        ("", f'<meta name="keywords" content="{THREE}">'),
    ):
        after = page(paragraphs(ONE, TWO, FOUR), beside, head)
        (change,) = compare_sides(before, after).changes
        assert change.classes == ("paragraph-removed",), beside
        assert change.before == THREE


def test_a_link_in_the_text_and_one_beside_it() -> None:
    """A target exchanged is a change of the article, and so is one of many buttons gone."""
    link = '<a href="https://{}.example/a">river</a>'
    before = page(paragraphs(ONE.replace("river", link.format("one")), TWO, THREE))
    after = page(paragraphs(ONE.replace("river", link.format("two")), TWO, THREE))
    (change,) = compare_sides(before, after).changes
    assert (change.classes, change.scope) == (("link",), "article")
    button = '<div class="b"><a href="/get/{}">Get the data</a></div>'
    lines = [ONE, TWO, THREE, FOUR]
    items = [f"<p>{line}</p>{button.format(at)}" for at, line in enumerate(lines)]
    found = compare_sides(page("".join(items)), page("".join([*items[:3], f"<p>{FOUR}</p>"])))
    (change,) = found.changes
    assert (change.classes, change.scope, change.after) == (("link",), "article", "")


def test_a_link_whose_place_has_another_class_is_no_change() -> None:
    """Of a link that only stands in another kind of place nothing is said; of one gone it is."""
    button = '<div class="{}"><a href="/get/{}">Get the data</a></div>'
    lines = [ONE, TWO, THREE, FOUR]
    items = [f"<p>{line}</p>{button.format('b', at)}" for at, line in enumerate(lines)]
    renamed = [*items[:3], f"<p>{FOUR}</p>{button.format('b x1f', 3)}"]
    for one, two in ((items, renamed), (renamed, items)):
        assert compare_sides(page("".join(one)), page("".join(two))).same
    (change,) = compare_sides(page("".join(items)), page("".join(renamed[1:]))).select(
        frozenset({"link"})
    )
    assert "/get/0" in change.before


def introduced(lead: str, tag: str, described: str) -> Side:
    """A side of a page that claims a description and shows a line between headline and text."""
    body = paragraphs(ONE, TWO, THREE, FOUR)
    head = f'<meta name="description" content="{described}">' if described else ""
    content = (
        f"<html><head><title>Flood</title>{head}</head><body><ul><li></li></ul>"
        f"<h1>Flood</h1><{tag}><p>{lead}</p></{tag}><article>{body}</article></body></html>"
    ).encode()
    kind = "text/html; charset=utf-8"
    return read_side(content, kind, URL, extract(content, kind, URL))


@pytest.mark.parametrize("tag", ["div", "header", "aside", 'div class="teaser"'])
def test_a_standfirst_is_found_whatever_the_markup_calls_it(tag: str) -> None:
    """A description that the page shows below its headline is its standfirst, when edited."""
    old = "Two metres of water in the lower streets, and nobody was warned in time."
    new = old.replace("nobody", "everybody")
    (change,) = compare_sides(introduced(old, tag, old), introduced(new, tag, new)).changes
    assert change.classes == ("standfirst", "negation")
    assert change.significance == "substantive"


def test_a_description_that_nobody_sees_is_a_claim_only() -> None:
    """Of a description for machines alone the change is no standfirst, and its name is given."""
    lead = "Two metres of water in the lower streets, and nobody was warned in time."
    old, new = "What a flood does to a town, told.", "What a river does to a town, told."
    found = compare_sides(introduced(lead, "div", old), introduced(lead, "div", new))
    (change,) = found.beside
    assert found.same
    assert (change.classes, change.scope) == (("claim-only",), "page")
    assert change.property == "description"


@pytest.mark.parametrize("tag", ["footer", "aside", "p"])
def test_a_correction_note_is_found_wherever_a_reader_sees_it(tag: str) -> None:
    """A note that the text leaves out is a change of class correction, once, and tells of edits."""
    note = "Correction: an earlier version of this article said that the river rose by five metres."
    before = page(paragraphs(ONE.replace("two", "five"), TWO, THREE))
    after = page(paragraphs(ONE, TWO, THREE) + f"<{tag}>{note}</{tag}>")
    found = compare_sides(before, after)
    (added,) = found.select(frozenset({"correction"}))
    assert (added.after, added.significance) == (note, "substantive")
    assert not found.silent
    (removed,) = compare_sides(after, page(paragraphs(ONE, TWO, THREE))).changes
    assert removed.before == note
    assert "correction" in removed.classes


def test_a_remark_with_its_label_apart_tells_of_no_edit() -> None:
    """A warning below a label in an element of its own is no note: the edit stays silent."""
    before = page(paragraphs(ONE.replace("two", "five"), TWO, THREE))
    remark = "<footer><b>Editor's note:</b> <i>The details may be distressing to some.</i></footer>"
    found = compare_sides(before, page(paragraphs(ONE, TWO, THREE) + remark))
    assert not found.select(frozenset({"correction"}))
    assert found.silent


def test_extraction_anew_is_recorded() -> None:
    """That both sides were extracted anew stands among the filters."""
    assert compare_sides(text(ONE), text(ONE), reextracted=True).filters["re-extracted"] == 1
