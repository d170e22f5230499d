"""What a hall has already, and which chapters of setting it up are done."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from desktop.domain.hall_calendar import HallCalendar
from desktop.domain.organisation import (
    BasisPurpose,
    Camera,
    Hall,
    LegalBasis,
    Organ,
    Unit,
    UserCard,
    Window,
    WindowKind,
)
from desktop.domain.roles import Role
from desktop.usecases.hall_calendar import calendar_of
from desktop.usecases.ports import Reading


class Chapter(Enum):
    """One step of setting up a hall."""

    RECOVERY = "recovery"
    HALL = "hall"
    PEOPLE = "people"
    CALENDAR = "calendar"
    WINDOWS = "windows"
    CAMERAS = "cameras"
    ZONES = "zones"
    LIMITS = "limits"
    BASES = "bases"


class Progress(Enum):
    """How a chapter stands; LATER is what a person put off."""

    DONE = "done"
    OPEN = "open"
    LATER = "later"


class Duty(Enum):
    """A part of the way from a finding to a served card that needs a person of its own."""

    FIRST = "first"
    SECOND = "second"
    CHECK = "check"
    SIGN = "sign"
    SEAL = "seal"


DUTIES: Mapping[Duty, frozenset[Role]] = {
    Duty.FIRST: frozenset({Role.VIDEO_SUP, Role.SUPERVISOR}),
    Duty.SECOND: frozenset({Role.SUPERVISOR, Role.SECTION_HEAD}),
    Duty.CHECK: frozenset({Role.LEGAL_CHECK, Role.SECTION_HEAD}),
    Duty.SIGN: frozenset({Role.DEPUTY_HEAD, Role.HEAD}),
    Duty.SEAL: frozenset({Role.SEAL_CLERK}),
}


@dataclass(frozen=True, slots=True)
class HallFacts:
    """Everything that is kept of a hall and its office.

    Attributes:
        days: years and orders that the hall has taken in, None where it goes by the country's.
    """

    hall: Hall
    organ: Organ
    units: tuple[Unit, ...] = ()
    windows: tuple[Window, ...] = ()
    cameras: tuple[Camera, ...] = ()
    bases: tuple[LegalBasis, ...] = ()
    people: tuple[UserCard, ...] = ()
    days: HallCalendar | None = None

    @property
    def blind(self) -> tuple[Window, ...]:
        """Windows at which somebody should sit and that no camera's area shows."""
        seen = {zone.window_id for camera in self.cameras for zone in camera.zones}
        manned = (w for w in self.windows if w.kind is not WindowKind.SELF_SERVICE)
        return tuple(window for window in manned if window.id not in seen)

    @property
    def unmanned(self) -> tuple[Duty, ...]:
        """Duties for which nobody is there; a second verifier must be another than the first."""
        held = {duty: self._holders(duty) for duty in DUTIES}
        alone = len(held[Duty.FIRST] | held[Duty.SECOND]) < 2
        return tuple(d for d, names in held.items() if not names or (d is Duty.SECOND and alone))

    def unit_of(self, window: Window) -> str:
        """Name the unit of a window."""
        return next((u.short_name for u in self.units if u.id == window.unit_id), "")

    def has_basis(self, purpose: BasisPurpose) -> bool:
        """Tell whether an article of a purpose is kept."""
        return any(basis.purpose is purpose for basis in self.bases)

    def _holders(self, duty: Duty) -> frozenset[str]:
        return frozenset(card.id for card in self.people if DUTIES[duty].intersection(card.roles))


def read_facts(reading: Reading) -> HallFacts | None:
    """Read what is kept of the first hall, None when there is none yet."""
    halls = reading.find(Hall)
    if not halls:
        return None
    hall = halls[0]
    return HallFacts(
        hall,
        reading.get(Organ, hall.organ_id),
        reading.find(Unit),
        tuple(sorted(reading.find(Window, hall_id=hall.id), key=lambda w: w.number)),
        reading.find(Camera, hall_id=hall.id),
        reading.find(LegalBasis),
        reading.find(UserCard),
        calendar_of(reading, hall.id),
    )


def progress_of(chapter: Chapter, facts: HallFacts, *, years: frozenset[int], year: int) -> bool:
    """Tell whether a chapter leaves nothing to do; RECOVERY is not known here.

    Args:
        years: for which the days off are known.
        year: the current one.
    """
    done = {
        Chapter.PEOPLE: not facts.unmanned,
        Chapter.CALENDAR: year in years,
        Chapter.WINDOWS: bool(facts.windows),
        Chapter.CAMERAS: bool(facts.cameras),
        Chapter.ZONES: bool(facts.windows) and not facts.blind,
        Chapter.BASES: all(facts.has_basis(purpose) for purpose in BasisPurpose),
    }
    return done.get(chapter, True)
