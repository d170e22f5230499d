"""Brings an office into being: founds one on this machine, or joins that of a server."""

from contextlib import closing
from dataclasses import dataclass, field

from desktop.assembly.program import Program
from desktop.assembly.tokens import KeptToken, device_of
from desktop.bridges.envelopes import line_of
from desktop.domain.organisation import REGION, Hall
from desktop.domain.roles import Role
from desktop.settings import Settings
from desktop.system.secrets import SecretName, Secrets
from desktop.usecases.founding import Founding, founding_plan
from desktop.usecases.organisation import set_up_hall
from sync.client.session import Session
from sync.errors import SyncError, SyncTrouble

_ADMIN = "admin"  # the embedded server's first account, whose password nobody needs to know


@dataclass(frozen=True, slots=True)
class Joining:
    """A server and who signs in with it."""

    url: str
    username: str
    password: str = field(repr=False)


def is_vacant(program: Program) -> bool:
    """Tell whether nobody can sign in here: an own server, on which nobody ever did."""
    return not program.settings.server_url and not program.door.known().result()


def found_office(program: Program, founding: Founding) -> Hall:
    """Give the first people accounts, keep the hall, and leave who keeps its data at the desk.

    Raises:
        SyncError: UNREACHABLE when the embedded server is not there; WRONG_CREDENTIALS when an
            earlier try took another password.
    """
    if program.server_trouble is not None:
        raise SyncError(SyncTrouble.UNREACHABLE, "embedded", retryable=True)
    plan = founding_plan(founding)
    secret = program.secrets.load(SecretName.SERVER_ADMIN.value) or b""
    program.session.sign_in(_ADMIN, secret.decode())
    for newcomer in founding.people:
        program.door.add_person(newcomer, (REGION, plan.hall.id)).result()
    keeper = next(p for p in founding.people if Role.DATA_MGR in p.roles)
    actor = program.door.sign_in(keeper.username, keeper.password).result()
    hall = program.desk.act(actor, lambda work: set_up_hall(work, plan)).result()
    program.sync.round_now().result()
    return hall


def knock(settings: Settings, secrets: Secrets, joining: Joining) -> None:
    """Sign in with a server before anything is made on this machine.

    Raises:
        SyncError: UNREACHABLE, UNTRUSTED, WRONG_CREDENTIALS, DEVICE_REVOKED, TOO_OLD.
    """
    line = line_of(settings)
    session = Session(joining.url, device_of(secrets), KeptToken(secrets), settings=line)
    with closing(session):
        session.sign_in(joining.username, joining.password)
