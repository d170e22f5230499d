"""Photographs come to the item one stands at: from files, the clipboard and a watched folder."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QFileSystemWatcher, QIODevice, QObject, QTimer, Signal
from PySide6.QtGui import QImage

from desktop.domain.calendar import HALL_TIME
from desktop.domain.evidence import Evidence, PhotoSource
from desktop.domain.identifiers import Digest, InspectionId
from desktop.exchange.errors import ExchangeError
from desktop.exchange.photographs import (
    SUFFIXES,
    Photograph,
    photograph_of,
    plain_path,
    read_photograph,
    small_copy,
)
from desktop.usecases.inspections.answering import Photo, add_photo
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.inspections.touring import Touring, Vault
from desktop.viewmodels.inspections.walk import InspectionWalk
from video.errors import FootageError

THUMB = 320  # px, the longer side, for screens of two pixels a point
SETTLE_MS = 700  # a camera writes a file in several pieces


@dataclass(frozen=True, slots=True)
class _Coming:
    """A photograph on its way to an item; it stays that item's, wherever one has gone meanwhile."""

    inspection_id: InspectionId
    key: str
    source: PhotoSource
    place: str


class PhotoIntake(QObject):
    """Takes photographs in while one walks, and draws them small.

    Attributes:
        folder: that is watched, None while none is.
        place: where the next photographs are taken, as one writes it; may be empty.
    """

    changed = Signal()  # the small pictures, or what is watched
    refused = Signal(object)

    def __init__(
        self, office: Touring, walk: InspectionWalk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._office, self._walk = office, walk
        self._answers = Answers(self)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._notice)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._look)
        self._sizes: dict[str, int] = {}
        self._taken: set[str] = set()
        self._thumbs: dict[str, QImage] = {}
        self.folder: Path | None = None
        self.place = ""
        walk.changed.connect(self._draw)
        walk.opened.connect(self._draw)

    def stop(self) -> None:
        """Take nothing in any more."""
        self.watch(None)
        self._answers.close()

    def add_files(self, paths: Sequence[Path]) -> None:
        """Take picture files in; they stay where they are."""
        for path in paths:
            self._take(path, PhotoSource.FILE)

    def add_picture(self, picture: QImage) -> None:
        """Take a picture from the clipboard in."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")  # type: ignore[call-overload]  # stubs want bytes
        data, now = bytes(buffer.data().data()), self._office.clock.now()
        read = partial(_pasted, data, now)
        self._keep(PhotoSource.CLIPBOARD, read)

    def add_shot(self, jpeg: bytes) -> None:
        """Take a picture of a camera of this machine in."""
        self._keep(PhotoSource.CAMERA, partial(_pasted, jpeg, self._office.clock.now()))

    def note_place(self, place: str) -> None:
        """Say where the next photographs are taken."""
        self.place = place

    def watch(self, folder: Path | None) -> None:
        """Take in whatever a camera puts into a folder from now on; None watches no more."""
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self._settle.stop()
        self.folder = folder
        if folder is not None:
            self._sizes = _pictures(folder)
            self._taken = set(self._sizes)
            self._watcher.addPath(str(folder))
        self.changed.emit()

    def photos(self) -> tuple[Evidence, ...]:
        """The photographs of the item one stands at."""
        visit = self._walk.visit
        return visit.photos.get(self._walk.at, ()) if visit else ()

    def thumb(self, photo: Evidence) -> QImage:
        """Give a small picture; null until it is drawn, or where it cannot be."""
        return self._thumbs.get(photo.sha256, QImage())

    def _notice(self, _folder: str) -> None:
        self._settle.start()

    def _look(self) -> None:
        """Take in what is new and has stopped growing."""
        if self.folder is None:
            return
        now, before = _pictures(self.folder), self._sizes
        new = [name for name in now if name not in self._taken]
        whole = [name for name in new if now[name] and now[name] == before.get(name)]
        for name in whole:
            self._taken.add(name)
            self._take(self.folder / name, PhotoSource.FOLDER)
        self._sizes = now
        if len(whole) < len(new):
            self._settle.start()

    def _take(self, path: Path, source: PhotoSource) -> None:
        read = partial(read_photograph, path, local_offset=HALL_TIME.utcoffset(None))
        self._keep(source, read)

    def _keep(self, source: PhotoSource, read: Callable[[], Photograph]) -> None:
        """Seal a photograph and let it belong to the item one stands at now."""
        visit = self._walk.visit
        if visit is None or not self._walk.at:
            return
        coming = _Coming(visit.inspection.id, self._walk.at, source, self.place)
        offset_s = self._office.clock_offset_s
        sealed = self._office.desk.run(partial(_sealed, self._office.vault, read, offset_s, coming))
        self._answers.ask(sealed, self._arrived, self._refuse)

    def _arrived(self, arrived: tuple[_Coming, Photo]) -> None:
        coming, photo = arrived
        actor = self._office.door.actor
        if actor is None:
            return
        act = partial(add_photo, inspection_id=coming.inspection_id, key=coming.key, photo=photo)
        kept = self._office.desk.act(actor, partial(act, clock=self._office.clock))
        self._answers.ask(kept, self._kept, self._refuse)

    def _kept(self, _photo: Evidence) -> None:
        self._walk.refresh()

    def _draw(self) -> None:
        """Draw small what is not drawn yet."""
        visit = self._walk.visit
        photos = [item for items in visit.photos.values() for item in items] if visit else []
        wanted = tuple(item.sha256 for item in photos if item.sha256 not in self._thumbs)
        if wanted:
            drawn = self._office.desk.run(partial(_thumbs, self._office.vault, wanted))
            self._answers.ask(drawn, self._drawn, self._refuse, "thumbs")

    def _drawn(self, thumbs: Mapping[str, QImage]) -> None:
        self._thumbs.update(thumbs)
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def _sealed(
    vault: Vault, read: Callable[[], Photograph], offset_s: float | None, coming: _Coming
) -> tuple[_Coming, Photo]:
    """Read a photograph and seal it as it is; not for the GUI thread."""
    photograph = read()
    stored = vault.put(photograph.data)
    photo = Photo(
        Digest(stored.sha256),
        stored.size,
        photograph.media_type,
        photograph.taken_at,
        coming.source,
        photograph.device,
        offset_s,
        photograph.file_name,
        coming.place,
    )
    return coming, photo


def _thumbs(vault: Vault, digests: Sequence[str]) -> Mapping[str, QImage]:
    """Draw pictures small; one that cannot be had is null. Not for the GUI thread."""
    return {sha256: _thumb(vault, sha256) for sha256 in digests}


def _thumb(vault: Vault, sha256: str) -> QImage:
    try:
        return QImage.fromData(small_copy(vault.get(sha256), THUMB))
    except (FootageError, ExchangeError):
        return QImage()  # the place stays empty; the check of the evidence tells why


def _pictures(folder: Path) -> dict[str, int]:
    """Give the pictures in a folder by name, with their sizes; none where it is gone."""
    found: dict[str, int] = {}
    with suppress(OSError):
        for path in folder.iterdir():
            if path.suffix.lower() in SUFFIXES:
                with suppress(OSError):  # it was taken away again meanwhile
                    found[path.name] = plain_path(path).stat().st_size
    return found


def _pasted(data: bytes, now: datetime) -> Photograph:
    return photograph_of(data, "", otherwise=now, local_offset=timedelta())
