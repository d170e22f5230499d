"""Official papers of section 11.5: who may take which step (11.3), and what each step keeps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TypeVar

import pytest

from desktop.documents.reply_form import read_form
from desktop.domain.errors import (
    AskedNobodySo,
    BasisNotInForce,
    ClockWentBack,
    ContentChanged,
    DomainError,
    FindingNotConfirmed,
    MissingField,
    NotAllowed,
    OrganMayNotIssue,
    SamePerson,
    WrongState,
)
from desktop.domain.evidence import Paper, ServiceReceipt, ServiceWay
from desktop.domain.identifiers import Digest
from desktop.domain.official_documents import (
    SERIES,
    UNCHECKED,
    Countersignature,
    DocumentState,
    OfficialDocument,
)
from desktop.domain.roles import Role
from desktop.usecases import official_documents as acts
from desktop.usecases.official_documents import DocumentText, Matter
from desktop.usecases.ports import UnitOfWork
from desktop.usecases.service import Photo, Service
from tests.support.casework import FakeOffice

T = TypeVar("T")
FILLED = {"responsible": "许文"}


def act(office: FakeOffice, role: Role, deed: Callable[[UnitOfWork], T]) -> T:
    return office.desk.act(office.people[role], deed).result()


def drafted(office: FakeOffice, template: str = "T04", **said: object) -> OfficialDocument:
    unit = office.plan.units[0]
    matter = Matter(office.plan.hall.id, template, unit.id)
    first = office.desk.look(
        lambda reading: office.press.first_said(
            reading, matter, calendar=office.calendar, now=office.clock.now()
        )
    ).result()
    text = DocumentText({**first, **FILLED, **said}, unit.name)
    draft = partial(acts.draft_document, matter=matter, text=text, clock=office.clock)
    return act(office, Role.SUPERVISOR, draft)


def step(
    office: FakeOffice, role: Role, deed: Callable[..., OfficialDocument], *, printed: bool = False
) -> Callable[[OfficialDocument], OfficialDocument]:
    tools = {"press": office.press} if printed else {}

    def take(document: OfficialDocument) -> OfficialDocument:
        known = {"document_id": document.id, "clock": office.clock, **tools}
        return act(office, role, partial(deed, **known))

    return take


def submitted(office: FakeOffice, document: OfficialDocument) -> OfficialDocument:
    return step(office, Role.SUPERVISOR, acts.submit_document, printed=True)(document)


def checked(
    office: FakeOffice, document: OfficialDocument, role: Role = Role.SECTION_HEAD
) -> OfficialDocument:
    return step(office, role, partial(acts.check_document, opinion="同意"))(document)


def signed(
    office: FakeOffice, document: OfficialDocument, role: Role = Role.DEPUTY_HEAD
) -> OfficialDocument:
    document = checked(office, submitted(office, document))
    return step(office, role, acts.sign_document, printed=True)(document)


def issued(office: FakeOffice, document: OfficialDocument) -> OfficialDocument:
    office.door.have_numbers("某效监改", 2026).result()
    return step(office, Role.SEAL_CLERK, acts.issue_document, printed=True)(document)


def test_an_order_goes_from_its_draft_to_its_proof_of_service(office: FakeOffice) -> None:
    document = issued(office, signed(office, drafted(office)))
    register = partial(acts.register_document, copies=4)
    document = step(office, Role.SEAL_CLERK, register)(document)
    stored = office.press.keep(b"a photograph")
    photo = Photo(Digest(stored.sha256), stored.size, "image/jpeg")
    way, now = ServiceWay.DIRECT, office.clock.now()
    service = Service(way, "住建局", "办公室", now, "许文", ("尹洁",), photo=photo)
    serve = partial(acts.serve_document, service=service)
    document = step(office, Role.SEAL_CLERK, serve, printed=True)(document)

    assert (document.state, document.copies) == (DocumentState.SERVED, 4)
    assert document.doc_no == "某效监改〔2026〕12号"
    papers = office.desk.look(lambda r: r.find(Paper, document_id=document.id)).result()
    assert [paper.template for paper in papers] == ["T04", "T11"]
    assert papers[0].content_digest == document.content_digest
    (receipt,) = office.desk.look(lambda r: r.find(ServiceReceipt)).result()
    assert (receipt.document_id, receipt.photo) == (document.id, photo.sha256)


def test_a_changed_text_loses_its_signature(office: FakeOffice) -> None:
    document = signed(office, drafted(office))
    said = {**document.said, "responsible": "罗凯"}
    revise = partial(acts.revise_document, document_id=document.id, said=said)
    document = act(office, Role.SUPERVISOR, revise)

    assert document.state is DocumentState.DRAFT
    assert (document.signed_by, document.content_digest, document.checked_by) == (None, None, None)


def test_a_text_changed_behind_the_signature_gets_no_number(office: FakeOffice) -> None:
    document = replace(signed(office, drafted(office)), said={"unit": "别的单位"})
    with pytest.raises(ContentChanged):
        document.must_still_be(office.press.document_digest(document))


def test_drafter_checker_and_signer_are_three_people(office: FakeOffice) -> None:
    document = submitted(office, drafted(office))
    with pytest.raises(NotAllowed):
        checked(office, document, Role.SUPERVISOR)
    document = checked(office, document)
    office.people[Role.DEPUTY_HEAD] = replace(
        office.people[Role.SECTION_HEAD], roles=frozenset({Role.DEPUTY_HEAD})
    )
    with pytest.raises(SamePerson):
        step(office, Role.DEPUTY_HEAD, acts.sign_document, printed=True)(document)


def test_two_people_cannot_sign_the_same_paper(office: FakeOffice) -> None:
    document = signed(office, drafted(office))
    with pytest.raises(WrongState):
        step(office, Role.HEAD, acts.sign_document, printed=True)(document)


def test_all_who_were_asked_countersign_the_same_text(office: FakeOffice) -> None:
    legal, head = office.people[Role.LEGAL_CHECK], office.people[Role.APPEAL_REVIEWER]
    document = drafted(office)
    text = DocumentText(document.said, countersigners=(legal.user_id, head.user_id))
    edit = partial(acts.edit_document, document_id=document.id, text=text)
    document = checked(office, submitted(office, act(office, Role.SUPERVISOR, edit)))
    assert document.state is DocumentState.UNDER_COUNTERSIGN

    word = partial(acts.countersign_document, opinion="同意")
    with pytest.raises(AskedNobodySo):
        step(office, Role.HEAD, word, printed=True)(document)
    document = step(office, Role.LEGAL_CHECK, word, printed=True)(document)
    assert document.state is DocumentState.UNDER_COUNTERSIGN
    with pytest.raises(AskedNobodySo):
        step(office, Role.LEGAL_CHECK, word, printed=True)(document)
    document = step(office, Role.APPEAL_REVIEWER, word, printed=True)(document)

    assert document.state is DocumentState.UNDER_APPROVAL
    words = office.desk.look(lambda r: r.find(Countersignature)).result()
    assert {each.person_by for each in words} == {legal.user_id, head.user_id}


def test_who_drafts_is_not_asked_to_countersign(office: FakeOffice) -> None:
    document = drafted(office)
    text = DocumentText(document.said, countersigners=(document.drafted_by,))
    edit = partial(acts.edit_document, document_id=document.id, text=text)
    with pytest.raises(SamePerson):
        submitted(office, act(office, Role.SUPERVISOR, edit))


def test_a_paper_that_lacks_something_is_not_handed_on(office: FakeOffice) -> None:
    with pytest.raises(MissingField) as refusal:
        submitted(office, drafted(office, responsible=" "))
    assert refusal.value.field == "responsible"


def test_own_paragraphs_stand_in_place_of_the_templates(office: FakeOffice) -> None:
    document = drafted(office, responsible="", text=["请立即整改。"])
    assert office.press.document_gaps(document) == ()


def test_an_article_that_is_out_of_force_keeps_a_paper_back(office: FakeOffice) -> None:
    document = drafted(office)
    office.clock.moment += timedelta(days=-30 * 365)
    with pytest.raises(BasisNotInForce):
        submitted(office, document)


def test_a_clock_set_back_signs_nothing(office: FakeOffice) -> None:
    waiting = checked(office, submitted(office, drafted(office)))
    signed(office, drafted(office))
    office.clock.moment -= timedelta(hours=1)
    with pytest.raises(ClockWentBack):
        step(office, Role.DEPUTY_HEAD, acts.sign_document, printed=True)(waiting)


def test_an_organ_issues_only_what_its_profile_allows(office: FakeOffice) -> None:
    with pytest.raises(OrganMayNotIssue):
        drafted(office, "T06")


def test_no_paper_rests_on_what_is_not_confirmed(office: FakeOffice) -> None:
    finding = office.propose()
    matter = Matter(office.plan.hall.id, "T04", finding_ids=(finding.id,))
    draft = partial(acts.draft_document, matter=matter, text=DocumentText({}), clock=office.clock)
    with pytest.raises(FindingNotConfirmed):
        act(office, Role.SUPERVISOR, draft)


def test_a_slip_goes_to_the_signer_at_once_and_bears_no_number(office: FakeOffice) -> None:
    document = submitted(office, drafted(office, "T01", facts="窗口无人值守。"))
    assert document.state is DocumentState.UNDER_APPROVAL
    document = step(office, Role.SECTION_HEAD, acts.sign_document, printed=True)(document)
    document = step(office, Role.SEAL_CLERK, acts.issue_document, printed=True)(document)
    assert (document.state, document.doc_no) == (DocumentState.ISSUED, "")


def test_the_record_of_a_talk_is_put_on_file(office: FakeOffice) -> None:
    said = {"person": "罗凯", "cause": "超期", "content": "通报情况"}
    document = drafted(office, "T08R", **said)
    with pytest.raises(DomainError):
        submitted(office, document)
    document = step(office, Role.SUPERVISOR, acts.file_document, printed=True)(document)
    assert document.state is DocumentState.ARCHIVED
    (paper,) = office.desk.look(lambda r: r.find(Paper, document_id=document.id)).result()
    assert read_form(office.vault.get(paper.pdf_sha256)) == {}


def test_a_void_number_stays_in_the_register(office: FakeOffice) -> None:
    document = issued(office, signed(office, drafted(office)))
    cancel = partial(acts.cancel_document, document_id=document.id, reason="写错单位")
    document = act(office, Role.SUPERVISOR, cancel)
    assert (document.state, document.number) == (DocumentState.CANCELLED, 12)


def test_the_book_and_the_program_know_the_same_short_ways(office: FakeOffice) -> None:
    """The entity file bounds who may; these sets say which of two steps is the one."""
    rule = office.book.rule(OfficialDocument.ENTITY)
    acts_of = {each.name: each for each in rule.transitions}
    for template in rule.fields["template"].values:
        body = {"template": template}
        at_once = bool(acts_of["submit_for_signature"].roles_for(body))
        assert at_once == (template in UNCHECKED), template
        is_issued = bool(acts_of["issue"].roles_for(body))
        is_filed = bool(acts_of["file"].roles_for(body) or acts_of["file_signed"].roles_for(body))
        assert (is_issued and not is_filed) == (template in SERIES), template
