"""The pictures of one finding, fetched from the vault off the GUI thread."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from desktop.domain.evidence import Evidence
from desktop.domain.organisation import Corners
from desktop.exchange.case_extract import Extract, read_extract
from desktop.exchange.errors import ExchangeError
from desktop.usecases.evidence import note_original
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework, Sealed
from desktop.viewmodels.review.pack import Integrity, Pack, Still, check_items
from desktop.viewmodels.review.strip import Manifest, Strip, read_manifest, read_strip
from video.errors import FootageError, FootageTrouble

PLAYED = "核实时播放片段"
THUMB_WIDTH = 320  # px; a film strip's picture at twice its size


class Showing(Enum):
    """What the large picture is at."""

    NOTHING = "nothing"
    LOADING = "loading"
    PICTURE = "picture"
    ONLY_ORIGINAL = "only_original"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Records:
    """What the machine wrote down, and the case as it was sealed; None for what is not here."""

    strip: Strip | None = None
    manifest: Manifest | None = None
    extract: Extract | None = None


class Exhibits(QObject):
    """One picture large, all of them small; masked copies unless the original is asked for.

    Attributes:
        trouble: why the large picture cannot be had.
        integrity: what reading every item back has shown; None while it goes on.
    """

    listed = Signal()
    picture_changed = Signal()
    checked = Signal()
    refused = Signal(object)

    stills: tuple[Still, ...]
    selected: int
    shows_original: bool
    showing: Showing
    picture: QImage
    trouble: Exception | None
    records: Records
    integrity: Integrity | None
    _pack: Pack | None
    _thumbs: Mapping[str, QImage]

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self._seen: dict[str, None] = {}
        self._clear()

    def stop(self) -> None:
        """Drop the answers that are on their way."""
        self._answers.close()

    def open_pack(self, pack: Pack) -> None:
        """Lay another finding's pictures out, and begin with the moment of the threshold."""
        self._clear()
        self._seen = {}
        self.show_pack(pack)
        self.select(_first_to_see(self.stills))

    def show_pack(self, pack: Pack) -> None:
        """Take evidence that came meanwhile; the picture that is shown stays."""
        self._pack, self.stills = pack, pack.stills
        vault, run = self._casework.vault, self._casework.desk.run
        digests = tuple(still.masked.sha256 for still in self.stills if still.masked)
        self._answers.ask(
            run(partial(load_thumbs, vault, digests)), self._take_thumbs, self._refuse, "thumbs"
        )
        self._answers.ask(
            run(partial(check_items, vault, pack.evidence)),
            self._take_check,
            self._refuse,
            "check",
        )
        self._answers.ask(
            run(partial(_records, vault, pack)), self._take_records, self._refuse, "records"
        )
        self.listed.emit()

    def select(self, number: int) -> None:
        """Show another moment large."""
        if not 0 <= number < len(self.stills):
            self._show(Showing.NOTHING)
            return
        self.selected, self.shows_original = number, False
        masked = self.stills[number].masked
        if masked is None:
            self._show(Showing.ONLY_ORIGINAL)
        else:
            self._fetch(masked.sha256)

    def step(self, by: int) -> None:
        """Walk to a neighbouring moment."""
        if self.stills:
            self.select(min(max(self.selected + by, 0), len(self.stills) - 1))

    def show_original(self, reason: str) -> None:
        """Show the picture on which nobody is masked; the reason is written down first."""
        actor, still = self._casework.door.actor, self.current
        if actor is None or still is None:
            return
        note = partial(
            note_original, item=still.original, reason=reason, clock=self._casework.clock
        )
        self._answers.ask(
            self._casework.desk.act(actor, note), self._uncover, self._refuse, "picture"
        )

    def note_clip(self, clip: Evidence) -> None:
        """Write down that a clip, on which nobody is masked, is being looked at; once a finding."""
        actor = self._casework.door.actor
        if actor is None or clip.sha256 in self._seen:
            return
        self._seen[clip.sha256] = None
        note = partial(note_original, item=clip, reason=PLAYED, clock=self._casework.clock)
        self._answers.ask(self._casework.desk.act(actor, note), self._noted, self._refuse)

    @property
    def outline(self) -> Corners:
        """The seat as it was judged; as it is set up now where no record tells."""
        if self.records.manifest:
            return self.records.manifest.seat
        return self._pack.seat if self._pack else ()

    @property
    def current(self) -> Still | None:
        """The moment that is shown large."""
        return self.stills[self.selected] if 0 <= self.selected < len(self.stills) else None

    @property
    def seen(self) -> tuple[str, ...]:
        """Give the digests of what was looked at."""
        return tuple(self._seen)

    def thumb(self, still: Still) -> QImage:
        """Give a small picture; null until it is there."""
        return self._thumbs.get(still.masked.sha256, QImage()) if still.masked else QImage()

    def _clear(self) -> None:
        self._pack = None
        self.stills = ()
        self.selected = -1
        self.shows_original = False
        self.showing = Showing.NOTHING
        self.picture = QImage()
        self.trouble = None
        self.records = Records()
        self.integrity = None
        self._thumbs = {}

    def _noted(self, _nothing: None) -> None:
        """The custody chain has it."""

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)

    def _uncover(self, _nothing: None) -> None:
        if still := self.current:
            self.shows_original = True
            self._fetch(still.original.sha256)

    def _fetch(self, sha256: str) -> None:
        self._wanted = sha256
        self._show(Showing.LOADING)
        self._answers.ask(
            self._casework.desk.run(partial(load_picture, self._casework.vault, sha256)),
            self._take_picture,
            self._no_picture,
            "picture",
        )

    def _take_picture(self, picture: QImage) -> None:
        self.picture = picture
        self._seen[self._wanted] = None
        self._show(Showing.PICTURE)

    def _no_picture(self, error: Exception) -> None:
        self.trouble = error
        self._show(Showing.TROUBLE)

    def _show(self, showing: Showing) -> None:
        self.showing = showing
        if showing is not Showing.PICTURE and showing is not Showing.LOADING:
            self.picture = QImage()
        self.picture_changed.emit()

    def _take_thumbs(self, thumbs: Mapping[str, QImage]) -> None:
        self._thumbs = thumbs
        self.listed.emit()

    def _take_check(self, integrity: Integrity) -> None:
        self.integrity = integrity
        self.checked.emit()

    def _take_records(self, records: Records) -> None:
        self.records = records
        self.checked.emit()


def ready_decoders() -> None:
    """Load what decodes pictures; once, on the GUI thread, before any other thread decodes.

    Whoever decodes first moves Qt's decoders to the GUI thread. On another thread he then holds
    the interpreter and waits for a lock of Qt, and the GUI thread may hold that and wait for him.
    """
    QImage.fromData(b"every decoder is asked for this")


def load_picture(vault: Sealed, sha256: str) -> QImage:
    """Read and decode a picture; not for the GUI thread.

    Raises:
        FootageError: MISSING_FILE, or DAMAGED when it is no picture.
    """
    picture = QImage.fromData(vault.get(sha256))
    if picture.isNull():
        raise FootageError(FootageTrouble.DAMAGED, sha256, "not a picture")
    return picture


def load_thumbs(vault: Sealed, digests: Sequence[str]) -> Mapping[str, QImage]:
    """Read and shrink pictures; one that cannot be had is null. Not for the GUI thread."""
    return {sha256: _thumb(vault, sha256) for sha256 in digests}


def _thumb(vault: Sealed, sha256: str) -> QImage:
    try:
        picture = load_picture(vault, sha256)
    except FootageError:
        return QImage()  # the place stays empty; opening the picture tells why
    return picture.scaledToWidth(THUMB_WIDTH, Qt.TransformationMode.SmoothTransformation)


def _records(vault: Sealed, pack: Pack) -> Records:
    """Read the machine's records; one that is not here or not whole the check tells of."""
    strip = manifest = extract = None
    with suppress(FootageError, ValueError):
        strip = read_strip(vault.get(pack.strip.sha256)) if pack.strip else None
    with suppress(FootageError, ValueError):
        manifest = read_manifest(vault.get(pack.manifest.sha256)) if pack.manifest else None
    with suppress(FootageError, ExchangeError):
        extract = read_extract(vault.get(pack.extract.sha256)) if pack.extract else None
    return Records(strip, manifest, extract)


def _first_to_see(stills: Sequence[Still]) -> int:
    """The moment of the threshold says most; else the first there is."""
    roles = [still.original.role for still in stills]
    return roles.index("threshold") if "threshold" in roles else 0
