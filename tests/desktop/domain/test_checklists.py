"""Checklists: the shipped one is that of section 10, and a wrong one says what is wrong."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.checklists import (
    ChecklistTrouble,
    Condition,
    Item,
    content_of,
    digest_of,
    loop_in,
    read_checklist,
)
from desktop.domain.errors import BadChecklist
from desktop.domain.identifiers import AnswerId, HallId, InspectionId
from desktop.domain.inspections import Answer, Gap, Verdict, asked, gaps, score, taken_off
from tests.support.inspections import WINDOW_LIST

# Section 10, written down again by hand.
CRITICAL = {1, 2, 7, 12, 16, 18, 19, 20, 26, 27}
PHOTOGRAPHED = {5, 7, 8}


def content(*items: dict[str, Any]) -> dict[str, Any]:
    rows = [{"label": {"zh": each["key"]}, **each} for each in items]
    section = {"key": "s", "label": {"zh": "节"}, "item": rows}
    return {"key": "own", "title": {"zh": "自建"}, "section": [section]}


def answers(**said: str) -> dict[str, Answer]:
    return {
        key: Answer(
            AnswerId(key), HallId("hall"), InspectionId("1"), key,
            verdict=Verdict(word) if word in {"OK", "NOT", "NA"} else None,
            value="" if word in {"OK", "NOT", "NA"} else word,
        )
        for key, word in said.items()
    }  # fmt: skip


def test_the_shipped_checklist_has_36_items_of_100_points() -> None:
    assert (len(WINDOW_LIST.items), WINDOW_LIST.points) == (36, 100)
    numbers = WINDOW_LIST.numbers
    assert {numbers[i.key] for i in WINDOW_LIST.items if i.critical} == CRITICAL
    assert {numbers[i.key] for i in WINDOW_LIST.items if i.photo_on_fail} == PHOTOGRAPHED
    assert all({"zh", "en"} <= item.label.keys() for item in WINDOW_LIST.items)


def test_a_checklist_is_written_as_it_was_read() -> None:
    again = read_checklist(content_of(WINDOW_LIST))
    assert again == WINDOW_LIST
    assert digest_of(content_of(again)) == digest_of(content_of(WINDOW_LIST))


def test_what_does_not_apply_leaves_the_base() -> None:
    said = {item.key: "OK" for item in WINDOW_LIST.items}
    assert score(WINDOW_LIST, answers(**said)).percent == 100.0
    rebased = score(
        WINDOW_LIST, answers(**{**said, "fee_board": "NA", "agents": "NA", "opened": "NOT"})
    )
    assert (rebased.got, rebased.applicable, rebased.percent) == (89, 93, 95.7)
    assert (rebased.failed, rebased.critical) == (("opened",), ("opened",))


def test_no_item_costs_more_than_it_is_worth() -> None:
    item = WINDOW_LIST.item("opened")
    for deduct, cost in ((None, 4.0), (1.5, 1.5), (9.0, 4.0), (-3.0, 0.0)):
        answer = Answer(AnswerId("1"), HallId("h"), InspectionId("1"), "opened", deduct=deduct)
        assert taken_off(item, answer) == cost


def test_nothing_that_applies_is_no_score() -> None:
    assert score(WINDOW_LIST, {}).percent is None
    assert score(WINDOW_LIST, {}).passes


def test_an_item_is_skipped_until_its_condition_holds() -> None:
    when = [{"item": "fee", "among": ["OK", "NOT"]}]
    checklist = read_checklist(
        content({"key": "fee", "points": 5}, {"key": "receipt", "points": 3, "when": when})
    )
    assert [i.key for i in asked(checklist, answers(fee="NA"))] == ["fee"]
    assert [i.key for i in asked(checklist, answers(fee="OK"))] == ["fee", "receipt"]
    assert score(checklist, answers(fee="NA", receipt="NOT")).percent is None


def test_a_failed_item_wants_a_note_and_some_a_photograph() -> None:
    said = answers(asleep="NOT", opened="OK")
    wanted = gaps(WINDOW_LIST, said, {})
    assert wanted["asleep"] is Gap.NOTE
    assert wanted["phone"] is Gap.ANSWER
    assert "opened" not in wanted


@pytest.mark.parametrize(
    ("items", "trouble"),
    [
        ((), ChecklistTrouble.EMPTY),
        (tuple({"key": f"k{n}"} for n in range(151)), ChecklistTrouble.TOO_LONG),
        (({"key": "a"}, {"key": "a"}), ChecklistTrouble.TWICE),
        (({"key": "a", "points": -1},), ChecklistTrouble.WRONG_VALUE),
        (({"key": "a b"},), ChecklistTrouble.WRONG_VALUE),
        (({"key": "a", "kind": "SONG"},), ChecklistTrouble.WRONG_VALUE),
        (({"key": "a", "kind": "TEXT", "points": 2},), ChecklistTrouble.WRONG_VALUE),
        (({"key": "a", "kind": "CHOICE"},), ChecklistTrouble.NO_CHOICES),
        (({"key": "a", "label": {}},), ChecklistTrouble.MISSING),
        (
            ({"key": "a", "when": [{"item": "b", "among": ["OK"]}]},),
            ChecklistTrouble.UNKNOWN_ITEM,
        ),
        (
            (
                {"key": "a", "when": [{"item": "b", "among": ["OK"]}]},
                {"key": "b", "when": [{"item": "a", "among": ["OK"]}]},
            ),
            ChecklistTrouble.LOOP,
        ),
        (({"key": "a", "when": [{"item": "a", "among": ["OK"]}]},), ChecklistTrouble.LOOP),
    ],
    ids=lambda value: value.value if isinstance(value, ChecklistTrouble) else "",
)
def test_a_wrong_checklist_says_what_is_wrong(
    items: tuple[dict[str, Any], ...], trouble: ChecklistTrouble
) -> None:
    with pytest.raises(BadChecklist) as refused:
        read_checklist(content(*items))
    assert refused.value.trouble is trouble


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_a_loop_is_found_exactly_where_there_is_one(edges: list[tuple[int, int]]) -> None:
    items = [
        Item(str(n), {}, when=tuple(Condition(str(b), ("OK",)) for a, b in edges if a == n))
        for n in range(8)
    ]
    reached = {(a, b) for a, b in edges}
    for _ in range(8):
        reached |= {(a, d) for a, b in reached for c, d in reached if b == c}
    loop = loop_in(items)
    assert bool(loop) == any(a == b for a, b in reached)
    assert all((int(a), int(b)) in edges for a, b in pairwise(loop))
