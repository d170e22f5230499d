"""Does switching pages keep memory, or the screen's thread? Nothing here is a pass or a fail.

    python -m tests.benchmarks.page_switches [SWITCHES]

Prints the highest memory so far when every page stands and after every quarter of the switches, and
every stretch of over 50 ms in which the screen's thread answered nothing, as the program's own
watchdog tells it: page, time, processor time, line. The first visit of a page builds it and is told
apart. The measure is a ratio within one run: memory at the
end to memory after two rounds, when every page stands.
"""

import os
import sys
import tempfile
from collections.abc import Iterable
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
from desktop.system.watchdog import Block, Watchdog
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
    walk = Walk(application, frame)
    walk.go(pages)
    walk.tell("first visits")
    walk.go(pages)
    before = peak_mb()
    print(f"all {len(pages)} pages built: {before:.0f} MB")
    for _ in range(4):
        walk.go(pages[number % len(pages)] for number in range(switches // 4))
        print(f"after {switches // 4} more switches: {peak_mb():.0f} MB")
    walk.tell("later visits")
    walk.watchdog.stop()
    print(f"memory: {peak_mb() / before:.3f} of what it was")


class Walk:
    """Goes from page to page and remembers the longest block of each."""

    def __init__(self, application: QApplication, frame: Frame) -> None:
        self._application, self._frame = application, frame
        self._longest: dict[str, Block] = {}
        self.watchdog = Watchdog(application, limit_s=BLOCK_S)
        self.watchdog.blocked.connect(self._note)
        self.watchdog.start()

    def go(self, pages: Iterable[str]) -> None:
        """Show one after another; a beat stands on either side of what each page does."""
        for page in pages:
            self.watchdog.beat()
            self._frame.show_page(page)
            self.watchdog.beat()
            self._application.processEvents()

    def tell(self, what: str) -> None:
        """Print what was over the limit, and forget it."""
        print(f"{what}, over {1000 * BLOCK_S:.0f} ms: {len(self._longest)} pages")
        for page, block in self._longest.items():
            busy, lasted = 1000 * block.busy_s, 1000 * block.lasted_s
            print(f"  {page:12} {lasted:5.0f} ms, {busy:5.0f} ms busy  {block.where}")
        self._longest = {}

    def _note(self, block: Block) -> None:
        page = self._frame.current_id
        if page not in self._longest or self._longest[page].busy_s < block.busy_s:
            self._longest[page] = block


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
