"""A store of the size of a large office: how soon one works, and how fast it is copied.

    python -m tests.benchmarks.store_scale [--cases 100000] [--events 10] [--evidence 20000]

Printed are the processor time and the wall time of opening the store with the first list of cases
(what stands between unlocking and a usable window), of opening a case and a case file, of looking
at the evidence of a finding, and of a copy that is opened and checked, beside a plain copy of the
same bytes in the same run.
"""

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from desktop import assets
from desktop.domain.approvals import CaseBundle, EventKind
from desktop.domain.calendar import read_calendar
from desktop.domain.dossiers import EntryKind
from desktop.domain.evidence import Custody, CustodyAct, Evidence
from desktop.domain.findings import Finding
from desktop.domain.identifiers import CaseId, Digest, EvidenceId, FindingId, new_id
from desktop.domain.roles import Role
from desktop.domain.rules.catalogue import Catalogue, RuleSet
from desktop.storage import records
from desktop.storage.case_lines import Wish
from desktop.storage.cases import Arrival, settle, stage
from desktop.storage.records import RecordRow
from desktop.storage.shapes import body_of, make_converter, time_text
from desktop.storage.store import FILE_NAME, Store
from desktop.usecases.dossiers import Filing, open_dossier
from desktop.usecases.exhibits import Subject, exhibits_of
from desktop.usecases.organisation import HallPlan, set_up_hall
from desktop.viewmodels.dossiers.desk import read_table
from desktop.workers.case_book import CaseBook
from desktop.workers.case_desk import CaseDesk
from tests.support.cases import bundle, event
from tests.support.profiles import DAY, SetClock, hall_plan, open_store, person

T = TypeVar("T")
PIECE = 5_000
EACH = 5  # pieces of evidence of a finding
ROUNDS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=10, help="of each case")
    parser.add_argument("--evidence", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where, clock, plan = Path(folder), SetClock(), hall_plan()
        with open_store(where, clock) as store:
            _fill(store, plan, options)
        size = (where / "store" / FILE_NAME).stat().st_size
        print(
            f"{options.cases} cases, {options.cases * options.events} events,"
            f" {options.evidence} pieces of evidence: {size / 1e6:.0f} MB"
        )
        _use(where, clock, plan)
        _copy(where, clock, size)


def _fill(store: Store, plan: HallPlan, options: argparse.Namespace) -> None:
    with store.act(person(Role.DATA_MGR)) as work:
        set_up_hall(work, plan)
    arrival = Arrival(plan.hall.id, "batch")
    for first in range(0, options.cases, PIECE):
        with store.write() as connection:
            last = min(first + PIECE, options.cases)
            stage(connection, arrival, [_case(n, options.events) for n in range(first, last)])
    with store.write() as connection:
        settle(connection, "batch")
        for row in _evidence(plan, options.evidence):
            records.write(connection, row)


def _case(number: int, events: int) -> CaseBundle:
    draw = random.Random(number)
    received = DAY - timedelta(hours=draw.randrange(1, 9_000))
    steps = [
        event(EventKind.STEP, f"2026-10-{1 + n % 28:02} 09:{n % 60:02}", step=f"审查{n}", by="李明")
        for n in range(events)
    ]
    closed = received + timedelta(days=draw.randrange(1, 30)) if number % 5 else None
    return bundle(
        *steps, case_no=f"BJ2026{number:08}", title="建设工程施工许可证核发",
        applicant_name="某某有限公司", received_at=received, completed_at=closed,
    )  # fmt: skip


def _evidence(plan: HallPlan, count: int) -> Iterator[RecordRow]:
    converter, at = make_converter(), time_text(DAY)

    def row(thing: Finding | Evidence | Custody) -> RecordRow:
        return RecordRow(thing.ENTITY, thing.id, plan.hall.id, body_of(converter, thing), 1, at)

    for number in range(count):
        began = DAY - timedelta(minutes=number)
        if number % EACH == 0:
            finding = _finding(plan, number, began)
            yield row(finding)
        piece = Evidence(
            EvidenceId(new_id()), plan.hall.id, "threshold", Digest(f"{number:064x}"), 200_000,
            "image/jpeg", began, finding_id=finding.id,
        )  # fmt: skip
        yield row(piece)
        by = person(Role.INSPECTOR).user_id
        yield row(Custody(new_id(), plan.hall.id, piece.id, CustodyAct.CAPTURED, by, began))


def _finding(plan: HallPlan, number: int, began: datetime) -> Finding:
    return Finding(
        id=FindingId(new_id()), hall_id=plan.hall.id, rule_id="R-VID-02", rule_version="1",
        level=1, window_id=plan.windows[0].id, unit_id=plan.windows[0].unit_id, camera_id=None,
        event_id=f"event-{number}", dedupe_key=f"key-{number}", started_at=began, ended_at=began,
        detected_at=began, threshold_s=900.0, unknown_share=0.0, conclusive=True,
        customer_waited=False, facts={},
    )  # fmt: skip


def _use(where: Path, clock: SetClock, plan: HallPlan) -> None:
    desk, book = _timed(
        "window usable: store opened, first cases listed", lambda: _begin(where, clock, plan)
    )
    found = book.find(Wish(plan.hall.id)).result()
    some = found.numbers[:: max(1, len(found.numbers) // ROUNDS)][:ROUNDS]
    ids = [CaseId(line.id) for line in book.glimpse(some).result().lines]
    _timed("a case opened (mean)", lambda: _open_each(book, plan, ids), ROUNDS)
    finding = desk.look(lambda reading: reading.newest(Finding, 1)).result()[0]
    filing = Filing(EntryKind.FINDING, "离岗", finding.started_at, finding.id)
    dossier = desk.act(
        person(Role.SECTION_HEAD),
        lambda work: open_dossier(work, plan.hall.id, "案卷", [filing], clock=clock),
    ).result()
    _timed("a case file opened", lambda: desk.look(lambda r: read_table(r, dossier.id)).result())
    subject = Subject(Finding.ENTITY, finding.id)
    _timed(
        "the evidence of a finding", lambda: desk.look(lambda r: exhibits_of(r, subject)).result()
    )
    _timed("the newest evidence", lambda: desk.look(lambda r: exhibits_of(r, None)).result())
    desk.close()


def _begin(where: Path, clock: SetClock, plan: HallPlan) -> tuple[CaseDesk, CaseBook]:
    desk = CaseDesk(open_store(where, clock))
    rules, calendar = (
        RuleSet(Catalogue(assets.rule_files())),
        read_calendar(assets.calendar_files()),
    )
    book = CaseBook(desk, rules, calendar, clock)
    found = book.find(Wish(plan.hall.id)).result()
    book.glimpse(found.numbers[:40]).result()
    return desk, book


def _open_each(book: CaseBook, plan: HallPlan, ids: list[CaseId]) -> None:
    for case_id in ids:
        book.open(plan.hall.id, case_id).result()


def _copy(where: Path, clock: SetClock, size: int) -> None:
    with open_store(where, clock) as store:
        ours = _clocked(lambda: store.back_up(where / "copy.db"))
    plain = _clocked(lambda: shutil.copyfile(where / "store" / FILE_NAME, where / "plain.db"))
    for name, (wall, used) in (("copied, opened and checked", ours), ("a plain copy", plain)):
        print(f"{name}: {size / 1e6 / wall:.0f} MB/s ({wall:.2f} s, {used:.2f} s of processor)")


def _timed(name: str, deed: Callable[[], T], times: int = 1) -> T:
    kept: list[T] = []
    wall, used = _clocked(lambda: kept.append(deed()))
    print(f"{name}: {wall / times * 1000:.0f} ms ({used / times * 1000:.0f} ms of processor)")
    return kept[0]


def _clocked(deed: Callable[[], object]) -> tuple[float, float]:
    began, used = time.perf_counter(), time.process_time()
    deed()
    return time.perf_counter() - began, time.process_time() - used


if __name__ == "__main__":
    main()
