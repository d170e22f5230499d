"""The demonstration has a queue to look at: of its own units and windows, up to now."""

from datetime import timedelta
from pathlib import Path

from desktop.assembly.demonstration import drawn_plan, set_up_demonstration
from desktop.assembly.program import Program
from desktop.assembly.sample_queue import add_sample_queue
from desktop.domain.demonstration.queue import make_tickets
from desktop.domain.organisation import Window
from desktop.domain.queue import waits
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.system.secrets import MemorySecrets
from desktop.viewmodels.queue.day import read_sheet
from tests.support.profiles import DAY, SetClock, hall_plan


def test_a_day_is_drawn_the_same_again_and_windows_serve_one_at_a_time() -> None:
    plan = hall_plan()
    until = DAY + timedelta(hours=7)
    tickets = make_tickets(plan.units, plan.windows, DAY, until, 1)
    assert tickets == make_tickets(plan.units, plan.windows, DAY, until, 1)
    assert len(tickets) > 20
    assert all(t.taken_at <= until and (t.called_at or until) <= until for t in tickets)
    for window in plan.windows:
        served = sorted((t.called_at, t.ended_at) for t in tickets if t.window_id == window.id)
        ends = [end or until for _, end in served]
        assert all(end <= start for end, (start, _) in zip(ends, served[1:], strict=False))
    assert any(not wait.was_called for wait in waits(tickets))


def test_the_page_of_the_queue_has_the_last_working_days(tmp_path: Path) -> None:
    clock = SetClock(DAY + timedelta(hours=5))
    with Program(Paths(tmp_path), Settings(), MemorySecrets(), clock=clock) as program:
        hall = set_up_demonstration(program, drawn_plan())
        add_sample_queue(program, hall)
        look = program.desk.look
        today = look(lambda r: read_sheet(r, DAY.date())).result()
        windows = look(lambda r: r.find(Window)).result()
    assert today.whole.called > 20
    assert len(today.windows) == len(windows)
    assert today.imports[0].first_day < today.imports[0].last_day == DAY.date()
