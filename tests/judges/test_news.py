"""Real news pages, served from loopback, captured in one run, and judged."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from archive.adding.listing import read_list
from tests.capture.settings import LOCAL
from tests.collection.press import check_verified, open_press
from tests.judges.test_warc_tools import judge_file
from tests.places import shared
from tests.servers import Nginx


@pytest.mark.parametrize("every", [6, pytest.param(1, marks=pytest.mark.long)])
def test_real_news_pages(every: int, nginx: Nginx, tmp_path: Path) -> None:
    """Every page, or of 181 every sixth, is captured byte for byte, nearly all have text, and
    every judge accepts the file.
    """
    sources = sorted(shared("corpus/pages/news/html").glob("*.html.gz"))[::every]
    count = len(sources)
    pages = {}
    for source in sources:
        data = gzip.decompress(source.read_bytes())
        pages[nginx.publish(f"news/{source.name.removesuffix('.gz')}", data)] = data
    assert len(pages) == count == {6: 31, 1: 181}[every]
    with open_press(tmp_path) as press:
        entries, _ = press.plan(read_list(pages))
        captures = list(press.add_all(entries, LOCAL, concurrency=8, delay=0))
        assert {capture.url for capture in captures} == set(pages)
        assert {(capture.outcome, capture.status) for capture in captures} == {("captured", 200)}
        for capture in captures:
            assert capture.response is not None
            assert capture.response.entity == pages[capture.url]
        assert sum(capture.title is not None for capture in captures) >= count - 6
        assert sum(capture.article is not None for capture in captures) >= count - 3
        check_verified(press)
        assert press.verify().captures == press.status().captures == count
        [file] = (press.path / "warc").iterdir()
    judge_file(file, tmp_path)
