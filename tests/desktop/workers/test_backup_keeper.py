"""Daily copies of the case file: made once a day, sound, few, and told in the settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.storage.backup import check_backup
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.storage.store import FILE_NAME
from desktop.system.theme import Tone
from desktop.viewmodels.backups import Backups
from desktop.views.backups_panel import BackupsPanel
from desktop.workers.backup_keeper import BackupKeeper
from desktop.workers.case_desk import CaseDesk
from tests.support.profiles import KEY, SetClock, open_store


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Iterator[CaseDesk]:
    desk = CaseDesk(open_store(tmp_path, clock))
    yield desk
    desk.close()


@pytest.fixture
def keeper(desk: CaseDesk, tmp_path: Path, clock: SetClock) -> BackupKeeper:
    return BackupKeeper(desk, tmp_path / "kept", keep=2, clock=clock)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_day_has_one_copy_and_it_opens_with_the_same_key(
    keeper: BackupKeeper, tmp_path: Path
) -> None:
    keeper.begin()
    assert keeper.last is not None
    keeper.last.result()
    first = keeper.last
    keeper.begin()
    assert keeper.last is first
    check_backup(tmp_path / "kept" / "daily-2026-11-24.db", KEY)
    with pytest.raises(StorageError) as refused:
        check_backup(tmp_path / "kept" / "daily-2026-11-24.db", bytes(32))
    assert refused.value.trouble is StorageTrouble.BAD_BACKUP


def test_only_the_latest_copies_stay_and_those_before_a_new_schema(
    keeper: BackupKeeper, clock: SetClock, tmp_path: Path
) -> None:
    keeper.back_up().result()
    (tmp_path / "kept" / "before-schema-1-20200101T000000Z.db").touch()
    for _ in range(3):
        clock.pass_time(days=1)
        keeper.begin()
        assert keeper.last is not None
        keeper.last.result()
    kept = keeper.look().result()
    assert names(tmp_path / "kept") == [
        "before-schema-1-20200101T000000Z.db", "daily-2026-11-26.db", "daily-2026-11-27.db",
    ]  # fmt: skip
    assert kept.copies == 2
    assert kept.latest is not None
    assert kept.latest.name == "daily-2026-11-27.db"


def test_the_settings_say_what_came_of_it(keeper: BackupKeeper, qtbot: QtBot) -> None:
    model = Backups(keeper)
    panel = BackupsPanel(model)
    qtbot.addWidget(panel)
    qtbot.waitUntil(lambda: "还没有备份" in panel.said_of_it())
    model.back_up()
    assert model.is_busy
    qtbot.waitUntil(lambda: "daily-2026-11-24.db" in panel.said_of_it())
    model.stop()


def test_a_folder_that_cannot_be_written_is_told(
    keeper: BackupKeeper, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "kept").write_bytes(b"a file where the folder should be")
    model = Backups(keeper)
    model.back_up()
    qtbot.waitUntil(lambda: not model.is_busy)
    assert "没有备份成功" in model.stand()[0]
    model.stop()


def test_a_start_looks_whether_the_case_file_is_whole_and_says_so(
    keeper: BackupKeeper, qtbot: QtBot
) -> None:
    keeper.begin()
    model = Backups(keeper)
    panel = BackupsPanel(model)
    qtbot.addWidget(panel)
    qtbot.waitUntil(lambda: "本次启动时已检查" in panel.said_of_check())
    model.stop()


def test_a_damaged_case_file_is_told_at_the_start(
    tmp_path: Path, clock: SetClock, qtbot: QtBot
) -> None:
    with open_store(tmp_path, clock) as store:
        store.remember("much", "x" * 60_000)
    path = tmp_path / "store" / FILE_NAME
    broken = bytearray(path.read_bytes())
    broken[-8_000:-7_000] = bytes(1_000)
    path.write_bytes(broken)
    desk = CaseDesk(open_store(tmp_path, clock))
    keeper = BackupKeeper(desk, tmp_path / "kept", keep=2, clock=clock)
    keeper.begin()
    model = Backups(keeper)
    with qtbot.waitSignal(model.warned):
        pass
    assert model.health()[1] is Tone.BAD
    model.stop()
    desk.close()


def test_room_that_is_no_longer_used_goes_back_to_the_disk(
    desk: CaseDesk, keeper: BackupKeeper, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.remember("much", "x" * 2_000_000).result()
    desk.remember("much", "").result()
    before = (tmp_path / "store" / FILE_NAME).stat().st_size
    model = Backups(keeper)
    model.compact()
    qtbot.waitUntil(lambda: "案卷库已整理" in model.health()[0])
    assert (tmp_path / "store" / FILE_NAME).stat().st_size < before - 1_500_000
    assert keeper.check().result() == 0
    desk.remember("still", "here").result()
    model.stop()


def test_a_full_disk_is_said_and_what_was_there_stays(desk: CaseDesk) -> None:
    desk.remember("first", "kept").result()
    pages = desk.write(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar_one()).result()
    desk.write(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")).result()
    with pytest.raises(StorageError) as refused:
        desk.remember("much", "x" * 2_000_000).result()
    assert refused.value.trouble is StorageTrouble.DISK_FULL
    assert refused.value.retryable
    assert desk.recall("first").result() == "kept"
    desk.store.check()


def test_half_a_copy_is_not_wished_for(keeper: BackupKeeper, tmp_path: Path) -> None:
    copy = keeper.back_up().result().files[0]
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StorageError) as refused:
        keeper.restore(copy).result()
    assert refused.value.trouble is StorageTrouble.BAD_BACKUP
    assert not (tmp_path / "store" / "restore.wish").exists()
