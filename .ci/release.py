#!/usr/bin/env python3
"""Make the commit and the tag of a release; nothing is sent anywhere.

    release.py VERSION [DATE]      such as 0.2.0, by default with the date of today

It sets the version, gives the section "Unreleased" of CHANGELOG.md the version and the date, with
a new empty one above it, commits both as "Release VERSION", and tags that commit vVERSION with the
section as its message. Nothing is done when the tree is not clean, the tag is there already, the
version is not higher than the one before, or there is nothing to tell of.

Needs nothing but Python and git.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_MODULE, _CHANGELOG = Path("src/archive/__init__.py"), Path("CHANGELOG.md")
_VERSION = re.compile(r'(?m)^__version__ = "([0-9]+)\.([0-9]+)\.([0-9]+)"$')
_UNRELEASED = re.compile(r"(?ms)^## \[Unreleased\]\n(.*?)(?=^## \[|\Z)")


def release(version: str, date: str, root: Path = ROOT) -> None:
    """Make commit and tag.

    Raises:
        ValueError: why nothing was done.
    """
    if not re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version):
        raise ValueError(f"no version: {version}")
    if _git(root, "status", "--porcelain"):
        raise ValueError("there are changes that are not committed")
    if _git(root, "tag", "--list", f"v{version}"):
        raise ValueError(f"there is a tag v{version} already")
    module = (root / _MODULE).read_text(encoding="utf-8")
    changelog = (root / _CHANGELOG).read_text(encoding="utf-8")
    before, told = _VERSION.search(module), _UNRELEASED.search(changelog)
    if before is None or tuple(map(int, version.split("."))) <= tuple(map(int, before.groups())):
        raise ValueError(f"{version} is not higher than the version before")
    if told is None or not told[1].strip():
        raise ValueError("CHANGELOG.md has nothing under Unreleased")
    heading = f"## [Unreleased]\n\n## [{version}] - {date}\n"
    (root / _MODULE).write_text(
        _VERSION.sub(f'__version__ = "{version}"', module, count=1), encoding="utf-8"
    )
    (root / _CHANGELOG).write_text(
        changelog.replace("## [Unreleased]\n", heading, 1), encoding="utf-8"
    )
    _git(root, "commit", "-q", "-m", f"Release {version}", str(_MODULE), str(_CHANGELOG))
    message = f"article-archive {version}\n\n{told[1].strip()}\n"
    _git(root, "tag", "-a", f"v{version}", "--cleanup=verbatim", "-m", message)


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def main(arguments: list[str]) -> int:
    """Release, or say why not."""
    if not 1 <= len(arguments) <= 2:
        print("usage: release.py VERSION [DATE]", file=sys.stderr)
        return 2
    version, date = [*arguments, datetime.now(UTC).date().isoformat()][:2]
    try:
        release(version, date)
    except ValueError as error:
        print(f"release: {error}", file=sys.stderr)
        return 1
    print(f"committed and tagged v{version}; see CONTRIBUTING.md for what comes next")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
