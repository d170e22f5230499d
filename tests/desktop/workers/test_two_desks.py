"""Two desks that work apart and meet over a server: nothing is lost, nothing is there twice."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pytest

from desktop import assets
from desktop.domain.calendar import read_calendar
from desktop.domain.errors import WrongState
from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import Digest
from desktop.domain.official_documents import DocumentState, OfficialDocument
from desktop.domain.roles import machine
from desktop.domain.rules.catalogue import Board, Catalogue
from desktop.domain.rules.judgement import Candidate, Subject
from desktop.usecases import official_documents as acts
from desktop.usecases.handling import Bench, propose_handling
from desktop.usecases.official_documents import DocumentText, Matter
from desktop.usecases.organisation import set_up_hall
from desktop.usecases.ports import UnitOfWork
from desktop.viewmodels.refused import shown
from tests.support.stations import PLAN, Station
from tests.support.sync_office import Office

T = TypeVar("T")
CATALOGUE = Catalogue(assets.rule_files())
CALENDAR = read_calendar(assets.calendar_files())


class PlainPress:
    """Digests what is said; every paper is whole."""

    def document_digest(self, document: OfficialDocument) -> Digest:
        return Digest(sha256(repr(sorted(document.said.items())).encode()).hexdigest())

    def document_gaps(self, _: OfficialDocument) -> tuple[str, ...]:
        return ()


def act(station: Station, deed: Callable[[UnitOfWork], T]) -> T:
    assert station.actor
    return station.desk.act(station.actor, deed).result()


def paper_at(station: Station) -> OfficialDocument:
    (paper,) = station.desk.look(lambda r: r.find(OfficialDocument)).result()
    return paper


def findings_at(station: Station) -> tuple[Finding, ...]:
    return station.desk.look(lambda reading: reading.find(Finding)).result()


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Station, Station, Station]]:
    """A drafter and two who may sign, at desks that hold the same hall."""
    with ExitStack() as ends:
        office = Office(tmp_path / "server")
        ends.callback(office.close)
        made = []
        for name, roles in (("a", ("DATA_MGR", "SUPERVISOR")), ("b", ("HEAD",)), ("c", ("HEAD",))):
            station = Station(tmp_path / name, office, *roles)
            ends.callback(station.close)
            made.append(station)
        drafter, first, second = made
        act(drafter, partial(set_up_hall, plan=PLAN))
        sync(*made)
        yield drafter, first, second


def sync(*stations: Station) -> int:
    """Let desks meet the server one after another; answers how much was refused."""
    return sum(station.sync().refused for station in stations)


def wait_for_signature(drafter: Station) -> None:
    matter = Matter(PLAN.hall.id, "T07", PLAN.units[0].id)
    text = DocumentText({"scope": "窗口在岗"}, PLAN.units[0].name)
    draft = partial(acts.draft_document, matter=matter, text=text, clock=drafter.clock)
    paper = act(drafter, draft)
    submit = partial(acts.submit_document, press=PlainPress(), clock=drafter.clock)
    act(drafter, partial(submit, document_id=paper.id))


def sign(station: Station) -> OfficialDocument:
    deed = partial(acts.sign_document, press=PlainPress(), clock=station.clock)
    return act(station, partial(deed, document_id=paper_at(station).id))


def test_a_paper_signed_on_two_desks_apart_has_the_first_signature_and_tells_the_second(
    desks: tuple[Station, Station, Station],
) -> None:
    drafter, first, second = desks
    wait_for_signature(drafter)
    sync(*desks)
    sign(first)
    second.clock.pass_time(minutes=2)
    mine = sign(second)
    assert sync(first) == 0
    assert sync(second) == 2  # the signature, and with it the note of it
    sync(*desks)

    assert first.actor
    for station in desks:
        paper = paper_at(station)
        assert (paper.state, paper.signed_by) == (DocumentState.SIGNED, first.actor.user_id)
    waiting = second.waiting.look().result()
    told = next(shown(r, waiting.people) for r in waiting.refused if r.id == mine.id)
    signer, other = first.actor, second.actor
    assert other
    both = {each.name: (each.server, each.mine) for each in told.differences}
    assert both == {
        "signed_by": (signer.name, other.name),
        "signed_at": ("2026-11-24 09:00:00", "2026-11-24 09:02:00"),
    }
    with pytest.raises(WrongState):  # and nobody signs what is signed
        sign(second)


def test_a_paper_is_not_signed_again_once_the_other_signature_has_come(
    desks: tuple[Station, Station, Station],
) -> None:
    drafter, first, second = desks
    wait_for_signature(drafter)
    sync(*desks)
    sign(first)
    sync(first, second)
    with pytest.raises(WrongState):
        sign(second)


def raise_together(station: Station, facts: dict[str, object]) -> None:
    """Let a desk find by itself what a unit's record adds up to."""
    rule = CATALOGUE.rule("AG-8")
    unit = PLAN.units[0].id
    found = Candidate(
        rule.id, rule.version, "1", Board.ADMIN_EFFICIENCY, 2, Subject.UNIT, unit, unit, facts,
        f"AG-8/{unit}/2026-10", f"AG-8/{unit}/2026-10",
    )  # fmt: skip
    bench = Bench(CATALOGUE, CALENDAR, station.clock, "不合格")

    def propose(work: UnitOfWork) -> None:
        propose_handling(work, PLAN.hall.id, [found], bench)

    station.desk.act(machine(station.device_id), propose).result()


def test_two_desks_that_add_up_the_same_apart_end_with_one_finding(
    desks: tuple[Station, Station, Station],
) -> None:
    _, first, second = desks
    facts = {"period": "2026-10", "grade": "不合格"}
    raise_together(first, facts)
    second.clock.pass_time(minutes=50)
    raise_together(second, facts)
    assert findings_at(first)[0].detected_at != findings_at(second)[0].detected_at

    assert sync(*desks, *desks) == 0
    found = [findings_at(station) for station in desks]
    assert [len(each) for each in found] == [1, 1, 1]
    assert found[0] == found[1] == found[2]
    assert found[0][0].state is FindingState.DETECTED
    assert all(station.waiting.look().result().refused == () for station in desks)
    assert sync(*desks) == 0
