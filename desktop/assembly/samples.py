"""The demonstration beside the user's own profile: whether it is there, and taking it away."""

import shutil

from desktop.paths import Paths
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.storage.lock import StoreLock
from desktop.storage.store import LOCK_NAME
from desktop.system.keyrings import safe_keyring
from desktop.system.secrets import SecretName


class SampleProfile:
    """Everything of the demonstration lies in a folder of its own, apart from all real data."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths.demonstration

    def exists(self) -> bool:
        """Tell whether a demonstration was kept on this machine."""
        return self._paths.home.is_dir()

    def remove(self) -> None:
        """Delete its case file, evidence, server and keys; blocks.

        Raises:
            StorageError: IN_USE while its window is open; NOT_WRITABLE.
        """
        if self._paths.store.is_dir():
            StoreLock(self._paths.store / LOCK_NAME).release()
        try:
            shutil.rmtree(self._paths.home)
        except OSError as error:
            raise StorageError(StorageTrouble.NOT_WRITABLE, self._paths.home.name) from error
        keyring = safe_keyring(str(self._paths.home))
        if keyring is not None:
            for name in SecretName:
                keyring.forget(name.value)
