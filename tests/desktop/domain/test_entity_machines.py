"""State machines of card, rectification and appeal: every act, state and role, on both sides."""

from collections.abc import Iterator, Mapping

import pytest

from desktop import assets
from desktop.domain.appeals import AppealState
from desktop.domain.cards import CardState
from desktop.domain.entities import Book, Transition
from desktop.domain.errors import DomainError, NotAllowed, SamePerson, WrongState
from desktop.domain.findings import FindingState
from desktop.domain.identifiers import UserId
from desktop.domain.rectification import RectificationState
from desktop.domain.roles import Actor, Role
from sync.server.rules import Refusal, Rules, Signer

BOOK = Book(assets.entity_files())
SERVER = Rules(assets.folder("entities"))
STATES = {
    "card": [state.value for state in CardState],
    "rectification": [state.value for state in RectificationState],
    "appeal": [state.value for state in AppealState],
    "finding": [state.value for state in FindingState],
}

# Section 7.3, written down again by hand: from, to, and who may.
LEGAL = {
    "card": {
        ("DRAFT", "UNDER_CHECK"): "SUPERVISOR VIDEO_SUP",
        ("UNDER_CHECK", "UNDER_APPROVAL"): "LEGAL_CHECK SECTION_HEAD",
        ("UNDER_CHECK", "DRAFT"): "LEGAL_CHECK SECTION_HEAD",
        ("UNDER_APPROVAL", "DRAFT"): "DEPUTY_HEAD HEAD",
        ("UNDER_APPROVAL", "SIGNED"): "DEPUTY_HEAD HEAD",
        ("SIGNED", "ISSUED"): "SEAL_CLERK",
        ("ISSUED", "SERVED"): "SEAL_CLERK SUPERVISOR",
        ("SERVED", "EFFECTIVE"): "MACHINE SUPERVISOR",
        ("SERVED", "APPEALED"): "SUPERVISOR APPEAL_REVIEWER UNIT_LIAISON",
        ("APPEALED", "EFFECTIVE"): "HEAD DEPUTY_HEAD",
        ("APPEALED", "REVOKED"): "HEAD DEPUTY_HEAD",
        ("APPEALED", "REPLACED"): "HEAD DEPUTY_HEAD",
        ("EFFECTIVE", "RECTIFYING"): "SUPERVISOR",
        ("RETURNED", "RECTIFYING"): "SUPERVISOR",
        ("RECTIFYING", "SUBMITTED"): "SUPERVISOR UNIT_LIAISON",
        ("SUBMITTED", "RETURNED"): "SUPERVISOR INSPECTOR SECTION_HEAD",
        ("SUBMITTED", "CLOSED"): "DEPUTY_HEAD HEAD",
        ("RECTIFYING", "ESCALATED"): "SECTION_HEAD DEPUTY_HEAD HEAD",
        ("SUBMITTED", "ESCALATED"): "SECTION_HEAD DEPUTY_HEAD HEAD",
        **{
            (source, "REVOKED"): "HEAD"
            for source in ("SERVED", "EFFECTIVE", "RECTIFYING", "SUBMITTED", "RETURNED")
        },
        **{
            (source, "CANCELLED"): "SUPERVISOR DEPUTY_HEAD HEAD"
            for source in ("DRAFT", "UNDER_CHECK", "UNDER_APPROVAL", "SIGNED", "ISSUED")
        },
        **{
            (source, "SUPERSEDED"): "MACHINE SUPERVISOR VIDEO_SUP DEPUTY_HEAD HEAD"
            for source in (
                "DRAFT", "UNDER_CHECK", "UNDER_APPROVAL", "SIGNED", "ISSUED",
                "SERVED", "EFFECTIVE", "RECTIFYING", "SUBMITTED", "RETURNED",
            )
        },
    },
    "rectification": {
        ("ISSUED", "SERVED"): "SEAL_CLERK SUPERVISOR",
        ("SERVED", "PLAN_FILED"): "SUPERVISOR UNIT_LIAISON",
        ("PLAN_FILED", "IN_PROGRESS"): "SUPERVISOR UNIT_LIAISON",
        ("REOPENED", "IN_PROGRESS"): "SUPERVISOR UNIT_LIAISON",
        ("ISSUED", "REPORTED"): "SUPERVISOR UNIT_LIAISON",
        ("IN_PROGRESS", "REPORTED"): "SUPERVISOR UNIT_LIAISON",
        ("REPORTED", "RECHECK"): "SUPERVISOR INSPECTOR SECTION_HEAD",
        ("RECHECK", "CLOSED"): "DEPUTY_HEAD HEAD",
        ("RECHECK", "REOPENED"): "SUPERVISOR INSPECTOR SECTION_HEAD",
        **{
            (source, "ESCALATED"): "SECTION_HEAD DEPUTY_HEAD HEAD"
            for source in ("SERVED", "PLAN_FILED", "IN_PROGRESS", "REOPENED", "RECHECK")
        },
    },
    "appeal": {
        ("FILED", "ACCEPTED"): "APPEAL_REVIEWER",
        ("FILED", "DECLINED"): "APPEAL_REVIEWER",
        ("FILED", "WITHDRAWN"): "SUPERVISOR UNIT_LIAISON",
        ("ACCEPTED", "REVIEWED"): "APPEAL_REVIEWER",
        ("REVIEWED", "DECIDED"): "HEAD DEPUTY_HEAD",
    },
    "finding": {
        ("DETECTED", "ASSIGNED"): "SUPERVISOR VIDEO_SUP SECTION_HEAD",
        ("DETECTED", "VERIFYING"): "VIDEO_SUP SUPERVISOR",
        ("ASSIGNED", "VERIFYING"): "VIDEO_SUP SUPERVISOR",
        ("VERIFYING", "CONFIRMED"): "SUPERVISOR SECTION_HEAD",
        ("DETECTED", "EXPIRED"): "MACHINE",
        ("ASSIGNED", "EXPIRED"): "MACHINE",
        **{
            (source, "DISMISSED"): "VIDEO_SUP SUPERVISOR SECTION_HEAD"
            for source in ("DETECTED", "ASSIGNED", "VERIFYING")
        },
        **{
            (source, "MERGED"): "SUPERVISOR VIDEO_SUP"
            for source in ("DETECTED", "ASSIGNED", "VERIFYING")
        },
    },
}  # fmt: skip

MOMENT = "2026-11-24T01:00:00+00:00"
FILLINGS: Mapping[str, object] = {
    "text": "x", "ref": "r", "int": 1, "number": 1.0, "bool": True, "list": ["x"],
    "map": {"a": 1}, "digest": "ab" * 32, "date": "2026-11-24", "timestamp": MOMENT,
}  # fmt: skip
SOMEBODY_ELSE = "somebody else"


def actor(role: Role) -> Actor:
    return Actor(UserId("me"), "", frozenset({role}), "device")


def filling(entity: str, name: str) -> object:
    rule = BOOK.rule(entity).fields[name]
    return sorted(rule.values)[-1] if rule.type == "enum" else FILLINGS[rule.type]


def record(entity: str, state: str) -> dict[str, object]:
    """A record with what it must have, in a state, made by other people."""
    rule = BOOK.rule(entity)
    body = {name: filling(entity, name) for name, field in rule.fields.items() if field.required}
    body |= {name: SOMEBODY_ELSE for name in rule.fields if name in body and name.endswith("_by")}
    for act in rule.transitions:  # what an act asks for but may not write was there before
        if state in act.sources:
            before = set(act.requires) - act.may_change - set(act.stamps)
            body |= {name: body.get(name) or filling(entity, name) for name in before}
    return body | {"id": "1", "state": state}


def done(entity: str, act: Transition | None, old: dict[str, object], to: str) -> dict[str, object]:
    """The record after an act, with all that the act asks for."""
    new = dict(old) | {"state": to}
    for name in (*act.requires, *act.stamps) if act else ():
        if not new.get(name) or name in act.stamps:  # type: ignore[union-attr]
            new[name] = "me" if name.endswith("_by") else filling(entity, name)
    return new


def steps(entity: str) -> Iterator[tuple[str, str]]:
    for source in STATES[entity]:
        for target in STATES[entity]:
            if source != target:
                yield source, target


@pytest.mark.parametrize("entity", LEGAL)
def test_the_files_know_exactly_the_states_of_the_program(entity: str) -> None:
    assert BOOK.rule(entity).fields["state"].values == frozenset(STATES[entity])


@pytest.mark.parametrize("entity", LEGAL)
def test_exactly_the_steps_of_the_specification_are_taken_and_by_exactly_these_roles(
    entity: str,
) -> None:
    for source, target in steps(entity):
        for role in Role:
            allowed = role.value in LEGAL[entity].get((source, target), "").split()
            old = record(entity, source)
            act = next(
                (
                    t for t in BOOK.rule(entity).transitions
                    if source in t.sources and t.target == target and role.value in t.roles_for(old)
                ),
                None,
            )  # fmt: skip
            new = done(entity, act, old, target)
            step = (entity, source, target, role.value)
            assert desk_takes(entity, old, new, role) == allowed, step
            assert server_takes(entity, old, new, role) == allowed, step


def desk_takes(entity: str, old: dict[str, object], new: dict[str, object], role: Role) -> bool:
    try:
        BOOK.check_change(entity, old, new, actor(role))
    except (WrongState, NotAllowed):
        return False
    return True


def server_takes(entity: str, old: dict[str, object], new: dict[str, object], role: Role) -> bool:
    try:
        SERVER.check_change(entity, old, new, Signer("me", [role.value]))
    except Refusal as refusal:
        if refusal.reason["code"] not in {"wrong_state", "not_allowed"}:
            raise
        return False
    return True


@pytest.mark.parametrize("entity", LEGAL)
def test_every_act_is_begun_from_its_own_states_and_refused_by_name_from_all_others(
    entity: str,
) -> None:
    for act in BOOK.rule(entity).transitions:
        for state in STATES[entity]:
            body = record(entity, state)
            role = Role(act.roles_for(body)[0])
            begun = (state, act.target) in LEGAL[entity] or state == act.target
            if state in act.sources:
                assert begun, (act.name, state)
                BOOK.must_allow(entity, body, act.name, actor(role))
                continue
            with pytest.raises(WrongState) as told:
                BOOK.must_allow(entity, body, act.name, actor(role))
            assert told.value.fields == (entity, act.name, state)


GUARDS = [
    (entity, act)
    for entity in LEGAL
    for act in BOOK.rule(entity).transitions
]  # fmt: skip


@pytest.mark.parametrize(("entity", "act"), GUARDS, ids=lambda x: getattr(x, "name", x))
def test_an_act_needs_each_of_its_fields_and_people_who_differ(
    entity: str, act: Transition
) -> None:
    source = sorted(act.sources)[0]
    old = record(entity, source) | dict.fromkeys(act.unlike, SOMEBODY_ELSE)
    role = Role(act.roles_for(old)[0])
    whole = done(entity, act, old, act.target)
    BOOK.check_change(entity, old, whole, actor(role))
    for name in (*act.requires, *act.stamps):
        if name not in act.may_change and name not in act.stamps:
            old |= {name: None}
        if BOOK.rule(entity).fields[name].required:
            continue  # refused as a missing field before it comes to the act
        with pytest.raises(DomainError):
            BOOK.check_change(entity, old, whole | {name: None}, actor(role))
    for name in act.unlike:
        mine = old | {name: "me"}
        with pytest.raises(SamePerson):
            BOOK.check_change(entity, mine, whole | {name: "me"}, actor(role))


def test_entity_files_name_only_entities_that_exist() -> None:
    for name in BOOK.names():
        content = assets.entity_files()[name]
        for field in content["fields"].values():  # type: ignore[attr-defined]
            if field["type"] == "ref":
                assert field["entity"] in BOOK.names()
