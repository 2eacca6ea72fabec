"""How much content of one file is decoded when looking deep."""

from __future__ import annotations

import gzip
import hashlib

import pytest

from archive.verification import layers
from tests.builders import Builder, Page, check, put_together


def bomb(size: int) -> Page:
    """A page of zeros that stands in a thousandth of its size."""
    content = bytes(size)
    entity = gzip.compress(content)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    return Page(body=entity, head=head, content=content)


def test_deep_stops_decoding_where_contents_pass_the_allowance(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Contents beyond what a file may decode to are left coded: blocks is not checked then."""
    monkeypatch.setattr(layers, "ALLOWED", 1 << 20)
    builder = Builder()
    members = [builder.begin_file()]
    for number in range(4):
        page = bomb(900_000)
        members += builder.capture(f"https://news.example/{number}", page).members
    report = check(put_together(members), whole=True, deep=True)
    assert report.findings == ()
    blocks = report.check("blocks")
    assert blocks.result == "not-checked"
    assert "decode to too much (3)" in (blocks.reason or "")
    required = check(put_together(members), whole=True, deep=True, required=["blocks"])
    assert required.verdict == "incomplete"
    assert check(put_together(members), whole=True).check("blocks").result == "passed"


def test_allowance_counts_what_comes_out_of_every_coding() -> None:
    """A coding inside a coding is paid for too, though little comes out at the end."""
    inner = gzip.compress(b"") * 9000  # 180 kB that decode to nothing
    entity = gzip.compress(inner)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\n"
    for left, undecoded in ((150_000, True), (250_000, False)):
        found = layers.recompute(iter([memoryview(head + entity)]), layers.Allowance(left))
        assert found.undecoded is undecoded
        assert (found.content is None) is undecoded
        assert found.entity == hashlib.sha256(entity).hexdigest()


def test_allowance_grows_with_the_file() -> None:
    """A large file may decode to more than a small one; bytes under no coding cost nothing."""
    allowance = layers.Allowance(0)
    allowance.note_stored(100)
    allowance.note_stored(150)
    assert allowance.left == 150 * layers.ALLOWED_RATIO
    plain = b"HTTP/1.1 200 OK\r\n\r\n" + bytes(10_000)
    found = layers.recompute(iter([memoryview(plain)]), allowance)
    assert found.content == hashlib.sha256(bytes(10_000)).hexdigest()
    assert allowance.left == 150 * layers.ALLOWED_RATIO
