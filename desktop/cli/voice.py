"""How commands without a window speak: the machine's language, refusals as sentences."""

import sys
from collections.abc import Callable
from getpass import getpass

from PySide6.QtCore import QCoreApplication

from desktop.settings import Language
from desktop.system.language import Translators, said
from desktop.viewmodels.answers import REFUSALS
from desktop.viewmodels.wording import sentence


def speaking(command: Callable[[], int]) -> int:
    """Run a command in the machine's language; a refusal is told and answers 1."""
    application = QCoreApplication.instance() or QCoreApplication([])
    Translators(application).speak(Language.SYSTEM)
    try:
        return command()
    except REFUSALS as refusal:
        tell(sentence(refusal), mark="✗")
        return 1
    except KeyboardInterrupt:
        tell(said("已中断"), mark="✗")
        return 130


def tell(words: str, *, mark: str = "•") -> None:
    """Say something to the person; results alone go to standard output."""
    print(f"{mark} {words}", file=sys.stderr)


def ask_pin(*, new: bool) -> str:
    """Ask on the terminal for the PIN of this machine."""
    return getpass(said("设置本机密码：") if new else said("本机密码："))
