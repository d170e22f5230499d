from itertools import combinations

import pytest

from desktop.system.theme import Tone
from desktop.viewmodels.states import OVERLAYS, STATES, StateLook, look_of
from video.vocabulary.state import Overlay, WindowState

ALL: list[StateLook] = [*STATES.values(), *OVERLAYS.values()]


@pytest.mark.parametrize("state", WindowState)
@pytest.mark.parametrize("overlay", Overlay)
def test_every_state_under_every_overlay_has_a_look(state: WindowState, overlay: Overlay) -> None:
    assert look_of(state, overlay).word


def test_no_two_states_share_a_shape_or_a_word() -> None:
    for one, other in combinations(ALL, 2):
        assert one.shape is not other.shape
        assert one.word != other.word


def test_red_is_for_absence_alone() -> None:
    red = {state for state, look in STATES.items() if look.tone is Tone.BAD}
    assert red == {WindowState.ABSENT, WindowState.UNATTENDED_CUSTOMER}


def test_what_the_schedule_says_lies_over_what_the_machine_sees() -> None:
    assert not look_of(WindowState.ABSENT, Overlay.EXCUSED).alarming
    assert look_of(WindowState.ABSENT).alarming
