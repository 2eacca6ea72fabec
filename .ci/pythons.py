#!/usr/bin/env python3
"""Print the versions of Python that pyproject.toml promises, without the one that runs this.

Needs nothing but Python: it runs before anything is installed.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"

_VERSION = re.compile(r"Programming Language :: Python :: (3\.\d+)")


def promised(project: Path = PROJECT) -> list[str]:
    """The versions of the classifiers, such as ``3.12``, as they stand there."""
    classifiers = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["classifiers"]
    return [match[1] for text in classifiers if (match := _VERSION.fullmatch(text))]


if __name__ == "__main__":
    mine = f"{sys.version_info.major}.{sys.version_info.minor}"
    print(*(version for version in promised() if version != mine))
