"""One card: how far it has come, its text at the left, its paper at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.cards.steps import step_now, steps
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.papers.beginning import NewPaper, may_begin
from desktop.viewmodels.paperwork.file import WayStep
from desktop.views.cards.actions import CardActions
from desktop.views.cards.case import CaseLines
from desktop.views.cards.form import CardForm
from desktop.views.cards.ledger import LedgerLines
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.icons import Icon
from desktop.views.paperwork.file import FileView
from desktop.views.paperwork.replies import ReplyLines


class CardFileView(FileView):
    """A card as it is worked on."""

    wished = Signal(object)  # a NewPaper about the open card

    def __init__(self, desk: CardDesk, casework: Casework) -> None:
        self.case = CaseLines(desk)
        notes = (LedgerLines(desk), self.case, ReplyLines(desk))
        super().__init__(desk, CardActions(desk), CardForm(desk, casework), *notes)
        self._cards = desk
        self._new = IconButton(Icon.PLUS, self.tr("起草文书"))
        self._new.clicked.connect(self._wish)
        self.top.addWidget(self._new)

    def way(self) -> tuple[Sequence[WayStep], int]:
        """Tell the steps to service, or from it to closure."""
        file = self._cards.file
        return (steps(file, self._cards.book), step_now(file.track)) if file else ((), 0)

    def refresh(self) -> None:
        """Show the open card anew."""
        super().refresh()
        self._new.setVisible(may_begin(self._cards.book, self._cards.actor))

    def _wish(self) -> None:
        if self._cards.file is not None:
            self.wished.emit(NewPaper(card_id=self._cards.file.card.id))
