"""Extractions begun in threads, one for each child, so that whoever asks goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from archive.article import Extraction, Request
from archive.workers.pool import Extractors

__all__ = ["extract_in_threads"]


@contextmanager
def extract_in_threads(
    extractors: Extractors | None = None,
) -> Iterator[Callable[[Request], Future[Extraction]]]:
    """Gives what begins the extraction of a page.

    Args:
        extractors: extract; by default children that end with this.
    """
    pool = extractors or Extractors.for_all_processors()
    threads = ThreadPoolExecutor(pool.children, thread_name_prefix="extract")
    try:
        yield lambda page: threads.submit(pool.extract, page)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        if extractors is None:
            pool.close()
