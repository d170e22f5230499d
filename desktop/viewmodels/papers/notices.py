"""What is said when something was done with an official paper."""

from desktop.domain.official_documents import OfficialDocument
from desktop.system.language import said
from desktop.viewmodels.papers.acts import PaperAct
from desktop.viewmodels.papers.words import kind_name


def done_said(act: PaperAct, document: OfficialDocument) -> str:
    """Say it in one sentence."""
    name = kind_name(document.template)
    words = {
        PaperAct.SUBMIT: said("{0}已提交。"),
        PaperAct.CHECK: said("{0}已核稿通过。"),
        PaperAct.COUNTERSIGN: said("{0}已会签。"),
        PaperAct.SIGN: said("{0}已签发，等待编号用印。"),
        PaperAct.ISSUE: said("{0}已用印，正式文书已印制。"),
        PaperAct.REGISTER: said("{0}已登记，可以送达。"),
        PaperAct.SERVE: said("{0}已送达，送达回证已印制。"),
        PaperAct.FILE: said("{0}已归档。"),
        PaperAct.REVISE: said("{0}的签名已失效，正文可以改动。"),
        PaperAct.RETURN: said("{0}已退回拟稿人。"),
        PaperAct.CANCEL: said("{0}已作废。"),
    }
    return words[act].format(document.doc_no or name)
