"""Whom to believe about a log (https://c2sp.org/tlog-policy): its keys, witnesses and a quorum.

::

    # comment
    log <vkey> [<url>]
    witness <name> <vkey> [<url>]
    group <name> all|any|<k> <member>…
    quorum <name>|none

One item a line, parted by spaces and tabs. A name is defined before it is used; witnesses and
groups share their names, and each is a member of one group at most, so that no witness counts
twice. There is exactly one quorum. A checkpoint is believed when any of the logs has signed it and
the quorum has cosigned it: a witness by its signature, a group when k of its members have.

The file is octets: only tab, newline and no other control characters are allowed, and what is not
ASCII is taken as it is. Two keys are the same when their bytes are, whatever they are called.

Two ``log`` lines of one origin, for its Ed25519 and its ML-DSA-44 key, are two logs to a policy, of
which one is enough.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import field, frozen

from archive.errors import DocumentError, IntegrityError, KeyRefusedError
from archive.proof.checkpoint import Checkpoint, open_checkpoint
from archive.proof.verifier import COSIGNER, ED25519, MLDSA44, Verifier

__all__ = ["MAX_ITEMS", "MAX_SIZE", "NONE", "Judgement", "Party", "Policy", "WitnessGroup"]

MAX_SIZE = 1_000_000
"""The largest policy, in bytes."""
MAX_ITEMS = 256
"""The most logs, witnesses and groups together."""
NONE = "none"
"""The quorum that needs nobody."""
_ALLOWED = re.compile(rb"[\t\n\x20-\x7e\x80-\xff]*\Z")
_LOG_KINDS = (ED25519, MLDSA44)
_WITNESS_KINDS = (COSIGNER, MLDSA44)


@frozen
class Party:
    """A log or a witness.

    Attributes:
        name: what the policy calls it; a log's is its origin.
        verifier: its key.
        url: where it can be reached, or None.
    """

    name: str
    verifier: Verifier
    url: str | None = None


@frozen
class WitnessGroup:
    """So many of these members, which are names of witnesses and groups."""

    threshold: int
    members: tuple[str, ...]


@frozen
class Judgement:
    """What a policy says of a checkpoint that one of its logs has signed.

    Attributes:
        checkpoint: what the log says.
        cosigned: names of the witnesses that have cosigned, in the policy's order.
        times: when each of them says that it did, seconds since 1970.
        is_met: whether they are a quorum.
    """

    checkpoint: Checkpoint
    cosigned: tuple[str, ...]
    times: Mapping[str, int]
    is_met: bool


@frozen
class Policy:
    """A policy, as it was read.

    Attributes:
        quorum: a witness, a group, or `NONE`.
        logs: the logs that are believed.
        witnesses: by name.
        groups: by name.
    """

    quorum: str
    logs: tuple[Party, ...] = ()
    witnesses: Mapping[str, Party] = field(factory=dict)
    groups: Mapping[str, WitnessGroup] = field(factory=dict)

    @classmethod
    def from_bytes(cls, data: bytes) -> Policy:
        """Read a policy strictly.

        Raises:
            DocumentError: malformed, with the number of the line; or too large.
        """
        if len(data) > MAX_SIZE or _ALLOWED.match(data) is None:
            raise DocumentError("policy is too large, or has control characters")
        if data and not data.endswith(b"\n"):
            raise DocumentError("policy does not end with a newline")
        reading = _Reading()
        for number, line in enumerate(data.split(b"\n"), 1):
            words = re.findall(r"[^ \t]+", line.decode("utf-8", "surrogateescape"))
            if words and not words[0].startswith("#"):
                try:
                    reading.take(words)
                except (DocumentError, KeyRefusedError) as error:
                    raise DocumentError(
                        f"policy: {error.message}", where=f"line {number}"
                    ) from None
        return reading.finish()

    def judge(self, data: bytes) -> Judgement:
        """Open a signed checkpoint by this policy.

        Raises:
            DocumentError: not a signed checkpoint.
            IntegrityError: none of the logs has signed it, its origin is another's than its
                signer's, or a signature of a log or witness of the policy is wrong.
        """
        parties = [*self.logs, *self.witnesses.values()]
        opened = open_checkpoint(data, [party.verifier for party in parties])
        signed = {(item.name, item.key_id): item.value for item in opened.verified}
        origin = opened.checkpoint.origin
        logs = [party for party in self.logs if _place(party) in signed]
        if not any(party.verifier.name == origin for party in logs):
            raise IntegrityError("the checkpoint is not signed by a log of the policy")
        times = {
            name: party.verifier.read_time(signed[_place(party)]) or 0
            for name, party in self.witnesses.items()
            if _place(party) in signed
        }
        return Judgement(opened.checkpoint, tuple(times), times, self.is_met(frozenset(times)))

    def is_met(self, cosigned: frozenset[str]) -> bool:
        """Whether these witnesses, by name, are a quorum."""
        done = set(cosigned & self.witnesses.keys())
        for name, group in self.groups.items():  # members are always defined before
            if sum(member in done for member in group.members) >= group.threshold:
                done.add(name)
        return self.quorum == NONE or self.quorum in done


class _Reading:
    """A policy that is being read, line by line."""

    def __init__(self) -> None:
        self.logs: list[Party] = []
        self.witnesses: dict[str, Party] = {}
        self.groups: dict[str, WitnessGroup] = {}
        self.quorum: str | None = None
        self.taken: set[str] = set()

    def take(self, words: list[str]) -> None:
        """One line."""
        kind, *rest = words
        if len(self.logs) + len(self.witnesses) + len(self.groups) >= MAX_ITEMS:
            raise DocumentError(f"more than {MAX_ITEMS} logs, witnesses and groups")
        if kind == "log" and len(rest) in (1, 2):
            verifier = _read_key(rest[0], _LOG_KINDS, self.logs)
            self.logs.append(Party(verifier.name, verifier, *rest[1:]))
        elif kind == "witness" and len(rest) in (2, 3):
            name = self._name(rest[0])
            verifier = _read_key(rest[1], _WITNESS_KINDS, list(self.witnesses.values()))
            self.witnesses[name] = Party(name, verifier, *rest[2:])
        elif kind == "group" and len(rest) >= 3:
            name = self._name(rest[0])
            self.groups[name] = self._group(rest[1], rest[2:])
        elif kind == "quorum" and len(rest) == 1 and self.quorum is None:
            if rest[0] != NONE and not self._is_defined(rest[0]):
                raise DocumentError("the quorum is of a name that is not defined before it")
            self.quorum = rest[0]
        else:
            raise DocumentError("not a log, witness, group, or the one quorum")

    def finish(self) -> Policy:
        """The policy, which must have a quorum."""
        if self.quorum is None:
            raise DocumentError("policy has no quorum")
        return Policy(self.quorum, tuple(self.logs), self.witnesses, self.groups)

    def _name(self, name: str) -> str:
        if name == NONE or self._is_defined(name):
            raise DocumentError("a name is defined twice, or is 'none'")
        return name

    def _group(self, threshold: str, members: list[str]) -> WitnessGroup:
        if len(set(members)) < len(members) or self.taken & set(members):
            raise DocumentError("a name is a member twice")
        if not all(map(self._is_defined, members)):
            raise DocumentError("a member is not defined before its group")
        words = {"all": len(members), "any": 1}
        if threshold not in words and re.fullmatch("[1-9][0-9]{0,3}", threshold) is None:
            raise DocumentError("a group needs all, any, or a number of its members")
        count = words.get(threshold) or int(threshold)
        if count > len(members):
            raise DocumentError("a group needs more members than it has")
        self.taken.update(members)
        return WitnessGroup(count, tuple(members))

    def _is_defined(self, name: str) -> bool:
        return name in self.witnesses or name in self.groups


def _place(party: Party) -> tuple[str, bytes]:
    return party.verifier.name, party.verifier.key_id


def _read_key(text: str, kinds: tuple[int, ...], others: list[Party]) -> Verifier:
    verifier = Verifier.from_vkey(text)
    if verifier.kind not in kinds:
        raise DocumentError("a key's signature type is not one for its part")
    if any(party.verifier.raw == verifier.raw for party in others):
        raise DocumentError("a key stands twice")
    return verifier
