"""Secrets go to a keyring that we know, or to a sealed file; never in the clear."""

from pathlib import Path

import keyring.errors
import pytest

from desktop.system.errors import SecretsError, SecretsTrouble
from desktop.system.keyrings import ALLOWED, KeyringSecrets, safe_keyring
from desktop.system.keys import open_keys
from desktop.system.pin import PinCost, PinSecrets
from desktop.system.secrets import MemorySecrets, SecretName, Secrets, open_secrets


class ShelfKeyring:
    """A keyring that works."""

    priority = 5
    shelf: dict[tuple[str, str], str]

    def __init__(self) -> None:
        self.shelf = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.shelf.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.shelf[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.shelf:
            raise keyring.errors.PasswordDeleteError
        del self.shelf[service, username]


class LockedKeyring(ShelfKeyring):
    """A keyring whose owner says no."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.KeyringLocked

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked


class AbsentKeyring(ShelfKeyring):
    """A keyring that this machine has not got."""

    @property
    def priority(self) -> float:  # type: ignore[override]
        raise RuntimeError


class ForgetfulKeyring(ShelfKeyring):
    """A keyring that keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        return


@pytest.mark.parametrize("make", [MemorySecrets, lambda: KeyringSecrets(ShelfKeyring(), "test")])
def test_every_place_keeps_replaces_and_forgets(make) -> None:
    secrets: Secrets = make()

    secrets.save("a", b"\x00one")
    secrets.save("a", b"\xfftwo")
    secrets.save("b", b"other")
    secrets.forget("b")
    secrets.forget("b")

    assert secrets.load("a") == b"\xfftwo"
    assert secrets.load("b") is None


def test_two_profiles_share_a_keyring_without_meeting() -> None:
    ring = ShelfKeyring()

    KeyringSecrets(ring, "first").save("master-key", b"1")
    KeyringSecrets(ring, "second").save("master-key", b"2")

    assert KeyringSecrets(ring, "first").load("master-key") == b"1"


def test_a_locked_keyring_is_a_refusal_that_waiting_may_mend() -> None:
    with pytest.raises(SecretsError) as refusal:
        KeyringSecrets(LockedKeyring(), "test").load("master-key")

    assert refusal.value.trouble is SecretsTrouble.KEYRING_REFUSED
    assert refusal.value.retryable


@pytest.mark.parametrize("name", ["LockedKeyring", "ForgetfulKeyring", "Missing"])
def test_a_keyring_that_does_not_keep_is_passed_over(name: str) -> None:
    chosen = safe_keyring("test", [(__name__, name), (__name__, "ShelfKeyring")])

    assert repr(chosen) == "KeyringSecrets(ShelfKeyring)"


def test_without_any_keyring_there_is_none() -> None:
    assert safe_keyring("test", [("no.such.module", "Keyring")]) is None


def test_the_allow_list_names_the_systems_own_keyrings_only() -> None:
    modules = {module for module, _name in ALLOWED}

    assert modules == {
        "keyring.backends.Windows",
        "keyring.backends.macOS",
        "keyring.backends.SecretService",
        "keyring.backends.kwallet",
    }


def test_a_sealed_file_that_exists_wins_over_every_keyring(tmp_path: Path) -> None:
    file = tmp_path / "keys.sealed"
    PinSecrets.create(file, "a good pin", PinCost(1, 64, 1)).save("master-key", b"in the file")

    secrets = open_secrets(file, "test", lambda *, new: "" if new else "a good pin")

    assert secrets.load("master-key") == b"in the file"


def test_a_new_profile_gets_a_key_and_keeps_it() -> None:
    secrets = MemorySecrets()

    first = open_keys(secrets, store_exists=False)
    again = open_keys(secrets, store_exists=True)

    assert first == again
    assert first.store != first.vault
    assert len(first.store) == len(first.vault) == 32


def test_the_keys_are_never_shown() -> None:
    keys = open_keys(MemorySecrets(), store_exists=False)

    assert repr(keys) == "Keys()"


def test_a_store_without_its_key_gets_no_new_one() -> None:
    secrets = MemorySecrets()

    with pytest.raises(SecretsError) as refusal:
        open_keys(secrets, store_exists=True)

    assert refusal.value.trouble is SecretsTrouble.KEY_MISSING
    assert secrets.load(SecretName.MASTER_KEY.value) is None
