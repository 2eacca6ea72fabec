"""The rules of the house that no other tool checks: sizes, docstrings, foreign paths."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.cli.verbs import VERBS
from tests.places import ROOT, installed

MOST_FUNCTION_LINES = 60
MOST_MODULE_LINES = 450
MOST_HIDDEN_IMPORTS = 60
MOST_COMPLEX = 15
FOLDERS = [".ci", "benchmarks", "docs", "fixtures", "src", "tests"]
ROOMS = sorted(path.parent for path in (ROOT / "src/archive").glob("*/__init__.py"))
FOREIGN = re.compile(rb"(?<![\w.])/" + rb"work/")  # in two pieces, or this file would be found


def files() -> list[Path]:
    """Every file of the project, at the root and in its folders."""
    found = [
        path
        for path in ROOT.iterdir()
        if path.is_file() and path.name != ".git" and path.name[:9] != ".coverage"
    ]
    for folder in FOLDERS:
        found += [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [path for path in found if "__pycache__" not in path.parts]


def modules(*folders: str) -> dict[Path, ast.Module]:
    """The Python files of some folders, parsed."""
    return {
        path.relative_to(ROOT): ast.parse(path.read_bytes())
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
    }


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, methods and inner ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From the first decorator to the last line of the body."""
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    assert node.end_lineno is not None
    return node.end_lineno - first + 1


def test_no_function_is_longer_than_sixty_lines() -> None:
    """A function that does not fit a screen does more than one thing."""
    found = [
        (str(path), node.name, lines(node))
        for path, tree in modules(".ci", "benchmarks", "fixtures", "src").items()
        for node in functions(tree)
        if lines(node) > MOST_FUNCTION_LINES
    ]
    assert found == []


def test_no_function_has_more_than_fifteen_ways_through_it() -> None:
    """Cyclomatic complexity as radon counts it, conditions of comprehensions and all."""
    visitors = installed("radon.visitors")
    found = {
        f"{path}:{block.lineno} {block.name}": block.complexity
        for path in sorted((ROOT / "src").rglob("*.py"))
        for top in visitors.ComplexityVisitor.from_code(path.read_text(encoding="utf-8")).blocks
        for block in (top, *getattr(top, "methods", ()), *getattr(top, "closures", ()))
        if block.letter != "C"
    }
    assert len(found) > 2_000
    assert {name: count for name, count in found.items() if count > MOST_COMPLEX} == {}


def test_no_test_body_is_longer_than_sixty_lines() -> None:
    """A test that does not fit a screen claims more than one thing; its table of cases may."""
    found = [
        (str(path), node.name)
        for path, tree in modules("tests").items()
        for node in functions(tree)
        if (node.end_lineno or 0) - node.lineno >= MOST_FUNCTION_LINES
    ]
    assert found == []


def test_no_module_is_longer_than_450_lines() -> None:
    """A module past about 400 lines becomes a package of the same name."""
    counts = {
        str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines())
        for path in modules(".ci", "benchmarks", "fixtures", "src")
    }
    assert {path: count for path, count in counts.items() if count > MOST_MODULE_LINES} == {}


def hidden_imports(tree: ast.Module) -> Iterator[ast.AST]:
    """Imports inside functions, calls of `import_module`, modules' own `__getattr__`."""
    for function in functions(tree):
        if function.name == "__getattr__":
            yield function
    for node in {inner for function in functions(tree) for inner in ast.walk(function)}:
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Import | ast.ImportFrom) or called.endswith("import_module"):
            yield node


def test_few_imports_hide_in_functions() -> None:
    """What a module needs stands at its top, but where loading it later saves start-up."""
    counts = {path: len(list(hidden_imports(tree))) for path, tree in modules("src").items()}
    assert sum(counts.values()) <= MOST_HIDDEN_IMPORTS, {
        str(path): count for path, count in counts.items() if count
    }


def test_every_module_says_what_it_is() -> None:
    """Every module has a docstring, tests and scripts included."""
    found = modules(".ci", "benchmarks", "fixtures", "src", "tests")
    assert [str(path) for path, tree in found.items() if not ast.get_docstring(tree)] == []


def test_every_test_states_its_claim() -> None:
    """Every test function has a docstring."""
    silent = [
        (str(path), node.name)
        for path, tree in modules("tests").items()
        for node in functions(tree)
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_file_names_a_folder_of_somebody_s_machine() -> None:
    """Nothing in the project depends on where somebody once worked."""
    found = [str(path) for path in files() if FOREIGN.search(path.read_bytes())]
    assert found == []


def test_every_room_is_a_package() -> None:
    """Every folder with modules has an `__init__.py`: without it the layers are not checked."""
    folders = {(ROOT / path).parent for path in modules("src")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_room_has_a_map_of_its_modules(room: Path) -> None:
    """A room's first words name each of its modules once; of verbs, `cli.verbs` has the list."""
    said = ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8"))) or ""
    named = re.findall(r"(?m)^ {4}([a-z]+) +\S", said)
    there = {path.stem for path in room.glob("*.py")} - {"__init__"}
    there |= {path.parent.name for path in room.glob("*/__init__.py")}
    if room.name == "cli":
        there -= {verb.module for verb in VERBS.values()}
    assert sorted(named) == sorted(there)


def test_no_group_is_repeated_possessively() -> None:
    """No pattern repeats a group possessively: before 3.11.5 CPython goes on from a wrong place
    after `(?:…)*+` and its kin, and `(?>(?:…)*)` means the same.
    """
    repeated = re.compile(r"\)(?:[*+?]|\{[0-9]+,[0-9]*\})\+(?!\+)")
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
                text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
                assert not repeated.search(text), f"{path.name}: {text[:60]}"
