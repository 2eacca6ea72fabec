"""What the benchmarks share: real pages served by nginx on loopback, and CPU time of children.

The pages are the 181 news pages of the shared data (see CONTRIBUTING.md for where that lies),
decompressed. Nothing of them is kept.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.places import shared  # noqa: E402
from tests.servers import Nginx, nginx_server  # noqa: E402

from archive.article import Request  # noqa: E402
from archive.workers.pool import Extractors  # noqa: E402

__all__ = [
    "archive_command",
    "child_cpu",
    "folder",
    "news_pages",
    "show",
    "site",
    "spent_cpu",
    "warm_extractors",
]


def news_pages() -> dict[str, bytes]:
    """The pages by a short name, decompressed."""
    files = sorted(shared("corpus/pages/news/html").glob("*.html.gz"))
    return {f"{file.name[:12]}.html": gzip.decompress(file.read_bytes()) for file in files}


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A scratch folder; keys that a benchmark makes lie in it and are gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CONFIG_HOME"] = str(Path(name, "config"))
        yield Path(name)


@contextlib.contextmanager
def site(scratch: Path, pages: dict[str, bytes]) -> Iterator[tuple[Nginx, list[str]]]:
    """Serve pages, and give the server with their URLs."""
    home = scratch / "origin"
    home.mkdir()
    with nginx_server(home) as server:
        yield server, [server.publish(name, data) for name, data in pages.items()]


def archive_command(*arguments: str) -> list[str]:
    """The command line of a run of ours, in the environment that runs the benchmark."""
    return [sys.executable, "-m", "archive", *arguments]


def child_cpu(command: Sequence[str]) -> float:
    """Run a program to its good end; gives its CPU seconds, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def spent_cpu() -> float:
    """CPU seconds so far of this process and of its living children (Linux: from /proc)."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[1]) == os.getpid():
                ticks += int(fields[11]) + int(fields[12])
    return own.ru_utime + own.ru_stime + ticks / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def warm_extractors() -> Iterator[Extractors]:
    """One child to extract in that has loaded everything: its start is not a page's cost."""
    page = "<article><h1>Warm</h1>" + "<p>A paragraph of some words to be found.</p>" * 20
    with Extractors() as extractors:
        extractors.extract(Request(page.encode(), "text/html", "http://localhost/"))
        yield extractors


def show(name: str, values: Sequence[float], unit: str = "") -> None:
    """Print the median of some figures, and their least and most."""
    low, middle, high = min(values), statistics.median(values), max(values)
    print(f"{name:<44} {middle:8.3f} {unit:<3} ({low:.3f} to {high:.3f}, {len(values)} rounds)")
