"""Correction notes: where a page tells its readers that its article was changed.

A note begins with a label (``Correction:``, ``Korrektur``), or a sentence of it speaks of the very
article that it stands in: *This article was amended on 3 May*, *An earlier version of this story
said*. Other things are amended too: reports, bills, articles of a constitution. So the sentence
has to point at the page itself (*this*), and say that it was changed in the words of such notes;
*the article* counts only with a date, a publication or a correction behind it. Neither what
somebody is quoted to say, nor who changed it (*amended by*), nor a year (*amended in 1992*) stands
in a note. An editor's note that tells of no change, such as a warning, is a remark.
"""

from __future__ import annotations

import re

from archive.article.signals.wording import LINE

__all__ = ["is_note", "is_remark", "tells_of_change"]

_NOTE = 500
"""In how many characters a correction note says that it is one."""

_EDITORS = re.compile(r"editor|anmerkung|note de|nota de", re.IGNORECASE)
# An editor's note may warn or thank as well: it tells of a change where it has one of these stems.
_TELLS = re.compile(
    r"\b(?:in)?correct|\b(?:clarif|amend|revis|updat|chang|remov|delet|retract|withdr|misst|mista|"
    r"error|wrong|earlier|previous|original|initial|early|added|korr|geänd|aktual|ergänz|berichtig|"
    r"fehler|früher|ursprüng|entfern|corrig|correg|rectif|modif|erreur|supprim|précéd|antéri|"
    r"mis à jour|version|versión|versione|actuali|elimin|anterior|retir|aggiorn|rimoss|precedent)",
    re.IGNORECASE,
)
_BEGINS = r"(?:\A|(?<=[.!?:;•*–—|(\[\n])|(?<=[.!?]\s))\s*"
_ARTICLE = (
    r"(?:(?:news |fact-?check |opinion )?(?:article|story|report|piece|post|column|interview|"
    r"review|obituary|live ?blog|blog(?: post)?|page|headline|caption|graphic|chart|map|video|"
    r"podcast|transcript|newsletter|feature|explainer|essay|dispatch|analysis|profile|copy|item))"
)
_DATED = r"(?: (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2})?"
_CHANGED = (
    r"(?:amended|corrected|updated|clarified|revised|changed|edited|modified|altered|refiled)"
)
_NOT_ITS_OWN = (
    r"\b(?!,? (?:by\b|(?:several|many|two|three|four|\d+) times|twice|in (?:1[5-9]|20)\d\d))"
)
_WAS = r"(?:(?:has|have)(?: since| also| now)? been|was|were)"
_LY = r"(?: since| later| also| last| subsequently| most recently| [a-z]{3,12}ly)?"
_WRONGLY = r"(?:incorrectly|mistakenly|wrongly|erroneously|inaccurately)"
_SAID = (
    r"(?:said|stated|mis[a-z]{3,16}|gave|referred|identified|described|listed|attributed|quoted|"
    r"included|contained|named|indicated|suggested|claimed|omitted|spelled|used|showed|cited|"
    r"did not)"
)
_GERMAN_CHANGED = r"(?:aktualisiert|korrigiert|geändert|überarbeitet|ergänzt|berichtigt)\b"
_UP_TO = r"(?:[^.]|(?<=\d)\.){0,60}?"
_CHANGING = re.compile(
    rf"{_BEGINS}(?:"
    rf"this{_DATED} {_ARTICLE}(?:,[^.]{{1,80}},| \([^)]{{1,60}}\))? {_WAS}"
    rf"(?: (?:first |originally )?(?:published|posted)[^.]{{1,60}}?\band(?: {_WAS})?)?"
    rf"{_LY} {_CHANGED}{_NOT_ITS_OWN}|"
    rf"the (?:article|story|(?:headline|caption)(?: (?:of|on|to) this {_ARTICLE})?) {_WAS}{_LY}"
    rf" {_CHANGED}"
    r"(?: to (?:reflect|correct|clarify|fix|make clear)\b| (?:since|after|following) publication\b|"
    r" on (?:[a-z]+,? )?\d| on [a-z]+ \d|[.)\]]*\s*\Z)|"
    rf"dies(?:er (?:artikel|text|beitrag|bericht)|e meldung|e geschichte) (?:wurde|ist)"
    rf"(?! (?:vo[mn]|durch|(?:19|20)\d\d)\b){_UP_TO} {_GERMAN_CHANGED}|"
    r"der (?:artikel|text|beitrag) wurde (?:am \d|nachträglich|inzwischen|nach (?:der )?"
    rf"(?:veröffentlichung|erscheinen)){_UP_TO} {_GERMAN_CHANGED}|"
    r"cet article a été (?:modifié|corrigé|mis à jour)(?! (?:par|en (?:1[5-9]|20)\d\d)\b)|"
    r"este artículo (?:ha sido|fue) (?:corregido|actualizado|modificado)"
    r"(?! (?:por|en (?:1[5-9]|20)\d\d)\b))",
    re.IGNORECASE,
)
_POINTING = re.compile(
    rf"{_BEGINS}(?:"
    rf"this {_ARTICLE} (?:(?:originally|initially|previously) {_SAID}|{_WRONGLY})\b|"
    rf"(?:an? (?:earlier|previous) version|earlier versions) (?:{_WRONGLY}|mis[a-z]{{3,16}}ed)\b|"
    rf"(?:an? (?:earlier|previous|original|initial) version|earlier versions) of the"
    rf" (?:article|headline|caption) (?:{_SAID}|{_WRONGLY})\b|"
    rf"we(?: have|['’]ve)?(?: since| now)? {_CHANGED} (?:this|the) (?:article|story|headline)\b|"
    r"a (?:correction|clarification) (?:was|has been) (?:made (?:on|to this)|appended|"
    r"added to this)|"
    rf"wir haben {_UP_TO}\b(?:artikel|text|beitrag|überschrift|meldung|fehler|passage|stelle)\b"
    rf"{_UP_TO} {_GERMAN_CHANGED})|"
    rf"\b(?:earlier|previous|original|initial|first) versions?(?: published[^.]{{1,40}})?"
    rf" of (?:this|our){_DATED} {_ARTICLE}\b|"
    r"\bin einer (?:früheren|ersten|vorherigen|älteren) (?:version|fassung)"
    r"(?: dies(?:es|er)| des artikels| des textes| des beitrags| hieß| stand| haben wir|"
    r" hatten wir)|"
    r"\bune (?:première )?version (?:précédente|antérieure) (?:de (?:cet|l['’] ?)|du (?:présent )?)"
    r" ?(?:article|texte|papier|dépêche)\b|"
    r"\buna versión (?:anterior|previa) de (?:este|esta|la) (?:artículo|noticia|información|texto|"
    r"nota)\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\b(?:to (?:correct|clarify|reflect|remove|make clear|say|add|include)|publication|version)\b",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:constitution|treaty|convention|statute|(?:penal|civil|criminal) code|parliament|"
    r"congress|referendum|legislat|lawmakers|grundgesetz|verfassung|bundestag|loi\b|parlement|ley\b)",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?](?=\s|\Z)")
# One of these is in every text that tells of a change; looking for them is ten times as fast.
_MAY_TELL = (
    "corr",
    "amended",
    "updated",
    "clarifi",
    "revised",
    "changed",
    "edited",
    "modifi",
    "altered",
    "refiled",
    "versi",
    "originally",
    "initially",
    "previously",
    "mistakenly",
    "wrongly",
    "erroneously",
    "inaccurately",
    "aktualis",
    "korrig",
    "geändert",
    "überarb",
    "ergänzt",
    "berichtig",
    "fassung",
    "jour",
    "actualiz",
)


def is_note(text: str) -> bool:
    """Whether a passage is a correction note, by how such notes are worded."""
    line = LINE.match(text)
    if line is not None and line.lastgroup == "note":
        return not is_remark(text)
    return tells_of_change(text)


def is_remark(text: str) -> bool:
    """Whether a passage is an editor's note that tells of no change, such as a warning."""
    line = LINE.match(text)
    named = line is not None and line.lastgroup == "note" and _EDITORS.match(line["note"])
    return bool(named) and _TELLS.search(text[:_NOTE]) is None


def tells_of_change(text: str) -> bool:
    """Whether a sentence near the beginning of a passage says that this very article was changed.

    Where the sentence is about law and gives no reason it is none: laws have articles as well.
    """
    low = text[:_NOTE].lower()
    if not any(word in low for word in _MAY_TELL):
        return False
    text = " ".join(text[:_NOTE].split())
    if _POINTING.search(text):
        return True
    found = _CHANGING.search(text)
    if found is None:
        return False
    end = _END.search(text, found.end())
    sentence = text[found.start() : end.start() if end else len(text)]
    return _LAW.search(sentence) is None or _WHY.search(sentence) is not None
