"""Anything is found by any of its characters, and only by those."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from desktop import assets
from desktop.domain.dossiers import Dossier
from desktop.domain.entities import Book
from desktop.domain.findable import FINDABLE
from desktop.domain.identifiers import DossierId, new_id
from desktop.domain.organisation import Unit
from desktop.domain.roles import Role
from desktop.storage import cases, finding
from desktop.storage.finding import CASE, Hit, Quest
from desktop.storage.store import Store
from desktop.storage.words import asked, indexed
from desktop.usecases.organisation import HallPlan, set_up_hall
from desktop.usecases.ports import UnitOfWork
from tests.support.cases import bundle
from tests.support.profiles import DAY, SetClock, hall_plan, open_store, person

HAN = st.text("施工许可证件不动产登记𠮷㐂一二", min_size=1, max_size=12)


@pytest.fixture
def plan() -> HallPlan:
    return hall_plan()


@pytest.fixture
def store(tmp_path: Path, plan: HallPlan) -> Iterator[Store]:
    with open_store(tmp_path, SetClock()) as store:
        with store.act(person(Role.DATA_MGR)) as work:
            set_up_hall(work, plan)
        yield store


def found(store: Store, words: str = "", **more: object) -> list[Hit]:
    """Read all that is due, and look."""
    with store.write() as connection:
        while finding.read_due(connection, 7, {}):
            pass
    with store.read() as connection:
        return list(finding.find(connection, Quest(words, **more), 100).hits)  # type: ignore[arg-type]


def file_of(plan: HallPlan, title: str) -> Dossier:
    by = person(Role.SUPERVISOR)
    return Dossier(DossierId(new_id()), plan.hall.id, title, by.user_id, DAY)


def add(store: Store, plan: HallPlan, *titles: str) -> list[Dossier]:
    """Open case files of these titles."""
    files = []
    for title in titles:
        actor = person(Role.SUPERVISOR)
        made = replace(file_of(plan, title), opened_by=actor.user_id)
        with store.act(actor) as work:
            work.add(made)
            work.note("dossier.open", f"dossier/{made.id}")
        files.append(made)
    return files


@given(text_=HAN, cut=st.tuples(st.integers(0, 11), st.integers(1, 12)))
def test_any_part_of_a_sentence_is_a_phrase_of_its_words(text_: str, cut: tuple[int, int]) -> None:
    part = text_[cut[0] : cut[0] + cut[1]]
    words = asked(part)
    assert bool(words) == bool(part)
    if part:
        assert words.strip('"*') in indexed((text_,))


@given(number=st.from_regex(r"[0-9]{4,14}", fullmatch=True), cut=st.integers(0, 11))
def test_a_number_is_found_by_any_three_of_its_digits(number: str, cut: int) -> None:
    part = number[cut : cut + 3]
    if len(part) == 3:
        assert asked(part).strip('"') in indexed((number,)).split()


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("施", ["施工许可超期", "夜间施工"]),  # one character
        ("许可", ["施工许可超期", "食品许可 Food Permit A-2026-00917"]),  # two
        ("施工许可超期", ["施工许可超期"]),
        ("工施", []),  # the order counts
        ("施 夜", ["夜间施工"]),  # two words, wherever they stand
        ("perm", ["食品许可 Food Permit A-2026-00917"]),
        ("FOOD permit", ["食品许可 Food Permit A-2026-00917"]),
        ("0917", ["食品许可 Food Permit A-2026-00917"]),  # the end of a number
        ("𠮷", ["张𠮷投诉"]),  # beyond the first plane
        ("%", []),  # a sign alone means nothing
        ('"施" OR', []),  # nothing that is typed is a command
    ],
)
def test_what_is_typed_is_found(
    store: Store, plan: HallPlan, words: str, titles: list[str]
) -> None:
    add(store, plan, "施工许可超期", "夜间施工", "食品许可 Food Permit A-2026-00917", "张𠮷投诉")
    assert sorted(hit.title for hit in found(store, words)) == sorted(titles)


def test_filters_narrow_what_is_found(store: Store, plan: HallPlan) -> None:
    add(store, plan, "住房申请")
    assert {hit.kind for hit in found(store, "住房")} == {"dossier", "unit", "window"}
    assert {hit.kind for hit in found(store, "住房", kinds=frozenset({"unit"}))} == {"unit"}
    assert {hit.kind for hit in found(store, hall_id=plan.hall.id)} >= {"dossier", "window"}
    assert [hit.state for hit in found(store, "住房", state="OPEN")] == ["OPEN"]
    today, yesterday = (DAY - timedelta(days=n) for n in (0, 1))
    assert len(found(store, "住房", days=(f"{today:%Y-%m-%d}",))) == 1
    assert len(found(store, "住房", days=(f"{today:%Y}",))) == 1
    assert found(store, "住房", days=(f"{yesterday:%Y-%m-%d}",)) == []


def test_a_change_replaces_what_was_known_and_a_removal_ends_it(
    store: Store, plan: HallPlan
) -> None:
    (file,) = add(store, plan, "施工许可超期")
    assert len(found(store, "施工")) == 1
    with store.write() as connection:
        body = {"hall_id": plan.hall.id, "state": "OPEN", "title": "另一件事"}
        store.project(connection, [("dossier", file.id, body, 2)])
    assert found(store, "施工") == []
    assert [hit.title for hit in found(store, "另一件")] == ["另一件事"]
    with store.write() as connection:
        store.project(connection, [("dossier", file.id, None, 3)])
    assert found(store, "另一件") == []


def test_what_bears_the_name_of_a_unit_follows_it(store: Store, plan: HallPlan) -> None:
    assert "window" in {hit.kind for hit in found(store, "住房和城乡建设")}

    def rename(work: UnitOfWork) -> None:
        work.replace(replace(work.get(Unit, plan.units[0].id), name="某市建设局", short_name="建"))
        work.note("unit.change", "unit")

    with store.act(person(Role.DATA_MGR)) as work:
        rename(work)
    assert found(store, "住房和城乡建设") == []
    assert {hit.kind for hit in found(store, "某市建设局")} == {"unit", "window"}


def test_imported_cases_are_found_too_behind_what_people_wrote(
    store: Store, plan: HallPlan
) -> None:
    add(store, plan, "施工许可超期")
    taken = partial(
        cases.stage,
        arrival=cases.Arrival(plan.hall.id, "batch"),
        bundles=[bundle(case_no="BJ-00917", title="建筑工程施工许可", applicant_name="王*")],
    )
    with store.write() as connection:
        taken(connection)
        cases.settle(connection, "batch")
    assert [hit.kind for hit in found(store, "施工")] == ["dossier", CASE]
    assert [hit.kind for hit in found(store, "王")] == [CASE]
    assert found(store, "917")[0].lead[0] == CASE


def test_the_latest_are_given_and_all_are_counted(store: Store, plan: HallPlan) -> None:
    add(store, plan, *(f"第{n}件施工" for n in range(5)))
    found(store)
    with store.read() as connection:
        some = finding.find(connection, Quest("施工"), 3)
    assert [hit.title for hit in some.hits] == ["第4件施工", "第3件施工", "第2件施工"]
    assert some.total == 5


def test_an_act_waits_for_no_index(store: Store, plan: HallPlan) -> None:
    found(store)
    add(store, plan, "施工许可超期")

    def waiting(connection: Connection) -> int:
        return int(connection.scalar(text("SELECT count(*) FROM search_due")) or 0)

    with store.read() as connection:
        assert waiting(connection) == 1  # the case file; its audit row is not for everybody
        assert finding.find(connection, Quest("施工"), 9).hits == ()


def test_every_kind_has_the_fields_it_is_found_by() -> None:
    book = Book(assets.entity_files())
    for kind, rule in FINDABLE.items():
        fields = (*rule.title, *rule.words, *rule.at, *(rule.leads or {}))
        assert not set(fields) - set(book.rule(kind).fields), kind
