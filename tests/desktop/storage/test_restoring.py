"""A copy takes the place of the case file at the next start; what was there is put aside."""

from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.storage.backup import check_backup
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.storage.numbers import add_block, numbers_left
from desktop.storage.restoring import WISH
from desktop.storage.store import FILE_NAME
from tests.support.profiles import KEY, SetClock, open_store


def copied(folder: Path) -> Path:
    """Remember something, lease numbers, copy, then go on."""
    copy = folder / "backups" / "daily-2026-11-24.db"
    with open_store(folder, SetClock()) as store:
        store.remember("word", "before")
        with store.write() as connection:
            add_block(connection, "某效监黄", 2026, 1, 10)
        store.back_up(copy)
        store.remember("word", "after")
        store.wish_restored(copy)
    return copy


def test_the_copy_stands_in_its_place_and_what_was_there_beside_the_copies(
    tmp_path: Path,
) -> None:
    copy = copied(tmp_path)
    with open_store(tmp_path, SetClock()) as store:
        assert (store.restored, store.recall("word")) == (copy.name, "before")
    (aside,) = (tmp_path / "backups").glob("replaced-*.db")
    check_backup(aside, KEY)
    with open_store(tmp_path, SetClock()) as store:
        assert (store.restored, store.recall("word")) == ("", "before")


def test_numbers_that_may_have_gone_out_are_not_given_again(tmp_path: Path) -> None:
    copied(tmp_path)
    with open_store(tmp_path, SetClock()) as store, store.read() as connection:
        assert numbers_left(connection, "某效监黄", 2026) == 0


def test_a_copy_that_is_not_sound_changes_nothing(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    copy.write_bytes(copy.read_bytes()[:-5000])
    with pytest.raises(StorageError) as refused:
        open_store(tmp_path, SetClock())
    assert refused.value.trouble is StorageTrouble.BAD_BACKUP
    with open_store(tmp_path, SetClock()) as store:  # it is wished for no more
        assert store.recall("word") == "after"


def test_a_damaged_case_file_gives_way_to_a_sound_copy(tmp_path: Path) -> None:
    copied(tmp_path)
    (tmp_path / "store" / FILE_NAME).write_bytes(b"not a case file any more" * 400)
    with open_store(tmp_path, SetClock()) as store:
        assert store.recall("word") == "before"
        with store.read() as connection:
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
    assert list((tmp_path / "backups").glob("replaced-*.damaged"))


def test_a_wish_names_a_copy_and_no_way_out_of_the_folder(tmp_path: Path) -> None:
    copied(tmp_path)
    (tmp_path / "store" / WISH).write_text("../../etc/daily.db", "utf-8")
    with pytest.raises(StorageError):
        open_store(tmp_path, SetClock())
    assert not (tmp_path / "store" / WISH).exists()
