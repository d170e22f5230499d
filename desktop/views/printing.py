"""Print preview and printing: the sheet as it will come out, the printer, and the reason."""

from pathlib import Path

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo, QPrintPreviewWidget
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGraphicsView,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.evidence import Paper
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.printing import Printing, PrintJob, Wish
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Banner

_SIZE = (840, 760)
_FINE = 600  # where a driver names no resolution of its own


def sheet_printer() -> QPrinter:
    """Make a printer of upright A4 sheets to their very edge."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    return printer


class PaperPrinter(QObject):
    """Asks for a paper's print and shows the preview when it is laid out."""

    def __init__(self, window: QWidget, printing: Printing) -> None:
        super().__init__(window)
        self._window, self._printing = window, printing
        self._title = ""
        printing.ready.connect(self._show)

    def ask(self, paper: Paper, title: str) -> None:
        """Begin with a paper; `title` names the job to the printer."""
        self._title = title
        self._printing.prepare(paper)

    def _show(self, job: PrintJob) -> None:
        PrintView(self._window, self._printing, job, self._title).open()


class PrintView(QDialog):
    """The sheets as they come out; nothing is printed without a reason."""

    def __init__(self, parent: QWidget, printing: Printing, job: PrintJob, title: str) -> None:
        super().__init__(parent)
        self._printing, self._job = printing, job
        self.printer = sheet_printer()
        self.printer.setDocName(title)
        self._painter: QPainter | None = None
        self.setWindowTitle(self.tr("打印"))
        self.setAccessibleName(self.tr("打印"))
        self.resize(*_SIZE)
        self._title = Label(title, size=Size.PAGE, bold=True, wraps=True)
        self._sheets = QPrintPreviewWidget(self.printer)
        for part in (self._sheets, *self._sheets.findChildren(QWidget)):
            part.setAccessibleName(self.tr("打印预览"))
        for view in self._sheets.findChildren(QGraphicsView):
            view.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._sheets.paintRequested.connect(self._paint_preview)
        self.reason = QLineEdit()
        self._both = QCheckBox(self.tr("双面打印"))
        self._both.setChecked(True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("进度"))
        self._trouble = Banner()
        self._choose = Button(self.tr("打印机…"), Rank.SECONDARY)
        self._leave = Button(self.tr("取消"), Rank.SECONDARY)
        self.go = Button(self.tr("打印"), Rank.PRIMARY)
        self._lay_out()
        self._connect()
        self._show_sides()
        self._show_state()
        self.reason.setFocus()

    def print_to(self, path: Path) -> None:
        """Let the job go to a PDF file, as systems without a printer offer."""
        self.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.printer.setOutputFileName(str(path))

    def trouble(self) -> str:
        """What went wrong last."""
        return self._trouble.text()

    def reject(self) -> None:
        """Stop what is being printed, or leave."""
        if self._printing.is_running:
            self._printing.cancel()
        else:
            super().reject()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.INSIDE)
        buttons.addWidget(self._both)
        buttons.addWidget(self._progress, 1)
        buttons.addStretch(1)
        for button in (self._choose, self._leave, self.go):
            buttons.addWidget(button)
        words = self.tr("打印即离开本系统。打印的人、时间和理由会写入流转记录。")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.MARGIN, Space.MARGIN, Space.MARGIN)
        column.setSpacing(Space.CARD - 4)
        column.addWidget(self._title)
        column.addWidget(Label(words, tone=Tone.SOFT, wraps=True))
        column.addWidget(self._sheets, 1)
        column.addWidget(Field(self.tr("理由"), self.reason))
        column.addWidget(self._trouble)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.reason.textChanged.connect(self._show_state)
        self._both.toggled.connect(self._set_sides)
        self._choose.clicked.connect(self._ask_printer)
        self._leave.clicked.connect(self.reject)
        self.go.clicked.connect(self._print)
        self._printing.drawn.connect(self._put_down)
        self._printing.finished.connect(self._was_printed)
        self._printing.refused.connect(self._refuse)

    def _show_state(self) -> None:
        running = self._printing.is_running
        self.go.setEnabled(bool(self.reason.text().strip()) and not running)
        self._choose.setEnabled(not running)
        self._progress.setVisible(running)
        self._progress.setRange(0, max(self._printing.total, 1))
        self._progress.setValue(self._printing.done)

    def _show_sides(self) -> None:
        """Offer both sides where the printer can do it, and ask for them at first."""
        can_do = QPrinterInfo(self.printer).supportedDuplexModes()
        is_possible = QPrinter.DuplexMode.DuplexLongSide in can_do
        self._both.setEnabled(is_possible)
        self._both.setToolTip("" if is_possible else self.tr("这台打印机不能双面打印。"))
        self._set_sides(self._both.isChecked() and is_possible)

    def _set_sides(self, both: bool) -> None:  # Qt calls it so
        long_side, single = QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexNone
        self.printer.setDuplex(long_side if both else single)

    def _ask_printer(self) -> None:
        dialog = QPrintDialog(self.printer, self)
        dialog.setMinMax(1, len(self._job.pages))
        dialog.accepted.connect(self._show_sides)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QDialog.open(dialog)  # its own `open` wants a slot to call

    def _paint_preview(self, printer: QPrinter) -> None:
        painter = QPainter(printer)
        for number, page in enumerate(self._job.pages):
            if number:
                printer.newPage()
            _lay_on(painter, printer, page)
        painter.end()

    def _print(self) -> None:
        self._trouble.say("", Tone.SOFT)
        first, last = self.printer.fromPage() or 1, self.printer.toPage() or len(self._job.pages)
        numbers = tuple(range(first - 1, min(last, len(self._job.pages))))
        dots = self.printer.resolution() or _FINE
        self._printing.begin(self._job, Wish(numbers, dots, self.reason.text().strip()))
        self._show_state()

    def _put_down(self, page: QImage) -> None:
        """Put the next page on its sheet; the printer is asked only when the first one comes."""
        if self._painter is None:
            self._painter = QPainter()
            if not self._painter.begin(self.printer):
                self._painter = None
                self._printing.cancel()
                self._trouble.say(self.tr("打印机没有接受打印任务。"), Tone.BAD)
                return
        else:
            self.printer.newPage()
        _lay_on(self._painter, self.printer, page)
        self._show_state()

    def _was_printed(self) -> None:
        if self._painter is not None:
            self._painter.end()
            self._painter = None
            self.accept()
        self._show_state()

    def _refuse(self, error: Exception) -> None:
        self._trouble.say(sentence(error), Tone.BAD)


def _lay_on(painter: QPainter, printer: QPrinter, page: QImage) -> None:
    """Draw a page over the whole sheet, whatever the printer can reach of it."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), page)
