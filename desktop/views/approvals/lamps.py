"""Draws a lamp before its word in a table."""

from functools import lru_cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.system.theme import colours
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.states import StateLook
from desktop.views.kit.glyphs import glyph_icon
from desktop.views.kit.rows import Index


class LampDelegate(QStyledItemDelegate):
    """Shape and word; the colour is the shape's."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Put the shape before the word."""
        super().initStyleOption(option, index)
        look = index.data(RowRole.LOOK)
        if isinstance(look, StateLook):
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.decorationSize = QSize(16, 16)
            option.icon = _icon(look, colours().page)


@lru_cache(maxsize=64)
def _icon(look: StateLook, _theme: str) -> QIcon:
    return glyph_icon(look)
