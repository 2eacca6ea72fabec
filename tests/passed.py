"""What another run of the tests has passed, by the JUnit report it left.

::

    pytest --junitxml=REPORT            here or elsewhere
    pytest --passed-before=REPORT       leaves those tests out

CI runs every test on a bare system, where those that need a program that is missing are skipped,
and then runs what was skipped where the programs are. What the report does not call passed is run.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

__all__ = ["leave_out", "read_passed"]


def read_passed(report: Path) -> set[str]:
    """The tests that passed: class, a dot, and name, as the report has them.

    Raises:
        pytest.UsageError: there is no such report, or it is none.
    """
    try:
        cases = ElementTree.parse(report).getroot().iter("testcase")
    except (OSError, ElementTree.ParseError) as error:
        raise pytest.UsageError(f"--passed-before: {report}: {error}") from None
    return {
        f"{case.get('classname')}.{case.get('name')}"
        for case in cases
        if not {child.tag for child in case} & {"skipped", "failure", "error"}
    }


def leave_out(passed: set[str], items: list[pytest.Item]) -> list[pytest.Item]:
    """Take from `items` what has passed, and give what was taken."""
    taken = [item for item in items if _report_name(item.nodeid) in passed]
    items[:] = [item for item in items if _report_name(item.nodeid) not in passed]
    return taken


def _report_name(nodeid: str) -> str:
    """How a report names a test: `a/b.py::C::test[x]` is `a.b.C.test[x]`."""
    address, bracket, case = nodeid.partition("[")
    path, *inside = address.split("::")
    return ".".join([path.removesuffix(".py").replace("/", "."), *inside]) + bracket + case
