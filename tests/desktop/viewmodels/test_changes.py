from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.domain.roles import Role
from desktop.viewmodels.changes import StoreChanges
from tests.support.casework import working_office


def test_a_burst_of_changes_is_told_once(qtbot: QtBot, tmp_path: Path) -> None:
    with working_office(tmp_path) as office:
        changes = StoreChanges(office.desk, settle_ms=50)
        told: list[None] = []
        changes.changed.connect(lambda: told.append(None))

        with qtbot.waitSignal(changes.changed):
            for _ in range(5):
                office.propose(items=())
        with qtbot.assertNotEmitted(changes.changed, wait=120):
            pass

        assert len(told) == 1
        changes.close()


def test_nothing_is_told_after_closing(qtbot: QtBot, tmp_path: Path) -> None:
    with working_office(tmp_path) as office:
        office.enter(Role.SUPERVISOR)
        changes = StoreChanges(office.desk, settle_ms=20)
        changes.close()
        with qtbot.assertNotEmitted(changes.changed, wait=100):
            office.propose(items=())


def test_what_was_heard_before_closing_is_not_told_after_it(qtbot: QtBot, tmp_path: Path) -> None:
    with working_office(tmp_path) as office:
        office.enter(Role.SUPERVISOR)
        changes = StoreChanges(office.desk, settle_ms=20)
        office.propose(items=())  # posted, and this thread has not looked yet
        changes.close()
        with qtbot.assertNotEmitted(changes.changed, wait=100):
            pass
