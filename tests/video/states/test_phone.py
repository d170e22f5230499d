"""A clerk with a phone is told of after minutes, not after a glance, never with a customer."""

from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.observations import observations, played
from tests.video.states.test_machine import of_kind, states
from video.settings import HALL
from video.states.changes import Alerted, SpanEnded, SpellBegan, SpellEnded, SpellForgotten
from video.states.machine import Rules
from video.states.spell import Limits
from video.vocabulary.state import Overlay, WindowState

RULES = Rules.of(HALL, Limits(900.0, 300.0, 300.0, phone_s=180.0))
HERE = "h" * 30
USE = "pph" * 70  # 210 seconds, seen in two of three ticks


def test_a_phone_seen_again_and_again_is_the_state_from_its_first_tick_to_its_last() -> None:
    _, changes = played(observations(HERE + USE + "h" * 60), RULES)

    assert states(changes)[1:] == [WindowState.READY, WindowState.PHONE, WindowState.READY]
    used = of_kind(changes, SpanEnded)[2]
    assert (used.start.at_s, used.end.at_s) == (30, 238)


def test_the_alert_comes_at_start_plus_threshold_and_the_event_ends_with_the_phone() -> None:
    _, changes = played(observations(HERE + USE + "h" * 60), RULES)

    (began,), (alerted,) = of_kind(changes, SpellBegan), of_kind(changes, Alerted)
    (ended,) = of_kind(changes, SpellEnded)
    assert began.spell.start.at_s == 30
    assert alerted.at.at_s == 210
    assert alerted.spell.alert == 180
    assert alerted.spell.alert_state is WindowState.PHONE
    assert ended.end is not None
    assert ended.end.at_s == 238


def test_glances_are_no_state() -> None:
    _, changes = played(observations(HERE + ("p" * 10 + "h" * 40) * 8), RULES)

    assert WindowState.PHONE not in states(changes)
    assert not of_kind(changes, SpellBegan)


def test_a_phone_that_is_seen_in_every_third_tick_only_is_no_state() -> None:
    _, changes = played(observations(HERE + "phh" * 100), RULES)

    assert WindowState.PHONE not in states(changes)


def test_with_a_customer_nobody_is_told_of_phones() -> None:
    _, changes = played(observations(HERE + "P" * 400), RULES)

    assert states(changes)[1:] == [WindowState.READY, WindowState.SERVING]
    assert not of_kind(changes, Alerted)


def test_a_customer_who_comes_ends_it() -> None:
    _, changes = played(observations(HERE + USE + "s" * 60), RULES)

    assert states(changes)[-2:] == [WindowState.PHONE, WindowState.SERVING]
    assert len(of_kind(changes, SpellEnded)) == 1


def test_a_pause_ends_it_and_lets_its_evidence_go() -> None:
    seen = list(observations(HERE + "p" * 100 + "p" * 60))
    laid = [Overlay.NONE] * 130 + [Overlay.PAUSED] * 60

    _, changes = played(seen, RULES, laid)

    assert len(of_kind(changes, SpellForgotten)) == 1
    assert not of_kind(changes, Alerted)


def test_a_clerk_who_leaves_with_the_phone_is_absent_afterwards() -> None:
    _, changes = played(observations(HERE + USE + "n" * 60), RULES)

    assert states(changes)[-2:] == [WindowState.PHONE, WindowState.ABSENT]
    kinds = [type(change) for change in changes]
    assert kinds.index(SpellEnded) < len(kinds) - 1 - kinds[::-1].index(SpellBegan)


def test_a_detector_without_phones_never_says_so() -> None:
    _, changes = played(observations("y" * 600), RULES)

    assert WindowState.PHONE not in states(changes)


@given(st.text("ppphhP?nsb", min_size=2, max_size=400))
@example("PP??PPP??hPPh??P?")  # it ended in the very tick before the watching did
def test_evidence_is_kept_of_one_thing_at_a_time(letters: str) -> None:
    rules = Rules.of(HALL, Limits(60.0, 30.0, 40.0, phone_s=130.0))
    _, changes = played(observations(HERE + letters), rules)

    is_open = False
    for change in changes:
        if isinstance(change, SpellBegan):
            assert not is_open
            is_open = True
        elif isinstance(change, SpellEnded | SpellForgotten):
            assert is_open
            is_open = False
        elif isinstance(change, Alerted):
            assert is_open
