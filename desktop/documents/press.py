"""The press: gathers what a paper names, prints it, and lays it into the vault."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from desktop.documents.annexes import Annex, Picture
from desktop.documents.card_gathering import file_of
from desktop.documents.card_paper import (
    CardFile,
    caption_of,
    card_fields,
    exhibits_of,
    receipt_fields,
)
from desktop.documents.circular import circular_fields
from desktop.documents.drafted_paper import drafted_fields, is_sealed
from desktop.documents.first_words import FirstWords
from desktop.documents.fonts import FontBook
from desktop.documents.inspection_record import print_record, record_of
from desktop.documents.paper import print_paper
from desktop.documents.reply_form import (
    CARD_FIELD,
    DIGEST_FIELD,
    DOCUMENT_FIELD,
    print_reply_form,
)
from desktop.documents.report.brief_paper import print_brief
from desktop.documents.report.html import report_html
from desktop.documents.report.paper import print_report
from desktop.documents.signed_copy import Key, signed_copy
from desktop.documents.slots import gaps_in
from desktop.documents.template import Field, Template, content_of, digest_of, read_template
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.cards import TEMPLATES, Card, CardKind, CardState
from desktop.domain.evidence import ChainHead, ServiceReceipt
from desktop.domain.findings import Finding
from desktop.domain.identifiers import Digest, OrganId
from desktop.domain.official_documents import DocumentState, OfficialDocument
from desktop.domain.organisation import Organ, Unit, UserCard
from desktop.domain.report.briefs import Brief
from desktop.domain.report.figures import Figures
from desktop.domain.report.sentences import period_name
from desktop.domain.report.versions import Difference
from desktop.usecases.findings import evidence_of
from desktop.usecases.inspections.visit import Visit
from desktop.usecases.official_documents import Matter, evidence_behind
from desktop.usecases.papers import Printed
from desktop.usecases.ports import Reading

RECEIPT = "T11"
REPLY, DOCUMENT_REPLY = "R01", "R02"
CIRCULAR = "T15"
_LEFT_OPEN = "〔　　　　〕"
_PRINTED_ROLES = ("before", "start", "half", "threshold", "return")


class Stored(Protocol):
    """What a vault answers."""

    @property
    def sha256(self) -> str:
        """Digest of the plain bytes."""

    @property
    def size(self) -> int:
        """How many."""


class Shelf(Protocol):
    """Where papers go and pictures come from: the vault."""

    def put(self, data: bytes) -> Stored:
        """Keep bytes."""

    def get(self, sha256: str) -> bytes:
        """Answer bytes, verified."""


class PaperPress:
    """Prints with the machine's fonts; a usecases.cards.Press. Any thread."""

    def __init__(
        self, templates: Mapping[str, Mapping[str, object]], fonts: FontBook, shelf: Shelf
    ) -> None:
        self._templates = {code: read_template(content) for code, content in templates.items()}
        self._fonts = fonts
        self._shelf = shelf

    @property
    def templates(self) -> Mapping[str, Template]:
        """All templates by code."""
        return self._templates

    @property
    def fonts(self) -> FontBook:
        """The machine's fonts."""
        return self._fonts

    def template(self, code: str) -> Template:
        """Give a template; a KeyError is our own mistake."""
        return self._templates[code]

    def digest(self, reading: Reading, card: Card) -> Digest:
        """Digest of the content that a signature covers."""
        template = self._templates[TEMPLATES[card.kind]]
        return Digest(
            digest_of(content_of(template, card_fields(file_of(reading, card), template)))
        )

    def preview(self, reading: Reading, card: Card) -> bytes:
        """Print a card as it stands, without keeping it; what a draft still lacks is left open.

        Raises:
            DocumentError: something is missing, or cannot be printed.
        """
        return self._card(reading, file_of(reading, card))

    def card(self, reading: Reading, card: Card) -> Printed:
        """Print an issued card into the vault."""
        template, file = self._templates[TEMPLATES[card.kind]], file_of(reading, card)
        content = content_of(template, card_fields(file, template))
        seal = self._shelf.get(file.organ.seal) if file.organ.seal else None
        pdf = self._card(reading, file, seal=seal, chain=reading.chain_head())
        return self._kept(template, content, pdf)

    def receipt(self, reading: Reading, card: Card, receipt: ServiceReceipt) -> Printed:
        """Print the proof of service into the vault."""
        served = self._templates[TEMPLATES[card.kind]].title
        return self._receipt(reading, card.organ_id, receipt, served, card.doc_no)

    def reply_form(self, reading: Reading, card: Card) -> bytes:
        """Print the form that goes out with an issued card and comes back from the unit.

        Raises:
            DocumentError: a character is in no font.
        """
        fields = {
            "organ": reading.get(Organ, card.organ_id).name,
            "unit": reading.get(Unit, card.unit_id).name,
            "document": self._templates[TEMPLATES[card.kind]].title,
            "doc_no": card.doc_no,
        }
        hidden = {CARD_FIELD: card.id, DIGEST_FIELD: card.content_digest or ""}
        return print_reply_form(self._templates[REPLY], fields, self._fonts, hidden=hidden)

    def answers_to(self, document: OfficialDocument) -> tuple[str, ...]:
        """Name the parts of the form that comes back; none where no answer is due."""
        return self._templates[document.template].texts_or("answers")

    def document_reply_form(self, reading: Reading, document: OfficialDocument) -> bytes:
        """Print the form that goes out with an issued paper and comes back.

        Raises:
            DocumentError: a character is in no font.
        """
        fields = {
            "organ": reading.get(Organ, document.organ_id).name,
            "unit": document.recipient,
            "document": self._templates[document.template].title,
            "doc_no": document.doc_no,
        }
        hidden = {DOCUMENT_FIELD: document.id, DIGEST_FIELD: document.content_digest or ""}
        template, parts = self._templates[DOCUMENT_REPLY], self.answers_to(document)
        return print_reply_form(template, fields, self._fonts, hidden=hidden, parts=parts)

    def first_said(
        self, reading: Reading, matter: Matter, *, calendar: WorkingCalendar, now: datetime
    ) -> dict[str, Field]:
        """Word a paper from its matter, for the drafter to change."""
        known = self._templates
        return FirstWords(reading, known, matter, calendar=calendar, now=now).said()

    def document_gaps(self, document: OfficialDocument) -> tuple[str, ...]:
        """Name the places that the paper cannot do without and that are empty."""
        return gaps_in(self._templates[document.template], document.said)

    def document_digest(self, document: OfficialDocument) -> Digest:
        """Digest of the content that a signature covers."""
        template = self._templates[document.template]
        return Digest(digest_of(content_of(template, drafted_fields(template, document))))

    def open_fields(self, document: OfficialDocument) -> dict[str, Field]:
        """Give the fields of a paper; what a draft still lacks is left open."""
        template = self._templates[document.template]
        fields = drafted_fields(template, document)
        if document.state is DocumentState.DRAFT:
            for name in gaps_in(template, document.said):
                fields[name] = _LEFT_OPEN if isinstance(fields[name], str) else [_LEFT_OPEN]
        return fields

    def document_preview(self, reading: Reading, document: OfficialDocument) -> bytes:
        """Print a paper as it stands, without keeping it; what it still lacks is left open.

        Raises:
            DocumentError: it cannot be printed.
        """
        return self._document(reading, document)

    def document(self, reading: Reading, document: OfficialDocument) -> Printed:
        """Print an issued or filed paper into the vault; a filed one bears no seal."""
        template = self._templates[document.template]
        content = content_of(template, drafted_fields(template, document))
        organ = reading.get(Organ, document.organ_id)
        pressed = organ.seal if document.sealed_by and is_sealed(template) else None
        seal = self._shelf.get(pressed) if pressed else None
        pdf = self._document(reading, document, seal=seal, chain=reading.chain_head())
        return self._kept(template, content, pdf)

    def document_receipt(
        self, reading: Reading, document: OfficialDocument, receipt: ServiceReceipt
    ) -> Printed:
        """Print the proof of service into the vault."""
        title = self._templates[document.template].title
        return self._receipt(reading, document.organ_id, receipt, title, document.doc_no)

    def report(
        self,
        figures: Figures,
        wording: Mapping[str, object],
        differences: Sequence[Difference] = (),
        chain: ChainHead | None = None,
    ) -> bytes:
        """Print the efficiency report, without a seal: it is a draft until somebody signs it.

        Args:
            differences: from the version that was locked before.
            chain: the latest row of this machine's audit chain.

        Raises:
            ReportDoesNotAddUp: a table's sum differs from its ledger.
            DocumentError: a character is in no font.
        """
        return print_report(figures, wording, self._fonts, differences=differences, chain=chain)

    def report_page(self, figures: Figures, wording: Mapping[str, object]) -> bytes:
        """Write the efficiency report as a page for a browser.

        Raises:
            ReportDoesNotAddUp: a table's sum differs from its ledger.
        """
        return report_html(figures, wording, self._fonts)

    def circular(self, figures: Figures, wording: Mapping[str, object]) -> bytes:
        """Print the draft of a circular on a report's figures: no number, no day, no seal.

        Args:
            wording: of the report, which names its period.

        Raises:
            DocumentError: a character is in no font.
        """
        template = self._templates[CIRCULAR]
        fields = circular_fields(figures, template, period_name(figures.period, wording))
        return print_paper(template, fields, self._fonts)

    def brief(
        self, brief: Brief, wording: Mapping[str, object], chain: ChainHead | None = None
    ) -> bytes:
        """Print a short report or a register.

        Args:
            chain: the latest row of this machine's audit chain.

        Raises:
            DocumentError: a character is in no font.
        """
        return print_brief(brief, wording, self._fonts, chain)

    def inspection(
        self,
        reading: Reading,
        visit: Visit,
        wording: Mapping[str, object],
        chain: tuple[int, str] | None = None,
    ) -> bytes:
        """Print the record of an inspection: blank, half-way, or sealed and signed.

        Args:
            chain: number and digest of the last row of this machine's audit chain.

        Raises:
            DocumentError: a character is in no font.
            FootageError: the signature is not on this machine yet.
        """
        signed = visit.inspection.signature
        signature = self._shelf.get(signed) if signed else None
        file = record_of(reading, visit, signature, chain)
        return print_record(file, wording, self._fonts)

    def sign(self, pdf: bytes, key: Key, *, reason: str, now: datetime, title: str) -> bytes:
        """Sign a copy of a paper electronically; the paper in the vault is not touched.

        Raises:
            DocumentError: BAD_KEY, KEY_NOT_VALID, NO_GLYPH.
        """
        fonts = self._fonts
        return signed_copy(pdf, key, reason=reason, now=now, title=title, fonts=fonts)

    def keep(self, data: bytes) -> Stored:
        """Lay a report, or what came back from a unit, into the vault."""
        return self._shelf.put(data)

    def _card(
        self,
        reading: Reading,
        file: CardFile,
        *,
        seal: bytes | None = None,
        chain: ChainHead | None = None,
    ) -> bytes:
        template = self._templates[TEMPLATES[file.card.kind]]
        fields = card_fields(file, template)
        if file.card.state is CardState.DRAFT:
            may_be_empty = {*template.texts_or("optional"), "copy_to"}
            fields = {n: v or ("" if n in may_be_empty else _LEFT_OPEN) for n, v in fields.items()}
        annex = Annex(exhibits_of(template, file.evidence), self._pictures(reading, file))
        return print_paper(template, fields, self._fonts, annex, seal=seal, chain=chain)

    def _receipt(
        self, reading: Reading, organ_id: OrganId, receipt: ServiceReceipt, title: str, doc_no: str
    ) -> Printed:
        template = self._templates[RECEIPT]
        fields = receipt_fields(
            template,
            receipt,
            organ=reading.get(Organ, organ_id).name,
            document=title,
            doc_no=doc_no,
            recorded_by=reading.get(UserCard, receipt.recorded_by).name,
        )
        content = content_of(template, fields)
        pdf = print_paper(template, fields, self._fonts, chain=reading.chain_head())
        return self._kept(template, content, pdf)

    def _document(
        self,
        reading: Reading,
        document: OfficialDocument,
        *,
        seal: bytes | None = None,
        chain: ChainHead | None = None,
    ) -> bytes:
        template, fields = self._templates[document.template], self.open_fields(document)
        evidence = evidence_behind(reading, document.finding_ids)
        printed = self._with_annex(template)
        listed = [item for item in evidence if item.sha256 in document.evidence]
        pictures = tuple(
            Picture(self._shelf.get(item.sha256), caption_of(printed, item))
            for item in sorted(evidence, key=lambda item: (item.at_s, item.role))
            if item.sha256 in document.pictures
        )
        annex = Annex(exhibits_of(printed, listed), pictures)
        return print_paper(printed, fields, self._fonts, annex, seal=seal, chain=chain)

    def _with_annex(self, template: Template) -> Template:
        """Lend a template the words for evidence where it has none of its own."""
        lender = self._templates[TEMPLATES[CardKind.YELLOW]].content
        lent = {name: lender[name] for name in ("annex", "roles")}
        return replace(template, content={**lent, **template.content})

    def _kept(self, template: Template, content: dict[str, object], pdf: bytes) -> Printed:
        stored = self._shelf.put(pdf)
        return Printed(
            template.code,
            content,
            Digest(digest_of(content)),
            Digest(stored.sha256),
            stored.size,
        )

    def _pictures(self, reading: Reading, file: CardFile) -> tuple[Picture, ...]:
        """Give the masked copies: an original with bystanders is never printed."""
        template = self._templates[TEMPLATES[file.card.kind]]
        copies = [
            item
            for finding_id in file.card.finding_ids
            for item in evidence_of(reading, reading.get(Finding, finding_id))
            if item.masked_of in file.card.evidence and item.role in _PRINTED_ROLES
        ]
        copies.sort(key=lambda item: (item.at_s, item.role))
        return tuple(
            Picture(self._shelf.get(item.sha256), caption_of(template, item)) for item in copies
        )
