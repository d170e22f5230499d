"""What takes a window off its post for a while: pause (暂停服务), leave (请假), stand-in (顶岗)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import ClassVar

from desktop.domain.identifiers import ExcuseId, HallId, PauseId, UserId, WindowId


class DutyState(Enum):
    """Whether what was registered holds; one that was withdrawn never did."""

    STANDING = "STANDING"
    ENDED = "ENDED"
    WITHDRAWN = "WITHDRAWN"


class PauseReason(Enum):
    """Why a window serves nobody for a while."""

    SYSTEM_FAULT = "SYSTEM_FAULT"
    EQUIPMENT = "EQUIPMENT"
    HANDOVER = "HANDOVER"
    MEETING = "MEETING"
    DRILL = "DRILL"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class WindowPause:
    """A pause of one window: from when to when, why, and who allowed it.

    Attributes:
        ended_at: when it is to end; earlier once somebody ended it.
        sign_shown: whether the sign stands on the counter, None while nobody has looked.
        approver: the name of who allowed it.
    """

    ENTITY: ClassVar = "window_pause"

    id: PauseId
    hall_id: HallId
    window_id: WindowId
    started_at: datetime
    ended_at: datetime
    reason: PauseReason
    approver: str
    recorded_by: UserId
    note: str = ""
    sign_shown: bool | None = None
    state: DutyState = DutyState.STANDING
    ended_by: UserId | None = None
    withdrawn_by: UserId | None = None

    @property
    def lasts_s(self) -> float:
        """Seconds from its beginning to its end."""
        return (self.ended_at - self.started_at).total_seconds()

    def ended(self, by: UserId, at: datetime) -> "WindowPause":
        """Serve again; never later than was allowed."""
        until = min(at, self.ended_at)
        return replace(self, state=DutyState.ENDED, ended_by=by, ended_at=until)

    def withdrawn(self, by: UserId) -> "WindowPause":
        """Take it back: it was registered by mistake."""
        return replace(self, state=DutyState.WITHDRAWN, withdrawn_by=by)


class ExcuseKind(Enum):
    """Whether the clerk is away, or somebody else sits there for him."""

    LEAVE = "LEAVE"
    STAND_IN = "STAND_IN"


class ExcuseReason(Enum):
    """Why the clerk is away (section 9.2)."""

    REST = "REST"
    ERRAND = "ERRAND"
    SICK = "SICK"
    PRIVATE = "PRIVATE"
    ANNUAL = "ANNUAL"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Excuse:
    """A leave of the clerk of a window, or somebody who stands in for him.

    Attributes:
        stand_in: the name of who sits there instead; he may be of another unit (edge case 47).
        ended_at, approver: as of a pause.
    """

    ENTITY: ClassVar = "excuse"

    id: ExcuseId
    hall_id: HallId
    window_id: WindowId
    kind: ExcuseKind
    started_at: datetime
    ended_at: datetime
    reason: ExcuseReason
    approver: str
    recorded_by: UserId
    stand_in: str = ""
    note: str = ""
    state: DutyState = DutyState.STANDING
    ended_by: UserId | None = None
    withdrawn_by: UserId | None = None

    def ended(self, by: UserId, at: datetime) -> "Excuse":
        """Be back; never later than was allowed."""
        until = min(at, self.ended_at)
        return replace(self, state=DutyState.ENDED, ended_by=by, ended_at=until)

    def withdrawn(self, by: UserId) -> "Excuse":
        """Take it back: it was registered by mistake."""
        return replace(self, state=DutyState.WITHDRAWN, withdrawn_by=by)


Duty = WindowPause | Excuse


@dataclass(frozen=True, slots=True)
class Duties:
    """What was registered for the windows of a hall and not withdrawn."""

    pauses: tuple[WindowPause, ...] = ()
    excuses: tuple[Excuse, ...] = ()

    def all(self) -> tuple[Duty, ...]:
        """Give everything."""
        return (*self.pauses, *self.excuses)

    def of(self, window_id: WindowId) -> "Duties":
        """Give what was registered for one window."""
        return Duties(
            tuple(duty for duty in self.pauses if duty.window_id == window_id),
            tuple(duty for duty in self.excuses if duty.window_id == window_id),
        )

    def at(self, window_id: WindowId, moment: datetime) -> tuple[Duty, ...]:
        """Give what holds for a window at a moment."""
        laid = (duty for duty in self.all() if duty.window_id == window_id)
        return tuple(duty for duty in laid if duty.started_at <= moment < duty.ended_at)
