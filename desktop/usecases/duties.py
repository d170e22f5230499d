"""Taking a window off its post, and putting it back."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.domain.duties import (
    Duties,
    Duty,
    DutyState,
    Excuse,
    ExcuseKind,
    ExcuseReason,
    PauseReason,
    WindowPause,
)
from desktop.domain.errors import AlreadyOff, BadField, MissingField, WrongState
from desktop.domain.identifiers import ExcuseId, HallId, PauseId, WindowId, new_id
from desktop.domain.organisation import Window
from desktop.usecases.ports import Clock, Reading, UnitOfWork


@dataclass(frozen=True, slots=True)
class Leave:
    """What is said when a window goes off its post; `approver` empty means who says it.

    Attributes:
        lasts: how long it may be off, from now.
        note: in words; needed where the reason is OTHER.
    """

    lasts: timedelta
    note: str = ""
    approver: str = ""


def pause_window(
    work: UnitOfWork,
    window_id: WindowId,
    reason: PauseReason,
    leave: Leave,
    *,
    sign_shown: bool | None = None,
    clock: Clock,
) -> WindowPause:
    """Let a window serve nobody from now on for a while.

    Raises:
        AlreadyOff, MissingField, BadField: paused already, OTHER without a word, no time.
    """
    window, now = work.get(Window, window_id), clock.now()
    _check(WindowPause.ENTITY, leave, wordless=reason is PauseReason.OTHER)
    if any(isinstance(duty, WindowPause) for duty in _held(work, window, now)):
        raise AlreadyOff(WindowPause.ENTITY, window.name)
    pause = WindowPause(
        id=PauseId(new_id()),
        hall_id=window.hall_id,
        window_id=window.id,
        started_at=now,
        ended_at=now + leave.lasts,
        reason=reason,
        approver=leave.approver or work.actor.name,
        recorded_by=work.actor.user_id,
        note=leave.note,
        sign_shown=sign_shown,
    )
    work.add(pause)
    work.note("window.pause", f"window/{window.id}", reason=leave.note or reason.value)
    return pause


def excuse_window(
    work: UnitOfWork,
    window_id: WindowId,
    reason: ExcuseReason,
    leave: Leave,
    *,
    stand_in: str = "",
    clock: Clock,
) -> Excuse:
    """Register that the clerk is away from now on; with a name, that somebody stands in for him.

    Raises:
        AlreadyOff, MissingField, BadField: excused already, OTHER without a word, no time.
    """
    window, now = work.get(Window, window_id), clock.now()
    _check(Excuse.ENTITY, leave, wordless=reason is ExcuseReason.OTHER and not stand_in)
    kind = ExcuseKind.STAND_IN if stand_in else ExcuseKind.LEAVE
    if any(isinstance(d, Excuse) and d.kind is kind for d in _held(work, window, now)):
        raise AlreadyOff(Excuse.ENTITY, window.name)
    excuse = Excuse(
        id=ExcuseId(new_id()),
        hall_id=window.hall_id,
        window_id=window.id,
        kind=kind,
        started_at=now,
        ended_at=now + leave.lasts,
        reason=reason,
        approver=leave.approver or work.actor.name,
        recorded_by=work.actor.user_id,
        stand_in=stand_in,
        note=leave.note,
    )
    work.add(excuse)
    work.note("window.excuse", f"window/{window.id}", reason=leave.note or reason.value)
    return excuse


def end_duty(work: UnitOfWork, duty: Duty, *, clock: Clock) -> Duty:
    """Put a window back on its post before its time is over.

    Raises:
        WrongState: somebody ended or withdrew it before.
    """
    known = _standing(work, duty, "end")
    ended = known.ended(work.actor.user_id, clock.now())
    work.replace(ended)
    work.note(f"{ended.ENTITY}.end", f"window/{ended.window_id}")
    return ended


def withdraw_duty(work: UnitOfWork, duty: Duty) -> Duty:
    """Take back what was registered by mistake; it counts as never registered."""
    known = _standing(work, duty, "retract")
    withdrawn = known.withdrawn(work.actor.user_id)
    work.replace(withdrawn)
    work.note(f"{withdrawn.ENTITY}.retract", f"window/{withdrawn.window_id}")
    return withdrawn


def note_sign(work: UnitOfWork, pause_id: PauseId, *, shown: bool) -> WindowPause:
    """Write down whether the sign of a pause stands on the counter."""
    pause = replace(work.get(WindowPause, pause_id), sign_shown=shown)
    work.replace(pause)
    work.note("window_pause.sign", f"window/{pause.window_id}")
    return pause


def read_duties(reading: Reading, hall_id: HallId, start: datetime, end: datetime) -> Duties:
    """Fetch what holds for a hall's windows in a stretch of time."""
    return Duties(
        tuple(d for d in reading.lasting(WindowPause, start, end) if _holds(d, hall_id)),
        tuple(d for d in reading.lasting(Excuse, start, end) if _holds(d, hall_id)),
    )


def _holds(duty: Duty, hall_id: HallId) -> bool:
    return duty.hall_id == hall_id and duty.state is not DutyState.WITHDRAWN


def _standing(work: UnitOfWork, duty: Duty, act: str) -> Duty:
    known: Duty = work.get(type(duty), duty.id)
    if known.state is not DutyState.STANDING:
        raise WrongState(known.ENTITY, act, known.state.value)
    return known


def _check(entity: str, leave: Leave, *, wordless: bool) -> None:
    if wordless and not leave.note:
        raise MissingField(entity, "create", "note")
    if leave.lasts <= timedelta():
        raise BadField(entity, "ended_at", leave.lasts)


def _held(work: UnitOfWork, window: Window, now: datetime) -> tuple[Duty, ...]:
    duties = read_duties(work, window.hall_id, now, now + timedelta(seconds=1))
    return duties.at(window.id, now)


def snooze_alert(work: UnitOfWork, window_id: WindowId, minutes: int, reason: str) -> None:
    """Write down who did not want to hear of a window, for how long and why.

    Raises:
        MissingField: no reason.
    """
    if not reason.strip():
        raise MissingField(Window.ENTITY, "snooze", "reason")
    work.note("alert.snooze", f"window/{window_id}", reason=f"{minutes} min: {reason}")
