"""What all readers give, whatever the file: cases of named texts, each with its place."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from desktop.domain.imports import Complaint
from desktop.exchange.progress import Bytes

Fields = Mapping[str, str]


class RawCase(NamedTuple):
    """A case as the file has it; empty fields are left out.

    Attributes:
        row: where it begins: row of a table, line of a text.
        rows: the row of each event, where events have rows of their own.
        apart: of each event the field that was asked for apart, where the reader tells it so;
            it is missing among the event's fields then.
    """

    row: int
    fields: Fields
    events: Sequence[Fields]
    rows: Sequence[int] = ()
    apart: Sequence[str] = ()


class Names(NamedTuple):
    """The fields that a file has, of its cases and of their events.

    Attributes:
        complete: a header names them all; of a log only the first cases were looked at.
    """

    case: frozenset[str]
    event: frozenset[str]
    complete: bool = False


class Source(Protocol):
    """A foreign file, opened; `cases` may be asked again and begins anew."""

    name: str
    read: Bytes

    def names(self) -> Names:
        """Give the names of fields, by which a profile is recognised."""

    def cases(self, case_no: str, apart: str = "") -> Iterator[RawCase | Complaint]:
        """Give the cases in turn.

        Args:
            case_no: field that tells one case from another.
            apart: field of the events that differs from event to event, as their time does. A
                reader may tell it apart; equal rests are then one object.

        Raises:
            ExchangeError: the file as a whole is refused.
        """
