"""认定时长: every threshold with what it means, its range and its default."""

from dataclasses import fields, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.organisation import HallRules
from desktop.system.language import joined, said
from desktop.system.theme import Size, Space, Tone
from desktop.usecases.setup import RANGES
from desktop.viewmodels.setup.desk import SetupDesk
from desktop.viewmodels.setup.facts import Chapter
from desktop.viewmodels.setup.words import LIMITS
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import DecimalBox
from desktop.views.kit.labels import Label, hairline
from desktop.views.kit.panels import Panel
from desktop.views.setup.chapter import ChapterView

_MINUTE = 60.0


class LimitsChapter(ChapterView):
    """The parameters of the hall's rules, in minutes where they are times."""

    def __init__(self, desk: SetupDesk) -> None:
        super().__init__(desk, Chapter.LIMITS)
        self._boxes: dict[str, DecimalBox] = {}
        panel = Panel()
        for number, name in enumerate(each.name for each in fields(HallRules)):
            if number:
                panel.body.addWidget(hairline())
            panel.body.addWidget(self._row(name))
        self._save = Button(self.tr("保存"), Rank.PRIMARY)
        self._save.clicked.connect(self._keep)
        self._usual = Button(self.tr("全部恢复默认"))
        self._usual.clicked.connect(self._reset)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._usual)
        foot.addWidget(self._save)
        self.body.addWidget(panel)
        self.body.addLayout(foot)
        self._shown: HallRules | None = None

    def show_facts(self) -> None:
        """Show the thresholds that hold, unless somebody is changing them."""
        facts = self.desk.facts
        if facts is not None and facts.hall.rules != self._shown:
            self._shown = facts.hall.rules
            self._show(facts.hall.rules)
        for each in (*self._boxes.values(), self._save, self._usual):
            each.setEnabled(self.desk.may_change)

    def _row(self, name: str) -> QWidget:
        limit, unit = LIMITS[name], _unit(name)
        low, high = (bound / unit for bound in RANGES[name])
        box = DecimalBox(low, high)
        box.setSingleStep(1.0)
        box.setDecimals(0 if limit.counts else 1)
        box.setSuffix(said(limit.counts) if limit.counts else said(" 分钟"))
        box.setFixedWidth(140)
        box.setAccessibleName(said(limit.label))
        box.setAccessibleDescription(said(limit.meaning))
        self._boxes[name] = box
        usual = getattr(HallRules(), name) / unit
        told = said("范围 {0:g}–{1:g}，默认 {2:g}。").format(low, high, usual)
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addWidget(Label(said(limit.label)))
        meaning = joined(said(limit.meaning), told)
        words.addWidget(Label(meaning, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.CARD)
        row.addLayout(words, 1)
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder

    def _show(self, rules: HallRules) -> None:
        for name, box in self._boxes.items():
            box.setValue(getattr(rules, name) / _unit(name))

    def _reset(self) -> None:
        self._show(HallRules())

    def _keep(self) -> None:
        facts = self.desk.facts
        if facts is not None:
            values = {name: box.value() * _unit(name) for name, box in self._boxes.items()}
            self.desk.save_rules(replace(facts.hall.rules, **values))


def _unit(name: str) -> float:
    return 1.0 if LIMITS[name].counts else _MINUTE
