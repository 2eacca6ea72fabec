"""Dead Simple Signing Envelopes (DSSE 1.0, https://github.com/secure-systems-lab/dsse).

The envelope is JSON; what is signed is the pre-authentication encoding of the payload's exact
bytes, so that nothing is ever canonicalised::

    PAE(type, body) = "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body

with lengths in ASCII decimal bytes. An envelope is stored exactly as it was signed, and its
payload is parsed only from verified bytes.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from attrs import frozen

from archive import document
from archive.errors import DocumentError
from archive.proof.bounds import MAX_ENVELOPE
from archive.proof.keys import PrivateKey, PublicKey

__all__ = ["PAYLOAD_TYPE", "Envelope", "EnvelopeSignature", "pae", "sign"]

PAYLOAD_TYPE = "application/vnd.in-toto+json"
_MAX_SIGNATURES = 16
# An envelope as `to_bytes` writes it, with one signature: then there is nothing to parse.
_SPELLED = re.compile(
    rb'\{"payloadType":"([a-z0-9.+/\-]*)","payload":"([A-Za-z0-9+/=]*)",'
    rb'"signatures":\[\{"keyid":"([0-9a-f]*)","sig":"([A-Za-z0-9+/=]*)"\}\]\}'
)


@frozen
class EnvelopeSignature:
    """One signature; `keyid` is a hint only and never decides anything."""

    keyid: str
    sig: bytes


@frozen
class Envelope:
    """A payload, its type, and the signatures over both."""

    payload_type: str
    payload: bytes
    signatures: tuple[EnvelopeSignature, ...]

    @classmethod
    def from_bytes(cls, data: bytes) -> Envelope:
        """Read an envelope strictly.

        Raises:
            DocumentError: too large, not strict JSON, or not an envelope.
        """
        spelled = _SPELLED.fullmatch(data) if len(data) <= MAX_ENVELOPE else None
        if spelled is not None:
            kind, payload, keyid, sig = (part.decode("ascii") for part in spelled.groups())
            signature = EnvelopeSignature(keyid, _decode(sig, "sig"))
            return cls(kind, _decode(payload, "payload"), (signature,))
        value = document.parse(data, limit=MAX_ENVELOPE, what="envelope")
        if not isinstance(value, dict):
            raise DocumentError("envelope is not an object")
        listed = value.get("signatures")
        if not isinstance(listed, list) or not 0 < len(listed) <= _MAX_SIGNATURES:
            raise DocumentError("envelope has no list of one to sixteen signatures")
        signatures = tuple(_read_signature(item) for item in listed)
        return cls(_text(value, "payloadType"), _binary(value, "payload"), signatures)

    def to_bytes(self) -> bytes:
        """The envelope as it is stored: one line of JSON."""
        signatures = [
            b'{"keyid":%b,"sig":"%b"}' % (document.write(item.keyid), base64.b64encode(item.sig))
            for item in self.signatures
        ]
        return b'{"payloadType":%b,"payload":"%b","signatures":[%b]}' % (
            document.write(self.payload_type),
            base64.b64encode(self.payload),
            b",".join(signatures),
        )

    def signed_by(self, key: PublicKey) -> bool:
        """Whether any of the signatures is this key's over type and payload."""
        message = pae(self.payload_type, self.payload)
        return any(key.verify(signature.sig, message) for signature in self.signatures)


def pae(payload_type: str, payload: bytes) -> bytes:
    """The bytes that are signed (DSSE protocol, "EnvelopeSignature Definition")."""
    kind = payload_type.encode("utf-8")
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def sign(payload: bytes, *keys: PrivateKey, payload_type: str = PAYLOAD_TYPE) -> Envelope:
    """An envelope around `payload`, signed by one key or, of a keyring, by several."""
    message = pae(payload_type, payload)
    signatures = tuple(EnvelopeSignature(key.public.fingerprint, key.sign(message)) for key in keys)
    return Envelope(payload_type, payload, signatures)


def _read_signature(value: Any) -> EnvelopeSignature:
    if not isinstance(value, dict):
        raise DocumentError("signature is not an object")
    keyid = value.get("keyid", "")
    if not isinstance(keyid, str):
        raise DocumentError("keyid is not a string")
    return EnvelopeSignature(keyid, _binary(value, "sig"))


def _text(value: dict[str, Any], name: str) -> str:
    text = value.get(name)
    if not isinstance(text, str):
        raise DocumentError(f"envelope has no {name}")
    return text


def _binary(value: dict[str, Any], name: str) -> bytes:
    """Standard or URL-safe base64, either of which DSSE allows; nothing else in between."""
    return _decode(_text(value, name), name)


def _decode(text: str, name: str) -> bytes:
    try:
        return base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except (ValueError, binascii.Error):
        raise DocumentError(f"{name} is not base64") from None
