"""A model that a site brings is tried before it is trusted, and read as its family tells."""

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from tests.support.onnx_files import Array, write_onnx
from tests.support.shared_data import shared_data
from video.detectors.own import OwnModel, pinned
from video.errors import FootageError, FootageTrouble
from video.process.clips import pictures_of
from video.vocabulary.detection import Detection, Kind
from video.vocabulary.frame import Pixels
from video.vocabulary.model import Device, ModelFamily

PERSON, PHONE = 0, 67  # of the 80 classes of COCO
GREY = np.full((48, 96, 3), 128, np.uint8)  # twice as wide as high


def floats(*shape: int) -> Array:
    return np.zeros(shape, np.float32)


def yolox_rows(*, at: tuple[float, float] = (0.5, 0.5), classes: int = 80) -> Array:
    """Of a picture of 64 pixels: a person 16 wide and 32 high in the cell (2, 1) of stride 8."""
    rows = floats(1, 64 + 16 + 4, 5 + classes)
    row = rows[0, 8 + 2]
    row[:5] = (*at, np.log(16 / 8), np.log(32 / 8), 1.0)
    row[5 + PERSON] = 0.9
    return rows


def queries(classes: int, person: int, phone: int) -> dict[str, Array]:
    """Two of three queries are sure: a person, and a phone in his hand."""
    boxes, logits = floats(1, 3, 4), np.full((1, 3, classes), -9, np.float32)
    boxes[0, :2] = ((0.5, 0.5, 0.5, 1.0), (0.5, 0.4, 0.1, 0.1))
    boxes[0, 2] = 0.5
    logits[0, 0, person], logits[0, 1, phone] = 3.0, 1.0
    return {"dets": boxes, "labels": logits}


def loaded(path: Path, family: ModelFamily) -> OwnModel:
    return OwnModel(pinned(path, family), requests=1)


def found(model: OwnModel, crop: Pixels = GREY) -> tuple[Detection, ...]:
    (detections,) = model.detect([crop])
    return detections


def edges(detection: Detection) -> tuple[float, ...]:
    box = detection.box
    return tuple(round(edge, 3) for edge in (box.x1, box.y1, box.x2, box.y2))


def test_yolox_decodes_its_cells_and_takes_the_letterbox_back(tmp_path: Path) -> None:
    model = loaded(write_onnx(tmp_path / "x.onnx", {"output": yolox_rows()}), ModelFamily.YOLOX)

    (person,) = found(model)

    # Centre (20, 12), of 64 pixels across and 32 down: the picture fills the upper half alone.
    assert edges(person) == (0.188, -0.125, 0.438, 0.875)
    assert (person.kind, round(person.score, 2)) == (Kind.PERSON, 0.9)
    assert model.knows_phones


def test_queries_of_rf_detr_are_read_in_any_order_of_the_outputs(tmp_path: Path) -> None:
    answers = queries(91, person=1, phone=77)
    turned = dict(reversed(answers.items()))
    for number, outputs in enumerate((answers, turned)):
        path = write_onnx(tmp_path / f"{number}.onnx", outputs)

        person, phone = found(loaded(path, ModelFamily.RF_DETR))

        assert (edges(person), person.kind) == ((0.25, 0.0, 0.75, 1.0), Kind.PERSON)
        assert (edges(phone), phone.kind) == ((0.45, 0.35, 0.55, 0.45), Kind.PHONE)


def test_a_model_of_persons_alone_knows_no_phones(tmp_path: Path) -> None:
    outputs = {"pred_boxes": floats(1, 3, 4), "logits": floats(1, 3, 1)}

    model = loaded(write_onnx(tmp_path / "p.onnx", outputs), ModelFamily.RT_DETR)

    assert not model.knows_phones


def test_d_fine_with_its_own_choice_of_boxes_is_told_a_picture_of_one_by_one(
    tmp_path: Path,
) -> None:
    outputs: dict[str, Array] = {
        "labels": np.array([[PERSON, PHONE, 2]], np.int64),
        "boxes": np.array([[(0.2, 0, 0.6, 1), (0.3, 0.3, 0.4, 0.4), (0, 0, 1, 1)]], np.float32),
        "scores": np.array([[0.8, 0.7, 0.9]], np.float32),
    }
    inputs = {"images": ("n", 3, "height", "width"), "orig_target_sizes": ("n", 2)}
    path = write_onnx(tmp_path / "d.onnx", outputs, inputs)

    person, phone = found(loaded(path, ModelFamily.D_FINE))

    assert (edges(person), person.kind) == ((0.2, 0.0, 0.6, 1.0), Kind.PERSON)
    assert (edges(phone), phone.kind) == ((0.3, 0.3, 0.4, 0.4), Kind.PHONE)


def test_an_ssd_of_tensorflow_tells_rows_before_columns(tmp_path: Path) -> None:
    outputs: dict[str, Array] = {
        "num_detections": np.array([2], np.float32),
        "detection_boxes": np.array([[(0.1, 0.2, 0.9, 0.5), (0.3, 0.3, 0.4, 0.4)]], np.float32),
        "detection_classes": np.array([[1, 18]], np.float32),
        "detection_scores": np.array([[0.7, 0.9]], np.float32),
    }
    path = write_onnx(tmp_path / "s.onnx", outputs, {"image": (1, 96, 96, 3)}, of_bytes=True)

    (person,) = found(loaded(path, ModelFamily.SSD))

    assert edges(person) == (0.2, 0.1, 0.5, 0.9)


def test_an_ssd_of_torchvision_tells_pixels_of_its_input(tmp_path: Path) -> None:
    outputs: dict[str, Array] = {
        "boxes": np.array([(16, 0, 48, 64)], np.float32),
        "scores": np.array([0.7], np.float32),
        "labels": np.array([1], np.int64),
    }

    (person,) = found(loaded(write_onnx(tmp_path / "t.onnx", outputs), ModelFamily.SSD))

    assert edges(person) == (0.25, 0.0, 0.75, 1.0)


REFUSED = [
    ("rows", ModelFamily.YOLOX, {"output": floats(1, 50, 85)}, None),
    ("classes", ModelFamily.YOLOX, {"output": yolox_rows(classes=7)}, None),
    ("decoded already", ModelFamily.YOLOX, {"output": yolox_rows(at=(50, 50))}, None),
    ("of another family", ModelFamily.RT_DETR, {"output": yolox_rows()}, None),
    ("two of one kind", ModelFamily.RF_DETR, {"a": floats(1, 3, 80), "b": floats(1, 3, 80)}, None),
    ("pixels", ModelFamily.RF_DETR, {"a": 99 + floats(1, 3, 4), "b": floats(1, 3, 80)}, None),
    ("one channel", ModelFamily.YOLOX, {"output": yolox_rows()}, {"images": (1, 1, 64, 64)}),
    ("no picture", ModelFamily.YOLOX, {"output": yolox_rows()}, {"images": (1, 64)}),
    ("two inputs", ModelFamily.SSD, {"output": yolox_rows()}, {"a": (1, 3, 64, 64), "b": (1, 2)}),
    (
        "counts that differ",
        ModelFamily.SSD,
        {"boxes": floats(3, 4), "scores": floats(2), "labels": np.zeros(3, np.int64)},
        None,
    ),
]


@pytest.mark.parametrize(
    ("family", "outputs", "inputs"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_wrong_shapes_are_refused_with_a_reason(
    family: ModelFamily,
    outputs: dict[str, Array],
    inputs: dict[str, tuple[int, ...]] | None,
    tmp_path: Path,
) -> None:
    path = write_onnx(tmp_path / "m.onnx", outputs, inputs)

    with pytest.raises(FootageError) as refused:
        loaded(path, family)

    assert refused.value.trouble is FootageTrouble.UNFIT_MODEL
    assert refused.value.subject == "m.onnx"
    assert refused.value.detail


def test_a_file_that_changed_since_it_was_chosen_is_refused(tmp_path: Path) -> None:
    path = write_onnx(tmp_path / "m.onnx", {"output": yolox_rows()})
    plan = pinned(path, ModelFamily.YOLOX)
    write_onnx(path, {"output": yolox_rows(at=(0.4, 0.4))})

    with pytest.raises(FootageError) as refused:
        OwnModel(plan)

    assert refused.value.trouble is FootageTrouble.CHANGED_MODEL


@pytest.mark.parametrize("data", [b"", b"no model", b"\x08\x08\x3a\x04junk"])
def test_a_file_that_is_no_model_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "m.onnx"
    path.write_bytes(data)

    with pytest.raises(FootageError) as refused:
        loaded(path, ModelFamily.YOLOX)

    assert refused.value.trouble is FootageTrouble.BAD_MODEL


def test_only_files_of_the_one_format_are_opened(tmp_path: Path) -> None:
    path = write_onnx(tmp_path / "m.bin", {"output": yolox_rows()})

    with pytest.raises(FootageError) as refused:
        loaded(path, ModelFamily.YOLOX)

    assert refused.value.trouble is FootageTrouble.BAD_MODEL


def test_a_device_that_the_machine_lacks_is_refused(tmp_path: Path) -> None:
    path = write_onnx(tmp_path / "m.onnx", {"output": yolox_rows()})

    with pytest.raises(FootageError) as refused:
        OwnModel(pinned(path, ModelFamily.YOLOX, Device.NPU))

    assert refused.value.trouble is FootageTrouble.NO_DEVICE


def test_a_real_model_sees_somebody_who_stands_there() -> None:
    model = loaded(shared_data("models", "yolox_nano.onnx"), ModelFamily.YOLOX)
    clip = shared_data("video", "one-by-one-person-detection.mp4").read_bytes()
    empty, taken = (pixels for _, pixels in islice(pictures_of(clip), 0, 401, 400))

    assert found(model, empty) == ()
    (person,) = found(model, taken)
    assert person.score > 0.7
    assert model.name.startswith("yolox yolox_nano 695e750a5d57 OpenVINO")
