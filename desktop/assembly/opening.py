"""Opens a profile: the user's own, or the demonstration's; blocks for seconds."""

import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop.assembly.demonstration import (
    Stagehand,
    drawn_plan,
    existing_hall,
    set_up_demonstration,
)
from desktop.assembly.founding import Joining, found_office, knock
from desktop.assembly.program import Program
from desktop.assembly.sample_cases import add_sample_cases
from desktop.assembly.sample_queue import add_sample_queue
from desktop.assembly.stages import Stage
from desktop.domain.organisation import Camera
from desktop.domain.roles import Role
from desktop.paths import Paths
from desktop.settings import Settings, save_settings
from desktop.system.keyrings import safe_keyring
from desktop.system.pin import PinSecrets
from desktop.system.recovery import master_key
from desktop.system.secrets import MemorySecrets, PinPrompt, SecretName, Secrets, open_secrets
from desktop.usecases.founding import Founding
from desktop.workers.sync_thread import SyncPhase, SyncStatus

Tell = Callable[[Stage], None]


def open_profile(paths: Paths, settings: Settings, ask_pin: PinPrompt, tell: Tell) -> Program:
    """Open the user's own profile and watch the hall that it holds, if any.

    Raises:
        SecretsError, StorageError, FootageError, DocumentError: as Program does.
    """
    secrets = open_secrets(paths.secrets, str(paths.home), ask_pin)
    program = Program(paths, settings, secrets, tell=tell)
    watch_once_told(program)
    return program


def open_founded(
    paths: Paths, settings: Settings, founding: Founding, ask_pin: PinPrompt, tell: Tell
) -> Program:
    """Open a new profile and found an office in it; its keeper is at the desk then.

    Raises:
        SecretsError, StorageError, FootageError, DocumentError: as Program does.
        SyncError: the office was not founded; trying again goes on.
    """
    secrets = open_secrets(paths.secrets, str(paths.home), ask_pin)
    program = Program(paths, settings, secrets, tell=tell)
    try:
        tell(Stage.FOUNDING)
        found_office(program, founding)
    except BaseException:
        program.close()
        raise
    return program


def open_joined(
    paths: Paths, settings: Settings, joining: Joining, ask_pin: PinPrompt, tell: Tell
) -> Program:
    """Open a new profile that belongs to a server, with its first person at the desk.

    The server is asked first: where it says no, or is not there, no case file is made.

    Raises:
        SettingsError: BAD_ADDRESS.
        SyncError: the server refused or was not reached.
        SecretsError, StorageError, FootageError, DocumentError: as Program does.
    """
    joined = settings.with_values(server_url=joining.url)
    tell(Stage.KEYS)
    secrets = open_secrets(paths.secrets, str(paths.home), ask_pin)
    tell(Stage.JOINING)
    knock(joined, secrets, joining)
    save_settings(paths.settings, joined)
    program = Program(paths, joined, secrets, tell=tell)
    try:
        program.door.sign_in(joining.username, joining.password).result()
        watch_once_told(program)
        program.sync.round_now()
    except BaseException:
        program.close()
        raise
    return program


def restore(paths: Paths, code: str, ask_pin: PinPrompt) -> None:
    """Keep the key that a recovery code stands for, where the profile keeps its secrets.

    A sealed file gives way to one with a new PIN; the old one stays beside it.

    Raises:
        SecretsError: BAD_CODE, WEAK_PIN, or the place for secrets refused.
    """
    master = master_key(code)
    if paths.secrets.exists():
        pin = ask_pin(new=True)
        shutil.copy2(paths.secrets, paths.secrets.with_suffix(".replaced"))
        secrets: Secrets = PinSecrets.create(paths.secrets, pin)
    else:
        secrets = open_secrets(paths.secrets, str(paths.home), ask_pin)
    secrets.save(SecretName.MASTER_KEY.value, master)


def open_demonstration(paths: Paths, settings: Settings, tell: Tell) -> Program:
    """Open the demonstration hall, with its first person at the desk; never a prompt.

    Where the system has no keyring the profile lasts as long as the program: its keys are in
    memory and its folder is temporary.

    Raises:
        SyncError: the embedded server could not set the office up.
    """
    keyring = safe_keyring(str(paths.home))
    secrets: Secrets
    if keyring is None:
        lasting = tempfile.TemporaryDirectory(prefix="hallwatch-", ignore_cleanup_errors=True)
        secrets, place = MemorySecrets(), Paths(Path(lasting.name))
    else:
        lasting, secrets, place = None, keyring, paths
    program = Program(place, settings, secrets, tell=tell)
    if lasting is not None:
        program.at_the_end(lasting.cleanup)
    try:
        tell(Stage.DEMONSTRATION)
        if existing_hall(program) is None:
            hall = set_up_demonstration(program, drawn_plan())
            add_sample_cases(program, hall)
            add_sample_queue(program, hall)
        Stagehand(program).enter(Role.VIDEO_SUP)
        _watch(program)
    except BaseException:
        program.close()
        raise
    return program


def watch_once_told(program: Program) -> None:
    """Watch as soon as a round has brought the first cameras; a machine that joined has none yet.

    Whoever has cameras from the start watches at once.
    """

    def hear(status: SyncStatus) -> None:
        if status.phase is SyncPhase.RESTING and program.keeper is None:
            program.desk.run(partial(_watch, program))

    _watch(program)
    program.sync.subscribe(hear)


def _watch(program: Program) -> None:
    with program.desk.store.look() as reading:
        cameras = reading.find(Camera)
    if cameras and program.keeper is None:
        program.watch_anew([c for c in cameras if c.hall_id == cameras[0].hall_id])
