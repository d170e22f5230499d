"""Panels, banners and scrolling columns: what holds the rest."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.system.language import headed
from desktop.system.theme import Size, Space, Tone
from desktop.views.kit.labels import ElidedLabel, Label, repolish, show_if


class SectionHeader(QWidget):
    """A bold title, a quiet remark, and room at the right for what acts on the section."""

    def __init__(self, title: str = "", remark: str = "") -> None:
        super().__init__()
        self._title = Label(title, size=Size.SECTION, bold=True)
        self._remark = ElidedLabel(remark, size=Size.SMALL, tone=Tone.SOFT)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.INSIDE)
        self._row.addWidget(self._title)
        self._row.addWidget(self._remark, 1)

    def show_texts(self, title: str, remark: str = "") -> None:
        """Say what the section is."""
        self._title.setText(title)
        self._remark.setText(remark)

    def add(self, widget: QWidget) -> None:
        """Put something at the right."""
        self._row.addWidget(widget)


class Panel(QFrame):
    """A surface with a hairline; put things into `body`."""

    def __init__(self, title: str = "", remark: str = "", *, margin: int = Space.CARD) -> None:
        super().__init__()
        self.setProperty("part", "panel")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(Space.CARD - 4)
        self.header = SectionHeader(headed(title), remark)
        self.body.addWidget(self.header)
        show_if(self.header, wanted=bool(title))

    def show_title(self, title: str, remark: str = "") -> None:
        """Say what the panel holds."""
        self.header.show_texts(headed(title), remark)
        show_if(self.header, wanted=bool(title))


class Banner(QFrame):
    """One sentence in a tone within a page: what is missing, or that all is there."""

    def __init__(self, text: str = "", tone: Tone = Tone.ACCENT) -> None:
        super().__init__()
        self.setProperty("part", "banner")
        self._words = Label(wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.addWidget(self._words)
        self.say(text, tone)

    def say(self, text: str, tone: Tone) -> None:
        """Say something else; an empty text hides the banner."""
        self.setProperty("tone", tone.value)
        self._words.set_tone(tone)
        self._words.setText(text)
        show_if(self, wanted=bool(text))
        repolish(self)

    def text(self) -> str:
        """What is being said."""
        return self._words.text()


class ScrollColumn(QScrollArea):
    """A column that scrolls when there is no room; put things into `body`."""

    def __init__(self, *, margin: int = 0, spacing: int = Space.CARD) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("part", "scrolled")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(spacing)
        self.setWidget(inner)


def emptied(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
