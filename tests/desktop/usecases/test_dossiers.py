"""Case files: opened, filled, held, merged, split, closed and archived; nothing gets lost."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop import assets
from desktop.documents.dossier_bundle import print_case
from desktop.documents.fonts import machine_fonts
from desktop.domain.approvals import EventKind
from desktop.domain.dossiers import DossierState, Entry, EntryKind, EntryState, Retention
from desktop.domain.errors import BadField, MissingField, NotAllowed, OnHold, WrongState
from desktop.domain.evidence import AuditRow
from desktop.domain.identifiers import Digest, DossierId
from desktop.domain.roles import Role
from desktop.storage.cases import Arrival, settle, stage
from desktop.usecases import dossiers
from desktop.usecases.dossier_timeline import read_dossier
from desktop.usecases.dossiers import Filing, contents
from desktop.viewmodels.dossiers.matter import filing_of_case
from tests.support.cases import bundle, event
from tests.support.inspections import InspectedHall
from tests.support.profiles import DAY, person

NOTE = Filing(EntryKind.NOTE, "情况说明", DAY, words="当日系统停机")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[InspectedHall]:
    made = InspectedHall(tmp_path)
    made.first = person(Role.SECTION_HEAD, "赵科")
    yield made
    made.store.close()


def opened(hall: InspectedHall, *filings: Filing, title: str = "一号窗口空岗") -> DossierId:
    hall_id, clock = hall.plan.hall.id, hall.clock
    make = lambda work: dossiers.open_dossier(work, hall_id, title, filings, clock=clock)  # noqa: E731
    return hall.act(make).id


def listed(hall: InspectedHall, dossier_id: DossierId) -> list[str]:
    with hall.store.look() as reading:
        return [entry.title for entry in contents(reading, dossier_id)]


def test_the_index_is_in_the_order_in_which_things_happened(hall: InspectedHall) -> None:
    later = Filing(EntryKind.FINDING, "离岗", DAY + timedelta(hours=1), "finding-1")
    dossier_id = opened(hall, later, NOTE)
    assert listed(hall, dossier_id) == ["情况说明", "离岗"]


def test_the_same_thing_is_filed_once_and_notes_as_often_as_written(hall: InspectedHall) -> None:
    finding = Filing(EntryKind.FINDING, "离岗", DAY, "finding-1")
    dossier_id = opened(hall, finding)
    filings = [finding, NOTE]
    for _ in range(2):
        hall.act(lambda w: dossiers.file_entries(w, dossier_id, filings, clock=hall.clock))
    assert listed(hall, dossier_id) == ["离岗", "情况说明", "情况说明"]


def test_what_is_taken_out_stays_in_the_record_with_its_reason(hall: InspectedHall) -> None:
    dossier_id = opened(hall, NOTE)
    with hall.store.look() as reading:
        (entry,) = contents(reading, dossier_id)
    with pytest.raises(MissingField):
        hall.act(lambda w: dossiers.take_out(w, entry.id, " "))
    hall.act(lambda w: dossiers.take_out(w, entry.id, "放错案卷"))
    with hall.store.look() as reading:
        file = read_dossier(reading, dossier_id)
    assert (file.entries, file.taken_out[0].take_out_reason) == ((), "放错案卷")


def test_an_approval_enters_directly_and_its_steps_stand_in_the_timeline(
    hall: InspectedHall,
) -> None:
    hall_id, arrival = hall.plan.hall.id, Arrival(hall.plan.hall.id, "batch")
    received, decided = DAY - timedelta(days=9), DAY - timedelta(days=2)
    told = bundle(
        event(EventKind.DECIDE, "2026-11-22 09:00"),
        case_no="A-1",
        title="施工许可",
        received_at=received,
        decided_at=decided,
    )
    with hall.store.write() as connection:
        stage(connection, arrival, [told])
        settle(connection, "batch")
    with hall.store.look() as reading:
        (known,) = reading.cases(hall_id)
    dossier_id = opened(hall, filing_of_case(known.case, DAY))
    with hall.store.look() as reading:
        file = read_dossier(reading, dossier_id)
    assert [entry.title for entry in file.entries] == ["办件 A-1 施工许可"]
    assert file.cases == {known.case.id: known}
    report = assets.report_wording("dossier")
    (entry,) = file.entries
    pdf = print_case(entry, known, report, machine_fonts())
    words = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert "施工许可" in words
    assert "审批决定" in words
    steps = [(each.step, each.at) for each in file.moments if each.step.startswith("case.")]
    assert steps == [("case.received", received), ("case.decided", decided)]


def test_a_hold_bars_everything_that_would_change_its_end(hall: InspectedHall) -> None:
    dossier_id, other = opened(hall, NOTE), opened(hall)
    hall.act(lambda w: dossiers.hold_dossier(w, dossier_id, "审计要求保全"))
    with hall.store.look() as reading:
        (entry,) = contents(reading, dossier_id)
    for deed in (
        lambda w: dossiers.close_dossier(w, dossier_id, "属实", clock=hall.clock),
        lambda w: dossiers.merge_dossiers(w, dossier_id, other, clock=hall.clock),
        lambda w: dossiers.take_out(w, entry.id, "错"),
        lambda w: dossiers.split_dossier(w, dossier_id, [entry.id], "新", "错", clock=hall.clock),
    ):
        with pytest.raises(OnHold):
            hall.act(deed)
    hall.act(lambda w: dossiers.hold_dossier(w, dossier_id, ""))
    closed = hall.act(lambda w: dossiers.close_dossier(w, dossier_id, "属实", clock=hall.clock))
    assert closed.state is DossierState.CLOSED


def test_a_merged_file_goes_on_in_the_other_and_keeps_its_own_list(hall: InspectedHall) -> None:
    finding = Filing(EntryKind.FINDING, "离岗", DAY, "finding-1")
    source, target = opened(hall, finding, NOTE), opened(hall, finding)
    hall.act(lambda w: dossiers.merge_dossiers(w, source, target, clock=hall.clock))
    assert listed(hall, source) == listed(hall, target) == ["离岗", "情况说明"]
    with pytest.raises(WrongState):
        hall.act(lambda w: dossiers.file_entries(w, source, [NOTE], clock=hall.clock))
    with pytest.raises(BadField):
        hall.act(lambda w: dossiers.merge_dossiers(w, target, target, clock=hall.clock))


def test_a_split_leaves_word_of_where_things_went(hall: InspectedHall) -> None:
    finding = Filing(EntryKind.FINDING, "离岗", DAY, "finding-1")
    dossier_id = opened(hall, finding, NOTE)
    with hall.store.look() as reading:
        first = contents(reading, dossier_id)[0]
    made = hall.act(
        lambda w: dossiers.split_dossier(
            w, dossier_id, [first.id], "另案", "另案处理", clock=hall.clock
        )
    )
    assert listed(hall, made.id) == ["离岗"]
    assert listed(hall, dossier_id) == ["情况说明"]
    with hall.store.look() as reading:
        moved = reading.get(Entry, first.id)
    assert (moved.state, moved.moved_to) == (EntryState.TAKEN_OUT, made.id)


def test_a_closed_file_is_opened_again_or_archived_for_good(hall: InspectedHall) -> None:
    dossier_id = opened(hall, NOTE)
    digest, clock = Digest("ab" * 32), hall.clock
    archive = lambda w: dossiers.archive_dossier(w, dossier_id, digest, 9, clock=clock)  # noqa: E731
    with pytest.raises(WrongState):
        hall.act(archive)
    hall.act(lambda w: dossiers.close_dossier(w, dossier_id, "属实", clock=clock))
    hall.act(lambda w: dossiers.reopen_dossier(w, dossier_id, "补充证据"))
    hall.act(lambda w: dossiers.close_dossier(w, dossier_id, "属实", clock=clock))
    done = hall.act(archive)
    assert (done.state, done.archive_sha256) == (DossierState.ARCHIVED, digest)
    with pytest.raises(WrongState):
        hall.act(lambda w: dossiers.reopen_dossier(w, dossier_id, "再看"))


@pytest.mark.parametrize(
    ("retention", "until"), [(Retention.YEARS_2, 2028), (Retention.PERMANENT, None)]
)
def test_it_is_kept_from_the_year_in_which_it_was_closed(
    hall: InspectedHall, retention: Retention, until: int | None
) -> None:
    dossier_id = opened(hall)
    hall.act(lambda w: dossiers.retain_dossier(w, dossier_id, retention))
    done = hall.act(lambda w: dossiers.close_dossier(w, dossier_id, "属实", clock=hall.clock))
    assert done.keep_until == until


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.VIDEO_SUP, Role.HEAD, Role.SYS_ADMIN])
def test_only_supervision_opens_case_files(hall: InspectedHall, role: Role) -> None:
    hall.first = person(role)
    with pytest.raises(NotAllowed):
        opened(hall)


def test_everything_that_is_done_to_it_is_in_the_audit_record(hall: InspectedHall) -> None:
    dossier_id = opened(hall, NOTE)
    hall.act(lambda w: dossiers.assign_dossier(w, dossier_id, hall.second.user_id))
    hall.act(lambda w: dossiers.close_dossier(w, dossier_id, "属实", clock=hall.clock))
    with hall.store.look() as reading:
        acts = [row.action for row in reading.find(AuditRow)]
    assert acts[-3:] == ["dossier.open", "dossier.assign", "dossier.close"]
