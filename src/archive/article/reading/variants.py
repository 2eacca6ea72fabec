"""What a page was made for besides a browser's window: a cache of phones, or paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Variant", "variant_of"]

Variant = Literal["amp", "print"]

_NAMES: dict[str, Variant] = {
    "amp": "amp",
    "amphtml": "amp",
    "print": "print",
    "printable": "print",
    "print-version": "print",
    "printer-friendly": "print",
    "druckversion": "print",
    "imprimir": "print",
    "imprimer": "print",
    "stampa": "print",
    "drukuj": "print",
}
"""What publishers call the two in addresses: a part of the path, a parameter that is set, or the
value of one."""

_SET = frozenset({"", "1", "true", "yes", "y", "on"})


def variant_of(root: HtmlElement, url: str) -> Variant | None:
    """What a page was made for.

    Args:
        root: its tree.
        url: its URL.

    Returns:
        ``amp`` for a page that declares itself one (``html ⚡`` or ``html amp``), or whose address
        is that of one; ``print`` for one that prints itself when it has loaded, or whose address
        says so; None for any other.
    """
    if {"amp", "⚡"} & {*root.keys()}:
        return "amp"
    if any("print(" in (body.get("onload") or "") for body in root.iter("body")):
        return "print"
    try:
        found = [_NAMES[name] for name in _parts(url) if name in _NAMES]
    except ValueError:
        return None
    return found[0] if found else None


def _parts(url: str) -> Iterator[str]:
    """The words of an address that say what the page is."""
    parts = urlsplit(url.lower())
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        yield name if value in _SET else value
    for segment in parts.path.split("/"):
        yield from segment.removesuffix(".html").split(".")
    yield (parts.hostname or "").partition(".")[0]
