"""The chain of section 11.3 by kind of paper: desk and server let the same people act."""

import pytest

from desktop.domain.entities import Transition
from desktop.domain.official_documents import DocumentState, OfficialDocument
from desktop.domain.roles import Role
from tests.desktop.domain.test_entity_machines import (
    BOOK,
    desk_takes,
    done,
    record,
    server_takes,
)

ENTITY = OfficialDocument.ENTITY
STATES = [state.value for state in DocumentState]

# Section 11.3, written down again by hand: who checks, who signs, who puts on file.
CHECKS = {"T04": "SECTION_HEAD LEGAL_CHECK", "T05": "LEGAL_CHECK", "T06": "LEGAL_CHECK",
          "T08": "SECTION_HEAD", "T10": "SECTION_HEAD", "T13": "SECTION_HEAD"}  # fmt: skip
SIGNS = {"T01": "SUPERVISOR SECTION_HEAD DEPUTY_HEAD HEAD", "T04": "DEPUTY_HEAD HEAD",
         "T05": "DEPUTY_HEAD HEAD", "T06": "HEAD", "T07": "SECTION_HEAD DEPUTY_HEAD HEAD",
         "T09": "HEAD", "T10": "HEAD", "T13": "DEPUTY_HEAD HEAD", "T15": "HEAD"}  # fmt: skip
FILES = {"T08R": "SUPERVISOR", "T09R": "SUPERVISOR", "T12": "SUPERVISOR", "T14": "SUPERVISOR"}


def taking(template: str, source: str, target: str, role: Role) -> tuple[bool, bool]:
    """Tell whether desk and server let a role bring a paper from one state to another."""
    old = record(ENTITY, source) | {"template": template}
    new = done(ENTITY, _act(old, source, target, role), old, target)
    return desk_takes(ENTITY, old, new, role), server_takes(ENTITY, old, new, role)


def _act(old: dict[str, object], source: str, target: str, role: Role) -> Transition | None:
    acts = BOOK.rule(ENTITY).transitions
    fitting = (t for t in acts if source in t.sources and t.target == target)
    return next((t for t in fitting if role.value in t.roles_for(old)), None)


def allowed(template: str, source: str, target: str) -> str:
    return " ".join(
        role.value for role in Role if taking(template, source, target, role) == (True, True)
    )


@pytest.mark.parametrize("template", ["T01", "T04", "T08R", "T13", "T15"])
def test_desk_and_server_agree_on_every_step_of_every_role(template: str) -> None:
    for source in STATES:
        for target in STATES:
            for role in Role:
                if source != target:
                    desk, server = taking(template, source, target, role)
                    assert desk == server, (template, source, target, role)


@pytest.mark.parametrize("template", CHECKS)
def test_who_checks(template: str) -> None:
    for target in ("UNDER_APPROVAL", "UNDER_COUNTERSIGN"):
        assert set(allowed(template, "UNDER_CHECK", target).split()) == set(
            CHECKS[template].split()
        )


@pytest.mark.parametrize("template", SIGNS)
def test_who_signs(template: str) -> None:
    assert set(allowed(template, "UNDER_APPROVAL", "SIGNED").split()) == set(
        SIGNS[template].split()
    )


@pytest.mark.parametrize("template", FILES)
def test_records_and_the_units_own_papers_are_signed_by_hand_and_filed(template: str) -> None:
    assert allowed(template, "DRAFT", "ARCHIVED") == FILES[template]
    assert allowed(template, "DRAFT", "UNDER_CHECK") == ""
    assert allowed(template, "DRAFT", "UNDER_APPROVAL") == ""


def test_the_book_knows_exactly_the_states_of_the_program() -> None:
    assert BOOK.rule(ENTITY).fields["state"].values == frozenset(STATES)


def test_nothing_leads_out_of_the_end() -> None:
    ends = {state.value for state in DocumentState if state.is_over}
    for act in BOOK.rule(ENTITY).transitions:
        assert not ends & act.sources, act.name
