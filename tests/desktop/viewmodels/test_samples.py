from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.assembly.samples import SampleProfile
from desktop.domain.evidence import AuditRow
from desktop.domain.roles import Role
from desktop.paths import Paths
from desktop.storage.lock import StoreLock
from desktop.storage.store import LOCK_NAME
from desktop.viewmodels.samples import Samples
from desktop.workers.case_desk import CaseDesk
from tests.support.profiles import SetClock, open_store, person
from tests.support.screens import FakeEntrance


def kept_in(home: Path) -> Paths:
    paths = Paths(home).demonstration
    paths.store.mkdir(parents=True)
    (paths.store / "hallwatch.db").write_bytes(b"samples")
    return paths


def test_all_sample_data_goes_in_one_act_that_is_written_down(qtbot: QtBot, tmp_path: Path) -> None:
    desk = CaseDesk(open_store(tmp_path / "own", SetClock()))
    paths = kept_in(tmp_path)
    gate = FakeEntrance(person(Role.SUPERVISOR))
    samples = Samples(SampleProfile(Paths(tmp_path)), desk, gate)
    assert samples.can_remove

    door = StoreLock(paths.store / LOCK_NAME)  # its window is open
    with qtbot.waitSignal(samples.changed):
        samples.remove()
    assert paths.home.is_dir()
    assert "另一个" in samples.told
    door.release()

    with qtbot.waitSignal(samples.changed):
        samples.remove()
    assert not paths.home.exists()
    assert not samples.can_remove
    rows = desk.look(lambda reading: reading.find(AuditRow)).result()
    assert [row.action for row in rows] == ["demonstration.remove"]
    samples.stop()
    desk.close()
