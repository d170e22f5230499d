"""帮助: the manual with its pictures, the glossary and the news; F1 opens the chapter of a page."""

from functools import partial

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QStandardItem,
    QStandardItemModel,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from desktop import assets
from desktop.system.language import said
from desktop.system.theme import Space
from desktop.viewmodels.help import manual
from desktop.viewmodels.row_roles import RowRole
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Panel
from desktop.views.kit.rows import RowList
from desktop.views.kit.search import SearchField
from desktop.views.page import Page, PageEntry

HELP_PAGE = "help"
SIDE = 240  # px, the chapters
_PAGE_SCHEME = "page"
_LINE_PERCENT = 150
_PICTURE = "\ufffc"  # stands for one in the text


class ManualText(QTextBrowser):
    """Shows Markdown; pictures are as wide as the text at most."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(said("手册正文"))
        self.setOpenLinks(False)
        self.document().setDocumentMargin(Space.CARD)
        self._text = ""

    def show_text(self, text: str) -> None:
        """Show another chapter from its beginning."""
        self._text = text
        self.document().setMarkdown(text)
        self._give_room()
        self.verticalScrollBar().setValue(0)

    def _give_room(self) -> None:
        """Set the lines apart as everywhere else; Markdown itself knows no such thing."""
        block = self.document().begin()
        while block.isValid():
            shape = block.blockFormat()
            percent = 100 if _PICTURE in block.text() else _LINE_PERCENT
            shape.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            shape.setTopMargin(Space.INSIDE if shape.headingLevel() else Space.HAIR)
            shape.setBottomMargin(Space.INSIDE)
            QTextCursor(block).setBlockFormat(shape)
            block = block.next()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Read a picture of the manual; nothing is ever fetched from elsewhere."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        file = QUrl(name).fileName()
        picture = QImage(str(assets.folder("manual") / "pictures" / file))
        room = max(240, self.viewport().width() - 3 * Space.CARD)  # the scroll bar comes later
        smooth = Qt.TransformationMode.SmoothTransformation
        if picture.isNull() or picture.width() <= room * self.devicePixelRatioF():
            return picture
        ratio = self.devicePixelRatioF()
        fitted = picture.scaledToWidth(round(room * ratio), smooth)
        fitted.setDevicePixelRatio(ratio)
        return fitted


class HelpPage(Page):
    """Chapters at the left, the open one at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._language = manual.tongue()
        self._search = SearchField(said("在手册中查找"), said("查找"))
        self._search.textChanged.connect(self._list_found)
        self._models = QStandardItemModel(self)
        self._list = RowList(said("章节"))
        self._list.setModel(self._models)
        self._list.chosen.connect(self._open)
        self._text = ManualText()
        self._text.anchorClicked.connect(self._follow)
        self._lay_out()
        self._list_found("")
        self._list.choose(manual.START)

    def open_subject(self, subject: object) -> None:
        """Open a chapter; a page without one leads to the first."""
        self._search.clear()
        known = {self._models.item(n).data(RowRole.KEY) for n in range(self._models.rowCount())}
        self._list.choose(subject if subject in known else manual.START)

    def sizeHint(self) -> QSize:
        """A page of text."""
        return QSize(960, 640)

    def _lay_out(self) -> None:
        side = Panel(margin=12)
        side.setFixedWidth(SIDE)
        side.body.addWidget(self._search)
        side.body.addWidget(self._list, 1)
        text = Panel(margin=0)
        text.body.addWidget(self._text, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(side)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MARGIN, Space.CARD, Space.MARGIN, Space.CARD)
        row.setSpacing(Space.CARD)
        row.addWidget(left)
        row.addWidget(text, 1)

    def _list_found(self, words: str) -> None:
        shown = self._list.currentIndex().data(RowRole.KEY)
        topics = manual.found(self._language, words)
        self._models.clear()
        for name, title in topics:
            item = QStandardItem(title)
            item.setData(name, RowRole.KEY)
            self._models.appendRow(item)
        self._list.choose(shown)

    def _open(self, name: str) -> None:
        self._text.show_text(manual.chapter(self._language, name))

    def _follow(self, url: QUrl) -> None:
        if url.scheme() == _PAGE_SCHEME:
            self.goes_to.emit(url.path(), None)


def help_title() -> str:
    """The page's name."""
    return said("帮助")


def help_entry() -> PageEntry:
    """The page's place at the foot of the navigation."""
    return PageEntry(HELP_PAGE, Icon.INFO, help_title, partial(HelpPage), at_foot=True)
