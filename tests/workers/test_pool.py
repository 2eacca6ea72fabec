"""Extraction in child processes: the same result, and a page that kills its child costs itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any

import psutil
import pytest
from attrs import evolve

from archive.article import Request, extract
from archive.article.extraction import LARGEST
from archive.comparison import read_side
from archive.comparison.digests import take_gist
from archive.workers.pool import ChildLimits, Extractors
from tests.article.pages import STORED, URL, article, news
from tests.processes import children_of, extracting

HEAD = b"HTTP/1.1 200 OK\r\nLast-Modified: Mon, 02 Nov 2026 10:00:00 GMT\r\n\r\n"
SLOW = b"".join(b"<p>Paragraph %d of very many in one page.</p>" % n for n in range(50_000))


@pytest.fixture(scope="module")
def pool() -> Iterator[Extractors]:
    """One child with the usual limits."""
    with Extractors() as extractors:
        yield extractors


def request(content: bytes = article().encode()) -> Request:
    """A page to extract."""
    return Request(content, STORED, URL, head=HEAD)


def test_a_child_gives_what_a_call_gives(pool: Extractors) -> None:
    """For every fourth of the real news pages, a child's extraction equals one made here."""
    for _, content in islice(news(), 0, None, 4):
        here = extract(content, STORED, URL, head=HEAD)
        assert pool.extract(request(content)) == here


def test_a_child_sees_what_is_seen_here(pool: Extractors) -> None:
    """Reading and gist from a child's one tree are those of the page parsed again here.

    Among the pages are joiners, which the extraction puts other letters for, and what it takes out
    of the tree: scripts, styles and the lines of drawings.
    """
    drawn = article("<svg><path/>One<path/>Two</svg><script>x</script>a<style>y</style>b").encode()
    joined = article("<p>" + "می\u200cخواهم نمی\u200cدانم " * 40).encode()
    pages = [content for _, content in islice(news(), 0, None, 12)]
    for content in (*pages, drawn, joined, b"", b"<p>", b"%PDF-1.7\n"):
        found, gist = pool.read(request(content))
        assert found == pool.extract(request(content))
        here = read_side(content, STORED, URL, evolve(found, seen=None))
        assert read_side(content, STORED, URL, found) == here
        assert (found.seen is None) == (here.page is None)
        assert gist == take_gist(here, found.article)
    assert pool.extract(request(drawn)).seen is None


ODD_CHILD = """
import sys, time
from archive.workers import child, messages
out = sys.stdout.buffer
def look(page, found):
    {odd}
    sys.exit(9)
child._look = look
messages.write_message(out, ())
child.serve(sys.stdin.buffer, out, 30)
"""


@pytest.mark.parametrize(
    "odd",
    [
        "pass",
        "time.sleep(60)",
        "out.write(b'[1,1]{}'); out.flush()",
        "out.write(b'[null,2]' + bytes([10]) + b'{}'); out.flush()",
    ],
)
def test_what_is_seen_never_costs_a_text(monkeypatch: pytest.MonkeyPatch, odd: str) -> None:
    """A child that ends, hangs or talks rubbish once it gave the text costs the reading only."""
    code, start = ODD_CHILD.format(odd=odd), subprocess.Popen

    def start_odd(_: object, **more: Any) -> subprocess.Popen[bytes]:
        return start([sys.executable, "-c", code], **more)

    with Extractors(limits=ChildLimits(wall=5.0)) as extractors:
        with monkeypatch.context() as patched:
            patched.setattr(subprocess, "Popen", start_odd)
            found, gist = extractors.read(request())
        assert found == extract(article().encode(), STORED, URL, head=HEAD)
        assert (found.outcome, found.seen, gist) == ("ok", None, None)
        again, gist = extractors.read(request())
        assert again.seen is not None
        assert gist is not None


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n", b"\x00" * 50, b"<html><body></body></html>"]
)
def test_pages_without_an_article_come_back_with_the_reason(
    pool: Extractors, content: bytes
) -> None:
    """A page without text has the outcome and reason that a call here gives, and its claims."""
    found = pool.extract(Request(content, None, URL, head=HEAD))
    assert found == extract(content, None, URL, head=HEAD)
    assert found.outcome == "none"
    assert "Mon, 02 Nov 2026 10:00:00 GMT" in [claim.value for claim in found.claims]


def test_what_is_too_large_goes_to_no_child() -> None:
    """Content above the limit is refused without a process, its header's claims kept."""
    before = extracting()
    with Extractors() as extractors:
        found = extractors.extract(request(b"<p>" + b"a" * LARGEST))
        assert found.outcome == "too-large"
        assert len(found.claims) > 0
        assert extracting() == before


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (ChildLimits(wall=2.0), "over 2 seconds"),
        (ChildLimits(cpu=1), "over 1 seconds of processor time"),
    ],
    ids=["wall", "processor"],
)
def test_a_slow_page_is_given_up(limits: ChildLimits, reason: str) -> None:
    """A page over a limit of time ends as timeout, with the claims beside it; the next is read."""
    with Extractors(limits=limits) as extractors:
        found = extractors.extract(request(SLOW))
        assert (found.outcome, found.reason) == ("timeout", reason)
        assert "Mon, 02 Nov 2026 10:00:00 GMT" in [claim.value for claim in found.claims]
        assert extractors.extract(request()).outcome == "ok"


def test_a_page_that_needs_too_much_memory_is_given_up() -> None:
    """A page over the limit of memory ends as crash; the next is read."""
    quotations = "<p>" + "“I did,” said Marit Olsen. " * 600_000
    with Extractors(limits=ChildLimits(memory=400 << 20)) as extractors:
        assert extractors.extract(request()).outcome == "ok"
        found = extractors.extract(request(quotations.encode()))
        assert found.outcome == "crash"
        assert extractors.extract(request()).outcome == "ok"


def test_a_killed_child_costs_its_page_only(pool: Extractors) -> None:
    """A child killed at a page gives the outcome crash for that page; the next one is read."""

    def kill() -> None:
        time.sleep(0.3)
        for pid in extracting():
            os.kill(pid, signal.SIGKILL)

    pool.extract(request())
    killer = threading.Thread(target=kill)
    killer.start()
    found = pool.extract(request(SLOW))
    killer.join()
    assert (found.outcome, found.reason) == (
        "crash",
        "the extracting process ended with signal SIGKILL",
    )
    assert pool.extract(request()).outcome == "ok"


def test_closing_ends_the_children_and_no_more() -> None:
    """After close no child is left; a page asked for later gets a new one."""
    before = extracting()
    extractors = Extractors(2)
    assert extractors.extract(request()).outcome == "ok"
    assert len(extracting()) == len(before) + 1
    extractors.close()
    assert extracting() == before
    assert extractors.extract(request()).outcome == "ok"
    extractors.close()
    assert extracting() == before


def test_closing_does_not_wait_for_a_page() -> None:
    """A page that is being extracted when the pool is closed ends as a failure at once."""
    before = extracting()
    extractors = Extractors()
    extractors.extract(request())
    found = []
    thread = threading.Thread(target=lambda: found.append(extractors.extract(request(SLOW))))
    thread.start()
    while not extractors._idle.empty():  # the page has not got its child yet
        time.sleep(0.01)
    extractors.close()
    thread.join()
    assert [item.outcome for item in found] == ["timeout"]
    assert extracting() == before


def test_a_child_does_not_outlive_its_parent() -> None:
    """When the parent is killed, the child ends by itself."""
    script = (
        "import sys; from archive.article import Request\n"
        "from archive.workers.pool import Extractors\n"
        "pool = Extractors()\n"
        "pool.extract(Request(b'<p>a', None, 'https://a.example/'))\n"
        "print('ready', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        [child] = children_of(parent.pid)
        parent.kill()
        parent.wait()
    for _ in range(100):
        if not psutil.pid_exists(child):
            break
        time.sleep(0.1)
    else:
        os.kill(child, signal.SIGKILL)
        pytest.fail("the child outlived its parent")


def test_a_child_that_cannot_start_is_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no interpreter can be started, the page has the outcome crash and says why."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Extractors() as extractors:
        found = extractors.extract(request())
    assert found.outcome == "crash"
    assert found.reason == "no process to extract in: No such file or directory"
