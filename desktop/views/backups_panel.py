"""The part of the settings about backups: how they stand, and a copy at once."""

from desktop.system.theme import Size
from desktop.viewmodels.backups import Backups
from desktop.views.kit.buttons import Button
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Panel


class BackupsPanel(Panel):
    """A sentence on the copies, one on the last check, and a button for each."""

    def __init__(self, model: Backups) -> None:
        super().__init__()
        self._model = model
        self.show_title(self.tr("案卷库备份"))
        self._stand = Label(wraps=True)
        self._button = Button(self.tr("立即备份"))
        words = self.tr("每天第一次打开程序时自动备份。备份与案卷库用同一密钥加密，不含证据文件。")
        self._health = Label(wraps=True)
        self._check = Button(self.tr("检查完整性"))
        self._check.clicked.connect(model.check)
        self.body.addWidget(self._stand)
        self.body.addWidget(self._health)
        self.body.addWidget(Label(words, size=Size.SMALL, wraps=True))
        self.header.add(self._check)
        self.header.add(self._button)
        self._button.clicked.connect(model.back_up)
        model.changed.connect(self.refresh)
        self.refresh()

    def said_of_it(self) -> str:
        """How backups stand, in words."""
        return self._stand.text()

    def said_of_check(self) -> str:
        """What the last check found, in words."""
        return self._health.text()

    def refresh(self) -> None:
        """Show how things stand."""
        words, tone = self._model.stand()
        self._stand.setText(words)
        self._stand.set_tone(tone)
        self._button.setEnabled(not self._model.is_busy)
        found, how = self._model.health()
        self._health.setText(found)
        self._health.set_tone(how)
        show_if(self._health, wanted=bool(found))
        self._check.setEnabled(not self._model.is_checking)
