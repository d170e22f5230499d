"""The desk of registers: a list, the record that lies open, a table that comes in."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.domain.imports import Complaint
from desktop.domain.rules.comparing import compare_lists
from desktop.domain.rules.judgement import Candidate
from desktop.domain.rules.subjects import check_unit
from desktop.exchange.csv_table import csv_bytes
from desktop.exchange.registers import (
    Column,
    FieldUnreadable,
    ReadRegister,
    read_register,
    register_table,
)
from desktop.system.language import headed, said
from desktop.usecases.ports import UnitOfWork
from desktop.usecases.registers import TakenIn, keep_record, take_in_list, take_in_records
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.casework import Casework, may_create
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.complaints import REASONS
from desktop.viewmodels.leaving import written
from desktop.viewmodels.lines import Lines, Row
from desktop.viewmodels.registers.shelf import Kind, Shelf, Thing, label_of, read_shelf
from desktop.viewmodels.suspicions import Suspicions
from desktop.viewmodels.times import day_of

T = TypeVar("T")
NEW = "new"  # the key of a record that is being written


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came of a table."""

    taken: TakenIn
    complaints: tuple[Complaint, ...]


class RegisterDesk(QObject):
    """Everything the page of registers shows.

    Attributes:
        kind: the register that is shown.
        key: of the record that lies open, NEW for one that is being written, "" for none.
        texts: what stands in its fields.
        troubles: what is wrong with them, by field.
        arrived: what came of the last table.
        found: what comparing the lists has found; None before.
    """

    listed = Signal()
    opened = Signal()
    kept = Signal(str)  # the record's name
    came = Signal()
    compared = Signal()
    exported = Signal(str)
    refused = Signal(object)

    def __init__(
        self, casework: Casework, approvals: ApprovalsDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._casework, self._approvals = casework, approvals
        self._answers = Answers(self)
        self.kind = Kind.POWER
        self.shelf = Shelf()
        self.words = ""
        self.key = ""
        self.texts: Mapping[str, str] = {}
        self.troubles: Mapping[str, str] = {}
        self.arrived: Arrived | None = None
        self.found: tuple[Candidate, ...] | None = None
        self.model = Lines(self._titles, self)
        self.suspicions = Suspicions(casework, approvals, self)
        self._changes = StoreChanges(casework.desk, self)
        self._changes.changed.connect(self.refresh)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The fields of the register."""
        return self.shelf.form(self.kind).columns if self.shelf.hall else ()

    def may_write(self) -> bool:
        """Tell whether this person may change registers."""
        actor, book = self._casework.door.actor, self._casework.book
        return self.shelf.hall is not None and may_create(book, self.kind.entity, actor)

    def stop(self) -> None:
        """Listen no more."""
        self.suspicions.stop()
        self._changes.close()
        self._answers.close()

    def refresh(self) -> None:
        """Read the registers as they now are."""
        self._ask(self._casework.desk.look(read_shelf), self._enter, "shelf")

    def show_kind(self, kind: Kind) -> None:
        """Show another register."""
        self.kind, self.key, self.arrived = kind, "", None
        self.texts, self.troubles = {}, {}
        self.model.beginResetModel()
        self.model.endResetModel()
        self._list()
        self.opened.emit()

    def search(self, words: str) -> None:
        """Look for words in all fields."""
        self.words = words.strip().casefold()
        self._list()

    def open(self, key: str) -> None:
        """Lay a record open."""
        thing = self._thing(key)
        if thing is not None:
            self.key, self.troubles = key, {}
            self.texts = self.shelf.form(self.kind).texts(thing)
            self.opened.emit()

    def seek(self, key: str) -> None:
        """Lay a record open, whichever register holds it."""
        for kind in Kind:
            if any(each.id == key for each in self.shelf.things(kind)):
                self.show_kind(kind)
                self.open(key)
                return

    def begin(self) -> None:
        """Write a new record."""
        self.key, self.troubles = NEW, {}
        self.texts = {column.field: "" for column in self.columns}
        self.opened.emit()

    def keep(self, texts: Mapping[str, str]) -> None:
        """Keep the record that lies open with these texts; what is wrong is said by its field."""
        actor, before = self._casework.door.actor, self._thing(self.key)
        if actor is None or not self.key:
            return
        self.texts = texts
        try:
            thing = self.shelf.form(self.kind, actor.user_id).made(texts, before)
        except FieldUnreadable as error:
            self.troubles = {error.column.field: said(REASONS[error.reason])}
            self.opened.emit()
            return
        act = partial(keep_record, thing=thing, is_new=before is None)
        self._ask(self._casework.desk.act(actor, act), self._was_kept)

    def take_in(self, path: Path) -> None:
        """Take a table in; a list of items is taken whole, what it has no longer goes."""
        kind, actor = self.kind, self._casework.door.actor
        if actor is None:
            return
        form, known = self.shelf.form(kind, actor.user_id), self.shelf.known(kind)
        read = self._casework.desk.run(lambda: (kind, path.name, read_register(path, form, known)))
        self._ask(read, self._was_read)

    def export(self, target: Path, reason: str) -> None:
        """Write the register as a table that can be read again."""
        actor, kind = self._casework.door.actor, self.kind
        if actor is None:
            return
        titles, rows = register_table(self.shelf.form(kind), self.shelf.things(kind))

        def export(work: UnitOfWork) -> str:
            work.note("register.export", f"register/{kind.value}", reason=reason)
            return written(target, csv_bytes(titles, rows))

        self._ask(self._casework.desk.act(actor, export), self._was_exported)

    def compare(self) -> None:
        """Judge the power list against the other places and the cases, and the units."""
        if self.shelf.hall is not None:
            self._ask(self._approvals.book.used(self.shelf.hall.id), self._judge, "used")

    def _enter(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._list()

    def _list(self) -> None:
        rows = []
        if self.shelf.hall is not None:
            form = self.shelf.form(self.kind)
            for thing in self.shelf.things(self.kind):
                texts = form.texts(thing)
                if self.words in " ".join(texts.values()).casefold():
                    cells = tuple(texts[field] or "—" for field in self.kind.shown)
                    rows.append(Row(thing.id, cells))
        self.model.replace(rows)
        self.listed.emit()

    def _titles(self) -> tuple[str, ...]:
        return tuple(headed(label_of(field, self.kind)) for field in self.kind.shown)

    def _thing(self, key: str) -> Thing | None:
        return next((each for each in self.shelf.things(self.kind) if each.id == key), None)

    def _was_kept(self, thing: Thing) -> None:
        self.key, self.troubles = thing.id, {}
        self.kept.emit(getattr(thing, "name", ""))

    def _was_read(self, told: "tuple[Kind, str, ReadRegister[Thing]]") -> None:
        kind, name, read = told
        actor = self._casework.door.actor
        if actor is None:
            return
        known = self.shelf.known(kind)

        def take(work: UnitOfWork) -> Arrived:
            if kind.place is None:
                ids = {each.id for each in known}
                taken = take_in_records(work, read.changed, ids, file_name=name)
            else:
                taken = take_in_list(work, read.changed, known, read.keys, file_name=name)  # type: ignore[arg-type]  # items, as the kind says
            return Arrived(taken, read.complaints)

        self._ask(self._casework.desk.act(actor, take), self._came)

    def _came(self, arrived: Arrived) -> None:
        self.arrived = arrived
        self.came.emit()

    def _judge(self, used: Mapping[str, int]) -> None:
        today = day_of(self._casework.clock.now())
        rules = self._approvals.book.rules
        lists = compare_lists(self.shelf.items, used, today, rules)
        units = [each for unit in self.shelf.units for each in check_unit(unit, rules)]
        self.found = (*lists, *units)
        self.suspicions.show(self.found)
        self.compared.emit()

    def _was_exported(self, name: str) -> None:
        self.exported.emit(name)

    def _ask(self, future: "Future[T]", on_result: Callable[[T], None], topic: str = "") -> None:
        self._answers.ask(future, on_result, self._refuse, topic)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def arrived_said(arrived: Arrived) -> str:
    """Say what came of a table."""
    taken = arrived.taken
    told = said("新增 {0} 条，变更 {1} 条，移出清单 {2} 条；未采用 {3} 行。")
    return told.format(taken.new, taken.changed, taken.gone, len(arrived.complaints))
