"""Who waited, from when to when, and whom a window could have called."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import WindowId
from desktop.domain.queue import (
    Demand,
    Ticket,
    busy,
    joined,
    news,
    percentile,
    queue_of,
    queues_called,
    steps,
    waited_s,
    waits,
)
from tests.support.profiles import DAY

ONE, TWO = WindowId("one"), WindowId("two")
MINUTES = st.integers(0, 120)


def minute(number: float) -> datetime:
    return DAY + timedelta(minutes=number)


def ticket(
    number: int, taken: float, called: float | None = None, window: WindowId = ONE, queue: str = "A"
) -> Ticket:
    called_at = None if called is None else minute(called)
    where = window if called_at else WindowId("")
    return Ticket(f"A{number}", queue, minute(taken), called_at, None, where)


def test_a_wait_is_from_the_number_to_the_call() -> None:
    (wait,) = waits([ticket(1, 0, 12)])
    assert (wait.start, wait.end, wait.was_called) == (minute(0), minute(12), True)


def test_a_number_that_was_passed_over_waited_no_longer_than_the_next_one() -> None:
    gone, _ = waits([ticket(1, 0), ticket(2, 5, 9)])
    assert (gone.end, gone.was_called) == (minute(9), False)


def test_numbers_that_were_not_called_yet_wait_as_far_as_the_file_reaches() -> None:
    waited = waits([ticket(1, 0, 20), ticket(2, 5), ticket(3, 8)])
    assert [wait.end for wait in waited] == [minute(20)] * 3


def test_a_queue_passes_over_nobody_of_another_queue() -> None:
    waited = waits([ticket(1, 0), ticket(2, 5, 9, queue="B"), ticket(3, 6, 30, queue="B")])
    assert waited[0].end == minute(30)


def test_a_window_is_asked_only_for_the_queues_that_it_calls() -> None:
    tickets = [ticket(1, 0, 30), ticket(2, 0, 30, TWO, "B"), ticket(3, 0, 30, TWO, "B")]
    queues = queues_called(tickets)
    assert queue_of(ONE, waits(tickets), queues).demand == (Demand(minute(0), minute(30), 1),)
    assert queue_of(TWO, waits(tickets), queues).demand == (Demand(minute(0), minute(30), 2),)
    assert queue_of(WindowId("new"), waits(tickets), queues).demand == ()


def test_a_queue_without_a_name_is_everybodys() -> None:
    tickets = [ticket(1, 0, 30, queue="")]
    assert queue_of(TWO, waits(tickets), {}).demand == (Demand(minute(0), minute(30), 1),)


def test_busy_joins_what_follows_and_leaves_out_what_is_too_few() -> None:
    demand = (
        Demand(minute(0), minute(5), 1),
        Demand(minute(5), minute(9), 3),
        Demand(minute(9), minute(12), 5),
        Demand(minute(20), minute(30), 3),
    )
    found = busy(demand, minute(0), minute(25), 3)
    assert found == (Demand(minute(5), minute(12), 5), Demand(minute(20), minute(25), 3))


def test_a_later_import_adds_the_call_and_takes_nothing_back() -> None:
    early, late, empty = ticket(1, 0), ticket(1, 0, 8), ticket(1, 0)
    assert joined([[early], [late], [empty]]) == (late,)
    assert news([late], [early, ticket(2, 1)]) == (ticket(2, 1),)


def test_a_percentile_is_a_value_that_was_there() -> None:
    assert percentile(range(1, 11), 90) == 9
    assert percentile([7.0], 90) == 7.0
    assert percentile([1, 2, 3], 100) == 3


@given(st.lists(st.tuples(MINUTES, st.none() | MINUTES, st.sampled_from(["", "A", "B"]))))
def test_the_steps_add_up_to_what_everybody_waited(
    told: list[tuple[int, int | None, str]],
) -> None:
    tickets = [
        ticket(n, taken, None if more is None else taken + more, queue=queue)
        for n, (taken, more, queue) in enumerate(told)
    ]
    waited = waits(tickets)
    counted = sum((s.end - s.start).total_seconds() * s.waiting for s in steps(waited))
    assert len(waited) == len(tickets)
    assert all(wait.end >= wait.start for wait in waited)
    assert counted == sum(map(waited_s, waited))
