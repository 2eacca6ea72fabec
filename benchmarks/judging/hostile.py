"""Pages made to break a comparison: bounded, the same every time, never an exception."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence

from benchmarks.judging.interface import Page, compare, read
from benchmarks.judging.scoring import Case, Measure, Target, Verdict, half_of
from benchmarks.made import article, story

__all__ = ["HOSTILE"]

MOST_SECONDS = 60.0
"""CPU time that one comparison, the reading of both pages included, may take here."""

LARGE = 1_000_000
"""Of larger pages nothing is extracted: in the program that ends at its time limit."""

_LINE = "The {} boat of the harbour was seen by {} people on the day of the storm."


def _paged(inner: str) -> str:
    head = "<html lang=en><head><title>Boats</title></head>"
    return f"{head}<body><article>{inner}</article></body></html>"


def _blocks(last: str) -> str:
    lines = "".join(f"<p>{_LINE.format(n, n % 97)}</p>" for n in range(100_000))
    return _paged(f"<h1>Boats</h1>{lines}<p>The mayor {last} the money.</p>")


def _same_blocks(last: str) -> str:
    return _paged("<h1>Boats</h1>" + "<p>The boat came.</p>" * 100_000 + f"<p>It {last} late.</p>")


def _nested(last: str) -> str:
    told = "".join(f"<p>{line}</p>" for line in story("en").paragraphs)
    deep = "<div>" * 5000 + f"<p>The mayor {last} the money.</p>" + "</div>" * 5000
    return _paged(f"<h1>Boats</h1>{told}{deep}")


def _inline(last: str) -> str:
    told = "".join(f"<p>{line}</p>" for line in story("en").paragraphs)
    return _paged(f"<h1>Boats</h1>{told}<p>{'<b>' * 5000}The mayor {last} it.{'</b>' * 5000}</p>")


def _one_block(last: str) -> str:
    words = " ".join(_LINE.format(n, n % 97) for n in range(65_000))
    return _paged(f"<h1>Boats</h1><p>{words} The mayor {last} the money.</p>")


def _right_to_left(last: str) -> str:
    told = story("ar")
    page = article(told, {"middle": f"<p>\u202e{told.title} {last} 14\u202c</p>"})
    return page.replace("<p>", "<p>\u200f")


def _no_block(last: str) -> str:
    return f"<html><head><title>{last}</title></head><body></body></html>"


def _stories(last: str) -> str:
    items = "".join(
        f'<li><a href="/s/{last}-{n}">Story {last} {n}</a></li>' for n in range(100_000)
    )
    told = "".join(f"<p>{line}</p>" for line in story("en").paragraphs)
    return _paged(f"<h1>Boats</h1>{told}</article><ul>{items}</ul><article>")


def _noise(seed: str) -> Callable[[str], str]:
    def make(last: str) -> str:
        chance = random.Random(f"{seed} {last}")
        letters = [
            chr(
                chance.choice(
                    (
                        95,
                        32,
                        10,
                        0x300,
                        0x5D0,
                        0x627,
                        0x4E00,
                        0x1F468,
                        0x200D,
                        0x2029,
                        0xE000,
                        0x10FFFF,
                        0x30,
                        0x41,
                        0x22,
                        0x201C,
                    )
                )
            )
            for _ in range(4000)
        ]
        text = "".join(letters).replace("\n", "</p><p>")
        return _paged(f"<h1>Boats</h1><p>{text}</p>")

    return make


def _crossed(last: str) -> str:
    told = [f"<p>{line}</p>" for line in story("en").paragraphs]
    wild = "<table><p><tr><form><li></table><select><b></p></form><svg><p></div></article>"
    return "<html>" + wild.join(told) + f"<p>The mayor {last} the money.</p>" + wild


def _underscores(last: str) -> str:
    added = f"<p>Write to @_harbour, to _{last}_, or to __init__ {last}.</p>"
    return article(story("en"), {"middle": added})


MADE: dict[str, tuple[Callable[[str], str], bool | None]] = {
    "100,000 blocks": (_blocks, False),
    "100,000 equal blocks": (_same_blocks, False),
    "nested 5,000 deep": (_nested, False),
    "inline 5,000 deep": (_inline, False),
    "one block of 5 MB": (_one_block, False),
    "right to left": (_right_to_left, False),
    "no block": (_no_block, None),
    "a list of 100,000 stories": (_stories, None),
    "noise, one": (_noise("one"), None),
    "noise, two": (_noise("two"), None),
    "crossed elements": (_crossed, None),
    "underscores": (_underscores, False),
}
"""Pages by name, made with one word that differs; and what `same` has to be, None for either."""


def _cases(quick: bool) -> Sequence[Case]:
    names = [*MADE, "unrelated"]
    return [
        Case(name, half_of(name), key=f"hostile {name}") for name in names[:: 4 if quick else 1]
    ]


def _contents(name: str) -> tuple[str, str, bool | None]:
    if name == "unrelated":
        return article(story("en")), article(story("de")), False
    make, same = MADE[name]
    return make("took"), make("lost"), same


def _read(page: str) -> Page:
    """Read a page; the text of a very large one is its paragraphs."""
    if len(page) < LARGE:
        return read(page)
    lines = re.findall(r"<p>([^<]+)", page)
    return read(page, text="\n".join(lines) + "\n")


def _judge(case: Case) -> Iterator[Verdict]:
    one, two, same = _contents(case.name)
    began = time.process_time()
    try:
        sides = _read(one), _read(two)
        judged = compare(*sides)
        took = time.process_time() - began
        first = json.dumps(judged.comparison.to_json())
        if len(one) < LARGE:
            sides = _read(one), _read(two)
        again = json.dumps(compare(*sides).comparison.to_json())
    except Exception as error:
        yield Verdict("hostile", case.name, case.half, False, repr(error)[:200])
        return
    yield Verdict("hostile", case.name, case.half, first == again, "two results")
    yield Verdict("hostile-time", case.name, case.half, took <= MOST_SECONDS, f"{took:.1f} s")
    if same is not None:
        yield Verdict("hostile-same", case.name, case.half, judged.same is same, judged.tell())


HOSTILE = Measure(
    "hostile",
    _cases,
    _judge,
    {
        "hostile": Target("hostile pages compared without exception, the same twice", misses=0),
        "hostile-time": Target(f"of these in {MOST_SECONDS:g} s of CPU time", misses=0),
        "hostile-same": Target("edits in them not called “no change”", misses=0),
    },
)
