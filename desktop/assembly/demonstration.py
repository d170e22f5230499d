"""The demonstration: a fictitious office with its people, a hall, and cameras that see it."""

import secrets as randomness
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from desktop import assets
from desktop.assembly.program import Program
from desktop.domain.organisation import REGION, Camera, CameraKind, Hall
from desktop.domain.roles import Role
from desktop.system.secrets import SecretName
from desktop.usecases.demonstration import (
    Eye,
    Player,
    Seat,
    clip_plan,
    demonstration_plan,
    players,
)
from desktop.usecases.organisation import HallPlan, set_up_hall
from video.messages import ZonePlan
from video.sources.layout import zones_of
from video.sources.script import parse_script
from video.vocabulary.truth import Truth

_ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Stagehand:
    """Plays all people of the office; none of them is real, and all share one password."""

    program: Program
    known_password: str = field(default="", repr=False)

    def password(self) -> str:
        """Give the shared password; made once for each profile."""
        if self.known_password:
            return self.known_password
        kept = self.program.secrets.load(SecretName.DEMONSTRATION.value)
        if kept is None:
            kept = randomness.token_urlsafe(16).encode()
            self.program.secrets.save(SecretName.DEMONSTRATION.value, kept)
        return kept.decode()

    def enter(self, role: Role) -> None:
        """Sign in the first person who holds a role; blocks."""
        player = next(p for p in office() if role in p.roles)
        self.program.door.sign_in(player.username, self.password()).result()


def office() -> tuple[Player, ...]:
    """Give the people of the demonstration."""
    return players(assets.demonstration())


def existing_hall(program: Program) -> Hall | None:
    """Give the hall that this profile holds already, if any."""
    halls = program.desk.look(lambda reading: reading.find(Hall)).result()
    return halls[0] if halls else None


def cameras_of(program: Program, hall: Hall) -> tuple[Camera, ...]:
    """Give the cameras of a hall."""
    return program.desk.look(lambda reading: reading.find(Camera, hall_id=hall.id)).result()


def set_up_demonstration(program: Program, plan: HallPlan) -> Hall:
    """Create the office on the embedded server and its hall in the store; blocks.

    Raises:
        SyncError: the server did not do it.
    """
    hand = Stagehand(program)
    admin = program.secrets.load(SecretName.SERVER_ADMIN.value) or b""
    program.session.sign_in(_ADMIN, admin.decode())
    for player in office():
        program.session.add_user(
            username=player.username,
            name=player.name,
            password=hand.password(),
            roles=[role.value for role in player.roles],
            scopes=[REGION, plan.hall.id],
        )
    hand.enter(Role.DATA_MGR)
    actor = program.door.actor
    assert actor is not None  # signed in just now
    hall = program.desk.act(actor, lambda work: set_up_hall(work, plan)).result()
    program.sync.round_now().result()
    return hall


def drawn_plan() -> HallPlan:
    """The hall as drawn cameras see it."""
    content = assets.demonstration()
    rows = cast("list[Mapping[str, str]]", content["camera"])
    return demonstration_plan(content, [_drawn_eye(row) for row in rows])


def recorded_plan(video: Path, truth: Truth) -> HallPlan:
    """A hall whose windows are the posts of a recording with known truth."""
    customers = {zone.serves: zone.polygon.points for zone in truth.zones if zone.serves}
    seats = {
        zone.zone_id: Seat(zone.polygon.points, customers.get(zone.zone_id, ()))
        for zone in truth.zones
        if zone.kind.is_post
    }
    eye = Eye("clip", video.stem, CameraKind.FILE, str(video.absolute()), seats)
    return clip_plan(assets.demonstration(), eye)


def _drawn_eye(row: Mapping[str, str]) -> Eye:
    zones = zones_of(parse_script(assets.hall_script(row["script"])))
    seats = {zone.window_id: _seat(zone) for zone in zones}
    return Eye(row["key"], row["name"], CameraKind.DRAWN, row["script"], seats)


def _seat(zone: ZonePlan) -> Seat:
    return Seat(zone.seat.points, zone.customer.points if zone.customer else ())
