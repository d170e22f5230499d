"""Evidence that had its time goes from the disk, with a word in the chain; what is held stays."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from desktop.domain.dossiers import Entry, EntryKind
from desktop.domain.evidence import Evidence
from desktop.domain.findings import ReviewResult
from desktop.domain.retention import Disposal, Terms
from desktop.domain.roles import Role
from desktop.usecases.dossiers import Filing, open_dossier, take_out
from desktop.usecases.ports import UnitOfWork
from desktop.usecases.retention import hold_evidence, release_evidence
from desktop.workers.evidence_tidy import EvidenceTidy, Room
from sync.outbox.blobs import note_verified
from tests.support.casework import FakeOffice, working_office

TERMS = Terms(timedelta(days=30), timedelta(days=60))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[FakeOffice]:
    with working_office(tmp_path) as made:
        yield made


@pytest.fixture
def tidy(office: FakeOffice) -> Iterator[EvidenceTidy]:
    made = EvidenceTidy(office.desk, office.vault, TERMS, device_id="device", clock=office.clock)
    yield made
    made.close()


def dismissed(office: FakeOffice) -> tuple[Evidence, ...]:
    """A finding that was no absence, with all its evidence at the server."""
    finding = office.propose()
    office.review(finding, Role.VIDEO_SUP, ReviewResult.FALSE_ALARM, "看错")
    items = office.desk.look(lambda r: r.find(Evidence, finding_id=finding.id)).result()

    def arrived(connection: Connection) -> None:
        for item in items:
            note_verified(connection, item.sha256)

    office.desk.write(arrived).result()
    return items


def here(office: FakeOffice, items: tuple[Evidence, ...], kind: str) -> set[bool]:
    return {office.vault.has(i.sha256) for i in items if i.media_type.startswith(kind)}


def test_films_go_before_pictures_and_every_deletion_is_written_down(
    office: FakeOffice, tidy: EvidenceTidy
) -> None:
    items = dismissed(office)
    office.clock.pass_time(days=31)
    room: Room = tidy.tidy().result()
    assert (here(office, items, "video/"), here(office, items, "image/")) == ({False}, {True})
    (made,) = office.desk.look(lambda r: r.find(Disposal)).result()
    assert (len(made.items), made.size) == (room.deleted, room.freed)
    office.clock.pass_time(days=31)
    assert tidy.tidy().result().deleted > 0
    assert here(office, items, "image/") == {False}
    assert here(office, items, "application/json") == {True}
    assert tidy.tidy().result().deleted == 0


def test_what_is_held_stays_until_it_is_released(office: FakeOffice, tidy: EvidenceTidy) -> None:
    items = dismissed(office)
    finding_id = items[0].finding_id
    assert finding_id is not None
    actor = office.enter(Role.SUPERVISOR)
    office.desk.act(
        actor, lambda work: hold_evidence(work, finding_id, "信访在查", clock=office.clock)
    ).result()
    office.clock.pass_time(days=400)
    assert tidy.tidy().result().deleted == 0
    office.desk.act(actor, lambda work: release_evidence(work, finding_id)).result()
    assert tidy.tidy().result().deleted > 0
    assert here(office, items, "video/") == {False}


def test_what_the_server_does_not_hold_yet_stays_and_is_counted(
    office: FakeOffice, tidy: EvidenceTidy
) -> None:
    finding = office.propose()
    office.review(finding, Role.VIDEO_SUP, ReviewResult.FALSE_ALARM, "看错")
    office.clock.pass_time(days=400)
    room = tidy.tidy().result()
    assert room.deleted == 0
    assert room.unsent > 0


def test_an_open_finding_keeps_its_evidence_beyond_any_quota(
    office: FakeOffice, tidy: EvidenceTidy
) -> None:
    office.propose()
    tidy.terms = Terms(timedelta(0), timedelta(0), quota=1)
    office.clock.pass_time(days=400)
    room = tidy.tidy().result()
    assert room.deleted == 0
    assert room.is_tight


def test_a_deletion_that_a_power_cut_stopped_is_finished(
    office: FakeOffice, tidy: EvidenceTidy
) -> None:
    items = dismissed(office)
    kept = {item.sha256: office.vault.get(item.sha256) for item in items}
    office.clock.pass_time(days=31)
    tidy.tidy().result()
    for data in kept.values():
        office.vault.put(data)
    tidy.tidy().result()
    assert here(office, items, "video/") == {False}


@pytest.mark.parametrize("kind", [EntryKind.FINDING, EntryKind.EVIDENCE])
def test_what_lies_in_a_case_file_stays_until_it_is_taken_out(
    office: FakeOffice, tidy: EvidenceTidy, kind: EntryKind
) -> None:
    items = dismissed(office)
    subject = items[0].finding_id if kind is EntryKind.FINDING else items[0].id
    assert subject is not None
    actor, clock = office.enter(Role.SUPERVISOR), office.clock
    filing = Filing(kind, "看错的一次", clock.now(), subject)

    def file(work: UnitOfWork) -> Entry:
        dossier = open_dossier(work, office.plan.hall.id, "信访件", [filing], clock=clock)
        return work.find(Entry, dossier_id=dossier.id)[0]

    entry = office.desk.act(actor, file).result()
    clock.pass_time(days=400)
    assert tidy.tidy().result().deleted == 0
    office.desk.act(actor, lambda work: take_out(work, entry.id, "误入")).result()
    assert tidy.tidy().result().deleted > 0
