"""The parameters that a hall holds its rules by."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from desktop.domain.identifiers import HallId, UserId
from desktop.domain.rules.catalogue import RuleSet
from desktop.domain.rules.settings import RuleSettings, in_force, rules_by
from tests.support.judging import CATALOGUE

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def settings(parameters: Mapping[str, Mapping[str, float]], **more: object) -> RuleSettings:
    given: dict[str, object] = {"id": "1", "set_at": NOON, **more}
    return RuleSettings(
        hall_id=HallId("h"),
        version="",
        reason="r",
        set_by=UserId("u"),
        parameters=parameters,
        **given,  # type: ignore[arg-type]
    )


def test_the_newest_settings_are_in_force() -> None:
    first = settings({})
    later = settings({}, id="0", set_at=NOON + timedelta(seconds=1))
    assert in_force([later, first]) == later
    assert in_force([]) is None


def test_a_hall_without_settings_goes_by_the_catalogue() -> None:
    assert rules_by(CATALOGUE, None).version == RuleSet(CATALOGUE).version


def test_what_a_hall_has_set_holds() -> None:
    rules = rules_by(CATALOGUE, settings({"R-TIM-03": {"from": 5}}, switched_off=("R-TIM-02",)))
    assert rules.values("R-TIM-03")["from"] == 5
    assert not rules.is_on("R-TIM-02")


def test_what_a_newer_catalogue_does_not_know_goes_by_its_default() -> None:
    old = {"R-TIM-03": {"from": 500, "gone": 1}, "R-OLD-01": {"n": 1}}
    rules = rules_by(CATALOGUE, settings(old, switched_off=("R-OLD-01",)))
    assert rules.version == RuleSet(CATALOGUE).version
