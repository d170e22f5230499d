"""Founding and joining for real: a store on disk, the embedded server beside it."""

from pathlib import Path

import pytest

from desktop.assembly.demonstration import existing_hall
from desktop.assembly.founding import Joining, found_office, is_vacant, knock
from desktop.assembly.program import Program
from desktop.domain.evidence import AuditRow
from desktop.domain.organisation import OrganType
from desktop.domain.roles import Role
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.system.secrets import MemorySecrets
from desktop.usecases.founding import FIRST_ROLES, Bureau, Founding, Newcomer
from sync.errors import SyncError, SyncTrouble

FOUNDING = Founding(
    Bureau("大厅", "效能办", "效能", OrganType.EFFICIENCY_OFFICE, "效监", "0000"),
    tuple(
        Newcomer(name, name, f"Maple-{name}-2291", roles)
        for name, roles in zip(("lili", "zhao", "wang"), FIRST_ROLES, strict=True)
    ),
)


def test_an_office_is_founded_and_another_computer_joins_it(tmp_path: Path) -> None:
    with Program(Paths(tmp_path / "own"), Settings(), MemorySecrets()) as program:
        assert is_vacant(program)
        found_office(program, FOUNDING)
        assert not is_vacant(program)
        keeper = program.door.actor
        assert keeper is not None
        assert keeper.has(Role.DATA_MGR)
        hall = existing_hall(program)
        assert hall is not None
        assert hall.name == "大厅"
        rows = program.desk.look(lambda reading: reading.find(AuditRow)).result()
        assert "hall.set_up" in {row.action for row in rows}
        _everybody_signs_in(program)
        _joining_asks_first(program.session.url)


def _everybody_signs_in(program: Program) -> None:
    for person in FOUNDING.people:
        actor = program.door.sign_in(person.username, person.password).result()
        assert actor.roles == frozenset(person.roles)


def _joining_asks_first(url: str) -> None:
    settings, secrets = Settings(server_url=url), MemorySecrets()
    with pytest.raises(SyncError) as refusal:
        knock(settings, secrets, Joining(url, "zhao", "Maple-wrong"))
    assert refusal.value.trouble is SyncTrouble.WRONG_CREDENTIALS
    knock(settings, secrets, Joining(url, "zhao", "Maple-zhao-2291"))
