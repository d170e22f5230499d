"""Bad input to official papers: long names and texts, no seal, findings that are gone."""

from dataclasses import replace
from functools import partial

import pypdfium2
import pytest

from desktop.documents import geometry as g
from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.slots import SlotKind, slots_of
from desktop.domain.errors import NotFound
from desktop.domain.evidence import AuditRow, Paper
from desktop.domain.identifiers import DocumentId, FindingId
from desktop.domain.official_documents import DocumentState, OfficialDocument
from desktop.domain.organisation import Organ
from desktop.domain.roles import Role
from desktop.usecases.official_documents import DocumentText, Matter, draft_document
from desktop.viewmodels.papers.words import KINDS
from tests.support.casework import FakeOffice
from tests.support.orders import issued_paper

LONG_NAME = "某市住房和城乡建设与城市管理行政执法和综合服务中心" * 16  # 400 characters
PAPERS = sorted(KINDS.keys() - {"T11"})


def paper(office: FakeOffice, template: str, **said: object) -> OfficialDocument:
    """A paper of which every place says something short, but for what is given."""
    filled: dict[str, object] = {}
    for slot in slots_of(office.press.template(template)):
        if slot.kind is SlotKind.TABLE:
            filled[slot.name] = [["1", *["某"] * (len(slot.columns) - 1)]]
        else:
            filled[slot.name] = ["某事项"] if slot.kind is SlotKind.LIST else "某"
    return OfficialDocument(
        id=DocumentId("0198"),
        hall_id=office.plan.hall.id,
        organ_id=office.plan.organ.id,
        template=template,
        drafted_by=office.people[Role.SUPERVISOR].user_id,
        drafted_at=office.clock.now(),
        said={**filled, "organ": "某市行政效能监察办公室", "title": "", **said},
    )


def printed(office: FakeOffice, document: OfficialDocument) -> bytes:
    return office.desk.look(lambda r: office.press.document_preview(r, document)).result()


def edges(pdf: bytes) -> tuple[int, float]:
    """Count the pages, and give how far to the right upright text reaches, in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        right = 0.0
        for page in document:
            if page.get_rotation() == 0:
                text = page.get_textpage()
                inked = (n for n in range(text.count_chars()) if text.get_text_range(n, 1).strip())
                boxes = (text.get_charbox(n) for n in inked)
                right = max([right, *(box[2] for box in boxes)])
        return len(document), right


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("template", PAPERS)
def test_a_unit_with_a_name_of_400_characters_stays_inside_the_paper(
    office: FakeOffice, template: str
) -> None:
    assert len(LONG_NAME) >= 400
    long = {"unit": LONG_NAME, "recipients": LONG_NAME, "person": LONG_NAME, "to_organ": LONG_NAME}
    pages, right = edges(printed(office, paper(office, template, **long)))
    assert pages >= 1
    assert right <= g.RIGHT_EDGE + 2.0


@pytest.mark.parametrize("extra", range(14))
def test_71_a_long_unit_and_title_are_shaped_and_the_seal_never_stands_alone(
    office: FakeOffice, extra: int
) -> None:
    unit = "某市住房和城乡建设与历史文化名城保护及综合行政执法管理局（筹备组）"
    title = "关于2026年第三季度窗口值守、办件时限和群众投诉办理情况专项效能监察有关事项的通知"
    assert len(unit) > 30
    text = ["请按要求做好准备。"] * (4 + extra)
    pdf = printed(office, paper(office, "T07", unit=unit, title=title, text=text))
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    lines = [line.strip() for line in pages[0].splitlines()]
    first = next(n for n, line in enumerate(lines) if line.startswith("关于2026年"))
    shaped = lines[first : first + 3]
    assert "".join(shaped) == title
    assert max(map(len, shaped)) <= 18
    assert len(shaped[1]) == max(map(len, shaped))  # a diamond
    *_, last = pages
    assert last.split("某市行政效能监察办公室")[0].count("请按要求做好准备。") >= 2


def test_a_text_of_twelve_pages_is_printed_whole(office: FakeOffice) -> None:
    sentence = "经核实，你单位窗口服务存在以下问题，请逐项整改并报送结果。"
    text = [f"第{number}段。{sentence * 8}" for number in range(1, 28)]
    pdf = printed(office, paper(office, "T04", text=text, tasks=[]))
    pages, _ = edges(pdf)
    assert pages >= 12
    said = words_of(pdf)
    assert all(f"第{number}段" in said.replace("\r\n", "") for number in range(1, 28))


def test_an_organ_with_no_seal_leaves_the_place_for_it(office: FakeOffice) -> None:
    document = issued_paper(office)
    organ = office.desk.look(lambda r: r.get(Organ, document.organ_id)).result()
    assert organ.seal is None
    assert document.state is DocumentState.REGISTERED


def test_an_issued_paper_names_the_head_of_the_audit_chain_and_a_draft_does_not(
    office: FakeOffice,
) -> None:
    document = issued_paper(office)
    (paper,) = office.desk.look(lambda r: r.find(Paper, document_id=document.id)).result()
    rows = office.desk.look(lambda r: r.find(AuditRow)).result()
    issued = next(row for row in rows if row.action == "document.issue")
    with pypdfium2.PdfDocument(office.vault.get(paper.pdf_sha256)) as shown:
        said = shown[0].get_textpage().get_text_range()
    assert f"本机审计链第{issued.n - 1}条 {issued.prev_hash[:16]}" in said
    assert "审计链" not in words_of(printed(office, document))


@pytest.mark.parametrize("character", ["镕", "喆", "𠮷", "䶮", "\U000e0041"])
def test_72_a_rare_character_appears_or_is_refused_by_name(
    office: FakeOffice, character: str
) -> None:
    document = paper(office, "T08R", person=f"王{character}")
    told = ""
    try:
        pdf = printed(office, document)
        with pypdfium2.PdfDocument(pdf) as shown:
            told = shown[0].get_textpage().get_text_range()
    except DocumentError as refusal:
        told = f"王{refusal.subject}" if refusal.trouble is DocumentTrouble.NO_GLYPH else ""
    assert f"王{character}" in told


def test_a_finding_that_was_deleted_on_another_machine_is_named(office: FakeOffice) -> None:
    matter = Matter(office.plan.hall.id, "T04", finding_ids=(FindingId("gone"),))
    text = DocumentText({})
    draft = partial(draft_document, matter=matter, text=text, clock=office.clock)
    with pytest.raises(NotFound) as refusal:
        office.desk.act(office.people[Role.SUPERVISOR], draft).result()
    assert refusal.value.fields == ("finding", "gone")


def test_a_paper_whose_finding_is_gone_still_prints_without_its_pictures(
    office: FakeOffice,
) -> None:
    orphan = replace(paper(office, "T04"), finding_ids=(FindingId("gone"),))
    assert printed(office, orphan).startswith(b"%PDF")
