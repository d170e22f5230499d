"""The panel of seals among the settings: each organ's picture, another one, or none."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout

from desktop.domain.identifiers import OrganId
from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.seals import SealRow, Seals
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Banner, Panel, emptied

_SIDE = 96


class SealsPanel(Panel):
    """Shows the organs of this profile."""

    def __init__(self, seals: Seals) -> None:
        super().__init__(said("用印"))
        self._seals = seals
        self._organ = OrganId("")
        self._trouble = Banner()
        self._column = QVBoxLayout()
        self._column.setSpacing(Space.CARD)
        self.body.addWidget(self._trouble)
        self.body.addLayout(self._column)
        self._trouble.say("", Tone.SOFT)
        seals.changed.connect(self.refresh)
        seals.refused.connect(self._refuse)
        self.refresh()
        seals.refresh()

    def refresh(self) -> None:
        """Show the organs as they now are."""
        while (item := self._column.takeAt(0)) is not None:
            if isinstance(row := item.layout(), QHBoxLayout):
                emptied(row)
                row.deleteLater()
        for seal in self._seals.rows:
            self._column.addLayout(self._row(seal))

    def trouble(self) -> str:
        """What was refused last."""
        return self._trouble.text()

    def _row(self, row: SealRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(Space.CARD)
        hint = self.tr("正式文书的落款处套印此章。")
        if row.picture is None:
            hint = self.tr("没有印章图片：文书留出用印位置，打印后加盖实物印章。")
        else:
            shown = QLabel()
            shown.setAccessibleName(self.tr("{0}的印章").format(row.name))
            shown.setPixmap(_fitted(QPixmap.fromImage(row.picture)))
            line.addWidget(shown)
        line.addWidget(Label(row.name, bold=True))
        line.addWidget(Label(hint, size=Size.SMALL, tone=Tone.SOFT, wraps=True), 1)
        if self._seals.may_change:
            self._add_buttons(line, row)
        return line

    def _add_buttons(self, line: QHBoxLayout, row: SealRow) -> None:
        choose = Button(self.tr("选择图片…"))
        choose.setAccessibleName(self.tr("为{0}选择印章图片").format(row.name))
        choose.setProperty("organ", row.organ_id)
        choose.clicked.connect(self._ask)
        line.addWidget(choose)
        if row.picture is not None:
            remove = Button(self.tr("移除"), Rank.QUIET)
            remove.setAccessibleName(self.tr("移除{0}的印章图片").format(row.name))
            remove.setProperty("organ", row.organ_id)
            remove.clicked.connect(self._remove)
            line.addWidget(remove)

    def _ask(self) -> None:
        self._organ = OrganId(str(self.sender().property("organ")))
        dialog = QFileDialog(self, self.tr("选择印章图片"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("图片 (*.png *.jpg *.jpeg *.bmp)"))
        dialog.fileSelected.connect(self._choose)
        dialog.open()

    def _choose(self, name: str) -> None:
        self._trouble.say("", Tone.SOFT)
        self._seals.choose(self._organ, Path(name))

    def _remove(self) -> None:
        self._seals.remove(OrganId(str(self.sender().property("organ"))))

    def _refuse(self, error: Exception) -> None:
        self._trouble.say(sentence(error), Tone.NEAR)


def _fitted(picture: QPixmap) -> QPixmap:
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return picture.scaled(QSize(_SIDE, _SIDE), keep, smooth)
