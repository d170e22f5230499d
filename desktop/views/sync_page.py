"""The sync centre: what waits and why, the last round, and what the server refused."""

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.devices import Devices
from desktop.viewmodels.parcels import ParcelDesk
from desktop.viewmodels.refused import RefusedChange
from desktop.viewmodels.sync_centre import SyncCentre
from desktop.views.devices_panel import DevicesPanel
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Panel, ScrollColumn, emptied
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.tiles import StatTile
from desktop.views.page import Notice, Page, PageEntry
from desktop.views.parcels_panel import ParcelsPanel
from desktop.views.refusal_card import RefusalCard


class SyncPage(Page):
    """Shows the sync centre."""

    def __init__(self, model: SyncCentre, devices: Devices, parcels: ParcelDesk) -> None:
        super().__init__()
        self._model, self._devices, self._parcels = model, devices, parcels
        self._shown: tuple[RefusedChange, ...] | None = None
        self._waiting = StatTile(self.tr("待上报的更改"))
        self._files = StatTile(self.tr("待上传的证据文件"))
        self._wanted = StatTile(self.tr("待下载的证据文件"))
        self._refused = StatTile(self.tr("被服务器拒绝"))
        self._refused.clicked.connect(self._scroll_to_refusals)
        self._state = Label(size=Size.SECTION, bold=True)
        self._sentence = Label(tone=Tone.SOFT, wraps=True)
        self._last = Label(tone=Tone.SOFT, wraps=True)
        self._clock = Label(tone=Tone.NEAR, wraps=True)
        self._now = Button(self.tr("立即同步"), Rank.PRIMARY, icon=Icon.SYNC)
        self._now.clicked.connect(model.sync_now)
        self._pause = Button("", Rank.SECONDARY)
        self._pause.clicked.connect(model.toggle_pause)
        self._lay_out()
        self._add_action()
        model.changed.connect(self._show)
        for each in (model, devices, parcels):
            each.refused.connect(self._refuse)
        parcels.done.connect(self._say_done)
        self._show()

    def arrive(self) -> None:
        """Count again, and ask for the devices."""
        self._model.refresh()
        self._devices.refresh()
        self._parcels.refresh()
        self.context_changed.emit(self.tr("更改先保存在本机，再与服务器交换"))

    def _lay_out(self) -> None:
        column = ScrollColumn(margin=Space.MARGIN)
        self._column = column
        tiles = QHBoxLayout()
        tiles.setSpacing(Space.CARD)
        for tile in (self._waiting, self._files, self._wanted, self._refused):
            tiles.addWidget(tile)
        column.body.addLayout(tiles)
        column.body.addWidget(self._state_panel())
        self._refusals = Panel(self.tr("被服务器拒绝的更改"))
        content = QWidget()
        self._list = QVBoxLayout(content)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(Space.CARD)
        self._staged = Staged(content)
        self._staged.setMinimumHeight(140)
        self._refusals.body.addWidget(self._staged)
        column.body.addWidget(self._refusals)
        column.body.addWidget(ParcelsPanel(self._parcels))
        column.body.addWidget(DevicesPanel(self._devices))
        column.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(column)

    def _state_panel(self) -> Panel:
        panel = Panel()
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        for each in (self._state, self._sentence, self._last, self._clock):
            words.addWidget(each)
        row.addLayout(words, 1)
        row.addWidget(self._pause)
        row.addWidget(self._now)
        panel.body.addLayout(row)
        return panel

    def _add_action(self) -> None:
        action = QAction(self.tr("立即同步"), self)
        action.triggered.connect(self._model.sync_now)
        self.addAction(action)

    def _show(self) -> None:
        truth, counts = self._model.truth, self._model.counts
        self._state.setText(truth.line)
        self._state.set_tone(truth.tone)
        self._say(self._sentence, truth.sentence)
        self._say(self._last, self._model.last_round)
        self._say(self._clock, self._model.clock_warning)
        self._pause.setText(self.tr("继续同步") if self._model.paused else self.tr("暂停同步"))
        self._waiting.show_figures(str(counts.get("pending", 0)))
        self._files.show_figures(str(counts.get("blobs_waiting", 0)))
        self._wanted.show_figures(str(counts.get("blobs_wanted", 0)))
        refused = counts.get("inbox", 0)
        hint = self.tr("需要您决定") if refused else ""
        self._refused.show_figures(str(refused), hint, Tone.NEAR)
        self._show_refusals()

    def _show_refusals(self) -> None:
        refused = self._model.refusals()
        if refused == self._shown:
            return
        self._shown = refused
        emptied(self._list)
        for each in refused:
            card = RefusalCard(each)
            card.accepted.connect(self._model.accept)
            card.redone.connect(self._model.take_mine)
            self._list.addWidget(card)
        if refused:
            self._staged.show_content()
        else:
            self._staged.show_empty(self.tr("服务器接受了本机的全部更改。"))

    def _scroll_to_refusals(self) -> None:
        self._column.ensureWidgetVisible(self._refusals)

    def _refuse(self, sentence: str) -> None:
        for card in self.findChildren(RefusalCard):
            card.release()
        self.noticed.emit(Notice(sentence, Tone.NEAR))

    def _say_done(self, words: str) -> None:
        self._model.refresh()
        self.noticed.emit(Notice(words, Tone.GOOD))

    @staticmethod
    def _say(label: Label, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))


def sync_title() -> str:
    """The page's name."""
    return said("同步中心")


def sync_entry(model: SyncCentre, devices: Devices, parcels: ParcelDesk) -> PageEntry:
    """The page's place at the foot of the navigation."""
    build = partial(SyncPage, model, devices, parcels)
    return PageEntry("sync", Icon.SYNC, sync_title, build, at_foot=True)
