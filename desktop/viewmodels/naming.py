"""The user's words for entities, acts, fields, states and roles."""

from collections.abc import Mapping

from desktop.domain.roles import Role
from desktop.system.language import marked, said

ENTITIES: Mapping[str, str] = {
    "approval_case": marked("办件"),
    "audit": marked("审计记录"),
    "camera": marked("摄像机"),
    "card": marked("黄红牌"),
    "custody": marked("证据流转记录"),
    "evidence": marked("证据"),
    "finding": marked("疑似问题"),
    "hall": marked("大厅"),
    "import_batch": marked("办件导入批次"),
    "legal_basis": marked("法律依据"),
    "organ": marked("监察机关"),
    "paper": marked("文书"),
    "service_receipt": marked("送达回证"),
    "state_span": marked("窗口状态记录"),
    "unit": marked("被监察单位"),
    "user_card": marked("人员名片"),
    "verification": marked("核实意见"),
    "window": marked("窗口"),
}

ACTS: Mapping[str, str] = {
    "create": marked("新建"),
    "edit": marked("修改"),
    "change": marked("更改"),
    "scope": marked("访问该范围"),
    "submit": marked("提交核稿"),
    "check": marked("核稿"),
    "return": marked("退回"),
    "return_approval": marked("退回签批"),
    "sign": marked("签发"),
    "issue": marked("编号用印"),
    "serve": marked("送达"),
    "cancel": marked("撤销草稿"),
    "assign": marked("分派"),
    "first_review": marked("第一人核实"),
    "confirm": marked("第二人核实认定"),
    "dismiss": marked("认定为不属实"),
    "merge": marked("合并"),
    "expire": marked("逾期终结"),
}

STATES: Mapping[str, str] = {
    "DRAFT": marked("草稿"),
    "UNDER_CHECK": marked("核稿中"),
    "UNDER_APPROVAL": marked("待签发"),
    "SIGNED": marked("已签发"),
    "ISSUED": marked("已编号用印"),
    "SERVED": marked("已送达"),
    "APPEALED": marked("申诉中"),
    "EFFECTIVE": marked("已生效"),
    "RECTIFYING": marked("整改中"),
    "SUBMITTED": marked("整改已报送"),
    "RETURNED": marked("已退回"),
    "CLOSED": marked("已销号"),
    "REVOKED": marked("已撤销"),
    "REPLACED": marked("已更正替换"),
    "ESCALATED": marked("已升级"),
    "CANCELLED": marked("已作废"),
    "DETECTED": marked("待核实"),
    "ASSIGNED": marked("已分派"),
    "VERIFYING": marked("待第二人核实"),
    "CONFIRMED": marked("属实"),
    "DISMISSED": marked("不予认定"),
    "MERGED": marked("已合并"),
    "EXPIRED": marked("已逾期终结"),
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

FIELDS: Mapping[str, str] = {
    "act": marked("动作"),
    "action": marked("操作"),
    "active": marked("在用"),
    "actor_by": marked("操作人"),
    "actor_name": marked("操作人姓名"),
    "address": marked("地址"),
    "appeal_days": marked("申诉期限（工作日）"),
    "appeal_office": marked("申诉受理机构"),
    "article": marked("条款"),
    "assigned_by": marked("分派人"),
    "assigned_to": marked("承办人"),
    "at": marked("时间"),
    "at_s": marked("片内时刻（秒）"),
    "basis": marked("发牌依据"),
    "camera_id": marked("摄像机"),
    "cancel_reason": marked("撤销理由"),
    "cancelled_by": marked("撤销人"),
    "card_id": marked("黄红牌"),
    "cases": marked("办件数"),
    "changed": marked("新增或变更数"),
    "changes": marked("变更内容"),
    "check_opinion": marked("核稿意见"),
    "checked_at": marked("核稿时间"),
    "checked_by": marked("核稿人"),
    "clerk": marked("窗口人员"),
    "conclusive": marked("可认定"),
    "confirm_note": marked("第二人核实说明"),
    "confirmed_at": marked("认定时间"),
    "confirmed_by": marked("第二核实人"),
    "contact": marked("联系人"),
    "content": marked("正文"),
    "content_digest": marked("正文摘要"),
    "customer_waited": marked("有人等候"),
    "dedupe_key": marked("去重标识"),
    "deliverers": marked("送达人"),
    "demonstration": marked("演示数据"),
    "detected_at": marked("发现时间"),
    "device_id": marked("设备"),
    "dismissal": marked("不予认定的理由"),
    "dismissal_note": marked("不予认定说明"),
    "dismissed_at": marked("不予认定时间"),
    "dismissed_by": marked("不予认定人"),
    "doc_code": marked("机关代字"),
    "doc_no": marked("发文字号"),
    "drafted_at": marked("拟稿时间"),
    "drafted_by": marked("拟稿人"),
    "ended_at": marked("结束时间"),
    "event_id": marked("视频事件"),
    "events": marked("环节数"),
    "evidence": marked("证据"),
    "evidence_seen": marked("已查看的证据"),
    "facts": marked("事实"),
    "facts_text": marked("查实的问题"),
    "file_name": marked("文件名"),
    "finding_id": marked("疑似问题"),
    "finding_ids": marked("所依据的疑似问题"),
    "first_review_at": marked("第一人核实时间"),
    "first_review_by": marked("第一核实人"),
    "first_review_note": marked("第一人核实说明"),
    "hall_id": marked("大厅"),
    "imported_at": marked("导入时间"),
    "imported_by": marked("导入人"),
    "issued_at": marked("印发时间"),
    "issued_by": marked("印发人"),
    "kind": marked("类别"),
    "level": marked("等级"),
    "liaison": marked("联络员"),
    "masked_of": marked("遮蔽前原件"),
    "media_type": marked("文件类型"),
    "merged_into": marked("合并到"),
    "n": marked("序号"),
    "name": marked("名称"),
    "note": marked("说明"),
    "number": marked("编号"),
    "organ_id": marked("监察机关"),
    "organ_type": marked("机关类型"),
    "overlay": marked("登记情况"),
    "pdf_sha256": marked("文书摘要"),
    "pdf_size": marked("文书大小"),
    "person_by": marked("经手人"),
    "phone": marked("电话"),
    "place": marked("地点"),
    "prev_hash": marked("上一条摘要"),
    "profile": marked("映射方案"),
    "profile_version": marked("映射方案版本"),
    "purpose": marked("用途"),
    "reason": marked("理由"),
    "reasons": marked("各类问题数"),
    "received_at": marked("收到时间"),
    "receiver": marked("签收人"),
    "recipient": marked("受送达单位"),
    "recorded_by": marked("记录人"),
    "rectify_due": marked("整改期限"),
    "region_id": marked("地区"),
    "rejected": marked("未采用数"),
    "remarks": marked("存疑数"),
    "requirements": marked("整改要求"),
    "result": marked("结论"),
    "return_reason": marked("退回理由"),
    "returned_by": marked("退回人"),
    "role": marked("角色"),
    "roles": marked("具有的角色"),
    "rule_id": marked("规则"),
    "rule_version": marked("规则版本"),
    "rules": marked("规则参数"),
    "sealed_by": marked("用印人"),
    "series": marked("文号系列"),
    "served_at": marked("送达时间"),
    "served_by": marked("送达记录人"),
    "sessions": marked("开放时间"),
    "sha256": marked("数据摘要"),
    "short_name": marked("简称"),
    "signed_at": marked("签发时间"),
    "signed_by": marked("签发人"),
    "size": marked("大小"),
    "source_sha256": marked("文件摘要"),
    "started_at": marked("开始时间"),
    "state": marked("状态"),
    "subject": marked("对象"),
    "subject_id": marked("对象"),
    "submitted_by": marked("送核人"),
    "taken_at": marked("拍摄时间"),
    "template": marked("文书模板"),
    "threshold_s": marked("阈值（秒）"),
    "title": marked("标题"),
    "turn": marked("核实顺序"),
    "unit_id": marked("被监察单位"),
    "unknown_share": marked("无法判断的比例"),
    "username": marked("登录名"),
    "valid_from": marked("施行日期"),
    "valid_to": marked("失效日期"),
    "verified_by": marked("核实人"),
    "violated": marked("违反的规定"),
    "way": marked("送达方式"),
    "window_id": marked("窗口"),
    "witness": marked("见证人"),
    "year": marked("年份"),
    "zones": marked("画面区域"),
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
    return _known(FIELDS, field)


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
