"""One official paper: how far it has come, its text at the left, its print at the right."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.system.theme import Size, Tone
from desktop.viewmodels.papers.desk import PapersDesk
from desktop.viewmodels.papers.file import step_now, steps
from desktop.viewmodels.paperwork.file import WayStep
from desktop.viewmodels.times import stamp
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import emptied
from desktop.views.papers.actions import PaperActions
from desktop.views.papers.form import PaperForm
from desktop.views.paperwork.file import FileView
from desktop.views.paperwork.replies import ReplyLines


class WordLines(QWidget):
    """What was said by those who were asked for a word."""

    def __init__(self, desk: PapersDesk) -> None:
        super().__init__()
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def refresh(self) -> None:
        """Show the words on the open paper."""
        emptied(self._column)
        file = self._desk.file
        words = file.words if file else ()
        self.setVisible(bool(words))
        for word in words:
            told = self.tr("{0}会签　{1}：{2}")
            name = file.name(word.person_by) if file else ""
            text = told.format(name, stamp(word.at)[:16], word.opinion)
            self._column.addWidget(Label(text, size=Size.SMALL, tone=Tone.SOFT, wraps=True))


class PaperFileView(FileView):
    """A paper as it is worked on."""

    def __init__(self, desk: PapersDesk) -> None:
        notes = (WordLines(desk), ReplyLines(desk))
        super().__init__(desk, PaperActions(desk), PaperForm(desk), *notes)
        self._papers = desk

    def way(self) -> tuple[Sequence[WayStep], int]:
        """Tell the steps of this kind of paper."""
        file, book = self._papers.file, self._papers.book
        return (steps(file, book), step_now(file, book)) if file else ((), 0)
