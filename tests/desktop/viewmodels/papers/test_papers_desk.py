from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop import assets
from desktop.documents.slots import slots_of
from desktop.documents.template import read_template
from desktop.domain.errors import DomainError
from desktop.domain.evidence import Custody, CustodyAct, Paper, ServiceWay
from desktop.domain.official_documents import DocumentState, OfficialDocument
from desktop.domain.roles import Role
from desktop.system.theme import Tone
from desktop.usecases.official_documents import Matter
from desktop.usecases.service import Service
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.link_claim import LinkClaim
from desktop.viewmodels.links import PaperLink
from desktop.viewmodels.papers.acts import PaperAct
from desktop.viewmodels.papers.beginning import NewPaper, Offer
from desktop.viewmodels.papers.desk import PapersDesk
from desktop.viewmodels.papers.file import steps
from desktop.viewmodels.papers.rows import PaperPile, columns
from desktop.viewmodels.papers.table_rows import TableRows
from desktop.viewmodels.papers.words import KINDS, PLACES
from desktop.viewmodels.paperwork.service import Served
from desktop.viewmodels.today import Destination
from desktop.viewmodels.today import Question as Asked
from desktop.views.links_panel import LinksPanel
from tests.support.casework import FakeOffice, picture


@pytest.fixture
def desk(office: FakeOffice) -> Iterator[PapersDesk]:
    office.enter(Role.SUPERVISOR)
    made = PapersDesk(office)
    yield made
    made.stop()


def begun(qtbot: QtBot, office: FakeOffice, desk: PapersDesk, template: str = "T04") -> None:
    finding = office.confirmed()
    matter = Matter(
        office.plan.hall.id, template, finding.unit_id, finding_ids=(finding.id,), period="本月"
    )
    with qtbot.waitSignal(desk.opened):
        desk.begin(matter)


def now_is(qtbot: QtBot, desk: PapersDesk, state: DocumentState) -> None:
    qtbot.waitUntil(lambda: desk.file is not None and desk.file.document.state is state)


def listed(qtbot: QtBot, desk: PapersDesk, pile: PaperPile = PaperPile.MINE) -> list[str]:
    with qtbot.waitSignal(desk.listed):
        desk.refresh()
    desk.search.show_pile(pile)
    return [desk.search.index(n, 2).data() for n in range(desk.search.rowCount())]


def test_a_paper_begins_with_what_its_matter_says(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk
) -> None:
    begun(qtbot, office, desk)
    assert desk.file is not None
    said = desk.file.document.said
    (problem,) = said["problems"]  # type: ignore[misc]
    assert problem.startswith("01 号窗口于2026年11月24日9时00分00秒至")
    assert said["basis"] == "《监察办法》第二十一条"
    assert desk.file.document.recipient == office.plan.units[0].name
    assert desk.editor.gaps == ("responsible",)
    assert desk.acts == (PaperAct.SUBMIT, PaperAct.CANCEL)


def test_the_screens_lead_a_paper_through_all_hands(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk, tmp_path: Path
) -> None:
    begun(qtbot, office, desk)
    assert desk.file is not None
    desk.editor.write("responsible", "许文")
    legal = office.people[Role.LEGAL_CHECK].user_id
    desk.editor.ask((legal,))
    desk.editor.attach((desk.file.originals[0].sha256,), (desk.file.printable[0].sha256,))
    desk.do(PaperAct.SUBMIT)
    now_is(qtbot, desk, DocumentState.UNDER_CHECK)
    titles = [step.title for step in steps(desk.file, desk.book)]
    assert titles == ["拟稿", "核稿", "会签", "签发", "编号用印", "登记", "送达"]

    office.enter(Role.SECTION_HEAD)
    assert listed(qtbot, desk) == ["责令整改通知书"]
    desk.do(PaperAct.CHECK, "同意")
    now_is(qtbot, desk, DocumentState.UNDER_COUNTERSIGN)
    assert desk.acts == ()
    office.enter(Role.LEGAL_CHECK)
    assert desk.acts == (PaperAct.COUNTERSIGN, PaperAct.RETURN)
    desk.do(PaperAct.COUNTERSIGN, "同意")
    now_is(qtbot, desk, DocumentState.UNDER_APPROVAL)
    office.enter(Role.DEPUTY_HEAD)
    desk.do(PaperAct.SIGN)
    now_is(qtbot, desk, DocumentState.SIGNED)
    office.enter(Role.SEAL_CLERK)
    desk.do(PaperAct.ISSUE)
    now_is(qtbot, desk, DocumentState.ISSUED)
    desk.do(PaperAct.REGISTER, 3)
    now_is(qtbot, desk, DocumentState.REGISTERED)
    photo = tmp_path / "receipt.jpg"
    photo.write_bytes(picture("signed"))
    now = office.clock.now()
    desk.do(
        PaperAct.SERVE,
        Served(Service(ServiceWay.DIRECT, "住建局", "办公室", now, "许文", ("尹洁",)), photo),
    )
    now_is(qtbot, desk, DocumentState.SERVED)

    assert [paper.template for paper in desk.file.papers] == ["T04", "T11"]
    (receipt,) = desk.file.receipts
    assert office.vault.get(receipt.photo or "") == photo.read_bytes()
    assert listed(qtbot, desk) == []
    assert listed(qtbot, desk, PaperPile.DONE) == ["责令整改通知书"]


def test_another_text_is_written_only_once_the_signature_is_gone(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk
) -> None:
    begun(qtbot, office, desk)
    desk.editor.write("responsible", "许文")
    desk.do(PaperAct.SUBMIT)
    now_is(qtbot, desk, DocumentState.UNDER_CHECK)
    office.enter(Role.SECTION_HEAD)
    desk.do(PaperAct.CHECK, "同意")
    now_is(qtbot, desk, DocumentState.UNDER_APPROVAL)
    office.enter(Role.DEPUTY_HEAD)
    desk.do(PaperAct.SIGN)
    now_is(qtbot, desk, DocumentState.SIGNED)
    office.enter(Role.SUPERVISOR)
    assert not desk.editor.may_edit
    desk.do(PaperAct.REVISE)
    now_is(qtbot, desk, DocumentState.DRAFT)
    assert desk.editor.may_edit
    assert desk.file is not None
    assert desk.file.document.signed_by is None


def test_own_paragraphs_begin_with_the_templates_and_give_way_to_them(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk
) -> None:
    begun(qtbot, office, desk)
    desk.editor.write_whole(own=True)
    assert desk.editor.text is not None
    paragraphs = desk.editor.text.said["text"]
    assert paragraphs[0] == "经核实，你单位存在以下问题，现责令限期整改。"  # type: ignore[index]
    assert desk.editor.gaps == ()
    desk.editor.write_whole(own=False)
    assert "text" not in desk.editor.text.said


def test_what_is_offered_says_what_the_organ_may_not_issue(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk
) -> None:
    card = office.served()
    with qtbot.waitSignal(desk.offered) as told:
        desk.offer(NewPaper(card_id=card.id))
    offer, wish = told.args or (None, None)
    assert isinstance(offer, Offer)
    assert wish.card_id == card.id
    bars = {kind.template: kind.bar for kind in offer.kinds}
    assert bars["T06"] == "本机关无权印发这种文书，只能移送有权机关。"
    assert not bars["T04"]
    assert [each.id for each in offer.cards] == [card.id]


def test_an_export_is_written_down(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk, tmp_path: Path
) -> None:
    begun(qtbot, office, desk, "T08R")
    for name, text in {"person": "罗凯", "cause": "超期", "content": "通报"}.items():
        desk.editor.write(name, text)
    desk.do(PaperAct.FILE)
    now_is(qtbot, desk, DocumentState.ARCHIVED)
    (paper,) = office.desk.look(lambda r: r.find(Paper)).result()
    with qtbot.waitSignal(desk.exported):
        desk.export(paper, tmp_path / "out.pdf", "移交")
    links = office.desk.look(lambda r: r.find(Custody, act=CustodyAct.EXPORTED)).result()
    assert [link.reason for link in links] == ["移交"]


def test_a_refusal_is_told_and_nothing_is_lost(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk
) -> None:
    begun(qtbot, office, desk)
    with qtbot.waitSignal(desk.refused) as told:
        desk.do(PaperAct.SUBMIT)
    assert isinstance(told.args[0] if told.args else None, DomainError)
    assert desk.file is not None
    assert office.desk.look(lambda r: r.get(OfficialDocument, desk.file.document.id)).result()  # type: ignore[union-attr]


def test_the_models_keep_qts_rules(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk, qtmodeltester: ModelTester
) -> None:
    begun(qtbot, office, desk)
    assert listed(qtbot, desk) == ["责令整改通知书"]
    assert desk.model.columnCount() == len(columns())
    desk.search.search("住房 责令")
    assert desk.search.rowCount() == 1
    rows = TableRows(("序号", "问题"))
    rows.is_writable = True
    rows.add()
    rows.setData(rows.index(0, 1), "超期")
    rows.add()
    rows.remove(0)
    assert rows.rows() == [["1", ""]]
    assert rows.flags(rows.index(0, 1)) & Qt.ItemFlag.ItemIsEditable
    for model in (desk.model, desk.search, rows):
        qtmodeltester.check(model)


def test_every_place_of_every_paper_has_a_name() -> None:
    for code, content in assets.template_files().items():
        if code in KINDS and code != "T11":
            for slot in slots_of(read_template(content)):
                assert slot.label or slot.name in PLACES, (code, slot.name)


def test_the_code_of_a_paper_opens_its_record(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk
) -> None:
    begun(qtbot, office, desk, "T08R")
    for name, text in {"person": "罗凯", "cause": "超期", "content": "通报"}.items():
        desk.editor.write(name, text)
    desk.do(PaperAct.FILE)
    now_is(qtbot, desk, DocumentState.ARCHIVED)
    (paper,) = office.desk.look(lambda r: r.find(Paper)).result()
    cards = CardDesk(office)
    with qtbot.waitSignal(cards.elsewhere) as told:
        cards.follow(PaperLink(paper.doc_no, paper.content_digest))
    assert told.args == [paper.document_id]
    cards.stop()


class OtherScheme:
    """A system that hands links to whoever claims them, unless it is out of order."""

    def __init__(self) -> None:
        self.ours, self.broken = False, False

    def is_ours(self) -> bool:
        if self.broken:
            raise PermissionError(13, "read-only", "mimeapps.list")
        return self.ours

    def claim(self) -> None:
        self.ours = True

    def release(self) -> None:
        self.ours = False


def test_links_are_claimed_from_the_settings(qtbot: QtBot, office: FakeOffice) -> None:
    scheme = OtherScheme()
    model = LinkClaim(office, scheme)
    panel = LinksPanel(model)
    qtbot.addWidget(panel)
    qtbot.waitUntil(lambda: model.is_ours is False)
    assert panel.said_of_it() == "本机还没有把 hallwatch 链接交给本程序打开。"
    model.claim()
    qtbot.waitUntil(lambda: bool(model.is_ours))
    assert panel.said_of_it().startswith("文书二维码")
    scheme.broken = True
    with qtbot.waitSignal(model.changed):
        model.release()
    assert panel.said_of_it() == "无法写入“mimeapps.list”。请检查文件夹的权限。"
    model.stop()


def test_a_paper_waits_on_the_first_page_for_who_brings_it_forward(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk
) -> None:
    begun(qtbot, office, desk)
    assert desk.file is not None
    ask = Asked(office.book, office.door.actor, office.clock.now(), office.calendar)
    (waits,) = (each for each in office.desk.look(ask).result().waiting if each.tone is Tone.ACCENT
                and each.destination is Destination.PAPERS)  # fmt: skip
    assert (waits.subject, waits.action) == (desk.file.document.id, "提交")
    assert waits.title == "某市住房和城乡建设局 · 责令整改通知书"
    clerk = Asked(office.book, office.enter(Role.SEAL_CLERK), office.clock.now(), office.calendar)
    kinds = {each.destination for each in office.desk.look(clerk).result().waiting}
    assert Destination.PAPERS not in kinds
