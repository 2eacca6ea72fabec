"""Tests of the single checks of a log: each fails, or says why it was not made, for its own reason.

The archiver himself is the attacker: every entry is signed and logged as it should be, and lies.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import archive
from archive.digest import sha256
from archive.disk.layout import Layout, change_setting
from archive.proof.bodies import Body, Heartbeat, Seal, write_body
from archive.proof.checkpoint import Checkpoint, read_checkpoint
from archive.proof.entry import Subject
from archive.proof.keys import PrivateKey
from archive.proof.signer import NoteSigner, sign_note
from archive.store.draft import EntryDraft
from archive.store.log import log_signers
from archive.store.tiles import LogFolder
from archive.store.witnessed import Witnessed
from archive.user.keystore import Keystore
from archive.verification import Report, Trust, keyrings
from archive.verification.anchors import Anchors
from archive.verification.collection import CollectionChecks
from archive.verification.place import Place
from archive.verification.reading import NamedSource
from archive.verification.tally import Tally
from tests.builders import check_sources
from tests.collection.press import START
from tests.proof.logs import make_key
from tests.store import shelf


@pytest.fixture
def press(tmp_path: Path) -> Iterator[archive.Collection]:
    """A collection of a keyring and two captures."""
    with shelf.collection(tmp_path, 2) as made:
        yield made


def told(report: Report) -> list[tuple[str, str]]:
    """The check and message of every finding."""
    return [(finding.check, finding.message) for finding in report.findings]


def log_body(press: archive.Collection, body: Body, also: tuple[PrivateKey, ...] = ()) -> None:
    """Sign and log an entry that says anything."""
    written = write_body(body)
    draft = EntryDraft(kind=written.kind, date=START, subjects=written.subjects, body=written.body)
    shelf.writer(press).append([evolve(draft, also=also)])


def head_file(press: archive.Collection) -> Path:
    """Where the checkpoint lies."""
    return Layout(press.path).log / "checkpoint"


def own_key(press: archive.Collection, tmp_path: Path) -> PrivateKey:
    """The key that signs the collection."""
    return Keystore(tmp_path / "config").load(press.key, lambda: None)


def test_a_checkpoint_without_one_of_the_logs_signatures_fails(press: archive.Collection) -> None:
    """The post-quantum signature taken away, or the other: each key of the keyring must sign."""
    whole = head_file(press).read_bytes()
    text, _, lines = whole.partition(b"\n\n")
    first, second = lines.splitlines(keepends=True)
    for left in (first, second):
        head_file(press).write_bytes(text + b"\n\n" + left)
        assert told(press.verify()) == [
            ("log", "the checkpoint is not signed by every key of the log")
        ]
    head_file(press).write_bytes(whole)
    assert told(press.verify()) == []


def test_the_log_s_keys_may_not_sign_for_another_log(
    press: archive.Collection, tmp_path: Path
) -> None:
    """The right keys under the right names, over a text that begins with another origin."""
    text = read_checkpoint(head_file(press).read_bytes()).to_text()
    signers = log_signers(own_key(press, tmp_path), press.origin)
    other = text.replace(press.origin, "other.example/log")
    head_file(press).write_bytes(sign_note(other, signers[:1], 0))
    assert ("log", "the checkpoint is another log's") in told(press.verify())


def test_a_keyring_has_the_signatures_of_its_keys_only(press: archive.Collection) -> None:
    """A stranger's signature beside those that a keyring needs is told."""
    before = shelf.writer(press).history.latest
    log_body(press, evolve(before, version=2), also=(make_key("stranger"),))
    assert told(press.verify()) == [
        ("signature", "a keyring has signatures besides those of its keys")
    ]


def test_seals_are_held_against_the_files(press: archive.Collection) -> None:
    """Of a file that is not there, and of one whose digest, length or records are others."""
    [path] = Layout(press.path).files()
    for seal in (
        Seal("press-20260101000000-00009.warc.gz", "0" * 64, 100, 2),
        Seal(path.name, "0" * 64, 100, 2),
    ):
        log_body(press, seal)
    assert told(press.verify()) == [
        ("framing", "press-20260101000000-00009.warc.gz, which was sealed, is gone"),
        ("framing", "the file is not what it was when it was sealed"),
    ]


@pytest.mark.parametrize(
    ("captures", "entries", "message"),
    [
        (2, 5, "a heartbeat counts more entries than there were"),
        (3, 4, "a heartbeat counts captures that were not so many: 3, not 2"),
        (1, 4, "a heartbeat counts captures that were not so many: 1, not 2"),
        (2, 2, "a heartbeat counts captures that were not so many: 2, not 1"),
    ],
)
def test_a_heartbeat_counts_what_there_was(
    press: archive.Collection, captures: int, entries: int, message: str
) -> None:
    """No capture more or less than its entries have, no entry more; what is right is right."""
    log_body(press, Heartbeat("0" * 64, 2, 3))
    assert told(press.verify()) == []
    log_body(press, Heartbeat("0" * 64, captures, entries))
    assert told(press.verify()) == [("log", message)]


def test_a_broken_envelope_may_have_been_a_capture(press: archive.Collection) -> None:
    """What a heartbeat counts is not called wrong because of a capture that was damaged."""
    press.log.heartbeat()
    [path] = Layout(press.path).files()
    members = cut(path.read_bytes())
    at = next(n for n, (head, _) in enumerate(members) if b"urn:statement:" in head)
    head, body = members[at]
    members[at] = head, body.replace(b'"payloadType"', b'"payloadtype"')
    path.write_bytes(b"".join(gzip.compress(head + body) for head, body in members))
    found = told(press.verify(keep=False))
    assert found
    assert not [message for _, message in found if "heartbeat" in message]


def cut(data: bytes) -> list[tuple[bytes, bytes]]:
    """The records of a file: each header, and what follows it."""
    found = []
    for record in gzip.decompress(data).split(b"WARC/1.1\r\n")[1:]:
        head, gap, rest = record.partition(b"\r\n\r\n")
        found.append((b"WARC/1.1\r\n" + head + gap, rest))
    return found


def test_a_heartbeat_names_a_checkpoint(press: archive.Collection, tmp_path: Path) -> None:
    """Compared where the checkpoint is at hand, cosigned since or not; else it is not checked."""
    signed = head_file(press).read_bytes()
    signer = NoteSigner.for_checkpoints("a.example", make_key("witness"))
    line = signer.sign(read_checkpoint(signed).to_text(), 1_800_000_000).to_line().encode()
    press.log.heartbeat()
    unchecked = "not checked: digests in heartbeats, of checkpoints that are not at hand (1)"
    check = press.verify(keep=False).check("log")
    assert (check.result, check.reason) == ("passed", unchecked)
    kept = tmp_path / "kept"
    for known in (signed, signed + line):
        kept.write_bytes(known)
        check = press.verify(keep=False, checkpoints=[kept]).check("log")
        assert (check.result, check.reason) == ("passed", None)
    log_body(press, Heartbeat(sha256(signed), 2, 4))
    message = "a heartbeat names a checkpoint that has not as many entries as it says"
    assert told(press.verify(keep=False, checkpoints=[kept])) == [("log", message)]


def test_a_heartbeat_may_not_name_another_history(
    press: archive.Collection, tmp_path: Path
) -> None:
    """A checkpoint of as many entries, signed by the log's keys, with a root of its own."""
    signers = log_signers(own_key(press, tmp_path), press.origin)
    forked = sign_note(Checkpoint(press.origin, 3, bytes(32)).to_text(), signers, 0)
    (tmp_path / "forked").write_bytes(forked)
    log_body(press, Heartbeat(sha256(forked), 2, 3))
    found = told(press.verify(keep=False, checkpoints=[tmp_path / "forked"]))
    assert ("log", "a heartbeat names a checkpoint of another history") in found


def test_a_checkpoint_that_nobody_signed_slanders_no_log(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Anybody can write one in a log's name: not checked, and what else is given still counts."""
    own = log_signers(own_key(press, tmp_path), press.origin)
    forked = Checkpoint(press.origin, 3, bytes(32)).to_text()
    path, seen = tmp_path / "given", tmp_path / "seen"
    seen.write_bytes(head_file(press).read_bytes())
    for signers, result in ((log_signers(make_key("thief"), press.origin), None), (own, "failed")):
        path.write_bytes(sign_note(forked, signers, 0))
        alone = press.verify(keep=False, checkpoints=[path]).check("consistency")
        beside = press.verify(keep=False, checkpoints=[path, seen], require=["consistency"])
        assert alone.result == (result or "not-checked")
        assert beside.check("consistency").result == (result or "passed")
        if result is None:
            assert "no key of this log has signed" in (alone.reason or "")
            assert beside.verdict == "incomplete"


def test_half_a_quorum_is_none(press: archive.Collection, tmp_path: Path) -> None:
    """One of two witnesses has cosigned: not checked, with the name of the one that has."""
    signers = [NoteSigner.for_checkpoints(f"{name}.example", make_key(name)) for name in ("a", "b")]
    head = read_checkpoint(head_file(press).read_bytes())
    text = head.to_text()
    signed = head_file(press).read_text() + signers[0].sign(text, 1_800_000_000).to_line()
    head_file(press).write_text(signed)
    lines = [f"log {key.to_vkey()}\n" for key in press.log.list_keys()]
    lines += [f"witness {s.verifier.name} {s.verifier.to_vkey()}\n" for s in signers]
    policy = tmp_path / "policy"
    for need, result in (("any", "passed"), ("all", "not-checked")):
        policy.write_text("".join(lines) + f"group both {need} a.example b.example\nquorum both\n")
        check = press.verify(policy=policy).check("witness")
        assert check.result == result
    assert "no quorum of the policy has cosigned, only a.example" in (check.reason or "")


def test_what_was_not_checked_says_why(press: archive.Collection, tmp_path: Path) -> None:
    """No policy, no stamp, nothing seen before, no checkpoint, a log that is behind, lost tiles."""

    def reason(name: str) -> str:
        check = press.verify(keep=False).check(name)
        assert (check.result, check.count if name != "log" else 0) == ("not-checked", 0)
        return check.reason or ""

    assert "no policy was given" in reason("witness")
    assert "the log has no time stamps" in reason("timestamp")
    assert "was kept before" in reason("consistency")
    log = Layout(press.path).log
    shutil.copytree(log, tmp_path / "earlier")
    shelf.add_text(press, 5)
    shutil.rmtree(log)
    assert "no checkpoint yet" in reason("log")
    shutil.copytree(tmp_path / "earlier", log)
    assert "not in the log yet" in reason("log")
    shutil.rmtree(log)
    shelf.add_text(press, 6)
    for tile in (log / "tile" / "0" / "000.p").iterdir():
        tile.write_bytes(b"")
    check = press.verify(keep=False).check("log")
    assert (check.result, "missing or damaged" in (check.reason or "")) == ("passed", True)


def one_witness(press: archive.Collection, folder: Path) -> tuple[NoteSigner, Path]:
    """A witness, and a policy for which its cosignature is the quorum of a collection's log."""
    signer = NoteSigner.for_checkpoints("a.example", make_key("witness"))
    logs = "".join(f"log {key.to_vkey()}\n" for key in press.log.list_keys())
    policy = folder / "policy"
    policy.write_text(f"{logs}witness a {signer.verifier.to_vkey()}\nquorum a\n")
    return signer, policy


def test_a_history_that_witnesses_did_not_see_fails_behind_a_quorum(
    press: archive.Collection, tmp_path: Path
) -> None:
    """What was cosigned stays beside the log: cut off or rewritten below it, the check fails."""
    signer, policy = one_witness(press, tmp_path)
    shutil.copytree(press.path, tmp_path / "early")
    shelf.add_text(press, 5)
    signed = head_file(press).read_bytes()
    kept = Witnessed(Layout(press.path).log)
    kept.add(signed)  # as if a witness that the policy does not have had cosigned it
    line = signer.sign(read_checkpoint(signed).to_text(), 1_800_000_000).to_line()
    kept.add(signed + line.encode())
    kept.add(signed)  # what was kept is not lost by that
    shelf.add_text(press, 6)
    report = press.verify(policy=policy, keep=False)
    assert (report.verdict, report.shown and report.shown.witnessed) == ("verified", 4)
    shutil.copytree(Layout(press.path).log / "witnessed", tmp_path / "early/log/witnessed")
    with archive.open(tmp_path / "early") as early:
        report = early.verify(policy=policy, keep=False, trust=[press.key])
    message = "what witnesses have cosigned, 4 entries, is another history"
    assert told(report) == [("witness", message)]
    (tmp_path / "early/log/witnessed/4.checkpoint").write_bytes(bytes(2_000_000))
    with archive.open(tmp_path / "early") as early:
        report = early.verify(policy=policy, keep=False, trust=[press.key])
    assert [check for check, _ in told(report)] == ["log"]


def test_another_history_of_the_length_that_witnesses_saw_fails(
    press: archive.Collection, tmp_path: Path
) -> None:
    """What was cosigned has as many entries as there are, and is not what is there: it fails."""
    signer, policy = one_witness(press, tmp_path)
    head = read_checkpoint(head_file(press).read_bytes())
    for root in (head.root, bytes(32)):
        seen = evolve(head, root=root).to_text()
        log = log_signers(own_key(press, tmp_path), press.origin)
        Witnessed(Layout(press.path).log).add(sign_note(seen, [*log, signer], 1_800_000_000))
        report = press.verify(policy=policy, keep=False)
        if root == head.root:
            assert report.shown is not None
            assert (told(report), report.shown.witnessed) == ([], head.size)
    message = f"what witnesses have cosigned, {head.size} entries, is another history"
    assert told(report) == [("witness", message)]


def test_a_checkpoint_that_no_key_of_the_log_signed_fails(
    press: archive.Collection, tmp_path: Path
) -> None:
    """A stranger's signature, and no checkpoint at all: both are told, under both checks."""
    policy = tmp_path / "policy"
    policy.write_text(f"log {press.log.list_keys()[0].to_vkey()}\nquorum none\n")
    text = read_checkpoint(head_file(press).read_bytes()).to_text()
    stranger = NoteSigner.for_notes(press.origin, make_key("stranger"))
    for data in (sign_note(text, [stranger], 0), b"rubbish\n"):
        head_file(press).write_bytes(data)
        report = press.verify(policy=policy, keep=False)
        assert [check for check, _ in told(report)] == ["log", "witness"]


def test_without_a_log_nothing_is_anchored(tmp_path: Path) -> None:
    """Checks 8, 10 and 11 are not made, and say that nothing anchors the end."""
    with shelf.unlogged(tmp_path, 1) as press:
        report = press.verify(keep=False)
    for name in ("log", "timestamp", "witness"):
        check = report.check(name)
        assert (check.result, check.count) == ("not-checked", 0)
        assert "the end is not anchored" in (check.reason or "")


def test_an_entry_that_is_no_keyring_has_one_signature(press: archive.Collection) -> None:
    """A second signature on another entry fails, even beside the one of the collection's key."""
    log_body(press, Heartbeat("0" * 64, 2, 3), also=(make_key("stranger"),))
    assert ("signature", "envelope has more than one signature") in told(press.verify())


def test_keyrings_are_held_up_to_a_number(
    press: archive.Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A keyring beyond the most that are held is a finding, and is not followed."""
    before = shelf.writer(press).history.latest
    log_body(press, evolve(before, version=2))
    assert told(press.verify()) == []
    monkeypatch.setattr(keyrings, "MAX_KEYRINGS", 1)
    assert told(press.verify()) == [("signature", "the collection has too many keyrings")]


@pytest.mark.parametrize(
    ("kind", "body", "message"),
    [
        (
            "heartbeat",
            {"captures": "two", "entries": 3},
            "heartbeat entry has an ill-typed captures",
        ),
        (
            "heartbeat",
            {"captures": 2},
            "heartbeat entry has no entries",
        ),
        ("seal", {"length": 100}, "seal entry has no records"),
        (
            "timestamp",
            {"authority": "", "time": "today", "checkpoint": {"size": 1, "root": ""}},
            "time of a time stamp is not UTC",
        ),
        ("keyring", {"version": 2}, "keyring entry has no keys"),
    ],
)
def test_an_entry_whose_body_is_not_its_kinds_fails(
    press: archive.Collection, kind: str, body: dict[str, Any], message: str
) -> None:
    """Signed and logged as it should be, and nothing that can be read: the log fails."""
    subjects = (Subject("x.warc.gz", "0" * 64),)
    shelf.writer(press).append([EntryDraft(kind=kind, date=START, subjects=subjects, body=body)])
    assert told(press.verify()) == [("log", message)]


def test_what_was_kept_and_is_no_checkpoint_fails(press: archive.Collection) -> None:
    """A kept checkpoint that cannot be read is a finding: nothing could be compared with it."""
    layout = Layout(press.path)
    kept = [head_file(press).read_bytes(), b"rubbish\n"]
    anchors = Anchors(
        origin=press.origin,
        logged=True,
        checkpoint=kept[0],
        reader=LogFolder(layout.log),
        kept=kept,
    )
    sources = [
        NamedSource(path.name, partial(BytesIO, path.read_bytes())) for path in layout.files()
    ]
    report = check_sources(sources, Trust({press.key: "here"}), whole=True, anchors=anchors)
    assert [check for check, _ in told(report)] == ["consistency"]
    assert report.check("consistency").result == "failed"


def test_an_envelope_too_large_to_be_read_keeps_its_number(press: archive.Collection) -> None:
    """It counts as an entry that no log holds, so that those behind it keep their places."""
    anchors = Anchors(
        origin=press.origin, logged=True, checkpoint=None, reader=LogFolder(Layout(press.path).log)
    )
    watch = CollectionChecks(anchors, Tally())
    watch.take(None, None, Place("a"))
    assert (watch._tree.size, watch._tree.root(1)) == (1, bytes(32))


def test_a_keyring_that_the_one_before_did_not_agree_to_is_told(press: archive.Collection) -> None:
    """A stranger's key alone, which has not signed: told."""
    before = shelf.writer(press).history.latest
    log_body(press, evolve(before, version=2, keys=(make_key("stranger").public,)))
    message = "keyring version 2 is not signed by its own version's threshold"
    assert ("signature", message) in told(press.verify())


@pytest.mark.parametrize("denied", [True, False])
def test_a_log_that_was_taken_away_is_not_no_log(press: archive.Collection, denied: bool) -> None:
    """Whatever the settings say of it: the keyring in the files tells that there was one."""
    layout = Layout(press.path)
    if denied:
        change_setting(layout, "log", False)
    shutil.rmtree(layout.log)
    with archive.open(press.path) as again:
        report = again.verify(trust=[press.key], keep=False)
    assert report.verdict == "incomplete"
    assert "the log has no checkpoint" in (report.check("log").reason or "")


def test_a_checkpoint_beside_settings_without_a_log_is_compared(tmp_path: Path) -> None:
    """Laid there by somebody: it is not passed over, but held against the files."""
    with shelf.collection(tmp_path / "a", 2) as press, shelf.unlogged(tmp_path / "b", 2) as other:
        shutil.copytree(Layout(press.path).log, Layout(other.path).log)
        assert "log" in [check for check, _ in told(other.verify(keep=False))]


def test_a_log_that_has_not_begun_is_expected(tmp_path: Path) -> None:
    """Settings with a log, files without a keyring: the next writer begins it."""
    with shelf.unlogged(tmp_path, 1) as press:
        change_setting(Layout(press.path), "log", True)
    with archive.open(press.path) as again:
        report = again.verify(trust=[press.key], keep=False)
    assert report.verdict == "incomplete"
    assert "the log has no checkpoint" in (report.check("log").reason or "")
