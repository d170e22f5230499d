"""Walks the real program on the demonstration's data and takes its picture page by page."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QSize, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from desktop.app.tools import Tools
from desktop.app.ways import ways_into
from desktop.assembly.demonstration import Stagehand, office
from desktop.assembly.program import Program
from desktop.domain.roles import Role
from desktop.settings import Language, Settings, Theme
from desktop.system.theme import colours
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.identities import Identities
from desktop.viewmodels.opening import Opening
from desktop.viewmodels.welcome import Step, Welcome
from desktop.views.appearance import Appearance
from desktop.views.command_palette import CommandPalette
from desktop.views.help.keys import KeysCard
from desktop.views.main_window import MainWindow
from desktop.views.welcome.window import WelcomeWindow

SIZE = QSize(1280, 720)
LOOK_MS = 100
CALM = 6  # looks in a row without a question open; a camera sends two pictures a second
PATIENCE_S = 20.0  # for what is fetched and printed on a busy machine
LIVELY_S = 45.0  # until the drawn hall has somebody absent and somebody waiting
ASKS = "…"  # ends the word of every button that asks before it does something
STEPS = (Step.CHOICE, Step.SERVER, Step.BUREAU, Step.PEOPLE)


@dataclass(frozen=True, slots=True)
class View:
    """One thing to show: a page, and what is open on it."""

    name: str
    page_id: str
    subject: object = None


@dataclass(frozen=True, slots=True)
class Dress:
    """What the program wears for a picture; `scale` is pixels to a point of the screen."""

    language: Language
    theme: Theme
    scale: int = 1

    @property
    def suffix(self) -> str:
        """How its pictures are named."""
        tongue = "zh" if self.language is Language.CHINESE else "en"
        double = f"-{self.scale}x" if self.scale > 1 else ""
        return f"{tongue}-{self.theme.value}{double}"


class Tour(QObject):
    """Takes one picture after another and ends the event loop after the last.

    Every `yield` of its ways waits until nothing that was asked for is still on its way.
    """

    def __init__(
        self, application: QApplication, program: Program, settings: Settings, out: Path
    ) -> None:
        super().__init__()
        self._application, self._program, self._settings = application, program, settings
        self._out = out
        self._appearance = Appearance(application, settings)
        self._tools = Tools(program, self)
        self._tools.preferences.changed.connect(self._appearance.take)
        self.window = MainWindow(self._tools.desk, self._tools.entries)
        self.window.resize(SIZE)
        self._way: Iterator[None] = iter(())
        self._calm, self._until, self._lively_at = 0, 0.0, 0.0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.taken: list[Path] = []

    def walk(self, views: Sequence[View], dresses: Sequence[Dress]) -> None:
        """Show everything in every dress; returns at once."""
        self._out.mkdir(parents=True, exist_ok=True)
        self.window.show()
        self._lively_at = time.monotonic() + LIVELY_S
        self._way = self._whole_way(views, dresses)
        self._timer.start()

    def _look(self) -> None:
        """Go on as soon as it has been calm for a while."""
        waits = any(box.is_waiting for box in self.findChildren(Answers))
        self._calm = 0 if waits else self._calm + 1
        if self._calm < CALM and time.monotonic() < self._until:
            return
        self._calm, self._until = 0, time.monotonic() + PATIENCE_S
        if next(self._way, self) is self:
            self._timer.stop()
            self._tools.stop()
            self.window.close()
            self._application.quit()

    def _whole_way(self, views: Sequence[View], dresses: Sequence[Dress]) -> Iterator[None]:
        for dress in dresses:
            self._wear(dress)
            yield from self._come_in(dress)
        while time.monotonic() < self._lively_at:
            yield
        for dress in dresses:
            self._wear(dress)
            yield
            yield from self._pages((*views, *self._others(views)), dress)
            yield from self._overlays(dress)

    def _come_in(self, dress: Dress) -> Iterator[None]:
        """Show the welcome and the sign-in, as before there is a profile or an actor."""
        ways = ways_into(self._program.paths, self._settings)
        opening = Opening(ways.demonstration, self)
        welcome = Welcome(ways, opening, self)
        window = WelcomeWindow(welcome)
        window.show()
        for step in STEPS:
            welcome.show(step)
            yield
            self._take(f"welcome-{step.value}", dress, window)
        window.close()
        opening.close()
        sign_in = self._tools.desk.sign_in
        sign_in.lock()
        yield
        self._take("sign-in", dress, self.window)
        stagehand = Stagehand(self._program)
        supervisor = next(person for person in office() if Role.SUPERVISOR in person.roles)
        Identities(sign_in, (), stagehand.password()).become(supervisor.username)
        yield

    def _pages(self, views: Sequence[View], dress: Dress) -> Iterator[None]:
        for view in views:
            self._show(view)
            yield
            self._take(view.name, dress, self.window)
            for asker in self._askers(view):
                asker.click()
                yield
                self._take_dialogs(view, dress)

    def _overlays(self, dress: Dress) -> Iterator[None]:
        frame = self.window.frame
        if frame is None:
            return
        for name, kind in (("palette", CommandPalette), ("keys", KeysCard)):
            frame.open_palette() if kind is CommandPalette else frame.show_keys()
            yield
            for overlay in frame.findChildren(kind):
                self._take(name, dress, self.window, over=overlay if overlay.isWindow() else None)
                overlay.close()

    def _others(self, views: Sequence[View]) -> tuple[View, ...]:
        """The pages of the navigation that nobody asked for, as they open."""
        asked = {view.page_id for view in views}
        pages = (entry.page_id for entry in self._tools.entries())
        return tuple(View(page, page) for page in pages if page not in asked)

    def _wear(self, dress: Dress) -> None:
        self._tools.preferences.change("language", dress.language)
        self._tools.preferences.change("theme", dress.theme)

    def _show(self, view: View) -> None:
        frame = self.window.frame
        if frame is None:
            return
        frame.show_page(view.page_id)
        if view.subject is not None:
            frame.go_to(view.page_id, view.subject)

    def _askers(self, view: View) -> Iterator[QAbstractButton]:
        """The buttons of a page that open a dialog, while they are still there."""
        page = self.window.frame.page(view.page_id) if self.window.frame else None
        found = page.findChildren(QAbstractButton) if page else []
        for button in found:
            there = isValid(button) and button.isVisible() and button.isEnabled()
            if there and button.text().endswith(ASKS):
                yield button

    def _take_dialogs(self, view: View, dress: Dress) -> None:
        for dialog in self._application.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                if not isinstance(dialog, QFileDialog):  # the system's own, not ours
                    name = f"{view.name}-{_dashed(type(dialog).__name__)}"
                    self._take(name, dress, self.window, over=dialog)
                dialog.reject()

    def _take(
        self, name: str, dress: Dress, window: QWidget, *, over: QWidget | None = None
    ) -> None:
        path = self._out / f"{name}-{dress.suffix}.png"
        picture = QPixmap(window.size() * dress.scale)
        picture.setDevicePixelRatio(dress.scale)
        window.render(picture, QPoint())
        if over is not None:
            _lay_over(picture, window, over)
        picture.save(str(path), "PNG")
        self.taken.append(path)


def _lay_over(picture: QPixmap, window: QWidget, dialog: QWidget) -> None:
    """Draw a dialog in the middle of its window, with an edge as a desktop would give it."""
    place = dialog.rect()
    place.moveCenter(window.rect().center())
    painter = QPainter(picture)
    dialog.render(painter, place.topLeft())
    painter.setPen(QColor(colours().outline))
    painter.drawRect(place.adjusted(-1, -1, 0, 0))
    painter.end()


def _dashed(name: str) -> str:
    """CamelCase as a file is named: PlanQuestion becomes plan-question."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower().lstrip("_")
