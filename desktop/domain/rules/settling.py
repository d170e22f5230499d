"""What of all that was found becomes a finding: once only, and of one matter the highest."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from desktop.domain.rules.judgement import Candidate


class Settled(NamedTuple):
    """Candidates sorted by what becomes of them.

    Attributes:
        raised: new findings.
        superseded: lower ones of the same matter; their points are replaced, not added.
        known: found before, or not above the level that the subject already has.
    """

    raised: tuple[Candidate, ...]
    superseded: tuple[Candidate, ...]
    known: tuple[Candidate, ...]


def settle(
    candidates: Iterable[Candidate],
    known_keys: Collection[str] = frozenset(),
    last_levels: Mapping[str, int] | None = None,
) -> Settled:
    """Keep of one case one time card per level, the higher replacing the lower (section 7.4).

    A time card and one for fees or procedure may both exist: only rules of one group compete.

    Args:
        known_keys: dedupe keys of findings that exist.
        last_levels: by matter, the level that was last raised.
    """
    last_levels = last_levels or {}
    best: dict[str, Candidate] = {}
    superseded: list[Candidate] = []
    known: list[Candidate] = []
    for each in candidates:
        rival = best.get(each.matter)
        if each.dedupe_key in known_keys or each.level <= last_levels.get(each.matter, -1):
            known.append(each)
        elif rival is None:
            best[each.matter] = each
        elif rival.dedupe_key != each.dedupe_key:
            low, high = sorted((rival, each), key=lambda one: (one.level, one.rule_id))
            best[each.matter] = high
            superseded.append(low)
    return Settled(tuple(best.values()), tuple(superseded), tuple(known))
