"""The middle column: the picture, the film strip, the clip's controls, and what was checked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from desktop.domain.rules.catalogue import Catalogue
from desktop.system.language import headed
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.review.checks import (
    Check,
    caption_of,
    checks,
    judged_by,
    rule_said,
    sealed_said,
    ticks_said,
    ticks_title,
)
from desktop.viewmodels.review.desk import ReviewDesk
from desktop.viewmodels.review.exhibits import Showing
from desktop.viewmodels.review.player import ClipPlayer, Playing
from desktop.viewmodels.review.site_said import site_checks, site_rule_said
from desktop.viewmodels.times import clock, lasting
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button, IconButton, Rank
from desktop.views.kit.dialogs import ReasonQuestion
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import ElidedLabel, Label, hairline
from desktop.views.kit.panels import ScrollColumn
from desktop.views.review.filmstrip import FilmStrip
from desktop.views.review.holding import HoldingRow
from desktop.views.review.picture import PictureView
from desktop.views.review.ticks import TicksView

_SLIDER_STEPS = 1000
_CHECK_HEIGHT = 22  # px


class ClipControls(QWidget):
    """Play, step and seek."""

    def __init__(self, player: ClipPlayer) -> None:
        super().__init__()
        self._player = player
        self._play = IconButton(Icon.PLAY, self.tr("播放片段"))
        back = IconButton(Icon.STEP_BACK, self.tr("上一幅"))
        forward = IconButton(Icon.STEP_FORWARD, self.tr("下一幅"))
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, _SLIDER_STEPS)
        self._slider.setAccessibleName(self.tr("片段位置"))
        self._time = ElidedLabel(size=Size.SMALL, tone=Tone.SOFT)
        self._moving = [back, forward, self._slider]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.HAIR)
        for widget in (self._play, back, forward):
            row.addWidget(widget)
        row.addWidget(self._slider, 1)
        row.addWidget(self._time)
        self._play.clicked.connect(self._player.toggle)
        back.clicked.connect(self._back)
        forward.clicked.connect(self._forward)
        self._slider.valueChanged.connect(self._seek)
        self._player.changed.connect(self.refresh)
        self._player.frame_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show where the clip is."""
        player = self._player
        playing = player.playing is Playing.PLAYING
        self._play.set_icon(Icon.PAUSE if playing else Icon.PLAY)
        self._play.set_name(self.tr("暂停") if playing else self.tr("播放片段"))
        self._play.setEnabled(player.playing is not Playing.NO_CLIP)
        for widget in self._moving:
            widget.setVisible(player.is_on)
        self._slider.blockSignals(True)
        share = player.at_s / player.length_s if player.length_s else 0.0
        self._slider.setValue(round(share * _SLIDER_STEPS))
        self._slider.blockSignals(False)
        self._time.setText(self._words())

    def _words(self) -> str:
        player = self._player
        match player.playing:
            case Playing.NO_CLIP:
                return self.tr("没有片段")
            case Playing.NO_PROCESS:
                return self.tr("监看未运行，不能播放")
            case Playing.LOADING:
                return self.tr("正在读取…")
            case Playing.TROUBLE:
                return self.tr("片段不能播放")
            case Playing.IDLE:
                return self.tr("片段未遮挡，播放会记录")
        return f"{player.at_s:.1f} / {lasting(player.length_s)}"

    def _back(self) -> None:
        self._player.step(-1)

    def _forward(self) -> None:
        self._player.step(1)

    def _seek(self, value: int) -> None:
        self._player.seek(value / _SLIDER_STEPS * self._player.length_s)


class ChecksView(QWidget):
    """Pairs of label and text in two columns."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.CARD)
        self._grid.setVerticalSpacing(Space.HAIR - 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)

    def show_checks(self, lines: Sequence[Check]) -> None:
        """Show these lines, two short ones in a row."""
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        row = column = 0
        for line in lines:
            label = Label(headed(line.label), size=Size.SMALL, tone=Tone.SOFT)
            self._grid.addWidget(label, row, column)
            span = 3 if line.is_wide else 1
            words = ElidedLabel(line.text, tone=line.tone)
            words.setMinimumHeight(_CHECK_HEIGHT)
            self._grid.addWidget(words, row, column + 1, 1, span)
            row, column = (row + 1, 0) if column or line.is_wide else (row, 2)


class EvidenceColumn(ScrollColumn):
    """Everything there is to see of the open finding."""

    def __init__(self, desk: ReviewDesk, catalogue: Catalogue) -> None:
        super().__init__(margin=Space.CARD, spacing=Space.CARD - 4)
        self._desk, self._catalogue = desk, catalogue
        self.picture = PictureView()
        self._film = FilmStrip()
        self._controls = ClipControls(desk.player)
        self._original = Button(self.tr("查看原图"), Rank.QUIET, icon=Icon.EYE)
        self._original.clicked.connect(self.ask_original)
        self._ticks_title = Label(bold=True)
        self._ticks = TicksView()
        self._no_ticks = Label(self.tr("没有逐次判断记录"), size=Size.SMALL, tone=Tone.SOFT)
        self._checks = ChecksView()
        self._sealed = Label(size=Size.SMALL, wraps=True)
        self._held = HoldingRow(desk.holding)
        self._judged = Label(size=Size.SMALL, tone=Tone.SOFT, wraps=True)
        self._rule = Label(size=Size.SMALL, wraps=True)
        self._fill()
        self._connect()

    def _fill(self) -> None:
        under = QHBoxLayout()
        under.setSpacing(Space.INSIDE)
        under.addWidget(self._controls, 1)
        under.addWidget(self._original)
        said = Label(
            self.tr("机器只提出疑似问题，不作认定；认定由两人作出。"), size=Size.SMALL,
            tone=Tone.SOFT, wraps=True,
        )  # fmt: skip
        notes = QVBoxLayout()
        notes.setSpacing(Space.HAIR)
        for label in (self._sealed, self._judged, self._rule, said):
            notes.addWidget(label)
        for widget in (self.picture, self._film):
            self.body.addWidget(widget)
        self.body.addLayout(under)
        self.body.addWidget(self._ticks_title)
        self.body.addWidget(self._ticks)
        self.body.addWidget(self._no_ticks)
        self.body.addWidget(Label(self.tr("核对情况"), bold=True))
        self.body.addWidget(self._checks)
        self.body.addWidget(hairline())
        self.body.addWidget(self._held)
        self.body.addLayout(notes)
        self.body.addStretch(1)

    def _connect(self) -> None:
        exhibits, player = self._desk.exhibits, self._desk.player
        exhibits.listed.connect(self._lay_out)
        exhibits.picture_changed.connect(self._show_picture)
        exhibits.checked.connect(self.refresh)
        player.frame_changed.connect(self._show_picture)
        player.changed.connect(self._show_picture)
        self._film.chosen.connect(self._choose)
        self.picture.walked.connect(self.walk)
        self.picture.toggled.connect(player.toggle)

    def refresh(self) -> None:
        """Show the open finding anew."""
        pack, exhibits = self._desk.pack, self._desk.exhibits
        if pack is None or pack.finding.case:
            return
        strip, on_site = exhibits.records.strip, pack.finding.inspection_id is not None
        self._ticks_title.setVisible(not on_site)
        self._ticks_title.setText(ticks_title(strip))
        self._ticks.show_strip(strip, ticks_said(strip) if strip else "")
        self._ticks.setVisible(strip is not None)
        self._no_ticks.setVisible(strip is None and not on_site)
        told = tuple(site_checks(pack)) if on_site else checks(pack, exhibits.records)
        self._checks.show_checks(told)
        sealed = sealed_said(pack, exhibits.integrity)
        self._sealed.setText(sealed.text)
        self._sealed.set_tone(sealed.tone)
        self._judged.setText(judged_by(pack, exhibits.records))
        say_rule = site_rule_said if on_site else rule_said
        self._rule.setText(say_rule(pack, self._catalogue))
        self.picture.show_outline(exhibits.outline, pack.place)
        self._lay_out()
        self._show_picture()

    def _lay_out(self) -> None:
        pack, exhibits = self._desk.pack, self._desk.exhibits
        if pack is None:
            return
        stills = [(still.word, still.moment, Icon.CAMERA) for still in exhibits.stills]
        clips = [(self.tr("片段"), clock(clip.taken_at), Icon.PLAY) for clip in pack.clips]
        self._film.lay_out([*stills, *clips])
        for number, still in enumerate(exhibits.stills):
            self._film.show_image(number, exhibits.thumb(still))
        self._press()

    def _press(self) -> None:
        pack, player, exhibits = self._desk.pack, self._desk.player, self._desk.exhibits
        if player.is_on and pack is not None and player.clip in pack.clips:
            self._film.press(len(exhibits.stills) + pack.clips.index(player.clip))
        else:
            self._film.press(exhibits.selected)

    def _show_picture(self) -> None:
        pack, player, exhibits = self._desk.pack, self._desk.player, self._desk.exhibits
        if pack is None:
            return
        self._press()
        on = player.is_on
        self._original.setVisible(not on)
        self._original.setEnabled(exhibits.current is not None and not exhibits.shows_original)
        if on and not player.frame.isNull():
            caption = f"{pack.camera_name}  {self.tr('片段')} {player.at_s:.1f} s"
            self.picture.show_picture(player.frame, caption=caption, badge=self.tr("未遮挡"))
            return
        match exhibits.showing:
            case Showing.PICTURE:
                original = exhibits.shows_original
                badge = self.tr("原图，未遮挡") if original else self.tr("其他人员已遮挡")
                caption = caption_of(pack, exhibits)
                self.picture.show_picture(exhibits.picture, caption=caption, badge=badge)
            case Showing.ONLY_ORIGINAL:
                self.picture.show_words(self.tr("这一时刻没有遮挡副本。查看原图须写明理由。"))
            case Showing.NOTHING:
                self.picture.show_words(self.tr("没有画面证据。"))
            case Showing.TROUBLE if exhibits.trouble is not None:
                self.picture.show_words(sentence(exhibits.trouble))
            case _:
                pass  # the picture before stays until the next one is there

    def _choose(self, number: int) -> None:
        pack, exhibits, player = self._desk.pack, self._desk.exhibits, self._desk.player
        if pack is None:
            return
        if number < len(exhibits.stills):
            player.stop()
            exhibits.select(number)
            return
        clip = pack.clips[number - len(exhibits.stills)]
        if player.clip != clip or not player.is_on:
            player.load(clip)
        player.toggle()

    def walk(self, by: int) -> None:
        """Go to a neighbouring moment, or picture of the clip."""
        if self._desk.player.is_on:
            self._desk.player.step(by)
        else:
            self._desk.exhibits.step(by)

    def ask_original(self) -> None:
        """Ask why the original is wanted, then show it."""
        question = ReasonQuestion(
            self,
            self.tr("查看原图"),
            self.tr("原图上的其他人员没有遮挡。查看的人、时间和理由会写入证据流转记录。"),
            self.tr("查看原图"),
            label=self.tr("理由"),
        )
        question.given.connect(self._desk.exhibits.show_original)
        question.open()
