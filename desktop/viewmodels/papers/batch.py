"""Many papers signed or issued in one go: each an act of its own, one refusal stops no other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor

from desktop.domain import cards as card_domain
from desktop.domain import official_documents as document_domain
from desktop.domain.calendar import HALL_TIME
from desktop.domain.cards import Card
from desktop.domain.entities import Book
from desktop.domain.errors import DomainError
from desktop.domain.official_documents import OfficialDocument
from desktop.domain.organisation import Organ, Unit
from desktop.domain.roles import Actor
from desktop.system.language import said
from desktop.system.theme import Tone, colours
from desktop.usecases import cards, official_documents
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.cards.rows import paper_name
from desktop.viewmodels.casework import Casework, acts_open
from desktop.viewmodels.keyed_rows import NOWHERE, Index, KeyedRows
from desktop.viewmodels.papers.words import kind_name
from desktop.viewmodels.paperwork.preview import PaperPreview
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.wording import sentence

MOST = 200  # papers in one go
Subject = Card | OfficialDocument


class BatchAct(Enum):
    """What is done with all of them; its value names the transitions of the book."""

    SIGN = ("sign",)
    ISSUE = ("issue", "issue_unnumbered")

    @property
    def word(self) -> str:
        """What its button says."""
        words = {BatchAct.SIGN: said("成批签发"), BatchAct.ISSUE: said("成批编号用印")}
        return words[self]


class Fate(Enum):
    """What became of one paper."""

    WAITS = "waits"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Piece:
    """One paper of the batch.

    Attributes:
        said: its number once it has one, or why it was refused.
    """

    subject: Subject
    name: str
    recipient: str
    organ: Organ
    is_chosen: bool = True
    fate: Fate = Fate.WAITS
    said: str = ""

    @property
    def key(self) -> str:
        """The id of the paper."""
        return self.subject.id

    @property
    def series(self) -> str:
        """The series from which it takes its number; "" for one that bears none.

        Raises:
            OrganMayNotIssue: the organ may only transfer.
        """
        if isinstance(self.subject, Card):
            return card_domain.series_of(self.organ, self.subject.kind)
        if self.subject.is_numbered:
            return document_domain.series_of(self.organ, self.subject.template)
        return ""


class BatchModel(KeyedRows[Piece]):
    """The papers with a tick each, and what became of them."""

    chosen_changed = Signal()
    is_writable = True

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Paper, recipient, result."""
        return 0 if parent.isValid() else 3

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Title the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (said("文书", "column"), said("受文单位或个人"), said("结果"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let what still waits be ticked."""
        flags = super().flags(index)
        if not index.isValid() or index.column() or not self.is_writable:
            return flags
        waits = self.rows[index.row()].fate is Fate.WAITS
        return flags | Qt.ItemFlag.ItemIsUserCheckable if waits else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer what a cell shows."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role, index.column():
            case ((Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole), column):
                return (row.name, row.recipient, row.said)[column]
            case Qt.ItemDataRole.CheckStateRole, 0:
                return Qt.CheckState.Checked if row.is_chosen else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ForegroundRole, 2:
                tone = Tone.BAD if row.fate is Fate.REFUSED else Tone.GOOD
                return QColor(colours().ink(tone))
            case RowRole.KEY, _:
                return row.key
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a paper, or take the tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        is_chosen = Qt.CheckState(value) is Qt.CheckState.Checked
        self.put(replace(self.rows[index.row()], is_chosen=is_chosen))
        self.chosen_changed.emit()
        return True

    def put(self, piece: Piece) -> None:
        """Put a paper in place of what was known of it."""
        at = self.row_of(piece.key)
        if at >= 0:
            self.rows[at] = piece
            self.dataChanged.emit(self.index(at, 0), self.index(at, self.columnCount() - 1))


class Batch(QObject):
    """Gathers what one person can do in one go, shows each, and does it.

    Attributes:
        done: how many of `total` are through, refused ones too.
    """

    listed = Signal()
    progressed = Signal()
    finished = Signal()
    refused = Signal(object)

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self.preview = PaperPreview(casework, self)
        self.model = BatchModel(self)
        self.act = BatchAct.SIGN
        self.done = self.total = 0
        self.is_running = False
        self._queue: list[Piece] = []
        self._now: Piece | None = None

    @property
    def chosen(self) -> list[Piece]:
        """What is ticked and still waits."""
        return [piece for piece in self.model.rows if piece.is_chosen and piece.fate is Fate.WAITS]

    @property
    def refusals(self) -> list[Piece]:
        """What was refused."""
        return [piece for piece in self.model.rows if piece.fate is Fate.REFUSED]

    def stop_listening(self) -> None:
        """Do nothing more, and hear no more."""
        self._queue.clear()
        self.preview.stop()
        self._answers.close()

    def gather(self, act: BatchAct) -> None:
        """Fetch all that this person can do it to."""
        if self.is_running:
            return
        self.act = act
        actor, book = self._casework.door.actor, self._casework.book
        ask = partial(pieces, book=book, actor=actor, act=act)
        self._answers.ask(self._casework.desk.look(ask), self._list, self._refuse, "pieces")

    def show_piece(self, key: str) -> None:
        """Show a paper as it would print."""
        at = self.model.row_of(key)
        if at >= 0:
            self.preview.show_draft(self.model.rows[at].subject)

    def begin(self) -> None:
        """Do it to all that are ticked, one after another."""
        if self.is_running or self._casework.door.actor is None:
            return
        self._queue = self.chosen[:MOST]
        self.done, self.total = 0, len(self._queue)
        self.is_running = True
        self.model.is_writable = False
        self._next()

    def cancel(self) -> None:
        """Do no more after the one at hand; what is done stays done."""
        self._queue.clear()

    def _next(self) -> None:
        self.progressed.emit()
        if not self._queue:
            self.is_running, self.model.is_writable, self._now = False, True, None
            self.finished.emit()
            return
        self._now = self._queue.pop(0)
        try:
            series = self._now.series if self.act is BatchAct.ISSUE else ""
        except DomainError as refusal:
            self._not_done(refusal)
            return
        if series:
            year = self._casework.clock.now().astimezone(HALL_TIME).year
            leased = self._casework.door.have_numbers(series, year)
            self._answers.ask(leased, self._do, self._not_done)
        else:
            self._do(0)

    def _do(self, _left: int) -> None:
        actor, piece = self._casework.door.actor, self._now
        if actor is None or piece is None:
            self.cancel()
            self._next()
            return
        deed = self._deed(piece.subject)
        self._answers.ask(self._casework.desk.act(actor, deed), self._done, self._not_done)

    def _deed(self, subject: Subject) -> Callable[[UnitOfWork], Subject]:
        tools = {"press": self._casework.press, "clock": self._casework.clock}
        if isinstance(subject, Card):
            of_card = {BatchAct.SIGN: cards.sign_card, BatchAct.ISSUE: cards.issue_card}
            return partial(of_card[self.act], card_id=subject.id, **tools)  # type: ignore[arg-type]
        of_paper = {
            BatchAct.SIGN: official_documents.sign_document,
            BatchAct.ISSUE: official_documents.issue_document,
        }
        return partial(of_paper[self.act], document_id=subject.id, **tools)  # type: ignore[arg-type]

    def _done(self, subject: Subject) -> None:
        told = subject.doc_no or said("已办理")
        self._settle(Fate.DONE, told, subject)

    def _not_done(self, refusal: Exception) -> None:
        self._settle(Fate.REFUSED, sentence(refusal))

    def _settle(self, fate: Fate, told: str, subject: Subject | None = None) -> None:
        if self._now is not None:
            piece = replace(self._now, fate=fate, said=told, subject=subject or self._now.subject)
            self.model.put(piece)
            self.done += 1
        self._next()

    def _list(self, found: Sequence[Piece]) -> None:
        self.model.replace(found)
        self.listed.emit()

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def may_do_many(book: Book, actor: Actor, act: BatchAct) -> bool:
    """Tell whether somebody's roles carry the act for cards."""
    transitions = book.rule(Card.ENTITY).transitions
    roles = {role for each in transitions if each.name in act.value for role in each.roles}
    return any(role.value in roles for role in actor.roles)


def pieces(reading: Reading, book: Book, actor: Actor | None, act: BatchAct) -> tuple[Piece, ...]:
    """List what somebody can sign or issue now, the oldest first, as many as go at once."""
    units = {unit.id: unit.name for unit in reading.find(Unit)}
    organs = {organ.id: organ for organ in reading.find(Organ)}
    found = [
        Piece(card, paper_name(card.kind), units[card.unit_id], organs[card.organ_id])
        for card in reading.find(Card)
        if set(act.value).intersection(acts_open(book, card, actor))
    ]
    found += [
        Piece(each, kind_name(each.template), each.recipient, organs[each.organ_id])
        for each in reading.find(OfficialDocument)
        if set(act.value).intersection(acts_open(book, each, actor))
    ]
    return tuple(sorted(found, key=lambda piece: piece.subject.drafted_at))[:MOST]
