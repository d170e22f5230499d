"""A hall's script is read whole or refused with a reason."""

import pytest

from tests.support.painted import hall, hall_text
from video.errors import FootageError, FootageTrouble
from video.sources.script import Deed, parse_script


def test_acts_come_in_order_of_time_whatever_their_order_in_the_text() -> None:
    script = hall("9 return window-1", "3 leave window-1", "5 dim for_s=2 to=0.5")

    assert [act.deed for act in script.acts] == [Deed.LEAVE, Deed.DIM, Deed.RETURN]
    assert [act.deed for act in script.of_window(0)] == [Deed.LEAVE, Deed.RETURN]


def test_an_act_of_the_camera_lasts_as_long_as_it_says() -> None:
    (cover,) = hall("5 cover for_s=2").of_camera(Deed.COVER)

    assert [cover.is_on(at_s) for at_s in (4.9, 5.0, 6.9, 7.0)] == [False, True, True, False]


def test_a_window_that_is_not_described_begins_with_a_clerk_and_no_customer() -> None:
    text = hall_text(windows=2) + '\n[[window]]\nid = "window-2"\nclerk = false\ncustomer = true'

    first, second = parse_script(text).windows

    assert (first.clerk, first.customer) == (True, False)
    assert (second.clerk, second.customer) == (False, True)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("[hall", "table"),
        ("", "hall"),
        (hall_text() + "\nweather = 1", "unknown: weather"),
        (hall_text(windows=0), "0 is not between 1"),
        (hall_text(width=321), "an even number"),
        (hall_text(fps=0), "0 is not between"),
        (hall_text("2 dance window-1"), "dance"),
        (hall_text("2 leave"), "leave: a window is needed"),
        (hall_text("2 cover window-1"), "cover: a window is not needed"),
        (hall_text("2 leave window-9"), "no such window: window-9"),
        (hall_text("99 leave window-1"), "99 is not between"),
        (hall_text("2 dim to=7"), "7 is not between"),
        (hall_text('2 leave window-1 loud="yes"'), "unknown: loud"),
        (hall_text() + '\n[[window]]\nid = "door"', "no such window: door"),
    ],
)
def test_a_script_that_cannot_be_played_is_refused(text: str, detail: str) -> None:
    with pytest.raises(FootageError) as refused:
        parse_script(text)

    assert refused.value.trouble is FootageTrouble.BAD_SCRIPT
    assert detail in refused.value.detail
