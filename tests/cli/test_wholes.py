"""What became of an article as a whole: on a terminal, in JSON and on pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

import archive
from archive.adding.effects import Effects
from archive.comparison import Comparison
from archive.comparison.result import FILTERS
from archive.export import render_diff
from archive.user.keystore import Keystore
from tests.article.test_reading import page
from tests.cli.program import Box
from tests.cli.stories import Day, response
from tests.collection.test_import import WALL
from tests.comparison.test_identity import GERMAN, HREFLANG, OTHER, exchanged
from tests.comparison.test_pages import DENIED, TOOK
from tests.servers import OddServer

ARTICLE = page(f"<p>{TOOK}</p>")


@pytest.fixture
def take(box: Box, odd_server: OddServer) -> Callable[..., str]:
    """Captures an article and then another page at its URL; gives the URL."""

    def capture(after: bytes, path: str = "/story") -> str:
        day = Day()
        keys = Keystore(box.config / "article-archive")
        folder = box.folder / "press"
        with archive.open(
            folder, create=True, keystore=keys, effects=Effects(now=day.now)
        ) as press:
            for answer in (ARTICLE, after):
                day.number += 1
                url = odd_server.set(path, response(answer))
                press.add(url, archive.Settings(allow_private=True))
        return url

    return capture


def ask(box: Box, url: str) -> tuple[str, ...]:
    """The two captures compared, whatever they are."""
    return ("diff", "-C", str(box.folder / "press"), f"{url}@2026-03-01", f"{url}@2026-03-02")


@pytest.mark.parametrize(("lines", "state"), [(OTHER, "replaced"), (GERMAN, "translated")])
def test_an_article_exchanged_is_told_as_a_whole(
    box: Box, take: Callable[..., str], lines: list[str], state: str
) -> None:
    """One line instead of a dozen changes, which `--json`, `--only` and the page have."""
    named = f"{HREFLANG.format('en', 'en')}</head>".encode()
    url = take(exchanged(lines).replace(b"</head>", named))
    told = box.run(*ask(box, url))
    assert told.code == 1
    assert f"article {state}" in told.text
    assert re.search(r"folded: \d+ changes", told.text)
    assert lines[0] not in told.text
    listed = box.run(*ask(box, url), "--only", "paragraph-added")
    assert lines[0][:40] in listed.text
    found = box.run(*ask(box, url), "--json").json
    assert (found["state"], found["same"]) == (state, False)
    assert len(found["changes"]) > 5
    html = box.folder / "diff.html"
    assert box.run(*ask(box, url), "--html", html).code == 1
    shown = html.read_text()
    assert f"article {state}, " in shown
    assert "<details><summary>the changes, one by one</summary>" in shown


def test_an_amp_page_is_named(box: Box, take: Callable[..., str]) -> None:
    """Terminal and page say why what it lacks was not taken out in silence."""
    url = take(page("").replace(b"<html", b"<html amp"))
    told = box.run(*ask(box, url))
    assert "one of the two is an AMP page" in told.text
    assert "silent:" not in told.text
    assert box.run(*ask(box, url), "--json").json["twin"] == "amp"
    html = box.folder / "diff.html"
    box.run(*ask(box, url), "--html", html)
    assert "One of the two is an AMP page" in html.read_text()


def test_a_consent_wall_is_called_one_before_anything_else(
    box: Box, take: Callable[..., str]
) -> None:
    """The first thing said, on terminal and page, is that the later page is not the article."""
    url = take(WALL)
    told = box.run(*ask(box, url))
    assert "the later page is probably not the article: consent wall" in told.text.split("\n")[1]
    assert "silent:" not in told.text
    assert re.search(r"folded: \d+ changes", told.text)
    html = box.folder / "diff.html"
    box.run(*ask(box, url), "--html", html)
    shown = html.read_text()
    assert '<h1 dir="auto">Council closes the pier</h1>' in shown
    assert "<details><summary>the changes, one by one</summary>" in shown
    assert "<details><summary>both texts, with all that differs</summary>" in shown
    assert '<p class="wall sans">The later page is probably not the article: consent' in shown
    assert "<strong>Silent.</strong>" not in shown


@pytest.mark.parametrize("name", FILTERS)
def test_a_page_says_of_every_filter_what_it_left_out(
    box: Box, take: Callable[..., str], name: str
) -> None:
    """No filter is without words: a page can be made of what each left out."""
    url = take(page(f"<p>{DENIED}</p>"))
    with archive.open(Path(box.folder / "press")) as press:
        pair = press.pair(press.get(f"{url}@2026-03-01"), press.get(f"{url}@2026-03-02"))
        other = evolve(pair, comparison=Comparison(filters={name: 3}))
        shown = render_diff(other, press.verify(), made=Day(2).now())
    assert re.search(r"Left out by a filter: .* \(3\)", shown)
