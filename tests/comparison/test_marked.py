"""Tests of passages with their words marked, and of patches."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from archive.comparison import Side, compare_sides, make_patch, mark
from archive.comparison.folding import tight_key
from archive.comparison.result import Change
from tests.effort import effort
from tests.places import program

WORDS = st.lists(
    st.sampled_from(["pier", "Ada", "14", "said", "not", "“yes”", "x.", "A new day.", "two"]),
    max_size=12,
).map(" ".join)

TEXTS = st.lists(WORDS, max_size=6).map(lambda lines: "".join(f"{line}\n" for line in lines))


@given(before=TEXTS, after=TEXTS)
def test_segments_make_both_passages(before: str, after: str) -> None:
    """Without what was added the segments are the earlier passage, without what was removed the
    later.
    """
    for change in compare_sides(Side(before), Side(after)).changes:
        if "paragraph-moved" in change.classes:
            continue
        segments = mark(change)
        old = "".join(one.text for one in segments if one.kind != "added")
        new = "".join(one.text for one in segments if one.kind != "removed")
        assert tight_key(old) == tight_key(change.before)
        assert new == change.after


def test_a_headline_is_cut_at_its_words() -> None:
    """Of a headline, which has no operations, the words that differ are marked."""
    change = Change(
        "title", ("headline",), "substantive", "article", "A b c.", "A x c d.", (0, 6), (0, 8)
    )
    shown = [(one.kind, one.text) for one in mark(change)]
    assert shown == [
        ("same", "A "),
        ("removed", "b"),
        ("added", "x"),
        ("same", " c "),
        ("added", "d"),
        ("same", "."),
    ]


def test_a_date_is_never_cut() -> None:
    """Of a date that changed the whole is marked, not the digits that differ."""
    one, two = "2019-11-14T14:00:00Z", "2018-11-05T14:00:00Z"
    change = Change(
        "claims", ("published",), "substantive", "article", one, two, (0, len(one)), (0, len(two))
    )
    assert [(part.kind, part.text) for part in mark(change)] == [("removed", one), ("added", two)]


@effort(0.6)
@given(before=TEXTS, after=TEXTS)
def test_patches_apply(before: str, after: str) -> None:
    """`patch` makes the later text out of the earlier, whatever they are."""
    patch = make_patch(before, after, "old", "new")
    assert bool(patch) == (before != after)
    if not patch:
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "text"
        file.write_text(before, encoding="utf-8", newline="")
        subprocess.run([program("patch"), "-s", file], input=patch.encode(), check=True)
        left = file.read_text(encoding="utf-8") if file.exists() else ""
    assert left == after


def test_a_notebook_shows_markup_as_text() -> None:
    """In a notebook words are marked, markup of the page is text, and `export` is not loaded."""
    code = (
        "import sys\n"
        "from archive.article import Article, Claims\n"
        "from archive.comparison import Side, compare_sides\n"
        "before, after = 'It cost <b>14</b> in all.\\n', 'It cost <b>41</b> in \\u202eall.\\n'\n"
        "print(compare_sides(Side(before), Side(after))._repr_html_())\n"
        "print(Article.of(after, Claims())._repr_html_())\n"
        "assert not {'jinja2', 'archive.export'} & set(sys.modules)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    assert "<del>14</del><ins>41</ins>" in run.stdout
    assert "&lt;b&gt;" in run.stdout
    assert "<b>" not in run.stdout
    assert "\\u202e" in run.stdout
