"""A case file of every schema that was ever released opens, and holds what it held."""

from pathlib import Path

import pytest

from desktop.domain.evidence import AuditRow
from desktop.domain.inspections import Answer, Inspection, InspectionState
from desktop.storage.backup import check_backup
from desktop.storage.migrations import STEPS
from desktop.storage.store import FILE_NAME
from tests.support.golden_stores import FOLDER, golden, lay_down
from tests.support.inspections import WINDOW_LIST
from tests.support.profiles import KEY, SetClock, open_store

VERSIONS = [int(path.stem[1:]) for path in sorted(FOLDER.glob("v*.sql"))]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_case_file_of_an_earlier_schema_is_brought_on_and_loses_nothing(
    tmp_path: Path, version: int
) -> None:
    lay_down(version, tmp_path / "store" / FILE_NAME)
    with open_store(tmp_path, SetClock()) as store:
        store.check()
        assert not store.chain_faults()
        with store.look() as reading:
            (inspection,) = reading.find(Inspection)
            answers = reading.find(Answer, inspection_id=inspection.id)
            audit = reading.find(AuditRow)
    assert inspection.state is InspectionState.UNDER_WAY
    assert {answer.item for answer in answers} == {item.key for item in WINDOW_LIST.items}
    assert {row.action for row in audit} == {"hall.set_up", "inspection.plan", "inspection.start"}
    copies = list((tmp_path / "backups").glob(f"before-schema-{version}-*.db"))
    assert len(copies) == (version < STEPS[-1].version)  # a copy before anything changes
    for copy in copies:
        check_backup(copy, KEY)


def test_no_schema_that_was_released_is_left_out() -> None:
    assert list(range(1, VERSIONS[-1] + 1)) == VERSIONS
    assert golden(5) in FOLDER.iterdir()
