"""Says pauses, leaves and stand-ins in the language of the screen."""

from collections.abc import Mapping
from enum import Enum

from desktop.domain.duties import Duty, Excuse, ExcuseKind, ExcuseReason, PauseReason, WindowPause
from desktop.system.language import marked, said
from desktop.viewmodels.times import clock_short

PAUSES: Mapping[Enum, str] = {
    PauseReason.SYSTEM_FAULT: marked("系统故障"),
    PauseReason.EQUIPMENT: marked("设备检修"),
    PauseReason.HANDOVER: marked("交接班"),
    PauseReason.MEETING: marked("会议学习"),
    PauseReason.DRILL: marked("消防演练"),
    PauseReason.OTHER: marked("其他原因"),
}

LEAVES: Mapping[Enum, str] = {
    ExcuseReason.REST: marked("短暂休息"),
    ExcuseReason.ERRAND: marked("为群众外出办事"),
    ExcuseReason.SICK: marked("病假"),
    ExcuseReason.PRIVATE: marked("事假"),
    ExcuseReason.ANNUAL: marked("年休假"),
    ExcuseReason.OTHER: marked("其他原因"),
}


def reason_said(reason: PauseReason | ExcuseReason) -> str:
    """Name a reason."""
    return said(PAUSES[reason] if isinstance(reason, PauseReason) else LEAVES[reason])


def kind_said(duty: Duty) -> str:
    """Name what takes a window off its post."""
    if isinstance(duty, WindowPause):
        return said("暂停服务")
    return said("顶岗") if duty.kind is ExcuseKind.STAND_IN else said("请假")


def who_said(duty: Duty) -> str:
    """Say a duty by its kind and whom or what it is about: 顶岗 李明, 请假 病假."""
    if isinstance(duty, Excuse) and duty.stand_in:
        return f"{kind_said(duty)} {duty.stand_in}"
    return f"{kind_said(duty)} {duty.note or reason_said(duty.reason)}"


def duty_said(duty: Duty) -> str:
    """Say all of it but its kind: when, why, who allowed it, and of a pause whether it was told."""
    span = f"{clock_short(duty.started_at)}–{clock_short(duty.ended_at)}"
    why = duty.note or reason_said(duty.reason)
    if isinstance(duty, Excuse) and duty.stand_in:
        why = f"{who_said(duty)} {duty.note}".strip()
    parts = [f"{span} {why}", said("批准人 {0}").format(duty.approver)]
    if isinstance(duty, WindowPause):
        parts.append(sign_said(duty))
    return said("、", "list").join(parts)


def sign_said(pause: WindowPause) -> str:
    """Say whether the sign stands."""
    if pause.sign_shown is None:
        return said("公示牌未查看")
    return said("公示牌已摆放") if pause.sign_shown else said("没有公示牌")
