"""How an HTTP/1.1 response stands in a stream of bytes (RFC 9112), taken apart by h11.

What h11 does not see are the bytes of a body without transfer coding, of which nothing is left to
understand once it has read the head.

A stream that answers one request is read as::

    *( informational head )      1xx, RFC 9110 section 15.2: any number, each ends in a blank line
    head                         status line, fields, blank line
    body                         as section 6.3 of RFC 9112 says: none, by Content-Length,
                                 chunked with extensions and trailers, or up to the end
    trailing                     bytes that belong to no message

`Response.head` is everything before the body, informational heads included; `Response.entity` is
the body with the transfer coding undone, the content coding still on it. A line may end in a bare
LF, a field may be folded over lines, values are latin-1: h11 takes all of these.

The result depends on the bytes alone, never on the pieces in which they came: every head goes to
h11 in one piece, and an unfinished chunk line or trailer, how long it is and how many blanks it
has in a row, is judged at fixed places of the stream.
"""

from __future__ import annotations

import enum
import functools
import re

import h11
from attrs import frozen

from archive.errors import HttpError
from archive.http.coding import decode_content

__all__ = ["MAX_HEAD", "MAX_INFORMATIONAL", "Response", "ResponseReader", "State", "parse_response"]

MAX_HEAD = 512 * 1024
"""The most bytes that all heads together, or one chunk line, or the trailers, may have."""

MAX_INFORMATIONAL = 100
"""The most informational heads before the final one."""

_STRIDE = 64 * 1024
_NO_LIMIT = 1 << 62
_START = b"HTTP/"
_END = h11.EndOfMessage()
_MAX_BLANKS = 1000  # in a row; h11's patterns take quadratic time over more
_SMALL_STRIDE = 512
_BLANKS = re.compile(rb"[ \t]{%d}" % (_MAX_BLANKS + 1))
_ODD = re.compile(rb"[\0\v\f]|\r(?!\n)|[ \t]{%d}" % (_MAX_BLANKS + 1))
_BLANK_LINE = re.compile(rb"\n\r?\n")
_QUOTED = re.compile(r"bytearray\(b(.*)\)\Z", re.DOTALL)  # how h11 shows the line it refuses
_STATUS_LINE = "not an HTTP response: it does not begin with HTTP/"


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
    REFUSED = "refused"
    """Not HTTP/1.1, in the head or in the body."""


@frozen
class Response:
    """A response taken apart.

    `head` is all bytes before the body; `fields` the fields of the final head, latin-1, in the
    order and case sent, folded lines joined (h11 leaves out a repeated equal Content-Length and
    writes Transfer-Encoding in lower case); `entity` the body after transfer coding, as far as it
    came; `problem` says why a response is not `complete`; `trailing` counts the bytes after it.
    """

    head: bytes
    status: int
    fields: tuple[tuple[str, str], ...]
    entity: bytes
    complete: bool
    problem: str | None
    trailing: int

    def field(self, name: str) -> str | None:
        """The value of a field, whatever its case; several are joined by commas; None if absent."""
        wanted = name.lower()
        values = [value for key, value in self.fields if key.lower() == wanted]
        return ", ".join(values) if values else None

    @property
    def content(self) -> bytes:
        """The entity, its content codings undone.

        Raises:
            HttpError: they cannot be.
        """
        return decode_content(self.entity, self.field("Content-Encoding"))

    @property
    def has_plain_payload(self) -> bool:
        """Whether every reader of archives takes the same payload: all that follows one head."""
        single = self.head.endswith(b"\r\n\r\n") and self.head.count(b"\r\n\r\n") == 1
        coded = self.field("Transfer-Encoding") is not None
        return single and not coded and self.complete and self.trailing == 0


@functools.lru_cache(maxsize=8)
def _request(method: str) -> h11.Request:
    """What h11 is told was asked, since the answer's framing depends on the method."""
    return h11.Request(method=method, target="/", headers=[("Host", "a")])


class ResponseReader:
    """Reads one response out of a stream, without input or output of its own.

    Feed it what came, then `finish` it (or `abort` it) when the stream ended. `take` gives the
    entity as it grows, so that a large one need not be held.

    Args:
        method: of the request, since it decides whether there is a body (HEAD).
    """

    def __init__(self, method: str = "GET") -> None:
        self._h11 = h11.Connection(h11.CLIENT, max_incomplete_event_size=_NO_LIMIT)
        self._h11.send(_request(method))
        self._h11.send(_END)
        self._head = bytearray()
        self._head_start = 0
        self._searched = 0
        self._informational = 0
        self._position = 0
        self._entity: list[bytes] = []
        self._final: h11.Response | None = None
        self._coded = False
        self._length = 0
        self._left: int | None = None  # bytes of a body of known length and without transfer coding
        self._careful = False
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
        """Whether the body has a transfer coding; without, its bytes are the entity as they are."""
        return self._coded

    @property
    def status(self) -> int | None:
        """The status of the final head, or None before its end."""
        return self._final.status_code if self._final else None

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The fields of the final head (see `Response`); empty before its end."""
        if self._final is None:
            return ()
        pairs = self._final.headers.raw_items()
        return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in pairs)

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the stream, any number of them. Never raises for their content."""
        at = 0
        while at < len(data):
            whole = self.state is State.BODY and not self._coded
            end = len(data) if whole else at + _STRIDE - self._position % _STRIDE
            self._feed(data[at:end])
            at = end

    def finish(self) -> None:
        """The stream came to its end: a body that runs to the end is complete, others are cut."""
        if self.state is State.HEAD:
            self.abort("the stream ended before the blank line that ends the head")
        elif self.state is State.BODY and not self._coded:
            self._finish_plain()
        elif self.state is State.BODY:
            self._h11.receive_data(b"")
            try:
                self._read_events()
            except h11.RemoteProtocolError as error:
                self.abort(str(error))

    def _finish_plain(self) -> None:
        if self._left is None:
            self.state = State.COMPLETE
            return
        came = f"received {self._length - self._left} bytes, expected {self._length}"
        self.abort(f"peer closed connection without sending complete message body ({came})")

    def abort(self, problem: str) -> None:
        """The stream broke off: whatever is not complete by now is cut, for the reason given."""
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
            status=self._final.status_code,
            fields=self.fields,
            entity=entity,
            complete=self.state is State.COMPLETE,
            problem=self.problem,
            trailing=self.trailing,
        )

    def _feed(self, data: bytes) -> None:
        """Take bytes that do not reach over a multiple of `_STRIDE` in the stream.

        Of a body without transfer coding, in which nothing is to be understood, any number.
        """
        self._position += len(data)
        while data and self.state is State.HEAD:
            data = self._feed_head(data)
        if self.state is State.COMPLETE:
            self.trailing += len(data)
        elif self.state is State.BODY and data:
            self._feed_body(data)

    def _feed_head(self, data: bytes) -> bytes:
        """Take the bytes up to the end of one head, and give back those after it."""
        before = len(self._head)
        self._head += data[: MAX_HEAD - before]
        start = self._head[self._head_start : self._head_start + len(_START)]
        if not _START.startswith(start):
            self._refuse(_STATUS_LINE)
            return b""
        found = _BLANK_LINE.search(self._head, max(self._head_start, self._searched - 2))
        if found is None:
            self._searched = len(self._head)
            if len(self._head) >= MAX_HEAD:
                self._refuse(f"the head is longer than {MAX_HEAD} bytes")
            return b""
        del self._head[found.end() :]
        self._read_head()
        return data[found.end() - before :]

    def _read_head(self) -> None:
        head = bytes(self._head[self._head_start :])
        if (odd := _ODD.search(head)) is not None:
            what = "too many blanks in a row" if odd[0][0] in b" \t" else "a control character"
            self._refuse(f"{what} in the head")
            return
        self._h11.receive_data(head)
        self._head_start = self._searched = len(self._head)
        try:
            self._read_events()
        except h11.RemoteProtocolError as error:
            self._refuse(_QUOTED.sub(r"\1", str(error)))

    def _feed_body(self, data: bytes) -> None:
        """Take body bytes."""
        if self._coded:
            self._feed_coded(data)
            return
        # Nothing is left to understand: h11 would copy each byte three times to count them.
        self._entity.append(data[: self._left])
        if self._left is None:
            return
        self.trailing = max(len(data) - self._left, 0)
        self._left -= len(data) - self.trailing
        if self._left == 0:
            self.state = State.COMPLETE

    def _feed_coded(self, data: bytes) -> None:
        """Take coded bytes, in small steps where a chunk line or trailer may be full of blanks."""
        if not self._careful:
            self._careful = _BLANKS.search(self._held()[-_MAX_BLANKS:] + data) is not None
        step = _SMALL_STRIDE if self._careful else _STRIDE
        position = self._position - len(data)
        while data and self.state is State.BODY:
            size = step - position % step
            self._feed_step(data[:size], position + len(data[:size]))
            position += size
            data = data[size:]
        if self.state is State.COMPLETE:
            self.trailing += len(data)
        elif self._careful:
            self._careful = _BLANKS.search(self._held()) is not None

    def _feed_step(self, data: bytes, position: int) -> None:
        self._h11.receive_data(data)
        try:
            self._read_events()
        except h11.RemoteProtocolError as error:
            # What follows the colon shows bytes, and which ones depends on the pieces they came in.
            self._refuse(str(error).partition(":")[0])
            return
        if self.state is State.BODY and position % _SMALL_STRIDE == 0:
            self._check_held(position)

    def _held(self) -> bytes:
        """What h11 has not given yet: the beginning of a chunk line, or of the trailers."""
        held, _ = self._h11.trailing_data
        return held

    def _check_held(self, position: int) -> None:
        held = self._held()
        if _BLANKS.search(held):
            self._refuse("too many blanks in a row in a chunk line or a trailer")
        elif len(held) > MAX_HEAD and position % _STRIDE == 0:
            self._refuse(f"a chunk line, or the trailers, longer than {MAX_HEAD} bytes")

    def _read_events(self) -> None:
        """Let h11 say what the bytes it has mean.

        Raises:
            h11.RemoteProtocolError: they are not HTTP/1.1, or ended too early.
        """
        while self.state in (State.HEAD, State.BODY):
            event = self._h11.next_event()
            if isinstance(event, h11.Data):
                self._entity.append(event.data)
            elif isinstance(event, h11.Response):
                self._final = event
                fields = dict(event.headers)
                self._coded = b"transfer-encoding" in fields
                self._length = int(fields.get(b"content-length", 0))
                self._left = self._length if b"content-length" in fields else None
                self.state = State.BODY
            elif isinstance(event, h11.InformationalResponse):
                self._informational += 1
                if self._informational > MAX_INFORMATIONAL:
                    self._refuse(f"more than {MAX_INFORMATIONAL} informational heads")
            elif isinstance(event, h11.EndOfMessage):
                self.state = State.COMPLETE
                self.trailing = len(self._h11.trailing_data[0])
            elif event is h11.NEED_DATA:
                return

    def _refuse(self, problem: str) -> None:
        self.state = State.REFUSED
        self.problem = problem if len(problem) <= 200 else problem[:200] + "…"


def parse_response(block: bytes, method: str = "GET") -> Response:
    """Take apart a stored response block: the bytes of one connection, up to their end.

    Args:
        block: head, body and whatever followed.
        method: of the request it answers.

    Returns:
        The response; one whose body is cut or broken is not `complete` and says why.

    Raises:
        HttpError: there is no complete head that is HTTP/1.1.
    """
    reader = ResponseReader(method)
    reader.feed(block)
    reader.finish()
    response = reader.response(reader.take())
    if response is None:
        raise HttpError(reader.problem or "no HTTP response")
    return response
