"""What was found in a case, with a tick, and the button that lets people decide on it."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.identifiers import UnitId
from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.approvals.raising import Raising
from desktop.viewmodels.approvals.sheet import Found
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import Question
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Badge, Label, show_if


class FindingCard(QFrame):
    """One finding: how grave, what, why, by which rule and basis, and what became of it."""

    def __init__(self, found: Found, raising: Raising) -> None:
        super().__init__()
        self._key, self._raising = found.key, raising
        self.why = found.why
        self.setProperty("part", "inset")
        self.tick = QCheckBox(found.name)
        self.tick.toggled.connect(self._choose)
        self._name = Label(found.name, bold=True, wraps=True)
        self._standing = Label(size=Size.SMALL, tone=Tone.ACCENT, wraps=True)
        top = QHBoxLayout()
        top.addWidget(self.tick, 1)
        top.addWidget(self._name, 1)
        top.addWidget(Badge(found.level, found.tone))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(Space.HAIR + 2)
        column.addLayout(top)
        column.addWidget(Label(found.why, wraps=True))
        column.addWidget(Label(found.rule, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        basis = " ".join((found.rule_id, found.basis))
        column.addWidget(Label(basis, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        column.addWidget(self._standing)
        raising.changed.connect(self._refresh)
        self._refresh()

    def _choose(self, wanted: bool) -> None:  # Qt calls it so
        self._raising.choose(self._key, wanted=wanted)

    def _refresh(self) -> None:
        raising = self._raising
        offers = raising.may_raise() and raising.is_raisable(self._key)
        self.tick.setVisible(offers)
        self._name.setVisible(not offers)
        with QSignalBlocker(self.tick):
            self.tick.setChecked(self._key in raising.chosen)
        standing = raising.said_of(self._key)
        self._standing.setText(standing)
        show_if(self._standing, wanted=bool(standing))


class RaisingBar(QWidget):
    """Who answers for what is ticked, and the button."""

    def __init__(self, raising: Raising) -> None:
        super().__init__()
        self._raising = raising
        self._has_findings = False
        self.owner = _OwnerBox()
        self.owner.activated.connect(self._name_owner)
        self._field = Field(said("责任单位"), self.owner)
        self.go = Button(said("提交核实"), Rank.PRIMARY)
        self.go.clicked.connect(raising.raise_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._field)
        column.addWidget(self.go)
        raising.changed.connect(self.refresh)
        self.refresh()

    def show_for(self, *, has_findings: bool) -> None:
        """Show or hide the whole, as there is something to raise or not."""
        self._has_findings = has_findings
        self.refresh()

    def refresh(self) -> None:
        """Show what can be done now."""
        raising = self._raising
        show_if(self, wanted=self._has_findings and raising.may_raise())
        self.owner.offer(raising.units, raising.owner)
        count = len(raising.chosen)
        self.go.setText(said("提交核实（{0}）").format(count) if count else said("提交核实"))
        self.go.setEnabled(raising.is_ready())
        trouble = said("数据中的单位不在名录内，请选择。") if raising.wants_owner() else ""
        self._field.show_trouble(trouble)

    def _name_owner(self) -> None:
        self._raising.name_owner(self.owner.chosen())


class ManyQuestion(Question):
    """Asks once more before much is raised, and who answers for it."""

    wanted = Signal(object)  # the unit, or None

    def __init__(self, parent: QWidget, count: int, units: Mapping[UnitId, str]) -> None:
        words = said(
            "逐件检查 {0} 件办件，把可致黄红牌的疑似问题提交两人核实。提示、预警和暂定期限不提交。"
        )
        title = said("批量提交核实")
        super().__init__(parent, title, words.format(count), said("提交核实"))
        self.owner = _OwnerBox()
        self.owner.offer(units, None)
        self.body.addWidget(Field(said("责任单位"), self.owner))
        self.agreed.connect(self._tell)

    def _tell(self) -> None:
        self.wanted.emit(self.owner.chosen())


class _OwnerBox(QComboBox):
    """Everybody who could answer; first, whoever the case's data says."""

    def offer(self, units: Mapping[UnitId, str], chosen: UnitId | None) -> None:
        """Show them."""
        wanted = [("", said("按办理环节归属")), *units.items()]
        if [(self.itemData(n), self.itemText(n)) for n in range(self.count())] != wanted:
            self.clear()
            for key, name in wanted:
                self.addItem(name, key)
        self.setCurrentIndex(max(self.findData(chosen or ""), 0))

    def chosen(self) -> UnitId | None:
        """Who was chosen; None leaves it to the data."""
        return UnitId(self.currentData()) if self.currentData() else None
