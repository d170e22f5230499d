"""A file of queue tickets from the disk to findings, and back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop import assets
from desktop.assembly.queue import QueueTaken, take_queue_file, withdraw_queue_file
from desktop.domain.errors import NotAllowed, WrongState
from desktop.domain.evidence import StateSpan
from desktop.domain.findings import Finding
from desktop.domain.identifiers import new_id
from desktop.domain.organisation import Zone
from desktop.domain.queue import QueueDay
from desktop.domain.roles import Role, machine
from desktop.domain.rules.catalogue import Catalogue
from desktop.exchange.queue_tickets import look_at_queue_file, read_aliases
from desktop.usecases.attendance import expire_notices
from desktop.usecases.organisation import keep_spans, set_up_hall
from desktop.usecases.queue import read_tickets
from desktop.workers.case_desk import CaseDesk
from tests.support.profiles import CALENDAR, DAY, SetClock, hall_plan, open_store, person
from tests.support.queue_files import queue_file, ticket_row


class Office:
    """A hall whose second window was ready without a customer from nine on."""

    def __init__(self, folder: Path) -> None:
        plan = hall_plan()
        square = plan.cameras[0].zones[0].seat
        zones = tuple(Zone(window.id, square, square) for window in plan.windows)
        self.plan = replace(plan, cameras=(replace(plan.cameras[0], zones=zones),))
        self.clock, self.calendar = SetClock(), CALENDAR
        self.catalogue = Catalogue(assets.rule_files())
        self.desk = CaseDesk(open_store(folder, self.clock))
        self.desk.act(person(Role.DATA_MGR), lambda work: set_up_hall(work, self.plan)).result()
        self.actor = person(Role.VIDEO_SUP)

    def ready(self, until: datetime) -> None:
        camera, window = self.plan.cameras[0], self.plan.windows[1]
        hall = self.plan.hall.id
        span = StateSpan(new_id(), hall, window.id, camera.id, "READY", "NONE", DAY, until)
        self.desk.act(machine("device"), lambda work: keep_spans(work, [span])).result()

    def take(self, path: Path, role: Role = Role.VIDEO_SUP) -> QueueTaken:
        file = look_at_queue_file(path, read_aliases(assets.queue_columns()))
        return take_queue_file(self, file, hall_id=self.plan.hall.id, actor=person(role))

    def known(self) -> int:
        hall = self.plan.hall.id
        return len(self.desk.look(lambda r: read_tickets(r, hall, DAY.date())).result())

    def findings(self) -> dict[str, Finding]:
        found = self.desk.look(lambda reading: reading.find(Finding)).result()
        return {finding.rule_id: finding for finding in found}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "store")
    yield made
    made.desk.close()


def crowd(folder: Path, name: str = "叫号.csv") -> Path:
    """Window 2 called one; four more waited from 09:01 to 09:10 and window 1 took them."""
    rows = [ticket_row("A0", "08:50", "08:55", "2")]
    rows += [ticket_row(f"A{n}", "09:01", f"09:1{n}", "1") for n in range(4)]
    return queue_file(folder, *rows, name=name)


def test_ready_for_minutes_while_several_queue_is_a_warning(office: Office, tmp_path: Path) -> None:
    office.ready(DAY + timedelta(minutes=12))
    office.clock.pass_time(hours=2)
    office.take(crowd(tmp_path))
    idle = office.findings()["R-VID-13"]
    assert (idle.level, idle.window_id) == (1, office.plan.windows[1].id)
    assert (idle.facts["which"], idle.facts["waiting"]) == ("queue", 4)


def test_the_same_file_twice_changes_nothing(office: Office, tmp_path: Path) -> None:
    office.clock.pass_time(hours=2)
    first, again = office.take(crowd(tmp_path)), office.take(crowd(tmp_path))
    assert again.again
    assert again.batch == first.batch
    assert office.known() == 5


def test_what_is_known_already_is_not_kept_again(office: Office, tmp_path: Path) -> None:
    office.clock.pass_time(hours=2)
    office.take(crowd(tmp_path))
    wider = crowd(tmp_path, "晚些.csv")
    wider.write_bytes(wider.read_bytes() + f"\r\n{ticket_row('A9', '09:20')}".encode("gb18030"))
    taken = office.take(wider)
    assert taken.batch
    assert (taken.batch.tickets, taken.batch.changed) == (6, 1)
    kept = office.desk.look(lambda r: r.find(QueueDay)).result()
    assert [len(each.tickets) for each in kept] == [5, 1]


def test_a_withdrawn_import_counts_no_more_and_may_come_again(
    office: Office, tmp_path: Path
) -> None:
    office.clock.pass_time(hours=2)
    taken = office.take(crowd(tmp_path))
    assert taken.batch
    withdraw_queue_file(office, taken.batch.id, office.actor)
    assert office.known() == 0
    with pytest.raises(WrongState):
        withdraw_queue_file(office, taken.batch.id, office.actor)
    assert not office.take(crowd(tmp_path)).again
    assert office.known() == 5


def test_tickets_that_come_the_next_evening_make_more_of_a_notice_that_was_let_go(
    office: Office, tmp_path: Path
) -> None:
    office.ready(DAY + timedelta(minutes=40))
    office.clock.pass_time(hours=2)
    office.take(queue_file(tmp_path, ticket_row("B1", "09:00", "09:01"), name="少.csv"))
    assert office.findings()["R-VID-13"].level == 0
    office.clock.pass_time(hours=30)

    def expire(work: object) -> None:
        expire_notices(work, office.plan.hall.id, clock=office.clock)  # type: ignore[arg-type]
        work.note("window.judge", "hall")  # type: ignore[attr-defined]

    office.desk.act(machine("device"), expire).result()
    office.take(crowd(tmp_path))
    assert office.findings()["R-VID-13"].level == 1


def test_nine_in_ten_who_waited_too_long_are_a_notice_at_the_window(
    office: Office, tmp_path: Path
) -> None:
    office.clock.pass_time(hours=4)
    slow = [ticket_row(f"A{n:02}", f"09:{n:02}", f"09:{n + 40:02}") for n in range(12)]
    office.take(queue_file(tmp_path, *slow))
    found = office.findings()["R-WIN-04"]
    assert (found.level, found.facts["wait_s"], found.facts["tickets"]) == (0, 2400.0, 12)


def test_a_file_without_one_good_row_is_not_kept(office: Office, tmp_path: Path) -> None:
    taken = office.take(queue_file(tmp_path, ticket_row("", "09:00")))
    assert taken.batch is None
    assert len(taken.complaints) == 1


def test_who_may_not_import_leaves_nothing(office: Office, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        office.take(crowd(tmp_path), Role.LEADER_READ)
    assert office.known() == 0
