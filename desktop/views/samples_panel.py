"""The part of the settings about sample data: whether some is kept, and one button."""

from desktop.system.theme import Tone
from desktop.viewmodels.samples import Samples
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import Question
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Panel


class SamplesPanel(Panel):
    """Asks once more before everything goes."""

    def __init__(self, model: Samples) -> None:
        super().__init__()
        self.show_title(self.tr("示范数据"))
        self._model = model
        self._told = Label(tone=Tone.SOFT, wraps=True)
        self._button = Button(self.tr("全部删除…"))
        self._button.clicked.connect(self._ask)
        self.header.add(self._button)
        self.body.addWidget(self._told)
        model.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self._told.setText(self._model.told)
        self._button.setEnabled(self._model.can_remove)

    def _ask(self) -> None:
        question = Question(
            self,
            self.tr("删除全部示范数据？"),
            self.tr("演示大厅的案卷库、画面、文书和密钥一并删除，不能撤销。真实数据不受影响。"),
            self.tr("全部删除"),
            rank=Rank.DANGER,
        )
        question.agreed.connect(self._model.remove)
        question.open()
