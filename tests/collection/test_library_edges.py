"""The library's edges: what it refuses early, what can be pickled, iterated, shown and paged."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve

import archive
from archive.user.keystore import Keystore
from tests.capture.settings import LOCAL
from tests.collection.press import Clock, page
from tests.servers import Nginx

HOSTILE = "<script>alert(1)</script> \u202e"


def add_versions(press: archive.Collection, nginx: Nginx, clock: Clock, *titles: str) -> str:
    """A page captured under each title, a minute apart; its URL."""
    for title in titles:
        url = nginx.publish("edges.html", page(title))
        press.add(url, LOCAL)
        clock.advance(60)
    return url


def test_create_gives_the_open_collection(tmp_path: Path, nginx: Nginx) -> None:
    """What `create` gives is a collection that can be added to, with the passphrase given."""
    keys = Keystore(tmp_path / "keys")
    with archive.create(tmp_path / "press", keystore=keys, passphrase=b"words") as press:
        assert isinstance(press, archive.Collection)
        assert not press.add(nginx.publish("created.html", page()), LOCAL).failed


def test_nothing_is_added_after_close(press: archive.Collection, nginx: Nginx) -> None:
    """A closed collection refuses to add, and can still be read."""
    url = nginx.publish("closed.html", page())
    press.add(url, LOCAL)
    press.close()
    with pytest.raises(archive.UsageError, match="closed"):
        press.add(url, LOCAL)
    assert len(press) == 1


@pytest.mark.parametrize("limit", ["total", "stall", "body", "redirects"])
def test_limits_can_be_given_by_their_names(limit: str) -> None:
    """`Settings(total=5)` is `Settings(limits=Limits(total=5))`, and so for every limit."""
    by_name = archive.Settings(**{limit: 5})  # type: ignore[arg-type]
    assert by_name == archive.Settings(limits=evolve(archive.Limits(), **{limit: 5}))
    assert evolve(by_name, insecure=True).limits == by_name.limits
    assert by_name != archive.Settings()


def test_a_limit_by_name_goes_before_the_same_in_limits() -> None:
    """What is given by name replaces that one of the limits, and no other."""
    chosen = archive.Settings(archive.Limits(total=9, stall=3), total=5)
    assert chosen.limits == archive.Limits(total=5, stall=3)


def test_settings_as_a_dict_tell_no_header_values() -> None:
    """A header may hold a secret: of headers only the names are told."""
    told = archive.Settings(headers=(("Authorization", "Bearer secret"),)).to_dict()
    assert told["headers"] == ["Authorization"]
    assert told["limits"]["total"] == 60.0
    assert "secret" not in str(told)


def test_wrong_types_are_refused_early(press: archive.Collection) -> None:
    """A value of the wrong type is a usage error that names it, before anything is done."""
    url = "https://news.example/"
    calls: list[Callable[[], object]] = [
        lambda: press.add([url]),  # type: ignore[arg-type]
        lambda: press.add(url, {"total": 5}),  # type: ignore[arg-type]
        lambda: press.get(5),  # type: ignore[arg-type]
        lambda: press.get_at(url, 5),  # type: ignore[arg-type]
        lambda: press.history(None),  # type: ignore[arg-type]
        lambda: press.compare(url, url),  # type: ignore[arg-type]
        lambda: press.related(url),  # type: ignore[arg-type]
        lambda: press.search(5),  # type: ignore[arg-type]
        lambda: press.verify(trust="key.pem"),
        lambda: press.verify(require="log"),
        lambda: press.add_all(url),  # type: ignore[arg-type]
        lambda: press.add_all([url]),  # type: ignore[list-item]
        lambda: press.import_file(5, url),  # type: ignore[arg-type]
        lambda: archive.open(5),  # type: ignore[arg-type]
        lambda: archive.create(None),  # type: ignore[arg-type]
        lambda: archive.Settings(total="5"),  # type: ignore[arg-type]
        lambda: archive.Settings({"total": 5}),  # type: ignore[arg-type]
        lambda: archive.Settings(insecure="no"),  # type: ignore[arg-type]
        lambda: archive.Settings(headers="Accept: text/html"),  # type: ignore[arg-type]
        lambda: archive.Settings(headers=("Accept: text/html",)),  # type: ignore[arg-type]
        lambda: archive.Limits(redirects=1.5),  # type: ignore[arg-type]
    ]
    for call in calls:
        with pytest.raises(archive.UsageError):
            call()
    assert len(press) == 0


def test_a_collection_counts_iterates_and_contains(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """`len` counts captures, iterating gives them as stored, `in` takes URL, id and capture."""
    url = add_versions(press, nginx, clock, "One", "Two")
    clock.advance(-3600)
    earlier = press.add(nginx.publish("earlier.html", page("Three")), LOCAL)
    stored = list(press)
    assert len(press) == 3
    assert [one.row.sequence for one in stored] == sorted(one.row.sequence for one in stored)
    assert stored[-1] == earlier == next(iter(press.captures()))
    for known in (url, earlier.url, earlier.id, earlier.id[:6], earlier):
        assert known in press
    for unknown in ("https://never.example/", "f" * 32, "abc", "no URL", 5, None):
        assert unknown not in press


def test_listing_is_one_snapshot(press: archive.Collection, nginx: Nginx, clock: Clock) -> None:
    """What is added while captures are iterated is not among them, and breaks nothing."""
    url = add_versions(press, nginx, clock, "One", "Two")
    seen = []
    for capture in press.captures():
        seen.append(capture.id)
        press.add(url, LOCAL)
        assert press.get(capture.id) == capture
        clock.advance(60)
    assert len(seen) == 2
    assert len(press) == 4


def test_pages_of_a_listing_make_the_whole(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """`captures(after=…)` goes on where a page ended, and after the last there is nothing."""
    add_versions(press, nginx, clock, "One", "Two", "Three")
    whole = [one.id for one in press.captures()]
    assert [one.id for one in press.captures(after=whole[0])] == whole[1:]
    assert list(press.captures(after=whole[-1][:8])) == []
    with pytest.raises(archive.NotFoundError):
        press.captures(after="f" * 32)


def test_a_moment_may_be_a_datetime(press: archive.Collection, nginx: Nginx, clock: Clock) -> None:
    """`get_at` takes a datetime as it takes the instant in words."""
    url = add_versions(press, nginx, clock, "One", "Two")
    first, _ = press.captures()
    assert press.get_at(url, first.date) == first
    assert press.get_at(url, first.date.replace(tzinfo=None)) == first
    assert press.get_at(url, datetime(2100, 1, 1, tzinfo=UTC)) != first


def test_values_can_be_pickled(press: archive.Collection, nginx: Nginx, clock: Clock) -> None:
    """Captures, versions, articles, comparisons and reports come back equal, and can be read."""
    url = add_versions(press, nginx, clock, "One", "Two")
    first, second = press.captures()
    for value in (first, press.history(url)[0], first.article, press.verify()):
        assert pickle.loads(pickle.dumps(value)) == value
    comparison = press.compare(first, second)
    again = pickle.loads(pickle.dumps(comparison))
    assert (again.changes, again.silent) == (comparison.changes, comparison.silent)
    back = pickle.loads(pickle.dumps(first))
    assert back.article == first.article
    assert back.content == first.content


def test_a_pickled_capture_does_not_come_from_another_collection(
    press: archive.Collection, nginx: Nginx, tmp_path: Path
) -> None:
    """Where its collection was, another lies now: that is said, and nothing read from it."""
    press.add(nginx.publish("pickled.html", page()), LOCAL)
    [capture] = press.captures()
    kept = pickle.dumps(capture)
    shutil.rmtree(press.path)
    with pytest.raises(archive.NoCollectionError):
        pickle.loads(kept)
    archive.create(press.path, keystore=Keystore(tmp_path / "other")).close()
    with pytest.raises(archive.InputError, match="another collection"):
        pickle.loads(kept)


def test_values_show_themselves_in_notebooks_escaped(
    press: archive.Collection, nginx: Nginx
) -> None:
    """What a page says never becomes markup, or a control character, in a notebook."""
    title = HOSTILE.replace("<", "&lt;")
    url = nginx.publish("hostile.html", page(title))
    capture = press.add(url, LOCAL)
    [version] = press.history(url)
    for value in (capture, version, capture.article):
        shown = value._repr_html_()  # type: ignore[union-attr]
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
        assert "<script" not in shown
        assert "\u202e" not in shown


def test_a_report_shows_itself_in_notebooks_escaped(
    press: archive.Collection, nginx: Nginx
) -> None:
    """A notebook shows a report's verdict, each check and what is wrong, no markup from files."""
    press.add(nginx.publish("a.html", page("One")), LOCAL)
    report = press.verify()
    shown = report._repr_html_()
    assert shown.startswith(f'<p dir="auto"><b>{report.verdict}</b>')
    assert all(f"<td>{check.name}</td>" in shown for check in report.checks)
    finding = archive.Finding(file="<script>", offset=0, check="blocks", message="<script>")
    wrong = evolve(report, verdict="failed", findings=(finding,) * 30)._repr_html_()
    assert "blocks: &lt;script&gt;" in wrong
    assert "and 10 more findings" in wrong
    assert "<script" not in wrong


def test_every_public_value_tells_itself_as_a_dict(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """`to_dict` of every public value is JSON, and `to_json` of 0.1.0 is the same."""
    url = add_versions(press, nginx, clock, "“One” said Ada Fernsby", "“Two” said Ada Fernsby")
    before, after = press
    comparison, report = press.compare(before, after), press.verify()
    values = [
        *(after, after.article, after.claims, after.claims[0], *after.quotations, press.status()),
        *(comparison, comparison.changes[0], report, report.checks[0], report.signers[0]),
        *(LOCAL, LOCAL.limits, press.history(url)[0], after.change),
    ]
    for value in values:
        told = value.to_dict()
        assert json.dumps(told), value
        assert value.to_json() == told if hasattr(value, "to_json") else True


def test_values_are_short_where_they_are_looked_at(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """`repr` says what a value is in a line, without the text of a page."""
    add_versions(press, nginx, clock, "One", "Two")
    before, after = press
    assert after.article is not None
    comparison = press.compare(before, after)
    assert repr(comparison) == f"<Comparison {comparison.summary()}>"
    assert repr(press.verify()).startswith("<Report verified: 2 captures, ")
    assert repr(after.claims).startswith(f"<Claims {len(after.claims)}: ")
    assert after.article.text not in repr(after.article)


def test_values_tell_themselves_as_dicts(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """`to_dict` of captures and versions is what the commands print as JSON."""
    url = add_versions(press, nginx, clock, "One", "Two")
    capture = press.get(url)
    told = capture.to_dict()
    assert (told["id"], told["title"], told["sequence"]) == (
        capture.id,
        "Two",
        capture.row.sequence,
    )
    [first, second] = press.history(url)
    assert first.to_dict()["ids"] == [first.first.id]
    assert second.to_dict()["title"] == "Two"


def test_pages_from_python(press: archive.Collection, nginx: Nginx, clock: Clock) -> None:
    """`report_html` and `diff_html` give the pages that the commands write."""
    url = add_versions(press, nginx, clock, "One", "Two")
    first, second = press.captures()
    assert url in archive.report_html(press, url)
    assert "headline" in archive.diff_html(press, first, second)
    with pytest.raises(archive.NotFoundError):
        archive.report_html(press, "https://never.example/")


def test_hints_speak_python_in_python(tmp_path: Path) -> None:
    """What to do is said in calls of the library, also after pickling; commands are beside it."""
    with pytest.raises(archive.NoCollectionError) as caught:
        archive.open(tmp_path / "none")
    hint = pickle.loads(pickle.dumps(caught.value.hint))
    assert hint == "make one with: archive.create(…)"
    assert hint.command == "make one with: archive init DIR"


@pytest.mark.parametrize("name", archive.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """Every name of `archive.__all__` can be had and has a docstring of its own."""
    assert getattr(archive, name).__doc__
