"""What goes to an extracting child and comes back is read strictly."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import DocumentError
from archive.workers.messages import read_message, write_message

PARTS = st.lists(st.none() | st.binary(max_size=300), max_size=6)


@given(st.lists(PARTS, max_size=4))
def test_messages_come_back_as_they_were_sent(messages: list[list[bytes | None]]) -> None:
    """Any parts, null ones and empty ones among them, are read as they were written."""
    stream = io.BytesIO()
    for parts in messages:
        write_message(stream, parts)
    stream.seek(0)
    for parts in messages:
        assert read_message(stream, len(parts), 300) == parts
    assert read_message(stream, 0, 300) is None


@given(st.binary(max_size=200))
def test_rubbish_is_refused(data: bytes) -> None:
    """Whatever a child sends ends as a message, as the stream's end, or as a DocumentError."""
    try:
        parts = read_message(io.BytesIO(data), 2, 64)
    except DocumentError:
        return
    assert parts is None or (len(parts) == 2 and all(len(part or b"") <= 64 for part in parts))


@pytest.mark.parametrize(
    "data",
    [
        b"[3,2]\nabcd",
        b"[3]\nabc",
        b"[3,-1]\nabc",
        b"[3,true]\nabc",
        b"[3,1.0]\nabcd",
        b"[3,65]\nabc" + b"d" * 65,
        b"{}\n",
        b"[" + b" " * 2000 + b"3,2]\nabcde",
        b"\n",
    ],
    ids=["cut", "few", "negative", "boolean", "float", "long", "object", "line", "empty"],
)
def test_malformed_messages_are_refused(data: bytes) -> None:
    """A message of another number of parts, cut, or with an odd length raises DocumentError."""
    with pytest.raises(DocumentError):
        read_message(io.BytesIO(data), 2, 64)
