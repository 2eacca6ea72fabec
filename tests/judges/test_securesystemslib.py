"""securesystemslib, the DSSE library of in-toto and TUF, verifies our envelopes."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey  # type: ignore[attr-defined] # not in its __all__

from tests.collection.press import read_members
from tests.judges.conftest import Judged


def envelopes(path: Path) -> list[bytes]:
    """The blocks of all envelope records."""
    kind = rb"\r\nContent-Type: application/vnd\.in-toto\.capture\+dsse\r\n"
    return [block for head, block in read_members(path) if re.search(kind, head)]


def public_key(judged: Judged) -> SSlibKey:
    """The collection's public key as securesystemslib takes it, from its PEM."""
    [pem] = (judged.path / "keys").iterdir()
    raw = load_pem_public_key(pem.read_bytes()).public_bytes(Encoding.Raw, PublicFormat.Raw)
    keyid = pem.name.removesuffix(".pub.pem")
    return SSlibKey(keyid, "ed25519", "ed25519", {"public": raw.hex()})


def test_every_envelope_is_read_and_verified(judged: Judged) -> None:
    """Each envelope verifies under the public PEM, and its payload is an in-toto Statement."""
    found = envelopes(judged.file)
    assert len(found) == 1 + len(judged.captures)  # the first is the keyring's
    for data in found:
        envelope = Envelope.from_dict(json.loads(data))
        envelope.verify([public_key(judged)], 1)
        assert envelope.payload_type == "application/vnd.in-toto+json"
        statement = json.loads(envelope.payload)
        assert statement["_type"] == "https://in-toto.io/Statement/v1"
        assert statement["subject"]


def test_a_changed_payload_is_refused(judged: Judged) -> None:
    """The same library refuses an envelope in which one word of the payload was changed."""
    members = json.loads(envelopes(judged.file)[1])
    payload = base64.b64decode(members["payload"]).replace(b"captured", b"recorded")
    members["payload"] = base64.b64encode(payload).decode()
    envelope = Envelope.from_dict(members)
    with pytest.raises(VerificationError):
        envelope.verify([public_key(judged)], 1)
