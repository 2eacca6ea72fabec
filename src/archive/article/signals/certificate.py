"""Whose certificate the server presented: the subject's organisation and names."""

from __future__ import annotations

import warnings

from archive.article.claims import Claim, Claims

__all__ = ["read_chain"]

MOST = 8
LONGEST = 4096
_END = b"-----END CERTIFICATE-----"


def read_chain(chain: bytes) -> Claims:
    """The claims of the first certificate of a chain: its subject's organisation, else its name.

    Args:
        chain: certificates in PEM, the server's own first.

    Returns:
        The claims, their span the certificate's lines in the chain; none where it cannot be read.
    """
    from cryptography import x509  # takes a tenth of a second, and only pages of https need it

    start, end = chain.find(b"-----BEGIN CERTIFICATE-----"), chain.find(_END)
    if not 0 <= start < end:
        return Claims()
    span = (start, end + len(_END))
    try:
        with warnings.catch_warnings():  # of what is odd in it: the claim is what it says
            warnings.simplefilter("ignore")
            subject = x509.load_pem_x509_certificate(chain[slice(*span)]).subject
        values = [
            (term, name, str(attribute.value))
            for term, name, oid in (
                ("publisher", "O", x509.NameOID.ORGANIZATION_NAME),
                ("provider", "CN", x509.NameOID.COMMON_NAME),
            )
            for attribute in subject.get_attributes_for_oid(oid)
        ]
    except (ValueError, KeyError, TypeError, x509.InvalidVersion):  # odd names raise any of them
        return Claims()
    found = (
        Claim(term, value, "tls", f"certificate 1/subject/{name}", span, "parsed", record="tls")
        for term, name, value in values[:MOST]
        if 0 < len(value) <= LONGEST
    )
    return Claims(tuple(found))
