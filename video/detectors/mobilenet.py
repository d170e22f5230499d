"""The default detector: MobileNet-SSD on OpenVINO, persons only.

The weights come with the package NVRChannel (MIT), as a data file: the package is never imported.
"""

import hashlib
import importlib.metadata
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import openvino
from openvino.preprocess import PrePostProcessor

from video.detectors import graph, priors
from video.detectors.asking import Requests
from video.detectors.caffemodel import Layer, read_layers
from video.errors import FootageError, FootageTrouble
from video.vocabulary.detection import Detection
from video.vocabulary.frame import Pixels
from video.vocabulary.geometry import Box
from video.vocabulary.model import Device

PACKAGE = "NVRChannel"
FILE = "NVRChannel/NVRChannel/MobileNetSSD_deploy.caffemodel"
SHA256 = "761c86fbae3d8361dd454f7c740a964f62975ed32f4324b8b85994edec30f6af"

PERSON = 15  # VOC class
MIN_SCORE = 0.15
OVERLAP = 0.45
CELLS = (19, 10, 5, 3, 2, 1)  # per side of each feature map
MEAN, SCALE = 127.5, 0.007843


def weights_path() -> Path:
    """Find the weights file among the installed packages.

    Raises:
        FootageError: BAD_MODEL when the package is not installed.
    """
    try:
        located = importlib.metadata.distribution(PACKAGE).locate_file(FILE)
    except importlib.metadata.PackageNotFoundError as error:
        raise FootageError(FootageTrouble.BAD_MODEL, PACKAGE, "not installed") from error
    return Path(str(located))


def load_weights(path: Path, *, sha256: str = SHA256) -> tuple[Layer, ...]:
    """Read a model file after checking its digest.

    Raises:
        FootageError: BAD_MODEL when the file is missing or is not the one that was tested.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FootageError(FootageTrouble.BAD_MODEL, path.name, error.strerror or "") from error
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise FootageError(FootageTrouble.BAD_MODEL, path.name, f"sha256 {found}")
    return read_layers(data)


class MobileNetSsd:
    """Finds persons; crops are judged side by side, one core each, also those of other threads.

    Results agree between machines: 32-bit floats are forced where a processor would choose 16.
    """

    def __init__(self, layers: Sequence[Layer], *, requests: int = 2) -> None:
        model = _fed_with_pixels(graph.build(layers))
        self._requests = Requests(model, Device.CPU, side_by_side=requests)
        boxes = [layer.prior for layer in layers if layer.prior is not None]
        self._priors = priors.default_boxes(
            list(zip(CELLS, boxes, strict=True)), side=graph.INPUT_SIDE
        )
        self._name = f"MobileNet-SSD {SHA256[:12]} OpenVINO {openvino.__version__.split('-')[0]}"

    @classmethod
    def installed(cls, *, requests: int = 2) -> "MobileNetSsd":
        """Load the weights that the lock file brought.

        Raises:
            FootageError: BAD_MODEL.
        """
        return cls(load_weights(weights_path()), requests=requests)

    @property
    def name(self) -> str:
        """Model, digest and runtime."""
        return self._name

    @property
    def knows_phones(self) -> bool:
        """The classes of VOC have none."""
        return False

    def detect(self, crops: Sequence[Pixels]) -> tuple[tuple[Detection, ...], ...]:
        """Find the persons of each crop, best first."""
        answers = self._requests.answers({0: _scaled(crop)[None]} for crop in crops)
        return tuple(
            self._persons(offsets.reshape(-1, 4), shares[0, :, PERSON])
            for offsets, shares in answers
        )

    def _persons(self, offsets: "_Floats", scores: "_Floats") -> tuple[Detection, ...]:
        likely = np.flatnonzero(scores > MIN_SCORE)
        boxes = priors.decode(offsets[likely], self._priors[likely])
        kept = priors.suppress(boxes, scores[likely], overlap=OVERLAP)
        return tuple(
            Detection(Box(*(float(edge) for edge in boxes[i])), float(scores[likely[i]]))
            for i in kept
        )


_Floats = npt.NDArray[np.float32]


def _fed_with_pixels(model: "openvino.Model") -> "openvino.Model":
    """Let the runtime turn BGR bytes, (1, side, side, 3), into the floats that the layers take."""
    fed = PrePostProcessor(model)
    fed.input().tensor().set_element_type(openvino.Type.u8).set_layout(openvino.Layout("NHWC"))
    fed.input().preprocess().convert_element_type(openvino.Type.f32).mean(MEAN).scale(1 / SCALE)
    fed.input().model().set_layout(openvino.Layout("NCHW"))
    return fed.build()


def _scaled(crop: Pixels) -> Pixels:
    """A crop of any size as large as the model takes it."""
    side = graph.INPUT_SIDE
    shrinking = crop.shape[0] > side or crop.shape[1] > side
    how = cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(crop, (side, side), interpolation=how), np.uint8)
