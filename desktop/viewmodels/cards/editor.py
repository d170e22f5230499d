"""The text of the card that lies open."""

from desktop.domain.cards import Card
from desktop.domain.errors import LocalRuleMissing
from desktop.domain.identifiers import CardId
from desktop.domain.organisation import BasisPurpose, BasisRank, LegalBasis
from desktop.usecases.cards import CardText, edit_card
from desktop.usecases.ports import UnitOfWork
from desktop.viewmodels.cards.draft import missing, text_of, with_text
from desktop.viewmodels.cards.file import CardFile
from desktop.viewmodels.paperwork.editor import TextEditor
from desktop.viewmodels.wording import sentence


class DraftEditor(TextEditor[CardFile, CardText, Card]):
    """Holds the sentences and articles of a card."""

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

    def bases(self, purpose: BasisPurpose) -> tuple[LegalBasis, ...]:
        """Give the articles that can be cited."""
        return self.file.citable(purpose, self.today) if self.file else ()

    def text_in(self, file: CardFile) -> CardText:
        """Give the text that a file holds."""
        return text_of(file.card)

    def written(self, file: CardFile, text: CardText) -> Card:
        """Give the card as it would be with another text."""
        return with_text(file.card, text)

    def edit(self, work: UnitOfWork, key: str, text: CardText) -> Card:
        """Keep a text."""
        return edit_card(work, CardId(key), text)

    def renewed(self, file: CardFile, subject: Card) -> CardFile:
        """Give a file with the card as it was kept."""
        return file.with_card(subject)
