"""The one place of the measure that knows the program: pages read, compared, suspected.

The program is asked for what it says of two pages, as a collection asks it; how it gets there is
not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import frozen

from archive.article import Claims, Extraction, extract, extractor, suspect
from archive.comparison import Change, Comparison, Host, Side, compare_sides, read_side

__all__ = ["Judged", "Page", "compare", "flat", "read", "tight"]

_URL = "https://news.example/2026/06/story"
_TYPE = "text/html; charset=utf-8"


def flat(text: str) -> str:
    """A text with single spaces for white space."""
    return " ".join(text.split())


@frozen(eq=False)
class Page:
    """A page as the program reads it.

    Args:
        content: its bytes.
        extraction: text and claims.
        side: as it is compared.
        suspicion: why the program takes it for something else than the article, or None.
    """

    content: bytes
    extraction: Extraction
    side: Side
    suspicion: str | None = None

    @property
    def text(self) -> str:
        """The extracted text."""
        return self.extraction.text or ""

    def reading(self) -> list[tuple[str, str]]:
        """Every visible block with its region."""
        return [(block.text, block.region) for block in self.side.reading.blocks]


@frozen(eq=False)
class Judged:
    """What the program says of two pages."""

    comparison: Comparison

    @property
    def same(self) -> bool:
        """Whether the article is said to be unchanged."""
        return self.comparison.same

    @property
    def silent(self) -> bool | None:
        """Whether a silent edit is said to have been made; None where that was not judged."""
        return self.comparison.silent

    @property
    def state(self) -> str:
        """How the two belong together: ``compared``, ``gone``, ``replaced`` and others."""
        return self.comparison.state

    @property
    def twin(self) -> str | None:
        """What one of the two is and the other is not: ``amp``, ``print``; else None."""
        return self.comparison.twin

    @property
    def summary(self) -> str:
        """The one line that is shown."""
        return self.comparison.summary()

    def changes(self) -> Sequence[Change]:
        """The changes of the article."""
        return self.comparison.changes

    def touching(self, *words: str) -> list[Change]:
        """The changes whose differing words, or whole passage, have some words in them."""
        wanted = [tight(one) for one in words if tight(one)]
        return [
            change
            for change in self.changes()
            if any(one in piece for piece in map(tight, _pieces(change)) for one in wanted)
        ]

    def tell(self) -> str:
        """The summary and the first changes, for the list of misses."""
        shown = [f"{c.classes} {c.before[:50]!r} → {c.after[:50]!r}" for c in self.changes()[:2]]
        return "; ".join([f"{self.summary} (silent {self.silent})", *shown])


def tight(text: str) -> str:
    """The letters and digits of a text alone."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _pieces(change: Change) -> Iterable[str]:
    yield change.before
    yield change.after
    for operation in change.operations:
        yield operation.before
        yield operation.after


def read(
    content: bytes | str,
    *,
    status: int = 200,
    fields: Iterable[Sequence[str]] = (),
    url: str = _URL,
    text: str | None = None,
    limitations: Iterable[str] = (),
) -> Page:
    """Read a page as the program does, which asked for the URL of the made article.

    With `text` nothing is extracted: what the extraction alone would take minutes for.
    """
    data = content.encode() if isinstance(content, str) else content
    if text is None:
        found = extract(data, _TYPE, url)
    else:
        found = Extraction("ok", None, text, Claims(), None, extractor())
    pairs = tuple((name, value) for name, value in fields)
    words = found.article.words if found.article else 0
    reason = suspect(status, pairs, data, words, asked=_URL, arrived=url)
    limits = frozenset(limitations)
    side = read_side(data, _TYPE, url, found, suspicious=reason, limitations=limits)
    return Page(data, found, side, reason)


def compare(before: Page, after: Page, others: Iterable[Page] = ()) -> Judged:
    """Compare two pages; `others` are further pages of the host."""
    host = Host.of(page.text for page in others)
    return Judged(compare_sides(before.side, after.side, host=host))
