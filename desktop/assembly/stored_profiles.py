"""The mapping profiles of this machine's case file, for a command that opens nothing else."""

from collections.abc import Callable, Mapping

from desktop import assets
from desktop.assembly.mappings import own_profiles
from desktop.assembly.tokens import device_of
from desktop.bridges.envelopes import Envelopes
from desktop.domain.entities import Book
from desktop.domain.organisation import Hall
from desktop.exchange.profiles import Profile
from desktop.paths import Paths
from desktop.storage.store import FILE_NAME, Store
from desktop.system.keys import open_keys
from desktop.system.secrets import Secrets
from desktop.usecases.ports import Clock
from sync.outbox.recorder import Recorder


def stored_profiles(
    paths: Paths, open_secrets: Callable[[], Secrets], clock: Clock
) -> Mapping[str, Profile]:
    """Give the profiles that the halls of this machine's case file have saved, by name.

    Args:
        open_secrets: asked only where there is a case file.

    Raises:
        SecretsError: its key cannot be had.
        StorageError: it cannot be had, as while the program is open.
    """
    if not (paths.store / FILE_NAME).exists():
        return {}
    secrets, book = open_secrets(), Book(assets.entity_files())
    keys = open_keys(secrets, store_exists=True)
    outbox = Envelopes(Recorder(device_of(secrets), clock.now), book)
    store = Store(
        paths.store, keys.store, book=book, outbox=outbox, clock=clock, backups=paths.backups
    )
    with store, store.look() as reading:
        halls = reading.find(Hall)
        return {name: p for hall in halls for name, p in own_profiles(reading, hall.id).items()}
