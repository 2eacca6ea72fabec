"""Values that are JSON objects. Their members stand once: as the fields of their class.

A field's annotation says how its member is read, written and spelled:

=====================  ======================================================================
``str``                any string
``int``                a whole number that is not negative
``Literal["a", "b"]``  one of these words
``tuple[str, ...]``    a list of strings
``tuple[C, ...]``      a list of objects with the members of class C, read by whoever has it
``Mapping[str, str]``  an object of strings
``Mapping[str, Any]``  any object
another class          an object with that class's members
``… | None``           that, or null
``Annotated[…, f]``    as the `Form` f has it: `Sha256`, `Urn`, `Date`, `Time`, `Key`
=====================  ======================================================================

``Annotated[…, Named("x")]`` gives a member another name than the field's, and
``Annotated[…, ELSEWHERE]`` says that a field is no member: it stands somewhere else in the
statement. ``Annotated[… | None, OPTIONAL]`` says that a member is left out where it is None, and
``Annotated[… | None, NULLABLE]`` that null is read as None too, which later versions may write.
Members are written in the order of the fields. Reading is strict; members that no field has are
passed over.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial
from types import NoneType
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from attrs import fields, frozen, has

from archive.document import Members
from archive.errors import DocumentError

__all__ = [
    "ELSEWHERE",
    "HASH",
    "ID",
    "NULLABLE",
    "OPTIONAL",
    "Date",
    "Form",
    "Key",
    "Member",
    "Named",
    "RoleName",
    "Sha256",
    "Time",
    "Urn",
    "list_members",
    "read_members",
    "read_urn",
    "write_members",
]

T = TypeVar("T")

_SECONDS = "[0-9]{4}-[0-9]{2}-[0-9]{2}T(?!24)[0-9]{2}:[0-9]{2}:[0-9]{2}"
_DATE = _SECONDS + "[.][0-9]{6}Z"
_IS_DATE = re.compile(_DATE.replace("(?!24)", "") + r"\Z")
_IS_TIME = re.compile(_SECONDS + r"([.][0-9]{1,6})?Z\Z")
_URN = "urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_IS_URN = re.compile(_URN + r"\Z")
_ROLE = "[a-z0-9-]{1,64}"
_IS_ROLE = re.compile(_ROLE + r"\Z")


@frozen
class Form:
    """How one kind of value is read, written and spelled.

    Attributes:
        read: gives the value of a member, by name; DocumentError when it is another kind. None
            where only whoever has the rest of the object can read it.
        write: what JSON has for the value, None where that is the value itself.
        spelled: a pattern without groups for the one spelling that it is written in, inside the
            quotes where it is a string; None where there is no use for one.
        is_string: whether JSON has a string for it.
        build: makes the value of what the pattern matched, None where that is the value itself;
            ValueError or DocumentError when it cannot be.
    """

    read: Callable[[Members, str], Any] | None
    write: Callable[[Any], Any] | None = None
    spelled: str | None = None
    is_string: bool = False
    build: Callable[[str], Any] | None = None


@frozen
class Named:
    """What a member is called, where its field is called otherwise."""

    name: str


ELSEWHERE = "elsewhere"
"""Marks a field that is no member."""

OPTIONAL = "optional"
"""Marks a field whose member is left out where it is None."""

NULLABLE = "nullable"
"""Marks a field whose member is left out where it is None, but may be null."""


@frozen
class Member:
    """A member of an object.

    Attributes:
        name: in JSON.
        field: in the class.
        form: how it is read, written and spelled.
        kind: the class of what it holds, where that is an object with members of its own.
        may_be_null: whether null stands for None.
        may_be_absent: whether its absence does, which it then always is.
    """

    name: str
    field: str
    form: Form
    kind: type | None
    may_be_null: bool
    may_be_absent: bool = False

    def read(self, members: Members) -> Any:
        """The value that an object has for it; DocumentError when that is not as it must be."""
        if self.may_be_absent and self.name not in members:
            return None
        if self.form.read is None or (self.may_be_null and members.is_null(self.name)):
            return None
        return self.form.read(members, self.name)


def read_members(kind: type[T], members: Members, /, **given: Any) -> T:
    """A value of a class, read from a JSON object.

    Args:
        kind: an attrs class, annotated as this module says.
        members: the object.
        given: fields that are not to be read from it.

    Raises:
        DocumentError: a member is missing, or not as it must be.
    """
    values = {one.field: one.read(members) for one in list_members(kind) if one.field not in given}
    return kind(**values, **given)


def write_members(value: Any) -> dict[str, Any]:
    """The members that JSON has for a value, in order."""
    written = {}
    for one in list_members(type(value)):
        said = getattr(value, one.field)
        if said is None and one.may_be_absent:
            continue
        write = one.form.write
        written[one.name] = said if write is None or said is None else write(said)
    return written


def _list_members(kind: type) -> tuple[Member, ...]:
    hints = get_type_hints(kind, include_extras=True)
    found = (_describe(one.name, hints[one.name]) for one in fields(kind))
    return tuple(member for member in found if member is not None)


list_members: Callable[[type], tuple[Member, ...]] = cache(_list_members)
"""Gives the members of the values of a class, in order."""


def _describe(field: str, hint: Any) -> Member | None:
    name = field
    told: Form | None = None
    may_be_null = may_be_absent = is_null_too = False
    while get_origin(hint) is Annotated or NoneType in get_args(hint):
        if NoneType in get_args(hint):
            may_be_null = True
            (hint,) = (one for one in get_args(hint) if one is not NoneType)
            continue
        hint, *marks = get_args(hint)
        for mark in marks:
            if mark is ELSEWHERE:
                return None
            if isinstance(mark, Named):
                name = mark.name
            elif mark in (OPTIONAL, NULLABLE):
                may_be_absent, is_null_too = True, mark is NULLABLE
            elif told is None:  # the outermost counts
                told = mark
    kind = hint if has(hint) else None
    may_be_null = may_be_null and (not may_be_absent or is_null_too)
    return Member(name, field, told or _find_form(hint), kind, may_be_null, may_be_absent)


def _find_form(hint: Any) -> Form:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _list_words(inner)
    if origin is tuple and has(inner[0]):
        return Form(None, lambda items: [write_members(item) for item in items])
    if has(hint):
        return Form(lambda members, name: read_members(hint, members.members(name)), write_members)
    return _FORMS[hint]


@cache
def _list_words(words: tuple[str, ...]) -> Form:
    """One of some words, which have nothing in them that a pattern would take for its own."""
    return Form(partial(_read_word, words=words), spelled="|".join(words), is_string=True)


def _read_word(members: Members, name: str, words: tuple[str, ...]) -> str:
    word = members.text(name)
    if word not in words:
        raise DocumentError(f"{name} is {word!r}, not one of {', '.join(words)}")
    return word


def _read_texts(members: Members, name: str) -> dict[str, str]:
    found = members.members(name)
    return {one: found.text(one) for one in found.value}


def read_urn(members: Members, name: str) -> str:
    """A record id as statements write it; DocumentError when it is none."""
    text = members.text(name)
    if _IS_URN.match(text) is None:
        raise DocumentError("not a urn:uuid in lower case")
    return text


def _read_role(members: Members, name: str) -> str:
    text = members.text(name)
    if _IS_ROLE.match(text) is None:
        raise DocumentError("role of a record is not a word in lower case")
    return text


def _read_date(members: Members, name: str) -> str:
    text = members.text(name)
    if _IS_DATE.match(text) is None:
        raise DocumentError("date is not UTC with microseconds")
    try:
        is_known = _find_day(text)[11:13] != "24"  # from 3.14 on, Python has it: the next midnight
    except ValueError:
        is_known = False
    if not is_known:
        raise DocumentError("date is no date of the calendar")
    return text


def _read_time(members: Members, name: str) -> str:
    text = members.text(name)
    if _IS_TIME.match(text) is None:
        raise DocumentError("time of a time stamp is not UTC")
    try:
        return _find_day(text)
    except ValueError:
        raise DocumentError("time of a time stamp is no date of the calendar") from None


def _find_day(text: str) -> str:
    """The text, of which the calendar and the clock have the date; else ValueError."""
    datetime.fromisoformat(text)
    return text


def _read_key(members: Members, name: str) -> bytes:
    try:
        return base64.b64decode(members.text(name), validate=True)
    except (ValueError, binascii.Error):
        raise DocumentError(f"{name} of signer is not base64") from None


def _write_key(key: bytes) -> str:
    return base64.b64encode(key).decode("ascii")


_PLAIN = r'[^"\\\x00-\x1f]*'  # a string without escapes
_FORMS: dict[Any, Form] = {
    str: Form(Members.text, spelled=_PLAIN, is_string=True),
    int: Form(Members.number, spelled="0|[1-9][0-9]{0,17}", build=int),
    tuple[str, ...]: Form(
        Members.texts,
        list,
        spelled=rf'\[(?:"{_PLAIN}"(?:,"{_PLAIN}")*)?\]',
        build=lambda text: tuple(text[2:-2].split('","')) if len(text) > 2 else (),
    ),
    Mapping[str, str]: Form(_read_texts, dict),
    Mapping[str, Any]: Form(lambda members, name: members.members(name).value, dict),
}

HASH = Form(Members.sha256, spelled="[0-9a-f]{64}", is_string=True)
"""How a SHA-256 is written: lower-case hexadecimal."""
ID = Form(read_urn, spelled=_URN, is_string=True)
"""How a record id is written."""

RoleName = Annotated[str, Form(_read_role, spelled=_ROLE, is_string=True)]
"""What a record is to its statement: one of `archive.literals.Role`, or a later version's word."""
Sha256 = Annotated[str, HASH]
"""A SHA-256."""
Urn = Annotated[str, ID]
"""A record id."""
Date = Annotated[str, Form(_read_date, spelled=_DATE, is_string=True, build=_find_day)]
"""A moment in UTC with microseconds, as WARC-Date has it."""
Time = Annotated[str, Form(_read_time)]
"""A moment in UTC, of any number of decimals up to six."""
Key = Annotated[bytes, Form(_read_key, _write_key)]
"""A public key in DER, in base64."""
