"""Section 13: who may bring what into being, and that three persons stay apart."""

from itertools import product

import pytest

from desktop import assets
from desktop.domain.entities import Book
from desktop.domain.errors import DomainError, NotAllowed
from desktop.domain.identifiers import UserId
from desktop.domain.roles import Actor, Role

BOOK = Book(assets.entity_files())
# The accounts themselves are the administrator's; the chain of acts is everybody's own trace.
BUSINESS = [name for name in BOOK.names() if name not in {"user_card", "audit"}]
WATCHERS = (Role.SYS_ADMIN, Role.SEC_AUDITOR, Role.LEADER_READ)

# The column C of the matrix; the machine proposes findings, and 11.4 lets two roles serve.
CREATORS = {
    "import_batch": {Role.DATA_MGR},
    "finding": {Role.SUPERVISOR, Role.VIDEO_SUP, Role.INSPECTOR, Role.MACHINE},
    "card": {Role.SUPERVISOR, Role.VIDEO_SUP},
    "official_document": {Role.SUPERVISOR, Role.VIDEO_SUP, Role.APPEAL_REVIEWER},
    "rectification": {Role.SUPERVISOR, Role.SEAL_CLERK},
    "appeal": {Role.SUPERVISOR, Role.APPEAL_REVIEWER, Role.UNIT_LIAISON},
    "service_receipt": {Role.SUPERVISOR, Role.SEAL_CLERK},
    "verification": {Role.SUPERVISOR, Role.VIDEO_SUP, Role.SECTION_HEAD},
    "user_card": {Role.SYS_ADMIN},
}


def actor(role: Role) -> Actor:
    return Actor(UserId("somebody"), "", frozenset({role}), "device")


def may_create(entity: str, role: Role) -> bool:
    """Tell whether the book asks for more than another role before it takes an empty record."""
    try:
        BOOK.check_new(entity, {}, actor(role))
    except NotAllowed:
        return False
    except DomainError:
        return True
    return True


@pytest.mark.parametrize("entity", CREATORS)
def test_exactly_the_roles_of_the_matrix_create(entity: str) -> None:
    assert {role for role in Role if may_create(entity, role)} == CREATORS[entity]


def test_administrator_auditor_and_leader_create_no_business() -> None:
    told = [pair for pair in product(BUSINESS, WATCHERS) if may_create(*pair)]
    assert told == []


def test_administrator_auditor_and_leader_take_no_step_and_edit_nothing() -> None:
    watching = {role.value for role in WATCHERS} | {"*"}
    for entity in BUSINESS:
        rule = BOOK.rule(entity)
        assert not watching & set(rule.edit_roles), entity
        for act in rule.transitions:
            tables = act.roles_by[1].values() if act.roles_by else ()
            named = {*act.roles, *(role for table in tables for role in table)}
            assert not watching & named, (entity, act.name)


def test_who_does_business_makes_no_accounts() -> None:
    rule = BOOK.rule("user_card")
    assert (*rule.create_roles, *rule.edit_roles) == (Role.SYS_ADMIN.value,) * 2
