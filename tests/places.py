"""Where the tests find what the project does not carry: shared data, judges, programs.

Each look-up skips the test that asked when the thing is absent. With ``CI`` set in the
environment a missing judge or program fails the test instead: a skip would hide that nothing
was judged.
"""

from __future__ import annotations

import importlib
import os
import shutil
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest

__all__ = ["ROOT", "installed", "judge", "program", "shared"]

ROOT = Path(__file__).resolve().parent.parent
"""The root of the checkout."""


def shared(*parts: str) -> Path:
    """A file or folder of the shared data, which lies beside the checkout.

    Args:
        parts: the path below the folder, whole or in pieces.

    Returns:
        The path. ``ARTICLE_ARCHIVE_SHARED`` names another folder than ``../shared``. The test is
        skipped when there is no such path.
    """
    named = os.environ.get("ARTICLE_ARCHIVE_SHARED")
    folder = Path(named).expanduser().resolve() if named else ROOT.parent / "shared"
    path = folder.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"shared data not present: {'/'.join(parts) or folder.name}")
    return path


def installed(name: str) -> ModuleType:
    """A module of a distribution that only the tests need.

    Args:
        name: its name. Absent: skip, or failure when ``CI`` is set.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        _absent(f"not installed: {name} (pip install -e '.[test]')")


def judge(name: str) -> Path:
    """A program of the judges' environment: other people's readers of what we write.

    Args:
        name: ``warcio``, ``fastwarc``, ``cdxj-indexer``, ``wacz``, ``wb-manager``, ``wayback``,
            or ``python``.

    Returns:
        The program's path in the virtual environment that ``ARCHIVE_JUDGES`` names, else in
        ``.venv-judges`` in the root of the checkout. Absent: skip, or failure when ``CI`` is set.
    """
    named = os.environ.get("ARCHIVE_JUDGES")
    environment = Path(named).expanduser().absolute() if named else ROOT / ".venv-judges"
    path = environment / "bin" / name
    if not os.access(path, os.X_OK):
        _absent(f"judge not installed: {name} (see CONTRIBUTING.md)")
    return path


def program(name: str) -> Path:
    """A program of the operating system, such as ``openssl``, ``nginx`` or ``zcat``.

    Args:
        name: what it is called on ``PATH``; the administrator's folders are searched too.

    Returns:
        The program's path. Absent: skip, or failure when ``CI`` is set.
    """
    folders = os.environ.get("PATH", os.defpath) + os.pathsep + "/usr/local/sbin:/usr/sbin:/sbin"
    found = shutil.which(name, path=folders)
    if found is None:
        _absent(f"program not installed: {name}")
    return Path(found)


def _absent(message: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(message + "; CI refuses skips that a missing judge would cause", pytrace=False)
    pytest.skip(message)
