"""What checks 8 to 11 stand on besides the WARC files: the log's files, and what a verifier brings.

Everything is bytes and values: whoever verifies reads them, from a folder or from a server.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from archive.proof.authority import Authority
from archive.proof.tiles import TileReader

if TYPE_CHECKING:
    from archive.proof.policy import Policy

__all__ = ["Anchors", "Stamped", "TrustedAuthority"]


@frozen
class Stamped:
    """A time stamp beside a log.

    Attributes:
        name: of the response, below the log's folder.
        signed: the signed checkpoint that it is said to be over.
        response: as it was received.
    """

    name: str
    signed: bytes
    response: bytes


@frozen
class TrustedAuthority:
    """A time-stamping authority that the verifier trusts.

    Attributes:
        authority: what is pinned of it.
        by: where the trust comes from: ``--tsa`` or ``pinned``.
    """

    authority: Authority
    by: str


@frozen(kw_only=True)
class Anchors:
    """A collection's log, and what it is held against.

    Attributes:
        origin: the log's name, as the collection's settings say.
        logged: whether the settings say that there is a log.
        checkpoint: the signed checkpoint, read before the WARC files were measured; None without.
        reader: gives the log's tiles.
        kept: signed checkpoints of this log that the verifier has seen before, and believes.
        given: signed checkpoints that the verifier brings: one counts if the log's keys signed it.
        stamps: the time stamps beside the log.
        problems: what of the log's files could not be read, in words.
        authorities: the time-stamping authorities that the verifier trusts.
        policy: which witnesses the verifier wants to have cosigned, or None.
        witnessed: earlier checkpoints that were cosigned, the largest first.
    """

    origin: str
    logged: bool
    checkpoint: bytes | None
    reader: TileReader
    kept: Sequence[bytes] = ()
    given: Sequence[bytes] = ()
    stamps: Sequence[Stamped] = ()
    problems: Sequence[str] = ()
    authorities: Sequence[TrustedAuthority] = ()
    policy: Policy | None = None
    witnessed: Sequence[bytes] = ()
