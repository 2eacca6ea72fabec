"""Names of authors as bylines write them: taken apart, and people told from organisations.

All of it is words and separators of languages, none of it is about a publisher.
"""

from __future__ import annotations

import re

__all__ = [
    "AGENCIES",
    "agency",
    "is_desk",
    "is_job",
    "is_job_alone",
    "is_login",
    "is_organisation",
    "is_title",
    "names_photographer",
    "says_what",
]

AGENCIES: dict[str, str] = {
    "ap": "Associated Press",
    "the associated press": "Associated Press",
    "associated press": "Associated Press",
    "reuters": "Reuters",
    "afp": "AFP",
    "agence france-presse": "AFP",
    "agence france presse": "AFP",
    "dpa": "dpa",
    "deutsche presse-agentur": "dpa",
    "pa": "PA",
    "pa media": "PA",
    "press association": "PA",
    "efe": "EFE",
    "agencia efe": "EFE",
    "europa press": "Europa Press",
    "ansa": "ANSA",
    "kyodo": "Kyodo",
    "kyodo news": "Kyodo",
    "jiji press": "Jiji Press",
    "時事通信": "Jiji Press",
    "共同通信": "Kyodo",
    "xinhua": "Xinhua",
    "新华社": "Xinhua",
    "tass": "TASS",
    "тасс": "TASS",
    "interfax": "Interfax",
    "yonhap": "Yonhap",
    "연합뉴스": "Yonhap",
    "bloomberg": "Bloomberg",
    "upi": "UPI",
    "apa": "APA",
    "sda": "SDA",
    "keystone-sda": "Keystone-SDA",
    "ats": "ATS",
    "sid": "SID",
    "epd": "epd",
    "kna": "KNA",
    "ntb": "NTB",
    "tt": "TT",
    "ritzau": "Ritzau",
    "stt": "STT",
    "belga": "Belga",
    "anp": "ANP",
    "čtk": "ČTK",
    "pap": "PAP",
    "lusa": "Lusa",
    "canadian press": "Canadian Press",
    "the canadian press": "Canadian Press",
    "aap": "AAP",
    "pti": "PTI",
    "ians": "IANS",
    "ani": "ANI",
    "sapa": "SAPA",
    "nampa": "NAMPA",
    "antara": "ANTARA",
    "укрінформ": "Ukrinform",
    "ukrinform": "Ukrinform",
}
"""News agencies as credit lines write them (lower case), and one name for each."""

_PICTURED = re.compile(
    r"\s*(?:photo(?:graph(?:er|y|ie)?)?s?|pictures?|images?|illustrations?|foto(?:s|graf(?:in|ie)?)?|"
    r"bild(?:er)?|фото)\s*(?:\bby\b|\bvon\b|\bpar\b|\bpor\b|\bdi\b|:)",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"\b(?:editors?|reporters?|correspondents?|writers?|journalists?|columnists?|producers?|"
    r"photographers?|director|desk|chief|head|bureau|staff|contributors?|fellow|professor|"
    r"analyst|critic|blogger|managing|senior|deputy|assistant|associate|political|"
    r"business|sports?|news|culture|foreign|royal|education|health|science|world|technology|tech|"
    r"showbiz|freelance|specialist|trainee|"
    r"redakteur(?:in)?|redaktor(?:in|ka)?|redacteure?|reporter(?:in|ka)?|korrespondent(?:in)?|"
    r"chefredakteur(?:in)?|journalist(?:in|en)?|autor(?:in)?|volont[aä]r(?:in)?|ressortleiter(?:in)?|"
    r"leiter(?:in)?|praktikant(?:in)?|fotograf(?:in|ka)?|"
    r"journaliste|r[ée]dacteur|r[ée]dactrice|correspondante?|envoy[ée]e?|chef|"
    r"periodista|redactora?|corresponsal|jefe|jefa|giornalista|inviat[oa]|caporedattore|"
    r"journalistin|toimittaja|reporterka|dziennikar(?:z|ka)|zástupce|šéfredaktor|"
    r"журналіст(?:ка)?|журналист(?:ка)?|кореспондент(?:ка)?|корреспондент)\b|"
    r"기자$|記者$|记者|编辑|編集",
    re.IGNORECASE,
)
# What somebody is; a word that is a surname as often (*Head*, *Fellow*) is not here.
_PROFESSION = re.compile(
    r"(?:editor|(?:reporter|correspondent|writer|journalist|columnist|photographer|contributor|"
    r"blogger|analyst|critic|producer)s?|editor-in-chief|(?:chef)?redakteur(?:in)?|redaktor(?:in|ka)?|"
    r"reporterin|korrespondent(?:in)?|journalist(?:in|e)|fotograf(?:in)?|volont[aä]r(?:in)?|"
    r"r[ée]dact(?:eur|rice)|correspondante?|periodista|redactora?|corresponsal|giornalista|inviat[oa]|"
    r"dziennikar(?:z|ka)|журналіст(?:ка)?|журналист(?:ка)?|кор+еспондент(?:ка)?|記者|记者|기자)\Z",
    re.IGNORECASE,
)
_JOINS = frozenset({"of", "the", "at", "for", "in", "large", "and", "&", "de", "des", "für"})
_DEGREE = re.compile(
    r"(?:Ph\.?D|D\.?Phil|M\.?D|M\.?B\.?A|M\.?P\.?H|M\.?S|M\.?Sc|M\.?A|B\.?A|B\.?Sc|J\.?D|LL\.?M|R\.?N|"
    r"R\.?D\.?N?|D\.?O|D\.?D\.?S|Esq|Jr|Sr|II|III)\.?\Z"
)
_LOGIN = re.compile(r"[a-z][a-z\d._-]*\Z")
_ORGANISATION = re.compile(
    r"\b(?:redaktion\w*|newsroom|news|press|presse|media|medien|agency|agentur|agencia|agence|"
    r"staff|team|desk|editors|editorial|online|zeitung|tageblatt|times|post|journal|magazine?|"
    r"today|daily|herald|tribune|radio|tv|television|redacci[oó]n|redazione|r[ée]daction|"
    r"redakcja|redakce|redaksi|toimitus|gmbh|inc|ltd|ag|group|gruppe|network|institute?|"
    r"foundation|university|association|ministry|office|service|services|verlag|organi[sz]ation|"
    r"department|committee|council|cent(?:er|re)|company|corporation|corp|llc|limited|plc|college|"
    r"newspapers?|bureau|syndicate|newswire|wire|feed|bot|gazette|chronicle|courier|bulletin|"
    r"agencies|contributor network|"
    r"nachrichten)\b|\.(?:com|org|net|de|be|ch|at|fr|co|eu|pl|"
    r"cz|tv|info)\b|(?:新聞|新闻|通信|通讯|オンライン|編集部|编辑部|报|뉴스|일보|현代|現代)",
    re.IGNORECASE,
)

_SURNAME = re.compile(
    r"(?:post|press|herald|day|page|media|group|office|today|bureau|wire|ag)\Z", re.I
)
"""Words of organisations that are surnames as well."""


def agency(text: str) -> str | None:
    """The news agency that a text names and nothing else, or None."""
    return AGENCIES.get(" ".join(text.split()).strip("()[]-–—.:,/ ").casefold())


def is_job(text: str) -> bool:
    """Whether a part of a byline is a job title, not a name."""
    return _JOB.search(text) is not None


def is_job_alone(text: str) -> bool:
    """Whether a part of a byline is nothing but a job title, such as ``Political Editor``.

    One word is a profession, and beside it stand words of such titles alone, or before it one word
    such as a town's (``Brussels correspondent``). ``The Editors`` and ``News Staff`` are
    not titles, nor is what an agency stands before.
    """
    words = text.split()
    if not words or agency(words[0]) or not any(map(_PROFESSION.match, words)):
        return False
    if all(
        word.lower() in _JOINS or _JOB.fullmatch(word) or _is_profession(word) for word in words
    ):
        return True
    return len(words) == 2 and _is_profession(words[1])


def is_title(text: str) -> bool:
    """Whether a text is what somebody is: *Head of News*, *BBC Scotland reporter*."""
    words = text.split()
    if not words or agency(text):
        return False
    if all(word.lower() in _JOINS or _JOB.fullmatch(word) for word in words):
        return True
    return is_job_alone(text) or (words[-1].islower() and _is_profession(words[-1]))


def _is_profession(word: str) -> bool:
    return _PROFESSION.match(word) is not None


def says_what(part: str) -> bool:
    """Whether a part behind a name says what its bearer is: a job or a degree."""
    return (is_job(part) and not agency(part)) or _DEGREE.match(part) is not None


def names_photographer(text: str) -> bool:
    """Whether the names that follow are those of the pictures' makers, as in ``Photos by``."""
    return _PICTURED.match(text) is not None


def is_login(name: str) -> bool:
    """Whether a name reads like a user's in a publishing system, such as ``jane-d``."""
    return _LOGIN.match(name) is not None


def is_desk(name: str) -> bool:
    """Whether a name is no person's even where the page says that it is: a desk's, a feed's.

    Words that are surnames too (*Post*, *Press*) do not count where a given name may stand before
    them.
    """
    words = name.split()
    if 1 < len(words) <= 3 and _SURNAME.match(words[-1]):
        name = " ".join(words[:-1])
    return agency(name) is not None or _ORGANISATION.search(name) is not None


def is_organisation(name: str) -> bool:
    """Whether a name reads like an organisation's."""
    return (
        agency(name) is not None
        or _ORGANISATION.search(name) is not None
        or (name.isupper() and " " not in name and len(name) > 2 and name.isascii())
    )
