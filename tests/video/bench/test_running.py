"""Real cameras on loopback are received, and what that costs is told by another process."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from tests.support.detectors import Blindfold
from tests.support.footage import FPS as DRAWN_FPS
from tests.support.footage import encoded
from video.bench.film import FPS, KEY_EVERY, Film, film_of
from video.bench.running import Cameras, cost_of, played
from video.bench.ways import Watched, Way
from video.messages import ZonePlan
from video.process.memory import peak_mb
from video.vocabulary.detection import Detection
from video.vocabulary.frame import Pixels
from video.vocabulary.geometry import Polygon


@pytest.fixture(scope="module")
def cameras() -> Iterator[Cameras]:
    """Small pictures, a key frame in ten, played at the pace of the bench."""
    shape, packets = encoded(seconds=4)
    film = Film(shape, tuple(replace(p, show_s=p.show_s * DRAWN_FPS / FPS) for p in packets), ())
    with played(film) as made:
        yield made


def test_two_cameras_are_received_at_their_pace_and_serving_is_counted_apart(
    cameras: Cameras,
) -> None:
    cost = cost_of(Way.FLOOR, cameras, 2, model=None, patience_s=20.0, seconds=2.0, peak_mb=peak_mb)

    assert cost.cameras == 2
    assert 2 <= cost.pictures <= 40  # ten are due; a busy machine may lag, or catch up
    assert cost.cpu_s > 0
    assert cost.peak_mb > 0
    assert cameras.cost().cpu_s > 0


def test_a_camera_is_watched_as_the_program_does_it(cameras: Cameras) -> None:
    class Stopping(Blindfold):
        """Asks to stop at the third picture."""

        asked = 0

        def detect(self, crops: Sequence[Pixels]) -> tuple[tuple[Detection, ...], ...]:
            self.asked += 1
            if self.asked == 3:
                stop.set()
            return super().detect(crops)

    stop = threading.Event()
    seat = Polygon(((0.1, 0.1), (0.6, 0.1), (0.6, 0.9), (0.1, 0.9)))
    watched = Watched(cameras.urls(1)[0], [ZonePlan("window-1", seat)], Stopping())

    watched.run(stop)

    assert len(watched.verdicts) >= 2
    assert all(verdict.latency_s >= 0 for verdict in watched.verdicts)


def test_a_drawn_film_begins_with_a_key_frame_and_shows_its_windows() -> None:
    film = film_of(2, busy=False, length_s=2)

    assert [packet.key for packet in film.packets] == [True] + [False] * (KEY_EVERY - 1)
    assert [zone.window_id for zone in film.zones] == ["window-1", "window-2"]
    assert film.packets[-1].show_s == pytest.approx((KEY_EVERY - 1) / FPS)
