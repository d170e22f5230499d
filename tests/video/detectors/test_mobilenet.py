"""The default detector finds drawn people, and takes no weights but those that were tested."""

from pathlib import Path

import numpy as np
import pytest

from tests.support.drawn import detector
from tests.support.painted import hall
from video.detectors.caffemodel import read_layers
from video.detectors.mobilenet import SHA256, load_weights, weights_path
from video.errors import FootageError, FootageTrouble
from video.sources.layout import zones_of
from video.sources.painter import Painter
from video.vocabulary.frame import Pixels
from video.windows.areas import cut_around


def seat_crop(*acts: str) -> Pixels:
    script = hall(*acts, width=640, height=360)
    (zone,) = zones_of(script)
    cut = cut_around(zone.seat, width=640, height=360)
    return cut.of(Painter(script).paint(10.0))


def test_a_drawn_clerk_is_found_where_he_sits() -> None:
    ((clerk, *others),) = detector().detect([seat_crop()])

    assert clerk.score > 0.8
    assert clerk.box.x1 < 0.5 < clerk.box.x2
    assert all(other.score < 0.5 for other in others)


@pytest.mark.parametrize("acts", [(), ("0 coat_on window-1",)], ids=["bare", "with a coat"])
def test_nobody_is_found_on_an_empty_chair(acts: tuple[str, ...]) -> None:
    assert detector().detect([seat_crop("0 leave window-1", *acts)]) == ((),)


def test_crops_of_any_size_are_answered_in_their_order() -> None:
    clerk, nobody = seat_crop(), np.full((500, 40, 3), 128, np.uint8)

    answers = detector().detect([nobody, clerk, nobody, clerk[::2, ::2]])

    assert [len(answer) > 0 for answer in answers] == [False, True, False, True]


def test_the_same_crop_gives_the_same_answer() -> None:
    crop = seat_crop()

    assert detector().detect([crop]) == detector().detect([crop])
    assert SHA256[:12] in detector().name


def test_weights_that_were_changed_are_refused(tmp_path: Path) -> None:
    data = bytearray(weights_path().read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "weights").write_bytes(data)

    with pytest.raises(FootageError) as refused:
        load_weights(tmp_path / "weights")

    assert refused.value.trouble is FootageTrouble.BAD_MODEL
    assert "sha256" in refused.value.detail


def test_weights_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FootageError) as refused:
        load_weights(tmp_path / "none")

    assert refused.value.trouble is FootageTrouble.BAD_MODEL


@pytest.mark.parametrize(
    "data", [b"", b"\xff" * 9, b"\xa2\x06\x80\x01", b"\xa2\x06\x02\x0a\x05"],
    ids=["empty", "endless number", "cut field", "cut layer"],
)  # fmt: skip
def test_bytes_that_are_no_model_are_refused(data: bytes) -> None:
    with pytest.raises(FootageError) as refused:
        read_layers(data)

    assert refused.value.trouble is FootageTrouble.BAD_MODEL
