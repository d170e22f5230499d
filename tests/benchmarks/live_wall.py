"""Processor time of the live wall, against decoding its pictures whole and against labels.

    QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.live_wall [CAMERAS]

Sixteen cameras send two pictures a second, of 960×540 with the noise of a sensor, four windows
each with a verdict a second, for twenty seconds of pictures played as fast as they can be shown.
Decoding each picture whole and showing nothing is the usual floor; a label a camera, which decodes
whole and scales when it paints, is the usual way.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QWidget
from shiboken6 import delete

from desktop.domain.roles import Role
from desktop.settings import Theme
from desktop.usecases.organisation import set_up_hall
from desktop.viewmodels.live.alerts import Alerts
from desktop.viewmodels.live.duties import DutyDesk
from desktop.viewmodels.live.watch import LiveWatch
from desktop.views.kit.look import Look
from desktop.views.wall.page import WallPage
from desktop.workers.case_desk import CaseDesk
from tests.support.profiles import SetClock, open_store, person
from tests.support.watching import WatchedHall, noisy_jpeg, status, wide_plan
from video.messages import Preview
from video.vocabulary.state import WindowState

SECONDS, A_SECOND = 20, 2
ROOM = QSize(1600, 900)


def needed(application: QApplication, second: Callable[[int], None]) -> float:
    """Processor seconds of this process, all threads, for every second of pictures."""
    began = time.process_time()
    for number in range(SECONDS):
        second(number)
        until = time.monotonic() + 0.05
        while time.monotonic() < until:
            application.processEvents()
            time.sleep(0.005)
    return (time.process_time() - began) / SECONDS


def wall(application: QApplication, hall: WatchedHall, jpegs: list[bytes]) -> float:
    live = LiveWatch(hall)
    while not live.roll.posts:
        application.processEvents()
    page = WallPage(live, DutyDesk(hall, live), Alerts(hall, live))
    page.resize(ROOM)
    page.show()
    page.arrive()

    def second(number: int) -> None:
        hall.clock.pass_time(seconds=1)
        at = hall.clock.now()
        state = (WindowState.SERVING, WindowState.ABSENT)[number // 5 % 2]
        hall.say(
            *(status(hall.plan, n, state, at=at) for n in range(len(hall.plan.windows))),
        )
        live.ticked.emit()
        for picture in range(A_SECOND):
            data = jpegs[(number + picture) % len(jpegs)]
            hall.say(*(Preview(camera.id, at, data, 960, 540) for camera in hall.plan.cameras))
            until = time.monotonic() + 0.3
            while time.monotonic() < until:
                application.processEvents()
                time.sleep(0.005)

    spent = needed(application, second)
    live.close()
    page.close()
    delete(page)
    delete(live)
    return spent


def labels(application: QApplication, count: int, jpegs: list[bytes]) -> float:
    window = QWidget()
    grid = QGridLayout(window)
    shown = [QLabel() for _ in range(count)]
    for number, label in enumerate(shown):
        label.setScaledContents(True)
        label.setMinimumSize(1, 1)
        grid.addWidget(label, number // 4, number % 4)
    window.resize(ROOM)
    window.show()

    def second(number: int) -> None:
        for picture in range(A_SECOND):
            data = jpegs[(number + picture) % len(jpegs)]
            for label in shown:
                label.setPixmap(QPixmap.fromImage(QImage.fromData(data)))
            application.processEvents()

    spent = needed(application, second)
    window.close()
    delete(window)
    return spent


def floor(application: QApplication, count: int, jpegs: list[bytes]) -> float:
    def second(number: int) -> None:
        for picture in range(A_SECOND):
            for _ in range(count):
                QImage.fromData(jpegs[(number + picture) % len(jpegs)])

    return needed(application, second)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 16
    application = QApplication([])
    Look(application, Theme.LIGHT)
    jpegs = [noisy_jpeg(seed) for seed in range(4)]
    with tempfile.TemporaryDirectory() as folder:
        clock, plan = SetClock(), wide_plan(4 * count)
        desk = CaseDesk(open_store(Path(folder), clock))
        desk.act(person(Role.DATA_MGR), lambda work: set_up_hall(work, plan)).result()
        ours = wall(application, WatchedHall(desk, clock, plan), jpegs)
        desk.close()
    usual, least = labels(application, count, jpegs), floor(application, count, jpegs)
    told = {
        "cameras": count,
        "core_share_wall": round(ours, 3),
        "core_share_labels": round(usual, 3),
        "core_share_decoding_whole": round(least, 3),
        "wall_to_labels": round(ours / usual, 2),
        "wall_to_decoding_whole": round(ours / least, 2),
        "cores": os.cpu_count(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
