"""What a procedure should look like: its nodes, their order, roles, limits and proofs, as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from desktop.domain.errors import BadField, MissingField
from desktop.domain.items import Limit, LimitUnit


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a procedure (环节).

    Attributes:
        matches: names of steps, and kinds of events, that are this node.
        roles: who may do it; empty lets everybody.
        parallel: nodes of one group may come in any order among themselves.
        free: has no place in the order, but for what `not_before` names.
        limit: the longest time from `after`; `earliest` the shortest.
        after: the node from which the time runs.
        at_most: how often it may happen; None is as often as needed.
        attachment: it needs a file that proves it (印证附件).
    """

    name: str
    title: Mapping[str, str]
    matches: frozenset[str]
    required: bool = True
    roles: frozenset[str] = frozenset()
    parallel: str = ""
    free: bool = False
    not_before: tuple[str, ...] = ()
    limit: Limit | None = None
    earliest: Limit | None = None
    after: str = ""
    at_most: int | None = 1
    attachment: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """The nodes of a procedure in their order.

    Attributes:
        closed_world: a step that no node knows is a deviation.
        last_day_moves: a limit that ends on a day off ends on the next working day, as in
            Chinese law; not so in every imported log.
    """

    name: str
    title: Mapping[str, str]
    nodes: tuple[Node, ...]
    closed_world: bool = False
    last_day_moves: bool = True


def read_template(name: str, content: Mapping[str, object]) -> Template:
    """Read a template.

    Raises:
        MissingField: a node without a name or a title.
        BadField: two nodes of one name or match, a node timed after one that is none.
    """
    nodes = tuple(_node(row) for row in cast(Sequence[Mapping[str, object]], content["node"]))
    names = {node.name for node in nodes}
    matches = [match for node in nodes for match in node.matches]
    for node in nodes:
        for other in (*node.not_before, *([node.after] if node.after else [])):
            if other not in names:
                raise BadField("procedure", node.name, other)
        if (node.limit or node.earliest) and not node.after:
            raise MissingField("procedure", node.name, "after")
        if node.limit and node.earliest and node.limit.unit is not node.earliest.unit:
            raise BadField("procedure", node.name, "earliest")
    if len(names) != len(nodes) or len(set(matches)) != len(matches):
        raise BadField("procedure", "node", name)
    return Template(
        name,
        _titles(content),
        nodes,
        closed_world=bool(content.get("closed_world", False)),
        last_day_moves=bool(content.get("last_day_moves", True)),
    )


def read_templates(files: Mapping[str, Mapping[str, object]]) -> Mapping[str, Template]:
    """Read all templates by name."""
    return {name: read_template(name, content) for name, content in files.items()}


def _node(row: Mapping[str, object]) -> Node:
    name = str(row.get("name", ""))
    if not name:
        raise MissingField("procedure", "node", "name")
    return Node(
        name=name,
        title=_titles(row),
        matches=frozenset(cast(Sequence[str], row.get("matches", (name,)))),
        required=bool(row.get("required", True)),
        roles=frozenset(cast(Sequence[str], row.get("roles", ()))),
        parallel=str(row.get("parallel", "")),
        free=bool(row.get("free", False)),
        not_before=tuple(cast(Sequence[str], row.get("not_before", ()))),
        limit=_limit(row.get("limit")),
        earliest=_limit(row.get("earliest")),
        after=str(row.get("after", "")),
        at_most=cast("int | None", row.get("at_most")),
        attachment=bool(row.get("attachment", False)),
    )


_NODE_UNITS = {"WORKING_DAY", "CALENDAR_DAY", "HOUR"}


def _limit(value: object) -> Limit | None:
    if value is None:
        return None
    amount, unit = cast(tuple[int, str], value)
    if unit not in _NODE_UNITS or amount < 0:
        raise BadField("procedure", "limit", value)
    return Limit(amount, LimitUnit[unit])


def _titles(row: Mapping[str, object]) -> Mapping[str, str]:
    for language in ("zh", "en"):
        if not row.get(language):
            raise MissingField("procedure", "read", language)
    return {language: str(row[language]) for language in ("zh", "en")}
