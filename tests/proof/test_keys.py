"""Ed25519 keys against Wycheproof and CCTV, refused keys, and PEM forms."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from archive.errors import KeyRefusedError
from archive.proof.keys import PrivateKey, PublicKey
from tests.builders import KEY
from tests.places import program, shared

PREFIX = bytes.fromhex("302a300506032b6570032100")


def load(raw: bytes) -> PublicKey:
    """A raw public key."""
    return PublicKey.from_der(PREFIX + raw)


def test_wycheproof_signatures() -> None:
    """Every Wycheproof vector gets the result it expects; none of its keys is refused."""
    path = shared("vectors/wycheproof/testvectors_v1/ed25519_test.json")
    checked = 0
    for group in json.loads(path.read_text())["testGroups"]:
        key = PublicKey.from_der(bytes.fromhex(group["publicKeyDer"]))
        assert key == PublicKey.from_pem(group["publicKeyPem"].encode())
        for test in group["tests"]:
            signature, message = bytes.fromhex(test["sig"]), bytes.fromhex(test["msg"])
            assert key.verify(signature, message) == (test["result"] == "valid"), test["tcId"]
            checked += 1
    assert checked > 100


def test_cctv_refuses_small_order_and_non_canonical_keys() -> None:
    """Exactly the CCTV keys that are of small order or not canonical are refused on load."""
    vectors = json.loads(shared("vectors/cctv-ed25519/ed25519/ed25519vectors.json").read_text())
    refused = {"low_order_A", "non_canonical_A"}
    for vector in vectors:
        raw = bytes.fromhex(vector["key"])
        if refused & set(vector["flags"] or ()):
            with pytest.raises(KeyRefusedError):
                load(raw)
        else:
            load(raw)


ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7


@pytest.mark.parametrize("sign", [0, 1 << 255])
@pytest.mark.parametrize("y", [0, 1, ORDER_8, 2**255 - 19 - ORDER_8, 2**255 - 20])
def test_points_whose_order_divides_8_are_refused(y: int, sign: int) -> None:
    """Each of the eight points of small order is no key, whichever sign its x is written with."""
    with pytest.raises(KeyRefusedError):
        load((y | sign).to_bytes(32, "little"))


@pytest.mark.parametrize(
    "data", [b"", b"x", PREFIX, PREFIX + b"\0" * 31, PREFIX + b"\x02" * 33, b"\0" * 44]
)
def test_what_is_no_key_is_refused(data: bytes) -> None:
    """Bytes that are no Ed25519 public key are refused with an error of ours, DER or PEM."""
    with pytest.raises(KeyRefusedError):
        PublicKey.from_der(data)
    with pytest.raises(KeyRefusedError):
        PublicKey.from_pem(data)


def test_a_key_for_another_use_of_as_many_bytes_is_refused() -> None:
    """An X25519 key in DER has the length of an Ed25519 key, and its bytes may be one's."""
    key = PrivateKey.generate(lambda size: b"k" * size).public
    x25519 = bytes.fromhex("302a300506032b656e032100")
    assert len(x25519 + key.der[-32:]) == len(key.der)
    with pytest.raises(KeyRefusedError):
        PublicKey.from_der(x25519 + key.der[-32:])


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_raw_key_of_another_length_is_refused(size: int) -> None:
    """What has not 32 bytes is no key, and that is said as for any other."""
    with pytest.raises(KeyRefusedError, match="32 bytes"):
        PublicKey.from_raw(bytes(size))


def test_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    """An elliptic-curve key is no Ed25519 key, public or private."""
    private = tmp_path / "ec.pem"
    openssl = str(program("openssl"))
    subprocess.run(
        [
            openssl,
            "genpkey",
            "-algorithm",
            "EC",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-out",
            str(private),
        ],
        check=True,
    )
    public = subprocess.run(
        [openssl, "pkey", "-in", str(private), "-pubout"], check=True, capture_output=True
    ).stdout
    with pytest.raises(KeyRefusedError):
        PublicKey.from_pem(public)
    with pytest.raises(KeyRefusedError):
        PrivateKey.from_pem(private.read_bytes())


def test_openssl_prints_the_fingerprint_and_verifies(tmp_path: Path) -> None:
    """The fingerprint is SHA-256 of the DER that openssl writes; openssl verifies a signature."""
    openssl = str(program("openssl"))
    (tmp_path / "pub.pem").write_bytes(KEY.public.to_pem())
    (tmp_path / "message").write_bytes(b"message")
    (tmp_path / "signature").write_bytes(KEY.sign(b"message"))
    der = subprocess.run(
        [openssl, "pkey", "-pubin", "-in", "pub.pem", "-outform", "DER"],
        check=True,
        capture_output=True,
        cwd=tmp_path,
    ).stdout
    assert hashlib.sha256(der).hexdigest() == KEY.public.fingerprint
    subprocess.run(
        [
            openssl,
            "pkeyutl",
            "-verify",
            "-rawin",
            "-pubin",
            "-inkey",
            "pub.pem",
            "-in",
            "message",
            "-sigfile",
            "signature",
        ],
        check=True,
        cwd=tmp_path,
    )


def test_private_key_round_trips_through_pem() -> None:
    """A private key comes back from PEM, plain and encrypted, and only with its passphrase."""
    assert PrivateKey.from_pem(KEY.to_pem()).public == KEY.public
    locked = KEY.to_pem(b"secret")
    assert PrivateKey.from_pem(locked, b"secret").public == KEY.public
    assert PrivateKey.from_pem(KEY.to_pem(), b"needless").public == KEY.public
    for wrong in (None, b"", b"other"):
        with pytest.raises(KeyRefusedError):
            PrivateKey.from_pem(locked, wrong)


@pytest.mark.parametrize("data", [b"", b"junk", b"-----BEGIN PRIVATE KEY-----\n", b"OPENSSH"])
def test_what_is_no_private_key_is_refused(data: bytes) -> None:
    """Bytes that are no private key are refused, with and without passphrase."""
    for passphrase in (None, b"secret"):
        with pytest.raises(KeyRefusedError):
            PrivateKey.from_pem(data, passphrase)


def test_an_ed25519_key_under_another_s_number_is_refused() -> None:
    """A key whose bytes were changed to say X25519, X448 or Ed448, is refused, as is any other."""
    lines = KEY.to_pem().decode().splitlines()
    for last in (b"n", b"o", b"q"):
        der = base64.b64decode(lines[1]).replace(b"\x06\x03\x2b\x65p", b"\x06\x03\x2b\x65" + last)
        pem = "\n".join([lines[0], base64.b64encode(der).decode(), lines[2], ""]).encode()
        with pytest.raises(KeyRefusedError):
            PrivateKey.from_pem(pem)


def test_text_forms_never_show_the_private_key() -> None:
    """Printing a key shows nothing secret."""
    secret = b"\x01" * 32
    assert secret.hex() not in repr(KEY)
    assert "Private" not in repr(KEY).replace("PrivateKey(", "", 1)
