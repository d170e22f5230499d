"""The pages of casework: what a machine proposes, and what people make of it."""

from functools import partial

from desktop.system.language import said
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.papers.desk import PapersDesk
from desktop.viewmodels.reports.briefs import BriefDesk
from desktop.viewmodels.reports.desk import ReportDesk
from desktop.viewmodels.review.desk import ReviewDesk
from desktop.views.cards.page import CardsPage
from desktop.views.kit.icons import Icon
from desktop.views.page import PageEntry
from desktop.views.papers.page import PAPERS_PAGE, PapersPage
from desktop.views.reports.page import ReportsPage
from desktop.views.review.page import CARDS_PAGE, ReviewPage

REVIEW_PAGE = "review"
REPORTS_PAGE = "reports"


def casework_pages(
    program: Casework,
    review: ReviewDesk,
    cards: CardDesk,
    papers: PapersDesk,
    *,
    reports: ReportDesk,
    briefs: BriefDesk,
) -> list[PageEntry]:
    """Give the pages; their state lives in the view-models, so they can be built again."""
    return [
        PageEntry(
            REVIEW_PAGE,
            Icon.EYE,
            _review_title,
            partial(ReviewPage, review, program),
            counter=review.waiting,
        ),
        PageEntry(
            CARDS_PAGE,
            Icon.CARDS,
            _cards_title,
            partial(CardsPage, cards, program),
            counter=cards.waiting,
        ),
        PageEntry(
            PAPERS_PAGE,
            Icon.DOCUMENT,
            _papers_title,
            partial(PapersPage, papers),
            counter=papers.waiting,
        ),
        PageEntry(
            REPORTS_PAGE, Icon.REPORTS, _reports_title, partial(ReportsPage, reports, briefs)
        ),
    ]


def _review_title() -> str:
    return said("核实疑似问题")


def _cards_title() -> str:
    return said("黄红牌与整改")


def _papers_title() -> str:
    return said("文书办理")


def _reports_title() -> str:
    return said("报告与文书")
