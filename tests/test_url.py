"""Tests of `archive.url` on the WHATWG vectors of web-platform-tests and ada."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import url
from archive.errors import UrlError
from tests.places import shared

WEB = ("http:", "https:")
HOSTS = st.text(alphabet="abcäöß日本01-.%[]:@ ", max_size=24)
TYPED = st.text(max_size=60) | st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP", "ftp"]),
    HOSTS,
    st.sampled_from(["", "/", "\\", "?", "#", "//"]),
    st.text(max_size=40),
)


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one vector file, without its comments."""
    text = shared("vectors", "wpt-url", "tests", "wpt", name).read_text("utf-8")
    return [case for case in json.loads(text) if isinstance(case, dict)]


def spell(text: str, base: str | None) -> str:
    """What our module makes of a case: the spelling, or why it was refused."""
    try:
        return url.normalize(text) if base is None else url.join(base, text)
    except UrlError as error:
        return error.message


def expected(case: dict[str, Any]) -> str:
    """What it has to make of it: the standard's spelling, less what we refuse or leave off."""
    if case.get("failure"):
        return "not a URL"
    if case["protocol"] not in WEB:
        refusal = "only http and https are archived"
        # Before an @ and without slashes, a scheme may as well be a user's name.
        spelling = str(case["href"]).partition("#")[0]
        hidden = "@" in spelling and not spelling.startswith(case["protocol"] + "/")
        return refusal if hidden else f"{refusal}, not {case['protocol']}"
    if case["username"] or case["password"]:
        return "user name or password in the URL"
    return str(case["href"]).partition("#")[0]


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("urltestdata.json", 890),
        ("ada_extra_urltestdata.json", 28),
        ("ada_long_urltestdata.json", 1),
    ],
)
def test_urls_are_spelled_as_the_standard_says(name: str, least: int) -> None:
    """Every vector of the URL Standard gives its spelling, or the reason why we refuse it."""
    found = cases(name)
    spelled = [(case, spell(case["input"], case.get("base"))) for case in found]
    wrong = [(case, spelling) for case, spelling in spelled if spelling != expected(case)]
    assert len(found) >= least
    assert wrong == []


@pytest.mark.parametrize(("name", "least"), [("toascii.json", 80), ("IdnaTestV2.json", 2600)])
def test_hosts_become_ascii_as_the_standard_says(name: str, least: int) -> None:
    """Every international host name is written in punycode, or refused, as UTS 46 says."""
    wrong = []
    found = [case for case in cases(name) if case["input"]]
    for case in found:
        spelling = spell(f"https://{case['input']}/x", None)
        host = url.host(spelling) if spelling.startswith("https:") else None
        if host != case["output"]:
            wrong.append((case["input"], host, case["output"]))
    assert len(found) >= least
    assert wrong == []


def test_queries_are_percent_coded_in_utf8() -> None:
    """A query is coded as UTF-8, whatever the coding of the page it came from."""
    found = cases("percent-encoding.json")
    spelled = [spell("https://news.example/?" + case["input"], None) for case in found]
    assert spelled == ["https://news.example/?" + case["output"]["utf-8"] for case in found]
    assert found


def test_host_lengths_are_left_to_the_resolver() -> None:
    """Labels over 63 octets and empty labels stay: the URL Standard does not refuse them."""
    found = cases("verifydnslength_tests.json")
    for case in found:
        spelling = spell(case["input"], None)
        assert spelling == url.normalize(spelling)
    assert found


@pytest.mark.parametrize(
    ("typed", "spelling"),
    [
        ("HTTPS://News.Example:443/a/../b#top", "https://news.example/b"),
        ("  http://news.example \n", "http://news.example/"),
        ("http://news.example/a b?c=ü", "http://news.example/a%20b?c=%C3%BC"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://news.example/#", "http://news.example/"),
    ],
)
def test_what_is_typed_has_one_spelling(typed: str, spelling: str) -> None:
    """Case, default port, dot segments, blanks, fragment and international letters are settled."""
    assert url.normalize(typed) == spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://news.example/", "https://news.example/"),
        ("https://news.example/", "https://www.news.example/"),
        ("https://news.example/?utm_source=a", "https://news.example/"),
        ("https://news.example/a", "https://news.example/a/"),
        ("https://news.example/%7Ea", "https://news.example/~a"),
    ],
)
def test_different_urls_are_never_merged(one: str, other: str) -> None:
    """Scheme, `www.`, tracking parameters, a last slash and needless coding all count."""
    assert url.normalize(one) != url.normalize(other)


def test_the_longest_url_is_the_last_one_taken() -> None:
    """8,192 bytes of the normal spelling pass; one more is refused."""
    start = "https://news.example/"
    longest = start + "a" * (url.MAX_LENGTH - len(start))
    assert url.normalize(longest) == longest
    with pytest.raises(UrlError, match="longer than 8192 bytes"):
        url.normalize(longest + "a")
    with pytest.raises(UrlError, match="longer than 8192 bytes"):
        url.normalize(start + "ü" * 1400)


@pytest.mark.parametrize(
    "typed", ["https://ann:secret@news.example/", "ftp://ann:secret@news.example/"]
)
def test_a_password_is_refused_and_not_repeated(typed: str) -> None:
    """The error about a URL with a password shows the URL without it, for errors are kept."""
    with pytest.raises(UrlError) as caught:
        url.normalize(typed)
    assert "secret" not in str(caught.value)
    assert "ann" not in str(caught.value)
    assert "news.example" in str(caught.value)


SECRETIVE = [
    "https://ann:s3cret@exa mple.org/",
    "https://ann:s3cret@news.example:99999/",
    "https://ann:s3/cret@[/",
    "https:ann:s3cret@news.example:99999/",
    "https:\\\\ann:s3cret@exa mple.org/",
    "ht\ntps://ann:s3cret@exa mple.org/",
    "//ann:s3cret@exa mple.org/",
    "ann:s3cret@news.example",
    "ann:s3cret@news.example:3128",
    "s3cret@news.example",
    "ftp://ann:s3cret@news.example/",
    "mailto:ann:s3cret@news.example",
    "HTTP://ann:s3@cret@news.example/",
    "https://ann:s3cret@news.example/" + "a" * 9000,
    "https://ann:s3cret@news.example/\ud800",
]


@pytest.mark.parametrize("typed", SECRETIVE)
def test_no_error_shows_a_password_however_the_url_is_wrong(typed: str) -> None:
    """What stands before the last @ of a refused text is in no error and in no redacted text."""
    for shown in (url.redact(typed), *(str(error) for error in errors_of(typed))):
        assert not any(word in shown for word in ("ann", "s3", "cret"))


def errors_of(typed: str) -> list[UrlError]:
    """The errors about a text, typed and as a redirect's target."""
    found = []
    for base in (None, "https://other.example/a"):
        try:
            spelled = url.normalize(typed) if base is None else url.join(base, typed)
        except UrlError as error:
            found.append(error)
        else:
            assert base is not None, "typed text with a password passed"
            assert spelled.startswith("https://other.example/")
    return found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://ann:s3cret@exa mple.org/", "https://…@exa mple.org/"),
        ("ftp://ann@news.example/", "ftp://…@news.example/"),
        ("ann:s3cret@news.example", "…@news.example"),
        ("https://news.example/@ann?to=a@b.example", "https://news.example/@ann?to=a@b.example"),
        ("not a url", "not a url"),
    ],
)
def test_redacting_leaves_the_rest_to_be_recognized(text: str, shown: str) -> None:
    """User name and password give way to a mark; a URL that has none stays as it is."""
    assert url.redact(text) == shown


def test_a_lone_surrogate_is_not_a_url() -> None:
    """Text that UTF-8 cannot write is refused like any other text that is no URL."""
    with pytest.raises(UrlError, match="not a URL"):
        url.normalize("https://news.example/\ud800")


def test_an_error_shows_a_long_url_in_part() -> None:
    """A refused text of a million characters does not fill the terminal."""
    with pytest.raises(UrlError) as caught:
        url.normalize("x" * 1_000_000)
    assert len(str(caught.value)) < 400


def test_host_and_security_are_read_off_the_spelling() -> None:
    """A normal URL tells its host, brackets kept and port left off, and whether it is TLS."""
    assert url.host("https://news.example:8443/a") == "news.example"
    assert url.host("http://[::1]:80/") == "[::1]"
    assert url.is_secure("https://news.example/")
    assert not url.is_secure("http://https.example/")


@given(typed=TYPED)
def test_normalize_gives_a_fixed_point_or_a_url_error(typed: str) -> None:
    """Normalizing twice changes nothing; the result is short ASCII without fragment."""
    try:
        spelling = url.normalize(typed)
    except UrlError:
        return
    assert url.normalize(spelling) == spelling
    assert spelling.isascii()
    assert "#" not in spelling
    assert " " not in spelling
    assert spelling.isprintable()
    assert len(spelling) <= url.MAX_LENGTH
    assert url.host(spelling)


@given(reference=st.text(max_size=60))
def test_join_gives_a_normal_url_or_a_url_error(reference: str) -> None:
    """Any Location header leads to a URL in its normal spelling, or is refused."""
    try:
        spelling = url.join("https://news.example/a/b?c", reference)
    except UrlError:
        return
    assert url.normalize(spelling) == spelling


@given(path=st.text(max_size=40))
def test_joining_an_absolute_url_is_normalizing_it(path: str) -> None:
    """The base plays no part when the reference is whole."""
    whole = "http://news.example/" + path
    assert spell(whole, "https://base.example/a") == spell(whole, None)
