from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.cards import CardState
from desktop.domain.official_documents import DocumentState, OfficialDocument
from desktop.domain.roles import Role
from desktop.usecases import official_documents as acts
from desktop.usecases.official_documents import DocumentText, Matter
from desktop.viewmodels.papers.batch import Batch, BatchAct, Fate
from desktop.views.papers.batch import BatchView
from tests.support.casework import FakeOffice


@pytest.fixture
def batch(office: FakeOffice, qtbot: QtBot) -> Iterator[Batch]:
    made = Batch(office)
    yield made
    made.stop_listening()


def waiting(office: FakeOffice, count: int) -> list[OfficialDocument]:
    """Orders that wait for a signature."""
    unit, people, tools = office.plan.units[0], office.people, {"clock": office.clock}
    made = []
    for _ in range(count):
        matter = Matter(office.plan.hall.id, "T14A", unit.id)
        places = ("appealed_on", "reviewer", "decision_due", "card_no", "document")
        whole = {"organ": "某市", "unit": unit.name, "contact": "周宁", "phone": "1"}
        text = DocumentText({**whole, **dict.fromkeys(places, "甲")}, unit.name)
        draft = partial(acts.draft_document, matter=matter, text=text, **tools)
        document = office.desk.act(people[Role.SUPERVISOR], draft).result()
        known = {"document_id": document.id, **tools}
        submit = partial(acts.submit_document, press=office.press, **known)
        office.desk.act(people[Role.SUPERVISOR], submit).result()
        check = partial(acts.check_document, opinion="同意", **known)
        made.append(office.desk.act(people[Role.LEGAL_CHECK], check).result())
    return made


def gathered(qtbot: QtBot, batch: Batch, act: BatchAct) -> list[str]:
    with qtbot.waitSignal(batch.listed):
        batch.gather(act)
    return [piece.name for piece in batch.model.rows]


def run(qtbot: QtBot, batch: Batch) -> None:
    with qtbot.waitSignal(batch.finished, timeout=30_000):
        batch.begin()


def state(office: FakeOffice, document: OfficialDocument) -> DocumentState:
    return office.desk.look(lambda r: r.get(OfficialDocument, document.id)).result().state


def test_all_are_signed_and_then_issued_with_numbers_in_their_order(
    qtbot: QtBot, office: FakeOffice, batch: Batch
) -> None:
    documents = waiting(office, 12)
    office.enter(Role.DEPUTY_HEAD)
    assert gathered(qtbot, batch, BatchAct.SIGN) == ["申诉受理通知书"] * 12
    run(qtbot, batch)
    assert {state(office, each) for each in documents} == {DocumentState.SIGNED}
    assert batch.done == batch.total == 12
    office.enter(Role.SEAL_CLERK)
    gathered(qtbot, batch, BatchAct.ISSUE)
    run(qtbot, batch)
    assert batch.refusals == []
    # More than one block of ten: another was leased on the way.
    numbers = [f"某效监复〔2026〕{number}号" for number in range(12, 24)]
    assert [piece.said for piece in batch.model.rows] == numbers


def test_one_that_is_refused_is_named_and_stops_no_other(
    qtbot: QtBot, office: FakeOffice, batch: Batch
) -> None:
    first, second, third = waiting(office, 3)
    office.enter(Role.DEPUTY_HEAD)
    gathered(qtbot, batch, BatchAct.SIGN)
    back = partial(acts.return_document, document_id=second.id, reason="写错")
    office.desk.act(office.people[Role.HEAD], back).result()
    run(qtbot, batch)
    (refused,) = batch.refusals
    assert refused.key == second.id
    assert refused.said
    assert {state(office, each) for each in (first, third)} == {DocumentState.SIGNED}
    view = BatchView(None, batch)  # type: ignore[arg-type]
    qtbot.addWidget(view)
    assert view.outcome().startswith(
        "办成 2 件，被拒绝 1 件：\n申诉受理通知书 某市住房和城乡建设局："
    )


def test_what_is_not_ticked_stays_and_cancelling_keeps_what_is_done(
    qtbot: QtBot, office: FakeOffice, batch: Batch
) -> None:
    documents = waiting(office, 4)
    office.enter(Role.DEPUTY_HEAD)
    gathered(qtbot, batch, BatchAct.SIGN)
    model = batch.model
    model.setData(model.index(0, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert len(batch.chosen) == 3
    batch.progressed.connect(batch.cancel)  # as a person who stops it at once
    run(qtbot, batch)
    assert batch.total == 3
    assert batch.done == 0
    batch.progressed.disconnect(batch.cancel)
    run(qtbot, batch)
    states = [state(office, each) for each in documents]
    assert states == [DocumentState.UNDER_APPROVAL, *[DocumentState.SIGNED] * 3]


def test_cards_go_with_the_rest(qtbot: QtBot, office: FakeOffice, batch: Batch) -> None:
    card = office.signed(office.confirmed())
    office.enter(Role.SEAL_CLERK)
    assert gathered(qtbot, batch, BatchAct.ISSUE) == ["黄牌警告通知书"]
    batch.show_piece(card.id)
    qtbot.waitUntil(lambda: bool(batch.preview.pages), timeout=10_000)
    run(qtbot, batch)
    assert office.card(card.id).state is CardState.ISSUED
    assert [piece.fate for piece in batch.model.rows] == [Fate.DONE]


def test_the_model_keeps_qts_rules(
    qtbot: QtBot, office: FakeOffice, batch: Batch, qtmodeltester: ModelTester
) -> None:
    waiting(office, 2)
    office.enter(Role.DEPUTY_HEAD)
    gathered(qtbot, batch, BatchAct.SIGN)
    qtmodeltester.check(batch.model)
