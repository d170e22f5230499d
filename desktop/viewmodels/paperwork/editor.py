"""The text of the paper that lies open: kept a moment after each change, never lost."""

from abc import abstractmethod
from datetime import date, datetime
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.cards import Card
from desktop.domain.official_documents import OfficialDocument
from desktop.usecases.ports import UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.paperwork.file import OpenFile, is_draft
from desktop.viewmodels.paperwork.preview import PaperPreview
from desktop.viewmodels.times import day_of

KEEP_MS = 800
File = TypeVar("File", bound=OpenFile)
Text = TypeVar("Text")
Subject = TypeVar("Subject", Card, OfficialDocument)


class TextEditor(QObject, Generic[File, Text, Subject]):
    """Holds a text, keeps it by itself, and shows it as it would print.

    Attributes:
        file: whose text it is; None while nothing lies open.
        text: as it stands on the screen.
        kept_at: when the last change was kept; None while nothing was.
    """

    changed = Signal()
    kept = Signal()
    refused = Signal(object)

    def __init__(
        self, casework: Casework, preview: PaperPreview, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._casework, self._preview = casework, preview
        self._answers = Answers(self)
        self._timer = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._timer.timeout.connect(self.keep)
        self._kept: Text | None = None
        self.file: File | None = None
        self.text: Text | None = None
        self.kept_at: datetime | None = None

    @abstractmethod
    def text_in(self, file: File) -> Text:
        """Give the text that a file holds."""

    @abstractmethod
    def written(self, file: File, text: Text) -> Subject:
        """Give the record as it would be with another text."""

    @abstractmethod
    def edit(self, work: UnitOfWork, key: str, text: Text) -> Subject:
        """Keep a text."""

    @abstractmethod
    def renewed(self, file: File, subject: Subject) -> File:
        """Give a file with the record as it was kept."""

    @property
    def is_dirty(self) -> bool:
        """Whether the screen holds what the case file does not."""
        return self.text is not None and self.text != self._kept

    @property
    def today(self) -> date:
        """The day in the hall."""
        return day_of(self._casework.clock.now())

    @property
    def may_edit(self) -> bool:
        """Whether this person may change the text now."""
        actor = self._casework.door.actor
        if self.file is None or actor is None or not is_draft(self.file.subject):
            return False
        rule = self._casework.book.rule(self.file.subject.ENTITY)
        return any(role.value in rule.edit_roles for role in actor.roles)

    def open(self, file: File) -> None:
        """Take a paper's text; what was being written of the same paper stays."""
        same = self.file is not None and self.file.subject.id == file.subject.id
        came = self.text_in(file)
        dirty = same and self.is_dirty and is_draft(file.subject)
        if not same:
            self.kept_at = None
        before, self.file, self._kept = self.text, file, came
        self.text = self.text if dirty else came
        if self.text != before or not same:
            self.changed.emit()

    def close(self) -> None:
        """Keep what is not kept, and hold nothing."""
        self.keep()
        self.file, self.text, self._kept = None, None, None

    def stop(self) -> None:
        """Keep what is not kept, and hear no more of it."""
        self.close()
        self._answers.close()

    def take(self, text: Text) -> None:
        """Change the text; it is kept and printed a moment later."""
        if text == self.text or self.file is None:
            return
        self.text = text
        self._timer.start()
        self._preview.show_draft(self.written(self.file, text))
        self.changed.emit()

    def keep(self) -> None:
        """Keep the text now."""
        self._timer.stop()
        actor, file, text = self._casework.door.actor, self.file, self.text
        if not (self.is_dirty and self.may_edit) or actor is None or file is None or text is None:
            return
        act = partial(self.edit, key=file.subject.id, text=text)
        self._answers.ask(self._casework.desk.act(actor, act), self._was_kept, self._not_kept)

    def _was_kept(self, subject: Subject) -> None:
        if self.file is not None and self.file.subject.id == subject.id:
            self.file = self.renewed(self.file, subject)
            self._kept = self.text_in(self.file)
            self.kept_at = self._casework.clock.now()
        self.kept.emit()

    def _not_kept(self, error: Exception) -> None:
        self.refused.emit(error)
