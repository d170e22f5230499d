from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.viewmodels.keyed_rows import Index, KeyedRows


@dataclass(frozen=True)
class Row:
    key: str
    word: str = ""


class Words(KeyedRows[Row]):
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self.rows[index.row()].word if role == Qt.ItemDataRole.DisplayRole else None


keys = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(keys, keys)
def test_a_refresh_gives_the_new_rows_in_their_order(before: list[str], after: list[str]) -> None:
    model = Words()
    model.replace([Row(key) for key in before])

    model.replace([Row(key, "new") for key in after])

    assert [row.key for row in model.rows] == after
    assert {row.word for row in model.rows} <= {"new"}


@given(keys, keys)
def test_what_is_selected_stays_selected_while_it_is_there(
    before: list[str], after: list[str]
) -> None:
    model = Words()
    model.replace([Row(key) for key in before])
    kept = {key: QPersistentModelIndex(model.index(n, 0)) for n, key in enumerate(before)}

    model.replace([Row(key) for key in after])

    for key in set(before) & set(after):
        assert kept[key].row() == after.index(key)


def test_the_model_keeps_the_rules_of_qt(qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    model = Words()
    qtmodeltester.check(model)
    model.replace([Row("a"), Row("b"), Row("c")])
    model.replace([Row("c", "moved"), Row("d"), Row("a")])
    model.replace([Row("x")])
    assert model.row_of("x") == 0
    assert model.row_of("a") == -1
