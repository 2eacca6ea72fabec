"""Other people's files, good and corrupt, and files that are not WARC at all."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.verification import Report, Trust
from archive.verification.reading import NamedSource
from tests.builders import Builder, check, check_sources, put_together, small_file
from tests.places import shared

COLLECTIONS = [
    "corpus/warc/jwarc",
    "corpus/warc/nlevitt-warc",
    "corpus/warc/resiliparse",
    "corpus/warc/warcio",
    "corpus/wacz/js-wacz",
    "corpus/wacz/py-wacz",
]
UNREADABLE = (".bz2", ".lz4", ".arc", ".arc.gz")
# Where our verdict differs from the manifest's word, and why.
EXCEPTIONS = {
    "test.warc": "no record ids, no target URIs, dates that are not UTC: breaks WARC/1.0",
    "test.warc.gz": "the same, and all records in one gzip member",
    "clueweb-quirk.warc.gz": "malformed dates, ids and types; payload digests that do not fit",
    "example-space-in-target-uri.warc.gz": "a space is no part of a URI",
    "example-iana.warc": "one record id stands twice",
}


def load(folder: str) -> list[tuple[Path, str]]:
    """The WARC-like files of a corpus with what its manifest expects."""
    base = shared(folder)
    files = json.loads((base / "MANIFEST.json").read_text())["files"]
    named = [(base / item["file"], item["expected"]) for item in files]
    return [(path, word) for path, word in named if ".warc" in path.name or ".arc" in path.name]


def run(path: Path, *, deep: bool) -> Report:
    """Verify one file with nobody trusted."""
    source = NamedSource(path.name, lambda: path.open("rb"))
    return check_sources([source], Trust(), deep=deep)


@pytest.mark.parametrize("deep", [False, True], ids=["", "deep"])
@pytest.mark.parametrize("folder", COLLECTIONS)
def test_corpus_files_get_the_verdict_their_manifest_expects(folder: str, deep: bool) -> None:
    """Corrupt files fail, good ones do not; every exception is listed with its reason."""
    wrong = {}
    for path, expected in load(folder):
        report = run(path, deep=deep)
        is_bad = expected.startswith("invalid") or path.name.endswith(UNREADABLE)
        if path.name in EXCEPTIONS:
            is_bad = True
        if (report.verdict == "failed") != is_bad or report.ok:
            wrong[path.name] = (expected, report.verdict, report.findings[:3])
    assert not wrong


def test_good_foreign_file_is_unsigned() -> None:
    """A good file without envelopes is checked for framing, headers and blocks: `unsigned`."""
    report = run(shared("corpus/warc/warcio/test/data/example.warc.gz"), deep=False)
    assert report.verdict == "unsigned"
    assert report.exit_code == 4
    results = {item.name: item.result for item in report.checks}
    assert [results[name] for name in ("framing", "headers", "blocks")] == ["passed"] * 3
    assert [results[name] for name in ("signature", "coverage", "sequence")] == ["not-checked"] * 3


def test_foreign_payload_digests_are_checked() -> None:
    """A wrong payload digest of a record that is not ours is found without looking deep."""
    data = gzip.decompress(shared("corpus/warc/warcio/test/data/example.warc.gz").read_bytes())
    found = data.index(b"WARC-Payload-Digest: sha1:") + 26
    changed = data[:found] + (b"A" if data[found : found + 1] != b"A" else b"B") + data[found + 1 :]
    report = check(changed)
    assert [item.message for item in report.findings] == [
        "payload digest is not that of the payload"
    ]


@pytest.mark.parametrize(
    "data",
    [b"BZh91AY&SY", b"\x04\x22\x4d\x18", b"Just text.\n", b"\0", b"<html>", b"PK\3\4"],
    ids=["bz2", "lz4", "text", "zero", "html", "zip"],
)
def test_files_that_are_neither_warc_nor_gzip_are_named_unreadable(data: bytes) -> None:
    """What is no WARC file at all is a framing finding, and the report lists it apart."""
    report = check(data)
    assert report.verdict == "failed"
    assert report.unreadable == ("0",)
    assert [(item.check, item.offset) for item in report.findings] == [("framing", 0)]


def test_file_that_cannot_be_opened_is_a_finding() -> None:
    """A file the system refuses is a finding of that file; the others are still read."""

    def refuse() -> Path:
        raise PermissionError(13, "Permission denied")

    class Broken:
        def read(self, size: int) -> bytes:
            raise OSError(5, "Input/output error")

    good = put_together(small_file())
    sources = [NamedSource("a", refuse), NamedSource("b", Broken)]  # type: ignore[arg-type]
    sources.append(NamedSource("c", opener(good)))
    report = check_sources(sources, Trust())
    assert report.verdict == "failed"
    assert [item.file for item in report.findings] == ["a", "b"]
    assert report.captures == 2


def opener(data: bytes) -> Callable[[], io.BytesIO]:
    """An opener of bytes in memory."""
    return lambda: io.BytesIO(data)


SMALL = put_together(small_file(1))


@given(st.binary(max_size=4000))
def test_random_bytes_never_raise(data: bytes) -> None:
    """Whatever the bytes, there is a report, and it is never a good one."""
    for start in (b"", b"WARC/1.1\r\n", b"\x1f\x8b\x08\0"):
        assert not check(start + data, deep=True).ok


@given(st.binary(max_size=600), st.sampled_from(["", "Content-Length: 5\r\n", "A: b\r\n"]))
def test_random_records_never_raise(data: bytes, line: str) -> None:
    """Random header and block bytes behind a good start never raise."""
    start = b"WARC/1.1\r\nContent-Length: 20\r\n" + line.encode()
    assert not check(gzip.compress(start + data + b"\r\n\r\n"), deep=True).ok


@given(st.lists(st.tuples(st.integers(0), st.binary(max_size=8)), min_size=1, max_size=5))
def test_random_changes_of_a_good_file_never_raise(changes: list[tuple[int, bytes]]) -> None:
    """A good file with bytes replaced, decoded or stored, gives a report and no exception."""
    plain = bytearray(gzip.decompress(SMALL))
    stored = bytearray(SMALL)
    for place, new in changes:
        for data in (plain, stored):
            start = place % len(data)
            data[start : start + len(new)] = new
    for data in (plain, stored):
        report = check(bytes(data), deep=True, whole=True)
        assert report.ok == (not report.findings)


def test_long_run_of_records_without_envelope_is_bounded() -> None:
    """Records beyond what a group may hold are counted, not kept, and are findings of our file."""
    from archive.verification.files import MAX_GROUP
    from archive.verification.tally import MAX_FINDINGS

    builder = Builder()
    group = builder.capture().members[:1] * (MAX_GROUP + 700)
    assert builder.warcinfo is not None
    report = check(put_together([builder.warcinfo, *group]), whole=True)
    assert len(report.findings) == MAX_FINDINGS
    assert report.omitted > 0
    assert report.to_json()["omitted"] == report.omitted
