"""Tests that the committed fixtures are what their script makes, and say what they should."""

from __future__ import annotations

import importlib.util
import json
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest

from archive.article import extract
from archive.collection import open_collection, verify_collection
from archive.disk.layout import Layout
from archive.index.groups import Group, read_groups
from archive.log.anchoring import Anchoring
from archive.proof.dsse import Envelope
from archive.proof.keys import PublicKey
from archive.proof.statement import CaptureStatement
from archive.user.keystore import Keystore
from archive.user.trusting import gather_trust
from archive.verification import Report
from archive.warc.reader import RecordReader
from tests.builders import check
from tests.places import ROOT

_FIXTURES = ROOT / "fixtures"
_GOLDEN = _FIXTURES / "golden"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """`fixtures/make.py` as a module."""
    spec = importlib.util.spec_from_file_location("make_fixtures", _FIXTURES / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _records(path: Path) -> list[tuple[bytes, bytes]]:
    """Header and block of every record: what does not depend on the compressor."""
    with open(path, "rb") as file:
        reader = RecordReader(file)
        return [(record.head, reader.read_block(1 << 24)) for record in reader]


def _lines(path: Path) -> list[str]:
    """A checkpoint without its ML-DSA signature, which is another one each time."""
    *lines, last = path.read_text().splitlines()
    assert len(last) > 2420
    return lines


def _made(folder: Path) -> dict[str, Path]:
    parts = ("golden", "press", "tampered")
    files = (path for part in parts for path in (folder / part).rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path for path in files}


def test_the_script_makes_what_is_committed(script: ModuleType, tmp_path: Path) -> None:
    """The same files come out, byte for byte; of WARC files the same records."""
    script.make(tmp_path)
    made, kept = _made(tmp_path), _made(_FIXTURES)
    assert set(made) == set(kept)
    for name, path in made.items():
        if name.endswith(".warc.gz"):
            assert _records(path) == _records(kept[name]), name
        elif path.name == "checkpoint":
            assert _lines(path) == _lines(kept[name]), name
        else:
            assert path.read_bytes() == kept[name].read_bytes(), name


def test_the_golden_envelope_is_read_and_written_alike() -> None:
    """Envelope and statement come back to the same bytes, and the signature is the key's."""
    data = (_GOLDEN / "envelope.json").read_bytes()
    envelope = Envelope.from_bytes(data)
    key = PublicKey.from_pem((_GOLDEN / "key.pub.pem").read_bytes())
    assert envelope.to_bytes() == data
    assert envelope.payload == (_GOLDEN / "statement.json").read_bytes()
    assert envelope.signed_by(key)
    statement = CaptureStatement.from_bytes(envelope.payload)
    assert statement.to_bytes() == envelope.payload
    assert statement.signer.public_key == key.der


def _check(name: str, keys: Path) -> Report:
    trust = gather_trust(Keystore(keys), [str(_GOLDEN / "key.pub.pem")])
    return verify_collection(Layout(_FIXTURES / name), trust, anchoring=Anchoring(), deep=True)


def test_the_collection_verifies_and_its_copy_does_not(tmp_path: Path) -> None:
    """The fixture is verified to the last layer; of the tampered copy one record is found."""
    assert _check("press", tmp_path).verdict == "verified"
    forged = _check("tampered", tmp_path)
    assert forged.verdict == "failed"
    assert forged.check("log").result == "passed"  # the statements are as they were
    found = {finding.check for finding in forged.findings}
    assert found - {"text"} == {"headers", "blocks"}  # the extractor may be another one here
    assert len({finding.record or finding.capture for finding in forged.findings}) <= 2
    assert {finding.capture for finding in forged.findings} == {
        "6118e63d-8433-4f1f-8f6d-c9f78a8f573a"
    }


def test_the_golden_group_of_an_odd_answer_verifies() -> None:
    """Its informational head is a record, its oddities are named, and its layers verify."""
    with open(_GOLDEN / "wire.warc.gz", "rb") as file:
        found = list(read_groups(file, base=0, where="wire", everything=True))
    [group] = [one for one in found if isinstance(one, Group)]
    assert group.statement.to_bytes() == (_GOLDEN / "wire-statement.json").read_bytes()
    assert [item.role for item in group.statement.records[:2]] == ["response", "interim"]
    [hop] = json.loads(group.block("outcome") or b"")["hops"]
    assert hop["framing"] == "length"
    odd = {"version", "status-blanks", "bad-name", "space-before-colon"}
    assert set(hop["oddities"]) == odd
    report = check((_GOLDEN / "wire.warc.gz").read_bytes(), deep=True)
    assert [check.name for check in report.checks if check.result == "failed"] == []
    assert report.check("blocks").result == "passed"


def test_the_collection_holds_one_of_each(tmp_path: Path) -> None:
    """A page, unchanged, changed, imported, failed: the kinds of captures there are."""
    with open_collection(_FIXTURES / "press", keystore=Keystore(tmp_path)) as press:
        kinds = [(c.outcome, c.grade, c.reason) for c in press.captures()]
    assert kinds == [
        ("captured", "wire", None),
        ("unchanged", "wire", None),
        ("captured", "wire", None),
        ("captured", "text", None),
        ("failed", "wire", "dns"),
    ]


def test_the_fixtures_text_is_what_the_named_extractor_finds(script: ModuleType) -> None:
    """The text in the fixture is not invented: the extractor that it names finds it, by the rules
    of now as by those that it was made with.
    """
    if version("trafilatura") != script.EXTRACTOR.version:
        pytest.skip(f"trafilatura is not {script.EXTRACTOR.version}")
    for words in (script.FIRST, script.SECOND):
        found = extract(script.write_page(words), "text/html; charset=utf-8", script.URL)
        assert found.text == script.write_article(words)
        made_by, named = found.extractor, script.EXTRACTOR
        assert made_by is not None
        assert (made_by.name, made_by.version) == (named.name, named.version)
