"""The power list against itself, the public guide and the hall (R-LST)."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from desktop.domain.items import ItemStatus, ServiceItem
from desktop.domain.rules.judgement import NONE, Hit, Hits, Values

# 行政许可法 30: what the guide must tell.
GUIDE_FIELDS = (
    "item", "basis", "conditions", "quantity", "procedure", "limit", "materials", "example",
)  # fmt: skip


class ItemFile(NamedTuple):
    """One item as the power list has it, and what the other places say of it.

    Attributes:
        online: the same item as the online hall shows it; None where it is not there.
        in_hall: whether the physical hall handles it; None where that was not told.
        windows: how many windows handle it; None where that was not told.
        cases: how many cases of it exist.
    """

    item: ServiceItem
    today: date
    online: ServiceItem | None = None
    compared: bool = False
    in_hall: bool | None = None
    windows: int | None = None
    cases: int = 0


class ItemRule(NamedTuple):
    """A rule over one item."""

    rule_id: str
    judge: Callable[[ItemFile, Values], Hits]


def no_basis(file: ItemFile, _: Values) -> Hits:
    """R-LST-01: the item rests on nothing that is in force."""
    basis = file.item.basis
    if any(each.valid_to is None or each.valid_to >= file.today for each in basis):
        return NONE
    return (Hit({"item": file.item.name, "why": "EXPIRED" if basis else "NONE"}),)


def published_unapproved(file: ItemFile, _: Values) -> Hits:
    """R-LST-02: published before the government approved it, or without."""
    item = file.item
    if item.published_on is None:
        return NONE
    if item.approved_on and item.approved_on <= item.published_on:
        return NONE
    return (Hit({"item": item.name, "published": item.published_on}),)


def cancelled_but_listed(file: ItemFile, _: Values) -> Hits:
    """R-LST-03: a cancelled item is still published."""
    item = file.item
    if item.status is not ItemStatus.CANCELLED or item.published_on is None:
        return NONE
    return (Hit({"item": item.name}),)


def used_unpublished(file: ItemFile, _: Values) -> Hits:
    """R-LST-04: cases exist of a power that was never made public."""
    item = file.item
    if not file.cases or item.published_on is not None:
        return NONE
    return (Hit({"item": item.name, "cases": file.cases}),)


def online_differs(file: ItemFile, _: Values) -> Hits:
    """R-LST-05: the online hall, the physical hall and the list do not say the same."""
    if not file.compared:
        return NONE
    item, online = file.item, file.online
    if online is None:
        differs = ["ONLINE_MISSING"]
    else:
        differs = [
            name
            for name, same in (
                ("STATUTORY_LIMIT", item.statutory_limit == online.statutory_limit),
                ("PROMISED_LIMIT", item.promised_limit == online.promised_limit),
                ("MATERIALS", set(item.materials) == set(online.materials)),
                ("FEES", set(item.fees) == set(online.fees)),
            )
            if not same
        ]
    if file.in_hall is False:
        differs.append("HALL_MISSING")
    return (Hit({"item": item.name, "differs": differs}),) if differs else NONE


def guide_incomplete(file: ItemFile, _: Values) -> Hits:
    """R-LST-06: the public guide lacks one of the eight fields."""
    told = {name for name, text in file.item.guide if text.strip()}
    missing = [name for name in GUIDE_FIELDS if name not in told]
    return (Hit({"item": file.item.name, "missing": missing}),) if missing else NONE


def promise_over_law(file: ItemFile, _: Values) -> Hits:
    """R-LST-07: the promise is longer than the law allows, in the same unit."""
    promised, law = file.item.promised_limit, file.item.statutory_limit
    if promised is None or law is None or promised.unit is not law.unit:
        return NONE
    if promised.amount <= law.amount:
        return NONE
    facts = {"item": file.item.name, "promised": promised.amount, "statutory": law.amount}
    return (Hit(facts),)


def not_in_hall(file: ItemFile, _: Values) -> Hits:
    """R-LST-08: it belongs in the hall and no window handles it (应进未进)."""
    if not file.item.resident or file.windows is None or file.windows > 0:
        return NONE
    return (Hit({"item": file.item.name}),)


ITEM_RULES = (
    ItemRule("R-LST-01", no_basis),
    ItemRule("R-LST-02", published_unapproved),
    ItemRule("R-LST-03", cancelled_but_listed),
    ItemRule("R-LST-04", used_unpublished),
    ItemRule("R-LST-05", online_differs),
    ItemRule("R-LST-06", guide_incomplete),
    ItemRule("R-LST-07", promise_over_law),
    ItemRule("R-LST-08", not_in_hall),
)
