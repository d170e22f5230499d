"""The desk of evidence: what lies on it, which version is looked at, and who held it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.domain.evidence import Custody, Evidence
from desktop.domain.identifiers import UserId
from desktop.domain.roles import Actor
from desktop.usecases.evidence import note_original, shows_people
from desktop.usecases.exhibits import Exhibit, Subject, chain_of, exhibits_of
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import names_in
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.dossiers.desk import Keeping
from desktop.viewmodels.evidence.leaving import leaving_of, packed
from desktop.viewmodels.evidence.marking import Ground, Marking, picture_to_mark
from desktop.viewmodels.evidence.rows import ExhibitRow, ExhibitsModel, Medium, medium_of
from desktop.viewmodels.leaving import take_out
from desktop.viewmodels.paperwork.preview import PaperPreview
from desktop.viewmodels.review.exhibits import PLAYED, Showing
from desktop.viewmodels.review.player import ClipPlayer


@dataclass(frozen=True, slots=True)
class Held:
    """Who held a piece, by name."""

    chain: tuple[Custody, ...] = ()
    names: Mapping[UserId, str] | None = None


class EvidenceDesk(QObject):
    """Everything the page of evidence shows; lives as long as the program is open.

    Attributes:
        exhibit: what is looked at, None while nothing is.
        version: the original or the copy of it that is shown.
        showing: what the picture is at.
        trouble: why it cannot be had.
    """

    listed = Signal()
    opened = Signal()
    picture_changed = Signal()
    held_changed = Signal()
    exported = Signal(str)
    refused = Signal(object)

    def __init__(self, office: Keeping, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._answers = Answers(self)
        self._changes = StoreChanges(office.desk, self)
        self._changes.changed.connect(self._follow)
        self.player = ClipPlayer(office, self)
        self.player.started.connect(self._note_clip)
        self.pages = PaperPreview(office, self)
        self.marking = Marking(office, self)
        self.marking.kept.connect(self._was_marked)
        self.model = ExhibitsModel(self)
        self.subject: Subject | None = None
        self.exhibits: tuple[Exhibit, ...] = ()
        self.medium: Medium | None = None
        self.exhibit: Exhibit | None = None
        self.version: Evidence | None = None
        self.held = Held()
        self.showing, self.picture = Showing.NOTHING, QImage()
        self.trouble: Exception | None = None
        self.is_listed = self.is_shown = False

    @property
    def actor(self) -> Actor | None:
        """Who is at the desk."""
        return self._office.door.actor

    def stop(self) -> None:
        """Listen no more."""
        self._changes.close()
        self.player.stop()
        self.pages.stop()
        self.marking.stop()
        self._answers.close()

    def gather(self, subject: Subject | None) -> None:
        """Look at the evidence of a matter, or at the newest of all."""
        self.subject = subject
        self._lay_down(None)
        self.refresh()

    def refresh(self) -> None:
        """Fetch the list as it now is."""
        look = self._office.desk.look(partial(exhibits_of, subject=self.subject))
        self._answers.ask(look, self._list, self._refuse, "list")

    def narrow(self, medium: Medium | None) -> None:
        """Show one medium alone, or all."""
        self.medium = medium
        self._fill()
        self.listed.emit()

    def counts(self) -> Mapping[Medium | None, int]:
        """How many there are of each medium; of all under None."""
        media = [medium_of(each.original) for each in self.exhibits]
        return {None: len(media), **{each: media.count(each) for each in Medium}}

    def open(self, key: str) -> None:
        """Look at a piece: at the latest copy of it, where there is one."""
        exhibit = next((each for each in self.exhibits if each.key == key), None)
        if exhibit is not None:
            self._lay_down(exhibit)
            self.show_version(exhibit.versions[-1])

    def show_version(self, version: Evidence) -> None:
        """Look at the original, or at a copy; an original with people on it wants a reason."""
        self.player.stop()
        self.version = version
        match medium_of(version):
            case Medium.PAGES:
                self.pages.clear()
                self.pages.show_paper(version.sha256)
                self._show(Showing.PICTURE)
            case Medium.CLIP:
                self.player.load(version)
                self._show(Showing.NOTHING)
            case Medium.PICTURE if self.is_bare:
                self._show(Showing.ONLY_ORIGINAL)
            case Medium.PICTURE:
                self._fetch(version)
        self.opened.emit()

    @property
    def is_bare(self) -> bool:
        """Whether people can be seen on the version that is looked at."""
        version = self.version
        return version is not None and version.masked_of is None and shows_people(version)

    def see_original(self, reason: str) -> None:
        """Show a picture on which nobody is covered; the reason is written down first."""
        actor, version = self.actor, self.version
        if actor is not None and version is not None:
            note = partial(note_original, item=version, reason=reason, clock=self._office.clock)
            self._answers.ask(self._office.desk.act(actor, note), self._uncover, self._refuse)

    def may_mark(self) -> bool:
        """Tell whether there is something on the desk to draw on."""
        if self.version is None:
            return False
        match medium_of(self.version):
            case Medium.PAGES:
                return bool(self.pages.pages)
            case Medium.CLIP:
                return not self.player.frame.isNull()
            case Medium.PICTURE:
                return self.showing is Showing.PICTURE

    def mark(self, page: int) -> None:
        """Begin to draw on what is looked at: the picture, this page, or this moment."""
        if self.version is None or not self.may_mark():
            return
        match medium_of(self.version):
            case Medium.PAGES:
                self.marking.open(self.version, Ground(self.pages.pages[page], page=page))
            case Medium.CLIP:
                self.marking.open(self.version, Ground(self.player.frame, after_s=self.player.at_s))
            case Medium.PICTURE:
                self.marking.open(self.version, Ground(self.picture))

    def export(self, target: Path, reason: str, *, bare: bool) -> None:
        """Let the copies leave, with the original where that is asked, and write that down."""
        actor, exhibit, held, office = self.actor, self.exhibit, self.held, self._office
        if actor is None or exhibit is None:
            return
        items, clock = leaving_of(exhibit, bare=bare), office.clock

        def leave(work: UnitOfWork) -> str:
            head = office.desk.store.chain_head()
            data = packed(
                items, held.chain, held.names or {}, office.vault, office.device,
                reason=reason, by=actor.name, now=clock.now(), head=(head.n, head.hash),
            )  # fmt: skip
            original = exhibit.original
            return take_out(
                work, data, target, hall_id=original.hall_id, subject=original.id,
                reason=reason, clock=clock,
            )  # fmt: skip

        self._answers.ask(office.desk.act(actor, leave), self._exported, self._refuse)

    def _lay_down(self, exhibit: Exhibit | None) -> None:
        self.player.load(None)
        self.exhibit, self.version, self.held = exhibit, None, Held()
        self._show(Showing.NOTHING)
        self.opened.emit()
        self._fetch_chain()

    def _follow(self) -> None:
        if self.is_shown:
            self.refresh()

    def _list(self, exhibits: tuple[Exhibit, ...]) -> None:
        self.exhibits, self.is_listed = exhibits, True
        self._fill()
        self.listed.emit()
        self._stay()

    def _stay(self) -> None:
        """Stay at what is looked at, with what came to it; begin with what was asked for."""
        if self.exhibit is not None:
            key = self.exhibit.key
            self.exhibit = next((e for e in self.exhibits if e.key == key), self.exhibit)
            self.opened.emit()
            self._fetch_chain()
        elif self.subject is not None and self.exhibits:
            wanted = self.subject.id
            held = (e for e in self.exhibits if wanted in {item.id for item in e.versions})
            self.open(next(held, self.exhibits[0]).key)

    def _fill(self) -> None:
        shown = (e for e in self.exhibits if self.medium in {None, medium_of(e.original)})
        self.model.replace([ExhibitRow(each) for each in shown])

    def _fetch_chain(self) -> None:
        if self.exhibit is not None:
            ask = self._office.desk.look(partial(_held, exhibit=self.exhibit))
            self._answers.ask(ask, self._take_chain, self._refuse, "chain")

    def _take_chain(self, held: Held) -> None:
        self.held = held
        self.held_changed.emit()

    def _uncover(self, _nothing: None) -> None:
        if self.version is not None:
            self._fetch(self.version)
            self._fetch_chain()

    def _note_clip(self, clip: Evidence) -> None:
        """Write down that somebody looks at a film on which nobody is covered."""
        if self.actor is not None:
            note = partial(note_original, item=clip, reason=PLAYED, clock=self._office.clock)
            self._answers.ask(self._office.desk.act(self.actor, note), self._noted, self._refuse)

    def _noted(self, _nothing: None) -> None:
        self._fetch_chain()

    def _fetch(self, version: Evidence) -> None:
        self._show(Showing.LOADING)
        read = partial(picture_to_mark, self._office.vault, version.sha256)
        self._answers.ask(
            self._office.desk.run(read), self._take_picture, self._no_picture, "picture"
        )

    def _take_picture(self, picture: QImage) -> None:
        self.picture = picture
        self._show(Showing.PICTURE)

    def _no_picture(self, error: Exception) -> None:
        self.trouble = error
        self._show(Showing.TROUBLE)

    def _show(self, showing: Showing) -> None:
        self.showing = showing
        self.picture_changed.emit()

    def _was_marked(self, copy: Evidence) -> None:
        """Look at the new copy as soon as the list has it."""
        if self.exhibit is not None:
            copies = (*self.exhibit.copies, copy)
            self.exhibit = Exhibit(self.exhibit.original, copies)
            self.show_version(copy)
        self.refresh()

    def _exported(self, name: str) -> None:
        self.exported.emit(name)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def _held(reading: Reading, exhibit: Exhibit) -> Held:
    return Held(chain_of(reading, exhibit), names_in(reading))
