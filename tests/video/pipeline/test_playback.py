"""Changed areas are judged on a camera's last minutes, as they would have been judged live."""

from dataclasses import replace

import pytest

from tests.support.detectors import Blindfold
from tests.support.painted import START, hall, hall_text, source
from tests.support.vaults import MemoryVault
from video.errors import FootageError, FootageTrouble
from video.evidence.keeper import EvidenceKeeper, Recent
from video.messages import PlayBack, ZonePlan
from video.pipeline.overlays import always_open
from video.pipeline.playback import Trial, played_back
from video.settings import CLIP
from video.sources.base import Taken
from video.sources.feed import Connected, recorded
from video.sources.layout import zones_of
from video.states.machine import Rules
from video.states.spell import Limits
from video.vocabulary.geometry import Polygon
from video.vocabulary.state import WindowState

ACTS = ("0 leave window-1",)
SCRIPT = hall(*ACTS, length_s=20)
RULES = Rules.of(CLIP, Limits(8.0, 4.0, 6.0))
CORNER = ZonePlan("elsewhere", Polygon(((0.0, 0.0), (0.3, 0.0), (0.3, 0.4), (0.0, 0.4))))


def recent() -> Recent:
    keeper = EvidenceKeeper(MemoryVault(), {})
    for arrival in recorded(source(hall_text(*ACTS, length_s=20))):
        match arrival:
            case Connected(shape):
                keeper.connected(shape)
            case Taken(packet, frames):
                keeper.came(packet)
                for frame in frames:
                    keeper.pictured(frame)
    kept = keeper.recent()
    assert kept is not None
    return kept


def trial() -> Trial:
    return Trial(recent(), Blindfold("ours"), RULES, always_open)


def test_every_picture_comes_with_the_state_of_each_new_area_and_its_own_time() -> None:
    zones = (*zones_of(SCRIPT), CORNER)
    seen = list(played_back(PlayBack(1, "camera-1", zones), trial()))

    assert {tuple(one.states) for one in seen} == {("window-1", "elsewhere")}
    assert seen[0].at_wall == START
    times = [one.at_wall for one in seen]
    assert times == sorted(times)
    assert seen[-1].states["window-1"] is WindowState.ABSENT
    assert all(one.jpeg.startswith(b"\xff\xd8") for one in seen)


def test_an_area_too_small_to_judge_is_refused() -> None:
    speck = replace(CORNER, seat=Polygon(((0.5, 0.5), (0.51, 0.5), (0.51, 0.51))))
    with pytest.raises(FootageError) as refusal:
        next(played_back(PlayBack(1, "camera-1", (speck,)), trial()))
    assert refusal.value.trouble is FootageTrouble.BAD_ZONE


def test_a_camera_without_a_picture_has_nothing_to_play() -> None:
    assert EvidenceKeeper(MemoryVault(), {}).recent() is None
