"""Links into the program: those that people copy, and the code on a paper."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

SCHEME = "hallwatch"
_PAPER = "paper"
_KIND = re.compile(r"[a-z][a-z_]{0,40}")
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A paper by its number and the digest of its content."""

    doc_no: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RecordLink:
    """A record by its kind and id."""

    kind: str
    id: str

    def text(self) -> str:
        """Write it as people pass it on: hallwatch://kind/id."""
        return f"{SCHEME}://{self.kind}/{self.id}"


def read_link(text: str) -> PaperLink | RecordLink | None:
    """Read a link; None for anything that is none of ours.

    Systems that open links write hallwatch://paper?…, the code on paper hallwatch:paper?….
    """
    try:
        parts = urlsplit(text.strip())
    except ValueError:  # brackets that are no address
        return None
    if parts.scheme != SCHEME:
        return None
    asked = parse_qs(parts.query)
    names_paper = (parts.netloc or parts.path) == _PAPER and parts.path in {_PAPER, "", "/"}
    if names_paper and {"no", "sha256"} <= asked.keys():
        return PaperLink(asked["no"][0], asked["sha256"][0])
    record_id = parts.path.strip("/")
    if _KIND.fullmatch(parts.netloc) and _ID.fullmatch(record_id):
        return RecordLink(parts.netloc, record_id)
    return None
