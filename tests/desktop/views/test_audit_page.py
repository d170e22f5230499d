"""The auditor reads, checks and takes out the audit chain; nobody else sees its page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from sqlalchemy import text

from desktop.domain.errors import NotAllowed
from desktop.domain.roles import Role
from desktop.viewmodels.audit_log import AuditLog
from desktop.viewmodels.backups import Backups
from desktop.views.audit_page import AuditPage, audit_entries
from desktop.views.backups_panel import BackupsPanel
from desktop.workers.audit_book import AuditBook
from desktop.workers.backup_keeper import BackupKeeper
from tests.support.casework import FakeOffice
from tests.support.profiles import person
from tests.support.screens import unnamed

LONG = 30_000  # ms: a busy machine is no fault of the code


@pytest.fixture
def log(qtbot: QtBot, office: FakeOffice) -> Iterator[AuditLog]:
    office.propose()
    office.door.actor = person(Role.SEC_AUDITOR, "卫审")
    log = AuditLog(AuditBook(office.desk, office.device), office.door)
    yield log
    log.stop()
    office.close()  # nothing must be posting into what is deleted
    delete(log)


@pytest.fixture
def page(qtbot: QtBot, log: AuditLog) -> AuditPage:
    page = AuditPage(log)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(log.changed, timeout=LONG):
        page.arrive()
    return page


def break_chain(office: FakeOffice) -> None:
    """Do what only somebody with the key could: write another word into a row."""

    def forge(connection: object) -> None:
        connection.execute(  # type: ignore[attr-defined]
            text(
                "UPDATE record SET body = json_set(body, '$.action', 'hall.forged')"
                " WHERE entity = 'audit' AND id = (SELECT record_id FROM audit WHERE n = 2)"
            )
        )

    office.desk.write(forge).result()


def test_the_latest_act_stands_first_and_words_find_others(
    qtbot: QtBot, log: AuditLog, page: AuditPage
) -> None:
    assert log.model.rows[0].cells[3] == "finding.propose"
    assert not unnamed(page)
    with qtbot.waitSignal(log.changed, timeout=LONG):
        page.search.setText("hall.set_up")
    assert [row.cells[3] for row in log.model.rows] == ["hall.set_up"]
    assert not log.has_more


def test_a_changed_row_is_named(
    qtbot: QtBot, office: FakeOffice, log: AuditLog, page: AuditPage
) -> None:
    log.check()
    qtbot.waitUntil(lambda: page.said_of_check() == "审计链逐条校验无误。", timeout=LONG)
    break_chain(office)
    log.check()
    qtbot.waitUntil(lambda: "第 2 条" in page.said_of_check(), timeout=LONG)


def test_taking_it_out_is_a_row_of_it(
    qtbot: QtBot, log: AuditLog, page: AuditPage, tmp_path: Path
) -> None:
    with qtbot.waitSignal(log.exported, timeout=LONG) as told:
        log.write_out(tmp_path / "audit.jsonl", "年度审计")
    lines = (tmp_path / "audit.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == told.args[0] + 2
    assert "audit.export" in lines[-2]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SEC_AUDITOR])
def test_nobody_but_the_auditor_reads_it(office: FakeOffice, log: AuditLog, role: Role) -> None:
    office.door.actor = person(role)
    assert audit_entries(log) == []
    book = AuditBook(office.desk, office.device)
    with pytest.raises(NotAllowed):
        book.page(office.door.actor)
    with pytest.raises(NotAllowed):
        book.check(office.door.actor)


def test_the_auditor_has_its_page(log: AuditLog) -> None:
    assert [entry.page_id for entry in audit_entries(log)] == ["audit"]


def test_the_case_file_is_checked_on_demand(
    qtbot: QtBot, office: FakeOffice, tmp_path: Path
) -> None:
    office.propose()
    keeper = BackupKeeper(office.desk, tmp_path / "copies", keep=2, clock=office.clock)
    model = Backups(keeper)
    panel = BackupsPanel(model)
    qtbot.addWidget(panel)
    model.check()
    qtbot.waitUntil(lambda: panel.said_of_check() == "案卷库和审计链完整。", timeout=LONG)
    break_chain(office)
    model.check()
    qtbot.waitUntil(lambda: "1 条记录不符" in panel.said_of_check(), timeout=LONG)
    model.stop()
    office.close()
    delete(model)
