"""Tests of `archive.digest`: labelled digests in every spelling that archives use."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import digest

SIZES = {"md5": 16, "sha1": 20, "sha256": 32, "sha384": 48, "sha512": 64}
LABELS = st.sampled_from(["md5", "sha1", "SHA-1", "sha256", "sha-256", "SHA384", "sha-512"])


def test_ours_is_sha256_in_lower_case_hexadecimal() -> None:
    """The digest we write for the three bytes of FIPS 180-2's example is spelled as WARC wants."""
    value = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest.sha256(b"abc") == value
    assert str(digest.of(b"abc")) == "sha256:" + value


@pytest.mark.parametrize(
    "text",
    [
        "sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A",
        "sha1:b2ltwwpuoyah7uipq7zupq4vmbsvc36a",
        "SHA1:0E973B59F476007FD10F87F347C395606551 6FC0".replace(" ", ""),
        "sha-1:0e973b59f476007fd10f87f347c3956065516fc0",
        " sha1 : B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A ",
    ],
)
def test_sha1_is_read_in_base32_and_hexadecimal(text: str) -> None:
    """The SHA-1 of WARC/1.1's own kind is the same digest in either alphabet and either case."""
    found = digest.parse(text)
    assert found is not None
    assert str(found) == "sha1:0e973b59f476007fd10f87f347c3956065516fc0"


@given(algorithm=st.sampled_from(sorted(SIZES)), data=st.binary(max_size=50))
def test_every_spelling_of_a_digest_is_the_same_digest(algorithm: str, data: bytes) -> None:
    """Hexadecimal and base32, padded or bare, upper or lower case, read alike."""
    raw = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    padded = base64.b32encode(raw).decode()
    spellings = [raw.hex(), raw.hex().upper(), padded, padded.lower(), padded.rstrip("=")]
    for spelling in spellings:
        assert digest.parse(f"{algorithm}:{spelling}") == digest.Digest(algorithm, raw)


@given(algorithm=st.sampled_from(sorted(SIZES)), data=st.binary(max_size=50))
def test_the_hasher_computes_the_digest_it_came_from(algorithm: str, data: bytes) -> None:
    """A read digest can be checked with the hash object that it gives."""
    raw = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    found = digest.parse(f"{algorithm}:{raw.hex()}")
    assert found is not None
    hasher = found.hasher()
    hasher.update(data)
    assert hasher.digest() == found.value


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":",
        "sha256",
        "sha256:",
        "sha1:",
        "crc32:00000000",
        "sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36",
        "sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36AA",
        "sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC361",
        "sha1:0e973b59f476007fd10f87f347c3956065516fc",
        "sha256:0e973b59f476007fd10f87f347c3956065516fc0",
        "sha1:0e 73b59f476007fd10f87f347c3956065516fc0",
        "sha1:ge973b59f476007fd10f87f347c3956065516fc0",
        "sha256:" + "=" * 64,
        "sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A========",
        "sha1:0e973b59f476007fd10f87f347c3956065516fc0=",
    ],
)
def test_what_is_not_a_digest_is_none(text: str) -> None:
    """An unknown algorithm, a wrong length or a foreign letter gives None, not an error."""
    assert digest.parse(text) is None


def test_md5_in_padded_base32_is_not_mistaken_for_hexadecimal() -> None:
    """The 32 characters of a padded base32 MD5 are as many as its hexadecimal digits."""
    assert str(digest.parse("md5:2QOYZWMPACZAJ2MABGMOZ6CCPY======")) == (
        "md5:d41d8cd98f00b204e9800998ecf8427e"
    )


def test_letters_that_only_become_ascii_in_upper_case_are_refused() -> None:
    """A dotless i and a long s are no base32 letters, though `str.upper` makes I and S of them."""
    assert digest.parse("sha1:" + "i" * 32) is not None
    assert digest.parse("sha1:" + "ı" * 32) is None
    assert digest.parse("sha1:" + "ſ" * 32) is None


@given(label=LABELS | st.text(max_size=8), value=st.text(max_size=140))
def test_any_text_gives_a_digest_of_the_right_length_or_none(label: str, value: str) -> None:
    """`parse` never raises, and what it gives has the length of its algorithm."""
    found = digest.parse(f"{label}:{value}")
    assert found is None or len(found.value) == SIZES[found.algorithm]
