"""An official paper goes out with a form of its own parts; what comes back is held to it."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop import assets
from desktop.documents.reply_form import read_form
from desktop.domain.errors import MissingField, ReplyTakenBefore, ReplyUnmatched
from desktop.domain.evidence import Paper
from desktop.domain.official_documents import DocumentState, OfficialDocument
from desktop.domain.replies import UnitReply
from desktop.domain.roles import Role
from desktop.exchange.replies import DATA_FILE, FORM_FILE, PAPER_FILE
from desktop.viewmodels.papers.desk import PapersDesk
from desktop.viewmodels.paperwork.replies import CameBack
from desktop.viewmodels.paperwork.service import Served
from tests.support.casework import FakeOffice
from tests.support.filled_form import filled_form
from tests.support.orders import issued_paper

BY = {"filled_by": "许文，办公室主任"}
REPORT = {"remedy": "逐件自查。", "results": "全部纠正。", **BY}


@pytest.fixture
def desk(office: FakeOffice, qtbot: QtBot) -> Iterator[PapersDesk]:
    office.enter(Role.SUPERVISOR)
    made = PapersDesk(office)
    yield made
    made.stop()


def sent(
    qtbot: QtBot, desk: PapersDesk, document: OfficialDocument, folder: Path
) -> dict[str, bytes]:
    target = folder / desk.replies.package_name(document)
    with qtbot.waitSignal(desk.replies.exported):
        desk.replies.send(document, target, "送达")
    with zipfile.ZipFile(target) as package:
        return {name: package.read(name) for name in package.namelist()}


def opened(qtbot: QtBot, desk: PapersDesk, document: OfficialDocument, path: Path) -> CameBack:
    with qtbot.waitSignal(desk.replies.came_back) as back:
        desk.replies.open(document, path)
    return back.args[0]  # type: ignore[no-any-return]


def form(pdf: bytes, folder: Path, **said: str) -> Path:
    path = folder / "回复.pdf"
    path.write_bytes(filled_form(pdf, said))
    return path


def test_receipt_and_report_come_back_on_one_form(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk, tmp_path: Path
) -> None:
    document = issued_paper(office)
    files = sent(qtbot, desk, document, tmp_path)
    assert list(files) == [PAPER_FILE, FORM_FILE, DATA_FILE]
    assert document.issued_at is not None
    at = f"{document.issued_at + timedelta(hours=8):%Y-%m-%d %H:%M}"
    said = {"receiver": "许文", "received_at": at, "place": "办公室", **REPORT}
    back = opened(qtbot, desk, document, form(files[FORM_FILE], tmp_path, **said))
    with qtbot.waitSignal(desk.opened):
        desk.open(document.id)
    assert desk.file is not None
    service = back.service_form(desk.file, "陈璐")
    assert service.gaps(document.issued_at, desk.now()) == ()
    with qtbot.waitSignal(desk.replies.taken) as told:
        desk.replies.take(document, back, Served(service.service()))
    (taken,) = told.args or [None]
    assert taken.state is DocumentState.SERVED
    (kept,) = office.desk.look(lambda r: r.find(UnitReply, document_id=document.id)).result()
    assert kept.said["remedy"] == "逐件自查。"
    papers = office.desk.look(lambda r: r.find(Paper, document_id=document.id)).result()
    assert [paper.template for paper in papers] == ["T04", "T11"]
    with qtbot.waitSignal(desk.replies.refused) as again:
        desk.replies.take(document, back, Served(service.service()))
    assert isinstance((again.args or [None])[0], ReplyTakenBefore)


def test_the_form_has_the_parts_that_its_paper_wants(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk, tmp_path: Path
) -> None:
    document = issued_paper(office)
    whole = read_form(sent(qtbot, desk, document, tmp_path)[FORM_FILE])
    assert {"receiver", "explanation", "remedy", "filled_by"} < whole.keys()
    talk = replace(document, template="T08")
    form_of_talk = office.desk.look(lambda r: office.press.document_reply_form(r, talk)).result()
    short = read_form(form_of_talk)
    assert {"receiver", "explanation", "filled_by"} < short.keys()
    assert "remedy" not in short


@pytest.mark.parametrize("code", ["T04", "T05", "T06", "T07", "T08", "T09", "T09A", "T10"])
def test_every_paper_that_wants_an_answer_says_in_which_parts(code: str) -> None:
    assert "receipt" in assets.template_file(code)["answers"]  # type: ignore[operator]


def test_a_form_of_another_text_of_the_paper_is_refused(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk, tmp_path: Path
) -> None:
    document = issued_paper(office)
    data = json.loads(sent(qtbot, desk, document, tmp_path)[DATA_FILE])
    assert data["document"] == document.id
    data["said"] |= REPORT
    for changed in ({"digest": "00" * 32}, {"document": "another"}):
        path = tmp_path / "回复.json"
        path.write_text(json.dumps({**data, **changed}), "utf-8")
        with qtbot.waitSignal(desk.replies.refused) as told:
            desk.replies.open(document, path)
        assert isinstance((told.args or [None])[0], ReplyUnmatched)


def test_a_part_that_is_filled_in_by_half_is_refused(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk, tmp_path: Path
) -> None:
    document = issued_paper(office)
    files = sent(qtbot, desk, document, tmp_path)
    path = form(files[FORM_FILE], tmp_path, remedy="逐件自查。", **BY)
    with qtbot.waitSignal(desk.replies.refused) as told:
        desk.replies.open(document, path)
    assert isinstance((told.args or [None])[0], MissingField)
