"""Tests of where pages say that they lead: the value, the element, and what does not count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article.refresh import find_refresh
from archive.http import Lead, read_refresh

BASE = "http://news.example/a/b"


@pytest.mark.parametrize(
    ("value", "url", "seconds"),
    [
        ("0; url=/x", "/x", 0),
        ("0;URL=/x", "/x", 0),
        (" 3 ; url = '/x y' trailing", "/x y", 3),
        ('1,"/x"', "/x", 1),
        ("2 /x", "/x", 2),
        ("0.9; /x", "/x", 0),
        (".5; /x", "/x", 0),
        ("0; url=https://other.example/?a=1;b=2", "https://other.example/?a=1;b=2", 0),
        ("0; urlx", "urlx", 0),
        ("00010; url='/open", "/open", 10),
    ],
)
def test_a_value_is_read_as_html_says(value: str, url: str, seconds: float) -> None:
    """Digits, a separator, perhaps url=, perhaps quotes."""
    assert read_refresh(value, "refresh") == Lead("refresh", url, seconds)


@pytest.mark.parametrize(
    "value", ["", "5", "0;", "0; url=", "x; url=/x", "0x; /x", "url=/x", "-1; /x"]
)
def test_a_value_without_a_target_leads_nowhere(value: str) -> None:
    """To load the same page again is to stay."""
    assert read_refresh(value, "refresh") is None


@pytest.mark.parametrize(
    ("page", "url"),
    [
        ('<meta http-equiv=refresh content="0; url=/x">', "/x"),
        ("<META HTTP-EQUIV='Refresh' CONTENT='0;URL=/x?a&amp;b'/>", "/x?a&b"),
        ("<body><meta content=0;url=/x http-equiv=refresh></body>", "/x"),
        (
            '<base href="/c/"><meta http-equiv=refresh content="0; x">',
            "http://news.example/c/x",
        ),
        (
            '<meta http-equiv=refresh content="5"><meta http-equiv=refresh content="0; url=/y">',
            "/y",
        ),
    ],
)
def test_an_element_leads(page: str, url: str) -> None:
    """Whatever its spelling, with the page's base."""
    found = find_refresh(page, BASE)
    assert found is not None
    assert found.url == url


@pytest.mark.parametrize(
    "page",
    [
        '<!-- <meta http-equiv=refresh content="0; url=/x"> -->',
        '<noscript><meta http-equiv=refresh content="0; url=/x"></noscript>',
        '<template><meta http-equiv=refresh content="0; url=/x"></template>',
        "<script>'<meta http-equiv=refresh content=\"0; url=/x\">'</script>",
        '<meta name=refresh content="0; url=/x">',
        '<meta http-equiv=refresh content="30">',
        '<p title="http-equiv=refresh">refresh',
        '<meta http-equiv=refresh content="0; url=/x"',
    ],
)
def test_what_a_browser_does_not_see_leads_nowhere(page: str) -> None:
    """Comments, scripts, and what is for browsers without scripts."""
    assert find_refresh(page, BASE) is None


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_page_makes_it_fail(value: str, page: str) -> None:
    """Whatever stands there, it leads somewhere or nowhere."""
    read_refresh(value, "refresh")
    find_refresh(f'<meta http-equiv=refresh content="{value}">{page}', BASE)
