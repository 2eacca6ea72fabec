"""Signed notes: golden ones, malformed ones, and any bytes at all."""

from __future__ import annotations

import base64

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import DocumentError, IntegrityError, KeyRefusedError
from archive.proof.note import MAX_SIGNATURES, MAX_SIZE, Note, Signature, is_key_name
from archive.proof.signer import NoteSigner, sign_note
from archive.proof.verifier import COSIGNER, ED25519, MLDSA44, Verifier
from tests.proof.logs import LOG, LOG_MLDSA, TIME, WITNESS, WITNESS_MLDSA, head, make_key, signed

# The example in the documentation of Go's golang.org/x/mod/sumdb/note.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SIGNATURE = (
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)
LINE = f"\u2014 PeterNeumann {SIGNATURE}\n"
GOLDEN = f"{TEXT}\n{LINE}".encode()


def test_the_golden_note() -> None:
    """Go's example note is read, verified with its published key, and written again."""
    verifier = Verifier.from_vkey(PETER)
    note = Note.from_bytes(GOLDEN)
    opened = note.open([verifier])
    assert opened.text == TEXT
    assert [item.name for item in opened.verified] == ["PeterNeumann"]
    assert opened.unverified == ()
    assert note.to_bytes() == GOLDEN
    assert verifier.to_vkey() == PETER


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        TEXT,
        LINE,
        f"{TEXT}{LINE}",
        f"{TEXT}\n",
        f"{TEXT}\n{LINE}\n",
        f"{TEXT}\n{LINE[:-1]}",
        f"{TEXT}\n{LINE}x\n",
        f"{TEXT}\n{LINE[1:]}",
        f"{TEXT}\n- PeterNeumann {SIGNATURE}\n",
        f"{TEXT}\n\u2014 PeterNeumann\n",
        f"{TEXT}\n\u2014 PeterNeumann \n",
        f"{TEXT}\n\u2014  {SIGNATURE}\n",
        f"{TEXT}\n\u2014 Peter Neumann {SIGNATURE}\n",
        f"{TEXT}\n\u2014 Peter+Neumann {SIGNATURE}\n",
        f"{TEXT}\n\u2014 Peter\u2003Neumann {SIGNATURE}\n",
        f"{TEXT}\n\u2014 PeterNeumann  {SIGNATURE}\n",
        f"{TEXT}\n\u2014 PeterNeumann {SIGNATURE} \n",
        f"{TEXT}\n\u2014 PeterNeumann {SIGNATURE[:-1]}\n",
        f"{TEXT}\n\u2014 PeterNeumann {SIGNATURE.replace('AM=', 'AN=')}\n",  # stray bits
        f"{TEXT}\n\u2014 PeterNeumann x08gow==\n",
        f"{TEXT}\n\u2014 PeterNeumann {SIGNATURE.replace('/', '_')}\n",
        f"{TEXT}\r\n\n{LINE}",
        f"{TEXT}\tx\n\n{LINE}",
        f"{TEXT}\0\n\n{LINE}",
        f"{TEXT}\n{LINE * (MAX_SIGNATURES + 1)}",
        "x" * MAX_SIZE + f"\n\n{LINE}",
    ],
)
def test_malformed_notes(text: str) -> None:
    """What is not a note to the letter is refused."""
    with pytest.raises(DocumentError):
        Note.from_bytes(text.encode())


def test_notes_are_utf8() -> None:
    """Bytes that are not UTF-8 are refused, and a text in any script is taken."""
    with pytest.raises(DocumentError):
        Note.from_bytes(b"\xff\n\n" + LINE.encode())
    data = sign_note("ed \u00e8 subito sera.\n\nwith an empty line\n", [LOG], TIME)
    assert Note.from_bytes(data).open([LOG.verifier]).text.startswith("ed \u00e8")


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes(data: bytes) -> None:
    """Any bytes are read as a note that is written as them, or refused cleanly."""
    try:
        note = Note.from_bytes(data)
    except DocumentError:
        return
    assert note.to_bytes() == data


@given(st.data())
def test_a_note_with_one_byte_changed(data: st.DataObject) -> None:
    """A note with a byte changed is refused, unless only the name, so an unknown key, changed."""
    place = data.draw(st.integers(min_value=0, max_value=len(GOLDEN) - 1))
    byte = data.draw(st.integers(min_value=0, max_value=255))
    changed = GOLDEN[:place] + bytes([byte]) + GOLDEN[place + 1 :]
    if changed == GOLDEN:
        return
    with pytest.raises((DocumentError, IntegrityError)):
        Note.from_bytes(changed).open([Verifier.from_vkey(PETER)])


def test_unknown_keys_are_ignored_and_kept() -> None:
    """Signatures of unknown keys, also with a known name or a known id, are never verified."""
    other = NoteSigner.for_notes(LOG.verifier.name, make_key("other"))
    real = LOG.sign("text\n", TIME)
    renamed = evolve(real, name="elsewhere.example")
    note = Note("text\n", (other.sign("text\n", TIME), renamed, real, real, renamed))
    opened = Note.from_bytes(note.to_bytes()).open([LOG.verifier])
    assert opened.verified == (real,)
    assert opened.unverified == (note.signatures[0], renamed)
    with pytest.raises(IntegrityError):
        note.open([])


def test_a_wrong_signature_of_a_known_key_refuses_the_note() -> None:
    """One good signature does not save a note on which another known key's is wrong."""
    good, bad = LOG.sign("text\n", TIME), WITNESS.sign(head(3).to_text(), TIME)
    note = Note(head(4).to_text(), (LOG.sign(head(4).to_text(), TIME), bad))
    with pytest.raises(IntegrityError):
        note.open([LOG.verifier, WITNESS.verifier])
    assert note.open([LOG.verifier]).unverified == (bad,)
    with pytest.raises(IntegrityError):
        Note("other text\n", (good,)).open([LOG.verifier])


def test_added_signatures_replace_those_of_their_key() -> None:
    """A key signs a note once: its new signature takes the place of the old."""
    text = head(5).to_text()
    note = Note.from_bytes(signed(head(5))).add([WITNESS.sign(text, TIME)])
    again = note.add([WITNESS.sign(text, TIME + 1)])
    assert len(again.signatures) == 2
    opened = again.open([LOG.verifier, WITNESS.verifier])
    assert WITNESS.verifier.read_time(opened.verified[1].value) == TIME + 1


@pytest.mark.parametrize("signer", [LOG, LOG_MLDSA, WITNESS, WITNESS_MLDSA], ids=str)
def test_every_type_of_signature(signer: NoteSigner) -> None:
    """Each type verifies what it signed, and nothing else: other text, time, name or type."""
    text = head(7).to_text()
    signature = signer.sign(text, TIME)
    verifier = Verifier.from_vkey(signer.verifier.to_vkey())
    assert verifier == signer.verifier
    assert verifier.verify(text, signature.value)
    assert not verifier.verify(head(8).to_text(), signature.value)
    assert not verifier.verify(text, signature.value[:-1])
    assert not verifier.verify(text, b"")
    assert not verifier.verify(text, bytes(8) + b"\xff" * 2420)
    timed = verifier.kind != ED25519
    assert verifier.read_time(signature.value) == (TIME if timed else None)
    if timed:
        moved = (TIME + 1).to_bytes(8, "big") + signature.value[8:]
        assert not verifier.verify(text, moved)
        late = (2**63).to_bytes(8, "big") + signature.value[8:]
        assert not verifier.verify(text, late)
        assert verifier.read_time(late) is None
    other = Verifier.of("other.example", verifier.kind, verifier.raw)
    assert other.verify(text, signature.value) is (verifier.kind != MLDSA44)
    kinds = {ED25519: COSIGNER, COSIGNER: ED25519}
    if verifier.kind in kinds:
        swapped = Verifier.of(verifier.name, kinds[verifier.kind], verifier.raw)
        assert swapped.key_id != verifier.key_id
        assert not swapped.verify(text, signature.value)


def test_cosignatures_are_over_checkpoints_only() -> None:
    """A cosigner signs no other text, and verifies none."""
    for signer in (WITNESS, WITNESS_MLDSA):
        with pytest.raises(DocumentError):
            signer.sign("text\n", TIME)
        assert not signer.verifier.verify("text\n", bytes(8 + 2420))


def test_the_specification_s_ed25519_message() -> None:
    """An Ed25519 cosignature is over the two lines and the text that the specification shows."""
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    signature = WITNESS.sign(text, 1679315147)
    assert signature.value[:8].hex() == "00000000641850cb"
    message = b"cosignature/v1\ntime 1679315147\n" + text.encode()
    assert make_key("w1").public.verify(signature.value[8:], message)


def test_names_too_long_for_mldsa() -> None:
    """A name that does not fit the signed structure is refused, not cut."""
    signer = NoteSigner.for_checkpoints("n" * 256, make_key("w1"))
    assert signer.sign(head(1).to_text(), TIME).value
    long = Verifier.of("n" * 256, MLDSA44, WITNESS_MLDSA.verifier.raw)
    assert not long.verify(head(1).to_text(), bytes(8 + 2420))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a3+",
        PETER.replace("c74f20a3", "c74f20a4"),
        PETER.replace("c74f20a3", "C74F20A3"),
        PETER.replace("Peter", "Piter"),
        PETER + "A",
        PETER.replace("ARpc", "BRpc"),
        PETER.replace("+ARpc", "+ARpd"),
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "a+00000000+" + base64.b64encode(b"\x01" + bytes(32)).decode(),  # small order
        "a+00000000+" + base64.b64encode(b"\x06" + bytes(32)).decode(),
        "a+00000000+" + base64.b64encode(b"\x02" + bytes(32)).decode(),
        "\udcff" + PETER,
    ],
)
def test_malformed_verifier_keys(text: str) -> None:
    """A line that is not a verifier key, or of a key we refuse, is an error."""
    with pytest.raises((DocumentError, KeyRefusedError)):
        Verifier.from_vkey(text)


@given(st.text(st.characters() | st.characters(categories=["Cs"]), max_size=100))
def test_any_verifier_key(text: str) -> None:
    """Any text is refused cleanly as a verifier key."""
    with pytest.raises((DocumentError, KeyRefusedError)):
        Verifier.from_vkey(text)


def test_key_names() -> None:
    """Names are not empty, have no Unicode spaces, no plus, no control characters, no half pair."""
    assert all(map(is_key_name, ("a", "example.com/log", "oid/1.2.3", "\u00fcber.example")))
    assert not any(map(is_key_name, ("", "a b", "a+b", "a\u00a0b", "a\u3000b", "a\u2028", "a\x01")))
    assert not any(map(is_key_name, ("\ud800", "a\udcff", "\udfffa")))


def test_signature_lines() -> None:
    """A line read is the line written."""
    line = LOG.sign("text\n", TIME).to_line()
    assert Signature.from_line(line[:-1]).to_line() == line


def test_private_keys_do_not_show() -> None:
    """Neither a signer nor an ML-DSA key has its secret in its text form."""
    assert "Private" not in repr(LOG) + repr(LOG_MLDSA)
