"""What lies on the table for one finding: its evidence, its reviewers, its rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.calendar import HALL_TIME, WorkingCalendar
from desktop.domain.duties import Duties
from desktop.domain.evidence import Evidence
from desktop.domain.findings import Finding, Verification
from desktop.domain.identifiers import FindingId, UserId, WindowId
from desktop.domain.organisation import Camera, Corners, Hall, Organ, Unit, UserCard, Window
from desktop.domain.sessions import hours_of
from desktop.domain.staff import RosterEntry, on_roster
from desktop.system.language import marked, said
from desktop.usecases.case_findings import EXTRACT
from desktop.usecases.duties import read_duties
from desktop.usecases.findings import VERIFIERS, evidence_of
from desktop.usecases.ports import Reading
from desktop.usecases.queue import most_waiting
from desktop.viewmodels.casework import Sealed
from desktop.viewmodels.times import clock
from video.errors import FootageError, FootageTrouble

STILL_ROLES: Mapping[str, str] = {
    "before": marked("起前5秒"),
    "start": marked("起始"),
    "half": marked("半程"),
    "threshold": marked("达到时长"),
    "return": marked("返岗"),
    "photo": marked("照片"),
    "end": marked("最后看到"),
}


@dataclass(frozen=True, slots=True)
class Still:
    """One moment in pictures: the sealed original and, where there is one, its masked copy."""

    original: Evidence
    masked: Evidence | None

    @property
    def word(self) -> str:
        """Which moment it is."""
        return said(STILL_ROLES.get(self.original.role, self.original.role))

    @property
    def moment(self) -> str:
        """When it was."""
        return clock(self.original.taken_at)


@dataclass(frozen=True, slots=True)
class Pack:
    """A finding with all that a reviewer looks at.

    Attributes:
        was_open: whether the hall worked as it began.
        duties: what was registered for the window over its time.
        rostered: who is to sit at the window as it began, by the roster.
        waiting: most who queued at once for the window; None where no tickets were imported.
    """

    finding: Finding
    window: Window | None
    unit: Unit
    hall: Hall
    organ: Organ
    camera: Camera | None
    evidence: tuple[Evidence, ...]
    verifications: tuple[Verification, ...]
    people: tuple[UserCard, ...]
    was_open: bool
    duties: Duties
    waiting: int | None = None
    rostered: tuple[str, ...] = ()

    @property
    def stills(self) -> tuple[Still, ...]:
        """The pictures, in the order of their moments."""
        copies = {item.masked_of: item for item in self.evidence if item.masked_of}
        originals = [
            item
            for item in self.evidence
            if item.masked_of is None and item.media_type.startswith("image/")
        ]
        order = tuple(STILL_ROLES)
        originals.sort(key=lambda item: (item.at_s, order.index(item.role)))
        return tuple(Still(item, copies.get(item.sha256)) for item in originals)

    @property
    def clips(self) -> tuple[Evidence, ...]:
        """The pieces of film, in the order of their moments."""
        return tuple(sorted(self._by_role("clip"), key=lambda item: item.at_s))

    @property
    def strip(self) -> Evidence | None:
        """The verdicts, tick by tick; written anew when the event ended."""
        return self._latest("strip")

    @property
    def manifest(self) -> Evidence | None:
        """The list that closes the pack; written anew when the event ended."""
        return self._latest("manifest")

    @property
    def seat(self) -> Corners:
        """The window's seat on the camera's picture as it is set up now."""
        zones = self.camera.zones if self.camera else ()
        return next((z.seat for z in zones if z.window_id == self.finding.window_id), ())

    @property
    def place(self) -> str:
        """The number of the case, or the window's name."""
        if self.finding.case:
            return self.finding.case.case_no
        return self.window.name if self.window else ""

    @property
    def camera_name(self) -> str:
        """The camera that saw it."""
        return self.camera.name if self.camera else ""

    @property
    def extract(self) -> Evidence | None:
        """The approval case as it was sealed."""
        return self._latest(EXTRACT)

    def name(self, user_id: UserId | None) -> str:
        """Name a person; one who is not in the register by the start of his id."""
        known = (person.name for person in self.people if person.id == user_id)
        return next(known, user_id[:8] if user_id else "")

    @property
    def verifiers(self) -> tuple[UserCard, ...]:
        """Who can be given it to verify."""
        able = (p for p in self.people if VERIFIERS.intersection(p.roles))
        return tuple(p for p in able if p.id != self.finding.raised_by)

    def _by_role(self, role: str) -> list[Evidence]:
        return [item for item in self.evidence if item.role == role and item.masked_of is None]

    def _latest(self, role: str) -> Evidence | None:
        return max(self._by_role(role), key=lambda item: item.id, default=None)


def _rostered(reading: Reading, window_id: WindowId, moment: datetime) -> tuple[str, ...]:
    entries = reading.find(RosterEntry, window_id=window_id)
    at = moment.astimezone(HALL_TIME)
    return on_roster(entries, at.date(), at.time())


def read_pack(
    reading: Reading, finding_id: FindingId, *, calendar: WorkingCalendar, now: datetime
) -> Pack:
    """Gather it.

    Raises:
        NotFound: the finding is not in this case file.
    """
    finding = reading.get(Finding, finding_id)
    hall = reading.get(Hall, finding.hall_id)
    window_id, camera_id = finding.window_id, finding.camera_id
    start, end = finding.started_at, finding.ended_at or max(now, finding.started_at)
    registered = read_duties(reading, hall.id, start, end)
    return Pack(
        finding=finding,
        window=reading.get(Window, window_id) if window_id else None,
        unit=reading.get(Unit, finding.unit_id),
        hall=hall,
        organ=reading.get(Organ, hall.organ_id),
        camera=reading.get(Camera, camera_id) if camera_id else None,
        evidence=evidence_of(reading, finding),
        verifications=reading.find(Verification, finding_id=finding_id),
        people=reading.find(UserCard),
        was_open=hours_of(hall, calendar).is_open(start),
        duties=registered.of(window_id) if window_id else Duties(),
        waiting=most_waiting(reading, hall.id, window_id, start, end) if window_id else None,
        rostered=_rostered(reading, window_id, start) if window_id else (),
    )


@dataclass(frozen=True, slots=True)
class Integrity:
    """How many items are intact, not here yet, and damaged."""

    intact: int
    missing: int
    damaged: int


def check_items(vault: Sealed, evidence: Iterable[Evidence]) -> Integrity:
    """Read every item back and compare its digest; slow, not for the GUI thread."""
    found = [_trouble_of(vault, item) for item in evidence]
    missing = found.count(FootageTrouble.MISSING_FILE)
    intact = found.count(None)
    return Integrity(intact, missing, len(found) - intact - missing)


def _trouble_of(vault: Sealed, item: Evidence) -> FootageTrouble | None:
    try:
        vault.get(item.sha256)
    except FootageError as error:
        return error.trouble
    return None
