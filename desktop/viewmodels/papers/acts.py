"""What can be done with an official paper, and the words of its buttons."""

from collections.abc import Mapping
from enum import Enum

from desktop.domain.entities import Book
from desktop.domain.official_documents import DocumentState, OfficialDocument
from desktop.domain.roles import Actor
from desktop.system.language import said
from desktop.viewmodels.casework import acts_open, body_of


class PaperAct(Enum):
    """An act; its value names the transitions of the book, of which a state allows one."""

    SUBMIT = ("submit", "submit_for_signature")
    CHECK = ("check", "check_for_countersign")
    COUNTERSIGN = ("countersign",)
    SIGN = ("sign",)
    ISSUE = ("issue", "issue_unnumbered")
    REGISTER = ("register",)
    SERVE = ("serve",)
    FILE = ("file", "file_signed")
    REVISE = ("revise",)
    RETURN = ("return", "return_countersign", "return_approval")
    CANCEL = ("cancel",)

    @property
    def word(self) -> str:
        """What its button says."""
        return _words()[self]

    @property
    def ends(self) -> bool:
        """Whether it cannot be undone and takes something away."""
        return self is PaperAct.CANCEL

    @property
    def takes_text(self) -> bool:
        """Whether the text has to be whole, and is kept first."""
        return self in {PaperAct.SUBMIT, PaperAct.FILE}

    @property
    def takes_number(self) -> bool:
        """Whether a number is taken from the series of the paper."""
        return self is PaperAct.ISSUE


# The way on from each state; a paper that is filed leaves it where the book lets nobody go on.
_WAY_ON = {
    DocumentState.DRAFT: (PaperAct.SUBMIT, PaperAct.FILE),
    DocumentState.UNDER_CHECK: (PaperAct.CHECK,),
    DocumentState.UNDER_COUNTERSIGN: (PaperAct.COUNTERSIGN,),
    DocumentState.UNDER_APPROVAL: (PaperAct.SIGN,),
    DocumentState.SIGNED: (PaperAct.ISSUE, PaperAct.FILE),
    DocumentState.ISSUED: (PaperAct.REGISTER,),
    DocumentState.REGISTERED: (PaperAct.SERVE,),
}


def way_on(document: OfficialDocument, book: Book) -> PaperAct | None:
    """Give the act that brings a paper forward; None where it has come to its end."""
    ways = _WAY_ON.get(document.state, ())
    return next((act for act in ways if roles_of(document, book, act)), None)


def roles_of(document: OfficialDocument, book: Book, act: PaperAct) -> tuple[str, ...]:
    """Name the roles that may do an act in the paper's state."""
    body = body_of(document)
    return tuple(
        dict.fromkeys(
            role
            for transition in book.rule(document.ENTITY).transitions
            if transition.name in act.value and document.state.value in transition.sources
            for role in transition.roles_for(body)
        )
    )


def acts_for(document: OfficialDocument, book: Book, actor: Actor | None) -> tuple[PaperAct, ...]:
    """Give what this person can do now, the way on first and the end last."""
    opened = set(acts_open(book, document, actor))
    asked = actor is not None and actor.user_id in document.countersigners
    waits = document.state is DocumentState.UNDER_COUNTERSIGN
    found = [
        act
        for act in PaperAct
        if opened.intersection(act.value)
        and (asked or not waits or act not in {PaperAct.COUNTERSIGN, PaperAct.RETURN})
    ]
    first = way_on(document, book)
    return tuple(sorted(found, key=lambda act: (act is not first, act.ends)))


def is_mine(document: OfficialDocument, book: Book, actor: Actor | None) -> bool:
    """Tell whether a paper waits for this person; a draft waits for who wrote it."""
    act = way_on(document, book)
    if act is None or actor is None or act not in acts_for(document, book, actor):
        return False
    return document.state is not DocumentState.DRAFT or document.drafted_by == actor.user_id


def _words() -> Mapping[PaperAct, str]:
    return {
        PaperAct.SUBMIT: said("提交", "button"),
        PaperAct.CHECK: said("核稿通过"),
        PaperAct.COUNTERSIGN: said("会签同意"),
        PaperAct.SIGN: said("签发", "button"),
        PaperAct.ISSUE: said("编号用印", "button"),
        PaperAct.REGISTER: said("登记", "button"),
        PaperAct.SERVE: said("登记送达"),
        PaperAct.FILE: said("归档", "button"),
        PaperAct.REVISE: said("改动正文"),
        PaperAct.RETURN: said("退回修改"),
        PaperAct.CANCEL: said("作废"),
    }
