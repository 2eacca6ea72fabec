"""Time stamps (RFC 3161): an authority signs that it has seen a digest, and when.

The request has the SHA-256 of some bytes (of a checkpoint, here) and a nonce; the response has a
status and a token, which is a CMS SignedData (RFC 5652) around a TSTInfo: digest, nonce, serial
number, and the time, ``genTime``. It is stored whole, as it was received (``.tsr``), and can be
checked with ``openssl ts -verify -in x.tsr -data checkpoint -CAfile root.pem``.

Nothing inside a token is trusted. A verifier pins an authority's root, and where he can its signing
certificate too; then a token holds when

- its status is *granted*, and it is over SHA-256 of the very bytes, asked for with this nonce;
- it is signed with SHA-2, by a certificate that is in it, is for time stamps and nothing else says
  so but that certificate (a critical extended key usage, RFC 3161 section 2.3), and is the pinned
  one;
- that certificate leads to the pinned root, all of them valid at ``genTime``: what has expired
  since does no harm, which is why a token is worth keeping.

A pinned signing certificate is never a root: the chain is verified without it first. Revocation is
not looked up: there is no network here. The name of the signature's algorithm in the token is not
signed itself; openssl, which does the verifying, goes by the certificate's key.

ASN.1, CMS and certificates are read by rfc3161-client and cryptography. The nonce, 64 bits, is made
by rfc3161-client, which takes no randomness from outside.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Sequence
from datetime import datetime, timedelta

from attrs import field, frozen
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from archive.errors import ArchiveError, TimestampError
from archive.proof.authority import MAX_RESPONSE, Authority

__all__ = [
    "REASONS",
    "REQUEST_TYPE",
    "StampRequest",
    "Timestamp",
    "make_request",
    "verify_response",
]

REQUEST_TYPE = "application/timestamp-query"
REASONS = (
    "malformed",  # not a response, or not in DER
    "refused",  # the authority says no
    "algorithm",  # a digest or a signature of another algorithm than SHA-2, or than was asked for
    "imprint",  # over other bytes
    "nonce",  # an answer to another request
    "certificate",  # none in it, or not for time stamps
    "expired",  # the certificate was not valid at the time that the token says
    "signature",  # the pinned authority's certificate, but not its signature over this
    "untrusted",  # not the pinned certificate, or it does not lead to a pinned root
)
"""Why a response may be refused: for all but the last it is bad, whoever is trusted."""
_SHA256 = "2.16.840.1.101.3.4.2.1"
_SHA2 = {_SHA256, "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"}


@frozen
class StampRequest:
    """A request as it is sent, and the nonce that its answer must have."""

    data: bytes
    nonce: int


@frozen
class Timestamp:
    """What a verified token says.

    Attributes:
        time: when the authority says that it saw the digest, UTC.
        accuracy: how far off the time may be, or None where it does not say.
        serial: the token's number.
        policy: the authority's policy, dotted.
        signer: SHA-256 of the signing certificate in DER, hexadecimal.
        authority: which of the pinned authorities it is.
    """

    time: datetime
    accuracy: timedelta | None
    serial: int
    policy: str
    signer: str
    authority: Authority = field(repr=False)


def make_request(message: bytes) -> StampRequest:
    """A request for a time stamp over `message`, with a nonce, and for the certificate too."""
    builder = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256)
    request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    if request.nonce is None:
        raise ArchiveError("rfc3161-client made a request without a nonce")
    return StampRequest(request.as_bytes(), request.nonce)


def verify_response(
    data: bytes, message: bytes, authorities: Sequence[Authority], *, nonce: int | None = None
) -> Timestamp:
    """Verify a response against pinned authorities, at the time that it says.

    Args:
        data: the response, DER, as it was received.
        message: the bytes that it must be over.
        authorities: those that are trusted; one that fits is enough.
        nonce: the request's, when the response has just been received; None later.

    Raises:
        TimestampError: it proves nothing; `reason` says why, for the authority that came closest.
    """
    response = _decode(data)
    _check_content(response, message, nonce)
    signer = _find_signer(response)
    found = []
    for authority in authorities:
        try:
            return _verify(response, message, signer, authority)
        except TimestampError as error:
            found.append(error)
    none = TimestampError("no time-stamping authority is trusted", reason="untrusted")
    raise min(found, key=lambda error: REASONS.index(error.reason), default=none)


def _decode(data: bytes) -> TimeStampResponse:
    if len(data) > MAX_RESPONSE:
        raise TimestampError(f"response is larger than {MAX_RESPONSE} bytes", reason="malformed")
    try:
        response = decode_timestamp_response(data)
        status = response.status
        if status != 0:
            said = "; ".join(map(str, response.status_string))[:200]
            message = f"the authority did not grant a time stamp (status {status}): {said!r}"
            raise TimestampError(message, reason="refused")
        response.tst_info  # noqa: B018 the token is read only when it is asked for
        response.signed_data  # noqa: B018
    except ValueError as error:
        hint = None
        if "InvalidSetOrdering" in str(error):
            hint = "its certificates are not in DER's order; ask the authority to send one only"
        message = f"not a time-stamp response: {str(error)[:200]}"
        raise TimestampError(message, reason="malformed", hint=hint) from None
    return response


def _check_content(response: TimeStampResponse, message: bytes, nonce: int | None) -> None:
    """What the token is over; that it is signed at all is checked afterwards."""
    info = response.tst_info
    digests = {oid.dotted_string for oid in response.signed_data.digest_algorithms}
    if info.message_imprint.hash_algorithm.dotted_string != _SHA256 or not digests <= _SHA2:
        raise TimestampError("the time stamp is not over SHA-256", reason="algorithm")
    if info.message_imprint.message != hashlib.sha256(message).digest():
        raise TimestampError("the time stamp is over other bytes", reason="imprint")
    if nonce is not None and info.nonce != nonce:
        raise TimestampError("the time stamp answers another request", reason="nonce")


def _verify(
    response: TimeStampResponse, message: bytes, signer: x509.Certificate, authority: Authority
) -> Timestamp:
    info = response.tst_info
    if authority.certificate is not None and signer != authority.certificate:
        raise TimestampError("not signed with the pinned certificate", reason="untrusted")
    builder = VerifierBuilder(roots=[*authority.roots], intermediates=[*authority.intermediates])
    try:
        builder.build().verify_message(response, message)
    except (VerificationError, ValueError) as error:
        raise _explain(error) from None
    return Timestamp(
        time=info.gen_time,
        accuracy=_read_accuracy(response),
        serial=info.serial_number,
        policy=info.policy.dotted_string,
        signer=signer.fingerprint(SHA256()).hex(),
        authority=authority,
    )


def _find_signer(response: TimeStampResponse) -> x509.Certificate:
    """The certificate in the token that its one signer names; still to be verified."""
    signed = response.signed_data
    infos = list(signed.signer_infos)
    try:
        with warnings.catch_warnings():  # of odd numbers and names: they are not the pinned ones
            warnings.simplefilter("ignore")
            certificates = [x509.load_der_x509_certificate(item) for item in signed.certificates]
            for certificate in certificates if len(infos) == 1 else []:
                named = (infos[0].issuer, infos[0].serial_number)
                if (certificate.issuer, certificate.serial_number) == named:
                    return _check_span(certificate, response.tst_info.gen_time)
    except (ValueError, KeyError, TypeError, x509.InvalidVersion):  # what odd names raise when read
        raise TimestampError("a certificate in the token is broken", reason="malformed") from None
    raise TimestampError("the token has not its signer's certificate", reason="certificate")


def _check_span(certificate: x509.Certificate, time: datetime) -> x509.Certificate:
    if not certificate.not_valid_before_utc <= time <= certificate.not_valid_after_utc:
        text = "the signing certificate was not valid at the time that the token says"
        raise TimestampError(text, reason="expired")
    return certificate


def _read_accuracy(response: TimeStampResponse) -> timedelta | None:
    accuracy = response.tst_info.accuracy
    if not accuracy:  # it may be left out
        return None
    return timedelta(
        seconds=accuracy.seconds,
        milliseconds=accuracy.millis or 0,
        microseconds=accuracy.micros or 0,
    )


def _explain(error: Exception) -> TimestampError:
    """Why rfc3161-client refuses a token; openssl verifies the chain first, then the signature."""
    text = str(error)
    _, chain, rest = text.partition("Verify error: ")
    if chain:
        said = rest.partition('"')[0]
        return TimestampError(f"the time stamp is not trusted: {said}", reason="untrusted")
    if "signature failure" in text:
        message = "the time stamp's signature is wrong: changed, or made with another key"
        return TimestampError(message, reason="signature")
    reason = "certificate" if "EKU" in text else "untrusted"
    return TimestampError(f"the time stamp is not trusted: {text[:120]}", reason=reason)
