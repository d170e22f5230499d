"""The page of legal bases and organ profiles, as its keeper uses it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import UserId, new_id
from desktop.domain.organisation import BasisRank, Organ, OrganType
from desktop.domain.roles import Actor, Role
from desktop.viewmodels.library.desk import LibraryDesk
from desktop.viewmodels.library.rows import Force
from desktop.views.kit.buttons import Button
from desktop.views.kit.tables import Table
from desktop.views.library.basis import BasisQuestion
from desktop.views.library.organ import OrganQuestion
from desktop.views.library.page import LibraryPage
from tests.support.casework import FakeOffice, nameless
from tests.support.screens import clipped

KEEPER = Actor(UserId(new_id()), "宋立", frozenset({Role.DATA_MGR}), "device")


@pytest.fixture
def desk(office: FakeOffice, qtbot: QtBot) -> Iterator[LibraryDesk]:
    office.door.actor = KEEPER
    made = LibraryDesk(office)
    yield made
    made.stop()


@pytest.fixture
def page(desk: LibraryDesk, qtbot: QtBot) -> LibraryPage:
    made = LibraryPage(desk)
    qtbot.addWidget(made)
    made.resize(1072, 664)
    made.show()
    with qtbot.waitSignal(desk.listed):
        made.arrive()
    return made


def button(page: LibraryPage, text: str) -> Button:
    shown = (each for each in page.findChildren(Button) if each.isVisible())
    return next(each for each in shown if each.text() == text)


def line(question: BasisQuestion | OrganQuestion, name: str) -> QLineEdit:
    return next(x for x in question.findChildren(QLineEdit) if x.accessibleName() == name)


def test_an_article_is_entered_and_later_ended(
    qtbot: QtBot, desk: LibraryDesk, page: LibraryPage
) -> None:
    assert desk.counts[Force.NOW] == 2
    button(page, "登记依据").click()
    question = page.findChild(BasisQuestion)
    assert question is not None
    assert not question.go.isEnabled()
    line(question, "办法名称").setText("《某市效能监察办法》")
    line(question, "条款").setText("第三十条")
    with qtbot.waitSignal(desk.kept):
        question.go.click()
    qtbot.waitUntil(lambda: desk.counts[Force.NOW] == 3)
    row = next(r for r in desk.model.rows if r.basis.article == "第三十条")
    assert (row.basis.title, row.basis.rank) == ("某市效能监察办法", BasisRank.LOCAL_RULE)
    assert row.basis.valid_from == date(2026, 11, 24)

    table = page.findChild(Table)
    assert table is not None
    table.opened.emit(row.key)
    again = next(q for q in page.findChildren(BasisQuestion) if q.isVisible())
    ends = again.findChild(QCheckBox)
    assert ends is not None
    ends.setChecked(True)
    assert again.basis().valid_to is not None


def test_a_file_is_imported_and_its_bad_rows_are_told_on_the_page(
    qtbot: QtBot, desk: LibraryDesk, page: LibraryPage, tmp_path: Path
) -> None:
    path = tmp_path / "依据.csv"
    path.write_text(
        "用途,名称,条款,施行日期\n发牌依据,办法,第一条,2026-01-01\n发牌依据,办法,,2026-01-01\n",
        "utf-8",
    )
    with qtbot.waitSignal(desk.imported):
        desk.take_in(path)
    qtbot.waitUntil(lambda: desk.counts[Force.NOW] == 3)
    assert page.trouble() == "第 3 行“条款”列：没有填写，未采用。"


def test_an_organ_leaves_a_paper_to_another_and_then_only_transfers(
    qtbot: QtBot, desk: LibraryDesk, page: LibraryPage
) -> None:
    box = next(b for b in page.findChildren(QCheckBox) if b.text() == "红牌警告通知书")
    with qtbot.waitSignal(desk.kept):
        box.click()
    qtbot.waitUntil(lambda: desk.organs[0].papers_off == ("T03",))
    assert "T03" in desk.organs[0].only_transfers


def test_the_kind_of_an_organ_is_changed_with_its_names(
    qtbot: QtBot, office: FakeOffice, desk: LibraryDesk, page: LibraryPage
) -> None:
    button(page, "修改机关信息").click()
    question = page.findChild(OrganQuestion)
    assert question is not None
    kind = question.findChild(QComboBox)
    assert kind is not None
    kind.setCurrentIndex(kind.findData(OrganType.GOV_SERVICE_BUREAU))
    line(question, "机关代字").setText("")
    assert not question.go.isEnabled()
    line(question, "机关代字").setText("某政服")
    with qtbot.waitSignal(desk.kept):
        question.go.click()
    organ = office.desk.look(lambda reading: reading.find(Organ)[0]).result()
    assert (organ.organ_type, organ.doc_code) == (OrganType.GOV_SERVICE_BUREAU, "某政服")
    assert not organ.may_issue("T07")


def test_others_read_and_change_nothing(
    qtbot: QtBot, office: FakeOffice, desk: LibraryDesk, page: LibraryPage
) -> None:
    office.enter(Role.SUPERVISOR)
    with qtbot.waitSignal(desk.listed):
        page.arrive()
    assert not [b.text() for b in page.findChildren(Button) if b.isVisible()]
    assert not any(b.isEnabled() for b in page.findChildren(QCheckBox) if b.isVisible())
    page.open_subject(Force.OVER)
    assert page.said_instead() == "没有这样的依据。"


def test_everything_has_a_name_and_room(page: LibraryPage) -> None:
    assert nameless(page) == []
    assert clipped(page) == []
