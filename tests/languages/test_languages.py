"""The files of words: what may stand in them, how they are read, and that they are installed."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import zipfile
from collections.abc import Collection
from pathlib import Path

import pytest
from attrs import fields
from hypothesis import given
from hypothesis import strategies as st

from archive.article.quotations.vocabulary import HABITS, SPOKEN, Vocabulary, read_vocabulary
from archive.languages import (
    LANGUAGES,
    SECTIONS,
    WordList,
    all_phrases,
    all_words,
    read_calendar,
    read_language,
)
from archive.languages import _sections as sections
from tests.places import ROOT

FOLDER = ROOT / "src/archive/languages"
SCRIPT = ROOT / "docs/reference/make_calendar.py"
WORDS = st.text(st.characters(categories=["L", "M"]), min_size=1, max_size=8)


def read(given: WordList, section: str) -> Collection[str]:
    """What stands in a section, by its form."""
    readers = {"words": given.words, "phrases": given.phrases, "lines": given.lines}
    return readers.get(SECTIONS[section], given.table)(section)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_section_is_one_that_is_read(code: str) -> None:
    """A file has no section that nothing reads, none twice, and none without words."""
    text = (FOLDER / f"{code}.txt").read_text(encoding="utf-8")
    names = [line[1:-1] for line in text.splitlines() if line.startswith("[")]
    given = read_language(code)
    assert sorted(names) == sorted(given.sections)
    assert all(read(given, name) for name in names)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_file_names_its_language_and_is_in_lower_case(code: str) -> None:
    """A file begins with the language's name; words are looked up in lower case."""
    text = (FOLDER / f"{code}.txt").read_text(encoding="utf-8")
    assert text.startswith("# ")
    data = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert data == data.lower()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_line_of_a_table_has_a_key_and_words(code: str) -> None:
    """No word of a table is lost for want of a key, and none stands behind two."""
    for name, text in read_language(code).sections.items():
        if SECTIONS[name].startswith("table"):
            words = [word for line in text.splitlines() for word in line.partition(":")[2].split()]
            assert all(line.partition(":")[2].split() for line in text.splitlines()), name
            assert len(words) == len(set(words)), name


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_calendar_has_all_months_and_days(code: str) -> None:
    """Names of twelve months and seven days are known, but where months have numbers for names."""
    given = read_calendar(code)
    assert all(read(given, name) for name in given.sections)
    months = set(given.table("months").values())
    assert months == (set() if code in {"ja", "ko", "vi"} else {str(n) for n in range(1, 13)})
    assert set(given.table("days").values()) == {str(n) for n in range(1, 8)}


def test_the_calendars_are_what_their_script_writes() -> None:
    """With the release of babel that they name, the script writes the same files again."""
    babel = pytest.importorskip("babel", reason="babel is not installed: see CONTRIBUTING.md")
    first = (FOLDER / "calendar/en.txt").read_text(encoding="utf-8").partition("\n")[0]
    if f"babel {babel.__version__}." not in first:
        pytest.skip(f"the calendars are not of babel {babel.__version__}")
    spec = importlib.util.spec_from_file_location("make_calendar", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    for code in LANGUAGES:
        written = (FOLDER / f"calendar/{code}.txt").read_text(encoding="utf-8")
        assert script.render(code) == written, f"run {SCRIPT.name}"


def test_every_section_is_explained() -> None:
    """The page about the files has a row for each section, with its form, and for no other."""
    page = (ROOT / "docs/reference/languages.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (`[^|]*) \| ([a-z ;]+) \|", page)
    forms = set(SECTIONS.values())
    told = {
        name: form
        for names, form in rows
        if {one.strip() for one in form.split(";")} <= forms
        for name in re.findall(r"`([^`]+)`", names)
    }
    assert {name for name in told if name != "speech.…"} == {
        name for name in SECTIONS if not name.startswith("speech.")
    }
    assert all(SECTIONS[name] in form for name, form in told.items() if name in SECTIONS)


def test_every_section_of_speech_is_a_member_of_the_vocabulary() -> None:
    """What a file may say of how its language reports speech is what a vocabulary holds."""
    said = {name.removeprefix("speech.") for name in SECTIONS if name.startswith("speech.")}
    members = {one.name for one in fields(Vocabulary) if one.init and one.name != "code"}
    assert said == members - {*HABITS, "negators"} | {"habits"}
    assert all(read_vocabulary(code) is not None for code in SPOKEN)


def test_a_language_that_is_not_known_has_no_words() -> None:
    """Whatever code a page claims, no file outside the folder is read, and nothing is raised."""
    assert read_language("xx") == read_language("../en") == read_language("") == WordList()
    assert read_vocabulary("xx") is None


def test_codes_that_pages_use_as_well_are_known() -> None:
    """Bokmål and Nynorsk are Norwegian here."""
    assert read_vocabulary("nb") == read_vocabulary("nn") == read_vocabulary("no") is not None


def test_phrases_of_all_languages_come_longest_first() -> None:
    """A pattern that is made of them finds the longest label that stands there."""
    lengths = list(map(len, all_phrases("labels.updated")))
    assert lengths == sorted(lengths, reverse=True)
    assert {"and", "und", "et"} <= all_words("names.joins")


@given(st.dictionaries(WORDS, st.lists(WORDS, min_size=1), max_size=4), st.booleans())
def test_what_is_written_is_read(tables: dict[str, list[str]], commented: bool) -> None:
    """Sections come back as they were written, comments and blank lines left out."""
    comment = "# a comment\n\n" if commented else ""
    written = "".join(f"[{name}]\n{comment}{' '.join(w)}\n\n" for name, w in tables.items())
    read = WordList(dict(sections(f"# a language\n\n{written}")))
    assert list(read.sections) == list(tables)
    assert all(read.words(name) == set(words) for name, words in tables.items())


def test_the_words_are_in_the_wheel(tmp_path: Path) -> None:
    """The project as it is installed, away from its checkout, has every language's words."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r});"
        " import archive.languages as a;"
        " print(a.__file__, *(f'{c}:{len(r(c).sections)}' for r in (a.read_language,"
        " a.read_calendar) for c in a.LANGUAGES))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    place, *found = result.stdout.split()
    assert Path(place).is_relative_to(tmp_path)
    assert found == [
        f"{one}:{len(of(one).sections)}"
        for of in (read_language, read_calendar)
        for one in LANGUAGES
    ]
