"""The text of the card that lies open: kept a moment after each change, never lost."""

from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.cards import Card, CardState
from desktop.domain.errors import LocalRuleMissing
from desktop.domain.organisation import BasisPurpose, BasisRank, LegalBasis
from desktop.usecases.cards import CardText, edit_card
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.cards.draft import missing, text_of, with_text
from desktop.viewmodels.cards.file import CardFile
from desktop.viewmodels.cards.preview import PaperPreview
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.times import day_of
from desktop.viewmodels.wording import sentence

KEEP_MS = 800


class DraftEditor(QObject):
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
        self._casework = casework
        self._preview = preview
        self._answers = Answers(self)
        self._timer = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._timer.timeout.connect(self.keep)
        self._file: CardFile | None = None
        self._kept: CardText | None = None
        self._keeping: CardText | None = None
        self.text: CardText | None = None
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
        actor, rule = self._casework.door.actor, self._casework.book.rule(Card.ENTITY)
        if self._file is None or actor is None or self._file.card.state is not CardState.DRAFT:
            return False
        return any(role.value in rule.edit_roles for role in actor.roles)

    @property
    def missing(self) -> tuple[str, ...]:
        """What keeps the text from being submitted."""
        if self.text is None:
            return ()
        gaps = missing(self.text, self._casework.calendar, self.today)
        cited = [b for b in self.bases(BasisPurpose.CARD) if b.id in self.text.basis]
        if cited and not any(basis.rank is BasisRank.LOCAL_RULE for basis in cited):
            return (*gaps, sentence(LocalRuleMissing("")))
        return gaps

    def open(self, file: CardFile) -> None:
        """Take a card's text; what was being written of the same card stays."""
        same = self._file is not None and self._file.card.id == file.card.id
        came = text_of(file.card)
        dirty = same and self.is_dirty and file.card.state is CardState.DRAFT
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

    def write(self, text: CardText) -> None:
        """Change the text; it is kept and printed a moment later."""
        if text == self.text or self._file is None:
            return
        self.text = text
        self._timer.start()
        self._preview.show_card(with_text(self._file.card, text))
        self.changed.emit()

    def keep(self) -> None:
        """Keep the text now."""
        self._timer.stop()
        actor, file, text = self._casework.door.actor, self._file, self.text
        if not (self.is_dirty and self.may_edit) or actor is None or file is None or text is None:
            return
        self._keeping = text
        act = partial(edit_card, card_id=file.card.id, text=text)
        self._answers.ask(self._casework.desk.act(actor, act), self._was_kept, self._not_kept)

    def bases(self, purpose: BasisPurpose) -> tuple[LegalBasis, ...]:
        """Give the articles that can be cited."""
        return self._file.citable(purpose, self.today) if self._file else ()

    def _was_kept(self, card: Card) -> None:
        if self._file is not None and self._file.card.id == card.id:
            self._file = self._file.with_card(card)
            self._kept = text_of(card)
            self.kept_at = self._casework.clock.now()
        self.kept.emit()

    def _not_kept(self, error: Exception) -> None:
        self.refused.emit(error)
