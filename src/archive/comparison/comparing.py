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

from attrs import evolve

from archive.article.quotations import Quotation
from archive.article.reading import Reading
from archive.article.signals.notes import is_note
from archive.comparison.articles import Article, Locator
from archive.comparison.claimed import compare_claims
from archive.comparison.edits import Edits
from archive.comparison.folding import tight_key
from archive.comparison.identity import identify
from archive.comparison.linked import compare_links
from archive.comparison.noise import Host, Noise
from archive.comparison.readings import Paired, pair_blocks
from archive.comparison.result import Change, Comparison, State
from archive.comparison.side import Side
from archive.comparison.silence import judge_silence

__all__ = ["compare_sides"]

Span = tuple[int, int]
Changes = tuple[Change, ...]

LEAD = 40
"""A line between headline and text of so many signs or more is the standfirst."""

OPENING = 1_500
"""In how many characters of an article its description is looked for."""

MOST_BESIDE = 200
"""Of what differs beside the article no more is listed."""

LINE = 250
"""A line of more characters says more than a headline, a byline or a date."""

AROUND = 40
"""So many signs stand around a name in a line that came or went as a whole."""

BYLINE = 80
"""A line of more signs is no byline."""

LABEL = 12
"""A byline has no more signs beside the name: *By*, *Text und Foto:*."""

_ENDS = (".", "!", "?", "。")
_SHOWN = frozenset({"headline", "byline", "published", "modified"})
_CAPTIONS = frozenset({"figcaption", "caption", "td", "th", "time", "li", "dt", "dd"})
"""What stands in these between headline and text is no standfirst."""


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
        signed = _Signed(before, after)
        links = list(linked)
        edits = [
            _widen(edit, ours)
            for edit in edits
            if not (_is_claimed(edit, claimed) or signed.is_kept(edit))
        ]
        placed = _place(edits, ours, self.sides)
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
        leads = _Leads(self.sides, texts, articles)
        self.noise.read(articles)
        edits = Edits(
            texts,
            before.code() or after.code(),
            lambda side: _quoted(self.sides[side], texts[side]),
            self.noise,
            leads.holds,
            lambda side, words: is_note(words) or _is_part(tight_key(words), notes[side]),
        )
        return edits.changes()


def _is_part(key: str, notes: Iterable[str]) -> bool:
    """Whether a passage is a note, or its label or the rest, in a paragraph of its own."""
    return bool(key) and any(note.startswith(key) or note.endswith(key) for note in notes)


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


class _Leads:
    """Where the standfirsts of two articles stand."""

    def __init__(
        self,
        sides: tuple[Side, Side],
        texts: tuple[str, str],
        articles: tuple[Article, Article] | None,
    ) -> None:
        self._texts = texts
        self._articles = articles
        self._described = tuple(_described(side) for side in sides)

    def holds(self, side: int, place: int) -> bool:
        """Whether a place of one side's text is in its standfirst."""
        if self._articles is not None:
            at = self._articles[side].at(place)
            block = None if at is None else self._articles[side].blocks[at]
            if block is None:
                return False
            if block.region == "head" and block.tag not in _CAPTIONS and len(block.key) >= LEAD:
                return 2 * block.linked < len(block.key)
        described = self._described[side]
        if place > OPENING or not described:
            return False
        text = self._texts[side]
        line = tight_key(text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0][:OPENING])
        return any(line in (lead, lead.rstrip(".…")) for lead in described)


def _described(side: Side) -> frozenset[str]:
    """The tight keys of what a page gives as its standfirst."""
    keys = (
        tight_key(claim.line())
        for term in ("description", "alternativeHeadline")
        for claim in side.claims.about(term)
    )
    return frozenset(key for key in keys if len(key) >= 30)


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


def _is_claimed(edit: Change, claimed: Sequence[Change]) -> bool:
    """Whether an edit of a short line says what a change of headline, byline or date says."""
    if max(len(edit.before), len(edit.after)) > LINE:
        return False
    keys = tight_key(edit.before), tight_key(edit.after)
    for change in claimed:
        if _SHOWN.isdisjoint(change.classes):
            continue
        names = tight_key(change.before), tight_key(change.after)
        rest = [
            key.replace(name, "") if name and name in key else None
            for key, name in zip(keys, names, strict=True)
        ]
        if rest[0] is not None and rest[0] == rest[1]:
            return True
        alone = rest[0] if not keys[1] else rest[1] if not keys[0] else None
        if alone is not None and len(alone) <= AROUND:
            return True
    return False


class _Signed:
    """Who two pages both name as their authors."""

    def __init__(self, before: Side, after: Side) -> None:
        named = [
            {tight_key(one.line()) for one in side.claims.about("author")}
            for side in (before, after)
        ]
        self._names = named[0] & named[1]
        self._pages = before.reading, after.reading

    def is_kept(self, edit: Change) -> bool:
        """Whether a line that came or went is only a byline that the other page has elsewhere."""
        words = edit.before or edit.after
        if (edit.before and edit.after) or len(words) > BYLINE or words.endswith(_ENDS):
            return False
        key, other = tight_key(words), self._pages[1 if edit.before else 0]
        return any(
            name in key
            and len(key) - len(name) <= LABEL
            and any(name in block.key and len(block.key) <= BYLINE for block in other.blocks)
            for name in self._names
        )


def _widen(edit: Change, articles: tuple[Article, Article]) -> Change:
    """A change of the standfirst with the whole of it, where it is one block on both sides."""
    if "standfirst" not in edit.classes or not (edit.before and edit.after):
        return edit
    blocks = articles[0].within(edit.before_span), articles[1].within(edit.after_span)
    if len(blocks[0]) != 1 or len(blocks[1]) != 1:
        return edit
    starts = [
        article.starts[article.at(span[0]) or 0]
        for article, span in zip(articles, (edit.before_span, edit.after_span), strict=True)
    ]
    before, after = blocks[0][0].text, blocks[1][0].text
    return evolve(
        edit,
        before=before,
        after=after,
        before_span=(starts[0], starts[0] + len(before)),
        after_span=(starts[1], starts[1] + len(after)),
    )


def _place(
    edits: Sequence[Change], articles: tuple[Article, Article], sides: tuple[Side, Side]
) -> Iterator[Change]:
    """Edits with their places in the texts, or in the readings where the texts lack them."""
    locators = tuple(
        Locator(article, side.text or "") for article, side in zip(articles, sides, strict=True)
    )
    for edit in edits:
        passages, places = (edit.before, edit.after), (edit.before_span, edit.after_span)
        spans = [
            finder.in_text(span) if words else None
            for finder, span, words in zip(locators, places, passages, strict=True)
        ]
        if any(words and not span for words, span in zip(passages, spans, strict=True)):
            yield _in_reading(edit, locators, sides)
        else:
            yield _in_text(edit, locators, sides)


def _in_text(edit: Change, locators: tuple[Locator, ...], sides: tuple[Side, Side]) -> Change:
    """An edit whose passages both stand in their texts."""

    def find(side: int, span: Span) -> Span:
        found = locators[side].in_text(span) if span[0] < span[1] else None
        if found is None:
            place = locators[side].gap_in_text(span[0])
            found = place, place
        return found

    texts = sides[0].text or "", sides[1].text or ""
    spans = find(0, edit.before_span), find(1, edit.after_span)
    operations = tuple(
        evolve(
            one,
            before=texts[0][slice(*places[0])],
            after=texts[1][slice(*places[1])],
            before_span=places[0],
            after_span=places[1],
        )
        for one in edit.operations
        for places in [(find(0, one.before_span), find(1, one.after_span))]
    )
    return evolve(
        edit,
        before=texts[0][slice(*spans[0])],
        after=texts[1][slice(*spans[1])],
        before_span=spans[0],
        after_span=spans[1],
        operations=operations,
    )


def _in_reading(edit: Change, locators: tuple[Locator, ...], sides: tuple[Side, Side]) -> Change:
    """An edit that one of the texts lacks, at its places in the readings."""
    one, two = locators
    return evolve(
        edit,
        part="reading",
        before_span=one.in_reading(edit.before_span),
        after_span=two.in_reading(edit.after_span),
        operations=tuple(
            evolve(
                operation,
                before_span=one.in_reading(operation.before_span),
                after_span=two.in_reading(operation.after_span),
            )
            for operation in edit.operations
        ),
        before_bytes=_bytes(sides[0], edit.before),
        after_bytes=_bytes(sides[1], edit.after),
    )


def _bytes(side: Side, words: str) -> Span | None:
    """Where words stand in the page's bytes as they are, if they stand there once."""
    if side.source is None or not words:
        return None
    content, encoding = side.source
    try:
        sought = words.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return None
    at = content.find(sought)
    if at < 0 or content.find(sought, at + 1) >= 0:
        return None
    return at, at + len(sought)


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
