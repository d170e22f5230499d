"""The detector that a plan asks for, or the one that came with the program."""

from video.detectors.mobilenet import MobileNetSsd
from video.detectors.own import OwnModel
from video.vocabulary.detection import Detector
from video.vocabulary.model import ModelPlan


def detector_of(plan: ModelPlan | None, *, requests: int = 2) -> Detector:
    """Load it.

    Raises:
        FootageError: why it cannot be used.
    """
    if plan is None:
        return MobileNetSsd.installed(requests=requests)
    return OwnModel(plan, requests=requests)
