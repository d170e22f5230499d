"""The columns of tables as the user left them, in one small file."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QApplication, QHeaderView

_PLACE = "layouts"  # property of the application; without it nothing is kept


def keep_layouts_in(application: QApplication, file: Path) -> None:
    """Keep the layouts of this run in a file."""
    application.setProperty(_PLACE, str(file))


def keep_layout(name: str, header: QHeaderView) -> None:
    """Remember widths, order and hidden columns of a table."""
    if (kept := _kept()) is not None:
        kept.setValue(name, header.saveState())


def restore_layout(name: str, header: QHeaderView) -> None:
    """Lay columns out as they were left; what does not fit changes nothing."""
    kept = _kept()
    state = kept.value(name) if kept is not None else None
    if isinstance(state, QByteArray):
        header.restoreState(state)


def _kept() -> QSettings | None:
    application = QApplication.instance()
    place = application.property(_PLACE) if application else None
    return QSettings(place, QSettings.Format.IniFormat) if isinstance(place, str) else None
