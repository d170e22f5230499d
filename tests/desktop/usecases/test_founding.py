import pytest

from desktop.domain.organisation import HallRules, OrganType
from desktop.domain.roles import Role
from desktop.usecases.founding import (
    FIRST_ROLES,
    Bureau,
    Fault,
    Founding,
    Newcomer,
    bureau_faults,
    founding_plan,
    is_weak,
    newcomer_faults,
)

BUREAU = Bureau(
    "某县政务服务大厅", "某县效能办", "县效能", OrganType.EFFICIENCY_OFFICE, "某效监", "0000-1"
)


@pytest.mark.parametrize(
    ("password", "weak"),
    [
        ("Tulip-417", False),
        ("Tulip-4", True),  # seven characters
        ("aaaaaaaab", True),  # two kinds of characters
        ("ZhaoMin99", True),  # the name itself, in another case
        ("大厅密码要长一点", False),
    ],
)
def test_a_weak_password_is_noticed(password: str, weak: bool) -> None:
    assert is_weak(password, "zhaomin99") is weak


def test_every_empty_answer_is_named() -> None:
    empty = Bureau("", "", "", OrganType.EFFICIENCY_OFFICE, "", "")
    assert set(bureau_faults(empty)) == {"hall", "organ", "short_name", "doc_code", "phone"}
    assert not bureau_faults(BUREAU)


def test_a_name_is_used_by_one_person_and_never_by_the_server_itself() -> None:
    somebody = Newcomer("Zhao", "赵敏", "Maple-2291")
    assert newcomer_faults(somebody, frozenset({"zhao"})) == {"username": Fault.TWICE}
    admin = Newcomer("Admin", "赵敏", "Maple-2291")
    assert newcomer_faults(admin) == {"username": Fault.RESERVED}
    assert newcomer_faults(Newcomer("", "", "")) == dict.fromkeys(
        ("username", "name", "password"), Fault.EMPTY
    )


def test_whoever_runs_the_system_verifies_nothing_and_the_verifiers_are_two() -> None:
    admin, first, second = map(set, FIRST_ROLES)
    verifying = {Role.SUPERVISOR, Role.VIDEO_SUP, Role.SECTION_HEAD}
    assert not admin & verifying
    assert first & verifying
    assert second & verifying
    assert not first & second


def test_a_new_hall_opens_twice_a_day_with_the_usual_thresholds() -> None:
    people = tuple(
        Newcomer(f"p{n}", f"人{n}", "Maple-2291", roles) for n, roles in enumerate(FIRST_ROLES)
    )
    plan = founding_plan(Founding(BUREAU, people))
    assert len(plan.hall.sessions) == 2
    assert plan.hall.rules == HallRules()
    assert not plan.hall.demonstration
    assert plan.organ.contact == "人1"
