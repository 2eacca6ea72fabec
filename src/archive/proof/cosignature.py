r"""What cosignatures sign (https://c2sp.org/tlog-cosignature), and how they carry their time.

A cosignature is a note's signature over a checkpoint whose value is a ``timestamped_signature``:
the time in seconds since 1970 as 8 bytes big-endian, then the signature. Ed25519 (type 0x04) signs
two lines and the checkpoint's text::

    cosignature/v1
    time <seconds, decimal>
    <the text, whole>

ML-DSA-44 (type 0x06) signs a structure (TLS presentation language, RFC 8446 section 3)::

    "subtree/v1\n\0"                  12 bytes
    cosigner's name                    1 byte of length, then the name
    time                               8 bytes
    the log's origin                   1 byte of length, then the origin
    first leaf, 0 for a checkpoint     8 bytes
    end: the number of leaves          8 bytes
    root                               32 bytes

so that it says nothing of extension lines. A time of 0 says that the cosigner does not claim the
tree to be the largest that it has seen.
"""

from __future__ import annotations

from archive.errors import DocumentError
from archive.proof.checkpoint import Checkpoint

__all__ = ["TIME_SIZE", "join", "split", "write_lines", "write_structure"]

TIME_SIZE = 8
_LABEL = b"subtree/v1\n\x00"
_LATEST = 2**63 - 1


def write_lines(text: str, time: int) -> bytes:
    """The message that an Ed25519 cosigner signs.

    Args:
        text: the checkpoint's text.
        time: seconds since 1970.
    """
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def write_structure(name: str, checkpoint: Checkpoint, time: int) -> bytes:
    """The message that an ML-DSA-44 cosigner signs.

    Args:
        name: the cosigner's.
        checkpoint: what it signs.
        time: seconds since 1970, or 0.

    Raises:
        DocumentError: a name longer than 255 bytes.
    """
    return b"".join(
        (
            _LABEL,
            _write_name(name),
            time.to_bytes(8, "big"),
            _write_name(checkpoint.origin),
            (0).to_bytes(8, "big"),
            checkpoint.size.to_bytes(8, "big"),
            checkpoint.root,
        )
    )


def join(time: int, signature: bytes) -> bytes:
    """A ``timestamped_signature``."""
    return time.to_bytes(TIME_SIZE, "big") + signature


def split(value: bytes) -> tuple[int, bytes] | None:
    """Time and signature of a ``timestamped_signature``; None when the time cannot be."""
    time = int.from_bytes(value[:TIME_SIZE], "big")
    return (time, value[TIME_SIZE:]) if len(value) > TIME_SIZE and time <= _LATEST else None


def _write_name(name: str) -> bytes:
    raw = name.encode()
    if not 0 < len(raw) < 256:
        raise DocumentError("a name under an ML-DSA-44 signature has 1 to 255 bytes")
    return bytes([len(raw)]) + raw
