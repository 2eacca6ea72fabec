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
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from warm import Warm, find_function, limit, wait
from watching import Watched, watch

from places import Site, nodes_of, sites

__all__ = ["main"]

ROOT = Path(__file__).resolve().parent.parent
QUICK = 40  # tests asked first
SETTINGS = [
    *("-q", "--tb=no", "--assert=plain", "--hypothesis-profile=repeatable"),
    *("-p", "no:cacheprovider", "-p", "no:xdist"),
]


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
        for part in ("src", "tests"):
            compileall.compile_dir(ROOT / part, quiet=1)
        shutil.copytree(ROOT, root, ignore=left_out, symlinks=True)
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
        function = find_function(tree, nodes_of(tree)[site.node])
        with self._copy.changed(site, source):
            for some in filter(None, (quick, others)):
                seconds = self._took(some)
                if function:
                    changed = site.change(source)
                    failed = warm.fails(site.path, function, changed, some, seconds)
                else:
                    failed = self._copy.fails(some, seconds)
                if failed:
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
    rooms = {path: [one for one in sources if one.startswith(path)] for path in given.paths}
    sample: dict[str, list[Site]] = {}
    for room, files in rooms.items():
        pool = [site for file in files for site in sites(file, sources[file])]
        random.Random(given.seed).shuffle(pool)
        sample[room] = pool[: given.sites]
        print(f"{room}: {len(pool)} sites in {len(files)} files", flush=True)
    lived = dict.fromkeys(rooms, 0)
    with tempfile.TemporaryDirectory() as scratch:
        trial = Trial(given.folder.resolve(), Path(scratch), given.wide)
        chosen = [site for some in sample.values() for site in some]
        for site, tests in trial.run(chosen, sources, again=given.again):
            lived[next(room for room in rooms if site.path.startswith(room))] += 1
            text = sources[site.path].splitlines()[site.line - 1].strip()
            print(f"  {site.path}:{site.line} {site.kind} ({tests} tests) {text}", flush=True)
    for room, some in sample.items():
        print(f"{room}: killed {len(some) - lived[room]} of {len(some)}")


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
