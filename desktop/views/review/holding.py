"""One row of the review: whether the evidence must stay, and the button that says so."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.review.holding import EvidenceHolding
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import ReasonQuestion
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import ElidedLabel


class HoldingRow(QWidget):
    """Shows a holding model; nothing where the open finding has no evidence."""

    def __init__(self, model: EvidenceHolding) -> None:
        super().__init__()
        self._model = model
        self._words = ElidedLabel(size=Size.SMALL, tone=Tone.SOFT)
        self._button = Button("", Rank.QUIET, icon=Icon.LOCK)
        self._button.clicked.connect(self._press)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.INSIDE)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        model.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what holds."""
        hold = self._model.hold
        self.setVisible(self._model.has_evidence)
        self._words.setText(
            said("证据标记保留：{0}").format(hold.reason)
            if hold
            else said("证据按保存期限管理；未决和已发牌的从不删除。")
        )
        self._button.setText(said("解除保留") if hold else said("保留证据…"))
        self._button.setEnabled(self._model.may_change)

    def _press(self) -> None:
        if self._model.hold is not None:
            self._model.release()
            return
        question = ReasonQuestion(
            self,
            said("保留证据"),
            said("保留后，即使不属实并过了保存期限也不删除，直到解除。会记入审计记录。"),
            said("保留"),
            label=said("理由"),
        )
        question.given.connect(self._model.keep)
        question.open()
