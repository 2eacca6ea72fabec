"""What is left out for speed changes no result, and results are the same in every process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article.quotations.vocabulary import read_vocabulary
from archive.comparison import Side, compare_sides
from archive.comparison.classification import Classifier, Words, _Side, weigh, weigh_alone
from archive.comparison.folding import cosmetic_key, words
from archive.comparison.lexicon import pick_lexicon
from archive.comparison.names import Names
from archive.comparison.numbers import numbers
from archive.comparison.result import CLASSES
from archive.comparison.units import Tokens, Unit

SENTENCE = [
    "No",
    ",",
    "Anna",
    "Smith",
    "and",
    "Minister",
    "Jo",
    "did",
    "n't",
    "pay",
    "3",
    "million",
]
SENTENCE += ["or", "1.5", "billion", "for", "twenty", "two", "of", "`", "’", "it", "."]
tokens = st.lists(st.sampled_from(SENTENCE), min_size=1, max_size=60)

BEFORE = (
    "The council voted on Tuesday to close the ferry pier, open since 1911.\n"
    "Repairs would have cost 14 million, the engineers said. The report is not public.\n"
    "“We knew about the damage for years and did nothing,” said Marit Olsen.\n"
    "The last ferry will leave on 30 April, and islanders have asked for a bus.\n"
    "A petition against the closure has 2,300 signatures from Nesøya and Hoem.\n"
)
AFTER = (
    "The council voted on Tuesday to close the ferry pier, open since 1911.\n"
    "Repairs would have cost 41 million, the builders said. The report is public.\n"
    "A petition against the closure has 2,300 signatures from Nesøya and Berg.\n"
    "“We acted as soon as we knew about the damage,” claimed Marit Olsen.\n"
    "Nobody has asked the county for anything so far.\n"
)
PRINTED = (
    "import json, sys; from archive.comparison import Side, compare_sides; "
    "print(json.dumps(compare_sides(*map(Side, json.load(sys.stdin))).to_json()))"
)


@settings(deadline=None)
@given(tokens, st.data(), st.sampled_from(["en", "de", "fr"]))
def test_what_a_run_has_is_that_of_the_whole_passage(
    found: list[str], data: st.DataObject, code: str
) -> None:
    """Names, numbers and negators of a run are what reading all words around it gives."""
    start = data.draw(st.integers(0, len(found)))
    end = data.draw(st.integers(start, len(found)))
    lexicon = pick_lexicon(code)
    names = Names(" ".join(found), "", read_vocabulary(code), lexicon)
    classifier = Classifier(names, read_vocabulary(code), lexicon)
    passage = Words([(word, 0, 0) for word in found], ())
    part = classifier._part(_Side.of(passage, (), ()), start, end)
    first = max(0, start - 8)
    near = found[first : end + 8]
    values = [
        value
        for value, one, two in numbers(near, lexicon)
        if one + first < end and two + first > start
    ]
    inside = range(start, end)
    assert part.values() == sorted(values)
    assert part.names & {*inside} == {at + first for at in names.find(near)} & {*inside}
    denials = [one for one in lexicon.denials.find(found) if one[0] < end and one[1] > start]
    assert part.denials() == len(denials if start < end else [])


@given(st.sets(st.sampled_from(CLASSES), min_size=1), st.text(min_size=1, max_size=80))
def test_a_passage_alone_weighs_as_with_all_its_words(classes: set[str], text: str) -> None:
    """Of a passage that came or went a few words tell the same significance as all of them."""
    passage = text.strip() or "x"
    assert weigh_alone(classes, passage) == weigh(classes, words(passage), [])


@given(st.text(max_size=80))
def test_tokens_alike_but_for_typography_have_one_sign(text: str) -> None:
    """Two tokens are written as the same character exactly when their cosmetic keys are equal."""
    reader = Tokens(text, text)
    signs = reader.read(Unit(0, len(text), 0, 0, ""), 0)
    keys = [cosmetic_key(token) for token in words(text)]
    assert len(signs) == len(keys)
    assert len(set(zip(keys, signs, strict=True))) == len(set(keys)) == len(set(signs))


def test_a_known_pair_is_told_as_ever() -> None:
    """The changes of a pair of texts, their classes, weights and words stand as written here."""
    found = compare_sides(Side(BEFORE), Side(AFTER))
    told = [
        (change.classes, change.significance, [(op.before, op.after) for op in change.operations])
        for change in found.changes
    ]
    number, negation, gone, name, quote, come = told
    assert number == (
        ("number", "wording"),
        "substantive",
        [("14", "41"), ("engineers", "builders")],
    )
    assert negation == (("negation",), "substantive", [("not", "")])
    assert gone[:2] == (("paragraph-removed",), "substantive")
    assert name == (("name",), "substantive", [("Hoem", "Berg")])
    assert quote == (
        ("quotation-changed", "attribution", "negation", "paragraph-moved"),
        "substantive",
        [
            ("", "acted as soon as we"),
            ("for years and did nothing", ""),
            ("said", "claimed"),
        ],
    )
    assert come[:2] == (("paragraph-added",), "substantive")


def test_every_process_tells_the_same() -> None:
    """The order of sets and hashes, which differs from process to process, decides nothing."""
    told = set()
    for number in ("1", "2", "3"):
        done = subprocess.run(
            [sys.executable, "-c", PRINTED],
            input=json.dumps([BEFORE * 3 + AFTER, AFTER * 2 + BEFORE]).encode(),
            env={**os.environ, "PYTHONHASHSEED": number},
            capture_output=True,
            check=True,
        )
        told.add(sha256(done.stdout).hexdigest())
    assert len(told) == 1
