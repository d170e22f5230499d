"""A file of cases comes in whole or not at all, and only once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.assembly.imports import Imported, import_file
from desktop.domain.approvals import ApprovalCase, CaseBundle
from desktop.domain.errors import NotAllowed
from desktop.domain.evidence import AuditRow
from desktop.domain.imports import Complaint, ImportBatch, Reason
from desktop.domain.organisation import Hall
from desktop.domain.roles import Actor, Role
from desktop.exchange.errors import ExchangeError
from desktop.storage import cases
from desktop.usecases import importing
from desktop.usecases.checking import Stopped
from desktop.usecases.organisation import set_up_hall
from desktop.workers.case_desk import CaseDesk
from tests.support.foreign_files import GOOD, HEADER, text_file
from tests.support.profiles import SetClock, hall_plan, open_store, person


class Office:
    def __init__(self, desk: CaseDesk, hall: Hall, clock: SetClock) -> None:
        self.desk, self.hall, self.clock = desk, hall, clock
        self.manager = person(Role.DATA_MGR)

    def take_in(self, path: Path, actor: Actor | None = None, **more: object) -> Imported:
        return import_file(
            self.desk,
            path,
            hall_id=self.hall.id,
            actor=actor or self.manager,
            clock=self.clock,
            **more,  # type: ignore[arg-type]
        )

    def cases(self) -> list[CaseBundle]:
        with self.desk.store.read() as connection:
            return list(cases.cases_of(connection, self.hall.id))

    def complaints(self, batch: ImportBatch) -> list[Complaint]:
        with self.desk.store.read() as connection:
            return list(cases.complaints_of(connection, batch.id))

    def waiting(self) -> int:
        with self.desk.store.read() as connection:
            return int(connection.scalar(text("SELECT count(*) FROM incoming_case")) or 0)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = SetClock()
    desk = CaseDesk(open_store(tmp_path, clock))
    plan = hall_plan()
    desk.act(person(Role.DATA_MGR), lambda work: set_up_hall(work, plan)).result()
    yield Office(desk, plan.hall, clock)
    desk.close()


def row(number: int, **changed: str) -> str:
    cells = dict(zip(HEADER.split(","), GOOD.split(","), strict=True))
    return ",".join({**cells, "办件编号": f"A-{number}", **changed}.values())


def test_a_file_comes_in_with_its_rejected_rows_and_its_audit_row(
    office: Office, tmp_path: Path
) -> None:
    path = text_file(tmp_path, HEADER, row(1), row(2, 受理时间="2026-02-30"), row(3))
    imported = office.take_in(path)
    assert not imported.again
    assert (imported.batch.cases, imported.batch.changed, imported.batch.rejected) == (2, 2, 1)
    assert [bundle.case.case_no for bundle in office.cases()] == ["A-1", "A-3"]
    assert all(bundle.case.id and bundle.case.source_batch for bundle in office.cases())
    (complaint,) = office.complaints(imported.batch)
    assert (complaint.row, complaint.reason) == (3, Reason.BAD_TIME)
    with office.desk.store.look() as reading:
        assert [each.action for each in reading.find(AuditRow)][-1] == "cases.import"


def test_the_same_file_twice_changes_nothing(office: Office, tmp_path: Path) -> None:
    path = text_file(tmp_path, HEADER, row(1))
    first = office.take_in(path)
    before = office.cases()
    second = office.take_in(path)
    assert (second.again, second.batch) == (True, first.batch)
    assert office.cases() == before


def test_a_later_file_adds_what_is_new_and_leaves_the_rest(office: Office, tmp_path: Path) -> None:
    office.take_in(text_file(tmp_path, HEADER, row(1, 办结时间=""), row(2)))
    before = {bundle.case.case_no: bundle for bundle in office.cases()}
    later = office.take_in(text_file(tmp_path, HEADER, row(1), row(2), row(3), name="后.csv"))
    after = {bundle.case.case_no: bundle for bundle in office.cases()}
    assert later.batch.changed == 2
    assert after["A-1"].case.completed_at is not None
    assert after["A-1"].case.id == before["A-1"].case.id
    assert after["A-2"] == before["A-2"]
    assert len(after) == 3


def test_a_number_used_again_next_year_is_another_case(office: Office, tmp_path: Path) -> None:
    """Edge case 34."""
    office.take_in(text_file(tmp_path, HEADER, row(1)))
    again = row(1, 受理时间="2027-03-02 09:00", 办结时间="2027-03-05 10:00")
    office.take_in(text_file(tmp_path, HEADER, again, name="次年.csv"))
    years = [bundle.case.accepted_at.year for bundle in office.cases() if bundle.case.accepted_at]
    assert years == [2026, 2027]


def test_events_of_one_case_from_two_files_are_joined(office: Office, tmp_path: Path) -> None:
    """Edge case 33: one number of one year, told by two sources, is one case."""
    head = "办件编号,环节名称,环节时间"
    office.take_in(text_file(tmp_path, head, "A-1,收件,2026-03-02 09:00"))
    more = ("A-1,收件,2026-03-02 09:00", "A-1,审查,2026-03-03 09:00")
    office.take_in(text_file(tmp_path, head, *more, name="后.csv"))
    (bundle,) = office.cases()
    assert [event.step for event in bundle.events] == ["收件", "审查"]


def test_a_file_that_breaks_half_way_leaves_nothing(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "PIECE", 2)
    lines = [HEADER, *[row(n) for n in range(30)]]
    path = text_file(tmp_path, *lines)
    path.write_bytes(path.read_bytes() + b"\r\n" + row(99).encode("gb18030") + b"\r\n")
    with pytest.raises(ExchangeError):
        office.take_in(path)
    assert (office.cases(), office.waiting()) == ([], 0)


def test_an_import_that_is_stopped_leaves_nothing(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "PIECE", 2)
    shares: list[float] = []

    def tell(share: float) -> bool:
        shares.append(share)
        return len(shares) < 3

    days = ["20日", *["2026-03-02"] * 29]
    path = text_file(tmp_path, HEADER, *[row(n, 受理时间=day) for n, day in enumerate(days)])
    with pytest.raises(Stopped):
        office.take_in(path, tell=tell)
    assert (office.cases(), office.waiting()) == ([], 0)
    assert shares == sorted(shares)


def test_who_may_not_import_leaves_nothing(office: Office, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        office.take_in(text_file(tmp_path, HEADER, row(1)), person(Role.SUPERVISOR))
    assert (office.cases(), office.waiting()) == ([], 0)


def test_what_a_crash_left_waiting_is_forgotten(tmp_path: Path) -> None:
    clock = SetClock()
    hall = hall_plan().hall
    with open_store(tmp_path, clock) as store, store.write() as connection:
        arrival = cases.Arrival(hall.id, "batch")
        bundle = CaseBundle(ApprovalCase("A-1", due_promised=date(2026, 3, 2)))
        cases.stage(connection, arrival, [bundle])
    with open_store(tmp_path, clock) as store, store.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM incoming_case")) == 0
