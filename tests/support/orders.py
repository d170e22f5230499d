"""Orders to rectify, led to a state without the screens."""

from collections.abc import Callable
from functools import partial

from desktop.domain.official_documents import OfficialDocument
from desktop.domain.roles import Role
from desktop.usecases import official_documents as acts
from desktop.usecases.official_documents import DocumentText, Matter
from tests.support.casework import FakeOffice


def issued_paper(office: FakeOffice, template: str = "T04", **said: object) -> OfficialDocument:
    """Lead a paper to its register entry."""
    unit, tools = office.plan.units[0], {"press": office.press, "clock": office.clock}
    matter = Matter(office.plan.hall.id, template, unit.id)
    first = office.desk.look(
        lambda reading: office.press.first_said(
            reading, matter, calendar=office.calendar, now=office.clock.now()
        )
    ).result()
    text = DocumentText({**first, "responsible": "许文", "problems": ["超期"], **said}, unit.name)
    draft = partial(acts.draft_document, matter=matter, text=text, clock=office.clock)
    document = office.desk.act(office.people[Role.SUPERVISOR], draft).result()
    office.door.have_numbers("某效监改", 2026).result()
    clock = {"clock": office.clock}
    steps: tuple[tuple[Role, Callable[..., OfficialDocument], dict[str, object]], ...] = (
        (Role.SUPERVISOR, acts.submit_document, tools),
        (Role.SECTION_HEAD, partial(acts.check_document, opinion="同意"), clock),
        (Role.DEPUTY_HEAD, acts.sign_document, tools),
        (Role.SEAL_CLERK, acts.issue_document, tools),
        (Role.SEAL_CLERK, partial(acts.register_document, copies=2), clock),
    )
    for role, step, known in steps:
        deed = partial(step, document_id=document.id, **known)
        document = office.desk.act(office.people[role], deed).result()
    return document
