"""The power list against the online hall, the physical hall and the cases (F23, F24)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from desktop.domain.items import ListPlace, ServiceItem
from desktop.domain.rules.catalogue import RuleSet
from desktop.domain.rules.checker import candidate
from desktop.domain.rules.crowds import Found
from desktop.domain.rules.judgement import Candidate, Hit, Subject
from desktop.domain.rules.lists import ItemFile
from desktop.domain.rules.subjects import check_item

_DIFFERS, _UNPUBLISHED = "R-LST-05", "R-LST-04"


def compare_lists(
    items: Iterable[ServiceItem], used: Mapping[str, int], today: date, rules: RuleSet
) -> list[Candidate]:
    """Judge every item of the power list, and name what the other places have beside it.

    A place of which no list is known is compared with nothing.

    Args:
        used: how many cases there are by item code.
    """
    places = {place: _by_code(items, place) for place in ListPlace}
    power = places[ListPlace.POWER]
    found = [
        each
        for item in power.values()
        for each in check_item(_file_of(item, places, used, today), rules)
    ]
    return [*found, *_beside_the_list(places, rules), *_used_without_list(places, used, rules)]


def _by_code(items: Iterable[ServiceItem], place: ListPlace) -> dict[str, ServiceItem]:
    return {item.code: item for item in items if item.place is place and item.listed}


def _file_of(
    item: ServiceItem,
    places: Mapping[ListPlace, Mapping[str, ServiceItem]],
    used: Mapping[str, int],
    today: date,
) -> ItemFile:
    online, hall = places[ListPlace.ONLINE], places[ListPlace.HALL]
    return ItemFile(
        item,
        today,
        online=online.get(item.code),
        compared=bool(online),
        in_hall=item.code in hall if hall and item.resident else None,
        windows=int(item.code in hall) if hall else None,
        cases=used.get(item.code, 0),
    )


def _beside_the_list(
    places: Mapping[ListPlace, Mapping[str, ServiceItem]], rules: RuleSet
) -> Iterator[Candidate]:
    """Name what is offered to the public and stands on no power list."""
    power = places[ListPlace.POWER]
    beside = {**places[ListPlace.HALL], **places[ListPlace.ONLINE]}
    for code, item in beside.items():
        if power and code not in power and rules.is_on(_DIFFERS):
            hit = Hit({"item": item.name, "differs": ["LIST_MISSING"]})
            found = Found(Subject.ITEM, code, hit)
            yield candidate(rules.rule(_DIFFERS), rules, found, unit_id=item.unit_id)


def _used_without_list(
    places: Mapping[ListPlace, Mapping[str, ServiceItem]],
    used: Mapping[str, int],
    rules: RuleSet,
) -> Iterator[Candidate]:
    """Name the powers that were used and stand on no list at all."""
    power = places[ListPlace.POWER]
    for code, cases in used.items():
        if power and code and code not in power and rules.is_on(_UNPUBLISHED):
            hit = Hit({"item": code, "cases": cases})
            yield candidate(rules.rule(_UNPUBLISHED), rules, Found(Subject.ITEM, code, hit))
