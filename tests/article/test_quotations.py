"""Quotations: marks, speakers, values, and texts made to break them."""

from __future__ import annotations

import json
import re
import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Claim, Claims
from archive.article.extraction import quote
from archive.article.quotations import Quotation
from archive.article.quotations.finding import find_quotations
from archive.article.quotations.vocabulary import SPOKEN
from archive.article.quotations.words import guess_vocabulary
from archive.errors import DocumentError
from archive.typography import DIRECTIONS
from tests.effort import effort
from tests.places import shared

MARKS = "“”\"„«»‹›‘’‚'`「」『』–—-"
WORDS = """he said|said Jane Smith|Smith said|The |according to police|sier hun|, sa |dit-il|so Lang
|– |adding that |A.|s|.|,|:|;|!|?|''|``|, explique Luc, |denied |never |film |sighed |l’avocat
|’t Hart
|と述べた。|市長は|王明说：|表示|고 말했다 |시장은 |قال أحمد |: |dedi |Ali, |сказал он
|\u202e|\u200f|\u00ad|。"""
PIECES = st.sampled_from([*MARKS, *WORDS.split("|"), "\n", " "])
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=60).map("".join)
LANGUAGES = st.sampled_from([None, "xx", *SPOKEN])


def quoted(text: str, language: str | None = "en") -> list[str]:
    """The quoted words found, marks included."""
    return [found.text for found in find_quotations(text, language)]


def spoken(text: str, language: str = "en") -> list[tuple[str | None, str | None, bool]]:
    """Speaker, verb and whether inferred, of each quotation found."""
    found = find_quotations(text, language)
    return [(one.speaker, one.verb, one.inferred) for one in found]


def test_the_nine_of_the_seed_are_found_and_nothing_else() -> None:
    """The seed's quotations come out with their positions, speakers, verbs and inferences."""
    text = shared("seed/kursk-article.txt").read_text(encoding="utf-8")
    wanted = json.loads(shared("seed/quotations.json").read_bytes())
    members = tuple(Quotation("", 0, 0).to_json())
    assert [one.to_json() for one in find_quotations(text)] == [
        {name: one[name] for name in members} for one in wanted
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("She said “yes” and “no”.\n", ["“yes”", "“no”"]),
        ('She said "yes" and "no".\n', ['"yes"', '"no"']),
        ("Er sagte „ja“ und »nein«.\n", ["„ja“", "»nein«"]),
        ("Il a dit « oui » et «non».\n", ["« oui »", "«non»"]),
        ("qu’« il ne peut », dit-il\n", ["« il ne peut »"]),
        ("W „Gazecie” był »twardziel«.\n", ["„Gazecie”", "»twardziel«"]),
        ("彼は「はい」と『いいえ』を言った。\n", ["「はい」", "『いいえ』"]),
        ("The ‘big’ one and 'small' ones.\n", ["‘big’", "'small'"]),
        ("Eine ‚kleine‘ Sache und ‹noch› eine.\n", ["‚kleine‘", "‹noch›"]),
        ("The dogs’ owner isn’t here, nor is the boys' aunt.\n", []),
        ("‘The players’ room is full,’ he said.\n", ["‘The players’ room is full,’"]),
        ("Back in the '90s and ‘80s, rock 'n' roll, get ‘em.\n", []),
        ("“He told me ‘go’ and I went.”\n", ["“He told me ‘go’ and I went.”", "‘go’"]),
        ("„Er fragte: ‚Wo?‘“, sagte sie.\n", ["„Er fragte: ‚Wo?‘“", "‚Wo?‘"]),
        ('"He is 6\'2" tall," she said.\n', ['"He is 6\'2" tall,"']),
        ('It is "so” and “so".\n', ['"so”', '“so"']),
        ("The film “Dune“ ran, and ‘so‘ on.\n", ["“Dune“", "‘so‘"]),
        ('He said,"No."and left.\n', ['"No."']),
    ],
)
def test_marks_of_every_kind_are_paired(text: str, wanted: list[str]) -> None:
    """Marks pair by shape and neighbours; apostrophes, years and inches are no marks."""
    assert quoted(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("“One.\n“Two.\n“Three,” he said.\n", ["“One.\n“Two.\n“Three,”"]),
        ('"One.\n"Two," he said.\n', ['"One.\n"Two,"']),
        ("‘One.\n‘Two,’ he said.\n", ["‘One.\n‘Two,’"]),
        ("“One.\nNot quoted.\n“Two,” he said.\n", ["“Two,”"]),
        ("“One,” he said. “Two.\n“Three.”\n", ["“One,”", "“Two.\n“Three.”"]),
        ("“One, he said. “Two.”\n“Three.”\n", ["“Two.”", "“Three.”"]),
        ("“One.\nThe “two” ones.\n", ["“two”"]),
        ("One.”\n“Two.”\n", ["“Two.”"]),
    ],
)
def test_a_quotation_runs_on_only_by_the_convention(text: str, wanted: list[str]) -> None:
    """An open paragraph goes on in the next one only where that begins with the same mark."""
    assert quoted(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("“Yes,” Jane Smith said.\n", ("Jane Smith", "said", False)),
        ("“Yes,” said the mayor.\n", ("mayor", "said", False)),
        ("“Yes?” Smith asked.\n", ("Smith", "asked", False)),
        ("Jane Smith said: “Yes.”\n", ("Jane Smith", "said", False)),
        ("Jane Smith, 32, a lawyer, said it was “bad”.\n", ("Jane Smith", "said", False)),
        ("The mayor, Jane Smith, said it was “bad”.\n", ("Jane Smith", "said", False)),
        ("On Friday, Jane Smith, a lawyer, said it was “bad”.\n", ("Jane Smith", "said", False)),
        ("The deal failed, but Jones, the mayor, called it “good”.\n", ("Jones", "called", False)),
        ("According to police, he was “armed”.\n", ("police", None, False)),
        ("Jane Smith left, adding that it was “bad”.\n", ("Jane Smith", "adding", False)),
        ("Jane Smith, who said it was “bad”, left.\n", ("Jane Smith", "said", False)),
        ("It was described as “bad” by many.\n", (None, None, False)),
        ("It was described by Jane Smith as “bad”.\n", ("Jane Smith", "described", False)),
        ("Jane Smith said she loved the film “Dune Two” a lot.\n", (None, None, False)),
        ("The “bad” day came.\n", (None, None, False)),
        ("The film is called “Dune”.\n", (None, None, False)),
        ("Jane Smith: “Yes.”\n", ("Jane Smith", None, False)),
    ],
)
def test_english_names_its_speakers(text: str, wanted: tuple[str | None, str | None, bool]) -> None:
    """The subject of the reporting verb in the same sentence is the speaker; titles have none."""
    assert spoken(text) == [wanted]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("de", "„Ja“, sagte Anna Schmidt am Montag.\n", ("Anna Schmidt", "sagte", False)),
        ("de", "„Ja“, so Schmidt.\n", ("Schmidt", None, False)),
        ("de", "Am Montag sagte Schmidt: „Ja.“\n", ("Schmidt", "sagte", False)),
        ("fr", "« Oui », a déclaré Anne Petit.\n", ("Anne Petit", "déclaré", False)),
        ("fr", "Selon Anne Petit, c’est « grave ».\n", ("Anne Petit", None, False)),
        ("es", "“Sí”, dijo Ana Ruiz en Madrid.\n", ("Ana Ruiz", "dijo", False)),
        ("it", "«Sì», ha detto Anna Rossi.\n", ("Anna Rossi", "detto", False)),
        ("pt", "“Sim”, afirmou Ana Costa.\n", ("Ana Costa", "afirmou", False)),
        ("uk", "«Так», – сказала Анна Коваль.\n", ("Анна Коваль", "сказала", False)),
        ("pl", "„Tak” – powiedziała Anna Nowak.\n", ("Anna Nowak", "powiedziała", False)),
        ("no", "– Ja, sier Anna Dahl til avisen.\n", ("Anna Dahl", "sier", False)),
        ("nb-NO", "Anna Dahl sa at det var «bra».\n", ("Anna Dahl", "sa", False)),
    ],
)
def test_other_languages_name_their_speakers(
    language: str, text: str, wanted: tuple[str | None, str | None, bool]
) -> None:
    """Each vocabulary finds a speaker where its language puts him."""
    assert spoken(text, language) == [wanted]


def test_a_pronoun_stands_for_the_subject_before_it_and_is_inferred() -> None:
    """Words like "she said" take the name from the sentence before, and keep their own verb."""
    text = "Jane Smith came late.\n“Sorry,” she said.\n"
    (found,) = find_quotations(text, "en")
    assert (found.speaker, found.verb, found.inferred) == ("Jane Smith", "said", True)
    assert found.speaker_span == (0, 10)
    assert text[slice(*(found.verb_span or ()))] == "said"


@pytest.mark.parametrize("words", ["a-t-il ajouté", "avait-il ajouté", "a-t-il dit"])
def test_an_auxiliary_with_its_pronoun_is_no_name(words: str) -> None:
    """« a-t-il ajouté » stands for the subject before it."""
    text = f"« Oui », a déclaré Jean Petit. « C’est bien », {words}.\n"
    assert spoken(text, "fr")[1] == ("Jean Petit", words.split()[1], True)
    assert spoken(f"« Oui », {words}.\n", "fr")[0][0] is None


def test_speech_goes_on_with_its_speaker_and_is_inferred() -> None:
    """A quotation that is a whole sentence continues the speech before it, without a verb."""
    text = "“Yes,” Jane Smith said. “No.”\n“Maybe.”\n“Heading”\nThe end. “Why?”\n"
    assert spoken(text) == [
        ("Jane Smith", "said", False),
        ("Jane Smith", None, True),
        ("Jane Smith", None, True),
        (None, None, False),
        (None, None, False),
    ]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("no", "– Ja, sier hun.\n", ["– Ja"]),
        ("no", "– Ja! sier hun.\n", ["– Ja!"]),
        ("no", "Anna sa, og fortsatte:\n- Nei.\nSlutt.\n", ["- Nei."]),
        ("no", "- Ja, sier hun. – Og nei, sier hun.\n", ["- Ja", "– Og nei"]),
        ("no", "- Epler.\n- Pærer.\n- Plommer.\n", []),
        ("no", "Les også: Anna fikk nok: – Det er slutt\n", ["– Det er slutt"]),
        ("fr", "— Oui, dit-elle.\n", ["— Oui"]),
        ("es", "—Sí —dijo Ana.\n", ["—Sí"]),
        ("en", "— Jane Smith, mayor, said the list.\n", []),
        ("de", "– Punkt eins, sagte er\n", []),
    ],
)
def test_dashes_mark_speech_only_where_the_words_show_it(
    language: str, text: str, wanted: list[str]
) -> None:
    """A dash is speech in languages with the habit; lists and signatures are not."""
    assert quoted(text, language) == wanted


def words_of(text: str) -> list[str]:
    """The words of a text without signs that turn the direction of writing."""
    return re.sub(f"[{DIRECTIONS}]", "", text).split()


@effort(4)
@given(TEXTS, LANGUAGES)
def test_any_text_gives_quotations_that_lie_in_it(text: str, language: str | None) -> None:
    """Whatever the text, nothing is raised, and every span holds what the quotation says."""
    found = find_quotations(text, language)
    for one in found:
        assert text[one.start : one.end] == one.text != ""
        assert (one.speaker is None) == (one.speaker_span is None)
        if one.speaker is not None and one.speaker_span is not None:
            assert " ".join(words_of(text[slice(*one.speaker_span)])).endswith(one.speaker)
            assert one.speaker.strip()
        if one.verb is not None and one.verb_span is not None:
            assert text[slice(*one.verb_span)] == one.verb
        assert Quotation.from_json(json.loads(json.dumps(one.to_json()))) == one
    assert list(found) == sorted(found, key=lambda one: (one.start, -one.end))
    assert found == find_quotations(text, language)


@effort(2)
@given(TEXTS)
def test_quotations_lie_apart_or_within_one_another(text: str) -> None:
    """No two quotations cross."""
    open_ends: list[int] = []
    for one in find_quotations(text, "no"):
        while open_ends and open_ends[-1] <= one.start:
            open_ends.pop()
        assert not open_ends or one.end <= open_ends[-1]
        open_ends.append(one.end)


@effort(2)
@given(TEXTS, TEXTS, st.sampled_from("“”„«»‘’'\"「」"))
def test_an_unmatched_mark_changes_no_other_paragraph(before: str, after: str, mark: str) -> None:
    """A stray mark in a paragraph of its own leaves the spans before and behind it as they were."""
    plain = f"{before}\nnothing here\nnor here\n{after}\n"
    stray = f"{before}\nnothing {mark}here\nnor here\n{after}\n"
    at = len(before) + len("\nnothing ")

    def spans(text: str) -> list[tuple[int, int]]:
        return [(one.start, one.end) for one in find_quotations(text, "xx")]

    moved = [(a + (a >= at), b + (b > at)) for a, b in spans(plain)]
    assert [span for span in spans(stray) if not span[0] <= at < span[1]] == moved


class Steps:
    """Counts the calls made while it is entered."""

    def __init__(self) -> None:
        self.count = 0

    def _call(self, frame: FrameType, event: str, argument: Any) -> None:
        self.count += event.endswith("call")

    def __enter__(self) -> Steps:
        sys.setprofile(self._call)
        return self

    def __exit__(self, *error: object) -> None:
        sys.setprofile(None)


@pytest.mark.parametrize(
    "unit",
    [
        "“", "”", '"', "'", "“”", "„«“‘", "“a” ", '"a" said ', "“a,” said the and of Smith, ",
        "the “a”, ", "‘dogs’ b ", "“a,” he said. ", "“a,” he said.\n", "“a\n", "– x\n",
        "– a, sier b. ", ": “a” ", "“x.” ", "Aa ", ". – ", "said ", "“a”, who said ", "\n",
        "“a”, sighed Bo. ", "``a'' ", "'a\n", "film “a”, ", "“a” — Bo\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "no"])
def test_work_grows_with_the_text_and_no_faster(unit: str, language: str) -> None:
    """Twice the text of a hostile kind takes at most about twice the calls."""
    assert_linear(unit, language)


@pytest.mark.parametrize(
    ("language", "unit"),
    [
        ("fr", "« a, dit Luc, b » "), ("fr", "« a », l’"), ("ru", "— a, — сказал он. "),
        ("ja", "「a」と述べた"), ("ja", "市長は「a」"), ("zh", "王说：“a”"),
        ("ko", "그는 “a”고 말했다 "), ("ko", "을 는 “a” "),
        ("ar", "قال ب: «a» "), ("tr", "Ali, “a” dedi "), ("nl", "’t “a” "),
    ],
)  # fmt: skip
def test_work_grows_no_faster_in_other_languages(language: str, unit: str) -> None:
    """The same of the forms of other languages."""
    assert_linear(unit, language)


def assert_linear(unit: str, language: str) -> None:
    """Compare the calls for a text and for one that is twice as long."""
    counts = []
    for times in (1000, 2000):
        text = "The end of it. " + unit * times
        with Steps() as steps:
            find_quotations(text, language)
        counts.append(steps.count)
    assert counts[1] <= 2.2 * counts[0] + 100


def test_the_language_is_guessed_from_frequent_words() -> None:
    """A few sentences tell the languages apart; too little text tells nothing."""
    samples = {
        "en": "The end of the day was near, and it is said that he has gone to the sea.",
        "de": "Das Ende des Tages war nah und es ist nicht das erste, das er auf dem Meer sah.",
        "fr": "La fin de la journée est une chose que le marin a vue dans les eaux du sud.",
        "no": "Det er slutten på dagen, og han har ikke sett havet som var til for ham.",
        "pl": "To jest koniec dnia i nie ma go na morzu, jak się do tego ma, o czym mówi.",
        "uk": "Це кінець дня, і він не був на морі, що за ним, як про це знає та до нас.",
    }
    for code, text in samples.items():
        vocabulary = guess_vocabulary(text)
        assert vocabulary is not None
        assert vocabulary.code == code
    assert guess_vocabulary("") is None
    assert guess_vocabulary("Xyz qwv.") is None


def test_an_unknown_language_has_marks_and_no_speakers() -> None:
    """Without a vocabulary the words are found all the same."""
    (found,) = find_quotations("“Ja,” sanoi Anna.\n", "fi")
    assert (found.text, found.speaker) == ("“Ja,”", None)


@pytest.mark.parametrize(
    "change",
    [
        {"text": None},
        {"inferred": None},
        {"start": -1},
        {"end": 9},
        {"end": "4"},
        {"speaker": 1},
        {"verb": []},
        {"speaker_span": [3]},
        {"verb_span": [4, 3]},
        {"speaker_span": [True, 2]},
    ],
)
def test_members_of_another_kind_are_refused(change: dict[str, Any]) -> None:
    """A stored quotation that does not hold together is a DocumentError, never a wrong value."""
    members = Quotation("“a”", 1, 4, "b", "c", False, (5, 6), (7, 8)).to_json()
    assert Quotation.from_json(members | {"later": 1}).to_json() == members
    with pytest.raises(DocumentError):
        Quotation.from_json(members | change)
    with pytest.raises(DocumentError):
        Quotation.from_json([])


@pytest.mark.parametrize(
    ("declared", "text", "speaker"),
    [
        ("de", "“Nej,” sagte Anna.\n", "Anna"),
        ("fi", "“Nej,” sagte Anna.\n", None),
        (None, "“Nej,” sagte Anna.\n", None),
        ("de-CH", "Anna said it was “no”. " + "It was the end of all they had. " * 5, "Anna"),
        ("de-CH", "Anna said it was “no”. It was the end of what they had.\n", None),
    ],
)
def test_declared_language(declared: str | None, text: str, speaker: str | None) -> None:
    """The page's language decides which verbs report, unless the text is plainly in another."""
    claims = Claims((Claim("inLanguage", declared, "meta", "/html/@lang"),) if declared else ())
    (found,) = quote(text, claims)
    assert found.speaker == speaker
