"""Evaluation profiles (评估方案): how a rule book turns faults and figures into points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import cast

from desktop.domain.errors import BadProfile


class DeductBy(Enum):
    """Whether a carded fault costs the points of its card or of its item; never both."""

    CARD = "CARD"
    ITEM = "ITEM"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One part of the hundred points."""

    code: str
    name: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """What one rule's fault costs.

    Attributes:
        dimensions: where it is deducted; empty: where the rule's family is.
        without_card: it counts once confirmed, though no card was given.
    """

    points: Decimal
    dimensions: tuple[str, ...] = ()
    without_card: bool = False


@dataclass(frozen=True, slots=True)
class Steps:
    """`first` points from a share (percent) on, `more` for every further step (percent)."""

    share: Decimal
    first: Decimal
    step: Decimal
    more: Decimal

    def points(self, reached: Decimal, counted: Decimal | None = None) -> Decimal:
        """Give the points; `reached` opens the door, `counted` (or itself) climbs the steps."""
        if reached < self.share:
            return Decimal(0)
        climbed = reached if counted is None else counted
        return self.first + (climbed - self.share) // self.step * self.more


@dataclass(frozen=True, slots=True)
class DataRule:
    """What incomplete records cost: `points` for each full `step` percent, `most` at most."""

    step: Decimal
    points: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade from a total on; None: from the bottom. A red card may bar it."""

    name: str
    floor: Decimal | None
    red_card_bars: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile file, parsed.

    Attributes:
        cards: points of a card by its level.
        families: dimensions by the family in a rule's name, as TIM of R-TIM-02.
        bonus_cap: most that all bonuses add; None: no cap.
        coefficient: least and most of the unit's 折合系数.
        grades: best first.
        veto: dimensions in which any deduction means the last grade (一票否决).
        discipline: points of the year's total by kind of discipline.
    """

    id: str
    version: str
    name: str
    deduct_by: DeductBy
    floors: bool
    dimensions: tuple[Dimension, ...]
    items: Mapping[str, Item]
    grades: tuple[Grade, ...]
    cards: Mapping[int, Decimal] = field(default_factory=dict)
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    early: Steps | None = None
    promise: Steps | None = None
    bonus_cap: Decimal | None = None
    data: DataRule | None = None
    coefficient: tuple[Decimal, Decimal] = (Decimal(1), Decimal(1))
    veto: frozenset[str] = frozenset()
    discipline: Mapping[str, Decimal] = field(default_factory=dict)

    def dimensions_of(self, rule_id: str) -> tuple[str, ...]:
        """Name the dimensions in which a rule's fault is deducted."""
        item = self.items.get(rule_id)
        if item and item.dimensions:
            return item.dimensions
        if len(self.dimensions) == 1:
            return (self.dimensions[0].code,)
        return self.families.get(rule_id.removeprefix("R-").split("-", maxsplit=1)[0], ())


Table = Mapping[str, object]


def read_profile(content: Table) -> Profile:
    """Make a profile of a parsed file.

    Raises:
        BadProfile: id, what is wrong.
    """
    try:
        profile = _parsed(content)
    except (KeyError, ValueError, ArithmeticError) as error:
        raise BadProfile(str(content.get("id", "")), str(error)) from error
    known = {dimension.code for dimension in profile.dimensions}
    named = {code for codes in profile.families.values() for code in codes} | profile.veto
    named |= {code for item in profile.items.values() for code in item.dimensions}
    if named - known:
        raise BadProfile(profile.id, min(named - known))
    return profile


def _parsed(content: Table) -> Profile:
    bonus = cast(Table, content.get("bonus", {}))
    bounds = cast(Mapping[str, str], content.get("coefficient", {"least": "1", "most": "1"}))
    return Profile(
        id=str(content["id"]),
        version=str(content["version"]),
        name=str(content["name"]),
        deduct_by=DeductBy(content["deduct_by"]),
        floors=bool(content["floors"]),
        dimensions=tuple(
            Dimension(d["code"], d["name"], Decimal(d["points"]))
            for d in cast(Sequence[Mapping[str, str]], content["dimensions"])
        ),
        items={name: _item(row) for name, row in _tables(content, "items").items()},
        grades=tuple(_grade(row) for row in cast(Sequence[Table], content["grades"])),
        cards={int(level): value for level, value in _decimals(content, "cards").items()},
        families={
            name: tuple(codes)
            for name, codes in cast(
                Mapping[str, Sequence[str]], content.get("families", {})
            ).items()
        },
        early=_steps(bonus, "early"),
        promise=_steps(bonus, "promise"),
        bonus_cap=_optional(bonus.get("cap", "")),
        data=DataRule(**_decimals(content, "data")) if "data" in content else None,
        coefficient=(Decimal(bounds["least"]), Decimal(bounds["most"])),
        veto=frozenset(
            cast(Mapping[str, Sequence[str]], content.get("veto", {})).get("dimensions", ())
        ),
        discipline=_decimals(content, "discipline"),
    )


def _item(row: Table) -> Item:
    dimensions = tuple(cast(Sequence[str], row.get("dimensions", ())))
    return Item(Decimal(str(row["points"])), dimensions, bool(row.get("without_card", False)))


def _grade(row: Table) -> Grade:
    return Grade(str(row["name"]), _optional(row["from"]), bool(row.get("red_card_bars", False)))


def _steps(bonus: Table, name: str) -> Steps | None:
    return Steps(**_decimals(bonus, name)) if name in bonus else None


def _optional(text: object) -> Decimal | None:
    return Decimal(str(text)) if text != "" else None


def _decimals(content: Table, name: str) -> dict[str, Decimal]:
    table = cast(Mapping[str, str], content.get(name, {}))
    return {key: Decimal(value) for key, value in table.items()}


def _tables(content: Table, name: str) -> Mapping[str, Table]:
    return cast(Mapping[str, Table], content.get(name, {}))
