"""Denials that came or went are found in many languages, however these deny."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.comparison import Side, compare_sides
from archive.comparison.denial import Denials
from archive.comparison.folding import words
from archive.comparison.lexicon import pick_lexicon
from archive.languages import LANGUAGES

DENIED = [
    (
        "af",
        "Die minister het die plan goedgekeur.",
        "Die minister het nie die plan goedgekeur nie.",
    ),
    ("ar", "قالت الوزارة إن المصنع آمن للسكان.", "قالت الوزارة إن المصنع ليس آمنا للسكان."),
    ("ar", "عرف المدير بالضرر منذ سنوات.", "لم يعرف المدير بالضرر منذ سنوات."),
    ("be", "Мост быў бяспечны.", "Мост не быў бяспечны."),
    ("bg", "Министърът знаеше за щетите.", "Министърът не знаеше за щетите."),
    ("bn", "মন্ত্রী ক্ষতির কথা জানতেন।", "মন্ত্রী ক্ষতির কথা জানতেন না।"),
    ("ca", "El pont és segur per als cotxes.", "El pont no és segur per als cotxes."),
    ("cs", "Ministr řekl, že most je bezpečný.", "Ministr řekl, že most není bezpečný."),
    ("cs", "Ministr na schůzku přijde.", "Ministr na schůzku nepřijde."),
    ("da", "Broen er sikker for biler.", "Broen er ikke sikker for biler."),
    ("de", "Die Brücke ist sicher für Autos.", "Die Brücke ist nicht sicher für Autos."),
    ("de", "Er hat einen Vertrag unterschrieben.", "Er hat keinen Vertrag unterschrieben."),
    ("el", "Ο υπουργός γνώριζε για τη ζημιά.", "Ο υπουργός δεν γνώριζε για τη ζημιά."),
    ("en", "The bridge is safe for cars.", "The bridge is not safe for cars."),
    ("en", "They did sign the paper.", "They didn’t sign the paper."),
    ("es", "El puente es seguro para los coches.", "El puente no es seguro para los coches."),
    ("et", "Minister teadis kahjust.", "Minister ei teadnud kahjust."),
    ("fa", "وزیر از خسارت خبر داشت.", "وزیر از خسارت خبر نداشت."),
    ("fa", "او می‌خواهد استعفا بدهد.", "او نمی‌خواهد استعفا بدهد."),
    ("fa", "وزیر به جلسه رفت.", "وزیر به جلسه نرفت."),
    ("fi", "Silta on turvallinen autoille.", "Silta ei ole turvallinen autoille."),
    ("fi", "Hän toimi tietäen asiasta.", "Hän toimi tietämättä asiasta."),
    ("fr", "Le pont est sûr pour les voitures.", "Le pont n’est pas sûr pour les voitures."),
    ("he", "השר ידע על הנזק.", "השר לא ידע על הנזק."),
    ("he", "הגשר בטוח למכוניות.", "הגשר אינו בטוח למכוניות."),
    ("hi", "मंत्री को नुकसान का पता था।", "मंत्री को नुकसान का पता नहीं था।"),
    ("hr", "Most je siguran za automobile.", "Most nije siguran za automobile."),
    ("hu", "A híd biztonságos az autóknak.", "A híd nem biztonságos az autóknak."),
    ("id", "Menteri mengetahui kerusakan itu.", "Menteri tidak mengetahui kerusakan itu."),
    ("is", "Brúin er örugg fyrir bíla.", "Brúin er ekki örugg fyrir bíla."),
    ("it", "Il ponte è sicuro per le auto.", "Il ponte non è sicuro per le auto."),
    ("ja", "市長は損傷を知っていた。", "市長は損傷を知らなかった。"),
    ("ja", "橋は安全であると述べた。", "橋は安全ではないと述べた。"),
    ("ja", "会社は被害を認めました。", "会社は被害を認めませんでした。"),
    ("ja", "市は住民に知らせて工事を始めた。", "市は住民に知らせずに工事を始めた。"),
    ("ko", "장관은 피해를 알고 있었다.", "장관은 피해를 알고 있지 않았다."),
    ("ko", "다리는 안전하다고 밝혔다.", "다리는 안전하지 않다고 밝혔다."),
    ("ko", "증거가 있다고 말했다.", "증거가 없다고 말했다."),
    ("lt", "Ministras atvyko į posėdį.", "Ministras neatvyko į posėdį."),
    ("lv", "Tilts ir drošs automašīnām.", "Tilts nav drošs automašīnām."),
    ("mk", "Министерот знаеше за штетата.", "Министерот не знаеше за штетата."),
    ("ms", "Menteri mengetahui kerosakan itu.", "Menteri tidak mengetahui kerosakan itu."),
    ("nl", "De brug is veilig voor auto's.", "De brug is niet veilig voor auto's."),
    ("no", "Broen er trygg for biler.", "Broen er ikke trygg for biler."),
    ("pl", "Most jest bezpieczny dla aut.", "Most nie jest bezpieczny dla aut."),
    ("pl", "Sąd uznał go za winnego.", "Sąd uznał go za niewinnego."),
    ("pt", "A ponte é segura para os carros.", "A ponte não é segura para os carros."),
    ("ro", "Podul este sigur pentru mașini.", "Podul nu este sigur pentru mașini."),
    ("ro", "Ministrul a știut de pagube.", "Ministrul n-a știut de pagube."),
    ("ru", "Министр знал о повреждениях.", "Министр не знал о повреждениях."),
    ("sk", "Minister na schôdzu príde.", "Minister na schôdzu nepríde."),
    ("sl", "Most je varen za avtomobile.", "Most ni varen za avtomobile."),
    ("sr", "Мост је безбедан за аутомобиле.", "Мост није безбедан за аутомобиле."),
    ("sv", "Bron är säker för bilar.", "Bron är inte säker för bilar."),
    ("sv", "Han är skyldig, säger hon.", "Han är oskyldig, säger hon."),
    ("ta", "பாலம் பாதுகாப்பானது என்று அவர் கூறினார்.", "பாலம் பாதுகாப்பானது இல்லை என்று அவர் கூறினார்."),
    ("th", "รัฐมนตรีทราบเรื่องความเสียหาย", "รัฐมนตรีไม่ทราบเรื่องความเสียหาย"),
    ("tr", "Bakan toplantıya geldi.", "Bakan toplantıya gelmedi."),
    ("tr", "Şirket zararı biliyor.", "Şirket zararı bilmiyor."),
    ("tr", "Köprü arabalar için güvenli.", "Köprü arabalar için güvenli değil."),
    ("tr", "Karar yarın açıklanır.", "Karar yarın açıklanmaz."),
    ("uk", "Міністр знав про пошкодження.", "Міністр не знав про пошкодження."),
    ("ur", "وزیر کو نقصان کا علم تھا۔", "وزیر کو نقصان کا علم نہیں تھا۔"),
    ("vi", "Bộ trưởng biết về thiệt hại.", "Bộ trưởng không biết về thiệt hại."),
    ("zh", "市长知道损坏的情况。", "市长不知道损坏的情况。"),
    ("zh", "公司承认了错误。", "公司没有承认错误。"),
]
"""A language, what was said, and the same denied."""

OTHERWISE = [
    ("af", "Die minister het nie gister gekom nie.", "Die minister het nie vandag gekom nie."),
    ("ar", "قال إن القرار لا يزال قيد الدرس.", "قال إن القرار قيد الدرس."),
    ("ar", "لم يعرف المدير بالضرر منذ سنوات.", "لم يعرف المدير بالضرر منذ أشهر."),
    ("bg", "Министърът не знаеше за щетите.", "Министърът не знаеше за пожара."),
    ("bn", "তিনি ক্ষতির কথা জানতেন।", "মন্ত্রী ক্ষতির কথা জানতেন।"),
    ("cs", "Most není bezpečný pro auta.", "Most není bezpečný pro vlaky."),
    ("cs", "Ministr přijel do nemocnice ráno.", "Ministr přijel do školy ráno."),
    ("da", "Broen er ikke sikker for biler.", "Broen er ikke sikker for tog."),
    ("de", "Die Brücke ist nicht sicher für Autos.", "Die Brücke ist nicht sicher für Züge."),
    ("el", "Ο υπουργός δεν γνώριζε για τη ζημιά.", "Ο υπουργός δεν γνώριζε για τη φωτιά."),
    ("en", "The bridge is not safe for cars.", "The bridge is not safe for trains."),
    ("es", "El puente no es seguro para los coches.", "El puente no es seguro para los trenes."),
    ("fa", "وزیر از خسارت خبر نداشت.", "وزیر از آتش خبر نداشت."),
    ("fi", "Silta ei ole turvallinen autoille.", "Silta ei ole turvallinen junille."),
    ("fr", "Le pont n’est pas sûr pour les autos.", "Le pont n’est pas sûr pour les trains."),
    ("he", "השר לא ידע על הנזק.", "השר לא ידע על השריפה."),
    ("hi", "मंत्री को नुकसान का पता नहीं था।", "मंत्री को आग का पता नहीं था।"),
    ("hu", "A híd nem biztonságos az autóknak.", "A híd nem biztonságos a vonatoknak."),
    ("id", "Menteri tidak mengetahui kerusakan itu.", "Menteri tidak mengetahui kebakaran itu."),
    ("id", "Ia tidak hanya kaya.", "Ia kaya."),
    ("it", "Il ponte non è sicuro per le auto.", "Il ponte non è sicuro per i treni."),
    ("ja", "市長は損傷を知らなかった。", "市長は火災を知らなかった。"),
    ("ja", "参加者は少ないと述べた。", "参加者は多いと述べた。"),
    ("ja", "工事は間もなく始まる。", "工事は来週始まる。"),
    ("ja", "損傷を知らない。", "損傷を知らなかった。"),
    ("ko", "장관은 피해를 알지 않았다.", "장관은 화재를 알지 않았다."),
    ("ko", "정부는 규제를 없앴다.", "정부는 규제를 바꿨다."),
    ("nl", "De brug is niet veilig voor auto's.", "De brug is niet veilig voor treinen."),
    ("no", "Broen er ikke trygg for biler.", "Broen er ikke trygg for tog."),
    ("pl", "Most nie jest bezpieczny dla aut.", "Most nie jest bezpieczny dla ludzi."),
    ("pt", "A ponte não é segura para carros.", "A ponte não é segura para trens."),
    ("ro", "Podul nu este sigur pentru mașini.", "Podul nu este sigur pentru trenuri."),
    ("ru", "Министр не знал о повреждениях.", "Министр не знал о пожаре."),
    ("sv", "Bron är inte säker för bilar.", "Bron är inte säker för tåg."),
    ("th", "รัฐมนตรีไม่ทราบเรื่องความเสียหาย", "รัฐมนตรีไม่ทราบเรื่องไฟไหม้"),
    ("tr", "Bakan dün bir komedi izledi.", "Bakan dün bir oyun izledi."),
    ("tr", "Bakan toplantıya gelmedi.", "Bakan törene gelmedi."),
    ("tr", "Bakan Fransız konukla görüştü.", "Bakan Alman konukla görüştü."),
    ("uk", "Міністр не знав про пошкодження.", "Міністр не знав про пожежу."),
    ("vi", "Bộ trưởng nói về không khí ở Hà Nội.", "Bộ trưởng nói về nước ở Hà Nội."),
    ("zh", "市长不知道损坏的情况。", "市长不知道火灾的情况。"),
    ("zh", "这是一个非常大的问题。", "这是一个很大的问题。"),
    ("zh", "他在非洲工作。", "他在欧洲工作。"),
]
"""A language, and a sentence that was changed and is denied as much, or as little, as before."""


def classes(code: str, before: str, after: str) -> set[str]:
    """The classes of all changes between two texts of a language."""
    sides = (Side(f"{text}\n", language=code) for text in (before, after))
    return {name for change in compare_sides(*sides).changes for name in change.classes}


@pytest.mark.parametrize(("code", "said", "denied"), DENIED)
def test_a_denial_that_came_or_went_is_one(code: str, said: str, denied: str) -> None:
    """A sentence that is denied now, or no longer, has the class negation."""
    assert "negation" in classes(code, said, denied)
    assert "negation" in classes(code, denied, said)


@pytest.mark.parametrize(("code", "before", "after"), OTHERWISE)
def test_another_edit_is_no_denial(code: str, before: str, after: str) -> None:
    """A sentence that was changed elsewhere, or has a word that looks like a denial, has not."""
    assert classes(code, before, after)
    assert "negation" not in classes(code, before, after)
    assert "negation" not in classes(code, after, before)


def test_denials_are_known_in_all_languages() -> None:
    """Every language that has a file can deny, and has a case here."""
    assert all(pick_lexicon(code).denials != Denials() for code in LANGUAGES)
    assert {code for code, _, _ in DENIED} == set(LANGUAGES)


def test_a_star_stands_for_letters() -> None:
    """A phrase stands alone; a star before it needs a stem, one behind it needs nothing."""
    denials = Denials.of(["no", "*n't", "un*", "not so"], ["unit*"])
    found = denials.find(["no", "n't", "can't", "noon", "un", "unseen", "units", "not", "so"])
    assert found == [(0, 1), (2, 3), (4, 5), (5, 6), (7, 9)]


@given(st.lists(st.text(max_size=6)), st.sampled_from(LANGUAGES))
def test_any_tokens_are_searched(pieces: list[str], code: str) -> None:
    """Denials lie among the tokens, in order, and each has one at least."""
    tokens = words(" ".join(pieces))
    found = pick_lexicon(code).denials.find(tokens)
    assert all(0 <= first < last <= len(tokens) for first, last in found)
    assert found == sorted(found)
