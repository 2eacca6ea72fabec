"""The speakers found in made-up news of many languages, against its labels."""

from __future__ import annotations

import pytest
from benchmarks.speakers import languages, read, score

from archive.article.quotations import Quotations
from archive.article.quotations.finding import find_quotations, iterate_quotations
from archive.article.quotations.quotation import MOST
from archive.article.quotations.words import pick_vocabulary


def test_the_news_is_in_twelve_languages_or_more() -> None:
    """The set covers languages of many families and scripts."""
    assert len(languages()) >= 12
    assert {"en", "de", "fr", "pl", "ru", "tr", "ar", "ja", "zh", "ko"} <= set(languages())


@pytest.mark.parametrize("code", languages())
def test_each_language_has_speakers_and_words_of_nobody(code: str) -> None:
    """Twenty attributed quotations or more, and some whose words are nobody's."""
    labels = [names for item in read(code) for names in item.speakers.values()]
    assert sum(bool(names) for names in labels) >= 20
    assert sum(not names for names in labels) >= 4


@pytest.mark.parametrize("code", languages())
def test_labels_stand_before_quotations(code: str) -> None:
    """Every label is followed by a mark or a dash, and every name stands in its item's words."""
    for item in read(code):
        for start, names in item.speakers.items():
            assert item.text[start] in "“”„«»‘’'\"「—–-", item.text[start : start + 20]
            for name, _ in names:
                assert name.lower() in item.text.lower()


@pytest.mark.parametrize("code", languages())
def test_a_language_names_its_speakers(code: str) -> None:
    """At most one wrong speaker, and seven of ten right, in the news of every language."""
    found = score(code)
    assert found.wrong <= 1, found.misses
    assert found.recall >= 0.70, found.misses


def spoken(language: str, text: str) -> list[str | None]:
    """The speakers found, one a quotation, with a question mark before those inferred."""
    return [
        f"{'?' * one.inferred}{one.speaker}" if one.speaker else None
        for one in find_quotations(text, language)
    ]


CASES = [
    # A speaker is who said it, not who did not.
    ("en", "Ann Lee did not say “we knew”.\n", [None]),
    ("en", "Ann Lee has never said “it is lost”, her office stressed.\n", [None]),
    ("en", "Neither Ann Lee nor her husband said it was “unsafe”.\n", [None]),
    ("sv", "– Aldrig mer, viskar Inga Palm.\n", ["Inga Palm"]),
    ("sv", "”Aldrig mer”, viskar inga vuxna.\n", [None]),
    ("fr", "« C’est fini », tranche sèchement le maire.\n", ["maire"]),
    ("fr", "« C’est fini », tranche le gouvernement.\n", ["gouvernement"]),
    ("en", "Jo Berg denied having said “close it”.\n", [None]),
    ("en", "Jo Berg said he had never been “so cold”.\n", ["Jo Berg"]),
    ("en", "“It was not me,” denied Jo Berg.\n", ["Jo Berg"]),
    ("de", "Dass er „reich“ sei, hat Jo Berg nie gesagt.\n", [None]),
    ("sv", "Jo Berg sade inte att det var ”slut”.\n", [None]),
    ("sv", "Jo Berg sade att det var ”slut”.\n", ["Jo Berg"]),
    ("fr", "Luc Petit n’a jamais dit que c’était « perdu ».\n", [None]),
    ("it", "Il ministro ha negato di aver parlato di «catastrofe».\n", [None]),
    ("ja", "市長は「失われた」とは言っていない。\n", [None]),
    ("ja", "市長は「失われた」と言っていた。\n", ["市長"]),
    # Titles and terms are nobody's words.
    ("en", "The film “The Last Ferry” opens on Friday, Eva Lund said.\n", [None]),
    ("en", "The two songs, “The Pier” and “High Water,” speak of her friend.\n", [None, None]),
    ("en", "The deal is “The Last Ferry” to hope, Eva Lund said.\n", ["Eva Lund"]),
    ("ru", "Анна Белова заявила, что фестиваль «Белые ночи» состоится.\n", [None]),
    ("ru", "Анна Белова заявила, что фестиваль «всем нужен».\n", ["Анна Белова"]),
    ("it", "Il caso della diga: «Hanno insistito per la città»\n", [None]),
    ("it", "Anna Conti: «Hanno insistito per la città»\n", ["Anna Conti"]),
    ("de", "Sein Urteil: „So geht es nicht weiter.“\n", [None]),
    # Verbs of manner, and verbs of no list, report in the pattern of speech only.
    ("en", "“We act,” sighed Meg Roe.\n", ["Meg Roe"]),
    ("en", "“We act,” chimed in Pat Ng.\n", ["Pat Ng"]),
    ("en", "“We act,” Kim Vik gurgled.\n", ["Kim Vik"]),
    ("en", "Meg Roe sighed and opened the “good” wine.\n", [None]),
    ("en", "“Dune,” directed by Meg Roe, opened.\n", [None]),
    (
        "de",
        "„So geht es nicht“, ereiferte sich der Trainer Murat Weber.\n",
        ["Trainer Murat Weber"],
    ),
    ("no", "– Du gråter lett eller er lei deg.\n", [None]),
    # Asides within the marks.
    ("fr", "« On a fermé, explique Marie Dupont, le quai. »\n", ["Marie Dupont"]),
    ("fr", "« Rien, regrette Jean Petit. C’est trop tard. »\n", ["Jean Petit"]),
    ("fr", "« Le maire explique, dans Le Port, que c’est fini. »\n", [None]),
    ("ru", "«Она молчала, — пояснила Крук, — от стыда».\n", ["Крук"]),
    ("en", "“It is, explains Marie Dupont, the quay.”\n", [None]),
    # Press releases.
    ("en", "“It needs a steady hand.” -Commissioner Lars Dahl\n", ["Commissioner Lars Dahl"]),
    ("en", "“It has no morning.” — Jane Doe, harbour analyst\n", ["Jane Doe"]),
    ("en", "“It has no morning.”\n— Jane Doe, harbour analyst\n", ["?Jane Doe"]),
    ("en", "“It has no morning” — a sentence by Jane Doe.\n", [None]),
    ("en", "And from Chairwoman Olsen:\n“She knows it.”\n", ["?Chairwoman Olsen"]),
    ("en", "And from the archive:\n“She knows it.”\n", [None]),
    # Marks typed as two, and straight single ones over paragraphs.
    ("en", "``We acted,'' said Marit Olsen.\n", ["Marit Olsen"]),
    ("en", "''It is late,'' said Jon Berg.\n", ["Jon Berg"]),
    ("en", "Anna Lee spoke.\n'You can find it.\n'Someone's there,' Anna Lee said.\n", ["Anna Lee"]),
    # The clause's subject, not the nearest name.
    ("en", "It was a “hard” and long road, and a deal was near, Sam Okoro told us.\n", [None]),
    ("en", "It is a “test of the town,” a deal is near, Sam Okoro told us.\n", ["Sam Okoro"]),
    ("en", "Okoro leads the Harbour Group in Norway, which says it is “proud”.\n", [None]),
    (
        "en",
        "“Results were mixed,” chairman, CEO and president Ann Lee said.\n",
        ["CEO and president Ann Lee"],
    ),
    ("en", "“When will it end?” Ann Lee said that nobody knew.\n", [None]),
    ("no", "Fredrik, som jobber på havna, beskriver duoen som «litt rastløse».\n", ["Fredrik"]),
    ("de", "Nach dem Auftritt auf dem Wasen bezeichnete sie es als „lahm“.\n", [None]),
    ("de", "Jo Lang hat am Montag im Rat gesagt: „Wir haben es gewusst.“\n", ["Jo Lang"]),
    ("de", "Am Montag hatte sie mit Blick auf den Streit betont: „Nein.“\n", [None]),
    ("de", "Als Beispiel nennt der Chef die Kosten von „Nebenprodukten“.\n", ["Chef"]),
    ("de", "„Nein“, sagte Jo Lang ihren Kindern.\n", ["Jo Lang"]),
    ("de", "„Nein“, sagte einer der Männer.\n", ["einer der Männer"]),
    ("de", "Auf alle Anfragen heißt es: „Abwarten.“\n", [None]),
    ("sv", "På frågan om han tänker avgå svarade Sund: ”Fråga dem.”\n", ["Sund"]),
    ("pl", "Zapytany o dymisję Sowa odpowiedział: „Nie”.\n", ["Sowa"]),
    ("nl", "“Zij is geen dief”, zei advocaat Sanne ’t Hart.\n", ["advocaat Sanne ’t Hart"]),
    ("nl", "Volgens De Vries is er ‘geen reden tot paniek’.\n", ["De Vries"]),
    ("ru", "Мне часто пишут, что хочется «залипнуть».\n", [None]),
    ("en", "Ann Lee came late. She instead said it was “fun”.\n", ["?Ann Lee"]),
    ("en", "On Friday, police said it was “fun”.\n", ["police"]),
    ("es", "El juez defiende la “imparcialidad” del informe.\n", [None]),
    ("es", "El juez lo llamó una “chapuza”.\n", ["juez"]),
    # Pronouns stand for one person, or for nobody.
    ("en", "Ann Lee wrote that she felt “like a queen”.\n", ["Ann Lee"]),
    ("en", "Ann Lee wrote to us; she felt “like a queen”.\n", [None]),
    ("en", "Marit Olsen met Jon Berg. He was late. “I missed it,” he said.\n", [None]),
    ("en", "Marit Olsen came late. She was wet. “I missed it,” she said.\n", ["?Marit Olsen"]),
    ("en", "Moran told her: “Come in here.” She said he then announced: “Go.”\n", ["Moran", None]),
    ("ko", '구단은 "유감"이라고 했다. 그는 "젊다"라고 했다.\n', ["구단", None]),
    ("ko", '윤 소장은 "유감"이라고 했다. 그는 "젊다"라고 했다.\n', ["윤 소장", "?윤 소장"]),
    # Languages whose order says who speaks.
    ("ja", "「やっと帰れる」と語るのは、佐藤ミツさん（81）だ。\n", ["佐藤ミツ"]),
    ("ja", "理事長の山本一郎氏は「深くおわびする」と謝罪した。\n", ["山本一郎"]),
    ("ja", "小説「海の家」が映画化される。\n", [None]),
    ("zh", "“孩子们可以回家了，”救援队长赵刚激动地说。\n", ["救援队长赵刚"]),
    ("zh", "她的小说“盐路”畅销。\n", [None]),
    ("ko", '목포를 찾은 이 후보는 "국민이 기준"이라고 했다.\n', ["이 후보"]),
    ("ko", '이른바 "검은 금요일"이 왔다.\n', [None]),
    ("tr", 'Bakan Uzun, "Bu yıl iki katı oldu." ifadelerini kullandı.\n', ["Bakan Uzun"]),
    ("tr", 'Can Ok, "Deniz Feneri" adlı filmi çektiğini söyledi.\n', [None]),
    ("ar", "قال أحمد علي: «تحركنا فورا».\nوأضاف: «لن يتكرر».\n", ["أحمد علي", "?أحمد علي"]),
    ("ar", "رواية «البحر» للكاتب فؤاد نجم صدرت أمس.\n", [None]),
    # Names as they come.
    ("en", f"“No,” said {'A' * 10_000}.\n", [None]),
    ("en", f"“No,” said {'A' * 150}.\n", ["A" * 150]),
    ("en", "“No,” said \u202eAnna\u202c Lee\u200f.\n", ["Anna Lee"]),
    ("en", "“No,” said\u200b Han\u00adsen Lee.\n", ["Han\u00adsen Lee"]),
    ("en", "“No,” said Anna Иванова 山田.\n", ["Anna Иванова 山田"]),
]


@pytest.mark.parametrize(("language", "text", "wanted"), CASES)
def test_who_speaks(language: str, text: str, wanted: list[str | None]) -> None:
    """Each kind of speaker is found, and beside it what is none."""
    assert spoken(language, text) == wanted


def test_danish_words_do_not_outweigh_a_page_that_says_norwegian() -> None:
    """Languages that have most of their frequent words in common are told by the page."""
    text = "Det er en dag som alle andre, og han har ikke sett det til nå i dag. " * 8
    assert spoken("no", f"{text}\n– Ja, sier Anna Dahl.\n")[-1] == "Anna Dahl"
    vocabulary = pick_vocabulary(text, "no")
    assert vocabulary is not None
    assert vocabulary.code == "no"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("市長は述べた。桟橋は閉鎖。", "ja"),
        ("市长说码头关闭了。", "zh"),
        ("시장은 부두를 닫았다.", "ko"),
    ],
)
def test_scripts_without_blanks_tell_their_language(text: str, code: str) -> None:
    """Where there are no words to count, the letters say which language it is."""
    vocabulary = pick_vocabulary(text, None)
    assert vocabulary is not None
    assert vocabulary.code == code


def test_more_quotations_than_are_kept_are_counted_and_have_no_speakers() -> None:
    """Speakers are looked for as far as quotations are kept; the others are counted."""
    text = "“a,” said Bo. " * (MOST + 1)
    found = Quotations.of(iterate_quotations(text, "en"))
    assert (len(found), found.omitted) == (MOST, 1)
    assert found[MOST - 1].speaker == "Bo"
    assert find_quotations(text, "en")[MOST].speaker is None
