"""A review of recordings keeps what it finds at the recordings' own time, and nothing twice."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop import assets
from desktop.assembly.recordings import Ending, Reviewed, review
from desktop.domain.evidence import AuditRow, Evidence, StateSpan
from desktop.domain.findings import Finding
from desktop.domain.organisation import HallRules, Zone
from desktop.domain.roles import Role
from desktop.domain.rules.catalogue import Catalogue
from desktop.storage.vault import SealedVault
from desktop.usecases.organisation import set_up_hall
from desktop.usecases.ports import Record
from desktop.workers.case_desk import CaseDesk
from sync.protocol.identity import DeviceIdentity
from tests.support.profiles import CALENDAR, SetClock, hall_plan, open_store, person
from tests.support.recorded import SHIFT, START, export
from video.sources.layout import zones_of
from video.sources.recordings import planned
from video.sources.script import parse_script

ABSENT_S = 20.0


class Office:
    """A hall whose camera is reviewed; its clock stands a day after what is recorded."""

    def __init__(self, folder: Path) -> None:
        self.clock = SetClock(START + timedelta(days=1))
        self.desk = CaseDesk(open_store(folder, self.clock))
        self.vault = SealedVault(folder / "vault", bytes(range(32)))
        self.catalogue, self.calendar = Catalogue(assets.rule_files()), CALENDAR
        self.device, self.model = DeviceIdentity.new(), None
        plan = hall_plan()
        zones = zones_of(parse_script(SHIFT))
        self.camera = replace(
            plan.cameras[0],
            zones=tuple(
                Zone(window.id, zone.seat.points, zone.customer.points if zone.customer else ())
                for window, zone in zip(plan.windows, zones, strict=True)
            ),
        )
        hall = replace(plan.hall, rules=HallRules(reminder_s=10.0, absence_s=ABSENT_S))
        self.plan = replace(plan, hall=hall, cameras=(self.camera,))
        self.person = person(Role.DATA_MGR, "陈数")
        self.desk.act(self.person, lambda work: set_up_hall(work, self.plan)).result()

    def reviewed(self, folder: Path, tell: Callable[[float], bool] = lambda _: True) -> Reviewed:
        plan, _ = planned(folder, CALENDAR.zone, None)
        return review(self, self.person, self.camera, plan, tell)

    def all(self, kind: type[Record], **equals: object) -> tuple[Record, ...]:
        return self.desk.look(lambda reading: reading.find(kind, **equals)).result()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.desk.close()


def test_an_absence_over_two_files_is_found_at_its_own_time_and_only_once(
    office: Office, tmp_path: Path
) -> None:
    export(tmp_path / "export", (0, 50), (50, 101))
    (tmp_path / "export" / "D01_20261124120000.mp4").write_text("no video")
    shares: list[float] = []

    first = office.reviewed(tmp_path / "export", lambda share: not shares.append(share))

    assert first.ending is Ending.DONE
    assert first.watched_s == pytest.approx(100.0, abs=2.0)
    assert shares == sorted(shares)
    (finding,) = first.findings
    assert finding.window_id == office.plan.windows[0].id
    assert abs((finding.started_at - START).total_seconds() - 30.0) < 8.0
    assert finding.ended_at is not None
    assert abs((finding.ended_at - START).total_seconds() - 75.0) < 8.0
    assert finding.detected_at == office.clock.moment
    assert finding.facts["recording"] == "D01_20261124100000.mp4"
    roles = {item.role for item in office.all(Evidence, finding_id=finding.id)}
    assert {"start", "threshold", "return", "clip", "strip", "manifest"} <= roles

    spans = office.all(StateSpan)
    again = office.reviewed(tmp_path / "export")

    assert again.events == first.events
    assert again.findings == ()
    assert office.all(Finding) == (finding,)
    assert len(office.all(StateSpan)) == len(spans)
    acts = [row.action for row in office.all(AuditRow) if row.action == "recordings.review"]
    assert len(acts) == 2


def test_a_review_that_is_stopped_keeps_what_it_found(office: Office, tmp_path: Path) -> None:
    export(tmp_path / "export", (0, 101))
    reviewed = office.reviewed(tmp_path / "export", lambda share: share < 0.1)
    assert reviewed.ending is Ending.STOPPED
