"""The text of the paper that lies open: kept a moment after each change, never lost."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.documents.slots import gaps_in, recipient_in
from desktop.documents.template import paragraphs_of
from desktop.domain.identifiers import Digest, UserId
from desktop.domain.official_documents import DocumentState, OfficialDocument
from desktop.usecases.official_documents import DocumentText, edit_document, with_text
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.cards.editor import KEEP_MS
from desktop.viewmodels.cards.preview import PaperPreview
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.papers.file import PaperFile
from desktop.viewmodels.times import day_of

OWN_TEXT = "text"  # the drafter's own paragraphs, in place of the template's


class PaperEditor(QObject):
    """Holds a text, keeps it by itself, and shows it as it would print.

    Attributes:
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
        self._file: PaperFile | None = None
        self._kept: DocumentText | None = None
        self.text: DocumentText | None = None
        self.kept_at: datetime | None = None

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
        actor, rule = self._casework.door.actor, self._casework.book.rule(OfficialDocument.ENTITY)
        if self._file is None or self._file.document.state is not DocumentState.DRAFT:
            return False
        return actor is not None and any(r.value in rule.edit_roles for r in actor.roles)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Name the places that keep the paper from being handed on."""
        if self.text is None or self._file is None:
            return ()
        return gaps_in(self._file.template, self.text.said)

    @property
    def has_own_text(self) -> bool:
        """Whether the drafter writes the paragraphs himself."""
        return self.text is not None and bool(self.text.said.get(OWN_TEXT))

    def open(self, file: PaperFile) -> None:
        """Take a paper's text; what was being written of the same paper stays."""
        same = self._file is not None and self._file.document.id == file.document.id
        came = text_of(file.document)
        dirty = same and self.is_dirty and file.document.state is DocumentState.DRAFT
        if not same:
            self.kept_at = None
        before, self._file, self._kept = self.text, file, came
        self.text = self.text if dirty else came
        if self.text != before or not same:
            self.changed.emit()

    def close(self) -> None:
        """Keep what is not kept, and hold nothing."""
        self.keep()
        self._file, self.text, self._kept = None, None, None

    def stop(self) -> None:
        """Keep what is not kept, and hear no more of it."""
        self.close()
        self._answers.close()

    def write(self, name: str, value: object) -> None:
        """Change one place; it is kept and printed a moment later."""
        if self.text is None or self._file is None or self.text.said.get(name) == value:
            return
        said = {**self.text.said, name: value}
        recipient = recipient_in(self._file.template, said)
        self._take(replace(self.text, said=said, recipient=recipient))

    def write_whole(self, *, own: bool) -> None:
        """Let the drafter write the paragraphs himself, beginning with the template's; or not."""
        if self.text is None or self._file is None or own == self.has_own_text:
            return
        said = {name: value for name, value in self.text.said.items() if name != OWN_TEXT}
        if own:
            fields = self._casework.press.open_fields(with_text(self._file.document, self.text))
            said[OWN_TEXT] = list(paragraphs_of(self._file.template, fields))
        self._take(replace(self.text, said=said))

    def attach(self, evidence: tuple[Digest, ...], pictures: tuple[Digest, ...]) -> None:
        """Choose what the annexes list and print."""
        if self.text is not None:
            self._take(replace(self.text, evidence=evidence, pictures=pictures))

    def ask(self, people: tuple[UserId, ...]) -> None:
        """Choose who is asked for a word."""
        if self.text is not None:
            self._take(replace(self.text, countersigners=people))

    def keep(self) -> None:
        """Keep the text now."""
        self._timer.stop()
        actor, file, text = self._casework.door.actor, self._file, self.text
        if not (self.is_dirty and self.may_edit) or actor is None or file is None or text is None:
            return
        act = partial(edit_document, document_id=file.document.id, text=text)
        self._answers.ask(self._casework.desk.act(actor, act), self._was_kept, self._not_kept)

    def _take(self, text: DocumentText) -> None:
        if text == self.text or self._file is None:
            return
        self.text = text
        self._timer.start()
        self._preview.show_document(with_text(self._file.document, text))
        self.changed.emit()

    def _was_kept(self, document: OfficialDocument) -> None:
        if self._file is not None and self._file.document.id == document.id:
            self._file = self._file.with_document(document)
            self._kept = text_of(document)
            self.kept_at = self._casework.clock.now()
        self.kept.emit()

    def _not_kept(self, error: Exception) -> None:
        self.refused.emit(error)


def text_of(document: OfficialDocument) -> DocumentText:
    """Give a paper's text."""
    return DocumentText(
        document.said,
        document.recipient,
        document.evidence,
        document.pictures,
        document.countersigners,
    )
