"""A process in which all tests are collected once: each mutant is a fork of it.

A function's code is exchanged where it is, so that nothing is imported again. That cannot be done
for what runs at import, and a value that was computed before stays: whoever asks has to ask a fresh
process about what no test notices here.
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, Self

import pytest

__all__ = ["Warm", "find_function", "limit", "wait"]

CANNOT = 77


class Warm:
    """Answers which of some tests fails with a changed function; a plug-in of pytest inside."""

    def __init__(self, root: Path, files: Sequence[str], settings: Sequence[str]) -> None:
        asked, answered = os.pipe(), os.pipe()
        self._child = os.fork()
        if self._child == 0:
            with suppress(BaseException):
                os.close(asked[1])
                self._requests, self._answers = os.fdopen(asked[0]), os.fdopen(answered[1], "w")
                output = os.open(root / "log-of-warm.txt", os.O_WRONLY | os.O_CREAT)
                for descriptor in (1, 2):
                    os.dup2(output, descriptor)
                os.chdir(root)
                pytest.main([*settings, "-s", *files], plugins=[self])
            os._exit(0)
        os.close(asked[0])
        os.close(answered[1])
        self._ask, self._read = os.fdopen(asked[1], "w"), os.fdopen(answered[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ask.close()
        os.waitpid(self._child, 0)

    def fails(
        self, path: str, function: Sequence[str], changed: str, tests: Sequence[str], seconds: float
    ) -> str:
        """The test that fails; nothing where all pass, or where it cannot be told here."""
        print(json.dumps([path, function, changed, tests, seconds]), file=self._ask, flush=True)
        return str(json.loads(self._read.readline()))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of running all tests, run those that are asked for, each time in a fork."""
        items = {item.nodeid: item for item in session.items}
        for line in self._requests:
            path, function, changed, tests, seconds = json.loads(line)
            chosen = [items[name] for name in tests if name in items]
            told, tell = os.pipe()
            child = os.fork()
            if child == 0:
                with suppress(BaseException):
                    os._exit(_run(session, chosen, (path, function, changed), seconds, tell))
                traceback.print_exc()
                os._exit(CANNOT)
            os.close(tell)
            status = wait(child, time.monotonic() + 60 + 20 * seconds)
            with os.fdopen(told) as name:
                failed = name.read()
            answer = failed if status == 1 else f"ended with {status}"
            print(
                json.dumps("" if status in (0, CANNOT) else answer), file=self._answers, flush=True
            )
        return True


def _run(
    session: pytest.Session, items: Sequence[pytest.Item], change: Any, seconds: float, tell: int
) -> int:
    limit(seconds)
    if not _exchange(*change):
        return CANNOT
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            os.write(tell, f"FAILED {item.nodeid}".encode())
            return 1
    return 0


def limit(seconds: float) -> None:
    """Lead a session of its own, and end where the processor works for much longer than usual."""
    os.setsid()
    most = int(4 + 3 * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def wait(child: int, until: float) -> int:
    """The status of a process that ends by itself or is ended, with all in its session."""
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended or time.monotonic() > until:
            break
        time.sleep(0.02)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if not ended:
        os.waitpid(child, 0)
        return -1
    return os.waitstatus_to_exitcode(status)


def find_function(tree: ast.AST, node: ast.AST) -> list[str]:
    """The names of the class and function that a node stands in; none of what runs at import."""
    for child in ast.iter_child_nodes(tree):
        if not any(inner is node for inner in ast.walk(child)):
            continue
        if isinstance(child, ast.ClassDef):
            inner = find_function(child, node)
            return [child.name, *inner] if inner else []
        if isinstance(child, ast.FunctionDef):
            held = any(inner is node for part in child.body for inner in ast.walk(part))
            return [child.name] if held else []
    return []


def _exchange(path: str, function: Sequence[str], changed: str) -> bool:
    """Give a function the code that it has in a changed file, where that can be done."""
    name = path.removeprefix("src/").removesuffix(".py").replace("/", ".")
    name = name.removesuffix(".__init__")
    if name not in sys.modules:
        importlib.import_module(name)  # the file is the changed one
        return True
    code, found = compile(changed, path, "exec"), vars(sys.modules[name])
    for part in function:
        inner = [one for one in code.co_consts if isinstance(one, CodeType) and one.co_name == part]
        if len(inner) != 1 or part not in found:
            return False
        code, held = inner[0], found[part]
        found = vars(held) if isinstance(held, type) else {}
    target = next((one for one in _unwrap(held) if one.__code__.co_name == code.co_name), None)
    if target is None or target.__code__.co_freevars != code.co_freevars:
        return False
    target.__code__ = code
    return True


def _unwrap(held: Any) -> Iterator[FunctionType]:
    """The functions that something callable, or a descriptor, is made of."""
    while held is not None:
        if isinstance(held, FunctionType):
            yield held
        names = ("__wrapped__", "__func__", "fget", "func")
        held = next((getattr(held, name) for name in names if hasattr(held, name)), None)
