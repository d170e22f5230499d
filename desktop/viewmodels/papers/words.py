"""The user's words for kinds of papers and for the places in them."""

from collections.abc import Mapping

from desktop.system.language import headed, marked, said

KINDS: Mapping[str, str] = {
    "T01": marked("预警提示单"),
    "T04": marked("责令整改通知书"),
    "T05": marked("行政纠错通知书"),
    "T06": marked("监察建议书"),
    "T07": marked("效能监察通知书"),
    "T08": marked("约谈通知书"),
    "T08R": marked("约谈记录"),
    "T09": marked("诫勉谈话通知书"),
    "T09A": marked("诫勉书"),
    "T09R": marked("诫勉谈话记录"),
    "T10": marked("问题线索移送函"),
    "T11": marked("送达回证"),
    "T12": marked("整改情况报告（单位）"),
    "T13": marked("整改验收（销号）审批表"),
    "T14": marked("申诉书（单位）"),
    "T14A": marked("申诉受理通知书"),
    "T14B": marked("复核决定书"),
    "T15": marked("督查通报"),
}

_OF_CARDS = {"T02": marked("黄牌警告通知书"), "T03": marked("红牌警告通知书")}

PLACES: Mapping[str, str] = {
    "accepted_on": marked("受理日期"),
    "answers": marked("问题整改对照表"),
    "appeal_days": marked("申诉天数"),
    "appeal_office": marked("申诉受理机构"),
    "appealed_on": marked("申诉日期"),
    "approval_opinion": marked("审批意见"),
    "approved_by": marked("批准人"),
    "basis": marked("依据"),
    "card_no": marked("原文书文号"),
    "case_no": marked("办件编号"),
    "cause": marked("缘由"),
    "check_opinion": marked("审核意见"),
    "claim": marked("申诉请求"),
    "closed_on": marked("销号日期"),
    "conclusion": marked("结论"),
    "consequence": marked("不采纳的后果"),
    "contact": marked("联系人"),
    "content": marked("谈话内容"),
    "copies": marked("材料份数"),
    "copy_no": marked("份号"),
    "copy_to": marked("抄送"),
    "corrections": marked("纠正方式"),
    "criteria": marked("验收标准"),
    "criticised": marked("存在的主要问题"),
    "decision": marked("决定"),
    "decision_due": marked("决定期限"),
    "document": marked("原文书名称"),
    "due": marked("承诺到期"),
    "effect_months": marked("影响期（月）"),
    "facts": marked("事实"),
    "handler_opinion": marked("承办意见"),
    "issued_by": marked("提示人"),
    "item": marked("事项名称"),
    "leader": marked("组长"),
    "level": marked("提示级别"),
    "liaison": marked("联系人"),
    "liaison_phone": marked("联系电话"),
    "material": marked("材料"),
    "measures": marked("整改措施"),
    "mechanism": marked("长效机制"),
    "members": marked("成员"),
    "opening": marked("开头"),
    "overview": marked("总体情况"),
    "person": marked("当事人"),
    "personnel": marked("组织人事部门"),
    "phone": marked("电话"),
    "place": marked("地点"),
    "position": marked("单位及职务"),
    "praised": marked("表现较好的单位"),
    "problems": marked("存在的问题"),
    "promise": marked("整改承诺"),
    "proposals": marked("建议"),
    "ranks": marked("各单位效能情况"),
    "reasons": marked("理由"),
    "received_at": marked("接收时间"),
    "receiver": marked("接收人"),
    "recheck_way": marked("复查方式"),
    "rechecked_on": marked("复查时间"),
    "recheckers": marked("复查人员"),
    "recipients": marked("主送"),
    "recorder": marked("记录人"),
    "recorder_position": marked("记录人单位及职务"),
    "rectify_due": marked("整改期限"),
    "registered_by": marked("登记人"),
    "remaining": marked("剩余时间"),
    "reply": marked("办理或说明情况"),
    "reply_days": marked("反馈天数"),
    "reported_on": marked("报告日期"),
    "request": marked("办理要求"),
    "requirements": marked("要求"),
    "requirements_text": marked("有关要求"),
    "responsible": marked("责任人"),
    "results": marked("整改结果"),
    "reviewer": marked("复核人"),
    "scope": marked("监察内容"),
    "secrecy": marked("密级和保密期限"),
    "served_on": marked("送达日期"),
    "slip_no": marked("编号"),
    "source": marked("线索来源"),
    "speaker": marked("谈话人"),
    "speaker_position": marked("谈话人单位及职务"),
    "statement": marked("当事人意见"),
    "subject": marked("事项"),
    "subjects": marked("涉及的人员或单位"),
    "tasks": marked("整改任务清单"),
    "time": marked("时间"),
    "title": marked("标题"),
    "to_organ": marked("受移送机关"),
    "unit": marked("单位"),
    "urgency": marked("紧急程度"),
    "verified": marked("已核实情况"),
    "violated": marked("违反的规定"),
    "window": marked("窗口"),
}


def kind_name(template: str) -> str:
    """Name a kind of paper by its template."""
    return said(KINDS.get(template) or _OF_CARDS[template])


def place_name(name: str) -> str:
    """Name a place of a paper."""
    return headed(said(PLACES[name]))


def gap_said(names: tuple[str, ...]) -> tuple[str, ...]:
    """Say what a paper still lacks, one short sentence each."""
    return tuple(said("还缺“{0}”").format(said(PLACES[name])) for name in names)
