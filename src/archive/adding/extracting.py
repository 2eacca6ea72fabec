"""From fetched pages to drafts, several at a time: extraction runs in children meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING, Self

from attrs import frozen

from archive.adding.drafting import Earlier, Page, draft_fetch
from archive.adding.listing import Listed
from archive.article import Extraction, Request, suspect, suspect_again
from archive.proof.statement import Run
from archive.store.draft import Draft
from archive.workers import Extractors

if TYPE_CHECKING:
    from archive.capture import Fetch

__all__ = ["Drafting", "Unread", "ask"]


@frozen
class Unread:
    """A fetched page whose text is still to be found.

    Attributes:
        fetched: the attempt.
        page: its last response, codings undone.
        article: what to extract, or what is known already; None when nothing is to be extracted.
        seed: 32 random bytes for the salted roots.
    """

    fetched: Fetch
    page: Page
    article: Request | Extraction | Earlier | None
    seed: bytes

    def to_draft(self, extractors: Extractors, run: Run | None) -> Draft:
        """Extract, and describe the capture; needs nothing of the collection."""
        article = self.article
        if isinstance(article, Request):
            article = extractors.extract(article)
        return draft_fetch(
            self.fetched,
            self.page,
            article,
            suspicion=_suspect_safely(self.fetched, self.page, article),
            seed=self.seed,
            run=run,
        )


class Drafting:
    """Pages whose drafts are being made, given in the order in which they were begun.

    Leaving its ``with`` waits for none of them.

    Args:
        extractors: extract the pages, as many at a time as there are children.
    """

    def __init__(self, extractors: Extractors) -> None:
        self._extractors = extractors
        self._threads = ThreadPoolExecutor(extractors.children, thread_name_prefix="draft")
        self._waiting: deque[tuple[Listed, Future[Draft]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def begin(self, entry: Listed, unread: Unread) -> None:
        """Begin with a page."""
        if isinstance(unread.article, Request):
            drafting = self._threads.submit(unread.to_draft, self._extractors, entry.run)
        else:  # there is nothing to wait for
            drafting = Future()
            drafting.set_result(unread.to_draft(self._extractors, entry.run))
        self._waiting.append((entry, drafting))

    def take(self, *, everything: bool) -> Iterator[tuple[Listed, Draft]]:
        """Give drafts that are done.

        Args:
            everything: wait for all; otherwise only where more are at work than there are children.
        """
        while self._waiting:
            entry, drafting = self._waiting[0]
            crowded = len(self._waiting) > self._extractors.children
            if not (everything or crowded or drafting.done()):
                return
            self._waiting.popleft()
            yield entry, drafting.result()


def ask(fetched: Fetch, content: bytes, content_type: str | None) -> Request:
    """What to extract of a page: its content, its response's head and its certificates."""
    last = fetched.last
    response = last.response if last is not None else None
    peer = last.peer if last is not None else None
    return Request(
        content,
        content_type,
        fetched.final_url,
        head=response.head if response is not None else None,
        chain=peer.chain if peer is not None and peer.chain else None,
    )


def _suspect_safely(fetched: Fetch, page: Page, article: Extraction | Earlier | None) -> str | None:
    try:
        return _suspect(fetched, page, article)
    except Exception:  # a hint: no page may break a capture by it
        return None


def _suspect(fetched: Fetch, page: Page, article: Extraction | Earlier | None) -> str | None:
    response = fetched.last.response if fetched.last is not None else None
    if response is None or page.content is None:
        return None
    words: int | None = None
    seen = (response.status, response.fields, page.content)
    if isinstance(article, Earlier):
        words = article.words or 0
        if article.searched:
            return suspect_again(*seen, words, before=article.suspicion)
    elif article is not None:
        words = article.article.words if article.article else 0
    return suspect(*seen, words)
