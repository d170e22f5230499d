"""What may go and what never does; what goes first when there is too much."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence import Evidence
from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import (
    CameraId,
    Digest,
    EvidenceId,
    FindingId,
    HallId,
    UnitId,
    WindowId,
)
from desktop.domain.retention import DisposalReason, Going, Terms, going
from tests.support.profiles import DAY

TERMS = Terms(clips=timedelta(days=90), pictures=timedelta(days=365))
HALL, CAMERA = HallId("hall"), CameraId("camera")


def finding(number: int, state: FindingState = FindingState.DISMISSED) -> Finding:
    made = Finding(
        FindingId(f"f{number}"), HALL, "R-VID-02", "1", 2, WindowId("w"), UnitId("u"), CAMERA,
        "event", "key", DAY, DAY, 900.0, 0.0, True, False,
    )  # fmt: skip
    return replace(made, state=state, dismissed_at=DAY, ended_at=DAY)


def item(of: int, kind: str = "video/mp4", *, taken: datetime = DAY, name: str = "") -> Evidence:
    name = name or f"{of}-{kind}-{taken.isoformat()}"
    digest = Digest(name.encode().hex().ljust(64, "0")[-64:])
    return Evidence(
        id=EvidenceId(name),
        hall_id=HALL,
        role="clip",
        sha256=digest,
        size=10,
        media_type=kind,
        taken_at=taken,
        at_s=0.0,
        camera_id=CAMERA,
        finding_id=FindingId(f"f{of}"),
    )


def chosen(
    *items: Evidence,
    findings: tuple[Finding, ...] = (finding(1),),
    bound: tuple[str, ...] = (),
    terms: Terms = TERMS,
    after_days: float = 100,
) -> tuple[Going, ...]:
    return going(
        items,
        {each.id: each for each in findings},
        bound={FindingId(each) for each in bound},
        terms=terms,
        sizes=dict.fromkeys((each.sha256 for each in items), 10),
        now=DAY + timedelta(days=after_days),
    )


def test_each_kind_has_its_own_time_from_the_decision_on() -> None:
    clip, picture, manifest = item(1), item(1, "image/jpeg"), item(1, "application/json")
    assert not chosen(clip, picture, manifest, after_days=89)
    assert chosen(clip, picture, manifest) == (Going(clip, DisposalReason.EXPIRED),)
    late = chosen(clip, picture, manifest, after_days=9999)
    assert {each.item for each in late} == {clip, picture}


def test_what_is_open_confirmed_merged_carded_or_held_never_goes() -> None:
    states = [s for s in FindingState if s not in {FindingState.DISMISSED, FindingState.EXPIRED}]
    tight = replace(TERMS, quota=1)
    for state in states:
        kept = chosen(item(1), findings=(finding(1, state),), terms=tight, after_days=9999)
        assert not kept, state
    assert not chosen(item(1), bound=("f1",), terms=tight, after_days=9999)
    assert not chosen(item(2), terms=tight, after_days=9999)


def test_bytes_that_another_finding_needs_stay() -> None:
    mine, other = item(1, name="same"), replace(item(2, name="same"), id=EvidenceId("other"))
    assert not chosen(mine, other, findings=(finding(1), finding(2, FindingState.CONFIRMED)))


def test_beyond_the_quota_the_oldest_films_go_first_and_no_more_than_needed() -> None:
    old, new = item(1), item(1, taken=DAY + timedelta(hours=1))
    picture = item(1, "image/jpeg", taken=DAY - timedelta(days=1))
    found = chosen(new, picture, old, terms=replace(TERMS, quota=15), after_days=1)
    assert [each.item for each in found] == [old, new]
    assert {each.reason for each in found} == {DisposalReason.QUOTA}


STATES = st.lists(st.sampled_from(list(FindingState)), min_size=1, max_size=6)


@given(states=STATES, quota=st.integers(0, 100), days=st.floats(0, 2000))
def test_whatever_the_terms_only_what_came_to_nothing_goes(
    states: list[FindingState], quota: int, days: float
) -> None:
    findings = tuple(finding(n, state) for n, state in enumerate(states))
    items = [item(n, kind) for n in range(len(states)) for kind in ("video/mp4", "image/jpeg")]
    found = chosen(*items, findings=findings, terms=replace(TERMS, quota=quota), after_days=days)
    nothing = {FindingState.DISMISSED, FindingState.EXPIRED}
    assert all(
        states[int(each.item.finding_id[1:])] in nothing for each in found if each.item.finding_id
    )
    assert len({each.item.id for each in found}) == len(found)
