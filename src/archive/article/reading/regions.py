"""Where the blocks of a page stand for its reader, from structure and from the extracted text.

The container is the innermost element that holds nine tenths of the extracted text, grown to the
nearest ``article`` around it. What stands between the first and the last line of the text is the
article's, whatever its elements are called, but for navigation and controls. What stands between
the headline and the text is its head. An aside or a foot behind the text is the article's too where
nothing in it is of another form (`archive.article.reading.apart`). Classes and ids say nothing by
themselves.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from attrs import define

from archive.article.keys import tight_key
from archive.article.reading.apart import NAMED, find_apart
from archive.article.reading.walk import Spot, Stretch, Walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from archive.article.reading.block import Region

__all__ = ["Regions", "lay_out"]

MOST_INTRODUCING = 60
"""Of the blocks between headline and text no more are the head's."""

SHORT = 12
"""A title of no more signs, such as a site's name, says nothing where it is a part of a block; nor
does a block of no more signs that is a part of a title, and less than half of it."""

NEAR = 12
"""An h1 that is like no title is the headline where the text begins so few blocks behind it."""

LONG = 40
"""A block of more signs is said by the text wherever it stands in it."""

_PAGES = frozenset({"body", "html"})
"""Elements that are the whole page."""

_HARD = frozenset({"navigation", "control"})
"""What tells of them is never the article's."""

_ENDING = frozenset({"aside", "footer"})
"""What tells of them in an article, behind its text, tells of a part of it, if it has sentences."""

_SOFT = _ENDING | {"header", "menu", "comments", "teaser"}
"""So does what tells of these beside the text, if nothing in it is of another form."""

_REGIONS: dict[str, Region] = {
    "navigation": "navigation",
    "footer": "footer",
    "aside": "aside",
    "teaser": "aside",
    "comments": "comments",
    "control": "other",
    "header": "other",
    "menu": "navigation",
}


@define(eq=False)
class Regions:
    """Where the blocks stand.

    Args:
        said: for each block whether the text has it.
        regions: the region of each.
        told: what the elements around each tell, those around the whole article aside.
        headline: which blocks are the headline.
    """

    said: list[bool]
    regions: list[Region]
    told: list[tuple[str, ...]]
    headline: frozenset[int]


def lay_out(root: HtmlElement, found: Walk, text: str | None, titles: Sequence[str]) -> Regions:
    """Say of each block of a page where it stands.

    Args:
        root: the page's tree.
        found: the page's blocks.
        text: the extracted text; None where there is none.
        titles: what the page gives as its headline.
    """
    runs = found.runs
    said = _said(runs, text)
    apart = find_apart(root, found)
    telling = _telling(runs, apart)
    plain = _plain(runs, said, telling)
    container = _container(runs, plain) or _fallback(found)
    first = plain.index(True) if any(plain) else len(runs)
    last = _last(runs, plain)
    headline = _headline(runs, first, titles)
    around = _around(container).union(*(_around(runs[at].place) for at in headline))
    story = _Story(runs, container, headline, first, last)
    told, regions = [], []
    for at, (run, is_said) in enumerate(zip(runs, said, strict=True)):
        kept = telling[at] if story.holds(run.place) else run.place.told
        inner = [(place, kind) for place, kind in kept if place not in around]
        kinds = tuple([kind for _, kind in inner])
        told.append(kinds)
        other = not apart.isdisjoint([place for place, _ in inner])
        regions.append(story.region(at, run, kinds, is_said, other))
    return Regions(said, regions, told, headline)


def _telling(runs: list[Stretch], apart: set[Spot]) -> list[tuple[tuple[Spot, str], ...]]:
    """What the elements around each block tell, but for names that nothing else bears out."""
    known: dict[Spot, tuple[tuple[Spot, str], ...]] = {}
    found = []
    for run in runs:
        told = run.place.told
        if told:
            last = told[-1][0]
            if last not in known:
                kept = [one for one in told if one[1] not in NAMED or one[0] in apart]
                known[last] = tuple(kept)
            told = known[last]
        found.append(told)
    return found


class _Story:
    """Where headline and text stand, as ranges of blocks, and the elements around the text.

    What is above stands over both, on a page that has no article around it.
    """

    def __init__(
        self,
        runs: list[Stretch],
        container: Spot | None,
        headline: frozenset[int],
        first: int,
        last: int,
    ) -> None:
        self._begins = begins = min(headline, default=first)
        whole = container is not None and container.element.tag in ("body", "html", "main")
        self._headline = headline
        self._inside = _Inside(container)
        self._above = range(begins if whole else 0)
        self._introducing = range(max(begins + 1, first - MOST_INTRODUCING), first)
        self._between = range(first + 1, last)
        self._last = last
        self._whole = container is not None and _is_article(container)
        self._home = _Inside(_home(runs, container, headline))

    def holds(self, place: Spot) -> bool:
        """Whether a place is in the article, or beside it in the same element."""
        return self._inside.holds(place) or self._home.holds(place)

    def region(
        self, at: int, run: Stretch, kinds: tuple[str, ...], said: bool, apart: bool
    ) -> Region:
        """The region of a block.

        Args:
            at: its number.
            run: it.
            kinds: what the elements around it tell.
            said: whether the text has it.
            apart: whether one of these holds something of another form.
        """
        between = at in self._between
        if self._owns(at, run, kinds, said, apart):
            return "article"
        if at in self._headline:
            return "head"
        if not _HARD.isdisjoint(kinds):
            return _told_region(kinds)
        if at in self._introducing and _introduces(run, kinds):
            return "head"
        if (between or not (kinds or at in self._above)) and self._inside.holds(run.place):
            return "article"
        return _told_region(kinds) if kinds else "other"

    def _owns(self, at: int, run: Stretch, kinds: tuple[str, ...], said: bool, apart: bool) -> bool:
        """Whether a block is the article's whatever else the elements around it tell."""
        if said and (not kinds or (at in self._between and "navigation" not in kinds)):
            return True
        if kinds and not apart and _SOFT.issuperset(kinds):
            beside = at > self._last or at < self._begins
            return beside and self._home.holds(run.place)
        return at > self._last and self._ends(run, kinds, said)

    def _ends(self, run: Stretch, kinds: tuple[str, ...], said: bool) -> bool:
        """Whether a block behind the text is a sentence in an aside or foot of the article."""
        if not (self._whole and _ENDING.issuperset(kinds) and self._inside.holds(run.place)):
            return False
        return said or (len(run.key) >= LONG and 2 * run.linked < len(run.key))


def _home(runs: list[Stretch], container: Spot | None, headline: frozenset[int]) -> Spot | None:
    """The element whose asides and feet are the article's.

    An article, the main part of a page, or what is around headline and text, if it has no
    navigation. None where that is the whole page.
    """
    if container is None or _is_article(container):
        return container
    place: Spot | None = container
    while place is not None and place.element.tag != "main":
        place = place.around
    if place is not None:
        return place
    both = _over_both(runs, container, headline)
    return None if both.element.tag in _PAGES or _navigates(runs, both) else both


def _over_both(runs: list[Stretch], container: Spot, headline: frozenset[int]) -> Spot:
    """The element around headline and text; the text's own where that is the whole page."""
    above = _around(container)
    place: Spot | None = runs[min(headline)].place.block if headline else container
    while place is not None and place not in above:
        place = place.around
    return container if place is None or place.element.tag in _PAGES else place


def _navigates(runs: list[Stretch], place: Spot) -> bool:
    """Whether a place holds a navigation."""
    inside = _Inside(place)
    return any(
        kind == "navigation" and inside.holds(one)
        for run in runs
        for one, kind in run.place.told[-1:]
    )


def _told_region(kinds: tuple[str, ...]) -> Region:
    """The region that elements tell: navigation wherever it is, else what the outermost says."""
    return "navigation" if "navigation" in kinds else _REGIONS[kinds[0]]


def _introduces(run: Stretch, kinds: tuple[str, ...]) -> bool:
    """Whether a block between headline and text is the head's: no link in a box of others."""
    return not kinds or 2 * run.linked < len(run.key)


def _said(runs: list[Stretch], text: str | None) -> list[bool]:
    """Which blocks the text has: as a line of their own, or anywhere where they are long."""
    if not text:
        return [False] * len(runs)
    tight = tight_key(text)
    lines = {tight_key(line) for line in text.split("\n")}
    lines |= {line[1:] for line in lines if line.startswith("-")}
    return [run.key in lines or (len(run.key) > LONG and run.key in tight) for run in runs]


def _plain(
    runs: list[Stretch], said: list[bool], telling: list[tuple[tuple[Spot, str], ...]]
) -> list[bool]:
    """Which blocks of the text stand in nothing that tells of another region.

    What is around the greater part of the text, such as a form around all of a page, tells nothing.
    Where so little is left that it is not the greater part, all count.
    """
    sizes = [len(run.key) if is_said else 0 for run, is_said in zip(runs, said, strict=True)]
    held: Counter[Spot] = Counter()
    for size, told in zip(sizes, telling, strict=True):
        held.update({place: size for place, _ in told})
    whole = sum(sizes)
    around = {place for place, size in held.items() if 2 * size > whole}
    plain = [
        is_said and all(place in around for place, _ in told)
        for is_said, told in zip(said, telling, strict=True)
    ]
    part = sum(size for size, is_plain in zip(sizes, plain, strict=True) if is_plain)
    return plain if 2 * part > whole else said


def _last(runs: list[Stretch], plain: list[bool]) -> int:
    """The last of these blocks that is no link: where the text ends. Where all are, the last."""
    ours = [at for at, is_plain in enumerate(plain) if is_plain]
    prose = (at for at in reversed(ours) if 10 * runs[at].linked < 9 * len(runs[at].key))
    return next(prose, ours[-1] if ours else -1)


def _container(runs: list[Stretch], said: list[bool]) -> Spot | None:
    """The deepest element that holds nine tenths of the text, or an article around it."""
    weights: dict[Spot, int] = {}
    for run, is_said in zip(runs, said, strict=True):
        if is_said:
            weights[run.place.block] = weights.get(run.place.block, 0) + len(run.key)
    total = sum(weights.values())
    held: dict[Spot, int] = {}
    for block, weight in weights.items():
        place: Spot | None = block
        while place is not None:
            held[place] = held.get(place, 0) + weight
            place = place.around
    best: Spot | None = None
    for block in weights:
        place = block
        while place is not None and 10 * held[place] < 9 * total:
            place = place.around
        if place is not None and (best is None or place.depth > best.depth):
            best = place
    return _grown(best) if best is not None else None


def _grown(place: Spot) -> Spot:
    """The nearest article around an element, or itself."""
    up: Spot | None = place
    while up is not None and up.element.tag not in ("body", "html"):
        if _is_article(up):
            return up
        up = up.around
    return place


def _is_article(place: Spot) -> bool:
    """Whether an element says that an article stands in it."""
    element = place.element
    says = element.tag, element.get("role"), element.get("itemprop")
    return "article" in says[:2] or says[2] == "articleBody"


def _fallback(found: Walk) -> Spot | None:
    """Without a text: the first article, else the main part, else all."""
    for tag in ("article", "main", "body"):
        for element, place in found.places.items():
            if element.tag == tag:
                return place
    return None


def _around(container: Spot | None) -> set[Spot]:
    found: set[Spot] = set()
    while container is not None:
        found.add(container)
        container = container.around
    return found


class _Inside:
    """Which places are in the container; each is looked up once."""

    def __init__(self, container: Spot | None) -> None:
        self._known: dict[Spot, bool] = {} if container is None else {container: True}

    def holds(self, place: Spot | None) -> bool:
        waiting = []
        while place is not None and place not in self._known:
            waiting.append(place)
            place = place.around
        found = place is not None and self._known[place]
        for passed in waiting:
            self._known[passed] = found
        return found


def _headline(runs: list[Stretch], first: int, titles: Sequence[str]) -> frozenset[int]:
    """Which blocks are the headline: an h1 like a title, else the last before the text.

    One of a few signs only where no longer one is: every h1 is among what the page gives as titles.
    """
    keys = [key for title in titles if (key := tight_key(title).casefold())]
    heads = _top_headings(runs)
    before = [places for places in heads if places[0] < first]
    alone = ([at] for at in reversed(range(first)) if len(runs[at].key) > SHORT)
    nearest = sorted(before, key=lambda at: (len(_key(runs, at)) <= SHORT, -at[0]))
    for places in chain(nearest, heads[len(before) :], alone):
        if _is_title(_key(runs, places), keys):
            return frozenset(places)
    near = before and (not keys or first - before[-1][-1] <= NEAR)
    return frozenset(before[-1] if near else ())


def _key(runs: list[Stretch], places: list[int]) -> str:
    return "".join([runs[at].key for at in places])


def _top_headings(runs: list[Stretch]) -> list[list[int]]:
    """The blocks of each h1, in order."""
    heads: dict[object, list[int]] = {}
    for at, run in enumerate(runs):
        if run.place.h1 is not None:
            heads.setdefault(run.place.h1, []).append(at)
    return list(heads.values())


def _is_title(shown: str, titles: Sequence[str]) -> bool:
    low = shown.casefold()
    return any(_is_part(low, title) or (title in low and len(title) > SHORT) for title in titles)


def _is_part(low: str, title: str) -> bool:
    """Whether words are a title, or so large a part of it that they are not in it by chance."""
    return low in title and (len(low) > SHORT or 2 * len(low) >= len(title))
