"""What the server refused, side by side: as it was, theirs and mine, by whom and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.system.language import said
from desktop.usecases.conflicts import Redo
from desktop.viewmodels.naming import STATES, entity_name, field_name, headed, state_name
from desktop.viewmodels.times import stamp
from desktop.viewmodels.wording import server_reason
from sync.outbox.queue import Refused

People = Mapping[str, str]  # names of users by id


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a refused change.

    Attributes:
        base, server, mine: as it was when I changed it, as the server holds it, as I wrote it.
        mine_value, server_value: the same as JSON values.
        is_written: a person may write another value; else one of the two is chosen.
    """

    name: str
    field: str
    base: str
    server: str
    mine: str
    server_value: Any
    mine_value: Any
    is_written: bool


@dataclass(frozen=True, slots=True)
class RefusedChange:
    """A refused change as it is shown; `theirs_by` is empty where the server named nobody."""

    op_id: str
    title: str
    reason: str
    mine_by: str
    theirs_by: str
    differences: tuple[Difference, ...]


def shown(refused: Refused, people: People) -> RefusedChange:
    """Word a refusal for the screen."""
    server: Mapping[str, Any] = refused.server or {}
    differences = tuple(
        _difference(name, (refused.base.get(name), server.get(name), mine), people)
        for name, mine in sorted(refused.mine.items())
        if mine != server.get(name)
    )
    whole = {**server, **refused.mine}
    title = str(whole.get("doc_no") or whole.get("name") or refused.id[:8])
    return RefusedChange(
        op_id=refused.op_id,
        title=headed(f"{entity_name(refused.entity)} {title}"),
        reason=headed(server_reason(refused.reason)),
        mine_by=_by(refused.user_id, refused.at, people),
        theirs_by=_by(str(refused.reason.get("by", "")), refused.reason.get("at", ""), people),
        differences=differences,
    )


def again(refused: Sequence[Refused], op_id: str, chosen: Mapping[str, object]) -> tuple[Redo, ...]:
    """Name what is to be done again: the refused parts of one act, in their order."""
    groups = {each.group_id for each in refused if each.op_id == op_id}
    return tuple(
        Redo(
            each.op_id,
            each.entity,
            each.id,
            {**each.mine, **chosen} if each.op_id == op_id else each.mine,
        )
        for each in refused
        if each.group_id in groups
    )


def value_text(value: object) -> str:
    """Write a field's value for a person to compare."""
    match value:
        case _ if value in (None, "", [], {}):
            told = said("（无）")
        case True:
            told = said("是")
        case False:
            told = said("否")
        case str() if value in STATES:
            told = state_name(value)
        case list():
            told = "; ".join(value_text(each) for each in value)
        case dict():
            told = ", ".join(f"{key}: {value_text(each)}" for key, each in value.items())
        case _:
            told = str(value)
    return told


def value_of(text: str, like: object) -> object:
    """Read what a person wrote as a value of the same kind; what is no number stays text."""
    kind = type(like)
    if kind in {int, float}:
        try:
            return kind(text)
        except ValueError:
            return text
    return text


def _difference(name: str, values: tuple[object, object, object], people: People) -> Difference:
    """Word a field as it was, as the server holds it and as it was written here."""
    _, server, mine = values
    is_number = isinstance(mine, int | float) and not isinstance(mine, bool)
    is_text = isinstance(mine, str) and mine not in STATES and not name.endswith(("_by", "_at"))
    told = [_worded(name, value, people) for value in values]
    return Difference(
        name=name,
        field=headed(field_name(name)),
        base=told[0],
        server=told[1],
        mine=told[2],
        server_value=server,
        mine_value=mine,
        is_written=is_number or is_text,
    )


def _worded(name: str, value: object, people: People) -> str:
    """Say who and when as people read it; everything else as it is."""
    if isinstance(value, str) and value:
        if name.endswith("_by"):
            return people.get(value, value[:8])
        if name.endswith("_at"):
            return stamp(datetime.fromisoformat(value))
    return value_text(value)


def _by(user_id: str, at: str, people: People) -> str:
    if not at:
        return ""
    return f"{people.get(user_id, user_id[:8])} · {stamp(datetime.fromisoformat(at))}"
