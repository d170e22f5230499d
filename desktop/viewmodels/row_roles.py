"""What a Qt model answers for a row beside its text."""

from enum import IntEnum

from PySide6.QtCore import Qt


class RowRole(IntEnum):
    """Identity travels in KEY; DETAIL, LOOK and REMARK are the parts of a row of two lines."""

    KEY = Qt.ItemDataRole.UserRole
    DETAIL = Qt.ItemDataRole.UserRole + 1
    LOOK = Qt.ItemDataRole.UserRole + 2
    REMARK = Qt.ItemDataRole.UserRole + 3
