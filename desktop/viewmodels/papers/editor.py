"""The text of the official paper that lies open."""

from dataclasses import replace

from desktop.documents.slots import gaps_in, recipient_in
from desktop.documents.template import paragraphs_of
from desktop.domain.identifiers import Digest, DocumentId, UserId
from desktop.domain.official_documents import OfficialDocument
from desktop.usecases.official_documents import DocumentText, edit_document, with_text
from desktop.usecases.ports import UnitOfWork
from desktop.viewmodels.papers.file import PaperFile
from desktop.viewmodels.paperwork.editor import TextEditor

OWN_TEXT = "text"  # the drafter's own paragraphs, in place of the template's


class PaperEditor(TextEditor[PaperFile, DocumentText, OfficialDocument]):
    """Holds the places of a template, or the drafter's own paragraphs."""

    @property
    def gaps(self) -> tuple[str, ...]:
        """Name the places that keep the paper from being handed on."""
        if self.text is None or self.file is None:
            return ()
        return gaps_in(self.file.template, self.text.said)

    @property
    def has_own_text(self) -> bool:
        """Whether the drafter writes the paragraphs himself."""
        return self.text is not None and bool(self.text.said.get(OWN_TEXT))

    def write(self, name: str, value: object) -> None:
        """Change one place; it is kept and printed a moment later."""
        if self.text is None or self.file is None or self.text.said.get(name) == value:
            return
        said = {**self.text.said, name: value}
        recipient = recipient_in(self.file.template, said)
        self.take(replace(self.text, said=said, recipient=recipient))

    def write_whole(self, *, own: bool) -> None:
        """Let the drafter write the paragraphs himself, beginning with the template's; or not."""
        if self.text is None or self.file is None or own == self.has_own_text:
            return
        said = {name: value for name, value in self.text.said.items() if name != OWN_TEXT}
        if own:
            fields = self._casework.press.open_fields(with_text(self.file.document, self.text))
            said[OWN_TEXT] = list(paragraphs_of(self.file.template, fields))
        self.take(replace(self.text, said=said))

    def attach(self, evidence: tuple[Digest, ...], pictures: tuple[Digest, ...]) -> None:
        """Choose what the annexes list and print."""
        if self.text is not None:
            self.take(replace(self.text, evidence=evidence, pictures=pictures))

    def ask(self, people: tuple[UserId, ...]) -> None:
        """Choose who is asked for a word."""
        if self.text is not None:
            self.take(replace(self.text, countersigners=people))

    def text_in(self, file: PaperFile) -> DocumentText:
        """Give the text that a file holds."""
        return text_of(file.document)

    def written(self, file: PaperFile, text: DocumentText) -> OfficialDocument:
        """Give the paper as it would be with another text."""
        return with_text(file.document, text)

    def edit(self, work: UnitOfWork, key: str, text: DocumentText) -> OfficialDocument:
        """Keep a text."""
        return edit_document(work, DocumentId(key), text)

    def renewed(self, file: PaperFile, subject: OfficialDocument) -> PaperFile:
        """Give a file with the paper as it was kept."""
        return file.with_document(subject)


def text_of(document: OfficialDocument) -> DocumentText:
    """Give a paper's text."""
    return DocumentText(
        document.said,
        document.recipient,
        document.evidence,
        document.pictures,
        document.countersigners,
    )
