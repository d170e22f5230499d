"""A file that only its PIN opens."""

import json
from pathlib import Path

import pytest

from desktop.system.errors import SecretsError, SecretsTrouble
from desktop.system.pin import PinCost, PinSecrets

PIN = "浙江-2026-效能"
CHEAP = PinCost(passes=1, memory_kib=64, lanes=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys.sealed"


def refusal_at_opening(file: Path, pin: str = PIN) -> SecretsTrouble:
    with pytest.raises(SecretsError) as refusal:
        PinSecrets.open(file, pin)
    return refusal.value.trouble


def test_the_pin_opens_what_it_sealed(file: Path) -> None:
    PinSecrets.create(file, PIN, CHEAP).save("master-key", b"\x00\xff" * 16)

    reopened = PinSecrets.open(file, PIN)

    assert reopened.load("master-key") == b"\x00\xff" * 16
    assert reopened.load("never kept") is None


def test_another_pin_is_refused_and_may_be_tried_again(file: Path) -> None:
    PinSecrets.create(file, PIN, CHEAP).save("master-key", b"k" * 32)

    with pytest.raises(SecretsError) as refusal:
        PinSecrets.open(file, "another pin")

    assert refusal.value.trouble is SecretsTrouble.WRONG_PIN
    assert refusal.value.retryable


def test_the_file_shows_nothing(file: Path) -> None:
    PinSecrets.create(file, PIN, CHEAP).save("refresh-token", b"planted-secret")

    text = file.read_bytes()

    assert b"planted" not in text
    assert b"refresh-token" not in text
    assert b"planted-secret".hex().encode() not in text


@pytest.mark.parametrize("pin", ["", "1234567", "11111111", "12121212"])
def test_a_weak_pin_is_refused(file: Path, pin: str) -> None:
    with pytest.raises(SecretsError) as refusal:
        PinSecrets.create(file, pin, CHEAP)

    assert refusal.value.trouble is SecretsTrouble.WEAK_PIN
    assert not file.exists()


def test_a_forgotten_secret_is_gone_after_reopening(file: Path) -> None:
    secrets = PinSecrets.create(file, PIN, CHEAP)
    secrets.save("refresh-token", b"t")

    secrets.forget("refresh-token")
    secrets.forget("refresh-token")

    assert PinSecrets.open(file, PIN).load("refresh-token") is None


def test_a_changed_pin_opens_the_same_secrets(file: Path) -> None:
    secrets = PinSecrets.create(file, PIN, CHEAP)
    secrets.save("master-key", b"k" * 32)

    secrets.change_pin("a second pin", CHEAP)

    assert PinSecrets.open(file, "a second pin").load("master-key") == b"k" * 32
    assert refusal_at_opening(file) is SecretsTrouble.WRONG_PIN


def test_nobody_can_make_guessing_cheaper(file: Path) -> None:
    PinSecrets.create(file, PIN, PinCost(passes=2, memory_kib=64, lanes=1))
    text = json.loads(file.read_text())

    file.write_text(json.dumps({**text, "passes": 1}))

    assert refusal_at_opening(file) is SecretsTrouble.WRONG_PIN


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="nothing"),
        pytest.param("{", id="half of it"),
        pytest.param("[]", id="no table"),
        pytest.param("{}", id="no fields"),
        pytest.param("\u4e2d", id="not our letters"),
    ],
)
def test_a_damaged_file_is_named(file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")

    assert refusal_at_opening(file) is SecretsTrouble.DAMAGED


def test_a_cost_that_would_exhaust_the_machine_is_refused(file: Path) -> None:
    PinSecrets.create(file, PIN, CHEAP)
    text = json.loads(file.read_text())

    file.write_text(json.dumps({**text, "memory_kib": 2**40}))

    assert refusal_at_opening(file) is SecretsTrouble.DAMAGED


def test_a_refused_write_leaves_the_old_secrets(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    secrets = PinSecrets.create(folder / "keys.sealed", PIN, CHEAP)
    secrets.save("master-key", b"old")
    (folder / "keys.sealed").unlink()
    folder.rmdir()
    folder.write_bytes(b"a file where the folder was")

    with pytest.raises(SecretsError) as refusal:
        secrets.save("master-key", b"new")

    assert refusal.value.trouble is SecretsTrouble.NOT_WRITABLE
    assert secrets.load("master-key") == b"old"
