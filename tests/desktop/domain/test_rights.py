"""Who may do what: one table for every role and every act of every record, client and server."""

from pathlib import Path

import pytest

from desktop import assets
from desktop.domain.entities import Book, EntityClass, EntityRule
from desktop.domain.errors import DomainError, NotAllowed
from desktop.domain.identifiers import UserId
from desktop.domain.roles import Actor, Role
from sync.server.rules import Refusal, Rules, Signer

BOOK = Book(assets.entity_files())
SERVER = Rules(assets.folder("entities"))
TABLE = Path(__file__).resolve().parents[2] / "golden" / "rights.txt"


def written() -> dict[str, set[str]]:
    """The table as people agreed on it: an act a line, then the roles that may."""
    lines = (line.split() for line in TABLE.read_text("utf-8").splitlines())
    return {words[0].rstrip(":"): set(words[1:]) for words in lines if words}


FILLINGS: dict[str, object] = {
    "text": "x", "ref": "x", "int": 1, "number": 1, "bool": True, "list": [], "map": {},
    "digest": "ab" * 32, "date": "2026-11-24", "timestamp": "2026-11-24T01:00:00+00:00",
}  # fmt: skip


WRITTEN = written()


def acts() -> list[str]:
    """Every act that the entity files know; `card.sign/RED` where the record decides on it."""
    told = []
    for name in BOOK.names():
        rule = BOOK.rule(name)
        told.append(f"{name}.create")
        if rule.kind not in {EntityClass.APPEND_ONLY, EntityClass.SEALED}:
            told.append(f"{name}.edit")
        for act in rule.transitions:
            cases = ("", *act.roles_by[1]) if act.roles_by else ("",)
            told += [f"{name}.{act.name}{case and '/'}{case}" for case in cases]
    return told


def actor(role: Role) -> Actor:
    return Actor(UserId("me"), "", frozenset({role}), "device")


def filled(rule: EntityRule) -> dict[str, object]:
    """A record with something in every field, in a state in which it may be edited."""
    body: dict[str, object] = {
        name: sorted(field.values)[0] if field.values else FILLINGS[field.type]
        for name, field in rule.fields.items()
    }
    if rule.state_field and rule.edit_states:
        body[rule.state_field] = rule.edit_states[0]
    return body


def may(act: str, role: Role) -> bool:
    """Ask the book, which every use case asks."""
    name, _, step = act.partition(".")
    rule = BOOK.rule(name)
    step, _, case = step.partition("/")
    try:
        if step == "create":
            BOOK.must_allow_new(name, actor(role))
        elif step == "edit":
            body = filled(rule)
            BOOK.check_change(name, body, body, actor(role))
        else:
            made = next(each for each in rule.transitions if each.name == step)
            by = made.roles_by[0] if made.roles_by else ""
            body = {rule.state_field or "": sorted(made.sources)[0], by: case}
            BOOK.must_allow(name, body, step, actor(role))
    except NotAllowed:
        return False
    except DomainError:  # the role was enough to come this far
        pass
    return True


def server_may_create(name: str, role: Role) -> bool:
    try:
        SERVER.check_new(name, {}, Signer("me", [role.value]))
    except Refusal as refusal:
        return refusal.reason["code"] != "not_allowed"
    return True


def test_the_table_names_exactly_the_acts_there_are() -> None:
    assert list(WRITTEN) == sorted(acts())


@pytest.mark.parametrize("act", sorted(acts()))
def test_exactly_the_roles_of_the_table_may(act: str) -> None:
    assert {role.value for role in Role if may(act, role)} == WRITTEN[act]


@pytest.mark.parametrize("name", BOOK.names())
def test_the_server_lets_the_same_roles_create(name: str) -> None:
    assert {r.value for r in Role if server_may_create(name, r)} == WRITTEN[f"{name}.create"]


def test_the_machine_decides_nothing() -> None:
    decisions = {
        "confirm",
        "dismiss",
        "check",
        "sign",
        "issue",
        "uphold",
        "revoke",
        "annul",
        "decide",
    }
    told = {act for act, roles in WRITTEN.items() if Role.MACHINE.value in roles}
    assert not {act for act in told if act.partition(".")[2].partition("/")[0] in decisions}


def test_who_only_reads_changes_no_record() -> None:
    own = {act for act, roles in WRITTEN.items() if roles == {role.value for role in Role}}
    for role in (Role.SEC_AUDITOR, Role.LEADER_READ):
        assert {act for act, roles in WRITTEN.items() if role.value in roles} <= own, role
