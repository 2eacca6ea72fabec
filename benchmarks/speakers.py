"""Score the speakers found in made-up news in many languages.

    python benchmarks/speakers.py [--misses] [LANGUAGE…]

Prints a line a language: labelled quotations, right speakers, wrong ones, recall. What counts as
right, and how the texts are labelled, stands in fixtures/speech/README.md. Nothing else than the
checkout is needed.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from attrs import Factory, define, frozen

from archive.article.quotations.finding import find_quotations
from archive.article.quotations.quotation import Quotation
from archive.languages import read_language

__all__ = ["Item", "Score", "languages", "read", "score"]

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "speech"
TARGETS = "targets: at most 1 wrong speaker a language at a recall of .70"
_LABEL = re.compile(r"\{([^{}\n]*)\}")


@frozen
class Item:
    """A text and, by where quotations begin, the speakers that are right (none: nobody)."""

    text: str
    speakers: dict[int, frozenset[tuple[str, bool]]]


@define
class Score:
    """Counts over the items of a language."""

    wanted: int = 0
    right: int = 0
    wrong: int = 0
    misses: list[str] = Factory(list)

    @property
    def recall(self) -> float:
        """Right among labelled."""
        return self.right / self.wanted


def languages() -> list[str]:
    """The codes of the languages that there are items of."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def read(code: str) -> Iterator[Item]:
    """The items of a language."""
    whole = (FOLDER / f"{code}.txt").read_text(encoding="utf-8")
    for part in re.split(r"^#.*\n", whole, flags=re.MULTILINE)[1:]:
        yield _item(part.strip("\n") + "\n")


def _item(part: str) -> Item:
    text, speakers, last = "", {}, 0
    for label in _LABEL.finditer(part):
        text += part[last : label.start()]
        last = label.end()
        names = [name.strip() for name in label.group(1).split("|") if name.strip()]
        speakers[len(text)] = frozenset((name.lstrip("?"), name[0] == "?") for name in names)
    return Item(text + part[last:], speakers)


def score(code: str) -> Score:
    """Compare what is found in a language's items with their labels."""
    result = Score()
    for item in read(code):
        found = {one.start: one for one in find_quotations(item.text, code)}
        for start in sorted(found.keys() | item.speakers.keys()):
            _score(result, code, found.get(start), item, start)
    return result


def _score(result: Score, code: str, found: Quotation | None, item: Item, start: int) -> None:
    wanted = item.speakers.get(start, frozenset())
    speaker = found.speaker if found else None
    given = speaker is not None
    names = {(_bare(name, code), inferred) for name, inferred in wanted}
    right = bool(found and speaker and (_bare(speaker, code), found.inferred) in names)
    result.wanted += bool(wanted)
    result.right += right
    result.wrong += given and not right
    if right or not (given or wanted):
        return
    kind = "WRONG" if given else "missed" if found else "no quotation"
    said = f"{found.speaker}{' (inferred)' if found.inferred else ''}" if found else "-"
    names_wanted = " | ".join(sorted(f"{'?' * inferred}{name}" for name, inferred in wanted))
    line = item.text[item.text.rfind("\n", 0, start) + 1 : item.text.find("\n", start)]
    result.misses.append(f"{code} {kind}: {said}; right {names_wanted or 'nobody'}: {line[:200]}")


def _bare(name: str, code: str) -> str:
    """A name in lower case without its article."""
    words = name.lower().split()
    articles = read_language(code).words("speech.articles")
    return " ".join(words[1:] if len(words) > 1 and words[0] in articles else words)


def main() -> None:
    """Print a line a language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("languages", nargs="*")
    parser.add_argument("--misses", action="store_true", help="list what is wrong or missing")
    options = parser.parse_args()
    for code in options.languages or languages():
        found = score(code)
        print(
            f"{code}  {found.wanted:3} labelled  {found.right:3} right  {found.wrong:2} wrong"
            f"  recall {found.recall:.2f}"
        )
        if options.misses:
            print(*(f"  - {miss}" for miss in found.misses), sep="\n")
    print(TARGETS)


if __name__ == "__main__":
    main()
