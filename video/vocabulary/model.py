"""Which weights find the persons, and on what."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class ModelFamily(Enum):
    """How a model is fed and what its answer means; RT-DETR and D-FINE are exported alike."""

    YOLOX = "yolox"
    RT_DETR = "rt-detr"
    D_FINE = "d-fine"
    RF_DETR = "rf-detr"
    SSD = "ssd"


class Device(Enum):
    """Where OpenVINO runs a model; the names are its own."""

    CPU = "CPU"
    GPU = "GPU"
    NPU = "NPU"


@dataclass(frozen=True, slots=True)
class ModelPlan:
    """A model that a site brings: an ONNX file that must still be the one that was tried.

    Attributes:
        sha256: of the file, hex.
    """

    path: Path
    family: ModelFamily
    sha256: str
    device: Device = Device.CPU


@dataclass(frozen=True, slots=True)
class ModelTried:
    """A model that a site brings was tried and will do.

    Attributes:
        plan: how to use it, its digest pinned.
        detector: as evidence will name it.
        crop_ms: how long one crop took, the whole call.
    """

    plan: ModelPlan
    detector: str
    knows_phones: bool
    crop_ms: float
