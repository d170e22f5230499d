"""法规依据: the articles that cards cite, and a form for another one."""

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QGridLayout, QVBoxLayout

from desktop.domain.organisation import BasisPurpose
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.setup.desk import SetupDesk
from desktop.viewmodels.setup.facts import Chapter
from desktop.viewmodels.setup.words import purpose_name
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field, LineField
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Panel, emptied
from desktop.views.setup.chapter import ChapterView


class BasesChapter(ChapterView):
    """Articles of local rules."""

    def __init__(self, desk: SetupDesk) -> None:
        super().__init__(desk, Chapter.BASES)
        self._rows = QVBoxLayout()
        self._title = LineField(self.tr("文件名称"), self.tr("全称，不加书名号"))
        self._article = LineField(self.tr("条款"), self.tr("例如：第十二条第二项"))
        self._purpose = QComboBox()
        for purpose in BasisPurpose:
            self._purpose.addItem(purpose_name(purpose), purpose)
        self._from = QDateEdit()
        self._from.setCalendarPopup(True)
        self._from.setDisplayFormat("yyyy-MM-dd")
        self._form = self._made_form()
        known = Panel(self.tr("已有依据"))
        known.body.addLayout(self._rows)
        self.body.addWidget(known)
        self.body.addWidget(self._form)
        desk.saved.connect(self._clear)

    def show_facts(self) -> None:
        """List the articles."""
        emptied(self._rows)
        facts = self.desk.facts
        for basis in facts.bases if facts else ():
            self._rows.addWidget(Label(f"《{basis.title}》{basis.article}", wraps=True))
            since = self.tr("{0} · 自 {1} 起施行").format(
                purpose_name(basis.purpose), basis.valid_from.isoformat()
            )
            self._rows.addWidget(Label(since, size=Size.SMALL, tone=Tone.SOFT))
        if facts is None or not facts.bases:
            self._rows.addWidget(Label(self.tr("还没有依据，牌还不能拟稿。"), tone=Tone.SOFT))
        self._form.setEnabled(self.desk.may_change)

    def _made_form(self) -> Panel:
        panel = Panel(self.tr("加一条依据"))
        grid = QGridLayout()
        grid.setSpacing(Space.CARD)
        fields = (
            self._title,
            self._article,
            Field(self.tr("用途"), self._purpose),
            Field(self.tr("施行日期"), self._from),
        )
        for number, field in enumerate(fields):
            grid.addWidget(field, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        keep = Button(self.tr("保存依据"), Rank.PRIMARY)
        keep.clicked.connect(self._save)
        panel.body.addLayout(grid)
        panel.body.addWidget(keep, 0, Qt.AlignmentFlag.AlignRight)
        return panel

    def _save(self) -> None:
        title, article = self._title.text(), self._article.text()
        if not (title and article):
            self.show_trouble(self.tr("请填写文件名称和条款。"))
            return
        self.show_trouble("")
        shown = self._from.date()
        day = date(shown.year(), shown.month(), shown.day())
        self.desk.save_basis(self._purpose.currentData(), title, article, day)

    def _clear(self) -> None:
        for field in (self._title, self._article):
            field.clear()
        self._from.setDate(QDate.currentDate())
