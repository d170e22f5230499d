"""A second start raises the first window."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.system.single_instance import SingleInstance


@pytest.fixture
def first(qtbot: QtBot, tmp_path: Path):
    instance = SingleInstance(tmp_path)
    assert instance.claim()
    yield instance
    instance.release()


def test_a_second_start_hands_its_wish_to_the_first(
    qtbot: QtBot, first: SingleInstance, tmp_path: Path
) -> None:
    second = SingleInstance(tmp_path)

    with qtbot.waitSignal(first.wished, timeout=5000) as wish:
        claimed = second.claim("hallwatch://card/0198-某")

    assert not claimed
    assert wish.args == ["hallwatch://card/0198-某"]


def test_a_second_start_without_a_wish_raises_the_window(
    qtbot: QtBot, first: SingleInstance, tmp_path: Path
) -> None:
    with qtbot.waitSignal(first.wished, timeout=5000) as wish:
        claimed = SingleInstance(tmp_path).claim()

    assert not claimed
    assert wish.args == [""]


def test_another_profile_is_another_window(first: SingleInstance, tmp_path: Path) -> None:
    other = SingleInstance(tmp_path / "other")

    assert other.claim()

    other.release()


def test_after_the_first_ends_the_next_may_claim(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    first.claim()
    first.release()

    second = SingleInstance(tmp_path)

    assert second.claim()
    second.release()
