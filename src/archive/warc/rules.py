"""The header rules of WARC/1.0 and WARC/1.1 as a table (ISO 28500:2009 and 28500:2017, section 5).

A field that the standard does not name is an extension and always allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

from attrs import frozen

from archive import digest
from archive.warc.record import Record

__all__ = ["check_header"]

_ID = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>]+>\Z")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>]*\Z")
_BRACKETED_URI = re.compile(r"<?[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>]*>?\Z")
_MEDIA = re.compile(r"[^\s/;]+/[^\s;]+\s*(;.*)?\Z", re.DOTALL)
_NUMBER = re.compile(r"[0-9]+\Z")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}\Z")  # as we write it; others are parsed
_REASON = re.compile(r"(length|time|disconnect|unspecified)\Z")
_ADDRESS = re.compile(r"[0-9A-Fa-f.:%]+\Z")


class _Form(Protocol):
    """How a value is written: gives something for a well-formed one, None for another."""

    def match(self, value: str, /) -> object: ...


@frozen
class _Date:
    """A form of dates, of which the calendar and the clock must have the date."""

    form: re.Pattern[str]

    def match(self, value: str, /) -> datetime | None:
        found = self.form.match(value)
        if found is None:
            return None
        year, month, day, hour, minute, second = (int(part or 1) for part in found.groups())
        try:
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except ValueError:
            return None


_DATE_10 = _Date(
    re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z\Z")
)
_DATE_11 = _Date(
    re.compile(
        r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})"
        r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?Z)?)?)?\Z"
    )
)

TYPES = frozenset(
    {
        "warcinfo",
        "response",
        "resource",
        "request",
        "metadata",
        "revisit",
        "conversion",
        "continuation",
    }
)
_REPEATABLE = frozenset({"warc-concurrent-to", "warc-protocol"})
_REQUIRED = ("warc-type", "warc-record-id", "warc-date", "content-length")


def _but(*types: str) -> frozenset[str]:
    return TYPES - set(types)


@frozen
class _Rule:
    """Where one field may stand, where it must, and how it is written."""

    section: str
    allowed: frozenset[str] = TYPES
    required: frozenset[str] = frozenset()
    form: _Form | None = None


_URI_TYPES = frozenset(["response", "resource", "request", "revisit", "conversion", "continuation"])
_ONLY_CONTINUATION = frozenset({"continuation"})
_ONLY_REVISIT = frozenset({"revisit"})
_NO_PAYLOAD = frozenset({"warcinfo", "metadata"})

RULES: dict[str, _Rule] = {
    "warc-record-id": _Rule("5.2", form=_ID),
    "warc-date": _Rule("5.4", form=_DATE_11),
    "content-type": _Rule("5.6", form=_MEDIA),
    "warc-concurrent-to": _Rule("5.7", _but("warcinfo", "conversion", "continuation"), form=_ID),
    "warc-block-digest": _Rule("5.8", form=_DIGEST),
    "warc-payload-digest": _Rule("5.9", TYPES - _NO_PAYLOAD, form=_DIGEST),
    "warc-ip-address": _Rule("5.10", _but("warcinfo", "conversion", "continuation"), form=_ADDRESS),
    "warc-refers-to": _Rule("5.11", frozenset({"metadata", "revisit", "conversion"}), form=_ID),
    "warc-refers-to-target-uri": _Rule("5.12", _ONLY_REVISIT, form=_URI),
    "warc-refers-to-date": _Rule("5.13", _ONLY_REVISIT, form=_DATE_11),
    "warc-target-uri": _Rule("5.14", _but("warcinfo"), _URI_TYPES, _URI),
    "warc-truncated": _Rule("5.15", form=_REASON),
    "warc-warcinfo-id": _Rule("5.16", _but("warcinfo"), form=_ID),
    "warc-filename": _Rule("5.17", frozenset({"warcinfo"})),
    "warc-profile": _Rule("5.18", _ONLY_REVISIT, _ONLY_REVISIT),
    "warc-identified-payload-type": _Rule("5.19", TYPES - _NO_PAYLOAD, form=_MEDIA),
    "warc-segment-number": _Rule("5.20", TYPES, _ONLY_CONTINUATION, _NUMBER),
    "warc-segment-origin-id": _Rule("5.21", _ONLY_CONTINUATION, _ONLY_CONTINUATION, _ID),
    "warc-segment-total-length": _Rule("5.22", _ONLY_CONTINUATION, form=_NUMBER),
}

_REQUIRED_OF = {
    type_: tuple(name for name, rule in RULES.items() if type_ in rule.required) for type_ in TYPES
}
_MAX_PROBLEMS = 20  # of one header
_MAX_PLANNED = 4096  # bytes of a header whose plan is kept
_DIGESTS = frozenset({"warc-block-digest", "warc-payload-digest"})
# What WARC/1.0 says differently: whole seconds, Refers-To on any type, and the <uri> that its own
# grammar asked for.
RULES_10: dict[str, _Rule] = {
    **RULES,
    "warc-date": _Rule("5.4", form=_DATE_10),
    "warc-refers-to": _Rule("5.11", _but("warcinfo", "continuation"), form=_ID),
    "warc-target-uri": _Rule("5.13", _but("warcinfo"), _URI_TYPES, _BRACKETED_URI),
    "warc-refers-to-target-uri": _Rule("", form=_BRACKETED_URI),
    "warc-refers-to-date": _Rule("", form=_DATE_10),
    "warc-payload-digest": _Rule("5.9", form=_DIGEST),
}


def check_header(record: Record) -> list[str]:
    """What in a record's header breaks the rules of its own WARC version.

    Args:
        record: a record of any version; versions other than 1.0 are held to 1.1.

    Returns:
        One sentence a problem, each naming the field and the section of the standard; empty when
        all is well.
    """
    if record.is_usual:
        return []
    fields = record.fields
    names = tuple([name for name, _ in fields])
    plan = _plan if len(record.head) <= _MAX_PLANNED else _plan.__wrapped__
    structural, forms = plan(record.version == "WARC/1.0", record.type, names)
    problems = [*record.problems, *structural]
    for index, match, is_digest, section in forms:
        name, value = fields[index]
        if match(value) is not None:
            continue
        if not is_digest:
            problems.append(f"{name} is malformed (section {section})")
        elif digest.parse(value) is None and not digest.is_foreign(value):
            problems.append(f"{name} is no digest (section {section})")
    return problems[:_MAX_PROBLEMS]


_Look = tuple[int, Callable[[str], object], bool, str]


@lru_cache(maxsize=256)
def _plan(
    is_10: bool, type_: str, names: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[_Look, ...]]:
    """What is wrong with a header of these fields whatever their values, and which to look at.

    Records of one kind have the same fields in the same order, so that this is done once a kind.
    """
    rules = RULES_10 if is_10 else RULES
    problems: list[str] = []
    forms: list[_Look] = []
    seen: set[str] = set()
    for index, name in enumerate(names):
        key = name.lower()
        if key in seen and key not in _REPEATABLE:
            problems.append(f"{name} stands twice (section 4)")
        seen.add(key)
        rule = rules.get(key)
        if rule is None:
            continue
        if type_ not in rule.allowed and type_ in TYPES:
            problems.append(f"{name} does not belong on a {type_} record (section {rule.section})")
        if rule.form is not None:
            forms.append((index, rule.form.match, key in _DIGESTS, rule.section))
    problems += [f"no {name} (section 5)" for name in _REQUIRED if name not in seen]
    problems += [
        f"no {name} on a {type_} record (section {rules[name].section})"
        for name in _REQUIRED_OF.get(type_, ())
        if name not in seen
    ]
    return tuple(problems), tuple(forms)
