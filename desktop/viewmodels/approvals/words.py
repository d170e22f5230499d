"""The user's words for what cases and their files hold."""

from collections.abc import Mapping

from desktop.domain.approvals import Channel, Decision, EventKind
from desktop.domain.clock_faults import ClockFault
from desktop.domain.items import SpecialKind
from desktop.domain.rules.catalogue import Board
from desktop.domain.stops import ExtensionFault, StopFault
from desktop.system.language import marked

EVENTS: Mapping[EventKind, str] = {
    EventKind.APPLY: marked("申办"),
    EventKind.PRE_ACCEPT: marked("预受理"),
    EventKind.ACCEPT: marked("受理"),
    EventKind.NOT_ACCEPT: marked("不予受理"),
    EventKind.CORRECTION_NOTICE: marked("补正告知"),
    EventKind.CORRECTION_RECEIVED: marked("收到补正"),
    EventKind.STEP: marked("环节"),
    EventKind.SPECIAL_START: marked("特别程序开始"),
    EventKind.SPECIAL_END: marked("特别程序结束"),
    EventKind.EXTEND: marked("延期"),
    EventKind.DECIDE: marked("审批决定"),
    EventKind.COMPLETE: marked("办结"),
    EventKind.DELIVER: marked("送达结果"),
    EventKind.RATE: marked("评价"),
    EventKind.TRANSFER: marked("转办"),
    EventKind.REOPEN: marked("重开"),
    EventKind.RECORDED: marked("补录"),
}

CHANNELS: Mapping[Channel, str] = {
    Channel.WINDOW: marked("窗口"),
    Channel.ONLINE: marked("网上"),
    Channel.SELF: marked("自助终端"),
    Channel.MAIL: marked("邮寄"),
    Channel.PROXY: marked("代办"),
}

DECISIONS: Mapping[Decision, str] = {
    Decision.GRANT: marked("准予"),
    Decision.REFUSE: marked("不予许可"),
    Decision.RETURN: marked("退件"),
    Decision.WITHDRAW: marked("申请人撤回"),
    Decision.TERMINATE: marked("终止"),
}

STOPS: Mapping[SpecialKind, str] = {
    SpecialKind.HEARING: marked("听证"),
    SpecialKind.TENDER: marked("招标"),
    SpecialKind.AUCTION: marked("拍卖"),
    SpecialKind.INSPECTION: marked("检验"),
    SpecialKind.TESTING: marked("检测"),
    SpecialKind.QUARANTINE: marked("检疫"),
    SpecialKind.APPRAISAL: marked("鉴定"),
    SpecialKind.EXPERT_REVIEW: marked("专家评审"),
    SpecialKind.PUBLICITY: marked("公示"),
    SpecialKind.SITE_SURVEY: marked("现场核查"),
    SpecialKind.SUPERIOR_APPROVAL: marked("上级审批"),
    SpecialKind.SYSTEM_FAILURE: marked("系统故障"),
    SpecialKind.AWAITING_PAYMENT: marked("等待缴费"),
    SpecialKind.ITEM_CANCELLED: marked("事项取消"),
    SpecialKind.CORRECTION: marked("补正"),
    SpecialKind.OTHER: marked("其他原因"),
}

# The fields of codes in files, and what their codes can mean.
CODES: Mapping[str, Mapping[str, str]] = {
    "channel": {each.value: word for each, word in CHANNELS.items()},
    "decision": {each.value: word for each, word in DECISIONS.items()},
    "kind": {each.value: word for each, word in EVENTS.items()},
    "special": {each.value: word for each, word in STOPS.items()},
}
CODE_FIELDS: Mapping[str, str] = {
    "channel": marked("申办渠道"),
    "decision": marked("决定"),
    "kind": marked("环节类型"),
    "special": marked("特别程序"),
}

STOP_FAULTS: Mapping[StopFault, str] = {
    StopFault.NO_REASON: marked("不是法定的暂停理由"),
    StopFault.NOT_LISTED: marked("没有登记在事项的特别程序清单内"),
    StopFault.NO_BASIS: marked("清单没有写明依据"),
    StopFault.NO_NOTICE: marked("没有书面告知申请人"),
}

EXTENSION_FAULTS: Mapping[ExtensionFault, str] = {
    ExtensionFault.WRONG_APPROVER: marked("批准人级别不够"),
    ExtensionFault.NOT_TOLD: marked("没有告知申请人"),
    ExtensionFault.TOO_LONG: marked("延长超过上限"),
    ExtensionFault.PROMISE_ONLY: marked("本地没有只延长承诺时限的规定"),
    ExtensionFault.SECOND: marked("只能延长一次"),
    ExtensionFault.LATE: marked("批准时已经超期"),
}

CLOCK_FAULTS: Mapping[ClockFault, str] = {
    ClockFault.DECIDED_BEFORE_ACCEPTED: marked("决定早于受理，时限无法计算。"),
    ClockFault.COMPLETED_BEFORE_ACCEPTED: marked("办结早于受理，时限无法计算。"),
    ClockFault.ACCEPTED_BEFORE_RECEIVED: marked("受理早于收件，时限无法计算。"),
}

BOARDS: Mapping[Board, str] = {
    Board.POWER_OPERATION: marked("权力运行"),
    Board.FACTOR_MARKET: marked("要素市场"),
    Board.SPECIAL_FUND: marked("专项资金"),
    Board.ONLINE_COMPLAINT: marked("网络投诉"),
    Board.ADMIN_EFFICIENCY: marked("行政效能"),
    Board.INFO_DISCLOSURE: marked("信息公开"),
}

LEVELS: Mapping[int, str] = {
    0: marked("提醒"),
    1: marked("预警"),
    2: marked("可致黄牌"),
    3: marked("可致红牌"),
}

CASE_FIELDS: Mapping[str, str] = {
    "case_no": marked("办件编号"),
    "item_code": marked("事项编码"),
    "item_type": marked("事项类型"),
    "unit_id": marked("办理单位"),
    "window_id": marked("窗口"),
    "channel": marked("申办渠道"),
    "title": marked("办件名称"),
    "applicant_name": marked("申请人"),
    "applicant_type": marked("申请人类型"),
    "applicant_id": marked("申请人证件号"),
    "project_code": marked("项目代码"),
    "received_at": marked("收件时间"),
    "pre_accepted_at": marked("预受理时间"),
    "accepted_at": marked("受理时间"),
    "accepted_by": marked("受理人"),
    "acceptance_doc_no": marked("受理文书号"),
    "promised_limit": marked("承诺时限"),
    "statutory_limit": marked("法定时限"),
    "due_promised": marked("承诺到期日"),
    "due_promised_at": marked("承诺到期时刻"),
    "due_statutory": marked("法定到期日"),
    "due_statutory_at": marked("法定到期时刻"),
    "reported_up_at": marked("初审上报时间"),
    "decided_at": marked("决定时间"),
    "decision": marked("决定"),
    "decision_doc_no": marked("决定文号"),
    "refuse_reason": marked("不予许可理由"),
    "remedy_told": marked("已告知救济途径"),
    "completed_at": marked("办结时间"),
    "certificate_at": marked("制证时间"),
    "delivered_at": marked("送达时间"),
    "delivery_way": marked("送达方式"),
    "delivery_notice_at": marked("通知领取时间"),
    "published_at": marked("公开时间"),
    "expires_on": marked("原证有效期至"),
    "third_party": marked("涉及利害关系人"),
    "agency": marked("中介机构"),
    "fee_total": marked("收费金额"),
    "previous_case_no": marked("原办件编号"),
    "deemed": marked("视为受理"),
    "disputed": marked("争议中"),
}

EVENT_FIELDS: Mapping[str, str] = {
    "step": marked("环节名称"),
    "kind": marked("环节类型"),
    "at": marked("环节时间"),
    "by": marked("办理人"),
    "role": marked("办理岗位"),
    "recorded_at": marked("录入时间"),
    "due_at": marked("环节到期时间"),
    "done_at": marked("环节完成时间"),
    "opinion": marked("办理意见"),
    "doc_no": marked("文书号"),
    "attachments": marked("附件数"),
    "material": marked("要求补充材料"),
    "presence": marked("要求到场"),
    "persons": marked("现场核查人数"),
    "days": marked("延长天数"),
    "unit": marked("接收单位"),
    "third_party": marked("已告知利害关系人"),
}
