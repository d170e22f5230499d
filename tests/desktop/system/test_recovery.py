import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.system.errors import SecretsError, SecretsTrouble
from desktop.system.recovery import master_key, recovery_code
from desktop.system.secrets import MemorySecrets, SecretName


def code_of(master: bytes) -> str:
    secrets = MemorySecrets()
    secrets.save(SecretName.MASTER_KEY.value, master)
    return recovery_code(secrets)


@given(st.binary(min_size=32, max_size=32))
def test_a_code_gives_its_key_back_however_it_was_written_down(master: bytes) -> None:
    code = code_of(master)
    assert len(code.split("-")) == 14
    careless = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert master_key(code) == master_key(careless) == master


@given(st.binary(min_size=32, max_size=32), st.integers(0, 55), st.sampled_from("0123456789ABCDEF"))
def test_one_wrong_character_is_noticed(master: bytes, at: int, wrong: str) -> None:
    letters = code_of(master).replace("-", "")
    spoiled = letters[:at] + wrong + letters[at + 1 :]
    if spoiled == letters:
        return
    with pytest.raises(SecretsError) as refusal:
        master_key(spoiled)
    assert refusal.value.trouble is SecretsTrouble.BAD_CODE


@pytest.mark.parametrize("nothing", ["", "ABCD", "你好", "U" * 56, code_of(bytes(32))[:-1]])
def test_what_is_no_code_is_refused(nothing: str) -> None:
    with pytest.raises(SecretsError) as refusal:
        master_key(nothing)
    assert refusal.value.trouble is SecretsTrouble.BAD_CODE


def test_without_a_key_there_is_no_code() -> None:
    with pytest.raises(SecretsError):
        recovery_code(MemorySecrets())
