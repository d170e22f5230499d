"""Windows of one camera are observed together, and looked at when something changed."""

from collections.abc import Sequence

from tests.support.painted import hall, pictures
from video.messages import ZonePlan
from video.settings import CLIP
from video.sources.layout import zones_of
from video.sources.script import Script
from video.vocabulary.detection import Detection
from video.vocabulary.frame import Frame, Pixels
from video.vocabulary.geometry import Box
from video.vocabulary.observation import Answer, Health, HealthCause, Observation
from video.windows.observer import Observer
from video.windows.views import REFRESH_S


class Pointing:
    """Finds one person in the middle of every crop, or nobody, and counts what it was asked."""

    name = "pointing"
    knows_phones = False

    def __init__(self, box: Box | None) -> None:
        self.box = box
        self.looked = 0

    def detect(self, crops: Sequence[Pixels]) -> tuple[tuple[Detection, ...], ...]:
        self.looked += len(crops)
        found = (Detection(self.box, 0.9),) if self.box is not None else ()
        return tuple(found for _ in crops)


MIDDLE = Box(0.3, 0.2, 0.7, 0.8)
FINE = Health.OK, HealthCause.NONE


def observer(
    script: Script, detector: Pointing, zones: Sequence[ZonePlan] | None = None
) -> Observer:
    return Observer(
        zones if zones is not None else zones_of(script),
        detector,
        CLIP,
        width=script.width,
        height=script.height,
    )


def observed(watching: Observer, frame: Frame) -> tuple[Observation, ...]:
    return watching.observe(frame, watching.shrunk(frame.pixels), *FINE)


def frames_of(script: Script) -> list[Frame]:
    return list(pictures(script))


def test_every_window_is_told_in_its_order() -> None:
    script = hall(windows=3)
    watching = observer(script, Pointing(MIDDLE))

    seen = observed(watching, frames_of(script)[0])

    assert [one.window_id for one in seen] == ["window-1", "window-2", "window-3"]
    assert {one.clerk.answer for one in seen} == {Answer.YES}


def test_a_window_without_a_customer_area_tells_nothing_of_customers() -> None:
    script = hall()
    (zone,) = zones_of(script)
    watching = observer(script, Pointing(MIDDLE), [ZonePlan(zone.window_id, zone.seat)])

    (seen,) = observed(watching, frames_of(script)[0])

    assert seen.customer.answer is Answer.UNKNOWN


def test_a_crop_that_did_not_change_is_not_looked_at_again_for_a_while() -> None:
    script = hall("0 sit_still window-1", length_s=62, fps=1, width=640, height=360)
    detector = Pointing(MIDDLE)
    watching = observer(script, detector)

    looked = []
    for frame in frames_of(script):
        before = detector.looked
        observed(watching, frame)
        if detector.looked > before:
            looked.append(frame.at_s)

    assert looked == [0, REFRESH_S, 2 * REFRESH_S] == [0, 30, 60]


def test_a_crop_that_changed_is_looked_at_at_once() -> None:
    script = hall("3 leave window-1", fps=1)
    detector = Pointing(MIDDLE)
    watching = observer(script, detector)

    for frame in frames_of(script)[:4]:
        observed(watching, frame)
    before = detector.looked
    for frame in frames_of(script)[4:6]:
        observed(watching, frame)

    assert detector.looked > before


def test_a_blind_camera_tells_its_cause_and_nothing_else() -> None:
    script = hall(windows=2)
    detector = Pointing(MIDDLE)

    (frame, *_) = frames_of(script)
    watching = observer(script, detector)

    seen = watching.observe(frame, watching.shrunk(frame.pixels), Health.BLIND, HealthCause.COVERED)

    assert {one.clerk.answer for one in seen} == {Answer.UNKNOWN}
    assert {one.cause for one in seen} == {HealthCause.COVERED}
    assert detector.looked == 0
