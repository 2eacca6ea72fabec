"""What is measured and what measures it know nothing of each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import archive.comparison

ROOT = Path(__file__).resolve().parents[2]
INJECTED = ("distractions.py", "edit_words.py")


def strings(file: Path) -> Iterator[str]:
    """The texts written in a module, but for those that say what something is for."""
    tree = ast.parse(file.read_text("utf-8"))
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_no_injected_phrase_stands_in_a_filter() -> None:
    """No advertisement, counter, note or paragraph that is injected is known to the comparison."""
    phrases = {
        phrase.casefold()
        for name in INJECTED
        for text in strings(ROOT / "benchmarks" / name)
        for phrase in (text, *text.split("{}"))
        if len(phrase.split()) > 1 and "|" not in phrase
    }
    assert len(phrases) > 40
    folder = Path(archive.comparison.__file__).parent
    source = " ".join(" ".join(strings(file)) for file in folder.glob("*.py")).casefold()
    assert not {phrase for phrase in phrases if phrase.strip() in source}
