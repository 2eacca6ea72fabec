"""Tests of following a log: growth is told, and what contradicts what was seen is found."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import archive
from archive.errors import DocumentError, InputError, IntegrityError, KeyRefusedError
from archive.log.following import Follower, LoggedEntry
from archive.log.published import open_source
from archive.proof.checkpoint import read_checkpoint
from archive.proof.keys import PublicKey
from archive.proof.merkle import hash_leaf
from archive.proof.signer import NoteSigner, sign_note
from archive.proof.tiles import read_bundle, write_bundle
from archive.proof.verifier import ED25519, Verifier
from archive.store.log import Log, log_signers
from archive.store.tiles import LogFolder
from archive.user.checkpoints import FollowedSources, KeptCheckpoints
from archive.user.keystore import Keystore
from archive.user.trusting import gather_log_keys
from tests.collection.press import Clock
from tests.servers import Nginx
from tests.store import shelf


@pytest.fixture
def press(tmp_path: Path) -> Iterator[archive.Collection]:
    """A collection of a keyring and three captures."""
    with shelf.collection(tmp_path, 3) as made:
        yield made


@pytest.fixture
def follower(press: archive.Collection, tmp_path: Path) -> Iterator[Follower]:
    """Follows the copy that `publish` makes."""
    press.log.publish(tmp_path / "copy", entries=True)
    with open_source(str(tmp_path / "copy")) as source:
        yield follow(source, tmp_path)


def follow(source: object, tmp_path: Path, state: str = "state") -> Follower:
    """A follower who trusts the collection's key, with a memory of his own."""
    keys = gather_log_keys(Keystore(tmp_path / "config"))
    folder = tmp_path / state
    kept, followed = KeptCheckpoints(folder / "kept"), FollowedSources(folder / "followed")
    return Follower(source, keys, kept, followed)  # type: ignore[arg-type]


def list_signed(
    press: archive.Collection, tmp_path: Path, entries: list[bytes]
) -> list[LoggedEntry]:
    """What a follower lists of a log that the collection's key signed over any entries."""
    folder = tmp_path / "copy"
    key = Keystore(tmp_path / "config").load(press.key, lambda: None)
    log = Log(LogFolder(folder), press.origin, log_signers(key, press.origin), int)
    log.append(log.load(), [hash_leaf(entry) for entry in entries])
    bundle = folder / "tile" / "entries" / "000.p" / str(len(entries))
    bundle.parent.mkdir(parents=True)
    bundle.write_bytes(write_bundle(entries))
    with open_source(str(folder)) as source:
        follower = follow(source, tmp_path)
        return list(follower.list(follower.look(), 0))


def publish(press: archive.Collection, folder: Path, *numbers: int) -> None:
    """Add captures, and publish the log."""
    for number in numbers:
        shelf.add_text(press, number)
    press.log.publish(folder, entries=True)


def forge(tmp_path: Path, key: str, numbers: range) -> archive.Collection:
    """Another history of the same name and key, by somebody who forgets what it signed."""
    clock, keys = Clock(), Keystore(tmp_path / "forger")
    shutil.copytree(tmp_path / "config" / "keys", tmp_path / "forger" / "keys", dirs_exist_ok=True)
    folder = tmp_path / "forged" / "press"
    origin = archive.open(tmp_path / "press").origin
    archive.create(folder, origin=origin, key=key, keystore=keys)
    made = archive.open(folder, keystore=keys, effects=clock.effects, extracting=False)
    for number in numbers:
        shelf.add_text(made, number)
    return made


def test_growth_is_told_entry_by_entry(
    follower: Follower, press: archive.Collection, tmp_path: Path
) -> None:
    """First, the same, grown; the entries that are new are told with what they say."""
    first = follower.look()
    assert (first.verdict, first.head.size, first.before) == ("first", 4, None)
    follower.keep(first)
    assert follower.look().verdict == "same"
    publish(press, tmp_path / "copy", 7)
    press.log.heartbeat()
    publish(press, tmp_path / "copy", 8)
    grown = follower.look()
    assert (grown.verdict, grown.before, grown.head.size) == ("grown", 4, 7)
    listed = list(follower.list(grown, 4))
    captures = list(press.captures())
    assert [entry.kind for entry in listed] == ["capture", "heartbeat", "capture"]
    assert listed[0] == LoggedEntry(
        4, "capture", captures[3].row.date, captures[3].url, "captured", trusted=True
    )
    assert all(entry.trusted and entry.problem is None for entry in listed)
    follower.keep(grown)
    assert follower.look().verdict == "same"


def test_a_log_of_many_tiles_over_http(
    press: archive.Collection, tmp_path: Path, nginx: Nginx
) -> None:
    """A log of more than one tile and bundle is followed on a web server, as in a collection."""
    folder = nginx.root / "followed"
    press.log.publish(folder, entries=True)
    with (
        open_source(f"{nginx.http}/followed/") as server,
        open_source(str(press.path)) as own,
    ):
        far, near = follow(server, tmp_path, "far"), follow(own, tmp_path, "near")
        for follower in (far, near):
            follower.keep(follower.look())
        clock = Clock()
        clock.advance(60)
        shelf.writer(press).commit([shelf.draft_text(number, clock) for number in range(256)])
        press.log.publish(folder, entries=True)
        looks = [follower.look() for follower in (far, near)]
        assert [look.verdict for look in looks] == ["grown", "grown"]
        lists = [list(one.list(look, 0)) for one, look in zip((far, near), looks, strict=True)]
    assert lists[0] == lists[1]
    assert [entry.index for entry in lists[0]] == list(range(260))
    assert {entry.problem for entry in lists[0]} == {None}


def test_entries_that_are_not_published_are_not_told(
    press: archive.Collection, tmp_path: Path
) -> None:
    """With checkpoint and tiles alone growth is checked, and no entry is given."""
    press.log.publish(tmp_path / "copy")
    with open_source(str(tmp_path / "copy")) as source:
        follower = follow(source, tmp_path)
        look = follower.look()
        assert look.verdict == "first"
        assert list(follower.list(look, 0)) == []


def test_less_than_was_shown_before_is_backwards(
    follower: Follower, press: archive.Collection, tmp_path: Path
) -> None:
    """A source that has less than it had has gone backwards, however often it is looked at."""
    shutil.copytree(tmp_path / "copy", tmp_path / "earlier")
    publish(press, tmp_path / "copy", 7)
    follower.keep(follower.look())
    shutil.rmtree(tmp_path / "copy")
    (tmp_path / "earlier").rename(tmp_path / "copy")
    for _ in range(2):
        look = follower.look()
        assert look.verdict == "backwards"
        with pytest.raises(ValueError, match="backwards"):
            follower.keep(look)
    seen, shown = follower.keep_evidence(look)
    assert (seen.read_bytes(), shown.read_bytes()) == (look.seen, look.signed)
    assert seen.read_bytes() == press.log.checkpoint()


@pytest.mark.parametrize("more", [3, 6])
def test_another_history_is_sideways(follower: Follower, tmp_path: Path, more: int) -> None:
    """A fork by the same key, as long or longer, is found, here and by who verified elsewhere."""
    with archive.open(tmp_path / "press") as press:
        key = press.key
    follower.keep(follower.look())
    with forge(tmp_path, key, range(20, 20 + more)) as forged:
        forged.log.publish(tmp_path / "elsewhere", entries=True)
        forged.log.publish(tmp_path / "copy", entries=True)
    assert follower.look().verdict == "sideways"
    with open_source(str(tmp_path / "elsewhere")) as source:
        other = follow(source, tmp_path)
        assert other.look().verdict == "sideways"
        assert follow(source, tmp_path, "nobody").look().verdict == "first"


def test_less_than_was_seen_elsewhere_is_behind(
    follower: Follower, press: archive.Collection, tmp_path: Path
) -> None:
    """A copy that is older than what was seen elsewhere is neither fine nor proved to be false."""
    shelf.add_text(press, 7)
    with open_source(str(press.path)) as source:
        own = follow(source, tmp_path)
        own.keep(own.look())
    behind = follower.look()
    assert (behind.verdict, behind.seen) == ("behind", press.log.checkpoint())
    follower.keep(behind)
    assert follower.kept.load(press.origin) == press.log.checkpoint()
    assert follower.look().verdict == "behind"
    publish(press, tmp_path / "copy", 8)
    grown = follower.look()
    assert (grown.verdict, grown.before) == ("grown", 4)


def test_what_a_source_is_held_to_is_told(
    follower: Follower, press: archive.Collection, tmp_path: Path
) -> None:
    """What the same source showed last goes before what was seen elsewhere; without it, that."""
    with open_source(str(press.path)) as source:
        own = follow(source, tmp_path)
        own.keep(own.look())
    assert follower.look().seen == press.log.checkpoint()
    follower.keep(follower.look())
    shown = follower.followed.load(follower.source.name)
    publish(press, tmp_path / "copy", 7)
    with open_source(str(tmp_path / "copy")) as source:
        other = follow(source, tmp_path)
        other.kept.keep(press.origin, press.log.checkpoint())
        assert other.look().seen == shown


def test_another_log_in_the_place_of_one(follower: Follower, tmp_path: Path) -> None:
    """A source that shows a log of another name, signed with the same key, is told."""
    follower.keep(follower.look())
    with archive.open(tmp_path / "press") as press:
        key = press.key
    keys = Keystore(tmp_path / "config")
    archive.create(tmp_path / "new", origin="fresh.example/log", key=key, keystore=keys)
    with archive.open(tmp_path / "new", keystore=keys, extracting=False) as fresh:
        shelf.add_text(fresh, 1)
        fresh.log.publish(tmp_path / "copy", entries=True)
    assert follower.look().verdict == "renamed"


def test_who_signs_must_be_trusted(follower: Follower, tmp_path: Path) -> None:
    """No key, another's, or one that signs under another name than the log's: not believed."""
    stranger = Keystore(tmp_path / "strange")
    stranger.create(lambda size: bytes([7]) * size)
    [own] = follower.keys
    assert isinstance(own, PublicKey)
    misnamed = Verifier.of("elsewhere.example", ED25519, own.der[-32:])
    text = read_checkpoint((tmp_path / "copy" / "checkpoint").read_bytes()).to_text()
    private = Keystore(tmp_path / "config").load(own.fingerprint, lambda: None)
    signer = NoteSigner.for_notes("elsewhere.example", private)
    (tmp_path / "copy" / "checkpoint").write_bytes(sign_note(text, [signer], 0))
    for keys in ([], gather_log_keys(stranger), [misnamed], [own]):
        other = Follower(follower.source, keys, follower.kept, follower.followed)
        with pytest.raises(IntegrityError, match="no known key"):
            other.look()


def test_keys_are_named_in_several_ways(press: archive.Collection, tmp_path: Path) -> None:
    """A PEM file, a fingerprint, a verifier key and a file of such name the same log's keys."""
    keystore = Keystore(tmp_path / "config")
    [pem] = (tmp_path / "config" / "keys").glob("*.pub.pem")
    vkeys = [key.to_vkey() for key in press.log.list_keys()]
    lines = tmp_path / "keys.txt"
    lines.write_text("".join(f"key          {vkey}\n" for vkey in vkeys))
    for named in ([str(pem)], [press.key], vkeys[:1], vkeys[1:], [str(lines)]):
        keys = gather_log_keys(keystore, named, user_trust=False)
        with open_source(str(press.path)) as source:
            state = KeptCheckpoints(tmp_path / "k"), FollowedSources(tmp_path / "f")
            assert Follower(source, keys, *state).look().verdict == "first"
    assert gather_log_keys(keystore, user_trust=False) == []
    (tmp_path / "empty").write_text("\n")
    long = "no+00000000+" + "A" * 2000  # longer than a file's name can be, as a key by ML-DSA is
    for wrong in ("a" * 64, str(tmp_path / "none"), str(tmp_path / "empty"), "no+such+key", long):
        with pytest.raises((DocumentError, InputError, KeyRefusedError)):
            gather_log_keys(keystore, [wrong])


def test_tiles_that_are_not_the_logs_are_refused(follower: Follower, tmp_path: Path) -> None:
    """Tiles that are gone or have another root than the checkpoint are never taken for it."""
    [tile] = (tmp_path / "copy" / "tile" / "0" / "000.p").iterdir()
    good = tile.read_bytes()
    tile.write_bytes(good[::-1])
    with pytest.raises(IntegrityError):
        follower.look()
    tile.unlink()
    with pytest.raises(InputError):
        follower.look()
    shutil.rmtree(tmp_path / "copy")
    (tmp_path / "copy").mkdir()
    with pytest.raises(InputError, match="no checkpoint"):
        follower.look()


def test_an_entry_that_is_not_the_trees_is_refused(follower: Follower, tmp_path: Path) -> None:
    """An entry published in the place of another, or one too few, is an error and not told."""
    [bundle] = (tmp_path / "copy" / "tile" / "entries" / "000.p").iterdir()
    entries = read_bundle(bundle.read_bytes(), 4)
    bundle.write_bytes(write_bundle([entries[0], entries[2], entries[1], entries[3]]))
    look = follower.look()
    with pytest.raises(IntegrityError, match="entry 1 "):
        list(follower.list(look, 0))
    bundle.write_bytes(write_bundle(entries[:3]))
    with (
        open_source(str(tmp_path / "copy")) as source,
        pytest.raises(DocumentError),
    ):
        list(follow(source, tmp_path).list(look, 0))


def test_entries_that_do_not_belong_together_are_wrong(
    press: archive.Collection, tmp_path: Path
) -> None:
    """A log that was signed over swapped, edited and unreadable entries says so of each."""
    entries = [press.log.read_entry(index) for index in range(4)]
    edited = entries[3].replace(b'"sig":"', b'"sig":"AAAA', 1)
    listed = list_signed(press, tmp_path, [entries[0], entries[2], b"rubbish", edited])
    assert [entry.problem is None for entry in listed] == [True, False, False, False]
    assert listed[1].problem == "it says that it is number 2"
    assert (listed[2].kind, listed[3].trusted) == (None, False)
    assert listed[3].problem == "it is not signed by the key that it names"


def test_an_entry_of_another_history_does_not_follow(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Signed by the same key and rightly numbered, but behind another entry: told as wrong."""
    with forge(tmp_path, press.key, range(2)) as forged:
        mixed = [press.log.read_entry(0), forged.log.read_entry(1)]
    listed = list_signed(press, tmp_path, mixed)
    assert [entry.trusted for entry in listed] == [True, True]
    assert [entry.problem for entry in listed] == [None, "it does not follow the entry before it"]
