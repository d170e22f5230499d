"""Starts the application: one instance a profile, its look, its logs, then the host."""

import os
import sys

import PySide6
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop.app.host import Host
from desktop.paths import Paths, standard_paths
from desktop.settings import Settings, SettingsError, load_settings
from desktop.system.clock import SystemClock
from desktop.system.collector import Collector
from desktop.system.crashes import CrashReports
from desktop.system.language import said
from desktop.system.logs import start_logging, stop_logging
from desktop.system.single_instance import SingleInstance
from desktop.system.version import release
from desktop.system.watchdog import Watchdog
from desktop.viewmodels.wording import sentence
from desktop.views.appearance import Appearance
from desktop.views.kit.layouts import keep_layouts_in

_BROKEN_QT = (6, 12)  # on Python before 3.12 it drops a reference to None at every void call


def run_app(*, demo: bool, wish: str, aside: bool = False) -> int:
    """Show the program until it is closed; answers the exit code.

    With `aside` its window is put aside as soon as it watches.

    A second start of the same profile hands its wish to the first and ends.
    """
    paths = _paths(demo=demo)
    settings, refusal = _settings(paths)
    # Qt reads it once, before the application is made; what the user gave stays.
    os.environ.setdefault("QT_SCALE_FACTOR", str(settings.scale_percent / 100))
    application = QApplication(["hallwatch"])
    application.setApplicationName("Hallwatch")
    application.setQuitOnLastWindowClosed(False)
    keep_layouts_in(application, paths.layout)
    appearance = Appearance(application, settings)
    if PySide6.__version_info__[:2] >= _BROKEN_QT and sys.version_info < (3, 12):
        return _refuse(said("PySide6 6.12 不能与 Python 3.11 一起使用。请重新运行安装程序。"))
    if refusal is not None:
        QMessageBox.warning(None, said("政务大厅效能督察"), sentence(refusal))
    door = SingleInstance(paths.home)
    if not door.claim(wish):
        return 0
    log = start_logging(paths.logs)
    crashes = CrashReports(paths.crashes, release(), SystemClock().now)
    crashes.install()
    collector, watchdog = Collector(application), Watchdog(application)
    watchdog.start()
    try:
        host = Host(application, appearance, paths, settings, demo=demo)
        door.wished.connect(host.take_wish)
        host.begin(wish, aside=aside)
        return application.exec()
    finally:
        watchdog.stop()
        collector.stop()
        door.release()
        crashes.uninstall()
        stop_logging(log)


def _paths(*, demo: bool) -> Paths:
    paths = standard_paths(os.environ)
    return paths.demonstration if demo else paths


def _settings(paths: Paths) -> tuple[Settings, SettingsError | None]:
    """Read the settings; a file that cannot be taken costs the defaults, not the program."""
    try:
        return load_settings(paths.settings), None
    except SettingsError as error:
        return Settings(), error


def _refuse(words: str) -> int:
    QMessageBox.critical(None, said("政务大厅效能督察"), words)
    return 1
