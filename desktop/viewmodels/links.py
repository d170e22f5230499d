"""Links into the program, as the code on a paper says them."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

SCHEME = "hallwatch"


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A paper by its number and the digest of its content."""

    doc_no: str
    sha256: str


def read_link(text: str) -> PaperLink | None:
    """Read a link; None for anything that is none of ours."""
    parts = urlsplit(text.strip())
    asked = parse_qs(parts.query)
    if parts.scheme != SCHEME or parts.path != "paper" or not {"no", "sha256"} <= asked.keys():
        return None
    return PaperLink(asked["no"][0], asked["sha256"][0])
