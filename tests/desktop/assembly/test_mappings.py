"""A hall reads its own kinds of files by profiles that it saved under names."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from desktop.assembly.imports import Imported, import_file
from desktop.assembly.mappings import own_profiles, shipped_names, wished_profile
from desktop.assembly.previews import preview_file
from desktop.domain.errors import BadField, MissingField, NotAllowed
from desktop.domain.evidence import AuditRow
from desktop.domain.roles import Role
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.glimpse import Mapped
from desktop.exchange.profile_file import named, write_profile
from desktop.exchange.profiles import Profile
from desktop.usecases.mapping_profiles import save_profile, saved_profiles, withdraw_profile
from desktop.usecases.organisation import set_up_hall
from desktop.workers.case_desk import CaseDesk
from tests.support.foreign_files import text_file
from tests.support.profiles import SetClock, hall_plan, open_store, person

STRANGE = ("号码,干什么,何时收,几天", "B-1,施工许可,2026-11-10 09:00,5个工作日")
COLUMNS = {
    "case_no": "号码",
    "title": "干什么",
    "accepted_at": "何时收",
    "promised_limit": "几天",
}


class Office:
    def __init__(self, folder: Path) -> None:
        self.folder, self.clock, self.plan = folder, SetClock(), hall_plan()
        self.desk = CaseDesk(open_store(folder, self.clock))
        self.manager = person(Role.DATA_MGR)
        self.desk.act(self.manager, lambda work: set_up_hall(work, self.plan)).result()

    def strange_file(self, name: str = "怪.csv") -> Path:
        return text_file(self.folder, *STRANGE, name=name)

    def corrected(self) -> Profile:
        preview = preview_file(self.strange_file())
        assert not preview.fits
        for field, column in COLUMNS.items():
            preview = preview.remap(Mapped(field, of_event=False, column=column))
        return preview.profile

    def save(self, name: str = "住建老系统", role: Role = Role.DATA_MGR) -> None:
        self.clock.pass_time(seconds=1)
        act = partial(
            save_profile,
            hall_id=self.plan.hall.id,
            name=name,
            content=write_profile(named(self.corrected(), name)),
            shipped=shipped_names(),
            clock=self.clock,
        )
        self.desk.act(person(role), act).result()

    def own(self) -> dict[str, Profile]:
        hall = self.plan.hall.id
        return dict(self.desk.look(lambda reading: own_profiles(reading, hall)).result())

    def take_in(self, path: Path, profile: str | Profile = "") -> Imported:
        hall, clock = self.plan.hall.id, self.clock
        return import_file(
            self.desk, path, hall_id=hall, actor=self.manager, clock=clock, profile=profile
        )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.desk.close()


def test_a_saved_profile_is_recognised_by_the_next_file_of_its_kind(office: Office) -> None:
    with pytest.raises(ExchangeError) as told:
        office.take_in(office.strange_file())
    assert told.value.trouble is ExchangeTrouble.NO_PROFILE_FITS
    office.save()

    batch = office.take_in(office.strange_file()).batch

    assert (batch.profile, batch.cases, batch.rejected) == ("住建老系统", 1, 0)
    with office.desk.store.look() as reading:
        assert "mapping.save" in {row.action for row in reading.find(AuditRow)}


def test_a_saved_profile_is_asked_for_by_its_name_or_its_file(office: Office) -> None:
    office.save()
    assert office.take_in(office.strange_file(), "住建老系统").batch.profile == "住建老系统"
    target = office.folder / "profile.toml"
    target.write_text(write_profile(named(office.corrected(), "共享")), "utf-8")
    other = text_file(office.folder, STRANGE[0], STRANGE[1].replace("B-1", "B-2"), name="2.csv")
    batch = office.take_in(other, wished_profile(str(target))).batch
    assert (batch.profile, batch.cases) == ("共享", 1)
    assert wished_profile("wabo") == "wabo"


def test_the_newest_of_a_name_counts_and_a_withdrawn_one_is_gone(office: Office) -> None:
    office.save()
    office.save()
    assert list(office.own()) == ["住建老系统"]
    office.clock.pass_time(seconds=1)
    hall = office.plan.hall.id
    withdraw = partial(withdraw_profile, hall_id=hall, name="住建老系统", clock=office.clock)
    office.desk.act(office.manager, withdraw).result()
    assert office.own() == {}
    with pytest.raises(BadField):
        office.desk.act(office.manager, withdraw).result()


def test_a_name_is_needed_and_a_shipped_one_is_taken(office: Office) -> None:
    with pytest.raises(MissingField):
        office.save(" ")
    with pytest.raises(BadField):
        office.save("standard")


def test_who_may_not_import_saves_no_profile(office: Office) -> None:
    with pytest.raises(NotAllowed):
        office.save(role=Role.SUPERVISOR)


def test_a_profile_that_cannot_be_read_any_more_is_left_out(office: Office) -> None:
    office.save()
    keep = partial(
        save_profile,
        hall_id=office.plan.hall.id,
        name="旧版",
        content="id = 7",
        shipped=(),
        clock=office.clock,
    )
    office.desk.act(office.manager, keep).result()
    assert list(office.own()) == ["住建老系统"]
    with office.desk.store.look() as reading:
        assert len(saved_profiles(reading, office.plan.hall.id)) == 2


def test_a_field_that_a_saved_profile_has_no_column_for_can_still_be_given_one(
    office: Office,
) -> None:
    office.save()
    preview = preview_file(office.strange_file(), "住建老系统", office.own())
    fields = {(each.field, each.of_event): each.column for each in preview.fields}
    assert fields["case_no", False] == "号码"
    assert fields["decided_at", False] == ""
