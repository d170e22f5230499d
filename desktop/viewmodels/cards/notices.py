"""What is said when an act on a card was done."""

from desktop.domain.cards import Card
from desktop.system.language import marked, said
from desktop.viewmodels.cards.acts import Act

_DONE = {
    Act.SUBMIT: marked("已提交核稿。"),
    Act.CHECK: marked("核稿通过，待签发。"),
    Act.RETURN: marked("已退回拟稿人。"),
    Act.RETURN_APPROVAL: marked("已退回拟稿人。"),
    Act.SIGN: marked("已签发，待编号用印。"),
    Act.ISSUE: marked("已编号用印：{0}"),
    Act.SERVE: marked("已登记送达，送达回证已印制，整改列入台账。"),
    Act.CANCEL: marked("已作废。"),
    Act.TAKE_EFFECT: marked("{0} 已生效，转入整改。"),
    Act.FOLLOW: marked("已转入整改。"),
    Act.ORDER: marked("已列入整改台账。"),
    Act.AT_ONCE: marked("已登记立行立改，送达后可以复查。"),
    Act.ANEW: marked("已重新列入待核实的问题。"),
    Act.RECUSE: marked("已申明回避，请由另一人办理。"),
    Act.APPEAL: marked("已登记申诉，待复核员受理。"),
    Act.ACCEPT: marked("已受理申诉。"),
    Act.DECLINE: marked("已决定不予受理。"),
    Act.WITHDRAW: marked("已登记撤回。"),
    Act.REVIEW: marked("复核意见已提交，待决定。"),
    Act.DECIDE: marked("申诉已决定。"),
    Act.PLAN: marked("整改方案已登记。"),
    Act.BEGIN: marked("已登记开始整改。"),
    Act.REPORT: marked("整改报告已登记，待复查。"),
    Act.RECHECK: marked("复查结论已登记。"),
    Act.CLOSE: marked("{0} 已销号。"),
    Act.SEND_BACK: marked("已退回单位重新整改。"),
    Act.EXTEND: marked("已准予延期。"),
    Act.ESCALATE: marked("{0} 已升级。"),
    Act.ANNUL: marked("{0} 已撤销，已扣的分已冲回。"),
}


def done_said(act: Act, card: Card) -> str:
    """Say that an act was done."""
    return said(_DONE[act]).format(card.doc_no)
