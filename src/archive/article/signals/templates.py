r"""Patterns from lines of data, so that who knows a language can say how it tells of a change.

A template is words with slots between them. ``{changed}`` stands for any phrase of a section of the
same file, ``(one|another phrase)`` for one of these, ``...`` for up to 60 characters of the same
sentence; a question mark behind a slot or choice says that it may be missing. ``^`` in front: a
sentence begins there. ``!{others}``: none of these phrases follows. Of any language are ``{date}``
(*May 3*), ``{day}``, ``{digit}``, ``{year}``, ``{aside}`` (words between commas or in brackets),
``{stop}`` (the sentence ends here) and, as the last choice, ``$``, the end of all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from archive.article.article import UNSPACED
from archive.typography import MARKS_ON_LETTERS

__all__ = ["Slots", "compile_template", "needs_of"]

_TOKEN = re.compile(r"\^|\.\.\.|!?\{\w+\}\??|\((?:[^()]|\([^()]*\))*\)\??|[^\s(){}]+")
_SLOT = re.compile(r"(!?)\{(\w+)\}")
_BEGINS = r"(?:\A[^\w\s\"“”„«‚‘'「『]{0,4}|(?<=[.!?:;•*–—|(\[\n。！？※■◆●▼►▶→·])|(?<=[.!?]\s))\s*"
_UP_TO = r"(?:[^.!?。！？\n]|(?<=\d)\.){0,60}?"
_ALONE = r"(?<!\w)"
_END = r"[.)\]]*\s*\Z"
_BUILT_IN = {
    "date": r"(?:[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,2}\.? [^\W\d_]{3,10})",
    "day": r"(?:[^\W\d_]{2,10}\.?,? )?\d\w*",
    "digit": r"\d\w*",
    "year": r"(?:1[5-9]|20)\d\d",
    "stop": r"(?=\s*(?:[.!:)\]]|\Z))",
    "aside": r"(?:,[^.]{1,80},|\([^)]{1,60}\))",
}
_TELLING = ("{changed}", "{correction}", "{wrong}", "{sorry}", "{then}")
_MORE = 4
"""These slots say more than other words, as if theirs were so many letters longer."""

_IN_UNSPACED = re.compile(f"[{UNSPACED}]")
_WORD = re.compile(rf"(?:[^\W\d_]|[{MARKS_ON_LETTERS}])+")

Slots = Mapping[str, Sequence[str]]


def compile_template(line: str, slots: Slots) -> re.Pattern[str]:
    """A pattern that finds what a template says.

    Args:
        line: the template.
        slots: for each slot its phrases.
    """
    return re.compile(_sequence(line, slots), re.IGNORECASE)


def needs_of(line: str, slots: Slots) -> tuple[frozenset[str], ...]:
    """What stands wherever a template finds something.

    Args:
        line: the template.
        slots: for each slot its phrases.

    Returns:
        For each of its parts the words, or signs in a row, one of which stands there; first those
        of the part that says most: whose shortest word is the longest.
    """
    needs = {
        frozenset(_keys(one, slots)): one.startswith(_TELLING)
        for one in _TOKEN.findall(line)
        if _is_needed(one)
    }
    told = {need: _MORE * telling + min(map(len, need)) for need, telling in needs.items()}
    known = [need for need in told if "" not in need]
    return tuple(sorted(known, key=lambda need: (-told[need], sorted(need))))


def _sequence(line: str, slots: Slots) -> str:
    """The pattern of tokens in a row."""
    unspaced = _IN_UNSPACED.search(line + "".join(map("".join, slots.values()))) is not None
    apart, over = (r"\s*", "") if unspaced else (r"\s+", r"(?!\w)")
    begins = "" if unspaced else _ALONE
    found, between = "", ""
    for written in _TOKEN.findall(line):
        if written == "^":
            begins = _BEGINS
        elif written == "...":
            between = _UP_TO
        else:
            element = _element(written.removesuffix("?"), slots) + over
            if written.startswith("!"):
                found += f"(?!{apart}{element})"
            elif written == "{stop}":
                found += element
            elif written.startswith("{aside}"):
                found += rf"(?:\s*{element})?"
            elif written.endswith("|$)"):
                found += f"(?:{between}{element}|{_END})"
            elif not written.endswith("?"):
                found += between + element
            elif found:
                found += f"(?:{between}{element})?"
            else:  # the first one: its space goes with it
                found, between = f"(?:{element}{apart})?", ""
                continue
            between = apart
    return begins + found + (between if between == _UP_TO else "")


def _element(written: str, slots: Slots) -> str:
    """The pattern of a slot, a choice or a word."""
    slot = _SLOT.fullmatch(written)
    if slot:
        return _BUILT_IN.get(slot[2]) or _any_of(slots[slot[2]])
    if written.startswith("("):
        choices = (one for one in _choices(written) if one != "$")
        return f"(?:{'|'.join(_sequence(one, slots).removeprefix(_ALONE) for one in choices)})"
    return _phrase(written)


def _choices(written: str) -> list[str]:
    """What a choice leaves, choices in it left alone."""
    found, depth = [""], 0
    for sign in written.removesuffix("?")[1:-1]:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "|" and not depth:
            found.append("")
        else:
            found[-1] += sign
    return [choice.strip() for choice in found]


def _any_of(phrases: Sequence[str]) -> str:
    longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(map(_phrase, longest))})"


def _phrase(phrase: str) -> str:
    escaped = re.escape(phrase).replace(r"\ ", r",?\s+").replace("'", "['’]")
    for name in ("digit", "year"):
        escaped = escaped.replace(rf"\{{{name}\}}", _BUILT_IN[name])
    return escaped


def _is_needed(written: str) -> bool:
    return not (written.endswith("?") or written.startswith("!") or written in ("^", "..."))


def _keys(written: str, slots: Slots) -> list[str]:
    """One word of each choice that is left; an empty one where no word can be told."""
    phrases: list[str] = []
    for choice in _choices(written) if written.startswith("(") else [written]:
        slot = _SLOT.fullmatch(choice)
        phrases += slots.get(slot[2], ("",)) if slot else (choice,)
    return [_key(phrase) for phrase in phrases]


def _key(phrase: str) -> str:
    """The longest word of a phrase; all of it where no spaces stand between words."""
    if _IN_UNSPACED.search(phrase):
        return phrase
    return max(_WORD.findall(_SLOT.sub("", phrase)), key=len, default="")
