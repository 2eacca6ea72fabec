"""How an HTTP/1.1 response stands in a stream of bytes (RFC 9112), taken apart.

A stream that answers one request is read as::

    *( informational head )      1xx, RFC 9110 section 15.2: any number, each ends in a blank line
    head                         status line, fields, blank line
    body                         as section 6.3 of RFC 9112 says: none, by Content-Length,
                                 chunked with extensions and trailers, or up to the end
    trailing                     bytes that belong to no message

The reader is strict about where a message ends and lenient about what its head says, as browsers
are: `archive.http.oddities` has every rule as data. `Response.head` is everything before the body;
`Response.entity` is the body with the transfer coding undone, the content coding still on it.

The result depends on the bytes alone, never on the pieces in which they came, and takes time linear
in their number.
"""

from __future__ import annotations

import enum
import re
from functools import cached_property

from attrs import frozen

from archive.errors import HttpError
from archive.http.chunks import MAX_LINE, ChunkReader, is_size
from archive.http.coding import Content, undo
from archive.http.heads import Body, Head, find_start, read_head, settle_body
from archive.http.oddities import Framing

__all__ = ["MAX_HEAD", "MAX_INFORMATIONAL", "Response", "ResponseReader", "State", "parse_response"]

MAX_HEAD = 512 * 1024
"""The most bytes that all heads together may have."""

MAX_INFORMATIONAL = 100
"""The most informational heads before the final one."""

_BLANK_LINE = re.compile(rb"\n\r?\n")
_NO_END = "the stream ended before the blank line that ends the head"


class State(enum.Enum):
    """How far a response has been read."""

    HEAD = "head"
    """Before the end of the final head."""
    BODY = "body"
    """Before the end of the body."""
    COMPLETE = "complete"
    """The whole message was there."""
    CUT = "cut"
    """The stream ended inside the message."""
    BROKEN = "broken"
    """Where the body goes on cannot be told: its chunks are malformed."""
    REFUSED = "refused"
    """There is no head that can be read."""


@frozen
class Response:
    """A response taken apart.

    `head` is all bytes before the body, of which the first `interim` are informational heads;
    `fields` the fields of the final head, latin-1, in the order and case sent, folded lines joined;
    `entity` the body after transfer coding, as far as it came; `problem` says why a response is not
    `complete`, which is `broken` when no more could have been read of it; `trailing` counts the
    bytes after it; `framing` says by what the body ends; `oddities` are names of
    `archive.http.oddities`.
    """

    head: bytes
    status: int
    fields: tuple[tuple[str, str], ...]
    entity: bytes
    complete: bool
    problem: str | None
    trailing: int
    version: int = 11
    interim: int = 0
    framing: Framing = "close"
    oddities: tuple[str, ...] = ()
    broken: bool = False

    def field(self, name: str) -> str | None:
        """The value of a field, whatever its case; several are joined by commas; None if absent."""
        wanted = name.lower()
        values = [value for key, value in self.fields if key.lower() == wanted]
        return ", ".join(values) if values else None

    @cached_property
    def decoded(self) -> Content:
        """The entity, its content codings undone as far as they can be."""
        return undo(self.entity, self.field("Content-Encoding"))

    @property
    def content(self) -> bytes:
        """The content, as far as it can be had.

        Raises:
            HttpError: not at all.
        """
        return self.decoded.value()

    def has_plain_payload(self, block: bytes) -> bool:
        """Whether every reader of archives takes the same payload: all that follows one head.

        Args:
            block: the answer's bytes, without informational heads.
        """
        head = self.head[self.interim :]
        first = _BLANK_LINE.search(block)
        single = head.endswith(b"\r\n\r\n") and first is not None and first.end() == len(head)
        coded = self.field("Transfer-Encoding") is not None
        return single and not coded and self.complete and self.trailing == 0


class ResponseReader:
    """Reads one response out of a stream, without input or output of its own.

    Feed it what came, then `finish` it (or `abort` it) when the stream ended. `take` gives the
    entity as it grows, so that a large one need not be held.

    Args:
        method: of the request, since it decides whether there is a body (HEAD).

    Attributes:
        interim: how many bytes informational heads have.
        trailing: how many bytes came after the end.
    """

    def __init__(self, method: str = "GET") -> None:
        self._method = method
        self._head = bytearray()
        self._searched = 0
        self._informational = 0
        self._oddities: dict[str, None] = {}
        self._entity: list[bytes] = []
        self._final: Head | None = None
        self._body = Body("close")
        self._left: int | None = None  # bytes of a body whose length is said
        self._chunks: ChunkReader | None = None
        self._doubt: bytearray | None = None  # the body's first line, while it decides
        self.interim = 0
        self.state = State.HEAD
        self.problem: str | None = None
        self.trailing = 0

    @property
    def head(self) -> bytes:
        """The bytes before the body, informational heads included; empty before their end."""
        return bytes(self._head) if self._final else b""

    @property
    def offset(self) -> int:
        """Where in the stream the body begins, the head's length; 0 before the head's end."""
        return len(self._head) if self._final else 0

    @property
    def coded(self) -> bool:
        """Whether the body is in chunks; without, its bytes are the entity as they are."""
        return self._chunks is not None

    @property
    def status(self) -> int | None:
        """The status of the final head, or None before its end."""
        return self._final.status if self._final else None

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The fields of the final head (see `Response`); empty before its end."""
        return self._final.fields if self._final else ()

    @property
    def framing(self) -> Framing:
        """By what the body ends."""
        return "chunked" if self._chunks is not None else self._body.framing

    @property
    def oddities(self) -> tuple[str, ...]:
        """What was odd so far, each once."""
        return (*self._oddities, *(self._chunks.oddities if self._chunks else ()))

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the stream, any number of them. Never raises for their content."""
        while data and self.state is State.HEAD:
            data = self._feed_head(data)
        if self.state is State.COMPLETE:
            self.trailing += len(data)
        elif self.state is State.BODY and data:
            self._feed_body(data)

    def finish(self) -> None:
        """The stream came to its end: a body that runs to the end is complete, others are cut."""
        if self.state is State.HEAD:
            self._finish_head()
            self.abort(_NO_END)
            return
        if self._doubt is not None and self.state is State.BODY:
            self._settle_doubt(ended=True)
        if self.state is not State.BODY:
            return
        if self._chunks is not None:
            self._finish_chunks(self._chunks)
        elif self._left is None:
            self.state = State.COMPLETE
        else:
            length = self._body.length or 0
            came = f"received {length - self._left} bytes, expected {length}"
            self.abort(f"the connection ended before the body ({came})")

    def abort(self, problem: str) -> None:
        """The stream broke off: whatever is not complete by now is cut, for the reason given."""
        if self.state is State.BODY and self._chunks is not None and self._chunks.whole:
            self._finish_chunks(self._chunks)
        if self.state in (State.HEAD, State.BODY):
            self.state = State.CUT
            self.problem = problem

    def take(self) -> bytes:
        """The entity's bytes that came since the last time this was asked."""
        taken = b"".join(self._entity)
        self._entity.clear()
        return taken

    def response(self, entity: bytes) -> Response | None:
        """The response as a value, or None when its head was not understood.

        Args:
            entity: everything that `take` gave.
        """
        if self._final is None:
            return None
        return Response(
            head=self.head,
            status=self._final.status,
            fields=self.fields,
            entity=entity,
            complete=self.state is State.COMPLETE,
            problem=self.problem,
            trailing=self.trailing,
            version=self._final.version,
            interim=self.interim,
            framing=self.framing,
            oddities=self.oddities,
            broken=self.state is State.BROKEN,
        )

    def _feed_head(self, data: bytes) -> bytes:
        """Take the bytes up to the end of one head, and give back those after it."""
        before = len(self._head)
        self._head += data[: MAX_HEAD - before]
        try:
            start = find_start(self._head[self.interim : self.interim + 8])
            found = None
            if start is not None:
                first = max(self.interim + start, self._searched - 2)
                found = _BLANK_LINE.search(self._head, first)
            if found is None:
                self._searched = len(self._head)
                if len(self._head) >= MAX_HEAD:
                    raise HttpError(f"the head is longer than {MAX_HEAD} bytes")
                return b""
            del self._head[found.end() :]
            self._take_head(self.interim + (start or 0))
        except HttpError as error:
            self._refuse(error.message)
            return b""
        return data[found.end() - before :]

    def _take_head(self, start: int) -> None:
        """Understand one head, which is now there.

        Raises:
            HttpError: it is refused.
        """
        head = read_head(bytes(self._head[start:]))
        if start > self.interim:
            self._oddities["bytes-before-status-line"] = None
        self._oddities.update(dict.fromkeys(head.oddities))
        if head.status // 100 == 1:
            self._informational += 1
            if self._informational > MAX_INFORMATIONAL:
                raise HttpError(f"more than {MAX_INFORMATIONAL} informational heads")
            self.interim = self._searched = len(self._head)
            return
        self._open_body(head)

    def _open_body(self, head: Head) -> None:
        self._body = settle_body(head, self._method)
        self._oddities.update(dict.fromkeys(self._body.oddities))
        self._final = head
        self._left = self._body.length
        if self._body.framing == "chunked":
            self._chunks = ChunkReader()
        elif self._body.doubtful:
            self._doubt = bytearray()
        none = self._body.framing == "none" or (self._left == 0 and self._doubt is None)
        self.state = State.COMPLETE if none else State.BODY

    def _finish_head(self) -> None:
        """The stream ended inside a head: its whole lines are read, for a redirect may stand there.

        RFC 9112, section 8, leaves it to the recipient what it makes of such a head.
        """
        whole = self._head.rfind(b"\n") + 1
        try:
            start = find_start(self._head[self.interim : self.interim + 8])
            if start is None or whole <= self.interim + start:
                return
            head = read_head(bytes(self._head[self.interim + start : whole]))
            if head.status // 100 != 1:
                self._final = head
                self._oddities.update(dict.fromkeys(head.oddities))
        except HttpError as error:
            self._refuse(error.message)

    def _feed_body(self, data: bytes) -> None:
        """Take body bytes."""
        if self._doubt is not None:
            self._doubt += data
            self._settle_doubt(ended=False)
        elif self._chunks is not None:
            self._feed_chunks(self._chunks, data)
        else:
            self._feed_plain(data)

    def _settle_doubt(self, *, ended: bool) -> None:
        """Whether a body that is said to be in chunks, but not as it should be, begins with one."""
        held = self._doubt or bytearray()
        end = held.find(b"\n", 0, MAX_LINE)
        if end < 0 and len(held) < MAX_LINE and not ended:
            return
        self._doubt = None
        data = bytes(held)
        if end >= 0 and is_size(data[:end].removesuffix(b"\r")):
            self._chunks = ChunkReader()
            self._left = None
        elif self._left == 0:
            self.state, self.trailing = State.COMPLETE, len(data)
            return
        if data:
            self._feed_body(data)

    def _feed_plain(self, data: bytes) -> None:
        self._entity.append(data[: self._left])
        if self._left is None:
            return
        self.trailing = max(len(data) - self._left, 0)
        self._left -= len(data) - self.trailing
        if self._left == 0:
            self.state = State.COMPLETE

    def _feed_chunks(self, chunks: ChunkReader, data: bytes) -> None:
        self._entity += chunks.feed(data)
        if chunks.problem is not None:
            self.state, self.problem = State.BROKEN, chunks.problem
        elif chunks.ended:
            self.state, self.trailing = State.COMPLETE, chunks.trailing

    def _finish_chunks(self, chunks: ChunkReader) -> None:
        if not chunks.whole:
            self.abort("the connection ended before the last chunk")
            return
        chunks.oddities["trailers-unended"] = None
        self.state = State.COMPLETE

    def _refuse(self, problem: str) -> None:
        self.state = State.REFUSED
        self.problem = problem


def parse_response(block: bytes, method: str = "GET") -> Response:
    """Take apart a stored response block: the bytes of one connection, up to their end.

    Args:
        block: head, body and whatever followed.
        method: of the request it answers.

    Returns:
        The response; one whose head or body is cut or broken is not `complete` and says why.

    Raises:
        HttpError: there is no head that can be read.
    """
    reader = ResponseReader(method)
    reader.feed(block)
    reader.finish()
    response = reader.response(reader.take())
    if response is None:
        raise HttpError(reader.problem or "no HTTP response")
    return response
