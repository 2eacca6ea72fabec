"""How HTTP/1.1 messages stand in bytes: requests written, responses taken apart, codings undone.

The only room that imports h11, brotli and zstandard. It does no input or output: what receives
from the wire and what later reads a stored record block both use it, so both see the same thing. ::

    request  a request in bytes
    framing  a response in a stream of bytes
    coding   content codings undone, in bounded memory
"""

from archive.http.coding import decode_content, decode_pieces
from archive.http.framing import Response, ResponseReader, State, parse_response
from archive.http.request import write_request

__all__ = [
    "Response",
    "ResponseReader",
    "State",
    "decode_content",
    "decode_pieces",
    "parse_response",
    "write_request",
]
