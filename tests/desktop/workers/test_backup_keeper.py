"""Daily copies of the case file: made once a day, sound, few, and told in the settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.storage.backup import check_backup
from desktop.storage.errors import StorageError, StorageTrouble
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
