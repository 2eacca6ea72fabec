"""The language of a text by its own words, whatever its page declares."""

from __future__ import annotations

import pytest

from archive.comparison import Side, compare_sides
from archive.comparison.tongue import LEAST, OWN, find_tongue
from tests.article.test_reading import page
from tests.comparison.test_pages import side

ENGLISH = (
    "The council of the town met in the old hall to hear of the plans for the pier and of the"
    " money that it would cost. The mayor said that the work was to begin in the spring, and that"
    " it would be paid for by the county.\n"
)
TEXTS = {
    "en": ENGLISH,
    "de": "Der Rat der Stadt hat in der alten Halle über die Pläne für die Mole und über das Geld"
    " beraten, das sie kostet. Die Arbeiten sollen im Frühjahr beginnen, sagte die Bürgermeisterin,"
    " und der Kreis wird sie bezahlen.\n",
    "ja": "町議会は古い集会所で桟橋の計画と費用について話し合った。工事は春に始まる予定。\n",
    "zh": "镇议会在旧礼堂讨论了码头的计划和费用。镇长表示，工程将于春季开始，由县里支付。\n",
    "ko": "읍의회는 낡은 회관에서 부두 계획과 비용을 논의했다. 공사는 봄에 시작될 예정이다.\n",
    "el": "Το συμβούλιο της πόλης συζήτησε για τα σχέδια της προβλήτας και για το κόστος.\n",
    "he": "מועצת העיירה דנה באולם הישן בתוכניות של המזח ובכסף שהוא יעלה.\n",
    "th": "สภาเมืองประชุมกันในหอประชุมเก่าเพื่อฟังแผนของท่าเรือและเงินที่ต้องใช้\n",
}
DECLARED = [
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "sv",
    "pl",
    "cs",
    "ru",
    "tr",
    "ja",
    "ar",
    "fi",
    "hu",
]


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize("template", ["{}", "<p>{}</p>"])
def test_a_denial_is_found_on_a_page_that_declares_another_language(
    declared: str, template: str
) -> None:
    """English under any other language's tag is compared with English words, page or text."""
    told = "The minister did {}take money from the builder of the bridge."
    lines = [line for line in ENGLISH.split("\n") if line]
    if template == "{}":
        sides = [
            Side(f"{ENGLISH}{told.format(word)}\n", language=declared) for word in ("", "not ")
        ]
    else:
        inner = "".join(template.format(line) for line in lines)
        tag = f'<html lang="{declared}">'.encode()
        sides = [
            side(page(inner + template.format(told.format(word))).replace(b"<html>", tag))
            for word in ("", "not ")
        ]
    (change,) = compare_sides(*sides).changes
    assert change.classes == ("negation",)


@pytest.mark.parametrize(
    ("declared", "before", "after"),
    [
        ("de", "Er hat das Geld genommen.", "Er hat das Geld nicht genommen."),
        ("tr", "Bakan dün parayı aldı geldi.", "Bakan dün parayı aldı gelmedi."),
        ("ru", "Министр вчера взял эти деньги.", "Министр вчера не взял эти деньги."),
        ("ja", "大臣は金を受け取った。", "大臣は金を受け取らなかった。"),
    ],
)
def test_a_denial_in_the_language_declared_is_found_in_a_text_of_another(
    declared: str, before: str, after: str
) -> None:
    """One sentence in the page's language, in a text of another, is read with its words too."""
    sides = [Side(f"{ENGLISH}{line}\n", language=declared) for line in (before, after)]
    assert sides[0].codes() == ("en", declared)
    assert compare_sides(*sides).classes == ("negation",)


def test_labels_are_read_in_the_language_that_the_page_declares() -> None:
    """A template's labels and times are furniture, whatever the language of the text."""
    sides = [
        side(
            page(f"<p>{ENGLISH}</p><p>Aktualisiert am {day}. Juni 2026</p>").replace(
                b"<html>", b'<html lang="de">'
            )
        )
        for day in (3, 4)
    ]
    assert [one.codes() for one in sides] == [("en", "de")] * 2
    assert compare_sides(*sides).same


@pytest.mark.parametrize("written", TEXTS)
@pytest.mark.parametrize("declared", ["", "en", "de", "fr", "sv", "xx"])
def test_the_text_tells_its_language(written: str, declared: str) -> None:
    """Script and closed words outweigh what is declared."""
    assert find_tongue(TEXTS[written] * 2, declared) in (written, *_unknown(written, declared))


def _unknown(written: str, declared: str) -> tuple[str, ...]:
    """Nothing is known of the language *xx*: what is declared stays, unless words are plain."""
    return (declared,) if declared == "xx" and written not in ("en", "de") else ()


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("af", "Die raad van die dorp het in die ou saal oor die planne vir die pier gepraat."),
        ("ca", "El consell de la vila va parlar del moll i dels diners que costaria a la gent."),
        ("be", "Рада мястэчка абмеркавала ў старой зале планы прыстані і грошы на яе."),
        ("da", "Byrådet talte i den gamle sal om planerne for molen og om de penge, den koster."),
        ("nb", "Rådet snakket i den gamle salen om planene for moloen og om pengene den koster."),
        ("sk", "Rada mesta v starej sále hovorila o plánoch móla a o peniazoch, ktoré bude stáť."),
        ("uk", "Рада міста в старій залі говорила про плани пристані та про гроші на неї."),
        (
            "pt",
            "O conselho da vila falou na velha sala dos planos do cais e do dinheiro que custa.",
        ),
    ],
)
def test_a_language_like_its_neighbour_stays_what_it_declares(declared: str, text: str) -> None:
    """What is like another language is not taken for it."""
    assert find_tongue(text * 3, declared) in (declared, {"nb": "no"}.get(declared))


def test_how_many_words_show_another_language() -> None:
    """The bounds, on both sides: the least words of another, and the share of one's own."""
    few = "of the and of the and of"
    assert len(few.split()) == LEAST - 1
    assert find_tongue(few, "sv") == "sv"
    assert find_tongue(f"{few} the", "sv") == "en"
    size = int(1 / OWN)
    mixed = "och " + "the of " * (size // 2 - 1) + "x"
    assert len(mixed.split()) == size
    assert find_tongue(mixed, "sv") == "sv"
    assert find_tongue(mixed + " the" * 2, "sv") == "en"


def test_nothing_is_made_up() -> None:
    """Of a text without words nothing is known but what is declared."""
    assert find_tongue("", "") is None
    assert find_tongue("", "de") == "de"
    assert find_tongue("14 41 1911", "ja") == "ja"
    assert find_tongue("xyz qrs", "") is None
