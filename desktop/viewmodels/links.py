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
    """Read a link; None for anything that is none of ours.

    Systems that open links write hallwatch://paper?…, the code on paper hallwatch:paper?….
    """
    parts = urlsplit(text.strip())
    asked = parse_qs(parts.query)
    names_paper = (parts.netloc or parts.path) == "paper" and parts.path in {"paper", "", "/"}
    if parts.scheme != SCHEME or not names_paper or not {"no", "sha256"} <= asked.keys():
        return None
    return PaperLink(asked["no"][0], asked["sha256"][0])
