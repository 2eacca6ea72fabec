"""warcio, FastWARC, cdxj-indexer, wacz and zcat on files that we wrote."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from archive.collection import verify_files
from archive.user.keystore import Keystore
from archive.user.trusting import gather_trust
from archive.verification import Trust
from tests.capture.settings import LOCAL
from tests.collection.press import check_verified, open_press, read_members
from tests.http.streams import CUTS, GOOD, PROTOCOL_ERRORS
from tests.judges.conftest import Judged
from tests.places import judge, program
from tests.servers import OddServer


def run(*command: object) -> str:
    """Run a judge, insist that it accepts, and give what it printed."""
    words = [str(part) for part in command]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def judge_file(path: Path, folder: Path) -> None:
    """Insist that every judge of single files reads a file, and finds what zlib finds."""
    members = read_members(path)
    checked = run(judge("warcio"), "check", "-v", path)
    revisits = sum(b"\r\nWARC-Type: revisit\r\n" in head for head, _ in members)
    assert checked.count("digest pass") == len(members) - revisits
    assert checked.count("digest present but not checked (revisit)") == revisits
    details = folder / "details"
    run(judge("fastwarc"), "check", "-q", "-o", details, path)
    assert details.read_text().count("OK") >= len(members)
    index = run(judge("cdxj-indexer"), path)
    lines = [json.loads(line.split(" ", 2)[2]) for line in index.splitlines()]
    data = path.read_bytes()
    for line in lines:
        start, length = int(line["offset"]), int(line["length"])
        head = gzip.decompress(data[start : start + length])
        assert f"\r\nWARC-Target-URI: {line['url']}\r\n".encode() in head
    types = Counter(re.findall(rb"\r\nWARC-Type: (\w+)\r\n", b"".join(head for head, _ in members)))
    assert len(lines) == len(members) - types[b"warcinfo"] - types[b"request"]


def test_the_judges_accept_every_kind_of_capture(judged: Judged, tmp_path: Path) -> None:
    """New, unchanged, changed, coded, redirected, failed, imported: each record is accepted."""
    judge_file(judged.file, tmp_path)


def test_the_judges_accept_odd_wires(odd_server: OddServer, tmp_path: Path) -> None:
    """A file that holds every odd answer byte for byte is accepted by every judge."""
    wires = [sent for sent, _ in GOOD.values()]
    wires += [*PROTOCOL_ERRORS.values(), *CUTS.values()]
    with open_press(tmp_path) as press:
        for number, sent in enumerate(wires):
            press.add(odd_server.set(f"/odd/{number}", sent), LOCAL)
        check_verified(press)
        [file] = (press.path / "warc").iterdir()
    judge_file(file, tmp_path)


def test_payload_digests_hold(judged: Judged) -> None:
    """FastWARC finds every payload digest of a response right (its -p misjudges resources)."""
    code = """
import sys
from fastwarc.warc import ArchiveIterator, WarcRecordType
count = 0
for record in ArchiveIterator(open(sys.argv[1], "rb"), record_types=WarcRecordType.response):
    if record.headers.get("WARC-Payload-Digest"):
        assert record.verify_payload_digest(), record.record_id
        count += 1
print(count)
"""
    printed = run(judge("python"), "-c", code, judged.file)
    heads = [head for head, _ in read_members(judged.file) if b"\r\nWARC-Type: response" in head]
    assert int(printed) == sum(b"\r\nWARC-Payload-Digest: " in head for head in heads) > 5


@pytest.mark.parametrize("how", ["recompressed", "unpacked", "zcat"])
def test_copies_still_verify(judged: Judged, tmp_path: Path, how: str) -> None:
    """A file that FastWARC recompressed or unpacked, or zcat did, verifies like our own."""
    copy = tmp_path / ("copy.warc.gz" if how == "recompressed" else "copy.warc")
    if how == "zcat":
        with open(copy, "wb") as file:
            subprocess.run([program("zcat"), judged.file], stdout=file, check=True)
    else:
        coding = "gzip" if how == "recompressed" else "uncompressed"
        run(judge("fastwarc"), "recompress", "-q", "-c", coding, judged.file, copy)
    assert copy.read_bytes() != judged.file.read_bytes()
    for path in (judged.file, copy):
        report = verify_files([path], trust_of(judged), deep=True)
        assert report.findings == ()
        assert report.verdict == "verified"
        assert report.captures == len(judged.captures)


def test_what_warcio_rewrites_is_found(judged: Judged, tmp_path: Path) -> None:
    """`warcio recompress` adds digest fields to headers: that is found, and nothing else is."""
    copy = tmp_path / "copy.warc.gz"
    run(judge("warcio"), "recompress", judged.file, copy)
    report = verify_files([copy], trust_of(judged), deep=True)
    assert report.verdict == "failed"
    failed = {check.name for check in report.checks if check.result == "failed"}
    assert failed == {"headers"}
    added = [f for f in report.findings if "WARC-Payload-Digest does not belong" in f.message]
    assert added


def trust_of(judged: Judged) -> Trust:
    """The trust of the user who made the collection."""
    return gather_trust(Keystore(judged.root / "config"))


def test_wacz_packs_it(judged: Judged, tmp_path: Path) -> None:
    """`wacz create` packs the file, with its bytes unchanged, and `wacz validate` accepts it."""
    package = tmp_path / "press.wacz"
    url = next(iter(judged.captures)).url
    run(judge("wacz"), "create", "-o", package, "--url", url, judged.file)
    run(judge("wacz"), "validate", "-f", package)
    with zipfile.ZipFile(package) as archive:
        assert archive.read(f"archive/{judged.file.name}") == judged.file.read_bytes()
        pages = archive.read("pages/pages.jsonl").decode()
    assert url in pages
