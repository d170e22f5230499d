"""Prepares the demonstration for its pictures, then lets the tour walk it."""

import os
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.app.tour import Dress, Tour, View
from desktop.assembly import office
from desktop.assembly.demonstration import (
    Stagehand,
    cameras_of,
    drawn_plan,
    set_up_demonstration,
)
from desktop.assembly.lookout import Lookout
from desktop.assembly.program import Program
from desktop.assembly.sample_cases import add_sample_cases
from desktop.assembly.sample_queue import add_sample_queue
from desktop.bridges.footage import Footage
from desktop.domain.approvals import ApprovalCase
from desktop.domain.cards import Card
from desktop.domain.clocks import Lamp
from desktop.domain.findings import CARD_LEVEL, Finding
from desktop.domain.organisation import Hall
from desktop.domain.roles import Role
from desktop.paths import Paths
from desktop.settings import Language, Settings, Theme
from desktop.system.collector import Collector
from desktop.system.secrets import MemorySecrets
from desktop.viewmodels.cards.rows import Pile
from desktop.viewmodels.setup.facts import Chapter
from video.vocabulary.source import Pace

ROUNDS = 2  # of the demonstration's script: enough for a card, a draft and findings that wait

DRESSES = (
    Dress(Language.CHINESE, Theme.LIGHT),
    Dress(Language.CHINESE, Theme.DARK),
    Dress(Language.ENGLISH, Theme.LIGHT),
    Dress(Language.ENGLISH, Theme.DARK),
    Dress(Language.CHINESE, Theme.LIGHT, scale=2),
)

# A demonstration needs no recovery code; the page opens on the hall.
_SET_UP = tuple(each for each in Chapter if each not in {Chapter.RECOVERY, Chapter.HALL})


def take_pictures(out: Path, at_second: Callable[[float], None]) -> list[Path]:
    """Play the demonstration, then take every page's picture; needs no display.

    Args:
        at_second: told now and then how far the cameras have played.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["hallwatch"])
    assert isinstance(application, QApplication)
    settings = Settings(language=Language.CHINESE, theme=Theme.LIGHT)
    collector = Collector(application)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Program(Paths(Path(folder)), settings, MemorySecrets()) as program,
    ):
        hall, views = _rehearsed(program, at_second)
        live = Footage(program.clock.now(), rounds=ROUNDS)
        program.watch(hall, cameras_of(program, hall), live)
        tour = Tour(application, program, settings, out)
        tour.walk(views, DRESSES)
        application.exec()
    collector.stop()
    return tour.taken


def _rehearsed(
    program: Program, at_second: Callable[[float], None]
) -> tuple[Hall, tuple[View, ...]]:
    """Play the hall once and let the office work on what it shows."""
    hall = set_up_demonstration(program, drawn_plan())
    add_sample_cases(program, hall)
    add_sample_queue(program, hall)
    start = program.clock.now() - timedelta(minutes=4 * ROUNDS + 1)
    cameras = cameras_of(program, hall)
    lookout = Lookout(cameras, {})
    footage = Footage(start, Pace.UNPACED, ROUNDS)
    program.watch(hall, cameras, footage, lookout.hear)
    for at_s in lookout.progress():
        at_second(at_s)
    program.stop_watching()
    everything = program.desk.look(lambda r: r.find(Finding)).result()
    findings = [finding for finding in everything if finding.level >= CARD_LEVEL]
    served = office.carded(program, findings[0])
    draft = office.drafted(program, findings[1])
    office.reviewed_once(program, findings[2])
    Stagehand(program).enter(Role.SUPERVISOR)
    program.sync.round_now().result()
    return hall, _views(findings[3], draft, served, _oldest_open(program, hall))


def _oldest_open(program: Program, hall: Hall) -> ApprovalCase:
    bundles = program.desk.look(lambda reading: tuple(reading.cases(hall.id))).result()
    waiting = [each.case for each in bundles if each.case.closed_at is None]
    return min(waiting, key=lambda case: case.accepted_at or program.clock.now())


def _views(finding: Finding, draft: Card, served: Card, case: ApprovalCase) -> tuple[View, ...]:
    return (
        View("today", "today"),
        View("wall", "wall"),
        View("timeline", "timeline"),
        View("cameras", "cameras"),
        View("review", "review", finding.id),
        View("cards", "cards", Pile.MINE),
        View("card-draft", "cards", draft.id),
        View("card-served", "cards", served.id),
        View("approvals", "approvals", Lamp.GREEN),
        View("case", "approvals", case.id),
        View("papers", "papers"),
        View("reports", "reports"),
        View("sync", "sync"),
        View("settings", "settings"),
        *(View(f"setup-{each.value}", "setup", each) for each in _SET_UP),
    )
