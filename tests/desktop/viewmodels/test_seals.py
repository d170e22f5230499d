"""Seals of the organs: a picture is made fit for paper, and whoever keeps the data changes it."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from pytestqt.qtbot import QtBot

from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.seal import LEAST_SEAL, seal_of
from desktop.domain.errors import NotAllowed
from desktop.domain.identifiers import UserId, new_id
from desktop.domain.organisation import Organ
from desktop.domain.roles import Actor, Role
from desktop.viewmodels.seals import Seals
from desktop.views.seals_panel import SealsPanel
from tests.support.casework import FakeOffice, nameless

KEEPER = Actor(UserId(new_id()), "宋立", frozenset({Role.DATA_MGR}), "device")


def scan(side: int = 400, kind: str = "PNG") -> bytes:
    """A red ring off the middle of white paper."""
    image = Image.new("RGB", (side * 2, side * 2), "white")
    ring = (side // 2, side // 4, side // 2 + side, side // 4 + side)
    ImageDraw.Draw(image).ellipse(ring, outline=(210, 20, 30), width=12)
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@pytest.fixture
def seals(office: FakeOffice) -> Iterator[Seals]:
    made = Seals(office)
    yield made
    made.stop()


def test_a_scan_is_trimmed_square_and_its_paper_lets_the_text_show() -> None:
    made = Image.open(io.BytesIO(seal_of(scan())))
    assert made.mode == "RGBA"
    assert made.width == made.height == pytest.approx(401, abs=2)
    assert made.getpixel((made.width // 2, made.height // 2))[3] == 0  # type: ignore[index]
    red, green, _, alpha = made.getpixel((made.width // 2, 5))  # type: ignore[misc]
    assert (red > 180, green < 60, alpha > 200) == (True, True, True)
    assert seal_of(scan()) == seal_of(scan())


@pytest.mark.parametrize("data", [b"", b"GIF89a broken", scan(LEAST_SEAL // 2)])
def test_what_is_no_picture_or_too_coarse_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        seal_of(data)
    assert caught.value.trouble is DocumentTrouble.BAD_PICTURE


def test_a_seal_is_chosen_and_printed_and_removed_again(
    qtbot: QtBot, office: FakeOffice, seals: Seals, tmp_path: Path
) -> None:
    office.door.actor = KEEPER
    path = tmp_path / "seal.jpg"
    path.write_bytes(scan(kind="JPEG"))
    panel = SealsPanel(seals)
    qtbot.addWidget(panel)
    qtbot.waitUntil(lambda: len(seals.rows) == 1)
    assert seals.rows[0].picture is None
    seals.choose(seals.rows[0].organ_id, path)
    qtbot.waitUntil(lambda: seals.rows[0].picture is not None)
    panel.show()
    assert nameless(panel) == []
    (organ,) = office.desk.look(lambda reading: reading.find(Organ)).result()
    assert organ.seal is not None
    assert len(office.vault.get(organ.seal)) == organ.seal_size
    seals.remove(organ.id)
    qtbot.waitUntil(lambda: seals.rows[0].picture is None)


def test_a_picture_that_is_none_and_a_person_who_may_not_are_told(
    qtbot: QtBot, office: FakeOffice, seals: Seals, tmp_path: Path
) -> None:
    office.door.actor = KEEPER
    panel = SealsPanel(seals)
    qtbot.addWidget(panel)
    with qtbot.waitSignal(seals.refused):
        seals.choose(office.plan.organ.id, tmp_path / "missing.png")
    assert "missing.png" in panel.trouble()
    path = tmp_path / "seal.png"
    path.write_bytes(scan())
    office.enter(Role.SUPERVISOR)
    assert not seals.may_change
    with qtbot.waitSignal(seals.refused) as refusal:
        seals.choose(office.plan.organ.id, path)
    assert isinstance(refusal.args[0], NotAllowed)
