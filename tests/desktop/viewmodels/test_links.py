"""Links into the program, as papers and systems write them."""

import pytest

from desktop.documents.template import code_of
from desktop.viewmodels.links import PaperLink, RecordLink, read_link

DIGEST = "ab" * 32
PAPER = PaperLink("某效监黄〔2026〕12号", DIGEST)


def test_the_code_on_a_paper_is_read_back() -> None:
    assert read_link(code_of(PAPER.doc_no, DIGEST)) == PAPER


@pytest.mark.parametrize("form", ["hallwatch://paper", "hallwatch://paper/", "hallwatch:paper"])
def test_a_system_may_write_a_link_its_own_way(form: str) -> None:
    assert read_link(f"{form}?no={PAPER.doc_no}&sha256={DIGEST}") == PAPER


@pytest.mark.parametrize(
    "text", ["", "https://paper?no=1&sha256=2", "hallwatch:card?no=1&sha256=2", "hallwatch:paper"]
)
def test_anything_else_is_none_of_ours(text: str) -> None:
    assert read_link(text) is None


def test_a_record_is_named_by_its_kind_and_id() -> None:
    link = RecordLink("official_document", "0198a3c2-0000-7000-8000-000000000000")
    assert link.text() == "hallwatch://official_document/0198a3c2-0000-7000-8000-000000000000"
    assert read_link(link.text()) == link
    assert read_link(f"{link.text()}/") == link  # as some systems hand it on


@pytest.mark.parametrize(
    "text",
    [
        "hallwatch://card/",
        "hallwatch://card/a/b",
        "hallwatch://Card;x/1",
        "hallwatch://[x",
        "card/1",
    ],
)
def test_a_link_that_names_nothing_is_none_of_ours(text: str) -> None:
    assert read_link(text) is None
