"""Certificates in PEM, those that are pinned."""

from __future__ import annotations

import ssl
import warnings

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from archive.errors import InputError

__all__ = ["read_certificates"]


def read_certificates(pem: bytes) -> list[x509.Certificate]:
    """Certificates that openssl can read too: rfc3161-client panics over others that are pinned.

    Raises:
        InputError: not certificates in PEM.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = x509.load_pem_x509_certificates(pem)
        for certificate in found:
            judge = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            judge.load_verify_locations(cadata=certificate.public_bytes(Encoding.DER))
    except (ValueError, ssl.SSLError, x509.InvalidVersion):
        raise InputError("not certificates in PEM") from None
    return found
