"""The one style sheet, written from the colours of a theme."""

from dataclasses import asdict
from string import Template

from desktop import assets
from desktop.system.theme import CONTROL_HEIGHT, DARK, Colours, Radius, Size, Tone

_SHEET = Template("""
* { outline: none; }
QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: 4px 8px; }
QMainWindow, QDialog, QWidget[part="page"] { background: $page; }
QWidget[part="rail"] { background: $rail; border-right: 1px solid $line; }
QWidget[part="bar"] { background: $surface; border-bottom: 1px solid $line; }
QFrame[part="panel"] {
    background: $surface; border: 1px solid $line; border-radius: ${radius_card}px;
}
QFrame[part="inset"] {
    background: $sunken; border: 1px solid $line; border-radius: ${radius_control}px;
}
QFrame[part="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[part="overlay"] {
    background: $surface; border: 1px solid $outline; border-radius: ${radius_card}px;
}
QFrame[part="banner"] { border: none; border-radius: ${radius_control}px; }
QFrame[part="notice"] {
    background: $surface; border: 1px solid $outline; border-radius: ${radius_control}px;
}
QAbstractScrollArea { border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QLabel { background: transparent; }
QLabel[part="badge"] { border-radius: 10px; padding: 0 8px; }

QPushButton {
    min-height: ${inner}px; padding: 0 15px; border-radius: ${radius_control}px;
    border: 1px solid $line; background: $surface; color: $text;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 0 14px; min-height: ${inner_focus}px; }
QPushButton:disabled { color: $outline; background: $sunken; border-color: $line; }
QPushButton[rank="primary"] {
    background: $accent; color: $on_accent; border-color: $accent;
}
QPushButton[rank="primary"]:hover, QPushButton[rank="primary"]:pressed {
    background: $accent_hover; border-color: $accent_hover;
}
QPushButton[rank="primary"]:focus { border: 2px solid $text; }
QPushButton[rank="primary"]:disabled {
    background: $line; color: $outline; border-color: $line;
}
QPushButton[rank="row"] { color: $accent; min-height: 28px; padding: 0 13px; }
QPushButton[rank="row"]:focus { padding: 0 12px; min-height: 26px; }
QPushButton[rank="quiet"] { background: transparent; border-color: transparent; color: $accent; }
QPushButton[rank="quiet"]:hover { background: $hover; }
QPushButton[rank="quiet"]:focus { border-color: $accent; }
QPushButton[rank="danger"] { color: $near; }
QPushButton[rank="icon"] {
    background: transparent; border-color: transparent; padding: 0;
    min-width: ${inner}px; max-width: ${inner}px;
}
QPushButton[rank="icon"]:hover, QPushButton[rank="icon"]:checked { background: $hover; }
QPushButton[rank="icon"]:focus {
    border: 2px solid $accent; min-width: ${inner_focus}px; max-width: ${inner_focus}px;
}
QPushButton::menu-indicator { width: 0; }
*[touch="true"] { min-height: 42px; }
*[touch="true"]:focus { min-height: 40px; }

QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit {
    min-height: ${inner}px; padding: 0 11px; border-radius: ${radius_control}px;
    border: 1px solid $outline; background: $sunken; color: $text;
    selection-background-color: $accent; selection-color: $on_accent;
}
QTextEdit, QPlainTextEdit {
    padding: 7px; border-radius: ${radius_control}px;
    border: 1px solid $outline; background: $sunken; color: $text;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus,
QTimeEdit:focus, QDateTimeEdit:focus {
    border: 2px solid $accent; padding: 0 10px; min-height: ${inner_focus}px; background: $surface;
}
QTextEdit:focus, QPlainTextEdit:focus {
    border: 2px solid $accent; padding: 6px; background: $surface;
}
QLineEdit[wrong="true"], QComboBox[wrong="true"], QSpinBox[wrong="true"],
QDoubleSpinBox[wrong="true"], QTextEdit[wrong="true"], QPlainTextEdit[wrong="true"] {
    border: 2px solid $near_edge;
}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled,
QDateEdit:disabled, QTimeEdit:disabled, QDateTimeEdit:disabled,
QTextEdit:disabled, QPlainTextEdit:disabled { color: $outline; border-color: $line; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"], QTextEdit[readOnly="true"] {
    border-color: $line;
}
QComboBox::drop-down, QDateEdit::drop-down, QDateTimeEdit::drop-down {
    subcontrol-origin: padding; subcontrol-position: center right; border: none; width: 28px;
}
QComboBox::down-arrow { image: url($icons/chevron_grey.svg); width: 16px; height: 16px; }
QComboBox QAbstractItemView {
    background: $surface; color: $text; border: 1px solid $line; padding: 4px;
    selection-background-color: $accent_soft; selection-color: $text;
}
QSpinBox::up-button, QDoubleSpinBox::up-button, QDateEdit::up-button, QTimeEdit::up-button,
QDateTimeEdit::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button,
QDateEdit::down-button, QTimeEdit::down-button, QDateTimeEdit::down-button {
    border: none; background: transparent; width: 24px;
}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow, QDateEdit::up-arrow, QTimeEdit::up-arrow,
QDateTimeEdit::up-arrow { image: url($icons/chevron_up_grey.svg); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow, QDateEdit::down-arrow, QTimeEdit::down-arrow,
QDateTimeEdit::down-arrow { image: url($icons/chevron_grey.svg); width: 12px; height: 12px; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 24px; color: $text; background: transparent; }
QCheckBox::indicator, QListView::indicator {
    width: 16px; height: 16px; border: 1px solid $outline; border-radius: 4px; background: $surface;
}
QCheckBox::indicator:checked, QListView::indicator:checked {
    background: $accent; border-color: $accent; image: url($icons/$tick.svg);
}
QCheckBox::indicator:disabled { border-color: $line; background: $sunken; }
QCheckBox:disabled { color: $soft; }
QCheckBox::indicator:focus { border: 2px solid $accent; width: 14px; height: 14px; }
QCheckBox::indicator:checked:focus { border-color: $text; }

QScrollArea, QScrollArea > QWidget > QWidget[part="scrolled"] {
    background: transparent; border: none;
}
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $outline; border-radius: 2px; margin: 4px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $soft; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QListView, QTreeView, QTableView {
    background: $surface; color: $text; border: none;
    alternate-background-color: $surface; gridline-color: $line;
    selection-background-color: $accent_soft; selection-color: $text;
}
QTableView::item { border-bottom: 1px solid $line; padding: 0 8px; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QTableView::item:hover { background: $hover; }
QTableView::item:focus { border: 2px solid $accent; padding: 0 6px; }
QTextBrowser { background: $surface; border: none; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
    background: $surface; color: $soft; border: none; border-bottom: 1px solid $outline;
    padding: 0 11px; height: 36px; font-size: ${small}px;
}
QTableCornerButton::section { background: $surface; border: none; }

QMenu { background: $surface; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 8px 32px 8px 16px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $outline; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QProgressBar {
    min-height: 4px; max-height: 4px; border: none; border-radius: 2px; background: $line;
}
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QSplitter::handle { background: transparent; }
QTabBar::tab {
    padding: 0 16px; min-height: ${inner}px; color: $soft; border: none;
    border-bottom: 2px solid transparent;
}
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $text; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $line; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    width: 16px; height: 16px; margin: -6px 0; border-radius: 8px; background: $accent;
}
QSlider::handle:horizontal:focus { border: 2px solid $text; width: 12px; height: 12px; }
QStatusBar { background: $surface; color: $soft; }
""")


def sheet_of(worn: Colours) -> str:
    """Write the style sheet of a theme."""
    icons = assets.folder("icons").as_posix()
    rules = _SHEET.substitute(
        asdict(worn),
        icons=icons,
        tick="tick_black" if worn is DARK else "tick_white",
        inner=CONTROL_HEIGHT - 2,
        inner_focus=CONTROL_HEIGHT - 4,
        radius_card=Radius.CARD,
        radius_control=Radius.CONTROL,
        small=Size.SMALL,
    )
    return rules + "".join(_tone_rules(worn, tone) for tone in Tone)


def _tone_rules(worn: Colours, tone: Tone) -> str:
    ink, wash, name = worn.ink(tone), worn.wash(tone), tone.value
    return (
        f'QLabel[tone="{name}"] {{ color: {ink}; }}\n'
        f'QLabel[part="badge"][tone="{name}"], QFrame[part="banner"][tone="{name}"] '
        f"{{ background: {wash}; color: {ink}; }}\n"
    )
