"""From a sighting to a served card: who may, who may not, and why."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop import assets
from desktop.domain.cards import Card, CardKind, CardState
from desktop.domain.entities import Book
from desktop.domain.errors import (
    BadField,
    BasisNotInForce,
    ContentChanged,
    FindingAlreadyCarded,
    FindingNotConfirmed,
    Inconclusive,
    MissingField,
    NoNumberLeft,
    NotAllowed,
    SamePerson,
    WrongState,
)
from desktop.domain.evidence import (
    AuditRow,
    Custody,
    CustodyAct,
    Evidence,
    Paper,
    ServiceReceipt,
    ServiceWay,
)
from desktop.domain.findings import Finding, FindingState, ReviewResult, Verification
from desktop.domain.identifiers import Digest
from desktop.domain.organisation import LegalBasis
from desktop.domain.roles import Actor, Role, machine
from desktop.domain.rules.catalogue import Catalogue
from desktop.storage.numbers import add_block
from desktop.storage.store import Store
from desktop.usecases import cards
from desktop.usecases.cards import CardText
from desktop.usecases.evidence import note_export, note_original
from desktop.usecases.findings import (
    Review,
    complete_finding,
    end_reminder,
    propose_finding,
    review_finding,
)
from desktop.usecases.organisation import HallPlan, set_up_hall
from desktop.usecases.papers import Printed
from desktop.usecases.ports import Reading
from desktop.usecases.service import Service
from tests.support.profiles import CALENDAR, DAY, SetClock, hall_plan, open_store, person, sighting

CATALOGUE = Catalogue(assets.rule_files())
TRUE = Review(ReviewResult.TRUE, "已查监控与考勤")


class PlainPress:
    """Prints digests instead of paper."""

    def __init__(self) -> None:
        self.says = "11" * 32

    def digest(self, _reading: Reading, _card: Card) -> Digest:
        return Digest(self.says)

    def card(self, _reading: Reading, card: Card) -> Printed:
        content = {"doc_no": card.doc_no}
        return Printed("T02", content, Digest(self.says), Digest("22" * 32), 10)

    def receipt(self, _reading: Reading, card: Card, receipt: ServiceReceipt) -> Printed:
        content = {"doc_no": card.doc_no, "receiver": receipt.receiver}
        return Printed("T11", content, Digest("33" * 32), Digest("44" * 32), 10)


class Office:
    """A hall, its people and a store."""

    def __init__(self, store: Store, clock: SetClock, plan: HallPlan) -> None:
        self.store, self.clock, self.plan = store, clock, plan
        self.press = PlainPress()
        self.video = person(Role.VIDEO_SUP)
        self.supervisor = person(Role.SUPERVISOR)
        self.section = person(Role.SECTION_HEAD)
        self.legal = person(Role.LEGAL_CHECK)
        self.deputy = person(Role.DEPUTY_HEAD)
        self.clerk = person(Role.SEAL_CLERK)
        with store.act(person(Role.DATA_MGR)) as work:
            set_up_hall(work, plan)

    def propose(self, **more: object) -> Finding:
        with self.store.act(machine("device")) as work:
            finding = propose_finding(
                work,
                sighting(self.plan, **more),
                catalogue=CATALOGUE,
                calendar=CALENDAR,
                clock=self.clock,
            )
        assert finding
        return finding

    def review(self, actor: Actor, finding: Finding, review: Review = TRUE) -> Finding:
        with self.store.act(actor) as work:
            return review_finding(work, finding.id, review, clock=self.clock)

    def confirmed(self, **more: object) -> Finding:
        finding = self.propose(**more)
        self.review(self.video, finding)
        return self.review(self.section, finding)

    def text(self) -> CardText:
        conduct, power = self.plan.bases
        return CardText("情况", (conduct.id,), (power.id,), ("立即恢复服务",), date(2026, 12, 1))

    def draft(self, finding: Finding, text: CardText | None = None) -> Card:
        with self.store.act(self.supervisor) as work:
            return cards.draft_card(
                work, finding.id, CardKind.YELLOW, text or self.text(), clock=self.clock
            )

    def submit(self, card: Card) -> Card:
        with self.store.act(self.supervisor) as work:
            return cards.submit_card(work, card.id, clock=self.clock)

    def check(self, card: Card, actor: Actor) -> Card:
        with self.store.act(actor) as work:
            return cards.check_card(work, card.id, "依据适当", clock=self.clock)

    def sign(self, card: Card, actor: Actor) -> Card:
        with self.store.act(actor) as work:
            return cards.sign_card(work, card.id, press=self.press, clock=self.clock)

    def issue(self, card: Card) -> Card:
        with self.store.act(self.clerk) as work:
            return cards.issue_card(work, card.id, press=self.press, clock=self.clock)

    def signed(self) -> Card:
        card = self.submit(self.draft(self.confirmed()))
        self.check(card, self.legal)
        return self.sign(card, self.deputy)

    def lease(self) -> None:
        with self.store.write() as connection:
            add_block(connection, "某效监黄", 2026, 12, 13)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = SetClock()
    with open_store(tmp_path, clock) as store:
        yield Office(store, clock, hall_plan())


def test_a_card_goes_from_a_sighting_to_its_service(office: Office) -> None:
    office.lease()
    card = office.issue(office.signed())
    assert (card.doc_no, card.state) == ("某效监黄〔2026〕12号", CardState.ISSUED)
    office.clock.pass_time(hours=6)
    received = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    service = Service(ServiceWay.DIRECT, "住建局", "办公室", received, "许文", ("甲", "乙"))
    with office.store.act(office.supervisor) as work:
        served = cards.serve_card(work, card.id, service, press=office.press, clock=office.clock)
    assert served.state is CardState.SERVED
    with office.store.look() as reading:
        assert {p.template for p in reading.find(Paper, card_id=card.id)} == {"T02", "T11"}
        rows = reading.find(AuditRow)
    assert [row.action for row in rows] == [
        "hall.set_up", "finding.propose", "finding.verifying", "finding.confirmed", "card.draft",
        "card.submit", "card.check", "card.sign", "card.issue", "card.serve",
    ]  # fmt: skip
    assert office.store.chain_faults() == ()


@pytest.mark.parametrize(
    ("service", "field"),
    [
        ({"receiver": ""}, "receiver"),
        ({"way": ServiceWay.LEFT, "deliverers": ("甲",)}, "deliverers"),
        ({"way": ServiceWay.LEFT}, "witness"),
        ({"way": ServiceWay.LEFT, "witness": "丙"}, "refusal"),
        ({"way": ServiceWay.ENTRUSTED}, "proxy"),
        ({"way": ServiceWay.MAIL}, "note"),
        ({"received_at": DAY - timedelta(hours=1)}, "received_at"),
        ({"received_at": DAY + timedelta(hours=9)}, "received_at"),
    ],
    ids=[
        "unsigned",
        "one deliverer",
        "no witness",
        "no refusal",
        "nobody entrusted",
        "no number",
        "before its issue",
        "tomorrow",
    ],
)
def test_a_service_that_proves_nothing_is_refused(
    office: Office, service: dict[str, object], field: str
) -> None:
    office.lease()
    card = office.issue(office.signed())
    office.clock.pass_time(hours=6)
    whole = Service(ServiceWay.DIRECT, "住建局", "办公室", DAY, "许文", ("甲", "乙"))
    with pytest.raises((MissingField, BadField)) as caught, office.store.act(office.clerk) as work:
        cards.serve_card(
            work, card.id, replace(whole, **service), press=office.press, clock=office.clock
        )
    assert caught.value.field == field


def test_a_copy_and_an_original_are_had_only_with_a_reason(office: Office) -> None:
    finding = office.propose()
    with office.store.look() as reading:
        (item,) = reading.find(Evidence, finding_id=finding.id)
    with pytest.raises(MissingField), office.store.act(office.video) as work:
        note_original(work, item, " ", clock=office.clock)
    with office.store.act(office.video) as work:
        note_original(work, item, "辨认", clock=office.clock)
    with office.store.act(office.video) as work:
        note_export(work, item.hall_id, item.id, "归档", clock=office.clock)
    with office.store.look() as reading:
        links = reading.find(Custody, subject_id=item.id)
    assert [(link.act, link.reason) for link in links] == [
        (CustodyAct.SEEN, "辨认"), (CustodyAct.EXPORTED, "归档"),
    ]  # fmt: skip


def test_what_would_bar_an_act_is_told_without_trying_it(office: Office) -> None:
    book = Book(assets.entity_files())
    body = {"state": "UNDER_APPROVAL", "kind": "YELLOW", "drafted_by": office.deputy.user_id}
    with pytest.raises(NotAllowed) as caught:
        book.must_allow("card", body, "sign", office.section)
    assert caught.value.roles == book.roles_for("card", body, "sign") == ("DEPUTY_HEAD", "HEAD")
    with pytest.raises(SamePerson):
        book.must_allow("card", body, "sign", office.deputy)
    with pytest.raises(WrongState):
        book.must_allow("card", body | {"state": "DRAFT"}, "sign", office.deputy)
    assert book.roles_for("card", body | {"kind": "RED"}, "sign") == ("HEAD",)
    book.must_allow("card", body | {"drafted_by": "another"}, "sign", office.deputy)


def test_the_same_sighting_twice_is_one_finding(office: Office) -> None:
    one = office.propose(event_id="e")
    two = office.propose(event_id="e")
    assert one == two


def test_a_hall_that_is_closed_has_no_finding(office: Office) -> None:
    seen = sighting(office.plan, started_at=DAY.replace(hour=12))
    with office.store.act(machine("device")) as work:
        known = {"catalogue": CATALOGUE, "calendar": CALENDAR, "clock": office.clock}
        assert propose_finding(work, seen, **known) is None


def test_an_end_that_comes_later_completes_the_evidence(office: Office) -> None:
    finding = office.propose(event_id="e")
    seen = sighting(office.plan, event_id="e", ended_at=DAY.replace(minute=20))
    item = replace(seen.items[0], sha256=Digest("cd" * 32), role="return")
    with office.store.act(machine("device")) as work:
        complete_finding(
            work,
            replace(seen, items=(*seen.items, item)),
            catalogue=CATALOGUE,
            clock=office.clock,
        )
    with office.store.look() as reading:
        assert reading.get(Finding, finding.id).ended_at == DAY.replace(minute=20)
        assert len(reading.find(Evidence, finding_id=finding.id)) == 2


def completed(office: Office, event_id: str, **more: object) -> Finding:
    with office.store.act(machine("device")) as work:
        seen = sighting(office.plan, event_id=event_id, **more)
        done = complete_finding(work, seen, catalogue=CATALOGUE, clock=office.clock)
    assert done
    return done


def test_a_reminder_grows_into_the_absence_that_it_was_and_into_a_long_one(office: Office) -> None:
    reminder = office.propose(event_id="e", is_reminder=True, threshold_s=300.0, items=())
    assert (reminder.rule_id, reminder.level) == ("R-VID-01", 0)
    absence = office.propose(event_id="e")
    assert (absence.id, absence.rule_id) == (reminder.id, "R-VID-02")
    assert (absence.level, absence.threshold_s) == (2, 900.0)
    long = completed(office, "e", ended_at=DAY + timedelta(minutes=31))
    assert (long.id, long.rule_id, long.level) == (reminder.id, "R-VID-04", 3)


@pytest.mark.parametrize(
    ("minutes", "unknown", "rule"),
    [
        (29, 0.0, "R-VID-02"),  # not long enough
        (31, 0.2, "R-VID-02"),  # long, but not seen to be
        (31, 0.0, "R-VID-04"),
    ],
)
def test_only_time_that_was_seen_makes_an_absence_long(
    office: Office, minutes: int, unknown: float, rule: str
) -> None:
    office.propose(event_id="e")
    end = DAY + timedelta(minutes=minutes)
    assert completed(office, "e", ended_at=end, unknown_share=unknown).rule_id == rule


def test_what_a_person_has_reviewed_does_not_grow(office: Office) -> None:
    finding = office.propose(event_id="e")
    office.review(office.video, finding)
    long = completed(office, "e", ended_at=DAY + timedelta(minutes=40))
    assert long.rule_id == "R-VID-02"


def test_a_reminder_that_came_to_nothing_ends_and_leads_to_no_card(office: Office) -> None:
    office.propose(event_id="e", is_reminder=True)
    with office.store.act(machine("device")) as work:
        ended = end_reminder(work, "e", DAY + timedelta(minutes=7))
    assert ended
    assert ended.ended_at == DAY + timedelta(minutes=7)


def test_the_machine_never_decides(office: Office) -> None:
    with pytest.raises(NotAllowed):
        office.review(machine("device"), office.propose())


def test_two_reviewers_are_two_people(office: Office) -> None:
    finding = office.propose()
    office.review(office.supervisor, finding)
    with pytest.raises(SamePerson):
        office.review(office.supervisor, finding)


def test_a_dismissal_needs_a_reason_and_ends_it(office: Office) -> None:
    finding = office.propose()
    with pytest.raises(MissingField):
        office.review(office.video, finding, Review(ReviewResult.FALSE_ALARM))
    done = office.review(office.video, finding, Review(ReviewResult.FALSE_ALARM, "背后有人"))
    assert done.state is FindingState.DISMISSED
    with pytest.raises(WrongState):
        office.review(office.section, finding, Review(ReviewResult.TRUE, "再看"))
    with office.store.look() as reading:
        assert [v.turn for v in reading.find(Verification, finding_id=finding.id)] == [1]


def test_what_the_camera_could_not_judge_is_never_confirmed(office: Office) -> None:
    with pytest.raises(Inconclusive):
        office.review(office.video, office.propose(conclusive=False))


def test_a_card_rests_on_one_confirmed_finding(office: Office) -> None:
    with pytest.raises(FindingNotConfirmed):
        office.draft(office.propose())
    finding = office.confirmed()
    office.draft(finding)
    with pytest.raises(FindingAlreadyCarded):
        office.draft(finding)


def test_a_card_without_a_basis_is_not_submitted(office: Office) -> None:
    card = office.draft(office.confirmed(), replace(office.text(), basis=()))
    with pytest.raises(MissingField) as caught:
        office.submit(card)
    assert caught.value.field == "basis"


def test_an_article_out_of_force_is_not_cited(office: Office) -> None:
    card = office.draft(office.confirmed())
    old = replace(office.plan.bases[1], valid_to=date(2025, 1, 1))
    with office.store.act(person(Role.DATA_MGR)) as work:
        work.replace(old)
        work.note("basis.change", old.id)
    with pytest.raises(BasisNotInForce):
        office.submit(card)
    with office.store.look() as reading:
        assert reading.get(LegalBasis, old.id) == old


def test_drafter_checker_and_signer_are_three_people(office: Office) -> None:
    card = office.submit(office.draft(office.confirmed()))
    with pytest.raises(NotAllowed):
        office.check(card, office.supervisor)
    both = replace(office.supervisor, roles=frozenset({Role.LEGAL_CHECK}))
    with pytest.raises(SamePerson):
        office.check(card, both)
    office.check(card, office.legal)
    with pytest.raises(NotAllowed):
        office.sign(card, office.section)
    with pytest.raises(SamePerson):
        office.sign(card, replace(office.legal, roles=frozenset({Role.DEPUTY_HEAD})))


def test_a_text_that_changed_after_signing_is_not_issued(office: Office) -> None:
    office.lease()
    card = office.signed()
    office.press.says = "99" * 32
    with pytest.raises(ContentChanged):
        office.issue(card)


def test_a_number_that_was_not_given_is_not_lost(office: Office) -> None:
    card = office.signed()
    with pytest.raises(NoNumberLeft):
        office.issue(card)
    office.lease()
    office.press.says = "99" * 32
    with pytest.raises(ContentChanged):
        office.issue(card)
    office.press.says = "11" * 32
    assert office.issue(card).number == 12


def test_a_phone_is_a_warning_first_and_graver_when_one_was_confirmed_in_the_month(
    office: Office,
) -> None:
    first = office.propose(event_id="one", is_phone=True, threshold_s=180.0)
    assert (first.rule_id, first.level) == ("R-VID-06", 1)
    ended = completed(office, "one", is_phone=True, ended_at=DAY + timedelta(minutes=40))
    assert (ended.rule_id, ended.level) == ("R-VID-06", 1)
    unreviewed = office.propose(
        event_id="two", is_phone=True, started_at=DAY + timedelta(minutes=50)
    )
    assert unreviewed.level == 1
    office.review(office.video, ended)
    office.review(office.supervisor, ended)
    again = office.propose(event_id="three", is_phone=True, started_at=DAY + timedelta(hours=1))
    assert again.level == 2
    next_month = office.propose(
        event_id="four", is_phone=True, started_at=DAY + timedelta(days=30, hours=1)
    )
    assert next_month.level == 1
