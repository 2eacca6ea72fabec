"""Texts of claims as they are compared: spellings folded, and names of sites in one form."""

from __future__ import annotations

import re

from archive.typography import ELLIPSIS, INVISIBLE, spellings

__all__ = ["folded", "site_key"]

_ALIKE = str.maketrans({**spellings(rare=False), **dict.fromkeys(INVISIBLE, ""), **ELLIPSIS})
_ADDRESS = re.compile(r"https?://|\bwww\.|/+\Z")
_BRACKETS = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]")
_DOMAIN = re.compile(r"(?<=\w\w)\.(?:(?:co|com|org|net|gov|ac)\.[a-z]{2}|[a-z]{2,8})\Z")
_ARTICLE = re.compile(
    r"(?:the|der|die|das|le|la|les|el|los|las|il|lo|i|het|de|o|os|as)\s+(?=\w)|l'"
)


def folded(text: str) -> str:
    """A text as compared with another: quotes, dashes, white space, case and soft hyphens alike."""
    return " ".join(text.translate(_ALIKE).split()).casefold()


def site_key(name: str) -> str:
    """The name of a site or publisher in one form for its spellings.

    Of *Het Nieuwsblad* and *nieuwsblad.be*, of *National Post* and *nationalpost* it is the same:
    no article in front, no domain behind, nothing in brackets, no spaces and signs.
    """
    key = _BRACKETS.sub("", _ADDRESS.sub("", folded(name)))
    key = _ARTICLE.sub("", _DOMAIN.sub("", key), count=1) if key else key
    return re.sub(r"[\W_]+", "", key)
