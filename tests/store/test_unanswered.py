"""Who did not answer: kept for each log and kind, replaced as a whole, damage said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import InputError, StorageError
from archive.user.failures import Failure, Unanswered

DATE = "2026-11-22T07:01:09.123456Z"
TSA = Failure("timestamp", "https://tsa.example/", DATE, "no answer: \x1b[31m timed out")
WITNESS = Failure("witness", "https://witness.example/", DATE, "the witness answered 500: ")


@pytest.fixture
def kept(tmp_path: Path) -> Unanswered:
    """Nothing yet."""
    return Unanswered(tmp_path / "state" / "unanswered")


def test_what_is_kept_is_found(kept: Unanswered) -> None:
    """The failures of a log come back; who answers later is taken out, the other kind is left."""
    assert kept.load("press.example/log") == ()
    kept.keep("press.example/log", "timestamp", [TSA])
    kept.keep("press.example/log", "witness", [WITNESS])
    assert kept.load("press.example/log") == (TSA, WITNESS)
    assert kept.load("another.example/log") == ()
    kept.keep("press.example/log", "timestamp", [])
    assert kept.load("press.example/log") == (WITNESS,)
    assert kept.folder.stat().st_mode & 0o077 == 0


def test_an_answer_from_the_first_leaves_no_file(kept: Unanswered) -> None:
    """Where nobody ever failed nothing is written, not even the folder."""
    kept.keep("press.example/log", "timestamp", [])
    assert not kept.folder.exists()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"rubbish",
        b"[]",
        b'{"failed":{}}',
        b'{"failed":[1]}',
        b'{"failed":[{"kind":"timestamp","url":"u","time":"t"}]}',
        b'{"failed":[{"kind":"timestamp","url":"u","time":"t","error":1}]}',
        bytes((1 << 20) + 1),
    ],
)
def test_a_damaged_file_is_said_and_written_anew(kept: Unanswered, damage: bytes) -> None:
    """Reading names the file and says that it may go; the next asking replaces it."""
    kept.keep("log", "timestamp", [TSA])
    [path] = kept.folder.iterdir()
    path.write_bytes(damage)
    with pytest.raises(InputError) as caught:
        kept.load("log")
    assert (caught.value.where, "delete the file" in (caught.value.hint or "")) == (str(path), True)
    kept.keep("log", "witness", [WITNESS])
    assert kept.load("log") == (WITNESS,)


def test_a_folder_in_its_place_is_an_error(kept: Unanswered) -> None:
    """What is no regular file is not read, and what cannot be replaced is a storage error."""
    kept.keep("log", "timestamp", [TSA])
    [path] = kept.folder.iterdir()
    path.unlink()
    path.mkdir()
    with pytest.raises(InputError):
        kept.load("log")
    with pytest.raises(StorageError):
        kept.keep("log", "timestamp", [TSA])


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)


@given(st.lists(st.builds(Failure, st.just("witness"), TEXTS, TEXTS, TEXTS), max_size=5))
def test_any_texts_come_back(
    tmp_path_factory: pytest.TempPathFactory, failed: list[Failure]
) -> None:
    """Whatever stands in them, failures are read as they were written."""
    kept = Unanswered(tmp_path_factory.getbasetemp() / "any-texts")
    kept.keep("log", "witness", failed)
    assert kept.load("log") == tuple(failed)


@given(st.recursive(st.none() | st.integers() | TEXTS, lambda inner: st.lists(inner, max_size=3)))
def test_any_json_is_refused_cleanly(
    tmp_path_factory: pytest.TempPathFactory, value: object
) -> None:
    """Any other JSON in the file is an input error."""
    kept = Unanswered(tmp_path_factory.getbasetemp() / "any-json")
    kept.keep("log", "witness", [WITNESS])
    [path] = kept.folder.iterdir()
    for written in (value, {"failed": value}, {"failed": [{"kind": value}]}):
        path.write_text(json.dumps(written))
        if written == {"failed": []}:
            continue
        with pytest.raises(InputError):
            kept.load("log")
