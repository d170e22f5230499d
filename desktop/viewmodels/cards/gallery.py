"""The small pictures beside a card's text: the masked copies that its paper prints."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.domain.evidence import Evidence
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.review.exhibits import load_thumbs


class Gallery(QObject):
    """Fetches pictures off the GUI thread; the same ones are fetched once."""

    changed = Signal()

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self.items: tuple[Evidence, ...] = ()
        self.images: Mapping[str, QImage] = {}

    def show_items(self, items: tuple[Evidence, ...]) -> None:
        """Show other pictures."""
        if items == self.items:
            return
        self.items, self.images = items, {}
        self.changed.emit()
        job = partial(load_thumbs, self._casework.vault, tuple(item.sha256 for item in items))
        self._answers.ask(self._casework.desk.run(job), self._take, self._fail, "pictures")

    def stop(self) -> None:
        """Drop the answer that may be on its way."""
        self._answers.close()

    def _take(self, images: Mapping[str, QImage]) -> None:
        self.images = images
        self.changed.emit()

    def _fail(self, _error: Exception) -> None:
        """An error of ours, which the answers raise again; the places stay empty."""
