"""How bylines, credits, datelines, notes and dates are worded, as patterns; none is one site's."""

from __future__ import annotations

import re

from archive.article.names import AGENCIES
from archive.languages import all_phrases, all_words

__all__ = [
    "APART",
    "BLOCK",
    "BYLINE",
    "CAPITALISED",
    "CAPITALS",
    "CLOSING_CREDIT",
    "CONJUNCTIONS",
    "CREDIT",
    "DATELINE",
    "DESK",
    "ELSE",
    "EMPHASIS",
    "ENDS",
    "FOLLOWED",
    "FULL_NAME",
    "LINE",
    "LINK_WORDS",
    "NODE",
    "PARAGRAPH",
    "REST",
    "SIGNATURE",
    "SIGNED_IN",
    "SIGNS",
]

BYLINE = re.compile(
    r"(?:\A|[\s_\-]|(?<=[a-z])(?=[A-Z]))(?:by-?lines?|authors?|autor(?:en|es|i|in|a)?|auteurs?|"
    r"author[_-]?names?|writers?|reporters?|journalist(?:e|a|en|in)?s?|"
    r"(?:article|post|entry|story|c|p)[_\-]*(?:by-?lines?|authors?))(?=\Z|[\s_\-A-Z\d])",
    re.IGNORECASE,
)
ELSE = re.compile(
    r"avatar|image|img|photo|bio|desc|social|follow|comment|relat|teaser|icon|role|job|position|"
    r"twitter|mail|more|widget|promo|caption|sidebar|footer|recommend|newsletter|thumb|picture|"
    r"category|bild|foto|tag\b|topic|list-|box-|date|time",
    re.IGNORECASE,
)
CAPITALISED = re.compile(
    r"(?:[^\W\d_a-z][\w'’.\-]*|(?:van|von|de|der|den|da|di|del|la|le|el|al|bin|ibn|ten|ter|zu|y|e)"
    r"(?=\s))(?:\s+(?:[^\W\d_a-z][\w'’.\-]*|van|von|de|der|den|da|di|del|la|le|el|al|bin|ibn|ten|ter"
    r"|zu|dos|das|y|e))*\Z"
)
_AGENCY_WORDS = "|".join(re.escape(word) for word in sorted(AGENCIES, key=len, reverse=True))


def _any_of(*sections: str) -> str:
    """A pattern for the phrases that any language has in some sections, the longest first.

    Between their words stands any white space; an apostrophe may be a typographic one; ``*`` is
    any one word.
    """
    pattern = "|".join(map(re.escape, all_phrases(*sections)))
    pattern = pattern.replace(r"\ ", r"\s+").replace(r"\*", r"\w+").replace("'", "['’]")
    return f"(?:{pattern})"


LINE = re.compile(
    r"(?:"
    rf"(?P<by>{_any_of('labels.byline')}\s*(?::|\b))|"
    rf"(?P<also>{_any_of('labels.credit')})\b\s*:?|"
    rf"(?P<date>{_any_of('labels.published', 'labels.date')})(?=\W|\d|\Z)\s*:?|"
    rf"(?P<update>{_any_of('labels.updated')})(?=\W|\d|\Z)\s*:?"
    r")\s*",
    re.IGNORECASE,
)
APART = re.compile(r"\s*[|·•]\s*")
CREDIT = re.compile(
    rf"(?:[(\[]\s*)?(?:(?:sources?|quellen?|fuente|fonte|(?:mit\s+)?material\s+(?:von|der)|"
    rf"with(?:\s+files\s+from)?|copyright|©|via)\s*:?\s*(?:\d{{4}}\s+)?)?"
    rf"((?:{_AGENCY_WORDS})(?:\s*[/,&+]\s*[\w.]{{2,20}}){{0,4}})\s*[)\].]?\Z",
    re.IGNORECASE,
)
CLOSING_CREDIT = re.compile(
    rf"[(\[]((?:{_AGENCY_WORDS})(?:[/,]\s?[\w.]{{1,20}}){{0,4}})[)\]]\W*\Z", re.IGNORECASE
)
DATELINE = re.compile(
    rf"([^\W\d_][\w .,'’/\-]{{1,60}}?)\s*,?\s*"
    rf"(?:[(\[]\s*((?i:{_AGENCY_WORDS})(?:/[\w.]+)*)\s*[)\]]\s*[.:]?\s*(?:[-–—]|(?=\w)))"
)
CAPITALS = re.compile(
    r"([^\W\d_a-zß-ÿа-яіїєґ][^\W\d_a-zß-ÿа-яіїєґ .'’\-]{2,30}(?:,\s[\w .]{2,30})?)\s?[—–]\s"
)
SIGNATURE = re.compile(
    r"(?>(?:[^\W\d_][\w.’'\-]*+\s?+){1,4})(?>(?:/\s?+(?>(?:[^\W\d_][\w.’'\-]*+\s?+){1,4}))+)\Z|"
    r"\(?[a-z]{2,4}(?:\s?[,/]\s?[a-z]{2,4}){1,3}\)?(?=;|\Z)|\([a-z]{2,4}\)\Z"
)
DESK = re.compile(
    r"\(?(?:[\w.]{1,20}[\s-]){0,2}(?:redaktion|redaktionsteam|newsroom|redacci[oó]n|redazione|r[ée]daction|"
    r"redakce|redakcja|redactie|redaksjonen|redaktionen|toimitus|redação|redacția|редакция|редакція|"
    r"редакцията|editorial (?:staff|team|desk|board)|staff reports?)(?:[\s-][\w.]{1,20}){0,2}\)?\Z",
    re.IGNORECASE,
)
"""An editorial office that signs, alone in a line."""
EMPHASIS = re.compile(rb"<p\b[^<>]*>\s*<(?:strong|em|b|i)\b[^<>]*>\s*\Z", re.IGNORECASE)
ENDS = re.compile(rb"\s*</(?:strong|em|b|i)>\s*</p>\s*", re.IGNORECASE)
FOLLOWED = re.compile(rb"\s*<(?:p|h\d)\b", re.IGNORECASE)
FULL_NAME = re.compile(r".+\Z", re.DOTALL)
CONJUNCTIONS = all_words("names.joins") | {"&"}
SIGNED_IN = re.compile(rb"<(?:p|span|em|i|b|strong)\b[^<>]*>\s*\Z", re.IGNORECASE)
BLOCK = re.compile(rb"</?(?:p|div|li|ul|h\d|section|article|figure)\b", re.IGNORECASE)
NODE = re.compile(rb">\s*+([^<>\s][^<>]++)(?=<)")
LINK_WORDS = re.compile(rf"\b(?:{'|'.join(sorted(all_words('links')))})\b", re.IGNORECASE)
SIGNS = ("©", "&copy;", "&#169;")
REST = re.compile(rb"[^<>]{2,300}")
PARAGRAPH = re.compile(rb"<p\b[^>]*>", re.IGNORECASE)
