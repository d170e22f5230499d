"""What can be done to a card, its appeal and its rectification, each by the act's name."""

from collections.abc import Mapping
from enum import Enum

from desktop.system.language import said


class Act(Enum):
    """An act of the desk; its value is the record and the transition that the book knows.

    `create` is no transition: who may create the record may do it. What follows a third part
    tells two acts on one transition apart.
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
    AT_ONCE = "rectification/create/report"
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
    ANEW = "finding/create"
    RECUSE = "recusal/create"
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
        return _words()[self]

    @property
    def ends(self) -> bool:
        """Whether it cannot be undone and takes something away."""
        return self in {Act.CANCEL, Act.ANNUL}

    @property
    def takes_text(self) -> bool:
        """Whether the text has to be whole, and is kept first."""
        return self is Act.SUBMIT

    @property
    def takes_number(self) -> bool:
        """Whether a number is taken from the series of the card."""
        return self is Act.ISSUE


def _words() -> Mapping[Act, str]:
    return {
        Act.SUBMIT: said("提交核稿", "button"),
        Act.CHECK: said("核稿通过"),
        Act.RETURN: said("退回修改"),
        Act.RETURN_APPROVAL: said("退回修改"),
        Act.SIGN: said("签发", "button"),
        Act.ISSUE: said("编号用印", "button"),
        Act.SERVE: said("登记送达"),
        Act.CANCEL: said("作废"),
        Act.TAKE_EFFECT: said("登记生效"),
        Act.FOLLOW: said("转入整改"),
        Act.ACCEPT: said("受理申诉", "button"),
        Act.DECLINE: said("不予受理", "button"),
        Act.WITHDRAW: said("登记撤回"),
        Act.REVIEW: said("提出复核意见"),
        Act.DECIDE: said("作出决定"),
        Act.ORDER: said("列入整改台账"),
        Act.AT_ONCE: said("登记立行立改"),
        Act.PLAN: said("登记整改方案"),
        Act.BEGIN: said("登记开始整改"),
        Act.REPORT: said("登记整改报告"),
        Act.RECHECK: said("登记复查"),
        Act.CLOSE: said("销号", "button"),
        Act.SEND_BACK: said("退回整改", "button"),
        Act.APPEAL: said("登记申诉"),
        Act.EXTEND: said("准予延期"),
        Act.SUCCESSOR: said("拟制接替的牌"),
        Act.ESCALATE: said("升级处理", "button"),
        Act.ANEW: said("重新查处"),
        Act.RECUSE: said("申明回避"),
        Act.ANNUL: said("撤销此牌"),
    }
