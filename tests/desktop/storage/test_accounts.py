"""Signing in without the server: ten tries, then a wait that grows and lets nothing through."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.errors import WrongPassword
from desktop.domain.identifiers import UserId
from desktop.domain.roles import Account, Role
from desktop.storage.accounts import remember, sign_in_offline
from desktop.storage.store import Store
from tests.support.profiles import DAY, SetClock, open_store

LIN = Account(UserId("u-lin"), "linmin", "林敏", frozenset({Role.INSPECTOR}))
PASSWORD = "correct horse battery"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path, SetClock()) as store:
        with store.write() as connection:
            remember(connection, LIN, PASSWORD, DAY)
        yield store


def tried(store: Store, password: str, after_s: float = 0.0) -> Account | WrongPassword:
    at = DAY + timedelta(seconds=after_s)
    with store.write() as connection:
        return sign_in_offline(connection, "linmin", password, at)


def test_ten_tries_then_a_wait_that_doubles(store: Store) -> None:
    waits = []
    at = 0.0
    for _ in range(13):
        refused = tried(store, "wrong", at)
        assert isinstance(refused, WrongPassword)
        waits.append(refused.wait_s)
        at += refused.wait_s
    assert waits == [0.0] * 9 + [15.0, 30.0, 60.0, 120.0]


def test_while_it_waits_even_the_right_password_is_not_tried(store: Store) -> None:
    for _ in range(10):
        tried(store, "wrong")
    with pytest.raises(WrongPassword) as refused:
        tried(store, PASSWORD, 5.0)
    assert refused.value.wait_s == 10.0
    assert tried(store, PASSWORD, 15.0) == LIN
    assert tried(store, "wrong", 16.0).fields == (0.0,)  # type: ignore[union-attr]
