"""How HTTP/1.1 messages stand in bytes: requests written, responses taken apart, codings undone.

The only room that imports h11 (for what it writes), brotli and zstandard. It does no input or
output: what receives from the wire and what later reads a stored record block both use it, so both
see the same thing. ::

    oddities  the rules of reading, as a table
    request   a request in bytes
    heads     status line and fields
    chunks    the chunked transfer coding
    framing   a response in a stream of bytes
    coding    content codings undone, in bounded memory
    decoders  the decoders of the libraries, made alike
    media     media types, stated and sniffed
    redirect  where the field Location leads
    refresh   the value of the field Refresh
"""

from archive.http.coding import Content, Notes, decode_content, decode_pieces
from archive.http.framing import Response, ResponseReader, State, parse_response
from archive.http.media import declare, list_oddities
from archive.http.oddities import RULES
from archive.http.redirect import REDIRECTS, find_location
from archive.http.refresh import Lead, read_refresh

__all__ = [
    "REDIRECTS",
    "RULES",
    "Content",
    "Lead",
    "Notes",
    "Response",
    "ResponseReader",
    "State",
    "declare",
    "decode_content",
    "decode_pieces",
    "find_location",
    "list_oddities",
    "parse_response",
    "read_refresh",
]
