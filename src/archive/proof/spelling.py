"""Statements in the one spelling they are written in, read by one regular expression.

`CaptureStatement.from_bytes` reads any strict JSON, member by member. What `to_bytes` writes has
one order and no spaces, so that one match proves the names, their order and the types at once, and
gives the values four times as fast. The pattern is made of the fields of the classes, as the strict
reader is (`archive.proof.members`). Sections that are the same in statement after statement (the
extraction, the software, the signer, the warcinfo) are cut out whole, read strictly, and kept by
their text. Whatever does not match, for any reason, is left to the strict reader, which says what
is wrong with it: both give the same statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any

from attrs import frozen

from archive import document
from archive.document import Members
from archive.errors import DocumentError
from archive.proof.bounds import MAX_ENVELOPE
from archive.proof.entry import EntryStatement, read_any
from archive.proof.keys import ALGORITHM
from archive.proof.later import LaterStatement, read_growing
from archive.proof.members import HASH, ID, Form, Member, list_members
from archive.proof.statement import CAPTURE, STATEMENT, CaptureStatement, NamedRecord

__all__ = ["read_signed", "read_statement"]

# Cut out loosely, objects in it too: the strict reader reads it afterwards.
_OBJECT = r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}"
_SECTIONS = frozenset({"extraction", "software", "signer", "warcinfo"})


def _spell(form: Form) -> str:
    """The pattern of a value, as one group."""
    return f'"({form.spelled})"' if form.is_string else f"({form.spelled})"


def _spell_member(member: Member, pattern: str) -> str:
    return f'"{member.name}":' + (f"(?:null|{pattern})" if member.may_be_null else pattern)


def _join_members(fields: Sequence[_Field]) -> str:
    """The pattern of members, one of which is there always, and last."""
    *before, last = fields
    spelled = (f"(?:{one.pattern},)?" if one.may_be_absent else f"{one.pattern}," for one in before)
    return "".join((*spelled, last.pattern))


def _list_written(kind: type) -> list[Member]:
    """The members that are always there; what has others too is left to the strict reader."""
    return [one for one in list_members(kind) if not one.may_be_absent]


def _spell_object(kind: type) -> str:
    """The pattern of an object, each of its values a group."""
    members = (_spell_member(one, _spell(one.form)) for one in _list_written(kind))
    return rf"\{{{','.join(members)}\}}"


def _spell_list(item: str) -> str:
    """The pattern of a list of items, as one group without groups inside."""
    bare = re.sub(r"\((?!\?)", "(?:", item)
    return rf"\[((?:{bare}(?:,{bare})*)?)\]"


_SUBJECT = rf'\{{"name":{_spell(ID)},"digest":\{{"sha256":{_spell(HASH)}\}}\}}'
_RECORD = _spell_object(NamedRecord)
# What has matched in a list is cut out of it more loosely, which is faster.
_SUBJECTS = re.compile(r'"name":"([^"]*)","digest":\{"sha256":"([^"]*)"')
_RECORDS = re.compile(
    ",".join(rf'"{one.name}":"?([^",}}]*)"?' for one in _list_written(NamedRecord))
)


@frozen
class _Field:
    """A field of the statement.

    Attributes:
        name: in the class.
        pattern: of its member.
        first: which of the pattern's groups it begins with.
        builds: makes a value of each group's text, None where that is the text itself.
        kind: what is made of the values; None where there is one, which is the field's.
        may_be_absent: whether there may be no such member.
    """

    name: str
    pattern: str
    first: int
    builds: tuple[Callable[[str], Any] | None, ...]
    kind: Callable[..., Any] | None = None
    may_be_absent: bool = False

    @property
    def groups(self) -> slice:
        """Which of the pattern's groups it is made of."""
        return slice(self.first, self.first + len(self.builds))


def _lay_out() -> Iterator[_Field]:
    """The fields in order; the pattern's first group is the subject."""
    first = 1
    for one in list_members(CaptureStatement):
        kind: type | None = None
        builds: tuple[Callable[[str], Any] | None, ...] = (one.form.build,)
        if one.field == "records":
            pattern = _spell_list(_RECORD)
        elif one.field in _SECTIONS:
            pattern = f"({_OBJECT})"
            builds = (lru_cache(maxsize=32)(partial(_cut, one)),)
        elif one.kind is not None:
            pattern, kind = _spell_object(one.kind), one.kind
            builds = tuple(inner.form.build for inner in _list_written(kind))
        else:
            pattern = _spell(one.form)
        spelled = _spell_member(one, pattern)
        yield _Field(one.field, spelled, first, builds, kind, one.may_be_absent)
        first += len(builds)


def _cut(one: Member, text: str) -> Any:
    """What a member's text says, read strictly."""
    said = document.parse(text.encode("utf-8"), limit=MAX_ENVELOPE, what=one.name)
    return one.read(Members({one.name: said}, "predicate"))


_FIELDS = tuple(_lay_out())
# Fields that are a text as it stands; that are made of a text, if there is one; that are objects of
# texts, and always there; that are other objects. The first value of an object that
# may be null may not be null itself.
_SINGLE = [one for one in _FIELDS if one.kind is None]
_NESTED = [
    (one.name, one.groups, one.kind, one.builds, any(one.builds) or one.may_be_absent)
    for one in _FIELDS
    if one.kind is not None
]
_PLAIN = {one.name: one.first for one in _SINGLE if one.builds == (None,)}
_MADE = [(one.name, one.first, build) for one in _SINGLE for build in one.builds if build]
_OF_TEXTS = [(name, part, kind) for name, part, kind, _, is_made in _NESTED if not is_made]
_OBJECTS = [(name, part, kind, builds) for name, part, kind, builds, is_made in _NESTED if is_made]

_pick = itemgetter(*_PLAIN.values())
_STATEMENT = re.compile(
    rf'\{{"_type":"{re.escape(STATEMENT)}","subject":{_spell_list(_SUBJECT)},'
    rf'"predicateType":"{re.escape(CAPTURE)}",'
    rf'"predicate":\{{"critical":\[\],{_join_members(_FIELDS)}\}}\}}'
)


def read_statement(data: bytes) -> CaptureStatement | EntryStatement:
    """Read a statement strictly: the same as `read_any`, and faster on captures of ours.

    Raises:
        DocumentError: as `read_any`.
    """
    return _match(data) or read_any(data)


def read_signed(data: bytes) -> CaptureStatement | EntryStatement | LaterStatement:
    """Read a statement of ours: what this version does not understand, by its head alone.

    Raises:
        DocumentError: it is no statement of ours, its head is broken, or it is of a known kind and
            not as that must be.
    """
    return _match(data) or read_growing(data)


def _match(data: bytes) -> CaptureStatement | None:
    """The statement when it is spelled as we write it and nothing is wrong with it."""
    if len(data) > MAX_ENVELOPE:
        return None
    try:
        found = _STATEMENT.fullmatch(data.decode("utf-8"))
        said = None if found is None else _build(found.groups())
    except (ValueError, DocumentError):  # not UTF-8, or no date of the calendar
        return None
    return said if said is None or said.signer.algorithm == ALGORITHM else None


def _build(groups: Sequence[Any]) -> CaptureStatement:
    said = dict(zip(_PLAIN, _pick(groups), strict=True))
    said["records"] = _read_records(groups[0], said["records"])
    for name, at, build in _MADE:
        text = groups[at]
        said[name] = None if text is None else build(text)
    for name, part, kind in _OF_TEXTS:
        said[name] = kind(*groups[part])
    for name, part, kind, builds in _OBJECTS:
        texts = groups[part]
        if texts[0] is None:
            said[name] = None
            continue
        pairs = zip(builds, texts, strict=True)
        said[name] = kind(*[text if build is None else build(text) for build, text in pairs])
    return CaptureStatement(**said)


def _read_records(subject: str, records: str) -> tuple[NamedRecord, ...]:
    subjects, details = _SUBJECTS.findall(subject), _RECORDS.findall(records)
    if not subjects or len(subjects) != len(details) or records.count('"outcome"') != 1:
        raise DocumentError("not as many records as subjects, with one outcome among them")
    return tuple(
        [
            NamedRecord(id_, role, header, block, int(length))
            for (id_, block), (role, header, length) in zip(subjects, details, strict=True)
        ]
    )
