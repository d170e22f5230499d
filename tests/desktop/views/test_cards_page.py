from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.cards import CardState
from desktop.domain.roles import Role
from desktop.settings import Language, Settings, Theme
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.cards.rows import Pile
from desktop.views.appearance import Appearance
from desktop.views.cards.page import CardsPage
from desktop.views.kit.buttons import Button
from desktop.views.kit.choices import ChoiceCard
from desktop.views.kit.tables import Table
from tests.support.casework import FakeOffice, nameless
from tests.support.screens import clipped


@pytest.fixture
def desk(office: FakeOffice, qtbot: QtBot) -> Iterator[CardDesk]:
    office.enter(Role.SUPERVISOR)
    made = CardDesk(office)
    yield made
    made.stop()


@pytest.fixture
def page(office: FakeOffice, desk: CardDesk, qtbot: QtBot) -> CardsPage:
    made = CardsPage(desk, office)
    qtbot.addWidget(made)
    made.resize(1072, 664)
    made.show()
    return made


def button(within: QWidget, text: str) -> Button:
    shown = (b for b in within.findChildren(Button) if not b.isHidden())
    return next(each for each in shown if text in {each.text(), each.accessibleName()})


def press(qtbot: QtBot, within: QWidget, text: str) -> None:
    """Press a button as soon as the layout has shown it."""

    def is_there() -> bool:
        return any(b.text() == text and b.isVisible() for b in within.findChildren(Button))

    qtbot.waitUntil(is_there)
    button(within, text).click()


def question(page: CardsPage) -> QDialog:
    """The question that is open; one that was answered waits for its deletion."""
    return next(each for each in page.findChildren(QDialog) if each.isVisible())


def drafted(qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage) -> None:
    finding = office.confirmed()
    with qtbot.waitSignal(desk.listed):
        page.arrive()
    with qtbot.waitSignal(desk.opened):
        page.open_subject(finding.id)


def test_an_empty_pile_says_so(qtbot: QtBot, desk: CardDesk, page: CardsPage) -> None:
    with qtbot.waitSignal(desk.listed):
        page.arrive()
    assert page.said_instead() == "没有等您办理的黄红牌。"
    page.open_subject(Pile.VOID)
    assert page.said_instead() == "没有作废的黄红牌。"


def test_enter_on_a_finding_begins_its_card_with_the_cursor_in_the_facts(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage
) -> None:
    office.confirmed()
    with qtbot.waitSignal(desk.listed):
        page.arrive()
    table = page.findChild(Table)
    assert table is not None
    table.selectRow(0)
    with qtbot.waitSignal(desk.opened):
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert desk.file is not None
    assert desk.file.card.state is CardState.DRAFT
    facts = page.findChild(QPlainTextEdit)
    assert facts is not None
    assert facts.toPlainText() == desk.file.card.facts_text
    assert page.focusWidget() is facts


def test_a_number_leads_to_its_pile_even_where_a_card_lies_open(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage
) -> None:
    drafted(qtbot, office, desk, page)
    page.open_subject(Pile.UNDER_WAY)
    assert desk.file is None
    assert desk.search.pile is Pile.UNDER_WAY


def test_writing_keeps_itself_and_says_when(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage
) -> None:
    drafted(qtbot, office, desk, page)
    facts = page.findChild(QPlainTextEdit)
    assert facts is not None
    with qtbot.waitSignals([desk.editor.kept, page.context_changed]) as _:
        qtbot.keyClicks(facts, "x")
    with qtbot.waitSignal(page.context_changed) as told:
        desk.editor.kept.emit()
    assert "已自动保存" in told.args[0]


def test_what_is_missing_shuts_the_button_and_is_said(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage
) -> None:
    drafted(qtbot, office, desk, page)
    facts = page.findChild(QPlainTextEdit)
    assert facts is not None
    submit = button(page, "提交核稿")
    assert submit.isEnabled()
    facts.clear()
    assert not submit.isEnabled()
    assert page.standing() == "还缺“查实的问题”"


def test_the_card_goes_on_by_its_buttons(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage
) -> None:
    drafted(qtbot, office, desk, page)
    with qtbot.waitSignals([desk.done, desk.refreshed]):
        press(qtbot, page, "提交核稿")
    assert "法制核稿" in page.standing()

    office.enter(Role.LEGAL_CHECK)
    page.refresh()
    press(qtbot, page, "核稿通过")
    with qtbot.waitSignals([desk.done, desk.refreshed]):
        press(qtbot, question(page), "核稿通过")
    office.enter(Role.DEPUTY_HEAD)
    page.refresh()
    press(qtbot, page, "签发")
    with qtbot.waitSignals([desk.done, desk.refreshed]):
        press(qtbot, question(page), "签发")
    office.enter(Role.SEAL_CLERK)
    page.refresh()
    press(qtbot, page, "编号用印")
    with qtbot.waitSignals([desk.done, desk.refreshed], timeout=10_000):
        press(qtbot, question(page), "编号用印")
    press(qtbot, page, "登记送达")
    form = question(page)
    go = button(form, "登记送达")
    assert not go.isEnabled()
    for name, text in (("地点", "住建局办公室"), ("签收人", "许文")):
        line = next(e for e in form.findChildren(QLineEdit) if e.accessibleName() == name)
        line.setText(text)
    with qtbot.waitSignals([desk.done, desk.refreshed], timeout=10_000):
        go.click()

    assert desk.file is not None
    assert desk.file.card.state is CardState.SERVED
    assert desk.acts == ()
    assert button(page, "导出文书").isEnabled()


def test_a_return_wants_its_reason(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage
) -> None:
    drafted(qtbot, office, desk, page)
    with qtbot.waitSignals([desk.done, desk.refreshed]):
        desk.do(Act.SUBMIT)
    office.enter(Role.SECTION_HEAD)
    page.refresh()
    assert desk.acts == (Act.CHECK, Act.RETURN, Act.RECUSE)
    press(qtbot, page, "退回修改")
    asked = question(page)
    go = button(asked, "退回修改")
    assert not go.isEnabled()
    editor = asked.findChild(QPlainTextEdit)
    assert editor is not None
    editor.setPlainText("请写明时间")
    with qtbot.waitSignals([desk.done, desk.refreshed]):
        go.click()
    assert desk.file is not None
    assert desk.file.card.return_reason == "请写明时间"


def test_pages_are_turned_and_enlarged(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage
) -> None:
    drafted(qtbot, office, desk, page)
    qtbot.waitUntil(lambda: len(desk.preview.pages) > 1, timeout=10_000)
    assert not button(page, "上一页").isEnabled()
    button(page, "下一页").click()
    assert button(page, "上一页").isEnabled()
    button(page, "整页").click()
    button(page, "适合宽度").click()
    button(page, "放大").click()
    assert button(page, "适合宽度").isEnabled()


def test_everything_one_can_reach_has_a_name(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage
) -> None:
    drafted(qtbot, office, desk, page)
    assert nameless(page) == []


def served(qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage) -> None:
    card = office.served()
    with qtbot.waitSignal(desk.listed):
        page.arrive()
    with qtbot.waitSignal(desk.opened):
        page.open_subject(card.id)


def test_after_service_the_buttons_lead_through_an_appeal(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage
) -> None:
    served(qtbot, office, desk, page)
    assert page.standing().startswith("申诉期至 2026年12月1日")
    press(qtbot, page, "登记申诉")
    asked = question(page)
    go = button(asked, "登记申诉")
    assert not go.isEnabled()
    editor = asked.findChild(QPlainTextEdit)
    assert editor is not None
    editor.setPlainText("当时已挂牌暂停")
    with qtbot.waitSignals([desk.done, desk.refreshed]):
        go.click()
    office.enter(Role.APPEAL_REVIEWER)
    page.refresh()
    press(qtbot, page, "受理申诉")
    with qtbot.waitSignals([desk.done, desk.refreshed]):
        press(qtbot, question(page), "受理申诉")
    press(qtbot, page, "提出复核意见")
    asked = question(page)
    assert not button(asked, "提出复核意见").isEnabled()
    assert [card.choice.title for card in asked.findChildren(ChoiceCard)] == [
        "维持", "撤销", "撤销并重新查处",
    ]  # fmt: skip
    assert nameless(asked) == []
    asked.findChildren(ChoiceCard)[0].click()
    reason = asked.findChild(QPlainTextEdit)
    assert reason is not None
    reason.setPlainText("属实")
    with qtbot.waitSignals([desk.done, desk.refreshed]):
        button(asked, "提出复核意见").click()
    assert page.standing().endswith("待主要负责人、分管领导办理。")
    assert nameless(page) == []


@pytest.mark.parametrize("language", [Language.CHINESE, Language.ENGLISH])
def test_a_served_card_has_room_for_all_that_can_be_done(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, appearance: Appearance, language: Language
) -> None:
    appearance.take(Settings(language=language, theme=Theme.LIGHT))
    page = CardsPage(desk, office)
    qtbot.addWidget(page)
    page.resize(1072, 664)
    page.show()
    served(qtbot, office, desk, page)
    qtbot.waitUntil(lambda: bool(desk.preview.pages))
    qtbot.wait(1)  # for what that laid out anew
    qtbot.waitUntil(lambda: clipped(page) == [])


def test_the_ledger_can_be_taken_out_where_there_is_one(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, page: CardsPage
) -> None:
    with qtbot.waitSignal(desk.listed):
        page.arrive()
    page.open_subject(Pile.LEDGER)
    assert page.said_instead() == "没有未销号的整改。"
    assert not button_shown(page, "导出整改台账")
    office.served()
    with qtbot.waitSignal(desk.listed):
        page.arrive()
    button(page, "导出整改台账").click()
    assert not button(question(page), "选择位置…").isEnabled()


def button_shown(within: QWidget, text: str) -> bool:
    return any(
        text in {b.text(), b.accessibleName()} and b.isVisible()
        for b in within.findChildren(Button)
    )
