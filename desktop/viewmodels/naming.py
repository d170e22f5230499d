"""The user's words for entities, acts, fields, states and roles."""

from collections.abc import Mapping

from desktop.domain.roles import Role
from desktop.system.language import marked, said
from desktop.viewmodels.field_names import FIELDS
from desktop.viewmodels.papers.words import PLACES

ENTITIES: Mapping[str, str] = {
    "appeal": marked("申诉"),
    "approval_case": marked("办件"),
    "audit": marked("审计记录"),
    "camera": marked("摄像机"),
    "card": marked("黄红牌"),
    "checklist": marked("检查表"),
    "countersignature": marked("会签意见"),
    "custody": marked("证据流转记录"),
    "dossier": marked("案卷"),
    "dossier_entry": marked("卷内材料"),
    "disposal": marked("证据清理记录"),
    "evidence": marked("证据"),
    "evidence_hold": marked("证据保留"),
    "excuse": marked("请假与顶岗"),
    "finding": marked("疑似问题"),
    "hall": marked("大厅"),
    "hall_calendar": marked("大厅日历"),
    "local_day": marked("大厅另行安排"),
    "case_view": marked("办件视图"),
    "collection_delivery": marked("数据报送记录"),
    "collection_duty": marked("数据报送责任"),
    "import_batch": marked("办件导入批次"),
    "inspection": marked("现场巡查"),
    "inspection_answer": marked("检查项目"),
    "inspection_plan": marked("巡查计划"),
    "mapping_profile": marked("映射方案"),
    "rule_settings": marked("规则参数"),
    "legal_basis": marked("法律依据"),
    "official_document": marked("公文"),
    "organ": marked("监察机关"),
    "paper": marked("文书"),
    "person": marked("人员"),
    "roster_entry": marked("排班"),
    "queue_day": marked("叫号日记录"),
    "queue_import": marked("叫号导入批次"),
    "rectification": marked("整改"),
    "recusal": marked("回避申明"),
    "rectification_extension": marked("整改延期"),
    "report_version": marked("评估报告"),
    "score_entry": marked("扣分记录"),
    "seat_lesson": marked("座席学习结果"),
    "seat_picture": marked("座席参考图"),
    "sample_check": marked("抽查记录"),
    "service_item": marked("政务服务事项"),
    "service_receipt": marked("送达回证"),
    "state_span": marked("窗口状态记录"),
    "unit": marked("被监察单位"),
    "unit_reply": marked("单位回复"),
    "user_card": marked("人员名片"),
    "verification": marked("核实意见"),
    "temporary_number": marked("临时编号"),
    "voided_numbers": marked("作废号段"),
    "window": marked("窗口"),
    "window_pause": marked("暂停服务"),
}

ACTS: Mapping[str, str] = {
    "create": marked("新建"),
    "edit": marked("修改"),
    "change": marked("更改"),
    "take": marked("收取"),
    "scope": marked("访问该范围"),
    "submit": marked("提交核稿"),
    "submit_for_signature": marked("提交签发"),
    "check": marked("核稿"),
    "check_for_countersign": marked("核稿并交会签"),
    "countersign": marked("会签"),
    "return_countersign": marked("会签退回"),
    "revise": marked("改动正文"),
    "issue_unnumbered": marked("用印"),
    "register": marked("登记发文"),
    "file": marked("归档"),
    "file_signed": marked("签批后归档"),
    "return": marked("退回"),
    "return_approval": marked("退回签批"),
    "sign": marked("签发"),
    "issue": marked("编号用印"),
    "serve": marked("送达"),
    "cancel": marked("作废该牌"),
    "assign": marked("分派"),
    "first_review": marked("第一人核实"),
    "confirm": marked("第二人核实认定"),
    "dismiss": marked("认定为不属实"),
    "merge": marked("合并"),
    "expire": marked("逾期终结"),
    "end": marked("提前结束"),
    "end_plan": marked("停止计划"),
    "retract": marked("撤回登记"),
    "release": marked("解除保留"),
    "take_effect": marked("使其生效"),
    "appeal": marked("提出申诉"),
    "uphold": marked("维持该牌"),
    "revoke": marked("撤销该牌"),
    "annul": marked("自行撤销"),
    "replace": marked("更正替换"),
    "supersede": marked("由更高的牌取代"),
    "put_right_at_once": marked("登记立行立改"),
    "look_into_anew": marked("重新查处"),
    "rectify": marked("责令整改"),
    "report": marked("报送整改情况"),
    "send_back": marked("退回重改"),
    "close": marked("销号"),
    "escalate": marked("升级处理"),
    "file_plan": marked("报送整改方案"),
    "answer": marked("作答"),
    "archive": marked("归档"),
    "begin": marked("开始整改"),
    "close_dossier": marked("结案"),
    "merge_dossier": marked("并卷"),
    "put_in": marked("收入材料"),
    "reopen_dossier": marked("重新办理"),
    "take_out": marked("取出材料"),
    "call_off": marked("取消"),
    "finish": marked("完成"),
    "recheck": marked("复查"),
    "start": marked("开始"),
    "reopen": marked("退回重改"),
    "accept": marked("受理申诉"),
    "decline": marked("决定不予受理"),
    "withdraw": marked("撤回申诉"),
    "review": marked("复核申诉"),
    "decide": marked("决定申诉"),
}

STATES: Mapping[str, str] = {
    "DRAFT": marked("草稿"),
    "UNDER_CHECK": marked("核稿中"),
    "UNDER_COUNTERSIGN": marked("会签中"),
    "UNDER_APPROVAL": marked("待签发"),
    "SIGNED": marked("已签发"),
    "ISSUED": marked("已编号用印"),
    "REGISTERED": marked("已登记"),
    "ARCHIVED": marked("已归档"),
    "SERVED": marked("已送达"),
    "APPEALED": marked("申诉中"),
    "EFFECTIVE": marked("已生效"),
    "RECTIFYING": marked("整改中"),
    "SUBMITTED": marked("整改已报送"),
    "RETURNED": marked("已退回"),
    "CLOSED": marked("已销号"),
    "REVOKED": marked("已撤销"),
    "REPLACED": marked("已更正替换"),
    "SUPERSEDED": marked("已被取代"),
    "ESCALATED": marked("已升级"),
    "CANCELLED": marked("已作废"),
    "DETECTED": marked("待核实"),
    "ASSIGNED": marked("已分派"),
    "VERIFYING": marked("待第二人核实"),
    "CONFIRMED": marked("属实"),
    "DISMISSED": marked("不予认定"),
    "MERGED": marked("已合并"),
    "EXPIRED": marked("已逾期终结"),
    "STANDING": marked("已登记"),
    "RELEASED": marked("已解除保留"),
    "ENDED": marked("已结束"),
    "RUNNING": marked("进行中"),
    "FILED": marked("已提出"),
    "ACCEPTED": marked("已受理"),
    "DECLINED": marked("不予受理"),
    "WITHDRAWN": marked("已撤回"),
    "REVIEWED": marked("已复核"),
    "DECIDED": marked("已决定"),
    "PLAN_FILED": marked("方案已报送"),
    "IN_PROGRESS": marked("整改中"),
    "REPORTED": marked("整改已报送"),
    "RECHECK": marked("已复查"),
    "REOPENED": marked("退回重改中"),
    "OPEN": marked("在办"),
    "TAKEN_OUT": marked("已取出"),
    "PLANNED": marked("待巡查"),
    "UNDER_WAY": marked("巡查中"),
    "FINISHED": marked("巡查完成"),
}

ROLES: Mapping[Role, str] = {
    Role.SYS_ADMIN: marked("系统管理员"),
    Role.SEC_AUDITOR: marked("安全审计员"),
    Role.DATA_MGR: marked("数据管理员"),
    Role.SUPERVISOR: marked("监察员"),
    Role.VIDEO_SUP: marked("视频监察员"),
    Role.INSPECTOR: marked("巡查员"),
    Role.LEGAL_CHECK: marked("法制核稿"),
    Role.SECTION_HEAD: marked("科室负责人"),
    Role.DEPUTY_HEAD: marked("分管领导"),
    Role.HEAD: marked("主要负责人"),
    Role.SEAL_CLERK: marked("印章机要员"),
    Role.COMPLAINT_CLERK: marked("投诉受理员"),
    Role.APPEAL_REVIEWER: marked("复核员"),
    Role.UNIT_LIAISON: marked("单位联络员"),
    Role.LEADER_READ: marked("领导查询"),
    Role.MACHINE: marked("本机"),
}


def entity_name(entity: str) -> str:
    """Name a kind of record."""
    return _known(ENTITIES, entity)


def act_name(act: str) -> str:
    """Name an act; one that is named by its target state takes the state's word."""
    return _known(ACTS, act) if act in ACTS else state_name(act)


def state_name(state: str) -> str:
    """Name the state of a record."""
    return _known(STATES, state)


def field_name(field: str) -> str:
    """Name a field of a record."""
    return _known({**PLACES, **FIELDS}, field)


def headed(text: str) -> str:
    """Let a name begin a line: with a capital where the language has them."""
    return text[:1].upper() + text[1:]


def role_name(role: Role) -> str:
    """Name what somebody is."""
    return said(ROLES[role])


def role_names(roles: tuple[str, ...]) -> str:
    """Name some roles in a row."""
    return said("、", "list").join(role_name(Role(role)) for role in roles)


def _known(words: Mapping[str, str], name: str) -> str:
    """A newer server may know names that this version does not; they are shown as they came."""
    return said(words[name]) if name in words else name
