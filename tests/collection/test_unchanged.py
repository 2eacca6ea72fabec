"""Pages captured again: when a revisit is written, and what counts as unchanged."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest

import archive
from archive.adding import records, text
from archive.adding.listing import read_list
from archive.article import suspect
from archive.warc.record import Fields
from tests.capture.settings import LOCAL
from tests.collection.press import (
    Clock,
    Record,
    capture_records,
    check_verified,
    open_press,
    page,
    predicate,
)
from tests.servers import Nginx, OddServer

PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


def wire(body: bytes, *fields: bytes, status: bytes = b"200 OK") -> bytes:
    """A response with this body."""
    lines = [b"HTTP/1.1 " + status, b"Content-Type: text/html", *fields]
    return b"\r\n".join([*lines, b"Content-Length: %d" % len(body), b"", body])


def chunked(body: bytes, *fields: bytes) -> bytes:
    """The same in one chunk."""
    lines = [b"HTTP/1.1 200 OK", b"Content-Type: text/html", *fields, b"Transfer-Encoding: chunked"]
    return b"\r\n".join([*lines, b"", b"%x" % len(body), body, b"0", b"", b""])


class Site:
    """One URL whose answer changes, captured again and again, a minute apart."""

    def __init__(self, press: archive.Collection, server: OddServer, clock: Clock) -> None:
        self._press, self._server, self._clock = press, server, clock
        self.captures: list[archive.Capture] = []
        self.url = server.url("/story")

    def add(self, sent: bytes) -> archive.Capture:
        """Let the URL answer this, and capture it."""
        self._clock.advance(60)
        capture = self._press.add(self._server.set("/story", sent), LOCAL)
        self.captures.append(capture)
        return capture

    def main(self, capture: archive.Capture) -> Record:
        """The capture's response or revisit."""
        return capture_records(self._press, capture)[0]

    def kind(self, capture: archive.Capture) -> str:
        """Which of both."""
        return self.main(capture)["WARC-Type"]

    def said(self, capture: archive.Capture) -> dict[str, object]:
        """What its statement says."""
        return predicate(self._press, capture)


@pytest.fixture
def site(press: archive.Collection, odd_server: OddServer, clock: Clock) -> Site:
    """A URL in an empty collection."""
    return Site(press, odd_server, clock)


def sha(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def envelope_of(press: archive.Collection, capture: archive.Capture) -> str:
    """SHA-256 of a capture's envelope."""
    return sha(capture_records(press, capture)[-1].block)


def test_the_same_entity_is_a_revisit(press: archive.Collection, site: Site) -> None:
    """The same entity, status and coding give a revisit that holds the new head, and no text."""
    first = site.add(wire(page(), b"X-Count: 1"))
    again = wire(page(), b"X-Count: 2")
    second = site.add(again)
    assert (first.outcome, second.outcome) == ("captured", "unchanged")
    original = site.main(first)
    records = capture_records(press, second)
    assert [r["WARC-Type"] for r in records] == ["revisit", "request", "metadata", "metadata"]
    revisit = records[0]
    head = again[: -len(page())]
    assert revisit.block == head
    assert {name: value for name, value in revisit.fields if name.startswith("WARC-")} == {
        "WARC-Type": "revisit",
        "WARC-Record-ID": revisit["WARC-Record-ID"],
        "WARC-Date": second.row.date,
        "WARC-Target-URI": site.url,
        "WARC-Warcinfo-ID": original["WARC-Warcinfo-ID"],
        "WARC-Refers-To": original["WARC-Record-ID"],
        "WARC-Refers-To-Target-URI": site.url,
        "WARC-Refers-To-Date": first.row.date,
        "WARC-Profile": PROFILE,
        "WARC-IP-Address": "127.0.0.1",
        "WARC-Protocol": "http/1.1",
        "WARC-Truncated": "length",
        "WARC-Payload-Digest": f"sha256:{sha(page())}",
        "WARC-Block-Digest": f"sha256:{sha(head)}",
    }
    assert records[1]["WARC-Concurrent-To"] == revisit["WARC-Record-ID"]
    assert records[-1]["WARC-Refers-To"] == revisit["WARC-Record-ID"]
    before, now = site.said(first), site.said(second)
    assert now["same_as"] == envelope_of(press, first) == now["previous"]
    for name in ("paragraphs", "claims", "extraction"):
        assert now[name] == before[name]
    assert now["digests"] == {
        **before["digests"],  # type: ignore[dict-item]
        "header": sha(head),
        "block": sha(head),
    }
    check_verified(press)


def test_a_revisit_reads_like_the_page(press: archive.Collection, site: Site) -> None:
    """Article, claims, content and response of a revisit are those of the page, head its own."""
    first = site.add(wire(page()))
    second = press.get(site.add(wire(page(), b"X-Count: 2")).id)
    assert second.content == page()
    assert second.article == first.article
    assert second.claims == first.claims
    assert second.article is not None
    assert second.title == first.title == "Mayor resigns"
    assert (second.row.words, second.content_type) == (first.row.words, "text/html")
    assert second.response is not None
    assert second.response.field("X-Count") == "2"
    assert second.response.entity == page()


def test_a_chunked_response_is_never_referred_to(press: archive.Collection, site: Site) -> None:
    """Without a payload digest replay tools would not find it, so its like is stored whole."""
    first = site.add(chunked(page()))
    second = site.add(chunked(page(), b"X-Count: 2"))
    assert site.main(first).get("WARC-Payload-Digest") is None
    assert site.kind(second) == "response"
    assert (second.outcome, second.content) == ("unchanged", page())
    assert site.said(second)["same_as"] == envelope_of(press, first)
    check_verified(press)


def test_a_chunked_revisit_has_the_entity_digest(press: archive.Collection, site: Site) -> None:
    """A chunked answer refers to a plain original, and names the entity's digest."""
    first = site.add(wire(page()))
    second = site.add(chunked(page(), b"X-Count: 2"))
    assert site.kind(second) == "revisit"
    assert site.main(second)["WARC-Refers-To"] == site.main(first)["WARC-Record-ID"]
    assert site.main(second)["WARC-Payload-Digest"] == f"sha256:{sha(page())}"
    assert (second.outcome, second.content) == ("unchanged", page())
    check_verified(press)


def test_two_ways_to_one_page_never_share_a_second(
    press: archive.Collection, site: Site, odd_server: OddServer
) -> None:
    """A capture that is redirected to a URL waits while that URL has one in the same second."""
    first = site.add(wire(page()))
    moved = b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
    second = press.add(odd_server.set("/short-link", moved % first.url.encode()), LOCAL)
    assert second.final_url == first.url
    assert second.row.date[:19] != first.row.date[:19]


def test_new_coding_of_the_same_content_is_a_response(
    press: archive.Collection, site: Site
) -> None:
    """Where only the gzip stream changed the response is whole, the outcome unchanged, same_as."""
    codings = [gzip.compress(page(), mtime=moment) for moment in (1, 2)]
    assert codings[0] != codings[1]
    first, second = (site.add(wire(body, b"Content-Encoding: gzip")) for body in codings)
    assert (site.kind(first), site.kind(second)) == ("response", "response")
    assert (first.outcome, second.outcome) == ("captured", "unchanged")
    assert site.said(second)["same_as"] == envelope_of(press, first)
    targets = [r["WARC-Target-URI"] for r in capture_records(press, second)]
    assert not any(target.startswith(("urn:text:", "urn:claims:")) for target in targets)
    assert second.article == first.article
    check_verified(press)


@pytest.mark.parametrize("first_coded", [True, False])
def test_another_content_coding_is_a_response(
    press: archive.Collection, site: Site, first_coded: bool
) -> None:
    """The same page once with and once without gzip is unchanged, and never a revisit."""
    both = [wire(gzip.compress(page()), b"Content-Encoding: gzip"), wire(page())]
    first, second = (site.add(sent) for sent in (both if first_coded else both[::-1]))
    assert (first.outcome, second.outcome) == ("captured", "unchanged")
    assert site.kind(second) == "response"
    check_verified(press)


def test_the_same_bytes_under_another_coding_are_another_page(
    press: archive.Collection, site: Site
) -> None:
    """Equal entities under different Content-Encoding are no revisit, and not unchanged."""
    body = gzip.compress(page())
    site.add(wire(body))
    second = site.add(wire(body, b"Content-Encoding: gzip"))
    assert (second.outcome, site.kind(second)) == ("captured", "response")
    check_verified(press)


def test_another_status_is_a_change(press: archive.Collection, site: Site) -> None:
    """The same body under another status is captured anew, whole."""
    site.add(wire(page()))
    second = site.add(wire(page(), status=b"203 Non-Authoritative Information"))
    assert (second.outcome, site.kind(second)) == ("captured", "response")
    check_verified(press)


def test_older_content_that_comes_back_is_captured(press: archive.Collection, site: Site) -> None:
    """Old, new, old again: the third is captured, though stored as a revisit of the first."""
    first = site.add(wire(page()))
    site.add(wire(page("Mayor stays")))
    third = site.add(wire(page()))
    assert (third.outcome, site.kind(third)) == ("captured", "revisit")
    assert site.main(third)["WARC-Refers-To"] == site.main(first)["WARC-Record-ID"]
    assert site.said(third)["same_as"] == envelope_of(press, first)
    versions = press.history(site.url)
    assert [version.title for version in versions] == [
        "Mayor resigns",
        "Mayor stays",
        "Mayor resigns",
    ]
    fourth = site.add(wire(page()))
    assert fourth.outcome == "unchanged"
    assert [len(version.captures) for version in press.history(site.url)] == [1, 1, 2]
    check_verified(press)


def test_a_failure_in_between_changes_nothing(press: archive.Collection, site: Site) -> None:
    """A page that was gone for a while and is the same again is unchanged, after a failure."""
    site.add(wire(page()))
    gone = site.add(wire(b"gone", status=b"503 Service Unavailable"))
    third = site.add(wire(page()))
    assert (gone.outcome, third.outcome, site.kind(third)) == ("failed", "unchanged", "revisit")
    assert site.said(third)["previous"] == envelope_of(press, gone)
    check_verified(press)


def test_a_first_capture_that_failed_is_no_original(press: archive.Collection, site: Site) -> None:
    """After a failure the first page is captured; equal error pages are never unchanged."""
    first = site.add(wire(b"gone", status=b"404 Not Found"))
    second = site.add(wire(b"gone", status=b"404 Not Found"))
    third = site.add(wire(b"gone"))
    assert [c.outcome for c in site.captures] == ["failed", "failed", "captured"]
    assert {site.kind(c) for c in (first, second, third)} == {"response"}
    check_verified(press)


def test_a_cut_response_is_no_original(press: archive.Collection, site: Site) -> None:
    """A revisit never refers to a response that was cut, though its bytes be the same."""
    cut = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n" + page()
    assert site.add(cut).reason == "cut"
    second = site.add(wire(page()))
    assert (second.outcome, site.kind(second)) == ("captured", "response")
    assert second.article is not None
    check_verified(press)


def test_a_suspicious_page_stays_suspicious(press: archive.Collection, site: Site) -> None:
    """An unchanged page with the words of a challenge is as suspicious as it was."""
    wall = page("Just a moment...", "Verify you are human to go on. " * 9)
    captures = [site.add(wire(wall, b"X-Count: %d" % number)) for number in range(3)]
    assert [capture.outcome for capture in captures] == ["captured", "unchanged", "unchanged"]
    assert site.said(captures[1])["same_as"] == envelope_of(press, captures[0])
    assert {capture.suspicion for capture in captures} == {"challenge page (Cloudflare)"}
    check_verified(press)


def test_an_unsuspicious_page_is_searched_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same content is searched for signs again only by other software than before."""
    searched = 0

    def look(
        status: int, fields: Fields, content: bytes, words: int | None, **urls: str
    ) -> str | None:
        nonlocal searched
        searched += 1
        return suspect(status, fields, content, words, **urls)

    monkeypatch.setattr(records, "suspect", look)
    site.add(wire(page()))
    assert site.add(wire(page())).outcome == "unchanged"
    assert searched == 1
    monkeypatch.setattr(text, "versions", lambda: {"article-archive": "99"})
    assert site.add(wire(page())).outcome == "unchanged"
    assert searched == 2


def test_extraction_is_repeated_once_only(press: archive.Collection, site: Site) -> None:
    """Every later capture of a text names the capture that has it, never a chain of names."""
    first = site.add(wire(page()))
    for number in range(3):
        site.add(wire(page(), b"X-Count: %d" % number))
    wanted = envelope_of(press, first)
    assert [site.said(c)["same_as"] for c in site.captures] == [None, wanted, wanted, wanted]
    check_verified(press)


def test_a_page_without_text_is_repeated_too(press: archive.Collection, site: Site) -> None:
    """Where extraction found nothing, a later capture repeats that, with its claims root."""
    first = site.add(wire(b"<html><head><title>Empty</title></head><body></body></html>"))
    second = site.add(wire(b"<html><head><title>Empty</title></head><body></body></html>"))
    targets = [r["WARC-Target-URI"].split(":")[1] for r in capture_records(press, first)[2:]]
    assert targets == ["outcome", "claims", "statement"]
    said, again = site.said(first), site.said(second)
    assert (said["paragraphs"], said["same_as"]) == (None, None)
    assert again["same_as"] == envelope_of(press, first)
    assert (again["claims"], again["extraction"]) == (said["claims"], said["extraction"])
    assert (second.article, second.claims) == (None, first.claims)
    check_verified(press)


def test_another_content_type_is_extracted_anew(press: archive.Collection, site: Site) -> None:
    """A changed charset in the head can change the text: it is extracted again."""
    site.add(wire(page()))
    body = wire(page()).replace(b"text/html", b"text/html;charset=latin-1")
    second = site.add(body)
    assert (second.outcome, site.kind(second)) == ("unchanged", "revisit")
    assert site.said(second)["same_as"] is None
    assert "urn:text:" + site.url in [r["WARC-Target-URI"] for r in capture_records(press, second)]
    check_verified(press)


def test_another_url_has_its_own_original(
    press: archive.Collection, odd_server: OddServer, site: Site
) -> None:
    """The same page under two URLs is two responses: revisits stay within one URL."""
    site.add(wire(page()))
    other = press.add(odd_server.set("/copy", wire(page())), LOCAL)
    assert (other.outcome, site.kind(other)) == ("captured", "response")
    assert site.said(other)["same_as"] is None
    check_verified(press)


def test_a_redirect_to_the_same_page_is_a_revisit_of_it(
    press: archive.Collection, odd_server: OddServer, clock: Clock
) -> None:
    """Behind a redirect the last hop is the revisit, the hops before it stay responses."""
    odd_server.set("/long", wire(page()))
    moved = b"HTTP/1.1 301 x\r\nLocation: /long\r\nContent-Length: 0\r\n\r\n"
    short = odd_server.set("/short", moved)
    first = press.add(short, LOCAL)
    clock.advance(60)
    second = press.add(short, LOCAL)
    assert (first.outcome, second.outcome) == ("captured", "unchanged")
    types = [r["WARC-Type"] for r in capture_records(press, second)]
    assert types[:4] == ["response", "request", "revisit", "request"]
    assert second.article == first.article
    assert second.article is not None
    check_verified(press)


def test_two_captures_of_a_url_never_share_a_second(
    press: archive.Collection, odd_server: OddServer, clock: Clock
) -> None:
    """The second of two captures waits for the next second, one by one and in a list."""
    url = odd_server.set("/story", wire(page()))
    for _ in range(3):
        press.add(url, LOCAL)
    assert clock.slept
    assert all(0 < seconds <= 1 for seconds in clock.slept)
    entries = press.plan(read_list([url, url + "#again", url + "?other"]))[0]
    list(press.add_all([*entries, *entries], LOCAL, delay=0, concurrency=3))
    rows = [(c.url, c.row.date[:19]) for c in press.captures()]
    assert len(rows) == len(set(rows)) == 3 + len(entries) * 2
    check_verified(press)


def test_many_copies_in_one_batch(
    press: archive.Collection, odd_server: OddServer, clock: Clock
) -> None:
    """The same URL twice in one list is captured twice, the second unchanged."""
    url = odd_server.set("/twice", wire(page()))
    entries = press.plan(read_list([url]))[0]
    outcomes = [c.outcome for c in press.add_all([*entries, *entries], LOCAL, delay=0)]
    assert sorted(outcomes) == ["captured", "unchanged"]
    check_verified(press)


def test_unchanged_pages_are_known_after_reopening(
    tmp_path: Path, nginx: Nginx, clock: Clock
) -> None:
    """A later process, with or without the index, sees that a page is unchanged."""
    url = nginx.publish("again.html", page())
    for lose_index in (False, False, True):
        clock.advance(60)
        with open_press(tmp_path, clock) as press:
            if lose_index:
                (press.path / "index.sqlite").unlink()
            press.add(url, LOCAL)
    with open_press(tmp_path, clock) as press:
        assert [c.outcome for c in press.captures()] == ["captured", "unchanged", "unchanged"]
        assert len(press.history(url)) == 1
        check_verified(press)


def test_a_clock_that_is_set_back_breaks_nothing(
    press: archive.Collection, site: Site, clock: Clock
) -> None:
    """After the clock went back no second is used twice, and the chain is that of the file."""
    site.add(wire(page()))
    site.add(wire(page()))
    clock.advance(-120.00001)
    site.add(wire(page()))
    site.add(wire(page("Mayor stays")))
    said = [site.said(capture) for capture in site.captures]
    digests = [envelope_of(press, capture) for capture in site.captures]
    assert [s["previous"] for s in said] == [None, *digests[:-1]]
    seconds = [capture.row.date[:19] for capture in site.captures]
    assert len(set(seconds)) == 4
    assert seconds != sorted(seconds)
    check_verified(press)


def test_a_text_that_was_never_extracted_is_extracted_later(
    tmp_path: Path, nginx: Nginx, clock: Clock
) -> None:
    """Captured without extraction and then with it: the second is a revisit that has the text."""
    url = nginx.publish("later.html", page())
    with open_press(tmp_path, clock, extracting=False) as press:
        first = press.add(url, LOCAL)
        assert (first.outcome, first.article) == ("captured", None)
        assert predicate(press, first)["extraction"] is None
        check_verified(press)
    clock.advance(60)
    with open_press(tmp_path, clock) as press:
        second = press.add(url, LOCAL)
        assert (second.outcome, second.title) == ("unchanged", "Mayor resigns")
        records = capture_records(press, second)
        assert [r["WARC-Type"] for r in records[:2]] == ["revisit", "request"]
        assert predicate(press, second)["same_as"] is None
        check_verified(press)
