"""A collection verified as its user does: by his keys and pins, against what he has seen of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from archive.collection.verifying import verify_collection
from archive.disk.layout import Layout, read_settings
from archive.log.anchoring import read_anchoring
from archive.user.keystore import Keystore
from archive.user.trusting import gather_trust
from archive.verification import Report

if TYPE_CHECKING:
    from archive.workers.pool import Extractors

__all__ = ["verify_as_user"]


def verify_as_user(
    layout: Layout,
    keystore: Keystore,
    *,
    trust: Sequence[str] = (),
    user_trust: bool = True,
    require: Collection[str] = (),
    deep: bool = False,
    checkpoints: Sequence[str | Path] = (),
    authorities: Sequence[str] = (),
    policy: str | Path | None = None,
    keep: bool = True,
    extractors: Extractors | None = None,
) -> Report:
    """Verify a collection; what can be asked, and what is raised, is as of `Reader.verify`."""
    read_settings(layout)
    anchoring = read_anchoring(
        checkpoints=checkpoints,
        authorities=authorities,
        policy=policy,
        keystore=keystore if user_trust else None,
        keep=keep,
    )
    return verify_collection(
        layout,
        partial(gather_trust, keystore, trust, user_trust=user_trust),
        anchoring=anchoring,
        require=require,
        deep=deep,
        extractors=extractors,
    )
