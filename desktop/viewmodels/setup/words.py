"""The user's words for what a hall is made of, and for the chapters of setting it up."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.calendar import LocalKind
from desktop.domain.organisation import BasisPurpose, OrganType
from desktop.system.language import headed, marked, said
from desktop.viewmodels.setup.facts import Chapter, Duty, Progress

_ORGAN_TYPES: Mapping[OrganType, str] = {
    OrganType.GOV_SERVICE_BUREAU: marked("政务服务管理机构"),
    OrganType.EFFICIENCY_OFFICE: marked("行政效能监察机构"),
    OrganType.DISCIPLINE_SUPERVISION: marked("纪检监察机关"),
}
_PURPOSES: Mapping[BasisPurpose, str] = {
    BasisPurpose.CONDUCT: marked("行为规范：写明不得有的行为"),
    BasisPurpose.CARD: marked("处理依据：授权发牌"),
}
_LOCAL_KINDS: Mapping[LocalKind, str] = {
    LocalKind.CLOSED: marked("停办一天"),
    LocalKind.OPEN: marked("照常上班"),
    LocalKind.HALF: marked("只开部分时段"),
}
_CHAPTERS: Mapping[Chapter, str] = {
    Chapter.RECOVERY: marked("恢复码"),
    Chapter.HALL: marked("大厅与场次"),
    Chapter.PEOPLE: marked("人员与分工"),
    Chapter.CALENDAR: marked("工作日历"),
    Chapter.WINDOWS: marked("窗口"),
    Chapter.CAMERAS: marked("摄像机"),
    Chapter.ZONES: marked("窗口区域"),
    Chapter.LIMITS: marked("认定时长"),
    Chapter.BASES: marked("法规依据"),
}
_WHY: Mapping[Chapter, str] = {
    Chapter.RECOVERY: marked("没有恢复码，密钥丢失后谁也打不开案卷库。"),
    Chapter.HALL: marked("只在开放时段内判断离岗；机关信息印在每份文书上。"),
    Chapter.PEOPLE: marked(
        "从核实到送达，每一步由不同的人办理：先后核实的两人不能是同一人，审核人不能是拟稿人，签发人不能是拟稿人和审核人。"
    ),
    Chapter.CALENDAR: marked("期限按工作日计算，放假和调休以国务院办公厅的通知为准。"),
    Chapter.WINDOWS: marked("每个窗口一行；窗口属于哪个单位，问题就发给哪个单位。"),
    Chapter.CAMERAS: marked("画面只在本机处理，用来判断座席上有没有人。"),
    Chapter.ZONES: marked("在画面上圈出每个窗口的座席和顾客区，程序只看圈内。"),
    Chapter.LIMITS: marked("达到时长才提出疑似问题；机器只提出，由人认定。"),
    Chapter.BASES: marked("发牌要引用两类条款：一条写明不得有的行为，一条授权处理。"),
}
_DUTIES: Mapping[Duty, str] = {
    Duty.FIRST: marked("第一人核实"),
    Duty.SECOND: marked("第二人复核"),
    Duty.CHECK: marked("审核文稿"),
    Duty.SIGN: marked("签发"),
    Duty.SEAL: marked("编号用印"),
}
_PROGRESS: Mapping[Progress, str] = {
    Progress.DONE: marked("已完成"),
    Progress.OPEN: marked("待设置"),
    Progress.LATER: marked("以后再做"),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold in words: what happens at it, and what it counts, "" for a time in minutes."""

    label: str
    meaning: str
    counts: str = ""


LIMITS: Mapping[str, Limit] = {
    "reminder_s": Limit(
        marked("离岗提醒"),
        marked("座席连续无人达到此时长，只在屏幕上提醒，不形成疑似问题（R-VID-01）。"),
    ),
    "absence_s": Limit(
        marked("离岗"),
        marked("连续无人达到此时长、没有请假、顶岗和暂停登记的，提出疑似问题（R-VID-02）。"),
    ),
    "waiting_s": Limit(
        marked("有人等候时的离岗"),
        marked("柜台前有人等候、窗口无人达到此时长的，提出疑似问题，比一般离岗更重（R-VID-03）。"),
    ),
    "long_s": Limit(
        marked("长时脱岗"), marked("连续无人达到此时长的，按最重一级提出（R-VID-04）。")
    ),
    "hourly_s": Limit(
        marked("一小时内累计离岗"),
        marked("多次短暂离开在一小时内合计达到此时长的，也算离岗（R-VID-02）。"),
    ),
    "phone_s": Limit(
        marked("看手机"), marked("没有顾客时连续看手机达到此时长的，提出疑似问题（R-VID-06）。")
    ),
    "phone_times": Limit(
        marked("一小时内看手机的次数"),
        marked("一小时内看手机达到这么多次的，也提出疑似问题（R-VID-06）。"),
        marked(" 次"),
    ),
    "late_s": Limit(
        marked("迟到早退"), marked("晚开窗或早关窗达到此时长的，提出疑似问题（R-VID-09）。")
    ),
    "trouble_s": Limit(
        marked("画面无法判断"),
        marked("画面中断或被遮挡达到此时长的，通知检修；这段时间不算离岗（R-VID-11）。"),
    ),
    "idle_s": Limit(
        marked("空闲"), marked("有人在岗但没有顾客达到此时长的，只进统计，不处理人（R-VID-13）。")
    ),
    "demand_s": Limit(
        marked("有人排队时的空闲"),
        marked("大厅有人排队而窗口空闲达到此时长的，提出疑似问题（R-VID-13）。"),
    ),
    "demand_waiting": Limit(
        marked("算作有人排队的人数"), marked("排队达到这么多人才算（R-VID-13）。"), marked(" 人")
    ),
    "pause_s": Limit(
        marked("暂停服务"), marked("暂停服务超过此时长的，提出疑似问题（R-WIN-02）。")
    ),
    "stand_in_s": Limit(
        marked("顶岗到位"), marked("请假后超过此时长仍无人顶岗的，提出疑似问题（R-WIN-03）。")
    ),
    "queued_s": Limit(
        marked("排队等候"), marked("十张号票中九张的等候超过此时长的，提出疑似问题（R-WIN-04）。")
    ),
    "queued_least": Limit(
        marked("排队统计的最少号票"),
        marked("当天号票少于此数的不作判断（R-WIN-04）。"),
        marked(" 张"),
    ),
}


def organ_type_name(kind: OrganType) -> str:
    """Name a kind of organ."""
    return said(_ORGAN_TYPES[kind])


def purpose_name(purpose: BasisPurpose) -> str:
    """Say what an article is cited for."""
    return said(_PURPOSES[purpose])


def local_kind_name(kind: LocalKind) -> str:
    """Name what an order does to a day."""
    return headed(said(_LOCAL_KINDS[kind]))


def chapter_title(chapter: Chapter) -> str:
    """Name a chapter."""
    return headed(said(_CHAPTERS[chapter]))


def chapter_why(chapter: Chapter) -> str:
    """Say what a chapter is for."""
    return said(_WHY[chapter])


def duty_name(duty: Duty) -> str:
    """Name a duty."""
    return said(_DUTIES[duty])


def progress_name(progress: Progress) -> str:
    """Say how a chapter stands."""
    return said(_PROGRESS[progress])
