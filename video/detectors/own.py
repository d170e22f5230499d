"""A detector that a site brings: an ONNX file of a known family, tried before it is trusted."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import openvino

from video.detectors.asking import Answer, Blob, Requests
from video.detectors.feeding import Feed, feed_of
from video.detectors.heads import Found, Output, Unfit, head_of
from video.detectors.priors import suppress
from video.errors import FootageError, FootageTrouble
from video.vocabulary.detection import Detection, Kind
from video.vocabulary.frame import Pixels
from video.vocabulary.geometry import Box
from video.vocabulary.model import Device, ModelFamily, ModelPlan

LEAST: Mapping[ModelFamily, float] = {  # scores under which nothing is told
    ModelFamily.YOLOX: 0.2,
    ModelFamily.RT_DETR: 0.35,
    ModelFamily.D_FINE: 0.35,
    ModelFamily.RF_DETR: 0.35,
    ModelFamily.SSD: 0.2,
}
OVERLAP = 0.45
SIDE = 640  # pixels of an input whose size the file leaves open
_TF_SIDE = 300

Graph: TypeAlias = "openvino.Model"


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, hex.

    Raises:
        FootageError: BAD_MODEL when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        detail = error.strerror or ""
        raise FootageError(FootageTrouble.BAD_MODEL, path.name, detail) from error


def pinned(path: Path, family: ModelFamily, device: Device = Device.CPU) -> ModelPlan:
    """Plan to use a file as it is now.

    Raises:
        FootageError: BAD_MODEL when it cannot be read.
    """
    return ModelPlan(path, family, digest_of(path), device)


class OwnModel:
    """Finds persons, and phones where the model was taught them."""

    def __init__(self, plan: ModelPlan, *, requests: int = 2) -> None:
        """Load a model and try it once on a grey picture.

        Raises:
            FootageError: BAD_MODEL, CHANGED_MODEL, UNFIT_MODEL, NO_DEVICE.
        """
        found = digest_of(plan.path)
        if found != plan.sha256:
            raise FootageError(FootageTrouble.CHANGED_MODEL, plan.path.name, f"sha256 {found}")
        model = _read(plan.path)
        self._least = LEAST[plan.family]
        try:
            self._feed, self._sizes = _fitted(model, plan.family)
            self._head = head_of(plan.family, _outputs(model), self._feed)
            self._requests = Requests(model, plan.device, side_by_side=requests)
            self._try()
        except (ValueError, IndexError, RuntimeError) as error:  # what a foreign network may do
            detail = str(error).strip().splitlines()[-1]
            raise FootageError(FootageTrouble.UNFIT_MODEL, plan.path.name, detail) from error
        runtime = f"OpenVINO {openvino.__version__.split('-')[0]} {plan.device.value}"
        self._name = f"{plan.family.value} {plan.path.stem} {plan.sha256[:12]} {runtime}"

    @property
    def name(self) -> str:
        """Family, file, digest, runtime and device."""
        return self._name

    @property
    def knows_phones(self) -> bool:
        """Whether it was taught phones."""
        return self._head.classes.phone is not None

    def detect(self, crops: Sequence[Pixels]) -> tuple[tuple[Detection, ...], ...]:
        """Find what is in each crop, best first."""
        answers = self._requests.answers(self._blob(crop) for crop in crops)
        return tuple(
            tuple(self._told(answer, crop)) for answer, crop in zip(answers, crops, strict=True)
        )

    def _try(self) -> None:
        grey = np.full((200, 160, 3), 128, np.uint8)
        (answer,) = self._requests.answers([self._blob(grey)])
        self._head.check(answer)
        tuple(self._told(answer, grey))

    def _blob(self, crop: Pixels) -> Blob:
        return {0: self._feed.blob(crop), **self._sizes}

    def _told(self, answer: Answer, crop: Pixels) -> Iterator[Detection]:
        found = self._head.read(answer)
        boxes = self._feed.to_crop(found.boxes, crop)
        yield from self._of_kind(Found(boxes, found.person, found.phone), Kind.PERSON)
        yield from self._of_kind(Found(boxes, found.person, found.phone), Kind.PHONE)

    def _of_kind(self, found: Found, kind: Kind) -> Iterator[Detection]:
        scores = found.person if kind is Kind.PERSON else found.phone
        sized = (found.boxes[:, 2:] > found.boxes[:, :2]).all(axis=1)
        likely = np.flatnonzero((scores > self._least) & sized)
        boxes = found.boxes[likely]
        for place in suppress(boxes, scores[likely], overlap=OVERLAP):
            corners = (float(edge) for edge in boxes[place])
            yield Detection(Box(*corners), min(1.0, float(scores[likely[place]])), kind)


def _read(path: Path) -> Graph:
    """Read the one format; OpenVINO would try all that it knows."""
    if path.suffix.lower() != ".onnx":
        raise FootageError(FootageTrouble.BAD_MODEL, path.name, "not .onnx")
    try:
        return openvino.Core().read_model(path)
    except RuntimeError as error:
        detail = str(error).strip().splitlines()[-1]
        raise FootageError(FootageTrouble.BAD_MODEL, path.name, detail) from error


def _fitted(model: Graph, family: ModelFamily) -> tuple[Feed, Blob]:
    """Fix what the file leaves open of the inputs; also what a second input is to be told.

    DETR's `orig_target_sizes` is told as one by one: its boxes are then fractions.
    """
    picture, *more = model.inputs
    dims = [dim.get_length() if dim.is_static else -1 for dim in picture.partial_shape]
    whole = len(dims) == 4 and dims[3] == 3 and picture.element_type == openvino.Type.u8
    if len(dims) != 4 or (not whole and dims[1] not in {3, -1}) or dims[0] not in {1, -1}:
        raise Unfit(f"the input is {tuple(dims)} instead of (1, 3, height, width)")
    if len(more) > 1 or (more and family not in {ModelFamily.RT_DETR, ModelFamily.D_FINE}):
        raise Unfit(f"{1 + len(more)} inputs")
    open_side = _TF_SIDE if whole else SIDE
    sides = dims[1:3] if whole else dims[2:]
    height, width = (side if side > 0 else open_side for side in sides)
    shape = [1, height, width, 3] if whole else [1, 3, height, width]
    try:
        model.reshape({picture: shape, **{one: [1, 2] for one in more}})
    except RuntimeError as error:
        raise Unfit(str(error).splitlines()[-1]) from error
    return feed_of(family, width=width, height=height, whole=whole), {
        1 + place: np.ones((1, 2), np.int64) for place in range(len(more))
    }


def _outputs(model: Graph) -> tuple[Output, ...]:
    return tuple(
        Output(
            min(one.names, default=""),
            tuple(dim.get_length() if dim.is_static else -1 for dim in one.partial_shape),
            one.element_type in {openvino.Type.i64, openvino.Type.i32},
        )
        for one in model.outputs
    )
