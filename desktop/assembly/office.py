"""The demonstration's office at work: each step by the person whose it is."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from desktop.assembly.demonstration import Stagehand
from desktop.assembly.program import Program
from desktop.documents.card_paper import default_facts, default_requirements
from desktop.documents.preview import page_pngs
from desktop.documents.template import digest_of
from desktop.domain.calendar import HALL_TIME
from desktop.domain.cards import TEMPLATES, Card, CardKind, series_of
from desktop.domain.evidence import Evidence, Paper, ServiceWay
from desktop.domain.findings import Finding, ReviewResult
from desktop.domain.organisation import BasisPurpose, LegalBasis, Organ, Unit, Window
from desktop.domain.roles import Role
from desktop.system.language import said
from desktop.usecases import cards
from desktop.usecases.cards import CardText
from desktop.usecases.evidence import note_export
from desktop.usecases.findings import Review, note_seen, review_finding
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.usecases.service import Service

T = TypeVar("T")
RECTIFY_WD = 5  # section 7.3
PICTURE_SCALE = 1.2  # pixels a point: a page stays readable and under 300 kB


def carded(program: Program, finding: Finding) -> Card:
    """Lead a finding to a served card."""
    card = drafted(program, finding)
    _as(
        program,
        Role.SUPERVISOR,
        lambda work: cards.submit_card(work, card.id, clock=program.clock),
    )
    _as(
        program,
        Role.LEGAL_CHECK,
        lambda work: cards.check_card(work, card.id, "依据适当，事实清楚", clock=program.clock),
    )
    _as(
        program,
        Role.DEPUTY_HEAD,
        lambda work: cards.sign_card(work, card.id, press=program.press, clock=program.clock),
    )
    return _issued_and_served(program, card)


def drafted(program: Program, finding: Finding) -> Card:
    """Lead a finding to the draft of a card."""
    reviewed_once(program, finding)
    _reviewed(program, finding, Role.SECTION_HEAD, "复核属实，无请假、顶岗和暂停服务登记。")
    text = program.desk.look(lambda reading: _text(program, reading, finding)).result()
    return _as(
        program,
        Role.SUPERVISOR,
        lambda work: cards.draft_card(work, finding.id, CardKind.YELLOW, text, clock=program.clock),
    )


def reviewed_once(program: Program, finding: Finding) -> None:
    """Let the first reviewer take a finding for true."""
    _reviewed(program, finding, Role.VIDEO_SUP, "已查看全部画面和逐次判断记录，座席无人。")


def exported(program: Program, card: Card, out: Path) -> list[Path]:
    """Take papers and masked pictures out of the vault; it is written down."""
    papers = program.desk.look(lambda r: r.find(Paper, card_id=card.id)).result()
    finding_id = card.finding_ids[0]
    evidence = program.desk.look(lambda r: r.find(Evidence, finding_id=finding_id)).result()
    _as(
        program,
        Role.SUPERVISOR,
        lambda work: note_export(
            work, card.hall_id, card.id, said("演示：导出文书和画面"), clock=program.clock
        ),
    )
    pictures = out / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    for item in evidence:
        if item.masked_of is not None:
            name = f"{item.role}-{item.sha256[:8]}.jpg"
            (pictures / name).write_bytes(program.vault.get(item.sha256))
    return [_paper_out(program, paper, out) for paper in papers]


def verified(program: Program, card: Card) -> tuple[str, bool]:
    """Tell which number a card has on this machine, and whether all its evidence is sound here.

    Raises:
        NotFound: the card has not arrived.
        FootageError: MISSING_FILE or DAMAGED.
    """
    here = program.desk.look(lambda reading: reading.get(Card, card.id)).result()
    papers = program.desk.look(lambda r: r.find(Paper, card_id=card.id)).result()
    sealed = all(digest_of(paper.content) == paper.content_digest for paper in papers)
    for digest in (*here.evidence, *(paper.pdf_sha256 for paper in papers)):
        program.vault.get(digest)
    return here.doc_no, bool(sealed and here.evidence and papers)


def _reviewed(program: Program, finding: Finding, role: Role, note: str) -> None:
    items = program.desk.look(lambda r: r.find(Evidence, finding_id=finding.id)).result()
    seen = Review(ReviewResult.TRUE, note, tuple(item.sha256 for item in items))
    _as(program, role, lambda work: note_seen(work, finding, clock=program.clock))
    _as(
        program,
        role,
        lambda work: review_finding(work, finding.id, seen, clock=program.clock),
    )


def _text(program: Program, reading: Reading, finding: Finding) -> CardText:
    template = program.press.template(TEMPLATES[CardKind.YELLOW])
    window = reading.get(Window, finding.window_id) if finding.window_id else None
    bases = reading.find(LegalBasis)
    now = program.clock.now()
    due = program.calendar.after(now.astimezone(HALL_TIME).date(), RECTIFY_WD)
    return CardText(
        facts_text=default_facts(template, finding, window, now),
        violated=tuple(b.id for b in bases if b.purpose is BasisPurpose.CONDUCT),
        basis=tuple(b.id for b in bases if b.purpose is BasisPurpose.CARD),
        requirements=default_requirements(template, finding),
        rectify_due=due.day,
    )


def _issued_and_served(program: Program, card: Card) -> Card:
    organ = program.desk.look(lambda reading: reading.get(Organ, card.organ_id)).result()
    unit = program.desk.look(lambda reading: reading.get(Unit, card.unit_id)).result()
    Stagehand(program).enter(Role.SEAL_CLERK)
    now = program.clock.now()
    year = now.astimezone(HALL_TIME).year
    program.door.have_numbers(series_of(organ, card.kind), year).result()
    _as(
        program,
        Role.SEAL_CLERK,
        lambda work: cards.issue_card(work, card.id, press=program.press, clock=program.clock),
    )
    service = Service(
        way=ServiceWay.DIRECT,
        recipient=unit.name,
        place=f"{unit.name}办公室",
        received_at=program.clock.now(),
        receiver=unit.liaison,
        deliverers=("尹洁", "陈璐"),
    )
    return _as(
        program,
        Role.SEAL_CLERK,
        lambda work: cards.serve_card(
            work, card.id, service, press=program.press, clock=program.clock
        ),
    )


def _as(program: Program, role: Role, intention: Callable[[UnitOfWork], T]) -> T:
    """Do one act as the first person who holds a role."""
    actor = program.door.actor
    if actor is None or not actor.has(role):
        Stagehand(program).enter(role)
        actor = program.door.actor
    assert actor is not None  # signed in just now
    return program.desk.act(actor, intention).result()


def _paper_out(program: Program, paper: Paper, out: Path) -> Path:
    folder = out / "papers"
    folder.mkdir(parents=True, exist_ok=True)
    pdf = program.vault.get(paper.pdf_sha256)
    path = folder / f"{paper.template}-{paper.doc_no}.pdf"
    path.write_bytes(pdf)
    for number, png in enumerate(page_pngs(pdf, scale=PICTURE_SCALE), 1):
        (out / "pictures" / f"{path.stem}-{number}.png").write_bytes(png)
    return path
