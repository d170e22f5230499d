"""Plays back the last minutes as areas that are not saved yet would have judged them."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from desktop.domain.organisation import Corners
from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone, colours
from desktop.viewmodels.live.roll import Roll
from desktop.viewmodels.zones.playback import ZonePlayback
from desktop.views.kit.buttons import Button, IconButton, Rank
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Banner
from desktop.views.timeline.bands import TimelineBands
from desktop.views.timeline.paint import BandLegend

_SIZE = (900, 640)
_TIME = 140  # px: it changes with every picture and must not jump


class PlaybackDialog(QDialog):
    """The picture with the areas, what each window is in, and all of it as bands below."""

    def __init__(self, parent: QWidget, playback: ZonePlayback, roll: Roll) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said("用最近几分钟试判"))
        self.setAccessibleName(said("用最近几分钟试判"))
        self.resize(*_SIZE)
        self._playback, self._roll = playback, roll
        self._picture = _Picture()
        self._states = Label(wraps=True, bold=True)
        self._banner = Banner()
        self._bands, self._legend = TimelineBands(), BandLegend()
        self._play = IconButton(Icon.PAUSE, said("暂停"))
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setAccessibleName(said("时刻"))
        self._time = Label(size=Size.SMALL, tone=Tone.SOFT)
        self._time.setMinimumWidth(_TIME)
        self._close = Button(said("关闭"), Rank.PRIMARY)
        self._lay_out()
        self._play.clicked.connect(playback.toggle)
        self._slider.sliderMoved.connect(playback.show)
        self._slider.actionTriggered.connect(self._jump)
        self._close.clicked.connect(self.accept)
        self.finished.connect(playback.stop)
        playback.changed.connect(self._show)
        playback.moved.connect(self._show_moment)
        self._show()

    def _lay_out(self) -> None:
        words = said(
            "区域还没有保存。这里用摄像机最近几分钟的画面重新判断一遍，不影响正在进行的监看；"
            "开头要看一会儿才能下结论。"
        )
        steer = QHBoxLayout()
        steer.addWidget(self._play)
        steer.addWidget(self._slider, 1)
        steer.addWidget(self._time)
        foot = QHBoxLayout()
        foot.addWidget(self._legend, 1)
        foot.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setSpacing(Space.INSIDE)
        column.addWidget(Label(words, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        column.addWidget(self._banner)
        column.addWidget(self._picture, 1)
        column.addWidget(self._states)
        column.addLayout(steer)
        column.addWidget(self._bands)
        column.addLayout(foot)

    def _show(self) -> None:
        playback = self._playback
        waiting = "" if playback.count or playback.is_whole else said("正在重新判断…")
        tone = Tone.NEAR if playback.trouble else Tone.ACCENT
        self._banner.say(playback.trouble or waiting, tone)
        self._slider.setRange(0, max(0, playback.count - 1))
        rows = playback.rows(self._roll)
        if rows:
            self._bands.show_rows(rows, *playback.span)
            self._legend.show_looks(each.look for row in rows for each in row.stretches)
        show_if(self._bands, wanted=bool(rows))
        self._show_moment()

    def _show_moment(self) -> None:
        playback = self._playback
        zones = playback.tried.zones if playback.tried else ()
        self._picture.show_picture(playback.image(), [zone.seat for zone in zones])
        self._states.setText("　".join(playback.states_said(self._roll)))
        self._time.setText(playback.time_said())
        self._slider.setValue(playback.at)
        playing = playback.is_playing
        self._play.set_icon(Icon.PAUSE if playing else Icon.PLAY)
        self._play.set_name(said("暂停") if playing else said("播放"))

    def _jump(self, _: int) -> None:
        self._playback.show(self._slider.sliderPosition())


class _Picture(QWidget):
    """A picture with the seats drawn on it."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._seats: Sequence[Corners] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(320, 180))
        self.setAccessibleName(said("摄像机画面"))

    def show_picture(self, image: QImage | None, seats: Sequence[Corners]) -> None:
        """Show this one."""
        self._image, self._seats = image, seats
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it whole, and the seats over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours().sunken))
        if self._image is None or self._image.isNull():
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        place = QRectF(left, top, size.width(), size.height())
        painter.drawImage(place, self._image)
        painter.setPen(QPen(QColor(colours().accent), 2))
        for seat in self._seats:
            corners = [QPointF(left + x * size.width(), top + y * size.height()) for x, y in seat]
            painter.drawPolygon(QPolygonF(corners))
