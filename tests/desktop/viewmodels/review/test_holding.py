"""The evidence of the open finding is held with a reason, and released."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.domain.errors import MissingField
from desktop.domain.roles import Role
from desktop.viewmodels.review.holding import EvidenceHolding
from tests.support.casework import FakeOffice


@pytest.fixture
def holding(qtbot: QtBot, office: FakeOffice) -> Iterator[EvidenceHolding]:
    office.enter(Role.VIDEO_SUP)
    made = EvidenceHolding(office)
    yield made
    made.stop()
    delete(made)


def test_a_hold_has_a_reason_and_ends_when_it_is_released(
    qtbot: QtBot, office: FakeOffice, holding: EvidenceHolding
) -> None:
    holding.follow(office.propose())
    holding.keep("信访在查")
    qtbot.waitUntil(lambda: holding.hold is not None)
    assert holding.hold is not None
    assert holding.hold.reason == "信访在查"
    holding.release()
    qtbot.waitUntil(lambda: holding.hold is None)


def test_a_hold_without_a_reason_is_refused(
    qtbot: QtBot, office: FakeOffice, holding: EvidenceHolding
) -> None:
    holding.follow(office.propose())
    with qtbot.waitSignal(holding.refused) as refused:
        holding.keep("  ")
    assert isinstance(refused.args[0], MissingField)


def test_another_finding_is_not_held_by_it(
    qtbot: QtBot, office: FakeOffice, holding: EvidenceHolding
) -> None:
    holding.follow(office.propose())
    holding.keep("信访在查")
    qtbot.waitUntil(lambda: holding.hold is not None)
    with qtbot.waitSignals([holding.changed, holding.changed]):
        holding.follow(office.propose())
    assert holding.hold is None


def test_who_only_reads_may_not_hold(office: FakeOffice, holding: EvidenceHolding) -> None:
    office.enter(Role.LEGAL_CHECK)
    assert not holding.may_change
