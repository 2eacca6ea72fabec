"""What must be so in any one capture: each row of the table is broken once, and holds beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from archive.http import RULES
from archive.proof.statement import ExtractionSummary, Http
from archive.verification.invariants import INVARIANTS
from archive.warc.group import REVISIT_PROFILE
from tests.builders import (
    Builder,
    Capture,
    Member,
    Page,
    _Group,
    check,
    edit_block,
    edit_head,
    put_together,
    replace_envelope,
)
from tests.verification.test_agreement import verify_edited

ROWS = {one.name: one for one in INVARIANTS}
ZERO = "0" * 64


def told(name: str, *files: list[Member], deep: bool = True) -> list[str]:
    """The messages of a row's check, for files of a collection."""
    report = check(*map(put_together, files), whole=True, deep=deep)
    return [one.message for one in report.findings if one.check == ROWS[name].check]


def start(message: str) -> str:
    """The words of a message before what it tells of the statement."""
    return message.partition("{")[0]


def sign(capture: Capture, **says: Any) -> list[Member]:
    """A file of one capture, whose statement says something else."""
    statement = evolve(capture.statement, **says)
    return [Builder().begin_file(), *replace_envelope(capture.members, statement)]


def built(grade: str = "wire") -> Capture:
    """A capture from the wire, a failed one, or an imported one."""
    builder = Builder()
    builder.begin_file()
    if grade == "wire":
        return builder.capture()
    if grade == "none":
        return builder.failure()
    return builder.imported("https://news.example/a", b"One.\n")


SAID = ExtractionSummary("ok", None, "test", "0", {}, {})
WORDS: list[tuple[str, str, dict[str, Any]]] = [
    ("reason", "wire", {"reason": "dns"}),
    ("reason", "none", {"reason": None}),
    ("status", "wire", {"status": 404}),
    ("status", "wire", {"status": None}),
    ("status", "wire", {"status": 304}),
    ("http-error", "wire", {"outcome": "failed", "reason": "http-error", "status": 200}),
    ("http-error", "wire", {"outcome": "failed", "reason": "http-error", "status": None}),
    ("file", "text", {"grade": "wire"}),
    ("answer", "text", {"grade": "wire", "status": 200}),
    ("nothing", "none", {"outcome": "captured", "reason": None, "grade": "none"}),
    ("no-answer", "wire", {"grade": "html"}),
    ("no-answer", "wire", {"grade": "none", "outcome": "failed", "reason": "dns"}),
    ("import", "none", {"grade": "text", "outcome": "captured", "reason": None}),
    ("claimed-date", "wire", {"claimed_date": "2019"}),
    ("claimed-date", "none", {"claimed_date": "2019"}),
    ("text", "wire", {"extraction": None}),
    ("extraction", "wire", {"extraction": evolve(SAID, outcome="timeout")}),
    ("extracted", "text", {"extraction": SAID}),
    ("url", "wire", {"final_url": "https://ann:secret@news.example/a"}),
    ("url", "wire", {"final_url": "javascript:alert(1)"}),
    ("url", "wire", {"final_url": "https://NEWS.example/a"}),
    ("url", "wire", {"final_url": "https://news.example/b/../a"}),
    ("url", "wire", {"final_url": "https://news.example/a#b"}),
    ("unchanged", "wire", {"outcome": "unchanged"}),
]


@pytest.mark.parametrize(("name", "grade", "says"), WORDS)
def test_words_that_contradict_each_other(name: str, grade: str, says: dict[str, Any]) -> None:
    """Each row is broken by a statement that says one thing more or other, and is told then."""
    found = told(name, sign(built(grade), **says), deep=False)
    assert any(one.startswith(start(ROWS[name].message)) for one in found)


@pytest.mark.parametrize("name", ROWS)
def test_what_is_as_it_should_be_breaks_no_row(name: str) -> None:
    """Captures from the wire, unchanged, failed and imported break none."""
    builder = Builder()
    members = [builder.begin_file()]
    first = builder.capture()
    members += first.members
    members += builder.unchanged(first).members
    members += builder.failure().members
    members += builder.failure().members
    members += builder.imported("https://news.example/b", b"One.\n").members
    assert [one for one in told(name, members) if start(ROWS[name].message) in one] == []


@pytest.mark.parametrize(
    "says",
    [
        {"grade": "text", "claimed_date": "2019"},
        {"grade": "html", "claimed_date": "about 1999"},
    ],
)
def test_imports_may_have_a_claimed_date(says: dict[str, Any]) -> None:
    """A date is claimed for imports."""
    assert told("claimed-date", sign(built("text"), **says), deep=False) == []


@pytest.mark.parametrize(
    ("word", "limitations", "is_told"),
    [
        ("disconnect", (), True),
        ("disconnect", ("cut",), False),
        ("time", (), True),
        ("length", ("cut",), False),
    ],
)
def test_truncated_beside_cut_alone(word: str, limitations: tuple[str, ...], is_told: bool) -> None:
    """A response that is marked as truncated makes its capture cut."""

    def mark(member: Member) -> Member:
        new = b"WARC-Truncated: %b\r\nWARC-Block-Digest" % word.encode()
        return edit_head(member, b"WARC-Block-Digest", new)

    report = verify_edited("response", mark, limitations=limitations)
    found = [one.message for one in report.findings]
    assert found == ([ROWS["cut"].message] if is_told else [])


def test_a_hop_that_was_not_read_to_its_end_is_not_cut() -> None:
    """Of a redirect's body only so much is waited for: `time` on it makes nothing cut."""
    members = redirected(b"/b", "https://news.example/b", extra=(("WARC-Truncated", "time"),))
    assert told("cut", members) == []


def test_a_revisit_says_that_it_is_short() -> None:
    """A revisit record has no body, and says so."""

    def unmark(member: Member) -> Member:
        return edit_head(member, b"WARC-Truncated: length\r\n", b"")

    builder = Builder()
    builder.begin_file()
    again = builder.unchanged(builder.capture())
    report = verify_edited("revisit", unmark, again, sequence=0, prior=None, previous=None)
    assert ROWS["revisit-length"].message in [one.message for one in report.findings]


def with_chains(url: str, *chains: bytes) -> list[Member]:
    """A file of a capture that has chains of certificates."""
    builder = Builder()
    members = [builder.begin_file()]
    group = _Group(builder, url, builder.next_date())
    host = url.split("/")[2].encode()
    body = b"HTTP/1.1 200 OK\r\n\r\nx"
    answer = group.add("response", body)
    linked = (("WARC-Concurrent-To", answer.id),)
    group.add("request", b"GET /a HTTP/1.1\r\nHost: %b\r\n\r\n" % host, linked)
    for chain in chains:
        group.add("tls", chain, linked)
    group.add("outcome", b"{}", (("WARC-Refers-To", answer.id),))
    return members + group.close(layers=layers_of(body), outcome="captured", status=200).members


def layers_of(block: bytes) -> Any:
    """The layers of an answer without codings."""
    from archive.proof.statement import Layers

    head, gap, body = block.partition(b"\r\n\r\n")
    sums = [hashlib.sha256(one).hexdigest() for one in (head + gap, block, body)]
    return Layers(header=sums[0], block=sums[1], entity=sums[2], content=sums[2])


def test_certificates_stand_with_https_and_once() -> None:
    """A chain beside http, and the same chain twice, contradict their group; two chains do not."""
    secure = "https://news.example/a"
    assert told("tls", with_chains("http://news.example/a", b"x")) == [ROWS["tls"].message]
    assert told("tls-once", with_chains(secure, b"x", b"x")) == [ROWS["tls-once"].message]
    assert told("tls-once", with_chains(secure, b"x", b"y")) == []


def test_unchanged_since_what_had_another_content() -> None:
    """Unchanged means the status and content of the last capture that did not fail."""
    builder = Builder()
    members = [builder.begin_file()]
    members += builder.capture().members
    members += builder.failure("https://news.example/a").members
    other = builder.capture(page=Page(body=b"<p>Two.</p>"))
    good = replace_envelope(other.members, other.statement)
    assert told("unchanged", [*members, *good], deep=False) == []
    statement = evolve(other.statement, outcome="unchanged")
    bad = replace_envelope(other.members, statement)
    assert told("unchanged", [*members, *bad], deep=False) == [ROWS["unchanged"].message]


def test_unchanged_since_what_stands_elsewhere_is_not_checked() -> None:
    """In a lone file the capture before may be elsewhere; then nothing is said for or against."""
    builder = Builder()
    builder.begin_file()
    first = builder.capture()
    other = builder.capture(page=Page(body=b"<p>Two.</p>"))
    again = builder.unchanged(other)
    lone = [Builder().begin_file(), *again.members]
    report = check(put_together([Builder().begin_file(), *first.members]), put_together(lone))
    assert "unchanged captures whose capture before is elsewhere (1)" in (
        report.check("blocks").reason or ""
    )
    assert [one for one in report.findings if one.message == ROWS["unchanged"].message] == []


def test_a_404_is_not_signed_over_a_stored_200() -> None:
    """Status and stored answer are one, of captures that failed too."""
    says = {"outcome": "failed", "reason": "http-error", "status": 404}
    for rules in (Http(RULES), None):
        assert told("answered", sign(built(), **says, http=rules)) == [ROWS["answered"].message]
    gone = Page(head=b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n")
    builder = Builder()
    builder.begin_file()
    assert told("answered", sign(builder.capture(page=gone), **says)) == []


def revisited(change: Callable[[bytes], bytes] = lambda head: head, **says: Any) -> list[Member]:
    """A capture and a revisit of it with another stored head, or whose statement says otherwise."""
    builder = Builder()
    members = [builder.begin_file()]
    first = builder.capture()
    said = first.statement
    group = _Group(builder, said.url, builder.next_date())
    extra = (
        ("WARC-Profile", REVISIT_PROFILE),
        ("WARC-Refers-To-Target-URI", said.url),
        ("WARC-Refers-To-Date", said.date),
        ("WARC-Truncated", "length"),
        ("WARC-Payload-Digest", f"sha256:{said.layers.entity}"),
    )
    head = change(Page().head)
    revisit = group.add("revisit", head, (("WARC-Refers-To", said.records[0].id),), extra)
    group.add("outcome", b"{}", (("WARC-Refers-To", revisit.id),))
    header = hashlib.sha256(head).hexdigest()
    stored = evolve(said.layers, header=header, block=revisit.block)
    words: dict[str, Any] = {
        "outcome": "captured",
        "status": 200,
        "http": Http(RULES),
        "paragraphs": said.paragraphs,
        "claims": said.claims,
        "extraction": said.extraction,
        "same_as": first.envelope,
    }
    layers = evolve(stored, **says.pop("layers", {}))
    return [*members, *first.members, *group.close(**{**words, **says, "layers": layers}).members]


def test_a_revisit_is_held_to_its_head_and_its_original() -> None:
    """Status and header layer are those of the stored head, content that of the original."""
    rows = ("answered", "revisit-head", "revisit-content")
    for name in rows:
        assert told(name, revisited()) == []
    other = revisited(lambda head: head.replace(b"200 OK", b"203 Ok"))
    assert ROWS["answered"].message in told("answered", other)
    zeros = revisited(layers={"header": ZERO})
    assert told("revisit-head", zeros) == [ROWS["revisit-head"].message]
    content = revisited(layers={"content": ZERO})
    assert ROWS["revisit-content"].message in told("revisit-content", content)
    status = revisited(lambda head: head.replace(b"200 OK", b"203 Ok"), status=203)
    assert told("revisit-content", status) == [ROWS["revisit-content"].message]


@pytest.mark.parametrize(
    ("old", "new", "is_told"),
    [
        (b"news.example", b"evil.example", True),
        (b"GET /a", b"GET /b", True),
        (b"GET", b"POST", True),
        (b"\r\n\r\n", b"\r\nHost: evil.example\r\n\r\n", True),
        (b"GET /a", b"GET https://news.example/a", False),
        (b"Host", b"hOST", False),
        (b"\r\n\r\n", b"\r\nAccept: */*\r\n\r\n", False),
        (b"news.example\r\n\r\n", b"news", False),
    ],
)
def test_a_request_asks_for_its_target(old: bytes, new: bytes, is_told: bool) -> None:
    """Host and path are those of the record's target; a forward proxy is asked for the whole URL,
    and a request that was cut off is not judged.
    """
    builder = Builder()
    builder.begin_file()
    capture = builder.capture()
    at = next(n for n, one in enumerate(capture.members) if one.kind == "request")
    capture.members[at] = edited = edit_block(capture.members[at], old, new, digest=True)
    records = list(capture.statement.records)
    sums = [hashlib.sha256(one).hexdigest() for one in (edited.head, edited.block)]
    records[at] = evolve(records[at], header=sums[0], block=sums[1], length=len(edited.block))
    found = told("request", sign(capture, records=tuple(records)))
    assert found == ([ROWS["request"].message] if is_told else [])


def redirected(
    location: bytes, target: str, extra: tuple[tuple[str, str], ...] = (), status: bytes = b"302"
) -> list[Member]:
    """A file of a capture that was redirected."""
    builder = Builder()
    members = [builder.begin_file()]
    url = "https://news.example/a"
    group = _Group(builder, url, builder.next_date())
    head = b"HTTP/1.1 %b Found\r\nLocation: %b\r\nContent-Length: 0\r\n\r\n" % (status, location)
    first = group.add("response", head, extra=extra)
    request = b"GET %b HTTP/1.1\r\nHost: news.example\r\n\r\n"
    group.add("request", request % b"/a", (("WARC-Concurrent-To", first.id),))
    body = b"HTTP/1.1 200 OK\r\n\r\nx"
    group._url = target
    last = group.add("response", body)
    path = target.removeprefix("https://news.example").encode()
    group.add("request", request % path, (("WARC-Concurrent-To", last.id),))
    group._url = url
    group.add("outcome", b"{}", (("WARC-Refers-To", last.id),))
    made = group.close(layers=layers_of(body), outcome="captured", status=200, http=Http(RULES))
    statement = evolve(made.statement, final_url=target)
    return [*members, *replace_envelope(made.members, statement)]


@pytest.mark.parametrize(
    ("location", "status", "is_told"),
    [
        (b"/b", b"302", False),
        (b"https://news.example/b#part", b"302", False),
        (b"b?", b"302", True),
        (b"/c", b"302", True),
        (b"http://[", b"302", True),
        (b"/c", b"200", False),
    ],
)
def test_a_redirect_leads_where_it_says(location: bytes, status: bytes, is_told: bool) -> None:
    """The next hop is where Location leads; what is no redirect leads nowhere by it."""
    members = redirected(location, "https://news.example/b", status=status)
    assert told("hops", members) == ([ROWS["hops"].message] if is_told else [])


def test_every_row_is_broken_by_a_test() -> None:
    """No row stands in the table that nothing here breaks."""
    told_here = {name for name, _, _ in WORDS} | {
        "cut", "revisit-length", "tls", "tls-once", "answered", "revisit-head", "revisit-content",
        "request", "hops",
    }  # fmt: skip
    assert told_here == set(ROWS)
