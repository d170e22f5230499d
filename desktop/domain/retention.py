"""How long evidence stays on this machine, what binds it longer, and what goes first when tight."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import ClassVar, NamedTuple

from desktop.domain.evidence import Evidence
from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import EvidenceId, FindingId, HallId, UserId

WARN_AT = 0.8  # of the quota


class HoldState(Enum):
    """Whether a hold binds."""

    STANDING = "STANDING"
    RELEASED = "RELEASED"


@dataclass(frozen=True, slots=True)
class EvidenceHold:
    """A person's word that the evidence of a finding must stay, whatever its time."""

    ENTITY: ClassVar = "evidence_hold"

    id: str
    hall_id: HallId
    finding_id: FindingId
    reason: str
    held_by: UserId
    held_at: datetime
    state: HoldState = HoldState.STANDING
    released_by: UserId | None = None

    def released(self, by: UserId) -> "EvidenceHold":
        """Let its time run again."""
        return replace(self, state=HoldState.RELEASED, released_by=by)


class DisposalReason(Enum):
    """Why evidence was deleted from a machine."""

    EXPIRED = "EXPIRED"
    QUOTA = "QUOTA"


@dataclass(frozen=True, slots=True)
class Disposal:
    """Evidence whose bytes a machine deleted; its record and its digest stay.

    Attributes:
        size: bytes that this made free.
    """

    ENTITY: ClassVar = "disposal"

    id: str
    hall_id: HallId
    device_id: str
    at: datetime
    reason: DisposalReason
    items: tuple[EvidenceId, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What the user allows evidence to take: days after the decision, and bytes in all.

    Attributes:
        quota: 0 for none.
    """

    clips: timedelta
    pictures: timedelta
    quota: int = 0

    def of(self, item: Evidence) -> timedelta | None:
        """How long an item stays; the lists that prove what there was stay for good."""
        if item.media_type.startswith("video/"):
            return self.clips
        return self.pictures if item.media_type.startswith("image/") else None


class Going(NamedTuple):
    """An item that may go, and why now."""

    item: Evidence
    reason: DisposalReason


def settled_at(finding: Finding) -> datetime | None:
    """Tell when people were done with a finding from which nothing followed; None while it binds.

    What is open, confirmed or part of another finding is needed or may be.
    """
    match finding.state:
        case FindingState.DISMISSED:
            return finding.dismissed_at
        case FindingState.EXPIRED:
            return finding.ended_at or finding.detected_at
    return None


def going(
    evidence: Iterable[Evidence],
    findings: Mapping[FindingId, Finding],
    *,
    bound: Collection[FindingId],
    terms: Terms,
    sizes: Mapping[str, int],
    now: datetime,
) -> tuple[Going, ...]:
    """Choose what goes: what had its time, and beyond the quota the oldest, films first.

    Args:
        bound: findings of cards, papers and holds.
        sizes: bytes on this disk by digest.
    """
    here = [item for item in evidence if item.sha256 in sizes]
    free = {item.id: end for item in here if (end := _end_of(item, findings, bound, terms))}
    shared = {item.sha256 for item in here if item.id not in free}
    loose = [item for item in here if item.id in free and item.sha256 not in shared]
    expired = [item for item in loose if free[item.id] <= now]
    chosen = [Going(item, DisposalReason.EXPIRED) for item in expired]
    gone = {item.sha256 for item in expired}
    left = sum(size for digest, size in sizes.items() if digest not in gone)
    for item in sorted((i for i in loose if i.sha256 not in gone), key=_first_to_go):
        if not terms.quota or left <= terms.quota:
            break
        chosen.append(Going(item, DisposalReason.QUOTA))
        left -= 0 if item.sha256 in gone else sizes[item.sha256]
        gone.add(item.sha256)
    return tuple(chosen)


def _end_of(
    item: Evidence,
    findings: Mapping[FindingId, Finding],
    bound: Collection[FindingId],
    terms: Terms,
) -> datetime | None:
    """Tell when an item has had its time; None for one that is bound or stays for good."""
    finding = findings.get(item.finding_id) if item.finding_id else None
    lasts = terms.of(item)
    if finding is None or lasts is None or finding.id in bound:
        return None
    settled = settled_at(finding)
    return settled + lasts if settled else None


def _first_to_go(item: Evidence) -> tuple[bool, datetime]:
    return not item.media_type.startswith("video/"), item.taken_at
