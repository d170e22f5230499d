"""The table of approval cases: coming in piece by piece, counted all at once, read one by one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from sqlalchemy import Connection, Row, text

from desktop.domain.approvals import CaseBundle
from desktop.domain.case_life import with_limits_of
from desktop.domain.identifiers import CaseId, HallId, new_id
from desktop.domain.imports import Complaint, Reason, merged
from desktop.domain.items import ServiceItem
from desktop.storage.case_bodies import body_of, bundle_of
from desktop.storage.shapes import time_text

_HALL_TIME = timezone(timedelta(hours=8))
_AT_ONCE = 500  # case numbers in one question

_COLUMNS = (
    "hall_id", "case_no", "year", "id", "batch_id", "item_code", "unit_id", "window_id", "title",
    "applicant", "started_at", "closed_at", "due", "body",
)  # fmt: skip
_KEY = ("hall_id", "case_no", "year")
_ALL, _PLACES = ", ".join(_COLUMNS), ", ".join(f":{name}" for name in _COLUMNS)
_LATER = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name not in {*_KEY, "id"})
_STAGE = (
    f"INSERT INTO incoming_case ({_ALL}) VALUES ({_PLACES})"  # noqa: S608  # our own names
    f" ON CONFLICT (hall_id, case_no, year) DO UPDATE SET {_LATER}"
)
_SETTLE = (
    f"INSERT INTO approval_case ({_ALL})"  # noqa: S608  # our own names
    f" SELECT {_ALL} FROM incoming_case WHERE batch_id = :batch ORDER BY n"
    f" ON CONFLICT (hall_id, case_no, year) DO UPDATE SET {_LATER} WHERE body <> excluded.body"
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """To which hall the cases of an import belong, and which import it is.

    Attributes:
        items: of the power list, by code: a case whose source tells no limits takes theirs as
            they stand now, and keeps them.
    """

    hall_id: HallId
    batch_id: str
    items: Mapping[str, ServiceItem] = field(default_factory=dict)


def stage(connection: Connection, arrival: Arrival, bundles: Sequence[CaseBundle]) -> None:
    """Let a piece of an import wait; a case that is known already is joined with what is known."""
    known = _known(connection, arrival, bundles)
    rows = {}
    for bundle in bundles:
        key = (bundle.case.case_no, _year(bundle))
        before = known.get(key)
        whole = merged(before, bundle) if before else bundle
        if item := arrival.items.get(whole.case.item_code):
            whole = whole._replace(case=with_limits_of(whole.case, item))
        known[key] = whole
        rows[key] = _row(arrival, key, whole)
    connection.execute(text(_STAGE), list(rows.values()))


def keep_complaints(
    connection: Connection, batch_id: str, first: int, complaints: Sequence[Complaint]
) -> None:
    """Keep what was complained of, from the complaint with this number on."""
    connection.execute(
        text(
            "INSERT INTO import_complaint VALUES"
            " (:batch, :n, :place, :field, :reason, :value, :case_no, :event, :kept)"
        ),
        [
            {
                "batch": batch_id,
                "n": first + index,
                "place": each.row,
                "field": each.column,
                "reason": each.reason.value,
                "value": each.value,
                "case_no": each.case_no,
                "event": each.event,
                "kept": int(each.kept),
            }
            for index, each in enumerate(complaints)
        ],
    )


def settle(connection: Connection, batch_id: str) -> int:
    """Take in all that waited; answer how many cases are new or changed."""
    connection.execute(text(_SETTLE), {"batch": batch_id})
    changed = int(connection.exec_driver_sql("SELECT changes()").scalar_one())
    connection.execute(text("DELETE FROM incoming_case WHERE batch_id = :b"), {"b": batch_id})
    return changed


def discard(connection: Connection, batch_id: str = "") -> None:
    """Forget what waits of an import that was given up; of every one without a number."""
    connection.execute(
        text("DELETE FROM incoming_case WHERE :b IN ('', batch_id)"), {"b": batch_id}
    )
    if batch_id:
        connection.execute(
            text("DELETE FROM import_complaint WHERE batch_id = :b"), {"b": batch_id}
        )


def complaints_of(connection: Connection, batch_id: str) -> Iterator[Complaint]:
    """Give what was complained of in an import, in the order of the file."""
    rows = connection.execute(
        text(
            "SELECT place, field, reason, value, case_no, event, kept FROM import_complaint"
            " WHERE batch_id = :b ORDER BY n"
        ),
        {"b": batch_id},
    )
    for place, column, reason, value, case_no, event, kept in rows:
        yield Complaint(place, column, Reason(reason), value, case_no, event, bool(kept))


def cases_of(connection: Connection, hall_id: HallId) -> Iterator[CaseBundle]:
    """Give the cases of a hall one by one, in the order in which they came."""
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(
        text("SELECT case_no, id, batch_id, body FROM approval_case WHERE hall_id = :h ORDER BY n"),
        {"h": hall_id},
    )
    for row in rows:
        yield _bundle(row, hall_id)


def _bundle(row: Row[str, str, str, str], hall_id: HallId) -> CaseBundle:
    bundle = bundle_of(row.body, f"approval_case {row.id}")
    case = bundle.case._replace(id=CaseId(row.id), hall_id=hall_id, source_batch=row.batch_id)
    return bundle._replace(case=case)


def _known(
    connection: Connection, arrival: Arrival, bundles: Sequence[CaseBundle]
) -> dict[tuple[str, int], CaseBundle]:
    """Find the cases of a piece that came before, in this import or an earlier one."""
    known: dict[tuple[str, int], CaseBundle] = {}
    numbers = list({bundle.case.case_no for bundle in bundles})
    for start in range(0, len(numbers), _AT_ONCE):
        some = {f"c{n}": number for n, number in enumerate(numbers[start : start + _AT_ONCE])}
        places = ", ".join(f":{name}" for name in some)
        for table in ("approval_case", "incoming_case"):
            query = text(
                f"SELECT case_no, year, body FROM {table}"  # noqa: S608  # our own two names
                f" WHERE hall_id = :h AND case_no IN ({places})"
            )
            for row in connection.execute(query, {"h": arrival.hall_id, **some}):
                name = f"{table} {row.case_no}"
                known[row.case_no, row.year] = bundle_of(row.body, name)
    return known


def _row(arrival: Arrival, key: tuple[str, int], bundle: CaseBundle) -> dict[str, object]:
    case = bundle.case
    due_at = case.due_promised_at or case.due_statutory_at
    due = case.due_promised or case.due_statutory
    start = case.accepted_at or case.received_at or (bundle.events[0].at if bundle.events else None)
    return {
        "hall_id": arrival.hall_id,
        "case_no": key[0],
        "year": key[1],
        "id": case.id or new_id(),
        "batch_id": arrival.batch_id,
        "item_code": case.item_code,
        "unit_id": case.unit_id,
        "window_id": case.window_id,
        "title": case.title,
        "applicant": case.applicant_name,
        "started_at": _text(start),
        "closed_at": _text(case.closed_at),
        "due": _text(due_at) or (due.isoformat() if due else None),
        "body": body_of(bundle),
    }


def _year(bundle: CaseBundle) -> int:
    """Give the year that tells apart two cases of one number: numbers begin anew each year."""
    case = bundle.case
    start = case.received_at or case.accepted_at or (bundle.events[0].at if bundle.events else None)
    return start.astimezone(_HALL_TIME).year if start else 0


def _text(moment: datetime | None) -> str | None:
    return time_text(moment) if moment else None
