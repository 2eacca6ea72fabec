#!/usr/bin/env python3
"""Check that the first line of a commit's message is short enough to be read in a list.

    subjects.py          every commit made on top of the one that brought this script
    subjects.py FILE     one message, as git gives it to the hook commit-msg

A subject has fewer than 72 characters, and the line after it is empty. Merges are not looked at.
Exit 1 and the subjects on stderr when one is too long. Without git's data nothing can be checked,
and the script says so.

Needs nothing but Python and git.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MOST = 71
HERE = Path(__file__).resolve()


def find_fault(message: str) -> str | None:
    """What is wrong with a message, or None."""
    lines = [line for line in message.splitlines() if not line.startswith("#")]
    if not lines or not lines[0].strip():
        return "has no subject"
    if len(lines[0]) > MOST:
        return f"{len(lines[0])} characters, {MOST} at most: {lines[0]}"
    if len(lines) > 1 and lines[1].strip():
        return f"no empty line after: {lines[0]}"
    return None


def read_messages(folder: Path) -> dict[str, str] | None:
    """The messages of the commits under this rule, by abbreviated id; None without git's data."""
    added = _git(folder, "log", "--diff-filter=A", "--format=%H", "--", ".ci/subjects.py")
    if added is None:
        return None
    first = added.split()[-1:]
    commits = [f"{first[0]}..HEAD", "--ancestry-path"] if first else ["--max-count=0", "HEAD"]
    told = _git(folder, "log", "--no-merges", "--format=%h%n%B%x00", *commits) or ""
    pairs = [text.strip("\n").partition("\n") for text in told.split("\0") if text.strip()]
    return {name: message for name, _, message in pairs}


def _git(folder: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None


def main(arguments: list[str], folder: Path = HERE.parent.parent) -> int:
    """Check one message, or all commits under the rule."""
    if arguments:
        messages: dict[str, str] | None = {
            "this message": Path(arguments[0]).read_text(encoding="utf-8")
        }
    else:
        messages = read_messages(folder)
    if messages is None:
        print("subjects: not checked, no git or no history here")
        return 0
    faults = {name: fault for name, text in messages.items() if (fault := find_fault(text))}
    for name, fault in faults.items():
        print(f"{name}: {fault}", file=sys.stderr)
    print(f"subjects: {len(messages) - len(faults)} good, {len(faults)} too long or odd")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
