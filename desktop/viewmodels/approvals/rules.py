"""The catalogue of rules, and a trial of what other parameters would find in the stored cases."""

from collections import Counter
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.identifiers import HallId
from desktop.domain.rules.catalogue import Board, Parameter, Rule, RuleSet, Wording
from desktop.system.language import headed, marked, said
from desktop.usecases.checking import Stopped
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.approvals.sheet import Cells, Lines, Row, headings
from desktop.viewmodels.approvals.words import BOARDS, LEVELS
from desktop.viewmodels.casework import Casework
from desktop.workers.case_book import Trial
from desktop.workers.errands import Errand, Errands

_LOOK_MS = 100

_UNITS: Mapping[str, str] = {
    "CALENDAR_DAY": marked("日"),
    "COUNT": marked("次或件"),
    "FEN": marked("分钱"),
    "HOUR": marked("时"),
    "MINUTE": marked("分钟"),
    "PERCENT": marked("%"),
    "SECOND": marked("秒"),
    "SIGMA": marked("倍标准差"),
    "TIMES": marked("倍"),
    "WORKING_DAY": marked("工作日"),
}


class RuleDesk(QObject):
    """Shows the rules; what is set here is for the trial alone and changes no rule in force.

    Attributes:
        board: whose rules are listed; None lists all.
        chosen: the rule that is looked at.
        trial: what the last trial found, None before one and after a change.
    """

    changed = Signal()
    progressed = Signal()
    refused = Signal(object)

    def __init__(
        self,
        casework: Casework,
        approvals: ApprovalsDesk,
        errands: Errands,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._casework, self._approvals, self._errands = casework, approvals, errands
        self._answers = Answers(self)
        self._settings: dict[str, dict[str, float]] = {}
        self._errand: Errand | None = None
        self.board: Board | None = None
        self.trial: Trial | None = None
        self.model = Lines(rule_titles, self)
        self.chosen: Rule = casework.catalogue.rules()[0]
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.progressed)
        self.refresh()

    @property
    def share(self) -> float | None:
        """How far the trial has come, None while none runs."""
        return self._errand.share if self._errand else None

    @property
    def is_changed(self) -> bool:
        """Whether some parameter differs from the rules in force."""
        return bool(self._settings)

    def stop(self) -> None:
        """End what is being done."""
        self.cancel()
        self._timer.stop()
        self._answers.close()

    def refresh(self) -> None:
        """Write the list anew, as in another language."""
        rules = self._casework.catalogue.rules()
        shown = [rule for rule in rules if self.board in {None, rule.board}]
        self.model.replace([Row(rule.id, self._cells(rule)) for rule in shown])
        self.changed.emit()

    def show_board(self, board: Board | None) -> None:
        """List the rules of a board, or all."""
        self.board = board
        self.refresh()

    def choose(self, rule_id: str) -> None:
        """Look at a rule."""
        self.chosen = self._casework.catalogue.rule(rule_id)
        self.changed.emit()

    def value(self, parameter: Parameter) -> float:
        """Give a parameter of the chosen rule as the trial would take it."""
        return self._settings.get(self.chosen.id, {}).get(parameter.name, parameter.default)

    def set_value(self, name: str, value: float) -> None:
        """Try another value for the chosen rule; the default takes the change back."""
        settings = dict(self._settings.get(self.chosen.id, {}))
        default = next(each.default for each in self.chosen.parameters if each.name == name)
        settings[name] = value
        if value == default:
            del settings[name]
        self._settings[self.chosen.id] = settings
        if not settings:
            del self._settings[self.chosen.id]
        self.trial = None
        self.refresh()

    def reset(self) -> None:
        """Take all changes back."""
        self._settings, self.trial = {}, None
        self.refresh()

    def begin(self) -> None:
        """Try the rules on all stored cases."""
        hall = self._approvals.house.hall
        if self._errand is not None or hall is None:
            return
        rules = RuleSet(self._casework.catalogue, self._settings)
        self._errand, done = self._errands.send(partial(self._try, hall.id, rules))
        self._timer.start()
        self._answers.ask(done, self._arrive, self._fail, "trial")
        self.changed.emit()

    def cancel(self) -> None:
        """Let it be."""
        if self._errand:
            self._errand.stop()

    def boards(self) -> Mapping[Board, int | None]:
        """How many findings each board has by the last trial; None where nothing was judged."""
        if self.trial is None:
            return dict.fromkeys(Board)
        catalogue, sums = self._casework.catalogue, Counter[Board]()
        for rule_id, count in self.trial.before.items():
            sums[catalogue.rule(rule_id).board] += count
        asked = {catalogue.rule(rule_id).board for rule_id in self.trial.asked}
        return {board: sums[board] if board in asked else None for board in Board}

    def wording(self) -> Wording:
        """What the chosen rule says in the current language."""
        return self.chosen.wording[said("zh", "rules")]

    def _try(self, hall_id: HallId, rules: RuleSet, errand: Errand) -> Trial | None:
        """On the errand's thread; None when somebody stopped it."""
        try:
            return self._approvals.book.try_rules(hall_id, rules, errand.tell)
        except Stopped:
            return None

    def _arrive(self, trial: Trial | None) -> None:
        self._end()
        self.trial = trial
        self.refresh()

    def _fail(self, error: Exception) -> None:
        self._end()
        self.changed.emit()
        self.refused.emit(error)

    def _end(self) -> None:
        self._errand = None
        self._timer.stop()

    def _cells(self, rule: Rule) -> Cells:
        mark = " *" if rule.id in self._settings else ""
        return (
            rule.id + mark,
            rule.wording[said("zh", "rules")].name,
            said(BOARDS[rule.board]),
            headed(said(LEVELS[rule.level])),
            *self._counts(rule),
        )

    def _counts(self, rule: Rule) -> tuple[str, str]:
        if self.trial is None:
            return "", ""
        if rule.id not in self.trial.asked:
            return said("数据不足"), ""
        before, after = self.trial.before.get(rule.id, 0), self.trial.after.get(rule.id, 0)
        return str(before), f"{after} ({after - before:+})" if after != before else str(after)


def rule_titles() -> Cells:
    """The titles of the table of rules."""
    return headings(
        said("规则"), said("名称"), said("板块"), said("等级"), said("现行参数"), said("试算参数"),
    )  # fmt: skip


def range_said(parameter: Parameter) -> str:
    """Say what a parameter may be and where its default comes from."""
    unit = said(_UNITS[parameter.unit])
    told = said("{0} 至 {1}，单位：{2}；默认 {3}")
    return told.format(
        f"{parameter.least:g}", f"{parameter.most:g}", unit, f"{parameter.default:g}"
    )
