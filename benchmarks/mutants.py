"""What the tests would not notice: places of the code, each changed alone in a copy.

    python benchmarks/mutants.py watch tests/proof tests/store     # which test runs which line
    python benchmarks/mutants.py try src/archive/proof --sites 100

A place is a comparison, an and/or, a not or a number. `watch` runs tests under coverage, with the
programs and forks that they start, and can be called for one folder after another. `try` pools the
places of all files below the paths, shuffles them with a seed, and changes one after the other:
first the 40 quickest of the tests that run the line are asked, then the others, as long as they
take less than `--wide` seconds together. What was killed is not tried again, so that a second
`try --again` asks only about what lived. Each of those is shown to be equivalent, or a test is
missing.
"""

from __future__ import annotations

import argparse
import ast
import base64
import compileall
import contextlib
import gc
import hashlib
import importlib
import json
import os
import pkgutil
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import coverage
import pytest
from warm import Warm, find_function, limit, wait

__all__ = ["Site", "main", "sites"]

ROOT = Path(__file__).resolve().parent.parent
QUICK = 40  # tests asked first
SETTINGS = [
    *("-q", "--tb=no", "--assert=plain", "--hypothesis-profile=repeatable"),
    *("-p", "no:cacheprovider", "-p", "no:xdist"),
]
SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


class Site(NamedTuple):
    """A place in a file that can be changed: the node's number in the walk, and the operator's."""

    path: str
    kind: str
    node: int
    part: int
    line: int

    def change(self, source: str) -> str:
        """The file with this one place changed."""
        tree = ast.parse(source)
        node = _nodes(tree)[self.node]
        if isinstance(node, ast.Compare):
            node.ops[self.part] = SWAPPED[type(node.ops[self.part])]()
        elif isinstance(node, ast.BoolOp):
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        elif isinstance(node, ast.Constant):
            node.value += 1
        else:
            assert isinstance(node, ast.UnaryOp)
            _replace(tree, node, node.operand)
        return ast.unparse(ast.fix_missing_locations(tree))


def sites(path: str, source: str) -> Iterator[Site]:
    """All places of a file, in the order of the walk; annotations are no code."""
    for number, node in enumerate(_nodes(ast.parse(source))):
        if isinstance(node, ast.Compare):
            for part, operator in enumerate(node.ops):
                if type(operator) in SWAPPED:
                    yield Site(path, "compare", number, part, node.lineno)
        elif isinstance(node, ast.BoolOp):
            yield Site(path, "bool", number, 0, node.lineno)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield Site(path, "not", number, 0, node.lineno)
        elif isinstance(node, ast.Constant) and type(node.value) is int and node.value:
            yield Site(path, "int", number, 0, node.lineno)


def _nodes(tree: ast.AST) -> list[ast.AST]:
    left_out: set[int] = set()
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if (annotation := getattr(node, name, None)) is not None:
                left_out.update(id(inner) for inner in ast.walk(annotation))
    return [node for node in ast.walk(tree) if id(node) not in left_out]


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            if value is old:
                setattr(node, name, new)
            elif isinstance(value, list):
                value[:] = [new if item is old else item for item in value]


# Watching: this module is pytest's plug-in while coverage runs.

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
        [*python, "coverage", "run", data, "-m", "pytest", "-q", "-p", "mutants", *tests],
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

    def of(self, site: Site, source: str) -> list[str]:
        """The tests that can notice a change there, the quickest first."""
        nodes = _nodes(tree := ast.parse(source))
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
        by_line = self._lines.contexts_by_lineno(str(ROOT / path))
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


# Trying


class Chosen:
    """Of the tests that are collected, those named, the quickest first."""

    def __init__(self, names: Sequence[str]) -> None:
        self._order = {name: place for place, name in enumerate(names)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out and sort."""
        items[:] = [item for item in items if item.nodeid in self._order]
        items.sort(key=lambda item: self._order[item.nodeid])


class Copy:
    """A copy of the checkout in which files are changed, and a process from which tests are forked.

    What the project needs is loaded once, the project itself and its tests by each fork.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        left_out = shutil.ignore_patterns(".git", ".venv*", "*_cache", ".hypothesis", ".coverage*")
        shutil.copytree(ROOT, root, ignore=left_out, symlinks=True)
        for part in ("src", "tests"):
            compileall.compile_dir(root / part, quiet=1)
        sys.path[:0] = [str(root), str(root / "src")]
        os.environ["PYTHONPATH"] = str(root / "src")
        os.environ.setdefault("ARTICLE_ARCHIVE_SHARED", str(ROOT.parent / "shared"))
        importlib.import_module("hypothesis")
        package = importlib.import_module("archive")
        for module in pkgutil.walk_packages(package.__path__, "archive."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        for name in [name for name in sys.modules if name.partition(".")[0] == "archive"]:
            del sys.modules[name]
        sys.dont_write_bytecode = True
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        gc.freeze()

    @contextlib.contextmanager
    def changed(self, site: Site, source: str) -> Iterator[None]:
        """The file as the site changes it, meanwhile; its own time of change is given back."""
        path = self.root / site.path
        times = path.stat()
        path.write_text(site.change(source))
        try:
            yield
        finally:
            path.write_text(source)
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    def fails(self, tests: Sequence[str], seconds: float) -> str:
        """The test that fails, or how else it ended; nothing if all pass."""
        log = self.root / "log-of-the-tests.txt"
        child = os.fork()
        if child == 0:
            try:
                os._exit(self._test(tests, seconds, log))
            except BaseException:
                traceback.print_exc()
                os._exit(99)
        status = wait(child, time.monotonic() + 60 + 20 * seconds)
        text = log.read_text(errors="replace")
        if status in (0, 5):
            return ""
        failed = [line for line in text.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        return failed[0] if failed else f"ended with {status}: {text[-200:]}"

    def _test(self, tests: Sequence[str], seconds: float, log: Path) -> int:
        limit(seconds)
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for descriptor in (1, 2):
            os.dup2(output, descriptor)
        os.chdir(self.root)
        files = sorted({test.partition("::")[0] for test in tests})
        return int(pytest.main(["-x", *SETTINGS, *files], plugins=[Chosen(tests)]))


class Trial:
    """Asks the tests about one site after the other, and keeps what they answer."""

    def __init__(self, folder: Path, scratch: Path, wide: float) -> None:
        self._watched, self._wide = Watched(folder), wide
        self._known = folder / "tried.jsonl"
        lines = self._known.read_text().splitlines() if self._known.exists() else []
        self._tried = {entry["site"]: entry for entry in map(json.loads, lines)}
        self._copy = Copy(scratch / "copy")

    def run(
        self, sample: Sequence[Site], sources: dict[str, str], *, again: bool
    ) -> Iterator[tuple[Site, int]]:
        """Those that no test notices, each with how many tests run it."""
        names = {site: _name(site, sources[site.path]) for site in sample}
        tests = {
            site: self._watched.of(site, sources[site.path])
            for site, name in names.items()
            if name not in self._tried or (again and not self._tried[name]["killed"])
        }
        with self._warm(tests) as warm, self._known.open("a") as results:
            for site, name in names.items():
                if site in tests:
                    killed = self._kill(warm, site, sources[site.path], tests[site])
                    entry = {"site": name, "at": site[:2] + site[4:], "killed": killed}
                    self._tried[name] = {**entry, "tests": len(tests[site])}
                    print(json.dumps(self._tried[name]), file=results, flush=True)
                if not self._tried[name]["killed"]:
                    yield site, self._tried[name]["tests"]

    def _warm(self, tests: dict[Site, list[str]]) -> Warm:
        """The tests that are asked first, collected; they have to pass without a change."""
        seen = {test for some in tests.values() for test in some[:QUICK]}
        first = sorted(seen, key=self._watched.seconds.__getitem__)[:60]
        while first and (failed := self._copy.fails(first, 60)):
            print(f"not asked, for it fails without a change: {failed}", flush=True)
            bad = next(test for test in first if failed.startswith(f"FAILED {test}"))
            first.remove(bad)
            seen.remove(bad)
            for some in tests.values():
                some[:] = [test for test in some if test != bad]
        files = sorted({test.partition("::")[0] for test in seen})
        return Warm(self._copy.root, files, SETTINGS)

    def _kill(self, warm: Warm, site: Site, source: str, tests: Sequence[str]) -> str:
        """The test that notices, of the quickest, then of the others."""
        quick, others, seconds = tests[:QUICK], [], 0.0
        for test in tests[QUICK:]:
            seconds += self._watched.seconds[test]
            if seconds < self._wide:
                others.append(test)
        tree = ast.parse(source)
        function = find_function(tree, _nodes(tree)[site.node])
        with self._copy.changed(site, source):
            if function and quick:
                changed, seconds = site.change(source), self._took(quick)
                if failed := warm.fails(site.path, function, changed, quick, seconds):
                    return failed
            for some in (quick, others):
                if some and (failed := self._copy.fails(some, self._took(some))):
                    return failed
        return ""

    def _took(self, tests: Sequence[str]) -> float:
        return sum(self._watched.seconds[test] for test in tests)


def _name(site: Site, source: str) -> str:
    return hashlib.sha256(repr((site.path, site.change(source))).encode()).hexdigest()


def try_sites(given: argparse.Namespace) -> None:
    """Change one site after the other, and print what lived."""
    sources = {
        str(file.relative_to(ROOT)): file.read_text()
        for path in given.paths
        for file in sorted((ROOT / path).rglob("*.py") if (ROOT / path).is_dir() else [ROOT / path])
    }
    pool = [site for path, source in sources.items() for site in sites(path, source)]
    random.Random(given.seed).shuffle(pool)
    sample = pool[: given.sites]
    print(f"{len(pool)} sites in {len(sources)} files", flush=True)
    lived = 0
    with tempfile.TemporaryDirectory() as scratch:
        trial = Trial(given.folder.resolve(), Path(scratch), given.wide)
        for site, tests in trial.run(sample, sources, again=given.again):
            lived += 1
            text = sources[site.path].splitlines()[site.line - 1].strip()
            print(f"  {site.path}:{site.line} {site.kind} ({tests} tests) {text}", flush=True)
    print(f"{' '.join(given.paths)}: killed {len(sample) - lived} of {len(sample)}")


def main() -> None:
    """Watch, or try."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("what", choices=["watch", "try"])
    parser.add_argument("paths", nargs="+", help="tests to watch, or files and folders to change")
    parser.add_argument("--folder", type=Path, default=Path(".mutants"), help="what is known")
    parser.add_argument("--sites", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--wide", type=float, default=60)
    parser.add_argument("--again", action="store_true", help="ask again about what lived")
    given = parser.parse_args()
    if given.what == "watch":
        watch(given.folder.resolve(), given.paths)
    else:
        try_sites(given)


if __name__ == "__main__":
    main()
