#!/usr/bin/env python3
"""Print a fenced ``sh`` block of README.md, so that CI runs what the README promises.

The first block sets up and runs the main job, the second sets up and runs the tests.

    readme_lines.py 1              the first block of README.md beside this folder
    readme_lines.py 2 OTHER.md     the second one of another file

Fences are read by the rules of CommonMark 0.31, section 4.5: three or more backticks or tildes,
at most three spaces before them; a block ends at a fence of the same character that is as long
or longer. A block counts when the first word of its info string is ``sh``. An ``sh`` fence inside
another block, such as an example of Markdown, is that block's text. Exit 1 and a message on
stderr when there is no such block.

Needs nothing but Python: it runs before anything is installed.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"

_FENCE = re.compile(r"^( {0,3})(`{3,}|~{3,})[ \t]*(.*?)[ \t]*$")


def blocks(text: str, language: str = "sh") -> list[str]:
    """The fenced blocks of that language, in order, without their fences.

    Args:
        text: Markdown, with any line ends.
        language: the first word of the info string, in lower case.

    Raises:
        ValueError: a block of that language is never closed, or is empty.
    """
    found: list[str] = []
    inside: list[str] | None = None
    fence, info, indent = "", "", 0
    for line in text.lstrip("\ufeff").splitlines():
        match = _FENCE.match(line)
        if inside is None:
            if match and not (match[2][0] == "`" and "`" in match[3]):
                indent, fence, info, inside = len(match[1]), match[2], match[3], []
        elif match and match[2].startswith(fence) and not match[3]:
            if _first_word(info) == language:
                found.append(_whole(inside))
            inside = None
        else:
            blank = len(line) - len(line.lstrip(" "))
            inside.append(line[min(indent, blank) :])
    if inside is not None and _first_word(info) == language:
        raise ValueError(f"a fenced {language} block is never closed")
    return found


def _first_word(info: str) -> str:
    return info.split()[0].lower() if info.split() else ""


def _whole(lines: list[str]) -> str:
    text = "\n".join(lines).strip("\n") + "\n"
    if not text.strip():
        raise ValueError("a fenced block is empty")
    return text


def main(arguments: list[str]) -> int:
    """Print block number `arguments[0]` of the file `arguments[1]`, by default the README."""
    if not 1 <= len(arguments) <= 2 or arguments[0] not in ("1", "2"):
        print("usage: readme_lines.py 1|2 [FILE]", file=sys.stderr)
        return 2
    number = int(arguments[0])
    path = Path(arguments[1]) if len(arguments) == 2 else README
    try:
        found = blocks(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        print(f"{path}: {error}", file=sys.stderr)
        return 1
    if len(found) < number:
        print(f"{path}: {len(found)} fenced sh blocks, not {number}", file=sys.stderr)
        return 1
    sys.stdout.write(found[number - 1])
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
