"""A time-stamping authority as a verifier pins it, and how long its responses may be.

What reads certificates is loaded with the first one: many a log has no time stamps.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from attrs import frozen
from cryptography.hazmat.primitives.hashes import SHA256

if TYPE_CHECKING:
    from cryptography import x509

__all__ = ["MAX_RESPONSE", "Authority"]

MAX_RESPONSE = 100_000
"""The most bytes that an authority's response has."""


@frozen
class Authority:
    """What is pinned of one authority.

    Attributes:
        roots: its root certificates.
        certificate: the one that signs its time stamps, or None where only roots are pinned.
        intermediates: certificates between them, where its tokens do not carry them.
    """

    roots: tuple[x509.Certificate, ...]
    certificate: x509.Certificate | None = None
    intermediates: tuple[x509.Certificate, ...] = ()

    @classmethod
    def from_pem(cls, roots: bytes, certificate: bytes | None = None) -> Authority:
        """Read certificates in PEM.

        Args:
            roots: one root or more.
            certificate: the signing certificate; what follows it in the file is intermediates.

        Raises:
            InputError: not certificates in PEM.
        """
        from archive.proof.certificates import read_certificates  # takes a tenth of a second

        signer, *others = [None] if certificate is None else read_certificates(certificate)
        return cls(tuple(read_certificates(roots)), signer, tuple(filter(None, others)))

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the pinned certificate in DER, or of the first root, hexadecimal."""
        return self._first.fingerprint(SHA256()).hex()

    @property
    def name(self) -> str:
        """Whom that certificate names, as RFC 4514 writes it; empty where it cannot be read."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return self._first.subject.rfc4514_string()
            except (ValueError, KeyError, TypeError):
                return ""

    @property
    def _first(self) -> x509.Certificate:
        return self.certificate or self.roots[0]
