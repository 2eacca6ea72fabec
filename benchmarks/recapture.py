"""What `add` costs: a new page, and one captured before that is the same, or that changed.

    python benchmarks/recapture.py [--pages N]

CPU of the library with one warm child to extract in, and of the command as a process of its own;
the second goes over five of the pages.
"""

from __future__ import annotations

import argparse
import re
import statistics
from collections.abc import Callable
from functools import partial
from pathlib import Path

from origin import archive_command, child_cpu, folder, news_pages, site, spent_cpu, warm_extractors

import archive
from archive.capture import Settings

__all__ = ["main"]

_LOCAL = Settings(allow_private=True)
_BY_COMMAND = 5
ROUNDS: dict[str, Callable[[bytes], bytes]] = {
    "new": lambda page: page,
    "the same bytes": lambda page: page,
    "other bytes beside the article": lambda page: page + b"<!-- again -->",
    "changed": lambda page: edited(page, b"It was 17 of them."),
    "changed again": lambda page: edited(page, b"It was 71 of them."),
}


def main() -> None:
    """Capture every page in every way, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=40)
    pages = dict(list(news_pages().items())[: parser.parse_args().pages])
    with (
        folder() as scratch,
        site(scratch, pages) as (server, urls),
        warm_extractors() as extractors,
    ):
        place = scratch / "press"
        with archive.open(place, create=True, extractors=extractors) as press:
            for name, change in ROUNDS.items():
                for page, content in pages.items():
                    server.publish(page, change(content))
                show(
                    f"library, {name}",
                    [cpu(partial(press.add, url, _LOCAL)) for url in urls],
                )
        by_command(scratch / "other", server.publish, pages, urls[:_BY_COMMAND])


def by_command(
    place: Path, publish: Callable[[str, bytes], str], pages: dict[str, bytes], urls: list[str]
) -> None:
    """The same by the command, a process a page."""
    child_cpu(archive_command("init", str(place)))
    for name, change in ROUNDS.items():
        for page, content in pages.items():
            publish(page, change(content))
        add = archive_command("add", "-C", str(place), "--allow-private")
        show(f"command, {name}", [child_cpu([*add, url]) for url in urls])


def edited(page: bytes, sentence: bytes) -> bytes:
    """A page with one more sentence, at the end of a paragraph in its midst."""
    ends = [found.start() for found in re.finditer(rb"</p>", page)]
    at = ends[len(ends) // 2] if ends else len(page)
    return page[:at] + b" " + sentence + page[at:]


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of a call, its children's too."""
    before = spent_cpu()
    work()
    return spent_cpu() - before


def show(name: str, spent: list[float]) -> None:
    """Print the median and the mean of some CPU seconds."""
    middle, mean = (1_000 * figure for figure in (statistics.median(spent), statistics.mean(spent)))
    print(f"{name:44} {middle:8.0f} ms, mean {mean:6.0f} ms", flush=True)


if __name__ == "__main__":
    main()
