"""The frame around the pages: navigation, bar, the page that is shown, notices."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.system.theme import Space, Tone
from desktop.viewmodels.links import RecordLink
from desktop.viewmodels.sync_truth import SyncTruth
from desktop.views.command_palette import CommandPalette, Offer
from desktop.views.help.keys import KeysCard
from desktop.views.help.page import HELP_PAGE
from desktop.views.kit.notices import NoticeBar
from desktop.views.kit.panels import Banner
from desktop.views.navigation import Navigation
from desktop.views.page import Notice, Page, PageEntry
from desktop.views.search_page import SEARCH_PAGE
from desktop.views.top_bar import TopBar

FOLDS_BELOW = 1100  # px; narrower windows give the room to the page


class Frame(QWidget):
    """Shows one page at a time and builds each when it is first wanted."""

    page_shown = Signal(str)
    subject_shown = Signal(str, str)  # kind and id of the record that a page laid open

    def __init__(self, entries: Sequence[PageEntry], menu: QMenu) -> None:
        super().__init__()
        self.setProperty("part", "page")
        self._entries = {entry.page_id: entry for entry in entries}
        self._pages: dict[str, Page] = {}
        self._subjects: dict[str, RecordLink] = {}  # what each page laid open last
        self._find = self._deed(self.tr("搜索全部记录"), "Ctrl+F", self._search)
        self._copy = self._deed(self.tr("复制这条记录的链接"), "Ctrl+Shift+C", self._copy_link)
        self._copy.setEnabled(False)
        self._commands = (*_deeds(menu), *self._helping(), self._find, self._copy)
        self.addActions(self._commands)  # so that their shortcuts work while the menu is closed
        self._narrow = False
        self.current_id = ""
        self.navigation = Navigation(entries, self.tr("大厅效能督察"))
        self.navigation.chosen.connect(self.show_page)
        self.bar = TopBar(menu)
        self.bar.wants_palette.connect(self.open_palette)
        self._trouble = Banner(tone=Tone.NEAR)
        self._strip = QWidget()
        self._strip.hide()
        self._stack = QStackedWidget()
        self._lay_out()
        self._notices = NoticeBar(self._stack)
        self._notices.acted.connect(self._undo)
        self._add_shortcuts()

    def show_page(self, page_id: str) -> None:
        """Bring a page to the front."""
        if page_id not in self._entries:
            return
        page = self._built(page_id)
        if self.current_id != page_id and self.current_id in self._pages:
            self._pages[self.current_id].leave()
        came = self.current_id != page_id
        self.current_id = page_id
        self.navigation.show_current(page_id)
        self.bar.show_title(self._entries[page_id].name())
        if came:
            self.bar.show_context("")
        self._stack.setCurrentWidget(page)
        if came:
            page.arrive()
        self._find.setEnabled(not _finds_itself(page))
        self._copy.setEnabled(page_id in self._subjects)
        self.page_shown.emit(page_id)

    def go_to(self, page_id: str, subject: object) -> None:
        """Bring a page to the front and one thing on it."""
        self.show_page(page_id)
        if page_id in self._pages:
            self._pages[page_id].open_subject(subject)

    @property
    def page_ids(self) -> tuple[str, ...]:
        """Name the pages in the order of the navigation."""
        return tuple(self._entries)

    def page(self, page_id: str) -> Page | None:
        """A page, if it was built."""
        return self._pages.get(page_id)

    def say(self, notice: Notice) -> None:
        """Show a notice over the page."""
        undo = self.tr("撤销") if notice.undo else ""
        self._notices.say(notice.text, notice.tone, action=undo, token=notice.undo)

    def show_trouble(self, sentence: str) -> None:
        """Say above all pages what does not work just now; "" takes it away."""
        self._trouble.say(sentence, Tone.NEAR)
        self._strip.setVisible(bool(sentence))

    def show_truth(self, truth: SyncTruth) -> None:
        """Say how sync stands."""
        self.bar.sync.show_truth(truth)

    def open_palette(self) -> None:
        """Offer pages and commands by a few letters."""
        palette = CommandPalette(self.offers(), self)
        palette.page_wanted.connect(self.show_page)
        palette.search_wanted.connect(self._search_for)
        palette.show()

    def offers(self) -> list[Offer]:
        """Everything the palette can do now: the page's own commands first."""
        page = self._pages.get(self.current_id)
        here = list(page.commands()) if page else []
        deeds = (each for each in (*here, *self._commands) if each.isEnabled() and each.text())
        pages = (
            Offer(entry.name(), self.tr("打开页面"), page_id=page_id)
            for page_id, entry in self._entries.items()
        )
        return [*pages, *(self._offer(deed) for deed in deeds)]

    def _offer(self, deed: QAction) -> Offer:
        inner = deed.parent()
        group = inner.title() if isinstance(inner, QMenu) else ""
        title = f"{group} · {deed.text()}" if group else deed.text()
        return Offer(title.replace("&", ""), deed.statusTip() or self.tr("命令"), action=deed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the navigation when the window gets narrow, and unfold it when there is room."""
        narrow = event.size().width() < FOLDS_BELOW
        if narrow != self._narrow:
            self._narrow = narrow
            self.navigation.fold(narrow)
        super().resizeEvent(event)

    def _built(self, page_id: str) -> Page:
        if page_id not in self._pages:
            page = self._entries[page_id].build()
            page.setParent(self._stack)
            page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            page.context_changed.connect(self._take_context)
            page.title_changed.connect(self._take_title)
            page.noticed.connect(self.say)
            page.goes_to.connect(self.go_to)
            page.subject_shown.connect(self._take_subject)
            self._stack.addWidget(page)
            self._pages[page_id] = page
        return self._pages[page_id]

    def _take_context(self, line: str) -> None:
        if self.sender() is self._pages.get(self.current_id):
            self.bar.show_context(line)

    def _take_title(self, title: str) -> None:
        if self.sender() is self._pages.get(self.current_id):
            self.bar.show_title(title or self._entries[self.current_id].name())

    def _take_subject(self, kind: str, record_id: str) -> None:
        page_id = next((name for name, page in self._pages.items() if page is self.sender()), "")
        self._subjects[page_id] = RecordLink(kind, record_id)
        self._copy.setEnabled(self.current_id in self._subjects)
        self.subject_shown.emit(kind, record_id)

    def _copy_link(self) -> None:
        QGuiApplication.clipboard().setText(self._subjects[self.current_id].text())
        self.say(Notice(self.tr("链接已复制，可以粘贴到别处或发给同事。"), Tone.GOOD))

    def _search_for(self, words: str) -> None:
        self.go_to(SEARCH_PAGE, words)

    def _search(self) -> None:
        self.show_page(SEARCH_PAGE)

    def _undo(self, undo: object) -> None:
        if callable(undo):
            undo()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.bar)
        strip = QVBoxLayout(self._strip)
        strip.setContentsMargins(Space.MARGIN, Space.CARD, Space.MARGIN, 0)
        strip.addWidget(self._trouble)
        column.addWidget(self._strip)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addLayout(column, 1)

    def _add_shortcuts(self) -> None:
        self.addAction(self._deed(self.tr("搜索或输入命令"), "Ctrl+K", self.open_palette))
        for number, (page_id, entry) in enumerate(self._entries.items(), start=1):
            if number > 9:
                break
            action = QAction(entry.name(), self)
            action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            action.setData(page_id)
            action.triggered.connect(self._jump)
            self.addAction(action)

    def _helping(self) -> tuple[QAction, QAction]:
        explain = self._deed(self.tr("说明这一页"), "F1", self._explain)
        return explain, self._deed(self.tr("快捷键一览"), "Ctrl+/", self.show_keys)

    def _deed(self, text: str, keys: str, deed: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(deed)
        return action

    def _explain(self) -> None:
        if HELP_PAGE in self._entries and self.current_id != HELP_PAGE:
            self.go_to(HELP_PAGE, self.current_id)

    def show_keys(self) -> None:
        """Show which keys do what, here and everywhere."""
        page = self._pages.get(self.current_id)
        here = page.commands() if page else ()
        title = self._entries[self.current_id].name()
        KeysCard(self, {title: here, self.tr("所有页面"): self.actions()}).open()

    def _jump(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.show_page(str(action.data()))


def _finds_itself(page: Page) -> bool:
    """Tell whether Ctrl+F is a page's own; two of them at once would do nothing."""
    return any(each.shortcut() == QKeySequence("Ctrl+F") for each in page.actions())


def _deeds(menu: QMenu) -> Iterator[QAction]:
    """Give the actions of a menu and of the menus within it."""
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _deeds(inner)
        elif not action.isSeparator():
            yield action
