"""Drawing on a picture, of which a copy is kept: marks in red, covers, and a cut."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.evidence.marking import Mark, Marking, MarkKind, draw_marks
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button, IconButton, Rank
from desktop.views.kit.chips import Chips
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Banner

_SIZE = (960, 720)


class MarkCanvas(QWidget):
    """The picture with its marks; a drag gives the next one's start and end as fractions."""

    dragged = Signal(object, object)

    def __init__(self, marking: Marking) -> None:
        super().__init__()
        self._marking = marking
        self._kind = MarkKind.FRAME
        self._start: QPointF | None = None
        self._now = QPointF()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("批注画面"))
        marking.ready.connect(self.update)
        marking.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as most pictures."""
        return QSize(*_SIZE)

    def use(self, kind: MarkKind) -> None:
        """Show the next mark as this kind while it is drawn."""
        self._kind = kind

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a mark."""
        if event.button() is Qt.MouseButton.LeftButton and not self._marking.image.isNull():
            self._start = self._now = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Stretch it."""
        if self._start is not None:
            self._now = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        if self._start is not None:
            start, self._start = self._start, None
            self.dragged.emit(self._fraction(start), self._fraction(event.position()))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, its marks, and the one being drawn."""
        if self._marking.image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = self._place()
        painter.drawImage(place, self._marking.image)
        marks = self._marking.marks
        if self._start is not None and self._kind is not MarkKind.WORDS:
            now = Mark(self._kind, self._fraction(self._start), self._fraction(self._now))
            marks = (*marks, now)
        draw_marks(painter, marks, place)

    def _place(self) -> QRectF:
        """As large as there is room, in the middle."""
        wanted = self._marking.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (self.width() - wanted.width()) / 2
        return QRectF(left, (self.height() - wanted.height()) / 2, wanted.width(), wanted.height())

    def _fraction(self, at: QPointF) -> tuple[float, float]:
        place = self._place()
        x = (at.x() - place.left()) / max(place.width(), 1.0)
        y = (at.y() - place.top()) / max(place.height(), 1.0)
        return (min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))


class MarkView(QDialog):
    """The canvas with its tools; what is kept is a copy, and can be annexed at once."""

    def __init__(self, parent: QWidget, marking: Marking) -> None:
        super().__init__(parent)
        self._marking = marking
        self._kind = MarkKind.FRAME
        self.setWindowTitle(self.tr("批注画面"))
        self.setAccessibleName(self.tr("批注画面"))
        self.resize(*_SIZE)
        self.canvas = MarkCanvas(marking)
        words = {kind: kind.word for kind in MarkKind}
        self._kinds = Chips(self.tr("批注方式"), words, columns=len(MarkKind))
        self._kinds.press(self._kind)
        self.words = QLineEdit(placeholderText=self.tr("要写的文字，再点画面上的位置"))
        self.words.setAccessibleName(self.tr("批注文字"))
        self._undo = IconButton(Icon.UNDO, self.tr("撤回上一笔"))
        self.nobody = QCheckBox(self.tr("画面上没有需要遮蔽的人"))
        show_if(self.nobody, wanted=marking.bares)
        self._trouble = Banner()
        self.keep = Button(self.tr("保存副本"), Rank.PRIMARY)
        self._leave = Button(self.tr("取消"), Rank.SECONDARY)
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(Space.INSIDE)
        tools.addWidget(self._kinds)
        tools.addWidget(self.words, 1)
        tools.addWidget(self._undo)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.INSIDE)
        buttons.addWidget(self.nobody)
        buttons.addStretch(1)
        buttons.addWidget(self._leave)
        buttons.addWidget(self.keep)
        hint = self.tr(
            "遮蔽、裁切和批注另存为副本并注明来源，原件不变。被遮蔽的部分在副本中不能还原。"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.MARGIN, Space.MARGIN, Space.MARGIN)
        column.setSpacing(Space.CARD - 4)
        column.addWidget(Label(hint, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        column.addLayout(tools)
        column.addWidget(self.canvas, 1)
        column.addWidget(self._trouble)
        column.addLayout(buttons)

    def _connect(self) -> None:
        marking = self._marking
        self._kinds.chosen.connect(self._choose)
        self.canvas.dragged.connect(self._draw)
        self._undo.clicked.connect(marking.undo)
        self.keep.clicked.connect(marking.keep)
        self._leave.clicked.connect(self.reject)
        self.nobody.toggled.connect(marking.say_nobody_else)
        marking.changed.connect(self._show)
        marking.kept.connect(self.accept)
        marking.refused.connect(self._refuse)

    def _choose(self, kind: object) -> None:
        if isinstance(kind, MarkKind):
            self._kind = kind
            self._kinds.press(kind)
            self.canvas.use(kind)
            self._show()
            if kind is MarkKind.WORDS:
                self.words.setFocus()

    def _draw(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        words = self.words.text() if self._kind is MarkKind.WORDS else ""
        self._marking.add(Mark(self._kind, start, end, words))

    def _show(self) -> None:
        self.words.setEnabled(self._kind is MarkKind.WORDS)
        self._undo.setEnabled(bool(self._marking.marks))
        self.keep.setEnabled(self._marking.may_keep)

    def _refuse(self, error: Exception) -> None:
        self._trouble.say(sentence(error), Tone.BAD)
