"""The pages of a paper as they will be printed, drawn off the GUI thread."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtGui import QImage

from desktop.documents.press import PaperPress
from desktop.documents.preview import PagePicture, page_pictures
from desktop.domain.cards import Card
from desktop.domain.official_documents import OfficialDocument
from desktop.usecases.ports import Reading
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework, Sealed

SETTLE_MS = 350
PIXELS_A_POINT = 2.0  # sharp at 150 % on a common screen; larger views scale it


Pages = tuple[QImage, ...]


class Shown(Protocol):
    """Pages that a view can show: of a card, of a report."""

    changed: SignalInstance
    pages: Pages
    trouble: Exception | None

    @property
    def is_busy(self) -> bool:
        """Whether what is shown is not yet what is wanted."""
        ...


class PaperPreview(QObject):
    """Shows a draft as it would print, or a paper that lies in the vault.

    Attributes:
        pages: the pages of the last good print; they stay while the next is made.
        trouble: why the last print failed.
        is_busy: whether a print is on its way.
    """

    changed = Signal()

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._go)
        self._wanted: Callable[[Reading], Pages] | None = None
        self._is_printing = False
        self.clear()

    def stop(self) -> None:
        """Print no more, and drop the answer that may be on its way."""
        self._timer.stop()
        self._answers.close()

    @property
    def is_busy(self) -> bool:
        """Whether what is shown is not yet what is wanted."""
        return self._is_printing or self._wanted is not None

    def clear(self) -> None:
        """Show nothing."""
        self._timer.stop()
        self._wanted = None
        self._generation = object()
        self.pages: Pages = ()
        self.trouble: Exception | None = None
        self.changed.emit()

    def show_draft(self, subject: Card | OfficialDocument) -> None:
        """Print a card or a paper as it stands, a moment after the last change."""
        self._wanted = partial(_print_draft, self._casework.press, subject)
        self._timer.start()
        self.changed.emit()

    def show_picture(self, sha256: str) -> None:
        """Show a picture that lies in the vault, as the photograph of a receipt."""
        self._wanted = partial(_read_picture, self._casework.vault, sha256)
        self._timer.stop()
        self._go()

    def show_paper(self, pdf_sha256: str) -> None:
        """Show a paper as it was issued."""
        self._wanted = partial(_read_paper, self._casework.vault, pdf_sha256)
        self._timer.stop()
        self._go()

    def _go(self) -> None:
        """Print what is wanted now; one print at a time, and only the last wish counts."""
        if self._is_printing or self._wanted is None:
            return
        job, self._wanted = self._wanted, None
        self._is_printing = True
        self._printing_for = self._generation
        self._answers.ask(self._casework.desk.look(job), self._take, self._fail)
        self.changed.emit()

    def _take(self, pages: Pages) -> None:
        if self._printing_for is self._generation:
            self.pages, self.trouble = pages, None
        self._done()

    def _fail(self, error: Exception) -> None:
        if self._printing_for is self._generation:
            self.trouble = error
        self._done()

    def _done(self) -> None:
        self._is_printing = False
        self.changed.emit()
        if not self._timer.isActive():
            self._go()


def _print_draft(press: PaperPress, subject: Card | OfficialDocument, reading: Reading) -> Pages:
    if isinstance(subject, Card):
        return drawn(press.preview(reading, subject))
    return drawn(press.document_preview(reading, subject))


def _read_picture(vault: Sealed, sha256: str, _reading: Reading) -> Pages:
    return (QImage.fromData(vault.get(sha256)),)


def _read_paper(vault: Sealed, sha256: str, _reading: Reading) -> Pages:
    return drawn(vault.get(sha256))


def drawn(pdf: bytes) -> Pages:
    """Draw every page of a PDF; not on the GUI thread."""
    return tuple(image_of(page) for page in page_pictures(pdf, scale=PIXELS_A_POINT))


def image_of(page: PagePicture) -> QImage:
    """Make an image of a page's bytes; one without colour takes a quarter of the room."""
    red, green, blue = (page.rgba[channel::4] for channel in range(3))
    if red == green == blue:
        grey = QImage.Format.Format_Grayscale8
        return QImage(red, page.width, page.height, page.width, grey).copy()
    row = page.width * 4
    view = QImage(page.rgba, page.width, page.height, row, QImage.Format.Format_RGBA8888)
    return view.convertToFormat(QImage.Format.Format_RGB32)  # a copy that owns its bytes
