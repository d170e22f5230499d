"""What can be done with the open paper, and the question before each act."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.system.language import said
from desktop.system.theme import Tone
from desktop.viewmodels.naming import state_name
from desktop.viewmodels.papers.acts import PaperAct
from desktop.viewmodels.papers.desk import PapersDesk
from desktop.viewmodels.papers.file import waits_for
from desktop.viewmodels.papers.words import gap_said
from desktop.views.kit.dialogs import AnswerQuestion, Question
from desktop.views.kit.fields import Field, NumberBox
from desktop.views.paperwork.actions import ActionBar

_MOST_COPIES = 999


class RegisterQuestion(AnswerQuestion):
    """Asks how many copies there are."""

    def __init__(self, parent: QWidget) -> None:
        title, go_on = said("登记"), said("登记", "button")
        words = said("记入发文登记簿，登记后送达。涉密文书按份号登记份数。")
        super().__init__(parent, title, words, go_on)
        self.copies = NumberBox(1, _MOST_COPIES)
        self.body.addWidget(Field(said("印数"), self.copies))
        self.copies.setFocus()

    def answer(self) -> int:
        """How many."""
        return self.copies.value()


class PaperActions(ActionBar[PaperAct]):
    """What can be done with an official paper."""

    def __init__(self, desk: PapersDesk) -> None:
        super().__init__(desk)
        self._papers = desk

    def gaps(self) -> Sequence[str]:
        """Say which places are still empty."""
        return gap_said(self._papers.editor.gaps)

    def where(self, gaps: Sequence[str]) -> tuple[str, Tone]:
        """Say where the open paper stands."""
        desk = self._papers
        if desk.file is None:
            return "", Tone.SOFT
        document, waiting = desk.file.document, waits_for(desk.file, desk.book)
        state = state_name(document.state.value)
        if gaps:
            return said("；", "list").join(gaps), Tone.NEAR
        if any(act.takes_text for act in desk.acts):
            return self.tr("各处均已填写，可以继续。"), Tone.GOOD
        if document.cancel_reason:
            return f"{state}：{document.cancel_reason}", Tone.SOFT
        if waiting:
            return ("" if desk.acts else waiting), Tone.SOFT
        return state, Tone.SOFT

    def question(self, act: PaperAct) -> Question | None:  # noqa: PLR0911  # one return an act
        """Give what has to be asked before an act."""
        match act:
            case PaperAct.SUBMIT:
                return None
            case PaperAct.CHECK:
                words, first = (
                    self.tr("依据、事实和文字均已核对。"),
                    self.tr("依据适当，文字准确，同意。"),
                )
                return self.reasoned(act, words, self.tr("核稿意见"), first)
            case PaperAct.COUNTERSIGN:
                words, first = self.tr("意见与此刻的正文一并留存。"), self.tr("同意。")
                return self.reasoned(act, words, self.tr("会签意见"), first)
            case PaperAct.SIGN:
                return self.plain(
                    act, self.tr("签名覆盖正文摘要，签发后正文一经改动，签名即失效。")
                )
            case PaperAct.ISSUE:
                words = self.tr("取文号（预警提示单除外）并用印，印制正式文书。文号只用一次。")
                return self.plain(act, words)
            case PaperAct.REGISTER:
                return RegisterQuestion(self)
            case PaperAct.SERVE:
                return self.service()
            case PaperAct.FILE:
                return self.plain(act, self.tr("印制并归档，归档后不能再改。"))
            case PaperAct.REVISE:
                return self.plain(act, self.tr("改动正文，原签名即失效，须重新核稿、签发。"))
            case PaperAct.RETURN:
                words = self.tr("退回给拟稿人，拟稿人会看到理由。")
                return self.reasoned(act, words, self.tr("退回理由"))
            case PaperAct.CANCEL:
                words = self.tr("作废不能撤回。已取得的文号留在登记簿中并注明作废。")
                return self.reasoned(act, words, self.tr("作废理由"))
