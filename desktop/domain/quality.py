"""How good the data is that each unit sends: what its cases lack and what contradicts itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.domain.approvals import ApprovalCase
from desktop.domain.clocks import Clocks
from desktop.domain.rules.judgement import Candidate

_LATE = "R-DAT-04"


class UnitQuality(NamedTuple):
    """Sums over the cases of one unit, as its source calls it.

    Attributes:
        lacking: cases without number, item, unit or a beginning (as R-DAT-01).
        without_limit: accepted cases that no limit is known for.
        contradictory: cases whose times cannot all be true.
        keyed_late: cases keyed in long after they happened (R-DAT-04).
        sound: cases with none of these.
    """

    cases: int = 0
    lacking: int = 0
    without_limit: int = 0
    contradictory: int = 0
    keyed_late: int = 0
    sound: int = 0

    @property
    def share(self) -> float:
        """The part of the cases that is sound, 0 to 1."""
        return self.sound / self.cases if self.cases else 1.0


@dataclass
class QualitySums:
    """Adds cases one by one."""

    units: dict[str, UnitQuality] = field(default_factory=dict)

    def add(self, case: ApprovalCase, clocks: Clocks, found: Iterable[Candidate]) -> None:
        """Add a case that was judged."""
        begun = case.received_at or case.accepted_at
        has_limit = clocks.promised is not None or clocks.statutory is not None
        faults = (
            not all((case.case_no, case.item_code, case.unit_id, begun)),
            case.accepted_at is not None and not has_limit and clocks.fault is None,
            clocks.fault is not None,
            any(each.rule_id == _LATE for each in found),
        )
        before = self.units.get(case.unit_id, UnitQuality())
        counts = (before.lacking, before.without_limit, before.contradictory, before.keyed_late)
        lacking, without, contradictory, late = (
            count + fault for count, fault in zip(counts, faults, strict=True)
        )
        sound = before.sound + (not any(faults))
        self.units[case.unit_id] = UnitQuality(
            before.cases + 1, lacking, without, contradictory, late, sound
        )

    def ordered(self) -> Mapping[str, UnitQuality]:
        """Give the sums, the worst unit first."""
        return dict(sorted(self.units.items(), key=lambda pair: (pair[1].share, pair[0])))
