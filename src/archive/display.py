"""Text from the web as it may be shown to a reader, on a terminal or on a page."""

from __future__ import annotations

import re

__all__ = ["UNSAFE", "clean", "escape_html", "percent", "shorten", "spaced"]

# Controls, separators of lines and paragraphs, bidirectional and other invisible formatting,
# surrogates, private use; but not the joiners that Persian and Indic scripts are written with.
UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
"""What is shown escaped."""


def clean(text: str, *, lines: bool = False) -> str:
    """Text as it may be shown.

    Args:
        text: from anywhere.
        lines: keep line feeds and tabs; else they are escaped too.
    """
    text = UNSAFE.sub(_keep_tab if lines else _escape, text)
    return text if lines else text.replace("\n", "\\n")


def escape_html(text: str) -> str:
    """Text as it may stand in HTML, in an element or an attribute."""
    from html import escape  # loads a table of 2,000 entities, which a terminal does not need

    return escape(clean(text, lines=True))


def shorten(text: str, most: int) -> str:
    """Text of at most so many characters: of a longer one the beginning, and how long it is."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text):,} characters)"


def percent(share: float) -> str:
    """A part of one as people say it; never all where something lacks, never none where some is."""
    return f"{min(max(round(100 * share), 1), 99)} %" if 0 < share < 1 else f"{100 * share:.0f} %"


def _keep_tab(match: re.Match[str]) -> str:
    return "\t" if match.group() == "\t" else _escape(match)


def _escape(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape", "surrogatepass").decode("ascii")


def spaced(name: str) -> str:
    """A name of ours as words: *quotation changed* for ``quotation-changed``."""
    return name.replace("-", " ")
