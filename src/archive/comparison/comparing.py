"""Two sides compared: pairing of blocks, edits, claims, links, silence.

Both pages are compared as their readers see them; the extraction only says which part of them is
the article. The blocks of both pages are paired (`readings`), those of the article are aligned
sentence by sentence (`edits`), then claims and links are compared. What differs elsewhere is told
apart. There is no clock and no randomness: the same sides give the same comparison on every
machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from archive.article.quotations import Quotation
from archive.article.reading import Reading
from archive.article.signals.notes import is_note
from archive.comparison.articles import Article
from archive.comparison.claimed import compare_claims
from archive.comparison.echoes import Signed, is_claimed
from archive.comparison.edits import Edits
from archive.comparison.folding import tight_key
from archive.comparison.identity import identify
from archive.comparison.leads import Leads, widen
from archive.comparison.linked import compare_links
from archive.comparison.noise import Host, Noise
from archive.comparison.placing import place_edits
from archive.comparison.readings import Paired, pair_blocks
from archive.comparison.result import Change, Comparison, State
from archive.comparison.side import Side
from archive.comparison.silence import judge_silence

__all__ = ["compare_sides"]

Span = tuple[int, int]
Changes = tuple[Change, ...]

MOST_BESIDE = 200
"""Of what differs beside the article no more is listed."""


def compare_sides(
    before: Side, after: Side, *, host: Host | None = None, reextracted: bool = False
) -> Comparison:
    """Compare two captures of an article.

    Args:
        before: the earlier side.
        after: the later side. Both texts have to come from one extractor.
        host: what other captures of the host have, of other articles; None where there are none.
        reextracted: whether the sides were extracted anew because the stored texts came from
            different extractors.

    Returns:
        The comparison; nothing is raised, whatever the sides are.
    """
    counts = {"re-extracted": 1} if reextracted else {}
    if before.content is not None and before.content == after.content:
        return Comparison(filters={**counts, "same-bytes": 1}, state=_state(before, after))
    state = _state(before, after)
    if state in ("gone", "appeared"):
        missing = "later" if state == "gone" else "earlier"
        return Comparison(
            filters=counts,
            state=state,
            silent=None,
            silent_reason=f"the {missing} side has no article",
        )
    others = (host or Host()).others(before, after)
    noise = Noise((before, after), others, counts)
    found, beside = _Pages(before, after, noise).compare()
    past = min((p for p in (before.reading.past, after.reading.past) if p), default=None)
    identity = identify(before, after)
    verdict = judge_silence(before, after, found, identity, past=past, alone=not others)
    return Comparison(
        found,
        verdict.silent,
        noise.counts,
        identity.state if state == "compared" and found else state,
        silent_reason=verdict.reason,
        beside=beside,
        past=past,
        twin=identity.twin,
    )


def _state(before: Side, after: Side) -> State:
    if before.text is None and after.text is None:
        return "none"
    if before.text is not None and after.text is not None:
        return "compared"
    if _is_there(before, after):
        return "compared"
    return "gone" if after.text is None else "appeared"


def _is_there(before: Side, after: Side) -> bool:
    """Whether a page from which no text was extracted still shows what the other's text says."""
    told, other = (before, after) if after.text is None else (after, before)
    if other.page is None:
        return False
    shown = {block.key for block in other.page.blocks}
    keys = [tight_key(line) for line in (told.text or "").split("\n") if line.strip()]
    return 2 * sum(key in shown for key in keys) >= len(keys) > 0


class _Pages:
    """Two pages, or texts known alone, being compared."""

    def __init__(self, before: Side, after: Side, noise: Noise) -> None:
        self.sides = before, after
        self.noise = noise

    def compare(self) -> tuple[Changes, Changes]:
        """What differs in the article, and beside it."""
        before, after = self.sides
        if before.page is None and after.page is None:
            edits = self._edit((before.text or "", after.text or ""), None)
            claimed = compare_claims(before, after, _classes(edits))
            return _sorted_out([*claimed, *edits])
        pages = before.reading, after.reading
        paired = pair_blocks(*pages, before.code() or after.code())
        articles = tuple(
            Article(page, tuple(at for at in numbers if not page.blocks[at].headline))
            for page, numbers in zip(pages, paired.article, strict=True)
        )
        ours = articles[0], articles[1]
        edits = self._edit((ours[0].text, ours[1].text), ours)
        linked = compare_links(pages, _pairs(paired, ours, edits), paired.links)
        claimed = compare_claims(before, after, _classes(edits))
        signed = Signed(before, after)
        links = list(linked)
        edits = [
            widen(edit, ours)
            for edit in edits
            if not (is_claimed(edit, claimed) or signed.is_kept(edit))
        ]
        placed = place_edits(edits, ours, self.sides)
        found, beside = _sorted_out([*claimed, *placed, *links])
        return found, (*beside, *_beside(pages, paired))[:MOST_BESIDE]

    def _edit(
        self, texts: tuple[str, str], articles: tuple[Article, Article] | None
    ) -> list[Change]:
        """What differs between the words of the two articles."""
        before, after = self.sides
        notes = [
            {tight_key(claim.line()) for claim in side.claims.about("correction")}
            for side in self.sides
        ]
        leads = Leads(self.sides, texts, articles)
        self.noise.read(articles)
        edits = Edits(
            texts,
            before.codes() or after.codes(),
            lambda side: _quoted(self.sides[side], texts[side]),
            self.noise,
            leads.holds,
            lambda side, words: is_note(words) or tight_key(words) in notes[side],
        )
        return edits.changes()


def _quoted(side: Side, words: str) -> tuple[Quotation, ...]:
    return side.quoted() if words == side.text else side.quoted_in(words)


def _classes(changes: Iterable[Change]) -> frozenset[str]:
    return frozenset(name for change in changes for name in change.classes)


def _sorted_out(changes: Iterable[Change]) -> tuple[Changes, Changes]:
    """The changes of the article, and those of scope ``page``."""
    found: list[Change] = []
    beside: list[Change] = []
    for change in changes:
        (beside if change.scope == "page" else found).append(change)
    return tuple(found), tuple(beside)


def _pairs(
    paired: Paired, articles: tuple[Article, Article], edits: Sequence[Change]
) -> list[tuple[int, int]]:
    """The article's blocks that are the same, edited or not."""
    ours = {*paired.article[0]}
    found = [pair for pair in paired.pairs if pair[0] in ours]
    for edit in edits:
        if edit.before and edit.after:
            at = articles[0].at(edit.before_span[0]), articles[1].at(edit.after_span[0])
            if at[0] is not None and at[1] is not None:
                found.append((articles[0].numbers[at[0]], articles[1].numbers[at[1]]))
    return list(dict.fromkeys(found))


def _beside(pages: tuple[Reading, Reading], paired: Paired) -> Iterator[Change]:
    """What only one page shows beside its article."""
    keys = [[pages[side].blocks[at].key for at in paired.beside[side]] for side in (0, 1)]
    for side in (0, 1):
        others = set(keys[1 - side])
        alone = (at for at in paired.beside[side] if pages[side].blocks[at].key not in others)
        for at in islice(alone, MOST_BESIDE):
            page = pages[side]
            start = page.starts[at]
            words = page.blocks[at].text
            span = start, start + len(words)
            name = "paragraph-added" if side else "paragraph-removed"
            pair = ("", words, (0, 0), span) if side else (words, "", span, (0, 0))
            yield Change("reading", (name,), "minor", "page", *pair)
