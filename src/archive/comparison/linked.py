"""Links that changed while the words around them did not, and links that left the page.

A link inside the text is compared with the link on the same words of the same paragraph. Of the
links beside the text only those count that stand in a kind of place of which others stayed: a
button under each of thirty items, of which one is gone. Where such a place lost one link and got
another, it rotates, and nothing is said; nor is it of a link that the page still shows as often,
though in another kind of place: class names change with every release of a site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from archive.comparison.folding import tight_key
from archive.comparison.result import Change, Scope, Significance
from archive.comparison.visible import Link, Page

__all__ = ["compare_links"]


def compare_links(
    before: Page | None, after: Page | None, edited: Mapping[str, str]
) -> list[Change]:
    """The changes of links between two pages, in the order of the earlier page.

    Args:
        before: the earlier page.
        after: the later page.
        edited: for the tight key of every paragraph that was edited, what it became.
    """
    if before is None or after is None:
        return []
    return [*_in_text(before, after, edited), *_beside(before, after)]


def _in_text(before: Page, after: Page, edited: Mapping[str, str]) -> Iterator[Change]:
    """Links on words of paragraphs that both pages have."""
    old, new = _by_place(before), _by_place(after)
    same = {place: place for place in old | new if {place} <= before.blocks & after.blocks}
    for place, other in {**same, **edited}.items():
        one, two = old.get(place, []), new.get(other, [])
        gone = [link for link in one if not any(_is_same(link, found) for found in two)]
        come = [link for link in two if not any(_is_same(link, found) for found in one)]
        for link in gone:
            found = next((found for found in come if found.text == link.text), None)
            if found is not None:
                come.remove(found)
            if found is not None or tight_key(link.text) in other:
                yield _change(link, found)
        yield from (_change(None, link) for link in come if tight_key(link.text) in place)


def _is_same(one: Link, two: Link) -> bool:
    return one.url == two.url and one.text == two.text


def _by_place(page: Page) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for link in page.links:
        if link.scope == "article":
            found.setdefault(link.place, []).append(link)
    return found


def _beside(before: Page, after: Page) -> Iterator[Change]:
    old = [link for link in before.links if link.scope == "page"]
    new = [link for link in after.links if link.scope == "page"]
    both = {(link.url, link.place) for link in old} & {(link.url, link.place) for link in new}
    stayed = Counter(place for _, place in both)
    gone = [link for link in old if (link.url, link.place) not in both]
    come = [link for link in new if (link.url, link.place) not in both]
    lost, won = {link.place for link in gone}, {link.place for link in come}
    for link in _fewer(gone, before, after):
        if stayed[link.place] and link.place not in won:
            yield _change(link, None)
    for link in _fewer(come, after, before):
        if stayed[link.place] and link.place not in lost:
            yield _change(None, link)


def _fewer(links: list[Link], here: Page, there: Page) -> Iterator[Link]:
    """Those of some links of one page that the other shows less often, wherever it shows them."""
    left = Counter(link.url for link in here.links)
    left.subtract(link.url for link in there.links)
    for link in links:
        if left[link.url] > 0:
            left[link.url] -= 1
            yield link


def _change(old: Link | None, new: Link | None) -> Change:
    some = old or new
    assert some is not None
    before, after = (f"{link.text} → {link.url}" if link else "" for link in (old, new))
    host = [link.url.split("/")[2] for link in (old, new) if link]
    heavy: Significance = "substantive" if len(set(host)) > 1 else "minor"
    spans = (0, len(before)), (0, len(after))
    scope: Scope = "article" if some.scope == "article" else "page"
    return Change("page", ("link",), heavy, scope, before, after, *spans)
