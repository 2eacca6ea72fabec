"""Tests of the pages in a browser: what they show, what they never do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

import archive
from archive.adding.effects import Effects
from archive.cli.main import run
from archive.user.keystore import Keystore
from tests.cli.stories import HOSTILE, UNSAFE, Day, response
from tests.export.browser import Browser, open_browser
from tests.servers import OddServer

ATTACK = (
    "&lt;script&gt;document.title='owned'&lt;/script&gt;&lt;img src='http://evil.example/x' "
    "onerror='alert(1)'&gt; \" ' &lt;/style&gt;&lt;/p&gt; {{ 7*7 }} "
    "&lt;link rel=stylesheet href=//evil.example/y&gt;"
)
"""As a page writes it so that its readers see markup."""

SHOWN = (
    "<script>document.title='owned'</script><img src='http://evil.example/x' onerror='alert(1)'>"
)
PARAGRAPHS = (
    "The council voted on Tuesday evening to close the old ferry pier, open since 1911.",
    "Repairs would have cost 14 million, according to the report that the engineers handed in.",
    "“We knew about the damage for years and did nothing,” said Marit Olsen, the mayor.",
    "The last ferry will leave on 30 April, and islanders have asked the county for a bus.",
    "The pier was built by the islanders themselves, with timber from the wreck of the Harald.",
    "A petition against the closure has 2,300 signatures, more than half of the inhabitants.",
    f"Somebody wrote: {ATTACK} and {HOSTILE} was all.",
)
EDITED = (
    *PARAGRAPHS[:1],
    PARAGRAPHS[1].replace("14", "41"),
    "“We acted as soon as we knew about the damage,” said Marit Olsen, the mayor.",
    *PARAGRAPHS[3:6],
    PARAGRAPHS[6].replace("Somebody", f"Nobody {ATTACK} ever"),
)


@frozen
class Pages:
    """The two pages, as files."""

    diff: Path
    report: Path

    def each(self) -> tuple[Path, Path]:
        """Both."""
        return self.diff, self.report


def article(title: str, paragraphs: tuple[str, ...]) -> bytes:
    """An article as a server answers it."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    other = title.replace("Pier", "Quay").replace('"', "&quot;")
    head = f'<meta charset="utf-8"><title>{title}</title>'
    head += f'<meta property="og:title" content="{other}">'
    return response(
        f"<html lang=en><head>{head}</head><body><article><h1>{title}</h1>{text}</article></body>"
        "</html>".encode()
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, odd_server: OddServer) -> Pages:
    """The pages of an article whose every text is hostile, edited, gone and back."""
    folder = tmp_path_factory.mktemp("pages")
    config = folder / "config"
    steps = [
        article(f"Pier closes \u202e {ATTACK}", PARAGRAPHS),
        article(f"Pier closes \u202e {ATTACK}", PARAGRAPHS),
        article(f"Pier saves \u202e {ATTACK}", EDITED),
        response(b"<p>gone</p>", "404 Not Found"),
        article(f"Pier saves \u202e {ATTACK}", EDITED),
    ]
    day = Day()
    keys = Keystore(config / "article-archive")
    effects = Effects(now=day.now)
    with archive.open(folder / "press", create=True, keystore=keys, effects=effects) as press:
        for step in steps:
            day.number += 1
            url = odd_server.set("/pages", step)
            press.add(url, archive.Settings(allow_private=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(config))
        where = ["-C", str(folder / "press")]
        made = Pages(folder / "diff.html", folder / "report.html")
        asked = [f"{url}@2026-03-02", f"{url}@2026-03-03"]
        assert run(["diff", *where, *asked, "--html", str(made.diff)]) == 1
        assert run(["report", *where, url, "--html", str(made.report)]) == 0
    return made


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser."""
    with open_browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def test_the_browser_would_tell(browser: Browser, tmp_path: Path) -> None:
    """A page that logs, loads and asks is caught at it, so that silence means something."""
    page = tmp_path / "bad.html"
    page.write_text("<script>console.error('x')</script><img src='http://127.0.0.1:1/x.png'>")
    browser.open(page.as_uri())
    assert any('"x"' in line for line in browser.told)
    assert "http://127.0.0.1:1/x.png" in browser.asked


def test_pages_are_silent_and_ask_for_nothing(pages: Pages, browser: Browser) -> None:
    """No console message, no dialog, no request but for the page itself."""
    for page in pages.each():
        browser.open(page.as_uri())
        assert browser.told == []
        assert browser.asked == [page.as_uri()]


def test_markup_shows_as_text(pages: Pages, browser: Browser) -> None:
    """Markup, script and template code in titles and text are text; none becomes an element."""
    for page in pages.each():
        browser.open(page.as_uri())
        assert SHOWN in browser.evaluate("document.body.textContent")
        assert "{{ 7*7 }}" in browser.evaluate("document.body.textContent")
        assert browser.evaluate("document.title") != "owned"
        found = browser.evaluate(
            "document.querySelectorAll('script,img,iframe,object,embed,link,form,base,"
            "[onerror],[onclick],[style]').length"
        )
        assert found == 0


def test_control_and_bidirectional_characters_are_escaped(pages: Pages) -> None:
    """None of what could turn words around or hide them stands raw in a page."""
    for page in pages.each():
        text = page.read_text("utf-8")
        assert not UNSAFE & set(text)
        assert "\\u202e" in text


def test_the_policy_allows_nothing(pages: Pages) -> None:
    """The first thing in the head after the encoding is a policy without any source but a hash."""
    for page in pages.each():
        text = page.read_text("utf-8")
        policy = text.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')
        assert policy[0].startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy[0]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [320, 1200])
def test_pages_fit(pages: Pages, browser: Browser, width: int, dark: bool) -> None:
    """On a phone and on a wide screen, light and dark, nothing is cut off or scrolls sideways."""
    browser.resize(width, 900, dark=dark)
    for page in pages.each():
        browser.open(page.as_uri())
        assert browser.evaluate("document.documentElement.scrollWidth") <= width
        background = browser.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (background == "rgb(22, 23, 26)") is dark
        assert len(browser.shoot()) > 10_000


def test_the_views_change_by_keyboard(pages: Pages, browser: Browser) -> None:
    """The arrow key on the first choice shows the text as one, and hides the two sides."""
    browser.resize(1200, 900)
    browser.open(pages.diff.as_uri())
    shown = "getComputedStyle(document.querySelector('.{}')).display"
    assert [browser.evaluate(shown.format(name)) for name in ("sides", "inline")] == [
        "block",
        "none",
    ]
    browser.evaluate("document.getElementById('view-sides').focus()")
    browser.press("ArrowDown", 40)
    assert [browser.evaluate(shown.format(name)) for name in ("sides", "inline")] == [
        "none",
        "block",
    ]


def test_a_phone_shows_the_text_as_one_first(pages: Pages, browser: Browser) -> None:
    """On a narrow screen the text comes as one; the two sides are one choice away."""
    browser.resize(390, 844)
    browser.open(pages.diff.as_uri())
    shown = "['.sides','.inline'].map(s=>getComputedStyle(document.querySelector(s)).display)"
    assert browser.evaluate(shown) == ["none", "block"]
    browser.evaluate("document.getElementById('narrow-sides').click()")
    assert browser.evaluate(shown) == ["block", "none"]
    assert browser.evaluate("document.getElementById('view-sides').offsetParent") is None


@pytest.mark.parametrize(
    ("width", "choices"),
    [(1200, ("view-sides", "view-inline")), (390, ("narrow-sides", "narrow-inline"))],
)
def test_a_change_leads_to_its_place_in_either_view(
    pages: Pages, browser: Browser, width: int, choices: tuple[str, str]
) -> None:
    """Of the links to the text one is seen, and leads to what the chosen view shows."""
    browser.resize(width, 900)
    browser.open(pages.diff.as_uri())
    seen = (
        "[...document.querySelectorAll('.go')].filter(a=>a.offsetParent).map(a=>"
        "document.querySelector(a.getAttribute('href')).parentNode.offsetParent !== null)"
    )
    several = browser.evaluate("document.querySelectorAll('.go.to-sides').length")
    assert several
    for choice in choices:
        browser.evaluate(f"document.getElementById('{choice}').click()")
        assert browser.evaluate(seen) == [True] * several


def test_changes_are_marked_not_only_coloured(pages: Pages, browser: Browser) -> None:
    """What was removed is struck through, what was added underlined, both said to a reader."""
    browser.open(pages.diff.as_uri())
    styles = [
        browser.evaluate(
            f"getComputedStyle(document.querySelector('.group {name}')).textDecorationLine"
        )
        for name in ("del", "ins")
    ]
    assert styles == ["line-through", "underline"]
    text = browser.evaluate("document.querySelector('.sides').textContent")
    assert "[removed: 14]" in text
    assert "[added: 41]" in text


def test_every_class_leads_to_its_changes(pages: Pages, browser: Browser) -> None:
    """At the top the classes stand, each a link to the first group of changes that has it."""
    browser.open(pages.diff.as_uri())
    told = browser.evaluate(
        "[...document.querySelectorAll('.chips a')].map(a=>[a.firstChild.textContent.trim(),"
        "document.querySelector(a.hash).querySelector('h3').textContent])"
    )
    assert {"headline", "quotation changed", "number", "negation"} <= {name for name, _ in told}
    assert all(name in heading for name, heading in told)


def test_on_paper_nothing_is_folded(pages: Pages, browser: Browser) -> None:
    """Printed, unchanged paragraphs are there, and what only leads elsewhere is not."""
    browser.resize(1000, 900)
    browser.open(pages.diff.as_uri())
    shown = "document.querySelector('.sides details p.is-after').checkVisibility()"
    heights = "document.querySelector('.sides details p.is-after').getBoundingClientRect().height"
    browser.ask("Emulation.setEmulatedMedia", media="print")
    assert browser.evaluate(f"{shown} && {heights} > 10")
    assert browser.evaluate("getComputedStyle(document.querySelector('.switch')).display") == "none"
    browser.ask("Emulation.setEmulatedMedia", media="")


def test_a_contradiction_is_told_once(pages: Pages, browser: Browser) -> None:
    """Where a version contradicts itself as one before did, the page refers to that one."""
    browser.open(pages.report.as_uri())
    tables = browser.evaluate("document.querySelectorAll('.version table').length")
    later = browser.evaluate("document.querySelector('#version-4').innerText")
    assert tables == 2
    assert "As in version 2: headline." in later


def test_unchanged_paragraphs_are_folded(pages: Pages, browser: Browser) -> None:
    """Two or more paragraphs without a change are behind a summary that counts them."""
    browser.open(pages.diff.as_uri())
    assert browser.evaluate("document.querySelector('.sides summary').textContent") == (
        "3 paragraphs without a change"
    )


def test_links_between_changes_and_text_lead_somewhere(pages: Pages, browser: Browser) -> None:
    """Every link of a page leads to an element of the page, and no id stands twice."""
    for page in pages.each():
        browser.open(page.as_uri())
        links = browser.evaluate("[...document.querySelectorAll('a')].map(a=>a.hash.slice(1))")
        ids = browser.evaluate("[...document.querySelectorAll('[id]')].map(e=>e.id)")
        assert set(links) <= set(ids)
        assert len(ids) == len(set(ids))


def test_the_report_tells_the_whole_story(pages: Pages, browser: Browser) -> None:
    """Versions, failure, return, changes, contradictions and verification are on the page."""
    browser.open(pages.report.as_uri())
    text = " ".join(browser.evaluate("document.body.innerText").split())
    for words in (
        "First seen 2026-03-01 12:00:00 UTC, last seen 2026-03-05 12:00:00 UTC.",
        "5 captures, 2 versions of the article, 1 failure.",
        "gone between 2026-03-03 12:00:00 UTC and 2026-03-04 12:00:00 UTC",
        "back, the same as version 2 between",
        "Where the page contradicts itself",
        "does not show that the publisher sent them",
    ):
        assert words in text
    marks = "['circle.captured','circle.unchanged','path.cross'].map(s=>document.querySelectorAll"
    counts = browser.evaluate(f"{marks}('.scroll ' + s).length)")
    assert counts == [2, 2, 1]


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious(pages: Pages, browser: Browser, dark: bool) -> None:
    """axe-core finds nothing serious or critical, whichever view and scheme."""
    axe = _find_axe().read_text("utf-8")
    browser.resize(1200, 900, dark=dark)
    for page in pages.each():
        browser.open(page.as_uri())
        browser.evaluate("document.querySelectorAll('details').forEach(d=>d.open=true)")
        browser.evaluate(f"{axe};0")
        for view in ("view-sides", "view-inline"):
            browser.evaluate(f"document.getElementById('{view}')?.click()")
            found: list[dict[str, Any]] = browser.evaluate("axe.run().then(r=>r.violations)")
            serious = [
                (one["id"], [node["html"] for node in one["nodes"]][:3])
                for one in found
                if one["impact"] in ("serious", "critical")
            ]
            assert serious == []


def _find_axe() -> Path:
    """The file of axe-core, kept with the judges."""
    judges = os.environ.get("ARCHIVE_JUDGES")
    found = sorted(Path(judges, "axe").rglob("axe.min.js")) if judges else []
    if not found:
        pytest.skip("axe-core is not in $ARCHIVE_JUDGES/axe")
    return found[0]
