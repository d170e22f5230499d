"""What can be done with what lies open: its buttons, and the question before each act."""

from collections.abc import Sequence
from typing import Any, Generic

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.system.theme import Space, Tone
from desktop.viewmodels.paperwork.desk import Act, PaperworkDesk
from desktop.viewmodels.paperwork.service import first_form
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import AnswerQuestion, Question, ReasonQuestion
from desktop.views.kit.panels import Banner, emptied
from desktop.views.paperwork.service import ServiceQuestion

_IN_A_ROW = 3
_ROWS = 3


class ActionBar(QWidget, Generic[Act]):
    """A sentence on where the paper stands, and below it the buttons of who may act."""

    def __init__(self, desk: PaperworkDesk[Any, Any, Any, Act]) -> None:
        super().__init__()
        self.desk = desk
        self._banner = Banner()
        self._rows = [QHBoxLayout() for _ in range(_ROWS)]
        self._shown: tuple[Act, ...] = ()
        self._buttons: dict[Act, Button] = {}
        self._asked: Act | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD - 4)
        column.addWidget(self._banner)
        for row in self._rows:
            row.setSpacing(Space.INSIDE)
            column.addLayout(row)
        desk.editor.changed.connect(self.refresh)
        desk.busy_changed.connect(self.refresh)

    def gaps(self) -> Sequence[str]:
        """Say what the text still lacks."""
        return ()

    def where(self, gaps: Sequence[str]) -> tuple[str, Tone]:
        """Say where the open paper stands; `gaps` are what an act of this person waits for."""
        return "", Tone.SOFT

    def question(self, act: Act) -> Question | None:
        """Give what has to be asked before an act; None where nothing has."""
        return None

    def refresh(self) -> None:
        """Show what can be done now, and why the rest cannot."""
        desk = self.desk
        if desk.file is None:
            return
        if desk.acts != self._shown:
            self._lay_out(desk.acts)
        gaps = self.gaps() if any(act.takes_text for act in desk.acts) else ()
        for act, button in self._buttons.items():
            button.setEnabled(not desk.is_busy and not (act.takes_text and gaps))
        self._banner.say(*self.where(gaps))

    def focus_first(self) -> None:
        """Go to the way on."""
        for act in self._shown[:1]:
            self._buttons[act].setFocus()

    def standing(self) -> str:
        """What is said of where the paper stands."""
        return self._banner.text()

    def begin(self, act: Act) -> None:
        """Ask what has to be asked, then do it."""
        self._asked = act
        question = self.question(act)
        if question is None:
            self._do()
            return
        if isinstance(question, AnswerQuestion):
            question.given.connect(self._do_told)
        else:
            question.agreed.connect(self._do)
        question.open()

    def plain(self, act: Act, words: str) -> Question:
        """Ask for no more than a last look."""
        return Question(self, act.word, words, act.word)

    def reasoned(self, act: Act, words: str, label: str, first: str = "") -> Question:
        """Ask for words that are written down with the act."""
        rank = Rank.DANGER if act.ends else Rank.PRIMARY
        return ReasonQuestion(self, act.word, words, act.word, label=label, first=first, rank=rank)

    def service(self) -> Question | None:
        """Ask how it was served."""
        desk = self.desk
        if desk.file is None or desk.actor is None:
            return None
        form = first_form(desk.file, desk.actor.name, desk.now())
        return ServiceQuestion(self, desk.file, form, now=desk.now())

    def _lay_out(self, acts: tuple[Act, ...]) -> None:
        for row in self._rows:
            emptied(row)
            row.addStretch(1)
        self._shown = acts
        self._buttons = {act: self._button(act, first=n == 0) for n, act in enumerate(acts)}
        for number, act in enumerate(acts):
            row = self._rows[min(number // _IN_A_ROW, _ROWS - 1)]
            row.insertWidget(0 if act.ends else 1, self._buttons[act])

    def _button(self, act: Act, *, first: bool) -> Button:
        rank = Rank.DANGER if act.ends else Rank.PRIMARY if first else Rank.SECONDARY
        button = Button(act.word, rank)
        button.setProperty("act", act)
        button.clicked.connect(self._press)
        return button

    def _press(self) -> None:
        self.begin(self.sender().property("act"))

    def _do(self) -> None:
        self._do_told(None)

    def _do_told(self, told: object) -> None:
        if self._asked is not None:
            self.desk.do(self._asked, told)
