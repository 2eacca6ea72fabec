"""Time stamps of a real authority, and every way to forge one."""

from __future__ import annotations

import ssl
import subprocess
import urllib.request
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import InputError, TimestampError
from archive.proof.authority import MAX_RESPONSE, Authority
from archive.proof.timestamp import REASONS, REQUEST_TYPE, make_request, verify_response
from tests.places import program
from tests.proof import authority as real
from tests.proof.logs import head, signed

MESSAGE = signed(head(7))


@frozen
class Stamped:
    """An authority, what is pinned of it, and its answer over `MESSAGE`."""

    authority: real.Authority
    pinned: Authority
    response: bytes
    nonce: int

    @property
    def by_root(self) -> Authority:
        """The root alone pinned."""
        return Authority.from_pem(self.authority.root)


def stamp(authority: real.Authority) -> Stamped:
    """A time stamp over `MESSAGE`."""
    request = make_request(MESSAGE)
    pinned = Authority.from_pem(authority.root, authority.certificate)
    return Stamped(authority, pinned, authority.answer(request.data), request.nonce)


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Stamped:
    """A good time stamp."""
    return stamp(real.make_authority(tmp_path_factory.mktemp("honest") / "tsa"))


def refuse(
    response: bytes, *pinned: Authority, message: bytes = MESSAGE, nonce: int | None = None
) -> str:
    """The reason for which a response is refused."""
    with pytest.raises(TimestampError) as caught:
        verify_response(response, message, pinned, nonce=nonce)
    assert caught.value.reason in REASONS
    return caught.value.reason


def test_a_good_time_stamp(honest: Stamped) -> None:
    """A token of a pinned authority verifies, by root and certificate or by root alone."""
    for pinned in (honest.pinned, honest.by_root):
        for nonce in (honest.nonce, None):
            found = verify_response(honest.response, MESSAGE, [pinned], nonce=nonce)
            assert abs(found.time - real.NOW) < timedelta(hours=1)
            assert found.time.utcoffset() == timedelta(0)
            assert found.accuracy == timedelta(seconds=1, milliseconds=500, microseconds=100)
            assert (found.policy, found.authority) == ("1.2.3.4.1", pinned)
            assert len(found.signer) == 64
    assert honest.authority.accepts(honest.response, MESSAGE)


def test_over_http(honest: Stamped) -> None:
    """The request is one that an authority on the network answers."""
    request = make_request(MESSAGE)
    with real.Server(honest.authority) as server:
        asked = urllib.request.Request(
            server.url, request.data, {"Content-Type": REQUEST_TYPE}, method="POST"
        )
        with urllib.request.urlopen(asked, timeout=20) as answer:
            response = answer.read()
    verify_response(response, MESSAGE, [honest.pinned], nonce=request.nonce)
    assert honest.authority.accepts(response, MESSAGE)


def test_no_authority_is_trusted_by_itself(honest: Stamped) -> None:
    """Without a pinned authority nothing is trusted, whatever is in the token."""
    assert refuse(honest.response) == "untrusted"


def test_one_of_several_authorities_is_enough(honest: Stamped, tmp_path: Path) -> None:
    """A token is tried with each pinned authority, and the result says which it was."""
    other = stamp(real.make_authority(tmp_path / "other"))
    found = verify_response(honest.response, MESSAGE, [other.pinned, honest.pinned])
    assert found.authority == honest.pinned
    assert refuse(honest.response, other.pinned) == "untrusted"


def test_an_attacker_s_root_embedded(honest: Stamped, tmp_path: Path) -> None:
    """A token with the attacker's own certificates in it, named like the real ones, is refused."""
    forged = stamp(real.make_authority(tmp_path / "forger"))
    assert verify_response(forged.response, MESSAGE, [forged.pinned])
    assert refuse(forged.response, honest.pinned) == "untrusted"
    assert refuse(forged.response, honest.by_root) == "untrusted"
    assert not honest.authority.accepts(forged.response, MESSAGE)


def test_a_self_signed_authority(honest: Stamped, tmp_path: Path) -> None:
    """A certificate that signed itself is refused, even when it is pinned beside a real root."""
    forged = stamp(real.make_authority(tmp_path / "self", self_signed=True))
    assert refuse(forged.response, honest.pinned) == "untrusted"
    assert refuse(forged.response, honest.by_root) == "untrusted"
    assert refuse(forged.response, forged.pinned) == "untrusted"
    mixed = Authority.from_pem(honest.authority.root, forged.authority.certificate)
    assert refuse(forged.response, mixed) == "untrusted"
    assert not honest.authority.accepts(forged.response, MESSAGE)


def test_a_wrong_imprint(honest: Stamped) -> None:
    """A token over other bytes is refused."""
    assert refuse(honest.response, honest.pinned, message=MESSAGE + b"x") == "imprint"
    assert not honest.authority.accepts(honest.response, MESSAGE + b"x")


def test_a_wrong_nonce(honest: Stamped) -> None:
    """An answer to another request, so an older one played again, is refused on receipt."""
    again = make_request(MESSAGE)
    assert refuse(honest.response, honest.pinned, nonce=again.nonce) == "nonce"


def test_an_expired_certificate(tmp_path: Path) -> None:
    """A token made after its certificate had expired is refused."""
    late = stamp(real.make_authority(tmp_path / "late", expired=True))
    assert refuse(late.response, late.pinned) == "expired"
    assert refuse(late.response, late.by_root) == "expired"
    assert not late.authority.accepts(late.response, MESSAGE)


def test_an_unsorted_certificate_set(tmp_path: Path) -> None:
    """A token whose certificates are not in DER's order is refused as malformed, with advice."""
    odd = stamp(real.make_authority(tmp_path / "odd", certs=True))
    with pytest.raises(TimestampError, match="DER's order") as caught:
        verify_response(odd.response, MESSAGE, [odd.pinned])
    assert caught.value.reason == "malformed"


@pytest.mark.parametrize("word", ["-sha1", "-sha384", "-sha512"])
def test_another_digest_than_was_asked_for(honest: Stamped, tmp_path: Path, word: str) -> None:
    """A token over another digest of the right bytes is refused: nobody asked for that."""
    (tmp_path / "data").write_bytes(MESSAGE)
    command = [str(program("openssl")), "ts", "-query", "-data", "data", word, "-cert"]
    query = subprocess.run(command, check=True, capture_output=True, cwd=tmp_path).stdout
    assert refuse(honest.authority.answer(query), honest.pinned) == "algorithm"


def test_an_algorithm_swapped_in_place(honest: Stamped) -> None:
    """A token in which SHA-256 was made another algorithm, here or there, is refused."""
    name = bytes.fromhex("0609608648016503040201")
    places = [
        place for place in range(len(honest.response)) if honest.response.startswith(name, place)
    ]
    assert len(places) >= 3
    for place in places:
        for last in (0x02, 0x04, 0x08):
            swapped = bytearray(honest.response)
            swapped[place + len(name) - 1] = last
            reason = refuse(bytes(swapped), honest.by_root)
            assert reason in ("algorithm", "signature", "malformed")


def test_a_weak_signature(tmp_path: Path) -> None:
    """A token signed over SHA-1 is refused, though its imprint is SHA-256."""
    weak = stamp(real.make_authority(tmp_path / "weak", digest="sha1"))
    assert refuse(weak.response, weak.pinned) == "algorithm"


def test_a_signature_that_is_not_the_authority_s(honest: Stamped) -> None:
    """Another time, or another signature, below the pinned certificate is no stranger's token."""
    for mark, place in ((b"\x18\x0f20", 15), (b"", -1)):
        changed = bytearray(honest.response)
        changed[honest.response.find(mark) + place if mark else place] ^= 1
        for pinned in (honest.pinned, honest.by_root):
            assert refuse(bytes(changed), pinned) == "signature"


def test_the_authority_that_came_closest_is_told_of(honest: Stamped, tmp_path: Path) -> None:
    """A token that is bad below a trusted certificate is that, whoever else is trusted too."""
    other = stamp(real.make_authority(tmp_path / "other"))
    changed = bytearray(honest.response)
    changed[-1] ^= 1
    for pinned in ([other.pinned, honest.pinned], [honest.pinned, other.pinned]):
        assert refuse(bytes(changed), *pinned) == "signature"


def test_another_certificate_of_the_same_root(tmp_path: Path) -> None:
    """A token whose signer is not the pinned certificate is refused, even under the right root."""
    one = stamp(real.make_authority(tmp_path / "one"))
    rooted = Authority.from_pem(one.authority.root, one.authority.root)
    assert refuse(one.response, rooted) == "untrusted"


def test_a_refusal(honest: Stamped) -> None:
    """What an authority refuses is said with its own words."""
    with pytest.raises(TimestampError) as caught:
        verify_response(honest.authority.answer(b"rubbish"), MESSAGE, [honest.pinned])
    assert caught.value.reason == "refused"


def test_a_chain_with_an_intermediate(tmp_path: Path) -> None:
    """A signing certificate that an intermediate issued verifies once that one is known."""
    chained = stamp(real.make_authority(tmp_path / "chained", intermediate=True))
    assert refuse(chained.response, chained.pinned) == "untrusted"
    both = chained.authority.certificate + (tmp_path / "chained/intermediate.pem").read_bytes()
    pinned = Authority.from_pem(chained.authority.root, both)
    assert len(pinned.intermediates) == 1
    assert verify_response(chained.response, MESSAGE, [pinned], nonce=chained.nonce)


def test_a_token_without_certificate(honest: Stamped, tmp_path: Path) -> None:
    """A token that does not carry its certificate is refused: we always ask for it."""
    (tmp_path / "data").write_bytes(MESSAGE)
    command = [str(program("openssl")), "ts", "-query", "-data", "data", "-sha256"]
    query = subprocess.run(command, check=True, capture_output=True, cwd=tmp_path).stdout
    assert refuse(honest.authority.answer(query), honest.pinned) == "certificate"


def test_what_is_no_response(honest: Stamped) -> None:
    """Empty, cut, overlong and foreign bytes are refused as malformed."""
    for data in (
        b"",
        b"<html>",
        honest.response[:-1],
        honest.response + b"\0",
        bytes(MAX_RESPONSE + 1),
    ):
        assert refuse(data, honest.pinned) == "malformed"


@pytest.mark.parametrize(
    ("found", "at", "value", "reason", "start", "longest"),
    [
        (b"\x03\x42\x00\x04", 0, 0x99, "malformed", "not a time-stamp response: ", 200),
        (b"\x01\x09\x10\x01\x04", 4, 0xFF, "untrusted", "the time stamp is not trusted: ", 120),
    ],
)
def test_what_a_library_says_is_cut(
    honest: Stamped, found: bytes, at: int, value: int, reason: str, start: str, longest: int
) -> None:
    """What another program says of a response can be long, and is told up to a length."""
    changed = bytearray(honest.response)
    changed[honest.response.rindex(found) + at] = value
    with pytest.raises(TimestampError) as caught:
        verify_response(bytes(changed), MESSAGE, [honest.pinned])
    assert (caught.value.reason, len(caught.value.message)) == (reason, len(start) + longest)
    assert caught.value.message.startswith(start)


@given(st.data())
def test_any_byte_changed(honest: Stamped, data: st.DataObject) -> None:
    """With bytes changed a response is refused for a reason, or it still says the very same."""
    changed = bytearray(honest.response)
    for _ in range(data.draw(st.integers(min_value=1, max_value=3))):
        place = data.draw(st.integers(min_value=0, max_value=len(changed) - 1))
        changed[place] = data.draw(st.integers(min_value=0, max_value=255))
    good = verify_response(honest.response, MESSAGE, [honest.pinned])
    try:
        found = verify_response(bytes(changed), MESSAGE, [honest.pinned])
    except TimestampError:
        return
    assert found == good


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("tag", [0, 3])
def test_a_name_of_an_odd_type(honest: Stamped, tag: int) -> None:
    """A name in the token of a type that no name has is refused, in whichever place it stands."""
    name = b"\x0c\tTest Root"
    assert honest.response.count(name) == 2  # the certificate's issuer, and the signer's
    places = [honest.response.find(name), honest.response.rfind(name)]
    for place in places:
        changed = bytearray(honest.response)
        changed[place] = tag
        assert refuse(bytes(changed), honest.pinned) in ("malformed", "certificate", "untrusted")


@given(st.binary(max_size=200))
def test_any_bytes(honest: Stamped, data: bytes) -> None:
    """Any bytes are refused cleanly."""
    with pytest.raises(TimestampError):
        verify_response(data, MESSAGE, [honest.pinned])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("which", ["root", "certificate"])
def test_any_byte_of_a_pinned_certificate_changed(honest: Stamped, which: str) -> None:
    """What is to be pinned is refused, or can be named; a token then holds or is refused."""
    pems = {"root": honest.authority.root, "certificate": honest.authority.certificate}
    good = ssl.PEM_cert_to_DER_cert(pems[which].decode())
    for place in range(len(good)):
        for value in (0, good[place] ^ 1):
            changed = bytearray(good)
            changed[place] = value
            pems[which] = ssl.DER_cert_to_PEM_cert(bytes(changed)).encode()
            try:
                pinned = Authority.from_pem(pems["root"], pems["certificate"])
            except InputError:
                continue
            assert (len(pinned.fingerprint), isinstance(pinned.name, str)) == (64, True)
            with suppress(TimestampError):
                verify_response(honest.response, MESSAGE, [pinned])
                assert which == "root" or bytes(changed) == good


def test_what_is_no_certificate() -> None:
    """A file to be pinned that is no certificate is an input error."""
    for pem in (b"", b"rubbish", b"-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n"):
        with pytest.raises(InputError):
            Authority.from_pem(pem)
