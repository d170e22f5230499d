"""Templates of papers: text with fields, as data; and the digest that a signature covers."""

import hashlib
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import rfc8785

from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.flow import numbered

Field = str | Sequence[str] | Sequence[Sequence[str]]
Fields = Mapping[str, Field]

# Given with number and seal, after the signature; a signature cannot cover them.
AFTER_SIGNING = frozenset({"doc_no", "issued_on"})


@dataclass(frozen=True, slots=True)
class TableForm:
    """A table of a template: the field with its rows, its columns and their relative widths."""

    name: str
    title: str
    columns: tuple[str, ...]
    weights: tuple[float, ...]
    landscape: bool
    attached: bool


@dataclass(frozen=True, slots=True)
class Template:
    """One template file, parsed."""

    code: str
    version: str
    title: str
    content: Mapping[str, object]

    def text(self, *path: str) -> str:
        """Answer a text of the file by its path."""
        return str(self._found(path))

    def text_or(self, otherwise: str, *path: str) -> str:
        """Answer a text of the file, or another where the file says nothing."""
        try:
            return self.text(*path)
        except KeyError:
            return otherwise

    def texts(self, *path: str) -> tuple[str, ...]:
        """Answer a list of texts of the file by its path."""
        return tuple(cast(Sequence[str], self._found(path)))

    def texts_or(self, name: str) -> tuple[str, ...]:
        """Answer a list of texts of the file; empty where it says nothing."""
        return self.texts(name) if name in self.content else ()

    def table(self, name: str) -> Mapping[str, str]:
        """Answer a table of texts."""
        return cast(Mapping[str, str], self.content[name])

    def table_forms(self) -> Iterator[TableForm]:
        """Give the tables that the paper may hold."""
        for row in cast(Sequence[Mapping[str, object]], self.content.get("table", ())):
            yield TableForm(
                name=str(row["name"]),
                title=str(row["title"]),
                columns=tuple(cast(Sequence[str], row["columns"])),
                weights=tuple(cast(Sequence[float], row["weights"])),
                landscape=bool(row.get("landscape", False)),
                attached=bool(row.get("attached", True)),
            )

    def _found(self, path: Sequence[str]) -> object:
        found: object = self.content
        for name in path:
            found = cast(Mapping[str, object], found)[name]
        return found


def read_template(content: Mapping[str, object]) -> Template:
    """Make a template of a parsed file.

    Raises:
        DocumentError: BAD_TEMPLATE.
    """
    try:
        template = Template(
            str(content["code"]), str(content["version"]), str(content["title"]), content
        )
        template.text("layout")
        template.texts("rows" if template.text("layout") == "form" else "paragraphs")
    except KeyError as error:
        raise DocumentError(DocumentTrouble.BAD_TEMPLATE, str(error.args[0])) from error
    return template


def paragraphs_of(template: Template, fields: Fields) -> list[str]:
    """Answer the paper's paragraphs: the drafter's `text`, else the template's, filled.

    A paragraph that names a field of the template's `optional` list is left out while that is
    empty; one that is nothing but a list's field is the list, numbered at the list's level.

    Raises:
        DocumentError: MISSING_FIELD.
    """
    given = fields.get("text")
    if given and not isinstance(given, str):
        return [str(paragraph) for paragraph in given]
    optional = frozenset(template.texts_or("optional"))
    said: list[str] = []
    for paragraph in template.texts("paragraphs"):
        names = _names_in(paragraph)
        if any(name in optional and not fields.get(name) for name in names):
            continue
        if len(names) == 1 and paragraph == f"{{{names[0]}}}" and _is_list(fields, names[0]):
            level = int(template.text_or("1", "levels", names[0]))
            said += numbered(cast(Sequence[str], fields[names[0]]), level)
        else:
            said.append(filled(paragraph, fields))
    return said


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


def filled_if_said(text: str, fields: Fields) -> str:
    """Put fields in their places; where one is there but empty, the place stays open.

    Raises:
        DocumentError: MISSING_FIELD when one is absent.
    """
    names = _names_in(text)
    if names and all(fields.get(name) == "" for name in names):
        return ""
    return filled(text, fields)


def said_in(fields: Fields, name: str) -> str:
    """Answer a field's text, empty where there is none."""
    value = fields.get(name, "")
    return value if isinstance(value, str) else ""


def content_of(template: Template, fields: Fields) -> dict[str, object]:
    """Answer the canonical content: all that the paper says but number, seal and date of issue."""
    said = {name: value for name, value in fields.items() if name not in AFTER_SIGNING}
    return {
        "template": template.code,
        "version": template.version,
        "fields": {name: _plain(value) for name, value in said.items()},
    }


def digest_of(content: Mapping[str, object]) -> str:
    """Answer the SHA-256 (hex) of content as canonical JSON (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(dict(content))).hexdigest()  # type: ignore[arg-type]


def code_of(doc_no: str, digest: str) -> str:
    """Write what the QR code says: number and digest, opened by the program as a link."""
    return f"hallwatch:paper?no={doc_no}&sha256={digest}"


def _names_in(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


def _is_list(fields: Fields, name: str) -> bool:
    return not isinstance(fields.get(name, ""), str)


def _plain(value: Field) -> object:
    if isinstance(value, str):
        return value
    return [item if isinstance(item, str) else list(item) for item in value]
