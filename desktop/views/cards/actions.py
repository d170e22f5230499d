"""What can be done with the open card, and the question before each act."""

from collections.abc import Sequence

from desktop.system.language import said
from desktop.system.theme import Tone
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.cards.file import CardFile
from desktop.viewmodels.cards.ledger import standing
from desktop.viewmodels.naming import state_name
from desktop.viewmodels.wording import sentence
from desktop.views.cards.afterwards import (
    AcceptQuestion,
    MoreTimeQuestion,
    RecheckQuestion,
    VerdictQuestion,
)
from desktop.views.kit.dialogs import Question
from desktop.views.paperwork.actions import ActionBar

_AT_ONCE = {Act.SUBMIT, Act.FOLLOW, Act.ORDER, Act.BEGIN, Act.SUCCESSOR}
_PLAIN = {Act.ISSUE, Act.TAKE_EFFECT, Act.CLOSE, Act.SEND_BACK, Act.WITHDRAW, Act.ANEW}


class CardActions(ActionBar[Act]):
    """What can be done with a card."""

    def __init__(self, desk: CardDesk) -> None:
        super().__init__(desk)
        self._cards = desk

    def gaps(self) -> Sequence[str]:
        """Say what keeps the text from being submitted."""
        return self._cards.editor.missing

    def where(self, gaps: Sequence[str]) -> tuple[str, Tone]:
        """Say where the open card stands."""
        desk = self._cards
        bar, file = desk.bar, desk.file
        if file is None:
            return "", Tone.SOFT
        if gaps:
            return said("；", "list").join(gaps), Tone.NEAR
        if Act.SUBMIT in desk.acts:
            return self.tr("依据、双人核实、期限均已齐备，可以提交核稿。"), Tone.GOOD
        if file.card.served_at is not None:
            return standing(file.track, desk.book)
        if bar is not None:
            return sentence(bar), Tone.SOFT
        is_over = file.track.next_act is None
        parts = (state_name(file.card.state.value), file.card.cancel_reason) if is_over else ()
        return "：".join(filter(None, parts)), Tone.SOFT

    def question(self, act: Act) -> Question | None:
        """Give what has to be asked before an act."""
        file = self._cards.file
        if file is None or act in _AT_ONCE:
            return None
        if act in _PLAIN:
            return self.plain(act, _words(act))
        return self._form(act, file) or self.reasoned(act, _words(act), _label(act), _first(act))

    def _form(self, act: Act, file: CardFile) -> Question | None:  # noqa: PLR0911  # one return an act
        match act:
            case Act.SIGN:
                words = said("签发给{0}的{1}。签名覆盖正文摘要，签发后正文不能再改，改动即失效。")
                return self.plain(act, words.format(file.recipient, file.title))
            case Act.SERVE:
                return self.service()
            case Act.ACCEPT:
                return AcceptQuestion(self)
            case Act.RECHECK:
                return RecheckQuestion(self)
            case Act.EXTEND:
                first = self._cards.calendar.after(file.track.due, 1).day
                return MoreTimeQuestion(self, self._cards, first)
            case Act.REVIEW | Act.DECIDE:
                return VerdictQuestion(self, act, self._cards)
        return None


def _first(act: Act) -> str:
    return said("依据适当，文字准确，同意。") if act is Act.CHECK else ""


def _words(act: Act) -> str:
    words = {
        Act.CHECK: said("依据、事实和文字均已核对。通过后交有权签发的负责人签发。"),
        Act.RETURN: said("退回给拟稿人，拟稿人会看到理由。"),
        Act.RETURN_APPROVAL: said("退回给拟稿人，拟稿人会看到理由。"),
        Act.ISSUE: said("取下一个文号并用印，印制正式文书。文号只用一次。"),
        Act.CANCEL: said("作废不能撤回。已取得的文号留在登记簿中并注明作废。"),
        Act.TAKE_EFFECT: said("申诉期已满，无人申诉。生效后按评估方案计入得分，并转入整改。"),
        Act.CLOSE: said("复查已认定整改到位。销号后此牌办结。"),
        Act.SEND_BACK: said("退回单位重新整改。只能退回一次，再不到位即升级。"),
        Act.WITHDRAW: said("记录单位撤回申诉。"),
        Act.APPEAL: said("记录单位的申诉，由没有签发此牌的人复核。"),
        Act.DECLINE: said("写明不予受理的理由。申诉期满后此牌生效。"),
        Act.PLAN: said("记录单位报送的整改方案。"),
        Act.REPORT: said("记录单位报送的整改结果，之后安排复查。"),
        Act.ESCALATE: said("由已拟好的同级或更高的牌接续，此牌办结。"),
        Act.AT_ONCE: said("单位已当场改正：记录改正情况，送达后直接复查。"),
        Act.ANEW: said("原认定保留。证据将重新交由两人核实，认定属实后可以另行发牌。"),
        Act.RECUSE: said("与对方有亲属等利害关系，或曾在该单位任职。此后您不再办理该单位的事项。"),
        Act.ANNUL: said("本机关撤销自己的牌：文号保留并注明撤销，已扣的分冲回。"),
    }
    return words[act]


def _label(act: Act) -> str:
    labels = {
        Act.CHECK: said("核稿意见"),
        Act.RETURN: said("退回理由"),
        Act.RETURN_APPROVAL: said("退回理由"),
        Act.CANCEL: said("作废理由"),
        Act.APPEAL: said("申诉理由"),
        Act.DECLINE: said("不予受理的理由"),
        Act.PLAN: said("整改方案"),
        Act.REPORT: said("整改报告"),
        Act.ESCALATE: said("升级理由"),
        Act.AT_ONCE: said("改正情况"),
        Act.RECUSE: said("回避理由"),
        Act.ANNUL: said("撤销理由"),
    }
    return labels[act]
