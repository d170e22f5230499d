"""The machine stays awake while it watches, or is let sleep; neither keeps anybody waiting."""

import threading

from desktop.workers.wakefulness import Wakefulness


def test_holding_off_sleep_ends_when_it_is_asked_to_whatever_the_system_can_do() -> None:
    held = Wakefulness()
    for _ in range(2):
        held.want(awake=True)
        held.want(awake=False)
    assert not any(thread.name == "wakefulness" for thread in threading.enumerate())
