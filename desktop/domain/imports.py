"""What an import could not take as it was, and the record that something was imported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, ClassVar, NamedTuple

from desktop.domain.approvals import ApprovalCase, CaseBundle
from desktop.domain.identifiers import Digest, HallId, UserId


class Reason(Enum):
    """Why a row, a case or an event is complained of."""

    NO_CASE_NO = "NO_CASE_NO"
    NO_NAME = "NO_NAME"
    NO_TIME = "NO_TIME"
    BAD_TIME = "BAD_TIME"
    BAD_NUMBER = "BAD_NUMBER"
    UNKNOWN_CODE = "UNKNOWN_CODE"
    LIMIT_WITHOUT_UNIT = "LIMIT_WITHOUT_UNIT"
    FORMULA = "FORMULA"
    CELL_ERROR = "CELL_ERROR"
    WRONG_WIDTH = "WRONG_WIDTH"
    CASE_TWICE = "CASE_TWICE"
    ENDS_BEFORE_START = "ENDS_BEFORE_START"
    NO_TICKET_NO = "NO_TICKET_NO"
    TICKET_TWICE = "TICKET_TWICE"
    UNKNOWN_WINDOW = "UNKNOWN_WINDOW"
    UNKNOWN_UNIT = "UNKNOWN_UNIT"
    NO_VALUE = "NO_VALUE"
    NO_SUCH_WINDOW = "NO_SUCH_WINDOW"


class StepDeadline(NamedTuple):
    """A step's own deadline and when it was finished."""

    due_at: datetime
    done_at: datetime | None


class Complaint(NamedTuple):
    """A row that was rejected, or one that was taken although something is wrong with it.

    Attributes:
        row: row of a table, line of a text.
        column: the column or field.
        value: what stood there.
        event: which event of the case, from 1; 0 is the case itself.
        kept: it was taken all the same: a case that ends before it starts is judged, not lost.
        deadline: of an event that was skipped; that a name is missing lifts no deadline.
    """

    row: int
    column: str
    reason: Reason
    value: str = ""
    case_no: str = ""
    event: int = 0
    kept: bool = False
    deadline: StepDeadline | None = None


class Taken(NamedTuple):
    """What came of one case of a file; no bundle when all of it was rejected."""

    bundle: CaseBundle | None
    complaints: Sequence[Complaint] = ()


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One file that was taken in: which, by whom, read how, and what came of it.

    Attributes:
        source_sha256: of the file; the same file again is the same batch.
        profile: the mapping that it was read by, with its version.
        changed: how many of its cases were new, or told something new.
        reasons: how many complaints by reason.
    """

    ENTITY: ClassVar = "import_batch"

    id: str
    hall_id: HallId
    file_name: str
    source_sha256: Digest
    profile: str
    profile_version: str
    imported_by: UserId
    imported_at: datetime
    cases: int = 0
    changed: int = 0
    events: int = 0
    rejected: int = 0
    remarks: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MappingProfile:
    """How a hall reads one kind of file, under a name of its own.

    Attributes:
        content: the profile as its file says it; empty when it was withdrawn.
    """

    ENTITY: ClassVar = "mapping_profile"

    id: str
    hall_id: HallId
    name: str
    content: str
    saved_by: UserId
    saved_at: datetime
    withdrawn: bool = False


def merged(before: CaseBundle, after: CaseBundle) -> CaseBundle:
    """Join what is known of a case with what came later.

    The later word on a field stands, an empty one takes nothing back; events, stops and the rest
    are added and none is lost (edge case 33: one case from two sources is one case).
    """
    told: dict[str, Any] = {  # Any: fields of a case, each of its own type
        name: value
        for name, value in zip(ApprovalCase._fields, after.case, strict=True)
        if value != ApprovalCase._field_defaults.get(name) and value is not None
    }
    return CaseBundle(
        before.case._replace(**told),
        *(_joined(old, new) for old, new in zip(before[1:], after[1:], strict=True)),
    )


def _joined(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[Any, ...]:
    return before + tuple(each for each in after if each not in before)
