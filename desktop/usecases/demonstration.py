"""The fictitious hall of the demonstration, made of its data file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, cast

from desktop.domain.identifiers import (
    BasisId,
    CameraId,
    HallId,
    OrganId,
    UnitId,
    WindowId,
    new_id,
)
from desktop.domain.organisation import (
    REGION,
    BasisPurpose,
    Camera,
    CameraKind,
    Corners,
    Hall,
    HallRules,
    LegalBasis,
    Organ,
    OrganType,
    Session,
    Unit,
    Window,
    Zone,
)
from desktop.domain.roles import Role
from desktop.usecases.organisation import HallPlan
from desktop.usecases.ports import UnitOfWork

Rows = Sequence[Mapping[str, Any]]  # Any: values of a parsed file


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a window's clerk and customer are on a camera's picture."""

    seat: Corners
    customer: Corners = ()


@dataclass(frozen=True, slots=True)
class Eye:
    """One camera: its name, kind and address, and the seats it sees by their own names."""

    key: str
    name: str
    kind: CameraKind
    address: str
    seats: Mapping[str, Seat]


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody of the demonstration's office."""

    username: str
    name: str
    roles: tuple[Role, ...]


def players(content: Mapping[str, object]) -> tuple[Player, ...]:
    """Give the people of the office, in the order in which a card needs them."""
    return tuple(
        Player(row["username"], row["name"], tuple(Role(role) for role in row["roles"]))
        for row in _rows(content, "person")
    )


def demonstration_plan(content: Mapping[str, object], eyes: Sequence[Eye]) -> HallPlan:
    """Make the hall with its own windows, as seen by these cameras."""
    units = {row["key"]: _unit(row) for row in _rows(content, "unit")}
    organ, hall = _organ(content), HallId(new_id())
    rows = _rows(content, "window")
    windows = tuple(_window(hall, row, units[row["unit"]].id) for row in rows)
    placed = [(w, r["camera"], r["seat"]) for w, r in zip(windows, rows, strict=True)]
    return HallPlan(
        organ,
        tuple(_basis(row) for row in _rows(content, "basis")),
        tuple(units.values()),
        _hall(content, hall, organ.id),
        windows,
        tuple(_camera(hall, eye, placed) for eye in eyes),
    )


def clip_plan(content: Mapping[str, object], eye: Eye) -> HallPlan:
    """Make a hall whose windows are the seats of one recording, numbered by their names."""
    units = tuple(_unit(row) for row in _rows(content, "unit"))
    organ, hall = _organ(content), HallId(new_id())
    windows = tuple(
        Window(WindowId(new_id()), hall, name, f"{name}窗口", units[n % len(units)].id)
        for n, name in enumerate(eye.seats)
    )
    placed = [(window, eye.key, window.number) for window in windows]
    return HallPlan(
        organ,
        tuple(_basis(row) for row in _rows(content, "basis")),
        units,
        _hall(content, hall, organ.id),
        windows,
        (_camera(hall, eye, placed),),
    )


def _camera(hall: HallId, eye: Eye, placed: Sequence[tuple[Window, str, str]]) -> Camera:
    zones = tuple(
        Zone(window.id, eye.seats[seat].seat, eye.seats[seat].customer)
        for window, camera, seat in placed
        if camera == eye.key
    )
    return Camera(CameraId(new_id()), hall, eye.name, eye.kind, eye.address, zones)


def _hall(content: Mapping[str, object], hall: HallId, organ: OrganId) -> Hall:
    row = cast(Mapping[str, Any], content["hall"])
    sessions = tuple(
        Session(time.fromisoformat(span["start"]), time.fromisoformat(span["end"]))
        for span in row["sessions"]
    )
    rules = HallRules(**row["rules"])
    return Hall(
        hall, REGION, row["name"], organ, sessions, rules, row["address"], demonstration=True
    )


def _organ(content: Mapping[str, object]) -> Organ:
    row = dict(cast(Mapping[str, Any], content["organ"]))
    row["organ_type"] = OrganType(row["organ_type"])
    return Organ(id=OrganId(new_id()), region_id=REGION, **row)


def _basis(row: Mapping[str, Any]) -> LegalBasis:
    return LegalBasis(
        BasisId(new_id()),
        REGION,
        BasisPurpose(row["purpose"]),
        row["title"],
        row["article"],
        cast(date, row["valid_from"]),
    )


def _unit(row: Mapping[str, Any]) -> Unit:
    return Unit(UnitId(new_id()), REGION, row["name"], row["short_name"], row["liaison"])


def _window(hall: HallId, row: Mapping[str, Any], unit: UnitId) -> Window:
    return Window(WindowId(new_id()), hall, row["number"], row["name"], unit, clerk=row["clerk"])


def _rows(content: Mapping[str, object], name: str) -> Rows:
    return cast(Rows, content[name])


def remove_samples(work: UnitOfWork, remove: Callable[[], None]) -> None:
    """Take the demonstration away from this machine; what cannot be deleted is not written down."""
    remove()
    work.note("demonstration.remove", "profile/demonstration")
