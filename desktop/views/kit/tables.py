"""Tables: rows of 36 px, no vertical lines, a header that stays, columns one can choose."""

from PySide6.QtCore import QAbstractItemModel, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from desktop.system.theme import ROW_HEIGHT, Size, typeface
from desktop.viewmodels.row_roles import RowRole
from desktop.views.kit.layouts import keep_layout, restore_layout
from desktop.views.kit.rows import Index, offer_deeds


class Table(QTableView):
    """A table of records; `opened` gives the key of the row that Enter or a double click opens.

    The model answers `RowRole.KEY` in column 0 and aligns numbers right by itself.
    """

    opened = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._is_laid_out = False
        self.setAccessibleName(name)
        self.setFont(typeface(Size.BODY))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        header.setSectionsMovable(True)
        offer_deeds(self, self._copy, self._open_current)
        self.doubleClicked.connect(self._open)

    def showEvent(self, event: QShowEvent) -> None:
        """Come back with the columns as they were left, but none narrower than its title."""
        if not self._is_laid_out and self.model() is not None:
            self._is_laid_out = True
            header = self.horizontalHeader()
            restore_layout(self._layout_name(), header)
            for column in range(header.count()):
                if not header.isSectionHidden(column):
                    wide = max(header.sectionSize(column), header.sectionSizeHint(column))
                    header.resizeSection(column, wide)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the columns as they are left."""
        if self._is_laid_out:
            keep_layout(self._layout_name(), self.horizontalHeader())
        super().hideEvent(event)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model; the last column takes the room that is left."""
        super().setModel(model)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open_current()
        else:
            super().keyPressEvent(event)

    def selected_rows(self) -> list[int]:
        """The rows that are marked, from the top."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def selected_text(self) -> str:
        """The selected rows with their header, cells apart by tabs."""
        model, header = self.model(), self.horizontalHeader()
        shown = [c for c in range(model.columnCount()) if not header.isSectionHidden(c)]
        rows = sorted({index.row() for index in self.selectedIndexes()})
        titles = [str(model.headerData(c, Qt.Orientation.Horizontal) or "") for c in shown]
        cells = [[str(model.index(r, c).data() or "") for c in shown] for r in rows]
        return "\n".join("\t".join(line) for line in (titles, *cells))

    def _layout_name(self) -> str:
        """The same in every language; another model, or one of other columns, is another table."""
        return f"{type(self.model()).__name__}-{self.model().columnCount()}"

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.selected_text())

    def _open_current(self) -> None:
        if self.currentIndex().isValid():
            self._open(self.currentIndex())

    def _open(self, index: Index) -> None:
        self.opened.emit(index.sibling(index.row(), 0).data(RowRole.KEY))

    def _offer_columns(self, place: QPoint) -> None:
        menu = QMenu(self)
        header, model = self.horizontalHeader(), self.model()
        for column in range(1, model.columnCount()):
            title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            action = QAction(
                title, menu, checkable=True, checked=not header.isSectionHidden(column)
            )
            action.setData(column)
            menu.addAction(action)
        menu.triggered.connect(self._toggle_column)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(header.mapToGlobal(place))

    def _toggle_column(self, action: QAction) -> None:
        self.setColumnHidden(int(action.data()), not action.isChecked())
