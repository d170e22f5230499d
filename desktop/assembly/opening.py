"""Opens a profile: the user's own, or the demonstration's; blocks for seconds."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from desktop.assembly.demonstration import (
    Stagehand,
    cameras_of,
    drawn_plan,
    existing_hall,
    set_up_demonstration,
)
from desktop.assembly.program import Program, Stage
from desktop.bridges.footage import Footage
from desktop.domain.roles import Role
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.system.keyrings import safe_keyring
from desktop.system.secrets import MemorySecrets, PinPrompt, Secrets, open_secrets

ROUNDS = 60  # of a script of four minutes: the demonstration plays for four hours

Tell = Callable[[Stage], None]


def open_profile(paths: Paths, settings: Settings, ask_pin: PinPrompt, tell: Tell) -> Program:
    """Open the user's own profile and watch the hall that it holds, if any.

    Raises:
        SecretsError, StorageError, FootageError, DocumentError: as Program does.
    """
    secrets = open_secrets(paths.secrets, str(paths.home), ask_pin)
    program = Program(paths, settings, secrets, tell=tell)
    _watch(program)
    return program


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
            set_up_demonstration(program, drawn_plan())
        Stagehand(program).enter(Role.VIDEO_SUP)
        _watch(program)
    except BaseException:
        program.close()
        raise
    return program


def _watch(program: Program) -> None:
    hall = existing_hall(program)
    cameras = cameras_of(program, hall) if hall else ()
    if hall and cameras:
        program.watch(hall, cameras, Footage(program.clock.now(), rounds=ROUNDS))
