"""Runs each way in a process of its own, against cameras that another process plays."""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

import cv2

from video.bench.film import Film
from video.bench.server import ServerCost, serve
from video.bench.tally import Cost
from video.bench.ways import Received, Recorded, Treated, Watched, Way
from video.detectors.choosing import detector_of
from video.errors import FootageError, FootageTrouble
from video.messages import ZonePlan
from video.vocabulary.detection import Detector
from video.vocabulary.model import ModelPlan

MOST_REQUESTS = 4  # to the model at once, as in the watching process
GOODBYE_S = 10.0
POLL_S = 0.25
REST_S = 2.0
LOADING_S = 60.0  # with so many more seconds the child is given up

PeakMb = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Job:
    """What one child does.

    Attributes:
        patience_s: at most so long nothing is counted yet, while cameras connect and the spacing of
            their key frames is learnt.
        seconds: that are counted.
    """

    way: Way
    urls: tuple[str, ...]
    zones: tuple[ZonePlan, ...]
    model: ModelPlan | None
    patience_s: float
    seconds: float


def measure(pipe: "Connection[Cost | FootageError, None]", job: Job, peak_mb: PeakMb) -> None:
    """Treat cameras in one way and send what it cost: the child's entry."""
    cv2.setNumThreads(1)
    try:
        cameras = tuple(_cameras(job))
    except FootageError as error:
        pipe.send(error)
        return
    stop = threading.Event()
    threads = [threading.Thread(target=each.run, args=(stop,), daemon=True) for each in cameras]
    for thread in threads:
        thread.start()
    _settle(cameras, job.patience_s)
    before = time.process_time(), sum(camera.pictures for camera in cameras)
    for camera in cameras:
        camera.verdicts.clear()
    time.sleep(job.seconds)
    cpu_s = time.process_time() - before[0]
    verdicts = tuple(tuple(camera.verdicts) for camera in cameras)
    pictures = sum(camera.pictures for camera in cameras) - before[1]
    if job.way is not Way.WATCHED:
        verdicts = ()
    pipe.send(Cost(len(cameras), cpu_s, job.seconds, peak_mb(), pictures, verdicts))
    stop.set()
    for thread in threads:
        thread.join(GOODBYE_S)


def _settle(cameras: Sequence[Treated], patience_s: float) -> None:
    """Wait until all go on as they will, and a little longer for what was begun to be done."""
    until = time.monotonic() + patience_s
    while time.monotonic() < until and not all(camera.is_settled for camera in cameras):
        time.sleep(POLL_S)
    time.sleep(REST_S)


def _cameras(job: Job) -> Iterator[Treated]:
    if job.way is Way.FLOOR:
        yield from (Received(url) for url in job.urls)
        return
    detector: Detector = detector_of(job.model, requests=min(MOST_REQUESTS, os.cpu_count() or 1))
    for url in job.urls:
        if job.way is Way.WATCHED:
            yield Watched(url, job.zones, detector)
        else:
            yield Recorded(url, detector)


class Cameras:
    """Cameras that a process of their own plays, for as long as the context lasts."""

    def __init__(self, film: Film, pipe: "Connection[bool, int | ServerCost]", port: int) -> None:
        self.film = film
        self._pipe = pipe
        self._port = port

    def urls(self, number: int) -> tuple[str, ...]:
        """Give so many; each is a stream of its own."""
        return tuple(f"rtsp://127.0.0.1:{self._port}/{n}" for n in range(1, number + 1))

    def cost(self) -> ServerCost:
        """Ask what serving has needed."""
        self._pipe.send(True)
        told = self._pipe.recv()
        assert isinstance(told, ServerCost)
        return told


@contextmanager
def played(film: Film) -> "Iterator[Cameras]":
    """Play a film by as many cameras as are looked at."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    server = spawn.Process(target=serve, args=(theirs, film), name="bench-cameras", daemon=True)
    server.start()
    theirs.close()
    try:
        port = ours.recv()
        assert isinstance(port, int)
        yield Cameras(film, ours, port)
        ours.send(False)
    finally:
        ours.close()
        _ended(server)


def cost_of(
    way: Way,
    cameras: Cameras,
    number: int,
    *,
    model: ModelPlan | None,
    patience_s: float,
    seconds: float,
    peak_mb: PeakMb,
) -> Cost:
    """Run one way and wait for what it cost.

    Raises:
        FootageError: the model cannot be used, or the child came to nothing.
    """
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    job = Job(way, cameras.urls(number), cameras.film.zones, model, patience_s, seconds)
    child = spawn.Process(target=measure, args=(theirs, job, peak_mb), daemon=True)
    child.start()
    theirs.close()
    try:
        told = ours.recv() if ours.poll(LOADING_S + patience_s + seconds) else None
    except EOFError:
        told = None
    finally:
        ours.close()
        _ended(child)
    match told:
        case Cost():
            return told
        case FootageError():
            raise told
    raise FootageError(FootageTrouble.STREAM_ENDED, way.value, f"exit code {child.exitcode}")


def _ended(child: "multiprocessing.process.BaseProcess") -> None:
    child.join(GOODBYE_S)
    if child.is_alive():
        child.kill()
        child.join()
