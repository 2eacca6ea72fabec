"""Memory while capturing: one body of 60 MB, and 2,000 tiny pages.

    python benchmarks/memory.py

Both are captured from nginx on loopback by a child of this process, whole, start-up and extraction
of the tiny pages included. Printed are the child's peak memory and its CPU; the tiny pages also for
the half of them, to show whether memory grows with their number.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from origin import archive_command, child_cpu, folder, site

LARGE = 60_000_000
TINY = 2000
PAGE = "<html><head><title>Page {0}</title></head><body><h1>Page {0}</h1>{1}</body></html>"
TEXT = "<p>This is paragraph number {0} of a tiny page that says very little about anything.</p>"


def main() -> None:
    """Serve, run, print."""
    pages = {f"tiny-{number}.html": make_page(number) for number in range(TINY)}
    pages["large.bin"] = os.urandom(LARGE)
    with folder() as scratch, site(scratch, pages) as (_, urls):
        *tiny, large = urls
        for name, listed in (
            ("one tiny page", tiny[:1]),
            ("1,000 tiny pages", tiny[: TINY // 2]),
            ("2,000 tiny pages", tiny),
            ("one body of 60 MB", [large]),
        ):
            cpu, peak = capture(scratch, listed)
            print(f"{name:<20} {cpu:6.2f} s of CPU, peak memory {peak / 1e3:4.0f} MB")


def make_page(number: int) -> bytes:
    """A page of about 900 bytes."""
    paragraphs = "".join(TEXT.format(f"{number}-{place}") for place in range(8))
    return PAGE.format(number, paragraphs).encode()


def capture(scratch: Path, urls: list[str]) -> tuple[float, int]:
    """Capture a list into a new collection; gives CPU seconds and the peak memory in kB."""
    place = scratch / f"press-{len(urls)}-{len(urls[0])}"
    child_cpu(archive_command("init", str(place)))
    listed = place / "urls.txt"
    listed.write_text("\n".join(urls))
    command = archive_command("add", "-C", str(place), "--from", str(listed), "--delay", "0")
    child = subprocess.Popen([*command, "--allow-private"], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


if __name__ == "__main__":
    main()
