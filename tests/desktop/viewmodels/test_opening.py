from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.assembly.program import Program
from desktop.assembly.stages import Stage
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.system.errors import SecretsError, SecretsTrouble
from desktop.system.secrets import PinPrompt
from desktop.viewmodels.opening import Opener, Opening, OpeningPhase

Tell = Callable[[Stage], None]


@pytest.fixture
def made() -> Iterator[Callable[[Opener], Opening]]:
    open_ones: list[Opening] = []

    def make(opener: Opener) -> Opening:
        open_ones.append(Opening(opener))
        return open_ones[-1]

    yield make
    for each in open_ones:
        each.close()


def in_phase(qtbot: QtBot, opening: Opening, phase: OpeningPhase) -> None:
    qtbot.waitUntil(lambda: opening.phase is phase)


def test_stages_are_told_and_the_program_is_handed_over(
    qtbot: QtBot, made: Callable[[Opener], Opening]
) -> None:
    program = Program.__new__(Program)

    def opener(_ask: PinPrompt, tell: Tell) -> Program:
        tell(Stage.CASE_FILE)
        return program

    opening = made(opener)
    with qtbot.waitSignal(opening.opened) as opened:
        opening.begin()
    assert opened.args == [program]
    assert opening.stage == "正在打开案卷库"


@pytest.mark.parametrize(
    ("trouble", "again"),
    [
        (StorageTrouble.IN_USE, True),
        (StorageTrouble.DISK_FULL, True),
        (StorageTrouble.WRONG_KEY, False),
        (StorageTrouble.NEWER_VERSION, False),
    ],
)
def test_trouble_is_a_sentence_and_trying_again_is_offered_where_it_helps(
    qtbot: QtBot, made: Callable[[Opener], Opening], trouble: StorageTrouble, again: bool
) -> None:
    def opener(_ask: PinPrompt, _tell: Tell) -> Program:
        raise StorageError(trouble, "store")

    opening = made(opener)
    opening.begin()
    in_phase(qtbot, opening, OpeningPhase.TROUBLE)
    assert opening.trouble.endswith("。")
    assert opening.can_retry is again


def test_a_wrong_pin_is_asked_for_again_with_the_reason(
    qtbot: QtBot, made: Callable[[Opener], Opening]
) -> None:
    program = Program.__new__(Program)

    def opener(ask: PinPrompt, _tell: Tell) -> Program:
        if ask(new=False) != "right":
            raise SecretsError(SecretsTrouble.WRONG_PIN, retryable=True)
        return program

    opening = made(opener)
    opening.begin()
    in_phase(qtbot, opening, OpeningPhase.PIN)
    opening.give_pin("wrong")
    qtbot.waitUntil(lambda: opening.trouble != "" and opening.phase is OpeningPhase.PIN)
    assert opening.trouble == "密码不正确。"
    with qtbot.waitSignal(opening.opened):
        opening.give_pin("right")


def test_a_prompt_that_is_closed_ends_the_opening(
    qtbot: QtBot, made: Callable[[Opener], Opening]
) -> None:
    def opener(ask: PinPrompt, _tell: Tell) -> Program:
        ask(new=True)
        return Program.__new__(Program)

    opening = made(opener)
    opening.begin()
    in_phase(qtbot, opening, OpeningPhase.NEW_PIN)
    opening.give_up()
    in_phase(qtbot, opening, OpeningPhase.TROUBLE)
    assert "没有输入密码" in opening.trouble
    assert opening.can_retry
