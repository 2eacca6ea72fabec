"""A parsed page as its reader sees it: what is not shown goes, what is marked is written out.

The text and the reading are both made after this, so that they agree. What is not shown is what
HTML and inline style hide: the attribute ``hidden``, ``template`` (the shadow root that one
declares is shown), a closed ``dialog``, a ``popover``, ``textarea``, ``meter``, ``progress``,
inline ``display: none``, ``visibility: hidden`` and ``content-visibility: hidden``, read as CSS
reads them (`archive.article.styles`). ``details`` counts as shown. Style sheets, sizes, colours and
positions are not read.

What the markup alone says becomes signs, which stand in the text:

- struck-out words (``del``, ``s``, ``strike``, a line through) between two tildes, ``~~14~~``;
- the mark of a footnote apart from the number before it, ``1911 [1]``; a power as ``10^6``; a
  fraction behind a whole number apart from it, ``1 1/2``;
- what ``q`` holds between quotation marks;
- formulas on one line, ``F=ma``; ``ruby`` with its reading in brackets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from archive.article.styles import INLINE, Style, read_style

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["STRUCK", "show"]

STRUCK = "~~"
"""What stands before and after struck-out words."""

_NAMED = (
    *("template", "dialog", "textarea", "meter", "progress", "sup", "q", "del", "s", "strike"),
    *("math", "ruby", "blockquote"),
)
_BY_ATTRIBUTE = etree.XPath("descendant::*[@hidden or @popover or @style]")
_HIDING = re.compile(r"none|hidden|collapse|line-through|\\", re.IGNORECASE)
_DEFAULT = (None, "revert", "revert-layer")
"""With these an element is displayed as HTML says."""

_SIZELESS = frozenset(
    {
        *("inline", "contents", "initial", "unset", "ruby", "ruby-text", "table-row"),
        *("table-row-group", "table-header-group", "table-footer-group"),
        *("table-column", "table-column-group"),
    }
)
"""Boxes that have no size without what is in them,"""

_ROWS = frozenset({"tr", "tbody", "thead", "tfoot", "col", "colgroup"})
"""and elements that make such."""

_WHOLE = frozenset({"html", "body", "head"})
"""Never taken out: a page hidden until its script has run is still the page."""

_BLOCKS = frozenset(
    {
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "section",
        "dd",
        "dt",
    }
    | {"article", "aside", "figcaption", "caption", "td", "th", "ul", "ol", "dl", "table", "figure"}
)
"""In these struck-out words stand in lines of their own."""

_POWER = re.compile(r"(?:(?<![\d.,])\d{1,3}|[)\]])\Z")
_EXPONENT = re.compile(r"[-+\u2212\u2013]?\d{1,3}\Z")
_FRACTION = re.compile(r"\d{1,3}\Z")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdmn]?m|ft|in|mi|yd|[xyznr])\Z")
_SUPERSCRIPT = {"2": "²", "3": "³"}
_MARK = re.compile(r"\[?\s*(\d{1,3}|[*†‡§]{1,3}|[a-z])\s*\]?\Z")
_SLASH = re.compile(r"\s*[/⁄]")


def show(root: HtmlElement) -> None:
    """Change a page's tree into what its reader sees.

    Args:
        root: the tree, changed in place.
    """
    struck: list[Any] = []
    by_attribute: Any = _BY_ATTRIBUTE(root)
    for element in by_attribute:
        _by_attribute(element, struck)
    for element in reversed(list(root.iter(*_NAMED))):  # inner ones first
        _BY_NAME[element.tag](element, struck)
    for element in struck:
        _strike(element)


def _by_attribute(element: Any, struck: list[Any]) -> None:
    """Take out an element that an attribute or its inline style hides."""
    written = element.get("style") or ""
    by_html = element.get("hidden") is not None or element.get("popover") is not None
    if not (by_html or _HIDING.search(written)) or element.tag in _WHOLE:
        return
    style = read_style(written)
    if _is_out(element, style) or _is_skipped(element, style):
        _take_out(element)
    elif style.visibility in ("hidden", "collapse"):
        _blank(element)
    elif style.struck:
        struck.append(element)


def _is_out(element: Any, style: Style) -> bool:
    """Whether an element makes no box (HTML, *Hidden elements*; CSS Display, ``none``)."""
    if style.display == "none":
        return True
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() != "until-found":
        return style.display in (None, "revert-layer")
    if element.get("popover") is None or (element.tag == "dialog" and _is_open(element)):
        return False
    return style.display in _DEFAULT


def _is_skipped(element: Any, style: Style) -> bool:
    """Whether what is in an element is not drawn (CSS Containment, ``content-visibility``).

    That needs a box that can be of a size without what is in it, which no inline one can.
    """
    content = style.content
    if content is None and (element.get("hidden") or "").lower() == "until-found":
        content = "hidden"
    if content != "hidden":
        return False
    inline = style.display is None and element.tag in INLINE
    return not inline and style.display not in _SIZELESS and element.tag not in _ROWS


def _take_out(element: Any) -> None:
    """Take an element out and leave its tail."""
    around = element.getparent()
    if around is not None:
        _keep_tail(element, around)
        around.remove(element)


def _keep_tail(element: Any, around: Any) -> None:
    tail = element.tail
    if not tail:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        around.text = (around.text or "") + tail
    element.tail = None


def _blank(element: Any) -> None:
    """Empty an element that is not visible, but for what in it is said to be visible again."""
    waiting = [element]
    while waiting:
        node = waiting.pop()
        node.text = None
        for child in node:
            child.tail = None
            if read_style(child.get("style") or "").visibility not in ("visible", "initial"):
                waiting.append(child)


def _template(element: Any, struck: list[Any]) -> None:
    """A template is only there to be copied, unless it declares a shadow root."""
    if element.get("shadowrootmode") is not None or element.get("shadowroot") is not None:
        element.tag = "div"
    else:
        _take_out(element)


def _dialog(element: Any, struck: list[Any]) -> None:
    style = read_style(element.get("style") or "")
    if not _is_open(element) and style.display in (*_DEFAULT, "none"):
        _take_out(element)


def _is_open(element: Any) -> bool:
    return element.get("open") is not None


def _unshown(element: Any, struck: list[Any]) -> None:
    _take_out(element)


def _struck(element: Any, struck: list[Any]) -> None:
    struck.append(element)


def _strike(element: Any) -> None:
    """Write struck-out words between two signs: those of each block in an element by themselves."""
    if not _is_struck(element):
        blocks = [inner for inner in element.iterdescendants() if inner.tag in _BLOCKS]
        lines = [one for one in blocks if not any(i.tag in _BLOCKS for i in one.iterdescendants())]
        for line in lines or [element]:
            words = "".join(line.itertext())
            if words.strip() and STRUCK not in words:
                _surround(line, STRUCK, STRUCK)
        element.set("data-struck", "")
    if element.tag in ("del", "s", "strike"):
        element.tag = "div" if element.tag == "del" and _holds_blocks(element) else "span"


def _holds_blocks(element: Any) -> bool:
    return any(child.tag in _BLOCKS for child in element)


def _is_struck(element: Any) -> bool:
    return any(around.get("data-struck") is not None for around in element.iterancestors())


def _surround(element: Any, opening: str, closing: str) -> None:
    """Put signs directly before the first and after the last word in an element."""
    if element.text and element.text.strip():
        bare = element.text.lstrip()
        element.text = element.text[: len(element.text) - len(bare)] + opening + bare
    else:
        element.text = (element.text or "") + opening
    if len(element):
        last = element[-1]
        tail = last.tail or ""
        bare = tail.rstrip()
        last.tail = bare + closing + tail[len(bare) :]
    else:
        bare = element.text.rstrip()
        element.text = bare + closing + element.text[len(bare) :]


def _quote(element: Any, struck: list[Any]) -> None:
    """What a browser shows around ``q``, unless the page has its own marks there."""
    words = "".join(element.itertext()).strip()
    if words and words[0] not in '"“„«「『':
        nested = any(around.tag == "q" for around in element.iterancestors())
        _surround(element, *("‘’" if nested else "“”"))
    _dissolve(element)


def _dissolve(element: Any) -> None:
    """Leave what is in an element in its place: its name means nothing to whoever reads on."""
    element.tag = "span"
    for name in list(element.attrib):
        del element.attrib[name]


def _sup(element: Any, struck: list[Any]) -> None:
    """A raised number is a footnote's mark, a power or a fraction's first half."""
    raised = "".join(element.itertext()).strip()
    before = _words_before(element)
    if not raised or not before or before[-1].isspace():
        return
    if _is_note(element, raised, before):
        mark = _MARK.match(raised)
        _write(element, f" [{mark[1] if mark else raised}]")
    elif _FRACTION.match(raised) and before[-1].isdecimal() and _SLASH.match(element.tail or ""):
        _write(element, f" {raised}")
    elif _UNIT.search(before) and raised in _SUPERSCRIPT:
        _write(element, _SUPERSCRIPT[raised])
    elif _EXPONENT.match(raised) and not before[-1].isspace():
        _write(element, f"^{raised}")


def _is_note(element: Any, raised: str, before: str) -> bool:
    """Whether a raised sign is the mark of a footnote: linked, in brackets, or after no base."""
    link = element.find(".//a[@href]")
    around = element.getparent()
    linked = link is not None or (around is not None and around.tag == "a")
    if not _MARK.match(raised):
        return False
    if linked or raised[0] == "[" or not raised[-1].isalnum():
        return True
    if not raised.isdecimal():
        return False
    if before[-1].isdecimal():
        return _POWER.search(before) is None
    return not before[-1].isalpha() or (len(before) > 3 and before[-4:].isalpha())


def _words_before(element: Any) -> str:
    """The words directly before an element in its line, up to 24 characters."""
    previous = element.getprevious()
    if previous is not None:
        return (previous.tail or "".join(previous.itertext()))[-24:]
    around = element.getparent()
    if around is None:
        return ""
    if around.text:
        return str(around.text[-24:])
    inline = around.tag in ("a", "span", "b", "i", "em", "strong")
    return _words_before(around) if inline else ""


def _write(element: Any, words: str) -> None:
    """Put words in the place of all that an element holds."""
    for child in list(element):
        element.remove(child)
    element.text = words
    element.tag = "span"


def _math(element: Any, struck: list[Any]) -> None:
    """A formula on one line."""
    words = " ".join(_formula(element).split())
    _write(element, words)
    _dissolve(element)


def _pull_quote(element: Any, struck: list[Any]) -> None:
    """Who said it, at the end of a quotation set apart, is a line of it."""
    for child in element:
        if child.tag in ("footer", "cite"):
            child.tag = "p"


_LEFT_OUT = frozenset({"annotation", "annotation-xml", "mphantom", "mspace", "none"})
_BETWEEN = {"mfrac": "/", "msup": "^", "msub": "_", "munder": "_", "mover": "^", "mroot": "√"}
_BETWEEN |= {"msubsup": "_^", "munderover": "_^"}
"""The signs that a reader says between the parts of an element; one fewer than these are."""


def _formula(node: Any, depth: int = 0) -> str:
    """An element of MathML as a reader says it: fractions with a stroke, powers with a caret."""
    tag = node.tag.rpartition(":")[2] if isinstance(node.tag, str) else ""
    if not tag or tag in _LEFT_OUT or depth > 100:
        return ""
    parts = [_formula(child, depth + 1) for child in node]
    signs = _BETWEEN.get(tag, "")
    if signs and len(parts) == len(signs) + 1:
        first, *others = map(_grouped, parts)
        return first + "".join(sign + part for sign, part in zip(signs, others, strict=True))
    if tag == "msqrt":
        return f"√{_grouped(''.join(parts))}"
    if tag in ("mtr", "mtd"):
        return f"{''.join(parts)} "
    tails = ((child.tail or "").strip() for child in node)
    own = (node.text or "").strip()
    return own + "".join(part + tail for part, tail in zip(parts, tails, strict=True))


def _grouped(part: str) -> str:
    return part if len(part) < 2 or part.isalnum() else f"({part})"


def _ruby(element: Any, struck: list[Any]) -> None:
    """Words with the reading that stands above them, in brackets."""
    for child in list(element):
        if child.tag == "rp":
            _take_out(child)
        elif child.tag in ("rt", "rtc"):
            words = "".join(child.itertext()).strip()
            _write(child, f"({words})" if words else "")
        elif child.tag == "rb":
            child.tag = "span"
    element.tag = "span"


_BY_NAME = {
    "template": _template,
    "dialog": _dialog,
    "textarea": _unshown,
    "meter": _unshown,
    "progress": _unshown,
    "sup": _sup,
    "q": _quote,
    "del": _struck,
    "s": _struck,
    "strike": _struck,
    "math": _math,
    "ruby": _ruby,
    "blockquote": _pull_quote,
}
