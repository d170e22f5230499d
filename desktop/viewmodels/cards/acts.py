"""What can be done to a card, its appeal and its rectification, each by the act's name."""

from enum import Enum

from desktop.domain.cards import CardKind
from desktop.system.language import marked, said


class Act(Enum):
    """An act of the desk; its value is the record and the transition that the book knows.

    `create` is no transition: who may create the record may do it.
    """

    SUBMIT = "card/submit"
    CHECK = "card/check"
    RETURN = "card/return"
    RETURN_APPROVAL = "card/return_approval"
    SIGN = "card/sign"
    ISSUE = "card/issue"
    SERVE = "card/serve"
    CANCEL = "card/cancel"
    TAKE_EFFECT = "card/take_effect"
    FOLLOW = "card/rectify"
    ACCEPT = "appeal/accept"
    DECLINE = "appeal/decline"
    WITHDRAW = "appeal/withdraw"
    REVIEW = "appeal/review"
    DECIDE = "appeal/decide"
    ORDER = "rectification/create"
    PLAN = "rectification/file_plan"
    BEGIN = "rectification/begin"
    REPORT = "rectification/report"
    RECHECK = "rectification/recheck"
    CLOSE = "rectification/close"
    SEND_BACK = "rectification/reopen"
    APPEAL = "appeal/create"
    EXTEND = "rectification_extension/create"
    SUCCESSOR = "card/create"
    ESCALATE = "rectification/escalate"
    ANNUL = "card/annul"

    @property
    def entity(self) -> str:
        """The kind of record that it changes."""
        return self.value.split("/")[0]

    @property
    def transition(self) -> str:
        """What the book calls it."""
        return self.value.split("/")[1]

    @property
    def word(self) -> str:
        """What its button says."""
        return said(_WORDS[self], "button")

    @property
    def ends(self) -> bool:
        """Whether it cannot be undone and takes something away."""
        return self in {Act.CANCEL, Act.ANNUL}


_WORDS = {
    Act.SUBMIT: marked("提交核稿"),
    Act.CHECK: marked("核稿通过"),
    Act.RETURN: marked("退回修改"),
    Act.RETURN_APPROVAL: marked("退回修改"),
    Act.SIGN: marked("签发"),
    Act.ISSUE: marked("编号用印"),
    Act.SERVE: marked("登记送达"),
    Act.CANCEL: marked("作废"),
    Act.TAKE_EFFECT: marked("登记生效"),
    Act.FOLLOW: marked("转入整改"),
    Act.ACCEPT: marked("受理申诉"),
    Act.DECLINE: marked("不予受理"),
    Act.WITHDRAW: marked("登记撤回"),
    Act.REVIEW: marked("提出复核意见"),
    Act.DECIDE: marked("作出决定"),
    Act.ORDER: marked("列入整改台账"),
    Act.PLAN: marked("登记整改方案"),
    Act.BEGIN: marked("登记开始整改"),
    Act.REPORT: marked("登记整改报告"),
    Act.RECHECK: marked("登记复查"),
    Act.CLOSE: marked("销号"),
    Act.SEND_BACK: marked("退回整改"),
    Act.APPEAL: marked("登记申诉"),
    Act.EXTEND: marked("准予延期"),
    Act.SUCCESSOR: marked("拟制接替的牌"),
    Act.ESCALATE: marked("升级处理"),
    Act.ANNUL: marked("撤销此牌"),
}


def kind_title(kind: CardKind) -> str:
    """Name the paper of a kind of card."""
    titles = {CardKind.YELLOW: said("黄牌警告通知书"), CardKind.RED: said("红牌警告通知书")}
    return titles[kind]
