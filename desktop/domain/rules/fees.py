"""Fees of one case (R-FEE): without a standard, over it, under it, without a receipt."""

from desktop.domain.approvals import Fee
from desktop.domain.items import FeeStandard, ServiceItem
from desktop.domain.rules.inputs import Input
from desktop.domain.rules.judgement import NONE, CaseFile, CaseRule, Hit, Hits, Part, Values


def baseless(file: CaseFile, _: Values) -> Hits:
    """R-FEE-01: money was asked for that no published standard allows (行政许可法 58).

    Of an item that the list does not have nothing is known; R-LST-04 asks about it.
    """
    if file.item is None:
        return NONE
    return [
        Hit({"charged": fee.charged, "standard": fee.standard}, part=str(number))
        for number, fee in enumerate(file.fees)
        if fee.charged > 0 and not _is_listed(_standard(file.item, fee))
    ]


def over_standard(file: CaseFile, values: Values) -> Hits:
    """R-FEE-02: more was asked for than the standard allows."""
    hits = []
    for number, fee in enumerate(file.fees):
        standard = _standard(file.item, fee)
        if standard is None:
            continue
        most = standard.range_max * fee.quantity
        if fee.charged - most > values["tolerance_fen"]:
            hits.append(Hit({"charged": fee.charged, "most": most}, part=str(number)))
    return hits


def under_standard(file: CaseFile, values: Values) -> Hits:
    """R-FEE-03: less was asked for, or it was waived, and nobody approved that."""
    hits = []
    for number, fee in enumerate(file.fees):
        standard = _standard(file.item, fee)
        if standard is None or fee.approver:
            continue
        least = standard.range_min * fee.quantity
        if least - fee.charged > values["tolerance_fen"]:
            facts = {"charged": fee.charged, "least": least, "waived": fee.waived}
            hits.append(Hit(facts, part=str(number)))
    return hits


def no_receipt(file: CaseFile, _: Values) -> Hits:
    """R-FEE-06: no receipt, or paid before the case was accepted."""
    hits = []
    accepted = file.case.accepted_at
    for number, fee in enumerate(file.fees):
        early = bool(fee.paid_at and accepted and fee.paid_at < accepted)
        if fee.charged > 0 and (early or not fee.receipt_no):
            why = [] if fee.receipt_no else ["NO_RECEIPT"]
            facts = {"charged": fee.charged, "why": [*why, *(["EARLY"] if early else [])]}
            hits.append(Hit(facts, part=str(number)))
    return hits


def _standard(item: ServiceItem | None, fee: Fee) -> FeeStandard | None:
    """Find the standard that a fee was asked under: by name, else the only one of its tier."""
    if item is None:
        return None
    fitting = [
        each
        for each in item.fees
        if each.tier == fee.tier and (not fee.standard or each.name == fee.standard)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _is_listed(standard: FeeStandard | None) -> bool:
    return standard is not None and bool(standard.list_no)


_PRICED = frozenset({Input.FEES, Input.ITEMS})

CASE_RULES = (
    CaseRule("R-FEE-01", baseless, _PRICED, Part.FEES),
    CaseRule("R-FEE-02", over_standard, _PRICED, Part.FEES),
    CaseRule("R-FEE-03", under_standard, _PRICED, Part.FEES),
    CaseRule("R-FEE-06", no_receipt, frozenset({Input.FEES}), Part.FEES),
)
