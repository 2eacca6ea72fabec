"""Whether a page tells its readers, in a line of words, that it was updated."""

from __future__ import annotations

import pytest

from archive.comparison import Comparison, compare_sides
from tests.article.test_reading import page
from tests.comparison.test_pages import side

COST = "1911, 1945, {} 000 000"
"""An edit in every language."""

LATER = [
    ("en", "Last updated: June 3, 2026 2:05 pm", "Last updated: June 4, 2026 1:05 pm"),
    ("en", "Updated Jun 3", "Updated Jun 4"),
    ("en", "Updated: 14:05", "Updated: 15:05"),
    ("en", "Modified on 2026-06-03", "Modified on 2026-06-04"),
    ("en", "Updated 14 hours ago", "Updated 5 minutes ago"),
    ("en", "Published 3 June 2026", "Published 3 June 2026 | Updated 4 June 2026"),
    ("en", "By Jane Doe, 3 June 2026", "By Jane Doe, 3 June 2026, updated 4 June 2026"),
    ("de", "Zuletzt geändert: 30.6.2026", "Zuletzt geändert: 1.7.2026"),
    ("de", "Aktualisiert am 3. Juni 2026, 14:05 Uhr", "Aktualisiert am 4. Juni 2026, 13:05 Uhr"),
    (
        "fr",
        "Publié le 3 juin 2026 à 14h05",
        "Publié le 3 juin 2026 à 14h05, modifié le 4 juin 2026 à 15h05",
    ),
    ("fr", "Mis à jour le 03/06/2026 à 14:05", "Mis à jour le 04/06/2026 à 13:05"),
    ("ru", "Обновлено: 30 июня 2026, 14:05", "Обновлено: 1 июля 2026, 13:05"),
    ("hu", "Frissítve: 2026. június 3. 14:05", "Frissítve: 2026. június 4. 15:05"),
    ("zh", "更新时间:2026年06月03日 14:05", "更新时间:2026年06月04日 15:05"),
    ("ar", "آخر تحديث: 3 يونيو 2026", "آخر تحديث: 4 يونيو 2026"),
    ("th", "ปรับปรุงล่าสุด 3 มิ.ย. 2569", "ปรับปรุงล่าสุด 4 มิ.ย. 2569"),
]


def found(language: str, old: str, new: str) -> Comparison:
    """An edit between two pages, each with a line under its headline."""
    sides = (
        side(
            page(f"<p>{line}</p>")
            .replace(b"</h1>", f"</h1><div>{told}</div>".encode())
            .replace(b"<html>", f'<html lang="{language}">'.encode())
        )
        for line, told in ((COST.format(14), old), (COST.format(41), new))
    )
    return compare_sides(*sides)


@pytest.mark.parametrize(("language", "old", "new"), LATER)
def test_a_later_time_of_update_in_words_tells_of_an_edit(
    language: str, old: str, new: str
) -> None:
    """A labelled line with a later time makes an edit told, in the words of its language."""
    assert found(language, old, new).silent is False
    assert found(language, new, new).silent is True


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [case for case in LATER if not case[2].startswith(("Published", "By", "Publié", "Updated 5"))],
)
def test_an_earlier_time_of_update_in_words_tells_nothing(
    language: str, old: str, new: str
) -> None:
    """A labelled line with an earlier time, or with none, makes no edit told."""
    assert found(language, new, old).silent is True
    assert found(language, new, "").silent is True


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Updated: 06/03/2026", "Updated: 04/06/2026"),
        ("Updated 2 hours ago", "Updated 5 hours ago"),
    ],
)
def test_where_nothing_says_which_time_is_later_silence_is_not_judged(old: str, new: str) -> None:
    """Where day and month may stand in either order, or an age grew, there is no verdict."""
    verdict = found("en", old, new)
    assert verdict.silent is None
    assert "time of update" in (verdict.silent_reason or "")


@pytest.mark.parametrize(
    "line", ["Published {} June 2026", "The hearing is on {} June 2026", "First published {} June"]
)
def test_a_line_without_a_label_of_updates_tells_nothing(line: str) -> None:
    """Only what says that the page was updated counts, not any date."""
    assert found("en", line.format(3), line.format(4)).silent is True
