"""Checks 8 to 11, and which keys were valid when: a collection against its log.

The envelopes' leaf hashes are taken in the order in which the files hold them; the rest is done
when all have come. The tree over them is what is compared: with the log's checkpoint (8), with
what the verifier kept of the log (9), with what authorities dated (10). So a log that is gone or
made anew hides nothing that the verifier, an authority or a witness has seen.

Kept are 38 bytes an envelope.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

from archive.digest import sha256
from archive.errors import (
    ArchiveError,
    DocumentError,
    InputError,
    IntegrityError,
    KeyRefusedError,
)
from archive.proof.bodies import Heartbeat, Seal, TimestampEntry, read_body
from archive.proof.checkpoint import Checkpoint, open_checkpoint, read_checkpoint
from archive.proof.dsse import Envelope
from archive.proof.entry import EntryStatement
from archive.proof.keyring import Keyring, KeyringHistory
from archive.proof.keys import PublicKey
from archive.proof.merkle import HASH_SIZE, Frontier, hash_leaf
from archive.proof.policy import Policy
from archive.proof.statement import CaptureStatement
from archive.proof.tiles import Edge, TiledLog
from archive.proof.verifier import ED25519, Verifier, raw_key
from archive.verification.anchors import Anchors
from archive.verification.dating import judge_stamps, summarize
from archive.verification.heartbeats import Heartbeats
from archive.verification.place import Place
from archive.verification.report import Shown
from archive.verification.tally import Tally

__all__ = ["Anchoring"]

_CHECKPOINT = Place("log/checkpoint")
_LARGE = 1_000_000  # entries of a log that are looked through for those that are missing
_MOST_KEYRINGS = 1000  # each is held, with its envelope
_NAMED = 20  # entries that are named one by one; the rest are counted
_NO_LOG = (
    "the collection has no log, so the end is not anchored: "
    "captures cut off after the last would not show"
)
_NO_HEAD = "the log has no checkpoint yet; the next writer makes it"
_FIRST_TIME = "no checkpoint of this log was kept before, and none was given"
_BEHIND = "envelopes at the end that are not in the log yet; the next writer logs them"
_LOST_TILES = "tiles that are missing or damaged, and made anew by: archive reindex"
_NO_POLICY = "no policy was given that says whose witness counts, see --policy"


class Anchoring:
    """Takes every envelope of a collection, then holds their tree against what is outside.

    Args:
        anchors: the log, and what it is held against.
        tally: takes counts and findings.
    """

    def __init__(self, anchors: Anchors, tally: Tally) -> None:
        self._anchors = anchors
        self._tally = tally
        self._leaves = bytearray()
        self._signers: dict[bytes, int] = {}  # public keys, in the order they came
        self._signed = array("H")  # which of them, by index; 0 for a broken envelope
        self._trees: dict[int, Frontier] = {}
        self._content = 0  # up to which index captures and texts stand
        self._keyrings: list[tuple[int, Keyring, Envelope, Place]] = []
        self._stamps: list[tuple[TimestampEntry, Place]] = []
        self._seals: list[tuple[Seal, Place]] = []
        self._heartbeats = Heartbeats(tally)
        self._files: dict[str, tuple[str | None, int, int, bool]] = {}
        self.unfinished = False
        """Whether a commit died between WARC and log, or is being made."""

    def take(
        self, data: bytes | None, statement: CaptureStatement | EntryStatement | None, place: Place
    ) -> None:
        """Take the next envelope.

        Args:
            data: its bytes, None when it was too large to be one.
            statement: what it says, None when it is not intact.
            place: where it stands.
        """
        index = len(self._signed)
        self._leaves += hash_leaf(data) if data is not None else bytes(HASH_SIZE)
        self._heartbeats.count(statement if data is not None else None)
        if statement is None or data is None:
            self._signed.append(0)
            return
        key = statement.signer.public_key
        self._signed.append(self._signers.setdefault(key, min(len(self._signers) + 1, 65_535)))
        if isinstance(statement, CaptureStatement) or statement.kind == "text":
            self._content = index + 1
        else:
            self._take_entry(statement, data, index, place)

    def take_file(
        self, name: str, digest: str | None, length: int, records: int, *, ours: bool
    ) -> None:
        """Take what was read of a file.

        Args:
            name: its name, without a folder.
            digest: SHA-256 of it as stored, None when it was not read whole.
            length: in bytes.
            records: how many it has.
            ours: whether it is stored as it was written, not in other gzip members.
        """
        self._files[name] = digest, length, records, ours

    def _take_entry(self, entry: EntryStatement, data: bytes, index: int, place: Place) -> None:
        try:
            body = read_body(entry)
        except DocumentError as error:
            self._tally.fail("log", error.message, place)
            return
        if isinstance(body, Keyring) and len(self._keyrings) >= _MOST_KEYRINGS:
            self._tally.fail("signature", "the collection has too many keyrings", place)
        elif isinstance(body, Keyring):
            self._keyrings.append((index, body, Envelope.from_bytes(data), place))
        elif isinstance(body, TimestampEntry):
            self._stamps.append((body, place))
        elif isinstance(body, Seal):
            self._seals.append((body, place))
        elif isinstance(body, Heartbeat):
            self._heartbeats.take(body, index, place)

    def close(self) -> Shown | None:
        """Make the checks; what is shown then, None without a log."""
        self._compare_seals()
        history = self._follow_keyrings()
        if history is not None:
            self._judge_signers(history)
        known = self._list_log_keys(history)
        kept = self._compare_kept()
        if self._anchors.checkpoint is None and not self._anchors.logged and history is None:
            for name in ("log", "timestamp", "witness"):
                self._tally.set_aside(name, _NO_LOG)
            return None
        for problem in self._anchors.problems:
            self._tally.fail("log", problem, Place("log"))
        head = self._compare_log(known, history)
        dated = judge_stamps(self._anchors, self._stamps, known, self, self._tally)
        stamped, time = summarize(dated)
        self._heartbeats.judge(self._anchors, self)
        witnesses, quorum, witnessed = self._judge_witnesses()
        return Shown(
            origin=self._anchors.origin,
            entries=min(head.size, len(self._signed)) if head else 0,
            kept=kept,
            stamped=stamped,
            time=time,
            witnesses=witnesses,
            quorum=quorum,
            witnessed=witnessed,
            dated=dated,
            all_dated=time is not None and self._content <= stamped,
        )

    # keys

    def _follow_keyrings(self) -> KeyringHistory | None:
        """Every keyring that the one before agreed to; the rest are findings."""
        history: KeyringHistory | None = None
        for index, keyring, envelope, place in self._keyrings:
            try:
                if history is None:
                    signers = keyring.keys
                    history = KeyringHistory.begin(keyring, envelope, index)
                else:
                    signers = (*history.latest.keys, *keyring.keys)
                    history = history.advance(keyring, envelope, index)
            except IntegrityError as error:
                self._tally.fail("signature", error.message, place)
                continue
            signed = {key.fingerprint for key in signers if envelope.signed_by(key)}
            if len(signed) != len(envelope.signatures):
                message = "a keyring has signatures besides those of its keys"
                self._tally.fail("signature", message, place)
        return history

    def _judge_signers(self, history: KeyringHistory) -> None:
        """Whether each envelope's key was valid where it stands, by index and nobody's clock."""
        names = ["", *(sha256(key) for key in self._signers)]
        edges = {version.index + 1 for version in history.versions}
        edges |= {index for v in history.versions for index in v.keyring.revoked.values()}
        bad: dict[int, list[int]] = {}
        valid: dict[int, bool] = {}
        for index, signer in enumerate(self._signed):
            if index in edges:
                valid.clear()
            if signer and signer not in valid:
                valid[signer] = history.is_valid(names[signer], index)
            if signer and not valid[signer]:
                bad.setdefault(signer, []).append(index)
        for signer, found in bad.items():
            message = (
                f"{len(found)} envelopes, from number {found[0]} on, are signed by a key that the"
                f" keyring did not have there, or that was revoked: {names[signer]}"
            )
            self._tally.fail("signature", message, Place("log"))

    def _list_log_keys(self, history: KeyringHistory | None) -> list[Verifier]:
        """The keys that checkpoints of this log may be signed with."""
        origin = self._anchors.origin
        if history is None:  # a log that was just adopted: its own keyring comes next
            keys = [PublicKey.from_der(key) for key in list(self._signers)[:_MOST_KEYRINGS]]
            try:
                return [Verifier.of(origin, ED25519, raw_key(key)) for key in keys]
            except KeyRefusedError:  # settings of a stranger's may name anything
                return []
        found = {key.to_vkey(): key for version in history.versions for key in version.keyring.log}
        if any(key.name != origin for key in found.values()):
            message = "the keyring is of a log with another name than the collection's settings say"
            self._tally.fail("log", message, Place("archive.toml"))
        return list(found.values())

    # check 1, of files that were closed

    def _compare_seals(self) -> None:
        for seal, place in self._seals:
            found = self._files.get(seal.file)
            if found is None:
                self._tally.fail("framing", f"{seal.file}, which was sealed, is gone", place)
                continue
            digest, length, records, ours = found
            if not ours:
                self._tally.note("framing", "files stored anew since they were sealed")
            elif (digest, length, records) != (seal.sha256, seal.length, seal.records):
                message = "the file is not what it was when it was sealed"
                self._tally.fail("framing", message, Place(f"warc/{seal.file}"))

    # check 8

    def _compare_log(
        self, known: list[Verifier], history: KeyringHistory | None
    ) -> Checkpoint | None:
        head = self._open_head(known, history)
        if head is None:
            return None
        count = len(self._signed)
        self._tally.count("log", min(count, head.size))
        if head.size > count:
            message = f"the log has {head.size} entries, the files {count}: some were taken away"
            self._tally.fail("log", message, _CHECKPOINT)
            self._name_differences(head)
        elif self.root(head.size) != head.root:
            message = "the files' envelopes are not those that the log's checkpoint commits to"
            self._tally.fail("log", message, _CHECKPOINT)
            self._name_differences(head)
        else:
            self._compare_tiles(head.size)
            if count > head.size:
                self._tally.withhold("log", _BEHIND, count - head.size)
                self.unfinished = True
        return head

    def _open_head(
        self, known: list[Verifier], history: KeyringHistory | None
    ) -> Checkpoint | None:
        if self._anchors.checkpoint is None:
            if self._signed and not self._anchors.problems:
                self._tally.withhold("log", _NO_HEAD)
                self.unfinished = True
            return None
        try:
            opened = open_checkpoint(self._anchors.checkpoint, known)
        except ArchiveError as error:
            self._tally.fail("log", error.message, _CHECKPOINT)
            return None
        head = opened.checkpoint
        signed = {(item.name, item.key_id) for item in opened.verified}
        wanted = history.at(head.size - 1).log if history is not None else ()
        if head.origin != self._anchors.origin:
            self._tally.fail("log", "the checkpoint is another log's", _CHECKPOINT)
        elif not {(key.name, key.key_id) for key in wanted} <= signed:
            message = "the checkpoint is not signed by every key of the log"
            self._tally.fail("log", message, _CHECKPOINT)
        return head

    def _name_differences(self, head: Checkpoint) -> None:
        """Which entries and envelopes are not both in the log and in the files."""
        if head.size > 2 * len(self._signed) + _LARGE:
            return
        try:
            log = TiledLog(head.size, head.root, self._anchors.reader)
            logged = [log.read_leaf(index) for index in range(head.size)]
        except (InputError, IntegrityError) as error:
            self._tally.note("log", f"which ones does not show: {error.message}")
            return
        stored = list(self._cut(len(self._signed)))
        gone = _find_others(logged, stored)
        new = _find_others(stored, logged)
        for index in gone[:_NAMED]:
            self._tally.fail("log", f"entry {index} of the log is not in the files", _CHECKPOINT)
        for index in new[:_NAMED]:
            message = f"envelope {index} of the files is not in the log"
            self._tally.fail("log", message, Place("warc"))
        if not gone and not new:
            message = "the envelopes stand in another order than in the log"
            self._tally.fail("log", message, Place("warc"))

    def _compare_tiles(self, size: int) -> None:
        """Tiles can be made anew, so a damaged one is no failure; it is said all the same."""
        bad = 0
        for path, data in Edge().grow(self._cut(size)).tiles:
            try:
                bad += self._anchors.reader.read(path.to_text()) != data
            except ArchiveError:
                bad += 1
        if bad:
            self._tally.note("log", _LOST_TILES, bad)

    # check 9

    def _compare_kept(self) -> int:
        """Hold the files' tree against what the verifier has seen of the log."""
        largest = 0
        for data in self._anchors.kept:
            try:
                kept = read_checkpoint(data)
            except DocumentError as error:
                self._tally.fail("consistency", error.message, Place("log"))
                continue
            self._tally.count("consistency")
            if kept.origin != self._anchors.origin:
                message = f"the checkpoint to compare with is of another log: {kept.origin}"
                self._tally.fail("consistency", message, Place("log"))
            elif kept.size > len(self._signed):
                message = (
                    f"history went backwards: {kept.size} entries were seen before, and now"
                    f" there are {len(self._signed)}"
                )
                self._tally.fail("consistency", message, Place("log"))
            elif self.root(kept.size) != kept.root:
                message = f"history was rewritten: the first {kept.size} entries are others"
                self._tally.fail("consistency", message, Place("log"))
            else:
                largest = max(largest, kept.size)
        if not self._anchors.kept:
            self._tally.set_aside("consistency", _FIRST_TIME)
        return largest

    # check 11

    def _judge_witnesses(self) -> tuple[tuple[str, ...], bool, int]:
        """Who has cosigned, whether that is a quorum, and how many entries a quorum has."""
        policy, checkpoint = self._anchors.policy, self._anchors.checkpoint
        if policy is None:
            self._tally.set_aside("witness", _NO_POLICY)
            return (), False, 0
        cosigned: tuple[str, ...] = ()
        try:
            if checkpoint is not None:
                judged = policy.judge(checkpoint)
                cosigned = judged.cosigned
                self._tally.count("witness", len(cosigned))
                if judged.is_met:
                    return cosigned, True, judged.checkpoint.size
        except ArchiveError as error:
            self._tally.fail("witness", error.message, _CHECKPOINT)
        earlier = self._find_witnessed(policy)
        if earlier:
            message = f"after the first {earlier}: entries that no quorum has cosigned"
            self._tally.withhold("witness", message, self.size - earlier)
        elif checkpoint is None:
            self._tally.withhold("witness", _NO_HEAD)
        else:
            seen = f"only {', '.join(cosigned)}" if cosigned else "nobody has"
            self._tally.withhold("witness", f"no quorum of the policy has cosigned, {seen}")
        return cosigned, False, earlier

    def _find_witnessed(self, policy: Policy) -> int:
        """The first of how many entries a quorum has cosigned before; others than here fail."""
        for data in self._anchors.witnessed:
            try:
                judged = policy.judge(data)
            except ArchiveError:  # of a log or a key that the policy does not know
                continue
            head = judged.checkpoint
            if not judged.is_met or head.origin != self._anchors.origin:
                continue
            if head.size <= self.size and self.root(head.size) == head.root:
                return head.size
            message = f"what witnesses have cosigned, {head.size} entries, is another history"
            self._tally.fail("witness", message, Place(f"log/witnessed/{head.size}.checkpoint"))
        return 0

    # the tree over the files' envelopes

    @property
    def size(self) -> int:
        """How many envelopes were taken."""
        return len(self._signed)

    def _cut(self, end: int, start: int = 0) -> Iterator[bytes]:
        leaves = memoryview(self._leaves)[start * HASH_SIZE : end * HASH_SIZE]
        for place in range(0, len(leaves), HASH_SIZE):
            yield bytes(leaves[place : place + HASH_SIZE])

    def root(self, size: int) -> bytes:
        """The root over the first envelopes; a tree that was grown once is gone on from."""
        start = max((known for known in self._trees if known <= size), default=0)
        tree = self._trees.get(start, Frontier()).extend(self._cut(size, start))
        self._trees[size] = tree
        return tree.root()


def _find_others(these: Iterable[bytes], those: Iterable[bytes]) -> list[int]:
    others = set(those)
    return [index for index, leaf in enumerate(these) if leaf not in others]
