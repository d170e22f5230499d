"""From a file of cases to a served card that names the case, through the screens' view-models."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.cards import CardKind, CardState
from desktop.domain.evidence import Paper
from desktop.domain.findings import Finding, FindingState, ReviewResult
from desktop.domain.roles import Role
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.approvals.importing import ImportDesk, Step
from desktop.viewmodels.approvals.raising import Raising
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.case_lines import case_lines
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.paperwork.service import Served, first_form
from desktop.viewmodels.review.case_said import case_checks, case_steps, why_said
from desktop.viewmodels.review.desk import ReviewDesk
from desktop.workers.errands import Errands
from tests.support.casework import FakeOffice, working_office
from tests.support.foreign_files import text_file
from tests.support.profiles import person

HEADER = "办件编号,办件名称,事项编码,办理单位,受理时间,承诺时限,法定时限,办结时间,环节名称,环节时间"
CASE = "施许2026-081,建筑工程施工许可,0101,住建,2026-11-10 09:00,5个工作日,20个工作日,{0} 10:00"
STEPS = ("受理,2026-11-10 09:00", "审查,2026-11-12 15:00", "决定,{0} 10:00")


class Line:
    """Everything between the file and the paper, and one person at the desk at a time."""

    def __init__(self, office: FakeOffice, qtbot: QtBot) -> None:
        self.office, self.qtbot, self.errands = office, qtbot, Errands()
        self.approvals = ApprovalsDesk(office, self.errands)
        self.importing = ImportDesk(office, self.approvals.book, self.errands)
        self.raising = Raising(office, self.approvals, self.errands)
        self.review = ReviewDesk(office)
        self.cards = CardDesk(office)

    def take_in(self, path: Path) -> None:
        self.office.door.actor = person(Role.DATA_MGR)
        with self.qtbot.waitSignal(self.approvals.listed):
            self.approvals.refresh()
        self.importing.choose(path)
        self.qtbot.waitUntil(lambda: self.importing.step is Step.MAP)
        self.importing.begin()
        self.qtbot.waitUntil(lambda: self.importing.step is Step.RESULT)

    def raise_first(self) -> Finding:
        self.office.enter(Role.SUPERVISOR)
        self.qtbot.waitUntil(lambda: self.approvals.model.rowCount() == 1)
        number = self.approvals.found.numbers[0]
        line = self.approvals.book.glimpse([number]).result().lines[0]
        with self.qtbot.waitSignal(self.approvals.opened):
            self.approvals.open(line.id)
        sheet = self.approvals.sheet
        assert sheet is not None
        self.raising.choose(sheet.findings()[0].key, wanted=True)
        with self.qtbot.waitSignal(self.raising.raised) as told:
            self.raising.raise_chosen()
        (finding,) = told.args[0].findings
        return finding

    def confirm(self, finding: Finding) -> None:
        self.office.enter(Role.VIDEO_SUP)
        with self.qtbot.waitSignal(self.review.opened):
            self.review.open(finding.id)
        self.qtbot.waitUntil(lambda: self.review.exhibits.records.extract is not None)
        for role in (Role.VIDEO_SUP, Role.SECTION_HEAD):
            self.office.enter(role)
            self.review.choose(ReviewResult.TRUE)
            with self.qtbot.waitSignal(self.review.submitted):
                self.review.submit()

    def lead(self, finding: Finding, signer: Role) -> None:
        self.office.enter(Role.SUPERVISOR)
        with self.qtbot.waitSignal(self.cards.opened):
            self.cards.draft(finding.id)
        for role, act in (
            (Role.SUPERVISOR, Act.SUBMIT),
            (Role.LEGAL_CHECK, Act.CHECK),
            (signer, Act.SIGN),
            (Role.SEAL_CLERK, Act.ISSUE),
        ):
            self.office.enter(role)
            self.do(act, "依据适当" if act is Act.CHECK else None)
        file = self.cards.file
        assert file is not None
        form = first_form(file, "尹洁", self.office.clock.now())
        whole = replace(form, place="住建局办公室", receiver="许文")
        self.do(Act.SERVE, Served(whole.service()))

    def do(self, act: Act, told: object = None) -> None:
        with self.qtbot.waitSignals([self.cards.done, self.cards.refreshed]):
            self.cards.do(act, told)

    def paper(self, template: str) -> str:
        with self.office.desk.store.look() as reading:
            (paper,) = (each for each in reading.find(Paper) if each.template == template)
        with pypdfium2.PdfDocument(self.office.vault.get(paper.pdf_sha256)) as pdf:
            text = "".join(page.get_textpage().get_text_range() for page in pdf)
        return "".join(text.split())

    def stop(self) -> None:
        for part in (self.raising, self.importing, self.approvals, self.review, self.cards):
            part.stop()
        self.errands.close()


@pytest.fixture
def line(tmp_path: Path, qtbot: QtBot) -> Iterator[Line]:
    with working_office(tmp_path) as office:
        made = Line(office, qtbot)
        yield made
        made.stop()


@pytest.mark.parametrize(
    ("done", "kind", "template", "overdue"),
    [
        ("2026-11-18", CardKind.YELLOW, "T02", "超过承诺时限1个工作日"),
        ("2026-11-20", CardKind.RED, "T03", "超过承诺时限3个工作日"),
    ],
)
def test_a_late_case_ends_in_a_card_that_names_it(
    line: Line, tmp_path: Path, done: str, kind: CardKind, template: str, overdue: str
) -> None:
    rows = (f"{CASE},{step}".format(done) for step in STEPS)
    line.take_in(text_file(tmp_path, HEADER, *rows))

    finding = line.raise_first()
    line.confirm(finding)

    pack = line.review.pack
    assert pack is not None
    assert pack.finding.state is FindingState.CONFIRMED
    assert "2026年11月17日" in why_said(pack, line.office.catalogue)
    records = line.review.exhibits.records
    assert "施许2026-081" in [check.text for check in case_checks(pack, records)]
    assert [step.cells[2] for step in case_steps(records)] == ["受理", "审查", "决定"]
    line.lead(finding, Role.HEAD if kind is CardKind.RED else Role.DEPUTY_HEAD)
    file = line.cards.file
    assert file is not None
    assert (file.card.kind, file.card.state) == (kind, CardState.SERVED)
    assert case_lines(file)[0].text == "施许2026-081"
    paper = line.paper(template)
    for words in ("建筑工程施工许可", "施许2026-081", "承诺时限5个工作日", "法定时限20个工作日"):
        assert words in paper
    assert overdue in paper
    assert line.office.desk.store.chain_faults() == ()
