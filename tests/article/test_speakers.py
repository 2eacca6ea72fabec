"""The speakers found in made-up news of many languages, against its labels."""

from __future__ import annotations

import pytest
from benchmarks.speakers import languages, read


def test_the_news_is_in_twelve_languages_or_more() -> None:
    """The set covers languages of many families and scripts."""
    assert len(languages()) >= 12
    assert {"en", "de", "fr", "pl", "ru", "tr", "ar", "ja", "zh", "ko"} <= set(languages())


@pytest.mark.parametrize("code", languages())
def test_each_language_has_speakers_and_words_of_nobody(code: str) -> None:
    """Twenty attributed quotations or more, and some whose words are nobody's."""
    labels = [names for item in read(code) for names in item.speakers.values()]
    assert sum(bool(names) for names in labels) >= 20
    assert sum(not names for names in labels) >= 4


@pytest.mark.parametrize("code", languages())
def test_labels_stand_before_quotations(code: str) -> None:
    """Every label is followed by a mark or a dash, and every name stands in its item's words."""
    for item in read(code):
        for start, names in item.speakers.items():
            assert item.text[start] in "“”„«»‘’'\"「—–-", item.text[start : start + 20]
            for name, _ in names:
                assert name.lower() in item.text.lower()
