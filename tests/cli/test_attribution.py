"""Tests of `show --claims`, `--conflicts` and `--quotations`."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from tests.cli.program import Box, plain
from tests.cli.stories import HOSTILE, UNSAFE, Stories, response
from tests.servers import OddServer

_PAGE = f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8">
<title>Mayor resigns</title>
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Mayor retires",
"datePublished": "2026-03-01T10:00:00", "author": [{{"name": "Ada Fernsby"}}, {{"name": "Bo Li"}}]}}
</script>
<meta name="author" content="Ada Fernsby"></head>
<body><article><h1>Mayor resigns</h1>
<p>The council met on Tuesday behind closed doors for three days to talk about the budget.</p>
<p>“I did what I could,” said Marit Olsen, the mayor, in front of the town hall on Tuesday.</p>
<p>She spoke for an hour. “Others will do better,” she said, and went back into the building.</p>
<p>{html.escape(HOSTILE.replace(chr(27), ""))} and a lot more words to make it a paragraph.</p>
</article></body></html>
""".encode()


@pytest.fixture(scope="module")
def capture(tmp_path_factory: pytest.TempPathFactory) -> tuple[Box, Path, str]:
    """A capture of a page that contradicts itself: box, collection, id."""
    box = Box(tmp_path_factory.mktemp("claims"))
    press = box.folder / "press"
    box.run("init", press)
    with OddServer() as server:
        kind = "text/html; charset=utf-8\r\nLast-Modified: Mon, 02 Mar 2026 10:00:00 GMT"
        url = server.set("/a", response(_PAGE, kind=kind))
        told = box.run("add", "-C", press, "--allow-private", "--json", url).json
    return box, press, told["id"]


def test_claims_are_told_as_the_contract_says(capture: tuple[Box, Path, str]) -> None:
    """--claims --json gives derived views, claims, conflicts, quotations and the extraction."""
    box, press, id_ = capture
    told = box.run("show", "-C", press, id_, "--claims", "--json").json
    assert told["schema"] == "urn:article-archive:show-claims:v1"
    assert set(told) == {
        *("schema", "id", "derived", "claims", "conflicts", "quotations", "extraction")
    }
    derived, claims = told["derived"], told["claims"]
    assert derived["authors"]["value"] == ["Ada Fernsby", "Bo Li"]
    assert derived["published"]["value"] == "2026-03-01T10:00:00"
    assert claims[derived["title"]["claim"]]["value"] == derived["title"]["value"]
    assert [claims[other]["value"] for other in derived["title"]["others"]] == ["Mayor retires"]
    [headline] = [one for one in told["conflicts"] if one["property"] == "headline"]
    assert {claims[index]["value"] for index in headline["claims"]} == {
        *("Mayor resigns", "Mayor retires")
    }
    assert told["extraction"]["outcome"] == "ok"
    assert told["extraction"]["options"]["favor_precision"] is True
    first = told["quotations"][0]
    assert (first["speaker"], first["verb"], first["inferred"]) == ("Marit Olsen", "said", False)
    text = box.run("show", "-C", press, id_, "--text", "--json").json["text"]
    assert text[first["start"] : first["end"]] == first["text"] == "“I did what I could,”"


def test_spans_of_the_json_point_into_what_was_received(capture: tuple[Box, Path, str]) -> None:
    """A claim's span, cut out of the page's or the response's bytes, holds the claimed value."""
    box, press, id_ = capture
    told = box.run("show", "-C", press, id_, "--claims", "--json").json
    raw = box.run("show", "-C", press, id_, "--raw").out
    content = raw.partition(b"\r\n\r\n")[2]
    seen = set()
    for claim in told["claims"]:
        start, end = claim["span"]
        found = (content if claim["record"] == "content" else raw)[start:end].decode()
        assert claim["value"] in html.unescape(found)
        seen.add(claim["record"])
    assert seen == {"content", "response"}


def test_each_claim_is_shown_with_the_line_it_was_read_from(
    capture: tuple[Box, Path, str],
) -> None:
    """--claims shows the derived views, then each reading with signal, line and excerpt."""
    box, press, id_ = capture
    shown = box.run("show", "-C", press, id_, "--claims").text
    assert "title         Mayor resigns" in shown
    assert ("  Mayor retires\n    jsonld, stated, line 5 of the page\n      …") in shown
    assert '{"@type": "NewsArticle", "headline": "Mayor retires",\n' in shown
    assert "http-header, stated, line 3 of the response\n      Last-Modified: Mon, 02" in shown


def test_conflicts_show_every_reading_and_what_is_taken(capture: tuple[Box, Path, str]) -> None:
    """--conflicts shows the contradictory claims of a property and the derived value."""
    box, press, id_ = capture
    shown = box.run("show", "-C", press, id_, "--conflicts").text
    assert shown.index("\nheadline\n") < shown.index("  Mayor retires\n")
    assert "taken as title: Mayor resigns (" in shown
    assert "inLanguage" not in shown
    told = box.run("show", "-C", press, id_, "--conflicts", "--json").json
    assert "headline" in [conflict["property"] for conflict in told["conflicts"]]


def test_quotations_name_their_speakers(capture: tuple[Box, Path, str]) -> None:
    """--quotations shows each with its speaker, and says where one was inferred."""
    box, press, id_ = capture
    shown = box.run("show", "-C", press, id_, "--quotations").text
    assert "  1  “I did what I could,”\n     Marit Olsen, said\n" in shown
    assert "  2  “Others will do better,”\n     Marit Olsen" in shown
    assert "(inferred from another sentence)" in shown


def test_the_plain_view_names_authors_and_conflicts(capture: tuple[Box, Path, str]) -> None:
    """`show` tells who and when, as the page says, and that claims are in conflict."""
    box, press, id_ = capture
    shown = box.run("show", "-C", press, id_).text
    assert "as the page says: by Ada Fernsby, Bo Li, published 2026-03-01T10:00:00" in shown
    assert "claims in conflict: " in shown


@pytest.mark.parametrize("view", ["--claims", "--conflicts", "--quotations", None])
def test_hostile_words_do_not_reach_the_terminal(stories: Stories, view: str | None) -> None:
    """Control and bidirectional characters in claims and page lines are shown escaped."""
    views = [view] if view else []
    shown = stories.box.on_terminal("show", "-C", stories.folder, stories.ids[4], *views)
    assert not UNSAFE & set(plain(shown.out).replace("\r\n", "\n"))
    piped = stories.box.run("show", "-C", stories.folder, stories.ids[4], *views)
    assert not UNSAFE & set(piped.text)


def test_a_capture_without_extraction_has_no_claims_to_show(
    box: Box, press: Path, odd_server: OddServer
) -> None:
    """A capture of which nothing was extracted ends with exit code 4 and a hint."""
    url = odd_server.set("/kept", response(_PAGE))
    told = box.run("add", "-C", press, "--allow-private", "--no-extract", "--json", url).json
    for view in ("--claims", "--conflicts", "--quotations"):
        shown = box.run("show", "-C", press, told["id"], view)
        assert shown.code == 4
        assert "nothing was extracted from it" in shown.err.decode()
