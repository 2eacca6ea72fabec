"""What checks 8 to 11 stand on besides the WARC files: the log's files, and what a verifier brings.

Everything is bytes and values: whoever verifies reads them, from a folder or from a server.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from archive.proof.policy import Policy
    from archive.proof.tiles import TileReader
    from archive.proof.timestamp import Authority

__all__ = ["Anchors", "Dated", "Shown", "Stamped", "TrustedAuthority"]


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
    stamps: Sequence[Stamped] = ()
    problems: Sequence[str] = ()
    authorities: Sequence[TrustedAuthority] = ()
    policy: Policy | None = None
    witnessed: Sequence[bytes] = ()


@frozen
class Dated:
    """What one trusted authority has dated.

    Attributes:
        fingerprint: of what is pinned of it: SHA-256 of its certificate, or of its root.
        name: whom that certificate names.
        by: where the trust in it comes from: ``--tsa`` or ``pinned``.
        stamps: how many of its time stamps hold.
        entries: the first of how many envelopes it has dated.
        time: no later than when these were there, UTC.
    """

    fingerprint: str
    name: str
    by: str
    stamps: int
    entries: int
    time: str


@frozen(kw_only=True)
class Shown:
    """What log, time stamps and witnesses show of a collection.

    Attributes:
        origin: the log's name.
        entries: how many envelopes are in the log.
        kept: how many of them are in the largest history that the verifier had seen, 0 for none.
        stamped: how many of them a trusted authority has dated, 0 for none.
        time: no later than when, UTC; None without a trusted time stamp.
        witnesses: the witnesses of the policy that have cosigned.
        quorum: whether they are as many as the policy wants.
        witnessed: the first of how many envelopes such a quorum has cosigned, now or before.
        dated: each trusted authority that has dated any of them, and by what it is trusted.
        all_dated: whether no capture or text came after what was dated at `time`.
    """

    origin: str
    entries: int
    kept: int = 0
    stamped: int = 0
    time: str | None = None
    witnesses: tuple[str, ...] = ()
    quorum: bool = False
    witnessed: int = 0
    dated: tuple[Dated, ...] = ()
    all_dated: bool = False
