"""Signed acts follow one another in time: a clock that was set back signs nothing (section 14)."""

from datetime import datetime, timedelta

from desktop.domain.appeals import Appeal
from desktop.domain.cards import Card
from desktop.domain.errors import ClockWentBack
from desktop.domain.findings import Finding
from desktop.domain.official_documents import OfficialDocument
from desktop.domain.rectification import Rectification
from desktop.usecases.ports import Clock, Reading, Record

_MAY_LAG = timedelta(minutes=5)  # two machines are never quite of one time
_SIGNED: tuple[tuple[type[Record], str], ...] = (
    (Finding, "confirmed_at"),
    (Card, "signed_at"),
    (Card, "issued_at"),
    (OfficialDocument, "signed_at"),
    (OfficialDocument, "issued_at"),
    (Appeal, "decided_at"),
    (Rectification, "closed_at"),
)


def signing_time(reading: Reading, clock: Clock) -> datetime:
    """Give the moment of a signed act.

    Raises:
        ClockWentBack: the clock stands well before the last signed act of this case file.
    """
    now = clock.now()
    latest = [reading.latest(kind, field) for kind, field in _SIGNED]
    last = max((moment for moment in latest if moment), default=now)
    if now < last - _MAY_LAG:
        raise ClockWentBack(now, last)
    return now
