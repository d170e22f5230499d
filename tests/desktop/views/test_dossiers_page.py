"""The page of case files: opened, filled, closed, archived, and opened again elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.documents.pdfium import PDFIUM, opened
from desktop.domain.dossiers import Dossier, DossierState, EntryKind
from desktop.domain.roles import Role
from desktop.usecases.dossiers import Filing
from desktop.viewmodels.dossiers.desk import DossierDesk
from desktop.views.dossiers.page import DossiersPage
from desktop.views.dossiers.questions import MatterQuestion, WhichQuestion
from desktop.views.page import Notice
from tests.support.casework import FakeOffice
from tests.support.screens import clipped, too_small, unnamed

LONG = 30_000  # ms: a busy machine is no fault of the code
pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)")]


@pytest.fixture
def desk(qtbot: QtBot, office: FakeOffice) -> Iterator[DossierDesk]:
    office.served()
    office.enter(Role.SECTION_HEAD)
    desk = DossierDesk(office)
    with qtbot.waitSignal(desk.listed, timeout=LONG):
        desk.refresh()
    yield desk
    desk.stop()
    office.close()  # nothing must be posting into what is deleted
    delete(desk)


@pytest.fixture
def page(qtbot: QtBot, desk: DossierDesk) -> DossiersPage:
    page = DossiersPage(desk)
    qtbot.addWidget(page)
    page.resize(1072, 664)
    page.show()
    return page


def begin(qtbot: QtBot, desk: DossierDesk) -> Dossier:
    """Open a case file with everything there is."""
    with qtbot.waitSignal(desk.opened, timeout=LONG):
        desk.begin("01号窗口离岗", [each.filing for each in desk.store.candidates])
    assert desk.table is not None
    return desk.table.file.dossier


def test_a_case_file_is_opened_with_what_is_ticked(
    qtbot: QtBot, desk: DossierDesk, page: DossiersPage
) -> None:
    page._ask_new()
    question = page.findChildren(MatterQuestion)[-1]
    assert not unnamed(question)
    question.title_line.setText("01号窗口离岗")
    question.search.setText("黄牌")
    (row,) = (n for n in range(question.list.count()) if not question.list.item(n).isHidden())
    question.list.item(row).setCheckState(Qt.CheckState.Checked)
    with qtbot.waitSignal(desk.opened, timeout=LONG):
        question.go.click()
    assert desk.table is not None
    assert [entry.kind for entry in desk.table.file.entries] == [EntryKind.CARD]
    # What hangs together with the card is offered first.
    qtbot.waitUntil(lambda: any(each.related for each in desk.candidates), timeout=LONG)
    offered = {each.filing.kind for each in desk.candidates if each.related}
    assert offered >= {EntryKind.FINDING, EntryKind.PAPER}


def test_what_another_page_sends_goes_into_a_new_or_an_open_case_file(
    qtbot: QtBot, desk: DossierDesk, page: DossiersPage
) -> None:
    first, second = (each.filing for each in desk.store.candidates[:2])
    page.open_subject(first)
    question = page.findChildren(WhichQuestion)[-1]
    assert not unnamed(question)
    with qtbot.waitSignal(desk.opened, timeout=LONG):
        question.go.click()
    qtbot.waitUntil(lambda: bool(desk.store.rows), timeout=LONG)
    page.open_subject(second)
    question = page.findChildren(WhichQuestion)[-1]
    assert question.box.currentText() == first.title  # the open one comes first
    question.go.click()
    qtbot.waitUntil(lambda: len(desk.table.file.entries) == 2, timeout=LONG)  # type: ignore[union-attr]


def test_index_and_timeline_tell_what_happened(
    qtbot: QtBot, desk: DossierDesk, page: DossiersPage
) -> None:
    begin(qtbot, desk)
    kinds = [line.cells[2] for line in page.sheet._index.rows]
    assert set(kinds) >= {"疑似问题", "黄红牌", "文书"}
    steps = [line.cells[1] for line in page.sheet._timeline.rows]
    assert set(steps) >= {"发现问题", "第二人认定", "签发", "送达", "立卷"}
    assert not unnamed(page)
    qtbot.waitUntil(lambda: not clipped(page), timeout=LONG)
    assert not too_small(page)


def test_a_hold_takes_its_buttons_away_and_says_why(
    qtbot: QtBot, desk: DossierDesk, page: DossiersPage
) -> None:
    begin(qtbot, desk)
    assert page.sheet._buttons["close"].isVisible()
    desk.hold("审计要求保全")
    qtbot.waitUntil(page.sheet._held.isVisible, timeout=LONG)
    assert page.sheet._held.text() == "已冻结：审计要求保全"
    assert not page.sheet._buttons["close"].isVisible()
    assert page.sheet._buttons["hold"].text() == "解除冻结"


def test_a_closed_case_file_is_archived_and_opens_elsewhere(
    qtbot: QtBot, office: FakeOffice, desk: DossierDesk, page: DossiersPage, tmp_path: Path
) -> None:
    notices: list[Notice] = []
    page.noticed.connect(notices.append)
    dossier = begin(qtbot, desk)
    desk.write_note("说明", "单位已整改")
    desk.close("属实，已整改")
    qtbot.waitUntil(lambda: desk.may("archive"), timeout=LONG)
    desk.put_away()
    qtbot.waitUntil(lambda: any(n.text == "案卷已归档并签名。" for n in notices), timeout=LONG)
    qtbot.waitUntil(
        lambda: desk.table is not None and desk.table.file.dossier.state is DossierState.ARCHIVED
    )
    with qtbot.waitSignal(desk.exported, timeout=LONG):
        desk.export_archive(tmp_path / "a.hwcase", "移交档案室")
    kept = office.desk.look(lambda r: r.get(Dossier, dossier.id)).result()
    assert office.vault.get(kept.archive_sha256) == (tmp_path / "a.hwcase").read_bytes()
    with qtbot.waitSignal(desk.opened, timeout=LONG):
        desk.open_archive(tmp_path / "a.hwcase")
    assert desk.archive is not None
    assert desk.archive.manifest["dossier"]["title"] == "01号窗口离岗"
    assert len(desk.archive.data) == sum(f.media_type != "" for f in desk.archive.files)
    assert "由本机归档" in page.archive._proof.text()


def test_a_forged_archive_is_refused(
    qtbot: QtBot, desk: DossierDesk, page: DossiersPage, tmp_path: Path
) -> None:
    notices: list[Notice] = []
    page.noticed.connect(notices.append)
    (tmp_path / "a.hwcase").write_bytes(b"PK no archive")
    with qtbot.waitSignal(desk.refused, timeout=LONG):
        desk.open_archive(tmp_path / "a.hwcase")
    assert "a.hwcase" in notices[-1].text


def test_the_bound_copy_has_every_paper_and_a_bookmark_for_each(
    qtbot: QtBot, desk: DossierDesk, page: DossiersPage, tmp_path: Path
) -> None:
    begin(qtbot, desk)
    with qtbot.waitSignal(desk.done, timeout=LONG):
        desk.put_in([Filing(EntryKind.NOTE, "说明", desk._office.clock.now(), words="已整改")])
    qtbot.waitUntil(
        lambda: desk.table is not None and desk.table.file.entries[-1].title == "说明", timeout=LONG
    )
    with qtbot.waitSignal(desk.exported, timeout=LONG):
        desk.export_bundle(tmp_path / "bundle.pdf", "存档")
    with opened((tmp_path / "bundle.pdf").read_bytes()) as document, PDFIUM:
        marks = [mark.get_title() for mark in document.get_toc()]
        pages = len(document)
    assert desk.table is not None
    printed = {EntryKind.PAPER, EntryKind.NOTE, EntryKind.EVIDENCE}
    entries = [entry for entry in desk.table.file.entries if entry.kind in printed]
    assert marks[0] == "卷内目录"
    assert [mark.split(" ", 1)[1] for mark in marks[1:]] == [entry.title for entry in entries]
    assert pages > len(marks) + 1
