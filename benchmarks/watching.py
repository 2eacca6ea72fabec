"""Which test runs which line, in the processes that it starts too.

While coverage runs, this module is pytest's plug-in. What is known is added to, folder by folder of
tests, and read by `mutants`.
"""

from __future__ import annotations

import ast
import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import coverage
import pytest

from places import Site, nodes_of

__all__ = ["Watched", "watch"]

ROOT = Path(__file__).resolve().parent.parent

_tests: dict[str, list[Any]] = {}


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Write down what this test runs, here and in the processes that it starts."""
    current = coverage.Coverage.current()
    assert current is not None
    current.switch_context(item.nodeid)
    settings = json.loads(base64.b64decode(os.environ["COVERAGE_PROCESS_CONFIG"]))
    settings["context"] = item.nodeid
    os.environ["COVERAGE_PROCESS_CONFIG"] = base64.b64encode(json.dumps(settings).encode()).decode()
    _tests[item.nodeid] = [0.0, True]
    yield
    current.switch_context("")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """How long it took, and whether it passed."""
    if report.nodeid in _tests:
        _tests[report.nodeid][0] += report.duration
        _tests[report.nodeid][1] &= report.passed


def pytest_sessionfinish() -> None:
    """Keep that for `try`."""
    if folder := os.environ.get("WATCHED"):
        path = Path(folder, "tests.json")
        before = json.loads(path.read_text()) if path.exists() else {}
        path.write_text(json.dumps(before | _tests, indent=0))


def watch(folder: Path, tests: Sequence[str]) -> None:
    """Run tests under coverage with a context each, and add that to what is known."""
    folder.mkdir(parents=True, exist_ok=True)
    data = f"--data-file={folder / 'lines'}"
    python = [sys.executable, "-m"]
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    subprocess.run(  # a test may fail: it is not asked later
        [*python, "coverage", "run", data, "-m", "pytest", "-q", "-p", "watching", *tests],
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path, "WATCHED": str(folder)},
    )
    subprocess.run([*python, "coverage", "combine", "-q", "--append", data], cwd=ROOT, check=True)


class Watched:
    """Which test runs which line."""

    def __init__(self, folder: Path) -> None:
        self._lines = coverage.CoverageData(str(folder / "lines"))
        self._lines.read()
        known: dict[str, tuple[float, bool]] = json.loads((folder / "tests.json").read_text())
        self.seconds = {test: seconds for test, (seconds, passed) in known.items() if passed}
        self._uses: dict[str, list[tuple[str, int]]] | None = None
        self._by_line: dict[str, dict[int, list[str]]] = {}

    def of(self, site: Site, source: str) -> list[str]:
        """The tests that can notice a change there, the quickest first."""
        nodes = nodes_of(tree := ast.parse(source))
        node = nodes[site.node]
        within = [
            outer
            for outer in ast.walk(tree)
            if isinstance(outer, ast.stmt) and any(inner is node for inner in ast.walk(outer))
        ]
        statement = within[-1]
        if isinstance(statement, ast.FunctionDef):  # a default, which each call uses
            found = self._tests(site.path, _lines(statement.body))
        elif any(isinstance(outer, ast.FunctionDef) for outer in within):
            found = self._tests(site.path, _head(statement))
        else:
            names = {
                inner.id
                for inner in ast.walk(statement)
                if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
            }
            found = set().union(*(self._tests(path, [n]) for path, n in self._using(names)))
        found = found or self._tests(site.path, None)
        return sorted(found & self.seconds.keys(), key=lambda test: (self.seconds[test], test))

    def _tests(self, path: str, lines: Iterable[int] | None) -> set[str]:
        by_line = self._by_line.get(path)
        if by_line is None:
            by_line = self._lines.contexts_by_lineno(str(ROOT / path))
            self._by_line[path] = by_line
        return {test for line in lines or by_line for test in by_line.get(line, ())} - {""}

    def _using(self, names: set[str]) -> Iterator[tuple[str, int]]:
        if self._uses is None:
            self._uses = {}
            for file in (ROOT / "src").rglob("*.py"):
                path = str(file.relative_to(ROOT))
                for function in ast.walk(ast.parse(file.read_text())):
                    for node in ast.walk(function) if isinstance(function, ast.FunctionDef) else ():
                        name = getattr(node, "id", getattr(node, "attr", None))
                        if isinstance(name, str):
                            self._uses.setdefault(name, []).append((path, node.lineno))
        for name in names:
            yield from self._uses.get(name, ())


def _lines(body: Sequence[ast.stmt]) -> range:
    return range(body[0].lineno, (body[-1].end_lineno or body[-1].lineno) + 1)


def _head(statement: ast.stmt) -> range:
    body = getattr(statement, "body", None)
    last = body[0].lineno if body else (statement.end_lineno or statement.lineno) + 1
    return range(statement.lineno, max(last, statement.lineno + 1))
