"""The part of the settings about links: whether the code on a paper opens this program."""

from desktop.system.theme import Size
from desktop.viewmodels.link_claim import LinkClaim
from desktop.views.kit.buttons import Button
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Panel


class LinksPanel(Panel):
    """One sentence and one button."""

    def __init__(self, model: LinkClaim) -> None:
        super().__init__()
        self._model = model
        self.show_title(self.tr("文书链接"))
        self._stand = Label(wraps=True)
        self._button = Button("")
        words = self.tr("只登记在当前用户名下，可以随时取消。程序已打开时，链接交给该窗口。")
        self.body.addWidget(self._stand)
        self.body.addWidget(Label(words, size=Size.SMALL, wraps=True))
        self.header.add(self._button)
        self._button.clicked.connect(self._press)
        model.changed.connect(self.refresh)
        self.refresh()

    def said_of_it(self) -> str:
        """How things stand, in words."""
        return self._stand.text()

    def refresh(self) -> None:
        """Show how things stand."""
        words, tone = self._model.stand()
        self._stand.setText(words)
        self._stand.set_tone(tone)
        ours = bool(self._model.is_ours)
        self._button.setText(self.tr("取消登记") if ours else self.tr("用本程序打开"))
        self._button.setEnabled(self._model.is_ours is not None)

    def _press(self) -> None:
        if self._model.is_ours:
            self._model.release()
        else:
            self._model.claim()
