"""The recovery code on the screen: shown until two of its groups were copied back."""

import secrets as randomness
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.system.language import said
from desktop.system.recovery import recovery_code
from desktop.system.secrets import Secrets
from desktop.usecases.ports import Clock
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.wording import sentence
from desktop.workers.case_desk import CaseDesk

CONFIRMED = "recovery_code_confirmed_at"


class Keyholder(Protocol):
    """The open program, as far as its key is concerned."""

    @property
    def desk(self) -> CaseDesk:
        """The case file."""

    @property
    def secrets(self) -> Secrets:
        """Where the key is."""

    @property
    def clock(self) -> Clock:
        """The time of day."""


class RecoveryPaper(QObject):
    """Gives the code once; `is_confirmed` is None until it is known."""

    changed = Signal()
    confirmed = Signal()

    def __init__(self, holder: Keyholder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._holder = holder
        self._answers = Answers(self)
        self._code = ""
        self.asked: tuple[int, int] = (0, 0)  # the two groups to copy back, counted from 0
        self.trouble = ""
        self.is_confirmed: bool | None = None

    @property
    def groups(self) -> tuple[str, ...]:
        """The code in its groups; nothing once it was confirmed."""
        return tuple(self._code.split("-")) if self._code else ()

    @property
    def question(self) -> str:
        """Which groups to copy back."""
        first, second = self.asked
        return said("请按抄下的内容输入第 {0} 组和第 {1} 组").format(first + 1, second + 1)

    def refresh(self) -> None:
        """Ask whether it was confirmed."""
        self._answers.ask(self._holder.desk.recall(CONFIRMED), self._take, self._refuse, "known")

    def confirm(self, typed: Sequence[str]) -> None:
        """Compare what was copied back; right, the code is not shown again."""
        wanted = [self.groups[each] for each in self.asked]
        if [each.strip().upper() for each in typed] != wanted:
            self.trouble = said("与恢复码不一致，请对照抄下的内容重新输入。")
            self.changed.emit()
            return
        at: datetime = self._holder.clock.now()
        future = self._holder.desk.remember(CONFIRMED, at.isoformat())
        self._answers.ask(future, self._confirmed, self._refuse)

    def _take(self, kept: str | None) -> None:
        self.is_confirmed = kept is not None
        if not self.is_confirmed and not self._code:
            # The keyring answers within a second; nothing else can be done meanwhile.
            future = self._holder.desk.run(self._written)
            self._answers.ask(future, self._show_code, self._refuse)
        self.changed.emit()

    def _written(self) -> str:
        return recovery_code(self._holder.secrets)

    def _show_code(self, code: str) -> None:
        self._code = code
        many = len(self.groups)
        first = randomness.randbelow(many // 2)
        self.asked = (first, many // 2 + randomness.randbelow(many // 2))
        self.changed.emit()

    def _confirmed(self, _: None) -> None:
        self._code, self.trouble, self.is_confirmed = "", "", True
        self.changed.emit()
        self.confirmed.emit()

    def _refuse(self, error: Exception) -> None:
        self.trouble = sentence(error)
        self.changed.emit()
