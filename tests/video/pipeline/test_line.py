"""A camera's line finds what happens before it, and says so in reports."""

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

import av
import pytest

from tests.support.drawn import ABSENCE, detector, drawn_camera, reports_of
from tests.support.vaults import MemoryVault
from video.errors import FootageTrouble
from video.messages import (
    AbsenceReminder,
    CameraTrouble,
    EventClosed,
    EventOpened,
    Report,
    SourceEnded,
    StateSpan,
    WindowStatus,
)
from video.settings import CLIP
from video.vocabulary.detection import Detection, Kind
from video.vocabulary.event import ItemRole
from video.vocabulary.frame import Pixels
from video.vocabulary.geometry import Box
from video.vocabulary.state import WindowState

T = TypeVar("T")

# As `clip`, but with the thresholds of the plan, and slower.
PATIENT = replace(CLIP, threshold_s=None, tick_s=1.0, clerk_enter_s=2.0, clerk_leave_s=4.0)

# The clerk does not come back before the end.
OPEN = ABSENCE.replace("length_s = 36", "length_s = 23").replace("at_s = 24", "at_s = 23")


def of_kind(reports: Iterable[Report], kind: type[T]) -> list[T]:
    return [report for report in reports if isinstance(report, kind)]


@pytest.fixture(scope="module")
def kept() -> MemoryVault:
    return MemoryVault()


@pytest.fixture(scope="module")
def reports(kept: MemoryVault) -> list[Report]:
    return reports_of(drawn_camera(), vault=kept, profile=PATIENT)


def test_a_scripted_absence_is_found_back_dated_to_within_two_seconds(
    reports: list[Report],
) -> None:
    (closed,) = of_kind(reports, EventClosed)

    assert closed.event.window_id == "window-1"
    assert closed.event.state is WindowState.ABSENT
    assert closed.event.start_s == pytest.approx(12.8, abs=2.0)
    assert closed.event.end_s == pytest.approx(24.8, abs=2.0)
    assert closed.event.conclusive


def test_the_reminder_comes_before_the_alert_and_the_alert_at_its_threshold(
    reports: list[Report],
) -> None:
    told = [r for r in reports if isinstance(r, AbsenceReminder | EventOpened | EventClosed)]

    assert [type(report) for report in told] == [AbsenceReminder, EventOpened, EventClosed]
    opened = of_kind(reports, EventOpened)[0].event
    assert of_kind(reports, AbsenceReminder)[0].event_id == opened.event_id
    shown = {item.role: item.at_s for item in opened.items}
    assert shown[ItemRole.THRESHOLD] - opened.start_s == pytest.approx(8.0, abs=1.0)
    assert shown[ItemRole.HALF] - opened.start_s == pytest.approx(4.0, abs=1.0)


def test_the_pack_shows_every_moment_and_each_still_has_a_masked_copy(
    reports: list[Report], kept: MemoryVault
) -> None:
    event = of_kind(reports, EventClosed)[0].event
    originals = {item.role for item in event.items if item.masked_of is None}
    masked = {item.masked_of for item in event.items if item.masked_of is not None}

    assert originals == set(ItemRole) - {ItemRole.END}
    stills = [item for item in event.items if item.media_type == "image/jpeg"]
    assert masked == {item.sha256 for item in stills if item.masked_of is None}
    assert all(len(kept.get(item.sha256)) == item.size for item in event.items)


def test_the_clips_play_and_cover_ten_seconds_around_start_and_return(
    reports: list[Report], kept: MemoryVault
) -> None:
    event = of_kind(reports, EventClosed)[0].event
    clips = [item for item in event.items if item.role is ItemRole.CLIP]

    assert len(clips) == 2
    for item, moment in zip(clips, (event.start_s, event.end_s), strict=True):
        assert moment is not None
        with av.open(io.BytesIO(kept.get(item.sha256))) as container:
            times = [frame.time for frame in container.decode(video=0)]
        assert item.at_s <= moment - 10.0
        assert times[0] == 0
        assert item.at_s + (times[-1] or 0.0) == pytest.approx(moment + 10.0, abs=0.5)


def test_the_manifest_lists_the_digest_of_every_other_item(
    reports: list[Report], kept: MemoryVault
) -> None:
    event = of_kind(reports, EventClosed)[0].event
    (manifest,) = [item for item in event.items if item.role is ItemRole.MANIFEST]
    told = json.loads(kept.get(manifest.sha256))

    assert [row["sha256"] for row in told["items"]] == [
        item.sha256 for item in event.items if item is not manifest
    ]
    assert told["missing"] == {}
    assert told["detector"].startswith("MobileNet-SSD 761c86fbae3d OpenVINO ")
    assert told["lesson_sha256"] is None  # nothing was learned of the seat
    assert told["thresholds_s"] == {"absence": 8.0, "customer_waiting": 6.0, "reminder": 4.0}
    assert told["earlier_manifest"] in kept.held


def test_spans_of_a_window_meet_without_gaps_and_the_source_tells_its_end(
    reports: list[Report],
) -> None:
    (ended,) = of_kind(reports, SourceEnded)
    for window in ("window-1", "window-2"):
        spans = [span for span in of_kind(reports, StateSpan) if span.window_id == window]
        ticks = [s for s in of_kind(reports, WindowStatus) if s.window_id == window]

        assert all(one.end_s == other.start_s for one, other in pairwise(spans))
        assert spans[-1].end_s == ended.at_s
        assert len(ticks) == ended.ticks


def test_an_absence_that_outlives_the_footage_is_closed_without_an_end() -> None:
    reports = reports_of(drawn_camera(OPEN), vault=MemoryVault(), profile=PATIENT)

    event = of_kind(reports, EventClosed)[0].event
    roles = [item.role for item in event.items if item.masked_of is None]
    assert event.end_s is None
    assert ItemRole.RETURN not in roles
    assert ItemRole.CLIP in roles


def test_a_full_disk_costs_evidence_but_no_event() -> None:
    vault = MemoryVault(room=5_000)  # strip and manifest, but no picture

    reports = reports_of(drawn_camera(OPEN), vault=vault, profile=PATIENT)

    event = of_kind(reports, EventClosed)[0].event
    assert {item.role for item in event.items} == {ItemRole.STRIP, ItemRole.MANIFEST}
    (manifest,) = [item for item in event.items if item.role is ItemRole.MANIFEST]
    assert json.loads(vault.get(manifest.sha256))["missing"]["start"] == "disk_full"
    troubles = of_kind(reports, CameraTrouble)
    assert {(one.trouble, one.retry_s) for one in troubles} == {(FootageTrouble.DISK_FULL, 0.0)}
    assert of_kind(reports, SourceEnded)


class PhoneFinder:
    """Sees persons as the real detector does, each with a phone in hand."""

    name = "phones"
    knows_phones = True

    def detect(self, crops: Sequence[Pixels]) -> tuple[tuple[Detection, ...], ...]:
        return tuple(
            (*found, *(_in_hand(one) for one in found)) for found in detector().detect(crops)
        )


def _in_hand(person: Detection) -> Detection:
    box = person.box
    wide, high = (box.x2 - box.x1) / 10, (box.y2 - box.y1) / 10
    x, y = (box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2
    return Detection(Box(x - wide, y - high, x + wide, y + high), 0.6, Kind.PHONE)


def test_a_phone_in_use_is_an_event_with_pictures_of_its_own() -> None:
    vault, profile = MemoryVault(), replace(PATIENT, phone_enter_s=16.0)

    reports = reports_of(drawn_camera(), vault=vault, profile=profile, finder=PhoneFinder())

    events = [one.event for one in of_kind(reports, EventClosed)]
    (closed,) = [event for event in events if event.state is WindowState.PHONE]
    assert (closed.window_id, closed.end_s) == ("window-2", None)
    assert {item.role for item in closed.items} >= {
        ItemRole.START, ItemRole.HALF, ItemRole.THRESHOLD, ItemRole.CLIP, ItemRole.MANIFEST,
    }  # fmt: skip
    (strip,) = [item for item in closed.items if item.role is ItemRole.STRIP]
    assert "y" in json.loads(vault.get(strip.sha256))["phone"]
    (manifest,) = [item for item in closed.items if item.role is ItemRole.MANIFEST]
    assert json.loads(vault.get(manifest.sha256))["thresholds_s"]["phone"] == 18.0
