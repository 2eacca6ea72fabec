"""What our proofs carry besides the tree's: the extra data of a C2SP tlog-proof.

::

    {"v": 1,
     "envelope": <base64 of the entry's envelope>,
     "keyrings": [{"envelope": <base64>, "index": <its number>, "hashes": [<base64> …]} …]}

Nobody vouches for extra data, so that each part is held against the proof's own checkpoint: the
envelope by the proof, each keyring by an inclusion proof of its own. With all keyrings of the log a
proof goes on holding when its keys were changed. Further members are passed over. Proofs of version
0.1.0 have the envelope alone, as it is.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from attrs import frozen

from archive.document import Members, parse, write
from archive.errors import DocumentError
from archive.proof.bounds import MAX_ENVELOPE
from archive.proof.checkpoint import MAX_LEAVES, read_hash, write_hash
from archive.proof.logproof import MAX_EXTRA, MAX_HASHES

__all__ = ["Extra", "LoggedKeyring"]

_BEGIN = b'{"v":'
_VERSION = 1


@frozen
class LoggedKeyring:
    """A keyring's envelope, and its place in the log.

    Attributes:
        envelope: its exact bytes.
        index: its number in the log.
        hashes: the inclusion proof, for the proof's checkpoint.
    """

    envelope: bytes
    index: int
    hashes: tuple[bytes, ...]

    @classmethod
    def from_members(cls, members: Members) -> LoggedKeyring:
        """Read one keyring.

        Raises:
            DocumentError: malformed.
        """
        texts = members.texts("hashes")
        index = members.number("index")
        if len(texts) > MAX_HASHES or index > MAX_LEAVES:
            raise DocumentError(
                f"a proof of a keyring has more than {MAX_HASHES} hashes, or no place"
            )
        hashes = tuple(read_hash(text, "hash of a keyring's proof") for text in texts)
        return cls(_read(members.text("envelope")), index, hashes)

    def to_value(self) -> dict[str, Any]:
        """The members, to be written as JSON."""
        hashes = [write_hash(item) for item in self.hashes]
        return {"envelope": _write(self.envelope), "index": self.index, "hashes": hashes}


@frozen
class Extra:
    """The extra data of one proof.

    Attributes:
        envelope: the entry's, its exact bytes.
        keyrings: all of the log, in order; none in a bare proof, and in those of 0.1.0.
    """

    envelope: bytes
    keyrings: tuple[LoggedKeyring, ...] = ()

    @classmethod
    def from_bytes(cls, data: bytes) -> Extra:
        """Read extra data, or the envelope that stands in its place.

        Raises:
            DocumentError: too large, malformed, or of a version that is not known.
        """
        if not data.startswith(_BEGIN):
            return cls(data)
        what = "extra data of a proof"
        members = Members(parse(data, limit=MAX_EXTRA, what=what), what)
        if members.number("v") != _VERSION:
            raise DocumentError("the proof carries data of a later version")
        keyrings = (Members(item, "keyring") for item in members.items("keyrings"))
        envelope = _read(members.text("envelope"))
        return cls(envelope, tuple(map(LoggedKeyring.from_members, keyrings)))

    def to_bytes(self) -> bytes:
        """The data; the envelope as it is where there is nothing beside it."""
        if not self.keyrings:
            return self.envelope
        keyrings = [item.to_value() for item in self.keyrings]
        return write({"v": _VERSION, "envelope": _write(self.envelope), "keyrings": keyrings})


def _read(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise DocumentError("an envelope of a proof is not base64") from None
    if len(data) > MAX_ENVELOPE:
        raise DocumentError("an envelope of a proof is larger than an envelope may be")
    return data


def _write(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
