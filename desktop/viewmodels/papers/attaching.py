"""What can be attached to a paper and who can be asked for a word, as lists to tick."""

from collections.abc import Sequence

from desktop.domain.entities import Book
from desktop.domain.evidence import Evidence
from desktop.domain.official_documents import OfficialDocument
from desktop.system.language import said
from desktop.usecases.evidence import MARKED
from desktop.viewmodels.naming import role_names
from desktop.viewmodels.papers.file import PaperFile
from desktop.viewmodels.review.pack import STILL_ROLES
from desktop.viewmodels.times import stamp

Words = Sequence[tuple[str, str]]  # key, and what stands beside the tick


def evidence_words(file: PaperFile) -> Words:
    """Name the originals that the annex can list; they themselves are not printed."""
    return [(item.sha256, said("清单列明：{0}").format(_named(item))) for item in file.originals]


def picture_words(file: PaperFile) -> Words:
    """Name the copies that the annex can print."""
    return [(item.sha256, said("印出画面：{0}").format(_named(item))) for item in file.printable]


def people_words(file: PaperFile) -> Words:
    """Name the people who can be asked for a word."""
    return [
        (each.id, f"{each.name}　{role_names(tuple(role.value for role in each.roles))}")
        for each in file.askable
    ]


def can_be_countersigned(file: PaperFile, book: Book) -> bool:
    """Tell whether this kind of paper passes a check, after which others are asked."""
    acts = book.rule(OfficialDocument.ENTITY).transitions
    body = {"template": file.document.template}
    return any(act.roles_for(body) for act in acts if act.name == "submit")


def _named(item: Evidence) -> str:
    words = {
        MARKED: said("批注画面"),
        "clip": said("视频片段"),
        "strip": said("逐次判断记录"),
        "manifest": said("证据包清单"),
    }
    known = (
        said(STILL_ROLES[item.role])
        if item.role in STILL_ROLES
        else words.get(item.role, item.role)
    )
    return f"{known}　{stamp(item.taken_at)}"
