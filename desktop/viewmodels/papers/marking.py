"""Marks on a copy of a picture: frames, arrows and words, drawn and kept as a copy of their own."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QImageWriter, QPainter, QPen

from desktop.domain.evidence import Evidence
from desktop.domain.identifiers import Digest
from desktop.system.language import said
from desktop.usecases.evidence import keep_marked_copy
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework, Sealed

INK = "#D01B1B"  # as a pen on paper: the same in every theme
_STROKE, _HEAD, _LETTER = 1 / 160, 1 / 28, 1 / 22  # of the picture's width
_HEAD_ANGLE = math.radians(28)


class MarkKind(Enum):
    """What can be drawn."""

    FRAME = "frame"
    ARROW = "arrow"
    WORDS = "words"

    @property
    def word(self) -> str:
        """The kind in the current language."""
        words = {
            MarkKind.FRAME: said("方框"),
            MarkKind.ARROW: said("箭头"),
            MarkKind.WORDS: said("文字"),
        }
        return words[self]


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark; places are fractions of the picture, from its upper left corner."""

    kind: MarkKind
    start: tuple[float, float]
    end: tuple[float, float]
    words: str = ""

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to see of it."""
        if self.kind is MarkKind.WORDS:
            return bool(self.words.strip())
        return math.dist(self.start, self.end) > 2 * _STROKE


def draw_marks(painter: QPainter, marks: Sequence[Mark], place: QRectF) -> None:
    """Draw marks on a picture that lies at a place."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(INK), max(2.0, place.width() * _STROKE))
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for mark in marks:
        start, end = _at(mark.start, place), _at(mark.end, place)
        match mark.kind:
            case MarkKind.FRAME:
                painter.drawRect(QRectF(start, end).normalized())
            case MarkKind.ARROW:
                _draw_arrow(painter, start, end, place.width() * _HEAD)
            case MarkKind.WORDS:
                _draw_words(painter, start, mark.words, round(place.width() * _LETTER))


def _at(point: tuple[float, float], place: QRectF) -> QPointF:
    return QPointF(place.left() + point[0] * place.width(), place.top() + point[1] * place.height())


def _draw_arrow(painter: QPainter, start: QPointF, end: QPointF, head: float) -> None:
    painter.drawLine(start, end)
    back = math.atan2(start.y() - end.y(), start.x() - end.x())
    for side in (-_HEAD_ANGLE, _HEAD_ANGLE):
        tip = QPointF(math.cos(back + side), math.sin(back + side)) * head
        painter.drawLine(end, end + tip)


def _draw_words(painter: QPainter, start: QPointF, words: str, height: int) -> None:
    """Write on a white ground, so that it can be read on any picture."""
    font = QFont(painter.font())
    font.setPixelSize(max(12, height))
    font.setBold(True)
    painter.setFont(font)
    box = painter.boundingRect(QRectF(start.x(), start.y(), 10_000, 10_000), 0, words)
    painter.fillRect(box.adjusted(-4, -2, 4, 2), QColor(255, 255, 255, 225))
    painter.drawText(box, 0, words)


class Marking(QObject):
    """One picture being drawn on.

    Attributes:
        image: the copy that is drawn on; null while it is fetched.
    """

    ready = Signal()
    changed = Signal()
    kept = Signal(object)  # the new Evidence
    refused = Signal(object)

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self._source: Evidence | None = None
        self.image = QImage()
        self.marks: tuple[Mark, ...] = ()

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def open(self, source: Evidence) -> None:
        """Fetch a copy to draw on."""
        self._source, self.image, self.marks = source, QImage(), ()
        ask = partial(_picture, self._casework.vault, source.sha256)
        self._answers.ask(self._casework.desk.look(ask), self._show, self._refuse, "picture")

    def add(self, mark: Mark) -> None:
        """Add a mark; one of which there is nothing to see is none."""
        if mark.is_drawn:
            self.marks = (*self.marks, mark)
            self.changed.emit()

    def undo(self) -> None:
        """Take the last mark back."""
        self.marks = self.marks[:-1]
        self.changed.emit()

    def keep(self) -> None:
        """Keep the marked picture beside what it was drawn on."""
        actor, source, casework = self._casework.door.actor, self._source, self._casework
        if actor is None or source is None or not self.marks:
            return
        png = _png(marked_picture(self.image, self.marks))

        def keep(work: UnitOfWork) -> Evidence:
            stored = casework.press.keep(png)
            digest = Digest(stored.sha256)
            return keep_marked_copy(work, source, digest, stored.size, clock=casework.clock)

        self._answers.ask(casework.desk.act(actor, keep), self._was_kept, self._refuse)

    def _show(self, image: QImage) -> None:
        self.image = image
        self.ready.emit()

    def _was_kept(self, copy: Evidence) -> None:
        self.kept.emit(copy)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def marked_picture(image: QImage, marks: Sequence[Mark]) -> QImage:
    """Draw marks on a copy of a picture, as large as it is."""
    copy = image.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(copy)
    draw_marks(painter, marks, QRectF(copy.rect()))
    painter.end()
    return copy


def _picture(vault: Sealed, sha256: str, _reading: Reading) -> QImage:
    return QImage.fromData(vault.get(sha256))


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())
