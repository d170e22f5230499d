"""What inspections are called on the screen."""

from collections.abc import Mapping
from enum import Enum

from desktop.domain.checklists import AnswerKind, Checklist, ChecklistTrouble, Text, worded
from desktop.domain.inspection_plans import Rhythm
from desktop.domain.inspections import Gap, Score, Verdict
from desktop.system.language import marked, said

TROUBLES: Mapping[Enum, str] = {
    ChecklistTrouble.EMPTY: marked("没有检查项目"),
    ChecklistTrouble.TOO_LONG: marked("项目超过 150 个"),
    ChecklistTrouble.MISSING: marked("缺少内容"),
    ChecklistTrouble.WRONG_VALUE: marked("值不符合要求"),
    ChecklistTrouble.TWICE: marked("标识重复"),
    ChecklistTrouble.UNKNOWN_ITEM: marked("条件引用了不存在的项目"),
    ChecklistTrouble.LOOP: marked("跳转条件互相引用，形成循环"),
    ChecklistTrouble.NO_CHOICES: marked("没有选项"),
}


def here(text: Text) -> str:
    """Give a text of a checklist in the language of the screen."""
    return worded(text, said("zh", "rules"))


def verdict_name(verdict: Verdict) -> str:
    """Name what an inspector finds."""
    words = {
        Verdict.OK: said("合格"),
        Verdict.NOT: said("不合格"),
        Verdict.NA: said("不适用"),
    }
    return words[verdict]


def gap_said(gap: Gap) -> str:
    """Say what an item still wants."""
    words = {
        Gap.ANSWER: said("未作答"),
        Gap.NOTE: said("须写明情况"),
        Gap.PHOTO: said("须拍照"),
    }
    return words[gap]


def points_said(points: float) -> str:
    """Say how much an item is worth."""
    return said("{0} 分").format(f"{points:g}")


def score_said(score: Score) -> str:
    """Say the result in a line."""
    if score.percent is None:
        return said("尚无计分项目")
    told = said("{0} 分（{1}/{2}）").format(
        f"{score.percent:g}", f"{score.got:g}", f"{score.applicable:g}"
    )
    if score.failed:
        told += said("，不合格 {0} 项").format(len(score.failed))
    return told


def checklist_said(checklist: Checklist) -> str:
    """Name a checklist with its version and size."""
    told = said("{0}（第 {1} 版，{2} 项，{3} 分）")
    return told.format(
        here(checklist.title), checklist.version, len(checklist.items), f"{checklist.points:g}"
    )


def kind_name(kind: AnswerKind) -> str:
    """Name how an item is answered."""
    words = {
        AnswerKind.VERDICT: said("判断"),
        AnswerKind.TEXT: said("文字"),
        AnswerKind.NUMBER: said("数字"),
        AnswerKind.DATE: said("日期"),
        AnswerKind.CHOICE: said("单选"),
    }
    return words[kind]


def rhythm_name(rhythm: Rhythm) -> str:
    """Say how often a plan comes again."""
    words = {
        Rhythm.DAILY: said("每个工作日"),
        Rhythm.WEEKLY: said("每周"),
        Rhythm.MONTHLY: said("每月"),
        Rhythm.QUARTERLY: said("每季度"),
    }
    return words[rhythm]
