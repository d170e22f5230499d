from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop.storage.errors import StorageError, StorageTrouble
from desktop.storage.lock import StoreLock


def test_a_second_start_on_the_same_store_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    first = StoreLock(tmp_path / "lock")
    with pytest.raises(StorageError) as refusal:
        StoreLock(tmp_path / "lock")
    assert refusal.value.trouble is StorageTrouble.IN_USE
    first.release()
    StoreLock(tmp_path / "lock").release()


def test_a_store_opened_on_one_thread_is_given_back_on_another(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as opening:
        lock = opening.submit(StoreLock, tmp_path / "lock").result()
    lock.release()
    StoreLock(tmp_path / "lock").release()
