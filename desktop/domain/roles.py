"""Who may act: the roles of a supervision office, and the person acting now."""

from dataclasses import dataclass
from enum import Enum

from desktop.domain.identifiers import UserId


class Role(Enum):
    """Roles of section 13 of the domain specification; MACHINE is the device itself."""

    SYS_ADMIN = "SYS_ADMIN"
    SEC_AUDITOR = "SEC_AUDITOR"
    DATA_MGR = "DATA_MGR"
    SUPERVISOR = "SUPERVISOR"
    VIDEO_SUP = "VIDEO_SUP"
    INSPECTOR = "INSPECTOR"
    LEGAL_CHECK = "LEGAL_CHECK"
    SECTION_HEAD = "SECTION_HEAD"
    DEPUTY_HEAD = "DEPUTY_HEAD"
    HEAD = "HEAD"
    SEAL_CLERK = "SEAL_CLERK"
    COMPLAINT_CLERK = "COMPLAINT_CLERK"
    APPEAL_REVIEWER = "APPEAL_REVIEWER"
    UNIT_LIAISON = "UNIT_LIAISON"
    LEADER_READ = "LEADER_READ"
    MACHINE = "MACHINE"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (or the device, with role MACHINE) in whose name something is done."""

    user_id: UserId
    name: str
    roles: frozenset[Role]
    device_id: str

    def has(self, *roles: Role) -> bool:
        """Tell whether one of the roles is held."""
        return bool(self.roles.intersection(roles))


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody the server knows: id, sign-in name, name and roles."""

    user_id: UserId
    username: str
    name: str
    roles: frozenset[Role]

    def actor(self, device_id: str) -> Actor:
        """Give the person as one who acts on this device."""
        return Actor(self.user_id, self.name, self.roles, device_id)


def machine(device_id: str) -> Actor:
    """Give the actor that stands for the device: it proposes, it never decides."""
    return Actor(UserId(device_id), "", frozenset({Role.MACHINE}), device_id)
