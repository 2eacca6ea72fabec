"""Words that turn what a sentence says, though no number, name or negator differs."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.comparison import Comparison, Side, compare_sides
from archive.comparison.lexicon import pick_lexicon
from archive.comparison.meaning import exchanged

AROUND = "The council met in the old town hall above the river to hear of the budget.\n{}\n"


def compared(before: str, after: str, language: str = "en") -> Comparison:
    """What is said of a paragraph that became another."""
    return compare_sides(
        Side(AROUND.format(before), language=language),
        Side(AROUND.format(after), language=language),
    )


@pytest.mark.parametrize(
    ("language", "before", "after", "wanted"),
    [
        ("en", "The court found that the vote was legal.", "legal|illegal", "negation"),
        ("en", "A recession is now unlikely, he wrote.", "unlikely|likely", "negation"),
        ("de", "Das Gericht nennt die Wahl zulässig.", "zulässig|unzulässig", "negation"),
        ("en", "The attack was on a Monday in the city.", "Monday|Tuesday", "number"),
        ("en", "The plant opened in January at last.", "January|March", "number"),
        ("en", "It was the second attack of the year.", "second|third", "number"),
        ("en", "About half of the voters agreed with it.", "half|a third", "number"),
        ("en", "He was sent to jail for three weeks.", "weeks|months", "number"),
        ("en", "The fund has lost 5 million dollars.", "dollars|euros", "number"),
        ("de", "Er muss für drei Wochen ins Gefängnis.", "Wochen|Monate", "number"),
        ("en", "It rose by 14 % in a single year.", "%|points", "number"),
        ("en", "It rose by 14 percent in a year.", "percent|percentage points", "number"),
        ("de", "Sie stieg um 14 % in einem Jahr.", "%|Prozentpunkte", "number"),
        ("fr", "Il a augmenté de 14 pour cent hier.", "pour cent|points", "number"),
        ("es", "Subió un 14 por ciento en un año.", "por ciento|puntos", "number"),
        ("it", "Sale del 14 per cento in un anno.", "per cento|punti", "number"),
        ("nl", "Het steeg met 14 % in een jaar.", "%|procentpunt", "number"),
        ("sv", "Det steg med 14 procent i fjol.", "procent|procentenheter", "number"),
        ("no", "Det steg med 14 prosent i fjor.", "prosent|prosentpoeng", "number"),
        ("fi", "Se nousi 14 prosenttia vuodessa.", "prosenttia|prosenttiyksikköä", "number"),
        ("pl", "Wzrost o 14 procent w tym roku.", "procent|punktów", "number"),
        ("cs", "Růst o 14 procent v tomto roce.", "procent|bodů", "number"),
        ("ru", "Рост на 14 процентов за этот год.", "процентов|пунктов", "number"),
        ("uk", "Зріст на 14 відсотків за цей рік.", "відсотків|пунктів", "number"),
        ("tr", "Bu oran geçen yıl %14 arttı.", "%14|14 puan", "number"),
        ("ja", "この割合は昨年14%増えた。", "%|ポイント", "number"),
        ("ko", "이 비율은 작년에 14% 증가했다.", "%|포인트", "number"),
        ("zh", "这一比例去年增长了14%。", "%|个百分点", "number"),
        ("ar", "ارتفع المعدل بنسبة 14% العام الماضي.", "%| نقطة", "number"),
        ("hu", "Tavaly 14 százalékkal nőtt ez.", "százalékkal|százalékponttal", "number"),
        ("en", "He made £1.5m with it in a year.", "1.5m|1.5k", "number"),
        ("en", "Police arrested the alleged attacker.", "alleged |", "attribution"),
        ("de", "Der mutmaßliche Täter ist in Haft.", "mutmaßliche |", "attribution"),
        ("en", "The road is closed, according to police.", ", according to police|", "attribution"),
        ("en", "The dam is safe, the minister said.", ", the minister said|", "attribution"),
        ("en", "The mayor said the dam is safe.", "The mayor said the|The", "attribution"),
    ],
)  # fmt: skip
def test_a_word_that_turns_a_sentence_has_its_class(
    language: str, before: str, after: str, wanted: str
) -> None:
    """Such an edit is substantive and, untold, silent, in both directions."""
    old, _, new = after.partition("|")
    sentences = before, before.replace(old, new)
    assert sentences[0] != sentences[1]
    for one, two in (sentences, sentences[::-1]):
        found = compared(one, two, language)
        (change,) = found.changes
        assert wanted in change.classes, change
        assert change.significance == "substantive"
        assert found.silent


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The rain was heavy at noon.", "The rain was light at noon."),
        ("They waited some weeks for it.", "They waited some months for it."),
        ("He made £1.5m with it in a year.", "He made £1.5 million with it in a year."),
        ("The race over 100m was long.", "The race over 100 metres was long."),
        ("It rose by 14 percentage points.", "It rose by 14 points."),
        ("It rose by 14% in a year.", "It rose by 14 percent in a year."),
        ("It may rain in the night.", "It will rain in the night."),
    ],
)
def test_other_words_stay_wording(before: str, after: str) -> None:
    """A word exchanged is none of these where nothing is counted, denied or told."""
    (change,) = compared(before, after).changes
    assert change.classes == ("wording",)


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "It may rain in the night.", "It will rain in the night."),
        ("en", "It might rain in the night.", "It must rain in the night."),
        ("en", "It could rain in the night.", "It was to rain in the night."),
        ("en", "It will perhaps rain at night.", "It will rain at night."),
        ("en", "The man was charged with murder.", "The man was convicted of murder."),
        ("en", "The man accused of it is here.", "The man guilty of it is here."),
        (
            "en",
            "A court acquitted him: he was acquitted.",
            "A court acquitted him: he was sentenced.",
        ),
        ("en", "He is innocent and went home.", "He is guilty and went home."),
        ("en", "Police have detained the suspect.", "Police have detained the thief."),
        ("de", "Der Mann wurde angeklagt.", "Der Mann wurde verurteilt."),
        ("fr", "L’homme a été accusé hier.", "L’homme a été condamné hier."),
        ("es", "El hombre fue absuelto ayer.", "El hombre fue condenado ayer."),
        ("en", "The attacker shot the guard.", "The guard shot the attacker."),
        ("en", "In May Smith shot Jones in Rome.", "In May Jones shot Smith in Rome."),
        ("en", "Peter Smith was shot by Al Jones.", "Al Jones was shot by Peter Smith."),
        ("de", "Meier hat Schulze erschossen.", "Schulze hat Meier erschossen."),
        ("de", "Erst biss der Hund den Mann.", "Erst biss der Mann den Hund."),
    ],
)
def test_few_words_decide(language: str, before: str, after: str) -> None:
    """How sure something is, how one stands before the law, who did it to whom: none is style."""
    for one, two in ((before, after), (after, before)):
        found = compared(one, two, language)
        (change,) = found.changes
        assert change.significance == "substantive", change
        assert found.silent


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It may rain in the night.", "It might rain in the night."),
        ("He will come tomorrow at noon.", "He’ll come tomorrow at noon."),
        ("They will not come at noon.", "They won't come at noon."),
        ("Perhaps it will rain, he feared.", "It will, perhaps, rain, he feared."),
        ("It was sunny, and May was cold.", "It was sunny, and it was cold."),
        ("They sold oil and gas to us.", "They sold gas and oil to us."),
        ("They sold the oil and the gas.", "They sold the gas and the oil."),
    ],
)
def test_what_decides_nothing(before: str, after: str) -> None:
    """The same in other words, a month, and a list in another order decide nothing."""
    for change in compared(before, after).changes:
        assert change.significance != "substantive" or "name" in change.classes, change


def words(*more: str) -> st.SearchStrategy[list[str]]:
    """A few words, some of them twice."""
    return st.lists(st.sampled_from(["a", "and", "shot", "Smith", "Jones", ",", *more]), max_size=9)


@given(words("x"), words("y"), words(), words())
@example(["and", "and"], ["Jones", "Jones"], [], [])
@example(["and", "and"], ["Jones", "Jones", "Jones"], [], [])
def test_an_exchange_is_found_in_both_directions(
    one: list[str], two: list[str], around: list[str], between: list[str]
) -> None:
    """What took another's place did so in either direction, and the same passage never."""
    old = [*around, *one, *between, *two, *around]
    new = [*around, *two, *between, *one, *around]
    lexicon = pick_lexicon("en")
    assert exchanged(old, new, lexicon) == exchanged(new, old, lexicon)
    assert not exchanged(old, old, lexicon)
    assert exchanged(
        ["it", *one, "X", "shot", "Y", "b"], ["it", *one, "Y", "shot", "X", "b"], lexicon
    )


def test_marks_that_make_words_a_quotation_are_substantive() -> None:
    """Words that are now said to be somebody's own, or no longer, are no mere typography."""
    plain = "He told reporters that it is over for good, and left the hall."
    quoted = plain.replace("it is over for good", "“it is over for good”")
    for one, two, wanted in (
        (plain, quoted, "quotation-added"),
        (quoted, plain, "quotation-removed"),
    ):
        (change,) = compared(one, two).changes
        assert wanted in change.classes
        assert change.significance == "substantive"


@pytest.mark.parametrize(("words", "wanted"), [(4, "minor"), (5, "substantive")])
def test_four_words_of_wording_are_little(words: int, wanted: str) -> None:
    """Wording alone matters from the fifth word on that came or went."""
    plain = ["green", "wooden", "painted", "narrow", "little"][:words]
    found = compared(
        "The bench stands beside the door of the house near the lane.",
        f"The {' '.join(plain)} bench stands beside the door of the house near the lane.",
    )
    (change,) = found.changes
    assert change.classes == ("wording",)
    assert change.significance == wanted


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("The pier closed on the first day of May.", "{}", True),
        ("{}", "{} The editors regret it.", False),
        ("{}", "The pier closed on the first day of May.", False),
    ],
)
def test_a_correction_is_a_passage_that_became_a_note(
    before: str, after: str, wanted: bool
) -> None:
    """A note that was edited before, or was taken away, tells of nothing new."""
    note = "Correction: The pier closed on the first day of May, not of March."
    found = compared(before.format(note), after.format(note))
    assert any("correction" in change.classes for change in found.changes) is wanted
