"""The power list against the online hall, the physical hall and the cases."""

from dataclasses import replace
from datetime import date

from desktop.domain.items import Basis, Limit, ListPlace, ServiceItem
from desktop.domain.rules.comparing import compare_lists
from desktop.domain.rules.lists import GUIDE_FIELDS
from tests.support.cases import item
from tests.support.judging import RULES

TODAY = date(2026, 11, 24)
SOUND = item(
    basis=(Basis("食品安全法第三十五条"),),
    approved_on=date(2026, 1, 5),
    published_on=date(2026, 1, 6),
    guide=tuple((name, "有") for name in GUIDE_FIELDS),
    promised_limit=Limit(8),
    statutory_limit=Limit(20),
    resident=True,
)
ONLINE = replace(SOUND, place=ListPlace.ONLINE)
HALL = replace(SOUND, place=ListPlace.HALL)


def found(*items: ServiceItem, **used: int) -> dict[tuple[str, str], object]:
    told = compare_lists(items, {"000101": 3, **used}, TODAY, RULES)
    return {(each.rule_id, each.subject_id): each.facts.get("differs") for each in told}


def test_lists_that_agree_say_nothing() -> None:
    assert found(SOUND, ONLINE, HALL) == {}
    assert found(SOUND) == {}


def test_what_differs_online_is_named() -> None:
    online = replace(ONLINE, promised_limit=Limit(5))
    assert found(SOUND, online) == {("R-LST-05", "000101"): ["PROMISED_LIMIT"]}


def test_what_is_missing_in_one_place_is_named() -> None:
    other = replace(SOUND, code="2", name="另一项")
    online, hall = replace(ONLINE, code="2", name="另一项"), replace(HALL, code="2", name="另一项")
    assert found(SOUND, other, online, hall) == {
        ("R-LST-05", "000101"): ["ONLINE_MISSING", "HALL_MISSING"],
        ("R-LST-08", "000101"): None,
    }


def test_what_stands_beside_the_power_list_is_named() -> None:
    assert found(SOUND, ONLINE, replace(ONLINE, code="9")) == {("R-LST-05", "9"): ["LIST_MISSING"]}


def test_what_is_listed_no_longer_counts_as_missing() -> None:
    assert ("R-LST-05", "9") not in found(SOUND, ONLINE, replace(ONLINE, code="9", listed=False))


def test_cases_of_a_power_on_no_list_are_named() -> None:
    assert found(SOUND, **{"000999": 2}) == {("R-LST-04", "000999"): None}
    assert found(**{"000999": 2}) == {}  # without a list nothing is known
    hidden = replace(SOUND, published_on=None)
    assert ("R-LST-04", "000101") in found(hidden)
