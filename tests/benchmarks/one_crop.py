"""One crop from its pixels to its boxes, against the bare inference of the same model.

    python -m tests.benchmarks.one_crop [ONNX FAMILY]

One thread, in turn, so that what disturbs one disturbs the other; 32-bit floats, as they are used.
The processor time is told beside, for a machine that is busy stretches the time alone.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import cv2
import numpy as np
import openvino

from tests.support.drawn import drawn_camera
from tests.support.painted import hall, pictures
from video.detectors import graph
from video.detectors.asking import Blob, Requests
from video.detectors.choosing import detector_of
from video.detectors.mobilenet import load_weights, weights_path
from video.detectors.own import pinned
from video.vocabulary.frame import Pixels
from video.vocabulary.model import Device, ModelFamily, ModelPlan
from video.windows.areas import cut_around

ROUNDS = 200
SIZE = {"width": 1280, "height": 720}


def crop() -> Pixels:
    """The seat of a drawn clerk."""
    (frame, *_) = pictures(hall(windows=4, fps=1, length_s=1, **SIZE))
    seat = drawn_camera().zones[0].seat
    return np.ascontiguousarray(cut_around(seat, **SIZE).of(frame.pixels))


def bare(plan: ModelPlan | None) -> tuple[Requests, Blob]:
    """The network alone, and something to ask it."""
    if plan is None:
        model = graph.build(load_weights(weights_path()))
    else:
        model = openvino.Core().read_model(plan.path)
    shape = [dim.get_length() for dim in model.inputs[0].partial_shape]
    blob = {0: np.zeros(shape, np.float32)}
    return Requests(model, Device.CPU, side_by_side=1), blob


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - cpu


def main(words: list[str]) -> None:
    plan = pinned(Path(words[0]), ModelFamily(words[1])) if words else None
    cv2.setNumThreads(1)
    detector, pixels = detector_of(plan, requests=1), crop()
    requests, blob = bare(plan)
    whole: list[tuple[float, float]] = []
    alone: list[tuple[float, float]] = []
    for turn in range(ROUNDS + 10):
        pair = timed(lambda: detector.detect([pixels])), timed(lambda: requests.answers([blob]))
        if turn >= 10:  # warm by now
            whole.append(pair[0])
            alone.append(pair[1])
    able = openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    print(f"{detector.name} · processor can {', '.join(sorted(able))} · crop {pixels.shape[:2]}")
    for name, times in (("whole call", whole), ("bare inference", alone)):
        clock, cpu = (median(column) * 1000 for column in zip(*times, strict=True))
        print(f"{name:16} {clock:6.2f} ms   {cpu:6.2f} ms of the processor")
    ratio = median(cpu for _, cpu in whole) / median(cpu for _, cpu in alone)
    print(f"ratio of the processor times: {ratio:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
