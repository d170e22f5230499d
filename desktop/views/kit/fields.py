"""Fields: a label above, the editor, and below it what is wrong or what to know."""

from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from desktop.system.language import headed
from desktop.system.theme import Size, Space, Tone
from desktop.views.kit.labels import Label, repolish


class Field(QWidget):
    """One editor with its label; the label is its accessible name."""

    def __init__(self, label: str, editor: QWidget, hint: str = "") -> None:
        super().__init__()
        self.editor, self._hint = editor, hint
        self._label = Label(size=Size.SMALL, tone=Tone.SOFT)
        self._label.setBuddy(editor)
        self._below = Label(size=Size.SMALL, tone=Tone.SOFT, wraps=True)
        self.set_label(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addWidget(self._label)
        column.addWidget(editor)
        column.addWidget(self._below)
        self.show_trouble("")

    def set_label(self, label: str) -> None:
        """Name it otherwise."""
        label = headed(label)  # the names of fields stand in sentences too
        self._label.setText(label)
        for each in (self.editor, *self.editor.findChildren(QLineEdit)):  # the line in a box too
            each.setAccessibleName(label)

    def set_hint(self, hint: str) -> None:
        """Say something else to know."""
        self._hint = hint
        self.show_trouble("")

    def show_trouble(self, sentence: str) -> None:
        """Say what is wrong with the value, or show the hint again."""
        text = sentence or self._hint
        self._below.setText(text)
        self._below.set_tone(Tone.NEAR if sentence else Tone.SOFT)
        self._below.setVisible(bool(text))
        self.editor.setProperty("wrong", bool(sentence))
        self.editor.setAccessibleDescription(text)
        repolish(self.editor)

    def trouble(self) -> str:
        """What is wrong with the value now."""
        return self._below.text() if self.editor.property("wrong") else ""


class LineField(Field):
    """A field of one line."""

    def __init__(self, label: str, hint: str = "", *, secret: bool = False) -> None:
        self.line = QLineEdit()
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        super().__init__(label, self.line, hint)

    def text(self) -> str:
        """What is written, without the space around it."""
        return self.line.text().strip()

    def show_text(self, text: str) -> None:
        """Show a text, unless somebody is changing it just now."""
        if not self.line.isModified():
            self.line.setText(text)

    def clear(self) -> None:
        """Begin anew."""
        self.line.clear()


class NumberBox(QSpinBox):
    """A whole number within a range."""

    def __init__(self, low: int, high: int) -> None:
        super().__init__()
        self.setRange(low, high)
        # The style sheet's padding does not reach the line within.
        self.lineEdit().setTextMargins(10, 0, 0, 0)


class DecimalBox(QDoubleSpinBox):
    """A number with one decimal within a range."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__()
        self.setDecimals(1)
        self.setSingleStep(0.5)
        self.setRange(low, high)
        self.lineEdit().setTextMargins(10, 0, 0, 0)
