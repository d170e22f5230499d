"""The default detector: MobileNet-SSD on OpenVINO, persons only.

The weights come with the package NVRChannel (MIT), as a data file: the package is never imported.
"""

import hashlib
import importlib.metadata
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue

import cv2
import numpy as np
import numpy.typing as npt
import openvino

from video.detectors import graph, priors
from video.detectors.caffemodel import Layer, read_layers
from video.errors import FootageError, FootageTrouble
from video.vocabulary.detection import Detection
from video.vocabulary.frame import Pixels
from video.vocabulary.geometry import Box

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
        core = openvino.Core()
        compiled = core.compile_model(
            graph.build(layers),
            "CPU",
            {
                "INFERENCE_PRECISION_HINT": "f32",
                "INFERENCE_NUM_THREADS": requests,
                "NUM_STREAMS": requests,
            },
        )
        self._idle: SimpleQueue[openvino.InferRequest] = SimpleQueue()
        for _ in range(requests):
            self._idle.put(compiled.create_infer_request())
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

    def detect(self, crops: Sequence[Pixels]) -> tuple[tuple[Detection, ...], ...]:
        """Find the persons of each crop, best first."""
        answers: list[_Answer] = []
        running: deque[openvino.InferRequest] = deque()
        try:
            for crop in crops:
                blob = _prepared(crop)
                request = self._take(running, answers)
                running.append(request)
                request.start_async({0: blob})
            while running:
                answers.append(self._finished(running))
        finally:
            for request in running:
                request.cancel()
                self._idle.put(request)
        return tuple(self._persons(*answer) for answer in answers)

    def _take(
        self, running: "deque[openvino.InferRequest]", answers: "list[_Answer]"
    ) -> "openvino.InferRequest":
        """Get a request that nobody uses; a thread that holds some finishes its own first.

        OpenVINO's own queue may be used by one thread alone: with two it can wait for ever.
        """
        while running:
            with suppress(Empty):
                return self._idle.get_nowait()
            answers.append(self._finished(running))
        return self._idle.get()

    def _finished(self, running: "deque[openvino.InferRequest]") -> "_Answer":
        """Wait for the oldest request, copy its answer, and give it back."""
        request = running[0]
        request.wait()
        offsets = request.get_output_tensor(0).data.reshape(-1, 4).copy()
        scores = request.get_output_tensor(1).data[0, :, PERSON].copy()
        self._idle.put(running.popleft())
        return offsets, scores

    def _persons(self, offsets: "_Floats", scores: "_Floats") -> tuple[Detection, ...]:
        likely = np.flatnonzero(scores > MIN_SCORE)
        boxes = priors.decode(offsets[likely], self._priors[likely])
        kept = priors.suppress(boxes, scores[likely], overlap=OVERLAP)
        return tuple(
            Detection(Box(*(float(edge) for edge in boxes[i])), float(scores[likely[i]]))
            for i in kept
        )


_Floats = npt.NDArray[np.float32]
_Answer = tuple[_Floats, _Floats]


def _prepared(crop: Pixels) -> _Floats:
    """BGR uint8 of any size to float32, (1, 3, side, side), about -1 to 1."""
    side = graph.INPUT_SIDE
    shrinking = crop.shape[0] > side or crop.shape[1] > side
    how = cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR
    scaled = cv2.resize(crop, (side, side), interpolation=how)
    blob = (scaled.astype(np.float32) - MEAN) * SCALE
    return np.ascontiguousarray(blob.transpose(2, 0, 1)[None])
