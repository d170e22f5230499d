"""Compares what watching costs with the floor and with a recorder, and seeks the limit."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass

from video.bench.film import BITS, FPS, HEIGHT, KEY_EVERY_S, WIDTH, Film
from video.bench.running import PeakMb, cost_of, played
from video.bench.server import ServerCost
from video.bench.tally import Cost
from video.bench.ways import RECORDED_FPS, Way
from video.vocabulary.model import ModelPlan

RECORDED_CAMERAS = 4  # more than a few would be late on a small machine, and late is cheap
FINE_STEP = 4  # cameras between one number that holds and one that does not
GROWTH = 2
TOO_LATE_S = 1.0  # half of what lies between two verdicts: the pictures were not sent in time

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What to measure.

    Attributes:
        most: where the search for the largest number ends; 0 searches for none.
        patience_s: key frames alone are decoded once three spacings of two seconds were seen.
    """

    cameras: int = 32
    windows: int = 4
    most: int = 128
    busy: bool = False
    patience_s: float = 60.0
    seconds: float = 30.0
    model: ModelPlan | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found.

    Attributes:
        largest: cameras with no verdict missed, None where that was not sought.
    """

    wish: Wish
    floor: Cost
    watched: Cost
    recorded: Cost
    server: ServerCost
    largest: int | None

    @property
    def of_floor(self) -> float:
        """How many times the work of the floor watching is."""
        return self.watched.cpu_of_camera / self.floor.cpu_of_camera

    @property
    def of_recorder(self) -> float:
        """How many times the work of watching a recorder's is."""
        return self.recorded.cpu_of_camera / self.watched.cpu_of_camera

    @property
    def missed(self) -> int:
        """Verdicts that were due and not given."""
        return self.watched.missed(KEY_EVERY_S)


def compared(wish: Wish, film: Film, *, peak_mb: PeakMb, tell: Tell) -> Comparison:
    """Run everything, one after the other.

    Raises:
        FootageError: the model cannot be used, or a child came to nothing.
    """

    def run(way: Way, number: int) -> Cost:
        tell(f"{way.value}: {number} cameras")
        return cost_of(
            way,
            cameras,
            number,
            model=wish.model,
            patience_s=wish.patience_s,
            seconds=wish.seconds,
            peak_mb=peak_mb,
        )

    with played(film) as cameras:
        floor = run(Way.FLOOR, wish.cameras)
        watched = run(Way.WATCHED, wish.cameras)
        server = cameras.cost()
        recorded = run(Way.RECORDED, min(wish.cameras, RECORDED_CAMERAS))
        largest = None
        if wish.most:
            holds = not watched.missed(KEY_EVERY_S)
            largest = largest_number(
                lambda number: not run(Way.WATCHED, number).missed(KEY_EVERY_S),
                known=wish.cameras,
                holds=holds,
                most=wish.most,
            )
    return Comparison(wish, floor, watched, recorded, server, largest)


def largest_number(holds_at: Callable[[int], bool], *, known: int, holds: bool, most: int) -> int:
    """Seek the largest number that holds, to a few; what holds once is believed.

    Args:
        known: a number that was tried, and whether it held.
    """
    good, bad = (known, most + 1) if holds else (0, known)
    while good < most and bad > most:
        number = min(most, max(1, good * GROWTH))
        good, bad = (number, bad) if holds_at(number) else (good, number)
    while bad - good > FINE_STEP and bad <= most:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if holds_at(middle) else (good, middle)
    return good


def told(found: Comparison) -> Iterator[str]:
    """Print it for people."""
    wish = found.wish
    scene = "忙碌 busy" if wish.busy else "平静 calm"
    yield (
        f"{scene} · {WIDTH}×{HEIGHT} H.264 {FPS} fps, key frame every {KEY_EVERY_S:g} s, "
        f"{BITS / 1e6:g} Mbit/s · {wish.windows} windows a camera · {os.cpu_count()} cores"
    )
    yield _row("", "cameras", "CPU a camera", "of floor", "peak memory")
    floor = found.floor.cpu_of_camera
    for name, cost in _costs(found).items():
        of_core, of_floor = f"{cost.cpu_of_camera:.2%}", f"{cost.cpu_of_camera / floor:.2f}"
        yield _row(name, str(cost.cameras), of_core, of_floor, f"{cost.peak_mb:.0f} MB")
    yield f"录像机方式 ÷ 本程序 recorder over ours: {found.of_recorder:.2f}"
    yield f"漏判 missed ticks: {found.missed} of {found.watched.ticks + found.missed}"
    if (latencies := found.watched.latencies_ms) is not None:
        middle, late = latencies
        yield f"判断延迟 verdict latency: median {middle:.0f} ms, 95 % within {late:.0f} ms"
    yield (
        f"摄像机服务 server, counted apart: {found.server.cpu_s:.1f} s of CPU, "
        f"a picture at most {found.server.late_s * 1000:.0f} ms late"
    )
    if found.server.late_s > TOO_LATE_S:
        yield "机器太忙，漏判数不作数 the server itself was late: missed ticks tell nothing"
    if found.largest is not None:
        sought = f"(sought to {wish.most})"
        yield f"最多路数 most cameras without a missed tick: {found.largest} {sought}"


def record_of(found: Comparison) -> Mapping[str, object]:
    """Give it as JSON values; shares of a core are fractions."""
    latencies = found.watched.latencies_ms or (None, None)
    return {
        "busy": found.wish.busy,
        "windows": found.wish.windows,
        "cores": os.cpu_count(),
        "seconds": found.wish.seconds,
        **{name: _cost_record(cost) for name, cost in _named(found).items()},
        "of_floor": found.of_floor,
        "of_recorder": found.of_recorder,
        "missed_ticks": found.missed,
        "ticks": found.watched.ticks,
        "latency_ms": {"median": latencies[0], "p95": latencies[1]},
        "server": asdict(found.server),
        "largest": found.largest,
    }


def _named(found: Comparison) -> Mapping[str, Cost]:
    return {"floor": found.floor, "watched": found.watched, "recorder": found.recorded}


def _costs(found: Comparison) -> Mapping[str, Cost]:
    words = {
        "floor": "只收流解关键帧 floor",
        "watched": "本程序 watched",
        "recorder": f"录像机方式 recorder, {RECORDED_FPS} fps",
    }
    return {words[name]: cost for name, cost in _named(found).items()}


def _cost_record(cost: Cost) -> Mapping[str, object]:
    return {
        "cameras": cost.cameras,
        "cpu_of_camera": cost.cpu_of_camera,
        "peak_mb": cost.peak_mb,
        "pictures": cost.pictures,
    }


def _row(name: str, *cells: str) -> str:
    wide = sum(2 if ord(letter) > 0x2E7F else 1 for letter in name)
    return name + " " * (32 - wide) + "".join(cell.rjust(14) for cell in cells)
