"""What the frame asks of a page, and what a page may ask of the frame."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.system.language import headed
from desktop.system.theme import Tone
from desktop.views.kit.icons import Icon

APPROVALS_PAGE = "approvals"  # other pages lead to a case there
EVIDENCE_PAGE = "evidence"  # and there with a Subject, whose evidence is looked at
DOSSIERS_PAGE = "dossiers"  # and there with a Filing, which goes into a case file


@dataclass(frozen=True, slots=True)
class Notice:
    """What just happened, for the notice bar; `undo` is called when the person takes it back."""

    text: str
    tone: Tone = Tone.ACCENT
    undo: Callable[[], None] | None = None


class Counter(Protocol):
    """A number that wants a person, shown beside a page's name; 0 shows nothing."""

    changed: SignalInstance  # carries the number

    def number(self) -> int:
        """The number now."""
        ...


class Page(QWidget):
    """One page of the frame; built when it is first opened and again when the language changes.

    State that must outlive a change of language lives in the page's view-model.
    """

    context_changed = Signal(str)  # the line beside the title
    title_changed = Signal(str)  # another title than the navigation's; "" takes it back
    noticed = Signal(object)  # a Notice
    goes_to = Signal(str, object)  # id of another page and the subject to open there
    subject_shown = Signal(str, str)  # kind and id of the record that was laid open

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "page")

    def commands(self) -> Sequence[QAction]:
        """Actions for the command palette while this page is shown."""
        return self.actions()

    def open_subject(self, subject: object) -> None:
        """Show one thing, as when another page or the palette leads here."""

    def arrive(self) -> None:
        """The page has come to the front: fetch, start to follow."""

    def leave(self) -> None:
        """The page goes behind another: stop what only eyes need."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page in the navigation.

    Attributes:
        page_id: a stable name, as "today"; other pages lead here by it.
        title: says the page's name in the current language.
        build: makes the page; called in the GUI thread when it is first opened.
        at_foot: stands at the foot of the navigation.
        counter: the number beside the name.
    """

    page_id: str
    icon: Icon
    title: Callable[[], str]
    build: Callable[[], Page]
    at_foot: bool = False
    counter: Counter | None = None

    def name(self) -> str:
        """The title as it stands alone."""
        return headed(self.title())
