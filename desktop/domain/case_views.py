"""Saved views of the list of cases: what narrows it, under a name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Protocol, TypeVar

from desktop.domain.identifiers import HallId, UserId


@dataclass(frozen=True, slots=True)
class CaseView:
    """What somebody wants to see of a hall's cases again.

    Attributes:
        wish: the parts of the wish that narrow, by name, as JSON values.
    """

    ENTITY: ClassVar = "case_view"

    id: str
    hall_id: HallId
    name: str
    saved_by: UserId
    saved_at: datetime
    wish: Mapping[str, object] = field(default_factory=dict)
    withdrawn: bool = False


class Named(Protocol):
    """What is saved under a name, anew each time."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def saved_at(self) -> datetime:
        """When."""

    @property
    def withdrawn(self) -> bool:
        """Whether it is offered no more."""


N = TypeVar("N", bound=Named)


def standing(saved: Iterable[N]) -> tuple[N, ...]:
    """Give the newest of each name in the order of the names, without what was withdrawn."""
    newest: dict[str, N] = {}
    for each in sorted(saved, key=lambda one: one.saved_at):
        newest[each.name] = each
    return tuple(newest[name] for name in sorted(newest) if not newest[name].withdrawn)
