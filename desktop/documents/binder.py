"""Gathers the parts of a case file's bound copy: from the vault, or printed now."""

from collections.abc import Iterator, Mapping
from typing import Any

from desktop.documents.dossier_bundle import (
    BundleFile,
    print_bundle,
    print_case,
    print_note,
    print_picture,
)
from desktop.documents.press import PaperPress, Shelf
from desktop.domain.dossiers import Entry, EntryKind
from desktop.domain.evidence import Evidence, Paper
from desktop.domain.identifiers import UserId
from desktop.domain.inspections import Inspection
from desktop.usecases.dossier_timeline import DossierFile
from desktop.usecases.inspections.visit import read_visit
from desktop.usecases.ports import Reading

Wording = Mapping[str, Any]  # Any: a wording file


class Binder:
    """Binds with the press's fonts; any thread."""

    def __init__(self, press: PaperPress, shelf: Shelf, wording: Wording, record: Wording) -> None:
        """Begin.

        Args:
            wording: of the bound copy.
            record: of the record of an inspection.
        """
        self._press, self._shelf = press, shelf
        self._wording, self._record = wording, record

    def bind(
        self,
        reading: Reading,
        file: DossierFile,
        names: Mapping[UserId, str],
        chain: tuple[int, str],
    ) -> bytes:
        """Bind a case file.

        Raises:
            DocumentError: a character is in no font, a part cannot be read.
            FootageError: a part is not on this machine.
        """
        parts = dict(self._parts(reading, file))
        bundle = BundleFile(file, parts, names, chain)
        return print_bundle(bundle, self._wording, self._press.fonts)

    def _parts(self, reading: Reading, file: DossierFile) -> Iterator[tuple[str, bytes]]:
        for entry in file.entries:
            match file.records.get(entry.subject_id):
                case Paper(pdf_sha256=sha256):
                    yield entry.id, self._shelf.get(sha256)
                case Inspection(id=inspection_id):
                    visit = read_visit(reading, inspection_id)
                    yield entry.id, self._press.inspection(reading, visit, self._record)
                case Evidence() as evidence if evidence.media_type.startswith("image/"):
                    yield entry.id, self._picture(reading, entry, evidence)
                case _ if entry.subject_id in file.cases:
                    bundle = file.cases[entry.subject_id]
                    yield entry.id, print_case(entry, bundle, self._wording, self._press.fonts)
                case _ if entry.kind is EntryKind.NOTE:
                    yield entry.id, print_note(entry, self._wording, self._press.fonts)

    def _picture(self, reading: Reading, entry: Entry, evidence: Evidence) -> bytes:
        """Print the masked copy: an original with bystanders is never printed."""
        copies = reading.find(Evidence, masked_of=evidence.sha256)
        masked = evidence if evidence.masked_of else next(iter(copies), None)
        picture = self._shelf.get(masked.sha256) if masked else None
        return print_picture(entry, picture, evidence, self._wording, self._press.fonts)
