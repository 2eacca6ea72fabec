"""An index forged by somebody with access to the folder never makes an honest key sign a lie.

The checksums in the index have no key: whoever can write it can write them too.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs
import pytest

import archive
from archive.adding.listing import read_list
from archive.disk.layout import Layout, change_setting
from archive.errors import ArchiveError, InputError, StorageError
from archive.index import rows
from archive.index.lines import seal
from archive.index.reading import Reading
from archive.index.rows import Row
from archive.index.schema import CAPTURES
from archive.log.rekeying import KeyChange
from archive.user.keystore import Keystore
from tests.capture.settings import LOCAL
from tests.collection.press import capture_records, check_verified, page, predicate
from tests.collection.test_unchanged import sha, wire
from tests.servers import OddServer
from tests.store import shelf


def poison(path: Path, sequence: int, /, **values: Any) -> None:
    """Change values of a row, its checksum with them."""
    with sqlite3.connect(path) as connection:
        names = [attribute.name for attribute in attrs.fields(Row)]
        query = f"SELECT {', '.join(names)} FROM capture WHERE sequence = ?"
        [found] = connection.execute(query, (sequence,)).fetchall()
        sealed = seal(tuple((dict(zip(names, found, strict=True)) | values).values()))
        fields = ", ".join(f"{name} = ?" for name in (*names, "checksum"))
        connection.execute(
            f"UPDATE capture SET {fields} WHERE sequence = ?",
            (*sealed, sequence),
        )
    connection.close()


@pytest.mark.parametrize("how", ["another group", "elsewhere", "text", "words", "content type"])
def test_a_forged_row_gives_a_capture_no_text(
    tmp_path: Path, odd_server: OddServer, how: str
) -> None:
    """A row that claims a page's content for other text: the page is extracted anew."""
    with shelf.collection(tmp_path) as press:
        lie = press.add(odd_server.set("/lie", wire(page("The minister admitted all"))), LOCAL)
        url = odd_server.set("/true", wire(page("Nothing was admitted")))
        claims: dict[str, object] = {
            "url": url,
            "final_url": url,
            "content": sha(page("Nothing was admitted")),
        }
        if how == "elsewhere":
            [file] = Layout(press.path).files()
            (tmp_path / "evil.warc.gz").write_bytes(file.read_bytes())
            claims["file"] = "../../evil.warc.gz"
        elif how == "text":
            claims["text"] = "0" * 64
        elif how == "words":
            press.add(url, LOCAL)
            claims = {"words": 4000}
        elif how == "content type":
            press.add(url, LOCAL)
            odd_server.set("/true", wire(page("Nothing was admitted")).replace(b"html", b"htm2"))
            claims["content_type"] = "text/htm2"
        shelf.add_text(press, 1)  # what comes last is right
    place = 2 if how in ("words", "content type") else 1  # the keyring is number 0
    poison(Layout(press.path).index, place, **claims)
    with shelf.collection(tmp_path) as press:
        capture = press.add(url, LOCAL)
        assert predicate(press, capture)["same_as"] is None
        assert capture.article is not None or how == "content type"
        assert lie.article is not None
        check_verified(press)


def test_a_forged_row_takes_no_bytes_away(tmp_path: Path, odd_server: OddServer) -> None:
    """A row that claims to have kept a response that was never seen: it is stored in full."""
    body = page("The scoop")
    url = odd_server.set("/scoop", wire(body))
    with shelf.collection(tmp_path, 3) as press:
        pass
    poison(
        Layout(press.path).index,
        1,
        final_url=url,
        entity=sha(body),
        status=200,
        content_encoding=None,
        response="urn:uuid:00000000-0000-4000-8000-000000000000",
    )
    with shelf.collection(tmp_path) as press:
        capture = press.add(url, LOCAL)
        first = capture_records(press, capture)[0]
        assert (first["WARC-Type"], first.block) == ("response", wire(body))
        check_verified(press)


@pytest.mark.parametrize(
    ("sequence", "values"),
    [
        (5, {"envelope": "0" * 64}),
        (5, {"sequence": 77}),
        (3, {"envelope": "0" * 64}),
        (3, {"content": "0" * 64, "status": 200}),
        (3, {"offset": -1}),
        (3, {"file": "../../evil.warc.gz"}),
        (3, {"file": "a\0.warc.gz"}),
    ],
)
def test_a_forged_chain_is_not_gone_on_from(
    tmp_path: Path, sequence: int, values: dict[str, Any]
) -> None:
    """The capture before, of all and of the same URL, is as the files have it, not as the index
    says; the index is made anew.
    """
    with shelf.collection(tmp_path, 5) as press:
        pass
    poison(Layout(press.path).index, sequence, **values)
    with shelf.collection(tmp_path) as press:
        stored = shelf.rows_in_files(press.path)
        added = shelf.add_text(press, 8)  # of the same URL as the third
        said = predicate(press, added)
        assert said["prior"] == stored[4].envelope
        assert said["previous"] == stored[2].envelope
        check_verified(press)
    assert shelf.known_rows(press.path) == shelf.rows_in_files(press.path)


@pytest.mark.parametrize("name", ["sequence", "date", "limitations", "offset", "file", "words"])
@pytest.mark.parametrize("value", [b"bytes", 1.5, "-", None])
def test_values_of_another_type_are_not_read(tmp_path: Path, name: str, value: Any) -> None:
    """Whatever stands in a column, reading and adding end well or with an error of ours."""
    with shelf.collection(tmp_path, 3) as press:
        stored = shelf.rows_in_files(press.path)
    poison(Layout(press.path).index, 1, **{name: value})
    with shelf.collection(tmp_path) as press, suppress(InputError, StorageError):
        assert all(capture.date for capture in press.captures())
        shelf.add_text(press, 1)
    assert shelf.rows_in_files(press.path)[:3] == stored
    with shelf.collection(tmp_path) as press:
        check_verified(press)


def test_a_line_is_a_row_only_with_its_types(tmp_path: Path) -> None:
    """A line of the index whose values have other types than a row's is taken for damage."""
    with shelf.collection(tmp_path, 1) as press:
        [row] = shelf.rows_in_files(press.path)
    table = CAPTURES
    good = dict(zip(attrs.fields_dict(Row), table.seal(row)[:-1], strict=True))
    assert table.read(seal(tuple(good.values()))) == row
    for name in good:
        for value in (b"bytes", 1.5):
            assert table.read(seal(tuple((good | {name: value}).values()))) is None


def test_the_newest_captures_cannot_be_hidden(tmp_path: Path) -> None:
    """An index without the last capture is made anew, also when a row claims its place."""
    with shelf.collection(tmp_path, 3) as press:
        path = Layout(press.path).index
        *_, before, last = shelf.known_rows(press.path)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM capture WHERE sequence = ?", (last.sequence,))
    connection.close()
    poison(path, before.sequence, end=last.end)
    with shelf.collection(tmp_path) as press:
        assert [capture.id for capture in press.captures()][-1] == last.id
        assert predicate(press, shelf.add_text(press, 3))["prior"] == last.envelope
        check_verified(press)


@pytest.mark.parametrize("values", [{"run_id": "urn:uuid:" + "0" * 8}, {"outcome": "captured"}])
def test_a_forged_row_is_not_resumed_from(
    tmp_path: Path, odd_server: OddServer, values: dict[str, Any]
) -> None:
    """A run goes on from what the files bear out: no forged run is signed, no URL skipped."""
    good = odd_server.set("/good", wire(page("One")))
    bad = odd_server.set("/bad", b"nonsense")
    listed = read_list([good, bad, odd_server.set("/later", wire(page("Two")))])
    with shelf.collection(tmp_path) as press:
        entries, _ = press.plan(listed)
        list(press.add_all(entries[:2], LOCAL, concurrency=1, delay=0))
    failed = next(row for row in shelf.rows_in_files(press.path) if row.failed)
    poison(Layout(press.path).index, failed.sequence, **values)
    with shelf.collection(tmp_path) as press:
        going_on, skipped = press.plan(listed, resume=True)
        assert [entry.url for entry in going_on] == list(listed.urls[1:])
        assert skipped == 1
        assert {entry.run for entry in going_on} <= {entry.run for entry in entries}


def test_a_forged_warcinfo_is_not_signed(tmp_path: Path) -> None:
    """What a file begins with is signed as the file has it, not as the index says."""
    with shelf.collection(tmp_path, 2) as press:
        path = Layout(press.path).index
    with sqlite3.connect(path) as connection:
        [(*mark, _)] = connection.execute("SELECT * FROM file").fetchall()
        mark[3] = "0" * 64
        connection.execute("INSERT OR REPLACE INTO file VALUES (?,?,?,?,?,?)", seal(mark))
    connection.close()
    with shelf.collection(tmp_path) as press:
        shelf.add_text(press, 2)
        check_verified(press)


@pytest.mark.parametrize(
    ("log", "code", "words"), [(True, 7, "keyring"), (False, 8, "collection's key")]
)
def test_captures_of_another_key_are_not_gone_on_from(
    tmp_path: Path, log: bool, code: int, words: str
) -> None:
    """Where the last capture bears another key's signature, the writer stops: by the keyring,
    which does not have the key, or without a log by the signature.
    """
    with shelf.collection(tmp_path, 2, log=log) as press:
        other = Keystore(tmp_path / "config").create(os.urandom)
        settings = press.path / "archive.toml"
        settings.write_text(settings.read_text().replace(press.key, other.fingerprint))
    before = shelf.warc_bytes(press.path)
    with shelf.collection(tmp_path) as press, pytest.raises(ArchiveError) as caught:
        shelf.add_text(press, 2)
    assert caught.value.exit_code == code
    assert words in str(caught.value)
    assert shelf.warc_bytes(press.path) == before


@pytest.mark.parametrize("name", ["../archive.toml", "/etc/passwd", "a\0.warc.gz", "..", ""])
def test_a_row_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    """A row that names a file outside the folder of WARC files is refused, not read."""
    with shelf.collection(tmp_path, 1) as press:
        [row] = shelf.known_rows(press.path)
        with pytest.raises(InputError, match="not the name of a WARC file"):
            Reading(Layout(press.path)).read(attrs.evolve(row, file=name))


def test_an_unchanged_run_reads_a_group_once(
    tmp_path: Path, odd_server: OddServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Capturing the same pages again confirms each row once, and those just stored not at all."""
    urls = [odd_server.set(f"/{n}", wire(page(f"Story {n}"))) for n in range(4)]
    with shelf.collection(tmp_path) as press:
        for url in urls:
            press.add(url, LOCAL)
    read: list[int] = []
    real: Callable[..., Any] = rows.describe_statement

    def describe(said: Any, attempt: Any, article: Any, place: rows.GroupPlace) -> Row:
        read.append(place.offset)
        found: Row = real(said, attempt, article, place)
        return found

    monkeypatch.setattr("archive.store.confirmation.describe_statement", describe)
    with shelf.collection(tmp_path) as press:
        for _ in range(2):
            for url in urls:
                assert press.add(url, LOCAL).outcome == "unchanged"
    assert len(read) == len(set(read)) == 4


def test_a_forged_leaf_is_not_logged(tmp_path: Path) -> None:
    """A capture that a dead writer had not logged is logged as the files have it."""
    with shelf.collection(tmp_path, 2) as press:
        shutil.copytree(press.path / "log", tmp_path / "earlier")
        shelf.add_text(press, 2)
    shutil.rmtree(press.path / "log")
    shutil.copytree(tmp_path / "earlier", press.path / "log")
    poison(Layout(press.path).index, 3, leaf="0" * 64)
    with shelf.collection(tmp_path) as press:
        shelf.add_text(press, 3)
        press.verify().require("log")
        check_verified(press)


def test_a_keyring_that_the_index_hides_is_not_written_again(tmp_path: Path) -> None:
    """Without the keyring's row the index is made anew: a log has one first keyring."""
    with shelf.collection(tmp_path, 2) as press:
        path = Layout(press.path).index
    with sqlite3.connect(path) as connection:
        assert connection.execute("DELETE FROM entry WHERE kind = 'keyring'").rowcount == 1
    connection.close()
    with shelf.collection(tmp_path) as press:
        shelf.add_text(press, 2)
        assert len(shelf.writer(press).index.entries("keyring")) == 1
        check_verified(press)


def hide_last_keyring(press: archive.Collection) -> None:
    """Take the row of the last keyring out of the index of a collection that is closed."""
    with sqlite3.connect(Layout(press.path).index) as connection:
        last = "SELECT max(number) FROM entry WHERE kind = 'keyring'"
        assert connection.execute(f"DELETE FROM entry WHERE number = ({last})").rowcount == 1
    connection.close()


def test_a_later_keyring_that_the_index_hides_is_not_written_again(tmp_path: Path) -> None:
    """The next version is made from what the files hold: a second version 2 would stay for ever."""
    with shelf.collection(tmp_path, 2) as press:
        more = [shelf.new_key(tmp_path) for _ in range(2)]
        press.change_keys(KeyChange(add=(more[0],)))
        shelf.add_text(press, 2)
    hide_last_keyring(press)
    with shelf.collection(tmp_path) as press:
        assert press.change_keys(KeyChange(add=(more[1],))).version == 3
        shelf.add_text(press, 3)
        check_verified(press)


def test_a_rotation_that_the_index_hides_is_still_in_force(tmp_path: Path) -> None:
    """The new key goes on, and nobody goes back to the old one, whatever the settings say."""
    with shelf.collection(tmp_path, 2) as press:
        old = press.key
        press.change_keys(KeyChange(signer=shelf.new_key(tmp_path)))
        shelf.add_text(press, 2)
    hide_last_keyring(press)
    with shelf.collection(tmp_path) as press:
        shelf.add_text(press, 3)
        check_verified(press)
        new = press.key
    hide_last_keyring(press)
    change_setting(Layout(press.path), "key", old)
    with shelf.collection(tmp_path) as press:
        shelf.add_text(press, 4)
        check_verified(press)
        assert press.key == new


@pytest.mark.parametrize("kind", ["text", "page"])
def test_a_header_that_no_statement_names_bears_nothing_out(
    tmp_path: Path, odd_server: OddServer, kind: str
) -> None:
    """A row is confirmed only by a first record whose header was signed."""
    with shelf.collection(tmp_path) as press:
        if kind == "page":
            press.add(odd_server.set("/scoop", wire(page("The scoop"))), LOCAL)
        else:
            shelf.add_text(press, 1)
        [row] = shelf.rows_in_files(press.path)
        path = Layout(press.path).file(row.file)
        stored = path.read_bytes()
        member = zlib.decompressobj(wbits=31)
        record = member.decompress(stored[row.offset :])
        for year, fits in ((b"2026", True), (b"2025", False)):
            written = gzip.compress(record.replace(b"WARC-Date: 2026", b"WARC-Date: " + year, 1))
            path.write_bytes(stored[: row.offset] + written + member.unused_data)
            more = len(written) - (len(stored) - row.offset - len(member.unused_data))
            places = ("end", "outcome_offset", "envelope_offset")
            moved = attrs.evolve(row, **{name: getattr(row, name) + more for name in places})
            known = shelf.writer(press)._confirmation
            known.forget()
            assert (known.confirm(moved) is not None) is fits
