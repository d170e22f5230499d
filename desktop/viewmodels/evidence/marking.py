"""Marks on a picture: frames, arrows, words, covers and a cut, kept as a copy of their own."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QImageWriter, QPainter, QPainterPath, QPen

from desktop.documents.marked_pages import with_page_picture
from desktop.domain.evidence import Evidence
from desktop.domain.identifiers import Digest
from desktop.exchange.photographs import small_copy
from desktop.system.language import said
from desktop.usecases.evidence import Copy, keep_copy, shows_people
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework, Sealed

INK = "#D01B1B"  # as a pen on paper: the same in every theme
COVER = "#2B2F36"  # nothing shines through
_VEIL = "#B0000000"
MOST_SIDE = 4096  # px; a photograph of 80 megapixels is drawn on at this size
PDF = "application/pdf"
_STROKE, _HEAD, _LETTER = 1 / 160, 1 / 28, 1 / 22  # of the picture's width
_HEAD_ANGLE = math.radians(28)


class MarkKind(Enum):
    """What can be drawn."""

    FRAME = "frame"
    ARROW = "arrow"
    WORDS = "words"
    COVER = "cover"
    CUT = "cut"

    @property
    def word(self) -> str:
        """The kind in the current language."""
        words = {
            MarkKind.FRAME: said("方框"),
            MarkKind.ARROW: said("箭头"),
            MarkKind.WORDS: said("文字"),
            MarkKind.COVER: said("遮蔽"),
            MarkKind.CUT: said("裁切"),
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
            case MarkKind.COVER:
                painter.fillRect(QRectF(start, end).normalized(), QColor(COVER))
            case MarkKind.CUT:
                _draw_cut(painter, QRectF(start, end).normalized(), place)


def _draw_cut(painter: QPainter, kept: QRectF, place: QRectF) -> None:
    """Veil what will be cut away."""
    away = QPainterPath()
    away.addRect(place)
    away.addRect(kept)
    painter.fillPath(away, QColor(_VEIL))


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


@dataclass(frozen=True, slots=True)
class Ground:
    """What is drawn on, where that is not a whole picture of the vault.

    Attributes:
        page: of a paper, its number from 0.
        after_s: of a clip, how long after its beginning the picture is.
    """

    image: QImage
    page: int | None = None
    after_s: float = 0.0


class Marking(QObject):
    """One picture being drawn on.

    Attributes:
        image: what is drawn on; null while it is fetched.
        nobody_else: whoever draws says that nobody on an original must be covered.
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
        self._ground: Ground | None = None
        self.image = QImage()
        self.marks: tuple[Mark, ...] = ()
        self.nobody_else = False

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    @property
    def bares(self) -> bool:
        """Whether people may be seen on what is drawn on."""
        source = self._source
        return source is not None and source.masked_of is None and shows_people(source)

    @property
    def is_covered(self) -> bool:
        """Whether a copy of it may be kept."""
        covers = any(mark.kind is MarkKind.COVER for mark in self.marks)
        return covers or self.nobody_else or not self.bares

    @property
    def may_keep(self) -> bool:
        """Whether there is a copy to keep."""
        return self.is_covered and (bool(self.marks) or self.nobody_else)

    def say_nobody_else(self, is_so: bool) -> None:  # a tick says so
        """Say that nobody on an original must be covered, or take it back."""
        self.nobody_else = is_so
        self.changed.emit()

    def open(self, source: Evidence, ground: Ground | None = None) -> None:
        """Begin to draw on a picture of the vault, or on a page or a moment of it."""
        self._source, self._ground, self.marks, self.nobody_else = source, ground, (), False
        self.image = ground.image if ground else QImage()
        if ground:
            self.ready.emit()
            return
        ask = partial(_picture, self._casework.vault, source.sha256)
        self._answers.ask(self._casework.desk.look(ask), self._show, self._refuse, "picture")

    def add(self, mark: Mark) -> None:
        """Add a mark; one with nothing to see is none, and one cut replaces another."""
        if mark.is_drawn:
            cuts = mark.kind is MarkKind.CUT
            kept = [each for each in self.marks if not (cuts and each.kind is MarkKind.CUT)]
            self.marks = (*kept, mark)
            self.changed.emit()

    def undo(self) -> None:
        """Take the last mark back."""
        self.marks = self.marks[:-1]
        self.changed.emit()

    def keep(self) -> None:
        """Keep the marked picture, or the paper with its marked page, beside its source."""
        actor, source, casework = self._casework.door.actor, self._source, self._casework
        if actor is None or source is None or not (self.marks or self.nobody_else):
            return
        image, marks, ground = self.image, self.marks, self._ground
        is_covered, after_s = self.is_covered, ground.after_s if ground else 0.0

        def keep(work: UnitOfWork) -> Evidence:
            png, kind = _png(marked_picture(image, marks)), "image/png"
            if ground is not None and ground.page is not None:
                pdf = casework.vault.get(source.sha256)
                png, kind = with_page_picture(pdf, ground.page, png), PDF
            stored = casework.vault.put(png)
            digest = Digest(stored.sha256)
            made = Copy(digest, stored.size, kind, is_covered=is_covered, after_s=after_s)
            return keep_copy(work, source, made, clock=casework.clock)

        self._answers.ask(casework.desk.act(actor, keep), self._was_kept, self._refuse)

    def _show(self, image: QImage) -> None:
        self.image = image
        self.ready.emit()

    def _was_kept(self, copy: Evidence) -> None:
        self.kept.emit(copy)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def marked_picture(image: QImage, marks: Sequence[Mark]) -> QImage:
    """Draw marks on a copy of a picture and cut it; what is covered is gone from it."""
    copy = image.convertToFormat(QImage.Format.Format_RGB32)
    painter, whole = QPainter(copy), QRectF(copy.rect())
    draw_marks(painter, [mark for mark in marks if mark.kind is not MarkKind.CUT], whole)
    painter.end()
    for mark in marks:
        if mark.kind is MarkKind.CUT:
            kept = QRectF(_at(mark.start, whole), _at(mark.end, whole)).normalized()
            return copy.copy(kept.toAlignedRect())
    return copy


def picture_to_mark(vault: Sealed, sha256: str) -> QImage:
    """Read a picture upright and no larger than can be drawn on; not for the GUI thread.

    Raises:
        FootageError: MISSING_FILE, DAMAGED.
        ExchangeError: NOT_A_PICTURE.
    """
    return QImage.fromData(small_copy(vault.get(sha256), MOST_SIDE))


def _picture(vault: Sealed, sha256: str, _reading: Reading) -> QImage:
    return picture_to_mark(vault, sha256)


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())
