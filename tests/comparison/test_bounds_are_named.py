"""No bound of the comparison, the suspicion and the reading is forgotten by the tests.

A bound is a number of a module that has a docstring. Each stands here with how much it is, so that
nobody moves one without saying so, and in a test by its name, that shows what is on either side.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import archive

SOURCE = Path(archive.__file__).parent
TESTS = Path(__file__).parents[1]
ROOMS = ("comparison", "article/suspicion", "article/reading")

NOT_BOUNDS = {"comparison.rules.RULES": "the revision of the rules: it has no two sides"}

VALUES: dict[str, float] = {
    "comparison.alignment.MOST": 4000,
    "comparison.alignment.FAR": 1_000_000,
    "comparison.alignment.LINES": 10_000,
    "comparison.claimed._LIKE": 0.5,
    "comparison.classification.LITTLE": 4,
    "comparison.classification._NEAR": 2,
    "comparison.classification._AROUND": 8,
    "comparison.classification.MOST": 5000,
    "comparison.comparing.MOST_BESIDE": 200,
    "comparison.echoes.LINE": 250,
    "comparison.echoes.AROUND": 40,
    "comparison.echoes.BYLINE": 80,
    "comparison.echoes.LABEL": 12,
    "comparison.edits._STRUCK_OUT": 57_344,
    "comparison.folding.LONGEST": 64,
    "comparison.footnotes.MOST": 5000,
    "comparison.footnotes.SPAN": 400,
    "comparison.furniture.LABEL": 60,
    "comparison.furniture.MOST": 14,
    "comparison.furniture.OPENING": 3,
    "comparison.furniture.LINKED": 320,
    "comparison.furniture.PROSE": 250,
    "comparison.house.LONGEST": 260,
    "comparison.house.SENTENCES": 4,
    "comparison.house.SAYING": 4,
    "comparison.house.ABOUT": 12,
    "comparison.house.EXPLAINED": 5,
    "comparison.identity.SHARED": 0.3,
    "comparison.identity.KEPT": 0.1,
    "comparison.identity.ALIKE": 0.3,
    "comparison.identity.RUN": 8,
    "comparison.identity.MOST": 2000,
    "comparison.identity.LONGEST": 100_000,
    "comparison.leads.LEAD": 40,
    "comparison.leads.OPENING": 1500,
    "comparison.meaning._STEM": 4,
    "comparison.meaning._VERB_STEM": 2,
    "comparison.meaning.LONGEST_NAME": 6,
    "comparison.meaning.MOST_BETWEEN": 60,
    "comparison.meaning._REPORT": 8,
    "comparison.moved.NESTED": 8,
    "comparison.names.READ": 100_000,
    "comparison.noise.COUNTER": 12,
    "comparison.noise.ALIKE": 0.75,
    "comparison.noise.SENTENCE": 4,
    "comparison.noise.FEW": 2,
    "comparison.noise.COPY": 0.5,
    "comparison.pairing.CELLS": 2500,
    "comparison.pairing.PAIRED": 0.4,
    "comparison.pairing.ALONE": 0.3,
    "comparison.pairing.MOVED": 0.6,
    "comparison.pairing._SHARE": 0.4,
    "comparison.pairing._WITHIN": 0.9,
    "comparison.pairing._REST": 0.8,
    "comparison.pairing._SHORTEST": 4,
    "comparison.pairing._LONGEST": 5000,
    "comparison.pairing._COMMON": 12,
    "comparison.passages.SHINGLE": 5,
    "comparison.passages.MOST_WORDS": 500_000,
    "comparison.passages._MOST_KNOWN": 100_000,
    "comparison.passages._PLACES": 64,
    "comparison.patch._MOST_LINES": 1_000_000,
    "comparison.phrases.LONGEST_LINE": 160,
    "comparison.places.SENTENCE": 40,
    "comparison.places.NEAR": 2,
    "comparison.readings.ALIKE": 0.6,
    "comparison.readings.LIKE_LINK": 0.7,
    "comparison.readings.SEARCHED": 900,
    "comparison.readings.TOGGLE": 3,
    "comparison.readings.LINKS": 40_000,
    "comparison.readings.LONG": 4000,
    "comparison.rights.LONGEST": 160,
    "comparison.sentences.PLAIN": 50_000,
    "comparison.sequences._DIRECT": 16_000_000,
    "comparison.sequences._MOST": 50_000_000,
    "comparison.sequences._DEEPEST": 6,
    "comparison.sequences._GRAM": 4,
    "comparison.side.LONGEST": 400_000,
    "comparison.tickers.LONGEST": 160,
    "comparison.tickers.NAMED": 5,
    "comparison.tongue.SAMPLE": 1500,
    "comparison.tongue.OWN": 0.1,
    "comparison.tongue.OTHERS": 0.15,
    "comparison.tongue.TIMES": 4,
    "comparison.tongue.LEAST": 8,
    "comparison.tongue.KNOWN": 25,
    "comparison.tongue._LONGEST": 5,
    "comparison.translation.NEEDED": 2,
    "comparison.translation.LEAST": 3,
    "comparison.translation.PARAGRAPH": 20,
    "comparison.translation.UNEVEN": 2.0,
    "comparison.translation.READ": 100_000,
    "comparison.walled.LOST": 4,
    "comparison.walled.KEPT": 0.8,
    "comparison.walled.NOTICE": 600,
    "comparison.walled.PARAGRAPH": 80,
    "comparison.walled.STORY": 2,
    "comparison.worded.BESIDE": 2,
    "article.suspicion.MANY_WORDS": 300,
    "article.suspicion.counting.SENTENCE": 40,
    "article.suspicion.counting.STATED": 220,
    "article.suspicion.counting.SHARE": 4,
    "article.suspicion.counting.TOLD": 20,
    "article.suspicion.counting.VERSE": 10,
    "article.suspicion.counting.HEADLINE": 25,
    "article.suspicion.emptiness.NOTHING": 60,
    "article.suspicion.emptiness.BARE": 300,
    "article.suspicion.listing.STORIES": 6,
    "article.suspicion.listing.FEW": 4,
    "article.suspicion.listing.LINKS": 12,
    "article.suspicion.listing.PARAGRAPH": 300,
    "article.suspicion.listing.BEFORE": 60,
    "article.suspicion.listing.HEADLINE": 20,
    "article.suspicion.shown.VERSES": 4,
    "article.suspicion.wording.ALONE": 60,
    "article.suspicion.wording.NAMED": 600,
    "article.suspicion.wording.TEASER": 1000,
    "article.suspicion.wording.LONGEST": 40_000,
    "article.suspicion.wording.ANSWER": 40,
    "article.suspicion.wording.ASKED": 2,
    "article.reading.apart.LEAD": 320,
    "article.reading.apart.SHORT": 30,
    "article.reading.apart.DATES": 2,
    "article.reading.block.WORDS": 4,
    "article.reading.block.SIGNS": 16,
    "article.reading.boxes.BLOCKS": 6,
    "article.reading.boxes.SIGNS": 400,
    "article.reading.embeds.BLOCKS": 6,
    "article.reading.embeds.SIGNS": 600,
    "article.reading.embeds.PROSE": 40,
    "article.reading.embeds._LEVELS": 3,
    "article.reading.page.MANY": 400,
    "article.reading.page.PIECE": 40,
    "article.reading.page.PIECES": 12,
    "article.reading.regions.MOST_INTRODUCING": 60,
    "article.reading.regions.SHORT": 12,
    "article.reading.regions.NEAR": 12,
    "article.reading.regions.LONG": 40,
    "article.reading.stored.LARGEST": 64_000_000,
    "article.reading.stories.BESIDE": 320,
    "article.reading.stories.SHORT_WORDS": 3,
    "article.reading.stories.SHORT_SIGNS": 12,
    "article.reading.stories.DATE": 4,
    "article.reading.stories.BLOCKS": 6,
    "article.reading.stories._CLIMB": 5,
    "article.reading.stories._DEEPEST": 8,
    "article.reading.walk.MOST_BLOCKS": 20_000,
    "article.reading.walk.LONGEST": 5_000_000,
    "article.reading.walk.DEEPEST": 2000,
}
"""How much each bound is."""


def numbers_of(path: Path) -> Iterator[tuple[str, float]]:
    """The numbers with a docstring of a module, each with what it is."""
    room = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    module = import_module(f"archive.{room}")
    for one, after in pairwise(ast.parse(path.read_text(encoding="utf-8")).body):
        if not (isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)):
            continue
        targets = one.targets if isinstance(one, ast.Assign) else ()
        names = [
            name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)
        ]
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            names = [one.target.id]
        for name in names:
            value = getattr(module, name)
            if re.fullmatch("_?[A-Z][A-Z_]*", name) and type(value) in (int, float):
                yield f"{room}.{name}", value


def stated() -> dict[str, float]:
    """The bounds of all three rooms."""
    paths = (path for room in ROOMS for path in sorted((SOURCE / room).glob("*.py")))
    return {name: value for path in paths for name, value in numbers_of(path)}


def names_in(path: Path) -> Iterator[str]:
    """What a test file names of the library, from the name of its room on."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known: dict[str, str] = {}
    for one in ast.walk(tree):
        if isinstance(one, ast.ImportFrom) and (one.module or "").startswith("archive."):
            room = (one.module or "").removeprefix("archive.")
            known |= {name.asname or name.name: f"{room}.{name.name}" for name in one.names}
    for one in ast.walk(tree):
        if isinstance(one, ast.Name) and one.id in known:
            yield known[one.id]
        elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            yield f"{known.get(one.value.id)}.{one.attr}"


def test_nobody_moves_a_bound_without_saying_so() -> None:
    """The bounds are what stands here, none less and none more."""
    found = {name: value for name, value in stated().items() if name not in NOT_BOUNDS}
    assert found == VALUES


def test_every_bound_of_a_room_is_named_in_a_test() -> None:
    """But those that are a module's own, which tests reach by the numbers that stand here."""
    others = (path for path in TESTS.rglob("test_*.py") if path != Path(__file__))
    named = {name for path in others for name in names_in(path)}
    bounds = {name for name in VALUES if not name.rpartition(".")[2].startswith("_")}
    assert sorted(bounds - named) == []
