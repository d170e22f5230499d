"""Founding an office of one's own: its organ, its hall and its first people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import Enum

from desktop.domain.identifiers import HallId, OrganId, new_id
from desktop.domain.organisation import REGION, Hall, HallRules, Organ, OrganType, Session
from desktop.domain.roles import Role
from desktop.usecases.organisation import HallPlan

SHORTEST_PASSWORD = 8  # as the server demands
_FEWEST_CHARACTERS = 3  # different ones
_RESERVED = "admin"  # the embedded server's own first account
_HOURS = (Session(time(9), time(12)), Session(time(13), time(17)))


class Fault(Enum):
    """What is wrong with one answer."""

    EMPTY = "empty"
    WEAK = "weak"
    RESERVED = "reserved"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who gets an account."""

    username: str
    name: str
    password: str = field(repr=False)
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Bureau:
    """The hall and the organ in whose name its papers go out."""

    hall: str
    organ: str
    short_name: str
    organ_type: OrganType
    doc_code: str
    phone: str


@dataclass(frozen=True, slots=True)
class Founding:
    """Everything that a new office begins with."""

    bureau: Bureau
    people: tuple[Newcomer, ...]


# Section 13: who runs the system decides nothing, and whoever verified first never verifies again.
FIRST_ROLES: tuple[tuple[Role, ...], ...] = (
    (Role.SYS_ADMIN, Role.DATA_MGR),
    (Role.SUPERVISOR, Role.VIDEO_SUP, Role.INSPECTOR),
    (Role.SECTION_HEAD,),
)


def bureau_faults(bureau: Bureau) -> Mapping[str, Fault]:
    """Tell which answers about hall and organ are missing, by field."""
    names = ("hall", "organ", "short_name", "doc_code", "phone")
    return {name: Fault.EMPTY for name in names if not getattr(bureau, name)}


def newcomer_faults(newcomer: Newcomer, taken: frozenset[str] = frozenset()) -> Mapping[str, Fault]:
    """Tell what is wrong with an account that is to be made, by field.

    Args:
        taken: sign-in names that somebody else has, in lower case.
    """
    return dict(_newcomer_faults(newcomer, taken))


def is_weak(password: str, username: str) -> bool:
    """Tell whether a password is too easily guessed: short, of two characters, or the name."""
    return (
        len(password) < SHORTEST_PASSWORD
        or len(set(password)) < _FEWEST_CHARACTERS
        or password.casefold() == username.casefold()
    )


def founding_plan(founding: Founding) -> HallPlan:
    """Make the records of a new office: an organ and a hall of the usual hours and rules."""
    bureau = founding.bureau
    supervisor = next(p for p in founding.people if Role.SUPERVISOR in p.roles)
    organ = Organ(
        OrganId(new_id()),
        REGION,
        bureau.organ,
        bureau.short_name,
        bureau.organ_type,
        bureau.doc_code,
        contact=supervisor.name,
        phone=bureau.phone,
        appeal_office=bureau.organ,
    )
    hall = Hall(HallId(new_id()), REGION, bureau.hall, organ.id, _HOURS, HallRules())
    return HallPlan(organ, (), (), hall, (), ())


def _newcomer_faults(newcomer: Newcomer, taken: frozenset[str]) -> Iterator[tuple[str, Fault]]:
    for name in ("username", "name", "password"):
        if not getattr(newcomer, name):
            yield name, Fault.EMPTY
    username = newcomer.username.casefold()
    if username == _RESERVED:
        yield "username", Fault.RESERVED
    if username in taken:
        yield "username", Fault.TWICE
    if newcomer.password and is_weak(newcomer.password, newcomer.username):
        yield "password", Fault.WEAK
