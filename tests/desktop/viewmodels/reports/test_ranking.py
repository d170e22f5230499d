"""Ranking and trend: bars in order, few cases unranked, and every bar open to what it rests on."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from desktop.domain.report.facts import Ledger
from desktop.viewmodels.reports.ranking import behind, finding_bars, month_bars, score_bars
from desktop.views.kit.buttons import Button
from desktop.views.reports.bars import MonthColumn, UnitBar
from desktop.views.reports.ranking import RankingView
from tests.support.casework import nameless
from tests.support.quarter import facts, figures


def test_units_stand_by_score_and_few_cases_are_not_ranked() -> None:
    bars = score_bars(figures())
    assert len(bars) == len(facts().units)
    *ranked, few = bars
    assert [bar.share for bar in ranked] == sorted((bar.share for bar in ranked), reverse=True)
    assert [bar.is_ranked for bar in bars] == [True] * len(ranked) + [False]
    assert "样本少" in few.text


def test_without_cases_there_are_no_scores_and_no_trend() -> None:
    bare = replace(figures(), facts=replace(facts(), absent=frozenset({Ledger.CASES})))
    assert score_bars(bare) == month_bars(bare) == ()
    assert sum(int(bar.text.split()[0]) for bar in finding_bars(bare)) == 39


def test_behind_a_bar_stand_its_points_cards_and_findings() -> None:
    names = {unit.short_name: unit.id for unit in facts().units}
    lines = behind(figures(), names["市住建局"])
    cards = {line.card.id for line in figures().cards.lines}
    assert {line.card_id for line in lines if line.card_id} <= cards
    assert any("扣 5 分" in line.text for line in lines)
    assert any(line.text.startswith("某效监红") for line in lines)
    assert any(line.text.startswith("属实问题 离岗") for line in lines)


def test_a_bar_opens_its_unit_a_line_its_card_and_a_month_its_report(qtbot: QtBot) -> None:
    view = RankingView()
    qtbot.addWidget(view)
    view.resize(800, 900)
    view.show_figures(figures())
    view.show()
    assert nameless(view) == []
    bar = next(b for b in view.findChildren(UnitBar) if b.bar.name == "市住建局")
    bar.click()
    button = next(b for b in view.findChildren(Button) if b.property("card"))
    assert any("某效监红" in line for line in view.lines())
    with qtbot.waitSignal(view.opens_card) as opened:
        button.click()
    assert opened.args[0] in {line.card.id for line in figures().cards.lines}
    month = view.findChildren(MonthColumn)[-1]
    with qtbot.waitSignal(view.wants_month) as wanted:
        month.click()
    assert wanted.args == [figures().period.months[-1]]
