"""A compiled model that many threads ask at once."""

from collections import deque
from collections.abc import Iterable, Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, TypeAlias

import numpy.typing as npt
import openvino

from video.errors import FootageError, FootageTrouble
from video.vocabulary.model import Device

Tensor = npt.NDArray[Any]  # of the kind that the model's output has
Answer = tuple[Tensor, ...]
Blob: TypeAlias = Mapping[int | str, Tensor]


class Requests:
    """Blobs are judged side by side, one core each, also those of other threads.

    Results agree between machines: 32-bit floats are forced where a processor would choose 16.
    """

    def __init__(self, model: "openvino.Model", device: Device, *, side_by_side: int) -> None:
        """Compile a model.

        Raises:
            FootageError: NO_DEVICE.
        """
        self._outputs = len(model.outputs)
        compiled = _compiled(model, device, side_by_side)
        self._idle: SimpleQueue[openvino.InferRequest] = SimpleQueue()
        for _ in range(side_by_side):
            self._idle.put(compiled.create_infer_request())

    def answers(self, blobs: Iterable[Blob]) -> list[Answer]:
        """Ask about each blob, and give copies of all outputs in their order."""
        answers: list[Answer] = []
        running: deque[openvino.InferRequest] = deque()
        try:
            for blob in blobs:
                request = self._take(running, answers)
                running.append(request)
                request.start_async(dict(blob))
            while running:
                answers.append(self._finished(running))
        finally:
            for request in running:
                request.cancel()
                self._idle.put(request)
        return answers

    def _take(
        self, running: "deque[openvino.InferRequest]", answers: list[Answer]
    ) -> "openvino.InferRequest":
        """Get a request that nobody uses; a thread that holds some finishes its own first.

        OpenVINO's own queue may be used by one thread alone: with two it can wait for ever.
        """
        while running:
            with suppress(Empty):
                return self._idle.get_nowait()
            answers.append(self._finished(running))
        return self._idle.get()

    def _finished(self, running: "deque[openvino.InferRequest]") -> Answer:
        """Wait for the oldest request, copy its answer, and give it back."""
        request = running[0]
        request.wait()
        answer = tuple(request.get_output_tensor(n).data.copy() for n in range(self._outputs))
        self._idle.put(running.popleft())
        return answer


def _compiled(
    model: "openvino.Model", device: Device, side_by_side: int
) -> "openvino.CompiledModel":
    hints: dict[str, object] = {"INFERENCE_PRECISION_HINT": "f32"}
    if device is Device.CPU:
        hints |= {"INFERENCE_NUM_THREADS": side_by_side, "NUM_STREAMS": side_by_side}
    core = openvino.Core()
    if not any(known.split(".")[0] == device.value for known in core.available_devices):
        told = ", ".join(core.available_devices)
        raise FootageError(FootageTrouble.NO_DEVICE, device.value, told)
    if device is Device.NPU:  # it computes in 16 bits alone
        del hints["INFERENCE_PRECISION_HINT"]
    try:
        return core.compile_model(model, device.value, hints)
    except RuntimeError as error:
        detail = str(error).splitlines()[0]
        raise FootageError(FootageTrouble.NO_DEVICE, device.value, detail) from error
