"""Walks the real program on the demonstration's data and takes its picture page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QSize, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from desktop.app.tools import Tools
from desktop.assembly.program import Program
from desktop.settings import Language, Settings, Theme
from desktop.views.appearance import Appearance
from desktop.views.command_palette import CommandPalette
from desktop.views.main_window import MainWindow

SIZE = QSize(1280, 720)
SETTLE_S = 3.0  # for what is fetched, printed, and for the last picture of a camera
LIVELY_S = 45.0  # until the drawn hall has somebody absent and somebody waiting


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
    """Takes one picture after another; `ended` tells the event loop to stop."""

    def __init__(
        self, application: QApplication, program: Program, settings: Settings, out: Path
    ) -> None:
        super().__init__()
        self._application = application
        self._out = out
        self._appearance = Appearance(application, settings)
        self._tools = Tools(program, self)
        self._tools.preferences.changed.connect(self._appearance.take)
        self.window = MainWindow(self._tools.desk, self._tools.entries)
        self.window.resize(SIZE)
        self._steps: Iterator[float] = iter(())
        self.taken: list[Path] = []

    def walk(self, views: Sequence[View], dresses: Sequence[Dress]) -> None:
        """Show everything in every dress; returns at once."""
        self._out.mkdir(parents=True, exist_ok=True)
        self.window.show()
        self._steps = self._going(views, dresses)
        QTimer.singleShot(round(LIVELY_S * 1000), self, self._next)

    def _going(self, views: Sequence[View], dresses: Sequence[Dress]) -> Iterator[float]:
        for dress in dresses:
            self._wear(dress)
            yield SETTLE_S
            for view in (*views, *self._others(views)):
                self._show(view)
                yield SETTLE_S
                self._take(f"{view.name}-{dress.suffix}", dress.scale)
            if frame := self.window.frame:
                frame.open_palette()
                yield SETTLE_S
                self._take(f"palette-{dress.suffix}", dress.scale)
                for palette in frame.findChildren(CommandPalette):
                    palette.close()

    def _others(self, views: Sequence[View]) -> tuple[View, ...]:
        """The pages of the navigation that nobody asked for, as they open."""
        asked = {view.page_id for view in views}
        pages = (entry.page_id for entry in self._tools.entries())
        return tuple(View(page, page) for page in pages if page not in asked)

    def _next(self) -> None:
        wait_s = next(self._steps, None)
        if wait_s is None:
            self._tools.stop()
            self.window.close()
            self._application.quit()
            return
        QTimer.singleShot(round(wait_s * 1000), self, self._next)

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

    def _take(self, name: str, scale: int) -> None:
        path = self._out / f"{name}.png"
        picture = QPixmap(self.window.size() * scale)
        picture.setDevicePixelRatio(scale)
        self.window.render(picture, QPoint())
        picture.save(str(path), "PNG")
        self.taken.append(path)
