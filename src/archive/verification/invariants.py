"""What must be so in any one capture, as a table (checks 2 and 3).

All that is compared here is signed by one key, so that a contradiction is the archiver's own: a
status that the stored answer does not have, a page asked of another host, a text beside an
extraction that gave none. Each row says what holds, in which check, and whether it needs the blocks
that ``--deep`` alone holds. ``docs/reference/verification.md`` has the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from attrs import field, frozen

from archive import url as urls
from archive.errors import HttpError, UrlError
from archive.http import RULES, find_location, parse_response
from archive.proof.statement import CaptureStatement, NamedRecord
from archive.verification.checks import CheckName
from archive.verification.records import ReadRecord, Recomputed

__all__ = ["INVARIANTS", "Facts", "Invariant", "list_broken"]

_ANSWERS = ("response", "revisit")
_IMPORTED = ("html", "text")
_TRUNCATED = b"\r\nWARC-Truncated: "
_TLS = "urn:tls:"
_CUT = "cut"


@frozen(kw_only=True)
class Facts:
    """One capture: what its statement says, and what was read.

    Attributes:
        said: the statement, intact.
        named: the records of known roles whose headers are the signed ones.
        is_whole: whether these are all that the statement names.
        before: status and content of this URL's last capture that did not fail, in brief; empty
            where there is none, None where that is not known.
        now: the same of this one.
        original: what was recomputed of the response that a revisit refers to, None when it was
            not read.
        roles: of the records that the statement names.
        answers: the responses and revisits, in order.
        last: the last of them; None where there is none, or records are missing.
    """

    said: CaptureStatement
    named: Sequence[tuple[NamedRecord, ReadRecord]]
    is_whole: bool = True
    before: bytes | None = None
    now: bytes = b""
    original: Recomputed | None = None
    roles: frozenset[str] = field(init=False)
    answers: tuple[ReadRecord, ...] = field(init=False)
    last: ReadRecord | None = field(init=False)

    @roles.default
    def _list_roles(self) -> frozenset[str]:
        return frozenset([item.role for item in self.said.records])

    @answers.default
    def _list_answers(self) -> tuple[ReadRecord, ...]:
        return tuple([seen for item, seen in self.named if item.role in _ANSWERS])

    @last.default
    def _find_last(self) -> ReadRecord | None:
        return self.answers[-1] if self.answers and self.is_whole else None

    def find(self, role: str) -> list[ReadRecord]:
        """The records of a role, in order."""
        if role not in self.roles:
            return []
        return [seen for item, seen in self.named if item.role == role]


@frozen(kw_only=True)
class Invariant:
    """One thing that must be so.

    Attributes:
        name: a word for it.
        holds: what is so, for the document.
        message: what is said where it is not; ``said`` in it is the statement.
        is_broken: whether it is not so.
        check: which check it is of.
        deep: whether it needs the blocks that are held with ``--deep`` only.
    """

    name: str
    holds: str
    message: str
    is_broken: Callable[[Facts], bool]
    check: CheckName = "headers"
    deep: bool = False


def list_broken(facts: Facts, *, deep: bool) -> Iterator[tuple[CheckName, str]]:
    """What does not hold of a capture: the check that it is of, and a sentence.

    Args:
        facts: the capture.
        deep: whether blocks were held and layers recomputed.
    """
    for one in INVARIANTS:
        if (deep or not one.deep) and one.is_broken(facts):
            yield one.check, one.message.format(said=facts.said)


def _has_odd_reason(facts: Facts) -> bool:
    return (facts.said.outcome == "failed") != (facts.said.reason is not None)


def _has_odd_status(facts: Facts) -> bool:
    said = facts.said
    did_not_fail = said.grade == "wire" and said.outcome != "failed"
    return did_not_fail and not (said.status is not None and 200 <= said.status < 300)


def _has_odd_error(facts: Facts) -> bool:
    said = facts.said
    return said.reason == "http-error" and (said.status is None or 200 <= said.status < 300)


def _is_wire_with_file(facts: Facts) -> bool:
    return facts.said.grade == "wire" and "import" in facts.roles


def _is_wire_without_answer(facts: Facts) -> bool:
    is_answered = not facts.roles.isdisjoint(_ANSWERS)
    return facts.said.grade == "wire" and facts.said.outcome != "failed" and not is_answered


def _is_none_and_did_not_fail(facts: Facts) -> bool:
    return facts.said.grade == "none" and facts.said.outcome != "failed"


def _holds_answer(facts: Facts) -> bool:
    is_answered = not facts.roles.isdisjoint(_ANSWERS)
    return facts.said.grade in ("none", *_IMPORTED) and is_answered


def _is_import_without_file(facts: Facts) -> bool:
    said = facts.said
    return said.grade in _IMPORTED and said.outcome != "failed" and "import" not in facts.roles


def _has_odd_claimed_date(facts: Facts) -> bool:
    return facts.said.claimed_date is not None and facts.said.grade in ("wire", "none")


def _has_text(facts: Facts) -> bool:
    return "text" in facts.roles or facts.said.layers.text is not None


def _has_text_without_extraction(facts: Facts) -> bool:
    return facts.said.extraction is None and _has_text(facts) and facts.said.grade != "text"


def _has_text_of_no_extraction(facts: Facts) -> bool:
    said = facts.said.extraction
    return said is not None and said.outcome != "ok" and _has_text(facts)


def _lacks_text(facts: Facts) -> bool:
    said = facts.said.extraction
    return said is not None and said.outcome == "ok" and not _has_text(facts)


@lru_cache(maxsize=512)  # of a history they are the same again and again
def _is_normal(url: str) -> bool:
    try:
        return urls.normalize(url) == url
    except UrlError:
        return False


def _is_spelled_otherwise(facts: Facts) -> bool:
    url, final = facts.said.url, facts.said.final_url
    return not _is_normal(url) or not (url == final or _is_normal(final))


def _read_truncated(seen: ReadRecord) -> str | None:
    """The word of WARC-Truncated; the header is parsed only where it may be there."""
    there = _TRUNCATED in seen.head or not seen.is_usual
    return seen.get("WARC-Truncated") if there else None


def _is_cut_unsaid(facts: Facts) -> bool:
    if _CUT in facts.said.limitations:
        return False
    answers = facts.find("response")
    if any(_read_truncated(seen) == "disconnect" for seen in answers):
        return True
    is_last = bool(answers) and answers[-1] is facts.last
    return is_last and facts.said.outcome != "failed" and _read_truncated(answers[-1]) is not None


def _is_revisit_whole(facts: Facts) -> bool:
    return any(_read_truncated(seen) != "length" for seen in facts.find("revisit"))


def _has_chain_without_tls(facts: Facts) -> bool:
    chains = facts.find("tls")
    return any(not urls.is_secure(seen.target.removeprefix(_TLS)) for seen in chains)


def _has_chain_twice(facts: Facts) -> bool:
    if "tls" not in facts.roles:
        return False
    blocks = [item.block for item in facts.said.records if item.role == "tls"]
    return len(set(blocks)) != len(blocks)


def _has_changed(facts: Facts) -> bool:
    if facts.said.outcome != "unchanged":
        return False
    if facts.said.layers.content is None or facts.before == b"":
        return True
    return facts.before is not None and facts.before != facts.now


def _answers_otherwise(facts: Facts) -> bool:
    """By earlier rules a failed capture may have understood no status line that is read now."""
    said, last = facts.said, facts.last
    given = last.layers if last is not None else None
    if said.http_rules > RULES or given is None or given.status is None:
        return False
    if said.outcome == "failed" and (said.http_rules != RULES or said.status is None):
        return said.reason == "http-error" and given.status != said.status
    return given.status != said.status


def _has_other_head(facts: Facts) -> bool:
    said, last = facts.said, facts.last
    if last is None or last.type != "revisit" or said.http_rules != RULES or last.layers is None:
        return False
    return last.layers.header is not None and said.layers.header != last.layers.header


def _repeats_other_content(facts: Facts) -> bool:
    said, original, last = facts.said, facts.original, facts.last
    if original is None or last is None or last.type != "revisit" or said.http_rules != RULES:
        return False
    status, content = original.status, original.content
    differs = content is not None and said.layers.content not in (None, content)
    return differs or (status is not None and status != said.status)


def _asks_another(facts: Facts) -> bool:
    if facts.said.grade != "wire":
        return False
    return any(not _is_asked(seen) for seen in facts.find("request") if seen.data is not None)


def _is_asked(seen: ReadRecord) -> bool:
    """Whether a request, whole or cut off, asks for its record's target."""
    place = seen.target.find("/", len("https://"))
    if seen.data is None or place < 0:
        return seen.data is None
    line, *fields = seen.data.partition(b"\r\n\r\n")[0].split(b"\r\n")
    wanted = {b"GET %b HTTP/1.1" % one.encode() for one in (seen.target[place:], seen.target)}
    hosts = [one[5:].strip() for one in fields if one[:5].lower() == b"host:"]
    host = seen.target[:place].partition("//")[2].encode()
    is_cut = b"\r\n\r\n" not in seen.data
    return (line in wanted and hosts == [host]) or is_cut


def _goes_elsewhere(facts: Facts) -> bool:
    """Whether a redirect was followed to another place than it names."""
    if facts.said.grade != "wire" or facts.said.http_rules != RULES or not facts.is_whole:
        return False
    return any(_leads_elsewhere(one, to) for one, to in pairwise(facts.answers))


def _leads_elsewhere(seen: ReadRecord, to: ReadRecord) -> bool:
    if seen.data is None:
        return False
    try:
        location = find_location(parse_response(seen.data))
        return location is not None and urls.join(seen.target, location) != to.target
    except HttpError:
        return False
    except UrlError:
        return True


INVARIANTS = (
    Invariant(
        name="reason",
        holds="a reason stands with a capture that failed, and with no other",
        message="a reason stands with a capture that did not fail, or is missing",
        is_broken=_has_odd_reason,
    ),
    Invariant(
        name="status",
        holds="what came from the wire and did not fail has a status from 200 to 299",
        message="a capture from the wire that did not fail has the status {said.status}",
        is_broken=_has_odd_status,
    ),
    Invariant(
        name="http-error",
        holds="what failed as `http-error` has a status, and none from 200 to 299",
        message="a capture that failed as http-error has the status {said.status}",
        is_broken=_has_odd_error,
    ),
    Invariant(
        name="file",
        holds="a capture from the wire holds no imported file",
        message="a capture from the wire holds an imported file",
        is_broken=_is_wire_with_file,
    ),
    Invariant(
        name="answer",
        holds="a capture from the wire that did not fail holds an answer",
        message="a capture from the wire that did not fail has no response",
        is_broken=_is_wire_without_answer,
    ),
    Invariant(
        name="nothing",
        holds="a capture of grade `none` failed",
        message="a capture in which nothing was received did not fail",
        is_broken=_is_none_and_did_not_fail,
    ),
    Invariant(
        name="no-answer",
        holds="captures of the grades `none`, `html` and `text` hold no answer",
        message="a capture of grade {said.grade} holds a response",
        is_broken=_holds_answer,
    ),
    Invariant(
        name="import",
        holds="captures of the grades `html` and `text` that did not fail hold the file",
        message="a capture of grade {said.grade} holds no imported file",
        is_broken=_is_import_without_file,
    ),
    Invariant(
        name="claimed-date",
        holds="a date is claimed for imports only, never from the wire",
        message="a capture of grade {said.grade} has a claimed date",
        is_broken=_has_odd_claimed_date,
    ),
    Invariant(
        name="text",
        holds="a text comes with an extraction, but for imported texts",
        message="a capture of grade {said.grade} has a text and no extraction",
        is_broken=_has_text_without_extraction,
    ),
    Invariant(
        name="extraction",
        holds="a text comes with an extraction of the outcome `ok` only",
        message="a text stands with an extraction of the outcome {said.extraction.outcome}",
        is_broken=_has_text_of_no_extraction,
    ),
    Invariant(
        name="extracted",
        holds="an extraction of the outcome `ok` has a text",
        message="an extraction of the outcome ok has no text",
        is_broken=_lacks_text,
    ),
    Invariant(
        name="url",
        holds="`url` and `final_url` are in their one spelling, without user name and password",
        message="a URL of the statement is not in its one spelling",
        is_broken=_is_spelled_otherwise,
    ),
    Invariant(
        name="cut",
        holds="`WARC-Truncated` of a last answer stands beside `cut` or a failure, `disconnect` of "
        "any beside `cut`",
        message="a response is marked as truncated, and the capture not as cut",
        is_broken=_is_cut_unsaid,
    ),
    Invariant(
        name="revisit-length",
        holds="a revisit has `WARC-Truncated: length`",
        message="a revisit is not marked as truncated in length",
        is_broken=_is_revisit_whole,
    ),
    Invariant(
        name="tls",
        holds="certificates stand with https only",
        message="certificates stand with a hop that was not asked over TLS",
        is_broken=_has_chain_without_tls,
    ),
    Invariant(
        name="tls-once",
        holds="a chain of certificates stands once in a group",
        message="the same certificates stand twice in a group",
        is_broken=_has_chain_twice,
    ),
    Invariant(
        name="unchanged",
        holds="an `unchanged` capture has status and content of this URL's last that did not fail",
        message="unchanged, but status or content is not that of the capture before",
        is_broken=_has_changed,
        check="blocks",
    ),
    Invariant(
        name="answered",
        holds="the status is the last answer's, a revisit's stored head included",
        message="the status is not that of the response",
        is_broken=_answers_otherwise,
        check="blocks",
        deep=True,
    ),
    Invariant(
        name="revisit-head",
        holds="the header layer of a revisit is its stored head",
        message="the header layer is not what the bytes give",
        is_broken=_has_other_head,
        check="blocks",
        deep=True,
    ),
    Invariant(
        name="revisit-content",
        holds="content and status of a revisit are its original's",
        message="content or status of the revisit is not that of the original response",
        is_broken=_repeats_other_content,
        check="blocks",
        deep=True,
    ),
    Invariant(
        name="request",
        holds="a request from the wire asks the host of its target for the path of its target",
        message="a request asks for another URL than its record says",
        is_broken=_asks_another,
        check="blocks",
        deep=True,
    ),
    Invariant(
        name="hops",
        holds="a redirect is followed to where its Location leads",
        message="a redirect was followed to another place than it names",
        is_broken=_goes_elsewhere,
        check="blocks",
        deep=True,
    ),
)
"""Everything that must be so in one capture."""
