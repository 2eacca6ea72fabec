"""The library as people use it: the example of the documentation, look-ups, errors."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import archive
from archive.user.keystore import Keystore
from tests.capture.settings import LOCAL
from tests.collection.press import Clock, check_verified, open_press, page
from tests.servers import Nginx, OddServer, free_port

SNIPPET = """
import archive

with archive.open("press", create=True) as press:
    capture = press.add({url!r}{settings})
    if capture.article:
        print(capture.article.title, capture.grade)
    for claim in capture.claims.about("headline"):
        print(claim.value, claim.signal, claim.span)
    versions = press.history({url!r})
    if len(versions) > 1:
        print(press.compare(versions[-2].last, versions[-1].first).summary())
    report = press.verify()
    report.require("signature", "coverage")
"""


def run_snippet(folder: Path, url: str) -> str:
    """Run the example in a process and a folder of its own, and give what it printed."""
    local = ", archive.Settings(allow_private=True)"
    environment = {**os.environ, "XDG_CONFIG_HOME": str(folder / "config")}
    done = subprocess.run(
        [sys.executable, "-c", SNIPPET.format(url=url, settings=local)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_runs_as_written(tmp_path: Path, nginx: Nginx) -> None:
    """The example adds, shows, compares and verifies, first once and then after an edit."""
    url = nginx.publish("example.html", page())
    once = run_snippet(tmp_path, url).splitlines()
    assert once[0] == "Mayor resigns wire"
    assert sorted(line.split()[2] for line in once[1:]) == ["title", "visible-text"]
    nginx.publish("example.html", page("Mayor stays"))
    assert (
        run_snippet(tmp_path, url).splitlines()[-1] == "1 change (1 substantive, silent): headline"
    )


def test_add_never_raises_for_the_page(press: archive.Collection) -> None:
    """What the network does is in the outcome, with a reason and a sentence."""
    capture = press.add(f"http://127.0.0.1:{free_port()}/", LOCAL)
    assert capture.failed
    assert (capture.outcome, capture.reason) == ("failed", "refused")
    assert capture.error
    assert (capture.article, capture.content, len(capture.claims)) == (None, None, 0)


def test_a_collection_that_is_not_there(tmp_path: Path) -> None:
    """Opening what is no collection says so, with exit code 10, and makes nothing."""
    with pytest.raises(archive.NoCollectionError) as caught:
        archive.open(tmp_path / "press", keystore=Keystore(tmp_path))
    assert caught.value.exit_code == 10
    assert list(tmp_path.iterdir()) == []


def test_making_a_collection_twice_is_refused(tmp_path: Path, press: archive.Collection) -> None:
    """`create` never touches a collection that is there."""
    with pytest.raises(archive.UsageError):
        archive.create(press.path, keystore=Keystore(tmp_path / "config"))


def test_adding_without_the_key_is_refused(
    tmp_path: Path, press: archive.Collection, nginx: Nginx
) -> None:
    """Without the private key nothing is added; reading and checking go on."""
    url = nginx.publish("keyless.html", page())
    press.add(url, LOCAL)
    with archive.open(press.path, keystore=Keystore(tmp_path / "elsewhere")) as other:
        with pytest.raises(archive.KeyRefusedError):
            other.add(url, LOCAL)
        assert other.verify().verdict == "untrusted"
        assert other.verify(trust=[press.key]).verdict == "verified"
        assert len(list(other.captures())) == 1


def test_captures_are_found_by_id_url_and_time(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """A capture is named by the beginning of its id, by URL, steps back, day or instant."""
    url = nginx.publish("named.html", page())
    first = press.add(url, LOCAL)
    clock.advance(86_400)
    nginx.publish("named.html", page("Mayor stays"))
    second = press.add(url, LOCAL)
    assert press.get(first.id).id == press.get(first.id[:6]).id == first.id
    assert press.get(url).id == press.get(f"{url}@~0").id == second.id
    assert press.get(f"{url}@~1").id == first.id
    assert press.get(f"{url}@2026-11-22").id == first.id
    assert press.get_at(url, "2026-11-23T23:00:00Z").id == second.id
    assert press.get_at(url, date(2026, 11, 22)).id == first.id
    assert press.get_at(url, date(2026, 11, 23)).id == second.id
    for missing in (f"{url}@~2", f"{url}@2020-01-01", "https://never.example/", "0" * 32):
        with pytest.raises(archive.NotFoundError):
            press.get(missing)
    with pytest.raises(archive.UsageError):
        press.get("abc")
    with pytest.raises(archive.NotFoundError):
        press.history("https://never.example/")


def test_compare_says_what_changed(press: archive.Collection, nginx: Nginx, clock: Clock) -> None:
    """Headline, number and quotation of an edited page come out as changes, in words."""
    first_text = "The council spent 12 million on the bridge, the mayor told reporters on Monday."
    url = nginx.publish("changes.html", page("Bridge opens", first_text * 3))
    first = press.add(url, LOCAL)
    clock.advance(60)
    nginx.publish("changes.html", page("Bridge closes", first_text.replace("12", "21") * 3))
    second = press.add(url, LOCAL)
    found = press.compare(first, second)
    assert not found.same
    headline, *numbers = found.changes
    assert (headline.classes, headline.before) == (("headline",), "Bridge opens")
    assert {change.classes for change in numbers} == {("number",)}
    pairs = {(one.before, one.after) for change in numbers for one in change.operations}
    assert pairs == {("12", "21")}
    assert press.compare(first, first).same


def test_compare_extracts_anew_what_other_extractors_read(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """Texts of different extractors are never compared: both pages are extracted again."""
    url = nginx.publish("extractors.html", page())
    first = press.add(url, LOCAL)
    clock.advance(60)
    nginx.publish("extractors.html", page("Mayor stays"))
    second = press.add(url, LOCAL)
    told = first.attribution
    assert told is not None
    assert told.extractor is not None
    other = evolve(told, extractor=evolve(told.extractor, name="another"))
    old = archive.Capture(first.row, first._reading)
    old.__dict__["text"] = "Other words.\n"
    assert press.pair(old, second).sides[0].text == "Other words.\n"
    old.__dict__["attribution"] = other
    pair = press.pair(old, second)
    assert first.article is not None
    assert pair.sides[0].text == first.article.text
    assert [change.classes for change in pair.comparison.changes] == [("headline",)]
    assert pair.comparison.filters["re-extracted"] == 1


def test_compare_across_extractors_reads_through_a_revisit(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """A revisit is extracted again from the body that the earlier capture keeps."""
    url = nginx.publish("revisited.html", page())
    first = press.add(url, LOCAL)
    clock.advance(60)
    second = press.add(url, LOCAL)
    assert second.outcome == "unchanged"
    told = second.attribution
    assert told is not None
    assert told.extractor is not None
    other = archive.Capture(second.row, second._reading)
    maker = evolve(told.extractor, name="another")
    other.__dict__["attribution"] = evolve(told, extractor=maker)
    found = press.compare(first, other)
    assert found.same
    assert found.filters["re-extracted"] == 1


def test_reading_never_writes(tmp_path: Path, nginx: Nginx, clock: Clock) -> None:
    """Opening, listing, showing, comparing and verifying leave every file as it was."""
    url = nginx.publish("reading.html", page())
    with open_press(tmp_path, clock) as press:
        press.add(url, LOCAL)

    def look() -> dict[Path, tuple[bytes, int]]:
        files = (path for path in (tmp_path / "press").rglob("*") if path.is_file())
        return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}

    before = look()
    with open_press(tmp_path, clock) as press:
        [capture] = press.captures()
        assert capture.article is not None
        assert press.history(url)
        assert press.compare(capture, capture).same
        assert press.status().captures == 1
        check_verified(press)
    assert look() == before


def test_the_report_as_json(press: archive.Collection, odd_server: OddServer) -> None:
    """A report's JSON has a schema, the verdict, and every check by name."""
    press.add(odd_server.set("/json", b"HTTP/1.1 200 OK\r\n\r\nhello"), LOCAL)
    told = json.loads(json.dumps(press.verify().to_json()))
    assert told["schema"] == "urn:article-archive:verify:v1"
    assert (told["verdict"], told["captures"], told["files"]) == ("verified", 1, 1)
    assert [check["name"] for check in told["checks"]][:5] == [
        "framing",
        "headers",
        "blocks",
        "signature",
        "coverage",
    ]
    with pytest.raises(archive.IntegrityError):
        press.verify().require("timestamp")
    with pytest.raises(archive.UsageError):
        press.verify(require=["no-such-check"])


def test_a_refusal_of_ours_ends_no_version(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """An article seen, refused here twice, and seen again is one version; the refusals another."""
    url = nginx.publish("refused-here.html", page())
    for settings in (LOCAL, None, None, LOCAL, None):
        press.add(url, settings)
        clock.advance(60)
    ids = [capture.id for capture in press.captures()]
    assert [capture.reason for capture in press.captures()] == [
        None,
        *["forbidden"] * 2,
        None,
        "forbidden",
    ]
    versions = [[capture.id for capture in version.captures] for version in press.history(url)]
    assert versions == [[ids[0], ids[3]], [ids[1], ids[2], ids[4]]]


def test_other_failures_do_end_a_version(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """What a server answered counts: a page that was gone and came back is three versions."""
    url = nginx.publish("gone.html", page())
    press.add(url, LOCAL)
    clock.advance(60)
    (nginx.root / "gone.html").unlink()
    press.add(url, LOCAL)
    clock.advance(60)
    nginx.publish("gone.html", page())
    press.add(url, LOCAL)
    assert [version.first.status for version in press.history(url)] == [200, 404, 200]


def test_a_capture_shows_itself_in_one_line(press: archive.Collection, nginx: Nginx) -> None:
    """The repr of a capture is its id, outcome and URL."""
    url = nginx.publish("shown.html", page())
    capture = press.add(url, LOCAL)
    assert repr(capture) == f"<Capture {capture.id} captured {url!r}>"


@pytest.mark.parametrize("name", ["my press", "a+b", "\u00a0\u2003", "+", "Zürich"])
def test_the_default_origin_can_name_a_log(tmp_path: Path, name: str) -> None:
    """Whatever a folder is called, the log's default name has neither spaces nor a plus."""
    keys = Keystore(tmp_path / "keys")
    with archive.open(tmp_path / name, create=True, keystore=keys) as made:
        assert re.fullmatch(r"[A-Za-z0-9._-]+-[0-9a-f]{8}", made.origin)


@pytest.mark.parametrize("origin", ["", "a b", "a+b", "a\u00a0b", "a\nb", "a\u2028b", "a\x7fb"])
def test_an_origin_that_can_name_no_log_is_refused(tmp_path: Path, origin: str) -> None:
    """An origin with spaces, a plus or control characters is a usage error; nothing is made."""
    with pytest.raises(archive.UsageError) as caught:
        archive.create(tmp_path / "press", origin=origin, keystore=Keystore(tmp_path / "keys"))
    assert caught.value.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_an_empty_collection_is_indexed(press: archive.Collection, nginx: Nginx) -> None:
    """Without files no index is needed; with files and none, it is behind."""
    assert press.status().indexed
    press.add(nginx.publish("indexed.html", page()), LOCAL)
    assert press.status().indexed
    (press.path / "index.sqlite").unlink()
    assert not press.status().indexed
