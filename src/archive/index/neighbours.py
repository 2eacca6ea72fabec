"""Captures near to one: those of its URL, before it or in its second, and of its host."""

from __future__ import annotations

from collections.abc import Sequence

from archive.index.queries import Index
from archive.index.rows import Row

__all__ = ["find_others", "holds_second", "list_articles_before", "list_before", "list_dated"]


def list_articles_before(
    index: Index, url: str, before: tuple[str, int], most: int, *, arrived: bool
) -> list[Row]:
    """Fetched captures of a URL with an article before a place in time, the newest first.

    Args:
        index: of the collection.
        url: the URL.
        before: date and sequence.
        most: how many at most.
        arrived: whether captures are meant that arrived at it, or those that asked for it.
    """
    where = f"WHERE {'final_url' if arrived else 'url'} = ? AND words IS NOT NULL"
    where += " AND claimed_date IS NULL AND (date, sequence) < (?, ?)"
    order = "ORDER BY date DESC, sequence DESC LIMIT ?"
    return index.select(f"{where} {order}", url, *before, most)


def list_dated(index: Index, url: str) -> list[Row]:
    """Imports of a URL with an article and a claimed date."""
    return index.select("WHERE url = ? AND words IS NOT NULL AND claimed_date IS NOT NULL", url)


def holds_second(index: Index, urls: Sequence[str], second: str) -> bool:
    """Whether any of some URLs, requested or arrived at, has a capture in a second.

    Args:
        index: of the collection.
        urls: in their normal spelling.
        second: ``YYYY-MM-DDTHH:MM:SS``.
    """
    asked = list(dict.fromkeys(urls))
    places = ", ".join("?" * len(asked))
    where = f"WHERE {{}} IN ({places}) AND date >= ? AND date < ? LIMIT 1"
    return any(
        index.select(where.format(column), *asked, second, second + "a")
        for column in ("url", "final_url")
    )


def list_before(index: Index, row: Row | None, since: str, most: int) -> list[Row]:
    """Captures, the newest first, by their own dates.

    Args:
        index: of the collection.
        row: the capture before which to begin; None for the newest.
        since: as captures have a date; none is before that.
        most: how many at most.
    """
    place = ("a", 0) if row is None else (row.date, row.sequence)  # a comes after every date
    where = "WHERE (date, sequence) < (?, ?) AND date >= ?"
    return index.select(f"{where} ORDER BY date DESC, sequence DESC LIMIT ?", *place, since, most)


def find_others(
    index: Index, near: Sequence[tuple[str, str]], but: Sequence[str], most: int
) -> list[Row]:
    """Captures with an article of other pages of some sites, of each the one nearest in time.

    What stands on every page of a site changes: what it was when a page was captured, its
    captures of that time tell, whatever was captured later. Those of the day before come first: in
    a run over many pages of a site the same ones then stay the nearest, whatever follows.

    Args:
        index: of the collection.
        near: sites, as URLs begin, up to and with the slash after the host; and for each a
            date, as captures have it.
        but: requested or final URLs that are left out.
        most: how many for each of these, those nearest in time.

    Returns:
        They; of those with the same text one.
    """
    marks = ", ".join("?" * len(but))
    nearest = (  # of a group SQLite gives the row that the least value is of
        "SELECT number, min(abs(julianday(date) - julianday(?))) AS far,"  # noqa: S608
        " date > ? OR julianday(?) - julianday(date) > 1 AS away FROM capture"
        " WHERE final_url >= ? AND final_url < ? AND text IS NOT NULL"
        f" AND url NOT IN ({marks}) AND final_url NOT IN ({marks})"
        " GROUP BY final_url ORDER BY away, far, number LIMIT ?"
    )
    where = f"WHERE number IN (SELECT number FROM ({nearest})) ORDER BY number DESC"  # noqa: S608
    found: dict[str | None, Row] = {}
    for site, date in dict.fromkeys(near):
        end = site[:-1] + "0"  # 0 is the sign after the slash
        values = (date, date, date, site, end, *but, *but, most)
        for row in index.select(where, *values):
            found.setdefault(row.text, row)
    return list(found.values())
