"""A profile that a hall has saved is found by its name from the command line."""

from pathlib import Path

import pytest

from desktop import assets
from desktop.assembly.stored_profiles import stored_profiles
from desktop.assembly.tokens import device_of
from desktop.bridges.envelopes import Envelopes
from desktop.domain.entities import Book
from desktop.domain.roles import Role
from desktop.exchange.profile_file import named, write_profile
from desktop.exchange.profiles import read_profiles
from desktop.paths import standard_paths
from desktop.storage.store import Store
from desktop.system.keys import open_keys
from desktop.system.secrets import MemorySecrets, Secrets
from desktop.usecases.mapping_profiles import save_profile
from desktop.usecases.organisation import set_up_hall
from sync.outbox.recorder import Recorder
from tests.support.profiles import SetClock, hall_plan, person


def test_a_saved_profile_is_known_by_its_name(tmp_path: Path) -> None:
    paths, clock, secrets = (
        standard_paths({"HALLWATCH_HOME": str(tmp_path)}),
        SetClock(),
        MemorySecrets(),
    )
    standard = read_profiles(assets.mapping_files())["standard"]
    plan, manager = hall_plan(), person(Role.DATA_MGR)
    book = Book(assets.entity_files())
    keys = open_keys(secrets, store_exists=False)
    outbox = Envelopes(Recorder(device_of(secrets), clock.now), book)
    store = Store(
        paths.store, keys.store, book=book, outbox=outbox, clock=clock, backups=paths.backups
    )
    with store, store.act(manager) as work:
        set_up_hall(work, plan)
        content = write_profile(named(standard, "分厅"))
        save_profile(work, plan.hall.id, "分厅", content, shipped=frozenset(), clock=clock)
    found = stored_profiles(paths, lambda: secrets, clock)
    assert {name: profile.case for name, profile in found.items()} == {"分厅": standard.case}


def test_without_a_case_file_no_secret_is_asked_for(tmp_path: Path) -> None:
    def refuse() -> Secrets:
        pytest.fail("asked for secrets")

    paths = standard_paths({"HALLWATCH_HOME": str(tmp_path)})
    assert stored_profiles(paths, refuse, SetClock()) == {}
