"""A case comes back from its text as it went in."""

from datetime import UTC, date, datetime
from functools import partial  # so that fields left out keep their defaults

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.approvals import (
    ApprovalCase,
    ApproverLevel,
    CaseBundle,
    CaseEvent,
    Channel,
    ClockStop,
    Decision,
    EventKind,
    Extension,
    Fee,
    Rating,
)
from desktop.domain.identifiers import UnitId
from desktop.domain.items import Limit, LimitUnit, SpecialKind
from desktop.storage.case_bodies import body_of, bundle_of
from desktop.storage.errors import StorageError

_times = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_maybe = st.none() | _times
_words = st.text(max_size=8)
_events = st.builds(
    partial(CaseEvent),
    kind=st.sampled_from(EventKind),
    at=_times,
    step=_words,
    by=_words,
    recorded_at=_maybe,
    due_at=_maybe,
    done_at=_maybe,
    opinion=_words,
    attachments=st.none() | st.integers(0, 9),
    detail=st.dictionaries(_words, _words | st.booleans() | st.integers(0, 9), max_size=2),
    role=_words,
)
_cases = st.fixed_dictionaries(
    {
        "case_no": _words,
        "unit_id": _words.map(UnitId),
        "channel": st.none() | st.sampled_from(Channel),
        "accepted_at": _maybe,
        "deemed": st.booleans(),
        "promised_limit": st.none()
        | st.builds(Limit, amount=st.integers(0, 90), unit=st.sampled_from(LimitUnit)),
        "due_promised": st.none() | st.dates(),
        "due_statutory_at": _maybe,
        "decision": st.none() | st.sampled_from(Decision),
        "remedy_told": st.none() | st.booleans(),
        "fee_total": st.none() | st.integers(0, 10**9),
        "last_level": st.integers(0, 3),
    }
).map(lambda fields: ApprovalCase(**fields))
_stops = st.builds(
    partial(ClockStop),
    kind=st.sampled_from(SpecialKind),
    started_at=_times,
    ended_at=_maybe,
)
_extensions = st.builds(
    partial(Extension),
    amount=st.integers(0, 30),
    approver_level=st.sampled_from(ApproverLevel),
    approved_at=_times,
)
_fees = st.builds(
    partial(Fee),
    charged=st.integers(0, 10**9),
    waived=st.integers(0, 9),
    paid_at=_maybe,
)
_ratings = st.builds(
    partial(Rating),
    level=st.integers(1, 5),
    at=_times,
    items=st.lists(_words, max_size=2).map(tuple),
)


def _some(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=3).map(tuple)


_bundles = st.builds(
    CaseBundle, _cases, _some(_events), _some(_stops), _some(_extensions), _some(_fees),
    _some(_ratings),
)  # fmt: skip


@given(_bundles)
def test_a_case_comes_back_as_it_went_in(bundle: CaseBundle) -> None:
    body = body_of(bundle)
    assert bundle_of(body, "case") == bundle
    assert body_of(bundle_of(body, "case")) == body


def test_what_has_its_default_is_not_written() -> None:
    event = CaseEvent(EventKind.STEP, datetime(2026, 3, 2, tzinfo=UTC), "审查")
    body = body_of(CaseBundle(ApprovalCase("A-1", expires_on=date(2026, 3, 2)), (event,)))
    assert body == (
        '{"case":{"case_no":"A-1","expires_on":"2026-03-02"},'
        '"events":[["STEP","2026-03-02T00:00:00+00:00","审查"]]}'
    )


@pytest.mark.parametrize(
    "body", ["{}", "[]", '{"case":{"case_no":1,"accepted_at":"x"}}', "nonsense"]
)
def test_a_text_that_does_not_fit_is_damage(body: str) -> None:
    with pytest.raises(StorageError):
        bundle_of(body, "case")
