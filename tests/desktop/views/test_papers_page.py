from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.official_documents import DocumentState
from desktop.domain.roles import Role
from desktop.settings import Language, Settings, Theme
from desktop.viewmodels.papers.acts import PaperAct
from desktop.viewmodels.papers.beginning import NewPaper
from desktop.viewmodels.papers.desk import PapersDesk
from desktop.views.appearance import Appearance
from desktop.views.kit.buttons import Button
from desktop.views.papers.actions import PaperActions, RegisterQuestion
from desktop.views.papers.beginning import BeginQuestion
from desktop.views.papers.page import PapersPage
from tests.support.casework import FakeOffice, nameless
from tests.support.screens import clipped


@pytest.fixture
def desk(office: FakeOffice, qtbot: QtBot) -> Iterator[PapersDesk]:
    office.enter(Role.SUPERVISOR)
    made = PapersDesk(office)
    yield made
    made.stop()


@pytest.fixture
def page(desk: PapersDesk, qtbot: QtBot) -> PapersPage:
    made = PapersPage(desk)
    qtbot.addWidget(made)
    made.resize(1072, 664)
    made.show()
    return made


def button(within: QWidget, text: str) -> Button:
    shown = (b for b in within.findChildren(Button) if not b.isHidden())
    return next(each for each in shown if text in {each.text(), each.accessibleName()})


def question(page: QWidget) -> QDialog:
    return next(each for each in page.findChildren(QDialog) if each.isVisible())


def begun(qtbot: QtBot, office: FakeOffice, desk: PapersDesk, page: PapersPage) -> None:
    finding = office.confirmed()
    with qtbot.waitSignal(desk.offered):
        page.open_subject(NewPaper("T04", finding_id=finding.id))
    asked = question(page)
    assert isinstance(asked, BeginQuestion)
    with qtbot.waitSignal(desk.opened):
        asked.go.click()


def line(page: QWidget, name: str) -> QLineEdit:
    fields = page.findChildren(QLineEdit)
    return next(each for each in fields if each.accessibleName() == name)


def test_an_empty_pile_says_so_and_who_drafts_is_offered_to(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk, page: PapersPage
) -> None:
    with qtbot.waitSignal(desk.listed):
        page.arrive()
    assert page.said_instead() == "没有等您办理的文书。"
    assert button(page, "起草文书").isVisible()
    office.enter(Role.SEAL_CLERK)
    page.arrive()
    assert not any(b.isVisible() for b in page.findChildren(Button) if b.text() == "起草文书")


def test_what_is_missing_is_said_before_the_button_and_then_it_goes_on(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk, page: PapersPage
) -> None:
    begun(qtbot, office, desk, page)
    bar = page.findChild(PaperActions)
    assert bar is not None
    assert bar.standing() == "还缺“责任人”"
    assert not button(page, "提交").isEnabled()
    line(page, "责任人").setText("许文")
    assert button(page, "提交").isEnabled()
    button(page, "提交").click()
    qtbot.waitUntil(lambda: desk.file is not None
                    and desk.file.document.state is DocumentState.UNDER_CHECK)  # fmt: skip
    qtbot.waitUntil(lambda: line(page, "责任人").isReadOnly())


def test_a_paper_that_wants_a_card_cannot_be_begun_without_one(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk, page: PapersPage
) -> None:
    with qtbot.waitSignal(desk.offered):
        page.open_subject(NewPaper("T13"))
    asked = question(page)
    assert isinstance(asked, BeginQuestion)
    assert not asked.go.isEnabled()


def test_one_writes_the_paragraphs_oneself(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk, page: PapersPage
) -> None:
    begun(qtbot, office, desk, page)
    own = next(box for box in page.findChildren(QCheckBox) if box.text() == "自行编辑正文")
    own.setChecked(True)
    assert desk.editor.has_own_text
    assert not line(page, "责任人").isVisible()
    own.setChecked(False)
    assert not desk.editor.has_own_text


def test_registering_asks_for_the_copies(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk, page: PapersPage
) -> None:
    begun(qtbot, office, desk, page)
    bar = page.findChild(PaperActions)
    assert bar is not None
    bar.begin(PaperAct.REGISTER)
    asked = question(page)
    assert isinstance(asked, RegisterQuestion)
    assert asked.copies.value() == 1


@pytest.mark.parametrize("language", [Language.CHINESE, Language.ENGLISH])
def test_everything_can_be_read_and_reached(
    qtbot: QtBot,
    office: FakeOffice,
    desk: PapersDesk,
    appearance: Appearance,
    language: Language,
) -> None:
    appearance.take(Settings(language=language, theme=Theme.LIGHT))
    page = PapersPage(desk)
    qtbot.addWidget(page)
    page.resize(1072, 664)
    page.show()
    begun(qtbot, office, desk, page)
    qtbot.waitUntil(lambda: bool(desk.preview.pages))
    qtbot.wait(1)  # for what that laid out anew
    assert nameless(page) == []
    qtbot.waitUntil(lambda: clipped(page) == [])
