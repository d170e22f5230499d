"""The demonstration has approvals to look at: of its own units and windows, up to today."""

from datetime import timedelta
from pathlib import Path

from desktop import assets
from desktop.assembly.demonstration import drawn_plan, set_up_demonstration
from desktop.assembly.program import Program
from desktop.assembly.sample_cases import add_sample_cases
from desktop.domain.calendar import read_calendar
from desktop.domain.organisation import Unit, Window
from desktop.domain.rules.catalogue import Catalogue, RuleSet
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.storage.case_lines import Wish
from desktop.system.secrets import MemorySecrets
from desktop.workers.case_book import CaseBook


def test_sample_cases_are_of_the_halls_own_units_and_some_are_late(tmp_path: Path) -> None:
    with Program(Paths(tmp_path), Settings(), MemorySecrets()) as program:
        hall = set_up_demonstration(program, drawn_plan())
        add_sample_cases(program, hall)
        look = program.desk.look
        units = {unit.id for unit in look(lambda r: r.find(Unit)).result()}
        windows = {window.id for window in look(lambda r: r.find(Window)).result()}
        bundles = look(lambda r: tuple(r.cases(hall.id))).result()
        rules = RuleSet(Catalogue(assets.rule_files()))
        calendar = read_calendar(assets.calendar_files())
        book = CaseBook(program.desk, rules, calendar, program.clock)
        book.freshen(lambda _: True)
        found = book.find(Wish(hall.id)).result()
        now = program.clock.now()
    assert len(bundles) > 200
    assert {bundle.case.unit_id for bundle in bundles} == units
    assert {bundle.case.window_id for bundle in bundles} <= windows
    assert found.overdue > 0
    assert max(b.case.accepted_at or now for b in bundles) > now - timedelta(days=14)
    assert any(bundle.case.closed_at is None for bundle in bundles)
