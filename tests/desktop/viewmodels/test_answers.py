from concurrent.futures import Future, ThreadPoolExecutor
from threading import current_thread, main_thread

import pytest
from PySide6.QtCore import QObject
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from desktop.domain.errors import NotFound
from desktop.viewmodels.answers import Answers


class Reader(QObject):
    """Keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = Answers(self)
        self.told: list[object] = []
        self.refused: list[Exception] = []
        self.in_main_thread = True

    def tell(self, result: object) -> None:
        self.in_main_thread = self.in_main_thread and current_thread() is main_thread()
        self.told.append(result)

    def refuse(self, error: Exception) -> None:
        self.refused.append(error)

    def ask(self, future: "Future[object]", topic: str = "") -> None:
        self.answers.ask(future, self.tell, self.refuse, topic)


@pytest.fixture
def reader(qtbot: QtBot) -> Reader:
    return Reader()


def test_an_answer_from_another_thread_comes_back_to_the_thread_that_asked(
    qtbot: QtBot, reader: Reader
) -> None:
    with ThreadPoolExecutor(1) as desk:
        reader.ask(desk.submit(lambda: 42))
    qtbot.waitUntil(lambda: reader.told == [42])
    assert reader.in_main_thread


def test_a_refusal_is_told_apart(qtbot: QtBot, reader: Reader) -> None:
    future: Future[object] = Future()
    reader.ask(future)
    future.set_exception(NotFound("card", "1"))
    qtbot.waitUntil(lambda: bool(reader.refused))
    assert isinstance(reader.refused[0], NotFound)
    assert not reader.told


def test_an_error_of_ours_is_told_and_raised(qtbot: QtBot, reader: Reader) -> None:
    future: Future[object] = Future()
    reader.ask(future)
    with capture_exceptions() as raised:
        future.set_exception(KeyError("ours"))
        qtbot.waitUntil(lambda: bool(reader.refused))
    assert raised[0][0] is KeyError


def test_an_old_answer_does_not_replace_a_new_one(qtbot: QtBot, reader: Reader) -> None:
    old: Future[object] = Future()
    new: Future[object] = Future()
    other: Future[object] = Future()
    reader.ask(old, "list")
    reader.ask(new, "list")
    reader.ask(other)

    new.set_result("new")
    old.set_result("old")
    other.set_result("other")

    qtbot.waitUntil(lambda: "other" in reader.told)
    assert reader.told == ["new", "other"]


def test_an_answer_after_the_receiver_is_gone_is_dropped(qtbot: QtBot) -> None:
    reader = Reader()
    late: Future[object] = Future()
    reader.ask(late)
    del reader
    late.set_result("nobody there")
    qtbot.wait(0)


def test_an_answer_after_the_box_was_deleted_by_its_parent_is_dropped(
    qtbot: QtBot, reader: Reader
) -> None:
    late: Future[object] = Future()
    reader.ask(late)
    reader.answers.deleteLater()
    qtbot.wait(0)
    late.set_result("nobody there")
    qtbot.wait(0)
    assert not reader.told


def test_a_cancelled_question_has_no_answer(qtbot: QtBot, reader: Reader) -> None:
    dropped: Future[object] = Future()
    reader.ask(dropped)
    dropped.cancel()
    qtbot.wait(0)
    assert not reader.told
    assert not reader.refused
