"""One detector serves all cameras at once, and mixes nobody's answers up."""

from concurrent.futures import ThreadPoolExecutor

from tests.support.drawn import ABSENCE
from tests.support.painted import pictures
from video.detectors.mobilenet import MobileNetSsd
from video.sources.script import parse_script


def test_cameras_that_ask_at_the_same_time_get_the_answers_to_their_own_pictures() -> None:
    detector = MobileNetSsd.installed(requests=2)
    frame = next(pictures(parse_script(ABSENCE))).pixels
    crops = [frame[60:300, left : left + 240] for left in range(0, 400, 80)]
    alone = [detector.detect([crop])[0] for crop in crops]

    with ThreadPoolExecutor(len(crops)) as cameras:
        together = list(cameras.map(lambda crop: detector.detect([crop] * 3), crops))

    assert together == [(answer,) * 3 for answer in alone]
    assert len(set(alone)) > 1


def test_cameras_that_never_pause_do_not_wait_for_one_another_for_ever() -> None:
    detector = MobileNetSsd.installed(requests=2)
    crop = next(pictures(parse_script(ABSENCE))).pixels[60:300, :240]

    def watch(_: int) -> int:
        return sum(len(detector.detect([crop] * 2)) for _ in range(10))

    with ThreadPoolExecutor(4) as cameras:
        answered = [cameras.submit(watch, number) for number in range(4)]
        assert [future.result(timeout=60) for future in answered] == [20] * 4
