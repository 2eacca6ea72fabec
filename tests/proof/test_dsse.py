"""Envelopes: the standard's own example, strictness, and an independent verifier."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st
from securesystemslib.dsse import Envelope as OtherEnvelope
from securesystemslib.signer import SSlibKey  # type: ignore[attr-defined] # not in its __all__

from archive import document
from archive.errors import DocumentError
from archive.proof.bounds import MAX_ENVELOPE
from archive.proof.dsse import Envelope, EnvelopeSignature, pae, sign
from tests.builders import KEY, OTHER_KEY

# https://github.com/secure-systems-lab/dsse/blob/master/protocol.md, "Test Vectors".
EXAMPLE = b"""{"payload": "aGVsbG8gd29ybGQ=",
 "payloadType": "http://example.com/HelloWorld",
 "signatures": [{"sig": "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]}"""  # noqa: E501
X = 46950820868899156662930047687818585632848591499744589407958293238635476079160
Y = 5640078356564379163099075877009565129882514886557779369047442380624545832820
_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


def test_standards_own_example() -> None:
    """The example of the DSSE protocol is read, has the published PAE, and its signature fits."""
    envelope = Envelope.from_bytes(EXAMPLE)
    assert envelope.payload == b"hello world"
    message = pae(envelope.payload_type, envelope.payload)
    assert message == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    (signature,) = envelope.signatures
    assert signature.keyid == ""
    key = ec.EllipticCurvePublicNumbers(X, Y, ec.SECP256R1()).public_key()
    numbers = (int.from_bytes(signature.sig[:32], "big"), int.from_bytes(signature.sig[32:], "big"))
    key.verify(encode_dss_signature(*numbers), message, ec.ECDSA(hashes.SHA256()))
    assert not envelope.signed_by(KEY.public)


@given(st.binary(max_size=300), st.text(st.characters(codec="utf-8"), max_size=30))
def test_signed_envelope_round_trips_and_verifies(payload: bytes, kind: str) -> None:
    """What is signed is read back the same, verifies with its key and with no other."""
    envelope = sign(payload, KEY, payload_type=kind)
    assert Envelope.from_bytes(envelope.to_bytes()) == envelope
    assert envelope.signed_by(KEY.public)
    assert not envelope.signed_by(OTHER_KEY.public)


def test_independent_verifier_accepts_an_envelope() -> None:
    """Securesystemslib verifies what we sign, and refuses it under another key."""
    envelope = sign(b'{"a":1}', KEY)
    other = OtherEnvelope.from_dict(document.parse(envelope.to_bytes(), limit=MAX_ENVELOPE))

    def key_of(der_tail: bytes, keyid: str) -> SSlibKey:
        return SSlibKey(keyid, "ed25519", "ed25519", {"public": der_tail.hex()})

    mine = key_of(KEY.public.der[-32:], KEY.public.fingerprint)
    assert other.verify([mine], 1)
    wrong = key_of(OTHER_KEY.public.der[-32:], KEY.public.fingerprint)
    with pytest.raises(Exception, match="signature"):
        other.verify([wrong], 1)


GOOD = sign(b"payload", KEY).to_bytes()
BAD = {
    "not json": b"payload",
    "list": b"[]",
    "no payload": GOOD.replace(b'"payload"', b'"load"'),
    "no type": GOOD.replace(b"payloadType", b"type"),
    "payload no base64": GOOD.replace(b"cGF5bG9hZA==", b"!!!"),
    "payload a number": GOOD.replace(b'"cGF5bG9hZA=="', b"1"),
    "no signatures": b'{"payloadType":"a","payload":"","signatures":[]}',
    "signatures no list": b'{"payloadType":"a","payload":"","signatures":{}}',
    "signature no object": b'{"payloadType":"a","payload":"","signatures":[1]}',
    "no sig": b'{"payloadType":"a","payload":"","signatures":[{"keyid":""}]}',
    "keyid a number": b'{"payloadType":"a","payload":"","signatures":[{"keyid":1,"sig":""}]}',
    "17 signatures": b'{"payloadType":"a","payload":"","signatures":['
    + b",".join([b'{"sig":""}'] * 17)
    + b"]}",
    "member twice": GOOD.replace(b"{", b'{"payload":"",', 1),
    "bom": b"\xef\xbb\xbf" + GOOD,
    "utf-16": GOOD.decode().encode("utf-16"),
    "too large": GOOD + b" " * MAX_ENVELOPE,
    "trailing": GOOD + b"x",
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_envelope_is_refused(name: str) -> None:
    """Bytes that are not strictly an envelope are refused with an error of ours."""
    with pytest.raises(DocumentError):
        Envelope.from_bytes(BAD[name])


@given(st.binary(max_size=200))
def test_random_bytes_are_refused_cleanly(data: bytes) -> None:
    """No bytes raise anything but DocumentError."""
    for given_ in (data, GOOD[: len(data)] + data, GOOD[:60] + data + GOOD[60:]):
        try:
            Envelope.from_bytes(given_)
        except DocumentError:
            continue


def test_an_envelope_has_one_to_sixteen_signatures() -> None:
    """Sixteen signatures are read, none or seventeen are refused."""
    assert len(Envelope.from_bytes(sign(b"{}", *[KEY] * 16).to_bytes()).signatures) == 16
    for number in (0, 17):
        with pytest.raises(DocumentError, match="one to sixteen"):
            Envelope.from_bytes(sign(b"{}", *[KEY] * number).to_bytes())


def test_url_safe_base64_is_read() -> None:
    """DSSE allows both base64 alphabets."""
    payload = b"\xfb\xff\xfe"
    safe = base64.urlsafe_b64encode(payload)
    data = sign(payload, KEY).to_bytes().replace(base64.b64encode(payload), safe)
    assert safe in data
    assert Envelope.from_bytes(data).payload == payload


def _read_both(data: bytes) -> tuple[Envelope | str, Envelope | str]:
    """What an envelope is by its spelling, and as any JSON (a space makes it that)."""
    found: list[Envelope | str] = []
    for text in (data, b" " + data):
        try:
            found.append(Envelope.from_bytes(text))
        except DocumentError as error:
            found.append(error.message)
    return found[0], found[1]


def test_no_changed_byte_makes_spelling_and_parser_differ() -> None:
    """Every byte of an envelope of ours, replaced or left out, is read the same both ways."""
    data = sign(b'{"a":"\xc3\xa9"}', KEY).to_bytes()
    for at in range(len(data) + 1):
        for byte in (b"", b'"', b"\\", b"=", b"-", b"A", b"\n", b"\xff", b'","a":"'):
            changed = data[:at] + byte + data[at + 1 :]
            quick, careful = _read_both(changed)
            if isinstance(quick, Envelope) or " is not strict JSON" not in quick:
                assert quick == careful


@given(_TEXT, st.binary(max_size=30), _TEXT, st.binary(max_size=30))
def test_envelope_is_written_as_json_writes_it(
    kind: str, payload: bytes, keyid: str, sig: bytes
) -> None:
    """The bytes of an envelope are those of its JSON, one line without spaces."""

    def encode(data: bytes) -> str:
        return base64.b64encode(data).decode("ascii")

    wanted = {
        "payloadType": kind,
        "payload": encode(payload),
        "signatures": [{"keyid": keyid, "sig": encode(sig)}],
    }
    envelope = Envelope(kind, payload, (EnvelopeSignature(keyid, sig),))
    assert envelope.to_bytes() == document.write(wanted)
