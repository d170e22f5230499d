"""The catalogue of rules, and a trial of what other parameters would find in the stored cases."""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import DomainError
from desktop.domain.identifiers import HallId
from desktop.domain.rules.catalogue import Board, Parameter, Rule, RuleSet, Wording
from desktop.domain.rules.settings import RuleSettings
from desktop.exchange.rule_file import RuleFile, read_rule_file, write_rule_file
from desktop.system.language import headed, joined, marked, said
from desktop.usecases.checking import Stopped
from desktop.usecases.ports import UnitOfWork
from desktop.usecases.rule_settings import note_rules_export, set_rules
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.approvals.words import BOARDS, LEVELS
from desktop.viewmodels.casework import Casework, may_create
from desktop.viewmodels.leaving import written
from desktop.viewmodels.lines import Cells, Lines, Row, headings
from desktop.viewmodels.suspicions import Suspicions
from desktop.viewmodels.times import day_of
from desktop.workers.errands import Errand, Errands
from desktop.workers.rule_trial import Trial, Turn

_LOOK_MS = 100
_SHIPPED = RuleFile({}, frozenset())

_UNITS: Mapping[str, str] = {
    "CALENDAR_DAY": marked("日"),
    "COUNT": marked("次或件"),
    "FEN": marked("分钱"),
    "HOUR": marked("时"),
    "LEVEL": marked("级"),
    "MINUTE": marked("分钟"),
    "PERCENT": marked("%"),
    "SECOND": marked("秒"),
    "SIGMA": marked("倍标准差"),
    "TIMES": marked("倍"),
    "WORKING_DAY": marked("工作日"),
}


class RuleDesk(QObject):
    """Shows the rules, tries other parameters, and lets the hall hold by them.

    Attributes:
        board: whose rules are listed; None lists all.
        chosen: the rule that is looked at.
        trial: what the last trial found, None before one and after a change.
        turns: the cases of which some rule says something else by the last trial.
        crowd: what the rules in force find in many cases together.
    """

    changed = Signal()
    progressed = Signal()
    saved = Signal()
    exported = Signal(str)  # the file's name
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
        self._errand: Errand | None = None
        self.board: Board | None = None
        self.trial: Trial | None = None
        self.model = Lines(rule_titles, self)
        self.turns = Lines(turn_titles, self)
        self.crowd = Suspicions(casework, approvals, self)
        self.chosen: Rule = casework.catalogue.rules()[0]
        self._draft = self._standing()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.progressed)
        approvals.rules_changed.connect(self.reset)
        self.refresh()

    @property
    def share(self) -> float | None:
        """How far the trial has come, None while none runs."""
        return self._errand.share if self._errand else None

    @property
    def is_changed(self) -> bool:
        """Whether something differs from the rules in force."""
        return self._draft != self._standing()

    @property
    def is_catalogue(self) -> bool:
        """Whether the draft is the catalogue as it was shipped."""
        return self._draft == _SHIPPED

    @property
    def settings(self) -> RuleSettings | None:
        """By what the hall holds its rules."""
        return self._approvals.house.settings

    def may_save(self) -> bool:
        """Tell whether this person may set the parameters of the hall."""
        actor = self._casework.door.actor
        has_hall = self._approvals.house.hall is not None
        return has_hall and may_create(self._casework.book, RuleSettings.ENTITY, actor)

    def stop(self) -> None:
        """End what is being done."""
        self.cancel()
        self.crowd.stop()
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
        return self._draft.parameters.get(self.chosen.id, {}).get(parameter.name, parameter.default)

    def is_on(self) -> bool:
        """Tell whether the trial would judge by the chosen rule."""
        return self.chosen.id not in self._draft.switched_off

    def set_value(self, name: str, value: float) -> None:
        """Try another value for the chosen rule; the default takes the change back."""
        values = dict(self._draft.parameters.get(self.chosen.id, {}))
        default = next(each.default for each in self.chosen.parameters if each.name == name)
        values[name] = value
        if value == default:
            del values[name]
        parameters = {**self._draft.parameters, self.chosen.id: values}
        if not values:
            del parameters[self.chosen.id]
        self._try_out(self._draft._replace(parameters=parameters))

    def switch(self, *, on: bool) -> None:
        """Try to judge by the chosen rule or not to."""
        one = {self.chosen.id}
        off = self._draft.switched_off - one if on else self._draft.switched_off | one
        self._try_out(self._draft._replace(switched_off=off))

    def reset(self) -> None:
        """Take all changes back."""
        self._try_out(self._standing())

    def ship(self) -> None:
        """Go back to the catalogue as it was shipped."""
        self._try_out(_SHIPPED)

    def take_file(self, path: Path) -> None:
        """Try the parameters of a file, as another hall has written it."""
        try:
            draft = read_rule_file(path)
            RuleSet(self._casework.catalogue, draft.parameters, draft.switched_off)
        except DomainError as refusal:
            self.refused.emit(refusal)
            return
        self._try_out(draft)

    def save(self, reason: str) -> None:
        """Let the hall judge by the draft from now on."""
        actor, hall = self._casework.door.actor, self._approvals.house.hall
        if actor is None or hall is None:
            return
        act = partial(
            set_rules,
            hall_id=hall.id,
            parameters=self._draft.parameters,
            switched_off=self._draft.switched_off,
            reason=reason,
            catalogue=self._casework.catalogue,
            clock=self._casework.clock,
        )
        self._answers.ask(self._casework.desk.act(actor, act), self._was_saved, self._refuse)

    def export(self, target: Path, reason: str) -> None:
        """Write the draft as a file for `check --rules`."""
        actor, hall = self._casework.door.actor, self._approvals.house.hall
        if actor is None or hall is None:
            return
        data = write_rule_file(self._draft.parameters, self._draft.switched_off)

        def export(work: UnitOfWork) -> str:
            note_rules_export(work, hall.id, reason)
            return written(target, data)

        self._answers.ask(self._casework.desk.act(actor, export), self._was_exported, self._refuse)

    def begin(self) -> None:
        """Try the rules on all stored cases."""
        hall = self._approvals.house.hall
        if self._errand is not None or hall is None:
            return
        rules = RuleSet(self._casework.catalogue, *self._draft)
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
        self._list_turns()
        self.refresh()

    def _fail(self, error: Exception) -> None:
        self._end()
        self.changed.emit()
        self.refused.emit(error)

    def _end(self) -> None:
        self._errand = None
        self._timer.stop()

    def _standing(self) -> RuleFile:
        settings = self._approvals.house.settings
        if settings is None:
            return _SHIPPED
        return RuleFile(settings.parameters, frozenset(settings.switched_off))

    def _try_out(self, draft: RuleFile) -> None:
        self._draft, self.trial = draft, None
        self._list_turns()
        self.refresh()

    def _list_turns(self) -> None:
        turns = self.trial.turns if self.trial else ()
        self.turns.replace([Row(turn.case_id, _turn_cells(turn)) for turn in turns])
        self.crowd.show(self.trial.crowd if self.trial else ())

    def _was_saved(self, _: RuleSettings) -> None:
        self.saved.emit()
        self._approvals.refresh()

    def _was_exported(self, name: str) -> None:
        self.exported.emit(name)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)

    def _cells(self, rule: Rule) -> Cells:
        mark = " *" if rule.id in self._draft.parameters else ""
        if rule.id in self._draft.switched_off:
            mark = said("（停用）")
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


def turn_titles() -> Cells:
    """The titles of the table of cases of which a rule says something else."""
    return headings(said("办件编号"), said("规则"), said("现行参数"), said("试算参数"))


def _turn_cells(turn: Turn) -> Cells:
    return (turn.case_no, turn.rule_id, _level_said(turn.before), _level_said(turn.after))


def _level_said(level: int | None) -> str:
    return "—" if level is None else headed(said(LEVELS[level]))


def in_force_said(desk: RuleDesk) -> str:
    """Say by what the hall judges now, and what a trial is."""
    settings = desk.settings
    told = said("现行：默认参数。")
    if settings is not None:
        told = said("现行：{0} 设置的参数（{1}），理由：{2}。")
        told = told.format(
            day_of(settings.set_at).isoformat(), settings.version[:8], settings.reason
        )
    return joined(told, said("试算只看结果，不改变现行规则；满意后可保存为本大厅的参数。"))


def range_said(parameter: Parameter) -> str:
    """Say what a parameter may be and where its default comes from."""
    unit = said(_UNITS[parameter.unit])
    told = said("{0} 至 {1}，单位：{2}；默认 {3}")
    return told.format(
        f"{parameter.least:g}", f"{parameter.most:g}", unit, f"{parameter.default:g}"
    )
