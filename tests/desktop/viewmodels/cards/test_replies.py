"""A paper goes out with a form; what the unit fills in comes back and becomes its acts."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.reply_form import read_form
from desktop.domain.appeals import Appeal
from desktop.domain.cards import Card, CardState
from desktop.domain.errors import MissingField, ReplyTakenBefore, ReplyUnmatched
from desktop.domain.rectification import Rectification, RectificationState
from desktop.domain.replies import ReplyPart, UnitReply
from desktop.domain.roles import Role
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.replies import DATA_FILE, FORM_FILE, PAPER_FILE, read_reply
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.paperwork.replies import CameBack
from desktop.viewmodels.paperwork.service import Served
from tests.support.casework import FakeOffice
from tests.support.filled_form import filled_form

BY = {"filled_by": "许文，办公室主任，0000-8755512"}
REPORT = {"remedy": "安排AB岗，登记接替。", "results": "一周内没有再次离岗。", **BY}


@pytest.fixture
def desk(office: FakeOffice) -> Iterator[CardDesk]:
    office.enter(Role.SUPERVISOR)
    made = CardDesk(office)
    yield made
    made.stop()


def sent(qtbot: QtBot, desk: CardDesk, card: Card, folder: Path) -> dict[str, bytes]:
    target = folder / desk.replies.package_name(card)
    with qtbot.waitSignal(desk.replies.exported):
        desk.replies.send(card, target, "送达")
    with zipfile.ZipFile(target) as package:
        return {name: package.read(name) for name in package.namelist()}


def opened(qtbot: QtBot, desk: CardDesk, card: Card, path: Path) -> CameBack:
    with qtbot.waitSignal(desk.replies.came_back) as back:
        desk.replies.open(card, path)
    return back.args[0]  # type: ignore[no-any-return]


def refused(qtbot: QtBot, desk: CardDesk, card: Card, path: Path) -> Exception:
    with qtbot.waitSignal(desk.replies.refused) as refusal:
        desk.replies.open(card, path)
    return refusal.args[0]  # type: ignore[no-any-return]


def form(pdf: bytes, folder: Path, **said: str) -> Path:
    path = folder / "回复.pdf"
    path.write_bytes(filled_form(pdf, said))
    return path


def test_a_report_on_the_form_becomes_the_report_of_the_rectification(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, tmp_path: Path
) -> None:
    card = office.served()
    files = sent(qtbot, desk, card, tmp_path)
    assert list(files) == [PAPER_FILE, FORM_FILE, DATA_FILE]
    back = opened(qtbot, desk, card, form(files[FORM_FILE], tmp_path, **REPORT))
    assert back.reply.parts == (ReplyPart.REPORT,)
    with qtbot.waitSignal(desk.replies.taken):
        desk.replies.take(card, back)
    (order,) = office.desk.look(lambda r: r.find(Rectification, card_id=card.id)).result()
    assert order.state is RectificationState.REPORTED
    assert order.report == "安排AB岗，登记接替。\n一周内没有再次离岗。"
    (reply,) = office.desk.look(lambda r: r.find(UnitReply, card_id=card.id)).result()
    assert office.vault.get(reply.file_sha256) == back.data
    assert order.report_files == (reply.file_sha256,)
    with qtbot.waitSignal(desk.replies.refused) as twice:
        desk.replies.take(card, back)
    assert isinstance(twice.args[0], ReplyTakenBefore)


def test_a_receipt_on_the_form_becomes_the_proof_of_service(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, tmp_path: Path
) -> None:
    card = office.issued(office.confirmed())
    files = sent(qtbot, desk, card, tmp_path)
    assert card.issued_at is not None
    at = f"{card.issued_at + timedelta(hours=8):%Y-%m-%d %H:%M}"
    said = {"receiver": "许文", "received_at": at, "place": "办公室", **BY}
    back = opened(qtbot, desk, card, form(files[FORM_FILE], tmp_path, **said))
    desk.open(card.id)
    qtbot.waitUntil(lambda: desk.file is not None)
    assert desk.file is not None
    assert desk.actor is not None
    service = back.service_form(desk.file, desk.actor.name)
    assert service.gaps(card.issued_at, desk.now()) == ()
    with qtbot.waitSignal(desk.replies.taken):
        desk.replies.take(card, back, Served(service.service()))
    assert office.card(card.id).state is CardState.SERVED


def test_an_appeal_as_data_in_a_package_becomes_an_appeal(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, tmp_path: Path
) -> None:
    card = office.served()
    files = sent(qtbot, desk, card, tmp_path)
    content = json.loads(files[DATA_FILE])
    content["said"] |= {"reason": "当时系统停机。", "explanation": "有停机公告。", **BY}
    path = tmp_path / "back.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(FORM_FILE, files[FORM_FILE])
        package.writestr(DATA_FILE, json.dumps(content))
    back = opened(qtbot, desk, card, path)
    assert back.reply.parts == (ReplyPart.EXPLANATION, ReplyPart.APPEAL)
    with qtbot.waitSignal(desk.replies.taken):
        desk.replies.take(card, back)
    (appeal,) = office.desk.look(lambda r: r.find(Appeal, card_id=card.id)).result()
    assert appeal.reason == "当时系统停机。"


def test_a_reply_to_another_paper_or_half_filled_in_is_refused_by_name(
    qtbot: QtBot, office: FakeOffice, desk: CardDesk, tmp_path: Path
) -> None:
    card = office.served()
    other = office.served(window_id=office.plan.windows[1].id)
    pdf = sent(qtbot, desk, card, tmp_path)[FORM_FILE]
    assert isinstance(refused(qtbot, desk, other, form(pdf, tmp_path, **REPORT)), ReplyUnmatched)
    gap = refused(qtbot, desk, card, form(pdf, tmp_path, remedy="安排AB岗。", **BY))
    assert isinstance(gap, MissingField)
    assert gap.args[2] == "results"
    blank = refused(qtbot, desk, card, form(pdf, tmp_path))
    assert isinstance(blank, MissingField)


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", ExchangeTrouble.NOT_WELL_FORMED),
        (b"PK\x03\x04 broken", ExchangeTrouble.DAMAGED),
        (b'{"format": "other"}', ExchangeTrouble.NO_PROFILE_FITS),
        (b'{"format": "hallwatch-reply-1", "card": 3}', ExchangeTrouble.NO_PROFILE_FITS),
    ],
)
def test_a_file_that_is_no_reply_is_refused_by_name(
    tmp_path: Path, data: bytes, trouble: ExchangeTrouble
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    with pytest.raises(ExchangeError) as caught:
        read_reply(path, read_form)
    assert caught.value.trouble is trouble


def test_a_package_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(FORM_FILE, bytes(30 * 1024 * 1024))
    path = tmp_path / "big.zip"
    path.write_bytes(out.getvalue())
    with pytest.raises(ExchangeError) as caught:
        read_reply(path, read_form)
    assert caught.value.trouble is ExchangeTrouble.BOMB


def test_a_damaged_pdf_is_refused_by_name() -> None:
    with pytest.raises(DocumentError) as caught:
        read_form(b"%PDF-1.7 broken")
    assert caught.value.trouble is DocumentTrouble.BAD_PDF
