"""Does switching pages keep memory, or the screen's thread? Nothing here is a pass or a fail.

    python -m tests.benchmarks.page_switches [SWITCHES]

Prints the highest memory so far when every page stands and after every quarter of the switches, and
every stretch of over 50 ms in which the screen's thread answered nothing, with its page. The first
visit of a page builds it and is told apart. The measure is a ratio within one run: memory at the
end to memory after two rounds, when every page stands.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.app.tools import Tools
from desktop.assembly.demonstration import drawn_plan
from desktop.assembly.program import Program
from desktop.domain.roles import Actor, Role
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.system.secrets import MemorySecrets
from desktop.usecases.organisation import set_up_hall
from desktop.views.appearance import Appearance
from desktop.views.frame import Frame
from desktop.views.main_window import MainWindow
from tests.support.profiles import person
from video.process.memory import peak_mb

BLOCK_S = 0.05
NOWHERE = "http://127.0.0.1:9"  # no server: its rounds would be measured too


def main(switches: int) -> None:
    """Switch so many times and print what it cost."""
    application = QApplication([])
    settings = Settings(server_url=NOWHERE)
    Appearance(application, settings)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Program(Paths(Path(folder)), settings, MemorySecrets()) as program,
    ):
        plan, keeper = drawn_plan(), person(Role.DATA_MGR)
        program.desk.act(keeper, lambda work: set_up_hall(work, plan)).result()
        everybody = frozenset(role for role in Role if role is not Role.MACHINE)
        program.door.actor = Actor(keeper.user_id, "林敏", everybody, "device-1")
        owner = QObject()
        tools = Tools(program, owner)
        window = MainWindow(tools.desk, tools.entries)
        window.resize(1280, 720)
        window.show()
        assert window.frame is not None
        _switch(application, window.frame, switches)
        tools.stop()
        window.close()


def _switch(application: QApplication, frame: Frame, switches: int) -> None:
    pages = frame.page_ids
    first = _round(application, frame, pages)
    print(f"first visits: {_told(first)}")
    _round(application, frame, pages)
    before, blocks = peak_mb(), dict.fromkeys(pages, 0.0)
    print(f"all {len(pages)} pages built: {before:.0f} MB")
    for number in range(switches):
        page = pages[number % len(pages)]
        blocks[page] = max(blocks[page], _longest(application, lambda p=page: frame.show_page(p)))
        if (number + 1) % max(1, switches // 4) == 0:
            print(f"after {number + 1} switches: {peak_mb():.0f} MB")
    print(f"over 50 ms: {_told(blocks)}")
    print(f"memory: {peak_mb() / before:.3f} of what it was")


def _round(application: QApplication, frame: Frame, pages: tuple[str, ...]) -> dict[str, float]:
    return {p: _longest(application, lambda p=p: frame.show_page(p)) for p in pages}


def _longest(application: QApplication, deed: Callable[[], None]) -> float:
    """Do something and let the screen follow; the longest stretch without an answer, seconds."""
    began = time.monotonic()
    deed()
    longest = time.monotonic() - began
    began = time.monotonic()
    application.processEvents()
    return max(longest, time.monotonic() - began)


def _told(blocks: dict[str, float]) -> str:
    slow = {page: s for page, s in blocks.items() if s > BLOCK_S}
    return ", ".join(f"{page} {1000 * s:.0f} ms" for page, s in slow.items()) or "none"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
