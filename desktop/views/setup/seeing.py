"""摄像机与区域: how many there are, what no camera sees, and the page where both are made."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.system.theme import Tone
from desktop.viewmodels.setup.desk import SetupDesk
from desktop.viewmodels.setup.facts import Chapter
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Banner, Panel, emptied
from desktop.views.setup.chapter import ChapterView


class SeeingChapter(ChapterView):
    """Says how it stands; `goes` leads to the page of cameras and areas."""

    goes = Signal()
    adds = Signal()

    def __init__(self, desk: SetupDesk, chapter: Chapter) -> None:
        super().__init__(desk, chapter)
        self._state = Banner()
        self._panel = Panel()
        go = Button(self.tr("打开“摄像机与区域”"))
        go.clicked.connect(self.goes)
        self.body.addWidget(self._state)
        self.body.addWidget(self._panel)
        self._add = Button(self.tr("添加摄像机…"), Rank.PRIMARY)
        self._add.clicked.connect(self.adds)
        row = QHBoxLayout()
        if chapter is Chapter.CAMERAS:
            row.addWidget(self._add)
        row.addWidget(go)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_facts(self) -> None:
        """Say how it stands."""
        self._add.setEnabled(self.desk.may_change)
        if self.chapter is Chapter.CAMERAS:
            self._show_cameras()
        else:
            self._show_zones()

    def _show_cameras(self) -> None:
        facts = self.desk.facts
        cameras = facts.cameras if facts else ()
        emptied(self._panel.body)
        for camera in cameras:
            self._panel.body.addWidget(Label(camera.name, bold=True))
            self._panel.body.addWidget(Label(camera.address, tone=Tone.SOFT, wraps=True))
        self._panel.setVisible(bool(cameras))
        if cameras:
            told = self.tr("已有 {0} 台摄像机。").format(len(cameras))
            self._state.say(told, Tone.GOOD)
        else:
            self._state.say(self.tr("还没有摄像机，画面判断还不能开始。"), Tone.NEAR)

    def _show_zones(self) -> None:
        facts = self.desk.facts
        self._panel.hide()
        if facts is None or not facts.windows:
            self._state.say(self.tr("先加窗口，再画区域。"), Tone.NEAR)
        elif facts.blind:
            numbers = "　".join(window.number for window in facts.blind)
            self._state.say(self.tr("还没有画区域的窗口：{0}").format(numbers), Tone.NEAR)
        else:
            self._state.say(self.tr("每个有人值守的窗口都画了区域。"), Tone.GOOD)
