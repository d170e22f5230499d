"""The first five minutes: look at a demonstration, join a server, or found a hall of one's own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QObject, Signal

from desktop.assembly.founding import Joining
from desktop.assembly.program import Program
from desktop.settings import Settings, SettingsError
from desktop.system.language import marked, said
from desktop.usecases.founding import (
    FIRST_ROLES,
    SHORTEST_PASSWORD,
    Bureau,
    Fault,
    Founding,
    Newcomer,
    bureau_faults,
    newcomer_faults,
)
from desktop.viewmodels.opening import Opener, Opening, OpeningPhase
from desktop.viewmodels.recovery import RecoveryPaper
from desktop.viewmodels.wording import sentence
from sync.errors import SyncError, SyncTrouble


class Step(Enum):
    """What the welcome shows."""

    CHOICE = "choice"
    SERVER = "server"
    BUREAU = "bureau"
    PEOPLE = "people"
    OPENING = "opening"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Ways:
    """How each choice opens a profile; `existing` is None where there is no case file yet."""

    demonstration: Opener
    joined: Callable[[Joining], Opener]
    founded: Callable[[Founding], Opener]
    existing: Opener | None = None


_FAULTS: Mapping[Fault, str] = {
    Fault.EMPTY: marked("请填写。"),
    Fault.WEAK: marked("密码太简单：至少 {0} 个字符，不能只用一两种字符，也不能与用户名相同。"),
    Fault.RESERVED: marked("“admin”由程序自己使用，请换一个用户名。"),
    Fault.TWICE: marked("每个人用自己的用户名，不能重复。"),
}
_OF_SERVER: Mapping[SyncTrouble, str] = {
    SyncTrouble.UNREACHABLE: marked(
        "连不上这个服务器，本机没有建立任何内容。请核对地址和网络，或向管理员询问。"
    ),
    SyncTrouble.REFUSED: marked("这个地址有回应，但不是本系统的服务器。请核对地址。"),
    SyncTrouble.DAMAGED: marked("这个地址有回应，但不是本系统的服务器。请核对地址。"),
}
_OF_OWN: Mapping[SyncTrouble, str] = {
    SyncTrouble.UNREACHABLE: marked("本机服务器没有启动，大厅还没有建立。请重试。"),
    SyncTrouble.WRONG_CREDENTIALS: marked(
        "上一次已建立了这个用户名，密码不同。请输入当时的密码，或换一个用户名。"
    ),
}


class Welcome(QObject):
    """Leads to an open program with somebody at the desk; `entered` carries it."""

    changed = Signal()
    entered = Signal(object)

    def __init__(self, ways: Ways, opening: Opening, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ways, self.opening = ways, opening
        self._form = Step.CHOICE  # where to go back to when opening is refused
        self._bureau: Bureau | None = None
        self._program: Program | None = None
        self.step = Step.CHOICE
        self.faults: Mapping[str, str] = {}
        self.trouble = ""
        self.recovery: RecoveryPaper | None = None
        self.plays = False  # whether the demonstration was chosen
        opening.changed.connect(self._follow)
        opening.opened.connect(self._opened)

    @property
    def has_profile(self) -> bool:
        """Whether there is a case file already, in which somebody may have an account."""
        return self._ways.existing is not None

    def show(self, step: Step) -> None:
        """Go to a form, or back."""
        self.faults, self.trouble = {}, ""
        self._go_to(step)

    def play(self) -> None:
        """Open the demonstration hall."""
        self._begin(Step.CHOICE, self._ways.demonstration)

    def sign_in(self) -> None:
        """Open the case file that there is."""
        if self._ways.existing is not None:
            self._begin(Step.CHOICE, self._ways.existing)

    def join(self, url: str, username: str, password: str) -> None:
        """Join a server, or say what is missing."""
        joining = Joining(url.strip(), username.strip(), password)
        faults = {name: said(_FAULTS[Fault.EMPTY]) for name in ("url", "username", "password")
                  if not getattr(joining, name)}  # fmt: skip
        if joining.url:
            try:
                Settings(server_url=joining.url)
            except SettingsError as error:
                faults["url"] = sentence(error)
        if not self._are_none(faults):
            return
        self._begin(Step.SERVER, self._ways.joined(joining))

    def name_bureau(self, bureau: Bureau) -> None:
        """Take hall and organ and ask for the people, or say what is missing."""
        if self._are_none({name: _said(f) for name, f in bureau_faults(bureau).items()}):
            self._bureau = bureau
            self.show(Step.PEOPLE)

    def found(self, people: Sequence[Newcomer]) -> None:
        """Found the office with its first people, in the order of their roles."""
        whole = tuple(replace(p, roles=r) for p, r in zip(people, FIRST_ROLES, strict=True))
        if self._bureau is not None and self._are_none(people_faults(whole)):
            self._begin(Step.PEOPLE, self._ways.founded(Founding(self._bureau, whole)))

    def leave_code(self) -> None:
        """Go on; what was not confirmed is asked for again in the guide."""
        program, self._program = self._program, None
        if program is not None:
            self.entered.emit(program)

    def _begin(self, form: Step, opener: Opener) -> None:
        self._form = form
        self.plays = opener is self._ways.demonstration
        self.show(Step.OPENING)
        self.opening.begin(opener)

    def _follow(self) -> None:
        if self.step is Step.OPENING and self.opening.phase is OpeningPhase.TROUBLE:
            self.trouble = self._worded()
            if self._form is not Step.CHOICE:
                self._go_to(self._form)

    def _opened(self, program: Program) -> None:
        if self._form is not Step.PEOPLE:
            self.entered.emit(program)
            return
        self._program = program
        self.recovery = RecoveryPaper(program, self)
        self.recovery.confirmed.connect(self.leave_code)
        self._go_to(Step.CODE)
        self.recovery.refresh()

    def _worded(self) -> str:
        error = self.opening.error
        told = _OF_OWN if self._form is Step.PEOPLE else _OF_SERVER
        if isinstance(error, SyncError) and error.trouble in told:
            return said(told[error.trouble])
        return self.opening.trouble

    def _are_none(self, faults: Mapping[str, str]) -> bool:
        self.faults = faults
        self.changed.emit()
        return not faults

    def _go_to(self, step: Step) -> None:
        self.step = step
        self.changed.emit()


def people_faults(people: Sequence[Newcomer]) -> dict[str, str]:
    """Say what is wrong with these accounts, by place and field, as 1.password."""
    faults: dict[str, str] = {}
    taken: set[str] = set()
    for number, person in enumerate(people):
        found = newcomer_faults(person, frozenset(taken))
        faults |= {f"{number}.{name}": _said(fault) for name, fault in found.items()}
        taken.add(person.username.casefold())
    return faults


def newcomer_troubles(newcomer: Newcomer) -> dict[str, str]:
    """Say what is wrong with one account, by field."""
    return {name: _said(fault) for name, fault in newcomer_faults(newcomer).items()}


def _said(fault: Fault) -> str:
    return said(_FAULTS[fault]).format(SHORTEST_PASSWORD)
