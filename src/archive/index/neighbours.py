"""Captures near to one: those of its URL, before it or in its second, and of its host."""

from __future__ import annotations

from collections.abc import Sequence

from archive.index.queries import Index
from archive.index.rows import Row

__all__ = ["find_articles_before", "find_others", "holds_second", "list_before"]


def find_articles_before(index: Index, row: Row) -> list[Row]:
    """Captures of a capture's URL that may be the last before it with an article.

    They are not suspicious: of those that were fetched the last before it, requested and
    arrived at, and all that were imported with a date.
    """
    found: dict[str, Row] = {}
    for column in ("url", "final_url"):
        asked = f"WHERE {column} = ? AND words IS NOT NULL AND suspicion IS NULL"
        last = f"{asked} AND claimed_date IS NULL AND (date, sequence) < (?, ?)"
        last += " ORDER BY date DESC, number DESC LIMIT 1"
        fetched = index.select(last, row.url, row.stands, row.sequence)
        dated = index.select(f"{asked} AND claimed_date IS NOT NULL", row.url)
        found |= {one.envelope: one for one in (*fetched, *dated)}
    return list(found.values())


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
