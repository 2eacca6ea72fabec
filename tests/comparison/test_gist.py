"""The gist of a page goes to another process as bytes, and is read strictly there."""

from __future__ import annotations

import pytest

from archive.comparison.gist import Gist
from archive.errors import DocumentError

GIST = Gist("Council closes the pier", 412, 987, "ab" * 32)


@pytest.mark.parametrize("gist", [GIST, Gist(None, None, None, None), Gist("", 0, 1_000, None)])
def test_a_gist_comes_back_as_it_was(gist: Gist) -> None:
    """A gist is read as it was written, with nothing in it or all."""
    assert Gist.from_bytes(gist.to_bytes()) == gist


@pytest.mark.parametrize(
    ("old", "odd"),
    [
        (b"412", b"-1"),
        (b"412", b"true"),
        (b"987", b"1001"),
        (b"987", b"9.5"),
        (b"abab", b"ABab"),
        (b'"title"', b'"name"'),
        (b"}", b""),
    ],
)
def test_what_is_no_gist_is_refused(old: bytes, odd: bytes) -> None:
    """A member that is missing, of another kind or out of its bounds raises DocumentError."""
    with pytest.raises(DocumentError):
        Gist.from_bytes(GIST.to_bytes().replace(old, odd))
