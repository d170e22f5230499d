"""A model is tried in a child of its own: what a foreign file breaks is not what watches."""

import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeAlias

from video.errors import FootageError
from video.vocabulary.model import Device, ModelFamily, ModelTried

ROUNDS = 5
Outcome: TypeAlias = ModelTried | FootageError


def try_model(
    pipe: "Connection[Outcome, None]", path: Path, family: ModelFamily, device: Device
) -> None:
    """Load a model, ask it about a grey picture, and send what came of it: the child's entry."""
    try:
        pipe.send(_tried(path, family, device))
    except FootageError as error:
        pipe.send(error)


def _tried(path: Path, family: ModelFamily, device: Device) -> ModelTried:
    import numpy as np  # noqa: PLC0415  # here alone: the owner names this module

    from video.detectors.own import OwnModel, pinned  # noqa: PLC0415

    plan = pinned(path, family, device)
    model = OwnModel(plan, requests=1)
    crop = np.full((300, 300, 3), 128, np.uint8)
    began = time.perf_counter()
    for _ in range(ROUNDS):
        model.detect([crop])
    crop_ms = (time.perf_counter() - began) / ROUNDS * 1000
    return ModelTried(plan, model.name, model.knows_phones, crop_ms)
