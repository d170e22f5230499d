"""A model is tried in a child of its own, whatever becomes of it."""

from pathlib import Path

import numpy as np
import pytest

from desktop.workers.model_trial import tried
from tests.support.onnx_files import write_onnx
from tests.support.video_entries import broken_by
from video.errors import FootageError, FootageTrouble
from video.vocabulary.model import Device, ModelFamily


def test_a_model_that_will_do_is_told_with_its_digest_and_speed(tmp_path: Path) -> None:
    path = write_onnx(tmp_path / "own.onnx", {"output": np.zeros((1, 84, 85), np.float32)})

    told = tried(path, ModelFamily.YOLOX, Device.CPU)

    assert told.plan.path == path
    assert told.detector.startswith(f"yolox own {told.plan.sha256[:12]} OpenVINO")
    assert told.knows_phones
    assert told.crop_ms > 0


def test_one_that_will_not_do_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = write_onnx(tmp_path / "own.onnx", {"output": np.zeros((1, 84, 85), np.float32)})

    with pytest.raises(FootageError) as refused:
        tried(path, ModelFamily.RF_DETR, Device.CPU)

    assert refused.value.trouble is FootageTrouble.UNFIT_MODEL
    assert "output (1, 84, 85)" in refused.value.detail


def test_one_that_breaks_the_child_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FootageError) as refused:
        tried(tmp_path / "own.onnx", ModelFamily.YOLOX, Device.CPU, entry=broken_by)

    assert refused.value.trouble is FootageTrouble.BAD_MODEL
    assert refused.value.detail == "exit code 11"
