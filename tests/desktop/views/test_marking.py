import io
from collections.abc import Iterator

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.errors import MarkedOriginal
from desktop.domain.evidence import Custody, CustodyAct, Evidence
from desktop.domain.roles import Role
from desktop.usecases.evidence import MARKED
from desktop.usecases.official_documents import Matter
from desktop.viewmodels.evidence.marking import Mark, MarkKind
from desktop.viewmodels.papers.attaching import picture_words
from desktop.viewmodels.papers.desk import PapersDesk
from desktop.views.evidence.marking import MarkView
from tests.support.casework import FakeOffice, nameless


@pytest.fixture
def desk(office: FakeOffice, qtbot: QtBot) -> Iterator[PapersDesk]:
    office.enter(Role.SUPERVISOR)
    made = PapersDesk(office)
    yield made
    made.stop()


def begun(qtbot: QtBot, office: FakeOffice, desk: PapersDesk) -> Evidence:
    """Begin an order on a finding and answer the first copy that can be drawn on."""
    finding = office.confirmed()
    matter = Matter(office.plan.hall.id, "T04", finding.unit_id, finding_ids=(finding.id,))
    with qtbot.waitSignal(desk.opened):
        desk.begin(matter)
    assert desk.file is not None
    return desk.file.printable[0]


def kept(qtbot: QtBot, desk: PapersDesk) -> Evidence:
    with qtbot.waitSignal(desk.marking.kept) as told:
        desk.marking.keep()
    return told.args[0]  # type: ignore[no-any-return]


def test_what_is_drawn_becomes_a_copy_that_names_its_source_and_is_annexed(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk
) -> None:
    source = begun(qtbot, office, desk)
    before = office.vault.get(source.sha256)
    with qtbot.waitSignal(desk.marking.ready):
        desk.marking.open(source)
    desk.marking.add(Mark(MarkKind.FRAME, (0.2, 0.2), (0.6, 0.7)))
    desk.marking.add(Mark(MarkKind.ARROW, (0.9, 0.9), (0.5, 0.5)))
    desk.marking.add(Mark(MarkKind.WORDS, (0.1, 0.1), (0.1, 0.1), "无人值守"))
    desk.marking.add(Mark(MarkKind.FRAME, (0.3, 0.3), (0.3, 0.3)))  # nothing to see
    assert len(desk.marking.marks) == 3
    copy = kept(qtbot, desk)

    assert (copy.role, copy.masked_of, copy.finding_id) == (
        MARKED, source.sha256, source.finding_id,
    )  # fmt: skip
    assert office.vault.get(source.sha256) == before
    with Image.open(io.BytesIO(office.vault.get(copy.sha256))) as picture:
        assert picture.size == desk.marking.image.size().toTuple()
        red, green, blue = picture.convert("RGB").getpixel((128, 180))  # type: ignore[misc]
    assert red > 180 > 90 > max(green, blue)  # the frame's left edge
    links = office.desk.look(lambda r: r.find(Custody, act=CustodyAct.CAPTURED)).result()
    assert copy.id in {link.subject_id for link in links}
    assert desk.editor.text is not None
    assert desk.editor.text.pictures == (copy.sha256,)
    qtbot.waitUntil(lambda: desk.file is not None and copy in desk.file.printable)
    assert any(
        key == copy.sha256 and "批注画面" in words for key, words in picture_words(desk.file)
    )  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: len(desk.preview.pages) > 3 and not desk.preview.is_busy,
                    timeout=10_000)  # fmt: skip


def test_an_original_is_never_drawn_on(qtbot: QtBot, office: FakeOffice, desk: PapersDesk) -> None:
    begun(qtbot, office, desk)
    assert desk.file is not None
    original = next(i for i in desk.file.originals if i.media_type == "image/jpeg")
    with qtbot.waitSignal(desk.marking.ready):
        desk.marking.open(original)
    desk.marking.add(Mark(MarkKind.FRAME, (0.2, 0.2), (0.6, 0.7)))
    with qtbot.waitSignal(desk.marking.refused) as told:
        desk.marking.keep()
    assert isinstance((told.args or [None])[0], MarkedOriginal)


def test_one_draws_with_the_mouse_and_takes_back(
    qtbot: QtBot, office: FakeOffice, desk: PapersDesk
) -> None:
    source = begun(qtbot, office, desk)
    view = MarkView(None, desk.marking)  # type: ignore[arg-type]
    qtbot.addWidget(view)
    with qtbot.waitSignal(desk.marking.ready):
        desk.marking.open(source)
    view.show()
    middle = view.canvas.rect().center()
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(view.canvas, left, pos=middle - QPoint(60, 40))
    QTest.mouseMove(view.canvas, middle)
    QTest.mouseRelease(view.canvas, left, pos=middle + QPoint(60, 40))
    (mark,) = desk.marking.marks
    assert mark.kind is MarkKind.FRAME
    assert mark.start[0] < 0.5 < mark.end[0]
    assert view.keep.isEnabled()
    desk.marking.undo()
    assert not view.keep.isEnabled()
    assert nameless(view) == []
