"""What somebody who waits for recorded cameras is told."""

import pytest

from desktop.assembly.lookout import Lookout
from desktop.domain.identifiers import CameraId, HallId
from desktop.domain.organisation import Camera, CameraKind
from desktop.viewmodels.wording import sentence
from video.errors import FootageError, FootageTrouble
from video.messages import CameraTrouble


def test_a_camera_that_cannot_be_had_is_told_by_its_name() -> None:
    camera = Camera(CameraId("01a2"), HallId("hall-1"), "东区1号机", CameraKind.FILE, "a.mp4", ())
    lookout = Lookout((camera,), {})
    lookout.hear(CameraTrouble("01a2", FootageTrouble.NOT_A_VIDEO, "", retry_s=None))
    with pytest.raises(FootageError) as refused:
        list(lookout.progress())
    assert sentence(refused.value) == "“东区1号机”不是视频文件。"
