"""The part of the settings about evidence on this disk: how it stands, and tidying at once."""

from desktop.system.theme import Size
from desktop.viewmodels.keeping import EvidenceKeeping
from desktop.views.kit.buttons import Button
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Panel


class KeepingPanel(Panel):
    """One sentence and one button."""

    def __init__(self, model: EvidenceKeeping) -> None:
        super().__init__()
        self._model = model
        self.show_title(self.tr("证据保存"))
        self._stand = Label(wraps=True)
        self._button = Button(self.tr("立即清理"))
        words = self.tr(
            "只删除不属实和已终结的疑似问题的录像和照片，且服务器已核对收到；"
            "删除记入审计记录，摘要和判断记录保留。未决、属实、已发牌、入案卷和标记保留的从不删除。"
        )
        self.body.addWidget(self._stand)
        self.body.addWidget(Label(words, size=Size.SMALL, wraps=True))
        self.header.add(self._button)
        self._button.clicked.connect(model.tidy_now)
        model.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how things stand."""
        words, tone = self._model.stand()
        self._stand.setText(words)
        self._stand.set_tone(tone)
        self._button.setEnabled(not self._model.is_busy)
