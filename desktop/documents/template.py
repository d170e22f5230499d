"""Templates of papers: text with fields, as data; and the digest that a signature covers."""

import hashlib
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import rfc8785

from desktop.documents.errors import DocumentError, DocumentTrouble

Fields = Mapping[str, str | Sequence[str]]

# Given with number and seal, after the signature; a signature cannot cover them.
AFTER_SIGNING = frozenset({"doc_no", "issued_on"})


@dataclass(frozen=True, slots=True)
class Template:
    """One template file, parsed."""

    code: str
    version: str
    title: str
    content: Mapping[str, object]

    def text(self, *path: str) -> str:
        """Answer a text of the file by its path."""
        found: object = self.content
        for name in path:
            found = cast(Mapping[str, object], found)[name]
        return str(found)

    def texts(self, *path: str) -> tuple[str, ...]:
        """Answer a list of texts of the file by its path."""
        found: object = self.content
        for name in path:
            found = cast(Mapping[str, object], found)[name]
        return tuple(cast(Sequence[str], found))

    def table(self, name: str) -> Mapping[str, str]:
        """Answer a table of texts."""
        return cast(Mapping[str, str], self.content[name])


def read_template(content: Mapping[str, object]) -> Template:
    """Make a template of a parsed file.

    Raises:
        DocumentError: BAD_TEMPLATE.
    """
    try:
        return Template(
            str(content["code"]), str(content["version"]), str(content["title"]), content
        )
    except KeyError as error:
        raise DocumentError(DocumentTrouble.BAD_TEMPLATE, str(error.args[0])) from error


def filled(text: str, fields: Fields) -> str:
    """Put fields in their places.

    Raises:
        DocumentError: MISSING_FIELD when one is absent or empty.
    """
    said = []
    for before, name, _, _ in string.Formatter().parse(text):
        said.append(before)
        if name is None:
            continue
        value = fields.get(name)
        if not isinstance(value, str) or not value.strip():
            raise DocumentError(DocumentTrouble.MISSING_FIELD, name)
        said.append(value)
    return "".join(said)


def content_of(template: Template, fields: Fields) -> dict[str, object]:
    """Answer the canonical content: all that the paper says but number, seal and date of issue."""
    said = {name: value for name, value in fields.items() if name not in AFTER_SIGNING}
    return {
        "template": template.code,
        "version": template.version,
        "fields": {n: v if isinstance(v, str) else list(v) for n, v in said.items()},
    }


def digest_of(content: Mapping[str, object]) -> str:
    """Answer the SHA-256 (hex) of content as canonical JSON (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(dict(content))).hexdigest()  # type: ignore[arg-type]


def code_of(doc_no: str, digest: str) -> str:
    """Write what the QR code says: number and digest, opened by the program as a link."""
    return f"hallwatch:paper?no={doc_no}&sha256={digest}"
