"""The last step on the spot: the window's staff signs by mouse, pen or finger, or will not."""

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desktop.domain.inspections import Acknowledged
from desktop.system.language import said
from desktop.system.theme import colours
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.chips import Chips
from desktop.views.kit.dialogs import Question
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import show_if

_PAD = QSize(412, 150)
_INK, _PAPER, _PEN = "#101418", "#FFFFFF", 2.4
_SHARP = 2  # pixels of the kept picture to one of the screen


class SignaturePad(QWidget):
    """A sheet on which a name is written; strokes of pen and finger come as those of the mouse."""

    written = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._path = QPainterPath()
        self.setMinimumSize(_PAD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(said("签名区"))

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written yet."""
        return self._path.isEmpty()

    def clear(self) -> None:
        """Begin anew."""
        self._path = QPainterPath()
        self.update()
        self.written.emit()

    def png(self) -> bytes:
        """Give the strokes as a picture, black on white; nothing where there are none."""
        if self.is_empty:
            return b""
        image = QImage(self.size() * _SHARP, QImage.Format.Format_RGB32)
        image.fill(QColor(_PAPER))
        painter = QPainter(image)
        painter.scale(_SHARP, _SHARP)
        self._draw(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # stubs want bytes
        return bytes(buffer.data().data())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the pen down."""
        self._path.moveTo(event.position())
        self._path.lineTo(event.position() + QPointF(0.5, 0.5))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._path.lineTo(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lift the pen."""
        self.written.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet, white in every theme: it is paper."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(_PAPER))
        painter.setPen(QPen(QColor(colours().outline), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        self._draw(painter)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme with the edge."""
        self.update()
        super().changeEvent(event)

    def _draw(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_ends = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(QPen(QColor(_INK), _PEN, *round_ends))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)


class FinishQuestion(Question):
    """Shows the result to the window's staff and takes their signature, or their refusal."""

    signed = Signal(str, object)  # name, PNG
    declined = Signal(str, str, str)  # name, witness, words

    def __init__(self, parent: QWidget, result: str) -> None:
        words = said("请窗口工作人员看过结果后签名。拒绝签名的，写明说法和见证人。")
        super().__init__(parent, result, words, said("签名并完成"))
        ways = {Acknowledged.SIGNED: said("签名"), Acknowledged.REFUSED: said("拒绝签名")}
        self._how = Acknowledged.SIGNED
        self._ways = Chips(said("签名情况"), ways, columns=2)
        self._ways.press(self._how)
        self._ways.chosen.connect(self._turn)
        self.staff, self.witness, self.words = QLineEdit(), QLineEdit(), QLineEdit()
        self.pad = SignaturePad()
        self._again = Button(said("重写"), Rank.QUIET)
        self._again.clicked.connect(self.pad.clear)
        self._refusal = [Field(said("拒签的说法"), self.words), Field(said("见证人"), self.witness)]
        self.body.addWidget(self._ways)
        self.body.addWidget(Field(said("窗口工作人员姓名"), self.staff))
        self.body.addWidget(self.pad)
        self.body.addWidget(self._again, 0, Qt.AlignmentFlag.AlignRight)
        for field in self._refusal:
            self.body.addWidget(field)
        for line in (self.staff, self.witness, self.words):
            line.textChanged.connect(self._weigh)
        self.pad.written.connect(self._weigh)
        self.agreed.connect(self._give)
        self._turn(self._how)
        self.staff.setFocus()

    def _turn(self, how: object) -> None:
        if isinstance(how, Acknowledged):
            self._how = how
        signs = self._how is Acknowledged.SIGNED
        for part in (self.pad, self._again):
            show_if(part, wanted=signs)
        for field in self._refusal:
            show_if(field, wanted=not signs)
        self.go.setText(said("签名并完成") if signs else said("记录拒签并完成"))
        self._ways.press(self._how)
        self._weigh()
        self.adjustSize()

    def _weigh(self) -> None:
        named = bool(self.staff.text().strip())
        told = bool(self.witness.text().strip() and self.words.text().strip())
        signs = self._how is Acknowledged.SIGNED
        self.go.setEnabled(named and (not self.pad.is_empty if signs else told))

    def _give(self) -> None:
        staff = self.staff.text().strip()
        if self._how is Acknowledged.SIGNED:
            self.signed.emit(staff, self.pad.png())
        else:
            self.declined.emit(staff, self.witness.text().strip(), self.words.text().strip())
