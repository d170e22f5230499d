"""The evidence viewer: originals stay, copies name them, and what leaves proves itself."""

import hashlib
import io
import json
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from PIL import Image
from pypdf import PdfReader
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.domain.errors import MarkedOriginal
from desktop.domain.evidence import Custody, CustodyAct, Evidence, Paper
from desktop.domain.findings import Finding
from desktop.domain.roles import Role
from desktop.exchange.photographs import small_copy
from desktop.usecases.exhibits import Subject
from desktop.viewmodels.evidence.desk import EvidenceDesk
from desktop.viewmodels.evidence.marking import Mark, MarkKind
from desktop.viewmodels.evidence.rows import Medium
from desktop.viewmodels.review.exhibits import Showing
from desktop.views.evidence.marking import MarkView
from desktop.views.evidence.page import EvidencePage
from tests.support.casework import FakeOffice, picture
from tests.support.screens import clipped, too_small, unnamed

LONG = 30_000  # ms: a busy machine is no fault of the code
COVER = Mark(MarkKind.COVER, (0.1, 0.1), (0.5, 0.6))
pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)")]


@pytest.fixture
def finding(office: FakeOffice) -> Finding:
    return office.confirmed()


@pytest.fixture
def desk(qtbot: QtBot, office: FakeOffice, finding: Finding) -> Iterator[EvidenceDesk]:
    office.enter(Role.SUPERVISOR)
    desk = EvidenceDesk(office)
    gather(qtbot, desk, Subject(Finding.ENTITY, finding.id))
    yield desk
    desk.stop()
    office.close()  # nothing must be posting into what is deleted
    delete(desk)


@pytest.fixture
def page(qtbot: QtBot, desk: EvidenceDesk) -> EvidencePage:
    page = EvidencePage(desk)
    qtbot.addWidget(page)
    page.resize(1072, 664)
    page.show()
    return page


def gather(qtbot: QtBot, desk: EvidenceDesk, subject: Subject | None) -> None:
    with qtbot.waitSignal(desk.listed, timeout=LONG):
        desk.gather(subject)


def shows(desk: EvidenceDesk, role: str) -> str:
    """Give the key of a piece by what it shows."""
    return next(e.key for e in desk.exhibits if e.original.role == role)


def bared(qtbot: QtBot, desk: EvidenceDesk) -> Evidence:
    """Look at an original picture with a reason."""
    desk.open(shows(desk, "start"))
    assert desk.exhibit is not None
    desk.show_version(desk.exhibit.original)
    assert desk.showing is Showing.ONLY_ORIGINAL
    desk.see_original("复核人员身份")
    qtbot.waitUntil(lambda: desk.showing is Showing.PICTURE, timeout=LONG)
    return desk.exhibit.original


def kept(qtbot: QtBot, desk: EvidenceDesk) -> Evidence:
    with qtbot.waitSignal(desk.marking.kept, timeout=LONG) as told:
        desk.marking.keep()
    return told.args[0]  # type: ignore[no-any-return]


def links(office: FakeOffice, act: CustodyAct) -> list[Custody]:
    return list(office.desk.look(lambda r: r.find(Custody, act=act)).result())


def test_a_finding_lies_open_with_every_original_and_its_masked_copy(
    qtbot: QtBot, desk: EvidenceDesk, page: EvidencePage
) -> None:
    assert desk.counts() == {None: 6, Medium.PICTURE: 5, Medium.CLIP: 1, Medium.PAGES: 0}
    desk.open(shows(desk, "threshold"))
    qtbot.waitUntil(lambda: desk.showing is Showing.PICTURE, timeout=LONG)
    assert desk.version is not None
    assert desk.version.masked_of is not None  # the copy comes first
    assert not desk.is_bare
    assert not unnamed(page)
    qtbot.waitUntil(lambda: not clipped(page), timeout=LONG)
    assert not too_small(page)


def test_an_original_wants_a_reason_which_stands_in_the_chain(
    qtbot: QtBot, office: FakeOffice, desk: EvidenceDesk, page: EvidencePage
) -> None:
    original = bared(qtbot, desk)
    assert [(each.subject_id, each.reason) for each in links(office, CustodyAct.SEEN)] == [
        (original.id, "复核人员身份")
    ]
    acts = lambda: {line.cells[1] for line in page.sheet._lines.rows}  # noqa: E731
    qtbot.waitUntil(lambda: "查看原件" in acts(), timeout=LONG)


def test_a_covered_and_cut_copy_of_an_original_names_it_and_shows_nothing_below(
    qtbot: QtBot, office: FakeOffice, desk: EvidenceDesk
) -> None:
    original = bared(qtbot, desk)
    before = office.vault.get(original.sha256)
    desk.mark(0)
    desk.marking.add(COVER)
    desk.marking.add(Mark(MarkKind.CUT, (0.0, 0.0), (0.4, 0.5)))
    desk.marking.add(Mark(MarkKind.CUT, (0.0, 0.0), (0.5, 0.5)))  # the second takes its place
    copy = kept(qtbot, desk)
    assert (copy.role, copy.masked_of) == ("masked", original.sha256)
    assert office.vault.get(original.sha256) == before
    with Image.open(io.BytesIO(office.vault.get(copy.sha256))) as drawn:
        assert drawn.size == (320, 180)
        covered = drawn.convert("RGB").crop((70, 40, 310, 170))
    assert {color for _, color in covered.getcolors() or ()} == {(0x2B, 0x2F, 0x36)}


def test_an_original_on_which_nobody_is_covered_is_not_drawn_on(
    qtbot: QtBot, desk: EvidenceDesk
) -> None:
    bared(qtbot, desk)
    desk.mark(0)
    desk.marking.add(Mark(MarkKind.FRAME, (0.1, 0.1), (0.5, 0.6)))
    assert not desk.marking.may_keep
    with qtbot.waitSignal(desk.marking.refused, timeout=LONG) as told:
        desk.marking.keep()
    assert isinstance((told.args or [None])[0], MarkedOriginal)
    desk.marking.say_nobody_else(True)
    assert kept(qtbot, desk).role == "masked"


def test_the_dialog_keeps_an_original_only_covered_or_with_a_word_on_it(
    qtbot: QtBot, desk: EvidenceDesk, page: EvidencePage
) -> None:
    bared(qtbot, desk)
    page.sheet.ask_marks()
    (view,) = page.sheet.findChildren(MarkView)
    assert not unnamed(view)
    assert view.nobody.isVisible()
    assert not view.keep.isEnabled()
    view.nobody.click()
    assert view.keep.isEnabled()
    view.nobody.click()
    desk.marking.add(COVER)
    assert view.keep.isEnabled()
    view.reject()


def test_a_moment_of_a_clip_becomes_a_covered_picture_with_its_time(
    qtbot: QtBot, office: FakeOffice, desk: EvidenceDesk
) -> None:
    desk.open(shows(desk, "clip"))
    desk.player.toggle()
    assert office.video is not None
    frames = [picture(str(n)) for n in range(3)]
    office.video.play(frames)
    qtbot.waitUntil(lambda: not desk.player.frame.isNull(), timeout=LONG)
    desk.player.step(2)
    desk.mark(0)
    desk.marking.add(COVER)
    copy = kept(qtbot, desk)
    assert desk.exhibit is not None
    assert copy.masked_of == desk.exhibit.original.sha256
    assert copy.media_type == "image/png"
    assert (copy.taken_at - desk.exhibit.original.taken_at).total_seconds() == 0.4
    assert len(links(office, CustodyAct.SEEN)) == 1  # playing is looking


def test_a_page_of_a_paper_is_marked_and_its_words_are_gone_from_below(
    qtbot: QtBot, office: FakeOffice, desk: EvidenceDesk
) -> None:
    card = office.issued(office.confirmed(event_id="another"))
    (paper,) = office.desk.look(lambda r: r.find(Paper, card_id=card.id)).result()
    gather(qtbot, desk, Subject(Paper.ENTITY, paper.id))
    qtbot.waitUntil(desk.may_mark, timeout=LONG)
    pages = len(desk.pages.pages)
    desk.mark(0)
    desk.marking.add(COVER)
    copy = kept(qtbot, desk)
    assert (copy.role, copy.masked_of) == ("marked", paper.pdf_sha256)
    read = PdfReader(io.BytesIO(office.vault.get(copy.sha256)))
    assert len(read.pages) == pages
    assert read.pages[0].extract_text().strip() == ""
    gather(qtbot, desk, None)
    sheet = next(e for e in desk.exhibits if e.key == paper.id)
    assert [each.id for each in sheet.copies] == [copy.id]


@pytest.mark.parametrize("bare", [False, True])
def test_what_leaves_proves_itself_and_the_original_only_where_asked(
    qtbot: QtBot, office: FakeOffice, desk: EvidenceDesk, tmp_path: Path, bare: bool
) -> None:
    desk.open(shows(desk, "start"))
    qtbot.waitUntil(lambda: bool(desk.held.names), timeout=LONG)
    with qtbot.waitSignal(desk.exported, timeout=LONG):
        desk.export(tmp_path / "out.zip", "移交纪检机关", bare=bare)
    with zipfile.ZipFile(tmp_path / "out.zip") as pack:
        parts = {name: pack.read(name) for name in pack.namelist()}
    manifest = json.loads(parts["manifest.json"])
    key = Ed25519PublicKey.from_public_bytes(b64decode(manifest["public_key"]))
    key.verify(b64decode(parts["manifest.sig"]), hashlib.sha256(parts["manifest.json"]).digest())
    assert (manifest["reason"], manifest["made_by"]) == ("移交纪检机关", "陈璐")
    assert len(manifest["files"]) == 1 + bare
    for line in parts["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(parts[name]).hexdigest() == digest
    assert [link.reason for link in links(office, CustodyAct.EXPORTED)] == ["移交纪检机关"]


def test_a_photograph_of_80_megapixels_is_seen_at_the_size_one_can_draw_on() -> None:
    out = io.BytesIO()
    Image.new("RGB", (10_000, 8_000), (120, 140, 160)).save(out, "JPEG", quality=30)
    shown = QImage.fromData(small_copy(out.getvalue(), 4096))
    assert max(shown.size().toTuple()) == 4096
