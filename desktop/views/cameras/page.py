"""摄像机与区域: which camera sees which window, and where on its picture."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.identifiers import CameraId
from desktop.domain.organisation import Camera
from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.cameras.editor import CameraEditor
from desktop.viewmodels.cameras.recordings import RecordingsDesk
from desktop.viewmodels.cameras.words import stream_said
from desktop.viewmodels.wording import sentence
from desktop.viewmodels.zones.editor import ZoneEditor
from desktop.views.cameras.canvas import ZoneCanvas
from desktop.views.cameras.listing import CameraList
from desktop.views.cameras.playback import PlaybackDialog
from desktop.views.cameras.recordings import RecordingsDialog
from desktop.views.kit.buttons import Button, IconButton, Rank
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Banner, Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.rows import RowList
from desktop.views.page import Notice, Page

REVIEW_PAGE = "review"
SIDE = 208  # px, the two lists


class CamerasPage(Page):
    """Cameras at the left, the picture in the middle, the areas at the right."""

    def __init__(
        self, editor: ZoneEditor, cameras: CameraEditor, recordings: RecordingsDesk
    ) -> None:
        super().__init__()
        self._editor, self._live = editor, editor.live
        self._keeping, self._recordings = cameras, recordings
        self._list = CameraList(cameras, editor.live)
        self._cameras = self._list.rows
        self._areas = RowList(said("区域"))
        self._canvas = ZoneCanvas(editor)
        self._hint = Label(wraps=True)
        self._stream = Label(size=Size.SMALL, wraps=True)
        self._banner = Banner(tone=Tone.NEAR)
        self._undo = IconButton(Icon.UNDO, said("撤销（Ctrl+Z）"))
        self._snap = Button(said("贴合人员"))
        self._snap.setToolTip(said("按最近十分钟在这里见到的人画座席"))
        self._try = Button(said("试判"), icon=Icon.PLAY)
        self._try.setToolTip(said("保存之前，用最近几分钟的画面按新区域判断一遍（Ctrl+T）"))
        self._copy = Button(said("复制区域"))
        self._paste = Button(said("粘贴", "area"))
        self._erase = Button(said("删除区域"))
        self._save = Button(said("保存并生效"), Rank.PRIMARY)
        self._content = QWidget()
        self._staged = Staged(self._content)
        self._lay_out()
        self._add_commands()
        self._connect()
        self._list_cameras()

    def open_subject(self, subject: object) -> None:
        """Open a camera."""
        self._cameras.choose(subject)

    def arrive(self) -> None:
        """Follow the picture."""
        self._want()
        self._show()

    def leave(self) -> None:
        """Look away."""
        self._live.pictures.rest()

    def _connect(self) -> None:
        self._list.chosen.connect(self._open)
        self._staged.acted.connect(self._list.open_new)
        self._list.review.clicked.connect(self._review)
        self._keeping.saved.connect(self._say_kept)
        self._keeping.refused.connect(self._say_refused)
        self._areas.chosen.connect(self._editor.choose)
        self._canvas.resized.connect(self._want)
        self._editor.changed.connect(self._show)
        self._editor.saved.connect(self._say_saved)
        self._editor.refused.connect(self._say_refused)
        self._editor.told.connect(self._say_told)
        self._live.pictures.arrived.connect(self._show_picture)
        self._live.roll_changed.connect(self._list_cameras)
        self._live.ticked.connect(self._show_stream)
        self._undo.clicked.connect(self._editor.undo)
        self._erase.clicked.connect(self._editor.erase)
        self._snap.clicked.connect(self._editor.snap)
        self._copy.clicked.connect(self._editor.copy)
        self._paste.clicked.connect(self._editor.paste)
        self._try.clicked.connect(self._try_out)
        self._save.clicked.connect(self._editor.save)

    def _lay_out(self) -> None:
        left, middle, right = self._list, Panel(margin=12), Panel(margin=12)
        for side in (left, right):
            side.setFixedWidth(SIDE)
        right.show_title(said("窗口区域"))
        self._areas.setModel(self._editor.model)
        middle.body.addWidget(self._hint)
        middle.body.addWidget(self._canvas, 1)
        middle.body.addWidget(self._stream)
        middle.body.addLayout(self._foot())
        right.body.addWidget(self._areas, 1)
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.CARD)
        row.addWidget(left)
        row.addWidget(middle, 1)
        row.addWidget(right)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(Space.MARGIN, Space.CARD, Space.MARGIN, Space.CARD)
        outer.addWidget(self._staged)

    def _foot(self) -> QVBoxLayout:
        tools = QHBoxLayout()
        for button in (self._undo, self._snap, self._copy, self._paste, self._erase):
            tools.addWidget(button)
        tools.addStretch(1)
        keep = QHBoxLayout()
        keep.addWidget(self._banner, 1)
        keep.addStretch()
        keep.addWidget(self._try)
        keep.addWidget(self._save)
        column = QVBoxLayout()
        column.addLayout(tools)
        column.addLayout(keep)
        return column

    def _add_commands(self) -> None:
        deeds: tuple[tuple[str, str, Callable[[], None]], ...] = (
            (said("撤销"), "Ctrl+Z", self._editor.undo),
            (said("重做"), "Ctrl+Shift+Z", self._editor.redo),
            (said("复制区域"), "Ctrl+C", self._editor.copy),
            (said("粘贴到所选区域"), "Ctrl+V", self._editor.paste),
            (said("贴合人员"), "Ctrl+J", self._editor.snap),
            (said("试判"), "Ctrl+T", self._try_out),
            (said("保存并生效"), "Ctrl+S", self._editor.save),
        )
        for text, keys, deed in deeds:
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(deed)
            self.addAction(action)

    def _list_cameras(self) -> None:
        roll = self._live.roll
        self._list.refresh()
        if not roll.cameras and not roll.retired:
            can = roll.hall is not None and not self._keeping.may_change
            action = said("添加摄像机") if can else ""
            self._staged.show_empty(said("这个大厅还没有摄像机。"), action, icon=Icon.CAMERA)
            return
        self._staged.show_content()
        opened = self._editor.camera
        if not self._editor.is_changed:
            known = (*roll.cameras, *roll.retired)
            self._cameras.choose(opened.id if opened and opened.id in known else known[0])

    def _open(self, camera_id: CameraId) -> None:
        camera = self._editor.camera
        if camera is None or camera.id != camera_id or not self._editor.is_changed:
            self._editor.open(camera_id)
        self._want()
        self._show_stream()
        self._choose_area()

    def _choose_area(self) -> None:
        area = self._editor.area
        row = next((r for r in self._editor.model.rows if r.area == area), None)
        if row is not None:
            self._areas.choose(row.key)

    def _want(self) -> None:
        camera = self._editor.camera
        if camera is None or not self.isVisible():
            return
        self._live.pictures.rest()
        self._live.pictures.want(camera.id, self._canvas.room)
        self._show_picture(camera.id)

    def _show(self) -> None:
        editor = self._editor
        self._hint.setText(editor.hint)
        self._undo.setEnabled(editor.can_undo)
        area = editor.area
        drawn = bool(area and editor.sketch.corners(area))
        self._erase.setEnabled(drawn)
        self._copy.setEnabled(drawn)
        self._paste.setEnabled(editor.can_paste)
        self._snap.setEnabled(editor.can_snap)
        self._try.setEnabled(editor.can_try)
        obstacle = editor.obstacle if editor.is_changed or editor.sketch.drawn else ""
        self._banner.say(obstacle, Tone.NEAR)
        self._save.setEnabled(editor.is_changed and not editor.obstacle)
        camera = editor.camera
        self.context_changed.emit(camera.name if camera else "")

    def _try_out(self) -> None:
        if self._editor.can_try:
            self._editor.try_out()
            PlaybackDialog(self.window(), self._editor.playback, self._live.roll).open()

    def _say_told(self, words: str) -> None:
        self.noticed.emit(Notice(words, Tone.NEAR))

    def _show_picture(self, camera_id: CameraId) -> None:
        camera = self._editor.camera
        picture = self._live.pictures.of(camera_id)
        if camera is not None and camera.id == camera_id and picture is not None:
            self._canvas.show_picture(picture.image)

    def _show_stream(self) -> None:
        camera = self._editor.camera
        stream = self._live.board.camera(camera.id).stream if camera else None
        told, tone = stream_said(stream) if stream else ("", Tone.SOFT)
        if told != self._stream.text():
            self._stream.setText(told)
            self._stream.set_tone(tone)
        show_if(self._stream, wanted=bool(told))

    def _review(self) -> None:
        if (camera := self._list.current) is not None and camera.zones:
            self._recordings.choose_camera(camera.id)
        dialog = RecordingsDialog(self.window(), self._recordings)
        dialog.goes_on.connect(self._go_to_review)
        dialog.open()

    def _go_to_review(self) -> None:
        self.goes_to.emit(REVIEW_PAGE, None)

    def _say_kept(self, camera: Camera) -> None:
        words = (
            said("“{0}”已停用。") if camera.retired else said("“{0}”已保存，监看已按新设置进行。")
        )
        self.noticed.emit(Notice(words.format(camera.name), Tone.GOOD))

    def _say_saved(self) -> None:
        self.noticed.emit(Notice(said("区域已保存，监看按新区域进行。"), Tone.GOOD))

    def _say_refused(self, refusal: Exception) -> None:
        self.noticed.emit(Notice(sentence(refusal), Tone.BAD))
