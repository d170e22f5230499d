"""A case file that cannot be opened is refused by name and left as it was."""

import hashlib
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from desktop.storage.connection import connect
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.storage.store import FILE_NAME
from tests.support.profiles import KEY, SetClock, open_store

OTHER_KEY = bytes(reversed(KEY))


def refusal(folder: Path, *, key: bytes = KEY) -> StorageTrouble:
    with pytest.raises(StorageError) as caught:
        open_store(folder, SetClock(), key=key).close()
    return caught.value.trouble


def content(folder: Path) -> str:
    return hashlib.sha256((folder / "store" / FILE_NAME).read_bytes()).hexdigest()


def test_a_wrong_key_opens_nothing_and_changes_nothing(tmp_path: Path) -> None:
    open_store(tmp_path, SetClock()).close()
    before = content(tmp_path)
    assert refusal(tmp_path, key=OTHER_KEY) is StorageTrouble.WRONG_KEY
    assert content(tmp_path) == before
    open_store(tmp_path, SetClock()).close()


def test_a_second_start_on_the_same_store_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    with open_store(tmp_path, SetClock()) as first:
        assert refusal(tmp_path) is StorageTrouble.IN_USE
        first.remember("still", "here")
        assert first.recall("still") == "here"


def test_a_store_of_a_later_program_is_left_alone(tmp_path: Path) -> None:
    open_store(tmp_path, SetClock()).close()
    raw = connect(tmp_path / "store" / FILE_NAME, KEY)
    raw.execute("PRAGMA user_version = 9999")
    raw.close()
    assert refusal(tmp_path) is StorageTrouble.NEWER_VERSION


def test_another_programs_database_is_not_taken_for_a_store(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    raw = connect(tmp_path / "store" / FILE_NAME, KEY)
    raw.execute("CREATE TABLE theirs (value TEXT)")
    raw.close()
    assert refusal(tmp_path) is StorageTrouble.NOT_A_STORE


def test_nothing_of_a_store_can_be_read_without_its_key(tmp_path: Path) -> None:
    with open_store(tmp_path, SetClock()) as store:
        store.remember("planted", "某市住房和城乡建设局")
    raw = (tmp_path / "store" / FILE_NAME).read_bytes()
    assert "住房".encode() not in raw
    assert not raw.startswith(b"SQLite format 3")
    plain = sqlcipher.connect(tmp_path / "store" / FILE_NAME)
    with pytest.raises(sqlcipher.DatabaseError):
        plain.execute("SELECT count(*) FROM sqlite_master")
    plain.close()
